//! Runs every stage once over small fixed texts, for counting instructions: `.ci/instructions` does so. Prints a line
//! for each call of `counted`, in order.
//!
//! The first row of each text is a yardstick and no stage: words by the rules of Unicode, which is code of the same sort
//! (tables and branches, no vector instructions) that never changes, so that what a compiler or a processor makes of it
//! is what it makes of the stages too. `memchr` would be none: it takes other instructions on another processor.

mod text;

use inquit::{Coverage, Extractor, Scratch, Stage};
use std::hint::black_box;
use text::Corpus;
use unicode_segmentation::UnicodeSegmentation;

const BYTES: usize = 200_000;

fn main() {
    let hostile = Corpus { name: "marks".to_owned(), ..text::all_marks(BYTES / 10) };
    let stages = [("scan", Stage::Scan), ("pair", Stage::Pair), ("lex", Stage::Lex), ("rules", Stage::Rules)];
    let coverages =
        [("direct", Coverage::Direct), ("speech", Coverage::Speech), ("attribution", Coverage::Attribution)];
    for corpus in [text::news(BYTES), text::novel(BYTES), hostile] {
        run(&corpus, "yardstick", &mut |text| text.unicode_words().count());
        for (name, stage) in stages {
            let (extractor, mut scratch) = (Extractor::english(), Scratch::new());
            run(&corpus, name, &mut |text| extractor.read_until(&mut scratch, text, stage));
        }
        for (name, coverage) in coverages {
            let (extractor, mut scratch) = (Extractor::english().with_coverage(coverage), Scratch::new());
            run(&corpus, name, &mut |text| extractor.extract_with(&mut scratch, text).quotes().len());
        }
    }
}

/// Warms up, then runs what is counted.
fn run(corpus: &Corpus, name: &str, read: &mut dyn FnMut(&str) -> usize) {
    let expected = corpus.count(&mut *read);
    assert_eq!(counted(corpus, read), expected);
    println!("{} {name} {}", corpus.name, corpus.bytes());
}

/// What the counting is switched on for, by name.
#[inline(never)]
fn counted(corpus: &Corpus, read: &mut dyn FnMut(&str) -> usize) -> usize {
    black_box(corpus.count(read))
}
