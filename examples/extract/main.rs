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

use inquit::{Extractor, ExtractorBuilder, Input, Problem};
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
    let builder = words.iter().fold(Extractor::builder().coverage(coverage), ExtractorBuilder::words);
    let built = rules.iter().fold(builder, ExtractorBuilder::rules).build();
    built.map_err(|error| error.problems().map(|problem| blame(options, problem)).collect::<Vec<_>>().join("\n\n"))
}

/// A problem, and the file it is in.
fn blame(options: &Options, problem: &Problem) -> String {
    let file = match problem.input() {
        Some(Input::Words(number)) => options.words.get(number),
        Some(Input::Rules(number)) => options.rules.get(number),
        _ => None,
    };
    file.map_or_else(|| problem.to_string(), |file| about(file, problem))
}

/// A message about a file. It may have several lines, the name of the file has one.
fn about(file: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", visible::line(&file.to_string_lossy()))
}

fn read_all(files: &[PathBuf]) -> Result<Vec<String>, String> {
    files.iter().map(|file| std::fs::read_to_string(file).map_err(|error| about(file, &error))).collect()
}
