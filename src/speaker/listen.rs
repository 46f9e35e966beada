//! What the speaker stage tells whoever listens: for `explain`.

use super::entities::Entities;
use super::sieves::{Candidate, Decision};
use crate::span::Span;

/// Why a name where it stands is taken for the name of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum NameLink {
    /// It is the first form found of that entity, or the same form again.
    Own,
    /// It has the first and the last word of the entity's name.
    SameEnds,
    /// One has an initial where the other has a first name.
    Initial,
    /// One has a nickname where the other has the first name.
    Nickname,
    /// One is the end of the other.
    End,
    /// It is one word of a fuller name, its last or first.
    OneWord,
    /// It is a surname without a form of address, which of a couple stands for the man.
    Husband,
    /// The text gives it as another name: initials in brackets, a maiden name.
    Alias,
    /// Several have this word in their names, and this one alone was named so far.
    OnlyNamedSoFar,
    /// Several have this word in their names: the pronoun behind it tells which, or it is the one named last.
    NamedLast,
    /// Several have this word in their names, and nothing tells which is meant.
    Ambiguous,
}

/// Is told how names and sources came by their entities. The methods do nothing unless they are defined.
pub(crate) trait Listener {
    /// A name, its entity and why.
    fn named(&mut self, _name: Span, _entity: u32, _link: NameLink) {}

    /// The speaker of a quotation. `rivals` are those whom a pronoun was weighed among, the best first.
    fn decided(&mut self, _quote: usize, _decision: &Decision, _rivals: &[Candidate]) {}

    /// All is decided.
    fn resolved(&mut self, _entities: &Entities) {}
}

impl Listener for () {}
