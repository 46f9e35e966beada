//! The words of a quotation, the passage they are compared with, and how the two go together.

use super::hits::Hit;
use super::quotation::{Joint, Quotation, Symbol};

pub(super) const KIN: u32 = 2;
pub(super) const SWAPPED: u32 = 5;

/// The words that are looked for, and what may stand before each.
pub(super) struct WantedWord {
    pub(super) symbols: Vec<Symbol>,
    /// Of each word, the number of its stem.
    pub(super) stems: Vec<u32>,
    joints: Vec<Option<Joint>>,
}

impl WantedWord {
    pub(super) fn new(quotation: &Quotation<'_>) -> WantedWord {
        let reading = quotation.edited.as_ref().unwrap_or(&quotation.literal);
        let symbols = reading.pieces.iter().flat_map(|piece| piece.symbols.iter().copied()).collect();
        let joints = reading.pieces.iter().flat_map(|piece| {
            let rest = std::iter::repeat_n(None, piece.symbols.len() - 1);
            std::iter::once(Some(piece.joint)).chain(rest)
        });
        WantedWord { symbols, stems: Vec::new(), joints: joints.collect() }
    }

    /// Whether nothing must be alike before a word.
    pub(super) fn is_free(&self, at: usize) -> bool {
        self.joints.get(at).is_some_and(Option::is_some)
    }
}

/// The words of the text that the quotation is compared with.
pub(super) struct Passage {
    pub(super) hits: Vec<Hit>,
    /// Of each word, the number of its stem.
    pub(super) stems: Vec<u32>,
}

/// How far a word of the quotation and one of the text are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    /// They differ in a contraction only: *can* and *can't*.
    Kin,
    Other,
}

impl Likeness {
    pub(super) fn of(words: &WantedWord, word: usize, passage: &Passage, own: usize) -> Likeness {
        if words.symbols[word].number == passage.hits[own].symbol.number {
            Likeness::Same
        } else if words.stems[word] == passage.stems[own] {
            Likeness::Kin
        } else {
            Likeness::Other
        }
    }

    /// What it costs to put one in place of the other, where the signs before them are alike or not.
    pub(super) fn cost(self, same_gap: bool) -> u32 {
        match self {
            Likeness::Same => 0,
            Likeness::Kin => KIN,
            Likeness::Other => SWAPPED + u32::from(!same_gap),
        }
    }
}

/// How a word of the quotation and one of the text go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PassageStep {
    /// Both, alike or one in place of the other.
    Both(usize, usize),
    /// Only the quotation has it.
    Dropped(usize),
    /// Only the text has it, before a word of the quotation.
    Added(usize, usize),
}

impl PassageStep {
    /// The word of the text, if there is one.
    pub(super) fn own(&self) -> Option<usize> {
        match *self {
            PassageStep::Both(_, own) | PassageStep::Added(_, own) => Some(own),
            PassageStep::Dropped(_) => None,
        }
    }

    /// The word of the quotation, if there is one.
    pub(super) fn word(&self) -> Option<usize> {
        match *self {
            PassageStep::Both(word, _) | PassageStep::Dropped(word) => Some(word),
            PassageStep::Added(..) => None,
        }
    }
}
