//! The order of the files of `src`: each may use only files that stand before it.

use inquit::{Extraction, Extractor, Scratch};
use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up: a file knows nothing of those behind it.
const ORDER: &str = "block marks span error token lang flags probability quote confidence scan pair word table lexicon structure lex rules weights clause \
                     attribute speaker view pipeline extract batch locate check explain output";

fn source(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)
}

/// All files below a folder with an ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    let inside = paths.iter().filter(|path| path.is_dir()).flat_map(|path| files(path, ending));
    let own = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == ending)).cloned();
    inside.chain(own).collect()
}

/// The modules of the crate that the code of a file names, comments and tests left aside.
fn uses(code: &str) -> impl Iterator<Item = &str> {
    let code = code.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split("crate::").skip(1)).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        &rest[..end]
    })
}

#[test]
fn no_file_uses_what_stands_above_it() {
    let root = source("");
    let mut arrows = Vec::new();
    for file in files(&root, "rs") {
        let path = file.strip_prefix(&root).expect("it was found there").with_extension("");
        let module = path.iter().next().and_then(|name| name.to_str()).expect("names are ASCII").to_owned();
        // The program is no part of the library.
        if module == "lib" || module == "bin" || path.ends_with("tests") {
            continue;
        }
        let place = |module: &str| ORDER.split_whitespace().position(|name| name == module);
        let own = place(&module).unwrap_or_else(|| panic!("src/{module} has no place in the order"));
        let code = fs::read_to_string(&file).expect("source is text");
        // Those above the extractor may see the crate as its users do, by the names of `lib`.
        let outside = Some(own) > place("extract");
        let public = |used: &str| outside && used.starts_with(char::is_uppercase);
        let above = uses(&code).filter(|used| !public(used) && place(used).is_none_or(|used| used > own));
        arrows.extend(above.map(|used| format!("{} uses {used}", path.display())));
    }
    assert!(arrows.is_empty(), "backward arrows: {arrows:#?}");
}

#[test]
fn an_arrow_is_seen() {
    let code = "//! [a](crate::above)\nuse crate::span::Span;\nlet x = crate::quote::Flags::empty();\n#[cfg(test)]\nuse crate::lex;";
    assert_eq!(uses(code).collect::<Vec<_>>(), ["span", "quote"]);
}

#[test]
fn extractors_and_results_go_between_threads() {
    fn send<T: Send>() {}
    fn share<T: Send + Sync>() {}
    share::<Extractor>();
    share::<Extraction<'static>>();
    send::<Scratch>();
}

#[test]
fn data_files_are_plain() {
    let data = files(&source("lang"), "txt").into_iter().chain(files(&source("lang"), "rules"));
    for file in data {
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let bad = text.lines().position(|line| line.contains('\t') || line.ends_with([' ', '\r']));
        assert_eq!(bad.map(|line| line + 1), None, "a tab or a space at the end of a line of {}", file.display());
        assert!(text.ends_with('\n') && !text.starts_with('\u{feff}'), "{}", file.display());
    }
}
