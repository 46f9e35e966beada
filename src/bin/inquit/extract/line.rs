//! Documents as lines of JSON.

use serde::Deserialize;
use serde_json::value::RawValue;

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

#[derive(Deserialize)]
#[serde(expecting = "an object such as {\"id\": \"a\", \"text\": \"...\"}")]
struct Line<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    text: Option<String>,
}

/// The id of a document, if it has one, and its text; or what is wrong with the line.
pub(crate) fn read(line: &str) -> Result<(Option<Id>, String), String> {
    let message = |error: &serde_json::Error| {
        let message = error.to_string();
        message.rsplit_once(" at line ").map_or(&*message, |(what, _)| what).to_owned()
    };
    let place = line.len() - line.trim_start().len();
    if line[place..].starts_with('[') {
        // For serde, the items of an array may be the fields of a struct.
        const SEQUENCE: &str = "invalid type: sequence, expected an object such as {\"id\": \"a\", \"text\": \"...\"}";
        return Err(format!("column {}: {SEQUENCE}", place + 1));
    }
    let line: Line<'_> =
        serde_json::from_str(line).map_err(|error| format!("column {}: {}", error.column(), message(&error)))?;
    let id = line.id.map(|id| self::id(id).map_err(|what| format!("\"id\"{what}"))).transpose()?;
    Ok((id, line.text.ok_or("no \"text\" in it")?))
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
