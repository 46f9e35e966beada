//! The cases of the text files beside this; `README.md` describes their notation.

use inquit::{Located, Match, Span, locate, locate_near};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const NAMES: [(&str, Option<Match>); 6] = [
    ("exact", Some(Match::Exact)),
    ("folded", Some(Match::Folded)),
    ("interrupted", Some(Match::Interrupted)),
    ("elided", Some(Match::Elided)),
    ("changed", Some(Match::Changed)),
    ("none", None),
];

struct Case {
    place: String,
    name: String,
    text: String,
    /// What its braces mark.
    spans: Vec<Span>,
    wanted: Vec<Wanted>,
}

/// A quotation and what must become of it.
struct Wanted {
    quotation: String,
    how: Option<Match>,
    /// What the text has, what the quotation has.
    changes: Vec<(String, String)>,
}

impl Case {
    fn problems(&self) -> String {
        let mut report = String::new();
        for wanted in &self.wanted {
            let found = locate_near(&wanted.quotation, &self.text);
            if let Some(problem) = self.problem(wanted, found.as_ref()) {
                let _ = writeln!(report, "{}: {}\n  {}\n  {problem}", self.place, self.name, wanted.quotation);
            }
        }
        report
    }

    fn problem(&self, wanted: &Wanted, found: Option<&Located>) -> Option<String> {
        let verbatim = wanted.how.is_some_and(|how| how != Match::Changed);
        let sure = locate(&wanted.quotation, &self.text);
        if sure.is_some() != verbatim || verbatim && sure.as_ref() != found {
            return Some(format!("located: {sure:?}, or near: {found:?}"));
        }
        if found.map(Located::how) != wanted.how {
            return Some(format!("{:?} wanted, found: {found:?}", wanted.how));
        }
        let found = found?;
        let show = |span: &Span| self.text[*span].to_owned();
        if verbatim && !self.spans.is_empty() && found.spans() != self.spans {
            return Some(format!("found {:?}", found.spans().iter().map(show).collect::<Vec<_>>()));
        }
        let pair = |change: &inquit::Change| (show(&change.text), wanted.quotation[change.quotation].to_owned());
        let changes: Vec<_> = found.changes().iter().map(pair).collect();
        (changes != wanted.changes).then(|| format!("changes: {changes:?}, wanted: {:?}", wanted.changes))
    }
}

/// Characters by name and by number.
fn plain(text: &str) -> String {
    let text = text.replace("\\n", "\n").replace("\\r", "\r");
    let mut parts = text.split("\\u{");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once('}').expect("a number ends with a brace");
        let number = u32::from_str_radix(number, 16).expect("characters have numbers of base 16");
        plain.push(char::from_u32(number).expect("there is such a character"));
        plain.push_str(rest);
    }
    plain
}

fn wanted(line: &str) -> Option<Wanted> {
    let mut fields = line.split('|');
    let name = fields.next()?.trim();
    let (_, how) = NAMES.iter().find(|(known, _)| *known == name)?;
    let quotation = plain(fields.next()?.trim_start());
    let change = |field: &str| {
        let (text, quotation) = field.split_once('→').expect("changes have an arrow");
        (plain(text.trim()), plain(quotation.trim()))
    };
    // The space before the next bar belongs to the notation.
    let changes: Vec<_> = fields.map(change).collect();
    let quotation = if changes.is_empty() { quotation } else { quotation.trim_end().to_owned() };
    Some(Wanted { quotation, how: *how, changes })
}

fn case(path: &Path, line: usize, block: &str) -> Case {
    let (name, rest) = block.split_once('\n').expect("a case has a text");
    let is_wanted = |line: &&str| wanted(line).is_some();
    let marked = rest.lines().take_while(|line| !is_wanted(line)).collect::<Vec<_>>().join("\n");
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), None);
    for letter in plain(marked.trim()).chars() {
        match letter {
            '{' => open = Some(text.len()),
            '}' => spans.push(Span::new(open.take().expect("braces come in pairs"), text.len())),
            letter => text.push(letter),
        }
    }
    let place = format!("{}:{line}", path.display());
    let wanted: Vec<Wanted> = rest.lines().filter_map(wanted).collect();
    assert!(!wanted.is_empty() && open.is_none(), "{place}: no quotation, or a brace left open");
    Case { place, name: name.trim().to_owned(), text, spans, wanted }
}

fn cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/locate");
    let entries = std::fs::read_dir(&folder).expect("the folder of cases is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let of_file = |path: &PathBuf| {
        let file = std::fs::read_to_string(path).expect("cases are text");
        let mut line = 1 + file.split("== ").next().map_or(0, |intro| intro.lines().count());
        let mut cases = Vec::new();
        for block in file.split("\n== ").skip(1) {
            cases.push(case(path, line, block));
            line += block.lines().count();
        }
        cases
    };
    paths.iter().flat_map(of_file).collect()
}

#[test]
fn every_case_gets_its_answer() {
    let cases = cases();
    assert!(cases.len() >= 80, "only {} cases", cases.len());
    let problems: String = cases.iter().map(Case::problems).collect();
    assert!(problems.is_empty(), "\n{problems}");
}

#[test]
fn names_of_cases_are_unique() {
    let cases = cases();
    let mut names = HashSet::new();
    let twice: Vec<&str> = cases.iter().map(|case| case.name.as_str()).filter(|name| !names.insert(*name)).collect();
    assert!(twice.is_empty(), "these names stand twice: {twice:?}");
}
