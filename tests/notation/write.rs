//! Writes texts in the notation.

use super::{BRACKETS, Shape};
use inquit::Span;
use std::collections::BTreeMap;

/// Quotations that share a bracket: their numbers, and who is behind it.
#[derive(Default)]
struct Sharers {
    numbers: Vec<String>,
    speaker: Option<String>,
}

/// A text with brackets around all that the numbered quotations hold, the speaker behind the source, or behind the
/// first piece of content where there is no source.
pub(super) fn marked(text: &str, shapes: &BTreeMap<u8, Shape>, labelled: bool) -> String {
    let mut brackets: BTreeMap<(Span, usize), Sharers> = BTreeMap::new();
    for (number, shape) in shapes {
        let spans = shape.content.iter().map(|span| (*span, 0)).chain(shape.source.map(|span| (span, 1)));
        let spans = spans.chain(shape.cue.map(|span| (span, 2))).chain(shape.addressee.map(|span| (span, 3)));
        spans.for_each(|key| brackets.entry(key).or_default().numbers.push(number.to_string()));
        let behind = shape.source.map_or((shape.content[0], 0), |span| (span, 1));
        let sharers = brackets.entry(behind).or_default();
        sharers.speaker = sharers.speaker.take().or(shape.speaker.clone());
    }
    // Where to write what: closing brackets first, the inner one before the outer.
    let mut insertions: Vec<(usize, u8, usize, String)> = Vec::new();
    for ((span, bracket), Sharers { numbers, speaker }) in brackets {
        let (open, close) = BRACKETS[bracket];
        let label = if labelled { format!("{}:", numbers.join(",")) } else { String::new() };
        let speaker = speaker.map_or(String::new(), |name| format!(" = {name}"));
        insertions.push((span.start, 1, usize::MAX - span.len(), format!("{open}{label}")));
        insertions.push((span.end, 0, span.len(), format!("{speaker}{close}")));
    }
    insertions.sort();
    let mut insertions = insertions.into_iter().peekable();
    let mut marked = String::new();
    for (at, letter) in text.char_indices().chain([(text.len(), '\0')]) {
        while let Some((.., insertion)) = insertions.next_if(|(place, ..)| *place <= at) {
            marked.push_str(&insertion);
        }
        match letter {
            '\0' => {}
            '{' | '}' | '[' | ']' | '<' | '>' | '|' => marked.extend([letter, letter]),
            letter => marked.push(letter),
        }
    }
    marked
}
