//! How fast everything is, as one table: megabytes a second on one core, and how many times as fast as one regex of
//! the kind people write. Everything is timed by turns in the same minutes, so a busy machine slows all alike.
//!
//! `INQUIT_BENCH_MB=10` takes ten megabytes of each, `INQUIT_BENCH_TEXT=file.txt` adds a text of your own.

#[path = "text/rows.rs"]
mod rows;
mod text;

use rows::{Row, YARDSTICK};
use std::hint::black_box;
use std::time::{Duration, Instant};
use text::Corpus;

const ROUNDS: usize = 11;
/// Each row runs at least this long in each round.
const SHORTEST: Duration = Duration::from_millis(15);

fn main() {
    let sizes = text::sizes(4);
    let made = sizes.iter().flat_map(|size| [text::news(size * text::MB), text::novel(size * text::MB)]);
    let corpora: Vec<Corpus> = made.chain(text::own()).collect();
    let mut rows: Vec<Row> = rows::scans().into_iter().chain(rows::pipeline()).chain(rows::peers()).collect();
    let counts: Vec<Vec<usize>> =
        corpora.iter().map(|corpus| rows.iter_mut().map(|row| row.check(corpus)).collect()).collect();
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let results: Vec<Vec<Rates>> = corpora.iter().map(|corpus| time(&mut rows, corpus)).collect();
    print!("\n| |");
    corpora.iter().for_each(|corpus| print!(" {}, MB/s | × {YARDSTICK} | found a kB |", corpus.name));
    println!("\n|---|{}", "--:|--:|--:|".repeat(corpora.len()));
    for (index, row) in rows.iter().enumerate() {
        print!("| {} |", row.name);
        for (corpus, (rates, counts)) in corpora.iter().zip(results.iter().zip(&counts)) {
            let density = 1000.0 * counts[index] as f64 / corpus.bytes() as f64;
            print!(" {:.0} | {:.2} | {density:.2} |", rates[index].megabytes, rates[index].ratio);
        }
        println!();
    }
}

/// Megabytes a second, and how many times the yardstick's that is.
struct Rates {
    megabytes: f64,
    ratio: f64,
}

fn time(rows: &mut [Row], corpus: &Corpus) -> Vec<Rates> {
    let yardstick = rows.iter().position(|row| row.name == YARDSTICK).expect("the yardstick is a row");
    let rounds: Vec<Vec<f64>> =
        (0..ROUNDS).map(|_| rows.iter_mut().map(|row| megabytes_a_second(row, corpus)).collect()).collect();
    let of_row = |row: usize| Rates {
        megabytes: median(rounds.iter().map(|round| round[row])),
        ratio: median(rounds.iter().map(|round| round[row] / round[yardstick])),
    };
    (0..rows.len()).map(of_row).collect()
}

fn megabytes_a_second(row: &mut Row, corpus: &Corpus) -> f64 {
    let start = Instant::now();
    let mut passes = 0;
    while start.elapsed() < SHORTEST {
        black_box(row.run(black_box(corpus)));
        passes += 1;
    }
    (corpus.bytes() * passes) as f64 / start.elapsed().as_secs_f64() / 1e6
}

fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}
