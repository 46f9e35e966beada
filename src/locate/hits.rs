//! Where the words of a quotation stand in a text.

use super::fold::{DASH, ELLIPSIS, FoldGap, FoldedWord, Signs, Traits, Words};
use super::quotation::{Symbol, Vocabulary};
use crate::lang::Language;
use crate::span::Span;
use once_cell::sync::Lazy;
use std::collections::HashSet;
use std::ops::Range;

/// A word of the text as it is compared; the quotation has it, too, if nothing else is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) symbol: Symbol,
    /// Which word of the text it is.
    pub(super) ordinal: usize,
    pub(super) paragraph: u32,
    /// A tag stood before it and was left out.
    pub(super) join: Option<Join>,
}

impl Hit {
    /// Whether a gap of the quotation is like the one before this word.
    pub(super) fn has_gap(&self, gap: FoldGap) -> bool {
        self.join.map_or(gap.is_like(self.symbol.gap), |join| join.accepts(gap.signs))
    }

    /// The same for the punctuation alone, without quotation marks.
    pub(super) fn has_signs(&self, gap: FoldGap) -> bool {
        self.join.map_or(gap.signs == self.symbol.gap.signs, |join| join.accepts(gap.signs))
    }
}

/// The number of a word that the quotation does not have.
pub(super) const UNKNOWN: u32 = u32::MAX;

/// From the start of one hit to the end of another.
pub(super) fn between(first: &Hit, last: &Hit) -> Span {
    Span::new(first.symbol.span.start, last.symbol.span.end)
}

/// Cuts hits where tags were left out.
pub(super) fn runs(hits: &[Hit]) -> impl Iterator<Item = &[Hit]> {
    hits.chunk_by(|_, next| next.join.is_none())
}

/// The punctuation around a tag: *“If it rains,” said Lim, “we stay.”*
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    before: Signs,
    /// The tag ends its sentence.
    stop: bool,
}

const COMMA: Signs = Signs::of(',');
const STOP: Signs = Signs::of('.');

impl Join {
    /// Whether a quotation without the tag may have these signs in its place: the comma before a tag and the one behind
    /// it may be the writer's, or stand for a full stop.
    pub(super) fn accepts(self, signs: Signs) -> bool {
        match (self.before == COMMA, self.stop) {
            (true, true) => signs == STOP,
            (true, false) => signs == COMMA || signs == Signs::NONE,
            (false, _) => signs == self.before,
        }
    }
}

/// The words of a text without its tags from one of them on, as they are compared; what the quotation does not have is
/// [`UNKNOWN`].
pub(super) fn read<'r>(
    text: &'r str,
    tags: &'r [HitTag],
    first: usize,
    vocabulary: &'r mut Vocabulary,
) -> impl Iterator<Item = Hit> + 'r {
    let (mut tags, mut paragraph, mut join) = (tags.iter().peekable(), 0, None);
    let kept = Words::new(text).enumerate().filter_map(move |(at, word)| {
        paragraph += u32::from(word.traits.paragraph);
        if tags.peek().is_some_and(|tag| tag.words.start <= at) {
            let ends = tags.next_if(|tag| tag.words.end == at + 1);
            join = ends.map(|tag| tag.join);
            return None;
        }
        Some((word, paragraph, join.take()))
    });
    kept.enumerate().skip(first).map(|(ordinal, (word, paragraph, join))| {
        let (number, capital) = vocabulary.find(text, &word).unwrap_or((UNKNOWN, false));
        let symbol = Symbol { number, capital, gap: word.gap, span: word.span };
        Hit { symbol, ordinal, paragraph, join }
    })
}

/// Those that the quotation has.
pub(super) fn find(text: &str, tags: &[HitTag], vocabulary: &mut Vocabulary) -> Vec<Hit> {
    read(text, tags, 0, vocabulary).filter(|hit| hit.symbol.number != UNKNOWN).collect()
}

/// What stands between a closing and an opening mark and looks like a tag.
#[derive(Clone, Debug)]
pub(super) struct HitTag {
    /// Which words of the text.
    words: Range<usize>,
    join: Join,
}

impl HitTag {
    /// All of a text, in order.
    pub(super) fn all(text: &str) -> Vec<HitTag> {
        let mut tags = Vec::new();
        let mut open: Option<Begun> = None;
        let mut previous = None;
        for (at, word) in Words::new(text).enumerate() {
            open = match open {
                Some(tag) if tag.ends(at, &word) => {
                    let join = Join { before: tag.before, stop: word.gap.signs == STOP };
                    tags.push(HitTag { words: tag.at..at, join });
                    None
                }
                Some(tag) if tag.goes_on(text, at, &word, previous) => Some(tag),
                _ => Begun::at(at, &word),
            };
            previous = Some(word);
        }
        tags
    }
}

/// What may turn out to be a tag.
#[derive(Clone, Copy)]
struct Begun {
    /// Its first word.
    at: usize,
    /// The signs before it.
    before: Signs,
}

impl Begun {
    const FEWEST_WORDS: usize = 2;
    const MOST_WORDS: usize = 16;

    /// A tag begins behind a closing mark, with a sign that says the sentence goes on.
    fn at(at: usize, word: &FoldedWord) -> Option<Begun> {
        const BEFORE: [Signs; 5] = [COMMA, Signs::of('?'), Signs::of('!'), Signs::of(DASH), Signs::of(ELLIPSIS)];
        let Traits { opens, closes, paragraph, .. } = word.traits;
        let begins = closes && !opens && !paragraph && BEFORE.contains(&word.gap.signs);
        begins.then_some(Begun { at, before: word.gap.signs })
    }

    /// It ends before an opening mark, with a comma, a dash or a full stop.
    fn ends(self, at: usize, next: &FoldedWord) -> bool {
        const BEHIND: [Signs; 4] = [COMMA, STOP, Signs::of(DASH), COMMA.and(DASH)];
        let Traits { opens, closes, paragraph, .. } = next.traits;
        let long_enough = at - self.at >= Begun::FEWEST_WORDS;
        opens && !closes && !paragraph && long_enough && BEHIND.contains(&next.gap.signs)
    }

    /// Whether the next word can be in it: a tag is one sentence at most.
    fn goes_on(self, text: &str, at: usize, next: &FoldedWord, previous: Option<FoldedWord>) -> bool {
        let Traits { opens, closes, paragraph, stop, colon } = next.traits;
        let stop = stop && !previous.is_some_and(|word| is_short(text, &word) && next.gap.signs == STOP);
        !(opens || closes || paragraph || stop || colon) && at - self.at < Begun::MOST_WORDS
    }
}

/// Whether a full stop behind a word may be its own: *Dr.*, *J.*
fn is_short(text: &str, word: &FoldedWord) -> bool {
    /// Letters of the longest abbreviation.
    const LONGEST: usize = 8;
    let letters = &text[word.span];
    let one_letter = letters.chars().nth(1).is_none();
    letters.len() <= LONGEST && (one_letter || ABBREVIATIONS.contains(letters.to_lowercase().as_str()))
}

/// Words written with a full stop that ends no sentence.
static ABBREVIATIONS: Lazy<HashSet<&str>> = Lazy::new(|| Language::english().abbreviations().collect());
