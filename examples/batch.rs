//! Many texts: one after the other with working memory that is used again, then on every core.
//!
//! `cargo run --release --example batch` reads the bundled article 2,000 times; `… batch 10 FILES` reads files, each
//! 10 times.

mod shown;

use inquit::{Extractor, Scratch};
use std::num::NonZero;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let times = arguments.next().map_or(Ok(2_000), |times| times.parse());
    let files: Result<Vec<String>, _> = arguments.map(std::fs::read_to_string).collect();
    let (Ok(times), Ok(mut files)) = (times, files) else {
        eprintln!("usage: batch [TIMES [FILES]]");
        return ExitCode::FAILURE;
    };
    if files.is_empty() {
        files.push(include_str!("data/article.txt").to_owned());
    }
    let texts: Vec<&str> = (0..times).flat_map(|_: usize| files.iter().map(String::as_str)).collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let lines = [report("one thread", &texts, one_by_one), report(&format!("{threads} threads"), &texts, side_by_side)];
    match shown::show(&lines.concat()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write: {error}");
            ExitCode::FAILURE
        }
    }
}

/// How many quotations there are in all texts.
fn one_by_one(texts: &[&str]) -> usize {
    let extractor = Extractor::english();
    let mut scratch = Scratch::new();
    texts.iter().map(|text| extractor.extract_with(&mut scratch, text).quotes().len()).sum()
}

/// The same on all cores; every answer is kept until the last text is read.
fn side_by_side(texts: &[&str]) -> usize {
    Extractor::english().extract_batch(texts).iter().map(|found| found.quotes().len()).sum()
}

fn report(name: &str, texts: &[&str], read: impl Fn(&[&str]) -> usize) -> String {
    let bytes: usize = texts.iter().map(|text| text.len()).sum();
    let start = Instant::now();
    let quotes = read(texts);
    let seconds = start.elapsed().as_secs_f64();
    let speed = bytes as f64 / 1e6 / seconds.max(1e-9);
    format!("{name:10}  {} texts, {quotes} quotations, {speed:.1} MB/s\n", texts.len())
}
