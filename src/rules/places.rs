//! Places in the rules, and what leads from one to the next: the rules as an automaton reads them.
//!
//! What a definition takes may be given back here, repeats are not counted, and a look at what has
//! been read already is taken to be right: wherever a rule matches, so does the automaton.

use super::program::{Inst, PathSet, Program, StepKind};
use crate::table::Numbers;
use std::collections::{HashMap, HashSet};

const MOST_PLACES: usize = 1 << 14;
const MOST_EXITS: usize = 1 << 16;
/// More than the built-in rules ever need at once.
const SPARE: usize = 1 << 11;

/// A place, by its number.
pub(super) type Number = u32;

/// A place in the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Place {
    /// Before the step of a branch.
    Before(u16),
    /// Behind it.
    Behind(u16),
    /// Before an instruction; `looped` inside a span that has enough tokens.
    Inst { pc: u16, looped: bool, back: u32 },
}

/// Where to go on when a program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Return {
    Branch(u16),
    Inst { pc: u16, back: u32 },
}

/// What leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// A token that passes this test.
    Test(u16),
    /// Any token.
    Token,
    /// The next token passes this test, or does not, and is not taken.
    Look { test: u16, negate: bool },
    /// A sentence starts, or ends.
    Edge(bool),
}

/// A way and where it leads.
pub(super) type Exit = (Way, Number);

/// What can be come to from a place without a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Its exits: a part of all.
    from: u32,
    to: u32,
    /// Paths whose end, or whose anchor, is come to.
    pub(super) found: PathSet,
}

/// The places that have been come to.
#[derive(Debug, Default)]
pub(super) struct Places {
    list: Vec<(Place, Option<Reach>)>,
    numbers: HashMap<Place, Number, Numbers>,
    exits: Vec<Exit>,
    returns: Vec<Return>,
    by_return: HashMap<Return, u32, Numbers>,
    todo: Vec<Place>,
    seen: HashSet<Place, Numbers>,
}

impl Places {
    /// With room for all there can be.
    pub(super) fn new() -> Places {
        Places {
            list: Vec::with_capacity(MOST_PLACES),
            numbers: HashMap::with_capacity_and_hasher(MOST_PLACES, Numbers::default()),
            exits: Vec::with_capacity(MOST_EXITS),
            returns: Vec::with_capacity(MOST_PLACES),
            by_return: HashMap::with_capacity_and_hasher(MOST_PLACES, Numbers::default()),
            todo: Vec::with_capacity(SPARE),
            seen: HashSet::with_capacity_and_hasher(SPARE, Numbers::default()),
        }
    }

    /// Whether there is room for what can be come to with one token more.
    pub(super) fn has_room(&self) -> bool {
        let places = self.list.len().max(self.returns.len()) + SPARE;
        places <= MOST_PLACES && self.exits.len() + SPARE <= MOST_EXITS
    }

    pub(super) fn clear(&mut self) {
        self.list.clear();
        self.numbers.clear();
        self.exits.clear();
        self.returns.clear();
        self.by_return.clear();
    }

    /// The number of a place.
    pub(super) fn number(&mut self, place: Place) -> Number {
        *self.numbers.entry(place).or_insert_with(|| {
            self.list.push((place, None));
            self.list.len() as Number - 1
        })
    }

    /// The paths that lead through a place.
    pub(super) fn paths(&self, program: &Program, number: Number) -> PathSet {
        let mut back = match self.list[number as usize].0 {
            Place::Before(branch) | Place::Behind(branch) => return program.branches[usize::from(branch)].paths,
            Place::Inst { back, .. } => back,
        };
        loop {
            match self.returns[back as usize] {
                Return::Branch(branch) => return program.branches[usize::from(branch)].paths,
                Return::Inst { back: next, .. } => back = next,
            }
        }
    }

    pub(super) fn exits(&self, reach: Reach) -> &[Exit] {
        &self.exits[reach.from as usize..reach.to as usize]
    }

