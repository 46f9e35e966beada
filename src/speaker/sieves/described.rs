//! Sources that describe somebody: *the mayor*.

use super::gender_of;
use crate::quote::{Gender, SpeakerKind};
use crate::span::Span;
use crate::speaker::TextContext;
use crate::speaker::entities::Entity;
use crate::speaker::kinds::gender_in;
use crate::speaker::phrase::{Nominal, PhraseHead};
use crate::speaker::salience::{agrees, weigh};
use crate::speaker::work::{Case, SpeakerAnswer, Work};
use crate::token::TagSet;
use crate::word::Key;

/// Speaker 1, THE COURT: a label is a voice of its own, the same each time.
pub(super) fn by_label(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let number = work.entities.list.len() as u32;
    let known = work.memory.described.get_or_insert(Key::folded(&work.context.text[case.source]), number);
    if known != number {
        return SpeakerAnswer::Is(known);
    }
    let (kind, gender, span) = match case.head {
        PhraseHead::Nominal(nominal) => {
            (described_kind(work.context, &nominal), gender_in(nominal.head.class), nominal.span)
        }
        _ => (SpeakerKind::Unknown, None, case.source),
    };
    let gender = gender.filter(|_| kind == SpeakerKind::Person);
    SpeakerAnswer::Is(work.entities.push_described(span, kind, gender))
}

/// He said, after: The cook wiped the knife. Whoever is described as the subject of the sentence before, in the same
/// paragraph.
pub(super) fn acting(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let Some(gender) = gender_of(case.head) else { return SpeakerAnswer::Pass };
    let sentences = &work.names.sentences[..(case.sentence as usize).min(work.names.sentences.len())];
    let paragraph = work.context.paragraphs.get(case.paragraph as usize).map_or(0, |paragraph| paragraph.start);
    // The sentence of the source may begin with it.
    let before = sentences.iter().rev().map(|&start| start as usize).find(|&start| start < case.source.start);
    let Some(subject) = before.filter(|&start| start >= paragraph).and_then(|start| subject_at(work, start)) else {
        return SpeakerAnswer::Pass;
    };
    let next_name = work.names.from(subject.start);
    let head = PhraseHead::read(work.context, work.names, subject, next_name);
    if !matches!(head, PhraseHead::Nominal(_)) {
        return SpeakerAnswer::Pass;
    }
    match super::described(work, &Case { source: subject, head, next_name, addressee: None, ..*case }) {
        SpeakerAnswer::Is(entity) if work.entities.get(entity).is_some_and(|known| fits(known, gender)) => {
            SpeakerAnswer::Is(entity)
        }
        _ => SpeakerAnswer::Pass,
    }
}

fn fits(entity: &Entity, gender: Gender) -> bool {
    entity.kind == SpeakerKind::Person && agrees(entity.gender, Some(gender))
}

/// A person without a name who is the subject of the sentence that begins at `start`: *The old cook* by the fire wiped.
fn subject_at(work: &Work<'_>, start: usize) -> Option<Span> {
    const MOST_WORDS: usize = 8;
    const VERB: TagSet = TagSet::PAST.union(TagSet::BE).union(TagSet::HAVE).union(TagSet::VERBS);
    let lexicon = work.context.lexicon;
    let text = &work.context.text[start..];
    let mut at = start;
    let (mut person, mut is_behind) = (None, false);
    for (number, word) in text.split([' ', '\n']).take(MOST_WORDS).enumerate() {
        let span = Span::new(at, at + word.len());
        at = span.end + 1;
        let (id, mut class) = work.context.look_up(span);
        if !class.has(TagSet::KNOWN) {
            class |= lexicon.spelling().guess(word.as_bytes());
        }
        let plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
        match number {
            0 if class.has(TagSet::DET) => continue,
            0 => return None,
            _ if person.is_some() && class.has(VERB) => return person,
            // What stands behind a preposition tells more of the same person.
            _ if person.is_some() && (is_behind || class.has(TagSet::PREP)) => is_behind = true,
            _ if !plain || class.has(TagSet::PLURAL) => return None,
            _ if class.has(TagSet::ROLE) || work.context.terms.is_agent(lexicon, id) => {
                person = Some(Span::new(start, span.end));
            }
            _ if class.has(TagSet::ADJ | TagSet::NOUN) || !class.has(TagSet::KNOWN) => person = None,
            _ => return None,
        }
    }
    None
}

/// The prime minister said, after: Fayez Roe, prime minister of Lund.
pub(super) fn by_role(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Nominal(nominal) = case.head else { return SpeakerAnswer::Pass };
    if !nominal.definite || nominal.plural || !nominal.head.class.has(TagSet::ROLE) {
        return SpeakerAnswer::Pass;
    }
    let asked = gender_in(nominal.head.class);
    match work.roles.find(work.context, &nominal, case.source.start) {
        // The girl, Roe said: no apposition.
        Ok(Some(entity)) if work.entities.get(entity).is_some_and(|known| !agrees(known.gender, asked)) => {
            SpeakerAnswer::Pass
        }
        Ok(Some(entity)) => SpeakerAnswer::Is(entity),
        Ok(None) => SpeakerAnswer::Pass,
        Err(()) => SpeakerAnswer::Tie,
    }
}

