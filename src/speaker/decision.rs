//! What is decided of a source.

use crate::quote::SieveRecord;

/// The number of no entity.
pub(crate) const NOBODY: u32 = u32::MAX;

/// Somebody whom a source may stand for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpeakerCandidate {
    pub(crate) entity: u32,
    pub(crate) weight: f32,
}

/// What was decided of a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision {
    pub(crate) entity: u32,
    pub(crate) ambiguous: bool,
    /// What decided; `None` if nothing did.
    pub(crate) sieve: Option<&'static SieveRecord>,
}

impl Decision {
    pub(crate) const NONE: Decision = Decision { entity: NOBODY, ambiguous: false, sieve: None };
}
