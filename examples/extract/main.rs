//! The program `inquit` by the name and with the defaults its measuring is agreed on: JSON has the keys of
//! [`DocumentRecord`](inquit::output::DocumentRecord) and no others, and without files a bundled article is read.
//!
//! `cargo run --release --example extract` reads that article; add `-- --help` for the rest.

#[path = "../../src/bin/inquit/extract/mod.rs"]
mod extract;

use clap::Parser;
use extract::Options;
use std::process::ExitCode;

const NOTE: &str = " (in a checkout, extract is `cargo run --release --example extract --`)";

/// Finds every quotation in a text and says who is quoted.
///
/// Direct, mixed and indirect quotations are found, each with its source, the words that announce it and the speaker
/// behind it. This is the program `inquit` with other defaults: without FILES a bundled article is read, - is plain text
/// unless --input says otherwise, and JSON has the keys agreed on and no others, unless --with-text is given.
#[derive(Debug, Parser)]
#[command(name = "extract", version, max_term_width = 100, after_long_help = extract::help("extract", NOTE))]
struct Cli {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    let mut cli = Cli::try_parse().unwrap_or_else(|error| extract::refuse(&error));
    cli.options.by_contract = true;
    extract::run(&cli.options)
}
