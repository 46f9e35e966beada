//! Texts with their right answers, by phenomenon; `tests/cases/README.md` describes the notation.

mod notation;

use inquit::Extractor;
use notation::{Case, read_folder};
use std::collections::HashSet;
use std::path::PathBuf;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn cases() -> Vec<Case> {
    read_folder(&folder("cases"))
}

fn limits() -> Vec<Case> {
    read_folder(&folder("cases/limits"))
}

#[test]
fn every_case_gets_its_answer() {
    let extractor = Extractor::english();
    let cases = cases();
    let problems: Vec<String> = cases.iter().filter_map(|case| case.problem(&extractor)).collect();
    assert!(problems.is_empty(), "{} of {} cases fail\n\n{}", problems.len(), cases.len(), problems.join("\n"));
}

/// What is known to go wrong, with the right answer. A limit that is gone is a case like any other.
#[test]
fn every_limit_is_still_one() {
    let extractor = Extractor::english();
    let limits = limits();
    let gone: Vec<String> = limits.iter().filter(|case| case.problem(&extractor).is_none()).map(Case::place).collect();
    assert!(gone.is_empty(), "these limits are gone: move the cases out of limits/\n{}", gone.join("\n"));
}

#[test]
fn names_of_cases_are_unique() {
    let (cases, limits) = (cases(), limits());
    let mut names = HashSet::new();
    let twice: Vec<&str> =
        cases.iter().chain(&limits).map(|case| case.name.as_str()).filter(|name| !names.insert(*name)).collect();
    assert!(twice.is_empty(), "these names stand twice: {twice:?}");
}
