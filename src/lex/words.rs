//! Words between the quoted strings. Sixty-four bytes at a time become a mask of those that are letters
//! or digits; most words are then a run of ones, and only what holds other marks is read letter by letter.

use super::Tokens;
use super::classes::compound;
use crate::block::{BLOCK, mask_of};
use crate::lang::{LexicalRole, Spelling};
use crate::lexicon::Lexicon;
use crate::marks::{APOSTROPHES, apostrophe, is_apostrophe};
use crate::table::{self, LeftContext, STARTERS, SentencePlace, standing};
use crate::token::{TagSet, Token};
use crate::word::{self, Key, Run};
use std::ops::Range;

/// What is read: the text up to the end of a gap.
#[derive(Clone, Copy)]
pub(super) struct WordGap<'g> {
    pub(super) text: &'g str,
    pub(super) end: usize,
    pub(super) lexicon: &'g Lexicon,
}

impl WordGap<'_> {
    /// The byte at `at`, a space at the end.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes()[..self.end].get(at).copied().unwrap_or(b' ')
    }
}

/// How many bytes are at hand at once: a block, and room for the last word that begins in it.
const AHEAD: usize = BLOCK + Key::LONGEST;

impl Tokens {
    pub(super) fn read_gap(&mut self, gap: &WordGap<'_>, from: usize) {
        let mut at = from;
        while at < gap.end {
            at = self.read_block(gap, at);
        }
    }

    /// Reads what begins in the sixty-four bytes from `base` on; returns where to go on.
    fn read_block(&mut self, gap: &WordGap<'_>, base: usize) -> usize {
        let bytes = gap.text.as_bytes();
        let limit = (gap.end - base).min(BLOCK);
        let padded;
        let ahead = match bytes[base..gap.end].first_chunk() {
            Some(ahead) => ahead,
            None => {
                padded = padded_end(&bytes[base..gap.end]);
                &padded
            }
        };
        let letters = mask_of(block_of(ahead), |byte| byte.is_ascii_alphanumeric()) & (u64::MAX >> (BLOCK - limit));
        let mut at = 0;
        while at < limit {
            if letters >> at & 1 != 0 && !self.perhaps_stopped {
                at = self.read_plain(gap, ahead, letters, (base, at));
            }
            if at >= limit {
                break;
            }
            let rest = letters >> at;
            if rest & 1 == 0 {
                at = self.read_other(gap, base + at) - base;
                continue;
            }
            let len = rest.trailing_ones() as usize;
            if at + len == BLOCK {
                // It may go on: all of it lies in the next block, unless it is longer than any word.
                return if at > 0 { base + at } else { self.read_word(gap, base) };
            }
            at = self.read_run(gap, base + at, len) - base;
        }
        base + at
    }

    /// Reads words with a space behind them, or with a comma or stop and a space: most are so. Returns where the first
    /// other thing begins. All places are counted from where the block begins.
    #[inline]
    fn read_plain(
        &mut self,
        gap: &WordGap<'_>,
        ahead: &[u8; AHEAD],
        letters: u64,
        (base, mut at): (usize, usize),
    ) -> usize {
        let table = gap.lexicon.table();
        let offset = (base - self.base) as u32;
        let mut place = self.place;
        let mut ends = !letters & letters << 1 & u64::MAX << at;
        let room = self.list.room();
        let mut count = 0;
        while ends != 0 && letters >> (at % BLOCK) & 1 != 0 {
            let stop = ends.trailing_zeros() as usize;
            let len = stop - at;
            if len >= Key::LONGEST {
                break;
            }
            let (id, word, shape, here) = match Key::of_small(ahead, at % BLOCK, len) {
                Some(key) => match table.find_known(key) {
                    Some((id, word)) => (id, word, TagSet::NONE, place),
                    None if key.is_lower() => (0, table.guess(&ahead[at % BLOCK..][..len]), TagSet::NONE, place),
                    // A capital stands inside.
                    None => break,
                },
                None => {
                    let Run { key, shape, .. } = Run::of_length(ahead, at % BLOCK, len);
                    let (id, word) = table.find_key(key);
                    (id, word, shape, place.with_capital(shape.has(TagSet::CAP)))
                }
            };
            let next = ahead[stop];
            let mark = if next == b' ' { Some(TagSet::NONE) } else { mark_behind(ahead, stop, len, word.class) };
            let Some(mark) = mark else { break };
            let settled = table.settled(word, here);
            let start = offset + at as u32;
            room[count % BLOCK] = Token::new(start, len as u16, id, settled.class | shape);
            place = settled.next;
            ends &= ends - 1;
            count += 1;
            if next == b' ' {
                at = stop + 1;
                continue;
            }
            at = stop;
            if mark != TagSet::NONE {
                room[count % BLOCK] = Token::new(start + len as u32, 1, 0, mark);
                place = SentencePlace::new(LeftContext::Other, mark == TagSet::STOP);
                at = stop + 2;
                count += 1;
            }
        }
        self.list.take_room(count);
        self.place = place;
        at
    }

