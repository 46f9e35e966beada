//! A big text needs no more than a few bytes for each of its own.

#[path = "../benches/text/mod.rs"]
mod text;

use allocation_counter::measure;
use inquit::{Coverage, Extractor};

const COVERAGES: [Coverage; 3] = [Coverage::Direct, Coverage::Speech, Coverage::Attribution];

#[test]
fn a_big_text_needs_six_bytes_a_byte_at_most() {
    const BYTES: usize = 1_000_000;
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
