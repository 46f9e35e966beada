//! What is missed and what is wrong, for people who write rules.
//!
//! Every marked attribution that is not linked at .8, and every quotation found where none is marked, is one of these:
//!
//! * wrong source: the content is right, the source is not;
//! * wrong content: the source is right, the content is not;
//! * both wrong: they share words;
//! * swallowed: its words are in what answers another marked one;
//! * missed: nothing that was found shares a word with it;
//! * surplus: it shares words with a marked one that another answers;
//! * spurious: nothing that is marked shares a word with it.
//!
//! Of marked ones it is told whether a rule proposed the right one, and why that was lost.

use crate::learn::Gold;
use crate::page::{Item, Page};
use crate::pairs::pairs;
use inquit::{ExplainedCandidate, Explanation, Extractor, Outcome, QuoteKind, Span};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Which errors are wanted.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Found by this rule, or proposed by it and lost.
    pub rule: Option<String>,
    /// Marked, or if nothing is marked found, as this kind.
    pub kind: Option<QuoteKind>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Category {
    WrongSource,
    WrongContent,
    BothWrong,
    Swallowed,
    Missed,
    Surplus,
    Spurious,
}

impl Category {
    fn name(self) -> &'static str {
        match self {
            Category::WrongSource => "wrong source",
            Category::WrongContent => "wrong content",
            Category::BothWrong => "both wrong",
            Category::Swallowed => "swallowed",
            Category::Missed => "missed",
            Category::Surplus => "surplus",
            Category::Spurious => "spurious",
        }
    }
}

/// One error.
#[derive(Debug)]
struct Case {
    kind: QuoteKind,
    confidence: f32,
    text: String,
}

/// All errors.
#[derive(Debug, Default)]
pub(crate) struct Errors {
    wanted: Wanted,
    cases: BTreeMap<Category, Vec<Case>>,
    /// Why the right one was lost.
    losses: BTreeMap<&'static str, usize>,
}

impl Errors {
    pub(crate) fn new(wanted: Wanted) -> Errors {
        Errors { wanted, ..Errors::default() }
    }

    pub(crate) fn add(&mut self, page: &Page<'_>, found: &[Item], extractor: &Extractor) {
        let explanation = extractor.explain(&page.document.text);
        let proposals = extractor.proposals(&page.document.text);
        let mut answered = vec![None; page.marked.len()];
        let mut used = vec![false; found.len()];
        for pair in pairs(page, &page.marked, found) {
            answered[pair.marked] = Some(pair);
            used[pair.found] = true;
        }
        for (item, pair) in page.marked.iter().zip(&answered) {
            let category = match pair {
                Some(pair) if pair.is_linked(0.8) => continue,
                Some(pair) if pair.same_source => Category::WrongContent,
                Some(pair) if pair.overlap >= 0.8 => Category::WrongSource,
                Some(_) => Category::BothWrong,
                None if sharing(found, item).is_some() => Category::Swallowed,
                None => Category::Missed,
            };
            let answer = pair.map(|pair| &found[pair.found]).or_else(|| sharing(found, item));
            let loss = Loss::of(page, item, &explanation, &proposals);
            let rules = [answer.map(|answer| answer.rule.as_str()), loss.candidate.map(|right| right.rule.as_str())];
            if self.wants(&rules, item.kind) {
                *self.losses.entry(loss.reason).or_default() += 1;
                let confidence = answer.map(|answer| answer.confidence);
                let confidence = confidence.or(loss.candidate.map(|right| right.score)).unwrap_or(0.0);
                let text = format!("{}    {}\n", show(page, Some(item), answer), loss.text());
                self.cases.entry(category).or_default().push(Case { kind: item.kind, confidence, text });
            }
        }
        for (item, _) in found.iter().zip(used).filter(|(_, used)| !used) {
            if self.wants(&[Some(&item.rule)], item.kind) {
                let marked = sharing(&page.marked, item);
                let category = if marked.is_some() { Category::Surplus } else { Category::Spurious };
                let case = Case { kind: item.kind, confidence: item.confidence, text: show(page, marked, Some(item)) };
                self.cases.entry(category).or_default().push(case);
            }
        }
    }

    fn wants(&self, rules: &[Option<&str>], kind: QuoteKind) -> bool {
        let rule = self.wanted.rule.as_deref();
        (rule.is_none() || rules.contains(&rule)) && self.wanted.kind.is_none_or(|wanted| wanted == kind)
    }

    /// Prints the counts, and of each category the `most` errors that the extractor was surest of.
    pub(crate) fn print(&mut self, out: &mut dyn Write, most: usize) -> io::Result<()> {
        writeln!(out, "{:20}{:>10}{:>10}{:>10}{:>10}", "", "all", "direct", "mixed", "indirect")?;
        for (category, cases) in &self.cases {
            write!(out, "{:20}{:>10}", category.name(), cases.len())?;
            for kind in crate::page::KINDS {
                write!(out, "{:>10}", cases.iter().filter(|case| case.kind == kind).count())?;
            }
            writeln!(out)?;
        }
        writeln!(out)?;
        for (reason, count) in &self.losses {
            writeln!(out, "{count:30}  {reason}")?;
        }
        for (category, cases) in &mut self.cases {
            // The sort is stable: equals stay in the order of the text.
            cases.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
            writeln!(out, "\n== {} ({})", category.name(), cases.len())?;
            for case in cases.iter().take(most) {
                writeln!(out, "\n{}", case.text.trim_end())?;
            }
        }
        Ok(())
    }
}

