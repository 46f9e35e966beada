//! Reads what differs between a quotation and a passage from their alignment.

use super::apostrophe::{self, with_apostrophes};
use super::edge::{is_cut_before, whole};
use super::hits::{self, between};
use super::passage::{Likeness, Passage, PassageStep, WantedWord};
use super::quotation::{Quotation, QuotationPiece};
use super::{Change, Located, Match};
use crate::marks::{Uses, uses};
use crate::span::Span;

/// What a step of the alignment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The same word in both, as a whole word.
    Alike,
    /// A word of the text that an ellipsis or a bracket of the quotation stands for.
    LeftOut,
    Changed,
}

/// Reads changes from the steps of an alignment. Changes are whole words: where a part of *anti-war* differs, all of it
/// does.
pub(super) struct Changes<'w> {
    text: &'w str,
    quotation: &'w Quotation<'w>,
    words: &'w WantedWord,
    passage: &'w Passage,
    steps: &'w [PassageStep],
    /// Of each step.
    states: Vec<State>,
}

impl<'w> Changes<'w> {
    pub(super) fn new(
        text: &'w str,
        quotation: &'w Quotation<'w>,
        words: &'w WantedWord,
        passage: &'w Passage,
        steps: &'w [PassageStep],
    ) -> Changes<'w> {
        let state = |step: &PassageStep| match *step {
            PassageStep::Both(word, own) if Likeness::of(words, word, passage, own) == Likeness::Same => State::Alike,
            PassageStep::Added(word, _) if words.is_free(word) => State::LeftOut,
            _ => State::Changed,
        };
        Changes { text, quotation, words, passage, steps, states: steps.iter().map(state).collect() }
    }

    /// `None` if too little is alike.
    pub(super) fn read(mut self) -> Option<(usize, Located)> {
        let others = self.others()?;
        self.change_whole_words();
        let own = |step: &PassageStep| step.own().map(|own| self.passage.hits[own].symbol.span);
        let first = whole(self.text, self.steps.iter().find_map(own)?);
        let last = whole(self.text, self.steps.iter().rev().find_map(own)?);
        let mut at = (self.words.symbols[0].span.start, first.start);
        let mut changes: Vec<Change> = self.at_the_start().into_iter().collect();
        let mut left_out = Vec::new();
        let mut begin = 0;
        for states in self.states.chunk_by(|one, other| one == other && *one != State::Alike) {
            let run = &self.steps[begin..begin + states.len()];
            match (states[0], run[0]) {
                (State::Alike, PassageStep::Both(word, own)) => {
                    let changed = self.changed_before(begin);
                    if let (Some(run), Some(change)) = (changed, changes.last_mut()) {
                        self.take_signs(change, run, word, own);
                    }
                    changes.extend(self.alike(begin, word, own));
                }
                (State::LeftOut, _) => left_out.push(self.different(run, at)),
                _ => changes.push(self.different(run, at)),
            }
            at = run.iter().fold(at, |at, step| self.behind(*step, at));
            begin += states.len();
        }
        if let Some(end) = self.at_the_end() {
            match changes.last_mut().filter(|last| end.text.start < last.text.end) {
                Some(last) => {
                    let text = Span::new(last.text.start, end.text.end);
                    *last = Change { quotation: Span::new(last.quotation.start, end.quotation.end), text };
                }
                None => changes.push(end),
            }
        }
        if changes.is_empty() {
            // Then an ellipsis or a bracket cannot stand for what is left out.
            changes = left_out;
        }
        let (from, to) =
            (self.steps.iter().find_map(PassageStep::own)?, self.steps.iter().rev().find_map(PassageStep::own)?);
        let runs = hits::runs(&self.passage.hits[from..=to]);
        let mut spans: Vec<Span> = runs.filter_map(|run| Some(between(run.first()?, run.last()?))).collect();
        spans.first_mut()?.start = first.start;
        spans.last_mut()?.end = last.end;
        (!changes.is_empty()).then_some((others, Located { spans, how: Match::Changed, changes }))
    }

    /// How many words differ, `None` if too little is alike.
    fn others(&self) -> Option<usize> {
        let is_kin = |step: &PassageStep| matches!(*step, PassageStep::Both(word, own) if Likeness::of(self.words, word, self.passage, own) != Likeness::Other);
        let alike = self.steps.iter().filter(|step| is_kin(step)).count();
        let others = self.states.iter().filter(|state| **state == State::Changed).count();
        let wanted = self.words.symbols.len();
        (alike >= 2 && alike * 3 >= wanted * 2 && others * 2 <= wanted + 1).then_some(others)
    }

    /// Where a part of a word differs or is left out, or a sign inside it, the whole word differs.
    fn change_whole_words(&mut self) {
        let glued = self.glued();
        for at in 0..self.steps.len() {
            let PassageStep::Both(word, own) = self.steps[at] else { continue };
            let (wanted, found) = (self.words.symbols[word].span, self.passage.hits[own].symbol.span);
            if word == 0 && is_cut_before(self.text, found.start) {
                self.states[at] = State::Changed;
            }
            if word == 0 || own == 0 || self.words.is_free(word) {
                continue;
            }
            let in_part = glued[at] || glued.get(at + 1) == Some(&true);
            if in_part && self.words.symbols[word].capital != self.passage.hits[own].symbol.capital {
                self.states[at] = State::Changed;
            }
            if self.has_same_gap(word, own) {
                continue;
            }
            let (before, own_before) = (self.words.symbols[word - 1].span, self.passage.hits[own - 1].symbol.span);
            let leading = [(self.quotation.text, wanted), (self.text, found)];
            if glued[at] || leading.iter().any(|(text, word)| apostrophe::before(text, word.start) > 0) {
                self.states[at] = State::Changed;
            }
            let trailing = [(self.quotation.text, before), (self.text, own_before)];
            if at > 0 && trailing.iter().any(|(text, word)| apostrophe::behind(text, word.end) > 0) {
                self.states[at - 1] = State::Changed;
            }
        }
        let mut begin = 0;
        while begin < glued.len() {
            let end = begin + 1 + glued[begin + 1..].iter().take_while(|glued| **glued).count();
            let states = &mut self.states[begin..end];
            if states.iter().any(|state| *state != states[0]) || states[0] == State::Changed {
                states.fill(State::Changed);
            }
            begin = end;
        }
    }

    /// Of each step, whether a word of the quotation or the text that begins before it goes on in it.
    fn glued(&self) -> Vec<bool> {
        let mut glued = vec![false; self.steps.len()];
        let (mut last_word, mut last_own) = (None, None);
        for (at, step) in self.steps.iter().enumerate() {
            let own = step.own().map(|own| self.passage.hits[own].symbol.span.start);
            let word = step.word().map(|word| self.words.symbols[word].span.start);
            let sides = [(self.text, own, &mut last_own), (self.quotation.text, word, &mut last_word)];
            for (text, place, last) in sides {
                let Some(place) = place else { continue };
                if let Some(last) = last.replace(at).filter(|_| is_cut_before(text, place)) {
                    glued[last + 1..=at].fill(true);
                }
            }
        }
        glued
    }

    fn has_same_gap(&self, word: usize, own: usize) -> bool {
        self.passage.hits[own].has_gap(self.words.symbols[word].gap)
    }

    /// The changed steps that end before a step.
    fn changed_before(&self, at: usize) -> Option<&'w [PassageStep]> {
        let count = self.states[..at].iter().rev().take_while(|state| **state == State::Changed).count();
        (count > 0).then(|| &self.steps[at - count..at])
    }

    /// The words of a step, in the quotation and in the text.
    fn spans(&self, step: PassageStep) -> (Option<Span>, Option<Span>) {
        (
            step.word().map(|word| self.words.symbols[word].span),
            step.own().map(|own| self.passage.hits[own].symbol.span),
        )
    }

    /// The places behind a step that begins at `at`.
    fn behind(&self, step: PassageStep, at: (usize, usize)) -> (usize, usize) {
        let (word, own) = self.spans(step);
        (word.map_or(at.0, |span| span.end), own.map_or(at.1, |span| span.end))
    }

    /// Steps one behind the other that differ.
    fn different(&self, run: &[PassageStep], at: (usize, usize)) -> Change {
        let over = |text: &str, spans: Vec<Span>, at| match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => with_apostrophes(text, whole(text, Span::new(first.start, last.end))),
            _ => Span::new(at, at),
        };
        let words = run.iter().filter_map(|step| self.spans(*step).0).collect();
        let own = run.iter().filter_map(|step| self.spans(*step).1).collect();
        Change { quotation: over(self.quotation.text, words, at.0), text: over(self.text, own, at.1) }
    }

    /// Words differ, and the next one does not: if the signs around them differ, too, they belong to the change.
    fn take_signs(&self, change: &mut Change, run: &[PassageStep], word: usize, own: usize) {
        if self.words.is_free(word) {
            return;
        }
        let (first_word, first_own) = (run.iter().find_map(PassageStep::word), run.iter().find_map(PassageStep::own));
        let (begin, end) = (first_word.unwrap_or(word), first_own.unwrap_or(own));
        let like = |word: usize, own: usize| self.words.is_free(word) || self.has_same_gap(word, own);
        let (mut before, mut behind) = (like(begin, end), like(word, own));
        let (word, own) = (self.words.symbols[word].span, self.passage.hits[own].symbol.span);
        // Where nothing stands on one side its only gap may be like either gap of the other.
        if first_word.is_none() || first_own.is_none() {
            if before && first_own.is_none() {
                change.text = Span::new(own.start, own.start);
            } else if before {
                change.quotation = Span::new(word.start, word.start);
            }
            (before, behind) = (before || behind, before || behind);
        }
        if !before && begin > 0 && end > 0 {
            change.quotation.start = self.words.symbols[begin - 1].span.end;
            change.text.start = self.passage.hits[end - 1].symbol.span.end;
        }
        if !behind {
            change.quotation.end = word.start;
            change.text.end = own.start;
        }
        change.quotation = trim(self.quotation.text, change.quotation);
        change.text = trim(self.text, change.text);
    }

    /// Words that are the same: their first letters and what stands before them may differ.
    fn alike(&self, at: usize, word: usize, own: usize) -> Option<Change> {
        if word == 0 || self.words.is_free(word) {
            return None;
        }
        let (wanted, found) = (self.words.symbols[word], self.passage.hits[own].symbol);
        let beside = at.checked_sub(1).filter(|before| self.states[*before] == State::Alike);
        let capital = wanted.capital != found.capital;
        let (before, own_before) = match beside.map(|before| self.spans(self.steps[before])) {
            Some((Some(before), Some(own_before))) if !self.has_same_gap(word, own) => (before.end, own_before.end),
            _ if capital => (wanted.span.start, found.span.start),
            _ => return None,
        };
        let over = |source: &str, start: usize, span: Span| {
            trim(source, Span::new(start, if capital { span.end } else { span.start }))
        };
        let quotation = over(self.quotation.text, before, wanted.span);
        Some(Change { quotation, text: over(self.text, own_before, found.span) })
    }

    /// Another sign at a number that is the first word.
    fn at_the_start(&self) -> Option<Change> {
        let (Some(State::Alike), Some(PassageStep::Both(0, own))) = (self.states.first(), self.steps.first()) else {
            return None;
        };
        let (word, own) = (self.words.symbols[0].span, self.passage.hits[*own].symbol.span);
        let fits = self.pieces().first()?.edges.fit_before(self.text, own.start);
        let (cut, own) = (whole(self.quotation.text, word), whole(self.text, own));
        let outside = self.text[..own.start].chars().rev().take_while(is_beside).map(char::len_utf8).sum::<usize>();
        let quotation = Span::new(self.quotation.core.start, cut.end);
        let change = Change { quotation, text: Span::new(own.start - outside, own.end) };
        (!fits).then_some(change)
    }

    /// A last word cut in two, another sign at a number, or a question that is none.
    fn at_the_end(&self) -> Option<Change> {
        let (Some(State::Alike), Some(PassageStep::Both(word, own))) = (self.states.last(), self.steps.last()) else {
            return None;
        };
        let at_end = word + 1 == self.words.symbols.len();
        let (word, own) = (self.words.symbols[*word].span, self.passage.hits[*own].symbol.span);
        let fits = self.pieces().last()?.edges.fit_behind(self.text, own.end);
        let (cut, around) = (whole(self.quotation.text, word), whole(self.text, own));
        let outside = self.text[own.end..].chars().take_while(is_beside).map(char::len_utf8).sum::<usize>();
        let end = if around.end > own.end { around.end } else { own.end + outside };
        let (quotation, text) = (Span::new(cut.start, self.quotation.core.end), Span::new(around.start, end));
        (at_end && !fits).then_some(Change { quotation, text })
    }

    fn pieces(&self) -> &[QuotationPiece] {
        &self.quotation.edited.as_ref().unwrap_or(&self.quotation.literal).pieces
    }
}

/// What belongs to a number.
fn is_beside(letter: &char) -> bool {
    !letter.is_whitespace() && !uses(*letter).has(Uses::OUTSIDE)
}

/// A span without the space at its ends.
fn trim(text: &str, span: Span) -> Span {
    let start = span.end - text[span].trim_start().len();
    Span::new(start, start + text[span].trim().len())
}
