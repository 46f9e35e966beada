//! `inquit check`: all that is wrong with rules and word lists.

use crate::extract::FAILED;
use crate::extract::reading::about;
use crate::show;
use clap::Args;
use inquit::{CheckFailure, Error, Extractor, ExtractorBuilder, Input};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// For problems in files that could be read.
const WRONG: u8 = 1;

const EXAMPLES: &str = "\
Examples:
  inquit check court.rules court.words   all problems, and the examples that fail
  inquit check *.rules && make release   the code is 1 if there is one, 2 if a file cannot be read";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// Rules (names that end in .rules, or files that begin with a rule or definition) and word lists (any others)
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// A file that was read.
struct Listed {
    path: PathBuf,
    text: String,
    has_rules: bool,
}

/// Prints every problem. The code is 1 if there is one, 2 if a file cannot be read.
pub(crate) fn run(options: &Options) -> ExitCode {
    let (mut files, mut unread) = (Vec::new(), false);
    for path in &options.files {
        match std::fs::read_to_string(path) {
            Ok(text) => files.push(Listed { path: path.clone(), has_rules: has_rules(path, &text), text }),
            Err(error) => {
                eprintln!("{}", about(path, &error));
                unread = true;
            }
        }
    }
    let problems = problems(&files);
    let page = match problems.len() {
        0 => format!("{} without a problem\n", counted(files.len(), "file")),
        count => format!("{}\n\n{}\n", problems.join("\n\n"), counted(count, "problem")),
    };
    show::page(&page, ExitCode::from(if unread { FAILED } else { WRONG * u8::from(!problems.is_empty()) }))
}

/// *1 file*, *2 files*
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// By the name of the file, or else by its first line: a word list begins with a heading.
fn has_rules(path: &Path, text: &str) -> bool {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    ending == "rules" || ending != "words" && ["rule", "def"].contains(&first.split(' ').next().unwrap_or_default())
}

/// What is wrong with the files, and with the examples of those that can be read.
fn problems(files: &[Listed]) -> Vec<String> {
    let all: Vec<&Listed> = files.iter().collect();
    let (mut problems, good) = match build(&all) {
        Ok(extractor) => return failures(&extractor, files),
        Err(error) => blamed(&error, &all),
    };
    // Without what is broken, others may lack a class they use: that would be no problem of theirs.
    problems.extend(build(&good).into_iter().flat_map(|extractor| failures(&extractor, files)));
    problems
}

fn build(files: &[&Listed]) -> Result<Extractor, Error> {
    files.iter().fold(Extractor::builder(), |builder, file| add(builder, file)).build()
}

fn add(builder: ExtractorBuilder, file: &Listed) -> ExtractorBuilder {
    if file.has_rules { builder.rules(&file.text) } else { builder.words(&file.text) }
}

/// The problems, each with its file, and the files that have none.
fn blamed<'f>(error: &Error, files: &[&'f Listed]) -> (Vec<String>, Vec<&'f Listed>) {
    let of_kind = |has_rules: bool, number: usize| {
        files.iter().enumerate().filter(|(_, file)| file.has_rules == has_rules).nth(number).map(|(place, _)| place)
    };
    let (mut messages, mut bad) = (Vec::new(), Vec::new());
    for problem in error.problems() {
        let place = match problem.input() {
            Some(Input::Words(number)) => of_kind(false, number),
            Some(Input::Rules(number)) => of_kind(true, number),
            _ => None,
        };
        messages.push(place.map_or_else(|| problem.to_string(), |place| about(&files[place].path, problem)));
        bad.extend(place);
    }
    let good = files.iter().enumerate().filter(|(place, _)| !bad.contains(place)).map(|(_, file)| *file).collect();
    (messages, good)
}

/// The examples that do not come out as their rules say, each with its file.
fn failures(extractor: &Extractor, files: &[Listed]) -> Vec<String> {
    let message = |failure: &CheckFailure| match files.iter().find(|file| file.has_rules && has_line(file, failure)) {
        Some(file) => about(&file.path, failure),
        None => format!("built-in rules: {failure}"),
    };
    extractor.check().iter().map(message).collect()
}

/// Whether the line that failed stands in a file, below the name of its rule.
fn has_line(file: &Listed, failure: &CheckFailure) -> bool {
    let rules = file.text.lines().take(failure.line()).filter_map(|line| line.trim().strip_prefix("rule "));
    let named = rules.last().and_then(|rule| rule.split_whitespace().next());
    named == Some(failure.rule()) && file.text.lines().count() >= failure.line()
}
