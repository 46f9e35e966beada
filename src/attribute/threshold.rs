//! The least scores: which proposals are reported. The guide (`src/docs/rules.md`) has the same table.

use super::Coverage;
use crate::quote::QuoteKind;

/// Where speech is wanted: [`Coverage::Direct`] and [`Coverage::Speech`].
const SPEECH: f32 = 0.3;
/// With [`Coverage::Attribution`], content with marks in it. Who said what stands in marks is a claim that people check.
const MARKED: f32 = 0.35;
/// With [`Coverage::Attribution`], indirect content whose cue tells of words said or written.
const INDIRECT_WORDS: f32 = 0.25;
/// With [`Coverage::Attribution`], indirect content of other cues: attitudes, decrees, evidence.
const INDIRECT_OTHER: f32 = 0.3;

/// Candidates of a lower score are not reported.
pub(super) fn least_score(coverage: Coverage, kind: QuoteKind, tells_of_words: bool) -> f32 {
    match (coverage, kind) {
        (Coverage::Direct | Coverage::Speech, _) => SPEECH,
        (Coverage::Attribution, QuoteKind::Direct | QuoteKind::Mixed) => MARKED,
        (Coverage::Attribution, QuoteKind::Indirect) if tells_of_words => INDIRECT_WORDS,
        (Coverage::Attribution, QuoteKind::Indirect) => INDIRECT_OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::{Coverage, least_score};
    use crate::quote::QuoteKind;

    /// The rows of the table in the guide that end in a number: cells in their order.
    fn rows() -> Vec<Vec<&'static str>> {
        let guide = include_str!("../docs/rules.md");
        let table = guide.split_once("| least score |\n").expect("the guide has a table of least scores").1;
        let rows = table.lines().skip(1).take_while(|line| line.starts_with('|'));
        rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
    }

    /// The row of the guide for a proposal.
    fn row_of(coverage: Coverage, kind: QuoteKind, tells_of_words: bool) -> (&'static str, &'static str) {
        match (coverage, kind, tells_of_words) {
            (Coverage::Direct | Coverage::Speech, ..) => ("`Direct`, `Speech`", "any"),
            (_, QuoteKind::Direct | QuoteKind::Mixed, _) => ("`Attribution`", "direct or mixed"),
            (_, _, true) => ("`Attribution`", "indirect, and its cue tells of words"),
            (_, _, false) => ("`Attribution`", "indirect, and its cue tells of anything else"),
        }
    }

    #[test]
    fn the_guide_tells_the_least_scores() {
        let rows = rows();
        let mut used = vec![false; rows.len()];
        for coverage in [Coverage::Direct, Coverage::Speech, Coverage::Attribution] {
            for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
                for words in [true, false] {
                    let row = row_of(coverage, kind, words);
                    let at = rows.iter().position(|cells| (cells[0], cells[1]) == row).expect("the guide has this row");
                    let figure: f32 = rows[at][2].parse().expect("a least score is a number");
                    assert_eq!(least_score(coverage, kind, words), figure, "{coverage:?} {kind} {words}");
                    used[at] = true;
                }
            }
        }
        assert!(used.iter().all(|&used| used), "a row tells of nothing: {rows:?}");
    }
}
