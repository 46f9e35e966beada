//! Matches rules around a token: walks the tree of their steps, leftwards and then rightwards. Steps
//! that are more than a token are run by a bounded backtracker: what has been tried from a place is
//! never tried again, so the time for one anchor is bounded by the size of the rules and the window,
//! whatever the text.

use super::choice::ANYTHING;
use super::preview::Preview;
use super::program::{AnchorSet, Branch, Inst, PathSet, Program, Slot, Step, StepKind};
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
    preview: Preview,
    /// What the token at hand is an anchor as.
    active: Vec<u16>,
    /// Rules that have matched there.
    done: Vec<u64>,
    matches: Vec<(u16, Slots)>,
}

#[derive(Debug, Default)]
struct Frame {
    visited: Vec<u64>,
    stack: Vec<Todo>,
}

#[derive(Clone, Copy, Debug)]
enum Todo {
    Try {
        pc: u16,
        at: u32,
    },
    /// A span that may give back tokens, down to `least`.
    Shrink {
        pc: u16,
        at: u32,
        least: u32,
    },
}

/// One run of the backtracker.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    mirrored: bool,
    depth: usize,
}

/// The most ends a step can have; more are not looked at.
const MOST_ENDS: usize = 8;

impl Matcher {
    /// Forgets the answers of the unit before; the next has so many tokens.
    pub(crate) fn begin_unit(&mut self, program: &Program, tokens: usize) {
        let depth = usize::from(program.depth) + 2;
        if self.frames.len() < depth {
            self.frames.resize_with(depth, Frame::default);
        }
        self.done.resize(program.rules.len().div_ceil(64), 0);
        self.calls.forget();
        self.preview.begin_unit(program, tokens);
    }

    /// Every rule of these anchors that matches at token `at`, each in its first way.
    pub(crate) fn rules_at(&mut self, ground: &Ground<'_>, anchors: &[u16], at: usize) -> &[(u16, Slots)] {
        self.matches.clear();
        self.done.fill(0);
        self.active.clear();
        let token = &ground.tokens.list()[at];
        let mut set = AnchorSet::default();
        let mut paths = PathSet::default();
        for &number in anchors {
            let anchor = &ground.program.anchors[usize::from(number)];
            if anchor.test.passes(token.class, || group_of(ground, token)) {
                set.add(number);
                paths = paths.union(anchor.paths);
                self.active.push(number);
            }
        }
        if !set.is_empty() {
            paths = self.preview.rules(ground, at, set, paths);
        }
        if !paths.is_empty() {
            let mut slots = [None; Slot::COUNT];
            let here = Place { anchor: at as u32, at: at as u32, mirrored: true, paths };
            for &branch in &ground.program.roots {
                self.walk(ground, branch, here, &mut slots);
            }
        }
        &self.matches
    }

    /// Takes the step of a branch in every way, and goes on from there.
    fn walk(&mut self, ground: &Ground<'_>, branch: u16, here: Place, slots: &mut Slots) {
        let branch = &ground.program.branches[usize::from(branch)];
        if !branch.paths.meets(here.paths) {
            return;
        }
        match branch.step.kind {
            StepKind::Save(slot) => {
                let old = slots[slot as usize];
                slots[slot as usize] = if slot == Slot::QuoteLeft { here.at.checked_sub(1) } else { Some(here.at) };
                self.grow(ground, branch, here, slots);
                slots[slot as usize] = old;
            }
            StepKind::Turn => {
                self.grow(ground, branch, Place { at: here.anchor + 1, mirrored: false, ..here }, slots);
            }
            _ => {
                let mut ends = Ends::default();
                self.ends(ground, &branch.step, here.at, here.mirrored, &mut ends);
                for &at in ends.list() {
                    if here.anchor.abs_diff(at) <= WINDOW as u32 {
                        self.grow(ground, branch, Place { at, ..here }, slots);
                    }
                }
            }
        }
    }

