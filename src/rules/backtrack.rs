//! Runs the programs of the rules with a bounded backtracker. An instruction is tried once at each place, so one run takes
//! time bounded by the size of the program and the window, whatever the text. The end of a definition is memoised for each
//! place, so nested runs do not multiply. What remains is bounded by a budget: so much for each token of a unit.
//!
//! The position of a run is `at`, the row of the token it reads next.

use super::answers::{Answers, Ends};
use super::budget::Budget;
use super::captures::Captures;
use super::context::{WINDOW, at_edge};
use super::program::{Bit, FAIL, Inst, Pc};
use super::run::{LEFTWARDS, MatchRun, RIGHTWARDS, Todo, Waiting};
use super::symbols::Sight;

/// Working memory, reused.
#[derive(Debug, Default)]
pub(super) struct Backtracker {
    /// What the runs that are under way have yet to try, the innermost last.
    stack: Vec<Todo>,
    /// The runs that wait for the end of another, the outermost first.
    waiting: Vec<Waiting>,
    /// What the runs have tried: a bit for each instruction and place.
    visited: Vec<u64>,
    /// The ends of the part that is run by itself.
    ends: Ends,
    answers: Answers,
    /// In how many places there was more than one way.
    forks: u32,
    pub(super) budget: Budget,
    /// Instructions taken: for a test.
    #[cfg(test)]
    pub(super) steps: u64,
}

/// With more forks than this it is noted where they are, so as to take none twice.
const FEW_FORKS: u32 = 64;

impl Backtracker {
    /// Forgets the answers of the unit before; there are so many tokens now.
    pub(super) fn begin_unit(&mut self, tokens: usize) {
        self.answers.begin_unit(tokens);
        self.budget.begin_unit(tokens);
    }

    /// Whether a program matches beside token `anchor`, on its left or its right; its parts are noted. Sides are short, so
    /// what is to be prepared for one is for all of an anchor.
    #[inline(always)]
    pub(super) fn fits(&mut self, sight: &Sight<'_>, entry: Pc, left: bool, anchor: u32, slots: &mut Captures) -> bool {
        self.stack.clear();
        self.waiting.clear();
        self.visited.clear();
        self.forks = 0;
        let mut pc = entry;
        let mut at = if left { anchor } else { anchor + 2 };
        let mut run = self.begin(if left { LEFTWARDS } else { RIGHTWARDS }, at);
        loop {
            #[cfg(test)]
            {
                self.steps += 1;
            }
            let next = match sight.insts[usize::from(pc)] {
                Inst::Match { slots: noted } => match self.matched(sight, &mut run, at) {
                    Some(next) => next,
                    None => {
                        slots.note(noted, run.place(at));
                        return true;
                    }
                },
                Inst::Test { test, next } => (sight.has(at, test) && at != run.limit).then(|| (next, run.behind(at))),
                Inst::Span { test, least, most, .. } => self.span(sight, &run, (pc, at), (test, least, most)),
                Inst::Choose { ways, count, ahead, number } => {
                    let left = (sight.word(at, ahead) >> (ahead % 64) & !(u64::MAX << count)) as u16;
                    self.choose(sight, &run, (ways, left), (pc, at), number)
                }
                Inst::ChooseBetween { ways, count, ahead, behind, number } => {
                    let ahead = sight.word(at, ahead) >> (ahead % 64);
                    let behind = sight.word(run.before(at), behind) >> (behind % 64);
                    let left = (ahead & behind & !(u64::MAX << count)) as u16;
                    self.choose(sight, &run, (ways, left), (pc, at), number)
                }
                Inst::Call { entry, may, next, none } => {
                    self.call(sight, &mut run, (pc, at), (entry, may), (next, none))
                }
                Inst::Look { ahead, negate, test, next } => {
                    let row = if ahead { at } else { run.before(at) };
                    (sight.has(row, test) != negate).then_some((next, at))
                }
                Inst::Save { slots: noted, next } => {
                    slots.note(noted, run.place(at));
                    Some((next, at))
                }
                Inst::Each { entry, may, none, number, .. } => {
                    self.run_each(sight, &mut run, (pc, at), (entry, may, none, number))
                }
                Inst::LookAt { entry, left, negate, may, next } => self
                    .look_at(sight, &mut run, (pc, at), (entry, left, may))
                    .map_or_else(|found| (found != negate).then_some((next, at)), Some),
                Inst::Edge { start, next } => {
                    at_edge(sight.context.tokens.list(), run.place(at) as usize, start).then_some((next, at))
                }
                Inst::LookRegex { regex, left, negate, next } => {
                    (is_match(sight, regex, run.place(at), left) != negate).then_some((next, at))
                }
                Inst::Regex { regex, next } => {
                    let found = is_match(sight, regex, run.place(at), run.is_left());
                    (found && at != run.limit).then(|| (next, run.behind(at)))
                }
                Inst::Fail => None,
            };
            (pc, at) = match next {
                Some(next) => next,
                None => match self.back(sight, &mut run) {
                    Some(next) => next,
                    None => return false,
                },
            };
        }
    }

