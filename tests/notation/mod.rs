//! The notation of the case files: `tests/cases/README.md` describes it.

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
    content: Vec<Span>,
    cue: Option<Span>,
    source: Option<Span>,
    addressee: Option<Span>,
    kind: Option<QuoteKind>,
    /// `?` is nobody.
    speaker: Option<String>,
    flags: Option<String>,
}

/// A text and what must be found in it.
#[derive(Debug)]
pub(crate) struct Case {
    file: PathBuf,
    line: usize,
    pub(crate) name: String,
    /// The text with its brackets, as it stands in the file.
    marked: String,
    text: String,
    coverage: Coverage,
    quotes: BTreeMap<u8, Shape>,
    /// Role and words of quoted strings.
    roles: Vec<(String, String)>,
}

impl Case {
    /// What is wrong with the answer, and the answer in the notation of the case; `None` if it is right.
    pub(crate) fn problem(&self, extractor: &Extractor) -> Option<String> {
        let extractor = extractor.clone().with_coverage(self.coverage);
        let found = extractor.extract(&self.text);
        let shapes = shapes(&found);
        let mut problems = self.compare(&shapes);
        problems.extend(self.compare_roles(&found));
        if problems.is_empty() {
            return None;
        }
        let mut report = format!("{}\n", self.place());
        let _ = writeln!(report, "  wanted  {}", indented(&self.marked));
        let _ = writeln!(report, "  found   {}", indented(&marked(&self.text, &shapes)));
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
        format!("{}:{}: {}", self.file.display(), self.line, self.name)
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
            let kind = wanted.kind.unwrap_or_else(|| kind_of(&self.text, &wanted.content));
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

/// A text in the notation of the case files.
fn marked(text: &str, shapes: &[Shape]) -> String {
    // Where to write what: closing brackets first, the inner one before the outer.
    let mut marks: BTreeMap<(Span, usize), Vec<usize>> = BTreeMap::new();
    for (number, shape) in shapes.iter().enumerate() {
        let spans = shape.content.iter().map(|span| (*span, 0)).chain(shape.source.map(|span| (span, 1)));
        let spans = spans.chain(shape.cue.map(|span| (span, 2))).chain(shape.addressee.map(|span| (span, 3)));
        spans.for_each(|key| marks.entry(key).or_default().push(number + 1));
    }
    let mut insertions: Vec<(usize, u8, usize, String)> = Vec::new();
    for ((span, bracket), numbers) in marks {
        let (open, close) = BRACKETS[bracket];
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let label = if shapes.len() > 1 { format!("{}:", numbers.join(",")) } else { String::new() };
        insertions.push((span.start, 1, usize::MAX - span.len(), format!("{open}{label}")));
        insertions.push((span.end, 0, span.len(), close.to_string()));
    }
    insertions.sort();
    let mut insertions = insertions.into_iter().peekable();
    let mut marked = String::new();
    for (at, letter) in text.char_indices().chain([(text.len(), '\0')]) {
        while let Some((.., insertion)) = insertions.next_if(|(place, ..)| *place <= at) {
            marked.push_str(&insertion);
        }
        match letter {
            '\0' => {}
            '{' | '}' | '[' | ']' | '<' | '>' | '|' => marked.extend([letter, letter]),
            letter => marked.push(letter),
        }
    }
    marked
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

/// Reads all case files of a folder, in the order of their names.
pub(crate) fn read_folder(folder: &Path) -> Vec<Case> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a folder can be listed").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    files.iter().flat_map(|file| read_file(file)).collect()
}

fn read_file(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
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
        let read = read_case(&block, &notes);
        let fail = |problem| panic!("{}:{line}: {problem}", file.display());
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        Case { file: file.strip_prefix(root).unwrap_or(file).to_owned(), line, ..read.unwrap_or_else(fail) }
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
    let (text, mut quotes) = read_marks(&marked)?;
    for note in rest {
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
    Ok(Case { file: nowhere, line: 0, name: block[0].to_owned(), marked, text, coverage, quotes, roles })
}

/// Takes the brackets out of a text.
fn read_marks(marked: &str) -> Result<(String, BTreeMap<u8, Shape>), String> {
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
        None => Ok((text, quotes)),
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
