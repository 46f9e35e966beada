//! What words that may be a cue stand with, and how often they are one there.
//!
//! A line of the table is a head (the base form of a word rules start from), a frame, how often the head stands in that
//! frame, and how often it is then part of the cue of a marked attribution. The frame is told from the classes of the
//! tokens behind the word, adverbs and negations passed over:
//!
//! * `quote`: a quoted string, perhaps behind a comma, colon or dash;
//! * `that`, `wh` (*who*, *what*, *how*, *whether*, *if* …), `to` with a verb, `gerund`;
//! * `of`, `about`, `for`, *to* without a verb and all other prepositions: the word itself;
//! * `noun`: a noun phrase and nothing of the following; `clause`: a noun phrase and a finite verb (*said rents fell*);
//! * `noun+that`, `noun+to`, `noun+wh`, `noun+quote`, `noun+for` …: a noun phrase, mostly the one spoken to, and what
//!   follows it; *to* here is always `to`;
//! * `be`: a form of *be*, *have* or a modal, mostly behind nouns; `colon`, `comma`, `end` (of the sentence, or of the
//!   clause by a dash, bracket or semicolon); `other`.

use crate::corpus::Document;
use crate::words::Words;
use inquit::{ExplainedToken, Extractor};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write};

/// How often a head stands in a frame, and how often it is a cue there.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    counts: BTreeMap<(String, String), (usize, usize)>,
}

impl Frames {
    pub(crate) fn add(&mut self, extractor: &Extractor, document: &Document) {
        let words = Words::of(&document.text);
        let cues = document.attributions.iter().flat_map(|attribution| words.within(&attribution.cue));
        let cues: HashSet<usize> = cues.collect();
        let tokens = extractor.proposals(&document.text).tokens;
        for (at, token) in tokens.iter().enumerate() {
            let Some(head) = &token.head else { continue };
            let frame = frame(&document.text, tokens.get(at + 1..).unwrap_or_default());
            let count = self.counts.entry((head.clone(), frame)).or_default();
            count.0 += 1;
            count.1 += usize::from(words.within(&[token.span]).iter().any(|word| cues.contains(word)));
        }
    }

    /// Prints the frames that occur `least` times or more, the most frequent first.
    pub(crate) fn print(&self, out: &mut dyn Write, least: usize) -> io::Result<()> {
        let mut rows: Vec<_> = self.counts.iter().filter(|(_, count)| count.0 >= least).collect();
        rows.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(b.0)));
        writeln!(out, "# head frame count attributions, counted by `examples/evaluate --frames`.")?;
        for ((head, frame), (count, attributions)) in rows {
            writeln!(out, "{head} {frame} {count} {attributions}")?;
        }
        Ok(())
    }
}

/// What a token is, as far as frames go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Quote,
    Comma,
    Colon,
    Break,
    That,
    Wh,
    To,
    Gerund,
    Preposition,
    Pronoun,
    Noun,
    Finite,
    Auxiliary,
    Skipped,
    Other,
}

/// The sort of each class that decides; of those a token has, the first that stands here does.
const SORTS: [(&str, Sort); 37] = [
    ("Q", Sort::Quote),
    ("QOPEN", Sort::Quote),
    ("STOP", Sort::Break),
    ("SEMICOLON", Sort::Break),
    ("DASH", Sort::Break),
    ("OPEN", Sort::Break),
    ("CLOSE", Sort::Break),
    ("COMMA", Sort::Comma),
    ("COLON", Sort::Colon),
    ("NOT", Sort::Skipped),
    ("TO", Sort::To),
    ("THAT", Sort::That),
    ("WHO", Sort::Wh),
    ("WH", Sort::Wh),
    ("PRONOUN", Sort::Pronoun),
    ("OBJECT", Sort::Pronoun),
    ("POSSESSIVE", Sort::Noun),
    ("DET", Sort::Noun),
    ("SUBORD", Sort::Preposition),
    ("PREP", Sort::Preposition),
    ("BE", Sort::Auxiliary),
    ("HAVE", Sort::Auxiliary),
    ("MODAL", Sort::Auxiliary),
    ("NUMBER", Sort::Noun),
    ("TITLE", Sort::Noun),
    ("NAME", Sort::Noun),
    ("ROLE", Sort::Noun),
    ("GROUP", Sort::Noun),
    ("DOCUMENT", Sort::Noun),
    ("GERUND", Sort::Gerund),
    ("ADVERB", Sort::Skipped),
    // A word that may be a noun or a verb is rather a noun here.
    ("PLURAL", Sort::Noun),
    ("ADJ", Sort::Noun),
    ("NOUN", Sort::Noun),
    ("PAST", Sort::Finite),
    ("VERBS", Sort::Finite),
    ("VERB", Sort::Finite),
];

