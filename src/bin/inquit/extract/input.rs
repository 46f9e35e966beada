//! From what the user names to documents, one after the other, never more than one at a time in memory.

use super::folder::{self, Bounds};
use super::line::{self, Id};
use super::options::InputKind;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

const ARTICLE: &str = include_str!("../../../../examples/data/article.txt");

/// One place to read from.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    from: Origin,
    /// One document a line.
    lines: bool,
    /// Where below an output folder its answer goes.
    place: PathBuf,
}

#[derive(Clone, Debug)]
enum Origin {
    Bundled,
    Standard,
    File(PathBuf),
}

impl Input {
    /// The name in messages.
    fn name(&self) -> String {
        match &self.from {
            Origin::Bundled => "article.txt".to_owned(),
            Origin::Standard => "standard input".to_owned(),
            Origin::File(path) => path.display().to_string(),
        }
    }

    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(match &self.from {
            Origin::Bundled => Box::new(ARTICLE.as_bytes()),
            Origin::Standard => Box::new(io::stdin()),
            Origin::File(path) => Box::new(File::open(path)?),
        })
    }

    /// Its size in bytes, if that can be told.
    fn size(&self) -> Option<u64> {
        match &self.from {
            Origin::Bundled => Some(ARTICLE.len() as u64),
            Origin::Standard => None,
            Origin::File(path) => fs::metadata(path).ok().filter(|data| data.is_file()).map(|data| data.len()),
        }
    }
}

/// What is to be read, in order; a message stands where nothing can be.
#[derive(Clone, Debug)]
pub(crate) struct Inputs(Vec<Result<Input, String>>);

impl Inputs {
    /// Everything the user named: files, folders, patterns, `-`.
    pub(crate) fn find(named: &[PathBuf], kind: InputKind) -> Inputs {
        let mut found = Inputs(Vec::new());
        if named.is_empty() {
            let input = Input { from: Origin::Bundled, lines: false, place: "article.txt".into() };
            found.0.push(Ok(input));
        }
        for path in named {
            if path.as_os_str() == "-" {
                let lines = kind == InputKind::Jsonl;
                found.0.push(Ok(Input { from: Origin::Standard, lines, place: "stdin".into() }));
            } else if path.is_dir() {
                found.add_folder(path, kind);
            } else if !path.exists() && path.to_string_lossy().contains(['*', '?', '[']) {
                found.add_pattern(&path.to_string_lossy(), kind);
            } else {
                found.add_file(path, path.file_name().map_or_else(PathBuf::new, PathBuf::from), kind);
            }
        }
        found
    }

    /// Whether this is a single document, so that no list is needed.
    pub(crate) fn is_one(&self) -> bool {
        matches!(self.0.as_slice(), [Ok(Input { lines: false, .. })])
    }

    /// How many bytes there are in all, if that can be told.
    pub(crate) fn size(&self) -> Option<u64> {
        self.0.iter().flatten().map(Input::size).sum()
    }

    fn add_file(&mut self, path: &Path, place: PathBuf, kind: InputKind) {
        let lines = match kind {
            InputKind::Auto => path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl")),
            InputKind::Text => false,
            InputKind::Jsonl => true,
        };
        self.0.push(Ok(Input { from: Origin::File(path.to_owned()), lines, place }));
    }

    fn add_folder(&mut self, folder: &Path, kind: InputKind) {
        let folder::Found { files, problems } = folder::texts(folder);
        for file in &files {
            let place = file.strip_prefix(folder).unwrap_or(file).to_owned();
            self.add_file(file, place, kind);
        }
        self.0.extend(problems.into_iter().map(Err));
    }

    fn add_pattern(&mut self, pattern: &str, kind: InputKind) {
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => return self.0.push(Err(format!("{pattern}: {error}"))),
        };
        let before = self.0.len();
        let bounds = Bounds::of_pattern(pattern);
        for path in paths {
            match path.map_err(|error| error.to_string()).and_then(|path| admitted(path, &bounds)) {
                Ok(path) if path.is_dir() => self.add_folder(&path, kind),
                Ok(path) => self.add_file(&path, path.file_name().map_or_else(PathBuf::new, PathBuf::from), kind),
                Err(problem) => self.0.push(Err(problem)),
            }
        }
        if self.0.len() == before {
            self.0.push(Err(format!("{pattern}: no file has such a name")));
        }
    }
}

/// A path that a pattern found, or the message about it.
fn admitted(path: PathBuf, bounds: &io::Result<Bounds>) -> Result<PathBuf, String> {
    let bounds = bounds.as_ref().map_err(|error| format!("{}: {error}", path.display()))?;
    if path.is_dir() { bounds.check_folder(&path) } else { bounds.check_file(&path) }?;
    Ok(path)
}

