//! What was found in a text, by places alone.

use super::{Flags, Gender, MentionKind, QuoteKind, SpeakerKind, StringRole};
use crate::span::Span;

/// A mention by its place alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
}

/// What is known of one quotation, by places alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub(crate) kind: QuoteKind,
    /// Its content: a piece of [`Found::contents`].
    pub(crate) content: (u32, u32),
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Place>,
    pub(crate) addressee: Option<Place>,
    pub(crate) speaker: Option<u32>,
    pub(crate) flags: Flags,
    pub(crate) confidence: f32,
    /// A name from the rules or sieves; they live as long as the extractor's program.
    pub(crate) rule: Origin,
}

/// What made an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Rule(u16),
    Sieve(&'static str),
}

/// A quoted string, by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StringRecord {
    pub(crate) outer: Span,
    pub(crate) inner: Span,
    pub(crate) parent: Option<u32>,
    pub(crate) flags: Flags,
    pub(crate) role: StringRole,
    /// In marks of the kind that does not carry the speech of this text.
    pub(crate) minor: bool,
}

/// An entity that is quoted.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpeakerRecord {
    pub(crate) name: Span,
    pub(crate) kind: SpeakerKind,
    pub(crate) gender: Option<Gender>,
    /// Pieces of [`Found::places`].
    pub(crate) mentions: (u32, u32),
    pub(crate) roles: (u32, u32),
    pub(crate) on_behalf_of: Option<Span>,
}

/// How a quotation came by its speaker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The number of the speaker while they are looked for.
    pub(crate) entity: u32,
    pub(crate) sieve: &'static str,
    pub(crate) confidence: f32,
    /// The fullest name of the addressee.
    pub(crate) addressee: Option<Span>,
}

impl Default for Link {
    fn default() -> Link {
        Link { entity: u32::MAX, sieve: "", confidence: 0.0, addressee: None }
    }
}

/// All that was found in one text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) quotes: Vec<Record>,
    pub(crate) contents: Vec<Span>,
    pub(crate) strings: Vec<StringRecord>,
    pub(crate) speakers: Vec<SpeakerRecord>,
    /// One for each quotation.
    pub(crate) links: Vec<Link>,
    /// Mentions and roles of the speakers.
    pub(crate) places: Vec<Span>,
    /// The bytes at the end of the text that were not read: it is longer than places can count.
    pub(crate) unread: usize,
}

impl Found {
    /// Where the words of a quotation stand.
    pub(crate) fn spans(&self, quote: &Record) -> &[Span] {
        &self.contents[quote.content.0 as usize..quote.content.1 as usize]
    }

    /// Adds a quotation. The list grows by half: records are large, and little of it is to be empty.
    pub(crate) fn push(&mut self, record: Record) {
        if self.quotes.len() == self.quotes.capacity() {
            self.quotes.reserve_exact((self.quotes.len() / 2).max(16));
        }
        self.quotes.push(record);
    }

    pub(crate) fn clear(&mut self) {
        self.quotes.clear();
        self.contents.clear();
        self.strings.clear();
        self.speakers.clear();
        self.links.clear();
        self.places.clear();
        self.unread = 0;
    }
}
