//! From what the user names to places to read from.

use super::folder::{self, Bounds};
use super::options::{InputKind, Options};
use super::source::{Input, Origin, Shape, shape_by_name, standard_shape};
use std::collections::HashMap;
use std::io::{self, IsTerminal};
use std::path::{Component, Path, PathBuf};

/// What is to be read, in order; a message stands where nothing can be.
#[derive(Clone, Debug)]
pub(crate) struct Inputs(pub(crate) Vec<Result<Input, String>>);

impl Inputs {
    /// Everything the user named: files, folders, patterns, `-`. Where nothing is named, standard input is read unless it
    /// is a terminal; a bundled article is there for a look.
    pub(crate) fn find(options: &Options) -> Inputs {
        let finder = Finder { kind: options.input, walk: options.walk(), names: names(&options.files) };
        let mut found = Inputs(Vec::new());
        if options.files.is_empty() {
            found.0.push(Ok(finder.unnamed(options)));
        }
        for path in &options.files {
            if path.as_os_str() == "-" {
                let shape = if options.by_contract { Some(Shape::Text) } else { standard_shape() };
                found.0.push(Ok(finder.standard(shape)));
            } else if path.is_dir() {
                found.add_folder(path, path, &finder);
            } else if !path.exists() && path.to_string_lossy().contains(['*', '?', '[']) {
                found.add_pattern(&path.to_string_lossy(), &finder);
            } else {
                found.0.push(Ok(finder.file(path, finder.place(path))));
            }
        }
        found
    }

    /// Whether this is a single document, so that no list is needed.
    pub(crate) fn is_one(&self) -> bool {
        matches!(self.0.as_slice(), [Ok(Input { shape: Shape::Text, .. })])
    }

    /// How many bytes there are in all, if that can be told.
    pub(crate) fn size(&self) -> Option<u64> {
        self.0.iter().flatten().map(Input::size).sum()
    }

    /// All text in a folder. Ids are paths below `named`.
    fn add_folder(&mut self, folder: &Path, named: &Path, finder: &Finder<'_>) {
        let folder::Found { files, problems } = folder::texts(folder, finder.walk);
        self.0.extend(files.iter().map(|file| Ok(finder.file(file, below(file, named)))));
        self.0.extend(problems.into_iter().map(Err));
    }

    fn add_pattern(&mut self, pattern: &str, finder: &Finder<'_>) {
        let paths = match glob::glob(pattern) {
            Ok(paths) => paths,
            Err(error) => return self.0.push(Err(format!("{pattern}: {error}"))),
        };
        let before = self.0.len();
        let named = folder::fixed_part(pattern);
        let bounds = Bounds::new(&named);
        for path in paths {
            match path.map_err(|error| error.to_string()).and_then(|path| admitted(path, &bounds)) {
                Ok(path) if path.is_dir() => self.add_folder(&path, &named, finder),
                Ok(path) => self.0.push(Ok(finder.file(&path, below(&path, &named)))),
                Err(problem) => self.0.push(Err(problem)),
            }
        }
        if self.0.len() == before {
            self.0.push(Err(format!("{pattern}: no file has such a name")));
        }
    }
}

/// What is the same for all that is named.
struct Finder<'o> {
    kind: InputKind,
    walk: folder::Walk<'o>,
    /// How many of the named paths have this last part.
    names: HashMap<PathBuf, usize>,
}

impl Finder<'_> {
    fn file(&self, path: &Path, place: PathBuf) -> Input {
        let shape = self.kind.shape().unwrap_or_else(|| shape_by_name(path));
        Input { from: Origin::File(path.to_owned()), shape, place }
    }

    fn standard(&self, shape: Option<Shape>) -> Input {
        let shape = self.kind.shape().or(shape).unwrap_or(Shape::Text);
        Input { from: Origin::Standard, shape, place: "stdin".into() }
    }

    /// What is read where nothing was named.
    fn unnamed(&self, options: &Options) -> Input {
        if options.by_contract || io::stdin().is_terminal() {
            return Input::bundled();
        }
        let shape = standard_shape();
        if shape.is_none() && options.is_for_people() {
            eprintln!("standard input is empty: this is the bundled article");
            return Input::bundled();
        }
        self.standard(shape)
    }

    /// The id of a file that was named itself: its name, or the whole path if another one has the same name.
    fn place(&self, path: &Path) -> PathBuf {
        let Some(name) = path.file_name().map(PathBuf::from) else { return PathBuf::new() };
        if self.names.get(&name).is_some_and(|count| *count > 1) {
            path.components().skip_while(is_here).collect()
        } else {
            name
        }
    }
}

fn is_here(part: &Component<'_>) -> bool {
    *part == Component::CurDir
}

fn names(files: &[PathBuf]) -> HashMap<PathBuf, usize> {
    let mut names = HashMap::new();
    for name in files.iter().filter_map(|file| file.file_name()) {
        *names.entry(name.into()).or_default() += 1;
    }
    names
}

fn below(file: &Path, named: &Path) -> PathBuf {
    file.strip_prefix(named).unwrap_or(file).to_owned()
}

/// A path that a pattern found, or the message about it.
fn admitted(path: PathBuf, bounds: &io::Result<Bounds>) -> Result<PathBuf, String> {
    let bounds = bounds.as_ref().map_err(|error| format!("{}: {error}", path.display()))?;
    if path.is_dir() { bounds.check_folder(&path) } else { bounds.check_file(&path) }?;
    Ok(path)
}
