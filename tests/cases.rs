//! Texts with their right answers, by phenomenon; `tests/cases/README.md` describes the notation, and how to run some of
//! them or to take today's answers for right.

mod notation;

use inquit::Extractor;
use notation::filter::Filter;
use notation::{Case, bless, filter, read_folder};
use std::collections::HashSet;
use std::path::PathBuf;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// The cases and the limits that `INQUIT_CASES` asks for.
fn asked_for() -> (Vec<Case>, Vec<Case>) {
    let filter = Filter::from_environment();
    let kept =
        |name| -> Vec<Case> { read_folder(&folder(name)).into_iter().filter(|case| filter.keeps(case)).collect() };
    let (cases, limits) = (kept("cases"), kept("cases/limits"));
    assert!(!cases.is_empty() || !limits.is_empty(), "{} keeps no case: {filter:?}", filter::VARIABLE);
    (cases, limits)
}

#[test]
fn every_case_gets_its_answer() {
    let extractor = Extractor::english();
    let (cases, _) = asked_for();
    if bless::is_asked_for() {
        let blessed = bless::bless(&cases, &extractor);
        println!("blessed:\n{}", blessed.rewritten.join("\n"));
        assert!(blessed.left.is_empty(), "to be rewritten by hand:\n{}", blessed.left.join("\n"));
        return;
    }
    let problems: Vec<String> = cases.iter().filter_map(|case| case.problem(&extractor)).collect();
    assert!(problems.is_empty(), "{} of {} cases fail\n\n{}", problems.len(), cases.len(), problems.join("\n"));
}

/// What is known to go wrong, with the right answer. A limit that is gone is a case like any other.
#[test]
fn every_limit_is_still_one() {
    let extractor = Extractor::english();
    let (_, limits) = asked_for();
    let gone: Vec<String> = limits.iter().filter(|case| case.problem(&extractor).is_none()).map(Case::place).collect();
    assert!(gone.is_empty(), "these limits are gone: move the cases out of limits/\n{}", gone.join("\n"));
}

#[test]
fn names_of_cases_are_unique() {
    let (cases, limits) = (read_folder(&folder("cases")), read_folder(&folder("cases/limits")));
    let mut names = HashSet::new();
    let twice: Vec<&str> =
        cases.iter().chain(&limits).map(|case| case.name.as_str()).filter(|name| !names.insert(*name)).collect();
    assert!(twice.is_empty(), "these names stand twice: {twice:?}");
}
