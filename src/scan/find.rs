//! Bytes → places of newlines, and of what may be a mark. The hot loop.
//!
//! Every other block of text has a newline or a mark, and which comes next cannot be foretold. So nothing here branches
//! on what the text holds: masks become places in any case, and tables tell what each is good for.

use super::places::ScanPlaces;
use crate::block::{BLOCK, mask_of};
use crate::marks::{COMMON, COMMON_CELLS, GLYPHS, Glyph, MARKS};

/// Looks at every byte once. A block at a time is turned into a mask of the bytes that may matter; then only those are
/// looked at again.
pub(super) fn find(bytes: &[u8], candidates: &mut ScanPlaces, newlines: &mut ScanPlaces) {
    candidates.clear();
    newlines.clear();
    let (blocks, rest) = bytes.as_chunks();
    let mut last = [b' '; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    for start in (0..blocks.len() + 1).step_by(TOGETHER) {
        let from = candidates.len();
        for number in start..(start + TOGETHER).min(blocks.len() + 1) {
            let mask = mask_of(blocks.get(number).unwrap_or(&last), may_matter);
            candidates.push_bits(number * BLOCK, mask);
        }
        candidates.split(from, newlines, |at| {
            let kind = kind_at(bytes, at);
            (kind & (MARK | APOSTROPHE) != 0, kind & NEWLINE != 0)
        });
    }
}

/// Whether a byte may be a newline or begin a mark. Two comparisons, which let little else pass: the first takes both
/// straight marks with `#` and `&` between them; the second, on the byte shifted so that these are the lowest signed
/// numbers, takes the newline, all control characters below it and all first bytes of wide characters.
#[inline(always)]
const fn may_matter(byte: u8) -> bool {
    const TURN: u8 = 0x80_u8.wrapping_sub(0xC0);
    const HIGHEST: i8 = b'\n'.wrapping_add(TURN) as i8;
    (byte & 0xFA == STRAIGHT) | (byte == GRAVE) | (byte.wrapping_add(TURN) as i8 <= HIGHEST)
}

// The ASCII marks it is made for: the first and its neighbours, and the last. The table has the last word.
const STRAIGHT: u8 = b'"';
const GRAVE: u8 = b'`';
const _: () = {
    let mut byte = 0;
    while byte < 256 {
        assert!(KINDS[byte] & !WORD == 0 || may_matter(byte as u8), "may_matter must let every mark pass");
        byte += 1;
    }
};

/// After so many blocks, what does not count is taken out again: most of it is, and a big text has much.
const TOGETHER: usize = 256;

/// How many bytes tell what a place is good for: the one before, and what fits a word of the processor.
const AROUND: usize = 8;

/// What the byte at a place is good for.
#[inline]
fn kind_at(bytes: &[u8], at: usize) -> u8 {
    let around = match bytes.get(at.wrapping_sub(1)..at + AROUND - 1).and_then(<[u8]>::first_chunk) {
        Some(around) => *around,
        None => at_edge(bytes, at),
    };
    let [before, first, second, third, fourth, ..]: [u8; AROUND] = around;
    // Masks instead of branches, of all ones or none.
    let general = u8::from((first == COMMON[0]) & (second == COMMON[1])).wrapping_neg();
    let kind = KINDS[usize::from(first)] | COMMON_KINDS[usize::from(third % 64)] & general;
    let next = (fourth & general) | (second & !general);
    // The commonest mark of all is the apostrophe inside a word: gone at once.
    let inside = KINDS[usize::from(before)] & KINDS[usize::from(next)] & WORD;
    kind & !(inside / WORD * APOSTROPHE)
}

/// What stands around the first and the last bytes of a text: beyond it are spaces.
#[cold]
#[inline(never)]
fn at_edge(bytes: &[u8], at: usize) -> [u8; AROUND] {
    std::array::from_fn(|place| bytes.get((at + place).wrapping_sub(1)).copied().unwrap_or(b' '))
}

// What a byte is good for, a bit each.
const NEWLINE: u8 = 1;
const MARK: u8 = 2;
/// A mark, unless it stands inside a word.
const APOSTROPHE: u8 = 4;
/// An ASCII letter or digit.
const WORD: u8 = 8;

/// What the first byte of a character tells. One that begins marks outside of the commonest block, too, begins little else.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if (byte as u8).is_ascii_alphanumeric() {
            kinds[byte] = WORD;
        }
        byte += 1;
    }
    kinds[b'\n' as usize] = NEWLINE;
    let mut row = 0;
    while row < MARKS.len() {
        let mut buffer = [0; 4];
        let mark = MARKS[row].mark.encode_utf8(&mut buffer).as_bytes();
        let common = mark.len() == 3 && mark[0] == COMMON[0] && mark[1] == COMMON[1];
        if !common && let Some(glyph) = MARKS[row].glyph {
            kinds[mark[0] as usize] |= if mark.len() == 1 { kind_of(glyph) } else { MARK };
        }
        row += 1;
    }
    kinds
};

/// The kinds of the commonest block, told by the last byte.
const COMMON_KINDS: [u8; 64] = {
    let mut kinds = [0; 64];
    let mut number = 0;
    while number < 64 {
        if let Some(glyph) = GLYPHS[COMMON_CELLS + number] {
            kinds[number] = kind_of(glyph);
        }
        number += 1;
    }
    kinds
};

const fn kind_of(glyph: Glyph) -> u8 {
    if glyph.may_be_apostrophe() { APOSTROPHE } else { MARK }
}
