//! How far confidence can be trusted, and the curves that make it so.
//!
//! `--calibration` prints, for each tenth of confidence, how many quotations have it, their mean confidence, and the
//! share of them that are right.
//!
//! `--calibrate` counts the curves from raw scores to shares. Weights know the corpus they were learned from, so they
//! are not asked about it: the corpus is cut into five parts, and each part is scored with weights learned from the
//! other four. For each kind of quotation (and for the sieve `inherited`) the quotations are sorted by score and cut into groups of
//! equal size, twelve at most, and groups that are less often right than the one before are joined with it (isotonic
//! regression). Every group is a line, its mean score and its share right, (right + 1) / (all + 2).

use crate::corpus::{Document, Failure};
use crate::learn::learn;
use crate::page::{Item, KINDS, Page};
use crate::pairs::pairs;
use crate::report::percent;
use crate::score::share;
use inquit::{Extractor, Quote, Scratch};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A quotation: how sure the extractor is, and whether it is linked at .8 and at .5.
#[derive(Clone, Copy, Debug)]
struct Answer {
    confidence: f32,
    right80: bool,
    right50: bool,
}

/// What is found, by kind.
#[derive(Debug, Default)]
pub(crate) struct Calibration {
    kinds: [Vec<Answer>; 3],
    marked: usize,
}

impl Calibration {
    pub(crate) fn add(&mut self, page: &Page<'_>, found: &[Item]) {
        self.marked += page.marked.len();
        for (item, answer) in found.iter().zip(answers(page, found)) {
            self.kinds[crate::score::number(item.kind)].push(answer);
        }
    }

    pub(crate) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let all: Vec<Answer> = self.kinds.iter().flatten().copied().collect();
        self.table(out, "all", &all)?;
        for (kind, answers) in KINDS.iter().zip(&self.kinds) {
            self.table(out, kind.name(), answers)?;
        }
        writeln!(out, "{:10}{:>9}{:>8}{:>8}{:>8}", "at least", "found", "P .8", "P .5", "R .5")?;
        for least in [0.0, 0.5, 0.7, 0.8, 0.9, 0.95] {
            let sure: Vec<&Answer> = all.iter().filter(|answer| answer.confidence >= least).collect();
            let right80 = sure.iter().filter(|answer| answer.right80).count() as f64;
            let right50 = sure.iter().filter(|answer| answer.right50).count() as f64;
            let (precise80, precise50) = (share(right80, sure.len()), share(right50, sure.len()));
            let recalled = share(right50, self.marked);
            let figures = [precise80, precise50, recalled].map(percent);
            writeln!(out, "{least:<10}{:>9}   {}   {}   {}", sure.len(), figures[0], figures[1], figures[2])?;
        }
        Ok(())
    }

    fn table(&self, out: &mut dyn Write, name: &str, answers: &[Answer]) -> io::Result<()> {
        writeln!(out, "{name:10}{:>9}{:>8}{:>8}{:>8}", "found", "mean", "P .8", "P .5")?;
        for tenth in 0..10 {
            let in_tenth = |answer: &&Answer| ((answer.confidence * 10.0) as usize).min(9) == tenth;
            let own: Vec<&Answer> = answers.iter().filter(in_tenth).collect();
            if own.is_empty() {
                continue;
            }
            let mean = own.iter().map(|answer| f64::from(answer.confidence)).sum::<f64>() / own.len() as f64;
            let right80 = own.iter().filter(|answer| answer.right80).count() as f64;
            let right50 = own.iter().filter(|answer| answer.right50).count() as f64;
            let figures = [mean, share(right80, own.len()), share(right50, own.len())].map(percent);
            let from = tenth as f64 / 10.0;
            writeln!(out, "{from:<10}{:>9}   {}   {}   {}", own.len(), figures[0], figures[1], figures[2])?;
        }
        writeln!(out)
    }
}

fn answers(page: &Page<'_>, found: &[Item]) -> Vec<Answer> {
    let answer = |item: &Item| Answer { confidence: item.confidence, right80: false, right50: false };
    let mut answers: Vec<Answer> = found.iter().map(answer).collect();
    for pair in pairs(page, &page.marked, found) {
        let answer = &mut answers[pair.found];
        (answer.right80, answer.right50) = (pair.is_linked(0.8), pair.is_linked(0.5));
    }
    answers
}

/// How many parts the corpus is cut into.
const PARTS: usize = 5;

/// How often weights are learned anew from what the last ones propose.
const PASSES: usize = 2;

