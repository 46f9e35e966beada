//! Corpora in the gold format: one document a line, offsets in bytes.

use serde::Deserialize;
use std::collections::HashSet;

/// A document marked by people.
#[derive(Debug, Deserialize)]
pub(crate) struct Document {
    pub id: String,
    pub text: String,
    pub attributions: Vec<Attribution>,
}

/// One attribution.
#[derive(Debug, Deserialize)]
pub(crate) struct Attribution {
    pub content: Vec<[usize; 2]>,
    #[serde(default)]
    pub cue: Vec<[usize; 2]>,
    #[serde(default)]
    pub source: Vec<[usize; 2]>,
    #[serde(default)]
    pub kind: String,
}

/// Reads a corpus.
pub(crate) fn read(path: &str) -> Result<Vec<Document>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let parse =
        |(index, line)| serde_json::from_str(line).map_err(|error| format!("{path}: line {}: {error}", index + 1));
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(parse).collect()
}

/// The words of a text, for comparing spans: runs of letters and digits, joined by apostrophes.
pub(crate) struct Words {
    starts: Vec<usize>,
    ends: Vec<usize>,
    that: HashSet<usize>,
}

impl Words {
    pub(crate) fn of(text: &str) -> Words {
        let mut words = Words { starts: Vec::new(), ends: Vec::new(), that: HashSet::new() };
        let mut letters = text.char_indices().peekable();
        while let Some((start, letter)) = letters.next() {
            if !letter.is_alphanumeric() {
                continue;
            }
            let mut end = start + letter.len_utf8();
            while let Some(&(at, letter)) = letters.peek() {
                let joins = matches!(letter, '\'' | '’')
                    && text[at + letter.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
                if !letter.is_alphanumeric() && !joins {
                    break;
                }
                end = at + letter.len_utf8();
                letters.next();
            }
            let after_mark = text[..start].ends_with(['"', '\'', '“', '”', '‘', '’', '„', '«', '»', '`']);
            if &text[start..end] == "that" && !after_mark {
                words.that.insert(words.starts.len());
            }
            words.starts.push(start);
            words.ends.push(end);
        }
        words
    }

    /// The words that begin in any of the spans.
    pub(crate) fn within(&self, spans: &[[usize; 2]]) -> Vec<usize> {
        let mut found: Vec<usize> = spans.iter().flat_map(|span| self.before(span[0])..self.before(span[1])).collect();
        if found.is_empty() {
            found.extend(spans.iter().filter_map(|span| {
                let word = self.starts.partition_point(|&start| start <= span[0]).checked_sub(1)?;
                (self.ends[word] > span[0]).then_some(word)
            }));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// As [`within`](Words::within), without the word *that* at the front.
    pub(crate) fn content(&self, spans: &[[usize; 2]]) -> Vec<usize> {
        let mut found = self.within(spans);
        if found.len() > 1 && self.that.contains(&found[0]) {
            found.remove(0);
        }
        found
    }

    /// How many words begin before `at`.
    pub(crate) fn before(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start < at)
    }
}
