//! The notation of the case files: `tests/cases/README.md` describes it.

#![allow(dead_code, reason = "each test uses a part of this")]

pub(crate) mod bless;
pub(crate) mod filter;
mod read;
mod write;

pub(crate) use read::{read_folder, read_text};

use inquit::{Coverage, Extraction, Extractor, QuoteKind, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The roles of quoted strings that a note can name.
const ROLES: [&str; 7] = ["speech", "title", "term", "nickname", "sign", "scare", "unknown"];

/// What brackets mean: opening, closing.
const CONTENT: (char, char) = ('{', '}');
const SOURCE: (char, char) = ('[', ']');
const CUE: (char, char) = ('<', '>');
const ADDRESSEE: (char, char) = ('|', '|');
const BRACKETS: [(char, char); 4] = [CONTENT, SOURCE, CUE, ADDRESSEE];

/// One quotation, as a case wants it or as it was found.
#[derive(Debug, Default, Clone)]
pub(crate) struct Shape {
    pub(crate) content: Vec<Span>,
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Span>,
    pub(crate) addressee: Option<Span>,
    pub(crate) kind: Option<QuoteKind>,
    /// `?` is nobody.
    pub(crate) speaker: Option<String>,
    pub(crate) flags: Option<String>,
}

/// A text and what must be found in it.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) file: PathBuf,
    line: usize,
    pub(crate) name: String,
    /// The text with its brackets, as it stands in the file.
    marked: String,
    pub(crate) text: String,
    pub(crate) coverage: Coverage,
    /// By number.
    pub(crate) quotes: BTreeMap<u8, Shape>,
    /// Whether brackets carry numbers.
    labelled: bool,
    /// Role and words of quoted strings.
    roles: Vec<(String, String)>,
}

impl Case {
    /// What is found in the text.
    pub(crate) fn extract(&self, extractor: &Extractor) -> Extraction<'_> {
        extractor.clone().with_coverage(self.coverage).extract(&self.text)
    }

    /// What is wrong with the answer, and the answer in the notation of the case; `None` if it is right.
    pub(crate) fn problem(&self, extractor: &Extractor) -> Option<String> {
        let found = self.extract(extractor);
        let shapes = shapes(&found);
        let mut problems = self.compare(&shapes);
        problems.extend(self.compare_roles(&found));
        if problems.is_empty() {
            return None;
        }
        let mut report = format!("{}\n", self.place());
        let _ = writeln!(report, "  wanted  {}", indented(&self.marked));
        let plain = shapes.iter().map(|shape| Shape { speaker: None, ..shape.clone() });
        let numbered = (1..=u8::MAX).zip(plain).collect();
        let _ = writeln!(report, "  found   {}", indented(&write::marked(&self.text, &numbered, shapes.len() > 1)));
        for problem in problems {
            let _ = writeln!(report, "  - {problem}");
        }
        for quote in found.quotes() {
            let _ = writeln!(report, "  by {} ({:.2}): {}", quote.rule(), quote.confidence(), quote.content());
        }
        Some(report)
    }

    /// File, line and name.
    pub(crate) fn place(&self) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = self.file.strip_prefix(root).unwrap_or(&self.file);
        format!("{}:{}: {}", file.display(), self.line, self.name)
    }

    /// The kind a quotation is wanted to have.
    pub(crate) fn kind(&self, wanted: &Shape) -> QuoteKind {
        wanted.kind.unwrap_or_else(|| kind_of(&self.text, &wanted.content))
    }

    fn compare(&self, found: &[Shape]) -> Vec<String> {
        let mut wanted: Vec<&Shape> = self.quotes.values().collect();
        wanted.sort_by_key(|shape| shape.content[0]);
        if wanted.len() != found.len() {
            return vec![format!("{} quotations wanted, {} found", wanted.len(), found.len())];
        }
        let show = |span: Option<Span>| span.map_or("none".to_owned(), |span| format!("“{}”", &self.text[span]));
        let mut problems = Vec::new();
        for (wanted, found) in wanted.into_iter().zip(found) {
            let mut differ = |what: &str, wanted: String, found: String| {
                problems.push(format!("{what}: {wanted} wanted, {found} found"));
            };
            if wanted.content != found.content {
                let pieces =
                    |shape: &Shape| shape.content.iter().map(|span| show(Some(*span))).collect::<Vec<_>>().join(" + ");
                differ("content", pieces(wanted), pieces(found));
            }
            if wanted.source != found.source {
                differ("source", show(wanted.source), show(found.source));
            }
            if wanted.cue.is_some() && wanted.cue != found.cue {
                differ("cue", show(wanted.cue), show(found.cue));
            }
            if wanted.addressee.is_some() && wanted.addressee != found.addressee {
                differ("addressee", show(wanted.addressee), show(found.addressee));
            }
            let kind = self.kind(wanted);
            if found.kind != Some(kind) {
                differ("kind", kind.to_string(), found.kind.map_or(String::new(), |kind| kind.to_string()));
            }
            for (what, wanted, found) in
                [("speaker", &wanted.speaker, &found.speaker), ("flags", &wanted.flags, &found.flags)]
            {
                if wanted.is_some() && wanted != found {
                    differ(what, wanted.clone().unwrap_or_default(), found.clone().unwrap_or_default());
                }
            }
        }
        problems
    }

    fn compare_roles(&self, found: &Extraction<'_>) -> Vec<String> {
        let mut problems = Vec::new();
        for (role, words) in &self.roles {
            let named: Vec<_> = found.quoted_strings().filter(|string| string.text() == words).collect();
            match named.first() {
                None => problems.push(format!("no quoted string is “{words}”")),
                Some(string) if string.role().name() != role => {
                    problems.push(format!("role of “{words}”: {role} wanted, {} found", string.role()));
                }
                Some(_) => {}
            }
        }
        problems
    }
}

