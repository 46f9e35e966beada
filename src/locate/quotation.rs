//! A quotation made ready to be looked for: its words, and what its brackets and ellipses stand for.

use super::edge::Edges;
use super::fold::{Dots, FoldGap, FoldedWord, Words};
use super::sign::{SignKind, is_apostrophe, kind, ligature, narrow};
use crate::lang::{Language, LexicalRole};
use crate::marks::APOSTROPHE;
use crate::span::Span;
use once_cell::sync::Lazy;
use std::collections::HashMap;

/// An elision stands for this many words at most, and for the end of one paragraph.
pub(super) const LONGEST_ELISION: usize = 150;
/// An insertion in brackets stands for this many words at most.
pub(super) const LONGEST_REPLACED: usize = 8;
/// A quotation with more pieces than this is not read with its elisions.
pub(super) const MOST_PIECES: usize = 16;
/// Brackets longer than this, in bytes, are no insertion.
const LONGEST_BRACKET: usize = 200;
/// What a quotation has as its original had it: stands for no words.
static AS_WRITTEN: Lazy<Box<[&str]>> = Lazy::new(|| Language::english().words_of(LexicalRole::AsWritten).collect());

/// A word as it is compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Symbol {
    /// Words with the same number are the same but for the case of their first letter.
    pub(super) number: u32,
    pub(super) capital: bool,
    pub(super) gap: FoldGap,
    pub(super) span: Span,
}

/// The words of a quotation by number, with small first letters.
#[derive(Debug)]
pub(super) struct Vocabulary {
    numbers: HashMap<Box<str>, u32>,
    words: Vec<Box<str>>,
    /// Of the ASCII words that share a slot, the first. Most words of a text are in an empty slot or are that word, and
    /// need not be looked up.
    slots: Box<[u32; SLOTS]>,
    buffer: String,
}

const SLOTS: usize = 1 << 10;
const FREE: u32 = u32::MAX;

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        let slots = Box::new([FREE; SLOTS]);
        Vocabulary { numbers: HashMap::new(), words: Vec::new(), slots, buffer: String::new() }
    }
}

impl Vocabulary {
    /// The number of a word of the quotation, and whether it begins with a capital.
    fn add(&mut self, word: &str) -> (u32, bool) {
        let capital = fold(word, &mut self.buffer);
        let key = self.buffer.as_str();
        let next = self.words.len() as u32;
        let number = *self.numbers.entry(key.into()).or_insert(next);
        if number == next {
            self.words.push(key.into());
            let free = &mut self.slots[slot(key.as_bytes())];
            *free = (*free).min(number);
        }
        (number, capital)
    }

    /// The same for a word of the text, `None` if the quotation does not have it.
    #[inline]
    pub(super) fn find(&mut self, text: &str, word: &FoldedWord) -> Option<(u32, bool)> {
        let letters = &text[word.span];
        if word.plain {
            let number = self.slots[slot(letters.as_bytes())];
            let known = self.words.get(number as usize)?.as_bytes();
            let (first, rest) = letters.as_bytes().split_first()?;
            if known[0] == first.to_ascii_lowercase() && known[1..] == *rest {
                return Some((number, first.is_ascii_uppercase()));
            }
        }
        let capital = fold(letters, &mut self.buffer);
        self.numbers.get(self.buffer.as_str()).map(|number| (*number, capital))
    }

    /// How many different words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }
}

/// By the first letter, the last one and the length. A capital at the start makes no difference.
#[inline]
fn slot(word: &[u8]) -> usize {
    let letter = |at: usize| word.get(at).map_or(0, |letter| usize::from(letter | 0x20));
    (letter(0) + (letter(word.len().wrapping_sub(1)) << 5) + (word.len() << 3)) % SLOTS
}

/// Writes a word with a small first letter and its typography folded; says if that letter was a capital.
pub(super) fn fold(word: &str, out: &mut String) -> bool {
    out.clear();
    let mut capital = false;
    for letter in word.chars().filter(|letter| kind(*letter) != SignKind::Ignored).map(narrow) {
        match ligature(letter) {
            Some(letters) => out.push_str(letters),
            None if is_apostrophe(letter) => out.push(APOSTROPHE),
            None if out.is_empty() => {
                capital = letter.is_uppercase();
                out.extend(letter.to_lowercase());
            }
            None => out.push(letter),
        }
    }
    capital
}

