//! From rules and word lists to an extractor.

use super::{Extractor, Model, Pool};
use crate::attribute::Coverage;
use crate::confidence::Calibration;
use crate::error::{Error, Input, Problems, lines};
use crate::lang::Language;
use crate::lexicon::Lexicon;
use crate::marks::HYPHEN;
use crate::quote::RuleNames;
use crate::rules::program::Program;
use crate::rules::rule_file::RuleFile;
use crate::speaker::LexicalRoles;
use crate::weights::Weights;
use std::sync::Arc;

/// Builds an [`Extractor`] with rules and words of your own.
#[derive(Clone, Debug, Default)]
pub struct ExtractorBuilder {
    rules: Vec<String>,
    words: Vec<String>,
    weights: Option<String>,
    confidence: Option<String>,
    coverage: Coverage,
    prose: bool,
}

impl ExtractorBuilder {
    /// Adds rules. They come before those there are; a rule of a known name takes the place of the old one.
    pub fn rules(mut self, text: impl Into<String>) -> ExtractorBuilder {
        self.rules.push(text.into());
        self
    }

    /// Adds words: `[verb SAY] snark quip+`.
    pub fn words(mut self, text: impl Into<String>) -> ExtractorBuilder {
        self.words.push(text.into());
        self
    }

    /// Sets which quotations are looked for.
    pub fn coverage(mut self, coverage: Coverage) -> ExtractorBuilder {
        self.coverage = coverage;
        self
    }

    /// Takes a text for plain prose: no paragraph is told to be a turn, a line of dialogue behind a dash, an announced block
    /// or furniture, and [`Extraction::blocks`](crate::Extraction::blocks) is empty.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let text = "LIM: Did we lower the rents?\n\nBRANDT: We did.";
    /// assert_eq!(Extractor::english().extract(text).blocks().len(), 2);
    /// assert_eq!(Extractor::builder().prose(true).build()?.extract(text).blocks().len(), 0);
    /// # Ok::<(), inquit::Error>(())
    /// ```
    pub fn prose(mut self, prose: bool) -> ExtractorBuilder {
        self.prose = prose;
        self
    }

    /// Takes other weights than the built-in ones: for measuring what was learned from a part of a corpus.
    #[doc(hidden)]
    pub fn weights(mut self, table: impl Into<String>) -> ExtractorBuilder {
        self.weights = Some(table.into());
        self
    }

    /// Takes another calibration than the built-in one; with an empty table the score itself is reported.
    #[doc(hidden)]
    pub fn confidence(mut self, table: impl Into<String>) -> ExtractorBuilder {
        self.confidence = Some(table.into());
        self
    }

    /// Compiles everything.
    ///
    /// # Errors
    ///
    /// If a rule or word list cannot be read; the [`Error`] says what is wrong, and where, of all of them.
    pub fn build(self) -> Result<Extractor, Error> {
        let model = Arc::new(Model::build(&self)?);
        Ok(Extractor { model, coverage: self.coverage, prose: self.prose })
    }

    /// Reads all rules and word lists, the built-in ones first, and notes what is wrong with them.
    pub(super) fn read(&self) -> (RuleFile, Lexicon, Problems) {
        let mut problems = Problems::default();
        let language = Language::english();
        let mut lexicon = Lexicon::of(&language, &mut problems);
        let mut book = RuleFile::default();
        book.read(language.rules, &mut lexicon, &mut problems);
        for (number, text) in self.words.iter().enumerate() {
            problems.begin(Input::Words(number));
            let lines = lines(without_mark(text)).map(|line| (line, line.text));
            lexicon.add_list(lines, &|name| book.is_taken(name), &mut problems);
        }
        for (number, text) in self.rules.iter().enumerate() {
            problems.begin(Input::Rules(number));
            book.read(without_mark(text), &mut lexicon, &mut problems);
        }
        // A rule that cannot be read uses a class if it names it anywhere. If there are too many, that is the mistake.
        if !problems.are_of_room() {
            let in_rules = problems.are_in_rules();
            let mentions =
                |name: &str| in_rules && self.rules.iter().any(|text| names(text).any(|known| known == name));
            lexicon.find_unused(book.groups, mentions, &mut problems);
        }
        (book, lexicon, problems)
    }
}

/// The text without the mark of its encoding that some editors put before it.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The names in capitals that patterns of some rules may use.
fn names(rules: &str) -> impl Iterator<Item = &str> {
    let patterns =
        rules.lines().map(str::trim_start).filter(|line| !line.starts_with('#') && !line.starts_with("words"));
    patterns.flat_map(|line| line.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == HYPHEN)))
}

impl Model {
    pub(super) fn build(builder: &ExtractorBuilder) -> Result<Model, Error> {
        let (book, mut lexicon, mut problems) = builder.read();
        let compiled = Program::compile(book, &mut lexicon);
        let program = compiled.unwrap_or_else(|found| {
            problems.add(found);
            Program::default()
        });
        problems.finish(builder.words.len() + builder.rules.len())?;
        let language = Language::english();
        lexicon.settle(&language);
        let names: RuleNames = program.rules.iter().map(|rule| rule.name.as_str().into()).collect();
        let weights = builder.weights.as_deref().unwrap_or(language.weights);
        let weights = Weights::read(weights, &lexicon, &program.rules)?;
        let confidence = builder.confidence.as_deref().unwrap_or(language.calibration);
        let calibration = Calibration::read(confidence)?;
        let terms = LexicalRoles::new(&lexicon);
        let given = ExtractorBuilder { weights: None, confidence: None, ..builder.clone() };
        Ok(Model { given, lexicon, program, names, weights, calibration, terms, pool: Pool::default() })
    }
}
