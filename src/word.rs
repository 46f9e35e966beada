//! Where words end, and what their form tells.

use crate::block::load;
use crate::lang::Spelling;
use crate::marks::{Uses, ascii_uses, uses};
use crate::token::TagSet;

/// A word of up to sixteen bytes in lower case, as two numbers: quick to compare, quick to hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key([u64; 2]);

impl Key {
    /// The most bytes a key holds.
    pub(crate) const LONGEST: usize = 16;

    /// The key of a word, `None` if it is too long.
    pub(crate) fn of(word: &str) -> Option<Key> {
        let mut bytes = [0u8; Key::LONGEST];
        if word.is_ascii() {
            // Most words that hold a mark, and all lists.
            bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
            return Some(Key(halves(&bytes)));
        }
        let mut len = 0;
        for letter in word.chars().flat_map(char::to_lowercase) {
            let end = len + letter.len_utf8();
            letter.encode_utf8(bytes.get_mut(len..end)?);
            len = end;
        }
        Some(Key(halves(&bytes)))
    }

    /// The key of a word of any length; long ones share keys only by accident.
    pub(crate) fn folded(word: &str) -> Key {
        const PRIME: u64 = 0x0000_0100_0000_01B3;
        Key::of(word).unwrap_or_else(|| {
            let letters = word.chars().flat_map(char::to_lowercase);
            let (low, high) = letters.fold((word.len() as u64, 1u64), |(low, high), letter| {
                let letter = u64::from(u32::from(letter));
                ((low ^ letter).wrapping_mul(PRIME), (high.rotate_left(5) ^ letter).wrapping_mul(PRIME))
            });
            Key([low, high])
        })
    }

    /// The key of a word of fewer bytes than [`Key::LONGEST`], made of ASCII letters and digits, and perhaps apostrophes.
    #[inline]
    pub(crate) fn of_run(bytes: &[u8], at: usize, len: usize) -> Key {
        let [low, high] = halves(&load(bytes, at));
        let kept = &KEPT[len];
        Key([lower(low & kept[0]), lower(high & kept[1])])
    }

    /// The same for a run that begins with a letter in lower case, `None` for another. Its other letters are as they stand:
    /// hardly any is a capital, which [`is_lower`](Key::is_lower) tells.
    #[inline]
    pub(crate) fn of_small(bytes: &[u8], at: usize, len: usize) -> Option<Key> {
        let [low, high] = halves(&load(bytes, at));
        let kept = &KEPT[len];
        (low & SMALL == SMALL).then_some(Key([low & kept[0], high & kept[1]]))
    }

    /// Whether all its letters are in lower case.
    #[inline]
    pub(crate) fn is_lower(self) -> bool {
        self.0.map(lower) == self.0
    }

    /// The word, and zeros behind it.
    #[inline]
    pub(crate) fn bytes(self) -> [u8; Key::LONGEST] {
        (u128::from(self.0[0]) | u128::from(self.0[1]) << 64).to_le_bytes()
    }

    /// Whether it begins with an ASCII letter in lower case.
    #[inline]
    pub(crate) fn begins_small(self) -> bool {
        (self.0[0] as u8).is_ascii_lowercase()
    }

    #[inline]
    pub(crate) fn hash(self) -> usize {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = (self.0[0] ^ self.0[1].rotate_left(29)).wrapping_mul(MIX);
        (mixed >> 32) as usize
    }
}

#[inline]
fn halves(bytes: &[u8; 16]) -> [u64; 2] {
    let whole = u128::from_le_bytes(*bytes);
    [whole as u64, (whole >> 64) as u64]
}

/// A run of ASCII letters and digits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Run {
    /// Its letters in lower case.
    pub(crate) key: Key,
    /// Its length, at most [`Key::LONGEST`]; a run of that length may go on.
    pub(crate) len: usize,
    /// What [`shape`] says of it.
    pub(crate) shape: TagSet,
}

impl Run {
    /// Reads the run that begins at `at` and is known to be so long, less than [`Key::LONGEST`].
    #[inline]
    pub(crate) fn of_length(bytes: &[u8], at: usize, len: usize) -> Run {
        let [low, high] = halves(&load(bytes, at));
        let kept = &KEPT[len];
        let (low, high) = (low & kept[0], high & kept[1]);
        let key = Key([lower(low), lower(high)]);
        let letter = low & LETTER != 0;
        let capital = low & SMALL == LETTER;
        let upper = capital & (len > 1) & !(small(low) | small(high));
        let shape = TagSet::NUMBER.when(!letter) | TagSet::CAP.when(capital) | TagSet::UPPER.when(upper);
        Run { key, len, shape }
    }

