//! What the program does without a subcommand: quotations of documents, in many formats.
//!
//! The example `extract` is this code too, by another name.

mod answer;
mod document;
mod encoding;
mod folder;
mod input;
mod items;
pub(crate) mod json;
mod line;
mod lines;
mod names;
mod options;
mod page;
mod pretty;
mod prints;
mod reader;
pub(crate) mod reading;
mod record;
mod render;
mod sink;
mod source;
mod speakers;
mod summary;
pub(crate) mod visible;
mod whole;
mod work;

pub(crate) use options::{Options, help};
use std::io;
use std::process::ExitCode;

/// For everything that went wrong, as for bad options.
pub(crate) const FAILED: u8 = 2;

/// Where nobody of a name is quoted.
const NOTHING: u8 = 1;

/// Does all that the options ask for.
pub(crate) fn run(options: &Options) -> ExitCode {
    if let Err(problem) = options.check() {
        return fail(&format!("error: {problem}\n\nFor more information, try '--help'."));
    }
    let extractor = match options.reading.extractor() {
        Ok(extractor) => extractor,
        Err(problem) => return fail(&problem),
    };
    let done = match work::run(options, &extractor) {
        Ok(done) => done,
        Err(error) => return ExitCode::from(exit_code(&error)),
    };
    match &options.speaker {
        _ if done.problems > 0 => ExitCode::from(FAILED),
        Some(name) if done.quotes == Some(0) => {
            eprintln!("{}", visible::line(&format!("no quotation of {name}")));
            ExitCode::from(NOTHING)
        }
        _ => ExitCode::SUCCESS,
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
pub(crate) fn fail(problem: &str) -> ExitCode {
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
