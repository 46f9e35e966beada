//! Who is quoted in a text.

use super::{Extraction, Gender, Quote, SpeakerEntry, SpeakerKind};
use crate::span::Span;
use std::fmt;

/// Somebody quoted in a text. A cheap handle.
#[derive(Clone, Copy)]
pub struct Speaker<'e> {
    pub(super) index: usize,
    pub(super) extraction: &'e Extraction<'e>,
}

impl<'e> Speaker<'e> {
    fn record(&self) -> &'e SpeakerEntry {
        &self.extraction.found.resolved.speakers[self.index]
    }

    fn places(&self, (start, end): (u32, u32)) -> &'e [Span] {
        &self.extraction.found.resolved.places[start as usize..end as usize]
    }

    /// The number of the speaker among [`Extraction::speakers`], from 0.
    ///
    /// ```
    /// let found = inquit::Extractor::english().extract("“Go,” said Ana Lim. “No,” said Tim Roe.");
    /// let numbers: Vec<_> = found.quotes().map(|quote| quote.speaker().unwrap().index()).collect();
    /// assert_eq!(numbers, [0, 1]);
    /// assert_eq!(found.speakers().nth(1).unwrap().name(), "Tim Roe");
    /// ```
    pub fn index(&self) -> usize {
        self.index
    }

    /// The fullest name the text gives, without titles; a description if it gives none.
    pub fn name(&self) -> &'e str {
        &self.extraction.text[self.record().name]
    }

    /// Where that name stands.
    pub fn name_span(&self) -> Span {
        self.record().name
    }

    /// A person, an organisation …
    pub fn kind(&self) -> SpeakerKind {
        self.record().kind
    }

    /// What names, titles and roles tell; `None` if nothing does.
    pub fn gender(&self) -> Option<Gender> {
        self.record().gender
    }

    /// Where the text speaks of them: by name, and as a source in any words. In order.
    pub fn mentions(&self) -> &'e [Span] {
        self.places(self.record().mentions)
    }

    /// What the text says they are: *mayor of Lund*.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let found = Extractor::english().extract("Ana Lim, mayor of Lund, said rents would fall.");
    /// let lim = found.speakers().next().unwrap();
    /// assert_eq!(lim.roles().collect::<Vec<_>>(), ["mayor of Lund"]);
    /// ```
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &'e str> + Clone {
        let text = self.extraction.text;
        self.places(self.record().roles).iter().map(move |span| &text[*span])
    }

    /// Whom they speak for: *a spokesman for **Acme***.
    pub fn on_behalf_of(&self) -> Option<&'e str> {
        self.record().on_behalf_of.map(|span| &self.extraction.text[span])
    }

    /// What they are quoted with.
    pub fn quotes(&self) -> impl Iterator<Item = Quote<'e>> + Clone {
        self.extraction.quotes_of(self)
    }
}

/// The same speaker of the same extraction.
impl PartialEq for Speaker<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.extraction, other.extraction)
    }
}

impl Eq for Speaker<'_> {}

impl fmt::Debug for Speaker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speaker")
            .field("name", &self.name())
            .field("kind", &self.kind())
            .field("mentions", &self.mentions())
            .finish_non_exhaustive()
    }
}
