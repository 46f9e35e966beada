//! Whether a quotation really stands in a text, and where.

mod apostrophe;
mod changes;
mod edge;
mod fold;
mod hits;
mod kin;
mod near;
mod passage;
mod pieces;
mod quotation;
mod search;
mod sign;
#[cfg(test)]
mod tests;

use crate::span::Span;
use search::Search;
use std::fmt;

/// How a quotation stands in a text, from the closest to the farthest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Match {
    /// Byte by byte, but for the quotation marks and the space around it.
    Exact,
    /// Word by word, with other typography: marks, dashes, spaces, a capital at its start, a comma or a full stop at
    /// its end.
    Folded,
    /// Word by word, but for a tag that the quotation leaves out: of *“If it rains,” said Lim, “we stay.”* the words
    /// *If it rains, we stay.*
    Interrupted,
    /// Word by word, but for what its ellipses and brackets stand for: *If it rains … we stay*, *\[the crew\] stays*.
    /// [`Located::left_out`] tells what that is.
    Elided,
    /// Not so: words, capitals or punctuation differ. [`Located::changes`] tells which.
    Changed,
}

impl Match {
    /// The name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Match::Exact => "exact",
            Match::Folded => "folded",
            Match::Interrupted => "interrupted",
            Match::Elided => "elided",
            Match::Changed => "changed",
        }
    }
}

impl fmt::Display for Match {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One difference between a quotation and the text: what one has in place of the other. One of the two is empty where
/// words were added or dropped, and tells the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Change {
    /// Bytes of the quotation.
    pub quotation: Span,
    /// Bytes of the text.
    pub text: Span,
}

/// Where a quotation stands in a text, or nearly does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Located {
    spans: Vec<Span>,
    how: Match,
    changes: Vec<Change>,
}

impl Located {
    /// How it stands there.
    pub fn how(&self) -> Match {
        self.how
    }

    /// Whether every word of the quotation stands there in order, and no other word but those that a tag, an ellipsis
    /// or a bracket accounts for.
    ///
    /// An ellipsis can turn a meaning round (*permitted* for *not permitted*): where that matters look at
    /// [`left_out`](Located::left_out), or at [`how`](Located::how).
    pub fn is_verbatim(&self) -> bool {
        self.how != Match::Changed
    }

    /// From the first word to the last, in bytes of the text.
    pub fn span(&self) -> Span {
        let (first, last) = (self.spans.first(), self.spans.last());
        Span::new(first.map_or(0, |span| span.start), last.map_or(0, |span| span.end))
    }

    /// The parts of the text that the quotation gives, in order: several if a tag or other words are left out between
    /// them. Never empty.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// What stands between those parts: tags, and what ellipses and brackets stand for.
    ///
    /// ```
    /// let text = "The crew shall not, under any terms, sail after dark.";
    /// let located = inquit::locate("“The crew shall … sail after dark”", text).unwrap();
    /// let left_out: Vec<&str> = located.left_out().map(|span| &text[span]).collect();
    /// assert_eq!(left_out, [" not, under any terms, "]);
    /// ```
    pub fn left_out(&self) -> impl Iterator<Item = Span> {
        self.spans.windows(2).map(|pair| Span::new(pair[0].end, pair[1].start))
    }

    /// What differs, in order; empty if it is verbatim.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }
}