    /// Begins a run inside of those that are under way.
    #[inline(always)]
    fn begin(&self, step: u32, start: u32) -> MatchRun {
        let limit = (i64::from(start) + i64::from(step as i32) * i64::from(WINDOW)).max(0) as u32;
        let (bottom, visited) = (self.stack.len() as u32, self.visited.len() as u32);
        MatchRun { step, start, limit, bottom, visited }
    }

    /// Has a run wait at an instruction.
    #[inline(always)]
    fn wait(&mut self, run: &mut MatchRun, pc: Pc, at: u32) {
        self.waiting.push(Waiting { run: *run, pc, at });
    }

    /// Goes back to the run that waits for the end of this one.
    #[inline(always)]
    fn resume(&mut self, run: &mut MatchRun) -> Option<(Pc, u32)> {
        let waiting = self.waiting.pop()?;
        self.stack.truncate(run.bottom as usize);
        self.visited.truncate(run.visited as usize);
        *run = waiting.run;
        Some((waiting.pc, waiting.at))
    }

    /// Whether a run has not had the same ways before.
    #[inline(always)]
    fn is_fresh(&mut self, run: &MatchRun, number: u16, from: u32) -> bool {
        self.forks += 1;
        self.forks <= FEW_FORKS || self.visit(run, number, from.abs_diff(run.start))
    }

    /// Has something tried later, unless the run had the same ways before.
    #[inline(always)]
    fn fork(&mut self, run: &MatchRun, number: u16, from: u32, todo: Todo) -> bool {
        let fresh = self.is_fresh(run, number, from);
        if fresh {
            self.stack.push(todo);
        }
        fresh
    }

    /// Notes that a fork has been come to `offset` tokens away; `false` if it had been before, or the budget is spent.
    #[cold]
    fn visit(&mut self, run: &MatchRun, number: u16, offset: u32) -> bool {
        if self.budget.spend() {
            // No run is left to go back to: the side fails, and definitions under way have no answer.
            self.stack.clear();
            self.waiting.clear();
            return false;
        }
        let bit = run.visited as usize * 64 + usize::from(number) * (WINDOW as usize + 1) + offset as usize;
        let (word, mask) = (bit / 64, 1 << (bit % 64));
        if self.visited.len() <= word {
            self.visited.resize(word + 1, 0);
        }
        let fresh = self.visited[word] & mask == 0;
        self.visited[word] |= mask;
        fresh
    }

