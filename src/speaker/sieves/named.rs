//! Sources that name somebody, or stand beside a name.

use super::described::{by_role, described_before, description};
use crate::lang::LexicalRole;
use crate::marks::parts_phrase;
use crate::quote::SpeakerKind;
use crate::span::Span;
use crate::speaker::TextContext;
use crate::speaker::before::{word_before, word_ending};
use crate::speaker::decision::NOBODY;
use crate::speaker::entities::{Entities, Entity};
use crate::speaker::names::{Name, Names};
use crate::speaker::phrase::Head;
use crate::speaker::work::{Answer, Case, Work};
use crate::token::Class;
use crate::word::{Key, Run};

/// Ana Lim said; the mayor, Ana Lim, said.
pub(super) fn by_name(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let (Head::Name(name) | Head::Apposed(name)) = case.head else { return Answer::Pass };
    let entity = work.entities.of_name[name as usize];
    let unsure = work.entities.unsure.binary_search(&name).is_ok();
    match (entity, unsure) {
        (NOBODY, true) => Answer::Tie,
        (NOBODY, false) => Answer::Pass,
        (_, true) => Answer::Likely(entity),
        (_, false) => Answer::Is(entity),
    }
}

/// Where the source is no more than the middle of: *Ana Lim, a clerk from Lund, said*.
pub(super) fn apposition(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Nominal(nominal) = case.head else { return Answer::Pass };
    if nominal.plural || !nominal.head.class.has(Class::ROLE) {
        return Answer::Pass;
    }
    let text = work.context.text;
    let source = text[case.source].trim_end_matches([',', ' ']);
    let closed = text[case.source.start + source.len()..].starts_with(',');
    let end = text[..case.source.start].strip_suffix(", ").filter(|_| closed).map(str::len);
    let Some(end) = end else { return Answer::Pass };
    let before = work.names.from(end).checked_sub(1).filter(|&at| work.names.list[at].end as usize == end);
    let entity = before.map_or(NOBODY, |at| work.entities.of_name[at]);
    let person = work.entities.get(entity).is_some_and(Entity::is_likely_person);
    if person { Answer::Is(entity) } else { Answer::Pass }
}

/// Lim and Roe said.
pub(super) fn several(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Several(span) = case.head else { return Answer::Pass };
    let number = work.entities.list.len() as u32;
    let (span, known) = match pair_in(work, span) {
        Some((one, other)) => {
            // Where both are named in full.
            let (first, last) = (work.entities.list[one as usize].name(), work.entities.list[other as usize].name());
            let joined = first.end < last.start
                && work.context.lexicon.is_written(work.context.text[first.end..last.start].trim(), LexicalRole::And);
            let span = if joined { Span::new(first.start, last.end) } else { span };
            (span, work.memory.pairs.get_or_insert((one, other), number))
        }
        None => (span, work.memory.described.get_or_insert(Key::folded(&work.context.text[span]), number)),
    };
    Answer::Is(if known == number { work.entities.push_described(span, SpeakerKind::Group, None) } else { known })
}

/// The two who are named in a span, if there are two.
fn pair_in(work: &Work<'_>, span: Span) -> Option<(u32, u32)> {
    let from = work.names.from(span.start);
    let named = work.names.list[from..].iter().zip(&work.entities.of_name[from..]);
    let mut inside = named.take_while(|(name, _)| (name.end as usize) <= span.end).map(|(_, entity)| *entity);
    let pair = (inside.next()?, inside.next()?);
    let known = |entity| work.entities.get(entity).is_some();
    (inside.next().is_none() && known(pair.0) && known(pair.1)).then_some(pair)
}

