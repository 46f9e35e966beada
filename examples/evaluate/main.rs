//! Measures the extractor on a corpus marked by people.
//!
//! ```text
//! cargo run --release --example evaluate -- CORPUS...                  precision, recall and F1
//! cargo run --release --example evaluate -- CORPUS... --errors 20      what is missed and what is wrong
//! cargo run --release --example evaluate -- CORPUS... --calibration    how far confidence can be trusted
//! cargo run --release --example evaluate -- CORPUS... --frames         what cues stand with, and how often
//! ```
//!
//! With `--predictions FILE` it measures any other system that writes the format of the `extract` example. What the
//! built-in rules carry in numbers is counted in this order, each from a corpus to learn from:
//!
//! ```text
//! … CORPUS... --rule-scores --write src/lang/en/english.rules
//! … CORPUS... --learn --passes 2 > weights; mv weights src/lang/en/weights.txt
//! … CORPUS... --calibrate > curves; mv curves src/lang/en/confidence.txt
//! ```
//!
//! With `--sentences GRAMMAR` the last two learn from sentences too, made from a grammar (see `sentences.txt`) that holds
//! what a corpus of one kind of news seldom has. `--generate --sentences GRAMMAR` prints them in the gold format.
//!
//! A corpus is a file in the gold format (see `corpus.rs`) or a folder of brat files (see `brat.rs`). What the figures
//! mean is told in `score.rs`.

mod brat;
mod calibration;
mod corpus;
mod english;
mod errors;
mod frames;
mod grammar;
mod heads;
mod learn;
mod names;
mod page;
mod pairs;
mod random;
mod report;
mod rule_scores;
mod score;
mod sentences;
mod words;

use calibration::Calibration;
use clap::{Args, Parser, ValueEnum};
use corpus::{Answers, Document, Failure};
use errors::{Errors, Wanted};
use frames::Frames;
use grammar::Grammar;
use inquit::{Coverage, Extractor, ExtractorBuilder, QuoteKind, Scratch};
use page::{Item, Page};
use rule_scores::RuleScores;
use score::Scores;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures the extractor on a corpus marked by people.
#[derive(Debug, Parser)]
struct Arguments {
    /// Files in the gold format (.jsonl), or folders of brat files
    #[arg(required_unless_present = "generate")]
    corpus: Vec<PathBuf>,
    /// Which quotations are looked for
    #[arg(long, value_enum, default_value = "attribution")]
    coverage: CoverageName,
    /// Leave out quotations less sure than this, from 0 to 1
    #[arg(long, value_name = "LEAST", default_value_t = 0.0)]
    confidence: f32,
    /// Rules to add
    #[arg(long, value_name = "FILE")]
    rules: Vec<PathBuf>,
    /// Words to add
    #[arg(long, value_name = "FILE")]
    words: Vec<PathBuf>,
    /// Weights in the place of the built-in ones
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Curves from scores to confidence in the place of the built-in ones; an empty file gives the scores themselves
    #[arg(long, value_name = "FILE")]
    curves: Option<PathBuf>,
    /// Measure another system: its answers, one document a line, as the `extract` example writes them
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Take neighbours with one source for one item
    #[arg(long)]
    merged: bool,
    /// Show the tags that begin so
    #[arg(long, value_name = "START", default_value = "act=")]
    tags: String,
    #[command(flatten)]
    task: Task,
    /// With --rule-scores: write the scores into this rule file
    #[arg(long, value_name = "FILE", requires = "rule_scores")]
    write: Option<PathBuf>,
    /// With --errors: only of this rule
    #[arg(long, value_name = "NAME", requires = "errors")]
    rule: Option<String>,
    /// With --errors: only of this kind
    #[arg(long, value_name = "KIND", requires = "errors", value_parser = kind)]
    kind: Option<QuoteKind>,
    /// With --frames: only frames that occur this often
    #[arg(long, value_name = "LEAST", default_value_t = 3)]
    least: usize,
    /// With --learn: how often to learn, each time from what the last weights propose
    #[arg(long, value_name = "PASSES", default_value_t = 1)]
    passes: usize,
    /// With --learn, --calibrate or --generate: a grammar of sentences to learn from beside the corpus
    #[arg(long, value_name = "FILE")]
    sentences: Option<PathBuf>,
    /// With --sentences: how many texts are made
    #[arg(long, value_name = "TEXTS", default_value_t = 2000, requires = "sentences")]
    texts: usize,
    /// With --sentences: the number that the texts follow from
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "sentences")]
    seed: u64,
}

/// What to do other than to measure.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Task {
    /// Print how often each rule is right
    #[arg(long)]
    rule_scores: bool,
    /// Print what is missed and what is wrong, this many of each category
    #[arg(long, value_name = "MOST")]
    errors: Option<usize>,
    /// Print how often quotations are right, by confidence
    #[arg(long)]
    calibration: bool,
    /// Count the curves from scores to confidence (src/lang/en/confidence.txt)
    #[arg(long)]
    calibrate: bool,
    /// Print what possible cues stand with, and how often they are one
    #[arg(long)]
    frames: bool,
    /// Count the weights (src/lang/en/weights.txt)
    #[arg(long)]
    learn: bool,
    /// Print the sentences of a grammar, in the gold format
    #[arg(long, requires = "sentences")]
    generate: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CoverageName {
    Direct,
    Speech,
    Attribution,
}

