//! Formats an extraction can be written in.
//!
//! | type | format |
//! |---|---|
//! | `DocumentRecord` | owned records for JSON, with a schema *(feature `serde`)* |
//! | [`Html`] | one page for a browser: quotations in the colours of their speakers |
//! | [`Brat`] | standoff annotation, as annotation tools and corpora have it |
//! | [`Table`] | CSV and TSV, one row a quotation, safe to open in a spreadsheet |
//!
//! All but the records are adaptors that implement [`Display`](std::fmt::Display): they can be written anywhere with
//! `write!`, and no string is built on the way. They need no other crate, so no feature stands before them.
//!
//! Inside the crate every place counts bytes; here it can be converted to the [unit](OffsetUnit) the reader counts in.
//!
//! ```
//! use inquit::Extractor;
//! use inquit::output::{OffsetUnit, Table};
//!
//! let found = Extractor::english().extract("“Go,” said Ana Lim.");
//! let rows = Table::Csv.rows("a.txt", &found, OffsetUnit::Byte).to_string();
//! assert!(rows.starts_with("a.txt,direct,") && rows.contains(",Ana Lim,said,\"“Go,”\","));
//! ```

mod brat;
mod csv;
mod html;
mod offsets;
#[cfg(feature = "serde")]
mod record;

pub use brat::Brat;
pub use csv::{Column, Rows, Table};
pub use html::Html;
pub use offsets::{OffsetUnit, Offsets};
#[cfg(feature = "serde")]
pub use record::{BlockRecord, DocumentRecord, QuoteRecord, RECORD_SCHEMA, SpeakerRecord, StringRecord};

use crate::quote::Quote;

/// To three places, which is more than was measured.
fn rounded_confidence(quote: &Quote<'_>) -> f32 {
    (quote.confidence() * 1000.0).round() / 1000.0
}
