//! What rules cost, counted in instructions of the backtracker: definitions in definitions cost in proportion to how deep
//! they are and how long the text is.

use super::matcher::Matcher;
use crate::attribute::Coverage;
use crate::extract::Extractor;
use std::fmt::Write;

/// Definitions stand in definitions so deep at most.
const DEEPEST: usize = 32;

/// How definitions are nested: the innermost, then each by the one before it (`#`); as read rightwards, and leftwards.
type Shape = (&'static str, [[&'static str; 2]; 2]);

const SHAPES: [Shape; 7] = [
    ("repeats", [["rain{3} fog tide", "rain* #"], ["tide fog rain{3}", "# rain*"]]),
    ("counted repeats", [["rain (fog | sea) tide", "rain{1,40} #"], ["tide (fog | sea) rain", "# rain{1,40}"]]),
    ("optional parts", [["rain fog tide", "(rain rain)? # rain?"], ["tide fog rain", "rain? # (rain rain)?"]]),
    ("optional definitions", [["rain rain?", "#? rain #? fog?"], ["rain? rain", "fog? #? rain #?"]]),
    (
        "alternatives",
        [["rain fog tide", "rain # | rain rain # | # rain"], ["tide fog rain", "# rain | # rain rain | rain #"]],
    ),
    ("side by side", [["rain rain?", "# # fog | # rain # | # rain"], ["rain? rain", "fog # # | # rain # | rain #"]]),
    (
        "looks",
        [
            ["rain fog tide", ">(rain #) rain # | rain # | >!# rain"],
            ["tide fog rain", "# rain <(# rain) | # rain | rain <!#"],
        ],
    ),
];

/// Rules of a shape, on the right of their anchors or on their left: one for each depth, of so many definitions one in
/// the other, which starts from a word of its own.
fn nested((_, sides): &Shape, left: bool, word: &str) -> Extractor {
    let [innermost, shape] = sides[usize::from(left)].map(|pattern| pattern.replace("rain", word));
    let mut rules = format!("def A1 = {innermost}\n");
    for number in 2..=levels(&shape, DEEPEST) {
        let _ = writeln!(rules, "def A{number} = {}", shape.replace('#', &format!("A{}", number - 1)));
    }
    for deep in 1..=DEEPEST {
        let (definition, said) = (levels(&shape, deep), anchor(deep));
        let pattern =
            if left { format!("A{definition} cue:^{said} Q") } else { format!("Q cue:^{said} A{definition}") };
        let _ = write!(rules, "rule odd-{deep} 0.9\nmatch {pattern}\nok “Go,” said Ana.\nno Go.\n");
    }
    Extractor::builder().rules(&rules).build().unwrap_or_else(|error| panic!("{rules}\n{error}"))
}

/// How many definitions are so deep: what is looked at is one too.
fn levels(shape: &str, deep: usize) -> usize {
    if shape.contains(['<', '>']) { deep.div_ceil(2) } else { deep }
}

/// The word that the rule of a depth starts from.
fn anchor(deep: usize) -> String {
    format!("said{}", "x".repeat(deep))
}

/// The instructions that all anchors of a text take, of the rule `odd` and the built-in ones, and how many anchors had
/// their share of the budget.
fn work(extractor: &Extractor, text: &str) -> (u64, usize) {
    let mut matcher = Matcher::default();
    let (mut spent, mut is_spent) = (0, false);
    extractor.each_unit(text, Coverage::Attribution, |unit| {
        let context = &unit.context;
        matcher.begin_unit(context);
        for (at, token) in context.tokens.list().iter().enumerate() {
            if token.string().is_none() {
                let (from, to) = context.lexicon.entry(token.word).anchors;
                matcher.rules_at(context, &context.program.by_word[from as usize..to as usize], at);
                let before = std::mem::replace(&mut is_spent, matcher.work().1);
                spent += usize::from(is_spent && !before);
            }
        }
    });
    (matcher.work().0, spent)
}

/// The anchor with so many words beside it, and what the innermost definition needs, but not as it needs it.
fn beside(said: &str, words: usize, left: bool) -> String {
    let rain = "rain ".repeat(words);
    if left { format!("Tide sea fog {rain}{said} “Go.”") } else { format!("“Go,” {said} {rain}fog sea tide.") }
}

fn each_shape() -> impl Iterator<Item = (&'static Shape, bool)> {
    SHAPES.iter().flat_map(|shape| [(shape, false), (shape, true)])
}

