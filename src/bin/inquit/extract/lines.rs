//! A line for each quotation, as grep has it: file, number of the line, speaker, words.

use super::document::Document;
use super::visible;
use inquit::{Extraction, Quote};
use std::fmt::Write;

/// `news/a.txt:12: Ana Lim: “We stay,”`. The line is that of the file, and of a document that is a line itself that one.
pub(crate) fn document(document: &Document, extraction: &Extraction<'_>) -> String {
    let mut out = String::new();
    let mut places = Places { text: extraction.text(), at: 0, line: 1 };
    for quote in extraction.quotes() {
        let line = document.line.unwrap_or_else(|| places.line_of(quote.spans().first().map_or(0, |span| span.start)));
        // A string takes all that is written to it.
        let _ = writeln!(out, "{}:{line}: {}", visible::line(&document.file), visible::line(&words(&quote)));
    }
    out
}

/// Who, and what, on one line.
fn words(quote: &Quote<'_>) -> String {
    quote.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Counts lines from the last place that was asked for.
struct Places<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl Places<'_> {
    fn line_of(&mut self, at: usize) -> u64 {
        if at < self.at {
            (self.at, self.line) = (0, 1);
        }
        self.line += memchr::memchr_iter(b'\n', &self.text.as_bytes()[self.at..at]).count() as u64;
        self.at = at;
        self.line
    }
}
