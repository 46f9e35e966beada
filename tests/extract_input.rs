//! What the `extract` example makes of odd input: links, pipes, ids, lines that are no documents, names that steer a
//! terminal.

mod built;
mod program;

use program::{Ran, command, folder, ids, ran, records, run};
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

fn program_file() -> PathBuf {
    built::example("extract")
}

const TEXT: &[u8] = "“Go,” said Ana Lim.".as_bytes();

/// The problems of a run, which must end with the exit code that tells of them.
fn problems(ran: &Ran) -> Vec<&str> {
    assert_eq!(ran.code, Some(if ran.err.is_empty() { 0 } else { 2 }), "{}", ran.err);
    ran.err.lines().collect()
}

// ---- What is in a folder ---------------------------------------------------------------------------------------------

#[cfg(unix)]
mod files {
    use super::{TEXT, folder, ids, problems, run};
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;
    use std::path::Path;
    use std::process::{Child, Command};

    /// A pipe and a program that waits to write a text to it: whoever reads the pipe gets an answer and does not hang.
    struct Pipe(Child);

    impl Pipe {
        fn new(path: &Path) -> Pipe {
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
            let script = "while [ -p \"$0\" ]; do printf '“No,” said Tom Roe.' > \"$0\"; done";
            Pipe(Command::new("sh").arg("-c").arg(script).arg(path).spawn().unwrap())
        }
    }

    impl Drop for Pipe {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    #[test]
    fn in_folders_only_regular_files_are_read() {
        let folder = folder("special", &[("in/a.txt", TEXT), ("in/sub/b.TXT", TEXT)]);
        let names = ["in/p.txt", "in/sub/p.jsonl", "in/.hidden.txt", "in/none"];
        let _pipes = names.map(|name| Pipe::new(&folder.join(name)));
        symlink("sub/p.jsonl", folder.join("in/to-pipe.txt")).unwrap();
        let _socket = UnixListener::bind(folder.join("in/s.txt")).unwrap();
        symlink("/dev/null", folder.join("in/device.txt")).unwrap();
        for input in ["in", "i?"] {
            let ran = run(&[input, "--format", "jsonl"], &folder);
            assert_eq!(
                ids(&ran.out),
                if input == "in" { ["a.txt", "sub/b.TXT"] } else { ["in/a.txt", "in/sub/b.TXT"] },
                "{}",
                ran.err
            );
            assert_eq!(
                problems(&ran),
                [
                    "in/device.txt: a link that leads out of in is passed over",
                    "in/p.txt: is no regular file and is passed over",
                    "in/s.txt: is no regular file and is passed over",
                    "in/sub/p.jsonl: is no regular file and is passed over",
                    "in/to-pipe.txt: is no regular file and is passed over",
                ]
            );
        }
        let ran = run(&["in/*.txt", "--format", "jsonl"], &folder);
        assert_eq!((ids(&ran.out), problems(&ran).len()), (vec!["a.txt".to_owned()], 5));
    }

    #[test]
    fn a_pipe_that_is_named_is_read() {
        let folder = folder("pipe-named", &[("a.txt", TEXT)]);
        let _pipe = Pipe::new(&folder.join("p"));
        let ran = run(&["a.txt", "p", "--format", "jsonl"], &folder);
        assert_eq!((ids(&ran.out), problems(&ran).len()), (vec!["a.txt".to_owned(), "p".to_owned()], 0));
        assert!(ran.out.contains("Tom Roe"), "{}", ran.out);
    }

