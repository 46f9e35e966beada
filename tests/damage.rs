//! Texts with what nobody sees, or with marks that were damaged on the way, get the answers of the sound ones.

mod notation;

use inquit::{Coverage, Extraction, Extractor};
use notation::{Case, read_folder};
use std::path::PathBuf;

/// One kind of damage.
struct Damage {
    name: &'static str,
    /// The text without it.
    sound: fn(&str) -> String,
    /// The text with it.
    made: fn(&str) -> String,
    /// What was added is taken out of a piece of the text.
    undone: fn(&str) -> String,
}

const MARKS: [char; 5] = ['“', '”', '‘', '’', '"'];

const KINDS: [Damage; 6] = [
    Damage { name: "zero-width spaces beside marks", sound: str::to_owned, made: beside_marks, undone: without_unseen },
    Damage { name: "soft hyphens in words", sound: str::to_owned, made: in_words, undone: without_unseen },
    Damage {
        name: "a byte order mark",
        sound: str::to_owned,
        made: |text| format!("\u{FEFF}{text}"),
        undone: without_unseen,
    },
    Damage {
        name: "backslashes before marks",
        sound: straight,
        made: |text| text.replace('"', "\\\""),
        undone: |piece| piece.replace('\\', ""),
    },
    Damage { name: "marks read as Windows-1252", sound: str::to_owned, made: misread, undone: read_right },
    Damage {
        name: "signs of quoting",
        sound: str::to_owned,
        made: quoted,
        undone: |piece| piece.replace("\n> ", "\n"),
    },
];

fn straight(text: &str) -> String {
    text.replace(['“', '”'], "\"")
}

fn beside_marks(text: &str) -> String {
    text.chars()
        .map(|letter| if MARKS.contains(&letter) { format!("\u{200B}{letter}\u{200B}") } else { letter.into() })
        .collect()
}

fn in_words(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let is_letter = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphabetic());
    let between = |at: usize| at > 0 && at.is_multiple_of(3) && is_letter(at - 1) && is_letter(at);
    letters
        .iter()
        .enumerate()
        .flat_map(|(at, letter)| between(at).then_some('\u{AD}').into_iter().chain([*letter]))
        .collect()
}

fn without_unseen(piece: &str) -> String {
    piece.replace(['\u{200B}', '\u{AD}', '\u{FEFF}'], "")
}

const MISREAD: [(&str, &str); 4] = [("“", "â€œ"), ("”", "â€\u{9d}"), ("‘", "â€˜"), ("’", "â€™")];

fn misread(text: &str) -> String {
    MISREAD.iter().fold(text.to_owned(), |text, (right, wrong)| text.replace(right, wrong))
}

fn read_right(text: &str) -> String {
    MISREAD.iter().fold(text.to_owned(), |text, (right, wrong)| text.replace(wrong, right))
}

/// Every line behind a sign; a text of one line has none, as one line alone is not taken for quoted.
fn quoted(text: &str) -> String {
    if text.contains('\n') { format!("> {}", text.replace('\n', "\n> ")) } else { text.to_owned() }
}

fn cases() -> Vec<Case> {
    read_folder(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases"))
}

/// What is found: contents, sources, speakers and kinds, without the damage.
fn answers(found: &Extraction<'_>, undone: fn(&str) -> String) -> Vec<String> {
    let words = |text: &str| undone(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let quotes = found.quotes().map(|quote| {
        let source = quote.source().map_or(String::new(), |source| words(source.text()));
        let speaker = quote.speaker().map_or(String::new(), |speaker| words(speaker.name()));
        let cue = quote.cue().map_or(String::new(), words);
        format!("{} <{cue}> [{source} = {speaker}] {}", words(&quote.content()), quote.kind())
    });
    quotes.collect()
}

#[test]
fn damage_changes_no_answer() {
    let extractor = Extractor::english().with_coverage(Coverage::Attribution);
    let cases = cases();
    for Damage { name, sound, made, undone } in KINDS {
        let (mut changed, mut wrong) = (0, Vec::new());
        for case in &cases {
            // Lines that are quoted already, and texts that hold the letters of the damage.
            if case.text.starts_with('>') || case.text.contains(['\\', '\r', '\u{AD}', '€']) {
                continue;
            }
            let text = sound(&case.text);
            let damaged = made(&text);
            changed += usize::from(damaged != text);
            let (sound, found) = (extractor.extract(&text), extractor.extract(&damaged));
            let (sound, found) = (answers(&sound, str::to_owned), answers(&found, undone));
            if sound != found {
                wrong.push(format!("{}\n    sound   {sound:?}\n    damaged {found:?}", case.name));
            }
        }
        assert!(changed > 50, "{name}: {changed} texts");
        assert!(wrong.is_empty(), "{name}: {} of {changed}\n{}", wrong.len(), wrong.join("\n"));
    }
}
