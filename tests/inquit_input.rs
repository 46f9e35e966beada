//! What the program `inquit` reads: standard input, packed files, JSON of three kinds, and what is no text.

mod program;

use flate2::Compression;
use flate2::write::GzEncoder;
use program::{Ran, command, feed, folder, ids, run};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

fn program_file() -> PathBuf {
    env!("CARGO_BIN_EXE_inquit").into()
}

const TEXT: &str = "“Go,” said Ana Lim.";

const JSONL: [&str; 2] = ["--format", "jsonl"];

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn values(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// That many quotations of Ana Lim in each document, and nothing to complain of.
fn check(ran: &Ran, expected: &[(&str, usize)]) {
    let found: Vec<(String, usize)> = values(ran)
        .iter()
        .map(|value| (value["id"].as_str().unwrap().to_owned(), value["quotes"].as_array().unwrap().len()))
        .collect();
    let expected: Vec<(String, usize)> = expected.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
    assert_eq!((found, ran.code, ran.err.as_str()), (expected, Some(0), ""));
}

// ---- Standard input --------------------------------------------------------------------------------------------------

#[test]
fn what_is_piped_is_read() {
    check(&feed(&JSONL, TEXT.as_bytes()), &[("stdin", 1)]);
    check(&feed(&[&JSONL[..], &["-"]].concat(), TEXT.as_bytes()), &[("stdin", 1)]);
    let line = json!({ "id": "a", "text": TEXT }).to_string();
    check(&feed(&JSONL, format!("\n {line}\n{line}\n").as_bytes()), &[("a", 1), ("a", 1)]);
    check(&feed(&JSONL, format!("[\n{line}, {{\"text\": \"\"}}]").as_bytes()), &[("a", 1), ("stdin:2", 0)]);
    check(&feed(&JSONL, &packed(line.as_bytes())), &[("a", 1)]);
    check(&feed(&[&JSONL[..], &["--input", "text"]].concat(), b"{\"id\": 5}"), &[("stdin", 0)]);
    // Brackets alone make no JSON.
    check(&feed(&JSONL, "[“Go,” said Ana Lim.]".as_bytes()), &[("stdin", 1)]);
    // One document is an object.
    assert!(feed(&["--format", "json"], TEXT.as_bytes()).out.starts_with('{'));
    assert!(feed(&["--format", "json"], line.as_bytes()).out.starts_with('['));
}

#[test]
fn nothing_on_standard_input_is_a_document_for_programs_and_an_article_for_people() {
    check(&feed(&JSONL, b""), &[("stdin", 0)]);
    let page = feed(&[], b"");
    assert_eq!((page.code, page.err.as_str()), (Some(0), "standard input is empty: this is the bundled article\n"));
    assert!(page.out.contains("Petra Lindqvist"), "{}", page.out);
    assert!(feed(&["--summary"], b"").out.contains(" 0 quotations "));
}

/// A pseudo terminal comes with `script`, where there is one.
#[cfg(target_os = "linux")]
#[test]
fn in_a_terminal_the_bundled_article_is_shown() {
    use std::process::{Command, Stdio};
    if Command::new("script").arg("--version").output().is_err() {
        return;
    }
    let mut script = Command::new("script");
    script.args(["-qec", program_file().to_str().unwrap(), "/dev/null"]).env("TERM", "xterm").env_remove("NO_COLOR");
    let output = script.stdin(Stdio::null()).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(out.contains("article.txt") && out.contains("\u{1b}[1;38;5;") && !out.contains("is empty"), "{out}");
}

// ---- Names of files --------------------------------------------------------------------------------------------------

#[test]
fn names_tell_what_is_in_files() {
    let lines = format!("{}\n", json!({ "id": "line", "text": TEXT }));
    let array = json!([{ "id": "one", "text": TEXT }, { "text": TEXT }]);
    let array = serde_json::to_string_pretty(&array).unwrap();
    let folder = folder(
        "kinds",
        &[
            ("a.jsonl", lines.as_bytes()),
            ("b.NDJSON", lines.as_bytes()),
            ("c.json", array.as_bytes()),
            ("d.md", TEXT.as_bytes()),
            ("e.txt.gz", &packed(TEXT.as_bytes())),
            ("f.jsonl.gz", &packed(lines.as_bytes())),
            ("g.json.gz", &[packed(b"["), packed(lines.as_bytes()), packed(b"]")].concat()),
            ("h.log", TEXT.as_bytes()),
            ("sub/i.txt", TEXT.as_bytes()),
        ],
    );
    let expected = [
        ("line", 1),
        ("line", 1),
        ("one", 1),
        ("c.json:2", 1),
        ("d.md", 1),
        ("e.txt.gz", 1),
        ("line", 1),
        ("line", 1),
        ("sub/i.txt", 1),
    ];
    check(&run(&[&JSONL[..], &["."]].concat(), &folder), &expected);
    check(&run(&[&JSONL[..], &["h.log"]].concat(), &folder), &[("h.log", 1)]);
    check(&run(&[&JSONL[..], &["c.json", "--input", "text"]].concat(), &folder), &[("c.json", 2)]);
}

#[test]
fn ids_are_paths_below_what_was_named() {
    let text = TEXT.as_bytes();
    let folder = folder("ids-of-paths", &[("n/a/x.txt", text), ("n/b/x.txt", text), ("n/y.txt", text)]);
    for (named, expected) in [
        (&["n"][..], &[("a/x.txt", 1), ("b/x.txt", 1), ("y.txt", 1)][..]),
        (&["n/"], &[("a/x.txt", 1), ("b/x.txt", 1), ("y.txt", 1)]),
        (&["n/*/x.txt"], &[("a/x.txt", 1), ("b/x.txt", 1)]),
        (&["n/?"], &[("a/x.txt", 1), ("b/x.txt", 1)]),
        (&["n/a/x.txt"], &[("x.txt", 1)]),
        // Of one name there is one.
        (&["n/a/x.txt", "./n/b/x.txt", "n/y.txt"], &[("n/a/x.txt", 1), ("n/b/x.txt", 1), ("y.txt", 1)]),
    ] {
        check(&run(&[&JSONL[..], named].concat(), &folder), expected);
    }
    let out = run(&["n/a/x.txt", "n/b/x.txt", "--format", "jsonl", "--output", "out"], &folder);
    assert_eq!(out.err, "2 documents written, 0 passed over\n");
    assert!(folder.join("out/n/b/x.txt.jsonl").exists());
}

#[test]
fn what_git_ignores_is_not_read_from_folders() {
    let text = TEXT.as_bytes();
    let files: &[(&str, &[u8])] = &[
        (".git/HEAD", b""),
        (".gitignore", b"built/\n*.tmp.txt\n"),
        ("a.txt", text),
        ("b.tmp.txt", text),
        ("built/c.txt", text),
        ("sub/.ignore", b"d.txt\n"),
        ("sub/d.txt", text),
    ];
    let folder = folder("ignored", files);
    check(&run(&[&JSONL[..], &["."]].concat(), &folder), &[("a.txt", 1)]);
    let all = [("a.txt", 1), ("b.tmp.txt", 1), ("built/c.txt", 1), ("sub/d.txt", 1)];
    check(&run(&[&JSONL[..], &[".", "--no-ignore"]].concat(), &folder), &all);
    // What is named is read.
    check(&run(&[&JSONL[..], &["b.tmp.txt"]].concat(), &folder), &[("b.tmp.txt", 1)]);
    let ran = run(&[&JSONL[..], &["sub"]].concat(), &folder);
    assert!(ran.code == Some(2) && ran.err.contains("or only what .gitignore or .ignore leaves out"), "{}", ran.err);
}

#[test]
fn answers_are_no_input() {
    let folder = folder("answers", &[("a.txt", TEXT.as_bytes())]);
    for _ in 0..2 {
        let ran = run(&[".", "--format", "json", "--output", "out", "--force"], &folder);
        assert_eq!(ran.err, "1 document written, 0 passed over\n");
    }
}

// ---- What is no text -------------------------------------------------------------------------------------------------

#[test]
fn what_is_no_text_is_refused_with_what_to_run() {
    let utf16 = |text: &str| [vec![0xFF, 0xFE], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let folder = folder(
        "no-text",
        &[
            ("a.pdf", b"%PDF-1.4\n%\xE2\xE3\n"),
            ("b.docx", b"PK\x03\x04\x14\0\x06\0"),
            ("c c.txt", &utf16("“Go,” said Ana Lim.")),
            ("d.jsonl", &utf16("{\"text\": \"\"}")),
            ("e.txt", b"\x93Go,\x94 said Ana Lim."),
            ("f.txt", b"\nL\xe9a Lim said no."),
            ("g.jsonl", b"{\"text\": \"L\xe9a Lim said no.\"}"),
            ("h.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
            ("i.json", b"[{\"text\": \"L\xe9a\"}]"),
            ("j.txt.gz", b"\x1f\x8b\x08\0broken"),
        ],
    );
    let named = ["a.pdf", "b.docx", "c c.txt", "d.jsonl", "e.txt", "f.txt", "g.jsonl", "h.txt", "i.json", "j.txt.gz"];
    let ran = run(&[&JSONL[..], &named].concat(), &folder);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    let problems: Vec<&str> = ran.err.lines().collect();
    assert_eq!(
        problems[..9],
        [
            "a.pdf: is a PDF: pdftotext a.pdf - | inquit",
            "b.docx: is a .docx file: pandoc -f docx -t plain b.docx | inquit",
            "c c.txt: is UTF-16: iconv -f UTF-16 -t UTF-8 'c c.txt' | inquit",
            "d.jsonl: is UTF-16: iconv -f UTF-16 -t UTF-8 d.jsonl | inquit --input jsonl",
            "e.txt: line 1: byte 0 of the file is not UTF-8; is it Latin-1? iconv -f WINDOWS-1252 -t UTF-8 e.txt | inquit",
            "f.txt: line 2: byte 2 of the file is not UTF-8; is it Latin-1? iconv -f LATIN1 -t UTF-8 f.txt | inquit",
            "g.jsonl: line 1: byte 11 of the file is not UTF-8; is it Latin-1? iconv -f LATIN1 -t UTF-8 g.jsonl | inquit --input jsonl",
            "h.txt: is no text",
            "i.json: line 1: byte 11 of the value is not UTF-8; is it Latin-1? iconv -f LATIN1 -t UTF-8 i.json | inquit --input jsonl",
        ]
    );
    assert!(problems[9].starts_with("j.txt.gz: ") && problems.len() == 10, "{}", ran.err);
}

/// The command that is told, run as it is told.
#[cfg(unix)]
#[test]
fn the_command_that_is_told_works() {
    use std::process::Command;
    let folder = folder("iconv", &[("it's L\u{e9}a.txt", b"\x93Go,\x94 said L\xe9a Lim.")]);
    let told = run(&["it's L\u{e9}a.txt"], &folder).err;
    let (_, convert) = told.trim_end().split_once("? ").unwrap();
    let convert = convert.strip_suffix(" | inquit").unwrap();
    let output = Command::new("sh").args(["-c", convert]).current_dir(&folder).output().unwrap();
    if output.status.success() {
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "“Go,” said Léa Lim.");
    }
}

// ---- JSON ------------------------------------------------------------------------------------------------------------

#[test]
fn other_keys_come_back_as_they_were() {
    let lines = concat!(
        "{\"url\": \"a\\u00e9\", \"id\": 7, \"n\": 1.10, \"text\": \"\", \"list\": [1, {\"a\" : null}], \"quotes\": 5, ",
        "\"n\": 12345678901234567890123, \"version\": \"x\"}\n",
        "{\"text\": \"\"}\n"
    );
    let array = "[{\"id\": \"a\", \"text\": \"\", \"meta\": {\n  \"b\": [1,\n 2]\n}}]";
    let folder = folder("extra", &[("a.jsonl", lines.as_bytes()), ("b.json", array.as_bytes())]);
    let out = run(&["a.jsonl", "b.json", "--format", "jsonl"], &folder).out;
    let starts: Vec<&str> = out.lines().map(|line| line.split(",\"version\":1").next().unwrap()).collect();
    assert_eq!(
        starts,
        [
            "{\"id\":7,\"url\":\"a\\u00e9\",\"list\":[1, {\"a\" : null}],\"n\":12345678901234567890123",
            "{\"id\":\"a.jsonl:2\"",
            "{\"id\":\"a\",\"meta\":{  \"b\": [1, 2]}",
        ]
    );
    let list: Value = serde_json::from_str(&run(&["a.jsonl", "--format", "json"], &folder).out).unwrap();
    assert_eq!((&list[0]["list"], &list[0]["quotes"]), (&json!([1, { "a": null }]), &json!([])));
}

#[test]
fn problems_of_an_array_have_their_lines() {
    let array = "[\n  {\"id\": \"a\", \"text\": \"\"},\n  {\n    \"id\": \"b\",\n    \"text\": 5\n  },\n  5, [1],\n  {\"id\": \"c\"}, {\"text\": \"\"}\n]";
    let folder = folder("array", &[("a.json", array.as_bytes()), ("b.json", b"prose"), ("c.json", b"[]")]);
    let ran = run(&["a.json", "b.json", "c.json", "--format", "jsonl"], &folder);
    assert_eq!((ids(&ran.out), ran.code), (vec!["a".to_owned(), "a.json:6".to_owned()], Some(2)));
    let places: Vec<String> =
        ran.err.lines().map(|line| line.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        places,
        ["a.json: line 5:", "a.json: line 7:", "a.json: line 7:", "a.json: line 8:", "b.json: line 1:"],
        "{}",
        ran.err
    );
}

#[test]
fn every_line_gets_a_line_where_lines_are_kept() {
    let good = json!({ "id": "good", "text": TEXT, "url": "u" }).to_string();
    let lines = [
        good.as_bytes(),
        b"",
        b"{\"id\": \"null\", \"url\": \"v\", \"text\": null}",
        b"{\"id\": 5}",
        b"{broken",
        b"{\"text\": \"\xff\"}",
        b"[1]",
        b"{\"id\": {}, \"text\": \"\"}",
        b"  ",
        good.as_bytes(),
    ];
    let folder = folder("kept", &[("a.jsonl", &lines.join(&b'\n'))]);
    for jobs in ["1", "3"] {
        let ran = run(&["a.jsonl", "--format", "jsonl", "--keep-lines", "--jobs", jobs], &folder);
        let values = values(&ran);
        let found: Vec<(&Value, bool)> =
            values.iter().map(|value| (&value["id"], value.get("error").is_some_and(Value::is_string))).collect();
        let ids = [json!("good"), json!("a.jsonl:2"), json!("null"), json!(5)];
        let ids = ids.into_iter().chain((5..10).map(|line| json!(format!("a.jsonl:{line}")))).chain([json!("good")]);
        let expected: Vec<(Value, bool)> = ids.map(|id| (id.clone(), id != "good")).collect();
        assert_eq!(found, expected.iter().map(|(id, fails)| (id, *fails)).collect::<Vec<_>>());
        assert_eq!((&values[2]["url"], &values[2]["error"]), (&json!("v"), &json!("line 3: no \"text\" in it")));
        assert!(values.iter().all(|value| value["quotes"].is_array() && value["offsets"] == "byte"));
        // A text that is not there was asked for; what is broken is named too.
        let named: Vec<&str> = ran.err.lines().map(|line| line.split(": ").nth(1).unwrap()).collect();
        assert_eq!((named, ran.code), (vec!["line 5", "line 6", "line 7", "line 8"], Some(2)));
    }
    fs::write(folder.join("b.jsonl"), "{\"text\": null}\n\n").unwrap();
    let ran = run(&["b.jsonl", "--format", "jsonl", "--keep-lines"], &folder);
    assert_eq!((ran.out.lines().count(), ran.code, ran.err.as_str()), (2, Some(0), ""));
    for wrong in [&["--keep-lines"][..], &["--keep-lines", "--format", "jsonl", "--output", "out"]] {
        let ran = program::ran(&mut command(wrong, Path::new(".")));
        assert!(ran.code == Some(2) && ran.err.starts_with("error: --keep-lines"), "{}", ran.err);
    }
}
