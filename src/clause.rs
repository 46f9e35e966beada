//! Where content begins and ends.

use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::rules::ground::{Ground, at_edge};
use crate::token::{Class, Token};
use crate::weigh::{Beside, Facts, Feature, MOST_VERBS, Weights, fact};
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
    let end = if tokens[..end].last()?.is(Class::COMMA) { end - 1 } else { end };
    let last = tokens[..end].last()?;
    if last.is(Class::STOP | Class::PARA) {
        return None;
    }
    let mut start = sentences.start_of(tokens, end - 1);
    if end - start > LONGEST {
        return None;
    }
    // Ornaments.
    while start < end && tokens[start].class.without(Class::INITIAL) == Class::NONE {
        start += 1;
    }
    // A quotation that was never closed: all of it so far.
    let paragraph = || tokens[..end].iter().rev().take(LONGEST).take_while(|token| !token.is(Class::PARA));
    if sentences.unclosed
        && let Some(back) = paragraph().position(|token| token.is(Class::QOPEN))
    {
        return Range::new(end - 1 - back, end);
    }
    // “No,” after a lead-in of the writer's: He shook his head: “No,” he said.
    if last.is(Class::Q) && end - start > 1 {
        let before = tokens[end - 2].class;
        if before.has(Class::COLON) || last.is(Class::CAP) && before.has(Class::COMMA | Class::DASH) {
            start = end - 1;
        }
    }
    Range::new(start, end)
}

/// The content that begins with token `start` and is the rest of the paragraph.
pub(crate) fn rest(tokens: &[Token], start: usize) -> Option<Range> {
    let length = tokens.get(start..)?.iter().take(LONGEST * 4).take_while(|token| !token.is(Class::PARA)).count();
    let mut end = start + length;
    if end > start && tokens[end - 1].is(Class::STOP) {
        end -= 1;
    }
    Range::new(start, end)
}

/// What is announced, which tells how far it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announced {
    /// The base form of the cue's head.
    pub(crate) head: u16,
    /// The first group of the cue's head.
    pub(crate) group: u16,
    /// The kind of the cue's head.
    pub(crate) form: u8,
    /// 1: the source is *who*, *which* or *that*, and the content ends with its clause; 2: the source
    /// follows such a word.
    pub(crate) relative: u16,
    /// It is the first clause of its sentence and depends on what follows.
    pub(crate) opened: bool,
}

/// One place where content might end, and what speaks for and against it.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub(crate) at: usize,
    /// Whether to ask at all.
    pub(crate) asking: Vec<Feature>,
    /// Nothing if it is not asked.
    pub(crate) features: Vec<Feature>,
}

/// The content that begins with token `start`.
///
/// Every place where it might end has a chance to be the end, weighed by its features; the content
/// ends where the chance to have come so far times the chance to stop there is greatest.
pub(crate) fn forward(
    ground: &Ground<'_>,
    weights: &Weights,
    announced: &Announced,
    start: usize,
) -> Option<(Range, f32)> {
    let mut best = (0.0, start);
    let mut going = 1.0f32;
    let hard = walk(ground, start, |place| {
        if !(place.is_outside & weights.may_end(&place.beside())) {
            return true;
        }
        let chance = end_features(ground, announced, start, place, weights.sum()).odds.chance();
        if going * chance > best.0 {
            best = (going * chance, place.at);
        }
        going *= 1.0 - chance;
        going > best.0
    })?;
    let (chance, end) = if going > best.0 { (going, hard) } else { best };
    Range::new(start, end).map(|range| (range, chance))
}

/// As [`forward`], telling every place looked at; the last one is the end of the sentence.
pub(crate) fn decisions(ground: &Ground<'_>, weights: &Weights, announced: &Announced, start: usize) -> Vec<Decision> {
    let mut decisions = Vec::new();
    let hard = walk(ground, start, |place| {
        if !place.is_outside {
            return true;
        }
        let mut features = Vec::new();
        let beside = place.beside();
        if weights.may_end(&beside) {
            features = end_features(ground, announced, start, place, features);
        }
        decisions.push(Decision { at: place.at, asking: beside.features(Vec::new()), features });
        true
    });
    decisions.extend(hard.map(|at| Decision { at, asking: Vec::new(), features: Vec::new() }));
    decisions
}

