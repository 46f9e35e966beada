//! What must stand somewhere beside a word for a rule to match: a quoted string, a comma, *that*.
//!
//! A rule that reads a whole phrase before it comes to what it needs is the dearest to try in vain. So the tests that
//! every way through a side takes are gathered when the rules are compiled; where no token of the sentence on that side
//! passes one of them, the side need not be tried.

use super::program::{FAIL, Inst, Path, Pc, Program, Side, set_bits};
use crate::lexicon::CueClasses;
use crate::token::TagSet;

/// Tests that some side requires: a bit for each.
pub(super) type Needs = u64;

/// No test: what is beyond the sentence.
pub(super) const BEYOND: Needs = 1 << 63;

/// Tests of which it is known what requires them: 64 times as many.
const MOST_WORDS: usize = 8;

/// What each path requires on its right, and on its left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Required {
    paths: Vec<[Needs; 2]>,
    /// The ways of choices.
    ways: Vec<Way>,
    /// The test of each bit. Tests beyond the last bit are not required of any sentence.
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
        let of_side = |side: &Side| programs.from(side.entry).fold(0, |needs, test| needs | required.bit(test));
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

/// Sets of tests, a bit each, all of as many words: what is required from each instruction to the end of its program.
struct Programs {
    words: usize,
    required: Vec<u64>,
    /// Whether the program of an instruction may take the end of a sentence for a token.
    crosses: Vec<bool>,
    /// Tests that the end of a sentence passes.
    stops: Vec<bool>,
    none: Vec<u64>,
}

impl Programs {
    fn read(program: &Program) -> Programs {
        let stops = program.tests.iter().map(|test| test.passes(TagSet::STOP, CueClasses::default(), 0)).collect();
        // Tests of higher numbers are not told, or memory would grow with the square of the rules.
        let words = program.tests.len().div_ceil(64).min(MOST_WORDS);
        let required = Vec::with_capacity(program.insts.len() * words);
        let mut programs = Programs { words, required, crosses: Vec::new(), stops, none: vec![0; words] };
        let mut row = vec![0; words];
        // A program calls what stands before it, and begins with its end.
        let ends = program.starts.iter().skip(1).map(|start| usize::from(*start)).chain([program.insts.len()]);
        for end in ends {
            let mut crosses = false;
            for pc in programs.crosses.len()..end {
                crosses |= programs.inst(program, pc, &mut row);
                programs.required.extend_from_slice(&row);
            }
            programs.crosses.resize(end, crosses);
        }
        programs
    }

    /// The tests of an instruction.
    fn row(&self, pc: Pc) -> &[u64] {
        &self.required[usize::from(pc) * self.words..][..self.words]
    }

    /// What one instruction requires with all that comes behind it, and whether it crosses the end of a sentence.
    fn inst(&self, program: &Program, pc: usize, row: &mut [u64]) -> bool {
        let add = |row: &mut [u64], test: u16| {
            if let Some(word) = row.get_mut(usize::from(test / 64)) {
                *word |= 1 << (test % 64);
            }
        };
        match program.insts[pc] {
            Inst::Match { .. } | Inst::Fail => row.fill(0),
            Inst::Choose { ways, count, .. } | Inst::ChooseBetween { ways, count, .. } => {
                let ways = &program.ways[ways as usize..ways as usize + usize::from(count)];
                // The way that leads back here, which is emitted behind it, requires what the way out of here does.
                let mut ways = ways.iter().filter(|way| usize::from(**way) < pc);
                row.copy_from_slice(ways.next().map_or(&self.none, |way| self.row(*way)));
                ways.for_each(|way| keep_common(row, self.row(*way)));
            }
            Inst::Test { test, next } | Inst::Span { test, least: 1.., next, .. } => {
                row.copy_from_slice(self.row(next));
                add(row, test);
                return self.stops[usize::from(test)];
            }
            Inst::Span { test, next, .. } => {
                row.copy_from_slice(self.row(next));
                return self.stops[usize::from(test)];
            }
            Inst::Regex { next, .. } => {
                row.copy_from_slice(self.row(next));
                return true;
            }
            // A look ahead asks for a token of the sentence.
            Inst::Look { ahead: true, negate: false, test, next } if !self.stops[usize::from(test)] => {
                row.copy_from_slice(self.row(next));
                add(row, test);
            }
            Inst::Look { next, .. }
            | Inst::Edge { next, .. }
            | Inst::LookAt { next, .. }
            | Inst::LookRegex { next, .. }
            | Inst::Save { next, .. } => row.copy_from_slice(self.row(next)),
            Inst::Call { entry, next, none, .. } | Inst::Each { entry, next, none, .. } => {
                row.copy_from_slice(self.row(next));
                row.iter_mut().zip(self.row(entry)).for_each(|(row, other)| *row |= other);
                if none != FAIL {
                    keep_common(row, self.row(none));
                }
                return self.crosses[usize::from(entry)];
            }
        }
        false
    }

    /// What a program requires from its entry; nothing if it may go beyond the sentence.
    fn from(&self, entry: Pc) -> impl Iterator<Item = u16> + '_ {
        let row = if self.crosses[usize::from(entry)] { &self.none } else { self.row(entry) };
        set_bits(row).map(|test| test as u16)
    }

    /// What a way requires behind its first token, which is asked for anyway; nothing if it may go beyond the sentence.
    fn behind(&self, program: &Program, way: Pc) -> impl Iterator<Item = u16> + '_ {
        let first = match program.insts[usize::from(way)] {
            Inst::Test { test, .. } | Inst::Look { test, .. } => Some(test),
            _ => None,
        };
        self.from(way).filter(move |test| Some(*test) != first)
    }
}

fn keep_common(row: &mut [u64], other: &[u64]) {
    row.iter_mut().zip(other).for_each(|(row, other)| *row &= other);
}
