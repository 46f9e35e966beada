//! What stands beside a mark, and whether it lets the mark open or close there.

use crate::marks::{CELLS, COMMON, COMMON_CELLS, ELSEWHERE, MARKS, Uses, cell, wide_cell};

/// A set of answers, one bit each; what stands to the right has its own two, above those of the left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Side(u8);

const OPENS_BEHIND: u8 = 1;
const CLOSES_BEHIND: u8 = 2;
const OPENS_BEFORE: u8 = OPENS_BEHIND << RIGHT;
const CLOSES_BEFORE: u8 = CLOSES_BEHIND << RIGHT;
const RIGHT: u8 = 2;
const IS_WORD: u8 = 16;

impl Side {
    /// White space, or the start or end of the text.
    const SPACE: Side = Side(OPENS_BEHIND | CLOSES_BEFORE);
    /// A letter or digit.
    const WORD: Side = Side(CLOSES_BEHIND | OPENS_BEFORE | IS_WORD);
    /// `(`, `[`, `{`, `$`, `#`, `@`, `/`, `*`, `_`
    const OPENING: Side = Side(OPENS_BEHIND | OPENS_BEFORE);
    /// `.` and `…`, which end a quotation and may begin one.
    const DOTS: Side = Side(CLOSES_BEHIND | OPENS_BEFORE | CLOSES_BEFORE);
    /// Other punctuation.
    const CLOSING: Side = Side(CLOSES_BEHIND | CLOSES_BEFORE);
    /// A dash or another mark.
    const ANY: Side = Side(OPENS_BEHIND | CLOSES_BEHIND | OPENS_BEFORE | CLOSES_BEFORE);

    pub(super) fn is_word(self) -> bool {
        self.0 & IS_WORD != 0
    }

    /// What ends before `at`.
    #[inline]
    pub(super) fn left_of(bytes: &[u8], at: usize) -> Side {
        let byte = |back: usize| at.checked_sub(back).and_then(|place| bytes.get(place)).copied();
        let last = byte(1).unwrap_or(b' ');
        if last.is_ascii() {
            return SIDES[usize::from(last)];
        }
        match (byte(3), byte(2)) {
            (Some(first @ 0xE0..), Some(second)) => wide(first, second, last),
            (_, second) => wide(second.unwrap_or(0), last, 0),
        }
    }

    /// What begins at `at`.
    #[inline]
    pub(super) fn right_of(bytes: &[u8], at: usize) -> Side {
        let byte = |ahead: usize| bytes.get(at + ahead).copied();
        let first = byte(0).unwrap_or(b' ');
        if first.is_ascii() {
            return SIDES[usize::from(first)];
        }
        wide(first, byte(1).unwrap_or(0), byte(2).unwrap_or(0))
    }

    /// Whether a mark between the two may open, and whether it may close.
    #[inline]
    pub(super) fn allow(left: Side, right: Side) -> (bool, bool) {
        let both = left.0 & (right.0 >> RIGHT);
        (both & OPENS_BEHIND != 0, both & CLOSES_BEHIND != 0)
    }
}

/// The side of each character.
static SIDES: [Side; CELLS] = {
    let mut sides = [Side::WORD; CELLS];
    let mut code = 0;
    while code < 128 {
        sides[code as usize] = ascii(code);
        code += 1;
    }
    let mut letter = SPACES.0;
    while letter <= SPACES.1 {
        put(&mut sides, letter, Side::SPACE);
        letter = char::from_u32(letter as u32 + 1).expect("spaces are characters");
    }
    let mut number = 0;
    while number < OTHERS.len() {
        put(&mut sides, OTHERS[number].0, OTHERS[number].1);
        number += 1;
    }
    let mut row = 0;
    while row < MARKS.len() {
        if MARKS[row].glyph.is_some() || MARKS[row].uses.has(Uses::PARTS) {
            put(&mut sides, MARKS[row].mark, Side::ANY);
        }
        row += 1;
    }
    sides
};

const SPACES: (char, char) = ('\u{2000}', '\u{200B}');

/// Wide characters that are no marks and no parts of words.
const OTHERS: [(char, Side); 11] = [
    ('\u{A0}', Side::SPACE),
    ('\u{2028}', Side::SPACE),
    ('\u{2029}', Side::SPACE),
    ('\u{202F}', Side::SPACE),
    ('\u{3000}', Side::SPACE),
    ('…', Side::DOTS),
    ('、', Side::CLOSING),
    ('。', Side::CLOSING),
    ('！', Side::CLOSING),
    ('，', Side::CLOSING),
    ('？', Side::CLOSING),
];

const fn put(sides: &mut [Side; CELLS], letter: char, side: Side) {
    assert!(cell(letter) != ELSEWHERE, "it stands on a page of the table of marks");
    sides[cell(letter)] = side;
}

const fn ascii(byte: u8) -> Side {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Side::WORD,
        b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => Side::SPACE,
        b'(' | b'[' | b'{' | b'$' | b'#' | b'@' | b'/' | b'*' | b'_' | b'&' | b'<' => Side::OPENING,
        b'.' => Side::DOTS,
        _ => Side::CLOSING,
    }
}

/// The side of a longer character, by its bytes (and perhaps what stands behind it).
#[inline]
fn wide(first: u8, second: u8, third: u8) -> Side {
    if [first, second] == COMMON { SIDES[COMMON_CELLS + usize::from(third % 64)] } else { rare(first, second, third) }
}

#[cold]
#[inline(never)]
fn rare(first: u8, second: u8, third: u8) -> Side {
    SIDES[wide_cell(first, second, third)]
}
