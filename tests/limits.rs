//! Rules made to hurt are refused with a message, and soon; or they are read and do no harm.

use inquit::{Error, Extractor};

fn build(rules: &str) -> Result<Extractor, Error> {
    Extractor::builder().rules(rules).build()
}

fn error(rules: &str) -> Error {
    build(rules).expect_err("these rules are too much")
}

/// A rule of this pattern.
fn rule(pattern: &str) -> String {
    format!("rule odd 0.9\nmatch {pattern}\nok “Go,” said [Ana].\nno Go.")
}

#[test]
fn optional_parts_with_labels_are_few() {
    let six = "(addressee:OBJECT)? (FRONT ,)? (FRONT ;)? (FRONT :)? (REST .)? (source:(NAME+))?";
    let extractor = build(&rule(&format!("{six} cue:^said Q"))).expect("six are allowed");
    assert_eq!(extractor.extract("Ana said “go” to Teo.").quotes().len(), 1);
    let seventh = format!("match {six} cue:^said Q (REST END)? said?");
    let column = seventh.find("END)").unwrap() + 5;
    let message = "a pattern has at most six optional parts with a label or content in them";
    assert_eq!(
        error(&rule(seventh.trim_start_matches("match "))).to_string(),
        format!("line 2, column {column}: {message}\n| {seventh}\n| {:>column$}", "^")
    );
    // Other optional parts do not count, and neither do those inside each other count twice.
    build(&rule(&format!("Q cue:^said {}", "that? ".repeat(100)))).expect("a hundred are no matter");
    build(&rule("((((REST END)? END)? END)? END)? Q cue:^said")).expect("four are allowed");
}

#[test]
fn patterns_are_not_nested_without_end() {
    for (open, close) in [("(", ")"), ("^", ""), ("<", ""), (">!", ""), ("(said | ", ")"), ("(that ", ")?")] {
        for depth in [100, 100_000] {
            let pattern = format!("Q {}cue{}", open.repeat(depth), close.repeat(depth));
            // That this returns at all is what is asked.
            drop(build(&rule(&pattern)));
        }
        let error = error(&rule(&format!("Q {}cue{}", open.repeat(1_000), close.repeat(1_000))));
        assert_eq!(error.line(), 2);
    }
}

#[test]
fn repeats_in_repeats_are_refused_before_they_are_written_out() {
    let repeated = format!("{}said{} cue:^said Q", "(".repeat(9), "{99})".repeat(9));
    let error = error(&rule(&repeated));
    assert!(error.to_string().starts_with("line 2, column 1: this pattern is too large\n"), "{error}");
}

#[test]
fn definitions_in_definitions_cost_little() {
    // Each says the same as the one before, twice.
    for twice in ["A0 = NAME&!TIME | TITLE\n", "A0 = said?\n"] {
        let mut rules = format!("def {twice}");
        let is_optional = twice.contains('?');
        for number in 1..31 {
            let before = number - 1;
            let both = if is_optional { format!("A{before} A{before}") } else { format!("A{before} | A{before}") };
            rules.push_str(&format!("def A{number} = {both}\n"));
        }
        let extractor = build(&format!("{rules}{}", rule("source:NAME cue:(^blurbs) A30? Q")));
        let extractor = extractor.expect("thirty-one deep is allowed");
        let with = if is_optional { "said" } else { "Lim" };
        for (text, fits) in [
            ("Ana blurbs “go.”".to_owned(), true),
            (format!("Ana blurbs {with} “go.”"), true),
            ("Ana blurbs rain “go.”".to_owned(), false),
        ] {
            let found = extractor.extract(&text);
            assert_eq!(found.quotes().any(|quote| quote.rule() == "odd"), fits, "{twice}: {text}");
        }
        if is_optional {
            assert!(build(&format!("{rules}{}", rule("cue:^said A30+ Q"))).is_err(), "repeats what can be empty");
        }
        rules.push_str("def B1 = A30 A30\ndef B2 = B1 B1\n");
        let error = error(&rules);
        assert_eq!((error.line(), error.column()), (33, 5));
        assert!(error.to_string().contains("at most 32 deep"), "{error}");
    }
}

