//! The `extract` example as people meet it: its options, its formats, its messages.

mod built;
mod program;

use inquit::output::{DocumentRecord, Html, OffsetUnit, Table};
use inquit::{Coverage, Extractor};
use program::{Ran, command, folder, ids, ran, records, run};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn program_file() -> PathBuf {
    built::example("extract")
}

const ARTICLE: &str = include_str!("../examples/data/article.txt");

/// Runs it where no file is needed.
fn run_alone(arguments: &[&str]) -> Ran {
    run(arguments, Path::new("."))
}

/// As JSON lines: text that is said by Ana Lim and Tom Roe in turn, with a broken line now and then.
fn many(count: usize) -> String {
    let mut lines = String::new();
    for number in 0..count {
        let name = if number % 2 == 0 { "Ana Lim" } else { "Tom Roe" };
        let more = " Nobody heard.".repeat(number % 50);
        match number % 97 {
            96 => lines.push_str("{broken\n"),
            _ => {
                lines.push_str(&format!("{{\"id\": \"n{number}\", \"text\": \"“Go {number},” said {name}.{more}\"}}\n"))
            }
        }
    }
    lines
}

#[test]
fn the_bundled_article_is_printed_whole_and_plain() {
    let ran = run_alone(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(!ran.out.contains('\u{1b}'));
    let (page, table) = ran.out.split_once(" quotations (").unwrap();
    let start = page.find("Goat keeps").unwrap();
    let page = &page[start..page.rfind("──").unwrap()];
    let unmarked: String = page.split_inclusive('[').map(|piece| strip_mark(piece).replace(']', "")).collect();
    assert!(unmarked.split_whitespace().eq(ARTICLE.split_whitespace()), "{unmarked}");
    assert!(page.contains("[“She has never missed a train,”] said Petra Lindqvist"));
    assert!(table.contains("Lindqvist") && table.contains("“Hattie” (nickname)"), "{table}");
}

/// `… 12[` without its bracket and number.
fn strip_mark(piece: &str) -> &str {
    piece
        .strip_suffix('[')
        .map_or(piece, |piece| piece.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '?'))
}

#[test]
fn unknown_speakers_come_last_and_are_counted() {
    let folder =
        folder("unknown", &[("a.txt", "“Nobody knows who wrote this line.”\n\n“Go,” said Ana Lim.".as_bytes())]);
    let ran = run(&["a.txt"], &folder);
    let rows: Vec<&str> = ran.out.lines().skip_while(|line| !line.contains("2 quotations")).skip(2).take(2).collect();
    assert!(rows[0].starts_with(" 1 Ana Lim  1  “Go,”"), "{rows:?}");
    assert!(rows[1].starts_with(" ? unknown  1  “Nobody knows"), "{rows:?}");
}

#[test]
fn lines_keep_to_the_width_of_the_page() {
    for (columns, widest) in [("40", 40), ("80", 80), ("300", 100), ("none", 80)] {
        let ran = ran(command(&[], Path::new(".")).env("COLUMNS", columns));
        let longest = ran.out.lines().map(|line| line.chars().count()).max();
        assert_eq!(longest, Some(widest), "COLUMNS={columns}");
    }
}

#[test]
fn colours_are_written_when_asked_for() {
    assert!(run_alone(&["--color", "always"]).out.contains("\u{1b}[1;38;5;"));
    assert!(!run_alone(&["--color", "never"]).out.contains('\u{1b}'));
    // Asking in so many words counts for more than the environment.
    let ran = ran(command(&["--color", "always"], Path::new(".")).env("NO_COLOR", "1"));
    assert!(ran.out.contains('\u{1b}'));
}

/// A pseudo terminal comes with `script`, where there is one.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colours_unless_they_are_not_wanted() {
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let in_terminal = |no_color: &str| {
        let mut script = Command::new("script");
        script
            .args(["-qec", built::example("extract").to_str().unwrap(), "/dev/null"])
            .env("TERM", "xterm")
            .env("NO_COLOR", no_color);
        ran(&mut script).out
    };
    assert!(in_terminal("").contains("\u{1b}[1;38;5;"));
    assert!(!in_terminal("1").contains('\u{1b}'));
}

#[test]
fn a_text_cannot_steer_the_terminal() {
    let folder = folder("steer", &[("a.txt", "“Go\u{1b}[2J,” said Ana\u{7} Lim.".as_bytes())]);
    let ran = run(&["a.txt"], &folder);
    assert!(!ran.out.contains(['\u{1b}', '\u{7}']) && ran.out.contains("\u{fffd}[2J"), "{}", ran.out);
}

