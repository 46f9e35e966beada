//! One quotation and the words of the text it is linked to.

use super::{Attribution, Extraction, Flags, Link, MentionKind, Origin, Place, QuoteKind, Speaker};
use crate::span::Span;
use std::borrow::Cow;
use std::fmt;

/// One quotation and what it is linked to. A cheap handle.
#[derive(Clone, Copy)]
pub struct Quote<'e> {
    pub(super) index: usize,
    pub(super) extraction: &'e Extraction<'e>,
}

impl<'e> Quote<'e> {
    fn attribution(&self) -> &'e Attribution {
        &self.extraction.found.quotes[self.index]
    }

    pub(super) fn link(&self) -> Option<&'e Link> {
        self.extraction.found.resolved.links.get(self.index)
    }

    /// Direct, mixed or indirect.
    pub fn kind(&self) -> QuoteKind {
        self.attribution().kind
    }

    /// Where its words stand: one span, or several if it is interrupted. Quotation marks belong to
    /// the content, the full stop after an indirect quotation does not.
    pub fn spans(&self) -> &'e [Span] {
        let (start, end) = self.attribution().content;
        &self.extraction.found.contents[start as usize..end as usize]
    }

    /// The text of each span.
    pub fn pieces(&self) -> impl ExactSizeIterator<Item = &'e str> + Clone {
        let text = self.extraction.text;
        self.spans().iter().map(move |span| &text[*span])
    }

    /// Its words, the pieces parted by a space.
    pub fn content(&self) -> Cow<'e, str> {
        let mut pieces = self.pieces();
        match (pieces.next(), pieces.len()) {
            (Some(only), 0) => Cow::Borrowed(only),
            _ => Cow::Owned(self.pieces().collect::<Vec<_>>().join(" ")),
        }
    }

    /// The words that announce it: *said*, *according to*.
    pub fn cue(&self) -> Option<&'e str> {
        self.attribution().cue.map(|span| &self.extraction.text[span])
    }

    /// Where the cue stands.
    pub fn cue_span(&self) -> Option<Span> {
        self.attribution().cue
    }

    /// The words it is attributed to, as they stand: *Ana Lim*, *she*, *officials*.
    pub fn source(&self) -> Option<Mention<'e>> {
        self.attribution().source.map(|place| self.mention(place))
    }

    /// Who it is addressed to, if the text says so: *told **the BBC***.
    pub fn addressee(&self) -> Option<Mention<'e>> {
        self.attribution().addressee.map(|place| self.mention(place))
    }

    fn mention(&self, place: Place) -> Mention<'e> {
        Mention { text: &self.extraction.text[place.span], span: place.span, kind: place.kind }
    }

    /// The speaker behind the source; `None` if that cannot be told.
    pub fn speaker(&self) -> Option<Speaker<'e>> {
        self.link()?.speaker.map(|index| Speaker { index: index as usize, extraction: self.extraction })
    }

    /// The sieve that named the speaker, or found that it cannot be told; `None` if there is no source.
    pub fn speaker_sieve(&self) -> Option<&'e str> {
        Some(self.link()?.sieve?.name)
    }

    /// The measured share of right speakers among those named the same way, from 0 to 1; 0 if there is
    /// no speaker.
    pub fn speaker_confidence(&self) -> f32 {
        let link = self.link().filter(|link| link.speaker.is_some());
        link.and_then(|link| link.sieve).map_or(0.0, |sieve| sieve.confidence)
    }

    /// The fullest name of whom it is addressed to, if the text names them.
    pub fn addressee_name(&self) -> Option<&'e str> {
        self.link()?.addressee.map(|span| &self.extraction.text[span])
    }

    /// The measured share of right answers among those that were found the same way, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        self.extraction.found.confidence[self.index].get()
    }

    /// The rule or sieve that decided.
    pub fn rule(&self) -> &'e str {
        match self.attribution().origin {
            Origin::Rule(number) => &self.extraction.rules[usize::from(number)],
            Origin::Sieve(name) => name,
        }
    }

    /// What is out of the ordinary about it.
    pub fn flags(&self) -> Flags {
        let ambiguous = self.link().is_some_and(|link| link.ambiguous);
        self.attribution().flags | if ambiguous { Flags::AMBIGUOUS } else { Flags::empty() }
    }
}

/// The same quotation of the same extraction.
impl PartialEq for Quote<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.extraction, other.extraction)
    }
}

impl Eq for Quote<'_> {}

/// Who says it, and the words: *Ana Lim: “We stay”*.
impl fmt::Display for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.speaker(), self.source()) {
            (Some(speaker), _) => write!(f, "{}: {}", speaker.name(), self.content()),
            (None, Some(source)) => write!(f, "{source}: {}", self.content()),
            (None, None) => write!(f, "?: {}", self.content()),
        }
    }
}

impl fmt::Debug for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quote")
            .field("kind", &self.kind())
            .field("content", &self.pieces().collect::<Vec<_>>())
            .field("spans", &self.spans())
            .field("cue", &self.cue())
            .field("source", &self.source().map(|source| source.text()))
            .field("speaker", &self.speaker().map(|speaker| speaker.name()))
            .field("rule", &self.rule())
            .field("confidence", &self.confidence())
            .field("flags", &self.flags())
            .finish_non_exhaustive()
    }
}

/// Words of the text that stand for a speaker or addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mention<'t> {
    text: &'t str,
    span: Span,
    kind: MentionKind,
}

impl<'t> Mention<'t> {
    /// The words.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where they stand.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What they are.
    pub fn kind(&self) -> MentionKind {
        self.kind
    }
}

impl fmt::Display for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}
