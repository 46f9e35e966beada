//! Byte offsets → the units other languages count in.

use crate::span::Span;
use std::fmt;

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum OffsetUnit {
    /// Bytes of UTF-8, as in Rust.
    #[default]
    Byte,
    /// Unicode code points, as in Python.
    Char,
    /// UTF-16 code units, as in JavaScript and Java.
    Utf16,
}

impl OffsetUnit {
    /// How many units begin with this byte of UTF-8.
    fn begun_by(self, byte: u8) -> usize {
        match self {
            OffsetUnit::Byte => 1,
            _ if byte & 0xC0 == 0x80 => 0,
            OffsetUnit::Utf16 if byte >= 0xF0 => 2,
            _ => 1,
        }
    }
}

/// Converts the spans of one text: one pass over it, then a short count for each place.
///
/// ```
/// use inquit::Span;
/// use inquit::output::{OffsetUnit, Offsets};
///
/// let text = "🐐 “Go”";
/// let quoted = Span::new(5, 13);
/// assert_eq!(&text[quoted], "“Go”");
/// assert_eq!(Offsets::new(text, OffsetUnit::Char).of(quoted), [2, 6]);
/// assert_eq!(Offsets::new(text, OffsetUnit::Utf16).of(quoted), [3, 7]);
/// ```
#[derive(Clone)]
pub struct Offsets<'t> {
    text: &'t [u8],
    unit: OffsetUnit,
    /// How many units begin before each block of the text; empty if units are bytes.
    before: Vec<usize>,
}

impl<'t> Offsets<'t> {
    /// Small enough to count in, large enough that the table is small beside the text.
    const BLOCK: usize = 64;

    /// For places in `text`.
    pub fn new(text: &'t str, unit: OffsetUnit) -> Offsets<'t> {
        let bytes = text.as_bytes();
        let mut before = Vec::new();
        if unit != OffsetUnit::Byte && !text.is_ascii() {
            let mut count = 0;
            before.extend(bytes.chunks(Offsets::BLOCK).map(|block| {
                let begun: usize = block.iter().map(|&byte| unit.begun_by(byte)).sum();
                count += begun;
                count - begun
            }));
        }
        Offsets { text: bytes, unit, before }
    }

    /// Start and end of a span of the text, half open.
    pub fn of(&self, span: Span) -> [usize; 2] {
        [span.start, span.end].map(|at| self.at(at))
    }

    fn at(&self, at: usize) -> usize {
        // The end of the text may be the start of a block that is not there.
        let block = (at / Offsets::BLOCK).min(self.before.len().saturating_sub(1));
        let Some(&before) = self.before.get(block) else { return at };
        let rest = &self.text[(block * Offsets::BLOCK).min(at)..at.min(self.text.len())];
        before + rest.iter().map(|&byte| self.unit.begun_by(byte)).sum::<usize>()
    }
}

impl fmt::Debug for Offsets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offsets").field("unit", &self.unit).field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{OffsetUnit, Offsets};
    use crate::span::Span;

    #[test]
    fn every_place_is_what_counting_from_the_start_gives() {
        for length in [0, 1, 5, 15, 16, 17, 31, 32, 33, 100] {
            let text = "aé“🐐".repeat(length);
            let [bytes, chars, utf16] =
                [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16].map(|unit| Offsets::new(&text, unit));
            for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
                let (span, head) = (Span::new(0, at), &text[..at]);
                assert_eq!(bytes.of(span), [0, at]);
                assert_eq!(chars.of(span), [0, head.chars().count()]);
                assert_eq!(utf16.of(span), [0, head.encode_utf16().count()]);
            }
        }
    }

    #[test]
    fn in_plain_text_all_units_are_one() {
        let offsets = Offsets::new("all of it ASCII", OffsetUnit::Utf16);
        assert_eq!(offsets.of(Span::new(3, 15)), [3, 15]);
    }
}
