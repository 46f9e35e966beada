//! Capitals: where words begin, and what may be part of a name.

use super::TextContext;
use super::names::NameWord;
use super::runs::{FUNCTION, Place};
use crate::block::{BLOCK, load, mask_of};
use crate::marks::{COMMON, Uses, ascii_uses, closer, first_bytes, is_apostrophe, is_hyphen, uses};
use crate::span::Span;
use crate::token::TagSet;

/// Whether a word may be part of a name. `follows`: a word with a capital comes next.
#[inline]
pub(super) fn is_nameable(word: &NameWord, place: Place, follows: impl Fn() -> bool) -> bool {
    // Half of all are words no list has.
    let unknown = !word.class.has(TagSet::KNOWN) && word.end - word.start > 1;
    unknown && word.class.has(TagSet::CAP) || is_known_nameable(word, place, follows)
}

fn is_known_nameable(word: &NameWord, place: Place, follows: impl Fn() -> bool) -> bool {
    let class = word.class;
    if !class.has(TagSet::CAP) || word.end - word.start == 1 && class.without(TagSet::ABBREVIATION).has(TagSet::PRONOUN)
    {
        return false;
    }
    if !class.has(TagSet::KNOWN) {
        return true;
    }
    if class.has(TagSet::TIME) {
        return class.has(TagSet::FIRST) && follows();
    }
    if class.has(FUNCTION) {
        let acronym = class.has(TagSet::UPPER) && !place.headline && word.end - word.start <= 3;
        let given = class.has(TagSet::FIRST) && class.has(TagSet::MODAL);
        let number = class.has(TagSet::NUMBER) && !place.initial;
        return acronym || number || given && follows() || class.has(TagSet::TITLE | TagSet::SUFFIX);
    }
    if class.has(TagSet::FIRST | TagSet::TITLE | TagSet::PARTICLE | TagSet::SUFFIX) {
        return true;
    }
    if place.headline {
        return class.has(TagSet::ROLE | TagSet::GROUP) && follows();
    }
    true
}

