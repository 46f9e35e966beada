//! What the program `inquit` writes: words beside offsets, chosen fields, lines, summaries, folders of answers.

mod program;

use inquit::output::{Column, DocumentRecord, RECORD_SCHEMA};
use program::{Ran, folder, run};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

fn program_file() -> PathBuf {
    env!("CARGO_BIN_EXE_inquit").into()
}

const ARTICLE: &str = include_str!("../examples/data/article.txt");

/// Runs it over the bundled article and court reports.
fn run_data(arguments: &[&str]) -> Ran {
    run(
        &[&["article.txt", "court.txt"], arguments].concat(),
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data"),
    )
}

fn values(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

// ---- Words beside offsets --------------------------------------------------------------------------------------------

#[test]
fn words_stand_beside_their_offsets() {
    let article = values(&run_data(&["--format", "jsonl"]).out).remove(0);
    let slice = |span: &Value| &ARTICLE[span[0].as_u64().unwrap() as usize..span[1].as_u64().unwrap() as usize];
    let quotes = article["quotes"].as_array().unwrap();
    assert!(quotes.len() > 15);
    for quote in quotes {
        let pieces: Vec<&str> = quote["content"].as_array().unwrap().iter().map(slice).collect();
        assert_eq!(quote["content_text"], pieces.join(" "));
        for key in ["cue", "source", "addressee"] {
            let expected = if quote[key].is_null() { Value::Null } else { json!(slice(&quote[key])) };
            assert_eq!(quote[format!("{key}_text")], expected);
        }
        let speaker =
            quote["speaker_index"].as_u64().map_or(&Value::Null, |index| &article["speakers"][index as usize]);
        for (key, of_speaker) in [("speaker", "name"), ("speaker_kind", "kind"), ("speaker_gender", "gender")] {
            assert_eq!(quote[key], speaker[of_speaker]);
        }
        assert_eq!(quote["speaker_role"], speaker["roles"][0]);
    }
    for key in ["speaker_index", "speaker_gender", "speaker_role", "addressee_text"] {
        assert!(quotes.iter().any(|quote| !quote[key].is_null()), "{key}");
    }
}

#[test]
fn offsets_alone_are_what_the_library_writes() {
    for (arguments, with_text) in [
        (&["--no-text"][..], false),
        (&["--with-text", "--no-text"], false),
        (&["--no-text", "--with-text"], true),
        (&[], true),
    ] {
        let out = run_data(&[&["--format", "jsonl"], arguments].concat()).out;
        for line in out.lines() {
            let record: DocumentRecord = serde_json::from_str(line).unwrap();
            assert_eq!(serde_json::to_string(&record).unwrap() == line, !with_text, "{arguments:?}");
        }
    }
}

/// With every key written down, and no others.
#[test]
fn what_is_written_is_as_the_schema_says() {
    fn close(schema: &mut Value) {
        if let Value::Object(object) = schema {
            object.values_mut().for_each(close);
            if object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
        }
    }
    let mut schema: Value = serde_json::from_str(RECORD_SCHEMA).unwrap();
    close(&mut schema);
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let folder = folder("schema", &[("a.jsonl", "{broken\n{\"text\": \"“Go,” said Ana Lim.\"}\n".as_bytes())]);
    let kept = run(&["a.jsonl", "--format", "jsonl", "--keep-lines"], &folder).out;
    let all = values(&(run_data(&["--format", "jsonl"]).out + &kept));
    assert_eq!(all.len(), 4);
    for value in &all {
        let problems: Vec<String> = schema.iter_errors(value).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{problems:?}");
    }
}

// ---- Fields ----------------------------------------------------------------------------------------------------------

#[test]
fn fields_of_json_are_chosen() {
    let out = run_data(&["--format", "jsonl", "--fields", "content_text,speaker,quoted_strings"]).out;
    for value in values(&out) {
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&value), ["id", "offsets", "quoted_strings", "quotes", "version"]);
        assert!(value["quotes"].as_array().unwrap().iter().all(|quote| keys(quote) == ["content_text", "speaker"]));
    }
    // All that are offered are there.
    let refused = run_data(&["--format", "json", "--fields", "none"]).err;
    let offered = refused.lines().next().unwrap().split_once("; there are ").unwrap().1;
    let all = run_data(&["--format", "jsonl", "--fields", &offered.replace(' ', "")]).out;
    assert_eq!(all, run_data(&["--format", "jsonl"]).out);
    assert_eq!(offered.split(", ").count(), 23);
}

