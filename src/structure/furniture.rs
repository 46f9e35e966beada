//! What belongs to the page: bylines, credits, time stamps, links, counters.

use super::words::{beginning, ends_sentence, words};
use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::token::TagSet;

/// How much of a paragraph is furniture.
pub(super) enum Furniture {
    None,
    All,
    /// What stands before this place in the text.
    To(usize),
}

impl Furniture {
    pub(super) fn read(text: &str, paragraph: Span, lexicon: &Lexicon) -> Furniture {
        let own = &text[paragraph];
        let first = own.as_bytes()[0];
        // Most paragraphs begin with a letter and a word that begins no furniture.
        if first.is_ascii_digit() {
            return to(text, paragraph, time(own)).unwrap_or_else(|| all(is_count(own, lexicon)));
        }
        let head = if first.is_ascii_alphabetic() { own } else { own.trim_start_matches(['(', '[', '*', '_']) };
        if !lexicon.may_begin_page(head.as_bytes()) {
            return all(own.starts_with('©'));
        }
        let Some(word) = words(beginning(head)).next().filter(|word| head.starts_with(word)) else {
            return Furniture::None;
        };
        let is = |role| lexicon.is_spelled(word, role);
        match () {
            () if is(LexicalRole::Notice) => notice(text, paragraph, lexicon),
            () if is(LexicalRole::Byline) => all(is_byline(own, lexicon)),
            () if is(LexicalRole::Credit) => all(is_credit(head, lexicon)),
            () if is(LexicalRole::Share) => share(text, paragraph, lexicon),
            () => Furniture::None,
        }
    }
}

fn all(is: bool) -> Furniture {
    if is { Furniture::All } else { Furniture::None }
}

/// Furniture of so many bytes; `None` if it is none.
fn to(text: &str, paragraph: Span, len: usize) -> Option<Furniture> {
    let rest = text[paragraph][len..].trim_start();
    let furniture = if rest.is_empty() { Furniture::All } else { Furniture::To(paragraph.end - rest.len()) };
    (len > 0).then_some(furniture)
}

/// How long the time is that stands before a sentence, or alone: `07.49 `, `16:06 BST `.
fn time(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let minutes = bytes.get(digits + 1..digits + 3).is_some_and(|minutes| minutes.iter().all(u8::is_ascii_digit));
    let parted = bytes.get(digits).is_some_and(|byte| matches!(byte, b'.' | b':'));
    if digits == 0 || digits > 2 || !parted || !minutes || bytes.get(digits + 3).is_some_and(u8::is_ascii_alphanumeric)
    {
        return 0;
    }
    let mut end = digits + 3;
    // The hour's half and the zone: am, p.m., BST.
    for word in text[end..].split(' ').skip(1).take(2) {
        let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
        let is_half = matches!(letters, 1 | 2) && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'.');
        let is_zone = matches!(letters, 2..=4) && word.bytes().all(|byte| byte.is_ascii_uppercase());
        if letters == 0 || !is_half && !is_zone {
            break;
        }
        end += 1 + word.len();
    }
    let rest = text[end..].trim_start_matches([' ', '.', ':', '|']);
    let begins = rest.chars().next().is_none_or(|first| !first.is_lowercase() && !first.is_ascii_digit());
    if begins && (rest.is_empty() || text[end..].starts_with([' ', '.', ':'])) { end } else { 0 }
}

/// `12 comments`, `3 min read`
fn is_count(text: &str, lexicon: &Lexicon) -> bool {
    const MOST: usize = 4;
    text.split_whitespace().count() <= MOST
        && !ends_sentence(text)
        && words(text).skip(1).any(|word| lexicon.is_spelled(word, LexicalRole::Counted))
}

/// `Photo: Ana Lim`; where a sentence stands behind the label, the label alone is furniture.
fn notice(text: &str, paragraph: Span, lexicon: &Lexicon) -> Furniture {
    const LONGEST: usize = 40;
    const FEWEST: usize = 4;
    let own = &text[paragraph];
    let Some(colon) = own.as_bytes().iter().take(LONGEST).position(|byte| *byte == b':') else {
        return Furniture::None;
    };
    let rest = own[colon + 1..].trim_start_matches([' ', '*', '_']);
    let label = own[..colon].split_whitespace().count();
    if label > 3 || !own[colon + 1..].is_empty() && !own[colon + 1..].starts_with([' ', '*', '_']) {
        return Furniture::None;
    }
    if !ends_sentence(rest) || rest.split_whitespace().count() < FEWEST {
        return Furniture::All;
    }
    // Video: Watch now …
    let mut from = rest;
    for word in rest.split_inclusive(' ') {
        if !lexicon.is_spelled(word.trim_end(), LexicalRole::Share) {
            break;
        }
        from = &from[word.len()..];
    }
    Furniture::To(paragraph.end - from.len())
}

/// `By Ana Lim and Tom Roe, Courier staff`
fn is_byline(text: &str, lexicon: &Lexicon) -> bool {
    const MOST: usize = 12;
    const SMALL: TagSet = TagSet::AND.union(TagSet::PREP).union(TagSet::PARTICLE).union(TagSet::DET);
    let mut count = 0;
    let mut name = false;
    for word in text.split_whitespace().skip(1) {
        count += 1;
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let class = lexicon.look_up(bare).1;
        let is_capital = bare.starts_with(char::is_uppercase);
        if !is_capital && !bare.is_empty() && !class.has(SMALL | TagSet::ROLE | TagSet::GROUP) {
            return false;
        }
        name |= count == 1 && is_capital && !class.has(TagSet::TIME | TagSet::NUMBER);
    }
    name && count <= MOST && !ends_sentence(text) && !text.ends_with(',')
}

/// `(Reporting by Ana Lim; editing by Tom Roe)`, `Additional reporting by …`
fn is_credit(text: &str, lexicon: &Lexicon) -> bool {
    const NEAR: usize = 4;
    let mut first = words(beginning(text)).take(NEAR).skip(1);
    first.any(|word| lexicon.is_spelled(word, LexicalRole::Byline))
}

/// `Share this story`, `Follow us on …`; what is glued to a sentence goes to the last of its words that is in capitals.
fn share(text: &str, paragraph: Span, lexicon: &Lexicon) -> Furniture {
    const MOST: usize = 9;
    let own = &text[paragraph];
    let count = own.split_whitespace().take(MOST + 1).count();
    if count <= MOST && !ends_sentence(own) {
        return Furniture::All;
    }
    let mut end = 0;
    let mut at = 0;
    for word in own.split_inclusive(' ').take(MOST) {
        at += word.len();
        let word = word.trim_end();
        if word.len() > 1 && !word.contains(char::is_lowercase) && lexicon.is_spelled(word, LexicalRole::Share) {
            end = at;
        }
    }
    to(text, paragraph, end).unwrap_or(Furniture::None)
}
