//! Folders of brat files, as PolNeAR has them: `text/NAME.txt` and `attributions/NAME_WHO.ann`, one file for
//! everybody who marked that text; or `NAME.txt` and `NAME.ann` side by side. What is read:
//!
//! * `T1<tab>Source 12 20;30 41<tab>words`: a stretch of text, offsets in characters, half open; pieces are parted
//!   by `;`. Types are `Source`, `Cue`, `Content` and `Discard` (text nobody marked); others are passed over.
//! * `E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1`: an attribution. Several arguments of one role (`Content2:T9`)
//!   are pieces of one span.
//! * `R1<tab>Of Arg1:T1 Arg2:T2`: two stretches belong to one attribution. A cue gathers the sources and contents
//!   related to it; a content related to no cue makes an attribution with the sources related to it.
//! * `A1<tab>Type E1 speech`: a tag, `Type=speech`, or `Type` if there is no value; on a stretch it holds for the
//!   attributions made of it.
//!
//! Lines that begin otherwise (notes, equivalences) are passed over. A document of several people's marks is one
//! document each, named `NAME_WHO`.

use crate::corpus::{Attribution, Document, Failure, text};
use inquit::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Reads a folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<Document>, Failure> {
    let (texts, marks) = (folder.join("text"), folder.join("attributions"));
    let (texts, marks) = if texts.is_dir() && marks.is_dir() { (texts, marks) } else { (folder.into(), folder.into()) };
    let texts: BTreeMap<String, PathBuf> = files(&texts, "txt")?.into_iter().collect();
    let mut documents = Vec::new();
    for (name, path) in files(&marks, "ann")? {
        let stem = name.rsplit_once('_').map_or(name.as_str(), |(stem, _)| stem);
        let found = texts.get(&name).or_else(|| texts.get(stem));
        let found = found.ok_or_else(|| format!("{}: there is no {name}.txt or {stem}.txt", path.display()))?;
        let read = parse(name, text(found)?, &text(&path)?);
        documents.push(read.map_err(|error| format!("{}: {error}", path.display()))?);
    }
    if documents.is_empty() {
        return Err(format!("{}: no .ann files", folder.display()).into());
    }
    Ok(documents)
}

