//! Finds the quotations in files and says who is quoted: `inquit --help` tells all.

mod check;
mod explain;
mod extract;
mod locate;
mod shell;
mod show;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Finds every quotation in a text and says who is quoted.
///
/// Direct, mixed and indirect quotations are found, each with its source, the words that announce it and the speaker
/// behind it. Without FILES standard input is read; in a terminal, a bundled article is shown.
#[derive(Debug, Parser)]
#[command(name = "inquit", version, max_term_width = 100, after_long_help = extract::help("inquit", ""))]
#[command(args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    task: Option<Task>,

    #[command(flatten)]
    options: extract::Options,
}

const CAST: &str = "\
Examples:
  inquit cast story.txt                            name, number of quotations, role, kind, gender
  inquit cast news/ --format csv > speakers.csv    all columns of a summary";

/// A file of such a name is `./check`.
#[derive(Debug, Subcommand)]
enum Task {
    /// Lists the speakers of all documents: who they are, and how often they are quoted
    #[command(after_help = CAST)]
    Cast(Box<extract::Options>),
    /// Tells all that is wrong with rules and word lists, and runs the examples beside rules
    Check(check::Options),
    /// Shows why a text is read as it is: proposals of the rules, names, speakers
    Explain(explain::Options),
    /// Checks whether quotations stand in the text they are said to come from
    Locate(locate::Options),
    /// Prints the completions of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints the manual page
    Man {
        /// Write it into this folder instead, with a page for each subcommand
        #[arg(long, value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let mut cli = Cli::try_parse().unwrap_or_else(|error| extract::refuse(&error));
    match &mut cli.task {
        None => extract::run(&cli.options),
        Some(Task::Cast(options)) => {
            options.cast = true;
            extract::run(options)
        }
        Some(Task::Check(options)) => check::run(options),
        Some(Task::Explain(options)) => explain::run(options),
        Some(Task::Locate(options)) => locate::run(options),
        Some(Task::Completions { shell }) => shell::completions(*shell),
        Some(Task::Man { folder }) => shell::man(folder.as_deref()),
    }
}