    /// Notes the rules that end with a branch, and goes on with the branches that grow from it.
    fn grow(&mut self, ground: &Ground<'_>, branch: &Branch, here: Place, slots: &mut Slots) {
        for end in &branch.ends {
            if !self.active.contains(&end.anchor) {
                continue;
            }
            let rule = end.rule;
            let (word, bit) = (usize::from(rule) / 64, 1u64 << (rule % 64));
            if self.done[word] & bit == 0 {
                self.done[word] |= bit;
                self.matches.push((rule, *slots));
            }
        }
        for &next in &branch.branches {
            self.walk(ground, next, here, slots);
        }
    }

    /// Everywhere a step can end that begins at `at`, best first.
    fn ends(&mut self, ground: &Ground<'_>, step: &Step, at: u32, mirrored: bool, ends: &mut Ends) {
        let next = if mirrored { at.checked_sub(1) } else { Some(at) };
        let token = next.and_then(|next| ground.tokens.list().get(next as usize));
        let behind = if mirrored { at.wrapping_sub(1) } else { at + 1 };
        let hopeless = token.is_none_or(|token| !token.is(step.first));
        let end = match step.kind {
            StepKind::Save(_) | StepKind::Turn => Some(at),
            StepKind::Edge(start) => at_edge(ground.tokens.list(), at as usize, start).then_some(at),
            StepKind::Word(word) => {
                token.filter(|token| token.word == word && token.string().is_none()).map(|_| behind)
            }
            StepKind::Test(test) => {
                let test = &ground.program.tests[usize::from(test)];
                token.filter(|token| test.passes(token.class, || group_of(ground, token))).map(|_| behind)
            }
            StepKind::Option(test) => {
                let test = &ground.program.tests[usize::from(test)];
                if token.is_some_and(|token| test.passes(token.class, || group_of(ground, token))) {
                    ends.push(behind);
                }
                Some(at)
            }
            StepKind::Look { behind, negate, test } => {
                let place = if behind { at.checked_sub(1) } else { Some(at) };
                let token = place.and_then(|place| ground.tokens.list().get(place as usize));
                let test = &ground.program.tests[usize::from(test)];
                let found = token.is_some_and(|token| test.passes(token.class, || group_of(ground, token)));
                (found != negate).then_some(at)
            }
            _ if hopeless && step.skips => Some(at),
            _ if hopeless && !step.empty => None,
            StepKind::Call(def) => self.call(ground, def, at, mirrored, 0),
            StepKind::Maybe(def) => {
                ends.extend(self.call(ground, def, at, mirrored, 0));
                Some(at)
            }
            StepKind::Program(entry) => {
                self.run(ground, entry, Run { start: at, mirrored, depth: 0 }, |end| ends.push(end));
                None
            }
        };
        ends.extend(end);
    }

    /// Runs a program and reports its ends, best first, until `report` has had enough.
    fn run(&mut self, ground: &Ground<'_>, entry: u16, run: Run, mut report: impl FnMut(u32) -> bool) {
        let mut frame = std::mem::take(&mut self.frames[run.depth]);
        frame.stack.clear();
        frame.stack.push(Todo::Try { pc: entry, at: run.start });
        while let Some(todo) = frame.stack.pop() {
            let (pc, at) = match todo {
                Todo::Try { pc, at } => (pc, at),
                Todo::Shrink { pc, at, least } => {
                    if at != least {
                        let shorter = if run.mirrored { at + 1 } else { at - 1 };
                        frame.stack.push(Todo::Shrink { pc, at: shorter, least });
                    }
                    (pc, at)
                }
            };
            if let Some(end) = self.follow(ground, pc, at, run, &mut frame)
                && !report(end)
            {
                break;
            }
        }
        frame.visited.clear();
        self.frames[run.depth] = frame;
    }

