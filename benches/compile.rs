//! What rules of one's own cost: to compile, and in every text that is read.

mod text;

use criterion::{Criterion, Throughput};
use inquit::{Coverage, Extractor, Scratch};
use std::fmt::Write;
use std::hint::black_box;

const RULES: usize = 100;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let rules = rules();
    let built_in = || Extractor::builder().build().expect("the built-in rules compile");
    let with_rules = || Extractor::builder().rules(rules.as_str()).build().expect("these rules are right");
    assert_eq!(with_rules().check(), []);

    let mut group = criterion.benchmark_group("compile");
    group.bench_function("built in", |bencher| bencher.iter(built_in));
    group.bench_function("100 rules more", |bencher| bencher.iter(with_rules));
    group.finish();

    for corpus in [text::news(text::MB)].into_iter().chain(text::own()) {
        let mut group = criterion.benchmark_group(format!("user rules, {}", corpus.name));
        group.throughput(Throughput::Bytes(corpus.bytes() as u64)).sample_size(20);
        for (name, extractor) in [("none", built_in()), ("100", with_rules())] {
            let extractor = extractor.with_coverage(Coverage::Attribution);
            let mut scratch = Scratch::new();
            let mut read = || corpus.count(|text| extractor.extract_with(&mut scratch, text).quotes().len());
            assert!(read() > corpus.truth.direct, "{name}");
            group.bench_function(name, |bencher| bencher.iter(|| black_box(read())));
        }
        group.finish();
    }
    criterion.final_summary();
}

/// Rules as people write them: most start from words of a trade, a few from words that every text has.
fn rules() -> String {
    const SHAPES: [(&str, &str, &str); 5] = [
        ("Q ,? cue:^% source:THING", "“We stay,” % [the old pilot].", "“We stay,” the old pilot %."),
        ("source:SUBJECT cue:(^%) >THAT CLAUSE", "[The pilot] % {that the tide had turned}.", "The pilot % twice."),
        ("source:NAME+ CLITIC cue:^% : Q", "[Ana Lim]’s %: {“Rain.”}", "The %: “Rain.”"),
        ("source:NAME+ , cue:(in DET ^%) : Q", "[Lim], in a %: {“Rain.”}", "Lim, in a %, “rain.”"),
        ("START source:NAME+ , cue:(^% NP) : Q", "[Ana Lim], % the council: {“Rain.”}", "Ana Lim %: “Rain.”"),
    ];
    let made = ["radio", "signal", "log", "wire", "chalk", "flag", "pipe", "drum", "hail", "beam"];
    let ends = ["ed", "ed-in", "ed-out", "ed-off", "ed-up", "ed-on", "ed-over", "ed-back", "ed-round"];
    let mut words: Vec<String> = made.iter().flat_map(|stem| ends.map(|end| format!("{stem}{end}"))).collect();
    words.extend(
        ["week", "year", "new", "council", "after", "city", "people", "time", "first", "house"].map(str::to_owned),
    );
    assert_eq!(words.len(), RULES);
    let mut rules = String::new();
    for (number, word) in words.iter().enumerate() {
        let (pattern, ok, no) = SHAPES[number % SHAPES.len()];
        let [pattern, ok, no] = [pattern, ok, no].map(|line| line.replace('%', word));
        writeln!(rules, "rule own-{number} 0.8\nmatch {pattern}\nok {ok}\nno {no}\n").expect("a string takes it");
    }
    rules
}
