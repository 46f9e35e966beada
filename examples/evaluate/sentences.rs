//! Makes documents from a grammar: sentences that a corpus of one kind of news seldom holds, marked as it is.

use crate::corpus::{Attribution, Document};
use crate::grammar::{Alternative, Grammar, Mark, Piece, Problem, Slot};
use crate::random::Random;
use inquit::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Of a hundred texts, how many have a plain sentence before them, behind them, and on both sides.
const BESIDE: [usize; 3] = [25, 25, 10];

/// Makes `texts` documents. Each text of the grammar is made as often as its weight says; what stands in its slots, and
/// the order of the documents, follow from `seed`.
pub(crate) fn make(grammar: &Grammar, texts: usize, seed: u64) -> Result<Vec<Document>, Problem> {
    let mut random = Random::new(seed);
    let shapes = &grammar.slots[grammar.text].alternatives;
    let all: usize = shapes.iter().map(|shape| shape.weight).sum();
    let (mut made, mut weight) = (Vec::with_capacity(texts), 0);
    for shape in shapes {
        weight += shape.weight;
        // Rounded so that the sum is right: 128 bits hold the product of any two of these.
        let until = (texts as u128 * weight as u128 / all as u128) as usize;
        while made.len() < until {
            made.push(Writer::write(grammar, shape, &mut random)?);
        }
    }
    random.shuffle(&mut made);
    let documents = made.into_iter().enumerate().map(|(number, (text, attributions))| Document {
        id: format!("sentences-{seed}-{number}"),
        text,
        attributions,
        ignore: Vec::new(),
        layers: None,
    });
    Ok(documents.collect())
}

/// A document as a line of the gold format.
pub(crate) fn line(document: &Document) -> String {
    let pairs = |spans: &[Span]| spans.iter().map(|span| json!([span.start, span.end])).collect::<Vec<_>>();
    let attribution = |one: &Attribution| json!({ "content": pairs(&one.content), "cue": pairs(&one.cue), "source": pairs(&one.source) });
    let attributions: Vec<Value> = document.attributions.iter().map(attribution).collect();
    json!({ "id": document.id, "text": document.text, "attributions": attributions }).to_string()
}

/// A text that is being written.
struct Writer<'g> {
    grammar: &'g Grammar,
    random: &'g mut Random,
    text: String,
    /// Marks that are open: their attributions, and where they begin.
    open: Vec<(&'g [u8], usize)>,
    attributions: BTreeMap<u8, Attribution>,
    /// Whether the next letter is a capital.
    capital: bool,
    /// The line of the text.
    line: usize,
}

impl<'g> Writer<'g> {
    fn write(
        grammar: &'g Grammar,
        shape: &'g Alternative,
        random: &'g mut Random,
    ) -> Result<(String, Vec<Attribution>), Problem> {
        let drawn = random.below(100);
        let sides = [0, BESIDE[0], BESIDE[0] + BESIDE[1], BESIDE.iter().sum()];
        let is_among = |part: usize| (sides[part]..sides[part + 1]).contains(&drawn);
        let plain = grammar.plain.map(|plain| &grammar.slots[plain]);
        let (text, open, attributions) = (String::new(), Vec::new(), BTreeMap::new());
        let mut writer = Writer { grammar, random, text, open, attributions, capital: false, line: shape.line };
        if let Some(plain) = plain.filter(|_| is_among(0) || is_among(2)) {
            writer.slot(plain)?;
            writer.text.push(' ');
        }
        writer.alternative(shape)?;
        if let Some(plain) = plain.filter(|_| is_among(1) || is_among(2)) {
            writer.text.push(' ');
            writer.slot(plain)?;
        }
        if let Some((number, _)) = writer.attributions.iter().find(|(_, one)| one.content.is_empty()) {
            return Err(writer.problem(format!("attribution {number} has no content")));
        }
        Ok((writer.text, writer.attributions.into_values().collect()))
    }

    fn problem(&self, message: String) -> Problem {
        Problem { line: self.line, column: 1, message }
    }