/// The head of the government said in the lead; the next paragraph names a prime minister.
pub(super) fn lead(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    const LAST_LEAD: u32 = 2;
    const MOST_ROLES: usize = 16;
    let PhraseHead::Nominal(nominal) = case.head else { return SpeakerAnswer::Pass };
    let singular = !nominal.plural && nominal.head.class.has(TagSet::ROLE);
    if !singular || case.paragraph > LAST_LEAD {
        return SpeakerAnswer::Pass;
    }
    let limit = work.context.paragraphs.get(case.paragraph as usize + 1).map_or(0, |next| next.end);
    let from = work.roles.list.partition_point(|role| (role.at as usize) <= case.source.end);
    let after = work.roles.list[from..].iter().take(MOST_ROLES).take_while(|role| (role.at as usize) < limit);
    let head = |entry| work.context.terms.is_chief(work.context.lexicon, entry);
    for role in after {
        let alike = role.entry == nominal.head.entry || head(role.entry) && head(nominal.head.entry);
        if alike && shares_word(work.context, case.source, role.span) {
            return SpeakerAnswer::Is(role.entity);
        }
    }
    SpeakerAnswer::Pass
}

fn shares_word(context: &TextContext<'_>, one: Span, other: Span) -> bool {
    let words =
        |span: Span| context.text[span].split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3);
    words(one).any(|word| words(other).any(|same| same.eq_ignore_ascii_case(word)))
}

/// The woman said, after: a woman from Lund said.
pub(super) fn described_before(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Nominal(nominal) = case.head else { return SpeakerAnswer::Pass };
    if !nominal.definite || nominal.owned {
        return SpeakerAnswer::Pass;
    }
    match work.memory.heads.get((0, u32::from(nominal.head.entry))) {
        Some(entity) if nominal.head.entry != 0 => SpeakerAnswer::Is(entity),
        _ => SpeakerAnswer::Pass,
    }
}

/// How much more somebody must stand out than the next to be meant by any description.
const CLEAR: f32 = 2.0;

/// How much somebody must stand out at all for that: who spoke in the sentence before does, who was
/// only named there does not.
const LATELY: f32 = 0.6;

/// The former senator said: one person alone was spoken of lately.
pub(super) fn epithet(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Nominal(nominal) = case.head else { return SpeakerAnswer::Pass };
    let person = nominal.head.class.has(TagSet::ROLE) && !nominal.head.class.has(TagSet::GROUP | TagSet::DOCUMENT);
    let proxy = work.context.terms.is_proxy(work.context.lexicon, nominal.head.entry);
    if !nominal.definite || nominal.owned || nominal.plural || !person || proxy || work.context.dialogue {
        return SpeakerAnswer::Pass;
    }
    weigh(work, case, gender_in(nominal.head.class));
    match work.memory.candidates[..] {
        [best, ..] if best.weight < LATELY => SpeakerAnswer::Pass,
        [only] => SpeakerAnswer::Is(only.entity),
        [best, second, ..] if best.weight > second.weight * CLEAR => SpeakerAnswer::Is(best.entity),
        _ => SpeakerAnswer::Pass,
    }
}

/// Whoever is known by no name goes by the description.
pub(super) fn description(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Nominal(nominal) = case.head else { return SpeakerAnswer::Pass };
    let noun = TagSet::NOUN | TagSet::ROLE | TagSet::GROUP | TagSet::DOCUMENT | TagSet::PLURAL;
    if !nominal.head.class.has(noun) || nominal.head.class.has(TagSet::ABBREVIATION) {
        return SpeakerAnswer::Nobody;
    }
    // Somebody’s lawyer or mother has a name, which is not told here.
    if nominal.owned && !nominal.plural && nominal.head.class.has(TagSet::ROLE) {
        return SpeakerAnswer::Nobody;
    }
    let text = &work.context.text[nominal.span];
    if let Some(form) = work.names.find_form(work.context.lexicon, text) {
        let entity = work.names.forms[form as usize].entity;
        if work.entities.get(entity).is_some() {
            return SpeakerAnswer::Is(entity);
        }
    }
    // A challenge, a smile, a voice: things do not speak.
    let kind = described_kind(work.context, &nominal);
    if kind == SpeakerKind::Unknown {
        return SpeakerAnswer::Nobody;
    }
    let number = work.entities.list.len() as u32;
    let key = Key::folded(text);
    let fresh = !nominal.definite && !nominal.plural;
    let known = if fresh { number } else { work.memory.described.get_or_insert(key, number) };
    if known != number {
        return SpeakerAnswer::Is(known);
    }
    let gender = gender_in(nominal.head.class);
    work.memory.heads.set((0, u32::from(nominal.head.entry)), number);
    SpeakerAnswer::Is(work.entities.push_described(nominal.span, kind, gender.filter(|_| kind == SpeakerKind::Person)))
}

fn described_kind(context: &TextContext<'_>, nominal: &Nominal) -> SpeakerKind {
    match nominal.head.class {
        class if class.has(TagSet::DOCUMENT) && !class.has(TagSet::ROLE) => SpeakerKind::Document,
        class if class.has(TagSet::GROUP) && !nominal.plural => SpeakerKind::Organisation,
        _ if nominal.plural => SpeakerKind::Group,
        class if class.has(TagSet::ROLE) || context.terms.is_agent(context.lexicon, nominal.head.entry) => {
            SpeakerKind::Person
        }
        _ => SpeakerKind::Unknown,
    }
}