    /// A folder with links inside and out, both ways of writing each.
    fn linked(name: &str) -> std::path::PathBuf {
        let files: &[(&str, &[u8])] =
            &[("in/a.txt", TEXT), ("in/sub/b.txt", TEXT), ("out/c.txt", TEXT), ("in-other/d.txt", TEXT)];
        let folder = folder(name, files);
        let absolute = |path: &str| folder.join(path);
        for (target, link) in [
            ("sub/b.txt".into(), "in/link-b.txt"),
            ("../a.txt".into(), "in/sub/link-a.txt"),
            (absolute("in/a.txt"), "in/full-a.txt"),
            ("link-b.txt".into(), "in/twice.txt"),
            ("../out/c.txt".into(), "in/c.txt"),
            (absolute("out/c.txt"), "in/sub/full-c.txt"),
            ("c.txt".into(), "in/twice-out.txt"),
            // A name that begins like the folder's is another folder.
            ("../in-other/d.txt".into(), "in/d.txt"),
            ("nowhere".into(), "in/gone.txt"),
            ("self.txt".into(), "in/self.txt"),
            (".".into(), "in/loop"),
            ("../..".into(), "in/sub/up"),
            ("sub".into(), "in/again"),
            ("../out".into(), "in/elsewhere"),
            ("../out".into(), "in/folder.txt"),
            ("../out".into(), "in/.hidden"),
            ("in".into(), "named"),
        ] {
            symlink(target, folder.join(link)).unwrap();
        }
        folder
    }

    #[test]
    fn links_are_followed_to_files_of_the_same_folder_alone() {
        let folder = linked("links");
        for named in ["in", "named", "./in/", "in/sub/.."] {
            let ran = run(&[named, "--format", "jsonl"], &folder);
            let expected =
                ["a.txt", "full-a.txt", "link-b.txt", "sub/b.txt", "sub/link-a.txt", "twice.txt"].map(str::to_owned);
            assert_eq!(ids(&ran.out), expected, "{named}: {}", ran.err);
            let shown = |rest: &str| format!("{}{rest}", Path::new(named).join("").display());
            let out = |rest: &str| format!("{}: a link that leads out of {named} is passed over", shown(rest));
            let (gone, others): (Vec<&str>, Vec<&str>) =
                problems(&ran).into_iter().partition(|line| line.contains("gone.txt") || line.contains("self.txt"));
            assert_eq!(gone.len(), 2, "{}", ran.err);
            let passed =
                ["c.txt", "d.txt", "elsewhere", "folder.txt", "sub/full-c.txt", "sub/up", "twice-out.txt"].map(out);
            assert_eq!(others, passed, "{named}");
        }
    }

    #[test]
    fn patterns_do_not_lead_out_of_their_folder() {
        let folder = linked("link-patterns");
        for (pattern, read, passed) in [
            ("in/*a.txt", &["a.txt", "full-a.txt"][..], 0),
            ("in/[cd].txt", &[], 2),
            ("in/else*", &[], 1),
            ("in/*/c.txt", &[], 4),
            ("in/agai?", &[], 1),
            (
                "i[n]",
                &["in/a.txt", "in/full-a.txt", "in/link-b.txt", "in/sub/b.txt", "in/sub/link-a.txt", "in/twice.txt"],
                9,
            ),
            ("in/su?", &["sub/b.txt"], 3),
            // Named so, the folder above is the one that nothing may lead out of.
            ("*/[cd].txt", &["in-other/d.txt", "in/c.txt", "in/d.txt", "named/c.txt", "named/d.txt", "out/c.txt"], 0),
        ] {
            let ran = run(&[pattern, "--format", "jsonl"], &folder);
            let mut found = ids(&ran.out);
            let mut read = read.to_vec();
            found.sort();
            read.sort_unstable();
            assert_eq!(found, read, "{pattern}: {}", ran.err);
            assert_eq!(problems(&ran).len(), passed, "{pattern}: {}", ran.err);
        }
    }

