//! Runs what the fuzz targets run, over texts, rules and words that are damaged in fixed ways.

mod fuzzed;
#[path = "../benches/text/mod.rs"]
mod text;

use text::{Random, hostile};

/// Pieces that are dropped into the seeds.
const PIECES: [&str; 32] = [
    "“",
    "”",
    "\"",
    "'",
    "’",
    "‘",
    "«",
    "…",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "^",
    "|",
    "*",
    "?",
    "+",
    ":",
    "—",
    "\n",
    "\n\n",
    "\n---\n",
    " said ",
    " Ana Lim ",
    " that ",
    "\u{feff}",
    "\u{301}",
    "🔒",
    "\0",
    "match ",
];

/// The seed as it is, and so many times with a few bytes cut out, doubled, changed or put in.
fn damaged(seed: &str, times: usize, random: &mut Random) -> Vec<Vec<u8>> {
    let mut all = vec![seed.as_bytes().to_vec()];
    for _ in 0..times {
        let mut bytes = seed.as_bytes().to_vec();
        for _ in 0..=random.below(6) {
            let at = random.below(bytes.len() + 1);
            let end = (at + random.below(12)).min(bytes.len());
            match random.below(4) {
                0 => drop(bytes.drain(at..end)),
                1 => drop(bytes.splice(at..at, bytes[at..end].to_vec())),
                2 => bytes[at..end].iter_mut().for_each(|byte| *byte ^= 1 << random.below(8)),
                _ => drop(bytes.splice(at..at, PIECES[random.below(PIECES.len())].bytes())),
            }
        }
        all.push(bytes);
    }
    all
}

/// Runs a target over all seeds and tells how many inputs there were.
fn run<'s>(target: fn(&[u8]), seeds: impl IntoIterator<Item = &'s str>, times: usize) -> usize {
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let inputs: Vec<Vec<u8>> = seeds.into_iter().flat_map(|seed| damaged(seed, times, &mut random)).collect();
    inputs.iter().for_each(|input| target(input));
    inputs.len()
}

#[test]
fn damaged_texts_are_read() {
    let stories = text::news(6_000).documents.into_iter().chain(text::novel(4_000).documents);
    let texts: Vec<String> = stories.chain(hostile::ALL.iter().map(|(_, make)| make(300))).collect();
    assert!(run(fuzzed::extract, texts.iter().map(String::as_str), 5) > 300);
}

const RULES: [&str; 3] = [
    include_str!("../examples/data/court.rules"),
    "def BOAT = (old | new){0,2} (ferry | /barge-\\d+/)\nrule boat 0.8\nmatch START source:(the BOAT) cue:(NOT? \
     ^(radioed | sent)) >THAT CLAUSE\nok [The ferry] radioed {that it was late}.\nno The ferry left.\n---\n“Go.” The \
     ferry radioed that it was late.",
    "rule odd 0.99\nmatch FRONT , (addressee:OBJECT)? source:NAME+ <!Q cue:^SAY REST\nok {Go}, [Ana] said.\nno \
     Ana.\nrole ship title 0.9\nmatch (ferry | tug) ^Q&SHORT\nok The ferry “Star” sank.\nno “Star.”",
];

#[test]
fn damaged_rules_are_read_or_refused() {
    assert_eq!(run(fuzzed::rules, RULES, 15), 48);
}

const WORDS: [&str; 3] = [
    include_str!("../examples/data/court.words"),
    "[verb SAY] snark quip+ write(wrote written)\n[SHIP] ferry # a boat\n---\n“Rain,” Ana snarked. “Fog,” he quipped.",
    "[ROLE NOUN PLURAL] dockers\n[verb TELL SAY] reply(replied) Łód+ é",
];

#[test]
fn damaged_words_are_read_or_refused() {
    assert_eq!(run(fuzzed::words, WORDS, 15), 48);
}

#[test]
fn damaged_quotations_are_looked_for() {
    const TEXT: &str = "“If it rains,” said Ana Lim, “we don’t sail.” The ferry [of Lund] left… at six — it said so.";
    const QUOTATIONS: [&str; 6] = [
        "If it rains, we don't sail.",
        "\"If it […] rains we sail\"",
        "the ferry ... left -- at six",
        "[T]he ferry (of Lund)",
        "",
        "we",
    ];
    let seeds: Vec<String> = QUOTATIONS.iter().map(|quotation| format!("{quotation}\n{TEXT}\n{TEXT}")).collect();
    assert_eq!(run(fuzzed::locate_line, seeds.iter().map(String::as_str), 60), 6 * 61);
}
