//! What the words of a paragraph tell of it.

use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;

/// The words of some text: letters and digits, without what stands around them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// How far a paragraph is read to tell what it is.
const LONGEST: usize = 600;

/// The beginning of a text, cut between characters.
pub(super) fn beginning(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Whether somebody speaks in some words: in the first person or to somebody, or asking.
pub(super) fn speaks(text: &str, lexicon: &Lexicon) -> bool {
    let text = beginning(text);
    // Us, but not the US.
    let speaking = |word: &str| lexicon.is_spelled(word, LexicalRole::Speaking);
    text.contains('?')
        || words(text).any(|word| speaking(word) && (word.len() == 1 || word.contains(char::is_lowercase)))
}

/// Whether most long words have a capital, as in a headline.
pub(super) fn is_title(text: &str) -> bool {
    const LONG: usize = 4;
    let (mut long, mut capitals) = (0, 0);
    for word in words(beginning(text)).skip(1).filter(|word| word.len() >= LONG) {
        long += 1;
        capitals += usize::from(word.starts_with(char::is_uppercase));
    }
    capitals * 2 > long
}

/// Whether some words end as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let remark = [('[', ']'), ('(', ')')].into_iter().find(|(_, close)| text.ends_with(*close));
    let before = remark.and_then(|(open, _)| text.rfind(open)).map(|open| &text[..open]);
    // A remark in brackets stands behind the end of the sentence.
    let text = before.filter(|before| before.contains(char::is_alphanumeric)).unwrap_or(text);
    let end = text.trim_end_matches(|letter: char| !letter.is_alphanumeric() && !".?!…".contains(letter));
    end.ends_with(['.', '?', '!', '…'])
}
