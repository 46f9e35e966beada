//! Capitals: where words begin, what may be part of a name, and what stands before one.

use super::Ground;
use super::names::{Name, NameWord};
use super::runs::{FUNCTION, Place};
use crate::span::Span;
use crate::token::Class;
use crate::word::{self, Key};

/// Whether a word may be part of a name. `follows`: a word with a capital comes next.
#[inline]
pub(super) fn is_nameable(word: &NameWord, place: Place, follows: impl Fn() -> bool) -> bool {
    // Half of all are words no list has.
    let unknown = !word.class.has(Class::KNOWN) && word.end - word.start > 1;
    unknown && word.class.has(Class::CAP) || is_known_nameable(word, place, follows)
}

fn is_known_nameable(word: &NameWord, place: Place, follows: impl Fn() -> bool) -> bool {
    let class = word.class;
    if !class.has(Class::CAP) || word.end - word.start == 1 && class.without(Class::ABBREVIATION).has(Class::PRONOUN) {
        return false;
    }
    if !class.has(Class::KNOWN) {
        return true;
    }
    if class.has(Class::TIME) {
        return class.has(Class::FIRST) && follows();
    }
    if class.has(FUNCTION) {
        let acronym = class.has(Class::UPPER) && !place.headline && word.end - word.start <= 3;
        let given = class.has(Class::FIRST) && class.has(Class::MODAL);
        let number = class.has(Class::NUMBER) && !place.initial;
        return acronym || number || given && follows() || class.has(Class::TITLE | Class::SUFFIX);
    }
    if class.has(Class::FIRST | Class::TITLE | Class::PARTICLE | Class::SUFFIX) {
        return true;
    }
    if place.headline {
        return class.has(Class::ROLE | Class::GROUP) && follows();
    }
    true
}

/// How many words of a run are titles: up to the last title or role with a name behind it.
pub(super) fn titles_of(words: &[NameWord]) -> usize {
    let is_title = |word: &NameWord| {
        let class = word.class;
        class.has(Class::TITLE | Class::ROLE) && (class.has(Class::ABBREVIATION) || !class.has(Class::FIRST))
    };
    let count = words.len();
    let Some(last) = words.iter().rposition(is_title) else { return 0 };
    if last + 1 < count {
        let behind = &words[last + 1..];
        if behind[0].class.has(Class::CAP) {
            // A body or a paper, not a person: General Assembly, Tenant Act.
            let body = behind.iter().all(|word| word.class.has(Class::KNOWN) && !word.class.has(Class::FIRST));
            let body = behind.last().is_some_and(|word| {
                word.class.has(Class::GROUP) && (body || behind.len() > 2) || word.class.has(Class::DOCUMENT) && body
            });
            return if body { 0 } else { last + 1 };
        }
        // Secretary of State Ana Lim
        let person = behind.iter().position(|word| {
            word.class.has(Class::CAP) && (word.class.has(Class::FIRST) || !word.class.has(Class::KNOWN))
        });
        return match person {
            Some(at) if behind[..at].iter().any(|word| word.class.has(Class::CAP)) => last + 1 + at,
            _ => count,
        };
    }
    // Stephen King is a name, Prime Minister is none, the Mock Turtle is one.
    let given = words[..last].iter().any(|word| word.class.has(Class::FIRST) && !word.class.has(Class::TITLE));
    let lesser = words[..last].iter().rposition(is_title).map_or(0, |at| at + 1);
    if given && lesser < last { lesser } else { count }
}

/// What stands before a name that begins no sentence: `before` is the word right before it.
pub(super) fn context(ground: &Ground<'_>, before: Option<Before>) -> u16 {
    let Some(Before { span, entry, class }) = before else { return 0 };
    let role = if class.has(Class::ROLE) { Name::AFTER_ROLE } else { 0 };
    Name::AFTER_WORD | role | used_as(ground, span, entry, class)
}

/// What the word in `span` makes of a name after it.
fn used_as(ground: &Ground<'_>, span: Span, entry: u16, class: Class) -> u16 {
    // In *said that Lim*, *that* is no article.
    if class.has(Class::DET) && !class.has(Class::THAT) {
        let earlier = word_before(ground.text, span.start).map(|word| ground.class(word));
        let object = earlier.is_some_and(|class| class.has(Class::PREP | Class::VERBAL | Class::TO));
        return Name::ARTICLE | if object { Name::OBJECT } else { 0 };
    }
    if ground.terms.is_locative(ground.lexicon, entry) {
        return Name::LOCATIVE | Name::OBJECT;
    }
    let object = class.has(Class::PREP | Class::TO) || class.has(Class::VERBAL) && !class.has(Class::NOUN);
    if object { Name::OBJECT } else { 0 }
}

