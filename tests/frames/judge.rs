//! What became of the reports in a text.
//!
//! An item is right if the content is the same (quotation marks, punctuation, *that* and *and* aside), the source is the
//! same mention (articles aside; an apposition may belong to it), the speaker has one of the names it may have, and the
//! kind is right.

use super::expand::Item;
use inquit::{Extraction, Span};
use std::collections::BTreeMap;

/// An answer of the extractor.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) content: Vec<Span>,
    pub(crate) source: Option<Span>,
    pub(crate) speaker: Option<String>,
    pub(crate) kind: String,
    pub(crate) confidence: f32,
    pub(crate) rule: String,
}

/// The answers of an extraction.
pub(crate) fn answers(extraction: &Extraction<'_>) -> Vec<Answer> {
    let answer = |quote: inquit::Quote<'_>| Answer {
        content: quote.spans().to_vec(),
        source: quote.source().map(|source| source.span()),
        speaker: quote.speaker().map(|speaker| speaker.name().to_owned()),
        kind: quote.kind().name().to_owned(),
        confidence: quote.confidence(),
        rule: quote.rule().to_owned(),
    };
    extraction.quotes().map(answer).collect()
}

impl Answer {
    fn is_sure(&self) -> bool {
        // As records round it.
        (self.confidence * 1000.0).round() >= 800.0
    }
}

/// What became of an item, from best to worst: the first thing that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    Right,
    Kind,
    Speaker,
    Source,
    Content,
    /// No answer touches it.
    Nothing,
}

impl Fate {
    pub(crate) const ALL: [Fate; 6] =
        [Fate::Right, Fate::Kind, Fate::Speaker, Fate::Source, Fate::Content, Fate::Nothing];
}

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) items: Vec<Fate>,
    /// Answers that belong to no item.
    pub(crate) extra: usize,
    /// Answers with a confidence of .8 or more, and how many of them are wrong in anything.
    pub(crate) sure: usize,
    pub(crate) wrong: usize,
}

impl Verdict {
    pub(crate) fn is_right(&self) -> bool {
        self.extra == 0 && self.items.iter().all(|fate| *fate == Fate::Right)
    }
}

/// Judges the answers for a text.
pub(crate) fn judge(text: &str, items: &[Item], answers: &[Answer]) -> Verdict {
    let mut used: BTreeMap<usize, Fate> = BTreeMap::new();
    let mut verdict = Verdict::default();
    for item in items {
        let (start, end) = (item.content[0].start, item.content[item.content.len() - 1].end);
        let touches = |answer: &Answer| answer.content.iter().any(|span| span.start < end && start < span.end);
        let touching: Vec<usize> =
            (0..answers.len()).filter(|at| !used.contains_key(at) && touches(&answers[*at])).collect();
        let mut tries: Vec<(Vec<usize>, Answer)> = touching.iter().map(|&at| (vec![at], answers[at].clone())).collect();
        if let [first, others @ ..] = touching.as_slice()
            && item.content.len() > 1
            && !others.is_empty()
            && others.iter().all(|&at| answers[at].speaker == answers[*first].speaker)
        {
            // What is interrupted may be told in parts.
            let mut content: Vec<Span> = touching.iter().flat_map(|&at| answers[at].content.clone()).collect();
            content.sort_unstable_by_key(|span| (span.start, span.end));
            tries.push((touching.clone(), Answer { content, ..answers[*first].clone() }));
        }
        let fates = tries.iter().map(|(_, answer)| fate(text, item, answer));
        let best = fates.enumerate().min_by_key(|&(at, fate)| (fate, at));
        let best = best.filter(|(_, fate)| *fate < Fate::Nothing);
        verdict.items.push(best.map_or(Fate::Nothing, |(_, fate)| fate));
        if let Some((at, fate)) = best {
            used.extend(tries[at].0.iter().map(|&at| (at, fate)));
        }
    }
    for (at, answer) in answers.iter().enumerate() {
        let own = used.get(&at);
        verdict.extra += usize::from(own.is_none());
        verdict.sure += usize::from(answer.is_sure());
        verdict.wrong += usize::from(answer.is_sure() && own != Some(&Fate::Right));
    }
    verdict
}

const PRONOUNS: [&str; 10] = ["he", "she", "they", "it", "i", "we", "who", "him", "her", "them"];
const ARTICLES: [&str; 6] = ["the ", "a ", "an ", "his ", "her ", "their "];

/// What an answer makes of an item that it touches.
fn fate(text: &str, item: &Item, answer: &Answer) -> Fate {
    if words(text, &answer.content) != words(text, &item.content) {
        return Fate::Content;
    }
    if let Some(marked) = item.source {
        let Some(found) = answer.source else { return Fate::Source };
        let (wanted, own) = (head(&text[marked]), head(&text[found]));
        let behind = own.strip_prefix(&wanted);
        // A pronoun is told by its place.
        if !behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(','))
            || PRONOUNS.contains(&own.as_str()) && found.start != marked.start
        {
            return Fate::Source;
        }
    }
    if let Some(names) = &item.speaker {
        let name = head(answer.speaker.as_deref().unwrap_or_default());
        if !names.iter().any(|one| head(one) == name) {
            return Fate::Speaker;
        }
    }
    if answer.kind == item.kind { Fate::Right } else { Fate::Kind }
}

/// The words of some spans, without those that may stand at the edge of content.
fn words(text: &str, spans: &[Span]) -> Vec<String> {
    let pieces: Vec<&str> = spans.iter().map(|span| &text[*span]).collect();
    let lower = pieces.join(" ").to_lowercase();
    let words = lower.split(|letter: char| !(letter.is_alphanumeric() || "_’'$%".contains(letter)));
    let words = words.map(|word| word.trim_matches(['’', '\'']));
    words.filter(|word| !matches!(*word, "" | "and" | "that")).map(str::to_owned).collect()
}

/// A source or name without article, marks and capitals.
fn head(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_edge = |letter: char| letter == ' ' || "“”‘’\"'.,;:!?—–-«»".contains(letter);
    let lower = joined.trim_matches(is_edge).to_lowercase();
    ARTICLES.iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower).to_owned()
}
