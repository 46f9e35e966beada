//! Tables of texts and the quoted strings in them.

use super::{Elisions, Pairer};
use crate::lang::Language;
use crate::marks::MARKS;
use crate::scan::Scan;

/// The quoted strings of a text, one a line, with their marks: indented by their depth, their flags behind them.
fn strings(text: &str) -> String {
    let mut scan = Scan::default();
    scan.read(text);
    let elisions = Elisions::from_text(Language::english().elisions, b's');
    let mut strings = Vec::new();
    Pairer::default().pair(text, &scan, &elisions, &mut strings);
    let mut lines = Vec::new();
    for string in &strings {
        let depth = std::iter::successors(string.parent, |&parent| strings[parent as usize].parent).count();
        let mut line = format!("{}{}", "  ".repeat(depth), &text[string.outer]);
        string.flags.names().for_each(|name| line.push_str(&format!(" #{name}")));
        lines.push(line);
    }
    lines.join("\n")
}

fn check(table: &[(&str, &[&str])]) {
    for (text, expected) in table {
        assert_eq!(strings(text), expected.join("\n"), "in {text:?}");
    }
}

#[test]
fn plain_pairs() {
    check(&[
        ("", &[]),
        ("Nothing here.", &[]),
        ("“Go,” she said.", &["“Go,”"]),
        ("\"Go,\" she said.", &["\"Go,\""]),
        ("She said “go” and “stay.”", &["“go”", "“stay.”"]),
        ("« On y va », dit-elle.", &["« On y va »"]),
        ("»Los«, sagte sie.", &["»Los«"]),
        ("„Los“, sagte sie.", &["„Los“"]),
        ("„Los”, sagte sie.", &["„Los”"]),
        ("「行く」と言った。", &["「行く」"]),
        ("『行く』と言った。", &["『行く』"]),
        ("``Go,'' she said.", &["``Go,''"]),
        ("''Go,'' she said.", &["''Go,''"]),
        ("＂Go,＂ she said.", &["＂Go,＂"]),
        ("‹Go,› she said.", &["‹Go,›"]),
        ("(“Go,” she said.)", &["“Go,”"]),
        ("“Go”—“stay.”", &["“Go”", "“stay.”"]),
        ("“Go.” “Stay.”", &["“Go.”", "“Stay.”"]),
    ]);
}

#[test]
fn nesting() {
    check(&[
        ("“He said ‘go’ to me,” she said.", &["“He said ‘go’ to me,”", "  ‘go’"]),
        ("\"He said 'go' to me,\" she said.", &["\"He said 'go' to me,\"", "  'go'"]),
        ("“He said ‘go.’” She left.", &["“He said ‘go.’”", "  ‘go.’"]),
        ("“‘Go’ is what he said.” She left.", &["“‘Go’ is what he said.”", "  ‘Go’"]),
        ("“'Go,' he said to me,” she said.", &["“'Go,' he said to me,”", "  'Go,'"]),
        ("‘He said “go” to me,’ she said. ‘He did.’", &["‘He said “go” to me,’", "  “go”", "‘He did.’"]),
        ("\"They call it \"the pit\" now,\" she said.", &["\"They call it \"the pit\" now,\"", "  \"the pit\""]),
        ("“They call it “the pit” now,” she said.", &["“They call it “the pit” now,”", "  “the pit”"]),
        ("“It says «stop» there,” she said.", &["“It says «stop» there,”", "  «stop»"]),
    ]);
}

#[test]
fn apostrophes() {
    check(&[
        ("It's the Joneses' cow and it isn't ours.", &[]),
        ("“It's the Joneses' cow,” she said.", &["“It's the Joneses' cow,”"]),
        ("'It's the Joneses' cow,' she said. 'It's old.'", &["'It's the Joneses' cow,'", "'It's old.'"]),
        ("‘It’s ours,’ she said. ‘Don’t go.’", &["‘It’s ours,’", "‘Don’t go.’"]),
        ("In the '80s and the ’90s it was cheap.", &[]),
        ("“’Tis late,” she said.", &["“’Tis late,”"]),
        ("“‘Tis late,” she said.", &["“‘Tis late,”"]),
        ("Tell 'em about rock 'n' roll.", &[]),
        ("'Tell 'em it's late,' she said. 'Go.'", &["'Tell 'em it's late,'", "'Go.'"]),
        ("The 6'2\" guard and the 5'11\" guard left.", &[]),
        ("A 12\" record.", &[]),
        ("O’Hara’s and D'Angelo's.", &[]),
    ]);
}

#[test]
fn lost_marks() {
    check(&[
        ("Go,” she said.", &["Go,” #inferred_open"]),
        ("She left. She said, “Go.", &["“Go. #inferred_close"]),
        ("“Go, she said. “Stay.”", &["“Go, she said. #inferred_close", "“Stay.”"]),
        ("“Go,” she said. Stay here.” He left.", &["“Go,”", "Stay here.” #inferred_open"]),
        ("A lone \" mark.", &[]),
        ("A lone \" mark.\n\nShe said, “Go.”", &["“Go.”"]),
        ("“Go, she said.\n\nHe left.\n\n“Stay,” he said.", &["“Go, she said. #inferred_close", "“Stay,”"]),
    ]);
}

#[test]
fn marks_that_do_not_belong_together() {
    check(&[
        ("“Go,\" she said.", &["“Go,\" #mixed_pair"]),
        ("\"Go,” she said.", &["\"Go,” #mixed_pair"]),
        ("‘Go,' she said. ‘Stay.’", &["‘Go,' #mixed_pair", "‘Stay.’"]),
        ("“Go,“ she said.", &["“Go,“ #wrong_direction"]),
        ("”Go,” she said.", &["”Go,” #wrong_direction"]),
        ("“Go,'' she said.", &["“Go,'' #mixed_pair"]),
    ]);
}

#[test]
fn paragraphs() {
    check(&[
        ("“One.\n\n“Two,” she said.", &["“One. #continued", "“Two,”"]),
        ("\"One.\n\n\"Two.\n\n\"Three,\" she said.", &["\"One. #continued", "\"Two. #continued", "\"Three,\""]),
        ("“One.\n\nTwo,” she said.", &["“One. #continued", "Two,”"]),
        ("“One,” he said.\n\n“Two,” she said.", &["“One,”", "“Two,”"]),
        ("“One ‘two\n\n“three,” she said.", &["“One ‘two #continued", "“three,”"]),
    ]);
}

#[test]
fn marks_pair_as_the_table_says() {
    let single = |row: &crate::marks::MarkRow| row.glyph.is_none_or(|glyph| glyph.is_single() || glyph.takes_two());
    for (open, close) in MARKS.iter().flat_map(|open| MARKS.iter().map(move |close| (open, close))) {
        let (Some(opening), Some(closing)) = (open.glyph, close.glyph) else { continue };
        if single(open) || single(close) {
            continue;
        }
        let text = format!("Lim said {}we stay{} again.", open.mark, close.mark);
        let found = strings(&text);
        let string = format!("{}we stay{}", open.mark, close.mark);
        if opening.is_closed_by(closing) {
            assert!(found.starts_with(&string) && !found.contains("mixed"), "{text}: {found}");
        } else if opening.is_closed_by_slip(closing) {
            assert!(found.starts_with(&string) && found.contains("mixed"), "{text}: {found}");
        } else {
            assert_ne!(found, string, "{text}");
        }
    }
}
