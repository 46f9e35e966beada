//! The table of marks by character and by byte, derived from it when the crate is compiled.
//!
//! Characters with all bytes but the last in common are a page. The tables hold ASCII and the pages that have marks; other
//! characters share one cell.

use super::{Glyph, MARKS, Uses};

/// How many characters ASCII has.
const ASCII: usize = 128;
/// How many characters have all bytes but the last in common.
const PAGE: usize = 64;
/// How many different pages the wide marks stand on.
const PAGES: usize = pages().1;
/// The characters of a page, less the last six bits.
const NUMBERS: [u32; PAGES] = *pages().0.first_chunk().expect("so many were counted");

const fn pages() -> ([u32; MARKS.len()], usize) {
    let (mut numbers, mut count, mut row) = ([0; MARKS.len()], 0, 0);
    while row < MARKS.len() {
        let code = MARKS[row].mark as u32;
        assert!(code < 0x1_0000, "marks of four bytes are not read");
        let (number, mut known) = (code / PAGE as u32, 0);
        while known < count && numbers[known] != number {
            known += 1;
        }
        if code as usize >= ASCII && known == count {
            numbers[count] = number;
            count += 1;
        }
        row += 1;
    }
    (numbers, count)
}

/// The first two bytes of the characters of each page, the second zero where they have two.
const PREFIXES: [[u8; 2]; PAGES] = {
    let mut prefixes = [[0; 2]; PAGES];
    let mut page = 0;
    while page < PAGES {
        let number = NUMBERS[page];
        let wide = number >= 32;
        prefixes[page] =
            if wide { [0xE0 | (number >> 6) as u8, 0x80 | (number % 64) as u8] } else { [0xC0 | number as u8, 0] };
        page += 1;
    }
    prefixes
};

/// How the characters of the first page begin: of U+2000 to U+203F, where most marks are.
pub(crate) const COMMON: [u8; 2] = PREFIXES[0];
const _: () = assert!(NUMBERS[0] == 0x2000 / PAGE as u32, "the commonest marks come first");

/// A table of characters: ASCII, then the pages, then all others, which share the last cell.
pub(crate) const CELLS: usize = ASCII + PAGES * PAGE + 1;
/// The cell of all characters that stand on no page.
pub(crate) const ELSEWHERE: usize = CELLS - 1;
/// Where the cells of the first page begin.
pub(crate) const COMMON_CELLS: usize = ASCII;

/// The cell of a character.
#[inline]
pub(crate) const fn cell(letter: char) -> usize {
    let code = letter as u32;
    if code < ASCII as u32 { code as usize } else { wide_cell_of(code) }
}

#[inline]
const fn wide_cell_of(code: u32) -> usize {
    let (number, mut page) = (code / PAGE as u32, 0);
    while page < PAGES {
        if NUMBERS[page] == number {
            return ASCII + page * PAGE + code as usize % PAGE;
        }
        page += 1;
    }
    ELSEWHERE
}

/// The cell of a character of several bytes; what stands behind it does not matter.
#[inline]
pub(crate) fn wide_cell(first: u8, second: u8, third: u8) -> usize {
    if [first, second] == COMMON {
        return COMMON_CELLS + usize::from(third) % PAGE;
    }
    rare_cell(first, second, third)
}

#[cold]
#[inline(never)]
fn rare_cell(first: u8, second: u8, third: u8) -> usize {
    let (prefix, last) = if first < 0xE0 { ([first, 0], second) } else { ([first, second], third) };
    for (page, known) in PREFIXES.iter().enumerate() {
        if *known == prefix {
            return ASCII + page * PAGE + usize::from(last) % PAGE;
        }
    }
    ELSEWHERE
}

