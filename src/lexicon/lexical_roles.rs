//! Words that the program asks for by what they do, with their entries.

use super::Lexicon;
use crate::lang::{Language, LexicalRole};

/// The words of each [`LexicalRole`] as they are written, with their entries: 0 if no list and no rule has the word.
#[derive(Clone, Debug, Default)]
pub(super) struct LexicalRoles([Vec<(Box<str>, u16)>; LexicalRole::COUNT]);

impl LexicalRoles {
    pub(super) fn find(language: &Language, lexicon: &Lexicon) -> LexicalRoles {
        let entries = |role| language.words_of(role).map(|word| (word.into(), lexicon.find(word))).collect();
        LexicalRoles(LexicalRole::ALL.map(entries))
    }

    pub(super) fn of(&self, role: LexicalRole) -> &[(Box<str>, u16)] {
        &self.0[role as usize]
    }
}