/// The most lines a curve has, and the fewest quotations behind one.
const MOST_POINTS: usize = 12;
const FEWEST_BEHIND: usize = 40;

/// Counts the curves over `documents`; returns the text of the table. `sentences` are learned from beside every part, and
/// never scored: their share says nothing of how often they are written. `extractor` builds one that gives raw scores, with these
/// weights or the built-in ones.
pub(crate) fn calibrate(
    documents: &[Document],
    sentences: &[Document],
    extractor: impl Fn(Option<String>) -> Result<Extractor, Failure>,
) -> Result<String, Failure> {
    let mut scored: BTreeMap<String, Vec<(f64, bool)>> = BTreeMap::new();
    let mut scratch = Scratch::new();
    for part in 0..PARTS.min(documents.len()) {
        let mut learned = extractor(None)?;
        for _ in 0..PASSES {
            let others = documents.iter().enumerate().filter(|(index, _)| index % PARTS != part);
            let others = others.map(|(_, document)| document).chain(sentences);
            learned = extractor(Some(learn(&learned, others)))?;
        }
        for document in documents.iter().skip(part).step_by(PARTS) {
            let extraction = learned.extract_with(&mut scratch, &document.text);
            let page = Page::new(document, &extraction);
            let quotes = extraction.quotes().filter_map(|quote| Some((page.found_item(&quote)?, curve_of(&quote)?)));
            let (items, curves): (Vec<Item>, Vec<&str>) = quotes.unzip();
            for (curve, answer) in curves.into_iter().zip(answers(&page, &items)) {
                scored.entry(curve.to_owned()).or_default().push((f64::from(answer.confidence), answer.right80));
            }
        }
    }
    let mut table = String::from(
        "# How likely a quotation is right that has this score: the score, and the share of right ones, counted by\n\
         # `examples/evaluate --calibrate`. Between two lines the share rises evenly.\n",
    );
    for (curve, mut scored) in scored {
        table.push_str(&format!("\n[{curve}]\n"));
        for (score, right) in curve_points(&mut scored) {
            table.push_str(&format!("{score:.3} {right:.3}\n"));
        }
    }
    Ok(table)
}

/// The curve a quotation belongs to: that of its kind, or that of the sieve `inherited`. What is attributed to nobody
/// has no score, and turns of a transcript always have the same: they have no curve.
fn curve_of(quote: &Quote<'_>) -> Option<&'static str> {
    match quote.rule() {
        "unattributed" | "turns" => None,
        "inherited" => Some("inherited"),
        _ => Some(quote.kind().name()),
    }
}

/// Scores and whether they were right → points that rise.
fn curve_points(scored: &mut [(f64, bool)]) -> Vec<(f64, f64)> {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let groups = (scored.len() / FEWEST_BEHIND).clamp(1, MOST_POINTS);
    // The sum of the scores, how many are right, and how many there are.
    let mut pools: Vec<(f64, usize, usize)> = Vec::new();
    for group in 0..groups {
        let own = &scored[scored.len() * group / groups..scored.len() * (group + 1) / groups];
        let right = own.iter().filter(|(_, right)| *right).count();
        pools.push((own.iter().map(|(score, _)| score).sum(), right, own.len()));
        while let [.., before, last] = pools.as_mut_slice()
            && (last.1 + 1) * (before.2 + 2) <= (before.1 + 1) * (last.2 + 2)
        {
            *before = (before.0 + last.0, before.1 + last.1, before.2 + last.2);
            pools.pop();
        }
    }
    pools.retain(|pool| pool.2 > 0);
    pools.into_iter().map(|(sum, right, all)| (sum / all as f64, (right + 1) as f64 / (all + 2) as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::curve_points;

    #[test]
    fn curves_rise() {
        // Three groups of forty: 10, 30 and 20 right; the last two are joined.
        let right = |at: usize| [at.is_multiple_of(4), !at.is_multiple_of(4), at.is_multiple_of(2)][at / 40];
        let mut scored: Vec<(f64, bool)> = (0..120).map(|at| ((at / 40) as f64 / 2.0, right(at))).collect();
        scored.reverse();
        let points = curve_points(&mut scored);
        let expected = [(0.0, 11.0 / 42.0), (0.75, 51.0 / 82.0)];
        assert_eq!(points.len(), expected.len());
        for (point, expected) in points.iter().zip(expected) {
            assert!((point.0 - expected.0).abs() < 1e-9 && (point.1 - expected.1).abs() < 1e-9, "{points:?}");
        }
        assert_eq!(curve_points(&mut []), []);
    }
}
