//! Candidates → marks: which mark it is, and what its neighbours allow.

use super::side::Side;
use super::{Glyph, Mark};

pub(super) fn read(bytes: &[u8], candidates: &[usize], marks: &mut Vec<Mark>) {
    for &at in candidates {
        match bytes[at] {
            b'"' => add(bytes, at, 1, Glyph::Straight, marks),
            b'\'' => add_single(bytes, at, 1, Glyph::Apostrophe, marks),
            b'`' => {
                let taken = marks.last().is_some_and(|last| last.end() > at);
                if !taken && bytes.get(at + 1) == Some(&b'`') {
                    add(bytes, at, 2, Glyph::Graves, marks);
                }
            }
            first => read_wide(bytes, at, first, marks),
        }
    }
}

/// A character of several bytes.
#[inline]
fn read_wide(bytes: &[u8], at: usize, first: u8, marks: &mut Vec<Mark>) {
    let second = bytes.get(at + 1).copied().unwrap_or(0);
    let third = bytes.get(at + 2).copied().unwrap_or(0);
    match (first, second, third) {
        (0xE2, 0x80, _) => match GENERAL_PUNCTUATION[usize::from(third % 64)] {
            Some(glyph @ (Glyph::SingleOpen | Glyph::SingleClose)) => add_single(bytes, at, 3, glyph, marks),
            Some(glyph) => add(bytes, at, 3, glyph, marks),
            None => {}
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

/// Adds a single mark, unless it is an apostrophe inside a word; two in a row become one double mark.
#[inline(never)]
fn add_single(bytes: &[u8], at: usize, len: u8, glyph: Glyph, marks: &mut Vec<Mark>) {
    let (mut at, mut len, mut glyph) = (at, len, glyph);
    let inside =
        bytes.get(at + usize::from(len)).is_some_and(u8::is_ascii_alphanumeric) && Side::left_of(bytes, at).is_word();
    if inside && glyph != Glyph::SingleOpen {
        return;
    }
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

#[inline]
fn add(bytes: &[u8], at: usize, len: u8, glyph: Glyph, marks: &mut Vec<Mark>) {
    let left = Side::left_of(bytes, at);
    let right = Side::right_of(bytes, at + usize::from(len));
    let (can_open, can_close) = Side::allow(left, right);
    marks.push(Mark { at, len, glyph, can_open, can_close });
}
