//! Time is linear in the text and the quotation: eight times as much takes no more than in proportion. Processor time
//! of this thread, one length against the other in the same run.

use cpu_time::ThreadTime;
use inquit::{locate_all, locate_near};
use std::time::Duration;

/// A quotation and a text of about so many bytes.
type Maker = fn(usize) -> (String, String);

const HOSTILE: [(&str, Maker); 13] = [
    ("one word", |bytes| ("a ".repeat(bytes / 4), "a ".repeat(bytes / 2))),
    ("one word, a comma at the end", |bytes| ("a ".repeat(bytes / 4) + "a, a", "a ".repeat(bytes / 2) + "b a, a")),
    ("one word, another one missing", |bytes| ("a ".repeat(bytes / 4) + "b b", "a ".repeat(bytes / 2) + "b, b")),
    ("one letter", |bytes| ("a".repeat(bytes / 2), "a".repeat(bytes))),
    ("cut words", |bytes| ("a a-".repeat(bytes / 16) + "a", "a-".repeat(bytes / 2))),
    ("ellipses", |bytes| ("a … ".repeat(12) + "b, b", "a ".repeat(bytes / 2) + "b b")),
    ("many ellipses", |bytes| ("a … ".repeat(bytes / 8) + "b", "a ".repeat(bytes / 2) + "c b")),
    ("dots", |bytes| (". ".repeat(bytes / 8) + "a b", "a . ".repeat(bytes / 4) + "b")),
    ("brackets", |bytes| ("a [the] b".repeat(bytes / 32) + "c", "a b ".repeat(bytes / 4) + "c")),
    ("open brackets", |bytes| ("a [".repeat(bytes / 8), "a [b ".repeat(bytes / 5))),
    ("marks", |bytes| ("“a” ".repeat(bytes / 12), "“b” 'a ".repeat(bytes / 9))),
    ("tags", |bytes| ("a, a ".repeat(bytes / 20) + "b", "“a,” said Ana Lim, “a a,” ".repeat(bytes / 30) + "b")),
    ("spaces", |bytes| ("a b b".to_owned(), ["a", &" ".repeat(bytes), "b, b"].concat())),
];

#[test]
fn time_grows_in_proportion() {
    let slow: Vec<String> = HOSTILE.iter().filter_map(|(name, make)| too_slow(name, *make)).collect();
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

fn too_slow(name: &str, make: Maker) -> Option<String> {
    const TIMES: usize = 8;
    const SLOWER: f64 = 3.0;
    const RUNS: usize = 4;
    const LONGEST: usize = 1 << 19;
    let time = |(quotation, text): &(String, String)| {
        let start = ThreadTime::now();
        std::hint::black_box((locate_all(quotation, text), locate_near(quotation, text)));
        start.elapsed()
    };
    let mut bytes = 1 << 12;
    while bytes < LONGEST && time(&make(bytes)) < Duration::from_millis(2) {
        bytes *= 2;
    }
    let (short, long) = (make(bytes), make(bytes * TIMES));
    let ratios = (0..RUNS).map(|_| time(&long).as_secs_f64() / time(&short).as_secs_f64());
    let least = ratios.fold(f64::MAX, f64::min);
    (least > SLOWER * TIMES as f64)
        .then(|| format!("{name}: {TIMES} times {bytes} bytes take {least:.0} times as long"))
}
