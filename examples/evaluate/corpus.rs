//! Documents marked by people: the gold format, one document a line, or folders of brat files.
//!
//! A line of the gold format is an object with `id`, `text` and `attributions`; each attribution has `content`,
//! `cue` and `source` (lists of half-open byte ranges), `kind` (`direct`, `mixed`, `indirect`), and may have
//! `speaker`, `aliases` and `tags`. A document may have `ignore`, ranges that nobody marked, and `layers`, the
//! names of what was marked; without a layer `source` no source is measured.

use crate::brat;
use inquit::Span;
use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;
use std::error::Error;
use std::path::{Path, PathBuf};

/// What stops the program: a message for the person who called it.
pub(crate) type Failure = Box<dyn Error>;

/// A document marked by people.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    #[serde(deserialize_with = "id")]
    pub id: String,
    pub text: String,
    pub attributions: Vec<Attribution>,
    #[serde(default, deserialize_with = "spans")]
    pub ignore: Vec<Span>,
    #[serde(default)]
    pub layers: Option<Vec<String>>,
}

/// One attribution.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(crate) struct Attribution {
    #[serde(deserialize_with = "spans")]
    pub content: Vec<Span>,
    #[serde(default, deserialize_with = "spans")]
    pub cue: Vec<Span>,
    #[serde(default, deserialize_with = "spans")]
    pub source: Vec<Span>,
    /// Told from the quotation marks if it is not given.
    #[serde(default)]
    pub kind: Option<String>,
    #[serde(default)]
    pub speaker: Option<String>,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub tags: Vec<String>,
}

/// Answers of any system for one document, in the format of the `extract` example.
#[derive(Debug, Deserialize)]
pub(crate) struct Answers {
    #[serde(deserialize_with = "id")]
    pub id: String,
    pub quotes: Vec<Answer>,
}

/// One answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    #[serde(deserialize_with = "spans")]
    pub content: Vec<Span>,
    #[serde(default, deserialize_with = "spans")]
    pub cue: Vec<Span>,
    #[serde(default, deserialize_with = "spans")]
    pub source: Vec<Span>,
    #[serde(default)]
    pub speaker: Option<String>,
    #[serde(default)]
    pub confidence: Option<f32>,
    #[serde(default)]
    pub rule: Option<String>,
}

/// `null`, one range or a list of ranges.
#[derive(Deserialize)]
#[serde(untagged)]
enum Ranges {
    One([usize; 2]),
    Many(Vec<[usize; 2]>),
}

fn spans<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Span>, D::Error> {
    let mut ranges = match Option::<Ranges>::deserialize(deserializer)? {
        None => Vec::new(),
        Some(Ranges::One(range)) => vec![range],
        Some(Ranges::Many(ranges)) => ranges,
    };
    ranges.sort_unstable();
    Ok(ranges.into_iter().map(|[start, end]| Span::new(start, end)).collect())
}

/// A string, or a number as it is written.
fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let id = <Box<RawValue>>::deserialize(deserializer)?;
    match id.get().as_bytes()[0] {
        b'-' | b'0'..=b'9' => Ok(id.get().to_owned()),
        _ => serde_json::from_str(id.get()).map_err(de::Error::custom),
    }
}

/// Reads corpora: files in the gold format, and folders of brat files.
pub(crate) fn read(paths: &[PathBuf]) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::new();
    for path in paths {
        let new = if path.is_dir() { brat::read(path)? } else { lines(path)? };
        documents.extend(new);
    }
    for document in &documents {
        check(document)?;
    }
    Ok(documents)
}

/// Reads a file of one JSON object a line.
pub(crate) fn lines<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, Failure> {
    let parse = |(index, line)| {
        serde_json::from_str(line).map_err(|error| format!("{}, line {}: {error}", path.display(), index + 1).into())
    };
    let text = text(path)?;
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(parse).collect()
}

/// Reads a file of text.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Every range must be a piece of the text.
pub(crate) fn check(document: &Document) -> Result<(), Failure> {
    let marked = document.attributions.iter().flat_map(|one| [&one.content, &one.cue, &one.source]).flatten();
    for span in marked.chain(&document.ignore) {
        if span.is_empty() || document.text.get(span.start..span.end).is_none() {
            return Err(format!("{}: {}..{} is no piece of its text", document.id, span.start, span.end).into());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Answers, Document, check};
    use inquit::Span;

    #[test]
    fn ranges_may_be_missing_one_or_many() {
        let line = r#"{"id":"a","text":"Ana said so.","attributions":
            [{"content":[[9,11]],"cue":[4,8],"source":null,"kind":"indirect"}]}"#;
        let document: Document = serde_json::from_str(line).unwrap();
        let only = &document.attributions[0];
        assert_eq!((&only.content, &only.cue), (&vec![Span::new(9, 11)], &vec![Span::new(4, 8)]));
        assert!(only.source.is_empty() && check(&document).is_ok());
    }

    #[test]
    fn numbers_are_ids_as_they_are_written() {
        for (id, expected) in
            [("\"a\"", "a"), ("7", "7"), ("1.0", "1.0"), ("18446744073709551617", "18446744073709551617")]
        {
            let document: Document =
                serde_json::from_str(&format!("{{\"id\":{id},\"text\":\"\",\"attributions\":[]}}")).unwrap();
            let answers: Answers = serde_json::from_str(&format!("{{\"id\":{id},\"quotes\":[]}}")).unwrap();
            assert_eq!((document.id.as_str(), answers.id.as_str()), (expected, expected));
        }
        assert!(serde_json::from_str::<Answers>("{\"id\":[7],\"quotes\":[]}").is_err());
    }

    #[test]
    fn a_range_outside_the_text_is_an_error() {
        let line = r#"{"id":"a","text":"é","attributions":[{"content":[[1,2]]}]}"#;
        let document: Document = serde_json::from_str(line).unwrap();
        assert_eq!(check(&document).unwrap_err().to_string(), "a: 1..2 is no piece of its text");
    }
}
