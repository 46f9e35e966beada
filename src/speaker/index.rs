//! A hash table of keys that is cleared in constant time.

use crate::word::Key;

/// A key of a table.
pub(crate) trait IndexKey: Copy + Default + PartialEq {
    fn hash(self) -> usize;
}

impl IndexKey for Key {
    #[inline]
    fn hash(self) -> usize {
        Key::hash(self)
    }
}

/// Two numbers.
impl IndexKey for (u32, u32) {
    #[inline]
    fn hash(self) -> usize {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        let both = u64::from(self.0) << 32 | u64::from(self.1);
        ((both ^ both >> 29).wrapping_mul(MIX) >> 32) as usize
    }
}

/// From keys to numbers that the caller chooses, by open addressing. Reused.
#[derive(Debug)]
pub(crate) struct Index<K> {
    slots: Vec<IndexSlot<K>>,
    used: usize,
    /// A slot of another round is free: clearing starts the next round.
    round: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct IndexSlot<K> {
    key: K,
    value: u32,
    round: u32,
}

impl<K: IndexKey> Default for Index<K> {
    fn default() -> Index<K> {
        Index { slots: vec![IndexSlot::default(); 1 << 8], used: 0, round: 1 }
    }
}

impl<K: IndexKey> Index<K> {
    pub(crate) fn clear(&mut self) {
        self.used = 0;
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.slots.fill(IndexSlot::default());
            1
        });
    }

    /// The value of a key, `value` if it is new.
    #[inline]
    pub(crate) fn get_or_insert(&mut self, key: K, value: u32) -> u32 {
        let mask = self.slots.len() - 1;
        let mut at = key.hash() & mask;
        loop {
            let slot = &mut self.slots[at];
            if slot.round != self.round {
                *slot = IndexSlot { key, value, round: self.round };
                break;
            }
            if slot.key == key {
                return slot.value;
            }
            at = (at + 1) & mask;
        }
        self.used += 1;
        if self.used * 4 > self.slots.len() * 3 {
            self.grow();
        }
        value
    }

    pub(crate) fn get(&self, key: K) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut at = key.hash() & mask;
        loop {
            let slot = &self.slots[at];
            if slot.round != self.round {
                return None;
            }
            if slot.key == key {
                return Some(slot.value);
            }
            at = (at + 1) & mask;
        }
    }

    /// Notes a value, in the place of an old one.
    pub(crate) fn set(&mut self, key: K, value: u32) {
        self.get_or_insert(key, value);
        let mask = self.slots.len() - 1;
        let mut at = key.hash() & mask;
        while self.slots[at].key != key || self.slots[at].round != self.round {
            at = (at + 1) & mask;
        }
        self.slots[at].value = value;
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![IndexSlot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.round == self.round) {
            let mut at = slot.key.hash() & (size - 1);
            while self.slots[at].round == self.round {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn values_survive_growth_and_go_with_the_round() {
        let mut index: Index<(u32, u32)> = Index::default();
        for round in 0..3 {
            for number in 0..5000 {
                assert_eq!(index.get_or_insert((number, round), number), number);
            }
            for number in 0..5000 {
                assert_eq!(index.get_or_insert((number, round), 7), number);
            }
            index.set((3, round), 9);
            assert_eq!(index.get((3, round)), Some(9));
            index.clear();
            assert_eq!(index.get((3, round)), None);
        }
    }
}
