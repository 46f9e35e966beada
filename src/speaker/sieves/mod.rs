//! From one source to whoever it stands for: the sieves, in order.

mod described;
mod named;
mod pronouns;

use super::decision::{Decision, NOBODY};
use super::phrase::PhraseHead;
use super::work::{Case, Memory, SpeakerAnswer, Spoken, Work};
use crate::quote::SieveRecord;
use described::{acting, by_label, by_role, described_before, description, epithet, lead};
use named::{apposition, by_name, relative, several};
pub(crate) use named::{name_of, served};
pub(crate) use pronouns::gender_of;
use pronouns::{last_speaker, most_salient, narrator, only_candidate, organisation};

/// A sieve: it knows one way to a speaker.
struct SpeakerSieve {
    record: SieveRecord,
    find: fn(&mut Work<'_>, &Case<'_>) -> SpeakerAnswer,
}

const fn sieve(
    name: &'static str,
    confidence: f32,
    find: fn(&mut Work<'_>, &Case<'_>) -> SpeakerAnswer,
) -> SpeakerSieve {
    SpeakerSieve { record: SieveRecord { name, confidence }, find }
}

/// The sieves for each kind of source, in the order of trust: what the source itself names, then what stands right
/// beside it, then what was said before.
static NAMES: [SpeakerSieve; 1] = [sieve("name", 0.96, by_name)];
static LABELS: [SpeakerSieve; 1] = [sieve("label", 0.9, by_label)];
static GROUPS: [SpeakerSieve; 1] = [sieve("several", 0.88, several)];
static DESCRIPTIONS: [SpeakerSieve; 6] = [
    sieve("apposition", 0.87, apposition),
    sieve("role", 0.53, by_role),
    sieve("lead", 0.8, lead),
    sieve("described-before", 0.74, described_before),
    sieve("epithet", 0.58, epithet),
    sieve("description", 0.66, description),
];
static PRONOUNS: [SpeakerSieve; 7] = [
    sieve("relative", 0.87, relative),
    sieve("acting", 0.8, acting),
    sieve("only-candidate", 0.89, only_candidate),
    sieve("last-speaker", 0.85, last_speaker),
    sieve("most-salient", 0.73, most_salient),
    sieve("body", 0.64, organisation),
    sieve("narrator", 0.97, narrator),
];

/// The sieve for turns of a dialogue without a tag.
static BY_TURNS: SieveRecord = SieveRecord { name: "by-turns", confidence: 0.72 };

/// A dialogue is followed so many turns without a tag.
const MOST_GUESSED: u32 = 6;

/// The speaker of a quotation without a source: in a dialogue of two, whoever spoke before the last one.
pub(crate) fn decide_turn(memory: &mut Memory, paragraph: u32) -> Decision {
    let mut turns = memory.turns.iter().rev();
    let last = turns.next().filter(|turn| turn.paragraph + 1 == paragraph).map(|turn| turn.entity);
    let before = turns.next().filter(|turn| turn.paragraph + 2 == paragraph).map(|turn| turn.entity);
    match (last, before) {
        (Some(last), Some(before)) if last != before && memory.guessed < MOST_GUESSED => {
            memory.guessed += 1;
            memory.turns.push(Spoken { entity: before, sentence: 0, paragraph });
            Decision { entity: before, ambiguous: false, sieve: Some(&BY_TURNS) }
        }
        _ => Decision::NONE,
    }
}

/// Whoever a description stands for.
fn described(work: &mut Work<'_>, case: &Case<'_>) -> SpeakerAnswer {
    let answers = DESCRIPTIONS.iter().map(|sieve| (sieve.find)(work, case));
    answers.into_iter().find(|answer| *answer != SpeakerAnswer::Pass).unwrap_or(SpeakerAnswer::Pass)
}

/// Asks the sieves in their order.
pub(crate) fn decide(work: &mut Work<'_>, case: &Case<'_>) -> Decision {
    let sieves: &'static [SpeakerSieve] = match case.head {
        PhraseHead::Name(_) | PhraseHead::Apposed(_) => &NAMES,
        _ if case.label => &LABELS,
        PhraseHead::Several(_) => &GROUPS,
        PhraseHead::Nominal(_) => &DESCRIPTIONS,
        PhraseHead::Pronoun(_) => &PRONOUNS,
        PhraseHead::Nothing => &[],
    };
    for sieve in sieves {
        let (entity, ambiguous) = match (sieve.find)(work, case) {
            SpeakerAnswer::Pass => continue,
            SpeakerAnswer::Is(entity) => (entity, false),
            SpeakerAnswer::Likely(entity) => (entity, true),
            SpeakerAnswer::Tie => (NOBODY, true),
            SpeakerAnswer::Nobody => (NOBODY, false),
        };
        if entity != NOBODY {
            let spoken = Spoken { entity, sentence: case.sentence, paragraph: case.paragraph };
            work.memory.spoken.push(spoken);
            work.memory.note_turn(spoken);
        }
        return Decision { entity, ambiguous, sieve: Some(&sieve.record) };
    }
    Decision::NONE
}
