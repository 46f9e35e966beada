//! From one source to whoever it stands for: the sieves, in order.

mod described;
mod named;
mod pronouns;

use super::Ground;
use super::entities::{Entities, NOBODY};
use super::index::Index;
use super::names::Names;
use super::phrase::Head;
use super::roles::Roles;
use super::salience::Chances;
use crate::span::Span;
use crate::word::Key;
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

/// One source.
#[derive(Clone, Copy)]
pub(crate) struct Case<'c> {
    pub(crate) source: Span,
    pub(crate) head: Head,
    pub(crate) content: &'c [Span],
    pub(crate) addressee: Option<Span>,
    /// The first name that begins in the source or behind it.
    pub(crate) next_name: usize,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// A turn of a dialogue: the quotation begins its paragraph.
    pub(crate) turn: bool,
}

/// What the sieves read and write.
pub(crate) struct Work<'w> {
    pub(crate) ground: &'w Ground<'w>,
    pub(crate) names: &'w Names,
    pub(crate) entities: &'w mut Entities,
    pub(crate) roles: &'w Roles,
    pub(crate) memory: &'w mut Memory,
}

/// What was decided so far.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(super) spoken: Vec<Spoken>,
    /// From a description to its entity.
    described: Index<Key>,
    /// From the head of a description to the newest with it.
    heads: Index<(u32, u32)>,
    /// From two who speak as one to their entity.
    pairs: Index<(u32, u32)>,
    pub(super) candidates: Vec<Candidate>,
    /// What each sentence between leaves of somebody’s weight.
    pub(super) fades: Vec<f32>,
    /// Names of somebody outside of what is said, as soon as one is asked for.
    pub(super) named: Vec<u32>,
    pub(super) chances: Chances,
    /// Whoever says I, and is never he or she.
    pub(super) narrator: Option<u32>,
    /// Who spoke in each paragraph, in dialogue.
    turns: Vec<Spoken>,
    /// How many turns have passed without a tag.
    guessed: u32,
}

/// A dialogue is followed so many turns without a tag.
const MOST_GUESSED: u32 = 6;

#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    pub(super) entity: u32,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) entity: u32,
    pub(crate) weight: f32,
}

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.spoken.clear();
        self.described.clear();
        self.heads.clear();
        self.pairs.clear();
        self.turns.clear();
        self.fades.clear();
        self.narrator = None;
    }

    /// One speaker a paragraph: the last one.
    fn note_turn(&mut self, spoken: Spoken) {
        self.guessed = 0;
        match self.turns.last_mut().filter(|last| last.paragraph == spoken.paragraph) {
            Some(last) => *last = spoken,
            None => self.turns.push(spoken),
        }
    }
}

/// What a sieve says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Pass,
    Is(u32),
    /// One of several: the answer, but marked.
    Likely(u32),
    /// One of several, and nothing tells which.
    Tie,
    /// It cannot be told.
    Nobody,
}

/// What was decided of a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision {
    pub(crate) entity: u32,
    pub(crate) sieve: &'static str,
    pub(crate) confidence: f32,
    pub(crate) ambiguous: bool,
}

impl Decision {
    pub(crate) const NONE: Decision = Decision { entity: NOBODY, sieve: "", confidence: 0.0, ambiguous: false };
}

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
