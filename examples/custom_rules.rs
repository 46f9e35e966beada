//! Words and rules for a domain: reports of court cases, read with and without `data/court.words` and
//! `data/court.rules`.
//!
//! `cargo run --example custom_rules`, or add a file of your own.

mod shown;

use inquit::{Error, Extraction, Extractor, Quote};
use std::fmt::Write;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let court = court()?;
    // The `ok` and `no` lines beside the rules; a crate with rules of its own does this in a test.
    let failures = court.check();
    if !failures.is_empty() {
        failures.iter().for_each(|failure| eprintln!("{failure}"));
        return Ok(ExitCode::FAILURE);
    }
    let text = match std::env::args().nth(1) {
        Some(file) => std::fs::read_to_string(file)?,
        None => include_str!("data/court.txt").to_owned(),
    };
    let before = Extractor::english().extract(&text);
    let after = court.extract(&text);
    shown::show(&page(&before, &after)?)?;
    Ok(ExitCode::SUCCESS)
}

/// What the court's rules and words add.
fn page(before: &Extraction<'_>, after: &Extraction<'_>) -> Result<String, std::fmt::Error> {
    let [without, with] = [before, after].map(|found| found.quotes().len());
    let mut page = String::new();
    writeln!(page, "{without} quotations without the court's rules and words, {with} with them:\n")?;
    for quote in after.quotes().filter(|quote| !has(before, quote)) {
        let source = quote.source().map_or("?", |source| source.text());
        let (rule, confidence) = (quote.rule(), quote.confidence());
        writeln!(page, "{source}: {}\n    by {rule}, confidence {confidence:.2}", quote.content())?;
    }
    Ok(page)
}

fn court() -> Result<Extractor, Error> {
    Extractor::builder().words(include_str!("data/court.words")).rules(include_str!("data/court.rules")).build()
}

/// Whether the same words are there with the same source.
fn has(extraction: &Extraction<'_>, wanted: &Quote<'_>) -> bool {
    extraction.quotes().any(|quote| quote.spans() == wanted.spans() && quote.source() == wanted.source())
}