/// A place where content might end, and what has come so far.
#[derive(Clone, Copy)]
struct EndPlace {
    at: usize,
    /// The kinds of the tokens on both sides.
    prev: u8,
    next: u8,
    /// It is not inside of a noun phrase.
    is_outside: bool,
    /// Verbs, as many as count.
    verbs: u16,
    /// The kind of the last one.
    last_verb: u8,
    /// Commas, two at most.
    commas: u16,
}

impl EndPlace {
    fn beside(&self) -> Beside {
        Beside { prev: self.prev, next: self.next, verbs: self.verbs }
    }
}

/// Goes through the places where content that begins at `start` might end; gives back where it must
/// end. `visit` says whether to go on.
fn walk(ground: &Ground<'_>, start: usize, mut visit: impl FnMut(&EndPlace) -> bool) -> Option<usize> {
    const NEVER_FIRST: Class = Class::STOP
        .union(Class::PARA)
        .union(Class::COMMA)
        .union(Class::CLOSE)
        .union(Class::COLON)
        .union(Class::SEMICOLON)
        .union(Class::CLITIC);
    // All but the first token of a sentence stand behind one that does not end it.
    const HARD: Class = Class::STOP.union(Class::PARA).union(Class::SEMICOLON);
    const FINITE: Class = Class::BE.union(Class::HAVE).union(Class::MODAL).union(Class::PAST).union(Class::VERBS);
    let tokens = ground.tokens.list();
    if tokens.get(start)?.is(NEVER_FIRST) {
        return None;
    }
    let mut brackets = 0usize;
    let mut place =
        EndPlace { at: start, verbs: 0, prev: 0, next: 0, is_outside: false, last_verb: Class::NONE.kind(), commas: 0 };
    // What ends the content, and what cannot stand behind its end.
    let (mut hard, mut inner) = (Class::NONE, Class::NONE);
    for token in &tokens[start..] {
        let class = token.class;
        place.next = class.kind();
        if place.at > start {
            if class.has(hard) {
                break;
            }
            place.is_outside = !class.has(inner);
            if !visit(&place) {
                return Some(place.at);
            }
        }
        if class.has(Class::OPEN | Class::CLOSE | Class::COMMA) {
            brackets = brackets + usize::from(class.has(Class::OPEN)) - usize::from(class.has(Class::CLOSE));
            place.commas = (place.commas + u16::from(class.has(Class::COMMA))).min(2);
        }
        let is_finite = class.has(FINITE);
        place.verbs = (place.verbs + u16::from(is_finite)).min(MOST_VERBS);
        place.last_verb = if is_finite { place.next } else { place.last_verb };
        place.prev = place.next;
        place.at += 1;
        if place.at - start > LONGEST {
            return None;
        }
        inner = never_behind(class);
        hard = HARD
            | if brackets == 0 { Class::CLOSE } else { Class::NONE }
            | if class.has(Class::QEND) { Class::CAP | Class::Q } else { Class::NONE };
    }
    Some(place.at)
}

/// What cannot follow the end of content behind a token: what is inside of a noun phrase.
fn never_behind(before: Class) -> Class {
    const OPENS: Class = Class::DET.union(Class::POSSESSIVE).union(Class::TITLE).union(Class::CLITIC);
    const INNER: Class = Class::NOUN.union(Class::ADJ).union(Class::NAME).union(Class::CLITIC);
    if before.has(OPENS) && !before.has(Class::THAT) { INNER } else { Class::CLITIC }
}

const QUOTE_OPEN: u16 = 1;
const QUOTE_STOPPED: u16 = 2;
const QUOTE_PAUSED: u16 = 3;