/// How many words of a run are titles: up to the last title or role with a name behind it.
pub(super) fn titles_of(words: &[NameWord]) -> usize {
    let is_title = |word: &NameWord| {
        let class = word.class;
        class.has(TagSet::TITLE | TagSet::ROLE) && (class.has(TagSet::ABBREVIATION) || !class.has(TagSet::FIRST))
    };
    let count = words.len();
    let Some(last) = words.iter().rposition(is_title) else { return 0 };
    if last + 1 < count {
        let behind = &words[last + 1..];
        if behind[0].class.has(TagSet::CAP) {
            // A body or a paper, not a person: General Assembly, Tenant Act.
            let body = behind.iter().all(|word| word.class.has(TagSet::KNOWN) && !word.class.has(TagSet::FIRST));
            let body = behind.last().is_some_and(|word| {
                word.class.has(TagSet::GROUP) && (body || behind.len() > 2) || word.class.has(TagSet::DOCUMENT) && body
            });
            return if body { 0 } else { last + 1 };
        }
        // Mr. van der Berg
        let particles = behind.iter().take_while(|word| !word.class.has(TagSet::CAP));
        if particles.clone().all(|word| word.class.has(TagSet::PARTICLE) && !word.class.has(FUNCTION))
            && particles.count() < behind.len()
        {
            return last + 1;
        }
        // Secretary of State Ana Lim
        let person = behind.iter().position(|word| {
            word.class.has(TagSet::CAP) && (word.class.has(TagSet::FIRST) || !word.class.has(TagSet::KNOWN))
        });
        return match person {
            Some(at) if behind[..at].iter().any(|word| word.class.has(TagSet::CAP)) => last + 1 + at,
            _ => count,
        };
    }
    // Stephen King is a name, Prime Minister is none, the Mock Turtle is one.
    let given = words[..last].iter().any(|word| word.class.has(TagSet::FIRST) && !word.class.has(TagSet::TITLE));
    let lesser = words[..last].iter().rposition(is_title).map_or(0, |at| at + 1);
    if given && lesser < last { lesser } else { count }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Whether a short paragraph, which has so many capitals, is mostly words with one.
pub(super) fn is_headline(bytes: &[u8], paragraph: Span, capitals: &Capitals) -> bool {
    const LONGEST: usize = 200;
    const LONG_WORD: usize = 4;
    const LEAST: usize = 4;
    if paragraph.len() > LONGEST || paragraph.is_empty() {
        return false;
    }
    let capitals = capitals.count(paragraph);
    if capitals * 5 < LEAST * 4 {
        return false;
    }
    let (mut all, mut with) = (0, 0);
    let mut at = paragraph.start;
    while at < paragraph.end {
        // The spaces in what follows; behind the paragraph there is nothing else.
        let behind = u64::MAX.checked_shl((paragraph.end - at) as u32).unwrap_or(0);
        let block = load(bytes, at);
        let spaces = behind | mask_of(&block, is_space);
        let mut next = 0;
        // A word that goes on behind the block is read with the next, unless the block is all one.
        while next < BLOCK && (spaces >> next != 0 || next == 0) {
            let byte = block[next];
            if spaces >> next & 1 != 0 || SKIPPED[usize::from(byte)] {
                next += 1;
                continue;
            }
            let len = match spaces >> next {
                0 => bytes[at..paragraph.end].iter().position(|&byte| is_space(byte)).unwrap_or(paragraph.end - at),
                rest => rest.trailing_zeros() as usize,
            };
            next += len;
            if len >= LONG_WORD {
                all += 1;
                with += usize::from(byte.is_ascii_uppercase() || byte >= 0xC0);
                // Of every five at most one has none.
                if (all - with) * 4 > capitals {
                    return false;
                }
            }
        }
        at += next;
    }
    all >= LEAST && with * 5 >= all * 4
}

/// The length of the words in capitals that a paragraph begins with, if they are an opening or a heading and no names: THE
/// BARBER WENT QUICKLY up the street. A label before a colon is none, and neither is the place of a dateline; in a text that
/// is all capitals they tell nothing.
pub(super) fn shouted_opening(context: &TextContext<'_>, paragraph: Span) -> usize {
    const FEWEST: usize = 3;
    const READ: usize = 1 << 11;
    let own = &context.text[paragraph];
    let bytes = own.as_bytes();
    // Most paragraphs begin with a word in small letters.
    if bytes.get(1).is_none_or(|byte| byte.is_ascii_lowercase() || *byte >= 0x80) {
        return 0;
    }
    let (mut count, mut common, mut len) = (0, false, 0);
    for word in own.split_inclusive(' ') {
        let bare = word.trim_matches(|letter: char| letter == ' ' || is_apostrophe(letter) || letter == ',');
        let is_shouted = |letter: char| letter.is_uppercase() || is_apostrophe(letter) || is_hyphen(letter);
        if bare.is_empty() || !bare.trim_end_matches(['.', '?', '!']).chars().all(is_shouted) {
            break;
        }
        (count, len) = (count + 1, len + word.len());
        let class = context.lexicon.look_up(bare).1;
        common |= class.has(TagSet::KNOWN) && !class.has(TagSet::FIRST | TagSet::TITLE | TagSet::SUFFIX);
    }
    let rest = own[len..].chars().next();
    let is_heading = rest.is_none() && count > 1;
    let is_opening = common && count >= FEWEST && rest.is_some_and(char::is_alphanumeric);
    if !is_heading && !is_opening {
        return 0;
    }
    let read = context.text.as_bytes().iter().take(READ).filter(|byte| byte.is_ascii_alphabetic());
    let (small, letters) =
        read.fold((0, 0), |(small, all), byte| (small + usize::from(byte.is_ascii_lowercase()), all + 1));
    if small * 2 > letters { len } else { 0 }
}

/// Every byte of a text that may begin a capital letter: a bit for each byte. Reused.
#[derive(Debug, Default)]
pub(super) struct Capitals(Vec<u64>);

impl Capitals {
    pub(super) fn read(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        self.0.clear();
        self.0.reserve_exact(blocks.len() + 1);
        self.0.extend(blocks.iter().map(capitals_of));
        let mut last = [0; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        self.0.push(capitals_of(&last));
    }

    /// The first one from `at` up to, not including, `end`. Nothing behind `end` is looked at: the rest of the text may
    /// have no capital at all.
    #[inline]
    pub(super) fn next(&self, at: usize, end: usize) -> Option<usize> {
        let mut block = at / BLOCK;
        let mut mask = self.0.get(block)? & (u64::MAX << (at % BLOCK));
        while mask == 0 {
            block += 1;
            if block * BLOCK >= end {
                return None;
            }
            mask = *self.0.get(block)?;
        }
        Some(block * BLOCK + mask.trailing_zeros() as usize).filter(|&capital| capital < end)
    }

    /// How many a span holds.
    fn count(&self, span: Span) -> usize {
        let blocks = span.start / BLOCK..span.end.div_ceil(BLOCK);
        let mask = |block: usize| {
            let from = span.start.saturating_sub(block * BLOCK) as u32;
            let over = ((block + 1) * BLOCK).saturating_sub(span.end) as u32;
            self.0[block] & (u64::MAX << from) & (u64::MAX >> over)
        };
        blocks.map(|block| mask(block).count_ones() as usize).sum()
    }
}

/// What may stand before a word, told by one byte: straight and curly marks, and the rest of any wide character.
const SKIPPED: [bool; 256] = {
    let mut bytes = first_bytes(Uses::ENGLISH.or(Uses::BEFORE_SENTENCE));
    bytes[b'(' as usize] = true;
    let mut byte = 0x80;
    while byte < 0xC0 {
        bytes[byte] = true;
        byte += 1;
    }
    bytes
};

/// One bit for each byte that may begin a capital letter: A to Z, and the first of two that make a letter.
fn capitals_of(block: &[u8; BLOCK]) -> u64 {
    mask_of(block, |byte| (byte.wrapping_sub(b'A') < 26) | (byte & 0xE0 == 0xC0))
}

/// Of the capital at `at`, in the paragraph from `paragraph` on: whether a sentence begins with it, and where its word
/// begins, unless that can be no name. `None` if it is inside a word.
#[inline]
pub(super) fn how_it_stands(context: &TextContext<'_>, paragraph: usize, at: usize) -> Option<(bool, Option<usize>)> {
    let bytes = context.text.as_bytes();
    // Mostly it stands behind a space and a letter, or behind a word with a stop.
    if let Some([one, two, last, b' ']) = bytes[paragraph..at].last_chunk::<4>()
        && bytes[at] < 0x80
    {
        let initial = !last.is_ascii_alphanumeric()
            && (*last == b'.' && one.is_ascii_alphanumeric() && two.is_ascii_alphanumeric()
                || is_initial(context.text, paragraph, at));
        return Some((initial, Some(at)));
    }
    how_it_stands_behind(context, paragraph, at)
}

#[inline(never)]
fn how_it_stands_behind(context: &TextContext<'_>, paragraph: usize, at: usize) -> Option<(bool, Option<usize>)> {
    starts_word(context.text, at).then(|| (is_initial(context.text, paragraph, at), joined_start(context, at)))
}

/// Whether a capital at `at` is a letter with none before it.
fn starts_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
    if before.is_ascii_alphanumeric() {
        return false;
    }
    // Behind a curly mark or a dash, as most of them stand.
    let marked = at > 2 && bytes[at - 3..at - 1] == COMMON;
    if bytes[at] >= 0x80 && !(text.is_char_boundary(at) && text[at..].starts_with(char::is_uppercase)) {
        return false;
    }
    before < 0x80 || marked || !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

/// Whether a sentence begins at `at`.
#[inline(never)]
fn is_initial(text: &str, paragraph: usize, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (mut end, mut marked) = (at, false);
    loop {
        end -= match bytes[paragraph..end] {
            [.., b' ' | b'\t'..=b'\r' | b'(' | b'[' | b'*' | b'_'] => 1,
            [.., last] if ascii_uses(last).has(Uses::BEFORE_SENTENCE) => {
                marked = true;
                1
            }
            // Any other mark is longer.
            [.., 0x80..=0xFF] => {
                let Some(letter) = text[paragraph..end].chars().next_back() else { break };
                let mark = uses(letter).has(Uses::BEFORE_SENTENCE);
                if !mark && !letter.is_whitespace() {
                    break;
                }
                marked |= mark;
                letter.len_utf8()
            }
            _ => break,
        };
    }
    let before = &text[paragraph..end];
    match before.as_bytes() {
        [] | [.., b'!' | b'?'] | [.., b'.', b'.'] => true,
        // Not after one letter: J. Roe.
        [.., one, two, b'.'] if one.is_ascii_alphanumeric() && two.is_ascii_alphanumeric() => end < at,
        [.., b'.'] => {
            let last = before[..before.len() - 1].chars().rev().take(2).take_while(|letter| letter.is_alphanumeric());
            end < at && last.map(char::len_utf8).sum::<usize>() > 1
        }
        // A quotation begins after a mark: *said: “We …*
        [.., b':' | b','] => marked,
        _ => before.ends_with('…'),
    }
}

/// A particle joined to a capital: al-Serraj.
pub(super) fn begins_joined(context: &TextContext<'_>, at: usize, end: usize) -> bool {
    let bytes = &context.text.as_bytes()[at..end];
    let letters = bytes.iter().take(6).take_while(|byte| byte.is_ascii_lowercase()).count();
    let mark = bytes.get(letters).is_some_and(|&byte| ascii_uses(byte).has(Uses::INSIDE));
    mark && bytes.get(letters + 1).is_some_and(u8::is_ascii_uppercase)
        && (letters == 1 || context.lexicon.look_up(&context.text[at..at + letters]).1.has(TagSet::PARTICLE))
}

pub(super) fn begins_capital(text: &str, at: usize, end: usize) -> bool {
    at < end
        && (text.as_bytes()[at].is_ascii_uppercase()
            || text.as_bytes()[at] >= 0x80 && text[at..].starts_with(char::is_uppercase))
}

/// The place behind one space, or behind a line break with more text after it.
pub(super) fn after_space(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let mut next = at;
    let mut broken = false;
    while next < end && matches!(bytes[next], b' ' | b'\n' | b'\r' | b'\t') && next < at + 4 {
        broken |= bytes[next] == b'\n';
        next += 1;
    }
    (next > at && next < end && (broken || next == at + 1)).then_some(next)
}

pub(super) fn follows_capital(text: &str, after: usize, end: usize) -> bool {
    after_space(text.as_bytes(), after, end).is_some_and(|next| begins_capital(text, next, end))
}

/// Behind a nickname in marks with a capital after it: Robert “Bobby” Roe.
pub(super) fn after_nickname(text: &str, at: usize, end: usize) -> Option<(Span, usize)> {
    const LONGEST: usize = 24;
    let rest = &text[at..end];
    let open = rest.chars().next()?;
    let close = match open {
        '(' => ')',
        _ => closer(open)?,
    };
    let open = open.len_utf8();
    let stop = rest[open..].char_indices().take(LONGEST).find(|(_, letter)| *letter == close)?.0 + open;
    let nick = &rest[open..stop];
    let plain =
        nick.starts_with(char::is_uppercase) && nick.chars().all(|letter| letter.is_alphanumeric() || letter == ' ');
    let behind = after_space(text.as_bytes(), at + stop + close.len_utf8(), end)?;
    (plain && close != ')' && begins_capital(text, behind, end)).then_some((Span::new(at + open, at + stop), behind))
}

/// Where the word whose capital is at `at` begins; `None` if it is not a name: anti-Lim.
fn joined_start(context: &TextContext<'_>, at: usize) -> Option<usize> {
    let text = context.text;
    let Some(mark) = text[..at].chars().next_back().filter(|&mark| uses(mark).has(Uses::INSIDE)) else {
        return Some(at);
    };
    let stem_end = at - mark.len_utf8();
    let letters =
        text.as_bytes()[..stem_end].iter().rev().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let stem = &text[stem_end - letters..stem_end];
    match (mark, stem) {
        (_, "") => Some(at),
        (mark, stem) if is_apostrophe(mark) && context.lexicon.spelling().is_joined(stem) => Some(stem_end - letters),
        (mark, stem) if is_hyphen(mark) && context.lexicon.look_up(stem).1.has(TagSet::PARTICLE) => {
            Some(stem_end - letters)
        }
        _ => None,
    }
}
