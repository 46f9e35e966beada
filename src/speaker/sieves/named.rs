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
use crate::speaker::phrase::PhraseHead;
use crate::speaker::work::{Case, SpeakerAnswer, Work};
use crate::token::TagSet;
use crate::word::{Key, Run};

/// Ana Lim said; the mayor, Ana Lim, said.
pub(super) fn by_name(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let (PhraseHead::Name(name) | PhraseHead::Apposed(name)) = case.head else { return SpeakerAnswer::Pass };
    let entity = work.entities.of_name[name as usize];
    let unsure = work.entities.unsure.binary_search(&name).is_ok();
    match (entity, unsure) {
        (NOBODY, true) => SpeakerAnswer::Tie,
        (NOBODY, false) => SpeakerAnswer::Pass,
        (_, true) => SpeakerAnswer::Likely(entity),
        (_, false) => SpeakerAnswer::Is(entity),
    }
}

/// Where the source is no more than the middle of: *Ana Lim, a clerk from Lund, said*.
pub(super) fn apposition(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Nominal(nominal) = case.head else { return SpeakerAnswer::Pass };
    if nominal.plural || !nominal.head.class.has(TagSet::ROLE) {
        return SpeakerAnswer::Pass;
    }
    let text = work.context.text;
    let source = text[case.source].trim_end_matches([',', ' ']);
    let closed = text[case.source.start + source.len()..].starts_with(',');
    let end = text[..case.source.start].strip_suffix(", ").filter(|_| closed).map(str::len);
    let Some(end) = end else { return SpeakerAnswer::Pass };
    let before = work.names.from(end).checked_sub(1).filter(|&at| work.names.list[at].end as usize == end);
    let entity = before.map_or(NOBODY, |at| work.entities.of_name[at]);
    let person = work.entities.get(entity).is_some_and(Entity::is_likely_person);
    if person { SpeakerAnswer::Is(entity) } else { SpeakerAnswer::Pass }
}

/// Lim and Roe said.
pub(super) fn several(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Several(span) = case.head else { return SpeakerAnswer::Pass };
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
    SpeakerAnswer::Is(if known == number {
        work.entities.push_described(span, SpeakerKind::Group, None)
    } else {
        known
    })
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
pub(super) fn relative(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Pronoun(pronoun) = case.head else { return SpeakerAnswer::Pass };
    if !pronoun.class.has(TagSet::WHO | TagSet::THAT) {
        return SpeakerAnswer::Pass;
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
        if entity != NOBODY && !(pronoun.class.has(TagSet::WHO) && place && work.names.list[name].has(Name::OBJECT)) {
            return SpeakerAnswer::Is(entity);
        }
    }
    let Some(span) = phrase_before(work.context, at) else { return SpeakerAnswer::Nobody };
    let next_name = work.names.from(span.start);
    let head = PhraseHead::read(work.context, work.names, span, next_name);
    match head {
        PhraseHead::Name(name) => by_name(work, &Case { head: PhraseHead::Name(name), ..*case }),
        PhraseHead::Nominal(_) => {
            let antecedent = Case { head, source: span, next_name, ..*case };
            let known = [by_role, described_before, description]
                .map(|sieve| sieve as fn(&mut Work<'_>, &Case<'_>) -> SpeakerAnswer);
            known
                .iter()
                .map(|sieve| sieve(work, &antecedent))
                .find(|answer| *answer != SpeakerAnswer::Pass)
                .unwrap_or(SpeakerAnswer::Nobody)
        }
        _ => SpeakerAnswer::Nobody,
    }
}

/// The noun phrase that ends at `end`: back to a determiner, or to what cannot belong to it.
fn phrase_before(context: &TextContext<'_>, end: usize) -> Option<Span> {
    const MOST: usize = 10;
    let verb = TagSet::BE
        | TagSet::HAVE
        | TagSet::MODAL
        | TagSet::PRONOUN
        | TagSet::SUBORD
        | TagSet::AND
        | TagSet::WHO
        | TagSet::TO;
    let mut words = [end; MOST];
    let mut count = 0;
    let mut next = word_ending(context.text, end);
    while let Some(word) = next.filter(|_| count < MOST) {
        let class = context.class(word);
        let finite = class.has(TagSet::PAST | TagSet::VERBS) && !class.has(TagSet::NOUN | TagSet::ADJ | TagSet::ROLE);
        // To calm *nervous voters*
        let infinitive = class.has(TagSet::TO) && count > 0 && {
            let begins = Run::read(context.text.as_bytes(), words[count - 1]);
            let class = context.class(Span::new(words[count - 1], words[count - 1] + begins.len));
            !class.has(TagSet::KNOWN) || class.has(TagSet::VERB) && !class.has(TagSet::NOUN | TagSet::ADJ)
        };
        count -= usize::from(infinitive);
        if class.has(verb) || finite {
            break;
        }
        words[count] = word.start;
        count += 1;
        if class.has(TagSet::DET | TagSet::POSSESSIVE) {
            break;
        }
        next = word_before(context.text, word.start);
    }
    // A preposition it begins with leads elsewhere.
    let first = *words[..count].last()?;
    let word = context.text[first..end].split(' ').next().unwrap_or("");
    let loose = context.lexicon.look_up(word).1.has(TagSet::PREP);
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
pub(crate) fn name_of(entities: &Entities, head: PhraseHead) -> Option<u32> {
    match head {
        PhraseHead::Name(name) | PhraseHead::Apposed(name) => entities.of_name.get(name as usize).copied(),
        _ => None,
    }
}
