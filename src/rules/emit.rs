//! Tree → instructions for the backtracker.
//!
//! A program is emitted from its end: what comes behind an instruction is there before it, and with it what the next
//! token must be.

use super::ahead::{Ahead, Bits, First};
use super::choice::TokenSet;
use super::pattern::Node;
use super::program::{Bit, FAIL, Inst, Pc, Program, Slot};
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// All rules together may have so many instructions.
pub(super) const MOST_INSTS: usize = u16::MAX as usize;

/// A part of a rule that may have more ends than this has all of them found first.
const FEW_ENDS: usize = 8;

/// A choice of more ways is a choice of choices.
const MOST_WAYS: usize = 16;

/// The most tests, so that all bits have numbers.
const MOST_TESTS: usize = MOST_INSTS - 2 * MOST_FIRSTS;

/// Bits for what may come; when they are used up, anything may.
const MOST_FIRSTS: usize = 1 << 12;

/// What comes behind nothing.
const FAILS: Ahead = Ahead { first: First::NOTHING, empty: false, ..Ahead::END };

/// Where a program begins, and what must come there.
#[derive(Clone, Copy)]
struct CodeEntry {
    pc: Pc,
    ahead: Ahead,
}

/// A definition, emitted both ways.
pub(super) struct EmittedDef {
    entry: [CodeEntry; 2],
    /// It matches without taking a token wherever it takes none: it looks at nothing else.
    pub(super) skips: bool,
    /// The definition as one token, if it is one.
    pub(super) choice: Option<TokenSet>,
    /// The definition itself and how many tokens it takes, if these are always as many: then it makes no difference whether
    /// it is matched by itself.
    pub(super) pattern: Option<(Rc<Node>, usize)>,
}

/// A step of a side.
#[derive(Clone, Copy)]
pub(super) enum EmitStep<'n> {
    Save(Slot),
    Take(&'n Node),
}

/// Emits programs.
#[derive(Default)]
pub(super) struct Emitter {
    insts: Vec<Inst>,
    /// What must come at each of the last program.
    ahead: Vec<Ahead>,
    starts: Vec<Pc>,
    ways: Vec<Pc>,
    tests: FxHashMap<TokenSet, u16>,
    pub(super) defs: Vec<EmittedDef>,
    /// What may come, by number, and the numbers that have bits side by side, with the first bit.
    firsts: FxHashMap<First, u32>,
    bits: Vec<First>,
    fields: FxHashMap<Vec<u32>, Bit>,
    /// Parts of rules that are programs by themselves.
    parts: FxHashMap<(Node, bool), CodeEntry>,
}

impl Emitter {
    pub(super) fn new() -> Emitter {
        let mut emitter = Emitter { insts: vec![Inst::Fail], starts: vec![FAIL], ..Emitter::default() };
        // The first bits are always set.
        emitter.bits.resize(MOST_WAYS, First::ANYTHING);
        emitter
    }

    /// Whether numbers of sixteen bits no longer tell all instructions apart, or all bits.
    pub(super) fn is_full(&self) -> bool {
        self.insts.len() > MOST_INSTS || self.tests.len() > MOST_TESTS
    }

    /// Moves what was emitted to the program.
    pub(super) fn finish(self, program: &mut Program) {
        let mut tests: Vec<(TokenSet, u16)> = self.tests.into_iter().collect();
        tests.sort_unstable_by_key(|(_, number)| *number);
        program.tests = tests.into_iter().map(|(test, _)| test).collect();
        let behind_tests = (program.tests.len().div_ceil(64) * 64) as Bit;
        program.insts = self.insts;
        for inst in &mut program.insts {
            if let Inst::Span { then: bit, .. }
            | Inst::Choose { ahead: bit, .. }
            | Inst::ChooseBetween { ahead: bit, .. }
            | Inst::Call { may: bit, .. }
            | Inst::Each { may: bit, .. }
            | Inst::LookAt { may: bit, .. } = inst
            {
                *bit += behind_tests;
            }
            if let Inst::ChooseBetween { behind, .. } = inst {
                *behind += behind_tests;
            }
        }
        program.bits = Bits::new(program.tests.len(), &self.bits);
        (program.ways, program.starts) = (self.ways, self.starts);
    }