    /// Follows one thread to its end: a match, or nothing.
    fn follow(&mut self, ground: &Ground<'_>, pc: u16, at: u32, run: Run, frame: &mut Frame) -> Option<u32> {
        let (mut pc, mut at) = (pc, at);
        loop {
            match ground.program.insts[usize::from(pc)] {
                Inst::Match => return Some(at),
                Inst::Jump(target) => {
                    pc = target;
                    continue;
                }
                Inst::Split { first, second, number, mask } => {
                    let next = if run.mirrored { at.wrapping_sub(1) } else { at };
                    let mask = ground.program.masks[usize::from(mask)];
                    let hopeless = ground.tokens.list().get(next as usize).is_none_or(|token| !token.is(mask));
                    if hopeless && mask != ANYTHING {
                        pc = second;
                        continue;
                    }
                    if !visit(frame, number, at.abs_diff(run.start)) {
                        return None;
                    }
                    frame.stack.push(Todo::Try { pc: second, at });
                    pc = first;
                    continue;
                }
                Inst::Span { test, least, most } => {
                    let (end, shortest) = span(ground, test, least, most, at, run)?;
                    if end != shortest {
                        let shorter = if run.mirrored { end + 1 } else { end - 1 };
                        frame.stack.push(Todo::Shrink { pc: pc + 1, at: shorter, least: shortest });
                    }
                    at = end;
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
                let word = &ground.text[start..start + usize::from(token.len)];
                token.string().is_none() && ground.program.regexes[usize::from(regex)].is_match(word)
            }
            _ => false,
        };
        fits.then_some(next)
    }

    fn call(&mut self, ground: &Ground<'_>, def: u16, at: u32, mirrored: bool, depth: usize) -> Option<u32> {
        if let Some(known) = self.calls.get(def, at, mirrored) {
            return known;
        }
        let entry = ground.program.defs[usize::from(def)].entry[usize::from(mirrored)];
        let mut end = None;
        self.run(ground, entry, Run { start: at, mirrored, depth: depth + 1 }, |found| {
            end = Some(found);
            false
        });
        self.calls.put(def, at, mirrored, end);
        end
    }
}

/// Where a walk through the tree is.
#[derive(Clone, Copy)]
struct Place {
    anchor: u32,
    at: u32,
    mirrored: bool,
    /// The rules that may match.
    paths: PathSet,
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

    fn extend(&mut self, end: Option<u32>) {
        if let Some(end) = end {
            self.push(end);
        }
    }

    fn list(&self) -> &[u32] {
        &self.ends[..self.count]
    }
}

/// As many tokens as pass, within bounds: the farthest and the nearest end.
fn span(ground: &Ground<'_>, test: u16, least: u8, most: u8, at: u32, run: Run) -> Option<(u32, u32)> {
    let test = &ground.program.tests[usize::from(test)];
    let tokens = ground.tokens.list();
    let room = WINDOW.saturating_sub(at.abs_diff(run.start) as usize).min(usize::from(most));
    let passes = |token: &&Token| test.passes(token.class, || group_of(ground, token));
    let count = if run.mirrored {
        tokens[..at as usize].iter().rev().take(room).take_while(passes).count()
    } else {
        tokens.get(at as usize..).unwrap_or(&[]).iter().take(room).take_while(passes).count()
    };
    if count < usize::from(least) {
        return None;
    }
    let (count, least) = (count as u32, u32::from(least));
    Some(if run.mirrored { (at - count, at - least) } else { (at + count, at + least) })
}

fn group_of(ground: &Ground<'_>, token: &Token) -> Group {
    if token.string().is_some() { Group::default() } else { ground.lexicon.entry(token.word).group }
}

/// Notes that a split has been tried `offset` tokens away; `false` if it had been before.
fn visit(frame: &mut Frame, number: u8, offset: u32) -> bool {
    let bit = usize::from(number) * (WINDOW + 1) + offset as usize;
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
