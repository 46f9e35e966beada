//! What attribution makes of a text, before it is calibrated and speakers are looked for.

use crate::pair::Quoted;
use crate::quote::{Attribution, Origin, StringRole};
use crate::span::Span;

/// The sieve that takes over the source of another quotation.
pub(super) const INHERITED: &str = "inherited";
/// What made a quotation that nothing is known of.
pub(super) const UNATTRIBUTED: Origin = Origin::Sieve("unattributed");

/// The attributions of a text, in order, and the role of each of its quoted strings. Reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributions {
    pub(crate) list: Vec<Attribution>,
    pub(crate) contents: Vec<Span>,
    pub(crate) roles: Vec<StringRole>,
}

impl Attributions {
    /// Empties the lists for the next text, whose quoted strings are these.
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

    /// Adds an attribution. The list grows by a quarter: it is large, and little of it is to be empty.
    pub(super) fn push(&mut self, attribution: Attribution) {
        if self.list.len() == self.list.capacity() {
            self.list.reserve_exact((self.list.len() / 4).max(16));
        }
        self.list.push(attribution);
    }
}
