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
    pub(crate) flags: Flags,
    pub(crate) confidence: f32,
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
}

/// An entity that is quoted.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpeakerRecord {
    pub(crate) name: Span,
    pub(crate) kind: SpeakerKind,
    pub(crate) gender: Option<Gender>,
    /// Pieces of [`Resolved::places`].
    pub(crate) mentions: (u32, u32),
    pub(crate) roles: (u32, u32),
    pub(crate) on_behalf_of: Option<Span>,
}

/// The speaker of a quotation, and how it came by that speaker.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Link {
    /// An index into [`Resolved::speakers`].
    pub(crate) speaker: Option<u32>,
    pub(crate) sieve: &'static str,
    pub(crate) confidence: f32,
    /// The source may stand for one of several.
    pub(crate) ambiguous: bool,
    /// The fullest name of the addressee.
    pub(crate) addressee: Option<Span>,
}

/// Who speaks: what the speaker stage makes of the quotations of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) speakers: Vec<SpeakerRecord>,
    /// One for each quotation.
    pub(crate) links: Vec<Link>,
    /// Mentions and roles of the speakers.
    pub(crate) places: Vec<Span>,
}

/// All that was found in one text. Each list is written by one stage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) quotes: Vec<Record>,
    /// The pieces of their content.
    pub(crate) contents: Vec<Span>,
    pub(crate) strings: Vec<StringRecord>,
    pub(crate) resolved: Resolved,
    /// The bytes at the end of the text that were not read: it is longer than places can count.
    pub(crate) unread: usize,
}

impl Found {
    pub(crate) fn clear(&mut self) {
        self.quotes.clear();
        self.contents.clear();
        self.strings.clear();
        self.resolved.speakers.clear();
        self.resolved.links.clear();
        self.resolved.places.clear();
        self.unread = 0;
    }
}