fn sort(text: &str, token: &ExplainedToken) -> Sort {
    if matches!(text[token.span].to_lowercase().as_str(), "if" | "whether") {
        return Sort::Wh;
    }
    let has = |class: &str| token.classes.split('+').any(|own| own == class);
    SORTS.iter().find(|(class, _)| has(class)).map_or(Sort::Other, |(_, sort)| *sort)
}

/// The frame that these tokens make, which stand behind a cue.
fn frame(text: &str, tokens: &[ExplainedToken]) -> String {
    const FURTHEST: usize = 12;
    let tokens = &tokens[..tokens.len().min(FURTHEST)];
    let sorts: Vec<Sort> = tokens.iter().map(|token| sort(text, token)).collect();
    let skipped = sorts.iter().take_while(|sort| **sort == Sort::Skipped).count();
    let rest = &sorts[skipped..];
    let word = |at: usize| text[tokens[skipped + at].span].to_lowercase();
    let has = |at: usize, class: &str| {
        tokens.get(skipped + at).is_some_and(|token| token.classes.split('+').any(|own| own == class))
    };
    let name = match rest {
        [] | [Sort::Break, ..] if rest.get(1) != Some(&Sort::Quote) || !has(0, "DASH") => "end",
        [Sort::Quote, ..] | [Sort::Comma | Sort::Colon | Sort::Break, Sort::Quote, ..] => "quote",
        [Sort::Comma, ..] => "comma",
        [Sort::Colon, ..] => "colon",
        [Sort::That, ..] => "that",
        [Sort::Wh, ..] => "wh",
        [Sort::To, ..] if has(1, "VERB") || has(1, "BE") || has(1, "HAVE") => "to",
        [Sort::To | Sort::Preposition, ..] => return word(0),
        [Sort::Gerund, ..] => "gerund",
        [Sort::Auxiliary, ..] => "be",
        [Sort::Noun | Sort::Pronoun, ..] => return behind_noun(rest, word),
        _ => "other",
    };
    name.to_owned()
}

/// The frame of a noun phrase and what follows it.
fn behind_noun(sorts: &[Sort], word: impl Fn(usize) -> String) -> String {
    let phrase = |sort: &&Sort| matches!(sort, Sort::Noun | Sort::Skipped);
    let own = 1 + if sorts[0] == Sort::Pronoun { 0 } else { sorts[1..].iter().take_while(phrase).count() };
    let what = match sorts.get(own) {
        Some(Sort::Quote) => "quote".to_owned(),
        Some(Sort::Comma | Sort::Colon) if sorts.get(own + 1) == Some(&Sort::Quote) => "quote".to_owned(),
        Some(Sort::That) => "that".to_owned(),
        Some(Sort::Wh) => "wh".to_owned(),
        Some(Sort::To) => "to".to_owned(),
        Some(Sort::Preposition) => word(own),
        Some(Sort::Finite | Sort::Auxiliary) => return "clause".to_owned(),
        // A second noun phrase: told reporters he would stay.
        Some(Sort::Pronoun) => "clause".to_owned(),
        _ => return "noun".to_owned(),
    };
    format!("noun+{what}")
}

#[cfg(test)]
mod tests {
    use super::frame;
    use inquit::Extractor;

    #[test]
    fn frames_are_told_from_what_follows() {
        let extractor = Extractor::english();
        for (text, head, expected) in [
            ("Ana Lim said that rents fell.", "say", "that"),
            ("Ana Lim said rents would fall.", "say", "clause"),
            ("Ana Lim said, “Rents will fall.”", "say", "quote"),
            ("Ana Lim asked whether it rained.", "ask", "wh"),
            ("Ana Lim told reporters that it rained.", "tell", "noun+that"),
            ("Ana Lim urged him to leave.", "urge", "noun+to"),
            ("Ana Lim vowed to leave.", "vow", "to"),
            ("Ana Lim warned of floods.", "warn", "of"),
            ("“It rains,” Ana Lim said.", "say", "end"),
            ("“It rains,” said Ana Lim.", "say", "noun"),
        ] {
            let tokens = extractor.proposals(text).tokens;
            let at = tokens.iter().position(|token| token.head.as_deref() == Some(head));
            let at = at.unwrap_or_else(|| panic!("{text}: no word stands for {head}"));
            assert_eq!(frame(text, &tokens[at + 1..]), expected, "{text}");
        }
    }
}
