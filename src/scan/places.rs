//! A list that is appended to without a branch.

use crate::block::BLOCK;

/// Byte offsets, in order. An offset is always written behind the last one, and `len` grows only if it is wanted: no branch
/// to be mispredicted.
#[derive(Debug, Default)]
pub(super) struct ScanPlaces {
    /// Longer than needed; what stands behind the first `len` means nothing.
    list: Vec<usize>,
    len: usize,
}

impl ScanPlaces {
    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    pub(super) fn as_slice(&self) -> &[usize] {
        &self.list[..self.len]
    }

    /// Adds the places of the bits of a block.
    #[inline]
    pub(super) fn push_bits(&mut self, base: usize, mask: u64) {
        /// So many are written in any case: more stand in few blocks.
        const FEW: usize = 4;
        self.reserve(self.len + BLOCK);
        let room = &mut self.list[self.len..][..BLOCK];
        let mut left = mask;
        let mut count = 0;
        for _ in 0..FEW {
            room[count] = base + left.trailing_zeros() as usize;
            count += usize::from(left != 0);
            left &= left.wrapping_sub(1);
        }
        while left != 0 {
            room[count % BLOCK] = base + left.trailing_zeros() as usize;
            count += 1;
            left &= left - 1;
        }
        self.len += count;
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Asks of each place, but for the first `from`, whether it is kept, and whether it is added to `others`.
    #[inline]
    pub(super) fn split(&mut self, from: usize, others: &mut ScanPlaces, split: impl Fn(usize) -> (bool, bool)) {
        let places = &mut self.list[from..self.len];
        others.reserve(others.len + places.len());
        let room = &mut others.list[others.len..][..places.len()];
        let (mut kept, mut other) = (0, 0);
        for number in 0..places.len() {
            let place = places[number];
            let (keep, give) = split(place);
            places[kept] = place;
            kept += usize::from(keep);
            room[other] = place;
            other += usize::from(give);
        }
        self.len = from + kept;
        others.len += other;
    }

    #[inline]
    fn reserve(&mut self, len: usize) {
        if self.list.len() < len {
            self.grow(len);
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, len: usize) {
        self.list.resize(len + len / 4, 0);
    }
}
