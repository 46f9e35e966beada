//! A list of places that is written without asking.

use crate::block::BLOCK;

/// Places in a text, in order. What is written behind the last may be kept or not, which needs no branch.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Longer than needed; what stands behind the first `len` means nothing.
    list: Vec<usize>,
    len: usize,
}

impl Places {
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
        if self.list.len() < self.len + BLOCK {
            self.reserve(self.len + BLOCK);
        }
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

    /// Keeps the places that `keep` says, and gives those to `others` that it says of.
    #[inline]
    pub(super) fn split(&mut self, others: &mut Places, split: impl Fn(usize) -> (bool, bool)) {
        others.reserve(self.len);
        let hits = &mut self.list[..self.len];
        let others_list = &mut others.list[..hits.len()];
        let (mut kept, mut other) = (0, 0);
        for number in 0..hits.len() {
            let place = hits[number];
            let (keep, give) = split(place);
            hits[kept] = place;
            kept += usize::from(keep);
            others_list[other] = place;
            other += usize::from(give);
        }
        self.len = kept;
        others.len = other;
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, len: usize) {
        self.list.resize(2 * len, 0);
    }

    fn reserve(&mut self, len: usize) {
        if self.list.len() < len {
            self.grow(len);
        }
    }
}
