//! Why names are names of one entity.

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
