//! From one extraction to the text of the answer: the place where a format is added.

use crate::json;
use crate::options::{Filter, Format};
use crate::page::Page;
use crate::pretty;
use inquit::Extraction;
use inquit::output::{DocumentRecord, OffsetUnit};

/// How documents are written.
#[derive(Clone, Debug)]
pub(crate) struct Renderer {
    pub(crate) format: Format,
    pub(crate) unit: OffsetUnit,
    pub(crate) filter: Filter,
    pub(crate) page: Page,
}

impl Renderer {
    /// One document, with a line end.
    pub(crate) fn render(&self, id: &str, extraction: &Extraction<'_>) -> String {
        match self.format {
            Format::Pretty => pretty::document(id, extraction, &self.filter, self.page),
            Format::Json => json::readable(&self.record(id, extraction)) + "\n",
            Format::Jsonl => json::line(&self.record(id, extraction)) + "\n",
        }
    }

    fn record(&self, id: &str, extraction: &Extraction<'_>) -> DocumentRecord {
        let mut record = DocumentRecord::new(id, extraction, self.unit);
        if !self.filter.keeps_all() {
            let mut keeps = extraction.quotes().map(|quote| self.filter.keeps(&quote));
            record.quotes.retain(|_| keeps.next().unwrap_or(true));
            let DocumentRecord { quotes, speakers, .. } = &mut record;
            speakers.retain(|speaker| quotes.iter().any(|quote| quote.speaker.as_ref() == Some(&speaker.name)));
        }
        record
    }
}
