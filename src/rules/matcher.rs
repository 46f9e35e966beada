//! Matches rules around a token: takes their steps, leftwards and then rightwards, with a bounded
//! backtracker: what has been tried from a place is never tried again, so the time for one anchor is
//! bounded by the size of the rules and the window, whatever the text.

use super::choice::ANYTHING;
use super::preview::Preview;
use super::program::{AnchorSet, Inst, PathSet, Program, Slot, Step, StepKind};
use super::symbols::Symbols;
use crate::lex::Tokens;
use crate::lexicon::{Group, Lexicon};
use crate::token::{Class, Token};

/// How far from its anchor a rule can see, in tokens.
pub(crate) const WINDOW: usize = 64;

/// Where a matched rule found its parts: token positions, `None` where the rule has no such part.
pub(crate) type Slots = [Option<u32>; Slot::COUNT];

/// What rules are matched against.
#[derive(Clone, Copy)]
pub(crate) struct Ground<'g> {
    pub(crate) text: &'g str,
    pub(crate) tokens: &'g Tokens,
    pub(crate) lexicon: &'g Lexicon,
    pub(crate) program: &'g Program,
}

impl Ground<'_> {
    /// The groups of a token's word; quoted strings are in none.
    pub(super) fn group(&self, token: &Token) -> Group {
        if token.string().is_some() { Group::default() } else { self.lexicon.entry(token.word).group }
    }
}

/// Working memory, reused.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    symbols: Symbols,
    preview: Preview,
    /// Take every path, whatever the preview says: for a test.
    #[cfg(test)]
    pub(crate) takes_all: bool,
    /// What the runs that are under way have yet to try, the innermost last.
    stack: Vec<Todo>,
    /// What they have tried: a bit for each split and place.
    visited: Vec<u64>,
    /// Other ends of the steps of a path, with the step behind them.
    forks: Vec<(u16, Place)>,
    /// Which of those have been tried: a bit for each step and place.
    tried: Vec<u64>,
    calls: CallCache,
    /// What the token at hand is an anchor as.
    active: Vec<u16>,
    /// Rules that have matched there.
    done: Vec<u64>,
    matches: Vec<(u16, Slots)>,
}

#[derive(Clone, Copy, Debug)]
struct Todo {
    pc: u16,
    at: u32,
    /// For a span that may give back tokens: how far.
    least: u32,
}

/// One run of the backtracker.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    mirrored: bool,
    /// Where what it has yet to try begins.
    bottom: usize,
    /// Where what it has tried begins.
    visited: usize,
    /// How many splits it has come to.
    splits: usize,
}

/// The most ends a step can have; more are not looked at.
const MOST_ENDS: usize = 8;
/// A run that comes to more splits notes which, so as to take none twice.
const FEW_SPLITS: usize = 64;

impl Matcher {
    /// Forgets the answers of the unit before; the next has so many tokens.
    pub(crate) fn begin_unit(&mut self, program: &Program, tokens: usize) {
        self.done.resize(program.rules.len().div_ceil(64), 0);
        self.calls.forget();
        self.symbols.begin_unit(program, tokens);
        self.preview.begin_unit(program);
    }

    /// What was learned of the rules and holds for other texts.
    pub(crate) fn learned(self) -> Matcher {
        Matcher { symbols: self.symbols.learned(), preview: self.preview, ..Matcher::default() }
    }

    /// Every rule of these anchors that matches at token `at`, each in its first way.
    pub(crate) fn rules_at(&mut self, ground: &Ground<'_>, anchors: &[u16], at: usize) -> &[(u16, Slots)] {
        self.matches.clear();
        self.active.clear();
        let token = &ground.tokens.list()[at];
        let mut set = AnchorSet::default();
        let mut paths = PathSet::default();
        for &number in anchors {
            let anchor = &ground.program.anchors[usize::from(number)];
            if anchor.test.passes(token.class, || ground.group(token)) {
                set.add(number);
                paths = paths.union(anchor.paths);
                self.active.push(number);
            }
        }
        #[cfg(test)]
        if self.takes_all {
            set = AnchorSet::default();
        }
        if !set.is_empty() {
            paths = self.preview.rules(ground, &mut self.symbols, at, set, paths);
        }
        self.done.fill(0);
        for number in paths.list(ground.program.paths.len()) {
            let path = ground.program.paths[usize::from(number)];
            let (word, bit) = (usize::from(path.rule) / 64, 1u64 << (path.rule % 64));
            if self.done[word] & bit != 0 || !self.active.contains(&path.anchor) {
                continue;
            }
            let mut slots = [None; Slot::COUNT];
            if self.take(ground, &ground.program.steps[path.from as usize..path.to as usize], at as u32, &mut slots) {
                self.done[word] |= bit;
                self.matches.push((path.rule, slots));
            }
        }
        &self.matches
    }

