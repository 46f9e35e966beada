//! Bytes → quotation mark candidates and paragraphs. The hot loop.
//!
//! `scan` decides nothing: it reports every mark that could matter together with what its two
//! neighbours allow (open, close, both, neither), and leaves the choice to [`pair`](crate::pair).
//! Every byte is looked at once, sixty-four at a time, and only what may be a mark or a newline again.

mod decide;
mod find;
mod paragraphs;
mod places;
mod side;

use crate::marks::Glyph;
use crate::span::Span;
use places::ScanPlaces;

/// A candidate: a mark, and what the characters beside it allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) at: usize,
    pub(crate) len: u8,
    pub(crate) glyph: Glyph,
    pub(crate) can_open: bool,
    pub(crate) can_close: bool,
}

impl Mark {
    pub(crate) fn end(&self) -> usize {
        self.at + usize::from(self.len)
    }
}

/// Marks and paragraphs of one text, in order. Reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) marks: Vec<Mark>,
    /// Paragraphs without the white space around them; none is empty.
    pub(crate) paragraphs: Vec<Span>,
    candidates: ScanPlaces,
    newlines: ScanPlaces,
}

impl Scan {
    /// Reads `text`, forgetting what was read before.
    pub(crate) fn read(&mut self, text: &str) {
        self.marks.clear();
        self.paragraphs.clear();
        find::find(text.as_bytes(), &mut self.candidates, &mut self.newlines);
        decide::read(text.as_bytes(), self.candidates.as_slice(), &mut self.marks);
        paragraphs::split(text, self.newlines.as_slice(), &mut self.paragraphs);
    }
}

#[cfg(test)]
mod tests;
