//! Scored candidates → those that go together.

use super::candidate::{Candidate, Tag, end_of};
use super::listen::{Fate, Listener};
use super::pieces::ContentPieces;
use super::score::Scored;
use super::{Attributor, UnitContext};
use crate::clause::Range;
use crate::probability::Probability;
use crate::quote::QuoteKind;
use crate::token::TagSet;
use std::cmp::Ordering;

/// A candidate that is reported unless another takes its words, with the content that selection and sieves give it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Selected {
    /// The number of the candidate.
    pub(super) number: u32,
    pub(super) rule: u16,
    pub(super) anchor: usize,
    pub(super) tag: Tag,
    pub(super) content: ContentPieces,
    pub(super) kind: QuoteKind,
    pub(super) score: Probability,
    /// The end of its content was looked for.
    pub(super) has_clause: bool,
    /// Its tag was taken over from another.
    pub(super) inherited: bool,
}

impl Selected {
    pub(super) fn new(number: u32, scored: &Scored) -> Selected {
        let Candidate { rule, anchor, tag, content, clause, kind, .. } = scored.candidate;
        let (score, has_clause) = (scored.score, clause.is_some());
        Selected { number, rule, anchor, tag, content, kind, score, has_clause, inherited: false }
    }

    /// The token after the last one of cue, source, addressee and content.
    pub(super) fn end(&self) -> usize {
        end_of(&self.tag, &self.content, self.anchor)
    }
}

/// Whether one candidate of an anchor is better than another: of two direct ones the wider is, unless it is much less
/// likely; otherwise the one with the higher score.
pub(super) fn is_better(one: &Scored, other: &Scored) -> bool {
    /// A wider reading less likely than this share of the other is none.
    const LEAST_SHARE: f32 = 0.5;
    let (a, b) = (&one.candidate, &other.candidate);
    let both = a.kind == QuoteKind::Direct && b.kind == QuoteKind::Direct;
    let (low, high) = if one.score.get() < other.score.get() { (one, other) } else { (other, one) };
    let alike = low.score.get() >= high.score.get() * LEAST_SHARE;
    let wider = if both && alike { a.content.width().cmp(&b.content.width()) } else { Ordering::Equal };
    wider.then(one.score.cmp_total(other.score)).then(b.rule.cmp(&a.rule)).is_gt()
}

impl Attributor {
    /// Keeps the best candidates that do not cross, one for each cue; of nested ones the outermost.
    pub(super) fn select(&mut self, unit: &UnitContext<'_>, listener: &mut impl Listener) {
        self.kept.clear();
        self.owners.clear();
        self.owners.resize(unit.context.tokens.list().len(), 0);
        let mut best = std::mem::take(&mut self.best);
        best.sort_unstable_by(|a, b| b.score.cmp_total(a.score).then(a.anchor.cmp(&b.anchor)));
        for &selected in &best {
            let mut selected = selected;
            let owner_of = |range: Range| self.owners[range.start()..range.end()].iter().find(|&&owner| owner != 0);
            let taken = match self.owners[selected.anchor] {
                0 => selected.content.iter().find_map(owner_of).copied(),
                owner => Some(owner),
            };
            if let Some(owner) = taken
                && (self.owners[selected.anchor] != 0
                    || !self.encloses(&selected) && !self.cut_short(unit, &mut selected))
            {
                listener.fate(selected.number, Fate::Crossed { by: self.kept[owner as usize - 1].number });
                continue;
            }
            listener.fate(selected.number, Fate::Kept);
            self.kept.push(selected);
            self.own(self.kept.len() - 1);
        }
        self.best = best;
        if self.kept.len() < 2 {
            return;
        }
        self.drop_enclosed(listener);
        self.kept.sort_unstable_by_key(|selected| selected.content.first().map_or(0, Range::start));
        // Numbers have changed with the order.
        (0..self.kept.len()).for_each(|index| self.own(index));
    }

    /// What was enclosed by another has lost its tokens.
    fn drop_enclosed(&mut self, listener: &mut impl Listener) {
        let number_of = |kept: &[Selected], owner: u32| kept[owner as usize - 1].number;
        for (selected, own) in self.kept.iter().zip(1..) {
            let owner = selected.content.first().map_or(own, |first| self.owners[first.start()]);
            if owner != own && owner != 0 {
                listener.fate(selected.number, Fate::Enclosed { by: number_of(&self.kept, owner) });
            }
        }
        let owners = &self.owners;
        let mut numbers = 1..;
        self.kept.retain(|selected| {
            let number = numbers.next();
            selected.content.first().is_some_and(|range| Some(owners[range.start()]) == number)
        });
    }

    /// Notes whose the tokens of a kept candidate are.
    fn own(&mut self, index: usize) {
        for range in self.kept[index].content.iter() {
            self.owners[range.start()..range.end()].fill(index as u32 + 1);
        }
    }

    /// Whether a candidate holds all that is in its way, tags and all, and has its own tag behind that or
    /// before it: “…,” Lim said, according to the Herald. Of nested attributions the outermost counts.
    fn encloses(&self, outer: &Selected) -> bool {
        const LIKELY: f32 = 0.5;
        let Some(cue) = outer.tag.cue.filter(|_| outer.score.get() >= LIKELY) else { return false };
        let announces = outer.tag.source.is_some_and(|source| source.start() >= cue.end());
        let interrupts = outer.content.first().is_some_and(|first| first.end() <= cue.start());
        let behind = if announces || interrupts { outer.tag.end() } else { usize::MAX };
        let within = |range: Range| {
            (range.end() <= cue.start() || range.start() >= behind)
                && outer.content.iter().any(|whole| whole.start() <= range.start() && range.end() <= whole.end())
        };
        let holds = |owner: u32| {
            let Some(inner) = (owner as usize).checked_sub(1).map(|index| &self.kept[index]) else { return true };
            inner.tag.cue.is_some_and(within) && inner.tag.source.is_none_or(within) && inner.content.iter().all(within)
        };
        let mut owners = outer.content.iter().flat_map(|range| &self.owners[range.start()..range.end()]);
        let mut last = 0;
        owners.all(|&owner| owner == std::mem::replace(&mut last, owner) || holds(owner))
    }

    /// Ends content where another cue of the same source begins: said that it was late and added that …
    /// Whether that can be done.
    fn cut_short(&self, unit: &UnitContext<'_>, selected: &mut Selected) -> bool {
        let tokens = unit.context.tokens.list();
        let Some(range) = selected.content.only() else { return false };
        let taken = self.owners[range.start()..range.end()].iter().find(|&&owner| owner != 0);
        let other = taken.and_then(|&owner| self.kept.get(owner as usize - 1));
        let shares = |other: &&Selected| selected.has_clause && other.tag.source == selected.tag.source;
        let Some(cue) = other.filter(shares).and_then(|other| other.tag.cue) else { return false };
        let mut end = cue.start();
        while end > range.start() && tokens[end - 1].is(TagSet::AND | TagSet::COMMA | TagSet::DASH) {
            end -= 1;
        }
        if end > range.end() || self.owners[range.start()..end.max(range.start())].iter().any(|&owner| owner != 0) {
            return false;
        }
        let Some(cut) = Range::new(range.start(), end) else { return false };
        selected.content.set_first(cut);
        selected.kind = match &tokens[range.start()..end] {
            [only] if only.is(TagSet::Q) => QuoteKind::Direct,
            words if words.iter().any(|token| token.is(TagSet::Q)) => QuoteKind::Mixed,
            _ => QuoteKind::Indirect,
        };
        true
    }
}
