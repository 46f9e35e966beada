//! `explain` tells of the run that `extract` makes.

mod samples;

use inquit::{Coverage, ExplainedCandidate, Explanation, Extraction, Extractor, Gate, Outcome, Quote, QuoteKind, Span};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

const COVERAGES: [Coverage; 3] = [Coverage::Direct, Coverage::Speech, Coverage::Attribution];

/// Rule, cue and source of what was kept or reported.
type Key = (String, Option<Span>, Option<Span>);

fn reported(found: &Extraction<'_>) -> Vec<Key> {
    // What the sieves find by themselves was no proposal.
    const SIEVES: [&str; 5] = ["unattributed", "inherited", "turns", "turn", "dash"];
    let quotes = found.quotes().filter(|quote| !SIEVES.contains(&quote.rule()));
    // An announced block goes on where the proposal of its first paragraph ends.
    let rule =
        |quote: &Quote<'_>| if quote.rule() == "block" { "announced-paragraph" } else { quote.rule() }.to_owned();
    let key = quotes.map(|quote| (rule(&quote), quote.cue_span(), quote.source().map(|source| source.span())));
    let mut keys: Vec<Key> = key.collect();
    // In marks alone, one proposal may be several quotations.
    keys.sort();
    keys.dedup();
    keys
}

fn kept(explanation: &Explanation) -> Vec<Key> {
    let kept = explanation.candidates.iter().filter(|candidate| candidate.outcome == Outcome::Kept);
    let mut keys: Vec<Key> = kept.map(|kept| (kept.rule.clone(), kept.cue, kept.source)).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// A thousand texts: paragraphs of these sentences in every mix, and broken ones.
fn texts() -> Vec<String> {
    const SENTENCES: [&str; 35] = [
        "BRANDT: Did we sail?",
        "ROE: We did, and you saw us.",
        "Lim said:",
        "We sail at six, and you know it.",
        "—Are you coming? said Lim.",
        "“We sail at six,” said Ana Lim.",
        "“We sail,” Lim told reporters on Monday, “and we sail now.”",
        "“Now or never!” she cried. “It is late.”",
        "Brandt called the plan “a cruel joke” on tenants.",
        "Brandt said the plan was “cruel” and “dumb.”",
        "According to Weck, the lamp was out.",
        "The lamp was out, officials said.",
        "The ferry was late, the harbour office said in a statement, and nobody knew why.",
        "Her novel “The Long Rain” won.",
        "The “truce” lasted an hour.",
        "Lim said that rents would fall, but the board did not agree.",
        "Lim said it was late and added that the pier was shut.",
        "The mayor, who said she was tired, left early.",
        "Asked whether rents would fall, Lim said yes.",
        "Lim believes the tide will turn.",
        "He left on Monday, saying “enough.”",
        "Citing a new report, Lim attacked the plan.",
        "The claim was dismissed by Weck as “fiction.”",
        "“We lost,” Lim said, according to the Herald.",
        "The Herald reported that Lim said the well was dry.",
        "It is widely believed that the well is dry.",
        "Lim: “Rents will fall.”",
        "“Nobody asked us.”",
        "The study found that one in ten had left.",
        "She added two spoons of salt and called a taxi.",
        "Did Lim say that the quay was safe? Roe denied it.",
        "‘It is theft,’ said Tom Roe, a baker. ‘And you know it.’",
        "The council urged the crew to wait, warning of floods.",
        "“LIM: Why now?”",
        "“ROE: Why not?”",
    ];
    let mut runner = TestRunner::deterministic();
    let sentences = proptest::collection::vec(proptest::sample::select(&SENTENCES[..]), 1..7);
    let paragraphs = proptest::collection::vec(sentences.prop_map(|some| some.join(" ")), 1..5);
    let texts = paragraphs.prop_map(|some| some.join("\n\n"));
    let whole = (0..600).map(|_| texts.new_tree(&mut runner).expect("a text").current()).collect::<Vec<_>>();
    let broken = (0..400).map(|_| samples::texts().new_tree(&mut runner).expect("a text").current());
    whole.into_iter().chain(broken).chain(samples::TEXTS.map(str::to_owned)).collect()
}

#[test]
fn what_is_kept_is_what_is_reported() {
    let texts = texts();
    assert!(texts.len() >= 1000);
    let mut count = 0;
    for (number, coverage) in COVERAGES.into_iter().enumerate() {
        let extractor = Extractor::english().with_coverage(coverage);
        for text in &texts {
            let found = samples::read(text, number);
            let explanation = extractor.explain(text);
            let kept = kept(&explanation);
            assert_eq!(kept, reported(&found), "{coverage:?}: {text}");
            count += kept.len();
        }
    }
    assert!(count > 1000, "the texts hold quotations: {count}");
}

fn candidate<'e>(explanation: &'e Explanation, text: &str, content: &str) -> &'e ExplainedCandidate {
    let fits = |candidate: &&ExplainedCandidate| candidate.content.iter().any(|span| &text[*span] == content);
    let mut all = explanation.candidates.iter().filter(fits);
    all.next().unwrap_or_else(|| panic!("no proposal has the content {content}"))
}

#[test]
fn a_proposal_that_is_dropped_says_why() {
    let english = Extractor::english();
    let outcomes = |text: &str, coverage: Coverage| -> Vec<Outcome> {
        let explanation = english.clone().with_coverage(coverage).explain(text);
        explanation.candidates.iter().map(|candidate| candidate.outcome).collect()
    };
    let text = "“We lost,” Lim said, according to the Herald.";
    let all = outcomes(text, Coverage::Speech);
    assert!(all.iter().any(|outcome| matches!(outcome, Outcome::Enclosed { .. } | Outcome::Crossed { .. })), "{all:?}");
    let text = "Lim believes that rents will fall, she said: “Wait.”";
    let all = outcomes(text, Coverage::Speech);
    assert!(all.contains(&Outcome::TellsOfNoWords), "{all:?}");
    let text = "“We stay,” said Ana Lim.";
    let explanation = english.explain(text);
    assert_eq!(candidate(&explanation, text, "“We stay,”").kind, QuoteKind::Direct);
    for candidate in &explanation.candidates {
        if let Outcome::Outscored { by } | Outcome::Crossed { by } = candidate.outcome {
            assert!(explanation.candidates[by].score >= candidate.score || candidate.kind == QuoteKind::Direct);
        }
        if let Outcome::Unlikely { least } = candidate.outcome {
            assert!(candidate.score < least);
        }
    }
}

#[test]
fn a_word_that_is_passed_over_says_why() {
    let text = "The bridge is said to be old. Ana Lim found a coin in the report of the day.";
    let explanation = Extractor::english().explain(text);
    let gated: Vec<_> = explanation.tokens.iter().filter_map(|token| Some((&text[token.span], token.gate?))).collect();
    assert!(gated.iter().any(|(_, gate)| *gate == Gate::Open), "{gated:?}");
    assert!(gated.iter().any(|(_, gate)| *gate != Gate::Open), "{gated:?}");
    let attribution = Extractor::english().with_coverage(Coverage::Attribution).explain(text);
    assert!(attribution.tokens.iter().all(|token| token.gate != Some(Gate::TellsOfNoWords)));
}
