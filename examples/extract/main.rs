//! Finds the quotations in files and says who is quoted.
//!
//! `cargo run --release --example extract` reads a bundled article; add `-- --help` for the rest.

mod folder;
mod input;
mod json;
mod line;
mod options;
mod page;
mod pretty;
mod render;
mod sink;
mod speakers;
mod visible;
mod work;

use inquit::{Error, Extractor, ExtractorBuilder};
use options::Options;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// For everything that went wrong, as for bad options.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let options = Options::parse_and_check();
    let extractor = match extractor(&options) {
        Ok(extractor) => extractor,
        Err(problem) => {
            eprintln!("{}", visible::lines(&problem));
            return ExitCode::from(FAILED);
        }
    };
    match work::run(&options, &extractor) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FAILED),
        Err(error) => ExitCode::from(exit_code(&error)),
    }
}

/// What it means that nothing more can be written; a message, unless whoever read this has seen enough.
fn exit_code(error: &io::Error) -> u8 {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return 0;
    }
    eprintln!("{}", visible::line(&format!("cannot write: {error}")));
    FAILED
}

/// The extractor the options ask for.
fn extractor(options: &Options) -> Result<Extractor, String> {
    let coverage = options.coverage.into();
    if options.words.is_empty() && options.rules.is_empty() {
        return Ok(Extractor::english().with_coverage(coverage));
    }
    let words = read_all(&options.words)?;
    let rules = read_all(&options.rules)?;
    let build = |words: &[String], rules: &[String]| {
        let builder = words.iter().fold(Extractor::builder().coverage(coverage), ExtractorBuilder::words);
        rules.iter().fold(builder, ExtractorBuilder::rules).build()
    };
    build(&words, &rules).map_err(|error| {
        // The error knows its line, not its file: it is in the first that cannot be added.
        let words_fail = (1..=words.len()).find(|&count| build(&words[..count], &[]).is_err());
        let rules_fail = || (1..=rules.len()).find(|&count| build(&words, &rules[..count]).is_err());
        let file = match words_fail {
            Some(count) => options.words.get(count - 1),
            None => rules_fail().and_then(|count| options.rules.get(count - 1)),
        };
        blame(file, &error)
    })
}

fn blame(file: Option<&PathBuf>, error: &Error) -> String {
    match file {
        Some(file) => about(file, error),
        None => error.to_string(),
    }
}

/// A message about a file. It may have several lines, the name of the file has one.
fn about(file: &Path, error: &dyn std::error::Error) -> String {
    format!("{}: {error}", visible::line(&file.to_string_lossy()))
}

fn read_all(files: &[PathBuf]) -> Result<Vec<String>, String> {
    files.iter().map(|file| std::fs::read_to_string(file).map_err(|error| about(file, &error))).collect()
}
