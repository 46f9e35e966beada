//! Small texts of constructions that came out wrong in real documents. `tests/field/README.md` describes them.

#[path = "frames/expand.rs"]
#[expect(dead_code, reason = "only items are judged here")]
mod expand;
#[path = "frames/judge.rs"]
#[expect(dead_code, reason = "only whole texts are judged here")]
mod judge;

use expand::Item;
use inquit::{Extractor, Span};
use judge::{Answer, answers, judge};
use serde::Deserialize;

/// So many texts in a hundred are right in everything, at least.
const FLOOR: f64 = 67.0;

#[derive(Deserialize)]
struct Line {
    kind: String,
    text: String,
    items: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    content: Vec<[usize; 2]>,
    source: Option<[usize; 2]>,
    speaker: Option<Vec<String>>,
    kind: String,
}

impl Marked {
    fn item(&self) -> Item {
        let span = |[start, end]: [usize; 2]| Span::new(start, end);
        Item {
            content: self.content.iter().copied().map(span).collect(),
            source: self.source.map(span),
            speaker: self.speaker.clone(),
            kind: self.kind.clone(),
        }
    }
}

fn lines() -> Vec<Line> {
    include_str!("field/texts.jsonl").lines().map(|line| serde_json::from_str(line).expect("a text")).collect()
}

/// The share of texts in which everything is right, in per cent; those that are wrong are printed.
fn share_right(answer: impl Fn(&str) -> Vec<Answer>) -> f64 {
    let lines = lines();
    let wrong = lines.iter().filter(|line| {
        let items: Vec<Item> = line.items.iter().map(Marked::item).collect();
        let answers = answer(&line.text);
        let is_wrong = !judge(&line.text, &items, &answers).is_right();
        if is_wrong {
            println!("{}\n    {}", line.kind, line.text.replace('\n', "\n    "));
        }
        is_wrong
    });
    let wrong = wrong.count();
    100.0 * (lines.len() - wrong) as f64 / lines.len() as f64
}

#[test]
fn most_texts_are_right() {
    let extractor = Extractor::english();
    let share = share_right(|text| answers(&extractor.extract(text)));
    assert!(share >= FLOOR, "{share:.1} of 100 texts are right, must be {FLOOR}");
}

/// A floor that cannot fail is none.
#[test]
fn without_answers_few_are_right() {
    assert!(share_right(|_| Vec::new()) < FLOOR / 2.0);
}

#[test]
fn spans_are_of_the_text() {
    for line in lines() {
        for marked in &line.items {
            let spans = marked.content.iter().chain(&marked.source);
            for &[start, end] in spans {
                assert!(line.text.get(start..end).is_some_and(|words| !words.is_empty()), "{}", line.text);
            }
        }
    }
}
