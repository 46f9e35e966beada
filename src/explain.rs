//! Why an extraction came out as it did: for people who write rules, and for measuring.

use crate::attribute::{self, Coverage, Fate, Gate, Listener, Scored, UnitContext};
use crate::clause::{self, Sentences};
use crate::extract::Extractor;
use crate::pipeline::{Observer, Pipeline, Scratch};
use crate::quote::{BlockEntry, BlockKind, QuoteKind, StringRole};
use crate::span::Span;
use crate::speaker::{self, Decision, NameLink, SpeakerCandidate};
use crate::token::TagSet;
use crate::weights::Feature;

/// How one text was read: its tokens, everything the rules proposed, and what became of it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Explanation {
    /// The narrative, token by token; a quoted string is one token.
    pub tokens: Vec<ExplainedToken>,
    /// Paragraphs that are no plain narrative. What turns and lines behind dashes say is no proposal of a rule.
    pub blocks: Vec<ExplainedBlock>,
    /// What the rules proposed, kept or not.
    pub candidates: Vec<ExplainedCandidate>,
    /// Every name, in the order of the text. None is looked for where no quotation has a source.
    pub names: Vec<ExplainedName>,
    /// How each quotation with a source, and each turn of a dialogue, came by its speaker, in the order of the sources.
    pub speakers: Vec<ExplainedSpeaker>,
}

/// A paragraph that is no plain narrative.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExplainedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Span,
    /// The label of a turn.
    pub label: Option<Span>,
}

/// A name where it stands.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExplainedName {
    /// Where it stands, without titles.
    pub span: Span,
    /// Where the fullest name of its entity stands; `None` if the name is ambiguous.
    pub entity: Option<Span>,
    /// Why it is a name of that entity.
    pub link: NameLink,
}

/// How a quotation came by its speaker.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExplainedSpeaker {
    /// The number of the quotation in the result.
    pub quote: usize,
    /// The sieve that decided; empty if none did.
    pub sieve: String,
    /// Where the fullest name of the speaker stands.
    pub entity: Option<Span>,
    /// Whether the source may stand for one of several.
    pub ambiguous: bool,
    /// Whom a pronoun was weighed among, with the weight of each, the best first.
    pub rivals: Vec<(Span, f32)>,
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
    pub features: Vec<ExplainedFeature>,
    /// If rules may start from it, whether they were tried.
    pub gate: Option<Gate>,
}

/// What became of a proposal. Numbers are places in [`Explanation::candidates`].
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Outcome {
    /// It was kept, and is one of the quotations of the result.
    Kept,
    /// Dropped: only speech is looked for, and its cue tells of no words said or written.
    TellsOfNoWords,
    /// Dropped: its score is less than the least one of its kind.
    Unlikely {
        /// The least score.
        least: f32,
    },
    /// Dropped: all its content is quoted strings that a rule knows to be no speech.
    NoSpeech {
        /// What the first of them is.
        role: StringRole,
    },
    /// Dropped: another reading of the same word is better.
    Outscored {
        /// That reading.
        by: usize,
    },
    /// Dropped: its words belong to a likelier proposal.
    Crossed {
        /// That proposal.
        by: usize,
    },
    /// Dropped: it lies in the content of another, and of nested reports only the outer one counts.
    Enclosed {
        /// The outer one.
        by: usize,
    },
    /// Dropped: only what stands in marks is looked for, and no quoted string of its content is speech.
    NothingInMarks,
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
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// Where the clause of its content begins, in bytes, if the end was chosen by weights (see `ends`).
    pub clause: Option<usize>,
    /// The log-odds of the rule's own score, which the features add to.
    pub offset: f64,
    /// How likely it is right, by the weights, from 0 to 1. It is not calibrated:
    /// [`Quote::confidence`](crate::Quote::confidence) is.
    pub score: f32,
    /// Whether it was kept, or why it was dropped.
    pub outcome: Outcome,
    /// What spoke for and against it.
    pub features: Vec<ExplainedFeature>,
    /// Where the content might have ended, if its end was looked for.
    pub ends: Vec<ExplainedEnd>,
}

/// A feature and what it adds to the log-odds of a decision.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct ExplainedFeature {
    /// Its name and values, as the table of weights has them: `is.head.form say PAST`.
    pub line: String,
    /// Its weight, 0 if the table has none.
    pub weight: f64,
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
    pub asking: Vec<ExplainedFeature>,
    /// What spoke for and against it; nothing if it was not weighed.
    pub features: Vec<ExplainedFeature>,
}

