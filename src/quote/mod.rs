//! What a caller gets: quotations, the mentions they are linked to, and every quoted string.

mod block;
mod kinds;
mod quotation;
mod record;
mod speaker;
mod string;

pub use crate::flags::Flags;
pub use block::{Block, BlockKind};
pub use kinds::{Gender, MentionKind, QuoteKind, SpeakerKind, StringRole};
pub use quotation::{Mention, Quote};
pub(crate) use record::{
    Attribution, BlockEntry, Found, Link, Origin, Place, Resolved, SieveRecord, SpeakerEntry, StringEntry,
};
pub use speaker::Speaker;
pub use string::QuotedString;

use crate::span::Span;
use std::borrow::Cow;
use std::fmt;

/// Names of rules, shared by every extraction of one extractor.
pub(crate) type RuleNames = std::sync::Arc<[Box<str>]>;

/// The quotations of one text, in order, and everybody quoted.
///
/// ```
/// use inquit::Extractor;
///
/// let text = "“Go,” said Ana Lim. Later she called the vote “a farce.”";
/// let found = Extractor::english().extract(text);
/// let first = found.quote(0).unwrap();
/// assert_eq!(first.content(), "“Go,”");
/// assert_eq!(first.cue(), Some("said"));
/// assert_eq!(first.source().unwrap().text(), "Ana Lim");
/// ```
#[derive(Clone)]
pub struct Extraction<'t> {
    text: &'t str,
    found: Cow<'t, Found>,
    rules: RuleNames,
}

impl<'t> Extraction<'t> {
    pub(crate) fn new(text: &'t str, found: Cow<'t, Found>, rules: RuleNames) -> Extraction<'t> {
        Extraction { text, found, rules }
    }

    /// The text that was read.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The end of a text longer than [`Extractor::MAX_TEXT_LEN`](crate::Extractor::MAX_TEXT_LEN), which was not read;
    /// `None` if all of it was.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// assert_eq!(Extractor::english().extract("“Go,” said Ana Lim.").unread(), None);
    /// ```
    pub fn unread(&self) -> Option<Span> {
        let len = self.text.len();
        (self.found.unread > 0).then(|| Span::new(len - self.found.unread, len))
    }

    /// Every quotation, ordered by where its content begins.
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = Quote<'_>> + Clone {
        (0..self.found.quotes.len()).map(|index| Quote { index, extraction: self })
    }

    /// The quotation at `index`.
    pub fn quote(&self, index: usize) -> Option<Quote<'_>> {
        (index < self.found.quotes.len()).then_some(Quote { index, extraction: self })
    }

    /// Everybody quoted, in the order of their first quotation.
    pub fn speakers(&self) -> impl ExactSizeIterator<Item = Speaker<'_>> + Clone {
        (0..self.found.resolved.speakers.len()).map(|index| Speaker { index, extraction: self })
    }

    /// Who says a quotation; `None` if that cannot be told.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let text = "Ana Lim, mayor of Lund, arrived late. “I had no choice,” she said. The mayor said rents would fall.";
    /// let found = Extractor::english().extract(text);
    /// let names: Vec<_> = found.quotes().filter_map(|quote| found.speaker_of(&quote)).map(|speaker| speaker.name()).collect();
    /// assert_eq!(names, ["Ana Lim", "Ana Lim"]);
    /// ```
    pub fn speaker_of<'e>(&'e self, quote: &Quote<'_>) -> Option<Speaker<'e>> {
        let index = self.found.resolved.links.get(quote.index)?.speaker?;
        Some(Speaker { index: index as usize, extraction: self })
    }

    /// Everything a speaker is quoted with, in order.
    pub fn quotes_of<'e>(&'e self, speaker: &Speaker<'_>) -> impl Iterator<Item = Quote<'e>> + Clone {
        let index = speaker.index as u32;
        self.quotes().filter(move |quote| quote.link().is_some_and(|link| link.speaker == Some(index)))
    }

    /// Every string in quotation marks, speech or not, ordered by where it begins; a string inside
    /// another follows it.
    pub fn quoted_strings(&self) -> impl ExactSizeIterator<Item = QuotedString<'_>> + Clone {
        self.found.strings.iter().map(|record| QuotedString { record, text: self.text })
    }

    /// Leaves out every quotation `keep` says no to, and speakers with no quotation left. Quoted strings all stay, and
    /// a speaker who stays keeps every mention.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let text = "“Go,” said Ana Lim. “Stay,” said Tom Roe.";
    /// let mut found = Extractor::english().extract(text);
    /// found.retain(|quote| quote.source().is_some_and(|source| source.text() == "Tom Roe"));
    /// assert_eq!(found.quote(0).unwrap().content(), "“Stay,”");
    /// assert_eq!((found.quotes().len(), found.quoted_strings().len()), (1, 2));
    /// ```
    pub fn retain(&mut self, mut keep: impl FnMut(&Quote<'_>) -> bool) {
        let kept: Vec<bool> = self.quotes().map(|quote| keep(&quote)).collect();
        if kept.iter().all(|&kept| kept) {
            return;
        }
        let found = self.found.to_mut();
        let mut of_quotes = kept.iter();
        found.quotes.retain(|_| of_quotes.next() == Some(&true));
        let mut of_confidence = kept.iter();
        found.confidence.retain(|_| of_confidence.next() == Some(&true));
        let mut of_links = kept.iter();
        found.resolved.links.retain(|_| of_links.next() == Some(&true));
        // The first quotation of a speaker may be gone: their order is made anew.
        let mut numbers = vec![None; found.resolved.speakers.len()];
        let mut speakers = Vec::new();
        for link in &mut found.resolved.links {
            link.speaker = link.speaker.map(|old| {
                *numbers[old as usize].get_or_insert_with(|| {
                    speakers.push(std::mem::take(&mut found.resolved.speakers[old as usize]));
                    speakers.len() as u32 - 1
                })
            });
        }
        found.resolved.speakers = speakers;
    }
}

