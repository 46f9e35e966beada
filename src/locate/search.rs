//! The ways to read a quotation and a text, one after the other.

use super::hits::{self, Hit, HitTag, between};
use super::near;
use super::pieces::{Places, Work};
use super::quotation::{Quotation, Reading};
use super::{Located, Match};
use crate::span::Span;
use memchr::memmem;
use std::ops::Range;

/// A quotation and the text it is looked for in.
pub(super) struct Search<'a> {
    text: &'a str,
    quotation: Quotation<'a>,
    /// Steps of comparing so far.
    pub(super) steps: usize,
}

impl<'a> Search<'a> {
    /// `None` if the quotation has no word.
    pub(super) fn new(quotation: &'a str, text: &'a str) -> Option<Search<'a>> {
        Some(Search { text, quotation: Quotation::new(quotation)?, steps: 0 })
    }

    pub(super) fn first(&mut self) -> Option<Located> {
        if let Some(exact) = self.exact(1).pop() {
            return Some(exact);
        }
        let mut first = None;
        self.each_way(|way| {
            first = way.numbers().next().and_then(|number| way.located(number));
            first.is_none()
        });
        first
    }

    pub(super) fn all(&mut self) -> Vec<Located> {
        let mut all = self.exact(usize::MAX);
        self.each_way(|way| {
            let (known, mut passed, mut last_word) = (all.len(), 0, 0);
            for number in way.numbers() {
                let Some(span) = way.span(number) else { continue };
                while passed < known && all[passed].span().end <= span.start {
                    passed += 1;
                }
                let apart_from_known = |all: &[Located], span: Span| {
                    all[..passed].last().is_none_or(|last| last.span().end <= span.start)
                        && (passed == known || span.end <= all[passed].span().start)
                };
                // First by the words alone, which is cheap, then with the signs around them.
                if !apart_from_known(&all, span) || span.start < last_word {
                    continue;
                }
                let Some(located) = way.located(number).filter(|located| apart_from_known(&all, located.span())) else {
                    continue;
                };
                let start = located.span().start;
                if let Some(last) = all[known..].last_mut()
                    && start < last.span().end
                {
                    // Signs between two places can be part of one only.
                    if last.how == Match::Exact {
                        continue;
                    }
                    if let Some(piece) = last.spans.last_mut() {
                        piece.end = start;
                    }
                }
                last_word = span.end;
                all.push(located);
            }
            all.sort_by_key(Located::span);
            true
        });
        all
    }

    /// The passage most like the quotation, with the tags of the text or without.
    pub(super) fn nearest(&mut self) -> Option<Located> {
        let mut nearest = |tags: &[HitTag]| near::nearest(self.text, tags, &mut self.quotation);
        let with_tags = nearest(&[]);
        // Without tags it is hardly nearer than that.
        let is_near = with_tags.as_ref().is_some_and(|(others, _)| *others <= 1);
        let tags = if is_near { Vec::new() } else { HitTag::all(self.text) };
        let without = if tags.is_empty() { None } else { nearest(&tags) };
        [with_tags, without].into_iter().flatten().min_by_key(|(others, _)| *others).map(|(_, located)| located)
    }

    /// The first places of the quotation as it is, apart from each other. They are quick to find: words need not be
    /// read for it.
    fn exact(&self, wanted: usize) -> Vec<Located> {
        let Quotation { text: quotation, core, literal, .. } = &self.quotation;
        let mut found = Vec::new();
        let symbols = literal.pieces.first().map(|piece| (&piece.edges, &piece.symbols[..]));
        let Some((edges, symbols)) = symbols else { return found };
        let (Some(first), Some(last)) = (symbols.first(), symbols.last()) else { return found };
        let finder = memmem::Finder::new(&quotation[*core]);
        // Where it is cut out of longer words again and again, the work stays in proportion to the text.
        let most = 64 + self.text.len() * 4 / core.len().max(1);
        let mut from = 0;
        for _ in 0..most {
            let Some(at) = finder.find(&self.text.as_bytes()[from..]).map(|at| from + at) else { break };
            let words = Span::new(at + first.span.start - core.start, at + last.span.end - core.start);
            from = at + 1;
            if edges.fit(self.text, words) {
                from = at + core.len();
                let spans = vec![Span::new(at, from)];
                found.push(Located { spans, how: Match::Exact, changes: Vec::new() });
                if found.len() == wanted {
                    break;
                }
            }
        }
        found
    }

    /// Gives one way after the other as long as `go_on` wants more.
    fn each_way(&mut self, mut go_on: impl FnMut(&Alignment<'_>) -> bool) {
        let Search { text, quotation, steps } = self;
        let Quotation { text: source, core, vocabulary, literal, edited } = quotation;
        let hits = hits::find(text, &[], vocabulary);
        let mut missing = vec![true; vocabulary.len()];
        hits.iter().for_each(|hit| missing[hit.symbol.number as usize] = false);
        // A reading with a word that the text does not have is not tried.
        let possible = |reading: &&Reading| reading.numbers().all(|number| !missing[number as usize]);
        let (literal, edited) = (Some(&*literal).filter(possible), edited.as_ref().filter(possible));
        let mut goes_on = |reading: Option<&Reading>, hits: &[Hit], joins: Option<&[usize]>| {
            let Some(reading) = reading else { return true };
            let mut work = Work::new(hits.len(), reading.numbers().count());
            let places = Places::find(text, source, reading, hits, &mut work);
            *steps += work.steps;
            go_on(&Alignment { text, quotation: source, core: *core, reading, hits, joins, places })
        };
        if !goes_on(literal, &hits, None) || literal.is_none() && edited.is_none() {
            return;
        }
        let tags = HitTag::all(text);
        if tags.is_empty() {
            goes_on(edited, &hits, None);
            return;
        }
        let without_tags = hits::find(text, &tags, vocabulary);
        let joins = count_joins(&without_tags);
        let _ = goes_on(literal, &without_tags, Some(&joins))
            && goes_on(edited, &hits, None)
            && goes_on(edited, &without_tags, Some(&joins));
    }
}