fn shapes(found: &Extraction<'_>) -> Vec<Shape> {
    let quotes = found.quotes().map(|quote| Shape {
        content: quote.spans().to_vec(),
        cue: quote.cue_span(),
        source: quote.source().map(|source| source.span()),
        addressee: quote.addressee().map(|addressee| addressee.span()),
        kind: Some(quote.kind()),
        speaker: Some(quote.speaker().map_or("?".to_owned(), |speaker| speaker.name().to_owned())),
        flags: Some(sorted(quote.flags().names())),
    });
    quotes.collect()
}

fn sorted<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names: Vec<&str> = names.filter(|name| *name != "none").collect();
    names.sort_unstable();
    names.join(" ")
}

fn indented(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join("\n          ")
}

/// Direct, if nothing but marks and what is between them is there; mixed, if there are double marks.
fn kind_of(text: &str, content: &[Span]) -> QuoteKind {
    const DOUBLE: &str = "\"“”„«»「」『』";
    const SINGLE: &str = "'‘’‚‹›`";
    let is_mark =
        |letter: Option<char>| letter.is_some_and(|letter| DOUBLE.contains(letter) || SINGLE.contains(letter));
    let (mut marks, mut plain, mut wrapped) = (0, false, true);
    for span in content {
        let piece = &text[*span];
        wrapped &= is_mark(piece.chars().next()) && is_mark(piece.chars().next_back());
        let mut inside = false;
        for letter in piece.chars() {
            if DOUBLE.contains(letter) {
                marks += 1;
                inside = !inside;
            } else {
                plain |= !inside && letter.is_alphanumeric();
            }
        }
    }
    match (marks, plain) {
        (0, _) if wrapped => QuoteKind::Direct,
        (0, _) => QuoteKind::Indirect,
        (_, true) => QuoteKind::Mixed,
        (_, false) => QuoteKind::Direct,
    }
}
