//! The look-up of words: open addressing, one cache line a word.

use crate::token::Class;
use crate::word::Key;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// From words in lower case to the number and the classes of their entry.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    slots: Vec<Slot>,
    used: usize,
    /// A bit for each word that is there, which some share: small enough to stay near the processor, it
    /// tells most words that are not there.
    known: Vec<u64>,
    /// The few words that are too long for a key.
    long: HashMap<Box<str>, u16>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    class: Class,
    /// 0: the slot is free.
    id: u16,
}

impl Default for Table {
    fn default() -> Table {
        // Room for the built-in lists: growing means placing every word anew.
        Table { slots: vec![Slot::default(); 1 << 15], used: 0, known: vec![0; KNOWN_BITS / 64], long: HashMap::new() }
    }
}

impl Table {
    /// The number of a word in lower case; `id` becomes its number if it has none.
    pub(crate) fn find_or_insert(&mut self, word: &str, id: u16) -> u16 {
        match Key::of(word) {
            Some(key) => self.find_or_insert_key(key, id),
            None => *self.long.entry(word.into()).or_insert(id),
        }
    }

    /// The same for a word read already.
    pub(crate) fn find_or_insert_key(&mut self, key: Key, id: u16) -> u16 {
        let at = self.slot_of(key);
        if self.slots[at].id != 0 {
            return self.slots[at].id;
        }
        self.slots[at] = Slot { key, id, class: Class::NONE };
        let (word, bit) = known_bit(key);
        self.known[word] |= bit;
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![Slot::default(); old.len() * 2];
            for slot in old.iter().filter(|slot| slot.id != 0) {
                let at = self.slot_of(slot.key);
                self.slots[at] = *slot;
            }
        }
        id
    }

    /// Notes the classes of every word.
    pub(crate) fn settle(&mut self, class_of: impl Fn(u16) -> Class) {
        self.slots.iter_mut().filter(|slot| slot.id != 0).for_each(|slot| slot.class = class_of(slot.id));
    }

    /// The number of a word in lower case, 0 if it is not there.
    pub(crate) fn find(&self, word: &str) -> u16 {
        match Key::of(word) {
            Some(key) => self.find_key(key).0,
            None => self.long.get(word).copied().unwrap_or(0),
        }
    }

    /// The number of a word, 0 if it is not there, and its classes as settled.
    #[inline]
    pub(crate) fn find_key(&self, key: Key) -> (u16, Class) {
        let (word, bit) = known_bit(key);
        if self.known[word] & bit == 0 {
            return (0, Class::NONE);
        }
        let slot = &self.slots[self.slot_of(key)];
        (slot.id, slot.class)
    }

    /// Where a word is, or the free slot it would take.
    #[inline]
    fn slot_of(&self, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key.hash() & mask;
        while self.slots[at].id != 0 && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }
}

const KNOWN_BITS: usize = 1 << 17;

/// The word and the bit of a key among those that are known.
#[inline]
fn known_bit(key: Key) -> (usize, u64) {
    let bit = (key.hash() >> 15) % KNOWN_BITS;
    (bit / 64, 1 << (bit % 64))
}

/// Hashes what is made of a few numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mixer(u64);

/// Maps with numbers for keys.
pub(crate) type Numbers = BuildHasherDefault<Mixer>;

impl Mixer {
    #[inline]
    fn mix(&mut self, number: u64) {
        let mixed = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for piece in bytes.chunks(8) {
            let mut number = [0; 8];
            number[..piece.len()].copy_from_slice(piece);
            self.mix(u64::from_le_bytes(number));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(u64::from(number));
    }

    fn write_u16(&mut self, number: u16) {
        self.mix(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }
}