    fn slot(&mut self, slot: &'g Slot) -> Result<(), Problem> {
        let mut drawn = self.random.below(slot.alternatives.iter().map(|one| one.weight).sum());
        let taken = slot.alternatives.iter().find(|one| match drawn.checked_sub(one.weight) {
            Some(left) => {
                drawn = left;
                false
            }
            None => true,
        });
        taken.map_or(Ok(()), |taken| self.alternative(taken))
    }

    fn alternative(&mut self, alternative: &'g Alternative) -> Result<(), Problem> {
        for piece in &alternative.pieces {
            match piece {
                Piece::Words(words) => self.words(words),
                Piece::Slot { slot, capital, .. } => {
                    let is_due = self.capital;
                    self.capital |= *capital;
                    let grammar = self.grammar;
                    self.slot(&grammar.slots[*slot])?;
                    // A slot without words leaves the capital to nobody but whoever asked for it before.
                    self.capital &= is_due;
                }
                Piece::Open(numbers) => self.open.push((numbers, self.text.len())),
                Piece::Close(mark) => self.close(*mark)?,
            }
        }
        Ok(())
    }

    fn words(&mut self, words: &str) {
        for letter in words.chars() {
            if self.capital && letter.is_alphanumeric() {
                self.capital = false;
                self.text.extend(letter.to_uppercase());
            } else {
                self.text.push(letter);
            }
        }
    }

