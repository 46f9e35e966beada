//! One word of a name, read from the bytes of a text.

use super::Ground;
use super::names::NameWord;
use super::runs::FUNCTION;
use crate::token::Class;
use crate::word::{self, Key, Run};

/// A word just read, and where reading goes on.
#[derive(Clone, Copy)]
pub(super) struct Read {
    pub(super) word: NameWord,
    /// The word that tells names apart, and its entry: of al-Serraj it is Serraj.
    pub(super) key: Key,
    pub(super) entry: u16,
    pub(super) possessive: bool,
    pub(super) after: u32,
}

impl Read {
    /// Reads the word that begins at `at`: mostly a run of letters with a space or stop behind it.
    #[inline(always)]
    pub(super) fn at(ground: &Ground<'_>, at: usize, end: usize) -> Read {
        let bytes = ground.text.as_bytes();
        let Run { key, len, shape } = Run::read(bytes, at);
        let stop = at + len;
        if len == 0 || len >= Key::LONGEST || stop > end {
            return read_long_word(ground, at, end);
        }
        let next = if stop < end { bytes[stop] } else { b' ' };
        let (entry, class) = ground.lexicon.look_up_key(key);
        let class = class | shape;
        if next != b' ' && word::may_go_on(bytes[stop - 1], next) {
            let ends = next == b'.' && len > 1 && !class.has(Class::ABBREVIATION) && !bytes[stop - 1].is_ascii_digit();
            if !ends {
                return read_marked_word(ground, (at, stop, end), key, (entry, class));
            }
        }
        let word = NameWord { start: at as u32, end: stop as u32, id: 0, entry, class };
        Read { word, key, entry, possessive: false, after: stop as u32 }
    }
}

/// Reads the word that begins at `at`.
#[inline(never)]
pub(super) fn read_word(ground: &Ground<'_>, at: usize, end: usize) -> Read {
    Read::at(ground, at, end)
}

/// A word with a mark behind it that may belong to it.
#[inline(never)]
fn read_marked_word(
    ground: &Ground<'_>,
    (at, stop, end): (usize, usize, usize),
    key: Key,
    (entry, class): (u16, Class),
) -> Read {
    let bytes = ground.text.as_bytes();
    let behind = &bytes[stop..end];
    let digit = bytes[stop - 1].is_ascii_digit();
    let word = NameWord { start: at as u32, end: stop as u32, id: 0, entry, class };
    let read = Read { word, key, entry, possessive: false, after: stop as u32 };
    if behind[0] == b'.' && stop - at > 1 && !digit {
        // Only the stop of an abbreviation belongs to it.
        let after = read.after + u32::from(class.has(Class::ABBREVIATION) && class.has(Class::CAP));
        return Read { word: NameWord { end: after, ..word }, after, ..read };
    }
    let ending = match behind {
        [b'\'', b's', ..] => 2,
        // ’s
        [0xE2, 0x80, 0x99, b's', ..] => 4,
        _ => return read_long_word(ground, at, end),
    };
    let over = behind.get(ending).is_none_or(|byte| matches!(byte, b' ' | b'\n' | b',' | b'.'));
    if over && !digit {
        return Read { possessive: true, after: read.after + ending as u32, ..read };
    }
    read_long_word(ground, at, end)
}

/// A word with marks or letters beyond ASCII in it, or with a stop or ending after it.
#[inline(never)]
fn read_long_word(ground: &Ground<'_>, at: usize, end: usize) -> Read {
    let text = ground.text;
    let stop = word::end(text, at, end).max(at + text[at..].chars().next().map_or(1, char::len_utf8));
    let whole = &text[at..stop];
    let stem = whole.trim_end_matches(['s', 'S']).strip_suffix(['\'', '’']).unwrap_or(whole);
    let stem = if whole.len() - stem.len() <= 4 { stem } else { whole };
    let mut possessive = stem.len() < whole.len();
    let (entry, mut class) = ground.lexicon.look_up(stem);
    if let (0, Some((begin, _))) = (entry, stem.split_once(['\'', '’', '-'])) {
        // I’m, you’ll, sixty-two
        class |= ground.lexicon.look_up(begin).1 & (FUNCTION | Class::KNOWN);
        class = if class.has(FUNCTION) { class } else { Class::NONE };
    }
    let mut after = stop;
    let mut shape = word::shape(stem);
    let rest = &text[stop..end];
    if !possessive && rest.starts_with('.') {
        let initials = word::is_initials(stem);
        if initials || class.has(Class::ABBREVIATION) && shape.has(Class::CAP) {
            after += 1;
            shape |= Class::ABBREVIATION;
        }
    } else if !possessive && rest.starts_with(['\'', '’']) && stem.ends_with('s') {
        // The plural’s apostrophe; a closing mark would have a comma or stop before it.
        possessive = true;
        after += rest.chars().next().map_or(0, char::len_utf8);
    }
    // al-Serraj is Serraj too.
    let small = !stem.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    let surname = Some(stem).filter(|_| small).and_then(|stem| stem.split_once(['-', '‑'])).filter(|(begin, _)| {
        begin.starts_with(char::is_lowercase) && ground.lexicon.look_up(begin).1.has(Class::PARTICLE)
    });
    let name = surname.map_or(stem, |(_, name)| name);
    let known = surname.map_or(entry, |(_, name)| ground.lexicon.look_up(name).0);
    let word = NameWord { start: at as u32, end: (at + stem.len()) as u32, id: 0, entry, class: class | shape };
    let word = NameWord { end: if shape.has(Class::ABBREVIATION) { after as u32 } else { word.end }, ..word };
    Read { word, key: Key::folded(name), entry: known, possessive, after: after as u32 }
}
