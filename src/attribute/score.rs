//! Candidates → scored candidates: the weights of their features, added up.

use super::UnitContext;
use super::candidate::Candidate;
use super::features::features;
use crate::clause::Sentences;
use crate::probability::Probability;

/// A candidate and how likely it is right, by the weights.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) candidate: Candidate,
    /// Not calibrated.
    pub(crate) score: Probability,
}

/// Scores a candidate: the log-odds of its rule's own precision, plus the weight of each of its features.
pub(super) fn score(unit: &UnitContext<'_>, candidate: Candidate, sentences: &mut Sentences) -> Scored {
    let sum = features(unit, &candidate, sentences, unit.weights.scorer()).total;
    Scored { candidate, score: (unit.weights.offset(candidate.rule) + sum).probability() }
}
