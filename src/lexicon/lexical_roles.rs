//! Words that the program asks for by what they do, with their entries.

use super::Lexicon;
use crate::lang::{Language, LexicalRole};

/// The words of each [`LexicalRole`] as they are written, with their entries: 0 if no list and no rule has the word.
#[derive(Clone, Debug, Default)]
pub(super) struct LexicalRoles {
    words: [Vec<(Box<str>, u16)>; LexicalRole::COUNT],
    /// How the words of a page begin: second letters, by their first.
    page: [u32; 26],
}

impl LexicalRoles {
    pub(super) fn find(language: &Language, lexicon: &Lexicon) -> LexicalRoles {
        let entries = |role| language.words_of(role).map(|word| (word.into(), lexicon.find(word))).collect();
        let mut roles = LexicalRoles { words: LexicalRole::ALL.map(entries), page: [0; 26] };
        for role in LexicalRole::PAGE {
            for (word, _) in &roles.words[role as usize] {
                if let [Some(first), Some(second)] = [0, 1].map(|at| letter(word.as_bytes().get(at))) {
                    roles.page[first] |= 1 << second;
                }
            }
        }
        roles
    }

    /// Whether a word that begins like this may be one of a page: most others are told from them without a look-up.
    pub(super) fn may_be_of_page(&self, bytes: &[u8]) -> bool {
        let [Some(first), Some(second)] = [0, 1].map(|at| letter(bytes.get(at))) else { return false };
        self.page[first] >> second & 1 != 0
    }

    pub(super) fn of(&self, role: LexicalRole) -> &[(Box<str>, u16)] {
        &self.words[role as usize]
    }
}

/// The number of a letter, whatever its case.
fn letter(byte: Option<&u8>) -> Option<usize> {
    byte.filter(|byte| byte.is_ascii_alphabetic()).map(|byte| usize::from(byte.to_ascii_lowercase() - b'a'))
}