impl Extractor {
    /// How [`extract`](Extractor::extract) reads this text: the same run with the same coverage, watched. Slow: for looking
    /// at, not for production.
    ///
    /// ```
    /// use inquit::{Extractor, Outcome};
    ///
    /// let explanation = Extractor::english().explain("“We stay,” Ana Lim said. She added two spoons of salt.");
    /// let kept: Vec<_> = explanation.candidates.iter().filter(|candidate| candidate.outcome == Outcome::Kept).collect();
    /// assert_eq!(kept[0].rule, "quote-source-cue");
    /// ```
    pub fn explain(&self, text: &str) -> Explanation {
        self.watch(self.pipeline(), text)
    }

    /// Everything the rules propose, tried on every word that they may start from, whatever is looked for: what weights
    /// are learned from.
    #[doc(hidden)]
    pub fn proposals(&self, text: &str) -> Explanation {
        self.watch(Pipeline { coverage: Coverage::Attribution, open: true, ..self.pipeline() }, text)
    }

    fn watch(&self, pipeline: Pipeline<'_>, text: &str) -> Explanation {
        let mut watcher = Watcher {
            extractor: self,
            explanation: Explanation::default(),
            tokens: Vec::new(),
            first: 0,
            named: Vec::new(),
            decided: Vec::new(),
        };
        let mut scratch = Scratch::new();
        pipeline.run(&mut scratch, text, Extractor::MAX_TEXT_LEN, &mut watcher);
        watcher.explanation.move_spans(|span| scratch.view.span(span));
        watcher.explanation
    }
}

impl Explanation {
    /// Moves every span from the text as it was read to the caller's.
    fn move_spans(&mut self, to: impl Fn(Span) -> Span) {
        let place = |at: usize| to(Span::new(at, at + 1)).start;
        for token in &mut self.tokens {
            token.span = to(token.span);
        }
        for block in &mut self.blocks {
            (block.span, block.label) = (to(block.span), block.label.map(&to));
        }
        for candidate in &mut self.candidates {
            candidate.anchor = to(candidate.anchor);
            (candidate.cue, candidate.source) = (candidate.cue.map(&to), candidate.source.map(&to));
            candidate.content.iter_mut().for_each(|span| *span = to(*span));
            candidate.clause = candidate.clause.map(place);
            candidate.ends.iter_mut().for_each(|end| end.at = to(Span::new(0, end.at)).end);
        }
        for name in &mut self.names {
            (name.span, name.entity) = (to(name.span), name.entity.map(&to));
        }
        for speaker in &mut self.speakers {
            speaker.entity = speaker.entity.map(&to);
            speaker.rivals.iter_mut().for_each(|(span, _)| *span = to(*span));
        }
    }
}

/// Writes down what it sees of a run.
struct Watcher<'e> {
    extractor: &'e Extractor,
    explanation: Explanation,
    /// For each token of the unit at hand its place in the explanation.
    tokens: Vec<Option<usize>>,
    /// The first candidate of the unit at hand.
    first: usize,
    /// Names and decisions, with entities by their number.
    named: Vec<(Span, u32, NameLink)>,
    decided: Vec<(usize, Decision, Vec<SpeakerCandidate>)>,
}

impl speaker::SpeakerListener for Watcher<'_> {
    fn named(&mut self, name: Span, entity: u32, link: NameLink) {
        self.named.push((name, entity, link));
    }

    fn decided(&mut self, quote: usize, decision: &Decision, rivals: &[SpeakerCandidate]) {
        self.decided.push((quote, *decision, rivals.to_vec()));
    }

    fn resolved(&mut self, name_of: &dyn Fn(u32) -> Option<Span>) {
        let names = self.named.drain(..);
        self.explanation.names =
            names.map(|(span, entity, link)| ExplainedName { span, entity: name_of(entity), link }).collect();
        let speakers = self.decided.drain(..).map(|(quote, decision, rivals)| ExplainedSpeaker {
            quote,
            sieve: decision.sieve.map_or("", |sieve| sieve.name).to_owned(),
            entity: name_of(decision.entity),
            ambiguous: decision.ambiguous,
            rivals: rivals.iter().filter_map(|rival| Some((name_of(rival.entity)?, rival.weight))).collect(),
        });
        self.explanation.speakers = speakers.collect();
    }
}