/// Finds a quotation in a text: the first place where every word of it stands, `None` if there is none.
///
/// ```
/// use inquit::{Match, locate};
///
/// let text = "“If it rains,” said Ana Lim, “we won’t sail.”";
/// let located = locate("\"If it rains, we won't sail\"", text).unwrap();
/// assert_eq!(located.how(), Match::Interrupted);
/// let parts: Vec<&str> = located.spans().iter().map(|span| &text[*span]).collect();
/// assert_eq!(parts, ["If it rains", "we won’t sail"]);
///
/// // One word dropped, and it is not the same.
/// assert_eq!(locate("If it rains, we sail", text), None);
/// ```
///
/// # What counts as the same
///
/// * Quotation marks and apostrophes of any form; dashes and hyphens of any length, spaces around them or not;
///   ellipses of any form; spaces and line breaks of any kind and number. Soft hyphens and other characters that
///   nobody sees are no characters. Ligatures and full-width letters are the letters they stand for.
/// * Marks around the whole quotation, and those that open a line, where a quotation of several paragraphs goes on: they
///   may be there or not. Marks inside it may not.
/// * The case of its first letter, and of the first one after an ellipsis or a bracket.
/// * A comma or a full stop at its end. A question stays a question, and nothing else becomes one.
///
/// Everything else counts, and what is not surely the same is not found: no word may be swapped, dropped or added, nor a
/// comma in the middle. Words must be whole, so *war* is not in *anti-war*, *can* not in *can't*, nor *5* in *1.5*, *-5*,
/// *$5* or *5%*. A word with an apostrophe inside is one word, and no contraction is what it stands for: *cannot* and
/// *can not* are not *can't*. Accents are compared as they are encoded. Of a word that a hyphen breaks at the end of a
/// line the two parts are compared, but neither is found without the other.
///
/// # What may be left out
///
/// * A tag: 2 to 16 words in the text between a closing and an opening mark of one paragraph, behind a comma, `?`, `!`,
///   dash or ellipsis, and before a comma, a dash or a full stop. It cannot hold the end of a sentence (English
///   abbreviations are known) or a colon. Only its punctuation is looked at, not who speaks.
/// * An ellipsis (`…`, `...`, `. . .`, also in brackets) stands for up to 150 words and the end of one paragraph.
/// * An insertion (`[the mayor]`) stands for up to 8 words of one paragraph, `[sic]` for none. *\[T\]he* is *the*;
///   *walk\[ed\]* is one word that begins with *walk*.
///
/// First the quotation is looked for word by word, its ellipses and brackets as signs that the text has, too; then
/// without the tags of the text; then with its ellipses and brackets as what they stand for. An exact place comes
/// before a folded one. With more than 16 pieces between ellipses and brackets it is only looked for word by word.
///
/// # Cost
///
/// Time and memory are linear in the text and the quotation, whatever they are. Steps of comparing are counted: texts
/// that would take more than about 64 a word, made of one word over and over, are given up, and the quotation is not
/// found.
pub fn locate(quotation: &str, text: &str) -> Option<Located> {
    Search::new(quotation, text)?.first()
}

/// The same as [`locate`], and if it finds nothing, the passage most like the quotation, with what differs:
/// [`Located::is_verbatim`] is false then.
///
/// ```
/// use inquit::{Match, locate_near};
///
/// let (quotation, text) = ("we will never sail at night", "“We will not sail at night,” said Lim.");
/// let located = locate_near(quotation, text).unwrap();
/// assert!(!located.is_verbatim());
/// let change = located.changes()[0];
/// assert_eq!((&quotation[change.quotation], &text[change.text]), ("never", "not"));
/// ```
///
/// Changes are whole words as they stand in both, compounds, contractions and numbers included:
///
/// ```
/// # use inquit::locate_near;
/// let (quotation, text) = ("I see why we cannot", "“I see why we can’t,” said Lim.");
/// let change = locate_near(quotation, text).unwrap().changes()[0];
/// assert_eq!((&quotation[change.quotation], &text[change.text]), ("cannot", "can’t"));
/// ```
///
/// Two thirds of the words must stand there in order, two at least, and other words be no more than half of them.
/// Longer stretches may be left out or moved by two dozen words at most. Linear, too.
pub fn locate_near(quotation: &str, text: &str) -> Option<Located> {
    let mut search = Search::new(quotation, text)?;
    search.first().or_else(|| search.nearest())
}

/// Every place where a quotation stands in a text, in order and apart from each other.
///
/// Where several overlap, those that [`Match`] names first are taken.
///
/// ```
/// let text = "“No comment,” said Lim. “No comment,” said Roe.";
/// let places: Vec<_> = inquit::locate_all("no comment", text).iter().map(|located| located.span().start).collect();
/// assert_eq!(places, [3, 31]);
/// ```
pub fn locate_all(quotation: &str, text: &str) -> Vec<Located> {
    Search::new(quotation, text).map_or_else(Vec::new, |mut search| search.all())
}
