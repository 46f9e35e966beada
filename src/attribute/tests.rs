//! What the rules are asked first passes over none that matches.

use super::{Coverage, anchors_at};
use crate::extract::Extractor;
use crate::rules::matcher::Matcher;
use once_cell::sync::Lazy;
use proptest::prelude::*;

const WORDS: [&str; 48] = [
    "Lim",
    "Ana",
    "Mr.",
    "the",
    "a",
    "his",
    "mayor",
    "board",
    "of",
    "in",
    "said",
    "says",
    "told",
    "added",
    "that",
    "rents",
    "would",
    "fall",
    "rise",
    "who",
    "which",
    "it",
    "was",
    "he",
    "she",
    "they",
    "him",
    "according",
    "to",
    "claim",
    "report",
    "reports",
    "wrote",
    "on",
    "Monday",
    "“No,”",
    "“Rents will fall.”",
    "“truce”",
    ",",
    ".",
    ":",
    "—",
    "and",
    "but",
    "adding",
    "has",
    "not",
    "\n\n",
];

/// Rules that read what the built-in ones do not: past the end of a sentence, letters, repeats of whole phrases,
/// looks one behind the other, edges behind anything.
static ODD: Lazy<Extractor> = Lazy::new(|| {
    const PATTERNS: [&str; 15] = [
        "(NOMINAL ,)* . cue:^said CLAUSE",
        "(. | ,) NAME? cue:^said CLAUSE",
        "Q . source:NAME cue:^(said | told) (, | .)? CLAUSE",
        "source:/[A-Z].*/ cue:^(said | says) /that|the/ CLAUSE",
        "START (NAME (of | in) DET)* source:NAME cue:^VERBAL (to (him | DET NOUN))* END CLAUSE",
        "(, | .){0,3} START source:(NAME | PRONOUN) cue:^SAY <SAY >THAT CLAUSE",
        "source:NAME{1,70} cue:^SAY (>that >!NAME | >Q) CLAUSE",
        "source:(NAME (, NAME){0,2})? and? cue:^CUE .? END CLAUSE",
        "(NP | NP of NP | >!NAME NP){1,3} cue:^SAY (NP{0,2} | . NP) END >!NAME CLAUSE",
        "Q source:NP (<NAME | >WHO) cue:^SAY (, Q | . Q | NP . >Q) CLAUSE",
        "source:NAME cue:^CUE . END CLAUSE",
        "source:NAME cue:^SAY (PEEK | NAME{2}) CLAUSE",
        "source:NAME cue:^SAY (NAME | that)? >(. | COMMA) CLAUSE",
        "cue:^(the | a) (. | NOMINAL){2,9} >QEND CLAUSE",
        "END cue:^(he | she | it) (START | VERBAL)? VERBAL? (END | that) CLAUSE",
    ];
    let rules = PATTERNS.iter().enumerate().map(|(number, pattern)| {
        format!(
            "rule odd-{number} 0.5\nmatch {pattern}\nok Lim said.\nok Lim said.\nok Lim said.\nno Lim.\nno Lim.\n\n"
        )
    });
    let text = rules.fold("def PEEK = NAME? >that\n\n".to_owned(), |text, rule| text + &rule);
    Extractor::builder().rules(text).build().expect("odd rules are rules")
});

proptest! {
    /// What the questions before the rules pass over, no rule matches: with and without them, the same.
    #[test]
    fn no_rule_that_matches_is_passed_over(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 1..60)) {
        let text = words.join(" ");
        for extractor in [&Extractor::english(), &*ODD] {
            let (mut quick, mut slow) = (Matcher::default(), Matcher::default());
            slow.takes_all = true;
            let mut odd = Vec::new();
            extractor.each_unit(&text, Coverage::Attribution, |unit| {
                let tokens = unit.context.tokens.list().len();
                quick.begin_unit(&unit.context);
                slow.begin_unit(&unit.context);
                for at in 0..tokens {
                    let roles = unit.context.program.role_anchors.iter();
                    let anchors: Vec<u16> = anchors_at(unit, at).iter().chain(roles).copied().collect();
                    let found = quick.rules_at(&unit.context, &anchors, at).to_vec();
                    if found != slow.rules_at(&unit.context, &anchors, at) {
                        odd.push(at);
                    }
                }
            });
            prop_assert!(odd.is_empty(), "{text}: {odd:?}");
        }
    }
}
