//! Where the parts of a rule were found.

use super::program::Slot;

/// Where a matched rule found its parts: token positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Captures([u32; Captures::COUNT]);

impl Captures {
    /// No token is that far from the start of its unit.
    const NOWHERE: u32 = u32::MAX;
    pub(super) const EMPTY: Captures = Captures([Captures::NOWHERE; Captures::COUNT]);
    /// One for each part, and some more so that any bit has one.
    const COUNT: usize = u16::BITS as usize;

    /// Where this part is; `None` if the rule has no such part.
    #[inline]
    pub(crate) fn get(&self, slot: Slot) -> Option<usize> {
        let at = self.0[slot as usize];
        // The string is the token before that place; before the first token is nowhere.
        let before = usize::from(slot as usize == Slot::QuoteLeft as usize);
        if at == Captures::NOWHERE { None } else { (at as usize).checked_sub(before) }
    }

    /// Notes a place as these parts, a bit each.
    #[inline]
    pub(super) fn note(&mut self, mut slots: u16, place: u32) {
        while slots != 0 {
            self.0[slots.trailing_zeros() as usize % Captures::COUNT] = place;
            slots &= slots - 1;
        }
    }

    /// The parts of both sides; where both have one, the right.
    pub(super) fn with(&self, right: &Captures) -> Captures {
        let of = |slot: usize| {
            // Without a branch, so that some are done at once.
            let kept = u32::from(right.0[slot] == Captures::NOWHERE).wrapping_neg();
            self.0[slot] & kept | right.0[slot] & !kept
        };
        Captures(std::array::from_fn(of))
    }
}