/// How many bytes a character has that begins with this one.
#[inline]
pub(crate) const fn len(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// What each character is paired as.
pub(crate) static GLYPHS: [Option<Glyph>; CELLS] = {
    let (mut glyphs, mut row) = ([None; CELLS], 0);
    while row < MARKS.len() {
        glyphs[cell(MARKS[row].mark)] = MARKS[row].glyph;
        row += 1;
    }
    glyphs
};

static USES: [Uses; CELLS] = {
    let (mut uses, mut row) = ([Uses::NONE; CELLS], 0);
    while row < MARKS.len() {
        uses[cell(MARKS[row].mark)] = MARKS[row].uses;
        row += 1;
    }
    uses
};

/// What a character may do, nothing if it is no mark.
#[inline]
pub(crate) fn uses(letter: char) -> Uses {
    USES[cell(letter)]
}

/// The same for an ASCII byte; nothing for any other.
#[inline]
pub(crate) const fn ascii_uses(byte: u8) -> Uses {
    if byte < ASCII as u8 { USES[byte as usize] } else { Uses::NONE }
}

/// The glyph of a character, `None` if nothing pairs it.
#[inline]
pub(crate) fn glyph(letter: char) -> Option<Glyph> {
    GLYPHS[cell(letter)]
}

/// Which bytes a mark begins with that has all of these uses.
pub(crate) const fn first_bytes(uses: Uses) -> [bool; 256] {
    let (mut bytes, mut row) = ([false; 256], 0);
    while row < MARKS.len() {
        let mut buffer = [0; 4];
        MARKS[row].mark.encode_utf8(&mut buffer);
        bytes[buffer[0] as usize] |= MARKS[row].uses.has_all(uses);
        row += 1;
    }
    bytes
}

pub(crate) fn is_apostrophe(letter: char) -> bool {
    uses(letter).has(Uses::APOSTROPHE)
}

/// Whether it is a dash that parts a phrase.
pub(crate) fn parts_phrase(letter: char) -> bool {
    uses(letter).has(Uses::BREAKS_OFF) && !is_hyphen(letter)
}

pub(crate) fn is_hyphen(letter: char) -> bool {
    uses(letter).has(Uses::HYPHEN)
}

/// Which bytes an apostrophe may begin with.
pub(crate) const APOSTROPHES: [bool; 256] = first_bytes(Uses::APOSTROPHE);

/// How many bytes the apostrophe at `at` has, 0 if there is none.
#[inline]
pub(crate) fn apostrophe(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(&first) if APOSTROPHES[usize::from(first)] => {
            let byte = |ahead: usize| bytes.get(at + ahead).copied().unwrap_or(0);
            let cell = if first < ASCII as u8 { usize::from(first) } else { wide_cell(first, byte(1), byte(2)) };
            if USES[cell].has(Uses::APOSTROPHE) { len(first) } else { 0 }
        }
        _ => 0,
    }
}

/// The mark that closes a nickname which this one opens.
pub(crate) fn closer(open: char) -> Option<char> {
    MARKS.iter().find(|row| row.mark == open)?.closer
}

#[cfg(test)]
mod tests {
    use super::super::{Glyph, MARKS, Uses};
    use super::{APOSTROPHES, ELSEWHERE, GLYPHS, apostrophe, cell, first_bytes, glyph, uses, wide_cell};

    #[test]
    fn what_is_derived_is_what_the_table_says() {
        for letter in '\0'..=char::MAX {
            let row = MARKS.iter().find(|row| row.mark == letter);
            let expected = row.map_or((Uses::NONE, None), |row| (row.uses, row.glyph));
            assert_eq!((uses(letter), glyph(letter)), expected, "{letter:?}");
            let mut bytes = [0; 4];
            let text = letter.encode_utf8(&mut bytes).to_owned();
            if let [first, second, rest @ ..] = text.as_bytes()
                && rest.len() < 2
            {
                let third = rest.first().copied().unwrap_or(b'x');
                assert_eq!(wide_cell(*first, *second, third), cell(letter), "{letter:?}");
            }
            let len = if uses(letter).has(Uses::APOSTROPHE) { text.len() } else { 0 };
            assert_eq!(apostrophe(text.as_bytes(), 0), len, "{letter:?}");
        }
        assert_eq!((GLYPHS[ELSEWHERE], apostrophe(b"", 0)), (None, 0));
    }

    #[test]
    fn rows_are_in_their_only_place() {
        for (number, row) in MARKS.iter().enumerate() {
            assert!(MARKS[..number].iter().all(|before| before.mark != row.mark), "{:?} stands there twice", row.mark);
            assert!(row.uses.has(Uses::QUOTE.or(Uses::DASH)), "{:?} is no mark", row.mark);
            assert!(row.closer.is_none_or(|closer| glyph(closer).is_some()), "what closes {:?} is none", row.mark);
        }
        assert!((0..Glyph::COUNT).all(|number| Glyph::numbered(number) as usize == number));
    }

    #[test]
    fn first_bytes_are_those_of_the_marks() {
        let bytes = |table: [bool; 256]| -> Vec<u8> { (0..=255).filter(|byte| table[usize::from(*byte)]).collect() };
        assert_eq!(bytes(APOSTROPHES), [b'\'', 0xE2]);
        assert_eq!(bytes(first_bytes(Uses::MINUS)), [b'-', 0xE2]);
        assert_eq!(bytes(first_bytes(Uses::LEFT.or(Uses::ENDS_PHRASE))), [0xC2, 0xE2]);
    }
}
