//! Documents as JSON objects.

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The name of a document.
#[derive(Clone, Debug)]
pub(crate) enum Id {
    Text(String),
    /// A JSON number, as it stands in the input: read as a number, two that differ might become one.
    Number(Box<RawValue>),
}

impl Id {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Id::Text(text) => text,
            Id::Number(number) => number.get(),
        }
    }
}

/// Keys of a document that are given back as they are, in order.
pub(crate) type Extra = Vec<(String, Box<RawValue>)>;

/// Keys that the answer has itself.
const OWN: [&str; 10] =
    ["id", "text", "version", "offsets", "quotes", "speakers", "quoted_strings", "blocks", "unread", "error"];

/// An object that was read.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) id: Option<Id>,
    /// None if there is none, or null.
    pub(crate) text: Option<String>,
    pub(crate) extra: Extra,
}

/// What is wrong with an object, and where: line and column, from 1.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) place: Option<(u64, u64)>,
    pub(crate) what: String,
}

const OBJECT: &str = "an object such as {\"id\": \"a\", \"text\": \"...\"}";

/// Reads an object; other keys than `id` and `text` only if they are wanted.
pub(crate) fn read(line: &str, with_extra: bool) -> Result<Line, Fault> {
    let fault = |error: serde_json::Error| {
        let message = error.to_string();
        let what = message.rsplit_once(" at line ").map_or(&*message, |(what, _)| what).to_owned();
        Fault { place: Some((error.line() as u64, error.column() as u64)), what }
    };
    if line.trim_start().starts_with('[') {
        // For serde_json, the place of an array is behind its bracket or before it.
        let what = format!("invalid type: sequence, expected {OBJECT}");
        return Err(Fault { place: Some((1, (line.len() - line.trim_start().len()) as u64 + 1)), what });
    }
    let raw: Raw<'_> = serde_json::from_str(line).map_err(fault)?;
    let id = raw.id.map(id).transpose().map_err(|what| Fault { place: None, what: format!("\"id\"{what}") })?;
    let mut extra: Extra = Vec::new();
    if with_extra {
        for (key, value) in raw.extra.into_iter().filter(|(key, _)| !OWN.contains(&&**key)) {
            // Of two values of one key the last one counts, as almost everywhere.
            extra.retain(|(other, _)| *other != key);
            extra.push((key.into_owned(), on_one_line(value)));
        }
    }
    Ok(Line { id, text: raw.text, extra })
}

/// No string holds a line end as it is: those there are stand between values.
fn on_one_line(value: &RawValue) -> Box<RawValue> {
    if !value.get().contains(['\n', '\r']) {
        return value.to_owned();
    }
    RawValue::from_string(value.get().replace(['\n', '\r'], "")).unwrap_or_else(|_| value.to_owned())
}

fn id(raw: &RawValue) -> Result<Id, String> {
    let what = match raw.get().as_bytes()[0] {
        b'"' => return serde_json::from_str(raw.get()).map(Id::Text).map_err(|error| format!(": {error}")),
        b'{' => "an object",
        b'[' => "an array",
        b't' | b'f' => raw.get(),
        _ => return Ok(Id::Number(raw.to_owned())),
    };
    Err(format!(" is {what}: an id is a string or a number"))
}

/// An object whose values were looked at no more than is needed.
#[derive(Default)]
struct Raw<'l> {
    id: Option<&'l RawValue>,
    text: Option<String>,
    extra: Vec<(Cow<'l, str>, &'l RawValue)>,
}

/// A key, without a copy where nothing in it is escaped.
struct Key<'l>(Cow<'l, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key<'de>, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: de::Error>(self, key: &'de str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E: de::Error>(self, key: &str) -> Result<Key<'de>, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

impl<'de> Deserialize<'de> for Raw<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw<'de>, D::Error> {
        struct RawVisitor;

        impl<'de> Visitor<'de> for RawVisitor {
            type Value = Raw<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(OBJECT)
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Raw<'de>, M::Error> {
                let mut raw = Raw::default();
                let (mut has_id, mut has_text) = (false, false);
                while let Some(Key(key)) = map.next_key()? {
                    match &*key {
                        "id" if has_id => return Err(de::Error::duplicate_field("id")),
                        "text" if has_text => return Err(de::Error::duplicate_field("text")),
                        "id" => (has_id, raw.id) = (true, map.next_value()?),
                        "text" => (has_text, raw.text) = (true, map.next_value()?),
                        _ => raw.extra.push((key, map.next_value()?)),
                    }
                }
                Ok(raw)
            }
        }

        deserializer.deserialize_map(RawVisitor)
    }
}
