//! Finds the pieces of a reading one behind the other.

use super::hits::{Hit, between};
use super::quotation::{Joint, QuotationPiece, Reading, Symbol};
use super::sign::{SignKind, is_apostrophe, kind};
use std::ops::Range;

/// Steps of comparing, counted: there are never more than in proportion to the text and the quotation.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) steps: usize,
    most: usize,
}

impl Work {
    /// As many steps may be taken for each word.
    pub(super) const EACH: usize = 64;
    /// And these in any case.
    pub(super) const LEAST: usize = 1 << 12;

    /// For a text of so many hits and a quotation of so many words.
    pub(super) fn new(hits: usize, words: usize) -> Work {
        Work { steps: 0, most: Work::LEAST + Work::EACH * (hits + words) }
    }

    /// One step more, `false` if there are none left.
    fn step(&mut self) -> bool {
        let left = self.steps < self.most;
        self.steps += usize::from(left);
        left
    }
}

/// One place of one piece.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Its first hit.
    first: usize,
    /// The place of the piece before it.
    before: usize,
}

/// Every place where all pieces of a reading stand, in the order of the text.
#[derive(Debug)]
pub(super) struct Places {
    /// Of each piece.
    levels: Vec<Vec<Place>>,
    lengths: Vec<usize>,
}

impl Places {
    /// Goes over the hits once for each piece. Of several places before an elision the last one is taken, which is the
    /// nearest: if any of them is near enough, that one is. So nothing is ever tried twice.
    pub(super) fn find(text: &str, quotation: &str, reading: &Reading, hits: &[Hit], work: &mut Work) -> Places {
        let mut levels: Vec<Vec<Place>> = Vec::new();
        let mut length_before = 0;
        for piece in &reading.pieces {
            let mut places = Vec::new();
            let before = levels.last();
            // How many places before this piece begin and end before the hit at hand.
            let mut passed = 0;
            each_run(&piece.symbols, hits, |first| {
                let length = piece.symbols.len();
                if !fits(text, piece, &hits[first..first + length], work) {
                    return;
                }
                let Some(before) = before else {
                    places.push(Place { first, before: 0 });
                    return;
                };
                let last = |place: &Place| &hits[place.first + length_before - 1];
                let room = |place: &Place| last(place).ordinal + piece.joint.least < hits[first].ordinal;
                while before.get(passed).is_some_and(room) {
                    passed += 1;
                }
                let Some(nearest) = passed.checked_sub(1) else { return };
                let last = last(&before[nearest]);
                if allows(&piece.joint, text, quotation, last, &hits[first]) {
                    places.push(Place { first, before: nearest });
                }
            });
            levels.push(places);
            length_before = piece.symbols.len();
        }
        Places { levels, lengths: reading.pieces.iter().map(|piece| piece.symbols.len()).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.levels.last().map_or(0, Vec::len)
    }

    /// The hits of each piece in the place of a number, from the last piece to the first.
    pub(super) fn backwards(&self, number: usize) -> impl Iterator<Item = Range<usize>> {
        self.levels.iter().zip(&self.lengths).rev().scan(number, |number, (level, length)| {
            let place = level[*number];
            *number = place.before;
            Some(place.first..place.first + length)
        })
    }
}

/// Calls back with the first hit of every run of hits that has the words of a piece, in order (Knuth, Morris and
/// Pratt). Runs may overlap.
fn each_run(symbols: &[Symbol], hits: &[Hit], mut found: impl FnMut(usize)) {
    let same = |at: usize, number: u32| symbols[at].number == number;
    let mut shorter = vec![0; symbols.len()];
    let mut matched = 0;
    for at in 1..symbols.len() {
        while matched > 0 && !same(matched, symbols[at].number) {
            matched = shorter[matched - 1];
        }
        matched += usize::from(same(matched, symbols[at].number));
        shorter[at] = matched;
    }
    let mut matched = 0;
    for (at, hit) in hits.iter().enumerate() {
        if at == 0 || hits[at - 1].ordinal + 1 != hit.ordinal {
            matched = 0;
        }
        while matched > 0 && !same(matched, hit.symbol.number) {
            matched = shorter[matched - 1];
        }
        matched += usize::from(same(matched, hit.symbol.number));
        if matched == symbols.len() {
            found(at + 1 - matched);
            matched = shorter[matched - 1];
        }
    }
}

/// Whether hits with the right words have the right punctuation and capitals, too. The first word may begin a sentence
/// here and not there.
fn fits(text: &str, piece: &QuotationPiece, hits: &[Hit], work: &mut Work) -> bool {
    let inside = piece
        .symbols
        .iter()
        .zip(hits)
        .skip(1)
        .all(|(wanted, hit)| work.step() && hit.has_gap(wanted.gap) && wanted.capital == hit.symbol.capital);
    inside && piece.edges.fit(text, between(&hits[0], &hits[hits.len() - 1]))
}

/// Whether what the text has between two pieces may have been left out.
fn allows(joint: &Joint, text: &str, quotation: &str, last: &Hit, next: &Hit) -> bool {
    let words = next.ordinal - last.ordinal - 1;
    let paragraphs = next.paragraph - last.paragraph;
    if !(joint.least..=joint.most).contains(&words) || paragraphs > joint.paragraphs {
        return false;
    }
    let Some((prefix, suffix)) = joint.stem else { return true };
    let word =
        text[last.symbol.span.end..next.symbol.span.start].trim_matches(|letter| kind(letter) != SignKind::Letter);
    let inside = word.strip_prefix(&quotation[prefix]).and_then(|rest| rest.strip_suffix(&quotation[suffix]));
    // *ha[ve]* is not *haven't*.
    inside.is_some_and(|inside| !inside.contains(is_apostrophe))
}
