//! Sources that describe somebody: *the mayor*.

use crate::quote::SpeakerKind;
use crate::span::Span;
use crate::speaker::TextContext;
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
    let (kind, gender) = match case.head {
        PhraseHead::Nominal(nominal) => (described_kind(work.context, &nominal), gender_in(nominal.head.class)),
        _ => (SpeakerKind::Unknown, None),
    };
    let gender = gender.filter(|_| kind == SpeakerKind::Person);
    SpeakerAnswer::Is(work.entities.push_described(case.source, kind, gender))
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
