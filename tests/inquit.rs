//! The program `inquit`: what it has beside the example `extract`, which is the same code.

mod program;

use program::{Ran, command, feed, folder, ran, run};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn program_file() -> PathBuf {
    env!("CARGO_BIN_EXE_inquit").into()
}

/// Runs it where no file is needed.
fn run_alone(arguments: &[&str]) -> Ran {
    run(arguments, Path::new(env!("CARGO_MANIFEST_DIR")))
}

#[test]
fn it_is_called_by_its_own_name() {
    let help = run_alone(&["--help"]).out;
    for part in ["Usage: inquit ", "Examples:\n  inquit ", "  check  ", "  explain  ", "  locate  "] {
        assert!(help.contains(part), "{part}: {help}");
    }
    assert!(!help.contains("extract "), "{help}");
    assert_eq!(run_alone(&["--version"]).out, format!("inquit {}\n", env!("CARGO_PKG_VERSION")));
}

/// The commands that a text tells to run: from `inquit` on, without what stands behind them.
fn commands(text: &str) -> Vec<Vec<&str>> {
    let found = text.lines().filter_map(|line| {
        let line = line.trim();
        let command = line.strip_prefix("inquit ").or_else(|| line.split_once("| inquit ").map(|(_, rest)| rest))?;
        let ends = ["  ", "|", ">", "#", "&", "\""].iter().filter_map(|end| command.find(end));
        Some(command[..ends.min().unwrap_or(command.len())].split_whitespace().collect())
    });
    found.collect()
}

