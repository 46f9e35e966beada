//! Matches rules around a token: first asks which can match at all, then takes the steps of their
//! sides, each side by itself and once, whatever the rules that share it.

use super::backtrack::{Backtracker, FEW_SPLITS, behind, limit, note, within};
use super::ground::{Ground, WINDOW, at_edge};
use super::program::{PathSet, Slot, Step, StepKind};
use super::symbols::{Sight, Symbols};
use crate::token::Token;

/// Where a matched rule found its parts: token positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slots([u32; Slot::COUNT]);

impl Slots {
    /// No token is that far from the start of its unit.
    const NOWHERE: u32 = u32::MAX;
    const EMPTY: Slots = Slots([Slots::NOWHERE; Slot::COUNT]);

    /// Where this part is; `None` if the rule has no such part.
    pub(crate) fn get(&self, slot: Slot) -> Option<usize> {
        let at = self.0[slot as usize];
        (at != Slots::NOWHERE).then_some(at as usize)
    }

    /// The parts of both sides; where both have one, the right.
    fn with(&self, right: &Slots) -> Slots {
        let of = |slot: usize| if right.0[slot] == Slots::NOWHERE { self.0[slot] } else { right.0[slot] };
        Slots(std::array::from_fn(of))
    }
}

/// What became of a side at the anchor of this number.
#[derive(Clone, Copy, Debug)]
struct Taken {
    anchor: u32,
    fits: bool,
    slots: Slots,
}

/// Working memory, reused.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    symbols: Symbols,
    sides: Sides,
    /// Take every path, whatever the preview says: for a test.
    #[cfg(test)]
    pub(crate) takes_all: bool,
    /// What the token at hand is an anchor as.
    active: Vec<u16>,
    /// Rules that have matched there.
    done: Vec<u64>,
    matches: Vec<(u16, Slots)>,
}

/// Takes the sides of the rules.
#[derive(Debug, Default)]
struct Sides {
    backtracker: Backtracker,
    /// What became of each side at the anchor at hand.
    taken: Vec<Taken>,
    /// How many anchors there have been.
    anchors: u32,
    /// Other ends of the steps of a side, with the step behind them.
    forks: Vec<(u16, u32)>,
    /// Which of those have been tried: a bit for each step and place.
    tried: Vec<u64>,
}

/// The most ends a step can have; more are not looked at.
const MOST_ENDS: usize = 8;

impl Matcher {
    /// Forgets the answers of the unit before and reads the next.
    pub(crate) fn begin_unit(&mut self, ground: &Ground<'_>) {
        let program = ground.program;
        self.done.resize(program.rules.len().div_ceil(64), 0);
        self.sides.begin_unit(program.sides.len());
        self.symbols.begin_unit(ground);
    }

    /// What was learned of the rules and holds for other texts.
    pub(crate) fn learned(self) -> Matcher {
        Matcher { symbols: self.symbols.learned(), ..Matcher::default() }
    }

    /// Every rule of these anchors that matches at token `at`, each in its first way.
    pub(crate) fn rules_at(&mut self, ground: &Ground<'_>, anchors: &[u16], at: usize) -> &[(u16, Slots)] {
        self.matches.clear();
        let token = &ground.tokens.list()[at];
        let mut paths = self.active(ground, anchors, token);
        #[cfg(test)]
        let is_asked = !self.takes_all;
        #[cfg(not(test))]
        let is_asked = true;
        if is_asked {
            paths = self.symbols.left_around(ground.program, at as u32, paths);
        }
        if paths.is_empty() {
            return &self.matches;
        }
        self.done.fill(0);
        self.sides.next_anchor();
        let met = [self.symbols.met_beside::<false>(at as u32), self.symbols.met_beside::<true>(at as u32)];
        let required = &ground.program.required;
        let sight = self.symbols.sight(ground);
        for number in paths.list(ground.program.paths.len()) {
            let path = ground.program.paths[usize::from(number)];
            let (word, bit) = (usize::from(path.rule) / 64, 1u64 << (path.rule % 64));
            if self.done[word] & bit != 0 || !self.active.contains(&path.anchor) {
                continue;
            }
            if is_asked && !(required.is_met(path.right, met[0]) && required.is_met(path.left, met[1])) {
                continue;
            }
            // The right side is the shorter one, as a rule.
            if self.sides.fit::<false>(&sight, path.right, at as u32)
                && self.sides.fit::<true>(&sight, path.left, at as u32)
            {
                self.done[word] |= bit;
                self.matches.push((path.rule, self.sides.slots(path.left).with(self.sides.slots(path.right))));
            }
        }
        &self.matches
    }

    /// Notes which of these anchors a token is; gives back their paths.
    fn active(&mut self, ground: &Ground<'_>, anchors: &[u16], token: &Token) -> PathSet {
        self.active.clear();
        let mut paths = PathSet::default();
        for &number in anchors {
            let anchor = &ground.program.anchors[usize::from(number)];
            if anchor.test.passes(token.class, || ground.group(token)) {
                paths = paths.union(anchor.paths);
                self.active.push(number);
            }
        }
        paths
    }
}