/// The first item that shares words with another.
fn sharing<'i>(items: &'i [Item], other: &Item) -> Option<&'i Item> {
    items.iter().find(|item| crate::words::shared(&other.words, &item.words) > 0)
}

/// What became of the right proposal for a marked attribution.
struct Loss<'e> {
    reason: &'static str,
    candidate: Option<&'e ExplainedCandidate>,
    /// What was taken in its place.
    winner: Option<&'e ExplainedCandidate>,
}

impl<'e> Loss<'e> {
    fn of(page: &Page<'_>, item: &Item, explanation: &'e Explanation, proposals: &'e Explanation) -> Loss<'e> {
        let gold = Gold::of_spans(&item.content, &item.cue, &item.source, &page.words);
        let candidates = &explanation.candidates;
        let likeliest = |explanation: &'e Explanation| {
            let right = explanation.candidates.iter().filter(|candidate| gold.fits(candidate, &page.words));
            right.max_by(|a, b| a.score.total_cmp(&b.score))
        };
        let Some(right) = likeliest(explanation) else {
            let passed = likeliest(proposals);
            let reason = if passed.is_some() { "its cue was passed over" } else { "no rule proposed the right one" };
            return Loss { reason, candidate: passed, winner: None };
        };
        let (reason, winner) = match right.outcome {
            Outcome::Kept => ("the right one was taken, then joined or parted", None),
            Outcome::Outscored { by } => ("another reading of its cue was taken", Some(&candidates[by])),
            Outcome::Crossed { by } | Outcome::Enclosed { by } => {
                ("its words were taken by another", Some(&candidates[by]))
            }
            Outcome::Unlikely { .. } => ("the right one was too unlikely", None),
            _ => ("the right one was of another kind than is looked for", None),
        };
        Loss { reason, candidate: Some(right), winner }
    }

    fn text(&self) -> String {
        let name = |candidate: &ExplainedCandidate| format!("{} {:.2}", candidate.rule, candidate.score);
        let right = self.candidate.map(|right| format!(" ({})", name(right))).unwrap_or_default();
        let winner = self.winner.map(|winner| format!(": {}", name(winner))).unwrap_or_default();
        format!("{}{right}{winner}", self.reason)
    }
}

/// The text around an error, once as marked and once as found: {content}, [source] and <cue>.
fn show(page: &Page<'_>, marked: Option<&Item>, found: Option<&Item>) -> String {
    const AROUND: usize = 60;
    let text = page.words.text();
    let spans: Vec<Span> = [marked, found].into_iter().flatten().flat_map(parts).map(|(span, _)| span).collect();
    let (start, end) = (spans.iter().map(|span| span.start).min(), spans.iter().map(|span| span.end).max());
    let (Some(start), Some(end)) = (start, end) else { return String::new() };
    let window = Span::new(
        boundary_before(text, start.saturating_sub(AROUND)),
        boundary_before(text, (end + AROUND).min(text.len())),
    );
    let kind = marked.or(found).map_or("", |item| item.kind.name());
    let rule = found.map(|item| format!("  {} {:.2}", item.rule, item.confidence)).unwrap_or_default();
    let mut shown = format!("{} {start}  {kind}{rule}\n", page.document.id);
    for (name, item) in [("marked", marked), ("found", found)] {
        if let Some(item) = item {
            shown.push_str(&format!("    {name:6}  {}\n", bracketed(text, window, item)));
        }
    }
    shown
}

/// The first boundary between characters at or before a byte.
fn boundary_before(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The spans of an item with what they are put in.
fn parts(item: &Item) -> impl Iterator<Item = (Span, [char; 2])> {
    let with = |spans: &[Span], marks| spans.iter().map(move |span| (*span, marks)).collect::<Vec<_>>();
    [with(&item.content, ['{', '}']), with(&item.cue, ['<', '>']), with(&item.source, ['[', ']'])].into_iter().flatten()
}

fn bracketed(text: &str, window: Span, item: &Item) -> String {
    const LONGEST: usize = 900;
    let mut marks: Vec<(usize, char)> =
        parts(item).flat_map(|(span, [open, close])| [(span.start, open), (span.end, close)]).collect();
    // Where one span ends and the next begins, the end comes first.
    marks.sort_by_key(|&(at, mark)| (at, "{<[".contains(mark)));
    let mut shown = String::new();
    let mut from = window.start;
    for (at, mark) in marks {
        shown.push_str(&text[from..at]);
        shown.push(mark);
        from = at;
    }
    shown.push_str(&text[from..window.end]);
    let shown = shown.replace('\n', "⏎");
    let letters = shown.chars().count();
    if letters <= LONGEST {
        return shown;
    }
    let (head, tail) = (shown.chars().take(LONGEST / 2), shown.chars().skip(letters - LONGEST / 2));
    head.chain(" … ".chars()).chain(tail).collect()
}
