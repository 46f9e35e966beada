//! The pieces that the content of one attribution is made of.

use crate::clause::Range;

/// Ranges of tokens, in order and apart. A tag may stand between any two of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContentPieces([Option<Range>; ContentPieces::MOST]);

impl ContentPieces {
    const MOST: usize = 4;

    /// These ranges in order; `None` if there is none, or if two of them overlap.
    pub(super) fn new(ranges: [Option<Range>; ContentPieces::MOST]) -> Option<ContentPieces> {
        if let [None, Some(only), None, None] = ranges {
            return Some(ContentPieces::one(only));
        }
        let mut pieces = ContentPieces(ranges);
        pieces.sort();
        let overlap = |pair: &[Option<Range>]| matches!(pair, [Some(one), Some(next)] if next.start() < one.end());
        (pieces.0[0].is_some() && !pieces.0.windows(2).any(overlap)).then_some(pieces)
    }

    pub(super) fn one(range: Range) -> ContentPieces {
        ContentPieces([Some(range), None, None, None])
    }

    fn sort(&mut self) {
        self.0.sort_by_key(|range| range.map_or(usize::MAX, Range::start));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Range> {
        self.0.into_iter().flatten()
    }

    pub(super) fn first(&self) -> Option<Range> {
        self.0[0]
    }

    /// The only piece, if there is no other.
    pub(super) fn only(&self) -> Option<Range> {
        self.0[0].filter(|_| self.0[1].is_none())
    }

    /// The piece that features are about: of several the second, as the first mostly stands before the tag.
    pub(super) fn main(&self) -> Option<Range> {
        self.0[1].or(self.0[0])
    }

    /// The token after the last one; 0 if there is none.
    pub(super) fn end(&self) -> usize {
        self.0.iter().fold(0, |end, range| range.map_or(end, |range| range.end().max(end)))
    }

    /// How many tokens they are.
    pub(super) fn width(&self) -> usize {
        self.iter().map(|range| range.end() - range.start()).sum()
    }

    pub(super) fn set_first(&mut self, range: Range) {
        self.0[0] = Some(range);
    }

    /// Adds a piece behind all others; where there is no room it takes the place of the last.
    pub(super) fn push(&mut self, range: Range) {
        let free = self.0.iter().position(Option::is_none).unwrap_or(ContentPieces::MOST - 1);
        self.0[free] = Some(range);
    }

    /// Adds a piece anywhere; whether there was room for it.
    pub(super) fn insert(&mut self, range: Range) -> bool {
        let Some(free) = self.0.iter_mut().find(|range| range.is_none()) else { return false };
        *free = Some(range);
        self.sort();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{ContentPieces, Range};

    fn range(start: usize, end: usize) -> Option<Range> {
        Range::new(start, end)
    }

    fn places(pieces: &ContentPieces) -> Vec<(usize, usize)> {
        pieces.iter().map(|range| (range.start(), range.end())).collect()
    }

    #[test]
    fn pieces_are_in_order_and_apart() {
        let pieces = ContentPieces::new([range(7, 9), None, range(1, 3), None]).expect("they are apart");
        assert_eq!(places(&pieces), [(1, 3), (7, 9)]);
        assert_eq!((pieces.first(), pieces.main(), pieces.only()), (range(1, 3), range(7, 9), None));
        assert_eq!((pieces.end(), pieces.width()), (9, 4));
        assert_eq!(ContentPieces::new([range(1, 3), range(2, 4), None, None]), None);
        assert_eq!(ContentPieces::new([None; 4]), None);
        // They may touch.
        assert!(ContentPieces::new([range(3, 4), range(1, 3), None, None]).is_some());
    }

    #[test]
    fn a_piece_is_added_where_there_is_room() {
        let mut pieces = ContentPieces::new([None, range(5, 6), None, None]).expect("one piece");
        assert_eq!((pieces.main(), pieces.only()), (range(5, 6), range(5, 6)));
        assert!(pieces.insert(range(1, 2).expect("a token")));
        assert!(pieces.insert(range(3, 4).expect("a token")));
        pieces.push(range(8, 9).expect("a token"));
        assert_eq!(places(&pieces), [(1, 2), (3, 4), (5, 6), (8, 9)]);
        assert!(!pieces.insert(range(9, 10).expect("a token")));
        pieces.push(range(10, 12).expect("a token"));
        assert_eq!(places(&pieces), [(1, 2), (3, 4), (5, 6), (10, 12)]);
    }
}