    /// Reads the run that begins at `at`, eight bytes at a time: no loop over letters, whose end is
    /// hard to foretell.
    #[inline(always)]
    pub(crate) fn read(bytes: &[u8], at: usize) -> Run {
        let [low, high] = halves(&load(bytes, at));
        let (low, len) = first_run(low);
        let first = low as u8;
        let shape = |small: bool, len: usize| {
            if first.is_ascii_uppercase() {
                if small || len < 2 { TagSet::CAP } else { TagSet::CAP | TagSet::UPPER }
            } else if first.is_ascii_digit() {
                TagSet::NUMBER
            } else {
                TagSet::NONE
            }
        };
        if len < 8 {
            return Run { key: Key([lower(low), 0]), len, shape: shape(small(low), len) };
        }
        let (high, more) = first_run(high);
        let len = len + more;
        Run { key: Key([lower(low), lower(high)]), len, shape: shape(small(low) || small(high), len) }
    }
}

/// The bit that tells a letter from a digit, and with it the one that tells small letters from capitals.
const LETTER: u64 = 0x40;
const SMALL: u64 = 0x60;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;

/// Eight ASCII letters or digits in lower case: letters have bit 6, and bit 5 if they are in lower case; digits have
/// bits 4 and 5.
#[inline]
fn lower(half: u64) -> u64 {
    half | (half & (0x40 * ONES)) >> 1
}

/// Whether any of eight ASCII letters or digits is in lower case.
#[inline]
fn small(half: u64) -> bool {
    half & (half << 1) & (0x40 * ONES) != 0
}

/// What is left of sixteen bytes when so many are kept.
const KEPT: [[u64; 2]; Key::LONGEST] = {
    let mut kept = [[0; 2]; Key::LONGEST];
    let mut len = 1;
    while len < Key::LONGEST {
        kept[len] =
            if len < 8 { [u64::MAX >> (64 - 8 * len), 0] } else { [u64::MAX, u64::MAX >> (127 - 8 * len) >> 1] };
        len += 1;
    }
    kept
};

/// The ASCII letters and digits that eight bytes begin with, and how many there are.
#[inline]
fn first_run(bytes: u64) -> (u64, usize) {
    let other = other_than_letters(bytes);
    if other == 0 {
        return (bytes, 8);
    }
    let len = other.trailing_zeros() / 8;
    (bytes & ((1u64 << (8 * len)) - 1), len as usize)
}

/// The run of ASCII letters and digits that eight bytes end with: its letters in lower case, and how many there are.
#[inline]
pub(crate) fn last_run(bytes: u64) -> (Key, usize) {
    let len = other_than_letters(bytes).leading_zeros() as usize / 8;
    let word = bytes.checked_shr(64 - 8 * len as u32).unwrap_or(0);
    (Key([lower(word), 0]), len)
}

/// The high bit of each byte that is no ASCII letter or digit.
#[inline]
fn other_than_letters(bytes: u64) -> u64 {
    // The high bit of each byte tells whether it is at least `least`; all bytes are ASCII here.
    let at_least = |bytes: u64, least: u8| bytes + u64::from(0x80 - least) * ONES;
    let low = bytes & !HIGH;
    let lower = low | (0x20 * ONES);
    let letter = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
    let digit = at_least(low, b'0') & !at_least(low, b'9' + 1);
    (!(letter | digit) | bytes) & HIGH
}

/// The longest word read as one; longer runs of letters are cut.
const LONGEST_WORD: usize = 1 << 12;

/// Where the word that begins at `at` ends: letters and digits, with apostrophes, hyphens, the stops
/// of acronyms (U.N.) and the marks of numbers (1,000.5, 40%) inside.
pub(crate) fn end(text: &str, at: usize, end: usize) -> usize {
    end_behind(text, at, at, end)
}

/// The same for a word that has nothing but ASCII letters and digits up to `known`.
pub(crate) fn end_behind(text: &str, at: usize, known: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let limit = end.min(at + LONGEST_WORD);
    let mut stop = known;
    while stop < limit {
        let byte = bytes[stop];
        if byte.is_ascii_alphanumeric() {
            stop += 1;
            continue;
        }
        let next = || bytes[stop + 1..end].first();
        let joined = stop > at
            && match byte {
                b'/' | b'_' => joins(text, stop + 1, end),
                b'.' => joins_stop(bytes, at, stop, end),
                b',' => bytes[stop - 1].is_ascii_digit() && next().is_some_and(u8::is_ascii_digit),
                b'%' => bytes[stop - 1].is_ascii_digit(),
                b'&' => bytes[stop - 1].is_ascii_uppercase() && next().is_some_and(u8::is_ascii_uppercase),
                _ => ascii_uses(byte).has(Uses::INSIDE) && joins(text, stop + 1, end),
            };
        if joined {
            stop += 1;
            continue;
        }
        if byte < 0x80 {
            break;
        }
        let Some(letter) = text[stop..end].chars().next() else { break };
        let inside = letter.is_alphanumeric()
            || is_joiner(letter)
            || stop > at && is_garbled(text, stop, letter, end)
            || uses(letter).has(Uses::INSIDE) && stop > at && joins(text, stop + letter.len_utf8(), end);
        if !inside {
            break;
        }
        stop += letter.len_utf8();
    }
    stop
}

