//! Which rules can match around a word, as far as the few tokens beside it tell.
//!
//! Running a rule is expensive, and around most words hardly a rule matches. So for each of the nearest token places on
//! either side of an anchor, compilation gathers the tests that a token there may have to pass, whatever stands at the other
//! places. A token class then has a mask of the paths it leaves for each place, and the paths left around a word are the
//! *and* of a few masks. No rule that matches is missed; some that do not match are let pass.

use super::program::{FAIL, Inst, PathSet, Pc, Program};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many tokens are asked on each side.
pub(super) const FURTHEST: usize = 4;

/// The places asked, those on the right first.
pub(super) const PLACES: usize = 2 * FURTHEST;

/// For each place the ways to read the rules that a token there leaves.
pub(super) type Mask = [PathSet; PLACES];

/// What a token must be: a test of the program, by its number; or one of the two below.
type Demand = usize;

/// Any token.
const TOKEN: Demand = 0;

/// What ends a sentence or stands outside of it, so that an edge may be there.
const EDGE: Demand = 1;

/// The demand of a test.
fn demand(test: u16) -> Demand {
    usize::from(test) + 2
}

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

/// Demands, each once.
#[derive(Clone, Debug, Default)]
struct Demands(BTreeSet<Demand>);

impl Demands {
    fn add(&mut self, demand: Demand) {
        self.0.insert(demand);
    }

    fn unite(&mut self, other: &Demands) {
        self.0.extend(&other.0);
    }

    fn iter(&self) -> impl Iterator<Item = Demand> + '_ {
        self.0.iter().copied()
    }
}

/// What can be read from a place in a rule: each token by how far it is away.
#[derive(Debug, Default)]
struct Reach {
    needs: [Demands; FURTHEST],
    /// How many tokens can have been taken at the end, if they are few: a bit for each number.
    ends: u8,
    /// The same where the token behind the end is asked for something.
    asked: [Demands; FURTHEST],
}

/// The numbers of a set of ends.
fn numbers(ends: u8) -> impl Iterator<Item = usize> {
    (0..FURTHEST).filter(move |end| ends >> end & 1 != 0)
}

impl Preview {
    /// Gathers what all rules of a program ask.
    pub(super) fn new(program: &Program) -> Preview {
        let mut preview = Preview { by_test: vec![Mask::default(); program.tests.len()], ..Preview::default() };
        let mut reader = PathReader::new(program);
        let mut paths = vec![PathSet::default(); program.sides.len()];
        for (number, path) in (0..).zip(&program.paths) {
            paths[usize::from(path.left)].add(number);
            paths[usize::from(path.right)].add(number);
        }
        for (side, paths) in program.sides.iter().zip(paths) {
            let number = reader.program(side.entry);
            preview.add(&reader.reaches[number], paths, if side.mirrored { FURTHEST } else { 0 });
        }
        preview
    }

