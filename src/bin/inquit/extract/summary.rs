//! The speakers of all documents together, in the format that was asked for.

use super::json;
use super::options::Format;
use super::page::Page;
use super::speakers::{Ranking, Row, counted};
use super::visible;
use inquit::output::Table;
use serde::Serialize;

/// What is written of all documents.
pub(crate) struct Summary<'s> {
    pub(crate) ranking: &'s Ranking,
    pub(crate) documents: u64,
    /// Who speakers are counts for more than what they said.
    pub(crate) is_cast: bool,
}

/// The columns of a table, and the keys of JSON.
const COLUMNS: [&str; 10] =
    ["speaker", "quotes", "direct", "mixed", "indirect", "documents", "kind", "gender", "role", "longest"];

#[derive(Serialize)]
struct Speaker<'s> {
    /// None for all quotations whose speaker is unknown.
    speaker: Option<&'s str>,
    quotes: u64,
    direct: u64,
    mixed: u64,
    indirect: u64,
    documents: u64,
    kind: Option<&'s str>,
    gender: Option<&'s str>,
    role: Option<&'s str>,
    longest: &'s str,
}

#[derive(Serialize)]
struct Whole<'s> {
    documents: u64,
    quotes: u64,
    direct: u64,
    mixed: u64,
    indirect: u64,
    speakers: Vec<Speaker<'s>>,
}

fn speaker(row: &Row) -> Speaker<'_> {
    let [direct, mixed, indirect] = row.quotes;
    Speaker {
        speaker: (!row.name.is_empty()).then_some(&row.name),
        quotes: row.count(),
        direct,
        mixed,
        indirect,
        documents: row.documents,
        kind: row.kind,
        gender: row.gender,
        role: row.role.as_deref(),
        longest: &row.longest,
    }
}

impl Summary<'_> {
    /// All of it; a format that has no tables is refused among the options.
    pub(crate) fn render(&self, format: Format, page: Page) -> String {
        let rows = self.ranking.rows();
        match format {
            Format::Json => json::readable(&self.whole()) + "\n",
            Format::Jsonl => rows.iter().map(|row| json::line(&speaker(row)) + "\n").collect(),
            Format::Csv => table(Table::Csv, rows),
            Format::Tsv => table(Table::Tsv, rows),
            Format::Lines => rows.iter().map(line).collect(),
            Format::Html => self.html(),
            Format::Pretty | Format::Brat => {
                format!("{}\n{}", page.rule(&self.title()), self.ranking.table(page, self.is_cast))
            }
        }
    }

    fn title(&self) -> String {
        format!("{}: {}", counted(self.documents as usize, "document"), self.ranking.totals())
    }

    fn whole(&self) -> Whole<'_> {
        let [direct, mixed, indirect] = self.ranking.kinds();
        let speakers = self.ranking.rows().iter().map(speaker).collect();
        let (documents, quotes) = (self.documents, direct + mixed + indirect);
        Whole { documents, quotes, direct, mixed, indirect, speakers }
    }

    fn html(&self) -> String {
        let cells = |tag: &str, cells: &[String]| -> String {
            cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(cell))).collect()
        };
        let row = |row: &Row| format!("<tr>{}</tr>\n", cells("td", &fields(row)));
        let rows: String = self.ranking.rows().iter().map(row).collect();
        let (title, names) = (escaped(&self.title()), cells("th", &COLUMNS.map(str::to_owned)));
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <style>body {{ font: 1rem/1.4 sans-serif }} td, th {{ text-align: left; vertical-align: top; \
             padding: .2em .6em }}</style>\n<h1>{title}</h1>\n<table>\n<tr>{names}</tr>\n{rows}</table>\n</html>\n"
        )
    }
}

fn fields(row: &Row) -> [String; 10] {
    let Speaker { speaker, quotes, direct, mixed, indirect, documents, kind, gender, role, longest } = speaker(row);
    let [quotes, direct, mixed, indirect, documents] =
        [quotes, direct, mixed, indirect, documents].map(|n| n.to_string());
    let [speaker, kind, gender, role] = [speaker, kind, gender, role].map(|text| text.unwrap_or_default().to_owned());
    [speaker, quotes, direct, mixed, indirect, documents, kind, gender, role, longest.to_owned()]
}

fn table(table: Table, rows: &[Row]) -> String {
    let rows = rows.iter().map(|row| table.row(&fields(row)).to_string());
    std::iter::once(table.row(&COLUMNS).to_string()).chain(rows).collect()
}

/// *Ana Lim: 12*
fn line(row: &Row) -> String {
    let name = if row.name.is_empty() { "?" } else { &row.name };
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{}: {}\n", visible::line(&name), row.count())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
