//! A document as JSON: the keys of [`DocumentRecord`](inquit::output::DocumentRecord), written from the extraction itself,
//! as copies of all strings would cost a third of the time that finding them takes.

use super::line::{Extra, Id};
use inquit::output::{DocumentRecord, OffsetUnit, Offsets};
use inquit::{Block, Extraction, Flags, Mention, Quote, QuotedString, Speaker};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The keys of a quotation in JSON, in order, then the two lists that stand beside quotations.
pub(crate) const KEYS: [&str; 23] = [
    "content",
    "content_text",
    "cue",
    "cue_text",
    "source",
    "source_text",
    "kind",
    "speaker",
    "speaker_index",
    "speaker_kind",
    "speaker_gender",
    "speaker_role",
    "speaker_sieve",
    "speaker_confidence",
    "addressee",
    "addressee_text",
    "addressee_name",
    "confidence",
    "rule",
    "flags",
    "speakers",
    "quoted_strings",
    "blocks",
];

/// Which keys are written.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    /// Words beside their offsets, and who the speaker is.
    pub(crate) with_text: bool,
    /// These alone, if not all.
    pub(crate) only: Option<Vec<String>>,
}

impl Keys {
    fn has(&self, key: &str) -> bool {
        self.only.as_ref().is_none_or(|only| only.iter().any(|wanted| wanted == key))
    }

    fn put<M: SerializeMap>(&self, map: &mut M, key: &'static str, value: &impl Serialize) -> Result<(), M::Error> {
        if self.has(key) { map.serialize_entry(key, value) } else { Ok(()) }
    }

    /// The same for what is only there with the words.
    fn put_text<M: SerializeMap>(
        &self,
        map: &mut M,
        key: &'static str,
        value: &impl Serialize,
    ) -> Result<(), M::Error> {
        if self.with_text { self.put(map, key, value) } else { Ok(()) }
    }
}

/// What an answer is written of.
#[derive(Clone, Copy)]
pub(crate) struct Record<'r> {
    pub(crate) id: &'r Id,
    pub(crate) extra: &'r Extra,
    pub(crate) unit: OffsetUnit,
    pub(crate) keys: &'r Keys,
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
            Ok(extraction) => self.put_found(&mut map, extraction)?,
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

impl Record<'_> {
    fn put_found<M: SerializeMap>(&self, map: &mut M, extraction: &Extraction<'_>) -> Result<(), M::Error> {
        let (keys, offsets) = (self.keys, &Offsets::new(extraction.text(), self.unit));
        let quotes = extraction.quotes();
        map.serialize_entry("quotes", &List(|| quotes.clone().map(|quote| QuoteRecord { quote, offsets, keys })))?;
        let speakers = extraction.speakers();
        keys.put(map, "speakers", &List(|| speakers.clone().map(|speaker| SpeakerRecord { speaker, offsets })))?;
        let strings = extraction.quoted_strings();
        keys.put(map, "quoted_strings", &List(|| strings.clone().map(|string| StringRecord { string, offsets })))?;
        let blocks = extraction.blocks();
        if blocks.len() > 0 {
            keys.put(map, "blocks", &List(|| blocks.clone().map(|block| BlockRecord { block, offsets })))?;
        }
        extraction.unread().map_or(Ok(()), |span| map.serialize_entry("unread", &offsets.of(span)))
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
    keys: &'r Keys,
}

impl Serialize for QuoteRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let QuoteRecord { quote, offsets, keys } = self;
        let mut map = serializer.serialize_map(None)?;
        let (source, addressee) = (quote.source(), quote.addressee());
        let place = |mention: Option<Mention<'_>>| mention.map(|mention| offsets.of(mention.span()));
        keys.put(&mut map, "content", &List(|| quote.spans().iter().map(|span| offsets.of(*span))))?;
        keys.put_text(&mut map, "content_text", &quote.content())?;
        keys.put(&mut map, "cue", &quote.cue_span().map(|span| offsets.of(span)))?;
        keys.put_text(&mut map, "cue_text", &quote.cue())?;
        keys.put(&mut map, "source", &place(source))?;
        keys.put_text(&mut map, "source_text", &source.as_ref().map(Mention::text))?;
        keys.put(&mut map, "kind", &quote.kind().name())?;
        self.put_speaker(&mut map)?;
        keys.put(&mut map, "addressee", &place(addressee))?;
        keys.put_text(&mut map, "addressee_text", &addressee.as_ref().map(Mention::text))?;
        keys.put(&mut map, "addressee_name", &quote.addressee_name())?;
        keys.put(&mut map, "confidence", &rounded(quote.confidence()))?;
        keys.put(&mut map, "rule", &quote.rule())?;
        keys.put(&mut map, "flags", &Names(quote.flags()))?;
        map.end()
    }
}

impl QuoteRecord<'_> {
    fn put_speaker<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let QuoteRecord { quote, keys, .. } = self;
        let speaker = quote.speaker();
        let gender = speaker.and_then(|speaker| speaker.gender());
        keys.put(map, "speaker", &speaker.map(|speaker| speaker.name()))?;
        keys.put_text(map, "speaker_index", &speaker.map(|speaker| speaker.index()))?;
        keys.put_text(map, "speaker_kind", &speaker.map(|speaker| speaker.kind().name()))?;
        keys.put_text(map, "speaker_gender", &gender.map(|gender| gender.name()))?;
        keys.put_text(map, "speaker_role", &speaker.and_then(|speaker| speaker.roles().next()))?;
        keys.put(map, "speaker_sieve", &quote.speaker_sieve())?;
        keys.put(map, "speaker_confidence", &rounded(quote.speaker_confidence()))
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

struct BlockRecord<'r> {
    block: Block<'r>,
    offsets: &'r Offsets<'r>,
}

impl Serialize for BlockRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.block.kind().name())?;
        map.serialize_entry("span", &self.offsets.of(self.block.span()))?;
        map.serialize_entry("label", &self.block.label_span().map(|span| self.offsets.of(span)))?;
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
