//! From one extraction to the text of the answer: the place where a format is added.

use crate::json;
use crate::options::Format;
use crate::page::Page;
use crate::pretty;
use inquit::Extraction;
use inquit::output::{Brat, DocumentRecord, Html, OffsetUnit, Table};

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
    pub(crate) fn render(&self, id: &str, extraction: &Extraction<'_>) -> String {
        let record = || DocumentRecord::new(id, extraction, self.unit);
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
