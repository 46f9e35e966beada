//! Finds every quotation in a text and says who is quoted.

mod attribute;
mod check;
mod clause;
mod confidence;
mod error;
mod explain;
mod extract;
mod lex;
mod lexicon;
pub mod output;
mod pair;
mod quote;
mod rules;
mod scan;
mod span;
mod table;
mod token;
mod weigh;
mod word;

pub use attribute::Coverage;
pub use check::CheckFailure;
pub use error::Error;
pub use explain::{ExplainedCandidate, ExplainedEnd, ExplainedToken, Explanation};
#[doc(hidden)]
pub use extract::Stage;
pub use extract::{Extractor, ExtractorBuilder, Scratch};
pub use quote::{Extraction, Flags, Mention, MentionKind, Quote, QuoteKind, QuotedString, Speaker, StringRole};
pub use span::Span;
