//! Bytes → quotation mark candidates and paragraphs. The hot loop.
//!
//! `scan` decides nothing: it reports every mark that could matter together with what its two
//! neighbours allow (open, close, both, neither), and leaves the choice to [`pair`](crate::pair).
//! Every byte is looked at once, sixty-four at a time, so text without marks costs next to nothing.

use crate::block::{BLOCK, load, mask_of};
use crate::span::Span;

/// What a mark looks like. Straight and curly forms of one kind pair with each other if need be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// `"`
    Straight,
    /// `“`
    CurlyOpen,
    /// `”`
    CurlyClose,
    /// `„` and `‟`
    CurlyLow,
    /// Two apostrophes, `''` or `’’`, standing for a double mark.
    Primes,
    /// Two grave accents, or `‘‘`.
    Graves,
    /// `«`
    AngleOpen,
    /// `»`
    AngleClose,
    /// `「` and `『`
    CornerOpen,
    /// `」` and `』`
    CornerClose,
    /// `＂`
    FullWidth,
    /// `'`
    Apostrophe,
    /// `‘`
    SingleOpen,
    /// `’`
    SingleClose,
    /// `‚`
    SingleLow,
    /// `‹`
    SingleAngleOpen,
    /// `›`
    SingleAngleClose,
}

impl Glyph {
    /// Single marks may be apostrophes, and are weighed differently.
    pub(crate) fn is_single(self) -> bool {
        matches!(
            self,
            Glyph::Apostrophe
                | Glyph::SingleOpen
                | Glyph::SingleClose
                | Glyph::SingleLow
                | Glyph::SingleAngleOpen
                | Glyph::SingleAngleClose
        )
    }
}

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
    newlines: Vec<usize>,
}

impl Scan {
    /// Reads `text`, forgetting what was read before.
    pub(crate) fn read(&mut self, text: &str) {
        self.marks.clear();
        self.paragraphs.clear();
        self.newlines.clear();
        find(text.as_bytes(), &mut self.marks, &mut self.newlines);
        split_paragraphs(text, &self.newlines, &mut self.paragraphs);
    }
}

/// Looks at every byte once. A block at a time is turned into a mask of the bytes that matter; then only those are
/// visited.
fn find(bytes: &[u8], marks: &mut Vec<Mark>, newlines: &mut Vec<usize>) {
    for base in (0..bytes.len()).step_by(BLOCK) {
        // The first test takes in both straight marks, and `#` and `&`, which are rare.
        let may_matter = |byte: u8| (byte & 0xFA == b'"') | (byte == b'`') | (byte == b'\n') | (byte >= 0xC2);
        visit(bytes, base, mask_of(&load(bytes, base), may_matter), marks, newlines);
    }
}

#[inline]
fn visit(bytes: &[u8], base: usize, mask: u64, marks: &mut Vec<Mark>, newlines: &mut Vec<usize>) {
    let mut left = mask;
    while left != 0 {
        let at = base + left.trailing_zeros() as usize;
        left &= left - 1;
        match bytes[at] {
            b'\n' => newlines.push(at),
            b'"' => push(bytes, at, 1, Glyph::Straight, marks),
            b'\'' => {
                // The commonest mark of all is the apostrophe inside a word: gone at once.
                let next = bytes.get(at + 1).copied().unwrap_or(b' ');
                if !(next.is_ascii_alphanumeric() && left_of(bytes, at) == Side::Word) {
                    push(bytes, at, 1, Glyph::Apostrophe, marks);
                }
            }
            b'`' => {
                let taken = marks.last().is_some_and(|last| last.end() > at);
                if !taken && bytes.get(at + 1) == Some(&b'`') {
                    push(bytes, at, 2, Glyph::Graves, marks);
                }
            }
            first if first < 0x80 => {}
            first => visit_wide(bytes, at, first, marks),
        }
    }
}

