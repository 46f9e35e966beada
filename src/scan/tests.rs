//! Marks against a naive twin that knows characters only, and paragraphs against what they must be.

use super::{Mark, Scan};
use crate::marks::{Glyph, MARKS};
use proptest::prelude::*;

fn scanned(text: &str) -> Scan {
    let mut scan = Scan::default();
    scan.read(text);
    scan
}

/// What stands beside a mark, told by the character.
#[derive(Clone, Copy, PartialEq)]
enum Neighbours {
    Edge,
    Space,
    Word,
    Opening,
    Dots,
    Closing,
    Dash,
    Mark,
}

fn beside(letter: Option<&char>) -> Neighbours {
    let Some(&letter) = letter else { return Neighbours::Edge };
    match letter {
        ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{a0}' | '\u{2000}'..='\u{200b}' => Neighbours::Space,
        '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{3000}' => Neighbours::Space,
        '(' | '[' | '{' | '$' | '#' | '@' | '/' | '*' | '_' | '&' | '<' => Neighbours::Opening,
        '.' | '…' => Neighbours::Dots,
        '-' | '–' | '—' | '―' => Neighbours::Dash,
        '`' | '＂' | '\u{2018}'..='\u{201f}' => Neighbours::Mark,
        _ if glyph(letter).is_some() => Neighbours::Mark,
        '、' | '。' | '！' | '，' | '？' => Neighbours::Closing,
        _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => Neighbours::Closing,
        _ => Neighbours::Word,
    }
}

fn glyph(letter: char) -> Option<Glyph> {
    Some(match letter {
        '"' => Glyph::Straight,
        '“' => Glyph::CurlyOpen,
        '”' => Glyph::CurlyClose,
        '„' | '‟' => Glyph::CurlyLow,
        '«' => Glyph::AngleOpen,
        '»' => Glyph::AngleClose,
        '「' | '『' => Glyph::CornerOpen,
        '」' | '』' => Glyph::CornerClose,
        '＂' => Glyph::FullWidth,
        '\'' => Glyph::Apostrophe,
        '‘' => Glyph::SingleOpen,
        '’' | '‛' => Glyph::SingleClose,
        '‚' => Glyph::SingleLow,
        '‹' => Glyph::SingleAngleOpen,
        '›' => Glyph::SingleAngleClose,
        _ => return None,
    })
}

/// How many characters each mark of a run of `count` equal ones has.
fn groups(glyph: Glyph, count: usize, before_word: bool) -> Vec<usize> {
    match glyph {
        Glyph::Apostrophe if count >= 3 => {
            let tail: &[usize] = if before_word { &[2, 1] } else { &[2] };
            let singles = count - tail.iter().sum::<usize>();
            [vec![1; singles], tail.to_vec()].concat()
        }
        Glyph::Apostrophe | Glyph::SingleOpen | Glyph::SingleClose => [vec![2; count / 2], vec![1; count % 2]].concat(),
        _ => vec![1; count],
    }
}

/// The marks of a text, found the slow way.
fn naive(text: &str) -> Vec<Mark> {
    let letters: Vec<char> = text.chars().collect();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut marks = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if letters[at] == '`' {
            let double = letters.get(at + 1) == Some(&'`');
            if double {
                marks.push((at, 2, Glyph::Graves));
            }
            at += if double { 2 } else { 1 };
            continue;
        }
        let Some(form) = glyph(letters[at]) else {
            at += 1;
            continue;
        };
        let count = letters[at..].iter().take_while(|letter| glyph(**letter) == Some(form)).count();
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(at + count);
        let in_word = beside(before) == Neighbours::Word && after.is_some_and(char::is_ascii_alphanumeric);
        if !(count == 1 && in_word && matches!(form, Glyph::Apostrophe | Glyph::SingleClose)) {
            let mut from = at;
            for size in groups(form, count, beside(after) == Neighbours::Word) {
                let form = match (form, size) {
                    (Glyph::SingleOpen, 2) => Glyph::Graves,
                    (_, 2) => Glyph::Primes,
                    _ => form,
                };
                marks.push((from, size, form));
                from += size;
            }
        }
        at += count;
    }
    let mark = |(at, size, glyph): (usize, usize, Glyph)| {
        let left = beside(at.checked_sub(1).and_then(|before| letters.get(before)));
        let right = beside(letters.get(at + size));
        Mark {
            at: starts[at],
            len: (starts[at + size] - starts[at]) as u8,
            glyph,
            can_open: !matches!(left, Neighbours::Word | Neighbours::Closing | Neighbours::Dots)
                && !matches!(right, Neighbours::Edge | Neighbours::Space | Neighbours::Closing),
            can_close: !matches!(left, Neighbours::Edge | Neighbours::Space | Neighbours::Opening)
                && !matches!(right, Neighbours::Word | Neighbours::Opening),
        }
    };
    marks.into_iter().map(mark).collect()
}

#[test]
fn marks_in_plain_cases() {
    let forms = |text: &str| {
        let marks = scanned(text).marks;
        marks.iter().map(|mark| (mark.at, mark.glyph, mark.can_open, mark.can_close)).collect::<Vec<_>>()
    };
    assert_eq!(forms("don't, it’s, O'Hara's"), []);
    assert_eq!(forms("\"Go\""), [(0, Glyph::Straight, true, false), (3, Glyph::Straight, false, true)]);
    assert_eq!(forms("the boys' own"), [(8, Glyph::Apostrophe, false, true)]);
    assert_eq!(forms("'Tis"), [(0, Glyph::Apostrophe, true, false)]);
    assert_eq!(forms("6'2\" tall"), [(3, Glyph::Straight, false, true)]);
    assert_eq!(forms("a ` b"), []);
    assert_eq!(forms("‹é›"), [(0, Glyph::SingleAngleOpen, true, false), (5, Glyph::SingleAngleClose, false, true)]);
}

