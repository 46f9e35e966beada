//! What stands beside a mark, and whether it lets the mark open or close there.

use crate::marks::{CELLS, COMMON, COMMON_CELLS, ELSEWHERE, MARKS, Uses, cell, wide_cell};

/// A set of answers, one bit each; what stands to the right has its own two, above those of the left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct ScanSide(u8);

const OPENS_BEHIND: u8 = 1;
const CLOSES_BEHIND: u8 = 2;
const OPENS_BEFORE: u8 = OPENS_BEHIND << RIGHT;
const CLOSES_BEFORE: u8 = CLOSES_BEHIND << RIGHT;
const RIGHT: u8 = 2;
const IS_WORD: u8 = 16;

impl ScanSide {
    /// White space, or the start or end of the text.
    const SPACE: ScanSide = ScanSide(OPENS_BEHIND | CLOSES_BEFORE);
    /// A letter or digit.
    const WORD: ScanSide = ScanSide(CLOSES_BEHIND | OPENS_BEFORE | IS_WORD);
    /// `(`, `[`, `{`, `$`, `#`, `@`, `/`, `*`, `_`
    const OPENING: ScanSide = ScanSide(OPENS_BEHIND | OPENS_BEFORE);
    /// `.` and `…`, which end a quotation and may begin one.
    const DOTS: ScanSide = ScanSide(CLOSES_BEHIND | OPENS_BEFORE | CLOSES_BEFORE);
    /// Other punctuation.
    const CLOSING: ScanSide = ScanSide(CLOSES_BEHIND | CLOSES_BEFORE);
    /// A dash or another mark.
    const ANY: ScanSide = ScanSide(OPENS_BEHIND | CLOSES_BEHIND | OPENS_BEFORE | CLOSES_BEFORE);

    pub(super) fn is_word(self) -> bool {
        self.0 & IS_WORD != 0
    }

    /// What ends before `at`.
    #[inline]
    pub(super) fn left_of(bytes: &[u8], at: usize) -> ScanSide {
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
    pub(super) fn right_of(bytes: &[u8], at: usize) -> ScanSide {
        let byte = |ahead: usize| bytes.get(at + ahead).copied();
        let first = byte(0).unwrap_or(b' ');
        if first.is_ascii() {
            return SIDES[usize::from(first)];
        }
        wide(first, byte(1).unwrap_or(0), byte(2).unwrap_or(0))
    }

    /// Whether a mark between the two may open, and whether it may close.
    #[inline]
    pub(super) fn allow(left: ScanSide, right: ScanSide) -> (bool, bool) {
        let both = left.0 & (right.0 >> RIGHT);
        (both & OPENS_BEHIND != 0, both & CLOSES_BEHIND != 0)
    }
}

/// The side of each character.
static SIDES: [ScanSide; CELLS] = {
    let mut sides = [ScanSide::WORD; CELLS];
    let mut code = 0;
    while code < 128 {
        sides[code as usize] = ascii(code);
        code += 1;
    }
    let mut letter = SPACES.0;
    while letter <= SPACES.1 {
        put(&mut sides, letter, ScanSide::SPACE);
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
            put(&mut sides, MARKS[row].mark, ScanSide::ANY);
        }
        row += 1;
    }
    sides
};

const SPACES: (char, char) = ('\u{2000}', '\u{200B}');

/// Wide characters that are no marks and no parts of words.
const OTHERS: [(char, ScanSide); 11] = [
    ('\u{A0}', ScanSide::SPACE),
    ('\u{2028}', ScanSide::SPACE),
    ('\u{2029}', ScanSide::SPACE),
    ('\u{202F}', ScanSide::SPACE),
    ('\u{3000}', ScanSide::SPACE),
    ('…', ScanSide::DOTS),
    ('、', ScanSide::CLOSING),
    ('。', ScanSide::CLOSING),
    ('！', ScanSide::CLOSING),
    ('，', ScanSide::CLOSING),
    ('？', ScanSide::CLOSING),
];

const fn put(sides: &mut [ScanSide; CELLS], letter: char, side: ScanSide) {
    assert!(cell(letter) != ELSEWHERE, "it stands on a page of the table of marks");
    sides[cell(letter)] = side;
}

const fn ascii(byte: u8) -> ScanSide {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => ScanSide::WORD,
        b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => ScanSide::SPACE,
        b'(' | b'[' | b'{' | b'$' | b'#' | b'@' | b'/' | b'*' | b'_' | b'&' | b'<' => ScanSide::OPENING,
        b'.' => ScanSide::DOTS,
        _ => ScanSide::CLOSING,
    }
}

/// The side of a longer character, by its bytes (and perhaps what stands behind it).
#[inline]
fn wide(first: u8, second: u8, third: u8) -> ScanSide {
    if [first, second] == COMMON { SIDES[COMMON_CELLS + usize::from(third % 64)] } else { rare(first, second, third) }
}

#[cold]
#[inline(never)]
fn rare(first: u8, second: u8, third: u8) -> ScanSide {
    SIDES[wide_cell(first, second, third)]
}
