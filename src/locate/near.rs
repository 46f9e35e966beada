//! Where a quotation nearly stands, and what differs there.

use super::Located;
use super::changes::Changes;
use super::hits::{self, Hit, HitTag};
use super::kin::Stems;
use super::passage::{Likeness, Passage, PassageStep, WantedWord};
use super::quotation::Quotation;

/// How far words may be shifted against each other, on each side.
const BAND: usize = 24;
/// Long words say more about a place than short ones, up to this length.
const LONGEST_VOTE: usize = 8;

/// The passage most like the quotation, if two thirds of its words stand there in order and not many others, which are
/// counted. The tags are left out.
pub(super) fn nearest(text: &str, tags: &[HitTag], quotation: &mut Quotation<'_>) -> Option<(usize, Located)> {
    let mut words = WantedWord::new(quotation);
    if words.symbols.len() < 2 {
        return None;
    }
    let vocabulary = &mut quotation.vocabulary;
    let (first, outside) = vote(&words, vocabulary.len(), &hits::find(text, tags, vocabulary))?;
    let most = words.symbols.len() + 2 * BAND;
    let passage: Vec<Hit> = hits::read(text, tags, first, vocabulary).take(most).collect();
    let mut stems = Stems::default();
    words.stems = words.symbols.iter().map(|symbol| stems.of(quotation.text, symbol.span)).collect();
    let passage = Passage { stems: passage.iter().map(|hit| stems.of(text, hit.symbol.span)).collect(), hits: passage };
    let steps = Alignment::new(&words, &passage, outside).steps();
    Changes::new(text, quotation, &words, &passage, &steps).read()
}

/// Every word votes for the place where the quotation would begin if it stood there unchanged. Gives the first word of
/// the passage to look at, and by how many words it would begin before the text.
fn vote(words: &WantedWord, numbers: usize, hits: &[Hit]) -> Option<(usize, usize)> {
    let length = words.symbols.len();
    let mut places: Vec<(Option<usize>, usize)> = vec![(None, 0); numbers];
    for (at, symbol) in words.symbols.iter().enumerate() {
        let (place, times) = &mut places[symbol.number as usize];
        place.get_or_insert(at);
        *times += 1;
    }
    // Words that come once tell most; where there are none the first of several has to do.
    let any_single = words.symbols.iter().any(|symbol| places[symbol.number as usize].1 == 1);
    // So many places beside each other share their votes: in a long quotation more words can be shifted.
    let width = (length / 4).clamp(2, BAND / 2);
    let last = hits.last()?.ordinal;
    let mut votes = vec![0usize; (last + length) / width + 2];
    for hit in hits {
        let (place, times) = places[hit.symbol.number as usize];
        if let Some(place) = place.filter(|_| times == 1 || !any_single) {
            votes[(hit.ordinal + length - place) / width] += hit.symbol.span.len().min(LONGEST_VOTE);
        }
    }
    let sums = votes.windows(2).map(|pair| pair[0] + pair[1]).enumerate();
    let (best, _) = sums.max_by_key(|(at, sum)| (*sum, std::cmp::Reverse(*at)))?;
    // Between the two it begins most likely; places are counted from `length` words before the text.
    let (middle, band) = ((best + 1) * width, length + BAND);
    Some((middle.saturating_sub(band), band.saturating_sub(middle)))
}

/// The fewest changes that make one of the other, in a table as wide as the band: linear in the length of the quotation.
struct Alignment<'w> {
    words: &'w WantedWord,
    passage: &'w Passage,
    /// How many words the band begins before the passage.
    outside: usize,
    /// Row by row, the last move of the cheapest way there.
    moves: Vec<Move>,
    /// The column of the last row where the cheapest way ends.
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Start,
    Both,
    Dropped,
    Added,
}

const COLUMNS: usize = 2 * BAND + 1;
// What a change of each kind costs. A word added is the cheapest, so that of equal ways the one with the most words in
// common is taken; a word swapped costs as much as one dropped, and more where it stands behind other signs.
const ADDED: u32 = 4;
const DROPPED: u32 = 5;
const NEVER: u32 = u32::MAX / 2;

impl<'w> Alignment<'w> {
    fn new(words: &'w WantedWord, passage: &'w Passage, outside: usize) -> Alignment<'w> {
        let moves = vec![Move::Start; (words.symbols.len() + 1) * COLUMNS];
        let mut table = Alignment { words, passage, outside, moves, end: 0 };
        let cost_at_start = |column| if table.passed(0, column).is_some() { 0 } else { NEVER };
        let mut costs: Vec<u32> = (0..COLUMNS).map(cost_at_start).collect();
        for row in 1..=words.symbols.len() {
            for column in 0..COLUMNS {
                let (cost, way) = table.cheapest(row, column, &costs);
                (costs[column], table.moves[row * COLUMNS + column]) = (cost.min(NEVER), way);
            }
        }
        // Of equal ways the one that goes farthest: another word at the end is none dropped.
        table.end = (0..COLUMNS).rev().min_by_key(|column| costs[*column]).unwrap_or(0);
        table
    }

    /// How many words of the passage lie behind a column, where the row has as many of the quotation behind it.
    fn passed(&self, row: usize, column: usize) -> Option<usize> {
        (row + column).checked_sub(self.outside).filter(|passed| *passed <= self.passage.hits.len())
    }

    /// The cheapest way to a place: `costs` holds this row up to the column, and from it on the row before.
    fn cheapest(&self, row: usize, column: usize, costs: &[u32]) -> (u32, Move) {
        let Some(passed) = self.passed(row, column) else { return (NEVER, Move::Start) };
        let dropped = costs.get(column + 1).map_or(NEVER, |cost| cost + DROPPED);
        let Some(last) = passed.checked_sub(1) else { return (dropped, Move::Dropped) };
        let same_gap =
            self.words.is_free(row - 1) || self.passage.hits[last].has_signs(self.words.symbols[row - 1].gap);
        let changed = Likeness::of(self.words, row - 1, self.passage, last).cost(same_gap);
        let each = if self.words.is_free(row) { 0 } else { ADDED };
        let added = column.checked_sub(1).map_or(NEVER, |before| costs[before] + each);
        let ways = [(costs[column] + changed, Move::Both), (dropped, Move::Dropped), (added, Move::Added)];
        ways.into_iter().min_by_key(|(cost, _)| *cost).unwrap_or((NEVER, Move::Start))
    }

    fn steps(&self) -> Vec<PassageStep> {
        let (mut row, mut column) = (self.words.symbols.len(), self.end);
        let mut steps = Vec::new();
        while let (1.., Some(passed)) = (row, self.passed(row, column)) {
            match self.moves[row * COLUMNS + column] {
                Move::Start => break,
                Move::Both => {
                    steps.push(PassageStep::Both(row - 1, passed - 1));
                    row -= 1;
                }
                Move::Dropped => {
                    steps.push(PassageStep::Dropped(row - 1));
                    (row, column) = (row - 1, column + 1);
                }
                Move::Added => {
                    steps.push(PassageStep::Added(row, passed - 1));
                    column -= 1;
                }
            }
        }
        steps.reverse();
        steps
    }
}
