//! One word of a name, read from the bytes of a text.

use super::TextContext;
use super::names::NameWord;
use super::runs::FUNCTION;
use crate::lang::Spelling;
use crate::marks::{HYPHEN, Uses, apostrophe, ascii_uses, is_apostrophe, is_hyphen};
use crate::token::TagSet;
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
    /// Reads the word that begins at `at` if it is a run of letters, as most are, with nothing but an ending or a stop
    /// behind it.
    #[inline(always)]
    pub(super) fn plain(context: &TextContext<'_>, at: usize, end: usize) -> Option<Read> {
        let bytes = context.text.as_bytes();
        let Run { key, len, shape } = Run::read(bytes, at);
        let stop = at + len;
        if len == 0 || len >= Key::LONGEST || stop > end {
            return None;
        }
        let (entry, class) = context.lexicon.look_up_key(key);
        let class = class | shape;
        let next = if stop < end { bytes[stop] } else { b' ' };
        let ending = match next != b' ' && word::may_go_on(bytes[stop - 1], next) {
            true => Ending::behind(&bytes[at..end], len, class, context.lexicon.spelling()),
            false => Ending::default(),
        };
        let class = class | TagSet::ABBREVIATION.when(ending.initial);
        let after = stop + usize::from(ending.len);
        let stop = if ending.possessive { stop } else { after };
        let word = NameWord { start: at as u32, end: stop as u32, id: 0, entry, class };
        let read = Read { word, key, entry, possessive: ending.possessive, after: after as u32 };
        (ending.len != Ending::NONE).then_some(read)
    }
}

/// What stands behind a run of letters and belongs to the word.
#[derive(Clone, Copy, Default)]
struct Ending {
    len: u8,
    possessive: bool,
    /// It is the stop of an initial.
    initial: bool,
}

impl Ending {
    /// The length of what is no ending: the word goes on.
    const NONE: u8 = u8::MAX;

    /// What stands behind the run of so many letters that some bytes begin with, where it may be part of a word.
    #[inline(never)]
    fn behind(bytes: &[u8], run: usize, class: TagSet, spelling: &Spelling) -> Ending {
        let digit = bytes[run - 1].is_ascii_digit();
        let (len, possessive) = match bytes[run..] {
            // Only the stop of an abbreviation belongs to it.
            // Shoes.com
            [b'.', next, ..] if run > 1 && next.is_ascii_lowercase() => {
                return Ending { len: Ending::NONE, ..Ending::default() };
            }
            [b'.', ..] if run > 1 && !digit => {
                let stopped = class.has(TagSet::ABBREVIATION) && class.has(TagSet::CAP);
                return Ending { len: u8::from(stopped), ..Ending::default() };
            }
            [b'.', next, ..] if run == 1 && !next.is_ascii_alphabetic() && !ascii_uses(next).has(Uses::HYPHEN) => {
                let initial = bytes[0].is_ascii_uppercase() && !spelling.is_always_capital(&bytes[..1]);
                return Ending { len: if initial { 1 } else { Ending::NONE }, possessive: false, initial };
            }
            _ => match apostrophe(bytes, run) {
                mark if mark > 0 && bytes.get(run + mark) == Some(&spelling.possessive()) => (mark + 1, true),
                _ => return Ending { len: Ending::NONE, ..Ending::default() },
            },
        };
        let over = bytes[run..].get(len).is_none_or(|byte| matches!(byte, b' ' | b'\n' | b',' | b'.'));
        Ending { len: if over && !digit { len as u8 } else { Ending::NONE }, possessive, initial: false }
    }
}

/// Reads the word that begins at `at`.
#[inline(never)]
pub(super) fn read_word(context: &TextContext<'_>, at: usize, end: usize) -> Read {
    Read::plain(context, at, end).unwrap_or_else(|| read_long_word(context, at, end))
}

/// A word with marks or letters beyond ASCII in it, or with a stop or ending after it.
#[inline(never)]
pub(super) fn read_long_word(context: &TextContext<'_>, at: usize, end: usize) -> Read {
    let text = context.text;
    let stop = word::end(text, at, end).max(at + text[at..].chars().next().map_or(1, char::len_utf8));
    let whole = &text[at..stop];
    let spelling = context.lexicon.spelling();
    let possessive = char::from(spelling.possessive());
    let stem = whole
        .trim_end_matches([possessive, possessive.to_ascii_uppercase()])
        .strip_suffix(is_apostrophe)
        .unwrap_or(whole);
    let stem = if whole.len() - stem.len() <= 4 { stem } else { whole };
    let mut possessive = stem.len() < whole.len();
    let short = Key::of(stem);
    let (entry, mut class) =
        short.map_or_else(|| context.lexicon.look_up(stem), |key| context.lexicon.look_up_key(key));
    if let (0, Some((begin, _))) = (entry, stem.split_once(|mark| mark == HYPHEN || is_apostrophe(mark))) {
        // I’m, you’ll, sixty-two
        class |= context.lexicon.look_up(begin).1 & (FUNCTION | TagSet::KNOWN);
        class = if class.has(FUNCTION) { class } else { TagSet::NONE };
    }
    let mut after = stop;
    let mut shape = word::shape(stem);
    let rest = &text[stop..end];
    if !possessive && rest.starts_with('.') {
        let initials = word::is_initials(stem, spelling);
        if initials || class.has(TagSet::ABBREVIATION) && shape.has(TagSet::CAP) {
            after += 1;
            shape |= TagSet::ABBREVIATION;
        }
    } else if !possessive && rest.starts_with(is_apostrophe) && stem.ends_with(char::from(spelling.plural())) {
        // The plural’s apostrophe; a closing mark would have a comma or stop before it.
        possessive = true;
        after += rest.chars().next().map_or(0, char::len_utf8);
    }
    // al-Serraj is Serraj too.
    let small = !stem.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    let surname = Some(stem).filter(|_| small).and_then(|stem| stem.split_once(is_hyphen)).filter(|(begin, _)| {
        begin.starts_with(char::is_lowercase) && context.lexicon.look_up(begin).1.has(TagSet::PARTICLE)
    });
    let (key, known) = match surname {
        Some((_, name)) => (Key::folded(name), context.lexicon.look_up(name).0),
        None => (short.unwrap_or_else(|| Key::folded(stem)), entry),
    };
    let word = NameWord { start: at as u32, end: (at + stem.len()) as u32, id: 0, entry, class: class | shape };
    let word = NameWord { end: if shape.has(TagSet::ABBREVIATION) { after as u32 } else { word.end }, ..word };
    Read { word, key, entry: known, possessive, after: after as u32 }
}