    /// Takes the steps of a path, in the first way there is. Every way takes every step, so what a way
    /// that fails has noted in `slots` is noted anew by the next.
    fn take(&mut self, ground: &Ground<'_>, steps: &[Step], anchor: u32, slots: &mut Slots) -> bool {
        self.forks.clear();
        self.tried.clear();
        let (mut next, mut here) = (0, Place { at: anchor, mirrored: true });
        let mut tries = 0;
        loop {
            let Some(step) = steps.get(next) else { return true };
            next += 1;
            let (first, second) = match step.kind {
                StepKind::Save(slot) => {
                    slots[slot as usize] = if slot == Slot::QuoteLeft { here.at.checked_sub(1) } else { Some(here.at) };
                    continue;
                }
                StepKind::Turn => {
                    here = Place { at: anchor + 1, mirrored: false };
                    continue;
                }
                StepKind::Program(entry) => (self.program_end(ground, step, entry, here, next as u16, anchor), None),
                _ => self.ends(ground, step, here),
            };
            let near = |at: &u32| at.abs_diff(anchor) <= WINDOW as u32;
            if let Some(at) = second.filter(near) {
                self.forks.push((next as u16, Place { at, ..here }));
            }
            if let Some(at) = first.filter(near) {
                here.at = at;
                continue;
            }
            let fork = loop {
                let Some((step, place)) = self.forks.pop() else { return false };
                let offset = if place.mirrored { anchor - place.at } else { place.at - anchor } as usize;
                tries += 1;
                if tries <= FEW_SPLITS || note(&mut self.tried, usize::from(step) * (WINDOW + 1) + offset) {
                    break (step, place);
                }
            };
            (next, here) = (usize::from(fork.0), fork.1);
        }
    }

    /// Where a program that is a step ends first; its other ends become forks.
    fn program_end(
        &mut self,
        ground: &Ground<'_>,
        step: &Step,
        entry: u16,
        here: Place,
        next: u16,
        anchor: u32,
    ) -> Option<u32> {
        if let Some(end) = at_once(ground, step, here) {
            return end;
        }
        let mut ends = Ends::default();
        self.run(ground, entry, here.at, here.mirrored, |end| ends.push(end));
        let (first, others) = ends.list().split_first()?;
        let others = others.iter().rev().filter(|at| at.abs_diff(anchor) <= WINDOW as u32);
        self.forks.extend(others.map(|&at| (next, Place { at, ..here })));
        Some(*first)
    }

    /// Where a step can end that is not a program: the better end and the other.
    fn ends(&mut self, ground: &Ground<'_>, step: &Step, here: Place) -> (Option<u32>, Option<u32>) {
        let Place { at, mirrored } = here;
        let behind = if mirrored { at.wrapping_sub(1) } else { at + 1 };
        let next = if mirrored { behind } else { at };
        let mut passes = |place: u32, test: u16| self.symbols.passes_at(ground, place as usize, test);
        match step.kind {
            StepKind::Save(_) | StepKind::Turn | StepKind::Program(_) => (None, None),
            StepKind::Edge(start) => (at_edge(ground.tokens.list(), at as usize, start).then_some(at), None),
            StepKind::Test(test) => (passes(next, test).then_some(behind), None),
            StepKind::Option(test) if passes(next, test) => (Some(behind), Some(at)),
            StepKind::Option(_) => (Some(at), None),
            StepKind::Look { behind, negate, test } => {
                let place = if behind { at.wrapping_sub(1) } else { at };
                ((passes(place, test) != negate).then_some(at), None)
            }
            StepKind::Call(def) | StepKind::Maybe(def) => {
                if let Some(end) = at_once(ground, step, here) {
                    return (end, None);
                }
                let end = self.call(ground, def, at, mirrored);
                let other = matches!(step.kind, StepKind::Maybe(_)).then_some(at);
                if end.is_none() || end == other { (other.or(end), None) } else { (end, other) }
            }
        }
    }

