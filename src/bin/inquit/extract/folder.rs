//! The files behind a folder or a pattern. Only regular files are read, and none that a link leads out to: who put the
//! link there need not be who reads.

use super::source::is_read;
use ignore::{DirEntry, WalkBuilder};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is to be read, and messages about what is not.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) problems: Vec<String>,
}

/// How a folder is walked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk<'o> {
    /// Also what `.gitignore` and `.ignore` leave out.
    pub(crate) with_ignored: bool,
    /// Where answers go: they are not read.
    pub(crate) except: Option<&'o Path>,
}

/// All text in a folder and below, in order.
pub(crate) fn texts(folder: &Path, walk: Walk<'_>) -> Found {
    let mut found = Found::default();
    match Bounds::new(folder) {
        Ok(bounds) => found.walk(folder, &bounds, walk),
        Err(error) => found.problems.push(format!("{}: {error}", folder.display())),
    }
    if found.files.is_empty() && found.problems.is_empty() {
        let left_out = if walk.with_ignored { "" } else { ", or only what .gitignore or .ignore leaves out" };
        let text = "no .txt, .md, .json, .jsonl or .ndjson file in it";
        found.problems.push(format!("{}: {text}{left_out}", folder.display()));
    }
    found.files.sort();
    found.problems.sort();
    found
}

/// The folder that nothing may lead out of.
pub(crate) struct Bounds {
    named: PathBuf,
    real: PathBuf,
}

impl Bounds {
    pub(crate) fn new(folder: &Path) -> io::Result<Bounds> {
        Ok(Bounds { named: folder.to_owned(), real: folder.canonicalize()? })
    }

    /// The message about a path that leads out.
    fn check(&self, path: &Path) -> Result<(), String> {
        match path.canonicalize() {
            Ok(real) if real.starts_with(&self.real) => Ok(()),
            Ok(_) => {
                let named = self.named.display();
                Err(format!("{}: a link that leads out of {named} is passed over", path.display()))
            }
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }

    /// The message about a folder that is not to be read.
    pub(crate) fn check_folder(&self, path: &Path) -> Result<(), String> {
        self.check(path)?;
        if path.is_symlink() { Err(format!("{}: a link to a folder is passed over", path.display())) } else { Ok(()) }
    }

    /// The message about a file that is not to be read. A pipe, for one, may never end.
    pub(crate) fn check_file(&self, path: &Path) -> Result<(), String> {
        self.check(path)?;
        match fs::metadata(path) {
            Ok(data) if data.is_file() => Ok(()),
            Ok(_) => Err(format!("{}: is no regular file and is passed over", path.display())),
            Err(error) => Err(format!("{}: {error}", path.display())),
        }
    }
}

/// The folder that the fixed part of a pattern names.
pub(crate) fn fixed_part(pattern: &str) -> PathBuf {
    let fixed = Path::new(pattern).iter().take_while(|part| !part.to_string_lossy().contains(['*', '?', '[']));
    let folder: PathBuf = fixed.collect();
    if folder.as_os_str().is_empty() { ".".into() } else { folder }
}

impl Found {
    fn walk(&mut self, folder: &Path, bounds: &Bounds, walk: Walk<'_>) {
        let mut builder = WalkBuilder::new(folder);
        builder.standard_filters(!walk.with_ignored).git_global(false).hidden(true).follow_links(false);
        let except = walk.except.and_then(|path| path.canonicalize().ok());
        builder.filter_entry(move |entry| {
            except
                .as_ref()
                .is_none_or(|except| entry.depth() == 0 || entry.path().canonicalize().ok().as_ref() != Some(except))
        });
        for entry in builder.build() {
            match entry {
                Ok(entry) => self.add(entry, bounds),
                Err(error) => self.problems.push(error.to_string()),
            }
        }
    }

    fn add(&mut self, entry: DirEntry, bounds: &Bounds) {
        let Some(kind) = entry.file_type() else { return };
        let path = entry.into_path();
        if kind.is_dir() {
            return;
        }
        if kind.is_symlink() && path.is_dir() {
            // Never followed. What is inside the bounds is found where it is.
            self.problems.extend(bounds.check(&path).err());
        } else if is_read(&path) {
            match if kind.is_file() { Ok(()) } else { bounds.check_file(&path) } {
                Ok(()) => self.files.push(path),
                Err(problem) => self.problems.push(problem),
            }
        }
    }
}
