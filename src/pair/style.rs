//! Which marks carry the speech of a text, and which apostrophes are part of a word.

use crate::marks::{Uses, uses};
use crate::scan::Mark;
use std::collections::HashSet;

/// Words that begin with an apostrophe (*'tis*, *'em*), so that it does not open a quotation, and what may end with one.
#[derive(Debug, Default, Clone)]
pub(crate) struct Elisions {
    words: HashSet<Box<str>>,
    /// The last letter of plurals.
    plural: u8,
}

impl Elisions {
    /// One word a line, without its apostrophe; `#` begins a comment. Plurals end with the letter `plural`.
    pub(crate) fn from_text(text: &str, plural: u8) -> Elisions {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or("").trim());
        Elisions { words: lines.flat_map(str::split_whitespace).map(Into::into).collect(), plural }
    }

    /// Whether an apostrophe behind this text may be that of a plural (*the sailors' boat*).
    pub(super) fn may_be_plural(&self, before: &str) -> bool {
        before.as_bytes().last() == Some(&self.plural)
    }

    /// Whether the text after an apostrophe goes on as such a word, or as a decade (*'90s*).
    pub(crate) fn follow(&self, rest: &str) -> bool {
        const LONGEST: usize = 12;
        let end = rest.bytes().take(LONGEST + 1).take_while(u8::is_ascii_alphanumeric).count();
        let word = &rest[..end];
        if word.bytes().take_while(u8::is_ascii_digit).count() >= 2 {
            return word.len() <= 3;
        }
        end <= LONGEST && self.words.contains(word.to_ascii_lowercase().as_str())
    }
}

/// Which marks carry the speech of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Double,
    Single,
}

impl Style {
    /// Single if pairs of single marks that look like speech outnumber the double pairs.
    pub(super) fn of(text: &str, marks: &[Mark], elisions: &Elisions) -> Style {
        let (mut doubles, mut openers, mut closers) = (0usize, 0usize, 0usize);
        for mark in marks {
            if !mark.glyph.is_single() {
                doubles += 1;
            } else if mark.can_open && !mark.can_close {
                let rest = &text[mark.end()..];
                let capital = rest.chars().next().is_some_and(char::is_uppercase);
                openers += usize::from(capital && !elisions.follow(rest));
            } else if mark.can_close && !mark.can_open {
                closers += usize::from(after_stop(text, mark.at));
            }
        }
        let singles = openers.min(closers);
        if singles >= 2 && singles > doubles / 2 { Style::Single } else { Style::Double }
    }
}

/// Whether punctuation that ends quoted speech stands right before `at`.
pub(super) fn after_stop(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_some_and(|last| matches!(last, '.' | ',' | '!' | '?' | ';' | '…') || uses(last).has(Uses::BREAKS_OFF))
}