    /// Runs a program and reports its ends, best first, until `report` has had enough.
    fn run(
        &mut self,
        ground: &Ground<'_>,
        entry: u16,
        start: u32,
        mirrored: bool,
        mut report: impl FnMut(u32) -> bool,
    ) {
        let bottom = self.stack.len();
        let mut run = Run { start, mirrored, bottom, visited: self.visited.len(), splits: 0 };
        let mut end = self.follow(ground, (entry, start), &mut run);
        while let Some(found) = end
            && report(found)
        {
            end = self.pop(&run).and_then(|next| self.follow(ground, next, &mut run));
        }
        self.stack.truncate(bottom);
        self.visited.truncate(run.visited);
    }

    /// What is to be tried next.
    #[inline]
    fn pop(&mut self, run: &Run) -> Option<(u16, u32)> {
        if self.stack.len() == run.bottom {
            return None;
        }
        let Todo { pc, at, least } = self.stack.last_mut()?;
        let next = (*pc, *at);
        if at == least {
            self.stack.pop();
        } else {
            *at = if run.mirrored { *at + 1 } else { *at - 1 };
        }
        Some(next)
    }

    /// Follows one thread after another, to the first that ends in a match.
    fn follow(&mut self, ground: &Ground<'_>, (mut pc, mut at): (u16, u32), run: &mut Run) -> Option<u32> {
        loop {
            let next = if run.mirrored { at.wrapping_sub(1) } else { at };
            let behind = if run.mirrored { next } else { at + 1 };
            let mut to = pc + 1;
            let end = match ground.program.insts[usize::from(pc)] {
                Inst::Match => return Some(at),
                Inst::Jump(target) => {
                    to = target;
                    Some(at)
                }
                Inst::Split { first, second, number, mask } => {
                    let mask = ground.program.masks[usize::from(mask)];
                    let hopeless = ground.tokens.list().get(next as usize).is_none_or(|token| !token.is(mask));
                    to = second;
                    if hopeless && mask != ANYTHING {
                        Some(at)
                    } else {
                        run.splits += 1;
                        let fresh = run.splits <= FEW_SPLITS || self.visit(run, number, at.abs_diff(run.start));
                        if fresh {
                            self.stack.push(Todo { pc: second, at, least: at });
                            to = first;
                        }
                        fresh.then_some(at)
                    }
                }
                Inst::Test(test) => self.symbols.passes_at(ground, next as usize, test).then_some(behind),
                Inst::Span { test, least, most } => {
                    self.span(ground, test, (least, most), at, run).map(|(end, shortest)| {
                        if end != shortest {
                            let shorter = if run.mirrored { end + 1 } else { end - 1 };
                            self.stack.push(Todo { pc: to, at: shorter, least: shortest });
                        }
                        end
                    })
                }
                Inst::Edge(start) => at_edge(ground.tokens.list(), at as usize, start).then_some(at),
                Inst::Look { behind, negate } => {
                    to += 1;
                    (self.one(ground, pc + 1, at, behind).is_some() != negate).then_some(at)
                }
                _ => self.one(ground, pc, at, run.mirrored),
            };
            (pc, at) = match end.filter(|end| end.abs_diff(run.start) as usize <= WINDOW) {
                Some(end) => (to, end),
                None => self.pop(run)?,
            };
        }
    }

    /// Takes one token, or one definition; gives back the place behind it.
    fn one(&mut self, ground: &Ground<'_>, pc: u16, at: u32, mirrored: bool) -> Option<u32> {
        let inst = ground.program.insts[usize::from(pc)];
        if let Inst::Call(def) = inst {
            return self.call(ground, def, at, mirrored);
        }
        let (index, next) = if mirrored { (at.checked_sub(1)?, at - 1) } else { (at, at + 1) };
        let token = ground.tokens.list().get(index as usize)?;
        let fits = match inst {
            Inst::Test(test) => self.symbols.passes_at(ground, index as usize, test),
            Inst::Regex(regex) => {
                let start = ground.tokens.start(index as usize);
                let word = &ground.text[start..start + usize::from(token.len)];
                token.string().is_none() && ground.program.regexes[usize::from(regex)].is_match(word)
            }
            _ => false,
        };
        fits.then_some(next)
    }

