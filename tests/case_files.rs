//! Choosing cases, and rewriting those that fail.

mod notation;

use inquit::Extractor;
use notation::bless::{self, Blessed};
use notation::filter::Filter;
use notation::{read_folder, read_text};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes a case file of its own for each test, blesses it, and returns what became of it.
fn blessed(name: &str, text: &str) -> (String, Blessed) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bless").join(name);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("some.txt");
    fs::write(&file, text).unwrap();
    let (cases, extractor) = (read_folder(&folder), Extractor::english());
    let blessed = bless::bless(&cases, &extractor);
    let failing: Vec<String> = read_folder(&folder).iter().filter_map(|case| case.problem(&extractor)).collect();
    assert_eq!(failing.len(), blessed.left.len(), "{failing:?}");
    (fs::read_to_string(file).unwrap(), blessed)
}

fn rewritten(name: &str, text: &str) -> String {
    let (text, blessed) = blessed(name, text);
    assert!(blessed.left.is_empty(), "{blessed:?}");
    text
}

#[test]
fn only_what_is_wrong_is_rewritten() {
    let file = |first: &str, last: &str| {
        format!(
            "About tags,  and {{braces}} in the head.\n:: coverage speech\n\n== a wrong source\n{first}\n\n\n== right, and laid \
             out oddly\n\n:: flags none\n{{“Go,”}} <said> [Ana Lim].\n\n\n== a wrong cue in the second paragraph\nIt rained [[all day]].\n\n\
             {last}\n"
        )
    };
    let wrong = file("{“Go,”} said [Ana] Lim.", "[Tom Roe] <said that> {rents would fall}.");
    let right = file("{“Go,”} said [Ana Lim].", "[Tom Roe] <said> {that rents would fall}.");
    assert_eq!(rewritten("only", &wrong), right);
    assert_eq!(rewritten("again", &right), right);
}

#[test]
fn numbers_stay_and_new_ones_are_free_ones() {
    let wrong = "== a\n{2:“Go,”} <2:said> [2:Tom Roe = Tom].\n\n“Stay,” said Ana Lim.\n:: 2 flags none\n";
    let right = "== a\n{2:“Go,”} <2:said> [2:Tom Roe = Tom Roe].\n\n{1:“Stay,”} <1:said> [1:Ana Lim = Ana Lim].\n:: 2 flags none\n";
    assert_eq!(rewritten("numbers", wrong), right);
}

#[test]
fn quotations_that_are_not_found_lose_brackets_and_notes() {
    let wrong =
        "== a\n{1:“Go,”} said [1:Ana Lim]. {2:It rained}.\n:: 2 flags inherited\n:: 2 kind indirect\n:: 1 flags none\n";
    assert_eq!(rewritten("lost", wrong), "== a\n{1:“Go,”} said [1:Ana Lim]. It rained.\n:: 1 flags none\n");
    assert_eq!(rewritten("none", "== a\n{It rained}.\n"), "== a\nIt rained.\n");
    assert_eq!(rewritten("first", "== a\n“Go,” said Ana Lim.\n"), "== a\n{“Go,”} <said> [Ana Lim].\n");
}

#[test]
fn notes_are_mended_where_they_stand() {
    let wrong = "== a\n:: flags negated\n{“We are done here,} <said> [Idris Okonjo].\n:: kind mixed\n\n== b\n:: sign The Long Rain\n\
                 [Crane] <said> {he liked “The Long Rain”}.\n";
    let new = rewritten("notes", wrong);
    assert!(!new.contains("negated") && !new.contains("sign"), "{new}");
    assert!(new.starts_with("== a\n:: flags ") && new.contains("\n\n== b\n:: "), "{new}");
}

