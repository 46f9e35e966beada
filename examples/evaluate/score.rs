//! The figures. Every row (all, a kind, a tag) has these, each as precision, recall and their harmonic mean:
//!
//! * content, strict: the same words; soft: the share of words that the paired item has too;
//! * linked .8 and .5: the contents overlap at least so much (words shared of words in either), and the source is
//!   right: the head of the marked one is in the found one, or neither has one.
//!
//! Items are compared in words (see `words.rs`) and paired one to one (see `pairs.rs`). The recall of a kind is over
//! marked items of that kind, its precision over found items that are of that kind by the quotation marks of the
//! text; either may be paired with an item of any kind. A tag has recall alone.

use crate::heads;
use crate::names;
use crate::page::{Item, Page};
use crate::pairs::{Pair, pairs};
use inquit::QuoteKind;
use std::collections::{BTreeMap, BTreeSet};

/// Right answers among the found and among the marked items.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Right {
    pub found: f64,
    pub marked: f64,
}

/// The counts of one row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Row {
    pub marked: usize,
    pub found: usize,
    pub strict: Right,
    pub soft: Right,
    pub linked80: Right,
    pub linked50: Right,
}

/// Precision, recall and their harmonic mean, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rates {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
}

impl Row {
    pub(crate) fn rates(&self, right: Right) -> Rates {
        let (precision, recall) = (share(right.found, self.found), share(right.marked, self.marked));
        let sum = precision + recall;
        Rates { precision, recall, f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 } }
    }
}

/// `right` of `all`; 0 of nothing.
pub(crate) fn share(right: f64, all: usize) -> f64 {
    if all == 0 { 0.0 } else { right / all as f64 }
}

/// Quoted strings of four words or more, whoever said them: how many get the right source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Runs {
    /// Those that a marked item with a source covers, by half at least.
    pub marked: usize,
    /// Of these, those that a found item with a source covers too.
    pub answered: usize,
    /// Of these, those whose source is right.
    pub right: usize,
}

/// Marked items with a speaker, judged by the found item that covers most of their words, half at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Speakers {
    pub marked: usize,
    pub covered: usize,
    /// Covered by an item that names a speaker.
    pub named: usize,
    pub right: usize,
}

/// All figures.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub documents: usize,
    pub sources: bool,
    pub all: Row,
    pub kinds: [Row; 3],
    pub tags: BTreeMap<String, Row>,
    pub runs: Runs,
    pub speakers: Speakers,
}

impl Scores {
    /// Adds a page. `merged`: neighbours with one source are one item.
    pub(crate) fn add(&mut self, page: &Page<'_>, found: &[Item], merged: bool) {
        self.documents += 1;
        self.sources |= page.has_sources();
        self.add_runs(page, found);
        if merged {
            self.add_items(page, &page.merged(&page.marked, true), &page.merged(found, false));
        } else {
            self.add_items(page, &page.marked, found);
        }
    }

    fn add_items(&mut self, page: &Page<'_>, marked: &[Item], found: &[Item]) {
        for item in marked {
            self.for_marked(item, |row| row.marked += 1);
        }
        for item in found {
            self.for_found(item, |row| row.found += 1);
        }
        self.add_strict(marked, found);
        for Pair { marked: one, found: other, shared, overlap, same_source } in pairs(page, marked, found) {
            let (marked, found) = (&marked[one], &found[other]);
            self.for_marked(marked, |row| row.soft.marked += shared as f64 / marked.words.len() as f64);
            self.for_found(found, |row| row.soft.found += shared as f64 / found.words.len() as f64);
            if same_source && overlap >= 0.8 {
                self.for_marked(marked, |row| row.linked80.marked += 1.0);
                self.for_found(found, |row| row.linked80.found += 1.0);
            }
            if same_source && overlap >= 0.5 {
                self.for_marked(marked, |row| row.linked50.marked += 1.0);
                self.for_found(found, |row| row.linked50.found += 1.0);
            }
        }
        self.add_speakers(marked, found);
    }

    fn add_strict(&mut self, marked: &[Item], found: &[Item]) {
        let mut by_words: BTreeMap<&[usize], Vec<&Item>> = BTreeMap::new();
        for item in marked.iter().rev() {
            by_words.entry(&item.words).or_default().push(item);
        }
        for item in found {
            if let Some(same) = by_words.get_mut(item.words.as_slice()).and_then(Vec::pop) {
                self.for_marked(same, |row| row.strict.marked += 1.0);
                self.for_found(item, |row| row.strict.found += 1.0);
            }
        }
    }

    fn for_marked(&mut self, item: &Item, mut change: impl FnMut(&mut Row)) {
        self.for_found(item, &mut change);
        for tag in &item.tags {
            change(self.tags.entry(tag.clone()).or_default());
        }
    }

    fn for_found(&mut self, item: &Item, mut change: impl FnMut(&mut Row)) {
        change(&mut self.all);
        change(&mut self.kinds[number(item.kind)]);
    }

    fn add_speakers(&mut self, marked: &[Item], found: &[Item]) {
        let named = || marked.iter().filter(|item| item.speaker.is_some());
        let others: BTreeSet<String> = named().flat_map(|item| &item.aliases).map(|name| names::folded(name)).collect();
        for item in named() {
            self.speakers.marked += 1;
            let has_speaker = |item: &Item| item.speaker.is_some();
            let Some(best) = covering(found, &item.words, has_speaker) else { continue };
            self.speakers.covered += 1;
            let Some(name) = &best.speaker else { continue };
            self.speakers.named += 1;
            self.speakers.right += usize::from(names::is_speaker(name, &item.aliases, &others));
        }
    }

