//! What the answers in an output folder were made of, so that a later run writes only what has changed.
//!
//! Each answer has a fingerprint of the program's version, the options and the document. They stand in one file of the
//! folder, a line for each answer; it grows while answers are written, as a run may be stopped at any time.

use super::document::{Document, FIRST_HASH, hash};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// The file they stand in.
pub(crate) const NAME: &str = ".inquit-answers";

/// What earlier runs wrote.
#[derive(Clone, Debug, Default)]
pub(crate) struct Prints {
    /// By the path of the answer below the folder.
    known: HashMap<String, u64>,
    /// Of version and options.
    base: u64,
}

impl Prints {
    /// Those of a folder; an unreadable line tells nothing.
    pub(crate) fn read(folder: &Path, options: &str) -> Prints {
        let base = hash(FIRST_HASH, options.as_bytes());
        let lines = File::open(folder.join(NAME)).ok().map(|file| BufReader::new(file).lines().map_while(Result::ok));
        let known = lines.into_iter().flatten().filter_map(|line| {
            let (print, name) = line.split_once(' ')?;
            Some((serde_json::from_str(name).ok()?, u64::from_str_radix(print, 16).ok()?))
        });
        Prints { known: known.collect(), base }
    }

    /// The fingerprint of a document's answer.
    pub(crate) fn of(&self, document: &Document) -> u64 {
        // No text holds 0xFF: parts cannot be shifted into one another.
        let mut print = hash(self.base, document.id.as_str().as_bytes());
        for (key, value) in &document.extra {
            print = hash(hash(hash(print, b"\xff"), key.as_bytes()), value.get().as_bytes());
        }
        hash(hash(print, b"\xff"), document.text.as_bytes())
    }

    /// Whether an earlier run wrote this very answer.
    pub(crate) fn has(&self, name: &str, print: u64) -> bool {
        self.known.get(name) == Some(&print)
    }

    /// Whether an earlier run wrote an answer of this name.
    pub(crate) fn has_any(&self, name: &str) -> bool {
        self.known.contains_key(name)
    }
}

/// Notes what is written.
#[derive(Debug)]
pub(crate) struct Log {
    path: PathBuf,
    file: File,
    lines: usize,
}

impl Log {
    pub(crate) fn open(folder: &Path) -> io::Result<Log> {
        let path = folder.join(NAME);
        let old = fs::read_to_string(&path).unwrap_or_default();
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        if !old.is_empty() && !old.ends_with('\n') {
            // A run was stopped while it wrote this line.
            file.write_all(b"\n")?;
        }
        Ok(Log { path, file, lines: old.lines().count() })
    }

    /// Notes one answer, which is there now.
    pub(crate) fn add(&mut self, name: &str, print: u64) -> io::Result<()> {
        self.lines += 1;
        let name = serde_json::to_string(name)?;
        self.file.write_all(format!("{print:016x} {name}\n").as_bytes())
    }

    /// Leaves out what was noted again later, if that is half of it.
    pub(crate) fn finish(self) -> io::Result<()> {
        let text = fs::read_to_string(&self.path)?;
        let mut last = HashMap::new();
        text.lines().enumerate().filter_map(|(at, line)| Some((line.split_once(' ')?.1, at))).for_each(|(name, at)| {
            last.insert(name, at);
        });
        if last.len() * 2 > self.lines {
            return Ok(());
        }
        let is_last =
            |(at, line): &(usize, &str)| line.split_once(' ').is_some_and(|(_, name)| last.get(name) == Some(at));
        let kept: String = text.lines().enumerate().filter(is_last).map(|(_, line)| format!("{line}\n")).collect();
        super::whole::replace(&self.path, &kept)
    }
}