/// A byte that begins a character of several.
#[inline]
fn visit_wide(bytes: &[u8], at: usize, first: u8, marks: &mut Vec<Mark>) {
    let next = bytes.get(at + 1).copied().unwrap_or(0);
    let third = bytes.get(at + 2).copied().unwrap_or(0);
    match (first, next, third) {
        (0xE2, ..) => {
            let Some(glyph) = general_punctuation(next, third) else { return };
            let inside = glyph == Glyph::SingleClose
                && bytes.get(at + 3).is_some_and(u8::is_ascii_alphanumeric)
                && left_of(bytes, at) == Side::Word;
            if !inside {
                push(bytes, at, 3, glyph, marks);
            }
        }
        (0xC2, 0xAB, _) => push(bytes, at, 2, Glyph::AngleOpen, marks),
        (0xC2, 0xBB, _) => push(bytes, at, 2, Glyph::AngleClose, marks),
        (0xE3, 0x80, 0x8C | 0x8E) => push(bytes, at, 3, Glyph::CornerOpen, marks),
        (0xE3, 0x80, 0x8D | 0x8F) => push(bytes, at, 3, Glyph::CornerClose, marks),
        (0xEF, 0xBC, 0x82) => push(bytes, at, 3, Glyph::FullWidth, marks),
        _ => {}
    }
}

/// Marks of the block U+2000 to U+203F, told by the second and third byte.
fn general_punctuation(second: u8, third: u8) -> Option<Glyph> {
    Some(match (second, third) {
        (0x80, 0x98) => Glyph::SingleOpen,
        (0x80, 0x99 | 0x9B) => Glyph::SingleClose,
        (0x80, 0x9A) => Glyph::SingleLow,
        (0x80, 0x9C) => Glyph::CurlyOpen,
        (0x80, 0x9D) => Glyph::CurlyClose,
        (0x80, 0x9E | 0x9F) => Glyph::CurlyLow,
        (0x80, 0xB9) => Glyph::SingleAngleOpen,
        (0x80, 0xBA) => Glyph::SingleAngleClose,
        _ => return None,
    })
}

/// Adds a mark; two single marks in a row become one double mark.
fn push(bytes: &[u8], at: usize, len: u8, glyph: Glyph, marks: &mut Vec<Mark>) {
    let (mut at, mut len, mut glyph) = (at, len, glyph);
    if let Some(last) = marks.last()
        && last.end() == at
        && last.glyph == glyph
        && matches!(glyph, Glyph::Apostrophe | Glyph::SingleClose | Glyph::SingleOpen)
    {
        (at, len) = (last.at, last.len + len);
        glyph = if glyph == Glyph::SingleOpen { Glyph::Graves } else { Glyph::Primes };
        marks.pop();
    }
    // Three in a row that close: the single mark comes first.
    if glyph == Glyph::Apostrophe
        && let Some(last) = marks.last().copied()
        && last.end() == at
        && last.glyph == Glyph::Primes
        && last.len == 2
        && right_of(bytes, at + 1) != Side::Word
    {
        marks.pop();
        add(bytes, last.at, 1, Glyph::Apostrophe, marks);
        (at, len, glyph) = (last.at + 1, 2, Glyph::Primes);
    }
    add(bytes, at, len, glyph, marks);
}

fn add(bytes: &[u8], at: usize, len: u8, glyph: Glyph, marks: &mut Vec<Mark>) {
    let left = left_of(bytes, at);
    let right = right_of(bytes, at + usize::from(len));
    let can_open = matches!(left, Side::Edge | Side::Space | Side::Opening | Side::Dash | Side::Mark)
        && matches!(right, Side::Word | Side::Opening | Side::Dash | Side::Mark | Side::Dots);
    let can_close =
        !matches!(left, Side::Edge | Side::Space | Side::Opening) && !matches!(right, Side::Word | Side::Opening);
    marks.push(Mark { at, len, glyph, can_open, can_close });
}

/// What stands beside a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Start or end of the text.
    Edge,
    Space,
    /// A letter or digit.
    Word,
    /// `(`, `[`, `{`, `$`, `#`, `@`, `/`, `*`, `_`
    Opening,
    /// `.` and `…`, which end a quotation and may begin one.
    Dots,
    /// Other punctuation.
    Closing,
    Dash,
    Mark,
}

#[inline]
fn left_of(bytes: &[u8], at: usize) -> Side {
    let Some(&byte) = at.checked_sub(1).and_then(|before| bytes.get(before)) else {
        return Side::Edge;
    };
    if let Some(side) = SIDES.get(usize::from(byte)) {
        return *side;
    }
    let mut start = at - 1;
    while start > 0 && bytes[start] & 0xC0 == 0x80 {
        start -= 1;
    }
    wide_side(&bytes[start..at])
}

#[inline]
fn right_of(bytes: &[u8], at: usize) -> Side {
    let Some(&byte) = bytes.get(at) else { return Side::Edge };
    if let Some(side) = SIDES.get(usize::from(byte)) {
        return *side;
    }
    wide_side(&bytes[at..bytes.len().min(at + 4)])
}

