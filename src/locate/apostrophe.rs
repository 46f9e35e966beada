//! Apostrophes at the ends of words, and what tells them from single quotation marks.

use super::sign::{SignKind, is_apostrophe, kind};
use crate::lang::{Language, LexicalRole, Spelling};
use crate::marks::{Uses, uses};
use crate::pair::Elisions;
use crate::span::Span;
use once_cell::sync::Lazy;

/// Takes in the apostrophes at both ends of a word: *'em*, *the boys'*.
pub(super) fn with_apostrophes(text: &str, word: Span) -> Span {
    Span::new(word.start - before(text, word.start), word.end + behind(text, word.end))
}

/// Bytes of the apostrophe before a word that begins at a place, 0 if there is none: only the words of a list and
/// decades begin with one.
pub(super) fn before(text: &str, at: usize) -> usize {
    let mut letters = text[..at].chars().rev();
    let mark = letters.next().filter(|mark| is_closing(*mark));
    let apart = !letters.next().is_some_and(is_of_word);
    mark.filter(|_| apart && ELISIONS.follow(&text[at..])).map_or(0, char::len_utf8)
}

/// Bytes of the apostrophe of a possessive behind a word that ends at a place, 0 if there is none or if the mark closes
/// a quotation.
pub(super) fn behind(text: &str, at: usize) -> usize {
    let mut letters = text[at..].chars();
    let mark = letters.next().filter(|mark| is_closing(*mark));
    let possessive = text[..at].ends_with(|last: char| POSSESSIVE.contains(&last.to_ascii_lowercase()))
        && letters.next().is_none_or(char::is_whitespace);
    mark.filter(|_| possessive && !is_open(text, at)).map_or(0, char::len_utf8)
}

/// Whether a single mark is open at a place: one that opens before it on the same line, with none between that closes
/// behind punctuation.
fn is_open(text: &str, at: usize) -> bool {
    /// How far a mark is looked for, in characters.
    const FURTHEST: usize = 400;
    let mut behind = None;
    let mut letters = text[..at].char_indices().rev().take(FURTHEST).peekable();
    while let Some((place, letter)) = letters.next() {
        let before = letters.peek().map(|(_, letter)| *letter);
        if letter == '\n' {
            return false;
        }
        if is_apostrophe(letter) {
            let (word_before, word_behind) = (before.is_some_and(is_of_word), behind.is_some_and(is_of_word));
            if !word_before && word_behind && self::before(text, place + letter.len_utf8()) == 0 {
                return true;
            }
            if !word_behind && before.is_some_and(|before| matches!(before, ',' | '.' | '?' | '!')) {
                return false;
            }
        }
        behind = Some(letter);
    }
    false
}

/// An apostrophe, or a mark that closes; not one that only opens.
fn is_closing(letter: char) -> bool {
    is_apostrophe(letter) && !uses(letter).has(Uses::LEFT)
}

fn is_of_word(letter: char) -> bool {
    matches!(kind(letter), SignKind::Letter | SignKind::Ignored)
}

/// The letters that a possessive with nothing behind its apostrophe ends with.
static POSSESSIVE: Lazy<Vec<char>> =
    Lazy::new(|| Language::english().words_of(LexicalRole::PossessiveEnd).flat_map(str::chars).collect());

/// Words that begin with an apostrophe.
static ELISIONS: Lazy<Elisions> = Lazy::new(|| {
    let language = Language::english();
    // The table of spelling is read by the tests; this cannot fail in a released crate.
    let plural = Spelling::read(language.spelling).map_or(0, |spelling| spelling.plural());
    Elisions::from_text(language.elisions, plural)
});
