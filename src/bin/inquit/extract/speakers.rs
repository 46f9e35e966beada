//! Counts who is quoted, and how often.

use super::page::{Ink, Page, fit, width};
use inquit::{Quote, QuoteKind};
use std::collections::HashMap;

/// Everybody quoted in one document or many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speakers {
    rows: Vec<Row>,
    /// By name in lower case; the empty name stands for nobody.
    index: HashMap<String, usize>,
    kinds: [u64; 3],
}

#[derive(Clone, Debug)]
struct Row {
    name: String,
    quotes: u64,
    longest: String,
}

/// The name a quotation is counted under: the speaker's, or else its source as it stands.
fn name<'q>(quote: &Quote<'q>) -> Option<&'q str> {
    quote.speaker().map(|speaker| speaker.name()).or_else(|| quote.source().map(|source| source.text()))
}

fn key(name: Option<&str>) -> String {
    name.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Speakers {
    pub(crate) fn add(&mut self, quote: &Quote<'_>) {
        let name = name(quote);
        let row = Row { name: name.unwrap_or_default().to_owned(), quotes: 1, longest: quote.content().into_owned() };
        self.add_row(key(name), row);
        self.kinds[kind_number(quote.kind())] += 1;
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn add_all(&mut self, other: Speakers) {
        for row in other.rows {
            self.add_row(key(Some(&row.name)), row);
        }
        self.kinds.iter_mut().zip(other.kinds).for_each(|(count, more)| *count += more);
    }

    fn add_row(&mut self, key: String, row: Row) {
        if let Some(&index) = self.index.get(&key) {
            let old = &mut self.rows[index];
            old.quotes += row.quotes;
            if row.longest.len() > old.longest.len() {
                old.longest = row.longest;
            }
        } else {
            self.index.insert(key, self.rows.len());
            self.rows.push(row);
        }
    }

    /// Most quoted first, nobody last.
    pub(crate) fn rank(self) -> Ranking {
        let Speakers { rows, index, kinds } = self;
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&row| (rows[row].name.is_empty(), u64::MAX - rows[row].quotes));
        let mut ranks = vec![None; rows.len()];
        for (rank, &row) in order.iter().enumerate() {
            ranks[row] = (!rows[row].name.is_empty()).then_some(rank);
        }
        let ranks = index.into_iter().map(|(key, row)| (key, ranks[row])).collect();
        let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
        Ranking { rows: order.iter().filter_map(|&row| rows[row].take()).collect(), ranks, kinds }
    }
}

fn kind_number(kind: QuoteKind) -> usize {
    match kind {
        QuoteKind::Direct => 0,
        QuoteKind::Mixed => 1,
        _ => 2,
    }
}

/// Speakers in order.
#[derive(Debug)]
pub(crate) struct Ranking {
    rows: Vec<Row>,
    ranks: HashMap<String, Option<usize>>,
    kinds: [u64; 3],
}

impl Ranking {
    /// The place of a quotation's speaker in the table, from 0; `None` if nobody is known.
    pub(crate) fn rank_of(&self, quote: &Quote<'_>) -> Option<usize> {
        self.ranks.get(&key(name(quote))).copied().flatten()
    }

    /// What was counted, in a few words.
    pub(crate) fn totals(&self) -> String {
        let [direct, mixed, indirect] = self.kinds;
        let known = self.rows.iter().filter(|row| !row.name.is_empty()).count();
        let quotes = counted((direct + mixed + indirect) as usize, "quotation");
        format!("{quotes} ({direct} direct, {mixed} mixed, {indirect} indirect) by {}", counted(known, "speaker"))
    }

    /// The table: a mark or number, the name, how many quotations, the longest of them.
    pub(crate) fn table(&self, page: Page) -> String {
        const GAPS: usize = 6;
        let label = |row: &Row| {
            if row.name.is_empty() { "unknown".to_owned() } else { fit(row.name.trim_end_matches(','), page.width / 3) }
        };
        let count_width = self.rows.iter().map(|row| row.quotes.to_string().len()).max().unwrap_or(0);
        let name_width = self.rows.iter().map(|row| width(&label(row))).max().unwrap_or(0);
        let mark_width = if page.colour { 1 } else { self.rows.len().to_string().len() };
        let mut table = String::new();
        for (rank, row) in self.rows.iter().enumerate() {
            let rank = (!row.name.is_empty()).then_some(rank);
            let ink = Ink::of(rank);
            let mark = if page.colour { "●".to_owned() } else { mark(rank) };
            let name = label(row);
            let padding = " ".repeat(name_width - width(&name));
            let used = mark_width + name_width + count_width + GAPS;
            let longest = fit(&row.longest, page.width.saturating_sub(used).max(1));
            table.push_str(&format!(
                " {} {}{padding}  {:>count_width$}  {longest}\n",
                page.ink(&format!("{mark:>mark_width$}"), ink),
                page.ink(&name, Ink { bold: rank.is_some(), ..ink }),
                row.quotes,
            ));
        }
        table
    }
}

/// What stands for a speaker on a page without colours.
pub(crate) fn mark(rank: Option<usize>) -> String {
    rank.map_or_else(|| "?".to_owned(), |rank| (rank + 1).to_string())
}

/// *1 speaker*, *2 speakers*
pub(crate) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