    /// As many tokens as pass a test, within bounds, where what follows may come.
    #[inline(always)]
    fn span(
        &mut self,
        sight: &Sight<'_>,
        run: &MatchRun,
        (pc, at): (Pc, u32),
        (test, least, most): (u16, u8, u8),
    ) -> Option<(Pc, u32)> {
        let Inst::Span { then, next, number, .. } = sight.insts[usize::from(pc)] else { return None };
        let room = run.room(at).min(i32::from(most)) as u32;
        let (mut count, mut end) = (0, at);
        while count < room && sight.has(end, test) {
            count += 1;
            end = run.behind(end);
        }
        let (end, more) = give_back(sight, run, then, (end, count.checked_sub(u32::from(least))?))?;
        if more != 0 && !self.fork(run, number, at, Todo { at: end, pc, rest: more as u16 }) {
            return None;
        }
        Some((next, end))
    }

    /// Behind a definition; before it, if it is to be matched first; or what comes next if it is not worth trying.
    #[inline(always)]
    fn call(
        &mut self,
        sight: &Sight<'_>,
        run: &mut MatchRun,
        (pc, at): (Pc, u32),
        (entry, may): (Pc, Bit),
        (next, none): (Pc, Pc),
    ) -> Option<(Pc, u32)> {
        if !sight.has(at, may) {
            return (none != FAIL).then_some((none, at));
        }
        if let Some(end) = self.answers.get(entry, at) {
            return end.filter(|end| run.is_within(*end)).map(|end| (next, end));
        }
        self.wait(run, pc, at);
        *run = self.begin(run.step, at);
        Some((entry, at))
    }

    /// Before a part of many ends, or what comes next if it is not worth trying.
    #[inline(always)]
    fn run_each(
        &mut self,
        sight: &Sight<'_>,
        run: &mut MatchRun,
        (pc, at): (Pc, u32),
        (entry, may, none, number): (Pc, Bit, Pc, u16),
    ) -> Option<(Pc, u32)> {
        if !sight.has(at, may) {
            return (none != FAIL).then_some((none, at));
        }
        if !self.is_fresh(run, number, at) {
            return None;
        }
        self.ends.clear();
        self.wait(run, pc, at);
        *run = self.begin(run.step, at);
        Some((entry, at))
    }

    /// Whether a definition is there, or else where to go on to find out.
    #[inline(always)]
    fn look_at(
        &mut self,
        sight: &Sight<'_>,
        run: &mut MatchRun,
        (pc, at): (Pc, u32),
        (entry, left, may): (Pc, bool, Bit),
    ) -> Result<(Pc, u32), bool> {
        let from = if left { run.place(at) } else { run.place(at) + 1 };
        if !sight.has(from, may) {
            return Err(false);
        }
        if let Some(end) = self.answers.get(entry, from) {
            return Err(end.is_some());
        }
        self.wait(run, pc, at);
        *run = self.begin(if left { LEFTWARDS } else { RIGHTWARDS }, from);
        Ok((entry, from))
    }

    /// The first of these ways; the others are tried later.
    #[inline(always)]
    fn choose(
        &mut self,
        sight: &Sight<'_>,
        run: &MatchRun,
        (ways, left): (u32, u16),
        (pc, at): (Pc, u32),
        number: u16,
    ) -> Option<(Pc, u32)> {
        let (first, others) = sight.first_way(at, run.is_left(), ways, left)?;
        if let Some((second, more)) = sight.first_way(at, run.is_left(), ways, others) {
            // The last of them is a place to go on from like any other.
            let todo = if more == 0 { Todo { at, pc: second, rest: 0 } } else { Todo { at, pc, rest: others } };
            if !self.fork(run, number, at, todo) {
                return None;
            }
        }
        Some((first, at))
    }

