//! Many texts on one thread and on two, by `extract_batch`, and one by one with working memory that is used again.

#[path = "text/rows.rs"]
mod rows;
mod text;

use criterion::{Criterion, Throughput};
use inquit::{Extractor, Scratch};
use rayon::{ThreadPool, ThreadPoolBuilder};
use rows::COVERAGES;
use std::hint::black_box;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let pools = [1, 2].map(|threads| (threads, pool(threads)));
    for corpus in [text::news(4 * text::MB)].into_iter().chain(text::own()) {
        let texts = &corpus.documents;
        let mut group = criterion.benchmark_group(format!("batch {}", corpus.name));
        group.throughput(Throughput::Bytes(corpus.bytes() as u64)).sample_size(10);
        for (name, coverage) in COVERAGES {
            let extractor = Extractor::english().with_coverage(coverage);
            let mut scratch = Scratch::new();
            let mut one_by_one = || corpus.count(|text| extractor.extract_with(&mut scratch, text).quotes().len());
            let expected = one_by_one();
            group.bench_function(format!("{name}, one by one"), |bencher| bencher.iter(&mut one_by_one));
            for (threads, pool) in &pools {
                let batch = || pool.install(|| count(&extractor, black_box(texts)));
                assert_eq!(batch(), expected, "{name}, {threads} threads");
                group.bench_function(format!("{name}, threads: {threads}"), |bencher| bencher.iter(batch));
            }
        }
        group.finish();
    }
    criterion.final_summary();
}

fn pool(threads: usize) -> ThreadPool {
    ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started")
}

/// How many quotations there are in all texts.
fn count(extractor: &Extractor, texts: &[String]) -> usize {
    extractor.extract_batch(texts).iter().map(|found| found.quotes().len()).sum()
}