#[test]
fn the_marks_of_the_table_are_found_and_no_others() {
    // A letter on both sides of spaces, so that each stands alone; each begins somewhere else in its block.
    let all: String = ('\0'..=char::MAX).flat_map(|letter| ['a', ' ', letter, ' ']).collect();
    let found: Vec<_> = scanned(&all).marks.iter().map(|mark| (&all[mark.at..mark.end()], mark.glyph)).collect();
    let mut expected: Vec<_> = MARKS.iter().filter_map(|row| Some((row.mark.to_string(), row.glyph?))).collect();
    expected.retain(|(_, glyph)| !glyph.takes_two());
    expected.sort_by(|(one, _), (other, _)| one.cmp(other));
    assert_eq!(found, expected.iter().map(|(mark, glyph)| (mark.as_str(), *glyph)).collect::<Vec<_>>());
}

#[test]
fn two_marks_in_a_row_are_one_as_the_table_says() {
    for row in MARKS {
        let Some(glyph) = row.glyph else { continue };
        let text = format!("a {0}{0}b", row.mark);
        let glyphs: Vec<_> = scanned(&text).marks.iter().map(|mark| mark.glyph).collect();
        let expected =
            if glyph.takes_two() { vec![glyph] } else { glyph.doubled().map_or(vec![glyph; 2], |two| vec![two]) };
        assert_eq!(glyphs, expected, "{text}");
    }
}

#[test]
fn inside_a_word_a_mark_may_be_an_apostrophe() {
    for row in MARKS {
        let Some(glyph) = row.glyph.filter(|glyph| !glyph.takes_two()) else { continue };
        let text = format!("Lim{}s", row.mark);
        assert_eq!(scanned(&text).marks.is_empty(), glyph.may_be_apostrophe(), "{text}");
    }
}

#[test]
fn an_apostrophe_behind_another_mark_or_dash_can_open() {
    for text in ["“'Never' is long,” she said.", "—'Never' is long", "“’Never’ is long,” she said."] {
        let single = scanned(text).marks.into_iter().find(|mark| mark.glyph.is_single());
        assert!(single.is_some_and(|mark| mark.at == 3 && mark.can_open), "{text}");
    }
}

#[test]
fn three_apostrophes_are_a_single_and_a_double_mark() {
    let lengths = |text: &str| scanned(text).marks.iter().map(|mark| mark.len).collect::<Vec<_>>();
    assert_eq!(lengths("he said 'no'''"), [1, 1, 2]);
    assert_eq!(lengths("'''No' is short"), [2, 1, 1]);
    assert_eq!(lengths("''No''"), [2, 2]);
}

#[test]
fn paragraphs() {
    let cases: [(&str, &[&str]); 9] = [
        ("", &[]),
        (" \n\t\n ", &[]),
        ("One.", &["One."]),
        ("One.\nTwo.", &["One.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", &["One.", "Two."]),
        ("\n\n  One.\n \nTwo. \n", &["One.", "Two."]),
        (
            "The boat that left the pier at noon today was\nnot seen again, and later in the evening the\nwhole town stood at the end of the stone pier\nand looked.\n\nTwo.",
            &[
                "The boat that left the pier at noon today was\nnot seen again, and later in the evening the\nwhole town stood at the end of the stone pier\nand looked.",
                "Two.",
            ],
        ),
        (
            "The boat that left the pier at noon today was\nnot seen again, and later in the evening the\nwhole town stood at the end of the stone pier\nand looked.\n   Two.",
            &[
                "The boat that left the pier at noon today was\nnot seen again, and later in the evening the\nwhole town stood at the end of the stone pier\nand looked.",
                "Two.",
            ],
        ),
        ("A line.\nAnother line.\nA third one.", &["A line.", "Another line.", "A third one."]),
    ];
    for (text, expected) in cases {
        let found: Vec<&str> = scanned(text).paragraphs.into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

/// Texts that are dense with marks and what stands beside them.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select("\"'“”„‟‘’‛‚‹›«»「」『』＂`".chars().collect::<Vec<_>>()).prop_map(String::from),
        3 => proptest::sample::select("ab1Zé王🔒\u{301}".chars().collect::<Vec<_>>()).prop_map(String::from),
        3 => proptest::sample::select(" \t\n\r\u{a0}\u{2009}\u{3000}.,;!?…-–—([{$#@/*_&<>。，".chars().collect::<Vec<_>>())
            .prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        1 => Just("don't".to_owned()),
        1 => Just("''".to_owned()),
        1 => Just("’’’".to_owned()),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn marks_are_those_of_the_naive_twin(text in texts()) {
        prop_assert_eq!(scanned(&text).marks, naive(&text));
    }

    #[test]
    fn memory_that_was_used_changes_nothing(first in texts(), second in texts()) {
        let mut scan = scanned(&first);
        scan.read(&second);
        let fresh = scanned(&second);
        prop_assert_eq!((scan.marks, scan.paragraphs), (fresh.marks, fresh.paragraphs));
    }

    #[test]
    fn paragraphs_hold_all_but_white_space(text in texts()) {
        let mut end = 0;
        for paragraph in scanned(&text).paragraphs {
            prop_assert!(paragraph.start >= end && !paragraph.is_empty());
            prop_assert!(text[end..paragraph.start].trim().is_empty());
            prop_assert_eq!(text[paragraph].trim(), &text[paragraph]);
            end = paragraph.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }
}