    #[test]
    fn a_link_that_is_named_is_followed() {
        let folder = linked("link-named");
        let ran = run(&["in/c.txt", "in/elsewhere", "--format", "jsonl"], &folder);
        assert_eq!((ids(&ran.out), problems(&ran).len()), (vec!["c.txt".to_owned(), "c.txt".to_owned()], 0));
        let help = run(&["--help"], Path::new("."));
        assert!(help.out.contains("only regular files are read") && help.out.contains("Links"), "{}", help.out);
        fs::remove_dir_all(&folder).unwrap();
    }
}

// ---- Ids -------------------------------------------------------------------------------------------------------------

/// The ids of JSON lines as they are written.
fn written_ids(lines: &str) -> Vec<String> {
    #[derive(serde::Deserialize)]
    struct Line {
        id: Box<RawValue>,
    }
    lines.lines().map(|line| serde_json::from_str::<Line>(line).unwrap().id.get().to_owned()).collect()
}

#[test]
fn an_id_stays_the_value_it_is() {
    let numbers = [
        "7",
        "-7",
        "0",
        "-0",
        "18446744073709551615",
        "18446744073709551616",
        "18446744073709551617",
        "-9223372036854775809",
        "123456789012345678901234567890",
        "123456789012345678901234567891",
        "1.0",
        "1.00",
        "0.1000000000000000055",
        "1e5",
        "1E400",
    ];
    let strings = [r#""""#, r#""7""#, r#""18446744073709551616""#, r#""a\"b""#, r#""é\n""#];
    let all: Vec<&str> = numbers.into_iter().chain(strings).collect();
    let text = String::from_utf8(TEXT.to_vec()).unwrap();
    let lines: String = all.iter().map(|id| format!("{{\"text\": \"{text}\", \"id\" : {id} }}\n")).collect();
    let folder = folder("ids", &[("docs.jsonl", lines.as_bytes())]);

    let ran = run(&["docs.jsonl", "--format", "jsonl"], &folder);
    assert_eq!((written_ids(&ran.out), problems(&ran).len()), (all.iter().map(|id| (*id).to_owned()).collect(), 0));
    // But for the id, a line is the same whatever the id is.
    let rest: HashSet<&str> =
        ran.out.lines().map(|line| line.split_once(",\"version\":").expect("the id comes first").1).collect();
    assert_eq!(rest.len(), 1);

    let list = run(&["docs.jsonl", "--format", "json"], &folder).out;
    let list: Vec<Box<RawValue>> = serde_json::from_str(&list).unwrap();
    assert_eq!(list.len(), all.len());
    assert!(list.iter().zip(&all).all(|(record, id)| record.get().starts_with(&format!("{{\n  \"id\": {id},\n"))));

    let rows = run(&["docs.jsonl", "--format", "tsv"], &folder).out;
    // What a spreadsheet could run has an apostrophe before it.
    let name = |row: &'_ str| row.split('\t').next().map(|name| name.trim_start_matches('\'').to_owned());
    let names: Vec<String> = rows.lines().skip(1).filter_map(name).collect();
    assert_eq!(names[..numbers.len()], numbers);

    // Files have names: here the string 7 is a second 7, and no other two are one.
    let ran = run(&["docs.jsonl", "--format", "jsonl", "--output", "out"], &folder);
    assert_eq!(ran.err.lines().filter(|line| line.ends_with("is left out")).count(), 2, "{}", ran.err);
    let files = fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(files.filter(|name| name.to_str().unwrap().ends_with(".jsonl")).count(), all.len() - 2);
}

#[test]
fn strings_are_written_as_they_were() {
    let line = br#"{"id": "caf\u00e9 \u0041\ud83d\udc10", "text": ""}"#;
    let folder = folder("string-ids", &[("docs.jsonl", line)]);
    let ran = run(&["docs.jsonl", "--format", "jsonl"], &folder);
    assert_eq!(written_ids(&ran.out), ["\"café A🐐\""]);
}