#[test]
fn commands_that_are_told_can_be_run() {
    let mut texts = vec![fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap()];
    for task in
        [&["--help"][..], &["cast", "--help"], &["check", "--help"], &["explain", "--help"], &["locate", "--help"]]
    {
        let help = run_alone(task).out;
        assert!(help.contains("Examples:") && help.lines().all(|line| line.chars().count() <= 100), "{help}");
        texts.push(help);
    }
    let all: Vec<Vec<&str>> = texts.iter().flat_map(|text| commands(text)).collect();
    assert!(all.len() > 20, "{all:?}");
    for command in all {
        // Help is only given where what stands before it makes sense.
        let ran = run_alone(&[&command[..], &["--help"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{command:?}");
    }
}

// ---- Subcommands -----------------------------------------------------------------------------------------------------

#[test]
fn good_rules_and_words_have_no_problem() {
    let ran = run_alone(&["check", "examples/data/court.rules", "examples/data/court.words"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "2 files without a problem\n", ""));
}

#[test]
fn all_problems_of_rules_and_words_are_told_with_their_files() {
    let folder = folder(
        "check",
        &[
            ("bad.words", b"[verb SAY] quip, jest\n[verb SAYS] snark\n"),
            ("bad.rules", b"rule bad 0.9\nmatch Q cue:SHOUTED\nok Go.\nno Go.\n"),
            (
                "fails.rules",
                "\n# signs\nrule sign 0.9\nmatch source:(DET? sign) cue:^read Q\nok [The old sign] read {“Go.”}\nno She read “Emma.”\n"
                    .as_bytes(),
            ),
            ("plain", b"# A rule by its first line.\n\nrule shout 2\nmatch Q cue:^shouted\nok Go.\nno Go.\n"),
            ("own", b"[verb SAY] zork\n"),
        ],
    );
    let ran = run(&["check", "bad.words", "bad.rules", "fails.rules", "own", "plain"], &folder);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    let (problems, count) = ran.out.trim_end().rsplit_once("\n\n").unwrap();
    let firsts: Vec<&str> = problems.split("\n\n").map(|problem| problem.lines().next().unwrap()).collect();
    let places: Vec<&str> = firsts.iter().map(|first| first.split([',', '\n']).next().unwrap()).collect();
    assert_eq!(
        places,
        ["bad.words: line 1", "bad.words: line 2", "bad.rules: line 2", "plain: line 3", "fails.rules: line 5"],
        "{}",
        ran.out
    );
    assert!(firsts[4].contains("rule sign: should find the source “The old sign”, but finds “sign”"), "{}", ran.out);
    assert_eq!(count, "5 problems");
    let ran = run(&["check", "none.rules", "own"], &folder);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("none.rules: ") && ran.out == "1 file without a problem\n", "{}{}", ran.err, ran.out);
    assert_eq!(run(&["check"], &folder).code, Some(2));
}

#[test]
fn explain_tells_what_became_of_proposals() {
    let sentence = "“Go,” said Ana Lim. Lim left.";
    let ran = run_alone(&["explain", sentence]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    for part in
        ["+ quote-cue-source 0.97, kept", "dropped: ", "> quotation 1: Ana Lim, by name", "= Lim is Ana Lim (OneWord)"]
    {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    assert!(
        ran.out.ends_with("\n1. Ana Lim: “Go,”\n    direct, by quote-cue-source, confidence 0.91\n"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("PAST") && !ran.out.contains("the rule's own"), "{}", ran.out);
    let more = run_alone(&["explain", sentence, "--tokens", "--weights"]).out;
    assert!(more.contains("PAST") && more.contains("is.class.source SAY name"), "{more}");

    let folder = folder("explain", &[("a.txt", sentence.as_bytes()), ("own.words", b"[verb SAY] zork\n")]);
    assert_eq!(run(&["explain", "a.txt"], &folder).out, ran.out);
    assert_eq!(feed(&["explain"], sentence.as_bytes()).out, ran.out);
    assert_eq!(feed(&["explain", "-"], sentence.as_bytes()).out, ran.out);
    let zorked = run(&["explain", "“Go,” zorked Ana Lim.", "--words", "own.words"], &folder).out;
    assert!(zorked.contains("<zorked>"), "{zorked}");
    assert!(!run(&["explain", "Ana Lim\u{1b}[2J said no."], &folder).out.contains('\u{1b}'));
}

#[test]
fn an_explanation_is_json_too() {
    let json: Value = serde_json::from_str(&run_alone(&["explain", "--json", "“Go,” said Ana Lim."]).out).unwrap();
    let explanation: inquit::Explanation = serde_json::from_value(json).unwrap();
    assert_eq!(explanation, inquit::Extractor::english().explain("“Go,” said Ana Lim."));
}

#[test]
fn locate_tells_how_quotations_stand_in_a_text() {
    let files = ["examples/data/quotations.txt", "examples/data/article.txt"];
    let ran = run_alone(&[&["locate"], &files[..]].concat());
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    assert!(ran.out.contains("goats  instead of  animals\n") && ran.out.contains(", 4 do not."), "{}", ran.out);
    let lines = run_alone(&[&["locate", "--json"], &files[..]].concat());
    let answers: Vec<Value> = lines.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |key: &'static str| answers.iter().map(move |answer| &answer[key]);
    for kind in ["verbatim", "folded", "interrupted", "elided", "changed", "not found"] {
        assert!(of("found").any(|found| found == kind), "{kind}: {}", lines.out);
    }
    assert_eq!(of("verbatim").filter(|verbatim| **verbatim == Value::Bool(false)).count(), 4);
    assert!(of("changes").any(|changes| changes[0]["text"][0].is_u64()), "{}", lines.out);

    let folder = folder("locate", &[("text.txt", "“No,” he said.".as_bytes())]);
    let ran = run(&["locate", "none.txt", "text.txt"], &folder);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("none.txt: "), "{}", ran.err);
    fs::write(folder.join("quotations.txt"), "“No,”\n").unwrap();
    assert_eq!(run(&["locate", "quotations.txt", "text.txt"], &folder).code, Some(0));
}

#[test]
fn shells_and_readers_of_manuals_are_served() {
    for (shell, part) in [("bash", "_inquit()"), ("zsh", "#compdef inquit"), ("fish", "complete -c inquit")] {
        let ran = run_alone(&["completions", shell]);
        assert!(ran.code == Some(0) && ran.out.contains(part) && ran.out.contains("locate"), "{shell}");
    }
    let page = run_alone(&["man"]).out;
    assert!(page.contains(".TH inquit 1") && page.contains("\\-\\-coverage"), "{page}");
    let folder = folder("man", &[]);
    assert_eq!(run(&["man", "--folder", "."], &folder).code, Some(0));
    assert_eq!(fs::read_to_string(folder.join("inquit.1")).unwrap(), page);
    assert!(folder.join("inquit-check.1").exists());
    assert!(run(&["man", "--folder", "none"], &folder).err.starts_with("cannot write the manual: "));
}

/// `| head -n 1`: whoever reads may go before all is written.
#[test]
fn nobody_minds_a_closed_pipe() {
    for arguments in
        [&["explain", "“Go.”"][..], &["man"], &["completions", "bash"], &["check", "examples/data/court.rules"]]
    {
        let mut command = command(arguments, Path::new(env!("CARGO_MANIFEST_DIR")));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.code().is_some_and(|code| code < 2) && output.stderr.is_empty(),
            "{arguments:?}: {output:?}"
        );
    }
    let closed = ran(&mut command(&["--version"], Path::new(".")));
    assert_eq!(closed.code, Some(0));
}
