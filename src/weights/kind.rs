//! Kinds of values: how many values each has, and their names.

use crate::lexicon::{CueClass, Lexicon};
use crate::token::{PrimaryTag, TagSet};
use crate::word::same;
use std::borrow::Cow;

/// What values there are, and what they are called.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueKind {
    PrimaryTag,
    CueClass,
    Rule,
    /// A word that could be a cue.
    Anchor,
    /// The base form of a cue.
    Head,
    /// A word beside the end of content, or at the end of a cue.
    Word,
    /// The variants of an enum: the name of the type, and theirs.
    Named(&'static str, &'static [&'static str]),
    /// Sets of flags: the name of the type, and the names of the flags.
    Flags(&'static str, &'static [(&'static str, TagSet)]),
}

/// The name of no word, no cue class.
pub(super) const ABSENT: &str = "-";
/// The name of a set of no flags.
const NO_FLAGS: &str = "none";

impl ValueKind {
    /// How many values there are, if that does not depend on the lexicon and the rules.
    pub(super) const fn fixed_count(self) -> Option<usize> {
        match self {
            ValueKind::PrimaryTag => Some(PrimaryTag::COUNT),
            ValueKind::Named(_, names) => Some(names.len()),
            ValueKind::Flags(_, flags) => Some(1 << flags.len()),
            _ => None,
        }
    }

    pub(super) fn count(self, lexicon: &Lexicon, rules: usize) -> usize {
        self.fixed_count().unwrap_or(match self {
            ValueKind::Rule => rules,
            ValueKind::CueClass => CueClass::count(lexicon),
            _ => lexicon.len(),
        })
    }

    /// Whether both are the same kind.
    pub(super) const fn is(self, other: ValueKind) -> bool {
        match (self, other) {
            (ValueKind::PrimaryTag, ValueKind::PrimaryTag)
            | (ValueKind::CueClass, ValueKind::CueClass)
            | (ValueKind::Rule, ValueKind::Rule)
            | (ValueKind::Anchor, ValueKind::Anchor)
            | (ValueKind::Head, ValueKind::Head)
            | (ValueKind::Word, ValueKind::Word) => true,
            (ValueKind::Named(one, _), ValueKind::Named(other, _))
            | (ValueKind::Flags(one, _), ValueKind::Flags(other, _)) => same(one, other),
            _ => false,
        }
    }

    /// The name of the value with this index.
    pub(super) fn name<'n>(self, index: u16, lexicon: &'n Lexicon, rules: &'n [impl AsRef<str>]) -> Cow<'n, str> {
        let place = usize::from(index);
        Cow::Borrowed(match self {
            ValueKind::PrimaryTag => PrimaryTag::NAMES[place],
            ValueKind::CueClass => CueClass::name_at(place, lexicon).unwrap_or(ABSENT),
            ValueKind::Rule => rules[place].as_ref(),
            ValueKind::Anchor | ValueKind::Head | ValueKind::Word if index == 0 => ABSENT,
            ValueKind::Anchor | ValueKind::Head | ValueKind::Word => lexicon.word(index),
            ValueKind::Named(_, names) => names[place],
            ValueKind::Flags(_, _) if index == 0 => NO_FLAGS,
            ValueKind::Flags(_, flags) => {
                let set = flags.iter().enumerate().filter(|(bit, _)| index >> bit & 1 != 0);
                let names: Vec<&str> = set.map(|(_, (name, _))| *name).collect();
                return Cow::Owned(names.join("+"));
            }
        })
    }

    /// What a table must hold in the place of a value, for an error message.
    pub(super) fn expected(self) -> String {
        let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        match self {
            ValueKind::PrimaryTag => "a primary tag such as `NOUN`".to_owned(),
            ValueKind::CueClass => "a class of cues such as `SAY`, or `-`".to_owned(),
            ValueKind::Rule => "the name of a rule".to_owned(),
            ValueKind::Anchor | ValueKind::Head | ValueKind::Word => "a word, or `-`".to_owned(),
            ValueKind::Named(_, names) => format!("one of {}", list(names)),
            ValueKind::Flags(_, flags) => {
                let names: Vec<&str> = flags.iter().map(|(name, _)| *name).collect();
                format!("`{NO_FLAGS}`, or some of {} in this order, joined by `+`", list(&names))
            }
        }
    }
}