    /// What can be come to from a place of a side that is read leftwards, or rightwards.
    pub(super) fn reach(&mut self, program: &Program, number: Number, mirrored: bool) -> Reach {
        let (place, known) = self.list[number as usize];
        if let Some(reach) = known {
            return reach;
        }
        let mut reach = Reach { from: self.exits.len() as u32, to: 0, found: PathSet::default() };
        self.seen.clear();
        self.todo.push(place);
        while let Some(place) = self.todo.pop() {
            if !self.seen.insert(place) {
                continue;
            }
            match place {
                Place::Before(branch) => self.before(program, branch, mirrored, &mut reach),
                Place::Behind(branch) => {
                    let branch = &program.branches[usize::from(branch)];
                    branch.ends.iter().for_each(|&path| reach.found.add(path));
                    self.todo.extend(branch.branches.iter().map(|&next| Place::Before(next)));
                }
                Place::Inst { pc, looped, back } => self.inst(program, (pc, looped, back), mirrored),
            }
        }
        reach.to = self.exits.len() as u32;
        self.list[number as usize].1 = Some(reach);
        reach
    }

    fn exit(&mut self, way: Way, place: Place) {
        let number = self.number(place);
        self.exits.push((way, number));
    }

    /// What leads on from before the step of a branch.
    fn before(&mut self, program: &Program, number: u16, mirrored: bool, reach: &mut Reach) {
        let behind = Place::Behind(number);
        let back = Return::Branch(number);
        let branch = &program.branches[usize::from(number)];
        let entry = |def: u16| program.defs[usize::from(def)].entry[usize::from(mirrored)];
        match branch.step.kind {
            StepKind::Turn => reach.found = reach.found.union(branch.paths),
            StepKind::Test(test) => self.exit(Way::Test(test), behind),
            StepKind::Edge(start) => self.exit(Way::Edge(start), behind),
            StepKind::Look { behind: backwards, negate, test } if backwards == mirrored => {
                self.exit(Way::Look { test, negate }, behind);
            }
            StepKind::Save(_) | StepKind::Look { .. } => self.todo.push(behind),
            StepKind::Option(test) => {
                self.todo.push(behind);
                self.exit(Way::Test(test), behind);
            }
            StepKind::Call(def) => self.enter(entry(def), back),
            StepKind::Maybe(def) => {
                self.todo.push(behind);
                self.enter(entry(def), back);
            }
            StepKind::Program(entry) => self.enter(entry, back),
        }
    }

    /// What leads on from before an instruction.
    fn inst(&mut self, program: &Program, (pc, looped, back): (u16, bool, u32), mirrored: bool) {
        let go = |pc: u16| Place::Inst { pc, looped: false, back };
        match program.insts[usize::from(pc)] {
            Inst::Match => self.todo.push(match self.returns[back as usize] {
                Return::Branch(branch) => Place::Behind(branch),
                Return::Inst { pc, back } => Place::Inst { pc, looped: false, back },
            }),
            Inst::Jump(target) => self.todo.push(go(target)),
            Inst::Split { first, second, .. } => self.todo.extend([go(first), go(second)]),
            Inst::Test(test) => self.exit(Way::Test(test), go(pc + 1)),
            Inst::Regex(_) => self.exit(Way::Token, go(pc + 1)),
            Inst::Edge(start) => self.exit(Way::Edge(start), go(pc + 1)),
            Inst::Span { test, least, most, .. } => {
                if looped || least == 0 {
                    self.todo.push(go(pc + 1));
                }
                if most > 0 {
                    self.exit(Way::Test(test), Place::Inst { pc, looped: true, back });
                }
            }
            Inst::Look { behind, negate } => match program.insts[usize::from(pc) + 1] {
                Inst::Test(test) if behind == mirrored => self.exit(Way::Look { test, negate }, go(pc + 2)),
                _ => self.todo.push(go(pc + 2)),
            },
            Inst::Call(def) => {
                let entry = program.defs[usize::from(def)].entry[usize::from(mirrored)];
                self.enter(entry, Return::Inst { pc: pc + 1, back });
            }
        }
    }

    /// Calls a program.
    fn enter(&mut self, entry: u16, back: Return) {
        let number = *self.by_return.entry(back).or_insert_with(|| {
            self.returns.push(back);
            self.returns.len() as u32 - 1
        });
        self.todo.push(Place::Inst { pc: entry, looped: false, back: number });
    }
}