    /// Adds what the paths of one side ask; their places begin with `first`.
    fn add(&mut self, reach: &Reach, paths: PathSet, first: usize) {
        let ends = reach.ends.trailing_zeros() as usize;
        let asked = reach.asked.iter().position(|asked| !asked.0.is_empty()).map_or(FURTHEST, |end| end + 1);
        for place in ends.min(asked)..FURTHEST {
            self.open[first + place].unite(paths);
        }
        for (place, (needs, asked)) in reach.needs.iter().zip(&reach.asked).enumerate() {
            for wanted in needs.iter().chain(asked.iter()) {
                let mask = match wanted {
                    TOKEN => &mut self.token,
                    EDGE => &mut self.edge,
                    test => &mut self.by_test[test - demand(0)],
                };
                mask[first + place].unite(paths);
            }
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
struct PathReader<'p> {
    program: &'p Program,
    /// From the entry of a program to the number of what can be read from it.
    known: FxHashMap<Pc, usize>,
    reaches: Vec<Reach>,
    /// Which instructions have been read with nothing asked, by how many tokens were taken, a bit each: of all programs,
    /// which have none in common.
    seen: Vec<u8>,
    /// The same with something asked.
    asked: FxHashSet<Thread>,
    /// What is still to be read of the programs being read.
    todo: Vec<Thread>,
}

impl<'p> PathReader<'p> {
    fn new(program: &'p Program) -> PathReader<'p> {
        let seen = vec![0; program.insts.len()];
        let (known, reaches) = (HashMap::default(), Vec::with_capacity(program.starts.len()));
        PathReader { program, known, reaches, seen, asked: HashSet::default(), todo: Vec::new() }
    }

    /// The number of what can be read from the entry of a program.
    fn program(&mut self, entry: Pc) -> usize {
        if let Some(&known) = self.known.get(&entry) {
            return known;
        }
        let mut reach = Reach::default();
        let others = self.todo.len();
        self.todo.push(Thread { pc: entry, at: 0, asked: None });
        while self.todo.len() > others {
            let Some(thread) = self.todo.pop() else { break };
            if thread.at < FURTHEST && self.is_new(thread) {
                self.follow(thread, &mut reach);
            }
        }
        let number = self.reaches.len();
        self.reaches.push(reach);
        self.known.insert(entry, number);
        number
    }

    /// Whether it is read for the first time.
    fn is_new(&mut self, thread: Thread) -> bool {
        if thread.asked.is_some() {
            return self.asked.insert(thread);
        }
        let seen = &mut self.seen[usize::from(thread.pc)];
        let is_new = *seen >> thread.at & 1 == 0;
        *seen |= 1 << thread.at;
        is_new
    }

    fn follow(&mut self, Thread { pc, at, asked }: Thread, reach: &mut Reach) {
        let inst = self.program.insts[usize::from(pc)];
        let called = match inst {
            Inst::Call { entry, .. } | Inst::Each { entry, .. } => self.program(entry),
            _ => 0,
        };
        let todo = &mut self.todo;
        let mut go = |pc: Pc, at: usize, asked| todo.push(Thread { pc, at, asked });
        match inst {
            Inst::Fail => {}
            Inst::Match { .. } => match asked {
                Some(demand) => reach.asked[at].add(demand),
                None => reach.ends |= 1 << at,
            },
            Inst::Choose { ways, count, .. } | Inst::ChooseBetween { ways, count, .. } => {
                let ways = &self.program.ways[ways as usize..ways as usize + usize::from(count)];
                ways.iter().for_each(|way| go(*way, at, asked));
            }
            Inst::Test { test, next } => {
                reach.needs[at].add(demand(test));
                go(next, at + 1, None);
            }
            Inst::Regex { next, .. } => {
                reach.needs[at].add(TOKEN);
                go(next, at + 1, None);
            }
            Inst::Edge { next, .. } => go(next, at, asked.or(Some(EDGE))),
            Inst::Span { test, least, most, next, .. } => {
                let most = usize::from(most).min(FURTHEST - at);
                reach.needs[at..at + most].iter_mut().for_each(|needs| needs.add(demand(test)));
                for count in usize::from(least).min(most)..=most {
                    go(next, at + count, if count == 0 { asked } else { None });
                }
            }
            Inst::Look { ahead: true, negate: false, test, next } => go(next, at, asked.or(Some(demand(test)))),
            Inst::Look { next, .. }
            | Inst::LookAt { next, .. }
            | Inst::LookRegex { next, .. }
            | Inst::Save { next, .. } => go(next, at, asked),
            Inst::Call { next, none, .. } | Inst::Each { next, none, .. } => {
                if none != FAIL {
                    go(none, at, asked);
                }
                let inner = &self.reaches[called];
                reach.needs[at..].iter_mut().zip(&inner.needs).for_each(|(needs, inner)| needs.unite(inner));
                numbers(inner.ends).for_each(|end| go(next, at + end, if end == 0 { asked } else { None }));
                for (end, demands) in inner.asked.iter().enumerate() {
                    demands.iter().for_each(|demand| go(next, at + end, Some(demand)));
                }
            }
        }
    }
}

/// One way through a program.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Thread {
    pc: Pc,
    /// How many tokens it has taken.
    at: usize,
    /// What the next token must be.
    asked: Option<Demand>,
}
