//! The pieces of a pattern, as text: to find out which of them does not fit.

use super::Parser;
use crate::error::{Line, Problems};
use crate::lexicon::Lexicon;
use crate::rules::rule_file::RuleFile;
use std::ops::Range;

/// The pattern of a rule, cut at its anchor: the pieces left of it, those right of it, and the anchor itself.
#[derive(Debug)]
pub(crate) struct PatternPieces<'t> {
    pub(crate) left: Vec<&'t str>,
    pub(crate) anchor: &'t str,
    pub(crate) right: Vec<&'t str>,
}

impl<'t> PatternPieces<'t> {
    /// Cuts a pattern that can be read.
    pub(crate) fn of(text: &'t str, book: &mut RuleFile, lexicon: &mut Lexicon) -> Option<PatternPieces<'t>> {
        let line = Line { number: 1, text };
        let mut problems = Problems::default();
        let mut parser = Parser::new(&line, text, book, lexicon, &mut problems, true);
        parser.whole().ok()?;
        let at = text.len() - parser.anchors.first()?.len();
        let mut items = parser.items;
        let anchor = items.iter().filter(|item| item.start == at).min_by_key(|item| item.end)?.clone();
        // What holds the anchor is taken apart; of the rest the largest pieces are kept.
        items.retain(|item| item.end <= anchor.start || item.start >= anchor.end);
        let whole: Vec<&Range<usize>> = items
            .iter()
            .filter(|item| {
                !items.iter().any(|other| other != *item && other.start <= item.start && item.end <= other.end)
            })
            .collect();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for item in whole {
            if item.end <= anchor.start { left.push(item) } else { right.push(item) }
        }
        let text_of = |mut pieces: Vec<&Range<usize>>| {
            pieces.sort_by_key(|piece| piece.start);
            pieces.dedup();
            pieces.into_iter().map(|piece| &text[piece.clone()]).collect()
        };
        Some(PatternPieces { left: text_of(left), anchor: &text[anchor], right: text_of(right) })
    }
}

#[cfg(test)]
mod tests {
    use super::PatternPieces;
    use crate::lexicon::Lexicon;
    use crate::rules::rule_file::RuleFile;

    #[test]
    fn a_pattern_is_cut_at_its_anchor() {
        let cut = |pattern: &str| {
            let pieces =
                PatternPieces::of(pattern, &mut RuleFile::default(), &mut Lexicon::default()).expect("it can be read");
            format!("{} ^ {} ^ {}", pieces.left.join(" ; "), pieces.anchor, pieces.right.join(" ; "))
        };
        for (pattern, pieces) in [
            ("^said", " ^ ^said ^ "),
            ("Q , cue:^said source:(DET? NOUN+) END", "Q ; , ^ ^said ^ source:(DET? NOUN+) ; END"),
            (
                "START cue:(NOT? ^(said | told) that) >THAT CLAUSE",
                "START ; NOT? ^ ^(said | told) ^ that ; >THAT ; CLAUSE",
            ),
            ("(a (b ^(c) d) e)", "a ; b ^ ^(c) ^ d ; e"),
            ("NAME,^/a b/", "NAME ; , ^ ^/a b/ ^ "),
        ] {
            assert_eq!(cut(pattern), pieces, "{pattern}");
        }
    }
}