/// The side of each ASCII byte.
const SIDES: [Side; 128] = {
    let mut sides = [Side::Word; 128];
    let mut byte = 0;
    while byte < 128 {
        sides[byte] = ascii_side(byte as u8);
        byte += 1;
    }
    sides
};

const fn ascii_side(byte: u8) -> Side {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Side::Word,
        b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => Side::Space,
        b'(' | b'[' | b'{' | b'$' | b'#' | b'@' | b'/' | b'*' | b'_' | b'&' | b'<' => Side::Opening,
        b'"' | b'\'' | b'`' => Side::Mark,
        b'-' => Side::Dash,
        b'.' => Side::Dots,
        _ => Side::Closing,
    }
}

/// As [`ascii_side`], for the bytes of a longer character (and perhaps some after it).
fn wide_side(bytes: &[u8]) -> Side {
    match bytes {
        [0xE2, 0x80, 0x93..=0x95, ..] => Side::Dash,
        [0xE2, 0x80, 0x98..=0x9F | 0xB9 | 0xBA, ..] => Side::Mark,
        [0xC2, 0xAB | 0xBB, ..] | [0xEF, 0xBC, 0x82, ..] | [0xE3, 0x80, 0x8C..=0x8F, ..] => Side::Mark,
        [0xE2, 0x80, 0xA6, ..] => Side::Dots,
        [0xC2, 0xA0, ..] | [0xE2, 0x80, 0x80..=0x8B | 0xA8 | 0xA9 | 0xAF, ..] | [0xE3, 0x80, 0x80, ..] => Side::Space,
        [0xE3, 0x80, 0x81 | 0x82, ..] | [0xEF, 0xBC, 0x81 | 0x8C | 0x9F, ..] => Side::Closing,
        _ => Side::Word,
    }
}

/// Cuts the text at blank lines, and at every newline unless the text is hard wrapped.
fn split_paragraphs(text: &str, newlines: &[usize], paragraphs: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let wrapped = is_hard_wrapped(bytes, newlines);
    let mut start = 0;
    for &newline in newlines {
        if wrapped && !begins_paragraph(&bytes[newline + 1..]) {
            continue;
        }
        push_trimmed(text, Span::new(start, newline), paragraphs);
        start = newline + 1;
    }
    push_trimmed(text, Span::new(start, text.len()), paragraphs);
}

/// In hard-wrapped text a paragraph begins after a blank line or with an indented one.
fn begins_paragraph(line: &[u8]) -> bool {
    let indent = line.iter().take_while(|&&byte| matches!(byte, b' ' | b'\t' | b'\r')).take(8).count();
    indent >= 2 || matches!(line.get(indent), Some(b'\n') | None) || line.first() == Some(&b'\t')
}

/// Whether lines were broken to fit a width: none is long, and most lines that run on into the
/// next are near the longest. Texts of a few short lines are not taken for wrapped.
fn is_hard_wrapped(bytes: &[u8], newlines: &[usize]) -> bool {
    const WIDEST: usize = 200;
    const LEAST_WIDTH: usize = 40;
    const LEAST_LINES: usize = 3;
    let mut start = 0;
    let mut width = 0;
    for &newline in newlines {
        width = width.max(newline - start);
        start = newline + 1;
        if width > WIDEST {
            return false;
        }
    }
    width = width.max(bytes.len() - start);
    if !(LEAST_WIDTH..=WIDEST).contains(&width) {
        return false;
    }
    let (mut full, mut short) = (0, 0);
    let mut start = 0;
    for (index, &newline) in newlines.iter().enumerate() {
        let next = newlines.get(index + 1).copied().unwrap_or(bytes.len());
        let (length, next_length) = (newline - start, next - newline - 1);
        start = newline + 1;
        if length > 1 && next_length > 1 {
            *(if length * 10 >= width * 7 { &mut full } else { &mut short }) += 1;
        }
    }
    full >= LEAST_LINES && full > short
}

fn push_trimmed(text: &str, span: Span, paragraphs: &mut Vec<Span>) {
    // Nearly always there is nothing to trim.
    if let [first, .., last] = &text.as_bytes()[span.start..span.end]
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        paragraphs.push(span);
        return;
    }
    let piece = &text[span];
    let start = span.start + (piece.len() - piece.trim_start().len());
    let end = span.start + piece.trim_end().len();
    if start < end {
        paragraphs.push(Span::new(start, end));
    }
}

#[cfg(test)]
mod tests;