    /// As many tokens as pass, within bounds: the farthest and the nearest end.
    fn span(
        &mut self,
        ground: &Ground<'_>,
        test: u16,
        (least, most): (u8, u8),
        at: u32,
        run: &Run,
    ) -> Option<(u32, u32)> {
        let room = WINDOW.saturating_sub(at.abs_diff(run.start) as usize).min(usize::from(most)) as u32;
        let mut count = 0;
        while count < room {
            let next = if run.mirrored { at.wrapping_sub(count + 1) } else { at + count };
            if !self.symbols.passes_at(ground, next as usize, test) {
                break;
            }
            count += 1;
        }
        let least = u32::from(least);
        if count < least {
            return None;
        }
        Some(if run.mirrored { (at - count, at - least) } else { (at + count, at + least) })
    }

    fn call(&mut self, ground: &Ground<'_>, def: u16, at: u32, mirrored: bool) -> Option<u32> {
        if let Some(known) = self.calls.get(def, at, mirrored) {
            return known;
        }
        let entry = ground.program.defs[usize::from(def)].entry[usize::from(mirrored)];
        let mut end = None;
        self.run(ground, entry, at, mirrored, |found| {
            end = Some(found);
            false
        });
        self.calls.put(def, at, mirrored, end);
        end
    }

    /// Notes that a split has been tried `offset` tokens away; `false` if it had been before.
    fn visit(&mut self, run: &Run, number: u8, offset: u32) -> bool {
        note(&mut self.visited, run.visited * 64 + usize::from(number) * (WINDOW + 1) + offset as usize)
    }
}

/// Sets a bit; `false` if it was set.
fn note(bits: &mut Vec<u64>, bit: usize) -> bool {
    let (word, mask) = (bit / 64, 1 << (bit % 64));
    if bits.len() <= word {
        bits.resize(word + 1, 0);
    }
    let fresh = bits[word] & mask == 0;
    bits[word] |= mask;
    fresh
}

/// Where a step ends whose next token tells that it takes none: there, or nowhere.
fn at_once(ground: &Ground<'_>, step: &Step, here: Place) -> Option<Option<u32>> {
    let next = if here.mirrored { here.at.wrapping_sub(1) } else { here.at };
    let hopeless = ground.tokens.list().get(next as usize).is_none_or(|token| !token.is(step.first));
    (hopeless && (step.skips || !step.empty)).then(|| step.skips.then_some(here.at))
}

/// Where a path has come to.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: u32,
    mirrored: bool,
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

/// Whether a sentence starts, or ends, between the tokens `at - 1` and `at`.
pub(crate) fn at_edge(tokens: &[Token], at: usize, start: bool) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let after = tokens.get(at);
    let broken = before.is_none_or(|token| token.is(Class::STOP | Class::PARA))
        || after.is_none_or(|token| token.is(Class::PARA))
        || before.is_some_and(|token| token.is(Class::QEND))
            && after.is_some_and(|token| token.is(Class::CAP | Class::Q));
    broken || !start && after.is_some_and(|token| token.is(Class::STOP))
}

/// Answers of recent definitions: a small table, so that memory stays constant.
#[derive(Debug)]
struct CallCache {
    slots: Vec<CallSlot>,
    unit: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct CallSlot {
    unit: u32,
    at: u32,
    key: u32,
    end: Option<u32>,
}

const CALL_SLOTS: usize = 512;

impl Default for CallCache {
    fn default() -> CallCache {
        CallCache { slots: vec![CallSlot::default(); CALL_SLOTS], unit: 1 }
    }
}

impl CallCache {
    fn forget(&mut self) {
        self.unit = self.unit.wrapping_add(1);
        if self.unit == 0 {
            self.slots.fill(CallSlot::default());
            self.unit = 1;
        }
    }

    fn place(def: u16, at: u32, mirrored: bool) -> (usize, u32) {
        let key = u32::from(def) << 1 | u32::from(mirrored);
        let slot = at.wrapping_mul(31).wrapping_add(key.wrapping_mul(0x9E37_79B9) >> 16) as usize % CALL_SLOTS;
        (slot, key)
    }

    fn get(&self, def: u16, at: u32, mirrored: bool) -> Option<Option<u32>> {
        let (slot, key) = CallCache::place(def, at, mirrored);
        let found = &self.slots[slot];
        (found.unit == self.unit && found.at == at && found.key == key).then_some(found.end)
    }

    fn put(&mut self, def: u16, at: u32, mirrored: bool, end: Option<u32>) {
        let (slot, key) = CallCache::place(def, at, mirrored);
        self.slots[slot] = CallSlot { unit: self.unit, at, key, end };
    }
}
