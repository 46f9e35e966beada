//! Runs programs over tokens: a bounded backtracker. What has been tried from a place is noted and
//! never tried again, so the time is at most the program's length times the window's, whatever the
//! rules and the text.

use super::program::{Inst, Program, Slot};
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

/// Working memory, reused.
#[derive(Debug, Default)]
pub(crate) struct Matcher {
    frames: Vec<Frame>,
    calls: CallCache,
}

#[derive(Debug, Default)]
struct Frame {
    visited: Vec<u64>,
    stack: Vec<Todo>,
}

#[derive(Clone, Copy, Debug)]
enum Todo {
    Try { pc: u16, at: u32 },
    Restore { slot: u8, old: Option<u32> },
}

/// One run: where it started, and in which direction it goes.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    mirrored: bool,
    depth: usize,
}

impl Matcher {
    /// Forgets the answers of the unit before.
    pub(crate) fn begin_unit(&mut self, program: &Program) {
        let depth = usize::from(program.depth) + 1;
        if self.frames.len() < depth {
            self.frames.resize_with(depth, Frame::default);
        }
        self.calls.forget();
    }

    /// Tries rule `rule` at token `anchor`.
    pub(crate) fn try_rule(&mut self, ground: &Ground<'_>, rule: u16, anchor: usize) -> Option<Slots> {
        let rule = &ground.program.rules[usize::from(rule)];
        let token = &ground.tokens.list()[anchor];
        if !rule.anchor.passes(token.class, || group_of(ground, token)) {
            return None;
        }
        let mut slots = [None; Slot::COUNT];
        let at = anchor as u32;
        self.run(ground, rule.left, Run { start: at, mirrored: true, depth: 0 }, &mut slots)?;
        self.run(ground, rule.right, Run { start: at + 1, mirrored: false, depth: 0 }, &mut slots)?;
        Some(slots)
    }

    /// Runs a program; gives back where it ended.
    fn run(&mut self, ground: &Ground<'_>, entry: u16, run: Run, slots: &mut Slots) -> Option<u32> {
        let mut frame = std::mem::take(&mut self.frames[run.depth]);
        frame.stack.clear();
        frame.stack.push(Todo::Try { pc: entry, at: run.start });
        let mut marked = false;
        let end = loop {
            match frame.stack.pop() {
                None => break None,
                Some(Todo::Restore { slot, old }) => slots[usize::from(slot)] = old,
                Some(Todo::Try { pc, at }) => {
                    if let Some(end) = self.follow(ground, entry, pc, at, run, slots, &mut frame, &mut marked) {
                        break Some(end);
                    }
                }
            }
        };
        if marked {
            frame.visited.clear();
        }
        self.frames[run.depth] = frame;
        end
    }

    /// Follows one thread to its end: a match, or nothing.
    #[allow(clippy::too_many_arguments)]
    fn follow(
        &mut self,
        ground: &Ground<'_>,
        entry: u16,
        pc: u16,
        at: u32,
        run: Run,
        slots: &mut Slots,
        frame: &mut Frame,
        marked: &mut bool,
    ) -> Option<u32> {
        let (mut pc, mut at) = (pc, at);
        loop {
            match ground.program.insts[usize::from(pc)] {
                Inst::Split(first, second) => {
                    if !visit(frame, pc - entry, at.abs_diff(run.start)) {
                        return None;
                    }
                    *marked = true;
                    frame.stack.push(Todo::Try { pc: second, at });
                    pc = first;
                    continue;
                }
                Inst::Jump(target) => {
                    pc = target;
                    continue;
                }
                Inst::Save(slot) => {
                    let slot = slot as usize;
                    frame.stack.push(Todo::Restore { slot: slot as u8, old: slots[slot] });
                    slots[slot] = Some(if is_quote(slot) && run.mirrored { at.checked_sub(1)? } else { at });
                }
                Inst::Edge(start) => {
                    if !at_edge(ground.tokens.list(), at as usize, start) {
                        return None;
                    }
                }
                Inst::Look { behind, negate } => {
                    let found = self.one(ground, pc + 1, at, behind, run.depth).is_some();
                    if found == negate {
                        return None;
                    }
                    pc += 1;
                }
                Inst::Match => return Some(at),
                _ => at = self.one(ground, pc, at, run.mirrored, run.depth)?,
            }
            pc += 1;
            if at.abs_diff(run.start) as usize > WINDOW {
                return None;
            }
        }
    }

    /// Takes one token, or one definition; gives back the place behind it.
    #[inline]
    fn one(&mut self, ground: &Ground<'_>, pc: u16, at: u32, mirrored: bool, depth: usize) -> Option<u32> {
        let inst = ground.program.insts[usize::from(pc)];
        if let Inst::Call(def) = inst {
            return self.call(ground, def, at, mirrored, depth);
        }
        let (index, next) = if mirrored { (at.checked_sub(1)?, at - 1) } else { (at, at + 1) };
        let token = ground.tokens.list().get(index as usize)?;
        let fits = match inst {
            Inst::Test(test) => ground.program.tests[usize::from(test)].passes(token.class, || group_of(ground, token)),
            Inst::Word(word) => token.word == word && token.string().is_none(),
            Inst::Regex(regex) => {
                let start = ground.tokens.start(index as usize);
                token.string().is_none()
                    && ground.program.regexes[usize::from(regex)]
                        .is_match(&ground.text[start..start + usize::from(token.len)])
            }
            _ => false,
        };
        fits.then_some(next)
    }

    fn call(&mut self, ground: &Ground<'_>, def: u16, at: u32, mirrored: bool, depth: usize) -> Option<u32> {
        if let Some(known) = self.calls.get(def, at, mirrored) {
            return known;
        }
        let entries = ground.program.defs[usize::from(def)];
        let entry = if mirrored { entries.leftwards } else { entries.rightwards };
        let mut unused = [None; Slot::COUNT];
        let end = self.run(ground, entry, Run { start: at, mirrored, depth: depth + 1 }, &mut unused);
        self.calls.put(def, at, mirrored, end);
        end
    }
}

fn is_quote(slot: usize) -> bool {
    slot == Slot::QuoteLeft as usize
}

fn group_of(ground: &Ground<'_>, token: &Token) -> Group {
    if token.string().is_some() { Group::default() } else { ground.lexicon.entry(token.word).group }
}

/// Notes that `pc` has been tried `offset` tokens away; `false` if it had been before.
fn visit(frame: &mut Frame, pc: u16, offset: u32) -> bool {
    let bit = usize::from(pc) * (WINDOW + 1) + offset as usize;
    let (word, mask) = (bit / 64, 1 << (bit % 64));
    if frame.visited.len() <= word {
        frame.visited.resize(word + 1, 0);
    }
    let fresh = frame.visited[word] & mask == 0;
    frame.visited[word] |= mask;
    fresh
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
