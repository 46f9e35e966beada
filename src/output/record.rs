//! Owned records of an extraction, for JSON and whatever else `serde` writes.

use crate::output::{OffsetUnit, Offsets, rounded_confidence};
use crate::quote::{Extraction, Quote};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// The JSON Schema (draft 2020-12) of a [`DocumentRecord`].
pub const RECORD_SCHEMA: &str = include_str!("record.schema.json");

/// One document: the format of the `extract` example, one line each in JSON lines.
///
/// [`RECORD_SCHEMA`] describes it for other languages. Keys may be added; what those there are mean changes with
/// [`VERSION`](DocumentRecord::VERSION) alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DocumentRecord {
    /// The caller's name for the document. In JSON it may also be an integer, as the `extract` example writes it where
    /// it read one: that is read as its digits.
    #[serde(deserialize_with = "id")]
    pub id: String,
    /// The version of this format.
    pub version: u32,
    /// What the offsets count.
    pub offsets: OffsetUnit,
    /// Every quotation, in order.
    pub quotes: Vec<QuoteRecord>,
    /// Everybody quoted.
    pub speakers: Vec<SpeakerRecord>,
    /// Every string in quotation marks.
    pub quoted_strings: Vec<StringRecord>,
    /// Paragraphs that are no plain narrative; the key is only there if there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<BlockRecord>,
    /// The end of a text too long to be read whole ([`Extraction::unread`]); the key is only there if it is not `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<[usize; 2]>,
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

/// A paragraph that is no plain narrative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct BlockRecord {
    /// `turn`, `dash`, `announced` or `furniture`.
    pub kind: String,
    /// Where it stands.
    pub span: [usize; 2],
    /// The label of a turn.
    pub label: Option<[usize; 2]>,
}

impl DocumentRecord {
    /// The version of the format this crate writes.
    pub const VERSION: u32 = 1;

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
            version: DocumentRecord::VERSION,
            offsets: unit,
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
            blocks: extraction
                .blocks()
                .map(|block| BlockRecord {
                    kind: block.kind().name().to_owned(),
                    span: offsets.of(block.span()),
                    label: block.label_span().map(|span| offsets.of(span)),
                })
                .collect(),
            unread: extraction.unread().map(|span| offsets.of(span)),
        }
    }
}

/// Reads a string, or an integer as its digits. Other numbers may have been rounded on the way here and name nothing.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Id;

    impl Visitor<'_> for Id {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string or an integer of 64 bits")
        }

        fn visit_str<E: de::Error>(self, id: &str) -> Result<String, E> {
            Ok(id.to_owned())
        }

        fn visit_string<E: de::Error>(self, id: String) -> Result<String, E> {
            Ok(id)
        }

        fn visit_u64<E: de::Error>(self, id: u64) -> Result<String, E> {
            Ok(id.to_string())
        }

        fn visit_i64<E: de::Error>(self, id: i64) -> Result<String, E> {
            Ok(id.to_string())
        }
    }

    // Formats that do not tell what comes next hold what was written: a string.
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(Id)
    } else {
        deserializer.deserialize_string(Id)
    }
}

fn quote_record(quote: &Quote<'_>, offsets: &Offsets<'_>) -> QuoteRecord {
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
        confidence: rounded_confidence(quote),
        rule: quote.rule().to_owned(),
        flags: quote.flags().names().map(str::to_owned).collect(),
    }
}