/// The files of a folder with this extension, by name without it.
fn files(folder: &Path, extension: &str) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry?.path();
        if let (true, Some(stem)) = (path.extension().is_some_and(|own| own == extension), path.file_stem()) {
            files.push((stem.to_string_lossy().into_owned(), path.clone()));
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// The lines of one file, sorted by what they are.
#[derive(Default)]
struct Standoff<'a> {
    stretches: BTreeMap<&'a str, (&'a str, Vec<Span>)>,
    events: Vec<(&'a str, Vec<(&'a str, &'a str)>)>,
    relations: Vec<(&'a str, &'a str)>,
    tags: Vec<(&'a str, String)>,
}

fn parse(id: String, text: String, marks: &str) -> Result<Document, String> {
    let mut read = Standoff::default();
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    for (index, line) in marks.lines().enumerate() {
        read.line(line, &bytes).ok_or_else(|| format!("line {}: `{line}`", index + 1))?;
    }
    let ignore = read.stretches.values().filter(|(kind, _)| *kind == "Discard").flat_map(|(_, spans)| spans);
    let ignore = ignore.copied().collect();
    Ok(Document { id, attributions: read.attributions(), ignore, text, layers: None })
}

impl<'a> Standoff<'a> {
    fn line(&mut self, line: &'a str, bytes: &[usize]) -> Option<()> {
        let mut columns = line.split('\t');
        let (name, rest) = (columns.next()?, columns.next());
        match name.chars().next() {
            Some('T') => {
                let (kind, places) = rest?.split_once(' ')?;
                let spans = places.split(';').map(|place| span(place, bytes)).collect::<Option<_>>()?;
                self.stretches.insert(name, (kind, spans));
            }
            Some('E') => {
                let arguments = rest?.split_whitespace().skip(1).map(|word| word.split_once(':'));
                self.events.push((name, arguments.collect::<Option<_>>()?));
            }
            Some('R') => {
                let mut arguments = rest?.split_whitespace().skip(1).map(|word| word.split_once(':'));
                self.relations.push((arguments.next()??.1, arguments.next()??.1));
            }
            Some('A' | 'M') => {
                let mut words = rest?.split_whitespace();
                let (kind, of, value) = (words.next()?, words.next()?, words.next());
                self.tags.push((of, value.map_or_else(|| kind.to_owned(), |value| format!("{kind}={value}"))));
            }
            _ => {}
        }
        Some(())
    }

    fn attributions(&self) -> Vec<Attribution> {
        let mut groups: Vec<Vec<&str>> = Vec::new();
        for (name, arguments) in &self.events {
            groups.push(arguments.iter().map(|(_, stretch)| *stretch).chain([*name]).collect());
        }
        let mut gathered = BTreeSet::new();
        for anchor in ["Cue", "Content"] {
            for (name, _) in self.stretches.iter().filter(|(_, (kind, _))| *kind == anchor) {
                let others: Vec<&str> = self.related(name).collect();
                if !others.is_empty() && !gathered.contains(name) {
                    gathered.extend(others.iter().copied());
                    groups.push(others.into_iter().chain([*name]).collect());
                }
            }
        }
        let mut attributions: Vec<Attribution> = groups.iter().map(|group| self.attribution(group)).collect();
        attributions.retain(|attribution| !attribution.content.is_empty());
        attributions.sort_by_key(|attribution| attribution.content[0]);
        attributions
    }

    fn related<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'a str> + 's {
        self.relations.iter().filter_map(move |&(one, other)| match name {
            _ if name == one => Some(other),
            _ if name == other => Some(one),
            _ => None,
        })
    }

    fn attribution(&self, group: &[&str]) -> Attribution {
        let spans = |wanted: &str| {
            let stretches = group.iter().filter_map(|name| self.stretches.get(name));
            let mut spans: Vec<Span> =
                stretches.filter(|(kind, _)| *kind == wanted).flat_map(|(_, spans)| spans).copied().collect();
            spans.sort_unstable();
            spans.dedup();
            spans
        };
        let tags = self.tags.iter().filter(|(of, _)| group.contains(of)).map(|(_, tag)| tag.clone());
        Attribution {
            content: spans("Content"),
            cue: spans("Cue"),
            source: spans("Source"),
            tags: tags.collect(),
            ..Attribution::default()
        }
    }
}

/// `12 20`, in characters.
fn span(place: &str, bytes: &[usize]) -> Option<Span> {
    let (start, end) = place.trim().split_once(' ')?;
    let byte = |at: &str| bytes.get(at.parse::<usize>().ok()?).copied();
    Some(Span::new(byte(start)?, byte(end)?))
}

#[cfg(test)]
mod tests {
    use super::{parse, read};
    use std::path::Path;

    const TEXT: &str = "“Né,” said Ana Lim, “là.”";

    fn found(marks: &str) -> Vec<(String, String, String, Vec<String>)> {
        let document = parse("a".to_owned(), TEXT.to_owned(), marks).unwrap();
        let words = |spans: &[inquit::Span]| spans.iter().map(|span| &TEXT[*span]).collect::<Vec<_>>().join("|");
        let show = |one: &crate::corpus::Attribution| {
            (words(&one.source), words(&one.cue), words(&one.content), one.tags.clone())
        };
        document.attributions.iter().map(show).collect()
    }

    #[test]
    fn events_pieces_and_tags() {
        let marks = "T1\tSource 11 18\tAna Lim\nT2\tCue 6 10\tsaid\nT3\tContent 0 5;20 25\t“Né,” “là.”\n\
                     T4\tAttribution 6 10\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n\
                     A1\tact E1 report\nA2\tsure T3\n#1\tAnnotatorNotes E1\tno matter\n";
        let tags = vec!["act=report".to_owned(), "sure".to_owned()];
        assert_eq!(found(marks), [("Ana Lim".to_owned(), "said".to_owned(), "“Né,”|“là.”".to_owned(), tags)]);
    }

    #[test]
    fn several_arguments_of_one_role() {
        let marks = "T1\tCue 6 10\tsaid\nT2\tContent 20 25\t“là.”\nT3\tContent 0 5\t“Né,”\n\
                     E1\tAttribution:T1 Cue:T1 Content:T2 Content2:T3\n";
        assert_eq!(found(marks), [(String::new(), "said".to_owned(), "“Né,”|“là.”".to_owned(), Vec::new())]);
    }

    #[test]
    fn relations_gather_round_the_cue() {
        let marks = "T1\tSource 11 18\tAna Lim\nT2\tCue 6 10\tsaid\nT3\tContent 0 5\t“Né,”\nT4\tContent 20 25\t“là.”\n\
                     R1\tOf Arg1:T2 Arg2:T1\nR2\tOf Arg1:T3 Arg2:T2\nR3\tOf Arg1:T4 Arg2:T1\n";
        let (lim, ne, la) = ("Ana Lim".to_owned(), "“Né,”".to_owned(), "“là.”".to_owned());
        let expected = [(lim.clone(), "said".to_owned(), ne, Vec::new()), (lim, String::new(), la, Vec::new())];
        assert_eq!(found(marks), expected);
    }

    #[test]
    fn a_line_that_cannot_be_read_is_named() {
        let error = parse("a".to_owned(), TEXT.to_owned(), "T1\tCue 6 10\tsaid\nT2\tContent 0 99\tlost").unwrap_err();
        assert_eq!(error, "line 2: `T2\tContent 0 99\tlost`");
    }

    #[test]
    fn a_folder_of_texts_and_marks() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/brat");
        let documents = read(&folder).unwrap();
        let counts: Vec<(&str, usize)> =
            documents.iter().map(|document| (document.id.as_str(), document.attributions.len())).collect();
        assert_eq!(counts, [("harbour_ana", 4), ("harbour_bo", 3)]);
        assert_eq!(documents[0].ignore.len(), 1);
    }
}