/// What speaks for and against an end before token `at`.
fn end_features<F: Facts>(
    ground: &Ground<'_>,
    announced: &Announced,
    start: usize,
    place: &EndPlace,
    mut facts: F,
) -> F {
    let EndPlace { at, verbs, next: kind, last_verb, commas, .. } = *place;
    let tokens = ground.tokens.list();
    let (first, before, next) = (tokens[start].class.kind(), tokens[at - 1], tokens[at]);
    let word = plain_word(&next);
    let length = bucket(at - start);
    fact!(facts, "end");
    fact!(facts, "end.next", kind, verbs);
    fact!(facts, "end.frame", first, verbs, length);
    fact!(facts, "end.next.first", kind, first, verbs);
    fact!(facts, "end.head.next", announced.head, kind);
    fact!(facts, "end.group.next", announced.group, kind, verbs);
    fact!(facts, "end.commas", kind, commas, verbs);
    if word != 0 {
        fact!(facts, "end.word", word, verbs);
        fact!(facts, "end.head.word", announced.head, word);
    }
    if next.is(Class::COMMA | Class::DASH | Class::AND | Class::ADVERB) {
        let second = tokens.get(at + 1).copied().unwrap_or_default();
        fact!(facts, "end.next.second", kind, second.class.kind(), verbs);
        if plain_word(&second) != 0 {
            fact!(facts, "end.second.word", plain_word(&second), kind);
        }
        fact!(facts, "end.relative", kind, second.class.kind(), announced.relative);
        fact!(facts, "end.opened", announced.opened, kind, second.class.kind());
        if next.is(Class::COMMA | Class::DASH) && second.is(Class::AND) {
            let third = tokens.get(at + 2).copied().unwrap_or_default().class.kind();
            fact!(facts, "end.third", third, last_verb, announced.form);
        }
        if second.is(Class::VERBAL | Class::BE | Class::HAVE | Class::MODAL) {
            fact!(facts, "end.parallel", announced.form, second.class.kind(), last_verb);
        }
        fact!(facts, "end.tag", tag_ahead(ground.lexicon, &tokens[at + 1..]), kind);
    }
    if next.is(Class::VERBAL | Class::BE | Class::HAVE | Class::MODAL) && announced.relative > 0 {
        fact!(facts, "end.relative", kind, kind, announced.relative + 2);
    }
    // She stays because “nobody knows.”
    if next.is(Class::SUBORD | Class::PREP | Class::AND) && tokens.get(at + 1).is_some_and(|token| token.is(Class::Q)) {
        fact!(facts, "end.quoted", kind, verbs);
    }
    if before.is(Class::Q) {
        let state = match before.class {
            class if class.has(Class::QEND) => QUOTE_STOPPED,
            class if class.has(Class::QCOMMA) => QUOTE_PAUSED,
            _ => QUOTE_OPEN,
        };
        fact!(facts, "end.quote", state, kind);
    }
    facts
}

/// Whether a tag follows a comma: 1 for *Lim said*, 2 for *according to*, 3 for *said Lim*.
fn tag_ahead(lexicon: &Lexicon, rest: &[Token]) -> u16 {
    const LONGEST_TAG: usize = 7;
    const NOMINAL: Class = Class::DET
        .union(Class::POSSESSIVE)
        .union(Class::PRONOUN)
        .union(Class::TITLE)
        .union(Class::NAME)
        .union(Class::NOUN)
        .union(Class::ADJ)
        .union(Class::NUMBER)
        .union(Class::CLITIC);
    for (place, token) in rest.iter().take(LONGEST_TAG).enumerate() {
        if token.is(Class::Q) {
            return 0;
        }
        let entry = lexicon.entry(token.word);
        if entry.group.is_speech() && token.is(Class::PAST | Class::VERBS | Class::VERB) {
            return if place == 0 { 3 } else { 1 };
        }
        if place == 0 && lexicon.has_role(token.word, LexicalRole::Tag) {
            return 2;
        }
        if !token.is(NOMINAL | Class::AND) {
            return 0;
        }
    }
    0
}

/// The word of a token; quoted strings have none.
pub(crate) fn word_of(token: &Token) -> u16 {
    if token.is(Class::Q | Class::QOPEN) { 0 } else { token.word }
}

/// The word of a token unless it is a name: weights speak of words, never of people.
pub(crate) fn plain_word(token: &Token) -> u16 {
    let common =
        Class::PRONOUN | Class::WHO | Class::ROLE | Class::GROUP | Class::DOCUMENT | Class::DET | Class::POSSESSIVE;
    let name =
        token.is(Class::NAME) || token.is(Class::CAP) && !token.is(common | Class::PREP | Class::SUBORD | Class::AND);
    if name && !token.is(Class::ROLE) { 0 } else { word_of(token) }
}

/// Lengths, in steps that grow.
pub(crate) fn bucket(length: usize) -> u16 {
    const LAST: usize = 23;
    const STEPS: [u8; LAST + 1] = [0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8];
    u16::from(STEPS[length.min(LAST)])
}
