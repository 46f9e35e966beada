//! Words with an apostrophe are whole: no part of one is found, and no contraction passes for its opposite.

use inquit::{Located, locate, locate_all, locate_near};

const APOSTROPHES: [&str; 10] = ["'", "’", "‘", "‛", "ʼ", "´", "`", "′", "＇", "\u{AD}’\u{200B}"];

/// White space, and what nobody sees.
pub(crate) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{AD}' | '\u{200B}')
}

/// Whether a place is inside a word: between letters, or beside an apostrophe or a hyphen between letters.
pub(crate) fn is_inside(text: &str, at: usize) -> bool {
    let before: Vec<char> = text[..at].chars().rev().filter(|letter| !is_unseen(*letter)).take(2).collect();
    let behind: Vec<char> = text[at..].chars().filter(|letter| !is_unseen(*letter)).take(2).collect();
    let letter = |letters: &[char], at: usize| letters.get(at).is_some_and(|letter| is_letter(*letter));
    let joiner = |letters: &[char]| {
        letters.first().is_some_and(|sign| matches!(sign, '\'' | '’' | 'ʼ' | '`' | '‘' | '´' | '′' | '-' | '‑'))
    };
    letter(&before, 0) && letter(&behind, 0)
        || letter(&before, 0) && joiner(&behind) && letter(&behind, 1)
        || letter(&before, 1) && joiner(&before) && letter(&behind, 0)
}

fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}')
}

/// Letters, digits and accents of an alphabet that puts spaces between words.
fn is_letter(letter: char) -> bool {
    (letter.is_alphanumeric() || letter == '\u{301}') && !('\u{3000}'..'\u{A000}').contains(&letter)
}

/// A text with a word in it, and a quotation with another word in its place.
type Frame = (&'static str, &'static str);

/// `_` is the word.
const FRAMES: [Frame; 8] = [
    ("“They know that we _ sail today,” said Lim.", "They know that we _ sail today"),
    ("“They know that we _,” said Lim.", "They know that we _"),
    ("\"They know that we _.\"", "that we _."),
    ("‘They know that we _’, said Lim.", "that we _"),
    ("'They know that we _,' said Lim.", "They know that we _,"),
    ("“_ they know the old quay?” asked Lim.", "_ they know the old quay?"),
    ("They (_ they know?) sail at noon today.", "_ they know?) sail at noon"),
    ("They — _ they know? — sail at noon today.", "— _ they know? — sail at noon today"),
];

fn in_frames(word: &str, other: &str) -> impl Iterator<Item = (String, String)> {
    FRAMES.iter().map(move |(text, quotation)| (text.replace('_', word), quotation.replace('_', other)))
}

/// What is wrong if a quotation is said to stand in a text, or if a change does not hold the words that differ.
fn problem(text: &str, quotation: &str, word: &str, other: &str) -> Option<String> {
    if locate(quotation, text).is_some() || !locate_all(quotation, text).is_empty() {
        return Some(format!("{quotation:?} is said to stand in {text:?}"));
    }
    let near = locate_near(quotation, text)?;
    let shown = |located: &Located| {
        located.changes().iter().any(|change| {
            let parts = [(&text[change.text], word), (&quotation[change.quotation], other)];
            parts.iter().all(|(part, word)| part.contains(word))
        })
    };
    let inside =
        near.changes().iter().any(|change| [change.text.start, change.text.end].iter().any(|at| is_inside(text, *at)));
    (near.is_verbatim() || !shown(&near) || inside).then(|| {
        format!(
            "{quotation:?} in {text:?}: {:?}",
            near.changes().iter().map(|change| (&text[change.text], &quotation[change.quotation])).collect::<Vec<_>>()
        )
    })
}

/// Words and what says the opposite of them; `'` is any apostrophe.
const OPPOSITES: [(&str, &str); 24] = [
    ("can", "can't"),
    ("can", "cannot"),
    ("Can", "Can't"),
    ("CAN", "CAN'T"),
    ("do", "don't"),
    ("does", "doesn't"),
    ("did", "didn't"),
    ("is", "isn't"),
    ("are", "aren't"),
    ("was", "wasn't"),
    ("were", "weren't"),
    ("has", "hasn't"),
    ("have", "haven't"),
    ("had", "hadn't"),
    ("will", "won't"),
    ("would", "wouldn't"),
    ("should", "shouldn't"),
    ("should've", "shouldn't've"),
    ("could", "couldn't"),
    ("may", "mayn't"),
    ("might", "mightn't"),
    ("must", "mustn't"),
    ("need", "needn't"),
    ("ought", "oughtn't"),
];

#[test]
fn a_contraction_is_never_its_opposite() {
    let mut problems = Vec::new();
    for (yes, no) in OPPOSITES {
        for apostrophe in APOSTROPHES {
            let [yes, no] = [yes, no].map(|word| word.replace('\'', apostrophe));
            for (word, other) in [(&yes, &no), (&no, &yes)] {
                let cases = in_frames(word, other);
                problems.extend(cases.filter_map(|(text, quotation)| problem(&text, &quotation, word, other)));
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn no_part_of_a_word_with_an_apostrophe_is_found() {
    const WORDS: [&str; 14] = [
        "can't",
        "don't",
        "won't",
        "they're",
        "should've",
        "she'll",
        "he'd",
        "it's",
        "I'm",
        "mayor's",
        "O'Brien",
        "rock'n'roll",
        "l'été",
        "1'500",
    ];
    let mut problems = Vec::new();
    for apostrophe in APOSTROPHES {
        for word in WORDS {
            let whole = word.replace('\'', apostrophe);
            let places = word.char_indices().map(|(at, _)| at).skip(1);
            let parts = places.flat_map(|at| [&word[..at], &word[at..]]).map(|part| part.replace('\'', apostrophe));
            // Apostrophes at the ends of a part are marks.
            for part in parts.filter(|part| !part.ends_with(apostrophe) && !part.starts_with(apostrophe)) {
                let cases = in_frames(&whole, &part);
                problems.extend(cases.filter_map(|(text, quotation)| problem(&text, &quotation, &whole, &part)));
            }
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_apostrophe_is_the_same() {
    for (_, word) in OPPOSITES {
        for one in APOSTROPHES {
            for other in APOSTROPHES {
                for (text, quotation) in in_frames(&word.replace('\'', one), &word.replace('\'', other)) {
                    assert!(locate(&quotation, &text).is_some(), "{quotation:?} in {text:?}");
                }
            }
        }
    }
}
