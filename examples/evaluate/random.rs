//! Random numbers that are the same on every machine.

/// Marsaglia's xorshift.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// Starts from `seed`; seeds that differ by little give numbers that have nothing in common.
    pub(crate) fn new(seed: u64) -> Random {
        // A step of SplitMix64, a bijection; the one seed that leads to 0, where xorshift would stay, gets another state.
        let mut state = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Random::from_state((state ^ (state >> 31)).max(1))
    }

    /// Goes on from `state`, which is not 0.
    pub(crate) fn from_state(state: u64) -> Random {
        Random(state)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// Puts a list into another order.
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn numbers_are_those_of_the_seed() {
        let numbers = |seed| {
            let mut random = Random::new(seed);
            std::array::from_fn::<usize, 8, _>(|_| random.below(1000))
        };
        assert_eq!(numbers(7), numbers(7));
        assert_ne!(numbers(7), numbers(8));
        // The seed that SplitMix64 takes to 0.
        assert_ne!(numbers(0u64.wrapping_sub(0x9E37_79B9_7F4A_7C15)), [0; 8]);
    }

    #[test]
    fn a_shuffled_list_holds_what_it_held() {
        let mut list: Vec<usize> = (0..50).collect();
        Random::new(1).shuffle(&mut list);
        assert!(!list.is_sorted());
        list.sort_unstable();
        assert!(list.iter().copied().eq(0..50));
    }
}