/// What may stand in the text between two pieces of a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Joint {
    /// How many words.
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) paragraphs: u32,
    /// How the one word begins and ends that is written with brackets inside: *walk\[ed\]*.
    pub(super) stem: Option<(Span, Span)>,
}

impl Joint {
    const ELISION: Joint = Joint { least: 0, most: LONGEST_ELISION, paragraphs: 1, stem: None };

    fn insertion(words: &str) -> Joint {
        let most = if AS_WRITTEN.contains(&words.trim()) { 0 } else { LONGEST_REPLACED };
        Joint { most, ..Joint::default() }
    }

    /// One behind the other, no word between them; `None` where they cannot be told apart.
    fn and(self, other: Joint) -> Option<Joint> {
        if self == Joint::default() || other == Joint::default() {
            return Some(if self == Joint::default() { other } else { self });
        }
        let stem = self.stem.or(other.stem).is_some();
        let most = (self.most + other.most).min(LONGEST_ELISION);
        (!stem).then_some(Joint { most, paragraphs: self.paragraphs.max(other.paragraphs), ..Joint::default() })
    }
}

/// Words that stand in the text one behind the other.
#[derive(Debug)]
pub(super) struct QuotationPiece {
    /// What may stand before them; nothing counts before the first piece.
    pub(super) joint: Joint,
    pub(super) symbols: Vec<Symbol>,
    pub(super) edges: Edges,
}

/// One way to read a quotation.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) pieces: Vec<QuotationPiece>,
    /// Words are left out or stand in brackets.
    pub(super) elided: bool,
}

impl Reading {
    /// Its words by number, in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.pieces.iter().flat_map(|piece| &piece.symbols).map(|symbol| symbol.number)
    }
}

/// A quotation made ready to be looked for.
#[derive(Debug)]
pub(super) struct Quotation<'q> {
    pub(super) text: &'q str,
    /// Without the space and the marks around it.
    pub(super) core: Span,
    pub(super) vocabulary: Vocabulary,
    /// Word by word.
    pub(super) literal: Reading,
    /// With its brackets and ellipses as what they stand for, if it has any.
    pub(super) edited: Option<Reading>,
}

impl<'q> Quotation<'q> {
    /// `None` if it has no word.
    pub(super) fn new(text: &'q str) -> Option<Quotation<'q>> {
        let around = |letter: char| matches!(kind(letter), SignKind::Mark | SignKind::Space | SignKind::Ignored);
        let start = text.len() - text.trim_start_matches(around).len();
        let core = Span::new(start, start + text[start..].trim_end_matches(around).len());
        let mut vocabulary = Vocabulary::default();
        let whole = Part { joint: Joint::default(), span: core, initial: false };
        let literal = Reading { pieces: vec![whole.read(text, &mut vocabulary)?], elided: false };
        let edited = QuotationParts::new(text, core).read(&mut vocabulary);
        Some(Quotation { text, core, vocabulary, literal, edited })
    }
}

/// A part of a quotation between elisions and brackets.
#[derive(Clone, Copy, Debug)]
struct Part {
    joint: Joint,
    span: Span,
    /// Its first letter stands in brackets, the closing one behind it.
    initial: bool,
}

impl Part {
    /// `None` if it has no word.
    fn read(self, text: &str, vocabulary: &mut Vocabulary) -> Option<QuotationPiece> {
        let mut words = Words::within(text, self.span);
        let mut symbols = Vec::new();
        if self.initial {
            let (letter, rest) = (words.next()?, words.next()?);
            let word = [&text[letter.span], &text[rest.span]].concat();
            let (number, capital) = vocabulary.add(&word);
            let span = Span::new(letter.span.start, rest.span.end);
            symbols.push(Symbol { number, capital, gap: letter.gap, span });
        }
        symbols.extend(words.map(|word| {
            let (number, capital) = vocabulary.add(&text[word.span]);
            Symbol { number, capital, gap: word.gap, span: word.span }
        }));
        let words = Span::new(symbols.first()?.span.start, symbols.last()?.span.end);
        Some(QuotationPiece { joint: self.joint, edges: Edges::of(&text[..self.span.end], words), symbols })
    }
}

/// Cuts a quotation at its elisions and brackets.
struct QuotationParts<'q> {
    text: &'q str,
    end: usize,
    parts: Vec<Part>,
    next: Part,
    elided: bool,
}