#[test]
fn an_id_that_names_nothing_is_refused_with_its_line() {
    let lines = [
        r#"{"id": {"$oid": "5f"}, "text": ""}"#,
        r#"{"id": ["a"], "text": ""}"#,
        r#"{"id": true, "text": ""}"#,
        r#"{"text": "", "id": false}"#,
        r#"{"id": null, "text": ""}"#,
        r#"{"text": ""}"#,
        r#"{"id": "\ud800", "text": ""}"#,
        r#"{"id": 01, "text": ""}"#,
        r#"{"id": 1, "id": 2, "text": ""}"#,
        r#"{"id": "good", "text": ""}"#,
    ];
    let folder = folder("odd-ids", &[("docs.jsonl", lines.join("\n").as_bytes())]);
    for jobs in ["1", "2"] {
        let ran = run(&["docs.jsonl", "--format", "jsonl", "--jobs", jobs], &folder);
        assert_eq!(ids(&ran.out), ["docs.jsonl:5", "docs.jsonl:6", "good"]);
        let problems = problems(&ran);
        let wanted = "an id is a string or a number";
        assert_eq!(
            problems[..4],
            [
                format!("docs.jsonl: line 1: \"id\" is an object: {wanted}"),
                format!("docs.jsonl: line 2: \"id\" is an array: {wanted}"),
                format!("docs.jsonl: line 3: \"id\" is true: {wanted}"),
                format!("docs.jsonl: line 4: \"id\" is false: {wanted}"),
            ]
        );
        assert!(problems[4].starts_with("docs.jsonl: line 7: \"id\": "), "{}", problems[4]);
        assert!(problems[5].starts_with("docs.jsonl: line 8: column "), "{}", problems[5]);
        assert!(problems[6].starts_with("docs.jsonl: line 9: column "), "{}", problems[6]);
        assert_eq!(problems.len(), 7, "{}", ran.err);
    }
    assert!(run(&["--help"], &folder).out.contains("FILE:LINE"));
}

#[test]
fn only_an_object_is_a_document() {
    let lines = [
        r#"["id", "“Go,” said Ana Lim."]"#,
        r#"  ["id", "text", 5]"#,
        "[]",
        r#"[{"id": "a", "text": ""}]"#,
        "\"text\"",
        "5",
        "null",
        "  {\"id\": \"spaces\", \"text\": \"\"}",
        "\t{\"text\": \"\", \"id\": \"tab\", \"more\": [\"id\", {}]}",
        r#"{"id": "a", "text": ["“Go,”"]}"#,
    ];
    // A byte order mark does not hide what stands behind it.
    let folder = folder("arrays", &[("docs.jsonl", format!("\u{feff}{}", lines.join("\n")).as_bytes())]);
    let ran = run(&["docs.jsonl", "--format", "jsonl"], &folder);
    assert_eq!(ids(&ran.out), ["spaces", "tab"], "{}", ran.err);
    let object = "expected an object such as {\"id\": \"a\", \"text\": \"...\"}";
    assert_eq!(
        problems(&ran),
        [
            format!("docs.jsonl: line 1: column 1: invalid type: sequence, {object}"),
            format!("docs.jsonl: line 2: column 3: invalid type: sequence, {object}"),
            format!("docs.jsonl: line 3: column 1: invalid type: sequence, {object}"),
            format!("docs.jsonl: line 4: column 1: invalid type: sequence, {object}"),
            format!("docs.jsonl: line 5: column 6: invalid type: string \"text\", {object}"),
            format!("docs.jsonl: line 6: column 1: invalid type: integer `5`, {object}"),
            format!("docs.jsonl: line 7: column 4: invalid type: null, {object}"),
            "docs.jsonl: line 10: column 20: invalid type: sequence, expected a string".to_owned(),
        ]
    );
}

// ---- What steers a terminal ------------------------------------------------------------------------------------------

/// Letters that move the cursor, change colours or turn the order of what stands behind them.
const STEERING: &str = "\0\u{7}\u{8}\r\u{1b}\u{7f}\u{80}\u{85}\u{9b}\u{9d}\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\
                        \u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

fn steers(letter: char) -> bool {
    letter != '\n' && (letter.is_control() || STEERING.contains(letter))
}