#[test]
fn columns_of_tables_are_chosen() {
    let out = run_data(&["--format", "tsv", "--fields", "start,speaker"]).out;
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0], ["start", "speaker"]);
    assert!(rows.len() > 20 && rows[1..].iter().all(|row| row.len() == 2 && row[0].parse::<usize>().is_ok()), "{out}");
    let all = run_data(&["--format", "csv"]).out;
    let names = Column::ALL.map(Column::name).join(",");
    assert_eq!(all.lines().next(), Some(names.as_str()));
    assert_eq!(run_data(&["--format", "csv", "--fields", &names]).out, all);
    for wrong in [&["--format", "csv", "--fields", "content_text"][..], &["--fields", "speaker"]] {
        let ran = run_data(wrong);
        assert!(ran.code == Some(2) && ran.out.is_empty() && ran.err.starts_with("error: "), "{}", ran.err);
    }
}

// ---- Lines -----------------------------------------------------------------------------------------------------------

#[test]
fn lines_name_file_and_line() {
    let text =
        "Rain.\n\n“We go,” said Ana Lim, “at\nnoon.”\n\n“Who\u{1b} wrote this?”\n\nTom Roe said that it was late.\n";
    let lines = json!({ "id": "x", "text": text }).to_string();
    let folder = folder("lines", &[("n/a.txt", text.as_bytes()), ("b.jsonl", format!("\n{lines}\n").as_bytes())]);
    for format in ["lines", "grep"] {
        let ran = run(&["n", "b.jsonl", "--format", format], &folder);
        let found: Vec<&str> = ran.out.lines().collect();
        let words = ["Ana Lim: “We go,” “at noon.”", "Tom Roe: that it was late"];
        assert_eq!(found[0], format!("n/a.txt:3: {}", words[0]));
        assert!(found[1].starts_with("n/a.txt:6: ") && found[1].ends_with(": “Who\\u{1b} wrote this?”"), "{}", ran.out);
        assert_eq!(found[2], format!("n/a.txt:8: {}", words[1]));
        assert_eq!((found[3], found[5]), (&*format!("b.jsonl:2: {}", words[0]), &*format!("b.jsonl:2: {}", words[1])));
        assert_eq!((found.len(), ran.code), (6, Some(0)));
    }
    assert_eq!(run(&["n", "--format", "lines", "--output", "out"], &folder).code, Some(0));
    assert_eq!(fs::read_to_string(folder.join("out/a.txt.lines")).unwrap().lines().count(), 3);
}

// ---- One speaker -----------------------------------------------------------------------------------------------------

#[test]
fn names_are_found_without_accents() {
    let text = "“Sí,” said José Núñez. “No,” said Åsa Strøm. “Go,” said Tom Roe.";
    let folder = folder("accents", &[("a.txt", text.as_bytes())]);
    for (name, expected) in [
        ("jose", "José Núñez"),
        ("NUNEZ", "José Núñez"),
        ("Núñez", "José Núñez"),
        ("asa strom", "Åsa Strøm"),
        ("roé", "Tom Roe"),
    ] {
        let ran = run(&["a.txt", "--format", "tsv", "--fields", "speaker", "--speaker", name], &folder);
        assert_eq!((ran.out, ran.code), (format!("speaker\n{expected}\n"), Some(0)), "{name}");
    }
}

#[test]
fn the_exit_code_tells_that_nobody_of_a_name_is_quoted() {
    let folder = folder("nobody", &[("a.txt", "“Go,” said Ana Lim.".as_bytes())]);
    for arguments in [&["a.txt"][..], &["a.txt", "--format", "jsonl"], &["a.txt", "--summary"], &["cast", "a.txt"]] {
        let ran = run(&[arguments, &["--speaker", "Tom\u{1b}"]].concat(), &folder);
        assert_eq!((ran.code, ran.err.as_str()), (Some(1), "no quotation of Tom\\u{1b}\n"), "{arguments:?}");
        assert_eq!(run(&[arguments, &["--speaker", "lim"]].concat(), &folder).code, Some(0), "{arguments:?}");
    }
    // Who knows what stands in a file that cannot be read?
    assert_eq!(run(&["a.txt", "none.txt", "--speaker", "Tom"], &folder).code, Some(2));
    // No quotations at all are no failure.
    assert_eq!(run(&["a.txt", "--confidence", "1"], &folder).code, Some(0));
}

