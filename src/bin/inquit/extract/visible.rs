//! Makes visible what would steer a terminal: control characters, and those that turn the order of letters.

use std::fmt::Write;

/// Whether a terminal would obey a letter instead of showing it.
pub(crate) fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A message of one line, with `\u{202e}` for what steers.
pub(crate) fn line(text: &str) -> String {
    escaped(text, steers)
}

/// A message of several lines: a tab and the ends of lines stay.
pub(crate) fn lines(text: &str) -> String {
    escaped(text, |letter| steers(letter) && !matches!(letter, '\t' | '\n'))
}

fn escaped(text: &str, must_be: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if must_be(letter) {
            // A string takes all that is written to it.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(letter));
        } else {
            out.push(letter);
        }
    }
    out
}
