//! Sources that are pronouns.

use crate::lang::LexicalRole;
use crate::quote::{Gender, SpeakerKind};
use crate::speaker::kinds::gender_in;
use crate::speaker::names::Name;
use crate::speaker::phrase::PhraseHead;
use crate::speaker::salience::weigh;
use crate::speaker::work::{Case, SpeakerAnswer, Work};
use crate::word::Key;

/// The gender a pronoun asks for; `None` if it is no he or she.
pub(crate) fn gender_of(head: PhraseHead) -> Option<Gender> {
    let PhraseHead::Pronoun(pronoun) = head else { return None };
    gender_in(pronoun.class)
}

/// Only one person it could be was named or has spoken lately.
pub(super) fn only_candidate(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let Some(gender) = gender_of(case.head) else { return SpeakerAnswer::Pass };
    weigh(work, case, Some(gender));
    match work.memory.candidates[..] {
        [] => SpeakerAnswer::Nobody,
        [only] => SpeakerAnswer::Is(only.entity),
        _ => SpeakerAnswer::Pass,
    }
}

/// Whoever spoke last, if nobody stands out more.
pub(super) fn last_speaker(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    if gender_of(case.head).is_none() {
        return SpeakerAnswer::Pass;
    }
    let [best, ..] = work.memory.candidates[..] else { return SpeakerAnswer::Pass };
    let last = work.memory.spoken.last();
    let spoke = last.is_some_and(|last| last.entity == best.entity && last.sentence + 2 >= case.sentence);
    if spoke { SpeakerAnswer::Is(best.entity) } else { SpeakerAnswer::Pass }
}

/// How much more somebody must stand out than the next.
const MARGIN: f32 = 1.15;

/// The one who stands out most in the last sentences; nobody if two do so alike.
pub(super) fn most_salient(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    if gender_of(case.head).is_none() {
        return SpeakerAnswer::Pass;
    }
    match work.memory.candidates[..] {
        [best, second, ..] if best.weight > second.weight * MARGIN => SpeakerAnswer::Is(best.entity),
        _ => SpeakerAnswer::Tie,
    }
}

/// They or it: the group, body or document that spoke last.
pub(super) fn organisation(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Pronoun(pronoun) = case.head else { return SpeakerAnswer::Pass };
    let lexicon = work.context.lexicon;
    let (id, _) = work.context.look_up(pronoun.span());
    let (they, it) = (lexicon.has_role(id, LexicalRole::They), lexicon.has_role(id, LexicalRole::It));
    if !they && !it {
        return SpeakerAnswer::Pass;
    }
    let fits = |kind: SpeakerKind| match kind {
        SpeakerKind::Group => they,
        SpeakerKind::Organisation => true,
        SpeakerKind::Document => it,
        _ => false,
    };
    let reach = if they { 6 } else { 3 };
    let recent = work.memory.spoken.iter().rev().take(6).take_while(|spoken| spoken.sentence + reach >= case.sentence);
    let spoken = recent
        .filter(|spoken| work.entities.get(spoken.entity).is_some_and(|entity| fits(entity.kind)))
        .map(|spoken| (spoken.sentence, spoken.entity))
        .next();
    let named = (0..case.next_name).rev().take(20).take_while(|&at| work.names.list[at].sentence + 1 >= case.sentence);
    let named = named.filter(|&at| {
        let name = &work.names.list[at];
        let body = work.entities.get(work.entities.of_name[at]).is_some_and(|entity| fits(entity.kind));
        body && !name.has(Name::QUOTED | Name::OBJECT | Name::POSSESSIVE)
    });
    let named = named.map(|at| (work.names.list[at].sentence, work.entities.of_name[at])).last();
    match (spoken, named) {
        (Some((said, entity)), Some((since, _))) if said >= since => SpeakerAnswer::Is(entity),
        (_, Some((_, entity))) if it => SpeakerAnswer::Is(entity),
        (Some((_, entity)), _) => SpeakerAnswer::Is(entity),
        _ => SpeakerAnswer::Nobody,
    }
}

/// I said: whoever tells the story.
pub(super) fn narrator(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let PhraseHead::Pronoun(pronoun) = case.head else { return SpeakerAnswer::Pass };
    let letters = &work.context.text[pronoun.span()];
    if !work.context.lexicon.is_written(letters, LexicalRole::Narrator) {
        return SpeakerAnswer::Nobody;
    }
    let number = work.entities.list.len() as u32;
    let known = work.memory.described.get_or_insert(Key::folded(letters), number);
    let span = pronoun.span();
    work.memory.narrator = Some(known);
    SpeakerAnswer::Is(if known == number {
        work.entities.push_described(span, SpeakerKind::Person, None)
    } else {
        known
    })
}
