//! What is found in the articles of `tests/articles/`, written down in full in `tests/golden/`, so that a diff shows which
//! answers a change touches. `INQUIT_BLESS=1 cargo test --test golden` writes them anew.
//!
//! ```text
//! “Nobody enjoys this,” said Helen Stroud.        a line of the text
//! 1~~~~~~~~~~~~~~~~~~~~ 1^^^ 1===========         ~ content, ^ cue, = source, . addressee, with the quotation's sign
//!
//!   1 direct 0.9 quote-cue-source | said | Helen Stroud = Helen Stroud 1.0 by name
//! ```
//!
//! The last line: sign (each paragraph begins with 1), kind, confidence, rule, flags | cue | source = speaker, confidence
//! and sieve | addressee. Below it stands what strings in marks are, where they are no speech; at the end of a text
//! everybody quoted, and how often.

mod notation;

use inquit::{Extraction, Extractor, Quote, Span, StringRole};
use notation::filter::Filter;
use notation::{Case, bless, read_folder};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// Columns of a line of text. Lines are broken where the text alone says, so that another answer moves none.
const WIDTH: usize = 100;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// One letter or digit for the quotation of this number: 1 to 9, a to z, then A to Z and over again.
fn sign(index: usize) -> char {
    const SIGNS: &[u8] = b"123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char::from(SIGNS[index % SIGNS.len()])
}

/// The lines of a paragraph, broken at spaces.
fn lines(text: &str, paragraph: Span) -> Vec<Span> {
    let mut lines = Vec::new();
    let (mut start, mut space, mut width) = (paragraph.start, None, 0);
    for (at, letter) in text[paragraph].char_indices().map(|(at, letter)| (paragraph.start + at, letter)) {
        width += 1;
        if letter == ' ' {
            space = Some(at);
        }
        if let Some(end) = space.filter(|_| width > WIDTH) {
            lines.push(Span::new(start, end));
            start = end + 1;
            width = text.get(start..at).map_or(0, |rest| rest.chars().count() + 1);
            space = None;
        }
    }
    lines.push(Span::new(start, paragraph.end));
    lines
}

/// The parts of a text between line ends.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = text.split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.trim_end_matches(['\n', '\r']).len());
        start += line.len();
        span
    });
    spans.filter(|span| !span.is_empty()).collect()
}

/// Rows of marks under a line: each stands in the first row with room for it.
fn underlined(text: &str, line: Span, marks: &[(Span, char, char)]) -> String {
    let column = |at: usize| text[line.start..at.clamp(line.start, line.end)].chars().count();
    let mut rows: Vec<Vec<char>> = Vec::new();
    for (span, sign, fill) in marks.iter().filter(|(span, ..)| span.start < line.end && span.end > line.start) {
        let (from, to) = (column(span.start), column(span.end));
        let free = |row: &Vec<char>| row.iter().skip(from).take(to - from).all(|letter| *letter == ' ');
        let at = rows.iter().position(free).unwrap_or_else(|| {
            rows.push(Vec::new());
            rows.len() - 1
        });
        let row = &mut rows[at];
        row.resize(row.len().max(to), ' ');
        row[from..to].fill(*fill);
        row[from] = *sign;
    }
    rows.into_iter().map(|row| row.into_iter().collect::<String>() + "\n").collect()
}

fn label(sign: char, quote: &Quote<'_>) -> String {
    let mut label = format!("  {sign} {} {:.1} {}", quote.kind(), quote.confidence(), quote.rule());
    quote.flags().names().filter(|name| *name != "none").for_each(|flag| label += &format!(" {flag}"));
    let source = quote.source().map_or("-", |source| source.text());
    let speaker = quote.speaker().map_or("?", |speaker| speaker.name());
    let _ = write!(label, " | {} | {source} = {speaker}", quote.cue().unwrap_or("-"));
    if let Some(sieve) = quote.speaker_sieve() {
        let _ = write!(label, " {:.1} by {sieve}", quote.speaker_confidence());
    }
    if let Some(addressee) = quote.addressee() {
        let _ = write!(label, " | to {}", addressee.text());
        quote.addressee_name().into_iter().for_each(|name| label += &format!(" = {name}"));
    }
    label.replace('\n', " ") + "\n"
}