#[test]
fn no_text_steers_the_terminal() {
    let text: String = STEERING
        .chars()
        .map(|steer| {
            format!("“Go{steer}[2J on,” said{steer} Ana{steer} Lim. A “no{steer}te” of it.\n\n“We st{steer}ay.”\n")
        })
        .collect();
    let line = serde_json::json!({ "id": format!("i{STEERING}d"), "text": text }).to_string();
    let folder = folder("steering", &[("docs.jsonl", line.as_bytes()), ("a.txt", text.as_bytes())]);
    for arguments in [&["docs.jsonl"][..], &["a.txt"], &["docs.jsonl", "--summary"], &["a.txt", "--coverage", "direct"]]
    {
        let out = run(arguments, &folder).out;
        let steering: Vec<char> = out.chars().filter(|&letter| steers(letter)).collect();
        assert!(steering.is_empty(), "{arguments:?}: {steering:?}");
        assert!(out.contains('\u{fffd}') && out.lines().count() > 2, "{out}");
    }
    // In colours, what steers is this program's own.
    let out = run(&["docs.jsonl", "--color", "always"], &folder).out;
    assert!(out.split('\u{1b}').skip(1).all(|code| code.starts_with('[') && code.contains('m')), "{out:?}");
    assert!(!out.contains("\u{1b}[2J") && !out.chars().any(|letter| letter != '\u{1b}' && steers(letter)));
    // Letters that merely take no room, or are written from right to left, are text.
    let text = "“שלום a\u{300}\u{200d}\u{200b}\u{ad},” said Ana Lim.\n";
    fs::write(folder.join("b.txt"), text).unwrap();
    assert!(run(&["b.txt"], &folder).out.contains("שלום a\u{300}\u{200d}\u{200b}\u{ad},”"));
}

#[test]
fn json_is_the_text_as_it_is() {
    let id = format!("i{STEERING}d");
    let line = serde_json::json!({ "id": id, "text": "“Go,” said Ana\u{202e} Lim." }).to_string();
    let folder = folder("steering-json", &[("docs.jsonl", line.as_bytes())]);
    let out = run(&["docs.jsonl", "--format", "jsonl"], &folder).out;
    assert_eq!(records(&out)[0].id, id);
    assert!(out.contains('\u{202e}') && !out.contains('\u{fffd}'));
}

#[cfg(unix)]
#[test]
fn no_name_steers_the_terminal() {
    let odd = format!("x{}\n\u{1b}]0;title\u{7}", STEERING.replace('\0', ""));
    let escaped = |steer: char| format!("\\u{{{:x}}}", u32::from(steer));
    let shown: String = odd
        .chars()
        .map(|letter| if steers(letter) || letter == '\n' { escaped(letter) } else { letter.into() })
        .collect();
    let broken = format!("{odd}.jsonl");
    let good = format!("{odd}.txt");
    let files: &[(&str, &[u8])] = &[(&broken, b"{\n"), (&good, TEXT), (&format!("{odd}/a.log"), b"")];
    let folder = folder("names", files);
    let missing = format!("none{odd}");
    let pattern = format!("none{odd}*");
    let reports = |arguments: &[&str], about: &str| {
        let ran = ran(&mut command(arguments, &folder));
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(!ran.err.chars().any(steers) && ran.err.contains(about), "{arguments:?}: {}", ran.err);
        ran
    };
    for (input, lines) in [(&broken, 1), (&missing, 1), (&pattern, 1), (&odd, 1)] {
        let ran = reports(&[input, "--format", "jsonl"], &shown);
        assert_eq!(ran.err.lines().count(), lines, "{}", ran.err);
    }
    let ran = reports(&[&good, &good, "--output", "out"], &shown);
    assert_eq!(ran.err.lines().count(), 2, "{}", ran.err);
    // Rules and words, the folder of answers, and options.
    fs::write(folder.join("bad.rules"), "rule a 0.9\nmatch Q cue:^\u{1b}[2J\u{202e}AB\n").unwrap();
    reports(&["--rules", "bad.rules"], "\\u{1b}");
    reports(&["--words", &missing], &shown);
    fs::rename(folder.join("bad.rules"), folder.join(&missing)).unwrap();
    reports(&["--rules", &missing], &shown);
    reports(&[&good, "--output", &broken], &shown);
    reports(&["--format", &odd], "x");
    reports(&[&format!("--{odd}")], "x");
    // A page for people has the name of the file in its title.
    let page = run(&[&good], &folder);
    assert!(page.code == Some(0) && !page.out.chars().any(steers), "{}", page.out);
}
