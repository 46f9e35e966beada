//! Candidates → marks: which mark it is, and what its neighbours allow.

use super::Mark;
use super::side::ScanSide;
use crate::marks::{COMMON, COMMON_CELLS, GLYPHS, Glyph, wide_cell};

pub(super) fn read(bytes: &[u8], candidates: &[usize], marks: &mut Vec<Mark>) {
    for &at in candidates {
        let byte = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(0);
        match (bytes[at], byte(1)) {
            (first @ 0..0x80, _) => add_any(bytes, at, 1, GLYPHS[usize::from(first)], marks),
            (first, second) if [first, second] == COMMON => {
                add_any(bytes, at, 3, GLYPHS[COMMON_CELLS + usize::from(byte(2) % 64)], marks);
            }
            (first, second) => add_rare(bytes, at, wide_cell(first, second, byte(2)), marks),
        }
    }
}

/// Adds a mark whose length is known when this is compiled.
#[inline(always)]
fn add_any(bytes: &[u8], at: usize, len: usize, glyph: Option<Glyph>, marks: &mut Vec<Mark>) {
    match glyph {
        None => {}
        Some(glyph) if glyph.may_be_two() => add_pair(bytes, at, len, glyph, marks),
        Some(glyph) => add(bytes, at, len, glyph, marks),
    }
}

#[cold]
#[inline(never)]
fn add_rare(bytes: &[u8], at: usize, cell: usize, marks: &mut Vec<Mark>) {
    add_any(bytes, at, crate::marks::len(bytes[at]), GLYPHS[cell], marks);
}

/// Adds a mark that may be one of two characters; of some kinds one by itself is none.
#[inline(never)]
fn add_pair(bytes: &[u8], at: usize, len: usize, glyph: Glyph, marks: &mut Vec<Mark>) {
    if !glyph.takes_two() {
        return add_single(bytes, at, len, glyph, marks);
    }
    let taken = marks.last().is_some_and(|last| last.end() > at);
    if !taken && bytes[at + len..].starts_with(&bytes[at..at + len]) {
        add(bytes, at, 2 * len, glyph, marks);
    }
}

/// Adds a single mark, unless it is an apostrophe inside a word; two in a row become one double mark.
#[inline]
fn add_single(bytes: &[u8], at: usize, len: usize, glyph: Glyph, marks: &mut Vec<Mark>) {
    let (mut at, mut len, mut glyph) = (at, len, glyph);
    let inside = bytes.get(at + len).is_some_and(u8::is_ascii_alphanumeric) && ScanSide::left_of(bytes, at).is_word();
    if inside && glyph.may_be_apostrophe() {
        return;
    }
    if let Some(last) = marks.last()
        && last.end() == at
        && last.glyph == glyph
        && let Some(doubled) = glyph.doubled()
    {
        (at, len) = (last.at, usize::from(last.len) + len);
        glyph = doubled;
        marks.pop();
    }
    // Three in a row that close: the single mark comes first.
    if glyph == Glyph::Apostrophe
        && let Some(last) = marks.last().copied()
        && last.end() == at
        && last.glyph == Glyph::Primes
        && usize::from(last.len) == 2 * len
        && !ScanSide::right_of(bytes, at + len).is_word()
    {
        marks.pop();
        add(bytes, last.at, len, Glyph::Apostrophe, marks);
        (at, len, glyph) = (last.at + len, 2 * len, Glyph::Primes);
    }
    add(bytes, at, len, glyph, marks);
}

#[inline(always)]
fn add(bytes: &[u8], at: usize, len: usize, glyph: Glyph, marks: &mut Vec<Mark>) {
    let left = ScanSide::left_of(bytes, at);
    let right = ScanSide::right_of(bytes, at + len);
    let (can_open, can_close) = ScanSide::allow(left, right);
    marks.push(Mark { at, len: len as u8, glyph, can_open, can_close });
}
