//! The examples that are shown to people do what they say.

mod built;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What an example prints; it must succeed.
fn run(name: &str, arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(built::example(name));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).current_dir(env!("CARGO_MANIFEST_DIR"));
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{name} {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn batch_finds_the_same_on_all_threads() {
    let out = run("batch", &["3", "examples/data/article.txt", "examples/data/court.txt"], "");
    let counts = out.lines().filter_map(|line| line.split("  ").last()?.trim().rsplit_once(", "));
    let counts: Vec<&str> = counts.map(|(counts, _)| counts).collect();
    assert_eq!(counts.len(), 2, "{out}");
    assert_eq!(counts[0], counts[1]);
    assert!(counts[0].starts_with("6 texts, ") && !counts[0].ends_with(" 0 quotations"), "{out}");
}

#[test]
fn custom_rules_each_add_something() {
    let out = run("custom_rules", &[], "");
    let rules = include_str!("../examples/data/court.rules");
    let names: Vec<&str> = rules.lines().filter_map(|line| line.strip_prefix("rule ")?.split(' ').next()).collect();
    assert_eq!(names.len(), 5);
    for name in names {
        assert!(out.contains(&format!("by {name}, ")), "{name} finds nothing\n{out}");
    }
    assert!(out.contains("Recorder Sunniva Platt: “A roof"), "{out}");
}

#[test]
fn explain_shows_what_became_of_proposals() {
    let out = run("explain", &["“Go,” said Ana Lim. Lim left."], "");
    for part in
        ["+ quote-cue-source 0.97, kept", "dropped: ", "> quotation 1: Ana Lim, by name", "= Lim is Ana Lim (OneWord)"]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    assert!(!out.contains("PAST") && !out.contains("the rule's own"), "{out}");
    let out = run("explain", &["“Go,” said Ana Lim.", "weights", "tokens"], "");
    assert!(out.contains("PAST") && out.contains("the rule's own"), "{out}");
    let line = out.lines().find_map(|line| line.strip_suffix(" is.class.source SAY name")).expect(&out);
    assert!(line.trim().parse::<f64>().is_ok_and(|weight| weight != 0.0), "{line}");
}

/// `| head -n 1`: whoever reads may go before all is written.
#[test]
fn nobody_minds_a_closed_pipe() {
    for (name, argument) in
        [("batch", "3"), ("custom_rules", ""), ("explain", "“Go.”"), ("locate", ""), ("extract", "")]
    {
        let mut command = Command::new(built::example(name));
        command.args(Some(argument).filter(|argument| !argument.is_empty()));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{name}: {output:?}");
    }
}

#[test]
fn a_picture_holds_what_the_terminal_shows() {
    let terminal = "plain \u{1b}[1;38;5;160m“bold & <b>”\u{1b}[0m\n\n\u{1b}[4msource\u{1b}[0m 🐐 after";
    let svg = run("picture", &["a \"title\""], terminal);
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("class=\"b\" style=\"fill:#e13f3f\">“bold &amp; &lt;b&gt;”</tspan>"), "{svg}");
    assert!(svg.contains("class=\"u\">source</tspan>") && svg.contains("aria-label=\"a &quot;title&quot;\""), "{svg}");
    assert_eq!((svg.matches("<text ").count(), svg.matches("</text>").count()), (3, 3));
    // Six letters stand before the second run, and a goat is two letters wide.
    assert!(svg.contains("<tspan x=\"70.4\" textLength=\"100.8\" class=\"b\""), "{svg}");
    assert!(svg.contains("textLength=\"67.2\">🐐 after</tspan>"), "{svg}");
}

#[test]
fn the_picture_of_the_readme_is_small_text() {
    let svg = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/extract.svg")).unwrap();
    assert!(svg.len() < 40_000 && svg.contains("“She has never missed a train,”") && !svg.contains("<image"));
}

/// What `extract` writes for brat, `evaluate` reads as marked by people: all of it must be found again.
#[test]
fn marks_for_brat_are_read_back_whole() {
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples/brat");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("in")).unwrap();
    let texts = [
        ("goat.txt", include_str!("../examples/data/article.txt")),
        ("court.txt", include_str!("../examples/data/court.txt")),
        (
            "né.txt",
            "“Né,” said Ana Lim,\n“🐐 là.”\r\n\r\n“We go.\n\n“We stay,” she told the clerk. Tom Roe denied that\nrain was near.\n",
        ),
        ("empty.txt", ""),
    ];
    for (name, text) in texts {
        fs::write(folder.join("in").join(name), text).unwrap();
    }
    let [from, to] = ["in", "out"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    for coverage in ["direct", "speech", "attribution"] {
        run("extract", &["--format", "brat", "--coverage", coverage, "--force", "--output", &to, &from], "");
        let report = run("evaluate", &[&to, "--coverage", coverage], "");
        let all = report.lines().find(|line| line.starts_with("all ")).unwrap_or_else(|| panic!("{report}"));
        let figures: Vec<f64> = all.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        assert!(figures.len() > 8 && figures[0] > 20.0 && figures[0] == figures[1], "{report}");
        assert!(figures[2..].iter().all(|&figure| figure == 100.0), "{report}");
    }
}

/// What `evaluate` makes of a grammar is a corpus, and a mistake in a grammar has a place.
#[test]
fn sentences_of_a_grammar_are_a_corpus() {
    let grammar = "examples/evaluate/sentences.txt";
    let made = run("evaluate", &["--generate", "--sentences", grammar, "--texts", "50", "--seed", "7"], "");
    let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples/sentences");
    fs::create_dir_all(&folder).unwrap();
    let [corpus, broken] = ["corpus.jsonl", "broken.txt"].map(|name| folder.join(name).to_str().unwrap().to_owned());
    fs::write(&corpus, made).unwrap();
    fs::write(&broken, ":text\n{“Go,”} said [$who].\n").unwrap();
    assert!(run("evaluate", &[&corpus], "").starts_with("50 documents\n"));
    let learned = run("evaluate", &[&corpus, "--learn"], "");
    let with_more = run("evaluate", &[&corpus, "--learn", "--sentences", grammar, "--texts", "50"], "");
    let decisions = |table: &str| -> usize {
        let count = table.lines().find_map(|line| line.strip_prefix("# is: ")?.split(' ').next()?.parse().ok());
        count.unwrap_or_else(|| panic!("{table}"))
    };
    assert!(decisions(&learned) < decisions(&with_more), "{learned}\n{with_more}");
    for (arguments, message) in [
        (&["--generate", "--sentences", &broken][..], "broken.txt:2:15: no slot is named `who`\n"),
        (&[&corpus, "--sentences", grammar], "--sentences goes with --learn, --calibrate or --generate\n"),
    ] {
        let output = Command::new(built::example("evaluate"))
            .args(arguments)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.ends_with(message), "{said}");
    }
}
