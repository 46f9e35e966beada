//! Runs the small programs of the rules with a bounded backtracker: what has been tried from a place is
//! never tried again, so the time for one run is bounded by the size of the program and the window,
//! whatever the text.
//!
//! A place is the number of tokens before it. Read leftwards (`LEFT`), what comes next is the token before it.

use super::ground::{WINDOW, at_edge};
use super::program::{First, Inst};
use super::symbols::Sight;

/// Working memory, reused.
#[derive(Debug, Default)]
pub(super) struct Backtracker {
    /// What the runs that are under way have yet to try, the innermost last.
    stack: Vec<Todo>,
    /// What they have tried: a bit for each split and place.
    visited: Vec<u64>,
    calls: CallCache,
}

#[derive(Clone, Copy, Debug)]
struct Todo {
    pc: u16,
    at: u32,
    /// For a span that may give back tokens: how far.
    least: u32,
}

/// One run of the backtracker.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    /// The farthest place it may come to.
    limit: u32,
    /// Where what it has yet to try begins.
    bottom: usize,
    /// Where what it has tried begins.
    visited: usize,
    /// How many splits it has come to.
    splits: usize,
}

/// What comes to more splits notes which, so as to take none twice.
pub(super) const FEW_SPLITS: usize = 64;

/// The farthest place to be come to from `start`.
pub(super) const fn limit<const LEFT: bool>(start: u32) -> u32 {
    if LEFT { start.saturating_sub(WINDOW) } else { start + WINDOW }
}

/// The place behind the next token.
#[inline]
pub(super) const fn behind<const LEFT: bool>(at: u32) -> u32 {
    if LEFT { at.wrapping_sub(1) } else { at + 1 }
}

/// Whether a place is not beyond a limit.
#[inline]
pub(super) const fn within<const LEFT: bool>(at: u32, limit: u32) -> bool {
    if LEFT { at >= limit } else { at <= limit }
}

impl Backtracker {
    /// Forgets the answers of the unit before.
    pub(super) fn begin_unit(&mut self) {
        self.calls.forget();
    }

    /// Runs a program and reports its ends, best first, until `report` has had enough.
    pub(super) fn run<const LEFT: bool>(
        &mut self,
        sight: &Sight<'_>,
        entry: u16,
        start: u32,
        mut report: impl FnMut(u32) -> bool,
    ) {
        let bottom = self.stack.len();
        let mut run = Run { start, limit: limit::<LEFT>(start), bottom, visited: self.visited.len(), splits: 0 };
        let mut end = self.follow::<LEFT>(sight, (entry, start), &mut run);
        while let Some(found) = end
            && report(found)
        {
            end = self.pop::<LEFT>(bottom).and_then(|next| self.follow::<LEFT>(sight, next, &mut run));
        }
        self.stack.truncate(bottom);
        self.visited.truncate(run.visited);
    }

    /// What is to be tried next.
    #[inline]
    fn pop<const LEFT: bool>(&mut self, bottom: usize) -> Option<(u16, u32)> {
        if self.stack.len() == bottom {
            return None;
        }
        let Todo { pc, at, least } = self.stack.last_mut()?;
        let next = (*pc, *at);
        if at == least {
            self.stack.pop();
        } else {
            *at = if LEFT { *at + 1 } else { *at - 1 };
        }
        Some(next)
    }

