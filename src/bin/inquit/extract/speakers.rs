//! Counts who is quoted, and how often.

use super::page::{Ink, Page, fit, width};
use inquit::{Quote, QuoteKind, SpeakerKind};
use std::collections::HashMap;

/// Everybody quoted in one document or many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speakers {
    rows: Vec<Row>,
    /// By name in lower case; the empty name stands for nobody.
    index: HashMap<String, usize>,
}

/// One speaker; those whose name is empty are one row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) name: String,
    /// How many quotations: direct, mixed, indirect.
    pub(crate) quotes: [u64; 3],
    /// In how many documents.
    pub(crate) documents: u64,
    /// Who they are, as far as it is known.
    pub(crate) kind: Option<&'static str>,
    pub(crate) gender: Option<&'static str>,
    pub(crate) role: Option<String>,
    /// The longest quotation.
    pub(crate) longest: String,
}

impl Row {
    fn of(quote: &Quote<'_>) -> Row {
        let speaker = quote.speaker();
        let mut quotes = [0; 3];
        quotes[kind_number(quote.kind())] = 1;
        Row {
            name: name(quote).unwrap_or_default().to_owned(),
            quotes,
            documents: 1,
            kind: speaker.map(|speaker| speaker.kind().name()).filter(|kind| *kind != SpeakerKind::Unknown.name()),
            gender: speaker.and_then(|speaker| speaker.gender()).map(|gender| gender.name()),
            role: speaker.and_then(|speaker| speaker.roles().next()).map(|role| role.trim().to_owned()),
            longest: quote.content().into_owned(),
        }
    }

    /// All quotations.
    pub(crate) fn count(&self) -> u64 {
        self.quotes.iter().sum()
    }

    /// Role, kind and gender, as far as they are known.
    fn who(&self) -> String {
        let known = [self.role.as_deref(), self.kind, self.gender];
        known.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn add(&mut self, other: Row, documents: u64) {
        self.quotes.iter_mut().zip(other.quotes).for_each(|(count, more)| *count += more);
        self.documents += documents;
        self.kind = self.kind.or(other.kind);
        self.gender = self.gender.or(other.gender);
        self.role = self.role.take().or(other.role);
        if other.longest.len() > self.longest.len() {
            self.longest = other.longest;
        }
    }
}

/// The name a quotation is counted under: the speaker's, or else its source as it stands.
fn name<'q>(quote: &Quote<'q>) -> Option<&'q str> {
    quote.speaker().map(|speaker| speaker.name()).or_else(|| quote.source().map(|source| source.text()))
}

fn key(name: Option<&str>) -> String {
    name.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Speakers {
    /// Counts a quotation of one document.
    pub(crate) fn add(&mut self, quote: &Quote<'_>) {
        self.add_row(key(name(quote)), Row::of(quote), 0);
    }

    /// All quotations.
    pub(crate) fn count(&self) -> u64 {
        self.rows.iter().map(Row::count).sum()
    }

    /// Adds what was counted in another document.
    pub(crate) fn add_all(&mut self, other: Speakers) {
        for row in other.rows {
            self.add_row(key(Some(&row.name)), row, 1);
        }
    }

    fn add_row(&mut self, key: String, row: Row, documents: u64) {
        if let Some(&index) = self.index.get(&key) {
            self.rows[index].add(row, documents);
        } else {
            self.index.insert(key, self.rows.len());
            self.rows.push(row);
        }
    }

    /// Most quoted first, nobody last.
    pub(crate) fn rank(self) -> Ranking {
        let Speakers { rows, index } = self;
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&row| (rows[row].name.is_empty(), u64::MAX - rows[row].count()));
        let mut ranks = vec![None; rows.len()];
        for (rank, &row) in order.iter().enumerate() {
            ranks[row] = (!rows[row].name.is_empty()).then_some(rank);
        }
        let ranks = index.into_iter().map(|(key, row)| (key, ranks[row])).collect();
        let mut rows: Vec<Option<Row>> = rows.into_iter().map(Some).collect();
        Ranking { rows: order.iter().filter_map(|&row| rows[row].take()).collect(), ranks }
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
}

impl Ranking {
    /// The place of a quotation's speaker in the table, from 0; `None` if nobody is known.
    pub(crate) fn rank_of(&self, quote: &Quote<'_>) -> Option<usize> {
        self.ranks.get(&key(name(quote))).copied().flatten()
    }

    /// Most quoted first, nobody last.
    pub(crate) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many quotations: direct, mixed, indirect.
    pub(crate) fn kinds(&self) -> [u64; 3] {
        [0, 1, 2].map(|kind| self.rows.iter().map(|row| row.quotes[kind]).sum())
    }

    /// What was counted, in a few words.
    pub(crate) fn totals(&self) -> String {
        let [direct, mixed, indirect] = self.kinds();
        let known = self.rows.iter().filter(|row| !row.name.is_empty()).count();
        let quotes = counted((direct + mixed + indirect) as usize, "quotation");
        format!("{quotes} ({direct} direct, {mixed} mixed, {indirect} indirect) by {}", counted(known, "speaker"))
    }

    /// The table: a mark or number, the name, how many quotations, the longest of them, or else who it is.
    pub(crate) fn table(&self, page: Page, is_cast: bool) -> String {
        const GAPS: usize = 6;
        let label = |row: &Row| {
            if row.name.is_empty() { "unknown".to_owned() } else { fit(row.name.trim_end_matches(','), page.width / 3) }
        };
        let count_width = self.rows.iter().map(|row| row.count().to_string().len()).max().unwrap_or(0);
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
            let last = if is_cast { row.who() } else { row.longest.clone() };
            let last = fit(&last, page.width.saturating_sub(used).max(1));
            let line = format!(
                " {} {}{padding}  {:>count_width$}  {last}",
                page.ink(&format!("{mark:>mark_width$}"), ink),
                page.ink(&name, Ink { bold: rank.is_some(), ..ink }),
                row.count(),
            );
            table.push_str(line.trim_end());
            table.push('\n');
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
