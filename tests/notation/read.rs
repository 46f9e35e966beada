//! Reads the notation.

use super::{ADDRESSEE, BRACKETS, CUE, Case, ROLES, SOURCE, Shape, sorted};
use inquit::{Coverage, QuoteKind, Span};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Reads all case files of a folder, in the order of their names, then those of the folders in it.
pub(crate) fn read_folder(folder: &Path) -> Vec<Case> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    paths.sort();
    // Right answers that are not given yet are read by themselves.
    let folders = paths.iter().filter(|path| path.is_dir() && !path.ends_with("limits"));
    let files = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.flat_map(|file| read_file(file)).chain(folders.flat_map(|folder| read_folder(folder))).collect()
}

fn read_file(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    read_text(file, &text).unwrap_or_else(|problem| panic!("{problem}"))
}

/// Reads the text of a case file; `file` is only noted.
pub(crate) fn read_text(file: &Path, text: &str) -> Result<Vec<Case>, String> {
    let mut blocks: Vec<(usize, Vec<&str>)> = vec![(1, vec![""])];
    for (index, line) in text.lines().enumerate() {
        match line.strip_prefix("== ") {
            Some(name) => blocks.push((index + 1, vec![name])),
            None => blocks.last_mut().expect("there is the head").1.push(line),
        }
    }
    let (_, head) = blocks.remove(0);
    let notes: Vec<&str> = head.into_iter().filter_map(|line| line.strip_prefix(":: ")).collect();
    let cases = blocks.into_iter().map(|(line, block)| {
        let case = read_case(&block, &notes).map_err(|problem| format!("{}:{line}: {problem}", file.display()))?;
        Ok(Case { file: file.to_owned(), line, ..case })
    });
    cases.collect()
}

/// Reads a case: its name, its text, its notes.
fn read_case(block: &[&str], head: &[&str]) -> Result<Case, String> {
    let (notes, lines): (Vec<&str>, Vec<&str>) = block[1..].iter().partition(|line| line.starts_with(":: "));
    let notes = head.iter().copied().chain(notes.iter().map(|note| &note[3..]));
    let mut marked = lines.join("\n").trim_matches('\n').to_owned();
    let mut coverage = Coverage::default();
    let (mut roles, mut rest) = (Vec::new(), Vec::new());
    for note in notes {
        let (key, value) = note.split_once(' ').unwrap_or((note, ""));
        match (key, value) {
            ("coverage", "direct") => coverage = Coverage::Direct,
            ("coverage", "speech") => coverage = Coverage::Speech,
            ("coverage", "attribution") => coverage = Coverage::Attribution,
            ("crlf", "") => marked = marked.replace('\n', "\r\n"),
            (role, words) if ROLES.contains(&role) => roles.push((role.to_owned(), words.to_owned())),
            _ => rest.push(note),
        }
    }
    let (text, mut quotes, labelled) = read_marks(&marked)?;
    for note in rest {
        if note == "all direct" {
            quotes.values_mut().for_each(|quote| quote.kind = Some(QuoteKind::Direct));
            continue;
        }
        let (number, note) = match note.split_once(' ') {
            Some((number, rest)) if number.parse::<u8>().is_ok() => (number.parse().unwrap_or(1), rest),
            _ => (1, note),
        };
        let quote = quotes.get_mut(&number).ok_or(format!("no quotation {number} for `{note}`"))?;
        match note.split_once(' ') {
            Some(("kind", "direct")) => quote.kind = Some(QuoteKind::Direct),
            Some(("kind", "mixed")) => quote.kind = Some(QuoteKind::Mixed),
            Some(("kind", "indirect")) => quote.kind = Some(QuoteKind::Indirect),
            Some(("flags", names)) => quote.flags = Some(sorted(names.split_whitespace())),
            _ => return Err(format!("this note is not known: {note}")),
        }
    }
    let nowhere = PathBuf::new();
    Ok(Case { file: nowhere, line: 0, name: block[0].to_owned(), marked, text, coverage, quotes, labelled, roles })
}

/// Takes the brackets out of a text. Tells also whether they carry numbers.
fn read_marks(marked: &str) -> Result<(String, BTreeMap<u8, Shape>, bool), String> {
    let mut text = String::new();
    let mut quotes: BTreeMap<u8, Shape> = BTreeMap::new();
    let mut open: [Option<(usize, Vec<u8>)>; 4] = Default::default();
    let mut labels = (false, false);
    let mut rest = marked;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        let Some(bracket) = BRACKETS.iter().position(|(open, close)| letter == *open || letter == *close) else {
            text.push(letter);
            continue;
        };
        if let Some(after) = rest.strip_prefix(letter) {
            text.push(letter);
            rest = after;
            continue;
        }
        match open[bracket].take() {
            Some((start, numbers)) if letter == BRACKETS[bracket].1 => {
                let speaker = match text[start..].find(" = ") {
                    Some(at) => text.split_off(start + at).get(3..).map(str::to_owned),
                    None => None,
                };
                let span = Span::new(start, text.len());
                for number in numbers {
                    let quote = quotes.entry(number).or_default();
                    quote.speaker = quote.speaker.take().or(speaker.clone());
                    let slot = match BRACKETS[bracket] {
                        SOURCE => &mut quote.source,
                        CUE => &mut quote.cue,
                        ADDRESSEE => &mut quote.addressee,
                        _ => {
                            quote.content.push(span);
                            continue;
                        }
                    };
                    if slot.replace(span).is_some() {
                        return Err(format!("quotation {number} has two {letter}"));
                    }
                }
            }
            None if letter == BRACKETS[bracket].0 => {
                let (numbers, after) = label(rest);
                *(if numbers.is_empty() { &mut labels.0 } else { &mut labels.1 }) = true;
                open[bracket] = Some((text.len(), if numbers.is_empty() { vec![1] } else { numbers }));
                rest = after;
            }
            _ => return Err(format!("a stray {letter}; one of the text is written twice")),
        }
    }
    if let Some(bracket) = open.iter().position(Option::is_some) {
        return Err(format!("{} is not closed", BRACKETS[bracket].0));
    }
    if labels == (true, true) {
        return Err("brackets with and without number".to_owned());
    }
    match quotes.iter().find(|(_, quote)| quote.content.is_empty()) {
        Some((number, _)) => Err(format!("quotation {number} has no content")),
        None => Ok((text, quotes, labels.1)),
    }
}

/// The numbers of `1:` or `1,2:`, and what follows them.
fn label(rest: &str) -> (Vec<u8>, &str) {
    let end = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
    match rest[end..].strip_prefix(':') {
        Some(after) if end > 0 => (rest[..end].split(',').filter_map(|number| number.parse().ok()).collect(), after),
        _ => (Vec::new(), rest),
    }
}
