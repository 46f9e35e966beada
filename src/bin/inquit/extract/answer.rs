//! What comes of a document, between reading and writing.

use super::speakers::Speakers;
use std::path::PathBuf;

/// What came of one document.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// How many bytes of input it was.
    pub(crate) size: u64,
    pub(crate) answer: Result<Answer, String>,
    /// A message beside the answer: not all of the document was read, or nothing.
    pub(crate) beside: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Answer {
    /// To be written.
    Written(Written),
    /// There is an output file already.
    PassedOver { place: PathBuf },
    /// For the summary.
    Counted(Speakers),
}

/// An answer. The place is only for an output folder, and so are the text of the document and the fingerprint.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(crate) place: PathBuf,
    pub(crate) answer: String,
    pub(crate) text: Option<String>,
    pub(crate) print: u64,
    /// How many quotations are in it.
    pub(crate) quotes: u64,
}
