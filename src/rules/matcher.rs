//! Matches rules around a token: first asks which can match at all, then takes the steps of their
//! sides, each side by itself and once, whatever the rules that share it.

use super::backtrack::Backtracker;
use super::captures::Captures;
use super::context::Context;
use super::program::PathSet;
use super::symbols::{Sight, TokenClasses};

/// What became of a side at the anchor of this number.
#[derive(Clone, Copy, Debug)]
struct Taken {
    anchor: u32,
    fits: bool,
    slots: Captures,
}

/// Working memory, reused.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    symbols: TokenClasses,
    /// Whether the tokens of the unit have been read.
    is_read: bool,
    sides: Sides,
    /// Take every path and every way of it, whatever the tokens ahead and the sentence tell: for a test.
    #[cfg(test)]
    pub(crate) takes_all: bool,
    matches: Vec<(u16, Captures)>,
}

/// Takes the sides of the rules.
#[derive(Debug, Default)]
struct Sides {
    backtracker: Backtracker,
    /// What became of each side at the anchor at hand.
    taken: Vec<Taken>,
    /// How many anchors there have been.
    anchors: u32,
}

impl Matcher {
    /// Forgets the answers of the unit before.
    pub(crate) fn begin_unit(&mut self, context: &Context<'_>) {
        self.is_read = false;
        self.sides.begin_unit(context);
    }

    /// How many instructions were taken so far, and whether the last anchor had its share of the budget.
    #[cfg(test)]
    pub(super) fn work(&self) -> (u64, bool) {
        (self.sides.backtracker.steps, self.sides.backtracker.budget.is_spent())
    }

    /// What was learned of the rules and holds for other texts.
    pub(crate) fn learned(self) -> Matcher {
        Matcher { symbols: self.symbols.learned(), ..Matcher::default() }
    }

    /// Every rule of these anchors that matches at token `at`, each in its first way.
    pub(crate) fn rules_at(&mut self, context: &Context<'_>, anchors: &[u16], at: usize) -> &[(u16, Captures)] {
        self.matches.clear();
        let token = &context.tokens.list()[at];
        let class = token.class;
        let active = |anchor: &u16| context.program.anchors[usize::from(*anchor)].paths_at(class);
        let mut paths = anchors.iter().map(active).fold(PathSet::default(), PathSet::union);
        if paths.is_empty() {
            return &self.matches;
        }
        // Many a unit has no word that a rule starts from.
        if !std::mem::replace(&mut self.is_read, true) {
            self.symbols.read(context);
            #[cfg(test)]
            if self.takes_all {
                self.symbols.tell_nothing(context.program);
            }
        }
        let at = at as u32;
        #[cfg(test)]
        let is_asked = !self.takes_all;
        #[cfg(not(test))]
        let is_asked = true;
        let required = &context.program.required;
        let met = self.symbols.met_beside(at);
        if is_asked {
            paths = self.symbols.left_around(context.program, at, paths);
            paths = paths.filter(|path| required.is_met(path, met));
        }
        if paths.is_empty() {
            return &self.matches;
        }
        self.sides.next_anchor();
        let sight = self.symbols.sight(context);
        for number in paths.list(context.program.paths.len()) {
            let path = context.program.paths[usize::from(number)];
            // The last paths share a bit.
            let is_left = || {
                anchors.contains(&path.anchor)
                    && !active(&path.anchor).is_empty()
                    && (!is_asked || required.is_met(number, met))
            };
            if number >= PathSet::LAST && !is_left() {
                continue;
            }
            // The paths of a rule stand side by side.
            if self.matches.last().is_some_and(|(rule, _)| *rule == path.rule) {
                continue;
            }
            if self.sides.backtracker.budget.is_spent() {
                break;
            }
            // The right side is the shorter one, as a rule.
            if [path.right, path.left].into_iter().all(|side| self.sides.fit(&sight, side, at)) {
                self.matches.push((path.rule, self.sides.slots(path.left).with(self.sides.slots(path.right))));
            }
        }
        &self.matches
    }
}

impl Sides {
    fn begin_unit(&mut self, context: &Context<'_>) {
        self.taken.resize(context.program.sides.len(), Taken { anchor: 0, fits: false, slots: Captures::EMPTY });
        self.backtracker.begin_unit(context.tokens.list().len());
    }

    /// Where a side that fits has its parts.
    fn slots(&self, side: u16) -> &Captures {
        &self.taken[usize::from(side)].slots
    }

    /// Forgets what became of the sides at the anchor before.
    fn next_anchor(&mut self) {
        self.anchors = self.anchors.wrapping_add(1);
        if self.anchors == 0 {
            self.taken.iter_mut().for_each(|side| side.anchor = 0);
            self.anchors = 1;
        }
        self.backtracker.budget.begin_anchor();
    }

    /// Whether a side matches at token `anchor`: it is taken once, whatever the paths that have it.
    #[inline(always)]
    fn fit(&mut self, sight: &Sight<'_>, number: u16, anchor: u32) -> bool {
        let taken = &mut self.taken[usize::from(number)];
        if taken.anchor != self.anchors {
            let side = sight.context.program.sides[usize::from(number)];
            taken.anchor = self.anchors;
            // Every way takes every step, so what a way that fails has noted is noted anew by the next.
            taken.slots = Captures::EMPTY;
            taken.fits = self.backtracker.fits(sight, side.entry, side.mirrored, anchor, &mut taken.slots);
        }
        taken.fits
    }
}
