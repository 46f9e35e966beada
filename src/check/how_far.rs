//! How far a rule comes in an example that it does not fit.

use crate::attribute::{Coverage, UnitContext};
use crate::confidence::Calibration;
use crate::error::{Input, Problems};
use crate::extract::Extractor;
use crate::lang::Language;
use crate::lexicon::Lexicon;
use crate::marks::HYPHEN;
use crate::pipeline::{EachUnit, Pipeline, Scratch};
use crate::rules::matcher::Matcher;
use crate::rules::pattern::PatternPieces;
use crate::rules::program::{Program, Slot};
use crate::rules::rule_file::RuleFile;
use crate::span::Span;
use crate::speaker::LexicalRoles;
use crate::token::TagSet;
use crate::weights::Weights;
use std::fmt::Write;

/// Tells how far rules come. A rule is compiled anew for it, once with each number of pieces of its pattern, which takes
/// milliseconds: this is made only when an example fails.
pub(super) struct Tracer {
    book: RuleFile,
    lexicon: Lexicon,
    /// Names and patterns of all rules.
    rules: Vec<(String, String)>,
}

/// A token that can be the anchor: how many pieces fit on each side, and what they take with it.
#[derive(Clone, Debug)]
struct Attempt {
    left: usize,
    right: usize,
    /// The anchor and what the pieces on its left take, and on its right.
    left_span: Span,
    right_span: Span,
}

impl Tracer {
    pub(super) fn new(extractor: &Extractor) -> Tracer {
        let (mut book, lexicon) = extractor.read_again();
        let pattern = |text: &str| text.trim().trim_start_matches("match").trim_start().to_owned();
        let rules = book.rules.drain(..).map(|rule| (rule.name, pattern(&rule.text))).collect();
        Tracer { book, lexicon, rules }
    }

    /// The end of a message about a rule that does not fit a text; `None` if nothing more is known.
    pub(super) fn how_far(&mut self, rule: &str, text: &str) -> Option<String> {
        let pattern = self.rules.iter().find(|(name, _)| name == rule)?.1.clone();
        let pieces = PatternPieces::of(&pattern, &mut self.book, &mut self.lexicon)?;
        let best = self.best_attempt(&pieces, text)?;
        let Some(best) = best else {
            let hint = self.meant(pieces.anchor, text);
            return Some(format!(": nothing in it is `{}`{hint}", pieces.anchor));
        };
        let mut message = String::new();
        let left = pieces.left.len().checked_sub(best.left + 1).map(|missing| pieces.left[missing]);
        let right = pieces.right.get(best.right);
        if let Some(piece) = right {
            let taken = shorten(&text[best.right_span], true);
            let _ =
                write!(message, ": after “{taken}” it expects `{}`{}", shorten(piece, false), self.meant(piece, text));
        }
        if let Some(piece) = left {
            let taken = shorten(&text[best.left_span], false);
            let join = if message.is_empty() { ": " } else { ", and " };
            let _ = write!(
                message,
                "{join}before “{taken}” it expects `{}`{}",
                shorten(piece, false),
                self.meant(piece, text)
            );
        }
        if message.is_empty() {
            let _ = write!(
                message,
                ": its pattern fits “{}”, but no content is there",
                shorten(&text[Span::new(best.left_span.start, best.right_span.end)], false)
            );
        }
        Some(message)
    }

