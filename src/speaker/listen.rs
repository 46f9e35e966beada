//! What the speaker stage tells whoever listens: for `explain`.

use super::decision::{Decision, SpeakerCandidate};
use super::link::NameLink;
use crate::span::Span;

/// Is told how names and sources came by their entities. The methods do nothing unless they are defined.
pub(crate) trait SpeakerListener {
    /// A name, its entity and why.
    fn named(&mut self, _name: Span, _entity: u32, _link: NameLink) {}

    /// The speaker of a quotation. `rivals` are those whom a pronoun was weighed among, the best first.
    fn decided(&mut self, _quote: usize, _decision: &Decision, _rivals: &[SpeakerCandidate]) {}

    /// All is decided. `name_of` returns where the fullest name of an entity stands.
    fn resolved(&mut self, _name_of: &dyn Fn(u32) -> Option<Span>) {}
}

impl SpeakerListener for () {}
