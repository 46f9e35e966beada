//! What was found in a text, by places alone.

use super::{BlockKind, Flags, Gender, MentionKind, QuoteKind, SpeakerKind, StringRole};
use crate::probability::Probability;
use crate::span::Span;

/// A mention by its place alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
}

/// One quotation with its tag, by places alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribution {
    pub(crate) kind: QuoteKind,
    /// Its content: a piece of the list of contents beside it.
    pub(crate) content: (u32, u32),
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Place>,
    pub(crate) addressee: Option<Place>,
    pub(crate) flags: Flags,
    /// How likely it is right, by the weights; not calibrated.
    pub(crate) score: Probability,
    pub(crate) origin: Origin,
}

/// What made an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Rule(u16),
    Sieve(&'static str),
}

impl Origin {
    /// A label of a transcript names the source.
    pub(crate) const TURN: Origin = Origin::Sieve("turn");
}

/// A quoted string, by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StringEntry {
    pub(crate) outer: Span,
    pub(crate) inner: Span,
    pub(crate) parent: Option<u32>,
    pub(crate) flags: Flags,
    pub(crate) role: StringRole,
}

/// A paragraph that is no plain narrative, or the part of one that is furniture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockEntry {
    pub(crate) kind: BlockKind,
    pub(crate) span: Span,
    pub(crate) label: Option<Span>,
    /// Where what is said begins.
    pub(crate) words: usize,
}

/// An entity that is quoted.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpeakerEntry {
    pub(crate) name: Span,
    pub(crate) kind: SpeakerKind,
    pub(crate) gender: Option<Gender>,
    /// Pieces of [`Resolved::places`].
    pub(crate) mentions: (u32, u32),
    pub(crate) roles: (u32, u32),
    pub(crate) on_behalf_of: Option<Span>,
}

/// A sieve that finds speakers.
#[derive(Debug)]
pub(crate) struct SieveRecord {
    pub(crate) name: &'static str,
    /// The share of right answers, measured on news and novels, which count alike; of sieves that answer too seldom to be
    /// measured, the share of the sieve they are most like.
    pub(crate) confidence: f32,
}

/// The speaker of a quotation, and how it came by that speaker.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Link {
    /// An index into [`Resolved::speakers`].
    pub(crate) speaker: Option<u32>,
    /// What named the speaker, or found that it cannot be told.
    pub(crate) sieve: Option<&'static SieveRecord>,
    /// The source may stand for one of several.
    pub(crate) ambiguous: bool,
    /// The fullest name of the addressee.
    pub(crate) addressee: Option<Span>,
}

/// Who speaks: what the speaker stage makes of the quotations of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) speakers: Vec<SpeakerEntry>,
    /// One for each quotation.
    pub(crate) links: Vec<Link>,
    /// Mentions and roles of the speakers.
    pub(crate) places: Vec<Span>,
}

/// All that was found in one text. Each list is written by one stage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) quotes: Vec<Attribution>,
    /// The pieces of their content.
    pub(crate) contents: Vec<Span>,
    /// The calibrated score of each.
    pub(crate) confidence: Vec<Probability>,
    pub(crate) strings: Vec<StringEntry>,
    pub(crate) blocks: Vec<BlockEntry>,
    pub(crate) resolved: Resolved,
    /// The bytes at the end of the text that were not read: it is longer than places can count.
    pub(crate) unread: usize,
}

impl Found {
    pub(crate) fn clear(&mut self) {
        self.quotes.clear();
        self.contents.clear();
        self.confidence.clear();
        self.strings.clear();
        self.blocks.clear();
        self.resolved.speakers.clear();
        self.resolved.links.clear();
        self.resolved.places.clear();
        self.unread = 0;
    }
}
