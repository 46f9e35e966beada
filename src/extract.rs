//! The extractor: compiled rules and lists behind a small API.

mod build;

use crate::attribute::{Attributions, Attributor, Coverage, Listener, Scored, UnitContext};
use crate::confidence::Calibration;
use crate::lexicon::Lexicon;
use crate::pair::Quoted;
pub use crate::pipeline::Scratch;
use crate::pipeline::{EachUnit, Observer, Pipeline};
use crate::quote::{Extraction, RuleNames};
use crate::rules::program::{Program, Rule};
use crate::rules::rule_file::RuleFile;
use crate::scan::Scan;
use crate::span::Span;
use crate::speaker::{self, LexicalRoles};
use crate::weights::{Feature, Weights};
pub use build::ExtractorBuilder;
use once_cell::sync::Lazy;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Compiled rules and word lists. Build one, share it: it is cheap to clone, and reading a text takes
/// `&self`.
#[derive(Clone)]
pub struct Extractor {
    model: Arc<Model>,
    coverage: Coverage,
    /// Every paragraph is plain narrative.
    prose: bool,
}

/// A stage of the pipeline, for [`Extractor::read_until`].
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Marks and paragraphs.
    Scan,
    /// Quoted strings.
    Pair,
    /// Tokens.
    Lex,
    /// Candidates.
    Rules,
}

struct Model {
    /// What it was built from.
    given: ExtractorBuilder,
    lexicon: Lexicon,
    program: Program,
    names: RuleNames,
    weights: Weights,
    terms: LexicalRoles,
    calibration: Calibration,
    pool: Pool,
}

/// Working memory between texts: what it has learned of the rules makes the next text quicker.
#[derive(Default)]
struct Pool(Mutex<Vec<Scratch>>);

impl Pool {
    /// More is not kept: threads that come at the same time make their own.
    const MOST: usize = 16;
    /// Texts longer than this leave behind only what was learned.
    const LONGEST: usize = 1 << 16;

    /// Runs `work` with some working memory.
    fn with<T>(&self, length: usize, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let mut scratch = self.kept().pop().unwrap_or_default();
        let result = work(&mut scratch);
        if length > Pool::LONGEST {
            scratch = scratch.learned();
        }
        let mut kept = self.kept();
        if kept.len() < Pool::MOST {
            kept.push(scratch);
        }
        result
    }

    /// The lock is held for a push or a pop. Without the pool each call would fill the tables of token classes again.
    fn kept(&self) -> MutexGuard<'_, Vec<Scratch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a rule makes of a text: for each match its source and its content.
pub(crate) type Matches = Vec<(Option<Span>, Vec<Span>)>;

static ENGLISH: Lazy<Arc<Model>> = Lazy::new(|| {
    // The built-in rules are compiled by the tests; this cannot fail in a released crate.
    Model::build(&ExtractorBuilder::default())
        .map(Arc::new)
        .unwrap_or_else(|error| unreachable!("built-in rules: {error}"))
});

impl Extractor {
    /// The built-in English rules and word lists, compiled on first use.
    pub fn english() -> Extractor {
        Extractor { model: Arc::clone(&ENGLISH), coverage: Coverage::default(), prose: false }
    }

    /// The same with another coverage.
    pub fn with_coverage(mut self, coverage: Coverage) -> Extractor {
        self.coverage = coverage;
        self
    }

    /// For rules and words of your own.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// The longest text that is read whole, in bytes: places are counted in 32 bits. Of a longer one, what stands before
    /// the last paragraph edge within this length is read, and [`Extraction::unread`] is the rest.
    pub const MAX_TEXT_LEN: usize = 0xFFFF_0000;

