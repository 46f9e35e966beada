//! Which rules can match around a word, as far as the few tokens beside it tell.
//!
//! To take a rule step by step costs much, and around most words hardly a rule matches. So when the rules are compiled, the
//! tests are gathered that the first, the second … token on each side of the word may have to pass, each place by itself.
//! What a kind of token passes then tells which ways to read the rules are left, some bits for each place: a few times
//! *and* around each word. No rule that matches is missed; some are let pass that do not.

use super::program::{Inst, PathSet, Program, Side, Step, StepKind};
use std::collections::{HashMap, HashSet};

/// How many tokens are asked on each side.
pub(super) const FURTHEST: usize = 4;

/// The places asked, those on the right first.
pub(super) const PLACES: usize = 2 * FURTHEST;

/// For each place the ways to read the rules that a token there leaves.
pub(super) type Mask = [PathSet; PLACES];

/// What a token must be: a test of the program, by its number; or one of the two below.
type Demand = u16;

/// What ends a sentence or stands outside of it, so that an edge may be there.
const EDGE: Demand = u16::MAX;

/// Any token.
const TOKEN: Demand = u16::MAX - 1;

/// A place, as many tokens away, and what the token there must be.
type Need = (usize, Demand);

/// What the tokens around a word must be, for all rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Preview {
    /// By the number of a test: the paths that a token that passes it leaves.
    by_test: Vec<Mask>,
    /// Paths that end before a place, whatever stands there.
    open: Mask,
    /// Paths that end there if a sentence may.
    edge: Mask,
    /// Paths that take any token there.
    token: Mask,
}

/// What can be read from a place in a rule: each token by how far it is away.
#[derive(Clone, Debug, Default)]
struct Reach {
    needs: Vec<Need>,
    /// How many tokens can have been taken at the end, if they are few: a bit for each number.
    ends: u8,
    /// The same where the token behind the end is asked for something.
    asked: Vec<Need>,
}

impl Reach {
    /// The ends, and those where the token behind is asked.
    fn all_ends(&self) -> u8 {
        self.asked.iter().fold(self.ends, |ends, (end, _)| ends | 1 << end)
    }
}

/// Ends further away tell nothing.
const NEAR: u8 = (1 << FURTHEST) - 1;

/// The numbers of a set of ends.
fn numbers(ends: u8) -> impl Iterator<Item = usize> {
    (0..FURTHEST).filter(move |end| ends >> end & 1 != 0)
}

/// What is needed from a place on.
fn behind(needs: &[Need], place: usize) -> impl Iterator<Item = Need> {
    needs.iter().map(move |&(after, demand)| (place + after, demand)).filter(|(place, _)| *place < FURTHEST)
}

impl Preview {
    /// Gathers what all rules of a program ask.
    pub(super) fn new(program: &Program) -> Preview {
        let mut preview = Preview { by_test: vec![Mask::default(); program.tests.len()], ..Preview::default() };
        let mut reader = Reader { program, known: HashMap::new() };
        let mut paths = vec![PathSet::default(); program.sides.len()];
        for (number, path) in (0..).zip(&program.paths) {
            paths[usize::from(path.left)].add(number);
            paths[usize::from(path.right)].add(number);
        }
        for (side, paths) in program.sides.iter().zip(paths) {
            preview.add(&reader.side(side), paths, if side.mirrored { FURTHEST } else { 0 });
        }
        preview
    }

    /// Adds what the paths of one side ask; their places begin with `first`.
    fn add(&mut self, reach: &Reach, paths: PathSet, first: usize) {
        let ends = reach.ends.trailing_zeros() as usize;
        let asked = reach.asked.iter().map(|(end, _)| end + 1).min().unwrap_or(usize::MAX);
        for place in ends.min(asked)..FURTHEST {
            self.open[first + place].unite(paths);
        }
        for &(place, demand) in reach.needs.iter().chain(&reach.asked) {
            let mask = match demand {
                EDGE => &mut self.edge,
                TOKEN => &mut self.token,
                test => &mut self.by_test[usize::from(test)],
            };
            mask[first + place].unite(paths);
        }
    }

    /// What a token leaves: it passes these tests, may stand at the edge of a sentence read rightwards, and leftwards.
    pub(super) fn mask(&self, tests: impl Iterator<Item = u16>, edges: [bool; 2]) -> Mask {
        let mut mask = self.open;
        let mut add = |other: &Mask, places: std::ops::Range<usize>| {
            mask[places.clone()].iter_mut().zip(&other[places]).for_each(|(mask, other)| mask.unite(*other));
        };
        tests.for_each(|test| add(&self.by_test[usize::from(test)], 0..PLACES));
        add(&self.token, 0..PLACES);
        for (side, _) in edges.into_iter().enumerate().filter(|(_, edge)| *edge) {
            add(&self.edge, side * FURTHEST..(side + 1) * FURTHEST);
        }
        mask
    }

    /// What is left where there is no token any more.
    pub(super) fn outside(&self) -> Mask {
        std::array::from_fn(|place| self.open[place].union(self.edge[place]))
    }

    /// What ends at a place behind the end of a sentence.
    pub(super) fn edge(&self, place: usize) -> PathSet {
        self.edge[place]
    }
}