    /// The token around which most pieces fit, if one can be the anchor at all. The outer `None` is for a rule that cannot
    /// be looked into.
    fn best_attempt(&self, pieces: &PatternPieces<'_>, text: &str) -> Option<Option<Attempt>> {
        let PatternPieces { left, anchor, right } = pieces;
        let all = [&left[..], &[anchor], &right[..]].concat().join(" ");
        // A place that the pattern does not note itself tells where the pieces end.
        let (mark, slot) = [("REST", Slot::Rest), ("CLAUSE", Slot::Clause), ("FRONT", Slot::Front)]
            .into_iter()
            .find(|(name, _)| !all.contains(name))?;
        let mut rules = String::new();
        let patterns =
            (0..=left.len()).map(|count| format!("{mark} {} {anchor}", left[left.len() - count..].join(" ")));
        let patterns =
            patterns.chain((0..=right.len()).map(|count| format!("{anchor} {} {mark}", right[..count].join(" "))));
        for (number, pattern) in patterns.enumerate() {
            let _ = write!(rules, "role part-{number} sign 0\nmatch {pattern}\nok a\nno a\n");
        }
        let (mut book, mut lexicon, mut problems) = (self.book.clone(), self.lexicon.clone(), Problems::default());
        problems.begin(Input::Rules(0));
        book.read(&rules, &mut lexicon, &mut problems);
        let program = Program::compile(book, &mut lexicon).ok().filter(|_| problems.count() == 0)?;
        lexicon.settle(&Language::english());
        let (weights, calibration, terms) = (Weights::default(), Calibration::default(), LexicalRoles::new(&lexicon));
        let pipeline = Pipeline {
            lexicon: &lexicon,
            program: &program,
            weights: &weights,
            terms: &terms,
            calibration: &calibration,
            coverage: Coverage::Attribution,
            prose: true,
            open: true,
        };
        let mut best: Option<Attempt> = None;
        let mut observer = EachUnit(|unit: &UnitContext<'_>| {
            for attempt in attempts(unit, slot, left.len()) {
                let reach = |attempt: &Attempt| attempt.left + attempt.right;
                if best.as_ref().is_none_or(|best| reach(best) < reach(&attempt)) {
                    best = Some(attempt);
                }
            }
        });
        pipeline.run(&mut Scratch::new(), text, Extractor::MAX_TEXT_LEN, &mut observer);
        Some(best)
    }

    /// Of the words of a piece that the text does not have: the name that one of them may have been meant to be.
    fn meant(&self, piece: &str, text: &str) -> String {
        let text = text.to_lowercase();
        let has = |word: &str| {
            text.split(|letter: char| !letter.is_alphanumeric() && letter != HYPHEN).any(|known| known == word)
        };
        let without_regex = piece.split('/').step_by(2);
        let words = without_regex
            .flat_map(|part| part.split(|letter: char| !letter.is_alphanumeric() && letter != HYPHEN && letter != ':'));
        // A label stands before some.
        let words = words.filter_map(|word| word.rsplit(':').next());
        let mut words = words.filter(|word| !word.is_empty() && !has(word));
        let meant = words.find_map(|word| {
            let upper = word.to_uppercase();
            let mut names = self.lexicon.class_names().chain(self.book.names());
            // Small words are meant as they stand.
            let small = self.lexicon.entry(self.lexicon.find(word)).class.has(SMALL);
            (word != upper && !small && names.any(|name| name == upper)).then_some((word, upper))
        });
        meant.map(|(word, name)| format!(" (`{word}` is this word alone; there is a `{name}` too)")).unwrap_or_default()
    }
}

/// What fits around each token of a unit that can be the anchor. The first rules have from no piece on the left to `left`
/// of them, the others pieces on the right; `slot` notes where the pieces end.
fn attempts(unit: &UnitContext<'_>, slot: Slot, left: usize) -> Vec<Attempt> {
    let UnitContext { context, strings, .. } = unit;
    let tokens = context.tokens;
    let mut matcher = Matcher::default();
    matcher.begin_unit(context);
    let mut attempts = Vec::new();
    for (at, token) in tokens.list().iter().enumerate() {
        let own = if token.is(TagSet::Q | TagSet::QOPEN) { (0, 0) } else { context.lexicon.entry(token.word).anchors };
        let own = &context.program.by_word[own.0 as usize..own.1 as usize];
        let anchors: Vec<u16> = own.iter().chain(&context.program.role_anchors).copied().collect();
        let found = matcher.rules_at(context, &anchors, at);
        let (mut counts, mut range) = ((0, 0), at..at + 1);
        for (rule, captures) in found {
            let (rule, place) = (usize::from(*rule), captures.get(slot));
            match rule.checked_sub(left + 1) {
                None if rule >= counts.0 => (counts.0, range.start) = (rule, place.unwrap_or(at)),
                Some(count) if count >= counts.1 => (counts.1, range.end) = (count, place.unwrap_or(at + 1)),
                _ => {}
            }
        }
        if !found.is_empty() {
            attempts.push(Attempt {
                left: counts.0,
                right: counts.1,
                left_span: tokens.span(range.start, at + 1, strings),
                right_span: tokens.span(at, range.end, strings),
            });
        }
    }
    attempts
}

/// Classes of words that a pattern names one by one.
const SMALL: TagSet = TagSet::DET
    .union(TagSet::PREP)
    .union(TagSet::SUBORD)
    .union(TagSet::AND)
    .union(TagSet::TO)
    .union(TagSet::THAT)
    .union(TagSet::NOT)
    .union(TagSet::WH)
    .union(TagSet::WHO)
    .union(TagSet::PRONOUN)
    .union(TagSet::OBJECT)
    .union(TagSet::POSSESSIVE)
    .union(TagSet::BE)
    .union(TagSet::HAVE)
    .union(TagSet::MODAL);

/// A piece of text that is short enough for a message, on one line: its end or its beginning.
fn shorten(text: &str, end: bool) -> String {
    const MOST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = line.chars().count();
    if length <= MOST {
        line
    } else if end {
        format!("…{}", line.chars().skip(length - MOST).collect::<String>())
    } else {
        format!("{}…", line.chars().take(MOST).collect::<String>())
    }
}
