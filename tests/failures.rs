//! What a person sees whose rule does not live up to its examples.

use inquit::Extractor;

fn builds(rules: &str) -> Extractor {
    Extractor::builder().rules(rules).build().unwrap_or_else(|error| panic!("{rules}\n{error}"))
}

/// The message of the only example that fails.
fn failure(pattern: &str, ok: &str) -> String {
    let rules = format!("rule odd 0.9\nmatch {pattern}\nok {ok}\nno Go.\n");
    let failures = builds(&rules).check();
    assert_eq!(failures.len(), 1, "{pattern}: {failures:?}");
    let shown = failures[0].to_string();
    shown.lines().next().and_then(|line| line.strip_prefix("line 3, rule odd: ")).expect(&shown).to_owned()
}

#[test]
fn a_failure_says_how_far_the_rule_came() {
    let fails = |pattern: &str, ok: &str| {
        let message = failure(pattern, ok);
        message.strip_prefix("should fit, but does not: ").unwrap_or_else(|| panic!("{message}")).to_owned()
    };
    for (pattern, ok, message) in [
        ("Q cue:^boomed", "“Go,” said Ana.", "nothing in it is `^boomed`"),
        ("Q cue:^say", "“Go,” said Ana.", "nothing in it is `^say` (`say` is this word alone; there is a `SAY` too)"),
        ("Q cue:^said source:TITLE", "“Go,” said Ana.", "after “said” it expects `source:TITLE`"),
        ("Q cue:^said source:(the pilot)", "“Go,” said the mayor.", "after “said” it expects `source:(the pilot)`"),
        (
            "Q cue:^said source:name",
            "“Go,” said Ana.",
            "after “said” it expects `source:name` (`name` is this word alone; there is a `NAME` too)",
        ),
        (
            "source:NAME+ cue:(NOT? ^said that) it CLAUSE",
            "Ana said that they left.",
            "after “said that” it expects `it`",
        ),
        ("Q , cue:^said", "“Go,” said Ana.", "before “said” it expects `,`"),
        (
            "START NAME , cue:^said Q END",
            "The mayor said, “Go,” twice.",
            "after “said” it expects `Q`, and before “said” it expects `,`",
        ),
        ("START the source:NAME cue:^said Q", "A Lim said “go.”", "before “Lim said” it expects `the`"),
        // The word where it comes farthest.
        (
            "source:NAME cue:^said that it CLAUSE",
            "Bo said, and Ana said that she left.",
            "after “said that” it expects `it`",
        ),
        // Over quoted strings.
        ("cue:^said Q to source:the", "Ana said “no way” for the mayor.", "after “said “no way”” it expects `to`"),
    ] {
        assert_eq!(fails(pattern, ok), message, "{pattern}: {ok}");
    }
    let long = format!("({})", ["pilot"; 40].join(" | "));
    let message = fails(&format!("Q cue:^said {long}"), "“Go,” said Ana.");
    assert!(message.chars().count() < 120 && message.ends_with("…`"), "{message}");
}

#[test]
fn a_failure_says_what_is_found_instead() {
    for (pattern, ok, message) in [
        ("Q cue:^said source:NAME+", "{“Go,”} said Ana [Lim].", "should find the source “Lim”, but finds “Ana Lim”"),
        ("Q cue:^said", "“Go,” said [Ana].", "should find the source “Ana”, but finds none"),
        (
            "content:NAME cue:^said",
            "Ana {Lim} and {Roe} said.",
            "should find the content “Lim”, “Roe”, but finds “Roe”",
        ),
    ] {
        assert_eq!(failure(pattern, ok), message, "{pattern}: {ok}");
    }
    let rules = |no: &str| format!("rule odd 0.9\nmatch Q cue:^boomed source:NAME?\nok “Go,” boomed Ana.\nno {no}\n");
    let shown = |no: &str| builds(&rules(no)).check()[0].to_string();
    assert_eq!(
        shown("“Go,” boomed Bo."),
        "line 4, rule odd: should not fit, but does: finds the source “Bo” and the content “Go,”\n| “Go,” boomed Bo."
    );
}
