//! How much work the rules may do, so that no rules, however they are nested, take more than linear time.

/// What is left for a unit. Each place of a run with more than one way counts one, past the first few of a side; what lies
/// between is bounded by the length of a pattern and of the window. Repeats of definitions nested 32 deep need some dozens
/// for each token; the built-in rules have needed none in any corpus.
#[derive(Debug, Default)]
pub(super) struct Budget {
    /// What is left for the anchor at hand: nothing once it is negative.
    left: i64,
    /// What is kept for those behind it.
    kept: i64,
}

/// So much a unit may do for each of its tokens.
const TOKEN: i64 = 1 << 10;
/// One of a few tokens may do as much as if it had so many more.
const FEW_TOKENS: i64 = 64;
/// So much each anchor adds, so that it finds some left whatever those before it did.
const ANCHOR: i64 = 1 << 10;

impl Budget {
    pub(super) fn begin_unit(&mut self, tokens: usize) {
        (self.left, self.kept) = (0, (tokens as i64 + FEW_TOKENS) * TOKEN);
    }

    /// An anchor may do half of what is left.
    #[inline(always)]
    pub(super) fn begin_anchor(&mut self) {
        let left = self.kept + self.left + ANCHOR;
        self.kept = left / 2;
        self.left = left - self.kept;
    }

    /// Counts one; whether the anchor has had its share.
    #[inline(always)]
    pub(super) fn spend(&mut self) -> bool {
        self.left -= 1;
        self.left < 0
    }

    /// Whether the anchor has had its share: then nothing more is tried there.
    #[inline(always)]
    pub(super) fn is_spent(&self) -> bool {
        self.left < 0
    }
}

#[cfg(test)]
mod tests {
    use super::{ANCHOR, Budget, FEW_TOKENS, TOKEN};

    /// Spends all that an anchor has; returns how much it was.
    fn spend_all(budget: &mut Budget) -> i64 {
        budget.begin_anchor();
        (1..).find(|_| budget.spend()).unwrap_or(0)
    }

    #[test]
    fn a_unit_has_as_much_as_its_tokens_and_anchors_allow() {
        for tokens in [0, 1, 10, 300] {
            let mut budget = Budget::default();
            for _ in 0..2 {
                budget.begin_unit(tokens);
                let first = spend_all(&mut budget);
                assert!(first > (tokens as i64 + FEW_TOKENS) * TOKEN / 2);
                let spent = first + (1..tokens).map(|_| spend_all(&mut budget)).sum::<i64>();
                assert!(spent <= (tokens as i64 + FEW_TOKENS) * TOKEN + (tokens as i64 + 1) * (ANCHOR + 1));
                // Those that come last still have some.
                assert!(spend_all(&mut budget) >= ANCHOR / 2);
            }
        }
    }
}
