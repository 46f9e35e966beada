//! Candidates → scored candidates: the weights of their features, added up.

use super::UnitContext;
use super::candidate::Candidate;
use super::features::SharedFeatures;
use crate::clause::Sentences;
use crate::probability::Probability;
use crate::weights::Scorer;

/// A candidate and how likely it is right, by the weights.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scored {
    pub(crate) candidate: Candidate,
    /// Not calibrated.
    pub(crate) score: Probability,
}

/// Scores the candidates of one proposal: the log-odds of its rule's own precision, plus the weight of each feature. What
/// they share is added up once.
pub(super) struct ProposalScorer<'w> {
    shared: SharedFeatures,
    scorer: Scorer<'w>,
}

impl<'w> ProposalScorer<'w> {
    /// For the proposal of this candidate.
    pub(super) fn new(unit: &UnitContext<'w>, candidate: &Candidate, sentences: &mut Sentences) -> ProposalScorer<'w> {
        let shared = SharedFeatures::read(unit, candidate, sentences);
        ProposalScorer { scorer: shared.emit(unit.weights.scorer()), shared }
    }

    pub(super) fn score(&self, unit: &UnitContext<'_>, candidate: Candidate) -> Scored {
        let sum = self.shared.emit_content(unit, &candidate, self.scorer).total;
        Scored { candidate, score: (unit.weights.offset(candidate.rule) + sum).probability() }
    }
}
