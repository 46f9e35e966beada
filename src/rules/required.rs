//! What must stand somewhere beside a word for a rule to match: a quoted string, a comma, *that*.
//!
//! A rule that reads a whole phrase before it comes to what it needs is the dearest to try in vain. So the tests that
//! every way through a side takes are gathered when the rules are compiled; where no token of the sentence on that side
//! passes one of them, the side need not be tried.

use super::program::{FAIL, Inst, Path, Pc, Program, Side, set_bits};
use crate::lexicon::Group;
use crate::token::Class;

/// Tests that some side requires: a bit for each.
pub(super) type Needs = u64;

/// No test: what is beyond the sentence.
pub(super) const BEYOND: Needs = 1 << 63;

/// What each path requires on its right, and on its left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Required {
    paths: Vec<[Needs; 2]>,
    /// The ways of choices.
    ways: Vec<Way>,
    /// The tests that the bits stand for. Those for whom there is no bit left are not asked for.
    tests: Vec<u16>,
}

/// A way of a choice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    /// What it requires ahead of it.
    pub(super) needs: Needs,
    /// Where it begins.
    pub(super) pc: Pc,
}

impl Required {
    pub(super) fn new(program: &Program) -> Required {
        let programs = Programs::read(program);
        let mut required = Required::default();
        let of_side = |side: &Side| programs.from(side.entry).iter().fold(0, |needs, test| needs | required.bit(test));
        let sides: Vec<Needs> = program.sides.iter().map(of_side).collect();
        let of_path = |path: &Path| [path.right, path.left].map(|side| sides[usize::from(side)]);
        required.paths = program.paths.iter().map(of_path).collect();
        let of_way = |&pc: &Pc| {
            let needs = programs.behind(program, pc).fold(0, |needs, test| needs | required.bit(test));
            Way { needs, pc }
        };
        required.ways = program.ways.iter().map(of_way).collect();
        required
    }

    /// The bit of a test.
    fn bit(&mut self, test: u16) -> Needs {
        let known = self.tests.iter().position(|known| *known == test);
        let bit = known.unwrap_or_else(|| {
            if self.tests.len() < BEYOND.trailing_zeros() as usize {
                self.tests.push(test);
            }
            self.tests.len() - 1
        });
        if self.tests[bit] == test { 1 << bit } else { 0 }
    }

    /// What a token meets that passes these tests.
    pub(super) fn met(&self, passes: impl Fn(u16) -> bool) -> Needs {
        let tests = self.tests.iter().enumerate().filter(|(_, test)| passes(**test));
        tests.fold(0, |needs, (bit, _)| needs | 1 << bit)
    }

    /// The ways of choices.
    pub(super) fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// Whether what a path requires is met on both sides.
    #[inline]
    pub(super) fn is_met(&self, path: u16, [right, left]: [Needs; 2]) -> bool {
        let needs = self.paths[usize::from(path)];
        needs[0] & !right | needs[1] & !left == 0
    }
}

/// A set of tests: a bit each.
#[derive(Clone)]
struct Tests(Vec<u64>);

impl Tests {
    fn add(&mut self, test: u16) {
        self.0[usize::from(test / 64)] |= 1 << (test % 64);
    }

    fn unite(&mut self, other: &Tests) {
        self.0.iter_mut().zip(&other.0).for_each(|(row, other)| *row |= other);
    }

    fn common(mut self, other: Tests) -> Tests {
        self.0.iter_mut().zip(other.0).for_each(|(row, other)| *row &= other);
        self
    }

    fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        set_bits(&self.0).map(|test| test as u16)
    }
}

/// What is required from each instruction to the end of its program.
struct Programs {
    required: Vec<Tests>,
    /// Whether the program of an instruction may take the end of a sentence for a token.
    crosses: Vec<bool>,
    /// Tests that the end of a sentence passes.
    stops: Vec<bool>,
    none: Tests,
}

impl Programs {
    fn read(program: &Program) -> Programs {
        let stops = program.tests.iter().map(|test| test.passes(Class::STOP, Group::default(), 0)).collect();
        let none = Tests(vec![0; program.tests.len().div_ceil(64)]);
        let mut programs = Programs { required: Vec::new(), crosses: Vec::new(), stops, none };
        // A program calls what stands before it, and begins with its end.
        let ends = program.starts.iter().skip(1).map(|start| usize::from(*start)).chain([program.insts.len()]);
        for end in ends {
            let mut crosses = false;
            for pc in programs.required.len()..end {
                let required = programs.inst(program, pc, &mut crosses);
                programs.required.push(required);
            }
            programs.crosses.resize(end, crosses);
        }
        programs
    }

    /// What one instruction requires with all that comes behind it, and whether it crosses the end of a sentence.
    fn inst(&self, program: &Program, pc: usize, crosses: &mut bool) -> Tests {
        let from = |pc: Pc| self.required[usize::from(pc)].clone();
        let with = |test: u16, next: Pc| {
            let mut required = from(next);
            required.add(test);
            required
        };
        match program.insts[pc] {
            Inst::Match { .. } | Inst::Fail => self.none.clone(),
            Inst::Choose { ways, count, .. } | Inst::ChooseBetween { ways, count, .. } => {
                let ways = &program.ways[ways as usize..ways as usize + usize::from(count)];
                // The way that leads back here, which is emitted behind it, requires what the way out of here does.
                let ways = ways.iter().filter(|way| usize::from(**way) < pc);
                ways.map(|way| from(*way)).reduce(Tests::common).unwrap_or_else(|| self.none.clone())
            }
            Inst::Test { test, next } => {
                *crosses |= self.stops[usize::from(test)];
                with(test, next)
            }
            Inst::Span { test, least, next, .. } => {
                *crosses |= self.stops[usize::from(test)];
                if least == 0 { from(next) } else { with(test, next) }
            }
            Inst::Regex { next, .. } => {
                *crosses = true;
                from(next)
            }
            // A look ahead asks for a token of the sentence.
            Inst::Look { ahead: true, negate: false, test, next } if !self.stops[usize::from(test)] => with(test, next),
            Inst::Look { next, .. }
            | Inst::Edge { next, .. }
            | Inst::LookAt { next, .. }
            | Inst::LookRegex { next, .. }
            | Inst::Save { next, .. } => from(next),
            Inst::Call { entry, next, none, .. } | Inst::Each { entry, next, none, .. } => {
                *crosses |= self.crosses[usize::from(entry)];
                let mut required = from(next);
                required.unite(&self.required[usize::from(entry)]);
                if none == FAIL { required } else { required.common(from(none)) }
            }
        }
    }

    /// What a program requires from its entry; nothing if it may go beyond the sentence.
    fn from(&self, entry: Pc) -> &Tests {
        if self.crosses[usize::from(entry)] { &self.none } else { &self.required[usize::from(entry)] }
    }
    /// What a way requires behind its first token, which is asked for anyway; nothing if it may go beyond the sentence.
    fn behind(&self, program: &Program, way: Pc) -> impl Iterator<Item = u16> + '_ {
        let first = match program.insts[usize::from(way)] {
            Inst::Test { test, .. } | Inst::Look { test, .. } => Some(test),
            _ => None,
        };
        self.from(way).iter().filter(move |test| Some(*test) != first)
    }
}
