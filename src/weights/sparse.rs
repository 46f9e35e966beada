//! The weights of features with too many combinations of values for an array: a hash table with open addressing.

use super::feature::Feature;

/// Features and their weights.
#[derive(Clone, Debug, Default)]
pub(super) struct Sparse {
    /// A power of two, at least twice as many as there are features. No feature packs to 0, which is a free slot.
    slots: Vec<(u64, i16)>,
    count: usize,
}

impl Sparse {
    #[inline]
    pub(super) fn get(&self, feature: Feature) -> i16 {
        self.slots.get(self.slot(feature.0)).filter(|slot| slot.0 == feature.0).map_or(0, |slot| slot.1)
    }

    /// All features that have a weight, in no order.
    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = (Feature, i16)> {
        self.slots.iter().filter(|slot| slot.0 != 0).map(|slot| (Feature(slot.0), slot.1))
    }

    /// Where a feature is, or the free slot it would take.
    #[inline]
    fn slot(&self, feature: u64) -> usize {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = (feature.wrapping_mul(MIX) >> 32) as usize & mask;
        while self.slots.get(slot).is_some_and(|(known, _)| *known != 0 && *known != feature) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    pub(super) fn set(&mut self, feature: Feature, weight: i16) {
        const FEWEST: usize = 1 << 12;
        if self.count * 2 >= self.slots.len() {
            let size = (self.slots.len() * 2).max(FEWEST);
            let before = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
            for (known, weight) in before.into_iter().filter(|(known, _)| *known != 0) {
                let slot = self.slot(known);
                self.slots[slot] = (known, weight);
            }
        }
        let slot = self.slot(feature.0);
        self.count += usize::from(self.slots[slot].0 == 0);
        self.slots[slot] = (feature.0, weight);
    }
}

#[cfg(test)]
mod tests {
    use super::{Feature, Sparse};

    #[test]
    fn what_is_set_is_found_and_nothing_else() {
        let mut sparse = Sparse::default();
        let feature = |number: u16| Feature::new(3, [number / 7, number, 0]);
        assert_eq!(sparse.get(feature(1)), 0);
        for number in 0..9000 {
            sparse.set(feature(number), number as i16);
        }
        sparse.set(feature(17), -5);
        assert!((0..9000).filter(|&number| number != 17).all(|number| sparse.get(feature(number)) == number as i16));
        assert_eq!((sparse.get(feature(17)), sparse.get(feature(9001)), sparse.count), (-5, 0, 9000));
    }
}