#[test]
fn json_is_what_the_library_answers() {
    for (name, coverage) in
        [("direct", Coverage::Direct), ("speech", Coverage::Speech), ("attribution", Coverage::Attribution)]
    {
        let extractor = Extractor::english().with_coverage(coverage);
        let expected = DocumentRecord::new("article.txt", &extractor.extract(ARTICLE), OffsetUnit::Byte);
        assert!(expected.quotes.len() > 15, "{name}");
        for format in ["json", "jsonl"] {
            let ran = run_alone(&["--format", format, "--coverage", name]);
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
            assert_eq!(serde_json::from_str::<DocumentRecord>(&ran.out).unwrap(), expected);
            assert_eq!(ran.out.lines().count() == 1, format == "jsonl");
        }
    }
}

#[test]
fn json_is_an_object_for_one_text_and_a_list_for_more() {
    let text = "“Go,” said Ana Lim.".as_bytes();
    let folder = folder(
        "list",
        &[("a.txt", text), ("b.txt", text), ("c.jsonl", b"{\"id\": 7, \"text\": \"\"}"), ("d.jsonl", b"")],
    );
    let one: DocumentRecord = serde_json::from_str(&run(&["a.txt", "--format", "json"], &folder).out).unwrap();
    assert_eq!(one.id, "a.txt");
    for (arguments, expected) in [
        (vec!["a.txt", "b.txt"], vec!["a.txt", "b.txt"]),
        (vec!["c.jsonl"], vec!["7"]),
        (vec!["d.jsonl"], vec![]),
        (vec!["."], vec!["a.txt", "b.txt", "7"]),
    ] {
        let arguments = [arguments, vec!["--format", "json"]].concat();
        let list: Vec<DocumentRecord> = serde_json::from_str(&run(&arguments, &folder).out).unwrap();
        assert_eq!(list.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn places_can_be_counted_in_other_units() {
    let read = |unit: &str| records(&run_alone(&["--format", "jsonl", "--offsets", unit]).out).remove(0);
    let (bytes, chars, utf16) = (read("byte"), read("char"), read("utf16"));
    let characters: Vec<char> = ARTICLE.chars().collect();
    let units: Vec<u16> = ARTICLE.encode_utf16().collect();
    let places = |record: &DocumentRecord| -> Vec<[usize; 2]> {
        let quotes =
            record.quotes.iter().flat_map(|quote| quote.content.iter().copied().chain(quote.cue).chain(quote.source));
        quotes.chain(record.quoted_strings.iter().map(|string| string.span)).collect()
    };
    let (in_chars, in_utf16) = (places(&chars), places(&utf16));
    assert!(!in_chars.is_empty() && in_chars.len() == in_utf16.len());
    for ((byte, char), unit) in places(&bytes).into_iter().zip(in_chars).zip(in_utf16) {
        let words = &ARTICLE[byte[0]..byte[1]];
        assert_eq!(characters[char[0]..char[1]].iter().collect::<String>(), words);
        assert_eq!(String::from_utf16(&units[unit[0]..unit[1]]).unwrap(), words);
    }
}

#[test]
fn lost_opening_marks_of_the_article_are_made_up_for() {
    let record = records(&run_alone(&["--format", "jsonl"]).out).remove(0);
    let repaired = record.quotes.iter().filter(|quote| quote.flags.iter().any(|flag| flag == "inferred_open"));
    let words: Vec<(&str, &str)> = repaired
        .map(|quote| {
            let [start, end] = quote.source.unwrap();
            (&ARTICLE[quote.content[0][0]..][..21], ARTICLE[start..end].split(',').next().unwrap())
        })
        .collect();
    assert_eq!(words, [("This was never about ", "Calloway"), ("They took the bus, th", "Tomas Abara")]);
    assert!(run_alone(&[]).out.contains("2 opening marks"));
}

#[test]
fn folders_are_walked_and_patterns_opened() {
    let text = "“Go,” said Ana Lim.".as_bytes();
    let files: &[(&str, &[u8])] =
        &[("b.txt", text), ("a/z.txt", text), ("a/y/x.TXT", text), ("c.md", text), (".hidden.txt", text)];
    let folder = folder("walk", files);
    assert_eq!(ids(&run(&[".", "--format", "jsonl"], &folder).out), ["a/y/x.TXT", "a/z.txt", "b.txt", "c.md"]);
    assert_eq!(ids(&run(&["*/*.txt", "c.md", "--format", "jsonl"], &folder).out), ["a/z.txt", "c.md"]);
}

#[test]
fn standard_input_is_text_or_lines() {
    let feed = |arguments: &[&str], input: &str| {
        let mut command = command(arguments, Path::new("."));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        records(&String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap())
    };
    let text = feed(&["-", "--format", "jsonl"], "“Go,” said Ana Lim.\n");
    assert_eq!((text[0].id.as_str(), text[0].quotes.len()), ("stdin", 1));
    let lines = feed(
        &["-", "--format", "jsonl", "--input", "jsonl"],
        "{\"id\": \"a\", \"text\": \"“Go,” said Ana Lim.\"}\n\n{\"text\": \"\"}",
    );
    assert_eq!(lines.iter().map(|record| record.id.as_str()).collect::<Vec<_>>(), ["a", "stdin:3"]);
}

#[test]
fn the_keys_agreed_on_are_all_there_are() {
    let line = "{\"id\": \"a\", \"url\": \"u\", \"text\": \"“Go,” said Ana Lim.\"}";
    let folder = folder("keys", &[("docs.jsonl", line.as_bytes())]);
    let record = DocumentRecord::new("a", &Extractor::english().extract("“Go,” said Ana Lim."), OffsetUnit::Byte);
    let expected = serde_json::to_string(&record).unwrap();
    assert_eq!(run(&["docs.jsonl", "--format", "jsonl"], &folder).out, format!("{expected}\n"));
    let list: serde_json::Value = serde_json::from_str(&run(&["docs.jsonl", "--format", "json"], &folder).out).unwrap();
    assert_eq!(list[0], serde_json::from_str::<serde_json::Value>(&expected).unwrap());
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let mut command = command(&["-", "--format", "jsonl", "--input", "jsonl"], Path::new("."));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for number in 0..3 {
        writeln!(questions, "{{\"id\": \"{number}\", \"text\": \"“Go,” said Ana Lim.\"}}").unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert_eq!(ids(&answer), [number.to_string()]);
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let lines = "{\"id\": \"a\", \"text\": \"“Go,” said Ana Lim.\"}\n{\"id\": \"b\"\n{\"id\": \"c\"}\n\n{\"text\": 5}\n{\"id\": \"d\", \"text\": \"\"}\n";
    let folder = folder(
        "problems",
        &[
            ("bad.txt", b"one\ntwo \xff three"),
            ("bad.jsonl", b"\n{\"text\": \"\xff\"}\n"),
            ("docs.jsonl", lines.as_bytes()),
            ("nothing/here.log", b""),
        ],
    );
    let named = ["missing.txt", "bad.txt", "nothing", "no*.txt", "bad.jsonl", "docs.jsonl"];
    for jobs in ["1", "3"] {
        let ran = run(&[&named[..], &["--format", "jsonl", "--jobs", jobs]].concat(), &folder);
        assert_eq!(ran.code, Some(2));
        assert_eq!(ids(&ran.out), ["a", "d"]);
        let problems: Vec<&str> = ran.err.lines().collect();
        assert!(problems[0].starts_with("missing.txt: "), "{}", ran.err);
        assert_eq!(
            problems[1..],
            [
                "bad.txt: line 2: byte 8 of the file is not UTF-8; is it Latin-1? iconv -f LATIN1 -t UTF-8 bad.txt | inquit",
                "nothing: no .txt, .md, .json, .jsonl or .ndjson file in it, or only what .gitignore or .ignore leaves out",
                "no*.txt: no file has such a name",
                "bad.jsonl: line 2: byte 11 of the file is not UTF-8; is it Latin-1? iconv -f LATIN1 -t UTF-8 bad.jsonl | inquit --input jsonl",
                "docs.jsonl: line 2: column 10: EOF while parsing an object",
                "docs.jsonl: line 3: no \"text\" in it",
                "docs.jsonl: line 5: column 10: invalid type: integer `5`, expected a string",
            ]
        );
    }
}

#[test]
fn bad_options_end_it() {
    for arguments in [
        &["--format", "xml"][..],
        &["--confidence", "2"],
        &["--jobs", "0"],
        &["--force"],
        &["--summary", "--format", "brat"],
        &["--summary", "--output", "out"],
        &["--format", "brat", "--offsets", "utf16"],
        &["--what"],
    ] {
        let ran = run_alone(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.out.is_empty() && ran.err.starts_with("error: "), "{arguments:?}: {}", ran.err);
    }
    assert!(run_alone(&["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
    assert!(run_alone(&["--help"]).out.contains("Examples (in a checkout, extract is "));
}

#[test]
fn many_jobs_answer_as_one_does() {
    let folder = folder("jobs", &[("docs.jsonl", many(500).as_bytes())]);
    for format in ["jsonl", "json", "pretty", "csv", "tsv"] {
        let answers = ["1", "2", "5"].map(|jobs| run(&["docs.jsonl", "--format", format, "--jobs", jobs], &folder));
        assert!(answers[0].out.len() > 30_000 && answers[0].err.lines().count() == 5, "{}", answers[0].err);
        for answer in &answers[1..] {
            assert!(answer.out == answers[0].out && answer.err == answers[0].err && answer.code == Some(2), "{format}");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = folder("pipe", &[("docs.jsonl", many(2_000).as_bytes())]);
    for jobs in ["1", "2"] {
        let mut command = command(&["docs.jsonl", "--format", "jsonl", "--jobs", jobs], &folder);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 6];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        assert_eq!(&first, b"{\"id\":");
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(0));
        let problems = String::from_utf8(ended.stderr).unwrap();
        assert!(problems.lines().all(|line| line.starts_with("docs.jsonl: line ")), "{problems}");
    }
}

#[test]
fn a_folder_of_answers_is_taken_up_again() {
    let said = |name: &str| format!("“Go,” said {name}.").into_bytes();
    let lines = "{\"id\": \"x/../1\", \"text\": \"“No,” said Tom Roe.\"}\n{\"id\": \"plain\", \"text\": \"\"}\n";
    let (ana, tom) = (said("Ana Lim"), said("Tom Roe"));
    let folder = folder("resume", &[("in/a.txt", &ana), ("in/sub/a.txt", &tom), ("in/docs.jsonl", lines.as_bytes())]);
    let arguments = ["in", "--format", "json", "--output", "out"];
    let first = run(&arguments, &folder);
    assert_eq!(
        (first.code, first.out.as_str(), first.err.as_str()),
        (Some(0), "", "4 documents written, 0 passed over\n")
    );
    let answer = folder.join("out/sub/a.txt.json");
    let record: DocumentRecord = serde_json::from_str(&fs::read_to_string(&answer).unwrap()).unwrap();
    assert_eq!((record.id.as_str(), record.quotes.len()), ("sub/a.txt", 1));
    assert!(folder.join("out/plain.json").exists());
    let names =
        fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.starts_with("x_.._1-") && name.ends_with(".json")).count(), 1);
    assert!(!folder.join("out/.plain.json.part").exists());

    fs::write(&answer, "kept").unwrap();
    fs::remove_file(folder.join("out/plain.json")).unwrap();
    assert_eq!(run(&arguments, &folder).err, "1 document written, 3 passed over\n");
    assert_eq!(fs::read_to_string(&answer).unwrap(), "kept");
    assert_eq!(run(&[&arguments[..], &["--force"]].concat(), &folder).err, "4 documents written, 0 passed over\n");
    assert_ne!(fs::read_to_string(&answer).unwrap(), "kept");
}

#[test]
fn no_document_takes_the_place_of_another() {
    let lines = "{\"id\": \"a\", \"text\": \"“Go,” said Ana Lim.\"}\n{\"id\": \"a\", \"text\": \"\"}\n";
    let folder = folder("twice", &[("docs.jsonl", lines.as_bytes())]);
    for _ in 0..2 {
        let ran = run(&["docs.jsonl", "--format", "jsonl", "--output", "out"], &folder);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.starts_with("a: a second document of this name is left out\n"), "{}", ran.err);
        assert_eq!(records(&fs::read_to_string(folder.join("out/a.jsonl")).unwrap())[0].quotes.len(), 1);
    }
}

#[test]
fn quotations_can_be_left_out() {
    let all = records(&run_alone(&["--format", "jsonl"]).out).remove(0);
    let source = |quote: &inquit::output::QuoteRecord| quote.source.map_or("", |[start, end]| &ARTICLE[start..end]);
    let of_lindqvist = records(&run_alone(&["--format", "jsonl", "--speaker", "LINDQVIST"]).out).remove(0);
    assert!(of_lindqvist.quotes.len() >= 3 && of_lindqvist.quotes.len() < all.quotes.len());
    for quote in &of_lindqvist.quotes {
        let name = quote.speaker.as_deref().unwrap_or_default();
        assert!(name.contains("Lindqvist") || source(quote).contains("Lindqvist"), "{quote:?}");
    }
    assert!(of_lindqvist.speakers.iter().all(|speaker| speaker.name.contains("Lindqvist")));
    assert!(records(&run_alone(&["--format", "jsonl", "--speaker", "nobody here"]).out)[0].quotes.is_empty());

    let middle = all.quotes.iter().map(|quote| quote.confidence).fold(1.0, f32::min) + 0.01;
    let sure = records(&run_alone(&["--format", "jsonl", "--confidence", &middle.to_string()]).out).remove(0);
    assert!(sure.quotes.len() < all.quotes.len());
    assert!(all.quotes.iter().filter(|quote| quote.confidence > middle).eq(sure.quotes.iter()));
}

#[test]
fn a_summary_counts_all_documents() {
    let folder = folder("summary", &[("docs.jsonl", many(90).as_bytes())]);
    for jobs in ["1", "3"] {
        let ran = run(&["docs.jsonl", "--summary", "--jobs", jobs], &folder);
        let lines: Vec<&str> = ran.out.lines().collect();
        assert!(lines[0].contains("90 documents: 90 quotations (90 direct"), "{}", ran.out);
        assert_eq!(lines[2..], [" 1 Ana Lim  45  “Go 10,”", " 2 Tom Roe  45  “Go 11,”"]);
    }
}

#[test]
fn rules_and_words_can_be_added() {
    let text = "“The tide was early,” zorked Ana Lim.";
    let rules = "rule bad 0.9\nmatch Q cue:SHOUTED\n";
    let own = "rule own 0.9\nmatch source:(the SHIP) cue:^hooted Q\nok The ferry hooted “go.”\nno Go.\n";
    let folder = folder(
        "rules",
        &[
            ("a.txt", text.as_bytes()),
            ("words.txt", b"[verb SAY] zork\n"),
            ("bad.rules", rules.as_bytes()),
            ("good.rules", b""),
            ("bad.txt", b"[verb SAY] zork,\n"),
            ("own.txt", b"[SHIP] ferry\n"),
            ("own.rules", own.as_bytes()),
        ],
    );
    let source = |arguments: &[&str]| {
        let record = records(&run(&[&["a.txt", "--format", "jsonl"], arguments].concat(), &folder).out).remove(0);
        let quote = record.quotes.into_iter().next();
        quote.filter(|quote| quote.cue.is_some()).and_then(|quote| quote.source).map(|[start, end]| &text[start..end])
    };
    assert_eq!(source(&["--words", "words.txt", "--rules", "good.rules"]), Some("Ana Lim"));

    let ran = run(&["a.txt", "--words", "words.txt", "--rules", "good.rules", "--rules", "bad.rules"], &folder);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("bad.rules: line 2, column 13: "), "{}", ran.err);
    assert!(ran.err.ends_with("| match Q cue:SHOUTED\n|             ^^^^^^^\n"), "{}", ran.err);
    // Each problem with its file; a class of one's own is used by another file.
    let ran = run(
        &["a.txt", "--words", "bad.txt", "--words", "own.txt", "--rules", "own.rules", "--rules", "bad.rules"],
        &folder,
    );
    let files: Vec<&str> = ran.err.split("\n\n").map(|problem| problem.split(", column").next().unwrap()).collect();
    assert_eq!(files, ["bad.txt: line 1", "bad.rules: line 2"]);
    assert_eq!(run(&["a.txt", "--words", "own.txt", "--rules", "own.rules"], &folder).code, Some(0));
    assert!(run(&["--rules", "none.rules"], &folder).err.starts_with("none.rules: "));
}

#[test]
fn a_page_for_each_text() {
    let page = run_alone(&["--format", "html"]);
    assert_eq!((page.code, page.err.as_str()), (Some(0), ""));
    let expected = Html::new(&Extractor::english().extract(ARTICLE), "article.txt").to_string();
    assert_eq!(page.out, expected);

    let text = "“Go,” said Ana Lim.".as_bytes();
    let folder = folder("pages", &[("in/a.txt", text), ("in/b.txt", text)]);
    for format in ["html", "brat"] {
        let refused = run(&["in", "--format", format], &folder);
        assert_eq!((refused.code, refused.out.as_str()), (Some(2), ""));
        assert!(refused.err.contains("--output"), "{}", refused.err);
    }
    assert_eq!(run(&["in", "--format", "html", "--output", "out"], &folder).code, Some(0));
    let page = fs::read_to_string(folder.join("out/b.txt.html")).unwrap();
    assert!(page.contains("<title>b.txt</title>") && page.contains(">“Go,”</mark>"), "{page}");
}

#[test]
fn marks_stand_beside_their_texts() {
    let text = "“Né,” said Ana Lim, “là.”\n".as_bytes();
    let lines = "{\"id\": \"x\", \"text\": \"“Go,” said Tom Roe.\"}\n{\"id\": \"a\", \"text\": \"\"}\n";
    let folder = folder("brat", &[("in/a.txt", text), ("in/docs.jsonl", lines.as_bytes()), ("out/x.txt", b"mine")]);
    let arguments = ["in", "--format", "brat", "--output", "out"];
    let ran = run(&arguments, &folder);
    assert_eq!(ran.code, Some(2));
    let problems: Vec<&str> = ran.err.lines().collect();
    assert!(problems[0].ends_with("x.txt: is another text and stays as it is"), "{}", ran.err);
    assert_eq!(problems[1..], ["a: a second document of this name is left out", "1 document written, 0 passed over"]);
    assert_eq!(fs::read(folder.join("out/a.txt")).unwrap(), text);
    assert_eq!(fs::read(folder.join("out/x.txt")).unwrap(), b"mine");
    let marks = fs::read_to_string(folder.join("out/a.ann")).unwrap();
    assert!(marks.contains("Content 0 5;20 25\t“Né,” “là.”\n"), "{marks}");
    assert_eq!(run(&["in/a.txt", "--format", "brat"], &folder).out, marks);
    assert!(!folder.join("out/x.ann").exists());

    assert_eq!(run(&arguments, &folder).err.lines().last(), Some("0 documents written, 1 passed over"));
    assert_eq!(run(&[&arguments[..], &["--force"]].concat(), &folder).code, Some(2));
    assert!(folder.join("out/x.ann").exists());
}

#[test]
fn a_table_has_one_header() {
    let text = "“Go,” said Ana Lim.".as_bytes();
    let folder = folder("tables", &[("a.txt", text), ("b.txt", text), ("none.jsonl", b"")]);
    for (table, format) in [(Table::Csv, "csv"), (Table::Tsv, "tsv")] {
        let header = table.header().to_string();
        let found = Extractor::english().extract("“Go,” said Ana Lim.");
        let rows = |id: &str| table.rows(id, &found, OffsetUnit::Utf16).to_string();
        let ran = |inputs: &[&str]| run(&[inputs, &["--format", format, "--offsets", "utf16"]].concat(), &folder).out;
        assert_eq!(ran(&["a.txt", "b.txt"]), format!("{header}{}{}", rows("a.txt"), rows("b.txt")));
        assert_eq!(ran(&["none.jsonl"]), header);
        assert_eq!(ran(&["a.txt", "b.txt", "--output", format]), "");
        let file = fs::read_to_string(folder.join(format).join(format!("b.txt.{format}"))).unwrap();
        assert_eq!(file, format!("{header}{}", rows("b.txt")));
    }
}

#[test]
fn what_is_left_out_is_left_out_of_every_format() {
    let text = "“We will go,” said Ana Lim. “We will stay,” said Tom Roe.";
    let folder = folder("left-out", &[("a.txt", text.as_bytes())]);
    for format in ["pretty", "json", "jsonl", "html", "brat", "csv", "tsv"] {
        let sources = |arguments: &[&str]| {
            let out = run(&[&["a.txt", "--format", format], arguments].concat(), &folder).out;
            // Where a format shows the text too, only the table of speakers counts.
            let listed = match format {
                "pretty" => out.rsplit_once(" ──").unwrap().1.to_owned(),
                "html" => out.split_once("<main>").unwrap().0.to_owned(),
                "json" | "jsonl" => {
                    let record: DocumentRecord = serde_json::from_str(&out).unwrap();
                    record
                        .quotes
                        .iter()
                        .filter_map(|quote| quote.source)
                        .map(|[start, end]| &text[start..end])
                        .collect()
                }
                _ => out,
            };
            ["Ana Lim", "Tom Roe"].map(|name| listed.contains(name))
        };
        assert_eq!(sources(&[]), [true, true], "{format}");
        assert_eq!(sources(&["--speaker", "roe"]), [false, true], "{format}");
        assert_eq!(sources(&["--confidence", "1"]), [false, false], "{format}");
    }
}
