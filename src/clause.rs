//! Where content begins and ends.

mod ends;

use crate::lexicon::CueClass;
use crate::probability::Probability;
use crate::rules::context::{Context, at_edge};
use crate::token::{PrimaryTag, TagSet, Token};
use crate::weights::{Beside, Commas, Feature, HeadValue, Opening, Relative, Verbs, Weights};
use ends::end_features;
use std::num::NonZeroU32;

/// Token positions, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    start: u32,
    /// Never 0, so that a range that may be none takes no more room.
    end: NonZeroU32,
}

impl Range {
    /// The tokens from `start` up to, not including, `end`; `None` if there are none.
    #[inline]
    pub(crate) fn new(start: usize, end: usize) -> Option<Range> {
        let end = NonZeroU32::new(end as u32).filter(|_| start < end)?;
        Some(Range { start: start as u32, end })
    }

    #[inline]
    pub(crate) fn start(self) -> usize {
        self.start as usize
    }

    #[inline]
    pub(crate) fn end(self) -> usize {
        self.end.get() as usize
    }

    /// Whether the two have a token in common.
    pub(crate) fn overlaps(self, other: Range) -> bool {
        self.start < other.end.get() && other.start < self.end.get()
    }
}

/// The longest clause looked for, in tokens. A clause that would be longer is none.
const LONGEST: usize = 250;

/// What is known of the sentences of a unit while it is read from left to right.
#[derive(Debug, Default)]
pub(crate) struct Sentences {
    /// The start of a sentence.
    start: usize,
    /// A token of it.
    known: usize,
    /// Some quotation may never have been closed.
    unclosed: bool,
}

impl Sentences {
    /// Before anything is known of a unit but whether some quotation in it may never have been closed.
    pub(crate) fn new(unclosed: bool) -> Sentences {
        Sentences { unclosed, ..Sentences::default() }
    }

    /// The first token of the sentence of token `at`. What lies farther back than the longest clause is not looked for.
    #[inline]
    pub(crate) fn start_of(&mut self, tokens: &[Token], at: usize) -> usize {
        if self.start <= at && at <= self.known {
            return self.start;
        }
        let ahead = at > self.known;
        let floor = if ahead { self.known } else { at.saturating_sub(LONGEST + 1) };
        let mut start = at;
        while start > floor && !at_edge(tokens, start, true) {
            start -= 1;
        }
        if ahead {
            self.start = if start > floor { start } else { self.start };
            self.known = at;
            start = self.start;
        }
        start
    }
}

/// The content that ends before token `end`: the rest of its sentence.
pub(crate) fn front(tokens: &[Token], end: usize, sentences: &mut Sentences) -> Option<Range> {
    let end = if tokens[..end].last()?.is(TagSet::COMMA) { end - 1 } else { end };
    let last = tokens[..end].last()?;
    if last.is(TagSet::STOP | TagSet::PARA) {
        return None;
    }
    let mut start = sentences.start_of(tokens, end - 1);
    if end - start > LONGEST {
        return None;
    }
    // Ornaments.
    while start < end && tokens[start].class.without(TagSet::INITIAL) == TagSet::NONE {
        start += 1;
    }
    // A quotation that was never closed: all of it so far.
    let paragraph = || tokens[..end].iter().rev().take(LONGEST).take_while(|token| !token.is(TagSet::PARA));
    if sentences.unclosed
        && let Some(back) = paragraph().position(|token| token.is(TagSet::QOPEN))
    {
        return Range::new(end - 1 - back, end);
    }
    // “No,” after a lead-in of the writer's: He shook his head: “No,” he said.
    if last.is(TagSet::Q) && end - start > 1 {
        let before = tokens[end - 2].class;
        if before.has(TagSet::COLON) || last.is(TagSet::CAP) && before.has(TagSet::COMMA | TagSet::DASH) {
            start = end - 1;
        }
    }
    Range::new(start, end)
}

/// The content that begins with token `start` and is the rest of the paragraph.
pub(crate) fn rest(tokens: &[Token], start: usize) -> Option<Range> {
    let length = tokens.get(start..)?.iter().take(LONGEST * 4).take_while(|token| !token.is(TagSet::PARA)).count();
    let mut end = start + length;
    if end > start && tokens[end - 1].is(TagSet::STOP) {
        end -= 1;
    }
    Range::new(start, end)
}