impl fmt::Debug for Extraction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.quotes()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Attribution, Extraction, Flags, Found, Link, Origin, QuoteKind, Resolved, SpeakerEntry};
    use crate::probability::Probability;
    use crate::span::Span;
    use std::borrow::Cow;

    /// A text of words that are said by the speakers of these numbers.
    fn found(speakers: &[Option<u32>]) -> Found {
        let attribution = |index: usize| Attribution {
            kind: QuoteKind::Direct,
            content: (index as u32, index as u32 + 1),
            cue: None,
            source: None,
            addressee: None,
            flags: Flags::empty(),
            score: Probability::of(0.5),
            origin: Origin::Sieve("test"),
        };
        let word = |at: usize| Span::new(at, at + 1);
        Found {
            quotes: (0..speakers.len()).map(attribution).collect(),
            confidence: vec![Probability::of(0.5); speakers.len()],
            contents: (0..speakers.len()).map(word).collect(),
            strings: Vec::new(),
            resolved: Resolved {
                speakers: (0..3).map(|at| SpeakerEntry { name: word(at), ..SpeakerEntry::default() }).collect(),
                links: speakers.iter().map(|&speaker| Link { speaker, ..Link::default() }).collect(),
                places: Vec::new(),
            },
            blocks: Vec::new(),
            unread: 0,
        }
    }

    #[test]
    fn speakers_are_those_of_the_quotations_that_are_left() {
        let found = found(&[Some(0), Some(1), None, Some(2), Some(1), Some(0)]);
        let mut extraction = Extraction::new("ABCDEF", Cow::Borrowed(&found), ["rule".into()].into());
        let names = |extraction: &Extraction<'_>| -> Vec<String> {
            let quotes = extraction.quotes().map(|quote| {
                let name = quote.speaker().map_or("-", |speaker| speaker.name());
                format!("{}{name}", quote.content())
            });
            quotes.collect()
        };
        extraction.retain(|_| true);
        assert_eq!(names(&extraction), ["AA", "BB", "C-", "DC", "EB", "FA"]);
        extraction.retain(|quote| !["A", "B"].contains(&&*quote.content()));
        assert_eq!(names(&extraction), ["C-", "DC", "EB", "FA"]);
        assert_eq!(extraction.speakers().map(|speaker| speaker.name()).collect::<String>(), "CBA");
        extraction.retain(|quote| quote.content() != "E");
        assert_eq!(names(&extraction), ["C-", "DC", "FA"]);
        assert_eq!(extraction.speakers().map(|speaker| speaker.quotes().count()).collect::<Vec<_>>(), [1, 1]);
        extraction.retain(|_| false);
        assert_eq!((extraction.quotes().len(), extraction.speakers().len()), (0, 0));
        // What was borrowed is as it was.
        assert_eq!((found.quotes.len(), found.resolved.speakers.len()), (6, 3));
    }
}