    fn add_runs(&mut self, page: &Page<'_>, found: &[Item]) {
        const LEAST: usize = 4;
        for run in page.runs.iter().filter(|run| run.len() >= LEAST) {
            let words: Vec<usize> = run.clone().collect();
            let has_source = |item: &Item| !item.source.is_empty();
            let best = |items| covering(items, &words, has_source).filter(|item| has_source(item));
            let Some(marked) = best(&page.marked) else { continue };
            self.runs.marked += 1;
            let Some(found) = best(found) else { continue };
            self.runs.answered += 1;
            self.runs.right += usize::from(heads::same_source(&page.words, &marked.source, &found.source));
        }
    }
}

/// Where a kind stands among the rows.
pub(crate) fn number(kind: QuoteKind) -> usize {
    match kind {
        QuoteKind::Direct => 0,
        QuoteKind::Mixed => 1,
        _ => 2,
    }
}

/// The item that has most of these words, half at least; of equals one that is preferred, then the first.
fn covering<'i>(items: &'i [Item], words: &[usize], preferred: impl Fn(&Item) -> bool) -> Option<&'i Item> {
    let (first, last) = (words.first()?, words.last()?);
    let near = |item: &&Item| item.words[0] <= *last && item.words[item.words.len() - 1] >= *first;
    let counted = items.iter().filter(near).map(|item| (crate::words::shared(words, &item.words), item));
    // `max_by_key` gives the last of equals, hence the way round.
    let (count, best) = counted.rev().max_by_key(|(count, item)| (*count, preferred(item)))?;
    (count > 0 && 2 * count >= words.len()).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::{Right, Runs, Scores, Speakers};
    use crate::corpus::{Answers, Document};
    use crate::page::Page;
    use inquit::Extractor;

    fn scores(document: &str, answers: &str, merged: bool) -> Scores {
        let document: Document = serde_json::from_str(document).unwrap();
        let answers: Answers = serde_json::from_str(answers).unwrap();
        let page = Page::new(&document, &Extractor::english().extract(&document.text));
        let found: Vec<_> = answers.quotes.iter().filter_map(|answer| page.answer_item(answer)).collect();
        let mut scores = Scores::default();
        scores.add(&page, &found, merged);
        scores
    }

    // Marked: six words in marks, by Ana Lim; "that rents would fall in Lund", by the mayor; "He knew", by him.
    // Found: the marked words by Lim, as Mrs. Lim; "rents would fall", by the mayor; "The mayor of", by nobody.
    const DOCUMENT: &str = r#"{"id":"a","text":"“We stay here until rain falls,” Ana Lim said. The mayor of Lund said that rents would fall in Lund. He knew.","attributions":[
        {"content":[[0,36]],"cue":[[45,49]],"source":[[37,44]],"kind":"direct","tags":["act=report"],"speaker":"Ana Lim"},
        {"content":[[74,103]],"cue":[[69,73]],"source":[[51,68]],"kind":"indirect","tags":["act=report"]},
        {"content":[[105,112]],"source":[[105,107]],"kind":"indirect"}]}"#;
    const ANSWERS: &str = r#"{"id":"a","quotes":[
        {"content":[[0,36]],"cue":[45,49],"source":[41,44],"speaker":"Mrs. Lim"},
        {"content":[[79,95]],"cue":[69,73],"source":[51,68]},
        {"content":[[51,63]],"source":null}]}"#;

    #[test]
    fn figures_worked_out_by_hand() {
        let scores = scores(DOCUMENT, ANSWERS, false);
        let all = scores.all;
        assert_eq!((all.marked, all.found), (3, 3));
        assert_eq!(all.strict, Right { found: 1.0, marked: 1.0 });
        // All six words, then three of three found and three of five marked: "that" does not count.
        assert!((all.soft.found - 2.0).abs() < 1e-9 && (all.soft.marked - 1.6).abs() < 1e-9, "{:?}", all.soft);
        assert_eq!((all.linked80.found, all.linked50.found), (1.0, 2.0));
        let rates = all.rates(all.linked50);
        assert!((rates.precision - 2.0 / 3.0).abs() < 1e-9 && (rates.f1 - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!((scores.kinds[0].found, scores.kinds[2].found), (1, 2));
        assert_eq!((scores.tags["act=report"].marked, scores.tags["act=report"].linked50.marked), (2, 2.0));
        assert_eq!(scores.runs, Runs { marked: 1, answered: 1, right: 1 });
        assert_eq!(scores.speakers, Speakers { marked: 1, covered: 1, named: 1, right: 0 });
    }

    // One marked attribution of two pieces; two found ones.
    #[test]
    fn merged_pieces_are_one_item() {
        let document = r#"{"id":"a","text":"\"We stay here,\" said Lim, \"until rain falls.\"","attributions":[
            {"content":[[0,15],[26,45]],"source":[[21,24]],"kind":"direct"}]}"#;
        let answers = r#"{"id":"a","quotes":[
            {"content":[[0,15]],"source":[21,24]},{"content":[[26,45]],"source":[21,24]}]}"#;
        let plain = scores(document, answers, false).all;
        assert_eq!((plain.found, plain.strict.found, plain.linked50.found), (2, 0.0, 1.0));
        let merged = scores(document, answers, true).all;
        assert_eq!((merged.found, merged.strict.found, merged.linked80.marked), (1, 1.0, 1.0));
    }

    #[test]
    fn text_that_nobody_marked_is_left_out() {
        let document = r#"{"id":"a","text":"\"We stay,\" said Lim.","attributions":[],"ignore":[[0,20]]}"#;
        let answers = r#"{"id":"a","quotes":[{"content":[[0,10]],"source":[16,19]}]}"#;
        assert_eq!(scores(document, answers, false).all.found, 0);
    }
}