/// The word right before a place.
#[derive(Clone, Copy)]
pub(super) struct Before {
    pub(super) span: Span,
    entry: u16,
    pub(super) class: Class,
}

impl Before {
    #[inline]
    pub(super) fn read(ground: &Ground<'_>, at: usize) -> Option<Before> {
        let bytes = ground.text.as_bytes();
        let end = at.checked_sub(1).filter(|&end| matches!(bytes[end], b' ' | b'\n'))?;
        let (span, (entry, class)) = match short_word_ending(bytes, end) {
            Some((_, 0)) => return None,
            Some((key, len)) => (Span::new(end - len, end), ground.lexicon.look_up_key(key)),
            None => {
                let span = long_word_ending(ground.text, end)?;
                (span, ground.look_up(span))
            }
        };
        Some(Before { span, entry, class })
    }

    /// Whether a time after it is one, and no name: *on* Sunday, *last* June.
    pub(super) fn tells_when(&self, ground: &Ground<'_>) -> bool {
        ground.terms.links(self.entry)
            || ground.terms.is_locative(ground.lexicon, self.entry)
            || self.class.has(Class::ADJ)
    }
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
    let (mut all, mut with, mut len, mut capital) = (0, 0, 0, false);
    for &byte in bytes[paragraph.start..paragraph.end].iter().chain(b" ") {
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => {
                if len >= LONG_WORD {
                    all += 1;
                    with += usize::from(capital);
                    // Of every five at most one has none.
                    if (all - with) * 4 > capitals {
                        return false;
                    }
                }
                len = 0;
            }
            _ if len > 0 => len += 1,
            b'"' | b'\'' | b'(' | 0x80..=0xBF | 0xE2 => {}
            _ => {
                capital = byte.is_ascii_uppercase() || byte >= 0xC0;
                len = 1;
            }
        }
    }
    all >= LEAST && with * 5 >= all * 4
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

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

    /// The first at `at` or behind it.
    #[inline]
    pub(super) fn next(&self, at: usize) -> Option<usize> {
        let mut block = at / BLOCK;
        let mut mask = self.0.get(block)? & (u64::MAX << (at % BLOCK));
        while mask == 0 {
            block += 1;
            mask = *self.0.get(block)?;
        }
        Some(block * BLOCK + mask.trailing_zeros() as usize)
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

/// One bit for each byte that may begin a capital letter: A to Z, and the first of two that make a letter.
#[inline]
fn capitals_of(block: &[u8; BLOCK]) -> u64 {
    // Gathers the lowest bits of eight bytes in one: bit i of byte j times 2^(56 - 7j) is bit 56 + j.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut hits = [0u8; BLOCK];
    for (hit, &byte) in hits.iter_mut().zip(block) {
        *hit = u8::from((byte.wrapping_sub(b'A') < 26) | (byte & 0xE0 == 0xC0));
    }
    let eights = hits.chunks_exact(8).map(|eight| eight.try_into().map_or(0, u64::from_le_bytes));
    let gathered = eights.map(|eight| eight.wrapping_mul(GATHER) >> 56);
    gathered.enumerate().fold(0, |mask, (place, bits)| mask | bits << (8 * place))
}

/// Whether a capital at `at` is a letter with none before it.
#[inline]
pub(super) fn starts_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
    if before < 0x80 && bytes[at] < 0x80 {
        return !before.is_ascii_alphanumeric();
    }
    starts_word_behind(text, at, before)
}

