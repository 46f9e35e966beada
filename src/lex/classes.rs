//! What a word can be, told by its form and the word before it.

use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::marks::is_hyphen;
use crate::token::Class;

/// A hyphenated word is taken for its last part: co-chairman, ex-minister.
pub(super) fn compound(word: &str, lexicon: &Lexicon) -> Class {
    let Some((_, last)) = word.rsplit_once(is_hyphen) else { return Class::NONE };
    let (id, class) = lexicon.look_up(last);
    if word.starts_with(|first: char| first.is_ascii_digit()) && lexicon.has_role(id, LexicalRole::Age) {
        return Class::NOUN | Class::ADJ | Class::ROLE;
    }
    let people = Class::ROLE | Class::NOUN | Class::PLURAL | Class::FEMALE | Class::MALE;
    let kept = if class.has(Class::ROLE) { class & people } else { class & (Class::NOUN | Class::PLURAL) };
    kept | Class::ADJ
}