    /// Follows one thread after another, to the first that ends in a match.
    fn follow<const LEFT: bool>(
        &mut self,
        sight: &Sight<'_>,
        (mut pc, mut at): (u16, u32),
        run: &mut Run,
    ) -> Option<u32> {
        loop {
            let mut to = pc + 1;
            let end = match sight.insts[usize::from(pc)] {
                Inst::Match => return Some(at),
                Inst::Jump(target) => {
                    pc = target;
                    continue;
                }
                Inst::Split { first, second, number, mask } => {
                    if sight.may_come::<LEFT>(at, mask) {
                        run.splits += 1;
                        if run.splits <= FEW_SPLITS || self.visit(run, number, at.abs_diff(run.start)) {
                            self.stack.push(Todo { pc: second, at, least: at });
                            pc = first;
                            continue;
                        }
                        None
                    } else {
                        pc = second;
                        continue;
                    }
                }
                Inst::Test(test) => {
                    let fits = sight.passes::<LEFT>(at, test) && at != run.limit;
                    fits.then_some(behind::<LEFT>(at))
                }
                Inst::Span { test, least, most, then } => {
                    let ends = span::<LEFT>(sight, (test, then), (least, most), (at, run.limit));
                    if let Some((end, shortest)) = ends
                        && end != shortest
                    {
                        let shorter = if LEFT { end + 1 } else { end - 1 };
                        self.stack.push(Todo { pc: to, at: shorter, least: shortest });
                    }
                    ends.map(|(end, _)| end)
                }
                Inst::Edge(start) => at_edge(sight.ground.tokens.list(), at as usize, start).then_some(at),
                Inst::Look { behind, negate } => {
                    to += 1;
                    let found = match sight.insts[usize::from(pc) + 1] {
                        Inst::Test(test) if behind => sight.passes::<true>(at, test),
                        Inst::Test(test) => sight.passes::<false>(at, test),
                        _ if behind => self.one::<true>(sight, pc + 1, at).is_some(),
                        _ => self.one::<false>(sight, pc + 1, at).is_some(),
                    };
                    (found != negate).then_some(at)
                }
                Inst::Call(_) | Inst::Regex(_) => {
                    self.one::<LEFT>(sight, pc, at).filter(|&end| within::<LEFT>(end, run.limit))
                }
            };
            (pc, at) = match end {
                Some(end) => (to, end),
                None => self.pop::<LEFT>(run.bottom)?,
            };
        }
    }

    /// Takes one token, or one definition; gives back the place behind it.
    fn one<const LEFT: bool>(&mut self, sight: &Sight<'_>, pc: u16, at: u32) -> Option<u32> {
        let fits = match sight.insts[usize::from(pc)] {
            Inst::Call(def) => return self.call::<LEFT>(sight, def, at),
            Inst::Test(test) => sight.passes::<LEFT>(at, test),
            Inst::Regex(regex) => sight.ground.is_match(regex, if LEFT { at.wrapping_sub(1) } else { at }),
            _ => false,
        };
        fits.then_some(behind::<LEFT>(at))
    }

    /// Where a definition ends, in its first way that fits.
    pub(super) fn call<const LEFT: bool>(&mut self, sight: &Sight<'_>, number: u16, at: u32) -> Option<u32> {
        let def = &sight.defs[usize::from(number)];
        let way = usize::from(LEFT);
        if (def.skips || !def.can_be_empty) && !sight.may_come::<LEFT>(at, def.first_test[way]) {
            return def.skips.then_some(at);
        }
        if let Some(known) = self.calls.get(number, at, LEFT) {
            return known;
        }
        let mut end = None;
        self.run::<LEFT>(sight, def.entry[way], at, |found| {
            end = Some(found);
            false
        });
        self.calls.put(number, at, LEFT, end);
        end
    }

    /// Notes that a split has been tried `offset` tokens away; `false` if it had been before.
    #[cold]
    fn visit(&mut self, run: &Run, number: u8, offset: u32) -> bool {
        note(&mut self.visited, run.visited * 64 + usize::from(number) * (WINDOW as usize + 1) + offset as usize)
    }
}

/// As many tokens as pass the one test, within bounds, where what follows passes the other: the farthest
/// end and the nearest.
#[inline]
fn span<const LEFT: bool>(
    sight: &Sight<'_>,
    (test, then): (u16, First),
    (least, most): (u8, u8),
    (at, limit): (u32, u32),
) -> Option<(u32, u32)> {
    let room = at.abs_diff(limit).min(u32::from(most));
    let least = u32::from(least);
    let mut count = 0;
    let mut found = None;
    let mut end = at;
    loop {
        if count >= least && sight.may_come::<LEFT>(end, then) {
            let (_, nearest) = found.unwrap_or((end, end));
            found = Some((end, nearest));
        }
        if count == room || !sight.passes::<LEFT>(end, test) {
            return found;
        }
        count += 1;
        end = behind::<LEFT>(end);
    }
}

/// Sets a bit; `false` if it was set.
pub(super) fn note(bits: &mut Vec<u64>, bit: usize) -> bool {
    let (word, mask) = (bit / 64, 1 << (bit % 64));
    if bits.len() <= word {
        bits.resize(word + 1, 0);
    }
    let fresh = bits[word] & mask == 0;
    bits[word] |= mask;
    fresh
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

    #[inline]
    fn place(def: u16, at: u32, mirrored: bool) -> (usize, u32) {
        let key = u32::from(def) << 1 | u32::from(mirrored);
        let slot = at.wrapping_mul(31).wrapping_add(key.wrapping_mul(0x9E37_79B9) >> 16) as usize % CALL_SLOTS;
        (slot, key)
    }

    #[inline]
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