/// Reads rules for what their tokens must be.
struct Reader<'p> {
    program: &'p Program,
    /// What can be read from the entry of a program.
    known: HashMap<(u16, bool), Reach>,
}

impl Reader<'_> {
    fn side(&mut self, side: &Side) -> Reach {
        let program = self.program;
        let mut reach = Reach { ends: 1, ..Reach::default() };
        for step in &program.steps[side.from as usize..side.to as usize] {
            self.step(step, side.mirrored, &mut reach);
        }
        reach
    }

    /// One step more.
    fn step(&mut self, step: &Step, mirrored: bool, reach: &mut Reach) {
        let demand = match step.kind {
            StepKind::Save(_) => return,
            StepKind::Look { behind, negate, .. } if negate || behind != mirrored => return,
            StepKind::Look { test, .. } => Some(test),
            StepKind::Edge(_) => Some(EDGE),
            _ => None,
        };
        if let Some(demand) = demand {
            // One question is enough.
            reach.asked.extend(numbers(std::mem::take(&mut reach.ends)).map(|end| (end, demand)));
            return;
        }
        let starts = reach.all_ends();
        reach.asked.clear();
        let entry = |def: u16| self.program.defs[usize::from(def)].entry[usize::from(mirrored)];
        let (entry, optional) = match step.kind {
            StepKind::Test(test) | StepKind::Option(test) => {
                reach.needs.extend(numbers(starts).map(|start| (start, test)));
                let optional = if matches!(step.kind, StepKind::Option(_)) { starts } else { 0 };
                reach.ends = (starts << 1 | optional) & NEAR;
                return;
            }
            StepKind::Call(def) => (entry(def), false),
            StepKind::Maybe(def) => (entry(def), true),
            StepKind::Program(entry) => (entry, false),
            StepKind::Save(_) | StepKind::Look { .. } | StepKind::Edge(_) => return,
        };
        let inner = self.program(entry, mirrored);
        reach.ends = if optional { starts } else { 0 };
        for start in numbers(starts) {
            reach.needs.extend(behind(&inner.needs, start));
            reach.asked.extend(behind(&inner.asked, start));
            reach.ends |= inner.ends << start & NEAR;
        }
    }

    /// What can be read from the entry of a program.
    fn program(&mut self, entry: u16, mirrored: bool) -> Reach {
        if let Some(known) = self.known.get(&(entry, mirrored)) {
            return known.clone();
        }
        let mut reach = Reach::default();
        let mut todo = vec![Thread { pc: entry, at: 0, asked: None }];
        let mut seen = HashSet::new();
        while let Some(thread) = todo.pop() {
            if thread.at < FURTHEST && seen.insert(thread) {
                self.follow(thread, mirrored, &mut reach, &mut todo);
            }
        }
        reach.needs.sort_unstable();
        reach.needs.dedup();
        reach.asked.sort_unstable();
        reach.asked.dedup();
        self.known.insert((entry, mirrored), reach.clone());
        reach
    }

    fn follow(&mut self, thread: Thread, mirrored: bool, reach: &mut Reach, todo: &mut Vec<Thread>) {
        let Thread { pc, at, asked } = thread;
        let mut go = |pc: u16, at: usize, asked| todo.push(Thread { pc, at, asked });
        match self.program.insts[usize::from(pc)] {
            Inst::Match => match asked {
                Some(demand) => reach.asked.push((at, demand)),
                None => reach.ends |= 1 << at,
            },
            Inst::Jump(target) => go(target, at, asked),
            Inst::Split { first, second, .. } => {
                go(first, at, asked);
                go(second, at, asked);
            }
            Inst::Test(test) => {
                reach.needs.push((at, test));
                go(pc + 1, at + 1, None);
            }
            Inst::Regex(_) => {
                reach.needs.push((at, TOKEN));
                go(pc + 1, at + 1, None);
            }
            Inst::Edge(_) => go(pc + 1, at, asked.or(Some(EDGE))),
            Inst::Span { test, least, most, .. } => {
                let most = usize::from(most).min(FURTHEST - at);
                reach.needs.extend((0..most).map(|count| (at + count, test)));
                for count in usize::from(least).min(most)..=most {
                    go(pc + 1, at + count, if count == 0 { asked } else { None });
                }
            }
            Inst::Look { behind, negate } => {
                let ahead = match self.program.insts[usize::from(pc) + 1] {
                    Inst::Test(test) if behind == mirrored && !negate => Some(test),
                    _ => None,
                };
                go(pc + 2, at, asked.or(ahead));
            }
            Inst::Call(def) => {
                let entry = self.program.defs[usize::from(def)].entry[usize::from(mirrored)];
                let inner = self.program(entry, mirrored);
                reach.needs.extend(behind(&inner.needs, at));
                numbers(inner.ends).for_each(|end| go(pc + 1, at + end, None));
                inner.asked.iter().for_each(|&(end, demand)| go(pc + 1, at + end, Some(demand)));
            }
        }
    }
}

/// One way through a program.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Thread {
    pc: u16,
    /// How many tokens it has taken.
    at: usize,
    /// What the next token must be.
    asked: Option<Demand>,
}
