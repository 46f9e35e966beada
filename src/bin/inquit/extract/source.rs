//! One place to read from, and what stands in it.

use super::encoding::{LOOK, Named, refusal};
use flate2::bufread::MultiGzDecoder;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

const ARTICLE: &str = include_str!("../../../../examples/data/article.txt");

/// How many bytes are read at once.
const BUFFER: usize = 1 << 16;

/// What gzip begins with.
const PACKED: &[u8] = &[0x1F, 0x8B];

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One document of plain text.
    Text,
    /// One document a line, as JSON.
    Lines,
    /// Documents as JSON: an array of them, or one after the other.
    Values,
    /// By what it begins with.
    Open,
}

/// One place to read from.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) from: Origin,
    pub(crate) shape: Shape,
    /// The id of the document that it is, and where below an output folder its answer goes.
    pub(crate) place: PathBuf,
}

#[derive(Clone, Debug)]
pub(crate) enum Origin {
    Bundled,
    Standard,
    File(PathBuf),
}

pub(crate) type Bytes = BufReader<Box<dyn Read + Send>>;

impl Input {
    pub(crate) fn bundled() -> Input {
        Input { from: Origin::Bundled, shape: Shape::Text, place: "article.txt".into() }
    }

    /// The name in messages.
    pub(crate) fn name(&self) -> String {
        match &self.from {
            Origin::Bundled => "article.txt".to_owned(),
            Origin::Standard => "standard input".to_owned(),
            Origin::File(path) => path.display().to_string(),
        }
    }

    /// For messages that tell what to run.
    pub(crate) fn named(&self) -> Named<'_> {
        let file = if let Origin::File(path) = &self.from { Some(path.as_path()) } else { None };
        Named { file, has_lines: matches!(self.shape, Shape::Lines | Shape::Values) }
    }

    /// Opens it, unpacks it if it is packed, and tells what is in it. What is no text is refused.
    pub(crate) fn open(&self) -> Result<(Bytes, Shape), String> {
        let problem = |error: io::Error| format!("{}: {error}", self.name());
        let mut bytes = self.unpacked().map_err(problem)?;
        let start = bytes.fill_buf().map_err(problem)?;
        let start = &start[..start.len().min(LOOK)];
        if let Some(what) = refusal(start, self.named()) {
            return Err(format!("{}: {what}", self.name()));
        }
        let shape = if self.shape == Shape::Open { shape_of(start) } else { self.shape };
        Ok((bytes, shape))
    }

    fn unpacked(&self) -> io::Result<Bytes> {
        let from: Box<dyn Read + Send> = match &self.from {
            Origin::Bundled => Box::new(ARTICLE.as_bytes()),
            Origin::Standard => Box::new(io::stdin()),
            Origin::File(path) => Box::new(File::open(path)?),
        };
        let mut bytes = BufReader::with_capacity(BUFFER, from);
        if !bytes.fill_buf()?.starts_with(PACKED) {
            return Ok(bytes);
        }
        Ok(BufReader::with_capacity(BUFFER, Box::new(MultiGzDecoder::new(bytes))))
    }

    /// Its size in bytes, if that can be told.
    pub(crate) fn size(&self) -> Option<u64> {
        match &self.from {
            Origin::Bundled => Some(ARTICLE.len() as u64),
            Origin::Standard => None,
            Origin::File(path) if has_ending(path, &["gz"]) => None,
            Origin::File(path) => fs::metadata(path).ok().filter(|data| data.is_file()).map(|data| data.len()),
        }
    }
}

/// What is on standard input: its shape, or none if it is empty. Nothing of it is lost.
pub(crate) fn standard_shape() -> Option<Shape> {
    let mut standard = io::stdin().lock();
    match standard.fill_buf() {
        Ok([]) => None,
        Ok(start) if start.starts_with(PACKED) => Some(Shape::Open),
        Ok(start) => Some(shape_of(&start[..start.len().min(LOOK)])),
        // Whoever reads it will see the error again.
        Err(_) => Some(Shape::Text),
    }
}

/// Text does not begin with a bracket and a quotation mark, as JSON does.
fn shape_of(start: &[u8]) -> Shape {
    let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    let mut signs = start.iter().filter(|byte| !byte.is_ascii_whitespace());
    match (signs.next(), signs.next()) {
        (Some(b'{'), Some(b'"')) => Shape::Lines,
        (Some(b'['), Some(b'{')) => Shape::Values,
        _ => Shape::Text,
    }
}

/// What is in a file of this name, packed or not.
pub(crate) fn shape_by_name(path: &Path) -> Shape {
    let inner = if has_ending(path, &["gz"]) { path.file_stem().map(Path::new) } else { Some(path) };
    match inner {
        Some(inner) if has_ending(inner, &["jsonl", "ndjson"]) => Shape::Lines,
        Some(inner) if has_ending(inner, &["json"]) => Shape::Values,
        _ => Shape::Text,
    }
}

/// Whether this is the name of a file that is read where only its folder was named.
pub(crate) fn is_read(path: &Path) -> bool {
    const READ: [&str; 5] = ["txt", "md", "jsonl", "ndjson", "json"];
    let packed = has_ending(path, &["gz"]) && path.file_stem().is_some_and(|inner| has_ending(Path::new(inner), &READ));
    packed || has_ending(path, &READ)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|ending| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