fn starts_word_behind(text: &str, at: usize, before: u8) -> bool {
    let bytes = text.as_bytes();
    if before.is_ascii_alphanumeric() {
        return false;
    }
    if bytes[at] >= 0x80 && !(text.is_char_boundary(at) && text[at..].starts_with(char::is_uppercase)) {
        return false;
    }
    before < 0x80 || !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

/// Whether a sentence begins at `at`.
#[inline]
pub(super) fn is_initial(text: &str, paragraph: usize, at: usize) -> bool {
    let bytes = text.as_bytes();
    if at == paragraph {
        return true;
    }
    // Mostly it stands behind a space and a letter, or behind a word with a stop.
    if let Some([.., one, two, last, b' ']) = bytes[paragraph..at].last_chunk::<4>() {
        if last.is_ascii_alphanumeric() {
            return false;
        }
        if *last == b'.' && one.is_ascii_alphanumeric() && two.is_ascii_alphanumeric() {
            return true;
        }
    }
    is_initial_behind(text, paragraph, at)
}

#[inline(never)]
fn is_initial_behind(text: &str, paragraph: usize, at: usize) -> bool {
    let before = text[paragraph..at].trim_end_matches(|letter: char| {
        letter.is_whitespace() || is_mark(letter) || matches!(letter, '(' | '[' | '*' | '_')
    });
    match before.as_bytes().last() {
        None | Some(b'!' | b'?') => true,
        Some(b'.') => {
            let word = before[..before.len() - 1].rsplit(|letter: char| !letter.is_alphanumeric()).next();
            before.len() != at - paragraph && word.is_some_and(|word| word.len() > 1) || before.ends_with("..")
        }
        // A quotation begins after a mark: *said: “We …*
        Some(b':' | b',') => text[paragraph + before.len()..at].contains(is_mark),
        Some(_) => before.ends_with('…') || before.is_empty(),
    }
}

/// A particle joined to a capital: al-Serraj.
pub(super) fn begins_joined(ground: &Ground<'_>, at: usize, end: usize) -> bool {
    let bytes = &ground.text.as_bytes()[at..end];
    let letters = bytes.iter().take(6).take_while(|byte| byte.is_ascii_lowercase()).count();
    let mark = bytes.get(letters).is_some_and(|&byte| byte == b'-' || byte == b'\'');
    mark && bytes.get(letters + 1).is_some_and(u8::is_ascii_uppercase)
        && (letters == 1 || ground.lexicon.look_up(&ground.text[at..at + letters]).1.has(Class::PARTICLE))
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
    let close = match rest.chars().next()? {
        '“' => '”',
        '„' => '“',
        '«' => '»',
        '"' => '"',
        '‘' => '’',
        '\'' => '\'',
        '(' => ')',
        _ => return None,
    };
    let open = rest.chars().next()?.len_utf8();
    let stop = rest[open..].char_indices().take(LONGEST).find(|(_, letter)| *letter == close)?.0 + open;
    let nick = &rest[open..stop];
    let plain =
        nick.starts_with(char::is_uppercase) && nick.chars().all(|letter| letter.is_alphanumeric() || letter == ' ');
    let behind = after_space(text.as_bytes(), at + stop + close.len_utf8(), end)?;
    (plain && close != ')' && begins_capital(text, behind, end)).then_some((Span::new(at + open, at + stop), behind))
}

/// Where the word whose capital is at `at` begins; `None` if it is not a name: anti-Lim.
#[inline]
pub(super) fn joined_start(ground: &Ground<'_>, at: usize) -> Option<usize> {
    let bytes = ground.text.as_bytes();
    if at.checked_sub(1).is_none_or(|before| matches!(bytes[before], b' ' | b'\n' | b'"' | b'(')) {
        return Some(at);
    }
    joined_start_behind(ground, at)
}

fn joined_start_behind(ground: &Ground<'_>, at: usize) -> Option<usize> {
    let text = ground.text;
    let mark = text[..at].chars().next_back().filter(|mark| matches!(mark, '-' | '\'' | '’' | '‑'));
    let Some(mark) = mark else { return Some(at) };
    let stem_end = at - mark.len_utf8();
    let letters =
        text.as_bytes()[..stem_end].iter().rev().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let stem = &text[stem_end - letters..stem_end];
    match (mark, stem) {
        (_, "") => Some(at),
        ('\'' | '’', "d" | "l" | "al" | "o") => Some(stem_end - letters),
        ('-' | '‑', stem) if ground.lexicon.look_up(stem).1.has(Class::PARTICLE) => Some(stem_end - letters),
        _ => None,
    }
}

/// The word one space before `at`.
pub(super) fn word_before(text: &str, at: usize) -> Option<Span> {
    let end = at.checked_sub(1).filter(|&end| matches!(text.as_bytes()[end], b' ' | b'\n'))?;
    word_ending(text, end)
}

/// The word that ends at `end`.
pub(super) fn word_ending(text: &str, end: usize) -> Option<Span> {
    match short_word_ending(text.as_bytes(), end) {
        Some((_, len)) => (len > 0).then(|| Span::new(end - len, end)),
        None => long_word_ending(text, end),
    }
}

/// Mostly it is a short run of letters behind a space.
#[inline]
fn short_word_ending(bytes: &[u8], end: usize) -> Option<(Key, usize)> {
    let chunk = bytes[..end].last_chunk::<8>()?;
    let (key, len) = word::last_run(u64::from_le_bytes(*chunk));
    let before = chunk.get(7usize.wrapping_sub(len))?;
    (*before < 0x80 && !matches!(before, b'-' | b'\'')).then_some((key, len))
}

fn long_word_ending(text: &str, end: usize) -> Option<Span> {
    const LONGEST: usize = 32;
    let bytes = &text.as_bytes()[..end];
    let letters = bytes
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'') || **byte >= 0x80);
    let start = end - letters.count();
    let start = (start..end).find(|&start| text.is_char_boundary(start))?;
    let word = text[start..end].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let start = end - word.len();
    word.ends_with(char::is_alphanumeric).then(|| Span::new(start, end))
}