/// Ana Lim, who said; officials who say.
pub(super) fn relative(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Pronoun(pronoun) = case.head else { return Answer::Pass };
    if !pronoun.class.has(Class::WHO | Class::THAT) {
        return Answer::Pass;
    }
    let before = work.context.text[..case.source.start]
        .trim_end_matches(|letter| matches!(letter, ' ' | ',' | '\n' | '(') || parts_phrase(letter));
    let at = before.len();
    let next = work.names.from(at);
    let touching = next.checked_sub(1).filter(|&last| {
        let end = work.names.list[last].end as usize;
        end == at
            || before.get(end..).is_some_and(|rest| rest.starts_with(" (") && rest.ends_with(')') && rest.len() < 14)
    });
    if let Some(name) = touching {
        let entity = work.entities.of_name[name];
        let place = work.entities.get(entity).is_some_and(|known| !known.is_likely_person() && !known.quoted);
        if entity != NOBODY && !(pronoun.class.has(Class::WHO) && place && work.names.list[name].has(Name::OBJECT)) {
            return Answer::Is(entity);
        }
    }
    let Some(span) = phrase_before(work.context, at) else { return Answer::Nobody };
    let next_name = work.names.from(span.start);
    let head = Head::read(work.context, work.names, span, next_name);
    match head {
        Head::Name(name) => by_name(work, &Case { head: Head::Name(name), ..*case }),
        Head::Nominal(_) => {
            let antecedent = Case { head, source: span, next_name, ..*case };
            let known =
                [by_role, described_before, description].map(|sieve| sieve as fn(&mut Work<'_>, &Case<'_>) -> Answer);
            known
                .iter()
                .map(|sieve| sieve(work, &antecedent))
                .find(|answer| *answer != Answer::Pass)
                .unwrap_or(Answer::Nobody)
        }
        _ => Answer::Nobody,
    }
}

/// The noun phrase that ends at `end`: back to a determiner, or to what cannot belong to it.
fn phrase_before(context: &TextContext<'_>, end: usize) -> Option<Span> {
    const MOST: usize = 10;
    let verb =
        Class::BE | Class::HAVE | Class::MODAL | Class::PRONOUN | Class::SUBORD | Class::AND | Class::WHO | Class::TO;
    let mut words = [end; MOST];
    let mut count = 0;
    let mut next = word_ending(context.text, end);
    while let Some(word) = next.filter(|_| count < MOST) {
        let class = context.class(word);
        let finite = class.has(Class::PAST | Class::VERBS) && !class.has(Class::NOUN | Class::ADJ | Class::ROLE);
        // To calm *nervous voters*
        let infinitive = class.has(Class::TO) && count > 0 && {
            let begins = Run::read(context.text.as_bytes(), words[count - 1]);
            let class = context.class(Span::new(words[count - 1], words[count - 1] + begins.len));
            !class.has(Class::KNOWN) || class.has(Class::VERB) && !class.has(Class::NOUN | Class::ADJ)
        };
        count -= usize::from(infinitive);
        if class.has(verb) || finite {
            break;
        }
        words[count] = word.start;
        count += 1;
        if class.has(Class::DET | Class::POSSESSIVE) {
            break;
        }
        next = word_before(context.text, word.start);
    }
    // A preposition it begins with leads elsewhere.
    let first = *words[..count].last()?;
    let word = context.text[first..end].split(' ').next().unwrap_or("");
    let loose = context.lexicon.look_up(word).1.has(Class::PREP);
    let first = if loose { *words[..count].iter().rev().nth(1)? } else { first };
    Some(Span::new(first, end))
}

/// Whom a spokesman speaks for: another’s name in the words of his role.
pub(crate) fn served(names: &Names, entities: &Entities, role: Span, proxy: u32) -> Option<Span> {
    let from = names.from(role.start);
    let named = names.list[from..].iter().zip(&entities.of_name[from..]);
    let mut inside =
        named.take_while(|(name, _)| (name.end as usize) <= role.end).filter(|(_, entity)| **entity != proxy);
    let entity = inside.next().map(|(_, entity)| *entity);
    entity.and_then(|entity| entities.get(entity)).map(Entity::name)
}

/// The entity a phrase names.
pub(crate) fn name_of(entities: &Entities, head: Head) -> Option<u32> {
    match head {
        Head::Name(name) | Head::Apposed(name) => entities.of_name.get(name as usize).copied(),
        _ => None,
    }
}
