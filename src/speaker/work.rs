//! What the sieves are asked about, what they read, and what they remember.

use super::TextContext;
use super::decision::SpeakerCandidate;
use super::entities::Entities;
use super::index::Index;
use super::names::Names;
use super::phrase::PhraseHead;
use super::roles::Roles;
use crate::span::Span;
use crate::word::Key;

/// One source.
#[derive(Clone, Copy)]
pub(crate) struct Case<'c> {
    pub(crate) source: Span,
    pub(crate) head: PhraseHead,
    pub(crate) content: &'c [Span],
    pub(crate) addressee: Option<Span>,
    /// The first name that begins in the source or behind it.
    pub(crate) next_name: usize,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// The source is the label of a turn.
    pub(crate) label: bool,
    /// A turn of a dialogue: the quotation begins its paragraph.
    pub(crate) turn: bool,
}

/// What the sieves read and write.
pub(crate) struct Work<'w> {
    pub(crate) context: &'w TextContext<'w>,
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
    pub(super) described: Index<Key>,
    /// From the head of a description to the newest with it.
    pub(super) heads: Index<(u32, u32)>,
    /// From two who speak as one to their entity.
    pub(super) pairs: Index<(u32, u32)>,
    pub(super) candidates: Vec<SpeakerCandidate>,
    /// By how many sentences ago a mention was: the factor of its weight in salience.
    pub(super) decay: Vec<f32>,
    /// Names of somebody outside of what is said, as soon as one is asked for.
    pub(super) named: Vec<u32>,
    pub(super) chances: Chances,
    /// Whoever says I, and is never he or she.
    pub(super) narrator: Option<u32>,
    /// Who spoke in each paragraph, in dialogue.
    pub(super) turns: Vec<Spoken>,
    /// How many turns have passed without a tag.
    pub(super) guessed: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    pub(super) entity: u32,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
}

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.spoken.clear();
        self.described.clear();
        self.heads.clear();
        self.pairs.clear();
        self.turns.clear();
        self.decay.clear();
        self.narrator = None;
    }

    /// One speaker a paragraph: the last one.
    pub(super) fn note_turn(&mut self, spoken: Spoken) {
        self.guessed = 0;
        match self.turns.last_mut().filter(|last| last.paragraph == spoken.paragraph) {
            Some(last) => *last = spoken,
            None => self.turns.push(spoken),
        }
    }
}

/// What a sieve says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SpeakerAnswer {
    Pass,
    Is(u32),
    /// One of several: the answer, but marked.
    Likely(u32),
    /// One of several, and nothing tells which.
    Tie,
    /// It cannot be told.
    Nobody,
}

/// What has been found of each entity while somebody is looked for. Reused.
#[derive(Debug, Default)]
pub(super) struct Chances {
    /// When it was asked last, and its place among the candidates.
    list: Vec<(u32, u32)>,
    /// What was found in another generation is stale.
    generation: u32,
}

impl Chances {
    /// It is no candidate.
    const NONE: u32 = u32::MAX;

    pub(super) fn begin(&mut self, entities: usize) {
        self.generation = self.generation.checked_add(1).unwrap_or_else(|| {
            self.list.clear();
            1
        });
        if self.list.len() < entities {
            self.list.reserve_exact(entities - self.list.len());
            self.list.resize(entities, (0, 0));
        }
    }

    pub(super) fn exclude(&mut self, entity: u32) {
        if let Some(chance) = self.list.get_mut(entity as usize) {
            *chance = (self.generation, Chances::NONE);
        }
    }

    /// The place of an entity among the candidates; `find` is asked once.
    #[inline]
    pub(super) fn place(&mut self, entity: u32, find: impl FnOnce() -> Option<u32>) -> u32 {
        let Some(chance) = self.list.get_mut(entity as usize) else { return Chances::NONE };
        if chance.0 != self.generation {
            *chance = (self.generation, find().unwrap_or(Chances::NONE));
        }
        chance.1
    }
}
