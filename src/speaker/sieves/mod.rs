//! From one source to whoever it stands for: the sieves, in order.

mod described;
mod named;
mod pronouns;

use super::decision::{Decision, NOBODY};
use super::phrase::Head;
use super::work::{Answer, Case, Memory, Spoken, Work};
use described::{by_role, described_before, description, epithet, lead};
use named::{apposition, by_name, relative, several};
pub(crate) use named::{name_of, served};
pub(crate) use pronouns::gender_of;
use pronouns::{body, last_speaker, most_salient, narrator, only_candidate};

/// A sieve: it knows one way to a speaker.
struct Sieve {
    name: &'static str,
    /// The share of right answers, measured on news and novels, which count alike; of those that answer too seldom to be
    /// measured, the share of the sieve they are most like.
    confidence: f32,
    find: fn(&mut Work<'_>, &Case<'_>) -> Answer,
}

/// The sieves for each kind of source, in the order of trust: what the source itself names, then what stands right
/// beside it, then what was said before.
const NAMES: [Sieve; 1] = [Sieve { name: "name", confidence: 0.96, find: by_name }];
const GROUPS: [Sieve; 1] = [Sieve { name: "several", confidence: 0.88, find: several }];
const DESCRIPTIONS: [Sieve; 6] = [
    Sieve { name: "apposition", confidence: 0.87, find: apposition },
    Sieve { name: "role", confidence: 0.53, find: by_role },
    Sieve { name: "lead", confidence: 0.8, find: lead },
    Sieve { name: "described-before", confidence: 0.74, find: described_before },
    Sieve { name: "epithet", confidence: 0.58, find: epithet },
    Sieve { name: "description", confidence: 0.66, find: description },
];
const PRONOUNS: [Sieve; 6] = [
    Sieve { name: "relative", confidence: 0.87, find: relative },
    Sieve { name: "only-candidate", confidence: 0.89, find: only_candidate },
    Sieve { name: "last-speaker", confidence: 0.85, find: last_speaker },
    Sieve { name: "most-salient", confidence: 0.73, find: most_salient },
    Sieve { name: "body", confidence: 0.64, find: body },
    Sieve { name: "narrator", confidence: 0.97, find: narrator },
];

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
            Decision { entity: before, sieve: "by-turns", confidence: 0.72, ambiguous: false }
        }
        _ => Decision::NONE,
    }
}

/// Asks the sieves in their order.
pub(crate) fn decide(work: &mut Work<'_>, case: &Case<'_>) -> Decision {
    let sieves: &[Sieve] = match case.head {
        Head::Name(_) | Head::Apposed(_) => &NAMES,
        Head::Several(_) => &GROUPS,
        Head::Nominal(_) => &DESCRIPTIONS,
        Head::Pronoun(_) => &PRONOUNS,
        Head::Nothing => &[],
    };
    for sieve in sieves {
        let (entity, ambiguous) = match (sieve.find)(work, case) {
            Answer::Pass => continue,
            Answer::Is(entity) => (entity, false),
            Answer::Likely(entity) => (entity, true),
            Answer::Tie => (NOBODY, true),
            Answer::Nobody => (NOBODY, false),
        };
        if entity != NOBODY {
            let spoken = Spoken { entity, sentence: case.sentence, paragraph: case.paragraph };
            work.memory.spoken.push(spoken);
            work.memory.note_turn(spoken);
        }
        let confidence = if entity == NOBODY { 0.0 } else { sieve.confidence };
        return Decision { entity, sieve: sieve.name, confidence, ambiguous };
    }
    Decision::NONE
}