/// The whole answer, as a person reads it.
fn rendered(found: &Extraction<'_>) -> String {
    let text = found.text();
    // Each paragraph counts its own, so that an answer more or less changes no other paragraph.
    let paragraphs = paragraphs(text);
    let mut counts = vec![0; paragraphs.len() + 1];
    let numbered = found.quotes().map(|quote| {
        let count = &mut counts[paragraphs.partition_point(|paragraph| paragraph.end <= quote.spans()[0].start)];
        *count += 1;
        (sign(*count - 1), quote)
    });
    let quotes: Vec<(char, Quote<'_>)> = numbered.collect();
    let mut marks = Vec::new();
    for (sign, quote) in &quotes {
        marks.extend(quote.spans().iter().map(|span| (*span, *sign, '~')));
        marks.extend(quote.cue_span().map(|span| (span, *sign, '^')));
        marks.extend(quote.source().map(|source| (source.span(), *sign, '=')));
        marks.extend(quote.addressee().map(|addressee| (addressee.span(), *sign, '.')));
    }
    let mut out = String::new();
    for paragraph in paragraphs {
        for line in lines(text, paragraph) {
            let _ = writeln!(out, "{}", &text[line]);
            out += &underlined(text, line, &marks);
        }
        let within = |span: Span| paragraph.start <= span.start && span.start < paragraph.end;
        let begun = quotes.iter().filter(|(_, quote)| within(quote.spans()[0]));
        let labels: String = begun.map(|(sign, quote)| label(*sign, quote)).collect();
        let strings =
            found.quoted_strings().filter(|string| string.role() != StringRole::Speech && within(string.span()));
        let roles: String = strings.map(|string| format!("  “{}” is {}\n", string.text(), string.role())).collect();
        let gap = if labels.is_empty() && roles.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{labels}{roles}");
    }
    for speaker in found.speakers() {
        let gender = speaker.gender().map_or(String::new(), |gender| format!(", {gender}"));
        let roles: String = speaker.roles().map(|role| format!(", {role}")).collect();
        let count = speaker.quotes().count();
        let _ = writeln!(out, "{} ({}{gender}{roles}): {count}", speaker.name(), speaker.kind());
    }
    out.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The first line in which two texts differ, from both.
fn difference(wanted: &str, found: &str) -> String {
    let (mut old, mut new) = (wanted.lines(), found.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old != new => {
                let show = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return format!("  line {number}\n  - {}\n  + {}", show(old), show(new));
            }
            _ => {}
        }
    }
    "  they differ in white space alone".to_owned()
}

#[test]
fn articles_get_the_answers_that_are_written_down() {
    let (extractor, filter) = (Extractor::english(), Filter::from_environment());
    let articles: Vec<Case> = read_folder(&folder("articles"));
    let bless = bless::is_asked_for();
    let mut changed = Vec::new();
    for case in articles.iter().filter(|case| filter.keeps(case)) {
        let file = folder("golden").join(case.file.file_name().unwrap());
        let (wanted, found) = (fs::read_to_string(&file).unwrap_or_default(), rendered(&case.extract(&extractor)));
        if bless && wanted != found {
            fs::write(&file, found).unwrap();
        } else if wanted != found {
            changed.push(format!("{}\n{}", file.display(), difference(&wanted, &found)));
        }
    }
    let advice = "If that is meant: INQUIT_BLESS=1 cargo test --test golden, and read the diff.";
    assert!(changed.is_empty(), "{} of {} articles\n{}\n{advice}", changed.len(), articles.len(), changed.join("\n"));
}

#[test]
fn each_article_has_one_golden_file() {
    let names = |name: &str| -> BTreeSet<_> {
        let entries = fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
        let texts = entries.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
        texts.map(|path| path.file_name().unwrap().to_owned()).collect()
    };
    assert_eq!(names("articles"), names("golden"));
}

#[test]
fn marks_stand_under_what_they_mark() {
    let text = "“Né,” said Ana Lim.\n\nShe told Tom Roe that the “Long Rain” would end and called it “a wet joke.”";
    let wanted = "\
“Né,” said Ana Lim.
1~~~~ 1^^^ 1======

  1 direct 0.9 quote-cue-source | said | Ana Lim = Ana Lim 1.0 by name

She told Tom Roe that the “Long Rain” would end and called it “a wet joke.”
1== 1^^^ 1...... 1~~~~~~~~~~~~~~~~~~~~~~~~~~~~~     2^^^^^ 2~~~~~~~~~~~~~~~
2==

  1 mixed 0.8 source-cue-that | told | She = Ana Lim 0.9 by only-candidate | to Tom Roe = Tom Roe
  2 mixed 0.9 coordinated | called | She = Ana Lim 0.9 by only-candidate
  “Long Rain” is scare

Ana Lim (person, female): 3
";
    assert_eq!(rendered(&Extractor::english().extract(text)), wanted);
    // Lines are broken by the text alone.
    let long = "It rained all day. ".repeat(12);
    let spans = lines(&long, Span::new(0, long.len()));
    let widths: Vec<usize> = spans.iter().map(|span| long[*span].chars().count()).collect();
    assert!(widths.len() == 3 && widths.iter().all(|width| *width <= WIDTH), "{widths:?}");
    assert_eq!(spans.iter().map(|span| &long[*span]).collect::<Vec<_>>().join(" "), long);
}

#[test]
fn a_difference_names_its_line() {
    assert_eq!(difference("a\nb\n", "a\nc\n"), "  line 2\n  - b\n  + c");
    assert_eq!(difference("a\n", "a\nc\n"), "  line 2\n  - (the end)\n  + c");
    assert!(difference("a\n", "a").contains("white space"));
}