    /// Every quotation in `text`. Never fails; the time is linear in the length of the text.
    pub fn extract<'t>(&self, text: &'t str) -> Extraction<'t> {
        let found = self.model.pool.with(text.len(), |scratch| {
            self.read(scratch, text);
            // A copy has the room it needs and no more; that of a long text is not kept.
            if text.len() > Pool::LONGEST { std::mem::take(&mut scratch.found) } else { scratch.found.clone() }
        });
        Extraction::new(text, Cow::Owned(found), Arc::clone(&self.model.names))
    }

    /// As [`extract`](Extractor::extract), with working memory that is used again.
    pub fn extract_with<'t>(&self, scratch: &'t mut Scratch, text: &'t str) -> Extraction<'t> {
        self.read(scratch, text);
        Extraction::new(text, Cow::Borrowed(&scratch.found), Arc::clone(&self.model.names))
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.model.program.rules
    }

    /// What one rule makes of a text, all others left aside.
    pub(crate) fn matches_of(&self, rule: u16, text: &str) -> Matches {
        let mut matches = Matches::new();
        let mut attributor = Attributor::default();
        self.each_unit(text, Coverage::Attribution, |unit| matches.extend(attributor.matches_of(rule, unit)));
        matches
    }

    /// The rules and words as they are before they are compiled.
    pub(crate) fn read_again(&self) -> (RuleFile, Lexicon) {
        let (book, lexicon, _) = self.model.given.read();
        (book, lexicon)
    }

    pub(crate) fn rule_name(&self, rule: u16) -> &str {
        &self.model.names[usize::from(rule)]
    }

    /// The base form of the word that stands in the lexicon under this number.
    pub(crate) fn base_form(&self, word: u16) -> &str {
        self.model.lexicon.word(self.model.lexicon.entry(word).lemma)
    }

    /// A feature as a line of the table of weights, and its weight.
    pub(crate) fn write_feature(&self, feature: Feature) -> (String, f64) {
        (feature.write(&self.model.lexicon, &self.model.names), self.model.weights.weight(feature))
    }

    /// Calls `visit` with every unit of a text.
    pub(crate) fn each_unit(&self, text: &str, coverage: Coverage, visit: impl FnMut(&UnitContext<'_>)) {
        let pipeline = Pipeline { coverage, prose: true, ..self.pipeline() };
        self.model.pool.with(text.len(), |scratch| {
            pipeline.run(scratch, text, Extractor::MAX_TEXT_LEN, &mut EachUnit(visit));
        });
    }

    /// Reads `text` as far as `stage` and tells how many things that stage made: for benches, which
    /// time the stages one by one and must know that they did their work.
    #[doc(hidden)]
    pub fn read_until(&self, scratch: &mut Scratch, text: &str, stage: Stage) -> usize {
        let mut until = Until { stage, count: 0 };
        self.pipeline().run(scratch, text, Extractor::MAX_TEXT_LEN, &mut until);
        until.count
    }

    fn read(&self, scratch: &mut Scratch, text: &str) {
        self.pipeline().run(scratch, text, Extractor::MAX_TEXT_LEN, &mut ());
    }

    pub(crate) fn pipeline(&self) -> Pipeline<'_> {
        let Model { lexicon, program, weights, terms, calibration, .. } = &*self.model;
        Pipeline {
            lexicon,
            program,
            weights,
            terms,
            calibration,
            coverage: self.coverage,
            prose: self.prose,
            open: false,
        }
    }
}

/// Stops behind a stage, and counts what it made.
struct Until {
    stage: Stage,
    count: usize,
}

impl speaker::SpeakerListener for Until {}

impl Listener for Until {
    fn proposed(&mut self, _unit: &UnitContext<'_>, candidates: &[Scored]) -> bool {
        self.count += candidates.len();
        false
    }
}

impl Observer for Until {
    fn scanned(&mut self, scan: &Scan) -> bool {
        self.count = scan.marks.len();
        self.stage != Stage::Scan
    }

    fn paired(&mut self, strings: &[Quoted]) -> bool {
        self.count = if self.stage == Stage::Pair { strings.len() } else { 0 };
        self.stage != Stage::Pair
    }

    fn lexed(&mut self, unit: &UnitContext<'_>) -> bool {
        self.count += if self.stage == Stage::Lex { unit.context.tokens.list().len() } else { 0 };
        self.stage != Stage::Lex
    }

    fn attributed(&mut self, _made: &Attributions) -> bool {
        false
    }
}

impl fmt::Debug for Extractor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extractor").field("coverage", &self.coverage).field("rules", &self.model.names.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Extractor, Scratch};
    use crate::quote::Extraction;
    use std::borrow::Cow;

    #[test]
    fn what_is_not_read_is_told() {
        let text = "“Go,” said Ana Lim.\n\n“Stay,” said Tom Roe.";
        let extractor = Extractor::english();
        let mut scratch = Scratch::new();
        extractor.pipeline().run(&mut scratch, text, text.len() - 1, &mut ());
        let names = std::sync::Arc::clone(&extractor.model.names);
        let found = Extraction::new(text, Cow::Borrowed(&scratch.found), names);
        let sources: Vec<_> = found.quotes().filter_map(|quote| quote.source()).map(|source| source.text()).collect();
        assert_eq!(sources, ["Ana Lim"]);
        assert_eq!(found.unread().map(|span| &text[span]), Some("\n“Stay,” said Tom Roe."));
        // The next text is read whole again.
        assert_eq!(extractor.extract_with(&mut scratch, text).unread(), None);
        assert_eq!(extractor.extract_with(&mut scratch, text).quotes().len(), 2);
    }
}
