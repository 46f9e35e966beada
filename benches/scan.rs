//! Finding the quotation marks: against `memchr3` over the same bytes, the least a scan can cost, and against a loop
//! over characters.

#[path = "text/rows.rs"]
mod rows;
mod text;

use criterion::{Criterion, Throughput};
use std::hint::black_box;

/// In megabytes. A shorter text, read over and over, the processor comes to know by heart: then every branch goes right,
/// and `memchr3` is three times as fast as on a text that is read once.
const SIZE: usize = 16;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for size in text::sizes(SIZE) {
        let bytes = size * text::MB;
        let made = [text::news(bytes), text::novel(bytes), text::without_marks(bytes), text::all_marks(bytes)];
        for corpus in made.into_iter().chain(text::own()) {
            let mut group = criterion.benchmark_group(format!("scan {}", corpus.name));
            group.throughput(Throughput::Bytes(corpus.bytes() as u64)).sample_size(20);
            for mut row in rows::scans() {
                row.check(&corpus);
                group.bench_function(row.name, |bencher| bencher.iter(|| row.run(black_box(&corpus))));
            }
            group.finish();
        }
    }
    criterion.final_summary();
}