/// A definition takes no more than this at a place: 64 ends, and some instructions at each.
const MOST_AT_PLACE: u64 = 300;

#[test]
fn what_nested_definitions_cost_grows_with_their_depth() {
    const WORDS: u64 = 60;
    for (shape, left) in each_shape() {
        let extractor = nested(shape, left, "rain");
        let mut before = 0;
        for deep in 1..=DEEPEST {
            let (cost, spent) = work(&extractor, &beside(&anchor(deep), WORDS as usize, left));
            assert!(cost <= before + WORDS * MOST_AT_PLACE, "{} {left}, {deep} deep: {before}, {cost}", shape.0);
            assert_eq!(spent, 0, "{} {left}, {deep} deep", shape.0);
            before = cost;
        }
    }
}

#[test]
fn what_nested_definitions_cost_grows_with_the_text() {
    for (shape, left) in each_shape() {
        let extractor = nested(shape, left, "rain");
        for deep in [2, 8, DEEPEST] {
            for words in [10, 100, 1_000, 4_000] {
                let (cost, spent) = work(&extractor, &beside(&anchor(deep), words, left));
                let most = (deep * words) as u64 * MOST_AT_PLACE;
                assert!(cost <= most, "{} {left}, {deep} deep, {words} words: {cost}", shape.0);
                assert_eq!(spent, 0, "{} {left}, {deep} deep, {words} words", shape.0);
            }
        }
    }
}

#[test]
fn anchors_share_what_they_find() {
    for (shape, left) in each_shape() {
        let extractor = nested(shape, left, "WORD");
        for deep in [2, 8, DEEPEST] {
            let said = anchor(deep);
            for words in [10, 100, 1_000] {
                let (cost, _) =
                    work(&extractor, &beside(&said, words, left).replace("rain rain", &format!("{said} rain")));
                let most = (deep * words) as u64 * 2 * MOST_AT_PLACE;
                assert!(cost <= most, "{} {left}, {deep} deep, {words} words: {cost}", shape.0);
            }
        }
    }
}

/// More than any budget: forty repeats side by side, each of which may end anywhere.
#[test]
fn a_budget_ends_what_costs_too_much() {
    let many = "rain* ".repeat(40);
    let mut rules = format!("def A1 = {many} fog tide\n");
    for number in 2..=DEEPEST {
        let _ = writeln!(rules, "def A{number} = {many} A{}", number - 1);
    }
    let _ = write!(rules, "rule odd 0.9\nmatch Q cue:^said A32\nok “Go,” said Ana.\nno Go.");
    let extractor = Extractor::builder().rules(&rules).build().expect("these are rules");
    let paragraph = format!("{} “Go,” said Ana Lim.", beside("said", 300, false));
    let (cost, spent) = work(&extractor, &paragraph);
    assert_eq!(spent, 1);
    // Of each of these many ways the ends of a repeat are tried.
    assert!(cost < (320 + 64) * 1_024 * 64 * 3, "{cost}");
    // The anchors behind it find what they find without it, and always the same.
    let found = extractor.extract(&paragraph);
    assert_eq!(found.quotes().last().and_then(|quote| quote.source()).map(|source| source.text()), Some("Ana Lim"));
    let mut scratch = crate::Scratch::new();
    for text in [paragraph.as_str(), &beside("said", 7, false), &paragraph] {
        extractor.extract_with(&mut scratch, text);
    }
    let again = extractor.extract_with(&mut scratch, &paragraph);
    let all =
        |found: &crate::Extraction<'_>| found.quotes().map(|quote| quote.content().to_string()).collect::<Vec<_>>();
    assert_eq!(all(&again), all(&found));
}

/// A part that may end at any of many places, and be left out too.
#[test]
fn a_part_may_have_many_ends() {
    let rules = "rule pursuant 0.99\nmatch START cue:(^pursuant to) source:NAME+ (, DET !COMMA&!STOP{1,60})? , CLAUSE\n\
                 ok Pursuant to Lim, rents fall.\nno Rents fall.";
    let extractor = Extractor::builder().rules(rules).build().expect("these are rules");
    for more in 0..25 {
        let text = format!("Pursuant to Lim, the rents fell{}.", " and fell".repeat(more));
        let found = extractor.extract(&text);
        let mine = found.quotes().filter(|quote| quote.rule() == "pursuant");
        assert_eq!(mine.map(|quote| quote.spans()[0].start).collect::<Vec<_>>(), [17], "{text}\n{found:?}");
    }
}
