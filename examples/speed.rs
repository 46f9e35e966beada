//! temp
use inquit::{Coverage, Extractor, Scratch};
use std::time::Instant;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let rounds: usize = std::env::args().nth(2).and_then(|r| r.parse().ok()).unwrap_or(5);
    let only = std::env::args().nth(3);
    let texts: Vec<String> = std::fs::read_to_string(path).unwrap().lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["text"].as_str().unwrap().to_owned()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    for (name, coverage) in [("direct", Coverage::Direct), ("speech", Coverage::Speech), ("attribution", Coverage::Attribution)] {
        if only.as_deref().is_some_and(|o| o != name) { continue; }
        let e = Extractor::english().with_coverage(coverage);
        let mut s = Scratch::new();
        let mut best = f64::MAX;
        let mut n = 0;
        for _ in 0..rounds {
            let t = Instant::now();
            n = texts.iter().map(|t| e.extract_with(&mut s, t).quotes().len()).sum::<usize>();
            best = best.min(t.elapsed().as_secs_f64());
        }
        println!("{name:12} {:8.1} MB/s {n} quotes", bytes as f64 / best / 1e6);
    }
}
