//! Bytes → places of newlines, and of what may be a mark. The hot loop.
//!
//! Every other block of text has a newline or a mark, and which comes next cannot be foretold. So nothing here branches
//! on what the text holds: masks become places in any case, and tables tell what each is good for.

use super::places::Places;
use crate::block::{BLOCK, mask_of};

/// Looks at every byte once. A block at a time is turned into a mask of the bytes that may matter; then only those are
/// looked at again.
pub(super) fn find(bytes: &[u8], candidates: &mut Places, newlines: &mut Places) {
    // Quick to test, and little else passes: both straight marks come with `#` and `&`, the newline with all bytes below
    // it and all that begin a wide character. Turned by so much, those are the lowest numbers with a sign.
    const TURN: u8 = 0x80_u8.wrapping_sub(0xC0);
    const HIGHEST: i8 = b'\n'.wrapping_add(TURN) as i8;
    let may_matter = |byte: u8| (byte & 0xFA == b'"') | (byte == b'`') | (byte.wrapping_add(TURN) as i8 <= HIGHEST);
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
    let general = u8::from((first == 0xE2) & (second == 0x80)).wrapping_neg();
    let kind = KINDS[usize::from(first)] | GENERAL_PUNCTUATION[usize::from(third % 64)] & general;
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

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'\n' => NEWLINE,
            b'"' | b'`' => MARK,
            b'\'' => APOSTROPHE,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => WORD,
            // U+AB and U+BB, then U+3000 to U+303F and U+FF00 to U+FF3F; most other characters do not begin like these.
            0xC2 | 0xE3 | 0xEF => MARK,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// The kinds of U+2000 to U+203F, told by the last byte.
const GENERAL_PUNCTUATION: [u8; 64] = {
    let mut kinds = [0; 64];
    let marks = [0x18, 0x1A, 0x1C, 0x1D, 0x1E, 0x1F, 0x39, 0x3A];
    let mut number = 0;
    while number < marks.len() {
        kinds[marks[number]] = MARK;
        number += 1;
    }
    kinds[0x19] = APOSTROPHE;
    kinds[0x1B] = APOSTROPHE;
    kinds
};
