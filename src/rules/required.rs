//! What must stand somewhere beside a word for a rule to match: a quoted string, a comma, *that*.
//!
//! A rule that reads a whole phrase before it comes to what it needs is the dearest to try in vain. So the tests that
//! every way through a side takes are gathered when the rules are compiled; where no token of the sentence on that side
//! passes one of them, the side need not be tried.

use super::program::{Inst, Program, Side, StepKind};
use crate::lexicon::Group;
use crate::token::Class;
use std::collections::HashMap;

/// Tests that some side requires: a bit for each.
pub(super) type Needs = u64;

/// No test: what is beyond the sentence.
pub(super) const BEYOND: Needs = 1 << 63;

/// What each side requires.
#[derive(Clone, Debug, Default)]
pub(crate) struct Required {
    sides: Vec<Needs>,
    /// The tests that the bits stand for. Those for whom there is no bit left are not asked for.
    tests: Vec<u16>,
}

impl Required {
    pub(super) fn new(program: &Program) -> Required {
        let programs = Programs::read(program);
        let mut required = Required::default();
        for side in &program.sides {
            let needs = programs.side(program, side).iter().fold(0, |needs, test| needs | required.bit(test));
            required.sides.push(needs);
        }
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

    /// Whether what a side requires is met.
    #[inline]
    pub(super) fn is_met(&self, side: u16, met: Needs) -> bool {
        self.sides[usize::from(side)] & !met == 0
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

    fn keep(&mut self, other: &Tests) {
        self.0.iter_mut().zip(&other.0).for_each(|(row, other)| *row &= other);
    }

    fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        (0..self.0.len() as u16 * 64).filter(|test| self.0[usize::from(test / 64)] >> (test % 64) & 1 != 0)
    }
}

/// Where programs begin, and whether they are read leftwards.
fn entries(program: &Program) -> HashMap<usize, bool> {
    let of_defs = program.defs.iter().flat_map(|def| [(def.entry[0], false), (def.entry[1], true)]);
    let of_steps = program.sides.iter().flat_map(|side| {
        let steps = &program.steps[side.from as usize..side.to as usize];
        steps.iter().filter_map(|step| match step.kind {
            StepKind::Program(entry) => Some((entry, side.mirrored)),
            _ => None,
        })
    });
    of_defs.chain(of_steps).map(|(entry, mirrored)| (usize::from(entry), mirrored)).collect()
}

/// What is required from each instruction to the end of its program.
struct Programs {
    required: Vec<Tests>,
    /// Instructions from which the end of a sentence may be taken for a token.
    crosses: Vec<bool>,
    /// Tests that the end of a sentence passes.
    stops: Vec<bool>,
    none: Tests,
}

impl Programs {
    fn read(program: &Program) -> Programs {
        let stops = program.tests.iter().map(|test| test.passes(Class::STOP, Group::default(), 0)).collect();
        let count = program.insts.len();
        let words = program.tests.len().div_ceil(64);
        // What is behind in a loop requires all, for a start: the way out of it decides.
        let required = vec![Tests(vec![u64::MAX; words]); count];
        let mut programs = Programs { required, crosses: vec![false; count], stops, none: Tests(vec![0; words]) };
        let entries = entries(program);
        // A program calls what stands before it, and ends with the first match.
        let mut start = 0;
        for block in program.insts.split_inclusive(|inst| *inst == Inst::Match) {
            let mirrored = entries.get(&start).copied();
            for pc in (start..start + block.len()).rev() {
                programs.inst(program, pc, mirrored);
            }
            start += block.len();
        }
        programs
    }

    /// One instruction of a program that is read leftwards, or rightwards, if that is known.
    fn inst(&mut self, program: &Program, pc: usize, mirrored: Option<bool>) {
        let mut required = self.none.clone();
        let mut crosses = false;
        let mut next = Some(pc + 1);
        match program.insts[pc] {
            Inst::Match => next = None,
            Inst::Jump(target) => next = Some(usize::from(target)),
            Inst::Split { first, second, .. } => {
                let (first, second) = (usize::from(first), usize::from(second));
                required.unite(&self.required[first]);
                required.keep(&self.required[second]);
                crosses = self.crosses[first] || self.crosses[second];
                next = None;
            }
            Inst::Test(test) | Inst::Span { test, .. } => {
                if !matches!(program.insts[pc], Inst::Span { least: 0, .. }) {
                    required.add(test);
                }
                crosses = self.stops[usize::from(test)];
            }
            Inst::Regex(_) => crosses = true,
            Inst::Edge(_) => {}
            Inst::Look { behind, negate } => {
                if let Inst::Test(test) = program.insts[pc + 1]
                    && Some(behind) == mirrored
                    && self.asks(test, negate)
                {
                    required.add(test);
                }
                next = Some(pc + 2);
            }
            Inst::Call(def) => {
                // Read leftwards it requires the same, but for looks.
                let entry = program.defs[usize::from(def)].entry[usize::from(mirrored == Some(true))];
                required.unite(&self.required[usize::from(entry)]);
                crosses = self.crosses[usize::from(entry)];
            }
        };
        if let Some(next) = next {
            required.unite(&self.required[next]);
            crosses |= self.crosses[next];
        }
        self.required[pc] = required;
        self.crosses[pc] = crosses;
    }

    /// Whether a look ahead asks for a token of the sentence.
    fn asks(&self, test: u16, negate: bool) -> bool {
        !negate && !self.stops[usize::from(test)]
    }

    /// What a side requires; nothing if it may go beyond the sentence.
    fn side(&self, program: &Program, side: &Side) -> Tests {
        let mut required = self.none.clone();
        let mut crosses = false;
        let entry = |def: u16| usize::from(program.defs[usize::from(def)].entry[usize::from(side.mirrored)]);
        for step in &program.steps[side.from as usize..side.to as usize] {
            match step.kind {
                StepKind::Save(_) | StepKind::Edge(_) => {}
                StepKind::Look { behind, negate, test } => {
                    if behind == side.mirrored && self.asks(test, negate) {
                        required.add(test);
                    }
                }
                StepKind::Test(test) => {
                    required.add(test);
                    crosses |= self.stops[usize::from(test)];
                }
                StepKind::Option(test) => crosses |= self.stops[usize::from(test)],
                StepKind::Call(def) => {
                    required.unite(&self.required[entry(def)]);
                    crosses |= self.crosses[entry(def)];
                }
                StepKind::Maybe(def) => crosses |= self.crosses[entry(def)],
                StepKind::Program(entry) => {
                    required.unite(&self.required[usize::from(entry)]);
                    crosses |= self.crosses[usize::from(entry)];
                }
            }
        }
        if crosses { self.none.clone() } else { required }
    }
}
