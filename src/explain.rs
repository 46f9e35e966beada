//! Why an extraction came out as it did: for people who write rules, and for measuring.

use crate::attribute::{self, Attributor, Candidate, Coverage, UnitGround};
use crate::clause::{self, Sentences};
use crate::extract::Extractor;
use crate::quote::QuoteKind;
use crate::span::Span;
use crate::token::Class;
use crate::weigh::Feature;

/// How one text was read: its tokens, and everything the rules proposed.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Explanation {
    /// The narrative, token by token; a quoted string is one token.
    pub tokens: Vec<ExplainedToken>,
    /// What the rules proposed, kept or not.
    pub candidates: Vec<ExplainedCandidate>,
}

/// A token and its classes, as rules see it.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExplainedToken {
    /// Where it stands.
    pub span: Span,
    /// Its classes: `NOUN+VERBS+KNOWN`.
    pub classes: String,
    /// If it could be a cue, the base form of its word.
    pub head: Option<String>,
    /// If it could be a cue, what speaks for and against trying the rules on it.
    pub features: Vec<String>,
}

/// A proposal.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExplainedCandidate {
    /// The rule that made it.
    pub rule: String,
    /// The word the rule started from.
    pub anchor: Span,
    /// The cue, if the rule names one.
    pub cue: Option<Span>,
    /// The source, if there is one.
    pub source: Option<Span>,
    /// The content.
    pub content: Vec<Span>,
    /// Whether all of it stands in marks.
    pub is_direct: bool,
    /// Where content begins whose end was looked for, in bytes.
    pub clause: Option<usize>,
    /// The log-odds of the rule's own score, which the features add to.
    pub offset: f64,
    /// How likely it is right, by the weights.
    pub confidence: f32,
    /// Whether it was kept.
    pub kept: bool,
    /// What spoke for and against it, as lines of the weights table.
    pub features: Vec<String>,
    /// Where the content might have ended, if its end was looked for.
    pub ends: Vec<ExplainedEnd>,
}

/// A place where content might have ended.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExplainedEnd {
    /// The end, in bytes.
    pub at: usize,
    /// What spoke for and against weighing it at all; nothing for the end of the sentence, where content
    /// must end.
    pub asking: Vec<String>,
    /// What spoke for and against it; nothing if it was not weighed.
    pub features: Vec<String>,
}

impl Extractor {
    /// How this text is read. Slow: for looking at, not for production.
    pub fn explain(&self, text: &str) -> Explanation {
        let mut explanation = Explanation::default();
        let mut attributor = Attributor::default();
        self.each_unit(text, Coverage::Attribution, |unit| {
            let tokens = unit.ground.tokens;
            for (at, token) in tokens.list().iter().enumerate().filter(|(_, token)| !token.is(Class::PARA)) {
                let span = tokens.span(at, at + 1, unit.strings);
                let (mut head, mut features) = (None, Vec::new());
                if token.is(Class::ANCHOR) && token.is(Class::WORD) {
                    head = Some(self.base_form(clause::word_of(token)).to_owned());
                    let facts: Vec<Feature> = attribute::surroundings(unit, at).features(Vec::new());
                    features.extend(facts.iter().map(|fact| self.write_feature(*fact)));
                }
                explanation.tokens.push(ExplainedToken { span, classes: format!("{:?}", token.class), head, features });
            }
            let (all, kept) = attributor.explain(unit);
            for candidate in all {
                let same = |other: &Candidate| other.rule == candidate.rule && other.anchor == candidate.anchor;
                let is_kept = kept.iter().any(same);
                explanation.candidates.push(self.explain_candidate(unit, candidate, is_kept));
            }
        });
        explanation.candidates.sort_by_key(|candidate| candidate.anchor.start);
        explanation
    }

    fn explain_candidate(&self, unit: &UnitGround<'_>, candidate: &Candidate, kept: bool) -> ExplainedCandidate {
        let tokens = unit.ground.tokens;
        let mut sentences = Sentences::default();
        let span = |range: clause::Range| tokens.span(range.start(), range.end(), unit.strings);
        let write = |features: &[Feature]| features.iter().map(|fact| self.write_feature(*fact)).collect();
        let mut ends = Vec::new();
        if let Some(start) = candidate.clause {
            let announced = attribute::announced(unit, candidate.anchor, candidate.source, &mut sentences);
            for decision in clause::decisions(&unit.ground, unit.weights, &announced, start) {
                let (asking, features) = (write(&decision.asking), write(&decision.features));
                ends.push(ExplainedEnd { at: tokens.end(decision.at - 1, unit.strings), asking, features });
            }
        }
        ExplainedCandidate {
            rule: self.rule_name(candidate.rule).to_owned(),
            anchor: tokens.span(candidate.anchor, candidate.anchor + 1, unit.strings),
            cue: candidate.cue.map(span),
            source: candidate.source.map(span),
            content: candidate.content.iter().flatten().copied().map(span).collect(),
            is_direct: candidate.kind == QuoteKind::Direct,
            clause: candidate.clause.map(|at| tokens.start(at)),
            offset: f64::from(unit.weights.offset(candidate.rule).0) / 100.0,
            confidence: candidate.score,
            kept,
            features: write(&attribute::features(unit, candidate, &mut sentences, Vec::new())),
            ends,
        }
    }
}
