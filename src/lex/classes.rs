//! What a word can be, told by its form and the word before it.

use crate::lexicon::Lexicon;
use crate::token::Class;

/// A hyphenated word is taken for its last part: co-chairman, ex-minister.
pub(super) fn compound(word: &str, lexicon: &Lexicon) -> Class {
    let Some((_, last)) = word.rsplit_once(['-', '‑']) else { return Class::NONE };
    if word.starts_with(|first: char| first.is_ascii_digit()) && last.eq_ignore_ascii_case("old") {
        return Class::NOUN | Class::ADJ | Class::ROLE;
    }
    let people = Class::ROLE | Class::NOUN | Class::PLURAL | Class::FEMALE | Class::MALE;
    let class = lexicon.look_up(last).1;
    let kept = if class.has(Class::ROLE) { class & people } else { class & (Class::NOUN | Class::PLURAL) };
    kept | Class::ADJ
}

/// Words that begin a sentence more often than they go on after an abbreviation.
pub(super) const STARTERS: Class = Class::DET
    .union(Class::PRONOUN)
    .union(Class::POSSESSIVE)
    .union(Class::PREP)
    .union(Class::SUBORD)
    .union(Class::AND)
    .union(Class::WH)
    .union(Class::ADVERB);

/// Whether a word with a capital, other than *I*, is part of a name.
pub(super) fn is_name(class: Class, initial: bool) -> bool {
    if class.has(Class::TIME) {
        return false;
    }
    if !class.has(Class::KNOWN) {
        return true;
    }
    let function = STARTERS.union(Class::BE).union(Class::HAVE).union(Class::MODAL).union(Class::NOT);
    if class.has(function) && !class.has(Class::FIRST | Class::NOUN) {
        return false;
    }
    !initial || class.has(Class::FIRST | Class::PARTICLE) && !class.has(STARTERS)
}

/// Settles what a word can be by the word before it, where that is safe.
#[inline]
pub(super) fn disambiguate(before: Class, class: Class) -> Class {
    let noun = Class::NOUN | Class::PLURAL | Class::ADJ;
    if class.has(Class::NOUN) && class.has(Class::VERBAL) {
        let nominal = Class::DET | Class::POSSESSIVE | Class::PREP | Class::CLITIC;
        let unsure = Class::THAT | Class::TO | Class::SUBORD | Class::PRONOUN | Class::OBJECT;
        if before.has(nominal) && !before.has(unsure) {
            return class.without(Class::VERB | Class::VERBS | Class::PAST);
        }
        let plain = Class::NOUN | Class::NAME | Class::ADJ | Class::NUMBER;
        if class.has(Class::VERB) && before.has(plain) && !before.has(Class::PLURAL | Class::ADVERB | Class::PRONOUN) {
            return class.without(Class::VERB);
        }
        let verbal = Class::TO | Class::MODAL;
        let subject = before.has(Class::PRONOUN) && !before.has(Class::OBJECT | Class::NOUN);
        if before.has(verbal) || subject {
            return class.without(noun);
        }
    }
    class
}