/// Whether a run of letters and digits before this byte may be only the beginning of a word.
#[inline]
pub(crate) fn may_go_on(last: u8, next: u8) -> bool {
    /// Behind anything, or behind a digit.
    const ALWAYS: u8 = 1;
    const BEHIND_DIGIT: u8 = 2;
    const GOES_ON: [u8; 256] = {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = match byte as u8 {
                b'/' | b'&' | b'_' | b'.' | 0x80.. => ALWAYS,
                b',' | b'%' => BEHIND_DIGIT,
                byte if ascii_uses(byte).has(Uses::INSIDE) => ALWAYS,
                _ => 0,
            };
            byte += 1;
        }
        table
    };
    let goes_on = GOES_ON[usize::from(next)];
    goes_on == ALWAYS || goes_on == BEHIND_DIGIT && last.is_ascii_digit()
}

/// Combining marks, and characters without width.
fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{2060}')
}

/// Whether a character is the second half of a letter whose bytes were read as two characters (Ã§ for ç), inside a word.
fn is_garbled(text: &str, at: usize, letter: char, end: usize) -> bool {
    matches!(letter, '\u{80}'..='\u{9f}' | '¡'..='ª' | '¬'..='º' | '¼'..='¿')
        && text[..at].ends_with(['Â', 'Ã', 'Ä', 'Å'])
        && joins(text, at + letter.len_utf8(), end)
}

fn joins(text: &str, at: usize, end: usize) -> bool {
    at < end && text[at..end].chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether the stop at `stop` lies inside a word: between digits, after a single letter of an acronym with another letter
/// behind it, or before the last part of an address on the web.
fn joins_stop(bytes: &[u8], at: usize, stop: usize, end: usize) -> bool {
    let Some(&next) = bytes[stop + 1..end].first() else { return false };
    let before = bytes[stop - 1];
    let is_hyphen = |byte: u8| ascii_uses(byte).has(Uses::HYPHEN);
    if before.is_ascii_digit() {
        return next.is_ascii_digit();
    }
    // U.N.-backed
    if is_hyphen(next) && !bytes[stop + 2..end].first().is_some_and(u8::is_ascii_alphabetic) {
        return false;
    }
    // Shoes.com, but not a stop with its blank lost: a sentence begins with a capital.
    let domain = &bytes[stop + 1..end];
    let letters = domain.iter().take_while(|byte| byte.is_ascii_lowercase()).count();
    if letters > 1 && before.is_ascii_alphanumeric() && !domain.get(letters).is_some_and(u8::is_ascii_alphanumeric) {
        return true;
    }
    let single = stop - at == 1 || (bytes[stop - 2] == b'.' || is_hyphen(bytes[stop - 2]));
    before.is_ascii_alphabetic() && (next.is_ascii_alphabetic() || is_hyphen(next)) && single
}

/// One letter, or letters parted by stops, but no word that is always a capital.
pub(crate) fn is_initials(word: &str, spelling: &Spelling) -> bool {
    let letters = word.split('.');
    !spelling.is_always_capital(word.as_bytes())
        && letters.clone().all(|letter| letter.chars().count() == 1 && letter.chars().all(char::is_alphabetic))
        && (word.contains('.') || word.chars().all(char::is_uppercase))
}

/// Whether it begins with a capital, is all capitals, or is a number.
pub(crate) fn shape(word: &str) -> TagSet {
    let Some(first) = word.chars().next() else { return TagSet::NONE };
    if first.is_numeric() {
        return TagSet::NUMBER;
    }
    if first.is_uppercase() {
        let upper = word.len() > first.len_utf8() && !word.chars().any(char::is_lowercase);
        return if upper { TagSet::CAP | TagSet::UPPER } else { TagSet::CAP };
    }
    // Scripts without case have no capitals to tell names by.
    TagSet::NONE
}

/// Whether two strings are equal; for constants.
pub(crate) const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

#[cfg(test)]
mod tests {
    use super::{Key, Run, end, shape};

    #[test]
    fn a_run_is_what_a_loop_over_letters_finds() {
        let text = "Lim said 40 UN men: café, O’Neil; abcdefgh abcdefghijklmnop Abcdefghijklmnopqrst x@y[z]{w}`v~ é";
        for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let run = Run::read(text.as_bytes(), at);
            let len = text.as_bytes()[at..].iter().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let word = &text[at..at + len];
            assert_eq!((run.len, Some(run.key), run.shape), (len, Key::of(word), shape(word)), "{word}");
        }
    }

    #[test]
    fn words_hold_marks_only_inside() {
        for word in [
            "O’Neil",
            "co-op",
            "U.N",
            "1,000.5",
            "AT&T",
            "and/or",
            "Nguyễn",
            "don't",
            "2.5",
            "x_y",
            "40%",
            "U.N.-backed",
        ] {
            let text = format!("{word}. Then");
            assert_eq!(&text[..end(&text, 0, text.len())], word);
        }
    }

    #[test]
    fn keys_have_no_case() {
        assert_eq!(Key::of("Erdoğan"), Key::of("ERDOĞAN"));
        assert_ne!(Key::of("said"), Key::of("says"));
        assert_eq!(Key::of("counterrevolutionary"), None);
    }
}
