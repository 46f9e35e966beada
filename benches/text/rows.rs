//! What is measured: the stages of the pipeline, the coverages, and what people use in their place. Each knows what it
//! has to count in a text, and is checked before it is timed.
#![allow(dead_code, reason = "each bench uses a part of this")]

use crate::text::{Corpus, naive_marks};
use inquit::{Coverage, Extractor, Scratch, Stage};
use regex::Regex;
use std::ops::RangeInclusive;
use unicode_segmentation::UnicodeSegmentation;

/// One thing that is measured.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    run: Box<dyn FnMut(&str) -> usize>,
    /// What it must count over a generated corpus.
    expected: fn(&Corpus) -> RangeInclusive<usize>,
}

impl Row {
    /// Reads every document and adds up what was found.
    pub(crate) fn run(&mut self, corpus: &Corpus) -> usize {
        corpus.count(&mut self.run)
    }

    /// Runs it once and checks what it counts. Of a text of your own nothing is known.
    pub(crate) fn check(&mut self, corpus: &Corpus) -> usize {
        let count = self.run(corpus);
        let expected = (self.expected)(corpus);
        let fits = !corpus.is_known() || expected.contains(&count);
        assert!(fits, "{} of {}: {count}, not in {expected:?}", self.name, corpus.name);
        count
    }
}

/// The name of the row all others are compared with.
pub(crate) const YARDSTICK: &str = "one regex";

pub(crate) const COVERAGES: [(&str, Coverage); 3] =
    [("direct", Coverage::Direct), ("speech", Coverage::Speech), ("attribution", Coverage::Attribution)];

/// Finding the marks: the crate's scan, its floor, and a loop over characters.
pub(crate) fn scans() -> Vec<Row> {
    vec![
        row("memchr3", mark_bytes, |text| memchr::memchr3_iter(b'"', b'\'', 0xE2, text.as_bytes()).count()),
        stage("scan", Stage::Scan, marks),
        row("char loop", marks, naive_marks),
    ]
}

/// The stages after the scan, one on top of the other, then whole extractions.
pub(crate) fn pipeline() -> Vec<Row> {
    let stages = [
        stage("pair", Stage::Pair, |corpus| corpus.truth.strings..=corpus.truth.strings),
        stage("lex", Stage::Lex, tokens),
        stage("rules", Stage::Rules, |corpus| quoted(corpus) * 9 / 10..=usize::MAX),
    ];
    stages.into_iter().chain(coverages()).collect()
}

/// Whole extractions.
pub(crate) fn coverages() -> Vec<Row> {
    let of = |(name, coverage)| {
        let expected = if coverage == Coverage::Direct { direct } else { all };
        let extractor = Extractor::english().with_coverage(coverage);
        let mut scratch = Scratch::new();
        row(name, expected, move |text| extractor.extract_with(&mut scratch, text).quotes().len())
    };
    COVERAGES.into_iter().map(of).collect()
}

/// What people use today for quotations in marks, and the price of cutting a text into words.
pub(crate) fn peers() -> Vec<Row> {
    vec![
        regex_row(YARDSTICK, &[TAGS]),
        regex_row("one regex, tag behind only", &[TAG_BEHIND]),
        regex_row("three regexes, without marks too", &[TAGS, INDIRECT_BEHIND, INDIRECT_BEFORE]),
        row("unicode_words", words, |text| text.unicode_words().count()),
    ]
}

/// “…,” said NAME and “…,” NAME said.
const TAG_BEHIND: &str = r"CONTENT,?\s+(?:CUE\s+NAME|NAME\s+CUE)";
/// The same, and NAME said, “…”
const TAGS: &str = r"CONTENT,?\s+(?:CUE\s+NAME|NAME\s+CUE)|NAME\s+CUE[,:]?\s+CONTENT";
/// NAME said that …
const INDIRECT_BEHIND: &str = r"NAME\s+CUE\s+(?:that\s+)?([a-z][^.“”]*)";
/// …, NAME said.
const INDIRECT_BEFORE: &str = r"([^.“”\n]+),\s+(?:NAME\s+CUE|CUE\s+NAME|according\s+to\s+NAME)";
const CONTENT: &str = r#"[“"]([^“”"]+)[”"]"#;
const CUE: &str = "(said|says|told|added|wrote|asked|replied|answered|explained|argued|noted|continued|cried|tweeted)";
const NAME: &str = r"([A-Z][\w.’'-]+(?:\s+[A-Z][\w.’'-]+){0,3}|[Hh]e|[Ss]he|[Tt]hey)";

/// Regexes of the kind that are written for this, run one after another. With the tag behind, one can search for marks
/// first, which is fast; with the tag before it must read every word.
fn regex_row(name: &'static str, patterns: &[&str]) -> Row {
    let regex = |pattern: &&str| {
        let pattern = pattern.replace("CONTENT", CONTENT).replace("CUE", CUE).replace("NAME", NAME);
        Regex::new(&pattern).expect("a regex")
    };
    let regexes: Vec<Regex> = patterns.iter().map(regex).collect();
    // They know no rule but these shapes: they find between a third and all of what has a tag.
    let expected: fn(&Corpus) -> RangeInclusive<usize> =
        |corpus| corpus.truth.direct / 3..=corpus.truth.strings + corpus.truth.indirect;
    row(name, expected, move |text| regexes.iter().map(|regex| regex.captures_iter(text).count()).sum())
}

fn row(
    name: &'static str,
    expected: fn(&Corpus) -> RangeInclusive<usize>,
    run: impl FnMut(&str) -> usize + 'static,
) -> Row {
    Row { name, run: Box::new(run), expected }
}

fn stage(name: &'static str, stage: Stage, expected: fn(&Corpus) -> RangeInclusive<usize>) -> Row {
    let extractor = Extractor::english();
    let mut scratch = Scratch::new();
    row(name, expected, move |text| extractor.read_until(&mut scratch, text, stage))
}

fn mark_bytes(corpus: &Corpus) -> RangeInclusive<usize> {
    let count = corpus.count(|text| text.bytes().filter(|byte| matches!(byte, b'"' | b'\'' | 0xE2)).count());
    count..=count
}

fn marks(corpus: &Corpus) -> RangeInclusive<usize> {
    let count = corpus.count(naive_marks);
    count..=count
}

fn words(corpus: &Corpus) -> RangeInclusive<usize> {
    let count = corpus.count(|text| text.split_whitespace().count());
    count * 9 / 10..=count * 12 / 10
}

/// Words outside the marks are tokens, and so are the marks and signs between them.
fn tokens(corpus: &Corpus) -> RangeInclusive<usize> {
    let outside = corpus.count(|text| {
        let pieces = text.split(['“', '”', '"']).step_by(2);
        pieces.map(|piece| piece.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()).sum()
    });
    outside..=outside * 3 / 2
}

fn quoted(corpus: &Corpus) -> usize {
    corpus.truth.direct + corpus.truth.indirect
}

fn direct(corpus: &Corpus) -> RangeInclusive<usize> {
    corpus.truth.direct * 9 / 10..=corpus.truth.strings
}

/// Rules may miss some and find some in sentences that were not meant to hold any.
fn all(corpus: &Corpus) -> RangeInclusive<usize> {
    quoted(corpus) * 7 / 10..=quoted(corpus) * 5 / 2 + corpus.truth.strings
}
