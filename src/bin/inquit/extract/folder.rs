//! The files behind a folder or a pattern. Only regular files are read, and none that a link leads out to: who put the
//! link there need not be who reads.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is to be read, and messages about what is not.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<PathBuf>,
    pub(crate) problems: Vec<String>,
}

/// All text in a folder and below, in order.
pub(crate) fn texts(folder: &Path) -> Found {
    let mut found = Found::default();
    match Bounds::new(folder) {
        Ok(bounds) => found.walk(folder, &bounds),
        Err(error) => found.problems.push(format!("{}: {error}", folder.display())),
    }
    if found.files.is_empty() && found.problems.is_empty() {
        found.problems.push(format!("{}: no .txt or .jsonl file in it", folder.display()));
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
    fn new(folder: &Path) -> io::Result<Bounds> {
        Ok(Bounds { named: folder.to_owned(), real: folder.canonicalize()? })
    }

    /// Those of a pattern: the folder that its fixed part names.
    pub(crate) fn of_pattern(pattern: &str) -> io::Result<Bounds> {
        let fixed = Path::new(pattern).iter().take_while(|part| !part.to_string_lossy().contains(['*', '?', '[']));
        let folder: PathBuf = fixed.collect();
        Bounds::new(if folder.as_os_str().is_empty() { Path::new(".") } else { &folder })
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

impl Found {
    fn walk(&mut self, folder: &Path, bounds: &Bounds) {
        let problem = |error: io::Error| format!("{}: {error}", folder.display());
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return self.problems.push(problem(error)),
        };
        for entry in entries {
            let (entry, kind) = match entry.and_then(|entry| entry.file_type().map(|kind| (entry, kind))) {
                Ok(found) => found,
                Err(error) => return self.problems.push(problem(error)),
            };
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            } else if kind.is_dir() {
                self.walk(&path, bounds);
            } else if kind.is_symlink() && path.is_dir() {
                // Never followed. What is inside the bounds is found where it is.
                self.problems.extend(bounds.check(&path).err());
            } else if path.extension().is_some_and(is_text) {
                match if kind.is_file() { Ok(()) } else { bounds.check_file(&path) } {
                    Ok(()) => self.files.push(path),
                    Err(problem) => self.problems.push(problem),
                }
            }
        }
    }
}

fn is_text(ending: &OsStr) -> bool {
    ["txt", "jsonl"].iter().any(|text| ending.eq_ignore_ascii_case(text))
}
