//! `inquit locate`: whether quotations stand in the text they are said to come from.

use crate::extract::{fail, json};
use crate::show;
use clap::Args;
use inquit::{Located, Match, Span, locate_near};
use serde::Serialize;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const EXAMPLES: &str = "\
Examples:
  inquit locate quotations.txt story.txt           the exit code is 1 if one is not there
  grep -o '“[^”]*”' summary.txt | inquit locate - story.txt --json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// A file with one quotation on each line, or - for standard input; empty lines and those that begin with # are left out
    quotations: PathBuf,

    /// The text they are said to stand in
    text: PathBuf,

    /// A line of JSON for each quotation
    #[arg(long)]
    json: bool,
}

/// Prints how each quotation stands in the text. The code is 1 if one does not stand there word by word.
pub(crate) fn run(options: &Options) -> ExitCode {
    let files = read(&options.quotations).and_then(|quotations| Ok((quotations, read(&options.text)?)));
    match files {
        Ok((quotations, text)) => {
            let (page, wrong) = report(&quotations, &text, options.json);
            let code = ExitCode::from(u8::from(wrong > 0));
            if options.json { show::raw(&page, code) } else { show::page(&page, code) }
        }
        Err(problem) => fail(&problem),
    }
}

fn read(path: &Path) -> Result<String, String> {
    let mut text = String::new();
    let read = match path.as_os_str() == "-" {
        true => std::io::stdin().read_to_string(&mut text),
        false => std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text)),
    };
    read.map(|_| text).map_err(|error| format!("{}: {error}", path.display()))
}

/// A page about all quotations, and how many of them do not stand in the text.
fn report(quotations: &str, text: &str, as_json: bool) -> (String, usize) {
    let (mut page, mut count, mut wrong) = (String::new(), 0, 0);
    for quotation in quotations.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let near = locate_near(quotation, text);
        count += 1;
        wrong += usize::from(!near.as_ref().is_some_and(Located::is_verbatim));
        if as_json {
            record(&mut page, quotation, text, near.as_ref())
        } else {
            entry(&mut page, quotation, text, near.as_ref())
        }
    }
    if !as_json {
        let _ = writeln!(page, "\n{} of {count} stand in the text, {wrong} do not.", count - wrong);
    }
    (page, wrong)
}

fn name(near: Option<&Located>) -> &'static str {
    near.map_or("not found", |located| match located.how() {
        Match::Exact => "verbatim",
        how => how.name(),
    })
}

fn line_of(near: Option<&Located>, text: &str) -> Option<usize> {
    near.map(|located| 1 + text[..located.span().start].matches('\n').count())
}

/// One quotation: how and in which line of the text it stands, what was left out, what differs.
fn entry(page: &mut String, quotation: &str, text: &str, near: Option<&Located>) {
    let line = line_of(near, text).map_or(String::new(), |line| line.to_string());
    // A string takes all that is written to it.
    let _ = writeln!(page, "{:<12}{line:>5}  {quotation}", name(near));
    let Some(located) = near else { return };
    let show = |source: &str, span: Span| match source[span].split_whitespace().collect::<Vec<_>>().join(" ") {
        words if words.is_empty() => "nothing".to_owned(),
        words => words,
    };
    for left_out in located.left_out() {
        let _ = writeln!(page, "{:19}left out: {}", "", show(text, left_out));
    }
    for change in located.changes() {
        let (said, written) = (show(quotation, change.quotation), show(text, change.text));
        let _ = writeln!(page, "{:19}{said}  instead of  {written}", "");
    }
}

/// Places count bytes of the text, and those in `changes` of the quotation too.
#[derive(Serialize)]
struct Answer<'a> {
    quotation: &'a str,
    found: &'a str,
    verbatim: bool,
    line: Option<usize>,
    spans: Vec<[usize; 2]>,
    left_out: Vec<[usize; 2]>,
    changes: Vec<Changed>,
}

#[derive(Serialize)]
struct Changed {
    quotation: [usize; 2],
    text: [usize; 2],
}

fn record(page: &mut String, quotation: &str, text: &str, near: Option<&Located>) {
    let place = |span: &Span| [span.start, span.end];
    let changed = |change: &inquit::Change| Changed { quotation: place(&change.quotation), text: place(&change.text) };
    let answer = Answer {
        quotation,
        found: name(near),
        verbatim: near.is_some_and(Located::is_verbatim),
        line: line_of(near, text),
        spans: near.map_or_else(Vec::new, |located| located.spans().iter().map(place).collect()),
        left_out: near.map_or_else(Vec::new, |located| located.left_out().map(|span| place(&span)).collect()),
        changes: near.map_or_else(Vec::new, |located| located.changes().iter().map(changed).collect()),
    };
    page.push_str(&json::line(&answer));
    page.push('\n');
}
