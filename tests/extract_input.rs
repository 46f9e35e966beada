//! What the `extract` example makes of odd input: text and names that steer a terminal.

mod built;
mod program;

use program::{command, folder, ran, records, run};
use std::fs;

const TEXT: &[u8] = "“Go,” said Ana Lim.".as_bytes();

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
    let files: &[(&str, &[u8])] = &[(&broken, b"{\n"), (&good, TEXT), (&format!("{odd}/a.md"), b"")];
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