/// How many tags were left out before each hit, and before the end.
fn count_joins(hits: &[Hit]) -> Vec<usize> {
    let mut joins = Vec::with_capacity(hits.len() + 1);
    joins.push(0);
    joins.extend(hits.iter().scan(0, |count, hit| {
        *count += usize::from(hit.join.is_some());
        Some(*count)
    }));
    joins
}

/// One way to read the quotation in one way to read the text, and where it stands so.
struct Alignment<'s> {
    text: &'s str,
    quotation: &'s str,
    core: Span,
    reading: &'s Reading,
    hits: &'s [Hit],
    /// How many tags were left out up to each hit; `None` if the text is read with its tags.
    joins: Option<&'s [usize]>,
    places: Places,
}

impl Alignment<'_> {
    /// The places in order, by number. Without its tags a text is read for what a tag interrupts.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        (0..self.places.len()).filter(|number| {
            let interrupted = |joins: &[usize], hits: Range<usize>| joins[hits.end] > joins[hits.start + 1];
            self.joins.is_none_or(|joins| self.places.backwards(*number).any(|hits| interrupted(joins, hits)))
        })
    }

    /// From the first word of a place to the last.
    fn span(&self, number: usize) -> Option<Span> {
        let last = self.places.backwards(number).next()?;
        let first = self.places.backwards(number).last()?;
        Some(between(&self.hits[first.start], &self.hits[last.end - 1]))
    }

    fn located(&self, number: usize) -> Option<Located> {
        let mut pieces: Vec<Range<usize>> = self.places.backwards(number).collect();
        pieces.reverse();
        let mut spans: Vec<Span> = Vec::new();
        let mut before: Option<&Hit> = None;
        for run in pieces.into_iter().flat_map(|hits| hits::runs(&self.hits[hits])) {
            let (first, last) = (run.first()?, run.last()?);
            let goes_on = before.is_some_and(|before| before.ordinal + 1 == first.ordinal) && first.join.is_none();
            match spans.last_mut() {
                Some(span) if goes_on => span.end = last.symbol.span.end,
                _ => spans.push(between(first, last)),
            }
            before = Some(last);
        }
        self.widen(&mut spans)?;
        let core = &self.quotation[self.core];
        let how = match (self.reading.elided, self.joins) {
            (true, _) => Match::Elided,
            (false, Some(_)) => Match::Interrupted,
            (false, None) if spans.len() == 1 && &self.text[spans[0]] == core => Match::Exact,
            (false, None) => Match::Folded,
        };
        Some(Located { spans, how, changes: Vec::new() })
    }

    /// Takes in the signs around the words that the quotation has, too.
    fn widen(&self, spans: &mut [Span]) -> Option<()> {
        let (quotation, core) = (self.quotation, self.core);
        let first = self.reading.pieces.first()?.symbols.first()?.span.start;
        let last = self.reading.pieces.last()?.symbols.last()?.span.end;
        let start = spans.first_mut()?;
        let before = self.text[..start.start].chars().rev().zip(quotation[core.start..first].chars().rev());
        start.start -= alike(before);
        let end = spans.last_mut()?;
        end.end += alike(self.text[end.end..].chars().zip(quotation[last..core.end].chars()));
        Some(())
    }
}

/// How many bytes of two rows of characters are the same from the start, space at the end left aside.
fn alike(letters: impl Iterator<Item = (char, char)>) -> usize {
    let (mut bytes, mut seen) = (0, 0);
    for (letter, _) in letters.take_while(|(one, other)| one == other) {
        bytes += letter.len_utf8();
        if !letter.is_whitespace() {
            seen = bytes;
        }
    }
    seen
}