impl<'q> QuotationParts<'q> {
    fn new(text: &'q str, core: Span) -> QuotationParts<'q> {
        let next = Part { joint: Joint::default(), span: core, initial: false };
        QuotationParts { text, end: core.end, parts: Vec::new(), next, elided: false }
    }

    /// `None` if there is nothing to cut at, or it cannot be read so.
    fn read(mut self, vocabulary: &mut Vocabulary) -> Option<Reading> {
        let mut at = self.next.span.start;
        while at < self.end {
            let letter = self.text[at..].chars().next()?;
            at = match kind(letter) {
                SignKind::Dot | SignKind::Ellipsis => self.dots(at),
                _ if letter == '[' || letter == '(' => self.bracket(at, letter),
                _ => at + letter.len_utf8(),
            };
        }
        if self.parts.is_empty() && !self.next.initial {
            return None;
        }
        self.cut(self.end, self.end, Joint::default(), false);
        let pieces = self.pieces(vocabulary)?;
        Some(Reading { elided: self.elided, pieces })
    }

    /// Ends a part at a place; the next one begins at another.
    fn cut(&mut self, at: usize, next: usize, joint: Joint, initial: bool) {
        self.parts.push(Part { span: Span::new(self.next.span.start, at), ..self.next });
        self.next = Part { joint, span: Span::new(next, self.end), initial };
    }

    /// Parts without a word go up into the joints around them.
    fn pieces(&mut self, vocabulary: &mut Vocabulary) -> Option<Vec<QuotationPiece>> {
        let mut pieces: Vec<QuotationPiece> = Vec::new();
        let mut open = Joint::default();
        for part in &self.parts {
            let joint = open.and(part.joint)?;
            let Some(piece) = (Part { joint, ..*part }).read(self.text, vocabulary) else {
                open = joint;
                continue;
            };
            if pieces.is_empty() && joint.stem.is_some() {
                return None;
            }
            self.elided |= !pieces.is_empty() && joint.most > 0;
            pieces.push(piece);
            open = Joint::default();
        }
        let fits = (1..=MOST_PIECES).contains(&pieces.len()) && open.stem.is_none();
        fits.then_some(pieces)
    }

    fn dots(&mut self, at: usize) -> usize {
        let dots = Dots::read(&self.text[..self.end], at);
        if dots.is_ellipsis() {
            self.cut(at, dots.end, Joint::ELISION, false);
        }
        dots.end
    }

    /// Where to go on behind a bracket that opens at a place.
    fn bracket(&mut self, at: usize, open: char) -> usize {
        let close = if open == '[' { b']' } else { b')' };
        let inside = at + open.len_utf8();
        let part = &self.text[..self.end];
        let Some(length) = part.as_bytes()[inside..].iter().take(LONGEST_BRACKET).position(|byte| *byte == close)
        else {
            return inside;
        };
        let (words, end) = (&part[inside..inside + length], inside + length + 1);
        if is_elision(words) {
            self.cut(at, end, Joint::ELISION, false);
            return end;
        }
        if open == '(' {
            return inside;
        }
        let not_letter = |letter: char| kind(letter) != SignKind::Letter;
        let before = &part[self.next.span.start..at];
        let prefix = Span::new(at - before.len() + before.rfind(not_letter).map_or(0, |at| next_char(before, at)), at);
        let suffix = Span::new(end, part[end..].find(not_letter).map_or(part.len(), |length| end + length));
        let one_letter = words.chars().count() == 1 && !words.contains(not_letter);
        if prefix.is_empty() && suffix.is_empty() {
            let joint = Joint::insertion(words);
            self.elided |= joint.most > 0;
            self.cut(at, end, joint, false);
        } else if prefix.is_empty() && one_letter {
            self.cut(at, inside, Joint::default(), true);
        } else {
            let joint = Joint { least: 1, most: 1, stem: Some((prefix, suffix)), ..Joint::default() };
            self.cut(prefix.start, suffix.end, joint, false);
            return suffix.end;
        }
        end
    }
}

fn next_char(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Whether what stands in brackets says that words were left out.
fn is_elision(words: &str) -> bool {
    const LEAST: usize = 2;
    let of_dots =
        words.chars().all(|letter| matches!(kind(letter), SignKind::Dot | SignKind::Ellipsis | SignKind::Space));
    let dots = words.chars().filter(|letter| kind(*letter) == SignKind::Dot).count();
    of_dots && (dots >= LEAST || words.chars().any(|letter| kind(letter) == SignKind::Ellipsis))
}