fn main() -> ExitCode {
    match run(&Arguments::parse(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Err(error)
            if error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn kind(name: &str) -> Result<QuoteKind, String> {
    page::kind_named(name).ok_or_else(|| "a kind is direct, mixed or indirect".to_owned())
}

fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let sentences = sentences(arguments)?;
    if arguments.task.generate {
        sentences.iter().try_for_each(|document| writeln!(out, "{}", sentences::line(document)))?;
        return Ok(());
    }
    let documents = corpus::read(&arguments.corpus)?;
    let builder = builder(arguments)?;
    let extractor = builder.clone().build()?;
    let each = |visit: &mut dyn FnMut(&Page<'_>, &[Item])| each_page(arguments, &extractor, &documents, visit);
    let task = &arguments.task;
    if task.rule_scores {
        let mut scores = RuleScores::default();
        each(&mut |page, found| scores.add(page, found))?;
        scores.print(out)?;
        if let Some(path) = &arguments.write {
            let (text, changed) = scores.rewrite(&corpus::text(path)?);
            std::fs::write(path, text)?;
            writeln!(out, "\n{}: {changed} scores changed", path.display())?;
        }
    } else if let Some(most) = task.errors {
        let mut errors = Errors::new(Wanted { rule: arguments.rule.clone(), kind: arguments.kind });
        each(&mut |page, found| errors.add(page, found, &extractor))?;
        errors.print(out, most)?;
    } else if task.calibration {
        let mut calibration = Calibration::default();
        each(&mut |page, found| calibration.add(page, found))?;
        calibration.print(out)?;
    } else if task.calibrate {
        let build = |weights: Option<String>| {
            let builder = builder.clone().confidence("");
            let builder = if let Some(table) = weights { builder.weights(table) } else { builder };
            builder.build().map_err(Failure::from)
        };
        out.write_all(calibration::calibrate(&documents, &sentences, build)?.as_bytes())?;
    } else if task.frames {
        let mut frames = Frames::default();
        documents.iter().for_each(|document| frames.add(&extractor, document));
        frames.print(out, arguments.least)?;
    } else if task.learn {
        let all = || documents.iter().chain(&sentences);
        let mut table = learn::learn(&extractor, all());
        for _ in 1..arguments.passes {
            table = learn::learn(&builder.clone().weights(table).build()?, all());
        }
        out.write_all(table.as_bytes())?;
    } else {
        let mut scores = Scores::default();
        each(&mut |page, found| scores.add(page, found, arguments.merged))?;
        report::report(out, &scores, &arguments.tags)?;
    }
    Ok(())
}

/// The sentences to learn from, if a grammar was given.
fn sentences(arguments: &Arguments) -> Result<Vec<Document>, Failure> {
    let Some(path) = &arguments.sentences else { return Ok(Vec::new()) };
    let task = &arguments.task;
    if !(task.learn || task.calibrate || task.generate) {
        return Err("--sentences goes with --learn, --calibrate or --generate".into());
    }
    let made = Grammar::read(&corpus::text(path)?)
        .and_then(|grammar| sentences::make(&grammar, arguments.texts, arguments.seed));
    made.map_err(|problem| format!("{}:{problem}", path.display()).into())
}

/// An extractor with the rules and words that were asked for.
fn builder(arguments: &Arguments) -> Result<ExtractorBuilder, Failure> {
    let coverage = match arguments.coverage {
        CoverageName::Direct => Coverage::Direct,
        CoverageName::Speech => Coverage::Speech,
        CoverageName::Attribution => Coverage::Attribution,
    };
    let mut builder = Extractor::builder().coverage(coverage);
    for path in &arguments.words {
        builder = builder.words(corpus::text(path)?);
    }
    for path in &arguments.rules {
        builder = builder.rules(corpus::text(path)?);
    }
    if let Some(path) = &arguments.weights {
        builder = builder.weights(corpus::text(path)?);
    }
    if let Some(path) = &arguments.curves {
        builder = builder.confidence(corpus::text(path)?);
    }
    Ok(builder)
}

/// Every document with what is found in it, or with what another system found.
fn each_page(
    arguments: &Arguments,
    extractor: &Extractor,
    documents: &[Document],
    visit: &mut dyn FnMut(&Page<'_>, &[Item]),
) -> Result<(), Failure> {
    let answers: Option<Vec<Answers>> = arguments.predictions.as_deref().map(corpus::lines).transpose()?;
    let answers: Option<BTreeMap<&str, &Answers>> =
        answers.as_ref().map(|all| all.iter().map(|answers| (answers.id.as_str(), answers)).collect());
    let mut scratch = Scratch::new();
    for document in documents {
        let extraction = extractor.extract_with(&mut scratch, &document.text);
        let page = Page::new(document, &extraction);
        let mut found: Vec<Item> = match &answers {
            Some(answers) => {
                let own = answers.get(document.id.as_str()).map_or(&[][..], |answers| &answers.quotes);
                own.iter().filter_map(|answer| page.answer_item(answer)).collect()
            }
            None => extraction.quotes().filter_map(|quote| page.found_item(&quote)).collect(),
        };
        found.retain(|item| item.confidence >= arguments.confidence);
        visit(&page, &found);
    }
    Ok(())
}
