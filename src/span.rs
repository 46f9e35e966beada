//! Places in a text.

use std::fmt;
use std::ops::{Index, Range};

/// A half-open range of bytes in the caller's text, always on `char` boundaries.
///
/// ```
/// use inquit::Span;
///
/// let text = "“Go,” said Ana.";
/// let span = Span::new(3, 6);
/// assert_eq!(&text[span], "Go,");
/// assert_eq!(span.len(), 3);
/// assert!(!span.contains(6)); // half open
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    #[inline]
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// Length in bytes; 0 if `end` lies before `start`.
    #[inline]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the byte at `at` lies in the span.
    #[inline]
    pub const fn contains(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether every byte of `other` lies in this span.
    #[inline]
    pub const fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two have a byte in common.
    ///
    /// ```
    /// use inquit::Span;
    /// assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
    /// assert!(!Span::new(0, 4).overlaps(Span::new(4, 5)));
    /// ```
    #[inline]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same bytes as a standard range.
    #[inline]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Range<usize> {
        span.range()
    }
}

/// Panics as slicing does: out of bounds, or not on a `char` boundary. Spans that come from an
/// [`Extraction`](crate::Extraction) never do so for its own text.
impl Index<Span> for str {
    type Output = str;

    #[inline]
    fn index(&self, span: Span) -> &str {
        &self[span.range()]
    }
}

/// As for `str`.
impl Index<Span> for String {
    type Output = str;

    #[inline]
    fn index(&self, span: Span) -> &str {
        &self.as_str()[span]
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn edges_are_half_open() {
        let span = Span::new(2, 5);
        assert!(span.contains(2) && span.contains(4) && !span.contains(5) && !span.contains(1));
        assert!(span.covers(Span::new(2, 5)) && !span.covers(Span::new(1, 5)));
        assert!(!span.overlaps(Span::new(5, 6)) && span.overlaps(Span::new(4, 9)));
        assert!(Span::new(5, 2).is_empty());
        assert_eq!(Span::new(5, 2).len(), 0);
    }
}
