//! Which found item answers which marked one: one to one, so that the words they share are the most there can be.

use crate::heads;
use crate::page::{Item, Page};
use std::collections::{BTreeMap, BTreeSet};

/// A marked item and the found one that answers it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub marked: usize,
    pub found: usize,
    /// How many words their contents share.
    pub shared: usize,
    /// The share of these among the words of either.
    pub overlap: f64,
    /// Whether the head of the marked source is in the found one, or neither has a source.
    pub same_source: bool,
}

impl Pair {
    /// Whether the content is right to at least this share, and the source is right.
    pub(crate) fn is_linked(&self, overlap: f64) -> bool {
        self.overlap >= overlap && self.same_source
    }
}

/// The pairs of one page, by marked item. Between equal choices the larger overlap decides, then an equal source.
pub(crate) fn pairs(page: &Page<'_>, marked: &[Item], found: &[Item]) -> Vec<Pair> {
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, item) in marked.iter().enumerate() {
        item.words.iter().for_each(|word| holders.entry(*word).or_default().push(index));
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (index, item) in found.iter().enumerate() {
        for &holder in item.words.iter().filter_map(|word| holders.get(word)).flatten() {
            *shared.entry((holder, index)).or_default() += 1;
        }
    }
    let overlap = |(one, other): (usize, usize)| {
        let both = shared.get(&(one, other)).copied().unwrap_or(0);
        both as f64 / (marked[one].words.len() + found[other].words.len() - both) as f64
    };
    let worth = |one: usize, other: usize| {
        let both = shared.get(&(one, other)).copied().unwrap_or(0);
        let same = both > 0 && marked[one].source == found[other].source;
        both as f64 + 1e-3 * overlap((one, other)) + if same { 1e-5 } else { 0.0 }
    };
    let mut pairs = Vec::new();
    for (ours, theirs) in components(&shared) {
        let flip = ours.len() > theirs.len();
        let (rows, columns) = if flip { (&theirs, &ours) } else { (&ours, &theirs) };
        let turn = |row: usize, column: usize| if flip { (column, row) } else { (row, column) };
        let table: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| columns.iter().map(|column| turn(*row, *column)).map(|(a, b)| worth(a, b)).collect())
            .collect();
        for (row, column) in assign(&table).into_iter().enumerate() {
            let (one, other) = turn(rows[row], columns[column]);
            let Some(&both) = shared.get(&(one, other)) else { continue };
            let same_source = same_source(page, &marked[one], &found[other]);
            pairs.push(Pair { marked: one, found: other, shared: both, overlap: overlap((one, other)), same_source });
        }
    }
    pairs.sort_by_key(|pair| pair.marked);
    pairs
}

fn same_source(page: &Page<'_>, marked: &Item, found: &Item) -> bool {
    match (marked.source.is_empty(), found.source.is_empty()) {
        (true, true) => true,
        (false, false) => heads::same_source(&page.words, &marked.source, &found.source),
        _ => false,
    }
}

/// Marked and found items that hang together by shared words.
fn components(shared: &BTreeMap<(usize, usize), usize>) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut of_found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    shared.keys().for_each(|(one, other)| of_found.entry(*other).or_default().push(*one));
    let mut done = BTreeSet::new();
    let mut components = Vec::new();
    for &(start, _) in shared.keys() {
        let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
        let mut waiting = vec![start];
        while let Some(one) = waiting.pop() {
            if !done.insert(one) {
                continue;
            }
            ours.insert(one);
            for (&(_, other), _) in shared.range((one, 0)..=(one, usize::MAX)) {
                if theirs.insert(other) {
                    waiting.extend(of_found.get(&other).into_iter().flatten());
                }
            }
        }
        if !ours.is_empty() {
            components.push((ours.into_iter().collect(), theirs.into_iter().collect()));
        }
    }
    components
}

/// For each row its column, so that the sum is the greatest: the Hungarian method, by shortest augmenting paths.
/// There are at least as many columns as rows.
fn assign(table: &[Vec<f64>]) -> Vec<usize> {
    let columns = table.first().map_or(0, Vec::len);
    // Row and column 0 are outside the table: rows and columns count from 1.
    let (mut row_price, mut column_price) = (vec![0.0; table.len() + 1], vec![0.0; columns + 1]);
    let mut row_of = vec![0; columns + 1];
    for row in 1..=table.len() {
        row_of[0] = row;
        let mut at = 0;
        let (mut least, mut from, mut seen) =
            (vec![f64::INFINITY; columns + 1], vec![0; columns + 1], vec![false; columns + 1]);
        while row_of[at] != 0 {
            seen[at] = true;
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in (1..=columns).filter(|column| !seen[*column]) {
                let cost = -table[row_of[at] - 1][column - 1] - row_price[row_of[at]] - column_price[column];
                if cost < least[column] {
                    (least[column], from[column]) = (cost, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=columns {
                if seen[column] {
                    row_price[row_of[column]] += step;
                    column_price[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            row_of[at] = row_of[from[at]];
            at = from[at];
        }
    }
    let mut column_of = vec![0; table.len()];
    (1..=columns).filter(|column| row_of[*column] != 0).for_each(|column| column_of[row_of[column] - 1] = column - 1);
    column_of
}

#[cfg(test)]
mod tests {
    use super::{assign, components};
    use std::collections::BTreeMap;

    #[test]
    fn the_greatest_sum_is_found() {
        assert_eq!(assign(&[vec![5.0, 4.0], vec![5.0, 1.0]]), [1, 0]);
        assert_eq!(assign(&[vec![1.0, 2.0, 9.0]]), [2]);
        assert_eq!(assign(&[vec![7.0, 5.0, 1.0], vec![6.0, 2.0, 1.0], vec![5.0, 5.0, 4.0]]), [1, 0, 2]);
        assert!(assign(&[]).is_empty());
    }

    #[test]
    fn items_hang_together_by_shared_words() {
        let shared = BTreeMap::from([((0, 0), 2), ((0, 1), 1), ((1, 1), 3), ((2, 3), 1)]);
        assert_eq!(components(&shared), [(vec![0, 1], vec![0, 1]), (vec![2], vec![3])]);
    }
}
