//! From one extraction to the text of the answer: the place where a format is added.

use super::json;
use super::line::Id;
use super::options::Format;
use super::page::Page;
use super::pretty;
use inquit::Extraction;
use inquit::output::{Brat, DocumentRecord, Html, OffsetUnit, QuoteRecord, SpeakerRecord, StringRecord, Table};
use serde::Serialize;
use serde_json::value::RawValue;

/// How documents are written.
#[derive(Clone, Debug)]
pub(crate) struct Renderer {
    pub(crate) format: Format,
    pub(crate) unit: OffsetUnit,
    pub(crate) page: Page,
    /// Whether each document gets a file of its own.
    pub(crate) is_file_each: bool,
}

impl Renderer {
    /// One document, with a line end.
    pub(crate) fn render(&self, id: &Id, extraction: &Extraction<'_>) -> String {
        let record = || Record::new(id, DocumentRecord::new(id.as_str(), extraction, self.unit));
        let id = id.as_str();
        match self.format {
            Format::Pretty => pretty::document(id, extraction, self.page),
            Format::Json => json::readable(&record()) + "\n",
            Format::Jsonl => json::line(&record()) + "\n",
            Format::Html => Html::new(extraction, id).to_string(),
            Format::Brat => Brat::new(extraction).to_string(),
            Format::Csv => self.rows(Table::Csv, id, extraction),
            Format::Tsv => self.rows(Table::Tsv, id, extraction),
        }
    }

    fn rows(&self, table: Table, id: &str, extraction: &Extraction<'_>) -> String {
        let header = if self.is_file_each { table.header().to_string() } else { String::new() };
        format!("{header}{}", table.rows(id, extraction, self.unit))
    }
}

/// A document as JSON: the record of the library, which names documents by strings, or one named by a number.
#[derive(Serialize)]
#[serde(untagged)]
enum Record<'i> {
    Named(DocumentRecord),
    Numbered(Numbered<'i>),
}

/// The fields of [`DocumentRecord`] in the same order.
#[derive(Serialize)]
struct Numbered<'i> {
    id: &'i RawValue,
    version: u32,
    offsets: OffsetUnit,
    quotes: Vec<QuoteRecord>,
    speakers: Vec<SpeakerRecord>,
    quoted_strings: Vec<StringRecord>,
}

impl<'i> Record<'i> {
    fn new(id: &'i Id, record: DocumentRecord) -> Record<'i> {
        let Id::Number(id) = id else { return Record::Named(record) };
        let DocumentRecord { version, offsets, quotes, speakers, quoted_strings, .. } = record;
        Record::Numbered(Numbered { id, version, offsets, quotes, speakers, quoted_strings })
    }
}