// ---- Lists of speakers -----------------------------------------------------------------------------------------------

/// Three documents, in two of which Ana Lim speaks.
fn documents(name: &str) -> PathBuf {
    let files: &[(&str, &[u8])] = &[
        ("a.txt", "“We go,” said Ana Lim. Lim said that it was late.\n\n“Who wrote this sentence?”".as_bytes()),
        ("b.txt", "“No,” said Ana Lim, mayor of Lund. Tom Roe called the plan “a cruel joke.”".as_bytes()),
        ("c.txt", "=1 was here. Nobody spoke.".as_bytes()),
    ];
    folder(name, files)
}

#[test]
fn a_summary_comes_in_every_format() {
    let folder = documents("summary");
    let summary = |format: &str, jobs: &str| {
        let ran = run(&[".", "--summary", "--format", format, "--jobs", jobs], &folder);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{format}");
        ran.out
    };
    let whole: Value = serde_json::from_str(&summary("json", "2")).unwrap();
    let ana = json!({
        "speaker": "Ana Lim", "quotes": 3, "direct": 2, "mixed": 0, "indirect": 1, "documents": 2, "kind": "person",
        "gender": "female", "role": "mayor of Lund", "longest": "that it was late",
    });
    assert_eq!(whole["speakers"][0], ana);
    assert_eq!(
        ["documents", "quotes", "direct", "mixed", "indirect"].map(|key| whole[key].as_u64().unwrap()),
        [3, 5, 3, 1, 1]
    );
    let speakers = whole["speakers"].as_array().unwrap();
    assert_eq!((speakers.len(), &speakers[2]["speaker"]), (3, &Value::Null));
    assert_eq!(&values(&summary("jsonl", "1")), speakers);

    let columns = "speaker,quotes,direct,mixed,indirect,documents,kind,gender,role,longest";
    let csv = summary("csv", "1");
    assert!(
        csv.starts_with(&format!("{columns}\r\nAna Lim,3,2,0,1,2,person,female,mayor of Lund,that it was late\r\n")),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 4);
    assert_eq!(
        summary("tsv", "1").lines().nth(2),
        Some("Tom Roe\t1\t0\t1\t0\t1\tperson\tmale\t\tthe plan “a cruel joke.”")
    );
    assert_eq!(summary("lines", "1"), "Ana Lim: 3\nTom Roe: 1\n?: 1\n");
    let page = summary("html", "1");
    assert!(
        page.contains("<h1>3 documents: 5 quotations (3 direct, 1 mixed, 1 indirect) by 2 speakers</h1>"),
        "{page}"
    );
    assert!(page.contains("<td>Ana Lim</td><td>3</td>") && page.ends_with("</html>\n"), "{page}");
    assert!(summary("pretty", "1").contains(" 1 Ana Lim  3  that it was late\n"));
    assert_eq!(run(&[".", "--summary", "--format", "brat"], &folder).code, Some(2));
}

#[test]
fn the_cast_tells_who_speakers_are() {
    let folder = documents("cast");
    let page = run(&["cast", "."], &folder);
    assert_eq!((page.code, page.err.as_str()), (Some(0), ""));
    let rows: Vec<&str> = page.out.lines().skip(2).collect();
    assert_eq!(
        rows,
        [" 1 Ana Lim  3  mayor of Lund · person · female", " 2 Tom Roe  1  person · male", " ? unknown  1"]
    );
    for format in ["json", "csv"] {
        let summary = run(&[".", "--summary", "--format", format], &folder).out;
        assert_eq!(run(&["cast", ".", "--format", format], &folder).out, summary);
    }
    // What a text calls itself is no markup and no formula.
    fs::write(folder.join("d.txt"), "“No,” said <b>Ana</b>. “Go,” said R&D.\n").unwrap();
    let html = run(&["cast", "d.txt", "--format", "html"], &folder).out;
    assert!(!html.contains("<b>"), "{html}");
}

