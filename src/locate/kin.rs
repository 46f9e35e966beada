//! Words that are the same but for a contraction.

use super::quotation::fold;
use crate::lang::{Language, LexicalRole};
use crate::span::Span;
use once_cell::sync::Lazy;
use std::collections::HashMap;

/// The stems of words by number: *can't*, *cannot* and *can* have the same.
#[derive(Debug, Default)]
pub(super) struct Stems {
    numbers: HashMap<Box<str>, u32>,
    buffer: String,
}

impl Stems {
    /// The number of the stem of a word.
    pub(super) fn of(&mut self, text: &str, word: Span) -> u32 {
        fold(&text[word], &mut self.buffer);
        let word = self.buffer.to_lowercase();
        let next = self.numbers.len() as u32;
        *self.numbers.entry(stem(&word).into()).or_insert(next)
    }
}

/// A word without its contractions: of *shouldn't've* the *should*.
fn stem(word: &str) -> &str {
    let Contractions { ends, others } = &*CONTRACTIONS;
    let mut stem = word;
    loop {
        if let Some((_, other)) = others.iter().find(|(contracted, _)| *contracted == stem) {
            return other;
        }
        match ends.iter().find_map(|end| stem.strip_suffix(end)).filter(|rest| !rest.is_empty()) {
            Some(rest) => stem = rest,
            None => return stem,
        }
    }
}

/// The contractions of the language.
struct Contractions {
    ends: Vec<&'static str>,
    /// Words whose stem is written in another way, and that stem.
    others: Vec<(&'static str, &'static str)>,
}

static CONTRACTIONS: Lazy<Contractions> = Lazy::new(|| {
    let language = Language::english();
    let words: Vec<_> = language.words_of(LexicalRole::ContractedStem).collect();
    let (pairs, _) = words.as_chunks::<2>();
    Contractions {
        ends: language.words_of(LexicalRole::Contraction).collect(),
        others: pairs.iter().map(|[word, stem]| (*word, *stem)).collect(),
    }
});

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn contractions_have_the_stem_of_their_word() {
        let same = [
            ("can't", "can"),
            ("cannot", "can"),
            ("won't", "will"),
            ("shan't", "shall"),
            ("isn't", "is"),
            ("shouldn't've", "should"),
            ("can't've", "can"),
            ("they're", "they"),
            ("i'd've", "i"),
            ("lim's", "lim"),
        ];
        for (word, wanted) in same {
            assert_eq!(stem(word), wanted);
        }
        for word in ["can", "cant", "o'brien", "l'été", "rock'n'roll", "n't", "well", "its"] {
            assert_eq!(stem(word), word);
        }
    }
}
