//! Quotations made wrong on purpose: none of them may be found.

use inquit::{Located, Match, locate, locate_near};

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

const NAMES: &[&str] =
    &["Ana Lim", "Teo Roe", "the mayor", "Wilma Okander", "a spokesman", "Dr. Crane", "Odalys Brandt"];
const SUBJECTS: &[&str] =
    &["the crew", "the council", "nobody", "our harbour", "the old ferry", "every family", "the tide"];
const VERBS: &[&str] =
    &["will leave", "has not paid", "can't wait for", "needed", "never saw", "would sell", "doesn't want"];
const OBJECTS: &[&str] = &[
    "the quay",
    "forty boats",
    "a well-known island",
    "the last bus",
    "1,500 crowns",
    "their mothers",
    "the north wind",
];
const ENDS: &[&str] =
    &["before noon", "in May", "again", "by any means", "for a while", "without asking", "on Friday night"];
const SAID: &[&str] = &["said", "told the Courier", "shouted", "wrote in a letter", "insisted"];

fn clause(dice: &mut Dice) -> String {
    let lists = [SUBJECTS, VERBS, OBJECTS, ENDS];
    lists.map(|words| dice.pick(words)).join(" ")
}

/// An article with quotations, some of them interrupted by their tags.
fn article(dice: &mut Dice) -> String {
    let mut text = String::new();
    for _ in 0..8 {
        let [one, two, three] = [clause(dice), clause(dice), clause(dice)];
        let (name, said) = (dice.pick(NAMES), dice.pick(SAID));
        text += &match dice.roll(5) {
            0 => format!("“{one},” {said} {name}, “and {two}.” "),
            1 => format!("“{one},” {name} {said}. “{two}.”\n\n"),
            2 => format!("{name} {said} that {one}, but {two}. "),
            3 => format!("“{one}; {two} … and {three},” {name} {said}.\n\n"),
            _ => format!("{name} {said}: “{one} — {two}, though {three}.” "),
        };
    }
    text
}

/// Words without what is around them.
fn bare(words: &[&str]) -> Vec<String> {
    let bare = |word: &&str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    words.iter().map(bare).filter(|word| !word.is_empty()).collect()
}

/// Letters and digits alone.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A quotation with one word swapped, dropped or added, none of them at its ends where nobody could tell.
fn alter<'a>(dice: &mut Dice, quotation: &[&'a str], others: &[&'a str]) -> Vec<&'a str> {
    let mut words = quotation.to_vec();
    let at = 1 + dice.roll(words.len() - 2);
    match dice.roll(4) {
        0 => words[at] = dice.pick(others),
        1 => words.swap(at, at - 1),
        2 => drop(words.remove(at)),
        _ => words.insert(at, dice.pick(others)),
    }
    words
}

/// The passage with all changes made: the words of the quotation.
fn mended(text: &str, quotation: &str, found: &Located) -> String {
    let kept = |from: usize, to: usize| -> String {
        let parts = found.spans().iter().map(|span| (span.start.max(from), span.end.min(to)));
        parts.filter(|(start, end)| start < end).map(|(start, end)| &text[start..end]).collect::<Vec<_>>().join(" ")
    };
    let (mut mended, mut at) = (String::new(), 0);
    for change in found.changes() {
        assert!(change.text.start >= at, "changes are in order");
        mended += &[&kept(at, change.text.start), " ", &quotation[change.quotation], " "].concat();
        at = change.text.end;
    }
    mended + &kept(at, text.len())
}

#[test]
fn no_altered_quotation_is_found() {
    const WANTED: usize = 10_000;
    const EACH: usize = 100;
    let mut dice = Dice(1);
    let (mut tried, mut near) = (0, 0);
    while tried < WANTED {
        let text = article(&mut dice);
        let words: Vec<&str> = text.split_whitespace().collect();
        let known = bare(&words);
        for _ in 0..EACH {
            let start = dice.roll(words.len() - 20);
            let quotation = &words[start..start + 5 + dice.roll(14)];
            let right = quotation.join(" ");
            assert_eq!(locate(&right, &text).map(|located| located.how() <= Match::Folded), Some(true), "{right}");
            let altered = alter(&mut dice, quotation, &words);
            let plain = bare(&altered);
            // What stands there all the same is not wrong.
            if plain == bare(quotation) || known.windows(plain.len()).any(|window| window == plain) {
                continue;
            }
            let wrong = altered.join(" ");
            // An ellipsis that the text has, too, can stand for the word that was dropped beside it.
            if wrong.contains('…') {
                continue;
            }
            assert_eq!(locate(&wrong, &text), None, "{wrong:?} for {right:?}");
            let found = locate_near(&wrong, &text);
            if let Some(found) = &found {
                let mended = mended(&text, &wrong, found);
                assert_eq!(letters(&mended), letters(&wrong), "{:?}", found.changes());
            }
            near += usize::from(found.as_ref().map(Located::how) == Some(Match::Changed));
            tried += 1;
        }
    }
    assert!(near * 100 >= tried * 95, "only {near} of {tried} have a passage like them");
}