// ---- Folders of answers ----------------------------------------------------------------------------------------------

#[test]
fn what_has_changed_is_written_again() {
    let said = |name: &str| format!("“Go,” said {name}.");
    let line = |id: &str, url: &str| format!("{}\n", json!({ "id": id, "url": url, "text": said("Ana Lim") }));
    let (ana, lines) = (said("Ana Lim"), line("x", "1") + &line("y", "1"));
    let files: &[(&str, &[u8])] = &[
        ("in/a.txt", ana.as_bytes()),
        ("in/b.txt", ana.as_bytes()),
        ("in/docs.jsonl", lines.as_bytes()),
        ("own.words", b"[verb SAY] zork\n"),
    ];
    let folder = folder("changed", files);
    let runs = |arguments: &[&str], expected: &str| {
        let ran = run(&[&["in", "--output", "out", "--format", "jsonl"], arguments].concat(), &folder);
        assert_eq!((ran.code, ran.err.trim_end()), (Some(0), expected), "{arguments:?}");
    };
    runs(&[], "4 documents written, 0 passed over");
    runs(&[], "0 documents written, 4 passed over");
    runs(&["--jobs", "3"], "0 documents written, 4 passed over");
    // A document, a key that comes back, options, files of words.
    fs::write(folder.join("in/a.txt"), said("Tom Roe")).unwrap();
    runs(&[], "1 document written, 3 passed over");
    assert!(fs::read_to_string(folder.join("out/a.txt.jsonl")).unwrap().contains("Tom Roe"));
    fs::write(folder.join("in/docs.jsonl"), line("x", "2") + &line("y", "1")).unwrap();
    runs(&[], "1 document written, 3 passed over");
    for options in
        [&["--coverage", "direct"][..], &["--fields", "content"], &["--confidence", "0.1"], &["--words", "own.words"]]
    {
        runs(options, "4 documents written, 0 passed over");
        runs(options, "0 documents written, 4 passed over");
    }
    fs::write(folder.join("own.words"), "[verb SAY] zork quonk\n").unwrap();
    runs(&["--words", "own.words"], "4 documents written, 0 passed over");
    runs(&["--words", "own.words", "--force"], "4 documents written, 0 passed over");
    // Of all that was noted only the last is kept; what is broken tells nothing.
    let notes = fs::read_to_string(folder.join("out/.inquit-answers")).unwrap();
    assert!((4..9).contains(&notes.lines().count()), "{notes}");
    fs::write(folder.join("out/.inquit-answers"), format!("nonsense\n{}", &notes[..notes.len() - 5])).unwrap();
    runs(&["--words", "own.words"], "1 document written, 3 passed over");
    runs(&["--words", "own.words"], "0 documents written, 4 passed over");
}

#[test]
fn a_changed_text_takes_its_marks_along() {
    let folder = folder("changed-brat", &[("in/a.txt", "“Go,” said Ana Lim.".as_bytes())]);
    let arguments = ["in", "--output", "out", "--format", "brat"];
    assert_eq!(run(&arguments, &folder).err, "1 document written, 0 passed over\n");
    fs::write(folder.join("in/a.txt"), "“No,” said Ana Lim.").unwrap();
    assert_eq!(run(&arguments, &folder).err, "1 document written, 0 passed over\n");
    assert_eq!(fs::read_to_string(folder.join("out/a.txt")).unwrap(), "“No,” said Ana Lim.");
}

#[cfg(unix)]
#[test]
fn answers_are_for_whom_new_files_are() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("mode", &[("a.txt", "“Go,” said Ana Lim.".as_bytes())]);
    assert_eq!(run(&["a.txt", "--output", "out", "--format", "json"], &folder).code, Some(0));
    let mode = |path: &str| fs::metadata(folder.join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("out/a.txt.json"), mode("a.txt"));
    let names =
        fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(names.filter(|name| name.ends_with(".part")).count(), 0);
}