#[test]
fn repeats_of_definitions_in_definitions_are_found_at_any_depth() {
    // Each definition may end behind any of the words, and so may the one in it.
    for (innermost, outer, left) in [("rain{3} fog", "rain* #", false), ("fog rain{3}", "# rain*", true)] {
        let mut rules = format!("def A1 = {innermost}\n");
        for number in 2..=32 {
            rules.push_str(&format!("def A{number} = {}\n", outer.replace('#', &format!("A{}", number - 1))));
        }
        let pattern = if left { "A32 cue:^blurbs Q" } else { "Q cue:^blurbs A32" };
        let extractor = build(&format!("{rules}{}", rule(pattern))).expect("thirty-two deep is allowed");
        let quotes = |text: &str| extractor.extract(text).quotes().filter(|quote| quote.rule() == "odd").count();
        for words in [2, 3, 40, 400] {
            let rain = "rain ".repeat(words);
            let text =
                if left { format!("Fog {rain}blurbs “Go.”") } else { format!("“Go,” blurbs {rain}fog.") };
            assert_eq!(quotes(&text), usize::from((3..64).contains(&words)), "{pattern}, {words} words");
        }
    }
}

/// What is too large is said of the line that is, whatever is compiled before and behind it.
#[test]
fn rules_that_are_too_many_are_refused_where_they_stand() {
    let rules = |count: usize| {
        (0..count)
            .map(|number| format!("{}\n", rule("Q cue:^said (rain fog?){9}").replace("odd", &format!("r{number}"))))
    };
    build(&rules(1_000).collect::<String>()).expect("a thousand are allowed");
    let mut defs: String = (0..9_000).map(|number| format!("def D{number} = (rain{number}z | fog?) sea\n")).collect();
    let error_of_defs = error(&defs);
    assert!(error_of_defs.to_string().contains("too large\n| def D"), "{error_of_defs}");
    assert!((4_000..9_000).contains(&error_of_defs.line()), "{error_of_defs}");
    defs.truncate(defs.find("def D3000").expect("it is there"));
    build(&defs).expect("three thousand are allowed");
    let regexes =
        |count: usize| -> String { (0..count).map(|number| format!("def D{number} = /a{number}/\n")).collect() };
    let built_in = (0..=1_000).rev().find(|&count| build(&regexes(count)).is_ok()).expect("some are allowed");
    assert!(built_in >= 900);
    assert_eq!(
        (error(&regexes(built_in + 1)).line(), error(&regexes(built_in + 9)).line()),
        (built_in + 1, built_in + 1)
    );
}

#[test]
fn how_wide_nested_definitions_are_is_not_counted_twice() {
    // Two to the power of thirty tokens: written out they are too many, and that is found at once.
    let mut rules = "def A1 = rain fog\n".to_owned();
    for number in 2..=31 {
        rules.push_str(&format!("def A{number} = A{} A{}\n", number - 1, number - 1));
    }
    let error = error(&format!("{rules}{}", rule("Q cue:^said A31")));
    assert!(error.to_string().contains("too large\n| def A"), "{error}");
}

#[test]
fn there_is_room_for_thirty_classes_of_words() {
    let name = |number: usize| format!("OWN-{}", "I".repeat(number + 1));
    let list = |count| -> String { (0..count).map(|number| format!("[{}] word{number}\n", name(number))).collect() };
    // A class that no rule uses is a mistake.
    let all: Vec<String> = (0..30).map(name).collect();
    let rules = format!(
        "def OWN = {}\nrule last 0.9\nmatch cue:^{} Q\nok word29 {{“go”}}.\nno word28 “go”.",
        all.join(" | "),
        name(29)
    );
    let extractor = Extractor::builder().words(list(30)).rules(rules).build().expect("thirty are allowed");
    assert_eq!(extractor.check(), []);
    let error = Extractor::builder().words(list(64)).build().expect_err("some are built in");
    assert!(error.line() > 30 && error.column() == 2, "{error}");
    assert!(error.to_string().contains("there are 64, the built-in ones among them"), "{error}");
}

#[test]
fn a_look_may_be_at_more_than_a_token() {
    let found = |pattern: &str, text: &str| build(&rule(pattern)).expect("it is a rule").extract(text).quotes().len();
    assert_eq!(found("cue:^blurbs >(of course) CLAUSE", "Ana blurbs of course it rains."), 1);
    assert_eq!(found("cue:^blurbs >(of course) CLAUSE", "Ana blurbs of rain it rains."), 0);
    assert_eq!(found("cue:^blurbs >!(of course | no wonder) CLAUSE", "Ana blurbs no wonder it rains."), 0);
    assert_eq!(found("cue:^blurbs >!(of course | no wonder) CLAUSE", "Ana blurbs no rain falls."), 1);
    assert_eq!(found("<(the mayor) cue:^blurbs CLAUSE", "The mayor blurbs it rains."), 1);
    assert_eq!(found("<(the mayor) cue:^blurbs CLAUSE", "A mayor blurbs it rains."), 0);
}
