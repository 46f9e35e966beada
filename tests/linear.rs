//! The time is linear in the length of the text, for any text: no shape of text costs more than in proportion when it
//! is eight times as long.
//!
//! What the stages make is counted, which is exact. The work between is measured in processor time of this thread,
//! the best of several runs, one length against the other in the same run: no test here knows how fast the machine is.

#[path = "../benches/text/hostile.rs"]
mod hostile;

use cpu_time::ThreadTime;
use hostile::Maker;
use inquit::{Coverage, Extractor, Scratch, Stage};
use std::time::Duration;

const TIMES: usize = 8;

#[test]
fn stages_make_no_more_than_in_proportion() {
    const BYTES: usize = 2_000;
    let extractor = Extractor::english().with_coverage(Coverage::Attribution);
    let mut scratch = Scratch::new();
    for (name, make) in hostile::ALL {
        for stage in [Stage::Scan, Stage::Pair, Stage::Lex, Stage::Rules] {
            let mut made = |bytes| extractor.read_until(&mut scratch, &make(bytes), stage);
            let (short, long) = (made(BYTES), made(BYTES * TIMES));
            // What stands at the edges of a text or of a unit may be read otherwise.
            let most = (short + 16) * (TIMES + 1);
            assert!(long <= most, "{name}, {stage:?}: {short} of {BYTES} bytes, {long} of {TIMES} times as many");
        }
    }
}

#[test]
fn answers_are_no_longer_than_in_proportion() {
    const BYTES: usize = 2_000;
    let extractor = Extractor::english().with_coverage(Coverage::Attribution);
    let mut scratch = Scratch::new();
    let mut size = |text: &str| {
        let found = extractor.extract_with(&mut scratch, text);
        found.quotes().map(|quote| quote.spans().len()).sum::<usize>() + found.quoted_strings().len()
    };
    for (name, make) in hostile::ALL {
        let (short, long) = (size(&make(BYTES)), size(&make(BYTES * TIMES)));
        let most = (short + 16) * (TIMES + 1);
        assert!(long <= most, "{name}: {short} spans in {BYTES} bytes, {long} in {TIMES} times as many");
    }
}

#[test]
fn time_grows_in_proportion_where_marks_are_read() {
    for_every_text(Coverage::Direct);
}

#[test]
fn time_grows_in_proportion_where_everything_is_read() {
    for_every_text(Coverage::Attribution);
}

fn for_every_text(coverage: Coverage) {
    let extractor = Extractor::english().with_coverage(coverage);
    let mut scratch = Scratch::new();
    let mut read = |text: &str| {
        let start = ThreadTime::now();
        std::hint::black_box(extractor.extract_with(&mut scratch, text).quotes().len());
        start.elapsed()
    };
    let slow: Vec<String> = hostile::ALL.iter().filter_map(|(name, make)| too_slow(name, *make, &mut read)).collect();
    assert!(slow.is_empty(), "{coverage:?}:\n{}", slow.join("\n"));
}

/// Rules that start from one word, from different words, and by definitions; different names in any case.
fn many_rules(kind: usize, count: usize) -> String {
    let word = |number: usize| -> String {
        (0..4).map(|place| char::from(b'a' + (number / 26usize.pow(place) % 26) as u8)).chain("zz".chars()).collect()
    };
    let defs =
        (0..if kind == 2 { count / 4 } else { 0 }).map(|number| format!("def D{number} = {}? rain\n", word(number)));
    let rules = (0..count).map(|number| {
        let pattern = match kind {
            0 => format!("Q cue:^said {}", word(number)),
            1 => format!("Q cue:^{}", word(number)),
            _ => format!("Q cue:^said D{}", number % (count / 4)),
        };
        format!("rule r{number} 0.9\nmatch {pattern}\nok “Go,” said Ana.\nno Go.\n")
    });
    defs.chain(rules).collect()
}

#[test]
fn time_to_compile_rules_grows_in_proportion() {
    const FEW: usize = 1_500;
    const SLOWER: f64 = 2.0;
    let time = |rules: &str| {
        let start = ThreadTime::now();
        std::hint::black_box(Extractor::builder().rules(rules).build().expect("these are rules"));
        start.elapsed().as_secs_f64()
    };
    for kind in 0..3 {
        let (few, many) = (many_rules(kind, FEW), many_rules(kind, FEW * TIMES));
        // The built-in rules are left out of both.
        let ratio = || {
            let built_in = time("");
            (time(&many) - built_in) / (time(&few) - built_in).max(1e-9)
        };
        let least = (0..4).map(|_| ratio()).fold(f64::MAX, f64::min);
        assert!(least <= SLOWER * TIMES as f64, "{kind}: {TIMES} times {FEW} rules take {least:.0} times as long");
    }
}

/// The measure itself is tried on work that does grow with the square.
#[test]
fn a_square_is_found_out() {
    let mut read = |text: &str| {
        let start = ThreadTime::now();
        let times = text.len() / 64;
        std::hint::black_box((0..times).map(|from| text[from..].bytes().map(usize::from).sum::<usize>()).max());
        start.elapsed()
    };
    assert!(too_slow("square", |bytes| "a".repeat(bytes), &mut read).is_some());
}

/// Complains if eight times the text takes more than three times as long, byte by byte: caches have a say too. Where
/// the time grows with the square it takes eight times as long.
fn too_slow(name: &str, make: Maker, read: &mut impl FnMut(&str) -> Duration) -> Option<String> {
    const SLOWER: f64 = 3.0;
    const RUNS: usize = 3;
    let bytes = measurable(make, read);
    let (short, long) = (make(bytes), make(bytes * TIMES));
    let mut least = f64::MAX;
    for _ in 0..RUNS {
        let ratio = read(&long).as_secs_f64() / read(&short).as_secs_f64();
        least = least.min(ratio);
        if least <= SLOWER * TIMES as f64 {
            return None;
        }
    }
    Some(format!("{name}: {TIMES} times {bytes} bytes take {least:.0} times as long"))
}

/// How long a text must be for its time to be measured well.
fn measurable(make: Maker, read: &mut impl FnMut(&str) -> Duration) -> usize {
    const LONGEST: usize = 1 << 20;
    let least = Duration::from_micros(if cfg!(debug_assertions) { 1_500 } else { 10_000 });
    let mut bytes = 1 << 10;
    while bytes < LONGEST && read(&make(bytes)) < least {
        bytes *= 2;
    }
    bytes
}
