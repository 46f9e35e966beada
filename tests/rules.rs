//! Every rule carries its own tests.

#[test]
fn built_in_rules_live_up_to_their_examples() {
    let failures = inquit::Extractor::english().check();
    let report: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}

/// A quoted string is one token without letters: a regular expression fits none, wherever the string ends.
#[test]
fn regular_expressions_pass_over_quoted_strings() {
    let rules = "rule any-word 0.9\nmatch source:/.*/ cue:^said CLAUSE\n\
                 ok [Lim] said rents fell.\nok [She] said rents fell.\nok [Who] said rents fell?\n\
                 no “Lim” said rents fell.\nno Rents fell.\n";
    let extractor = inquit::Extractor::builder().rules(rules).build().expect("a rule");
    assert_eq!(extractor.check(), []);
    for count in 0..40 {
        let text = format!("{} “é” said rents fell “é”", "“é” ".repeat(count));
        extractor.extract(&text);
    }
}