    /// Reads a word that begins with a run of so many ASCII letters and digits; returns where to go on.
    #[inline(never)]
    fn read_run(&mut self, gap: &WordGap<'_>, at: usize, len: usize) -> usize {
        let stop = at + len;
        let next = gap.byte(stop);
        if len >= Key::LONGEST {
            return self.read_word_from(gap, at, stop);
        }
        if APOSTROPHES[usize::from(next)]
            && let Some(stop) = self.read_apostrophe(gap, at, len)
        {
            return stop;
        }
        if next != b' ' && goes_on(gap, at, stop, next) {
            return self.read_word_from(gap, at, stop);
        }
        let Run { key, shape, .. } = Run::of_length(gap.text.as_bytes(), at, len);
        let (id, word) = gap.lexicon.table().find_key(key);
        self.push_word(gap, at..stop, (id, word), shape);
        match next {
            b'.' if word.class.has(TagSet::ABBREVIATION) => stop + self.take_abbreviation_stop(gap, stop),
            _ => stop + usize::from(next == b' '),
        }
    }

    /// Reads a word of two runs with an apostrophe between them, *Lim’s* or *don’t*, the first run of so many bytes; `None`
    /// if it is something else.
    #[inline]
    fn read_apostrophe(&mut self, gap: &WordGap<'_>, at: usize, len: usize) -> Option<usize> {
        let bytes = gap.text.as_bytes();
        let table = gap.lexicon.table();
        let mark = apostrophe(bytes, at + len);
        let from = at + len + mark;
        let ending = Run::read(bytes, from).len;
        let stop = from + ending;
        let whole = stop - at;
        let one = mark > 0 && ending > 0 && whole < Key::LONGEST && stop <= gap.end;
        if !one || word::may_go_on(bytes[stop - 1], gap.byte(stop)) {
            return None;
        }
        let known = table.find_key(Key::of_run(bytes, at, whole));
        let clitic = if known.0 == 0 { gap.lexicon.spelling().clitic(&bytes[from..stop]) } else { None };
        match clitic {
            None => self.push_word(gap, at..stop, known, word::shape(&gap.text[at..stop])),
            Some(clitic) => {
                let Run { key, shape, .. } = Run::of_length(bytes, at, len);
                self.push_word(gap, at..at + len, table.find_key(key), shape);
                let (id, _) = table.find_key(Key::of_run(bytes, at + len, whole - len));
                self.push(at + len, whole - len, id, clitic);
            }
        }
        Some(stop)
    }

    /// Reads the word at `at`, whatever it is made of; returns where it ends.
    pub(super) fn read_word(&mut self, gap: &WordGap<'_>, at: usize) -> usize {
        self.read_word_from(gap, at, at)
    }

    /// The same for a word that has nothing but ASCII letters and digits up to `known`.
    #[inline(never)]
    fn read_word_from(&mut self, gap: &WordGap<'_>, at: usize, known: usize) -> usize {
        let WordGap { text, end, lexicon } = *gap;
        let stop = word::end_behind(text, at, known, end);
        let (stem, clitic) = split_clitic(&text[at..stop], lexicon);
        let (id, word) = lexicon.look_up_word(stem);
        let shape = word::shape(stem);
        match if id == 0 { compound(stem, lexicon) } else { TagSet::NONE } {
            TagSet::NONE => self.push_word(gap, at..at + stem.len(), (id, word), shape),
            class => self.push_compound(at, stem, class, shape, lexicon.spelling()),
        }
        if let Some((form, class)) = clitic {
            self.push(at + stem.len(), form.len(), lexicon.look_up(form).0, class);
        }
        stop + self.take_abbreviation_stop(gap, stop)
    }

    fn push_word(&mut self, gap: &WordGap<'_>, span: Range<usize>, (id, word): (u16, &table::Word), shape: TagSet) {
        if self.perhaps_stopped && shape.has(TagSet::CAP) && word.class.has(STARTERS) {
            self.push(span.start, 0, 0, TagSet::STOP);
            self.place = SentencePlace::FIRST;
        }
        let table = gap.lexicon.table();
        let guessed = id == 0 && !shape.has(TagSet::CAP | TagSet::NUMBER);
        let word = if guessed { table.guess(&gap.text.as_bytes()[span.clone()]) } else { word };
        let settled = table.settled(word, self.place.with_capital(shape.has(TagSet::CAP)));
        let start = (span.start - self.base) as u32;
        self.list.push(Token::new(start, span.len() as u16, id, settled.class | shape));
        self.place = settled.next;
        self.perhaps_stopped = false;
    }

