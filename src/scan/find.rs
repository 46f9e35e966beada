//! Bytes → marks and newlines. The hot loop.

use super::side::Side;
use super::{Glyph, Mark};
use crate::block::{BLOCK, mask_of};

/// Looks at every byte once. A block at a time is turned into a mask of the bytes that matter; then only those are
/// visited.
pub(super) fn find(bytes: &[u8], marks: &mut Vec<Mark>, newlines: &mut Vec<usize>) {
    // Quick to test, and little else passes: both straight marks come with `#` and `&`; as numbers with a sign, all bytes
    // of wide characters lie below the newline.
    let may_matter = |byte: u8| (byte & 0xFA == b'"') | (byte == b'`') | (byte as i8 <= b'\n' as i8);
    let (blocks, rest) = bytes.as_chunks();
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    for number in 0..=blocks.len() {
        let block = blocks.get(number).unwrap_or(&last);
        let mask = mask_of(block, may_matter);
        if mask != 0 {
            visit(bytes, number * BLOCK, block, mask, marks, newlines);
        }
    }
}

#[inline]
fn visit(bytes: &[u8], base: usize, block: &[u8; BLOCK], mask: u64, marks: &mut Vec<Mark>, newlines: &mut Vec<usize>) {
    let mut left = mask;
    while left != 0 {
        let place = left.trailing_zeros() as usize % BLOCK;
        left &= left - 1;
        let at = base + place;
        match block[place] {
            b'\n' => newlines.push(at),
            b'"' => add(bytes, at, 1, Glyph::Straight, marks),
            b'\'' => {
                // The commonest mark of all is the apostrophe inside a word: gone at once.
                if !is_inside_word(bytes, at, 1) {
                    add_single(bytes, at, 1, Glyph::Apostrophe, marks);
                }
            }
            b'`' => {
                let taken = marks.last().is_some_and(|last| last.end() > at);
                if !taken && bytes.get(at + 1) == Some(&b'`') {
                    add(bytes, at, 2, Glyph::Graves, marks);
                }
            }
            first @ 0xC0.. => {
                // The other bytes of a character pass too.
                left &= !(if first < 0xE0 { 0b10 } else { 0b110 } << place);
                read_wide(bytes, at, first, marks);
            }
            _ => {}
        }
    }
}

#[inline]
fn is_inside_word(bytes: &[u8], at: usize, len: usize) -> bool {
    bytes.get(at + len).is_some_and(u8::is_ascii_alphanumeric) && Side::left_of(bytes, at).is_word()
}

/// A character of several bytes.
#[inline]
fn read_wide(bytes: &[u8], at: usize, first: u8, marks: &mut Vec<Mark>) {
    let second = bytes.get(at + 1).copied().unwrap_or(0);
    let third = bytes.get(at + 2).copied().unwrap_or(0);
    match (first, second, third) {
        (0xE2, 0x80, _) => match GENERAL_PUNCTUATION[usize::from(third % 64)] {
            None => {}
            Some(Glyph::SingleClose) if is_inside_word(bytes, at, 3) => {}
            Some(glyph @ (Glyph::SingleOpen | Glyph::SingleClose)) => add_single(bytes, at, 3, glyph, marks),
            Some(glyph) => add(bytes, at, 3, glyph, marks),
        },
        (0xC2, 0xAB, _) => add(bytes, at, 2, Glyph::AngleOpen, marks),
        (0xC2, 0xBB, _) => add(bytes, at, 2, Glyph::AngleClose, marks),
        (0xE3, 0x80, 0x8C | 0x8E) => add(bytes, at, 3, Glyph::CornerOpen, marks),
        (0xE3, 0x80, 0x8D | 0x8F) => add(bytes, at, 3, Glyph::CornerClose, marks),
        (0xEF, 0xBC, 0x82) => add(bytes, at, 3, Glyph::FullWidth, marks),
        _ => {}
    }
}

/// U+2000 to U+203F.
const GENERAL_PUNCTUATION: [Option<Glyph>; 64] = {
    let mut glyphs = [None; 64];
    glyphs[0x18] = Some(Glyph::SingleOpen);
    glyphs[0x19] = Some(Glyph::SingleClose);
    glyphs[0x1A] = Some(Glyph::SingleLow);
    glyphs[0x1B] = Some(Glyph::SingleClose);
    glyphs[0x1C] = Some(Glyph::CurlyOpen);
    glyphs[0x1D] = Some(Glyph::CurlyClose);
    glyphs[0x1E] = Some(Glyph::CurlyLow);
    glyphs[0x1F] = Some(Glyph::CurlyLow);
    glyphs[0x39] = Some(Glyph::SingleAngleOpen);
    glyphs[0x3A] = Some(Glyph::SingleAngleClose);
    glyphs
};

/// Adds a single mark; two of them in a row become one double mark.
#[inline(never)]
fn add_single(bytes: &[u8], at: usize, len: u8, glyph: Glyph, marks: &mut Vec<Mark>) {
    let (mut at, mut len, mut glyph) = (at, len, glyph);
    if let Some(last) = marks.last()
        && last.end() == at
        && last.glyph == glyph
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
        && !Side::right_of(bytes, at + 1).is_word()
    {
        marks.pop();
        add(bytes, last.at, 1, Glyph::Apostrophe, marks);
        (at, len, glyph) = (last.at + 1, 2, Glyph::Primes);
    }
    add(bytes, at, len, glyph, marks);
}

#[inline(never)]
fn add(bytes: &[u8], at: usize, len: u8, glyph: Glyph, marks: &mut Vec<Mark>) {
    let left = Side::left_of(bytes, at);
    let right = Side::right_of(bytes, at + usize::from(len));
    let (can_open, can_close) = Side::allow(left, right);
    marks.push(Mark { at, len, glyph, can_open, can_close });
}
