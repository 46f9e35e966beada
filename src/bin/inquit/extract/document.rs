//! From the bytes of one document to its text.

use super::encoding::advice;
use super::line::{self, Extra, Fault, Id};
use super::source::{Input, Origin};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The bytes of one document, not yet looked at.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) bytes: Vec<u8>,
    pub(crate) input: Arc<Input>,
    /// If it is one of many in its file.
    pub(crate) part: Option<Part>,
}

/// Where one of many documents stands in its file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// From 1: of its line, or of a value among the values of a file.
    pub(crate) number: u64,
    /// The line it begins in, from 1.
    pub(crate) line: u64,
    /// The byte it begins at, if that is known.
    pub(crate) start: Option<u64>,
}

/// A document ready to be read.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) id: Id,
    pub(crate) text: String,
    /// Keys that go back as they came.
    pub(crate) extra: Extra,
    /// Where below an output folder its answer goes, without the ending.
    pub(crate) place: PathBuf,
    /// The file it is in, and its line there if it is one of many.
    pub(crate) file: String,
    pub(crate) line: Option<u64>,
}

/// A document that cannot be read.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) id: Id,
    pub(crate) extra: Extra,
    /// What is wrong with it, and the same with the name of its file.
    pub(crate) what: String,
    pub(crate) message: String,
    /// Whether there is nothing to read, rather than something that cannot be.
    pub(crate) is_missing: bool,
}

impl Raw {
    /// How many bytes of input it is.
    pub(crate) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Reads it; keys of JSON other than `id` and `text` only if they are wanted.
    pub(crate) fn document(self, with_extra: bool) -> Result<Document, Box<Unread>> {
        match self.part {
            Some(part) => self.part_document(part, with_extra),
            None => self.text_document(),
        }
    }

    fn text_document(self) -> Result<Document, Box<Unread>> {
        let Raw { bytes, input, .. } = self;
        let id = Id::Text(slashed(&input.place));
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let (good, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
                let line = bytes[..good].iter().filter(|&&byte| byte == b'\n').count() + 1;
                let advice = advice(bytes, input.named());
                let what = format!("line {line}: byte {good} of the file is not UTF-8; {advice}");
                return Err(Unread::new(id, Extra::new(), &input, what));
            }
        };
        let place = input.place.iter().filter(|part| Path::new(part).is_relative() && *part != ".." && *part != ".");
        Ok(Document { id, text, extra: Extra::new(), place: place.collect(), file: file(&input), line: None })
    }

    fn part_document(self, part: Part, with_extra: bool) -> Result<Document, Box<Unread>> {
        let Raw { bytes, input, .. } = self;
        let default_id = || Id::Text(format!("{}:{}", slashed(&input.place), part.number));
        let unread =
            |what: String| Unread::new(default_id(), Extra::new(), &input, format!("line {}: {what}", part.line));
        let line = std::str::from_utf8(&bytes).map_err(|error| {
            let place = match part.start {
                Some(start) => format!("byte {} of the file", start + error.valid_up_to() as u64),
                None => format!("byte {} of the value", error.valid_up_to()),
            };
            unread(format!("{place} is not UTF-8; {}", advice(&bytes, input.named())))
        })?;
        // A file may begin with a byte order mark.
        let line = if part.number == 1 { line.trim_start_matches('\u{feff}') } else { line }.trim_end();
        if line.trim_start().is_empty() {
            return Err(Box::new(Unread { is_missing: true, ..*unread("the line is empty".to_owned()) }));
        }
        let read = line::read(line, with_extra).map_err(|Fault { place, what }| match place {
            Some((line, column)) => {
                let what = format!("line {}: column {column}: {what}", part.line + line - 1);
                Unread::new(default_id(), Extra::new(), &input, what)
            }
            None => unread(what),
        })?;
        let id = read.id.unwrap_or_else(default_id);
        let Some(text) = read.text else {
            let what = format!("line {}: no \"text\" in it", part.line);
            let unread = Unread::new(id, read.extra, &input, what);
            return Err(Box::new(Unread { is_missing: true, ..*unread }));
        };
        let place = safe_name(id.as_str());
        Ok(Document { id, text, extra: read.extra, place, file: file(&input), line: Some(part.line) })
    }
}

impl Unread {
    fn new(id: Id, extra: Extra, input: &Input, what: String) -> Box<Unread> {
        let message = format!("{}: {what}", input.name());
        Box::new(Unread { id, extra, what, message, is_missing: false })
    }
}

/// The name of a file as whoever reads the answer can open it.
fn file(input: &Input) -> String {
    match &input.from {
        Origin::File(path) => path.display().to_string(),
        _ => input.place.display().to_string(),
    }
}

/// The same on every system.
fn slashed(place: &Path) -> String {
    let name = place.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// A file name made of an id, a different one for every id.
fn safe_name(id: &str) -> PathBuf {
    const LONGEST: usize = 100;
    let is_safe = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let name: String = id.chars().map(|letter| if is_safe(letter) { letter } else { '_' }).take(LONGEST).collect();
    if name == id && !name.starts_with('.') && !name.is_empty() {
        return name.into();
    }
    format!("{}-{:016x}", name.trim_start_matches('.'), hash(FIRST_HASH, id.as_bytes())).into()
}

pub(crate) const FIRST_HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: the same on every machine and in every version, so that a run can be taken up again.
pub(crate) fn hash(before: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(before, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
