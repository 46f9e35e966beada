//! Finds the quotations in files and says who is quoted: `inquit --help` tells all.

mod extract;

use clap::Parser;
use extract::Options;
use std::process::ExitCode;

/// Finds every quotation in a text and says who is quoted.
///
/// Direct, mixed and indirect quotations are found, each with its source, the words that announce it and the speaker
/// behind it. Without FILES a bundled article is read.
#[derive(Debug, Parser)]
#[command(name = "inquit", version, max_term_width = 100, after_long_help = extract::help("inquit", ""))]
struct Cli {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| extract::refuse(&error));
    extract::run(&cli.options)
}
