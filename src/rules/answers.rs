//! Where definitions end: a memo, so that none is matched twice from the same place of a unit.

use super::context::WINDOW;
use super::program::Pc;

/// Ends of a part of a rule, each once.
#[derive(Debug, Default)]
pub(super) struct Ends {
    ends: Vec<u32>,
}

/// A part may end at every place that the rule sees.
const MOST_ENDS: usize = WINDOW as usize + 1;

impl Ends {
    pub(super) fn clear(&mut self) {
        self.ends.clear();
    }

    /// Adds an end; whether there may be more.
    pub(super) fn push(&mut self, end: u32) -> bool {
        if !self.ends.contains(&end) {
            self.ends.push(end);
        }
        self.ends.len() < MOST_ENDS
    }

    pub(super) fn list(&self) -> &[u32] {
        &self.ends
    }
}

/// Where each definition ends that was matched in this unit, by the place it begins. An answer depends on nothing else, so
/// one anchor may use what another has found.
///
/// The latest answers are in a small table, in which one takes the place of another. Without those that were moved out,
/// definitions in definitions would take exponential time, so they are kept too.
#[derive(Debug)]
pub(super) struct Answers {
    slots: Box<[Answer; SLOTS]>,
    moved: Moved,
    /// How many places there were before this unit, and with it.
    base: u64,
    end: u64,
}

/// Where a definition ends.
#[derive(Clone, Copy, Debug, Default)]
struct Answer {
    /// The definition and where it begins.
    key: u64,
    end: Option<u32>,
}

const SLOTS: usize = 512;

impl Default for Answers {
    fn default() -> Answers {
        Answers { slots: Box::new([Answer::default(); SLOTS]), moved: Moved::default(), base: 0, end: 1 }
    }
}

impl Answers {
    /// Forgets the unit before; there are so many tokens now.
    pub(super) fn begin_unit(&mut self, tokens: usize) {
        self.base = self.end;
        // The place before the first token is one too, and that behind the last.
        self.end += tokens as u64 + 2;
        self.moved.begin_unit(self.base << 16);
    }

    #[inline(always)]
    fn key(&self, entry: Pc, at: u32) -> (u64, usize) {
        let place = self.base + u64::from(at);
        // What is moved out must not depend on the texts before, so the slot is told by the place in the unit.
        (place << 16 | u64::from(entry), (at.wrapping_mul(61) + u32::from(entry)) as usize % SLOTS)
    }

    #[inline(always)]
    pub(super) fn get(&self, entry: Pc, at: u32) -> Option<Option<u32>> {
        let (key, slot) = self.key(entry, at);
        let answer = &self.slots[slot];
        if answer.key == key {
            return Some(answer.end);
        }
        if self.moved.count == 0 { None } else { self.moved.get(key) }
    }

    /// Adds an answer that is not there.
    #[inline(always)]
    pub(super) fn put(&mut self, entry: Pc, at: u32, end: Option<u32>) {
        let (key, slot) = self.key(entry, at);
        let before = std::mem::replace(&mut self.slots[slot], Answer { key, end });
        if before.key >= self.moved.least {
            self.moved.put(before);
        }
    }
}

/// Answers for which there was no room: a table that grows until it holds all of a unit, up to `MOST_MOVED`.
#[derive(Debug, Default)]
struct Moved {
    /// A power of two, at most half of them used; an answer is in the first free slot from its own one on.
    slots: Vec<Answer>,
    count: usize,
    /// Answers with keys below are of units before: their slots are free.
    least: u64,
}

const FEW_MOVED: usize = 128;

/// With more than this all are forgotten. The budget bounds what it costs to find them anew.
const MOST_MOVED: usize = 1 << 16;

impl Moved {
    fn begin_unit(&mut self, least: u64) {
        (self.count, self.least) = (0, least);
    }

    #[inline(always)]
    fn slot(&self, key: u64) -> usize {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as usize & (self.slots.len() - 1)
    }

    #[inline(never)]
    fn get(&self, key: u64) -> Option<Option<u32>> {
        let mut slot = self.slot(key);
        loop {
            let answer = self.slots[slot];
            if answer.key == key {
                return Some(answer.end);
            }
            if answer.key < self.least {
                return None;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    #[inline(never)]
    fn put(&mut self, answer: Answer) {
        self.count += 1;
        if self.count > self.slots.len() / 2 {
            self.make_room();
        }
        self.insert(answer);
    }

    fn insert(&mut self, answer: Answer) {
        let mut slot = self.slot(answer.key);
        while self.slots[slot].key >= self.least {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        self.slots[slot] = answer;
    }

    /// Doubles the slots, or empties them if there are as many as may be, for one answer more.
    #[cold]
    fn make_room(&mut self) {
        if self.count > MOST_MOVED {
            self.slots.fill(Answer::default());
            self.count = 1;
            return;
        }
        let slots = (2 * self.slots.len()).max(2 * FEW_MOVED);
        for answer in std::mem::replace(&mut self.slots, vec![Answer::default(); slots]) {
            if answer.key >= self.least {
                self.insert(answer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answers, MOST_MOVED};

    /// Puts an answer for each of so many definitions at each place, and checks that all are there.
    fn fill(answers: &mut Answers, entries: u16, places: u32) {
        for (entry, at) in (0..entries).flat_map(|entry| (0..places).map(move |at| (entry, at))) {
            assert_eq!(answers.get(entry, at), None, "{entry} at {at}");
            answers.put(entry, at, (at % 3 != 0).then_some(at + u32::from(entry)));
        }
        for (entry, at) in (0..entries).flat_map(|entry| (0..places).map(move |at| (entry, at))) {
            assert_eq!(answers.get(entry, at), Some((at % 3 != 0).then_some(at + u32::from(entry))), "{entry} at {at}");
        }
    }

    #[test]
    fn no_answer_of_a_unit_is_lost() {
        for (entries, places) in [(1, 1), (3, 85), (1, 256), (1, 257), (16, 16), (257, 1), (40, 500), (64, 1024)] {
            let mut answers = Answers::default();
            for _ in 0..3 {
                answers.begin_unit(places as usize);
                fill(&mut answers, entries, places);
            }
        }
    }

    #[test]
    fn the_table_is_bounded() {
        let mut answers = Answers::default();
        let places = 4 * MOST_MOVED as u32;
        for _ in 0..2 {
            answers.begin_unit(places as usize);
            (0..places).for_each(|at| answers.put(7, at, Some(at)));
            assert_eq!(answers.moved.slots.len(), 2 * MOST_MOVED);
            assert_eq!(answers.get(7, places - 1), Some(Some(places - 1)));
            assert_eq!(answers.get(7, 0), None);
        }
    }
}
