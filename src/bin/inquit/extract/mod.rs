//! What the program does without a subcommand: quotations of documents, in many formats.
//!
//! The example `extract` is this code too, by another name.

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
pub(crate) use options::{Options, help};
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// For everything that went wrong, as for bad options.
const FAILED: u8 = 2;

/// Does all that the options ask for.
pub(crate) fn run(options: &Options) -> ExitCode {
    if let Err(problem) = options.check() {
        return fail(&format!("error: {problem}\n\nFor more information, try '--help'."));
    }
    let extractor = match extractor(options) {
        Ok(extractor) => extractor,
        Err(problem) => return fail(&problem),
    };
    match work::run(options, &extractor) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(FAILED),
        Err(error) => ExitCode::from(exit_code(&error)),
    }
}

/// Ends the program with help, or with the message about options, in which their text may stand.
pub(crate) fn refuse(error: &clap::Error) -> ! {
    if !error.use_stderr() {
        error.exit();
    }
    eprint!("{}", visible::lines(&error.render().to_string()));
    std::process::exit(error.exit_code());
}

/// A message, and the exit code for all that went wrong.
fn fail(problem: &str) -> ExitCode {
    eprintln!("{}", visible::lines(problem));
    ExitCode::from(FAILED)
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