/// What is announced, which tells how far it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announced {
    /// The base form of the cue's head.
    pub(crate) head: HeadValue,
    pub(crate) class: CueClass,
    /// The tag of the cue's head.
    pub(crate) form: PrimaryTag,
    pub(crate) relative: Relative,
    pub(crate) opening: Opening,
}

/// One place where content might end, and its features.
#[derive(Clone, Debug)]
pub(crate) struct ClauseDecision {
    pub(crate) at: usize,
    /// Those of the gate of ends.
    pub(crate) gate: Vec<Feature>,
    /// Empty if the place does not pass the gate.
    pub(crate) features: Vec<Feature>,
}

/// Ends of one clause, the likeliest first, each with its probability.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LikelyEnds {
    ends: [(u32, f32); LikelyEnds::MOST],
}

impl LikelyEnds {
    /// So many readings of a clause are told apart by the rest of its candidate.
    pub(crate) const MOST: usize = 3;
    /// An end less likely than this share of the likeliest is none.
    const LEAST_SHARE: f32 = 0.2;

    fn add(&mut self, at: usize, probability: f32) {
        let place = self.ends.iter().position(|(_, known)| probability > *known);
        if let Some(place) = place {
            self.ends[place..].rotate_right(1);
            self.ends[place] = (at as u32, probability);
        }
    }

    /// The probability that another end must have to be noted.
    fn least(&self) -> f32 {
        self.ends[LikelyEnds::MOST - 1].1.max(self.ends[0].1 * LikelyEnds::LEAST_SHARE)
    }

    /// The likeliest end but so many.
    fn get(&self, place: usize) -> Option<(usize, Probability)> {
        let (at, probability) = *self.ends.get(place)?;
        (probability > 0.0 && probability >= self.ends[0].1 * LikelyEnds::LEAST_SHARE)
            .then(|| (at as usize, Probability::new(probability)))
    }

    /// The content from `start` to the likeliest end but so many.
    pub(crate) fn range(&self, start: usize, place: usize) -> Option<(Range, Probability)> {
        let (end, probability) = self.get(place)?;
        Range::new(start, end).map(|range| (range, probability))
    }
}

/// Where the content that begins with token `start` is likely to end.
///
/// Every place where it might end has a probability of being the end, computed from its features: that of coming so far,
/// times that of stopping there.
pub(crate) fn forward(
    context: &Context<'_>,
    weights: &Weights,
    announced: &Announced,
    start: usize,
) -> Option<LikelyEnds> {
    let mut ends = LikelyEnds::default();
    let mut going = 1.0f32;
    let hard = walk(context, start, |place| {
        if !(place.is_outside & weights.passes_end_gate(&place.beside())) {
            return true;
        }
        let stopping = end_features(context, announced, start, place, weights.scorer()).total.probability().get();
        ends.add(place.at, going * stopping);
        going *= 1.0 - stopping;
        going > ends.least()
    })?;
    ends.add(hard, going);
    Some(ends)
}

/// As [`forward`], returning every place looked at; the last one is the end of the sentence.
pub(crate) fn decisions(
    context: &Context<'_>,
    weights: &Weights,
    announced: &Announced,
    start: usize,
) -> Vec<ClauseDecision> {
    let mut decisions = Vec::new();
    let hard = walk(context, start, |place| {
        if !place.is_outside {
            return true;
        }
        let mut features = Vec::new();
        let beside = place.beside();
        if weights.passes_end_gate(&beside) {
            features = end_features(context, announced, start, place, features);
        }
        decisions.push(ClauseDecision { at: place.at, gate: beside.emit(Vec::new()), features });
        true
    });
    decisions.extend(hard.map(|at| ClauseDecision { at, gate: Vec::new(), features: Vec::new() }));
    decisions
}

/// A place where content might end, and what has come so far.
#[derive(Clone, Copy)]
struct EndPlace {
    at: usize,
    /// The tags of the tokens on both sides.
    prev: PrimaryTag,
    next: PrimaryTag,
    /// It is not inside of a noun phrase.
    is_outside: bool,
    verbs: Verbs,
    /// The tag of the last one.
    last_verb: PrimaryTag,
    commas: Commas,
}

