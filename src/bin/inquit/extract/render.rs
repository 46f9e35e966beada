//! From one extraction to the text of the answer: the place where a format is added.

use super::document::{Document, Unread};
use super::json;
use super::lines;
use super::options::{Format, Options};
use super::page::Page;
use super::pretty;
use super::record::{Keys, Record};
use inquit::Extraction;
use inquit::output::{Brat, Column, Html, OffsetUnit, Table};

/// How documents are written.
#[derive(Clone, Debug)]
pub(crate) struct Renderer {
    pub(crate) format: Format,
    pub(crate) unit: OffsetUnit,
    pub(crate) page: Page,
    /// What is written of a quotation: in JSON, and in tables.
    pub(crate) keys: Keys,
    pub(crate) columns: Vec<Column>,
    /// Whether each document gets a file of its own.
    pub(crate) is_file_each: bool,
}

impl Renderer {
    pub(crate) fn of(options: &Options, page: Page) -> Renderer {
        Renderer {
            format: options.format,
            unit: options.unit(),
            page,
            keys: options.keys(),
            columns: options.columns(),
            is_file_each: options.output.is_some(),
        }
    }

    /// One document, with a line end.
    pub(crate) fn render(&self, document: &Document, extraction: &Extraction<'_>) -> String {
        let Document { id, extra, .. } = document;
        let record = Record { id, extra, unit: self.unit, keys: &self.keys, found: Ok(extraction) };
        let id = id.as_str();
        match self.format {
            Format::Pretty => pretty::document(id, extraction, self.page),
            Format::Json => json::readable(&record) + "\n",
            Format::Jsonl => json::line(&record) + "\n",
            Format::Lines => lines::document(document, extraction),
            Format::Html => Html::new(extraction, id).to_string(),
            Format::Brat => Brat::new(extraction).to_string(),
            Format::Csv => self.rows(Table::Csv, id, extraction),
            Format::Tsv => self.rows(Table::Tsv, id, extraction),
        }
    }

    /// The line of a document that cannot be read.
    pub(crate) fn unread(&self, unread: &Unread) -> String {
        let Unread { id, extra, what, .. } = unread;
        json::line(&Record { id, extra, unit: self.unit, keys: &self.keys, found: Err(what) }) + "\n"
    }

    fn rows(&self, table: Table, id: &str, extraction: &Extraction<'_>) -> String {
        let header = if self.is_file_each { table.header_of(&self.columns).to_string() } else { String::new() };
        format!("{header}{}", table.rows(id, extraction, self.unit).columns(&self.columns))
    }
}