    /// What to do where a run has matched: nothing more if no other waits for it.
    #[inline(always)]
    fn matched(&mut self, sight: &Sight<'_>, run: &mut MatchRun, end: u32) -> Option<Option<(Pc, u32)>> {
        let waiting = self.waiting.last()?;
        let inst = sight.insts[usize::from(waiting.pc)];
        match inst {
            Inst::Call { entry, next, .. } => {
                self.answers.put(entry, run.start, Some(end));
                self.resume(run)?;
                Some(run.is_within(end).then_some((next, end)))
            }
            Inst::LookAt { entry, negate, next, .. } => {
                self.answers.put(entry, run.start, Some(end));
                let (_, at) = self.resume(run)?;
                Some((!negate).then_some((next, at)))
            }
            _ => {
                if self.ends.push(end) {
                    return Some(None);
                }
                let _ = self.resume(run)?;
                Some(self.each(run, inst))
            }
        }
    }

    /// Goes on from the first end of a part of many ends, later from the others.
    fn each(&mut self, run: &MatchRun, inst: Inst) -> Option<(Pc, u32)> {
        let Inst::Each { next, .. } = inst else { return None };
        let (first, others) = self.ends.list().split_first()?;
        let others = others.iter().rev().filter(|at| run.is_within(**at));
        self.stack.extend(others.map(|&at| Todo { at, pc: next, rest: 0 }));
        if run.is_within(*first) { Some((next, *first)) } else { None }
    }

    /// What is to be tried next, in this run or in one that waits for it.
    #[inline(always)]
    fn back(&mut self, sight: &Sight<'_>, run: &mut MatchRun) -> Option<(Pc, u32)> {
        loop {
            let next = if self.stack.len() > run.bottom as usize {
                let Todo { at, pc, rest } = self.stack.pop()?;
                if rest == 0 {
                    return Some((pc, at));
                }
                self.again(sight, run, pc, at, rest)
            } else {
                self.failed(sight, run)?
            };
            if next.is_some() {
                return next;
            }
        }
    }

    /// The next way of a choice, or the next end of a span.
    #[inline(always)]
    fn again(&mut self, sight: &Sight<'_>, run: &mut MatchRun, pc: Pc, at: u32, rest: u16) -> Option<(Pc, u32)> {
        match sight.insts[usize::from(pc)] {
            Inst::Choose { ways, .. } | Inst::ChooseBetween { ways, .. } => {
                let (way, others) = sight.first_way(at, run.is_left(), ways, rest)?;
                if others != 0 {
                    self.stack.push(Todo { at, pc, rest: others });
                }
                Some((way, at))
            }
            Inst::Span { then, next, .. } => {
                let (end, more) = give_back(sight, run, then, (run.before(at), u32::from(rest) - 1))?;
                if more != 0 {
                    self.stack.push(Todo { at: end, pc, rest: more as u16 });
                }
                Some((next, end))
            }
            _ => None,
        }
    }

    /// What to do when a run has failed that another waits for; nothing if none does.
    #[inline(always)]
    fn failed(&mut self, sight: &Sight<'_>, run: &mut MatchRun) -> Option<Option<(Pc, u32)>> {
        let start = run.start;
        let (pc, at) = self.resume(run)?;
        let inst = sight.insts[usize::from(pc)];
        Some(match inst {
            Inst::Call { entry, .. } => {
                self.answers.put(entry, start, None);
                None
            }
            Inst::LookAt { entry, negate, next, .. } => {
                self.answers.put(entry, start, None);
                negate.then_some((next, at))
            }
            _ => self.each(run, inst),
        })
    }
}

/// Whether the word left or right of a place is like a pattern.
fn is_match(sight: &Sight<'_>, regex: u16, place: u32, left: bool) -> bool {
    sight.context.is_match(regex, if left { place.wrapping_sub(1) } else { place })
}

/// The farthest end of a span before which what follows may come, of this one and `more` before it, and how many are left.
#[inline(always)]
fn give_back(sight: &Sight<'_>, run: &MatchRun, then: Bit, (mut end, mut more): (u32, u32)) -> Option<(u32, u32)> {
    while !sight.has(end, then) {
        more = more.checked_sub(1)?;
        end = run.before(end);
    }
    Some((end, more))
}
