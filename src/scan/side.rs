//! What stands beside a mark, and whether it lets the mark open or close there.

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
        if let Some(side) = ASCII.get(usize::from(last)) {
            return *side;
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
        match ASCII.get(usize::from(first)) {
            Some(side) => *side,
            None => wide(first, byte(1).unwrap_or(0), byte(2).unwrap_or(0)),
        }
    }

    /// Whether a mark between the two may open, and whether it may close.
    #[inline]
    pub(super) fn allow(left: Side, right: Side) -> (bool, bool) {
        let both = left.0 & (right.0 >> RIGHT);
        (both & OPENS_BEHIND != 0, both & CLOSES_BEHIND != 0)
    }
}

/// The side of each ASCII byte.
const ASCII: [Side; 128] = {
    let mut sides = [Side::WORD; 128];
    let mut byte = 0;
    while byte < 128 {
        sides[byte] = ascii(byte as u8);
        byte += 1;
    }
    sides
};

const fn ascii(byte: u8) -> Side {
    match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Side::WORD,
        b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => Side::SPACE,
        b'(' | b'[' | b'{' | b'$' | b'#' | b'@' | b'/' | b'*' | b'_' | b'&' | b'<' => Side::OPENING,
        b'"' | b'\'' | b'`' | b'-' => Side::ANY,
        b'.' => Side::DOTS,
        _ => Side::CLOSING,
    }
}

/// As [`ascii`], for the first bytes of a longer character (and perhaps what stands behind it).
#[inline]
fn wide(first: u8, second: u8, third: u8) -> Side {
    match (first, second, third) {
        (0xE2, 0x80, _) => GENERAL_PUNCTUATION[usize::from(third % 64)],
        (0xC2, 0xA0, _) | (0xE3, 0x80, 0x80) => Side::SPACE,
        (0xC2, 0xAB | 0xBB, _) | (0xEF, 0xBC, 0x82) | (0xE3, 0x80, 0x8C..=0x8F) => Side::ANY,
        (0xE3, 0x80, 0x81 | 0x82) | (0xEF, 0xBC, 0x81 | 0x8C | 0x9F) => Side::CLOSING,
        _ => Side::WORD,
    }
}

/// U+2000 to U+203F.
const GENERAL_PUNCTUATION: [Side; 64] = {
    let mut sides = [Side::WORD; 64];
    let mut number = 0;
    while number < 64 {
        sides[number] = match number {
            // Dashes, then marks.
            0x13..=0x15 | 0x18..=0x1F | 0x39 | 0x3A => Side::ANY,
            0x26 => Side::DOTS,
            0x00..=0x0B | 0x28 | 0x29 | 0x2F => Side::SPACE,
            _ => Side::WORD,
        };
        number += 1;
    }
    sides
};