impl Sides {
    fn begin_unit(&mut self, sides: usize) {
        self.taken.resize(sides, Taken { anchor: 0, fits: false, slots: Slots::EMPTY });
        self.backtracker.begin_unit();
    }

    /// Where a side that fits has its parts.
    fn slots(&self, side: u16) -> &Slots {
        &self.taken[usize::from(side)].slots
    }

    /// Forgets what became of the sides at the anchor before.
    fn next_anchor(&mut self) {
        self.anchors = self.anchors.wrapping_add(1);
        if self.anchors == 0 {
            self.taken.iter_mut().for_each(|side| side.anchor = 0);
            self.anchors = 1;
        }
    }

    /// Whether a side matches at token `anchor`: it is taken once, whatever the paths that have it.
    #[inline]
    fn fit<const LEFT: bool>(&mut self, sight: &Sight<'_>, number: u16, anchor: u32) -> bool {
        let known = &self.taken[usize::from(number)];
        if known.anchor == self.anchors {
            return known.fits;
        }
        let program = sight.ground.program;
        let side = program.sides[usize::from(number)];
        let mut slots = Slots::EMPTY;
        let fits = self.take::<LEFT>(sight, &program.steps[side.from as usize..side.to as usize], anchor, &mut slots);
        self.taken[usize::from(number)] = Taken { anchor: self.anchors, fits, slots };
        fits
    }

    /// Takes the steps of a side, in the first way there is. Every way takes every step, so what a way
    /// that fails has noted in `slots` is noted anew by the next.
    fn take<const LEFT: bool>(&mut self, sight: &Sight<'_>, steps: &[Step], anchor: u32, slots: &mut Slots) -> bool {
        self.forks.clear();
        self.tried.clear();
        let farthest = limit::<LEFT>(anchor);
        let (mut next, mut at) = (0, if LEFT { anchor } else { anchor + 1 });
        let mut tries = 0;
        loop {
            let Some(step) = steps.get(next) else { return true };
            next += 1;
            if let StepKind::Save(slot) = step.kind {
                // Before the first token is nowhere.
                slots.0[slot as usize] = if slot == Slot::QuoteLeft { at.wrapping_sub(1) } else { at };
                continue;
            }
            let end = match step.kind {
                StepKind::Save(_) => continue,
                StepKind::Test(test) => sight.passes::<LEFT>(at, test).then_some(behind::<LEFT>(at)),
                StepKind::Option(test) => {
                    if !sight.passes::<LEFT>(at, test) {
                        continue;
                    }
                    self.forks.push((next as u16, at));
                    Some(behind::<LEFT>(at))
                }
                StepKind::Edge(start) => at_edge(sight.ground.tokens.list(), at as usize, start).then_some(at),
                StepKind::Look { behind, negate, test } => {
                    let passes = if behind { sight.passes::<true>(at, test) } else { sight.passes::<false>(at, test) };
                    (passes != negate).then_some(at)
                }
                StepKind::Call(def) => self.backtracker.call::<LEFT>(sight, def, at),
                StepKind::Maybe(def) => {
                    let Some(end) = self.backtracker.call::<LEFT>(sight, def, at).filter(|end| *end != at) else {
                        continue;
                    };
                    self.forks.push((next as u16, at));
                    Some(end)
                }
                StepKind::Program(entry) => self.program::<LEFT>(sight, step, entry, at, (next as u16, farthest)),
            };
            if let Some(end) = end.filter(|end| within::<LEFT>(*end, farthest)) {
                at = end;
                continue;
            }
            (next, at) = loop {
                let Some((step, at)) = self.forks.pop() else { return false };
                tries += 1;
                let offset = at.abs_diff(anchor) as usize;
                if tries <= FEW_SPLITS || note(&mut self.tried, usize::from(step) * (WINDOW as usize + 1) + offset) {
                    break (usize::from(step), at);
                }
            };
        }
    }

    /// Where a program that is a step ends first; its other ends become forks.
    fn program<const LEFT: bool>(
        &mut self,
        sight: &Sight<'_>,
        step: &Step,
        entry: u16,
        at: u32,
        (next, farthest): (u16, u32),
    ) -> Option<u32> {
        if (step.skips || !step.empty) && !sight.may_come::<LEFT>(at, step.first) {
            return step.skips.then_some(at);
        }
        let mut ends = Ends::default();
        self.backtracker.run::<LEFT>(sight, entry, at, |end| ends.push(end));
        let (first, others) = ends.list().split_first()?;
        let others = others.iter().rev().filter(|at| within::<LEFT>(**at, farthest));
        self.forks.extend(others.map(|&at| (next, at)));
        Some(*first)
    }
}

/// Ends of a step, each once.
#[derive(Default)]
struct Ends {
    ends: [u32; MOST_ENDS],
    count: usize,
}

impl Ends {
    /// Adds an end; whether there is room for more.
    fn push(&mut self, end: u32) -> bool {
        if self.count < MOST_ENDS && !self.list().contains(&end) {
            self.ends[self.count] = end;
            self.count += 1;
        }
        self.count < MOST_ENDS
    }

    fn list(&self) -> &[u32] {
        &self.ends[..self.count]
    }
}
