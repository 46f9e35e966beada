//! Measures the extractor on a corpus marked by people.
//!
//! ```text
//! cargo run --release --example evaluate -- CORPUS...                  precision, recall and F1
//! cargo run --release --example evaluate -- CORPUS... --rule-scores    how often each rule is right
//! cargo run --release --example evaluate -- CORPUS... --errors 20      what is missed and what is wrong
//! ```
//!
//! A corpus is a file in the gold format (see `corpus.rs`) or a folder of brat files (see `brat.rs`). What the figures
//! mean is told in `score.rs`.

mod brat;
mod corpus;
mod english;
mod heads;
mod names;
mod page;
mod pairs;
mod report;
mod score;
mod words;

use clap::{Args, Parser, ValueEnum};
use corpus::{Answers, Document, Failure};
use inquit::{Coverage, Extractor, ExtractorBuilder, Scratch};
use page::{Item, Page};
use score::Scores;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures the extractor on a corpus marked by people.
#[derive(Debug, Parser)]
struct Arguments {
    /// Files in the gold format (.jsonl), or folders of brat files
    #[arg(required = true)]
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
}

/// What to do other than to measure.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Task {}

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
        Err(error) if error.downcast_ref().is_some_and(|error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe) => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("evaluate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let documents = corpus::read(&arguments.corpus)?;
    let extractor = builder(arguments)?.build()?;
    let mut scores = Scores::default();
    each_page(arguments, &extractor, &documents, |page, found| scores.add(&page, &found, arguments.merged))?;
    report::report(out, &scores, &arguments.tags)?;
    Ok(())
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
    Ok(builder)
}

/// Every document with what is found in it, or with what another system found.
fn each_page(
    arguments: &Arguments,
    extractor: &Extractor,
    documents: &[Document],
    mut visit: impl FnMut(Page<'_>, Vec<Item>),
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
        visit(page, found);
    }
    Ok(())
}
