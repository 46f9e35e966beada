//! Where definitions end, for as long as it is asked again.

use super::emit::MOST_ENDS;
use super::program::Pc;

/// Ends of a part of a rule, each once.
#[derive(Debug, Default)]
pub(super) struct Ends {
    ends: [u32; MOST_ENDS],
    count: usize,
}

impl Ends {
    pub(super) fn clear(&mut self) {
        self.count = 0;
    }

    /// Adds an end; whether there is room for more.
    pub(super) fn push(&mut self, end: u32) -> bool {
        if self.count < MOST_ENDS && !self.list().contains(&end) {
            self.ends[self.count] = end;
            self.count += 1;
        }
        self.count < MOST_ENDS
    }

    pub(super) fn list(&self) -> &[u32] {
        &self.ends[..self.count]
    }
}

/// Answers of recent definitions: a small table, so that memory stays constant.
#[derive(Debug)]
pub(super) struct Answers {
    slots: Box<[Answer; ANSWERS]>,
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

const ANSWERS: usize = 512;

impl Default for Answers {
    fn default() -> Answers {
        Answers { slots: Box::new([Answer::default(); ANSWERS]), base: 0, end: 1 }
    }
}

impl Answers {
    /// Forgets the unit before; there are so many tokens now.
    pub(super) fn begin_unit(&mut self, tokens: usize) {
        self.base = self.end;
        // The place before the first token is one too, and that behind the last.
        self.end += tokens as u64 + 2;
    }

    #[inline(always)]
    fn key(&self, entry: Pc, at: u32) -> (u64, usize) {
        let place = self.base + u64::from(at);
        (place << 16 | u64::from(entry), (place.wrapping_mul(61) + u64::from(entry)) as usize % ANSWERS)
    }

    #[inline(always)]
    pub(super) fn get(&self, entry: Pc, at: u32) -> Option<Option<u32>> {
        let (key, slot) = self.key(entry, at);
        let answer = &self.slots[slot];
        (answer.key == key).then_some(answer.end)
    }

    #[inline(always)]
    pub(super) fn put(&mut self, entry: Pc, at: u32, end: Option<u32>) {
        let (key, slot) = self.key(entry, at);
        self.slots[slot] = Answer { key, end };
    }
}
