//! Working memory is used again, and a big text needs no more than a few bytes for each of its own.

#[path = "../benches/text/mod.rs"]
mod text;

use allocation_counter::measure;
use inquit::{Coverage, Extractor, Scratch};

const COVERAGES: [Coverage; 3] = [Coverage::Direct, Coverage::Speech, Coverage::Attribution];

/// Articles that differ in length, marks and words, a chapter, and an empty text.
fn documents() -> Vec<String> {
    let mut documents = text::news(60_000).documents;
    documents.extend(text::novel(30_000).documents);
    documents.extend(text::without_marks(5_000).documents);
    documents.push("LIM: Did we sail?\n\nROE: We did. [laughter]\n\nLim said:\n\nWe sail at six.\n\n".repeat(20));
    documents.push("—Did we sail? asked Lim.\n\n—We did, said Roe, and you know it.\n\n".repeat(20));
    let quoted = "> “Did\u{200B} we sail?” asked Lim.\n> â€œWe did,” said Roe.\n".repeat(20);
    // Two buffers for content take turns.
    documents.extend([quoted.clone(), quoted]);
    documents.push(String::new());
    documents
}

#[test]
fn nothing_is_allocated_once_warm() {
    let documents = documents();
    for coverage in COVERAGES {
        let extractor = Extractor::english().with_coverage(coverage);
        let mut scratch = Scratch::new();
        let mut read_all = || -> usize {
            documents.iter().map(|document| extractor.extract_with(&mut scratch, document).quotes().len()).sum()
        };
        let warm = read_all();
        let mut again = 0;
        let counts = measure(|| again = read_all());
        assert_eq!(again, warm);
        assert!(warm > documents.len(), "{coverage:?}: too few quotations to tell");
        assert_eq!(counts.count_total, 0, "{coverage:?}: allocations over {} documents", documents.len());
    }
}

#[test]
fn a_big_text_needs_few_bytes_a_byte() {
    const BYTES: usize = 1_000_000;
    // Six is the aim; this made text holds twice the names of real news.
    const MOST: usize = 6;
    let document = text::one_document(BYTES).documents.remove(0);
    for coverage in COVERAGES {
        let extractor = Extractor::english().with_coverage(coverage);
        // The built-in rules are compiled once for all.
        let expected = extractor.extract(&document).quotes().len();
        let mut found = 0;
        let counts = measure(|| found = extractor.extract(&document).quotes().len());
        assert_eq!(found, expected);
        assert!(found > 0);
        let most = (MOST * document.len()) as u64;
        let peak = counts.bytes_max;
        assert!(peak <= most, "{coverage:?}: {peak} bytes at most, {:.1} a byte", peak as f64 / document.len() as f64);
    }
}