impl EndPlace {
    fn beside(&self) -> Beside {
        Beside { prev: self.prev, next: self.next, verbs: self.verbs }
    }
}

/// Goes through the places where content that begins at `start` might end; returns where it must end. `visit` says
/// whether to go on.
fn walk(context: &Context<'_>, start: usize, mut visit: impl FnMut(&EndPlace) -> bool) -> Option<usize> {
    const NEVER_FIRST: TagSet = TagSet::STOP
        .union(TagSet::PARA)
        .union(TagSet::COMMA)
        .union(TagSet::CLOSE)
        .union(TagSet::COLON)
        .union(TagSet::SEMICOLON)
        .union(TagSet::CLITIC);
    // All but the first token of a sentence stand behind one that does not end it.
    const HARD: TagSet = TagSet::STOP.union(TagSet::PARA).union(TagSet::SEMICOLON);
    let tokens = context.tokens.list();
    if tokens.get(start)?.is(NEVER_FIRST) {
        return None;
    }
    let mut brackets = 0usize;
    let none = TagSet::NONE.primary_tag();
    let mut place = EndPlace {
        at: start,
        prev: none,
        next: none,
        is_outside: false,
        verbs: Verbs::None,
        last_verb: none,
        commas: Commas::None,
    };
    // What ends the content, and what cannot stand behind its end.
    let (mut hard, mut inner) = (TagSet::NONE, TagSet::NONE);
    for token in &tokens[start..] {
        let class = token.class;
        place.next = class.primary_tag();
        if place.at > start {
            if class.has(hard) {
                break;
            }
            place.is_outside = !class.has(inner);
            if !visit(&place) {
                return Some(place.at);
            }
        }
        if class.has(TagSet::OPEN | TagSet::CLOSE | TagSet::COMMA) {
            brackets = brackets + usize::from(class.has(TagSet::OPEN)) - usize::from(class.has(TagSet::CLOSE));
            place.commas = place.commas.and(class.has(TagSet::COMMA));
        }
        let is_finite = class.has(TagSet::MAY_BE_FINITE);
        place.verbs = place.verbs.and(is_finite);
        place.last_verb = if is_finite { place.next } else { place.last_verb };
        place.prev = place.next;
        place.at += 1;
        if place.at - start > LONGEST {
            return None;
        }
        inner = never_behind(class);
        hard = HARD
            | if brackets == 0 { TagSet::CLOSE } else { TagSet::NONE }
            | if class.has(TagSet::QEND) { TagSet::CAP | TagSet::Q } else { TagSet::NONE };
    }
    Some(place.at)
}

/// What cannot follow the end of content behind a token: what is inside of a noun phrase.
fn never_behind(before: TagSet) -> TagSet {
    const OPENS: TagSet = TagSet::DET.union(TagSet::POSSESSIVE).union(TagSet::TITLE).union(TagSet::CLITIC);
    const INNER: TagSet = TagSet::NOUN.union(TagSet::ADJ).union(TagSet::NAME).union(TagSet::CLITIC);
    if before.has(OPENS) && !before.has(TagSet::THAT) { INNER } else { TagSet::CLITIC }
}

/// The word of a token; quoted strings have none.
pub(crate) fn word_of(token: &Token) -> u16 {
    if token.is(TagSet::Q | TagSet::QOPEN) { 0 } else { token.word }
}

/// The word of a token unless it is a name: weights speak of words, never of people.
pub(crate) fn plain_word(token: &Token) -> u16 {
    let common = TagSet::PRONOUN
        | TagSet::WHO
        | TagSet::ROLE
        | TagSet::GROUP
        | TagSet::DOCUMENT
        | TagSet::DET
        | TagSet::POSSESSIVE;
    let name = token.is(TagSet::NAME)
        || token.is(TagSet::CAP) && !token.is(common | TagSet::PREP | TagSet::SUBORD | TagSet::AND);
    if name && !token.is(TagSet::ROLE) { 0 } else { word_of(token) }
}
