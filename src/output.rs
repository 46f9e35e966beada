//! Owned records of an extraction, for JSON and other formats. *(feature `serde`)*

use crate::quote::{Extraction, Quote};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// What offsets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OffsetUnit {
    /// Bytes of UTF-8, as in Rust.
    #[default]
    Byte,
    /// Unicode code points, as in Python.
    Char,
    /// UTF-16 code units, as in JavaScript and Java.
    Utf16,
}

/// One document: the format of the `extract` example, one line each in JSON lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DocumentRecord {
    /// The caller's name for the document.
    pub id: String,
    /// Every quotation, in order.
    pub quotes: Vec<QuoteRecord>,
    /// Everybody quoted.
    pub speakers: Vec<SpeakerRecord>,
    /// Every string in quotation marks.
    pub quoted_strings: Vec<StringRecord>,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuoteRecord {
    /// Its spans, half open.
    pub content: Vec<[usize; 2]>,
    /// The words that announce it.
    pub cue: Option<[usize; 2]>,
    /// The words it is attributed to.
    pub source: Option<[usize; 2]>,
    /// `direct`, `mixed` or `indirect`.
    pub kind: String,
    /// The speaker's name.
    pub speaker: Option<String>,
    /// What named the speaker, or found that it cannot be told.
    pub speaker_sieve: Option<String>,
    /// From 0 to 1.
    pub speaker_confidence: f32,
    /// Who is spoken to.
    pub addressee: Option<[usize; 2]>,
    /// The fullest name of whoever is spoken to.
    pub addressee_name: Option<String>,
    /// From 0 to 1.
    pub confidence: f32,
    /// The rule or sieve that decided.
    pub rule: String,
    /// What is out of the ordinary.
    pub flags: Vec<String>,
}

/// Somebody quoted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpeakerRecord {
    /// The fullest name in the text.
    pub name: String,
    /// Where they are spoken of: by name, and as a source in any words.
    pub mentions: Vec<[usize; 2]>,
    /// `person`, `organisation`, `group`, `document` or `unknown`.
    pub kind: String,
    /// `female` or `male`, if known.
    pub gender: Option<String>,
    /// What the text says they are.
    pub roles: Vec<String>,
    /// Whom they speak for.
    pub on_behalf_of: Option<String>,
}

/// A string in quotation marks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StringRecord {
    /// With its marks.
    pub span: [usize; 2],
    /// `speech`, `title`, `term`, `nickname`, `sign`, `scare` or `unknown`.
    pub role: String,
    /// Repairs to its marks.
    pub flags: Vec<String>,
}

impl DocumentRecord {
    /// Everything in `extraction`, with offsets in `unit`.
    ///
    /// ```
    /// use inquit::Extractor;
    /// use inquit::output::{DocumentRecord, OffsetUnit};
    ///
    /// let found = Extractor::english().extract("“Go,” said Ana Lim.");
    /// let record = DocumentRecord::new("a", &found, OffsetUnit::Char);
    /// assert_eq!(record.quotes[0].content, [[0, 5]]);
    /// assert_eq!(record.quotes[0].source, Some([11, 18]));
    /// ```
    pub fn new(id: impl Into<String>, extraction: &Extraction<'_>, unit: OffsetUnit) -> DocumentRecord {
        let offsets = Offsets::new(extraction.text(), unit);
        let flags = |flags: crate::Flags| flags.names().map(str::to_owned).collect();
        DocumentRecord {
            id: id.into(),
            quotes: extraction.quotes().map(|quote| quote_record(&quote, &offsets)).collect(),
            speakers: extraction
                .speakers()
                .map(|speaker| SpeakerRecord {
                    name: speaker.name().to_owned(),
                    mentions: speaker.mentions().iter().map(|span| offsets.of(*span)).collect(),
                    kind: speaker.kind().name().to_owned(),
                    gender: speaker.gender().map(|gender| gender.name().to_owned()),
                    roles: speaker.roles().map(str::to_owned).collect(),
                    on_behalf_of: speaker.on_behalf_of().map(str::to_owned),
                })
                .collect(),
            quoted_strings: extraction
                .quoted_strings()
                .map(|string| StringRecord {
                    span: offsets.of(string.span()),
                    role: string.role().name().to_owned(),
                    flags: flags(string.flags()),
                })
                .collect(),
        }
    }
}

fn quote_record(quote: &Quote<'_>, offsets: &Offsets) -> QuoteRecord {
    QuoteRecord {
        content: quote.spans().iter().map(|span| offsets.of(*span)).collect(),
        cue: quote.cue_span().map(|span| offsets.of(span)),
        source: quote.source().map(|source| offsets.of(source.span())),
        kind: quote.kind().name().to_owned(),
        speaker: quote.speaker().map(|speaker| speaker.name().to_owned()),
        speaker_sieve: quote.speaker_sieve().map(str::to_owned),
        speaker_confidence: (quote.speaker_confidence() * 1000.0).round() / 1000.0,
        addressee_name: quote.addressee_name().map(str::to_owned),
        addressee: quote.addressee().map(|addressee| offsets.of(addressee.span())),
        confidence: (quote.confidence() * 1000.0).round() / 1000.0,
        rule: quote.rule().to_owned(),
        flags: quote.flags().names().map(str::to_owned).collect(),
    }
}

/// Byte offsets → another unit: one pass over the text, then a look-up.
struct Offsets {
    /// For every byte that begins a character, how many units come before it; empty for bytes.
    before: Vec<usize>,
}

impl Offsets {
    fn new(text: &str, unit: OffsetUnit) -> Offsets {
        if unit == OffsetUnit::Byte || text.is_ascii() {
            return Offsets { before: Vec::new() };
        }
        let mut before = vec![0; text.len() + 1];
        let mut count = 0;
        for (at, letter) in text.char_indices() {
            before[at] = count;
            count += if unit == OffsetUnit::Utf16 { letter.len_utf16() } else { 1 };
        }
        before[text.len()] = count;
        Offsets { before }
    }

    fn of(&self, span: Span) -> [usize; 2] {
        [span.start, span.end].map(|at| self.before.get(at).copied().unwrap_or(at))
    }
}