impl Listener for Watcher<'_> {
    fn gate(&mut self, _unit: &UnitContext<'_>, at: usize, gate: Gate) {
        if let Some(token) = self.tokens[at] {
            self.explanation.tokens[token].gate = Some(gate);
        }
    }

    fn proposed(&mut self, unit: &UnitContext<'_>, candidates: &[Scored]) -> bool {
        self.first = self.explanation.candidates.len();
        let explained = candidates.iter().map(|scored| self.extractor.explain_candidate(unit, scored));
        self.explanation.candidates.extend(explained);
        true
    }

    fn fate(&mut self, candidate: u32, fate: Fate) {
        let place = |number: u32| self.first + number as usize;
        let outcome = match fate {
            Fate::Kept => Outcome::Kept,
            Fate::TellsOfNoWords => Outcome::TellsOfNoWords,
            Fate::Unlikely { least } => Outcome::Unlikely { least },
            Fate::NoSpeech(role) => Outcome::NoSpeech { role },
            Fate::Outscored { by } => Outcome::Outscored { by: place(by) },
            Fate::Crossed { by } => Outcome::Crossed { by: place(by) },
            Fate::Enclosed { by } => Outcome::Enclosed { by: place(by) },
            Fate::NothingInMarks => Outcome::NothingInMarks,
        };
        self.explanation.candidates[place(candidate)].outcome = outcome;
    }
}

impl Observer for Watcher<'_> {
    fn structured(&mut self, blocks: &[BlockEntry]) -> bool {
        let explained = |block: &BlockEntry| ExplainedBlock { kind: block.kind, span: block.span, label: block.label };
        self.explanation.blocks = blocks.iter().map(explained).collect();
        true
    }

    fn lexed(&mut self, unit: &UnitContext<'_>) -> bool {
        self.tokens.clear();
        let tokens = unit.context.tokens;
        for (at, token) in tokens.list().iter().enumerate() {
            if token.is(TagSet::PARA) {
                self.tokens.push(None);
                continue;
            }
            let span = tokens.span(at, at + 1, unit.strings);
            let (mut head, mut features) = (None, Vec::new());
            if token.is(TagSet::ANCHOR) && token.is(TagSet::WORD) {
                head = Some(self.extractor.base_form(clause::word_of(token)).to_owned());
                let spoken: Vec<Feature> = attribute::surroundings(unit, at).emit(Vec::new());
                features.extend(spoken.iter().map(|feature| self.extractor.explain_feature(*feature)));
            }
            let classes = format!("{:?}", token.class);
            self.tokens.push(Some(self.explanation.tokens.len()));
            self.explanation.tokens.push(ExplainedToken { span, classes, head, features, gate: None });
        }
        true
    }
}

impl Extractor {
    fn explain_feature(&self, feature: Feature) -> ExplainedFeature {
        let (line, weight) = self.write_feature(feature);
        ExplainedFeature { line, weight }
    }

    fn explain_candidate(&self, unit: &UnitContext<'_>, scored: &Scored) -> ExplainedCandidate {
        let candidate = &scored.candidate;
        let tokens = unit.context.tokens;
        let mut sentences = Sentences::default();
        let span = |range: clause::Range| tokens.span(range.start(), range.end(), unit.strings);
        let write = |features: &[Feature]| features.iter().map(|feature| self.explain_feature(*feature)).collect();
        let mut ends = Vec::new();
        if let Some(start) = candidate.clause {
            let announced = attribute::announced(unit, candidate.anchor, candidate.tag.source, &mut sentences);
            for decision in clause::decisions(&unit.context, unit.weights, &announced, start) {
                let (asking, features) = (write(&decision.gate), write(&decision.features));
                ends.push(ExplainedEnd { at: tokens.end(decision.at - 1, unit.strings), asking, features });
            }
        }
        ExplainedCandidate {
            rule: self.rule_name(candidate.rule).to_owned(),
            anchor: tokens.span(candidate.anchor, candidate.anchor + 1, unit.strings),
            cue: candidate.tag.cue.map(span),
            source: candidate.tag.source.map(span),
            content: candidate.content.iter().map(span).collect(),
            kind: candidate.kind,
            clause: candidate.clause.map(|at| tokens.start(at)),
            offset: f64::from(unit.weights.offset(candidate.rule).0) / 100.0,
            score: scored.score.get(),
            // Overwritten when selection reports what became of it.
            outcome: Outcome::Kept,
            features: write(&attribute::features(unit, candidate, &mut sentences, Vec::new())),
            ends,
        }
    }
}