    fn close(&mut self, mark: Mark) -> Result<(), Problem> {
        // Marks are closed in the line that opens them.
        let Some((numbers, start)) = self.open.pop() else { return Ok(()) };
        if start == self.text.len() {
            return Err(self.problem("a mark with no words in it".to_owned()));
        }
        for number in numbers {
            let attribution = self.attributions.entry(*number).or_default();
            let spans = match mark {
                Mark::Content => &mut attribution.content,
                Mark::Source => &mut attribution.source,
                Mark::Cue => &mut attribution.cue,
            };
            spans.push(Span::new(start, self.text.len()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{line, make};
    use crate::corpus::{Document, check};
    use crate::grammar::{Grammar, Piece};

    fn shipped() -> Grammar {
        Grammar::read(include_str!("sentences.txt")).expect("the grammar is read")
    }

    /// What is marked, by attribution: content, cue, source.
    fn marked(document: &Document) -> Vec<[Vec<&str>; 3]> {
        let words = |spans: &[inquit::Span]| spans.iter().map(|span| &document.text[*span]).collect();
        document.attributions.iter().map(|one| [words(&one.content), words(&one.cue), words(&one.source)]).collect()
    }

    fn only(grammar: &str) -> Document {
        make(&Grammar::read(grammar).unwrap(), 1, 1).unwrap().remove(0)
    }

    #[test]
    fn spans_are_those_of_the_marked_words() {
        let document = only(
            ":text\n{1:“$q!!”} [1,2:$who] <1:cried>, <2:adding> {2:that it was 5 o’clock}, {2:and $q}.\n:q\nöl is $much\n:who\nZoë\n:much\n$2",
        );
        assert_eq!(document.text, "“Öl is $2!” Zoë cried, adding that it was 5 o’clock, and öl is $2.");
        assert_eq!(
            marked(&document),
            [
                [vec!["“Öl is $2!”"], vec!["cried"], vec!["Zoë"]],
                [vec!["that it was 5 o’clock", "and öl is $2"], vec!["adding"], vec!["Zoë"]],
            ]
        );
        check(&document).unwrap();
    }

    #[test]
    fn marks_may_stand_in_slots_and_in_marks() {
        let document = only(":text\n{$c!, [$who] <says>, it rains}.\n:c\n<so>\n:who\nthe {old} man");
        assert_eq!(document.text, "So, the old man says, it rains.");
        let [content, cue, source] = &marked(&document)[0];
        assert_eq!((cue.as_slice(), source.as_slice()), (&["So", "says"][..], &["the old man"][..]));
        assert_eq!(content.as_slice(), ["old", "So, the old man says, it rains"]);
    }

    #[test]
    fn capitals_are_those_that_were_asked_for() {
        let text = |rest: &str| only(&format!(":text\n{rest}\n:none\n-\n:mark\n“\n:a\n$mark$b\n:b\nb")).text;
        assert_eq!(text("$a! b"), "“B b");
        assert_eq!(text("$none!b $b!"), "b B");
        assert_eq!(text("$mark!b"), "“b");
        assert_eq!(text("$b!! $b"), "B! b");
    }

    #[test]
    fn weights_say_how_often_and_plain_sentences_stand_beside() {
        let grammar = Grammar::read(":text\n3 a\nb\n:plain\nRain.").unwrap();
        let texts: Vec<String> = make(&grammar, 400, 5).unwrap().into_iter().map(|made| made.text).collect();
        let count = |holds: &dyn Fn(&str) -> bool| texts.iter().filter(|text| holds(text)).count();
        assert_eq!((texts.len(), count(&|text| text.contains('a') && !text.contains('b'))), (400, 300), "no other a");
        let (before, behind) = (|text: &str| text.starts_with("Rain. "), |text: &str| text.ends_with(" Rain."));
        let shares = [
            count(&|text| before(text) && !behind(text)),
            count(&|text| behind(text) && !before(text)),
            count(&|text| before(text) && behind(text)),
        ];
        assert!((80..=120).contains(&shares[0]) && (80..=120).contains(&shares[1]), "{shares:?}");
        assert!((20..=60).contains(&shares[2]), "{shares:?}");
    }

    #[test]
    fn texts_follow_from_the_seed() {
        let grammar = shipped();
        let lines = |seed| make(&grammar, 300, seed).unwrap().iter().map(line).collect::<Vec<_>>();
        assert_eq!(lines(1), lines(1));
        let (one, other) = (lines(1), lines(2));
        assert!(one.iter().zip(&other).filter(|(one, other)| one == other).count() == 0);
    }

    #[test]
    fn what_cannot_be_marked_is_told() {
        for (grammar, expected) in [
            (":text\na\n[b] <says>", "3:1: attribution 1 has no content"),
            (":text\n{1:a} <2:says>", "2:1: attribution 2 has no content"),
            (":text\n{a} [$who]\n:who\n-", "2:1: a mark with no words in it"),
        ] {
            let problem = make(&Grammar::read(grammar).unwrap(), 10, 1).expect_err(grammar);
            assert_eq!(problem.to_string(), expected);
        }
    }

    #[test]
    fn the_shipped_grammar_makes_documents() {
        let grammar = shipped();
        let documents = make(&grammar, 2000, 1).unwrap();
        assert_eq!(documents.len(), 2000);
        for document in &documents {
            check(document).unwrap();
            let text = &document.text;
            let has_slot =
                text.split('$').skip(1).any(|behind| !behind.starts_with(|next: char| next.is_ascii_digit()));
            assert!(!has_slot && !text.contains(['{', '}', '[', ']', '<', '>']), "{text}");
            assert!(!text.contains("  ") && !text.starts_with(' ') && text == text.trim_end(), "{text}");
            let read: Document = serde_json::from_str(&line(document)).unwrap();
            assert_eq!((&read.id, text, &read.attributions), (&document.id, &read.text, &document.attributions));
        }
        let silent = documents.iter().filter(|document| document.attributions.is_empty()).count();
        assert!((400..1200).contains(&silent), "{silent} texts without a report");
    }

    #[test]
    fn every_slot_of_the_shipped_grammar_is_used() {
        let grammar = shipped();
        let mut used = vec![false; grammar.slots.len()];
        let mut next = vec![grammar.text, grammar.plain.expect("there are plain sentences")];
        while let Some(slot) = next.pop() {
            if std::mem::replace(&mut used[slot], true) {
                continue;
            }
            let pieces = grammar.slots[slot].alternatives.iter().flat_map(|one| &one.pieces);
            next.extend(pieces.filter_map(|piece| match piece {
                Piece::Slot { slot, .. } => Some(*slot),
                _ => None,
            }));
        }
        let unused: Vec<&str> =
            grammar.slots.iter().zip(used).filter(|(_, used)| !used).map(|(slot, _)| slot.name.as_str()).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