#[test]
fn a_kind_that_does_not_follow_gets_a_note() {
    let marked = "{“It lasted 12\" and then some,”} <said> [Ana Lim].";
    let kind = "== a\n{‘Rents will fall’ – [Sorel]}\n\n== b\nIt rained.\n";
    let new = rewritten("kind", kind);
    assert!(
        new.starts_with("== a\n{‘Rents will fall’} – [Sorel]\n") && new.ends_with("\n\n== b\nIt rained.\n"),
        "{new}"
    );
    let new = rewritten("mixed", "== a\n[Nair] <said> {the plan was ‘a cruel joke’} on tenants.\n");
    assert_eq!(new, "== a\n[Nair] <said> {the plan was ‘a cruel joke’ on tenants}.\n:: kind mixed\n");
    assert!(rewritten("inch", &format!("== a\n{marked}\n")).starts_with("== a\n{"));
}

#[test]
fn windows_line_ends_are_written_as_the_file_has_them() {
    let wrong = "== a\n{1:“Go,”} said [1:Ana] Lim.\n\n{2:“Stay,”} said [2:Tom Roe].\n:: crlf\n";
    assert_eq!(rewritten("crlf", wrong), wrong.replace("[1:Ana] Lim", "[1:Ana Lim]"));
}

#[test]
fn what_cannot_be_mended_in_the_case_is_left() {
    let file = ":: flags negated\n\n== a\n{“Go,”} <said> [Ana Lim].\n";
    let (text, blessed) = blessed("head", file);
    assert_eq!((text.as_str(), blessed.left.len(), blessed.rewritten.len()), (file, 1, 0));
}

/// The cases of the project, with every bracket gone, get brackets again that hold.
#[test]
fn cases_without_brackets_get_theirs_back() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for name in ["interrupted", "sources", "furniture", "mixed", "wrapped"] {
        let cases =
            read_text(Path::new(name), &fs::read_to_string(folder.join(name).with_extension("txt")).unwrap()).unwrap();
        let mut bare = String::new();
        for case in cases.iter().filter(|case| !case.text.contains(['\r', '[', '{', '<', '|'])) {
            bare += &format!("== {}\n:: coverage {}\n{}\n\n", case.name, coverage(case), case.text);
        }
        assert!(bare.len() > 300, "{name}");
        rewritten(&format!("bare-{name}"), &bare);
    }
}

fn coverage(case: &notation::Case) -> String {
    format!("{:?}", case.coverage).to_lowercase()
}

#[test]
fn nothing_is_blessed_in_ci() {
    assert_eq!(bless::is_asked(None, None), Ok(false));
    assert_eq!(bless::is_asked(Some("1"), None), Ok(true));
    assert_eq!(bless::is_asked(Some("1"), Some("false")), Ok(true));
    assert_eq!(bless::is_asked(Some(""), Some("true")), Ok(false));
    assert_eq!(bless::is_asked(None, Some("true")), Ok(false));
    for ci in ["true", "1", "yes"] {
        assert!(bless::is_asked(Some("1"), Some(ci)).is_err());
    }
}

#[test]
fn cases_are_chosen_by_file_name_and_text() {
    let file = "== a list\nIt rained.\n\n== of advice\nHer advice: “Buy a BUCKET.”\n";
    let cases = read_text(Path::new("/somewhere/limits/colon.txt"), file).unwrap();
    let kept = |pattern: &str| -> Vec<&str> {
        let filter = Filter::new(pattern);
        cases.iter().filter(|case| filter.keeps(case)).map(|case| case.name.as_str()).collect()
    };
    let both = ["a list", "of advice"];
    assert_eq!(kept(""), both);
    assert_eq!(kept("colon"), both);
    assert_eq!(kept("limits/colon"), both);
    assert_eq!(kept("somewhere"), [""; 0]);
    assert_eq!(kept("Bucket"), ["of advice"]);
    assert_eq!(kept("a list"), ["a list"]);
    assert_eq!(kept("colon::rained"), ["a list"]);
    assert_eq!(kept("::rained"), ["a list"]);
    assert_eq!(kept("colon::"), both);
    assert_eq!(kept("marks::rained"), [""; 0]);
    assert_eq!(kept("snow"), [""; 0]);
    assert!(Filter::new(" ").is_empty() && !Filter::new("snow").is_empty());
}