/// The bytes of one document, not yet looked at.
#[derive(Debug)]
pub(crate) struct Raw {
    bytes: Vec<u8>,
    /// The name of the file, for messages.
    file: String,
    place: PathBuf,
    /// The number of the line and the byte it begins at, if the document is a line.
    line: Option<(u64, u64)>,
}

/// A document ready to be read.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) id: Id,
    pub(crate) text: String,
    /// Where below an output folder its answer goes, without the ending.
    pub(crate) place: PathBuf,
}

impl Raw {
    /// How many bytes of input it is.
    pub(crate) fn size(&self) -> u64 {
        self.bytes.len() as u64
    }

    /// Reads it.
    pub(crate) fn document(self) -> Result<Document, String> {
        match self.line {
            Some((number, start)) => self.line_document(number, start),
            None => self.text_document(),
        }
    }

    fn text_document(self) -> Result<Document, String> {
        let text = String::from_utf8(self.bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..good].iter().filter(|&&byte| byte == b'\n').count() + 1;
            format!("{}: line {line}: byte {good} of the file is not UTF-8", self.file)
        })?;
        let id = match self.place.file_name() {
            Some(name) => name.to_string_lossy().into_owned(),
            None => self.file,
        };
        Ok(Document { id: Id::Text(id), text, place: self.place })
    }

    fn line_document(self, number: u64, start: u64) -> Result<Document, String> {
        let Raw { bytes, file, place, .. } = self;
        let problem = |what: &str| format!("{file}: line {number}: {what}");
        let line = std::str::from_utf8(&bytes).map_err(|error| {
            problem(&format!("byte {} of the file is not UTF-8", start + error.valid_up_to() as u64))
        })?;
        let line = line.trim_end();
        // A file may begin with a byte order mark.
        let line = if number == 1 { line.trim_start_matches('\u{feff}') } else { line };
        let (id, text) = line::read(line).map_err(|what| problem(&what))?;
        let id = id.unwrap_or_else(|| Id::Text(format!("{}:{number}", place.display())));
        let place = safe_name(id.as_str());
        Ok(Document { id, text, place })
    }
}

/// A file name made of an id, a different one for every id.
fn safe_name(id: &str) -> PathBuf {
    const LONGEST: usize = 100;
    let is_safe = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let name: String = id.chars().map(|letter| if is_safe(letter) { letter } else { '_' }).take(LONGEST).collect();
    if name == id && !name.starts_with('.') && !name.is_empty() {
        return name.into();
    }
    // FNV-1a: the same on every machine and in every version, so that a run can be taken up again.
    let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
    format!("{}-{hash:016x}", name.trim_start_matches('.')).into()
}

/// All documents of all inputs, one by one.
pub(crate) struct Reader {
    inputs: std::vec::IntoIter<Result<Input, String>>,
    lines: Option<Lines>,
}

/// A file that is being read line by line.
struct Lines {
    from: BufReader<Box<dyn Read + Send>>,
    input: Input,
    number: u64,
    start: u64,
}

impl Reader {
    pub(crate) fn new(inputs: Inputs) -> Reader {
        Reader { inputs: inputs.0.into_iter(), lines: None }
    }

    /// Whether the next document may have to be waited for.
    pub(crate) fn may_wait(&self) -> bool {
        self.lines.as_ref().is_none_or(|lines| lines.from.buffer().is_empty())
    }
}

impl Iterator for Reader {
    type Item = Result<Raw, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(raw) => return Some(raw),
                    None => self.lines = None,
                }
            }
            let input = match self.inputs.next()? {
                Ok(input) => input,
                Err(problem) => return Some(Err(problem)),
            };
            let problem = |error: io::Error| format!("{}: {error}", input.name());
            let mut from = match input.open() {
                Ok(from) => from,
                Err(error) => return Some(Err(problem(error))),
            };
            if input.lines {
                let from = BufReader::with_capacity(1 << 16, from);
                self.lines = Some(Lines { from, input, number: 0, start: 0 });
                continue;
            }
            let mut bytes = Vec::new();
            if let Err(error) = from.read_to_end(&mut bytes) {
                return Some(Err(problem(error)));
            }
            return Some(Ok(Raw { bytes, file: input.name(), place: input.place, line: None }));
        }
    }
}

impl Lines {
    fn next(&mut self) -> Option<Result<Raw, String>> {
        loop {
            let mut bytes = Vec::new();
            let start = self.start;
            self.number += 1;
            match self.from.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(count) => self.start += count as u64,
                Err(error) => {
                    // Nothing can be read after this; the next call finds the end.
                    self.from = BufReader::new(Box::new(io::empty()));
                    return Some(Err(format!("{}: line {}: {error}", self.input.name(), self.number)));
                }
            }
            if !bytes.trim_ascii().is_empty() {
                let Input { place, .. } = &self.input;
                let line = Some((self.number, start));
                return Some(Ok(Raw { bytes, file: self.input.name(), place: place.clone(), line }));
            }
        }
    }
}
