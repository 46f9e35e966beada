//! What a word can be, told by its form and the word before it.

use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::marks::is_hyphen;
use crate::token::TagSet;

/// A hyphenated word is taken for its last part: co-chairman, ex-minister.
pub(super) fn compound(word: &str, lexicon: &Lexicon) -> TagSet {
    let Some((_, last)) = word.rsplit_once(is_hyphen) else { return TagSet::NONE };
    let (id, class) = lexicon.look_up(last);
    if word.starts_with(|first: char| first.is_ascii_digit()) && lexicon.has_role(id, LexicalRole::Age) {
        return TagSet::NOUN | TagSet::ADJ | TagSet::ROLE;
    }
    let people = TagSet::ROLE | TagSet::NOUN | TagSet::PLURAL | TagSet::FEMALE | TagSet::MALE;
    let kept = if class.has(TagSet::ROLE) { class & people } else { class & (TagSet::NOUN | TagSet::PLURAL) };
    kept | TagSet::ADJ
}
