//! A document as JSON: the keys of [`DocumentRecord`](inquit::output::DocumentRecord), written from the extraction itself,
//! as copies of all strings would cost a third of the time that finding them takes.

use super::line::{Extra, Id};
use inquit::output::{DocumentRecord, OffsetUnit, Offsets};
use inquit::{Extraction, Flags, Quote, QuotedString, Speaker};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// What an answer is written of.
#[derive(Clone, Copy)]
pub(crate) struct Record<'r> {
    pub(crate) id: &'r Id,
    pub(crate) extra: &'r Extra,
    pub(crate) unit: OffsetUnit,
    pub(crate) found: Result<&'r Extraction<'r>, &'r str>,
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Id::Text(text) => text.serialize(serializer),
            Id::Number(number) => number.serialize(serializer),
        }
    }
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id)?;
        self.extra.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.serialize_entry("version", &DocumentRecord::VERSION)?;
        map.serialize_entry("offsets", &self.unit)?;
        match self.found {
            Ok(extraction) => {
                let offsets = Offsets::new(extraction.text(), self.unit);
                let (quotes, speakers) = (extraction.quotes(), extraction.speakers());
                map.serialize_entry(
                    "quotes",
                    &List(|| quotes.clone().map(|quote| QuoteRecord { quote, offsets: &offsets })),
                )?;
                map.serialize_entry(
                    "speakers",
                    &List(|| speakers.clone().map(|speaker| SpeakerRecord { speaker, offsets: &offsets })),
                )?;
                let strings = extraction.quoted_strings();
                map.serialize_entry(
                    "quoted_strings",
                    &List(|| strings.clone().map(|string| StringRecord { string, offsets: &offsets })),
                )?;
                if let Some(span) = extraction.unread() {
                    map.serialize_entry("unread", &offsets.of(span))?;
                }
            }
            Err(what) => {
                map.serialize_entry("error", what)?;
                ["quotes", "speakers", "quoted_strings"]
                    .iter()
                    .try_for_each(|key| map.serialize_entry(key, &[(); 0]))?;
            }
        }
        map.end()
    }
}

/// What an iterator gives, as a list.
struct List<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// The names of flags, as a list.
struct Names(Flags);

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.names())
    }
}

struct QuoteRecord<'r> {
    quote: Quote<'r>,
    offsets: &'r Offsets<'r>,
}

impl Serialize for QuoteRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let QuoteRecord { quote, offsets } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("content", &List(|| quote.spans().iter().map(|span| offsets.of(*span))))?;
        map.serialize_entry("cue", &quote.cue_span().map(|span| offsets.of(span)))?;
        map.serialize_entry("source", &quote.source().map(|source| offsets.of(source.span())))?;
        map.serialize_entry("kind", quote.kind().name())?;
        map.serialize_entry("speaker", &quote.speaker().map(|speaker| speaker.name()))?;
        map.serialize_entry("speaker_sieve", &quote.speaker_sieve())?;
        map.serialize_entry("speaker_confidence", &rounded(quote.speaker_confidence()))?;
        map.serialize_entry("addressee", &quote.addressee().map(|addressee| offsets.of(addressee.span())))?;
        map.serialize_entry("addressee_name", &quote.addressee_name())?;
        map.serialize_entry("confidence", &rounded(quote.confidence()))?;
        map.serialize_entry("rule", quote.rule())?;
        map.serialize_entry("flags", &Names(quote.flags()))?;
        map.end()
    }
}

/// To three places, as the library does.
fn rounded(share: f32) -> f32 {
    (share * 1000.0).round() / 1000.0
}

struct SpeakerRecord<'r> {
    speaker: Speaker<'r>,
    offsets: &'r Offsets<'r>,
}

impl Serialize for SpeakerRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let SpeakerRecord { speaker, offsets } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", speaker.name())?;
        map.serialize_entry("mentions", &List(|| speaker.mentions().iter().map(|span| offsets.of(*span))))?;
        map.serialize_entry("kind", speaker.kind().name())?;
        map.serialize_entry("gender", &speaker.gender().map(|gender| gender.name()))?;
        map.serialize_entry("roles", &List(|| speaker.roles()))?;
        map.serialize_entry("on_behalf_of", &speaker.on_behalf_of())?;
        map.end()
    }
}

struct StringRecord<'r> {
    string: QuotedString<'r>,
    offsets: &'r Offsets<'r>,
}

impl Serialize for StringRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("span", &self.offsets.of(self.string.span()))?;
        map.serialize_entry("role", self.string.role().name())?;
        map.serialize_entry("flags", &Names(self.string.flags()))?;
        map.end()
    }
}
