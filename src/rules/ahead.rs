//! What must come for a program to match, as far as the tokens on both sides of a place tell.

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

    /// Whether a token may come that passes these tests.
    pub(super) fn may_come(&self, passed: &[u64]) -> bool {
        // No test has the last bit.
        self.0[First::WORDS - 1] >> 63 != 0 || self.0.iter().zip(passed).any(|(tests, passed)| tests & passed != 0)
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