    /// Adds a definition.
    pub(super) fn define(&mut self, node: &Node) {
        let entry = [false, true].map(|mirrored| self.program(node, mirrored));
        let (choice, skips) = (self.choice(node), self.skips(node));
        let pattern = self.width(node).map(|width| (Rc::new(node.clone()), width));
        self.defs.push(EmittedDef { entry, skips, choice, pattern });
    }

    /// Emits a program; returns its entry.
    fn program(&mut self, node: &Node, mirrored: bool) -> CodeEntry {
        let end = self.start();
        let pc = self.emit(node, mirrored, end);
        CodeEntry { pc, ahead: *self.ahead(pc) }
    }

    /// Emits a side: steps one behind the other.
    pub(super) fn side(&mut self, steps: &[EmitStep<'_>], mirrored: bool) -> Pc {
        let mut programs = Vec::with_capacity(steps.len());
        for step in steps {
            programs.push(match *step {
                EmitStep::Take(node) if self.ends(node) > FEW_ENDS => Some(self.part(node, mirrored)),
                _ => None,
            });
        }
        let mut next = self.start();
        for (step, program) in steps.iter().zip(programs).rev() {
            next = match (*step, program) {
                (EmitStep::Save(slot), _) => self.save(1 << slot as u16, next),
                (EmitStep::Take(node), Some(entry)) => self.each(entry, self.skips(node), next),
                (EmitStep::Take(node), None) => self.emit(node, mirrored, next),
            };
        }
        next
    }

    /// Emits a part of a rule unless it is there already; returns its entry.
    fn part(&mut self, node: &Node, mirrored: bool) -> CodeEntry {
        let key = (node.clone(), mirrored);
        if let Some(&known) = self.parts.get(&key) {
            return known;
        }
        let entry = self.program(node, mirrored);
        self.parts.insert(key, entry);
        entry
    }

    /// Begins a program with its end.
    fn start(&mut self) -> Pc {
        self.ahead.clear();
        let end = self.push(Inst::Match { slots: 0 }, Ahead::END);
        self.starts.push(end);
        end
    }

    fn push(&mut self, inst: Inst, ahead: Ahead) -> Pc {
        self.insts.push(inst);
        self.ahead.push(ahead);
        (self.insts.len() - 1).min(MOST_INSTS) as Pc
    }

    /// Where the last program begins.
    fn last_start(&self) -> usize {
        self.starts.last().map_or(0, |start| usize::from(*start))
    }

    /// What tells the next instruction from the others of its program.
    fn number(&self) -> u16 {
        (self.insts.len() - self.last_start()).min(MOST_INSTS) as u16
    }

    /// What must come at an instruction of the last program, or the one that fails.
    fn ahead(&self, pc: Pc) -> &Ahead {
        usize::from(pc).checked_sub(self.last_start()).and_then(|place| self.ahead.get(place)).unwrap_or(&FAILS)
    }

    /// The first of some bits side by side, each of which tells whether a token may come.
    fn field(&mut self, firsts: &[First]) -> Bit {
        let mut number = |first| {
            let count = self.firsts.len() as u32;
            *self.firsts.entry(first).or_insert(count)
        };
        let numbers: Vec<u32> = firsts.iter().map(|first| number(*first)).collect();
        if let Some(&known) = self.fields.get(&numbers) {
            return known;
        }
        // All bits in one word.
        if self.bits.len() % 64 + firsts.len() > 64 {
            self.bits.resize(self.bits.len().next_multiple_of(64), First::default());
        }
        if self.bits.len() + firsts.len() > MOST_FIRSTS {
            return 0;
        }
        let bit = self.bits.len() as Bit;
        self.bits.extend_from_slice(firsts);
        self.fields.insert(numbers, bit);
        bit
    }

    /// Emits a pattern before what comes next; returns where it begins.
    fn emit(&mut self, node: &Node, mirrored: bool, next: Pc) -> Pc {
        // Repeats in repeats multiply. What is too large is refused, but only when all is emitted.
        if self.is_full() {
            return FAIL;
        }
        if let Some(choice) = self.choice(node) {
            let test = self.test(choice);
            return self.push(Inst::Test { test, next }, Ahead::test(test));
        }
        let after = *self.ahead(next);
        match node {
            Node::Regex(regex) => {
                let ahead = Ahead { empty: false, ..Ahead::ANYTHING };
                self.push(Inst::Regex { regex: *regex as u16, next }, ahead)
            }
            Node::Def(def) => match self.defs[*def].pattern.clone() {
                Some((pattern, _)) => self.emit(&pattern, mirrored, next),
                None => self.call(*def, mirrored, next),
            },
            Node::Seq(items) if mirrored => items.iter().fold(next, |next, item| self.emit(item, true, next)),
            Node::Seq(items) => items.iter().rev().fold(next, |next, item| self.emit(item, false, next)),
            Node::Alt(items) => {
                let items = self.join_choices(items);
                let ways: Vec<Pc> = items.iter().map(|item| self.emit(item, mirrored, next)).collect();
                let (inst, ahead) = self.choose(&ways);
                self.push(inst, ahead)
            }
            Node::Repeat(node, least, most) => self.repeat(node, (*least, *most), mirrored, next),
            Node::Edge(start) => self.push(Inst::Edge { start: *start, next }, after),
            Node::Look { behind, negate, node } => self.look(node, (*behind, *negate), mirrored, next),
            // Labels and content are steps of their own and never get here.
            Node::Label(_, node) | Node::Anchor(node) => self.emit(node, mirrored, next),
            Node::Test(_) | Node::Word(_) | Node::Front | Node::Clause | Node::Rest => next,
        }
    }

    /// Places to remember.
    fn save(&mut self, slots: u16, next: Pc) -> Pc {
        let (slots, next) = match self.insts[usize::from(next)] {
            Inst::Save { slots: others, next } => (slots | others, next),
            Inst::Match { slots: others } => return self.push(Inst::Match { slots: slots | others }, Ahead::END),
            _ => (slots, next),
        };
        self.push(Inst::Save { slots, next }, *self.ahead(next))
    }

    fn call(&mut self, def: usize, mirrored: bool, next: Pc) -> Pc {
        let EmittedDef { entry, skips, .. } = self.defs[def];
        let entry = entry[usize::from(mirrored)];
        let (may, none, ahead) = self.run(&entry.ahead, skips, next);
        self.push(Inst::Call { entry: entry.pc, may, next, none }, ahead)
    }

    /// A program of many ends.
    fn each(&mut self, entry: CodeEntry, skips: bool, next: Pc) -> Pc {
        let (may, none, ahead) = self.run(&entry.ahead, skips, next);
        let number = self.number();
        self.push(Inst::Each { entry: entry.pc, may, next, none, number }, ahead)
    }

    /// Before another program is run and then `next`: what tells whether it is worth it, what comes next if not, and what
    /// must come.
    fn run(&mut self, inner: &Ahead, skips: bool, next: Pc) -> (Bit, Pc, Ahead) {
        let may = self.field(&[if skips { inner.taken } else { inner.first }]);
        (may, if skips { next } else { FAIL }, if inner.empty { inner.or_skipped(*self.ahead(next)) } else { *inner })
    }

    /// A choice of these ways, in order.
    fn choose(&mut self, ways: &[Pc]) -> (Inst, Ahead) {
        let mut all = Vec::with_capacity(ways.len());
        ways.iter().for_each(|way| self.add_ways(*way, 0, &mut all));
        if all.len() > MOST_WAYS {
            let (inst, ahead) = self.choose(&all[MOST_WAYS - 1..]);
            let others = self.push(inst, ahead);
            all.truncate(MOST_WAYS - 1);
            all.push(others);
        }
        let firsts: Vec<First> = all.iter().map(|way| self.ahead(*way).first).collect();
        let behind: Vec<First> = all.iter().map(|way| self.ahead(*way).behind).collect();
        let any = all.iter().map(|way| *self.ahead(*way)).reduce(Ahead::or).unwrap_or(Ahead::END);
        let ahead = self.field(&firsts);
        let (ways, count, number) = (self.ways.len() as u32, all.len() as u8, self.number());
        self.ways.extend(all);
        if behind.iter().all(|behind| *behind == First::ANYTHING) {
            return (Inst::Choose { ways, count, ahead, number }, any);
        }
        let behind = self.field(&behind);
        (Inst::ChooseBetween { ways, count, ahead, behind, number }, any)
    }

    /// Adds a way with these places before it; if it is a choice, its ways.
    fn add_ways(&mut self, way: Pc, slots: u16, all: &mut Vec<Pc>) {
        match self.insts[usize::from(way)] {
            Inst::Choose { ways, count, .. } | Inst::ChooseBetween { ways, count, .. } => {
                for number in ways..ways + u32::from(count) {
                    self.add_ways(self.ways[number as usize], slots, all);
                }
            }
            Inst::Save { slots: others, next } if self.is_choice(next) => {
                self.add_ways(next, slots | others, all);
            }
            _ if slots == 0 => all.push(way),
            _ => all.push(self.save(slots, way)),
        }
    }

    fn is_choice(&self, pc: Pc) -> bool {
        matches!(self.insts[usize::from(pc)], Inst::Choose { .. } | Inst::ChooseBetween { .. })
    }

    fn repeat(&mut self, node: &Node, (least, most): (u8, u8), mirrored: bool, next: Pc) -> Pc {
        const UNBOUNDED: u8 = 99;
        let after = *self.ahead(next);
        if let Some(choice) = self.choice(node) {
            let test = self.test(choice);
            let then = self.field(&[after.first]);
            let number = self.number();
            let ahead = if least == 0 { Ahead::test(test).or_skipped(after) } else { Ahead::test(test) };
            return self.push(Inst::Span { test, least, most, then, next, number }, ahead);
        }
        let mut entry = next;
        if most == UNBOUNDED {
            // It is tried again behind itself, so there must be a place for it before it is emitted.
            entry = self.push(Inst::Fail, Ahead::ANYTHING);
            let again = self.emit(node, mirrored, entry);
            let (inst, ahead) = self.choose(&[again, next]);
            let place = usize::from(entry) - self.last_start();
            (self.insts[usize::from(entry)], self.ahead[place]) = (inst, ahead);
        } else {
            for _ in least..most {
                let once = self.emit(node, mirrored, entry);
                let (inst, ahead) = self.choose(&[once, next]);
                entry = self.push(inst, ahead);
            }
        }
        (0..least).fold(entry, |next, _| self.emit(node, mirrored, next))
    }

    fn look(&mut self, node: &Node, (left, negate): (bool, bool), mirrored: bool, next: Pc) -> Pc {
        let after = *self.ahead(next);
        if let Some(choice) = self.choice(node) {
            let (test, ahead) = (self.test(choice), left == mirrored);
            let first = First::test(test);
            let asked = if ahead && !negate {
                let taken = if after.taken == First::NOTHING { after.taken } else { first };
                Ahead { first, taken, ..after }
            } else if !negate {
                Ahead { behind: first, ..after }
            } else {
                after
            };
            return self.push(Inst::Look { ahead, negate, test, next }, asked);
        }
        match node {
            Node::Regex(regex) => self.push(Inst::LookRegex { regex: *regex as u16, left, negate, next }, after),
            Node::Def(def) => {
                let CodeEntry { pc: entry, ahead } = self.defs[*def].entry[usize::from(left)];
                let may = self.field(&[ahead.first]);
                self.push(Inst::LookAt { entry, left, negate, may, next }, after)
            }
            // Any other node is never there as a look: a negated one always holds.
            _ if negate => next,
            _ => FAIL,
        }
    }

    /// The number of a test.
    fn test(&mut self, test: TokenSet) -> u16 {
        let count = self.tests.len() as u16;
        *self.tests.entry(test).or_insert(count)
    }

    /// Alternatives of one token that stand side by side, as one.
    fn join_choices(&self, items: &[Node]) -> Vec<Node> {
        let together = |a: &Node, b: &Node| self.choice(a).is_some() && self.choice(b).is_some();
        items
            .chunk_by(together)
            .map(|run| if let [item] = run { item.clone() } else { Node::Alt(run.to_vec()) })
            .collect()
    }
}
