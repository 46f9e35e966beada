//! Folding, and that work is in proportion to the text and the quotation.

use super::fold::{FoldGap, Words};
use super::hits::HitTag;
use super::pieces::Work;
use super::search::Search;
use crate::marks::{MARKS, Uses};

/// The words of a text, and the gap before the last.
fn read(text: &str) -> (Vec<&str>, FoldGap) {
    let words: Vec<_> = Words::new(text).collect();
    let gap = words.last().map_or(FoldGap::default(), |word| word.gap);
    (words.iter().map(|word| &text[word.span]).collect(), gap)
}

#[test]
fn words_end_where_readers_see_their_end() {
    let words = |text| read(text).0;
    assert_eq!(words("Well-known, isn’t it?"), ["Well", "known", "isn’t", "it"]);
    assert_eq!(words("har\u{AD}bour\u{AD} e\u{301}tude ﬁre"), ["har\u{AD}bour", "e\u{301}tude", "ﬁre"]);
    assert_eq!(
        words("don't d'\u{E9}t\u{E9} ’tis ‘a’ boys’ rock’n’roll a''b can\u{AD}’\u{AD}t a’漢 5’10 ca´t"),
        ["don't", "d'été", "tis", "a", "boys", "rock’n’roll", "a", "b", "can\u{AD}’\u{AD}t", "a", "漢", "5’10", "ca´t"]
    );
    assert_eq!(words("\u{AD}a漢字b"), ["a", "漢", "字", "b"]);
    assert!(words("“… — ”\u{AD}").is_empty());
}

#[test]
fn any_mark_of_the_table_is_like_another_of_its_kind() {
    let alike = |one: &str, other: &str| read(&format!("a{one}b")).1.is_like(read(&format!("a{other}b")).1);
    for row in MARKS {
        let quote = row.uses.has(Uses::QUOTE);
        assert!(alike(&format!(" {}", row.mark), if quote { " \"" } else { " - " }), "{}", row.mark);
        assert!(!alike(&format!(" {}", row.mark), if quote { " - " } else { " \"" }), "{}", row.mark);
    }
}

#[test]
fn gaps_are_alike_where_typography_differs() {
    let alike = |one: &str, other: &str| {
        let gap = |gap: &str| read(&format!("a{gap}b")).1;
        gap(one).is_like(gap(other))
    };
    let same = [
        (" ", "\n\n"),
        ("—", " -- "),
        ("...", " … "),
        (". . .", "…"),
        (". ...", "…."),
        (",” ", "”, "),
        (",” ", ",' "),
        ("'", "’"),
        (".\n\n“", ". "),
        (".\n\n“", ". “"),
        ("，", ","),
    ];
    let different =
        [(" ", ""), (" ", "-"), (", ", " "), (". ", "... "), (" “", " "), ("; ", ", "), ("' ", " "), ("..", ".")];
    for (one, other) in same {
        assert!(alike(one, other), "{one:?} {other:?}");
    }
    for (one, other) in different.into_iter().filter(|(one, other)| !one.is_empty() && !other.is_empty()) {
        assert!(!alike(one, other), "{one:?} {other:?}");
    }
}

#[test]
fn tags_stand_between_closing_and_opening_marks() {
    let count = |text: &str| HitTag::all(text).len();
    assert_eq!(count("“Go,” said Ana Lim, “and stay.” “Go!” said Lim. “Go —” Lim began, “— go.”"), 3);
    assert_eq!(count("“Go,” Lim “go.”"), 0);
    assert_eq!(count("“Go,” said Lim. He sat. “Go.”"), 0);
    assert_eq!(count("“Go,” said Lim,\n\n“go.”"), 0);
    assert_eq!(count("The “pit” and the “hill”"), 0);
}

/// Quotations and texts made to hurt, each of about so many words.
type Maker = fn(usize) -> (String, String);

const HOSTILE: [(&str, Maker); 12] = [
    ("one word", |words| ("a ".repeat(words / 2), "a ".repeat(words))),
    ("one word, another at the end", |words| ("a ".repeat(words / 2) + "b", "a ".repeat(words) + "b b")),
    ("a comma at the end", |words| ("a ".repeat(words / 2) + "a, a", "a ".repeat(words))),
    ("a comma at the start", |words| ("a, ".to_owned() + &"a ".repeat(words / 2), "a ".repeat(words))),
    ("a capital at the end", |words| ("a ".repeat(words / 2) + "A", "a ".repeat(words) + "A, A")),
    ("ellipses", |words| ("a … ".repeat(12) + "b", "a ".repeat(words) + "c b, c")),
    ("more ellipses", |words| ("a … ".repeat(words / 2) + "b", "a ".repeat(words) + "b")),
    ("long pieces", |words| (("a ".repeat(words / 30) + "… ").repeat(12) + "b, a", "a ".repeat(words) + "b a")),
    ("brackets", |words| ("a [the] ".repeat(12) + "b", "a ".repeat(words) + "c b, c")),
    ("open brackets", |words| ("a [".repeat(words / 2), "a [".repeat(words) + "b")),
    ("tags", |words| ("a a ".repeat(words / 4) + "b", "“a,” a a, ".repeat(words / 3) + "b, b")),
    ("cut words", |words| ("a ".repeat(words / 4) + "a", "a-".repeat(words))),
];

#[test]
fn steps_are_in_proportion() {
    const WORDS: usize = 1_000;
    const TIMES: usize = 8;
    let steps = |make: Maker, words| {
        let (quotation, text) = make(words);
        let mut search = Search::new(&quotation, &text).expect("it has words");
        search.all();
        search.steps
    };
    for (name, make) in HOSTILE {
        let (short, long) = (steps(make, WORDS), steps(make, WORDS * TIMES));
        assert!(long <= (short + Work::LEAST) * (TIMES + 1), "{name}: {short} steps, {long} for {TIMES} times as much");
        // Four ways to read it, each with its own measure of steps; one of these texts has three words for two asked.
        let most = 4 * (Work::LEAST + Work::EACH * 3 * WORDS * TIMES);
        assert!(long <= most, "{name}: {long} steps, more than {most}");
    }
}

#[test]
fn what_takes_too_long_is_not_found() {
    // Every place of the first half is compared to its end in vain.
    let words = 40_000;
    let (quotation, text) = ("a ".repeat(words / 2) + "a, a", "a ".repeat(words) + "a, a");
    assert!(super::locate(&quotation, &text).is_some(), "exact places need no comparing of words");
    assert_eq!(super::locate(&quotation.replacen(' ', "\n", 1), &text), None);
}
