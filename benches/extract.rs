//! Every stage, whole extractions by coverage, and what people use in their place, in one run; latency, and texts made
//! to hurt. `INQUIT_BENCH_TEXT=file.txt` runs them on a text of your own too.

#[path = "text/rows.rs"]
mod rows;
mod text;

use criterion::{Criterion, Throughput};
use inquit::{Coverage, Extractor, Scratch};
use rows::COVERAGES;
use std::hint::black_box;
use text::{Corpus, MB, hostile};

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for corpus in [text::news(MB), text::novel(MB)].into_iter().chain(text::own()) {
        throughput(&mut criterion, &corpus);
    }
    one_document(&mut criterion);
    latency(&mut criterion);
    hostile_texts(&mut criterion);
    criterion.final_summary();
}

fn throughput(criterion: &mut Criterion, corpus: &Corpus) {
    let mut group = criterion.benchmark_group(&corpus.name);
    group.throughput(Throughput::Bytes(corpus.bytes() as u64)).sample_size(20);
    for mut row in rows::scans().into_iter().chain(rows::pipeline()).chain(rows::peers()) {
        row.check(corpus);
        group.bench_function(row.name, |bencher| bencher.iter(|| row.run(black_box(corpus))));
    }
    group.finish();
}

/// One text of each size: the bytes a second stay the same.
fn one_document(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one document");
    group.sample_size(10);
    for size in text::sizes(1) {
        let corpus = text::one_document(size * MB);
        group.throughput(Throughput::Bytes(corpus.bytes() as u64));
        for mut row in rows::coverages() {
            row.check(&corpus);
            let name = format!("{} {}", row.name, corpus.name);
            group.bench_function(name, |bencher| bencher.iter(|| row.run(black_box(&corpus))));
        }
    }
    group.finish();
}

const TWEET: &str =
    "“The bridge reopens on Friday, and we mean it this time,” Mayor Ada Roe told us at the quay. More soon.";
const PARAGRAPH: &str = "Ada Roe, who has run the harbour since March, said on Monday that the ferries would sail again \
    within a week. “We have waited for the parts since May,” she said. “They came on Friday.” The union’s chairman, \
    Teo Lind, called the delay “a disgrace” and asked the council to publish the contract.";

/// How long one short text takes, all told.
fn latency(criterion: &mut Criterion) {
    let article = text::news(4_600);
    let inside = article.truth.direct..=article.truth.strings + 3 * article.truth.indirect;
    let texts = [("tweet", TWEET, 1..=1), ("paragraph", PARAGRAPH, 1..=5), ("article", &article.documents[0], inside)];
    let mut group = criterion.benchmark_group("latency");
    for (name, text, expected) in texts {
        group.throughput(Throughput::Bytes(text.len() as u64));
        for (coverage_name, coverage) in COVERAGES {
            let extractor = Extractor::english().with_coverage(coverage);
            let mut scratch = Scratch::new();
            let mut count = move |text| extractor.extract_with(&mut scratch, text).quotes().len();
            let found = count(text);
            assert!(expected.contains(&found), "{name}, {coverage_name}: {found}, not in {expected:?}");
            group.bench_function(format!("{coverage_name} {name}"), |bencher| bencher.iter(|| count(black_box(text))));
        }
    }
    group.finish();
}

/// Texts made to hurt take no longer, byte by byte, than a few times what news takes.
fn hostile_texts(criterion: &mut Criterion) {
    const BYTES: usize = 50_000;
    let extractor = Extractor::english().with_coverage(Coverage::Attribution);
    let mut scratch = Scratch::new();
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    for (name, make) in hostile::ALL {
        let text = make(BYTES);
        let mut count = |text| {
            let found = extractor.extract_with(&mut scratch, text);
            (found.quotes().len(), found.quoted_strings().len())
        };
        let found = count(&text);
        // Of marks that were read wrongly two letters are always there.
        let marks = text.matches(|letter| "\"'“”‘’«„‚`「".contains(letter)).count() + text.matches("â€").count();
        assert!(found.1 <= marks, "{name}: {} strings of {marks} marks", found.1);
        assert_eq!(count(&text), found, "{name}: the same text, another answer");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| count(black_box(&text))));
    }
    group.finish();
}