    /// Pushes an unknown word with a hyphen.
    fn push_compound(&mut self, at: usize, word: &str, class: TagSet, shape: TagSet, spelling: &Spelling) {
        let guess =
            if shape.has(TagSet::CAP | TagSet::NUMBER) { TagSet::NONE } else { spelling.guess(word.as_bytes()) };
        let class = standing(class | guess, shape.has(TagSet::CAP), self.place.is_initial(), false) | shape;
        self.push(at, word.len(), 0, self.place.before().settle(class));
        self.place = self.place.going_on();
        self.perhaps_stopped = false;
    }

    /// The full stop of an abbreviation or initial belongs to it; returns its length.
    fn take_abbreviation_stop(&mut self, gap: &WordGap<'_>, stop: usize) -> usize {
        if gap.byte(stop) != b'.' {
            return 0;
        }
        let base = self.base;
        let named = self.list.len() > 1 && self.list[self.list.len() - 2].is(TagSet::NAME);
        let Some(last) = self.list.last_mut() else { return 0 };
        let start = base + last.start as usize;
        let word = &gap.text[start..stop];
        let initials = word::is_initials(word, gap.lexicon.spelling());
        let listed = last.is(TagSet::ABBREVIATION)
            && (last.is(TagSet::CAP) || gap.lexicon.is_written(word, LexicalRole::Stopped));
        if !initials && !listed {
            return 0;
        }
        last.len += 1;
        last.class |= TagSet::ABBREVIATION;
        // Ana A. Lim, Tim I. Roe: no article and no pronoun.
        if initials && word.len() == 1 && last.is(TagSet::CAP) && named {
            last.class = last.class.without(TagSet::DET | TagSet::PRONOUN | TagSet::OBJECT) | TagSet::NAME;
        }
        self.place = SentencePlace::new(LeftContext::of(last.class), false);
        self.perhaps_stopped = true;
        let rest = gap.text[stop + 1..gap.end].trim_start();
        if rest.is_empty() {
            self.push(stop + 1, 0, 0, TagSet::STOP);
            self.place = SentencePlace::FIRST;
            self.perhaps_stopped = false;
        }
        1
    }
}

/// The last bytes of a gap. Behind them comes what would stand before another sentence: that is how a gap ends.
fn padded_end(rest: &[u8]) -> [u8; AHEAD] {
    let mut bytes = [b' '; AHEAD];
    bytes[..rest.len()].copy_from_slice(rest);
    if let Some(behind) = bytes.get_mut(rest.len() + 1) {
        *behind = b'A';
    }
    bytes
}

/// The comma behind a word of so many bytes that ends at `stop`, or the stop that ends its sentence, each with a space behind
/// it; nothing if another mark is there, `None` if the word may go on or its stop belongs to it.
#[inline]
fn mark_behind(ahead: &[u8; AHEAD], stop: usize, len: usize, class: TagSet) -> Option<TagSet> {
    let ends_sentence = || len > 1 && ahead[stop + 2].is_ascii_uppercase() && !class.has(TagSet::ABBREVIATION);
    match ahead[stop] {
        b',' if ahead[stop + 1] == b' ' => Some(TagSet::COMMA),
        b'.' if ahead[stop + 1] == b' ' && ends_sentence() => Some(TagSet::STOP),
        next => (!word::may_go_on(ahead[stop - 1], next)).then_some(TagSet::NONE),
    }
}

fn block_of(ahead: &[u8; AHEAD]) -> &[u8; BLOCK] {
    ahead.first_chunk().unwrap_or(&[0; BLOCK])
}

/// Whether the word that begins with the run from `at` to `stop` may go on with `next`.
#[inline]
fn goes_on(gap: &WordGap<'_>, at: usize, stop: usize, next: u8) -> bool {
    let plain_stop = || next == b'.' && stop - at > 1 && !gap.byte(stop + 1).is_ascii_alphanumeric();
    word::may_go_on(gap.byte(stop - 1), next) && !plain_stop()
}

/// Parts a word from the ending that is a word of its own: Lim’s, they’ll.
fn split_clitic<'w>(word: &'w str, lexicon: &Lexicon) -> (&'w str, Option<(&'w str, TagSet)>) {
    let Some(at) = word.rfind(is_apostrophe).filter(|&at| at > 0) else { return (word, None) };
    let (stem, ending) = word.split_at(at);
    let letters = ending.trim_start_matches(is_apostrophe);
    let Some(class) = lexicon.spelling().clitic(letters.as_bytes()) else { return (word, None) };
    if lexicon.look_up(word).0 != 0 { (word, None) } else { (stem, Some((ending, class))) }
}
