//! What must come for a program to match, as far as the tokens on both sides of a place tell.

use super::program::set_bits;

/// Tests of which the next token must pass one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct First([u64; First::WORDS]);

impl First {
    const WORDS: usize = 8;
    /// No token.
    pub(super) const NOTHING: First = First([0; First::WORDS]);
    /// Any token may come, or none.
    pub(super) const ANYTHING: First = First([u64::MAX; First::WORDS]);

    /// This test. Those for whom there is no bit left are not told from anything.
    pub(super) fn test(test: u16) -> First {
        let (word, bit) = (usize::from(test / 64), test % 64);
        let mut first = First::NOTHING;
        match first.0.get_mut(word) {
            Some(tests) if (word, bit) != (First::WORDS - 1, 63) => *tests = 1 << bit,
            _ => return First::ANYTHING,
        }
        first
    }

    pub(super) fn or(self, other: First) -> First {
        First(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// Whether anything may come: no test has the last bit.
    fn is_anything(&self) -> bool {
        self.0[First::WORDS - 1] >> 63 != 0
    }
}

/// What is known of a token, a bit each: the tests it passes, then whether it may come before what the program tells. Such
/// a row of bits has as many words as a power of two.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits {
    /// The words of a row: two to the power of this.
    pub(super) shift: u32,
    /// How many of them hold bits of tests.
    pub(super) test_words: usize,
    /// The words behind those: what any token may come before.
    any: Vec<u64>,
    /// The same for a token that passes a test, one test behind the other.
    by_test: Vec<u64>,
}

impl Bits {
    pub(super) fn new(tests: usize, firsts: &[First]) -> Bits {
        let test_words = tests.div_ceil(64);
        let words = firsts.len().div_ceil(64);
        let mut any = vec![0; words];
        let mut by_test = vec![0; tests.min(First::WORDS * 64) * words];
        for (bit, first) in firsts.iter().enumerate() {
            if first.is_anything() {
                any[bit / 64] |= 1 << (bit % 64);
            } else {
                set_bits(&first.0).for_each(|test| by_test[test * words + bit / 64] |= 1 << (bit % 64));
            }
        }
        let shift = (test_words + words).next_power_of_two().trailing_zeros();
        Bits { shift, test_words, any, by_test }
    }

    /// Completes a row as far as the tests tell.
    pub(super) fn complete(&self, row: &mut [u64]) {
        let (passed, others) = row.split_at_mut(self.test_words);
        let others = &mut others[..self.any.len()];
        others.copy_from_slice(&self.any);
        for test in set_bits(passed) {
            let may_come = self.by_test.get(test * others.len()..).unwrap_or_default();
            others.iter_mut().zip(may_come).for_each(|(word, may_come)| *word |= may_come);
        }
    }
}

/// What the next token must be for a program to match from one of its instructions on.
#[derive(Clone, Copy)]
pub(super) struct Ahead {
    pub(super) first: First,
    /// The same if it is to take a token at all.
    pub(super) taken: First,
    /// What the token behind must be.
    pub(super) behind: First,
    /// It can match without taking a token.
    pub(super) empty: bool,
}

impl Ahead {
    pub(super) const ANYTHING: Ahead =
        Ahead { first: First::ANYTHING, taken: First::ANYTHING, behind: First::ANYTHING, empty: true };
    pub(super) const END: Ahead = Ahead { taken: First::NOTHING, ..Ahead::ANYTHING };

    pub(super) fn test(test: u16) -> Ahead {
        Ahead { first: First::test(test), taken: First::test(test), empty: false, ..Ahead::ANYTHING }
    }

    pub(super) fn or(self, other: Ahead) -> Ahead {
        Ahead {
            first: self.first.or(other.first),
            taken: self.taken.or(other.taken),
            behind: self.behind.or(other.behind),
            empty: self.empty || other.empty,
        }
    }

    /// What takes a token as `self` does, or none; then this follows.
    pub(super) fn or_skipped(self, after: Ahead) -> Ahead {
        let (first, taken) = (self.taken.or(after.first), self.taken.or(after.taken));
        Ahead { first, taken, behind: self.behind, empty: after.empty }
    }
}
