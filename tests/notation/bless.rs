//! Rewrites what failing cases want, so that it is what is found. Only brackets change, and notes that are wrong; the
//! rest of a file stays as it is.

use super::{Case, ROLES, Shape, kind_of, read_text, shapes, write};
use inquit::{Extraction, Extractor};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The variable that asks for it.
pub(crate) const VARIABLE: &str = "INQUIT_BLESS";

/// Whether answers are to be taken for right. Panics in CI, where nobody would look at what changed.
pub(crate) fn is_asked_for() -> bool {
    let variable = |name| std::env::var(name).ok();
    is_asked(variable(VARIABLE).as_deref(), variable("CI").as_deref()).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// The same, told from the values of `INQUIT_BLESS` and `CI`.
pub(crate) fn is_asked(bless: Option<&str>, ci: Option<&str>) -> Result<bool, String> {
    let is_set = |value: Option<&str>| value.is_some_and(|value| !matches!(value, "" | "0" | "false"));
    match (is_set(bless), is_set(ci)) {
        (true, true) => Err(format!("{VARIABLE} is refused where CI is set: bless at the desk, and read the diff")),
        (wanted, _) => Ok(wanted),
    }
}

/// What became of failing cases: their places.
#[derive(Debug, Default)]
pub(crate) struct Blessed {
    pub(crate) rewritten: Vec<String>,
    /// The notation cannot say what was found, or a note at the head of the file forbids it.
    pub(crate) left: Vec<String>,
}

/// Rewrites those of `cases` that fail, in their files.
pub(crate) fn bless(cases: &[Case], extractor: &Extractor) -> Blessed {
    let mut blessed = Blessed::default();
    let files: BTreeSet<&Path> = cases.iter().map(|case| case.file.as_path()).collect();
    for file in files {
        let old = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut text = old.clone();
        // From the last one, as those behind a rewritten case may move.
        for case in cases.iter().rev().filter(|case| case.file == file && case.problem(extractor).is_some()) {
            let new = rewritten(&text, case, extractor);
            let read = read_text(file, &new).unwrap_or_default();
            let is_right =
                |new: &Case| new.name == case.name && new.text == case.text && new.problem(extractor).is_none();
            if read.iter().any(is_right) {
                text = new;
                blessed.rewritten.push(case.place());
            } else {
                blessed.left.push(case.place());
            }
        }
        if text != old {
            std::fs::write(file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        }
    }
    blessed
}

/// The text of a case file with one case rewritten.
fn rewritten(file: &str, case: &Case, extractor: &Extractor) -> String {
    let found = case.extract(extractor);
    let shapes = numbered(case, &shapes(&found));
    let labelled = case.labelled || shapes.keys().any(|number| *number > 1);
    let marked = write::marked(&case.text, &shapes, labelled).replace("\r\n", "\n");
    let mut marked = marked.split('\n');

    let lines: Vec<&str> = file.split('\n').collect();
    let rest = &lines[case.line..];
    let block = &rest[..rest.iter().position(|line| line.starts_with("== ")).unwrap_or(rest.len())];
    let is_text = |line: &str| !line.starts_with(":: ") && !line.is_empty();
    let (first, last) = (block.iter().position(|line| is_text(line)), block.iter().rposition(|line| is_text(line)));
    let mut new: Vec<String> = Vec::new();
    let mut end = 0;
    for (at, line) in block.iter().enumerate() {
        if let Some(body) = line.strip_prefix(":: ") {
            new.extend(note(body, &shapes, &found).map(|body| format!(":: {body}")));
        } else if Some(at) >= first && Some(at) <= last {
            new.push(marked.next().unwrap_or_default().to_owned());
        } else {
            new.push((*line).to_owned());
        }
        if !line.is_empty() {
            end = new.len();
        }
    }
    let kinds = kind_notes(case, &shapes, labelled, block);
    new.splice(end..end, kinds);
    let before = lines[..case.line].iter().map(|line| (*line).to_owned());
    let after = rest[block.len()..].iter().map(|line| (*line).to_owned());
    before.chain(new).chain(after).collect::<Vec<_>>().join("\n")
}

/// What was found, by the numbers the case gives it: each quotation that is wanted goes to the one that shares most with
/// it, and what was not looked at is not written.
fn numbered(case: &Case, found: &[Shape]) -> BTreeMap<u8, Shape> {
    let shared = |one: &Shape, other: &Shape| -> usize {
        let pairs = one.content.iter().flat_map(|a| other.content.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| a.end.min(b.end).saturating_sub(a.start.max(b.start))).sum()
    };
    let mut left: Vec<&Shape> = found.iter().collect();
    let mut numbered = BTreeMap::new();
    for (number, wanted) in &case.quotes {
        let best = (0..left.len()).max_by_key(|at| (shared(wanted, left[*at]), usize::MAX - at));
        let Some(best) = best.filter(|at| shared(wanted, left[*at]) > 0) else { continue };
        let found = left.remove(best);
        let shape = Shape {
            cue: found.cue.filter(|_| wanted.cue.is_some()),
            addressee: found.addressee.filter(|_| wanted.addressee.is_some()),
            speaker: found.speaker.clone().filter(|_| wanted.speaker.is_some()),
            ..found.clone()
        };
        numbered.insert(*number, shape);
    }
    // What is new is looked at as closely as the others are.
    let looked_at = |part: fn(&Shape) -> bool| case.quotes.values().any(part);
    let (cue, speaker) = (looked_at(|shape| shape.cue.is_some()), looked_at(|shape| shape.speaker.is_some()));
    let cue = cue || case.quotes.is_empty();
    for found in left {
        let number = (1..=u8::MAX).find(|number| !numbered.contains_key(number) && !case.quotes.contains_key(number));
        let shape = Shape {
            cue: found.cue.filter(|_| cue),
            addressee: found.addressee.filter(|_| cue),
            speaker: found.speaker.clone().filter(|_| speaker),
            ..found.clone()
        };
        numbered.extend(number.map(|number| (number, shape)));
    }
    numbered
}

/// A note that holds of what was found; `None` if what it is about is gone.
fn note(body: &str, shapes: &BTreeMap<u8, Shape>, found: &Extraction<'_>) -> Option<String> {
    let (key, value) = body.split_once(' ').unwrap_or((body, ""));
    if ROLES.contains(&key) {
        let string = found.quoted_strings().find(|string| string.text() == value)?;
        return Some(format!("{} {value}", string.role().name()));
    }
    let (number, key) = match key.parse::<u8>() {
        Ok(number) => (number, value.split_once(' ').map_or(value, |(key, _)| key)),
        Err(_) => (1, key),
    };
    let lead = &body[..body.find(key)?];
    match (key, shapes.get(&number)) {
        ("flags" | "kind", None) => None,
        ("flags", Some(shape)) => {
            let flags = shape.flags.as_deref().filter(|flags| !flags.is_empty()).unwrap_or("none");
            let noted: BTreeSet<&str> = body[lead.len() + key.len()..].split_whitespace().collect();
            let same = noted == flags.split_whitespace().collect();
            Some(if same { body.to_owned() } else { format!("{lead}flags {flags}") })
        }
        ("kind", Some(shape)) => Some(format!("{lead}kind {}", shape.kind?)),
        _ => Some(body.to_owned()),
    }
}

/// Notes for the kinds that do not follow from the marks and have none yet.
fn kind_notes(case: &Case, shapes: &BTreeMap<u8, Shape>, labelled: bool, block: &[&str]) -> Vec<String> {
    let has_note = |number: u8| {
        let numbered = format!(":: {number} kind ");
        block.iter().any(|line| line.starts_with(&numbered) || number == 1 && line.starts_with(":: kind "))
    };
    let missing = shapes.iter().filter(|(number, shape)| {
        shape.kind.is_some_and(|kind| kind != kind_of(&case.text, &shape.content)) && !has_note(**number)
    });
    let notes = missing.filter_map(|(number, shape)| {
        let number = if labelled { format!("{number} ") } else { String::new() };
        Some(format!(":: {number}kind {}", shape.kind?))
    });
    notes.collect()
}
