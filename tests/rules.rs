//! Every rule carries its own tests.

#[test]
fn built_in_rules_live_up_to_their_examples() {
    let failures = inquit::Extractor::english().check();
    let report: Vec<String> = failures.iter().map(ToString::to_string).collect();
    assert!(report.is_empty(), "\n{}", report.join("\n"));
}
