//! What attribution makes of a text, before it is calibrated and speakers are looked for.

use crate::pair::Quoted;
use crate::probability::Probability;
use crate::quote::{Flags, Origin, Place, QuoteKind, StringRole};
use crate::span::Span;

/// The sieve that takes over the source of another quotation.
pub(super) const INHERITED: &str = "inherited";
/// What made a quotation that nothing is known of.
pub(super) const UNATTRIBUTED: Origin = Origin::Sieve("unattributed");

/// One quotation with its tag, by places alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribution {
    pub(crate) kind: QuoteKind,
    /// Its content: a piece of [`Attributions::contents`].
    pub(crate) content: (u32, u32),
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Place>,
    pub(crate) addressee: Option<Place>,
    pub(crate) flags: Flags,
    /// How likely it is right, by the weights; not calibrated.
    pub(crate) score: Probability,
    pub(crate) origin: Origin,
}

/// The attributions of a text, in order, and the role of each of its quoted strings. Reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributions {
    pub(crate) list: Vec<Attribution>,
    pub(crate) contents: Vec<Span>,
    pub(crate) roles: Vec<StringRole>,
}

impl Attributions {
    /// Forgets another text; this one has so many quoted strings.
    pub(crate) fn begin(&mut self, strings: &[Quoted]) {
        self.list.clear();
        self.contents.clear();
        self.roles.clear();
        self.roles.resize(strings.len(), StringRole::Unknown);
    }

    /// Where the words of an attribution stand.
    pub(super) fn spans(&self, attribution: &Attribution) -> &[Span] {
        &self.contents[attribution.content.0 as usize..attribution.content.1 as usize]
    }

    /// Adds an attribution. The list grows by half: it is large, and little of it is to be empty.
    pub(super) fn push(&mut self, attribution: Attribution) {
        if self.list.len() == self.list.capacity() {
            self.list.reserve_exact((self.list.len() / 2).max(16));
        }
        self.list.push(attribution);
    }
}
