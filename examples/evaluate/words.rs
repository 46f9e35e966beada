//! The words of a text, in which all spans are compared: runs of letters and digits, joined by apostrophes. Marks,
//! punctuation and white space at the edges of a span never matter.

use inquit::Span;

/// Words by their places.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    text: &'t str,
    spans: Vec<Span>,
}

const MARKS: [char; 11] = ['"', '\'', '“', '”', '‘', '’', '„', '‟', '«', '»', '`'];

impl<'t> Words<'t> {
    pub(crate) fn of(text: &'t str) -> Words<'t> {
        let mut spans = Vec::new();
        let mut letters = text.char_indices().peekable();
        while let Some((start, letter)) = letters.next() {
            if !letter.is_alphanumeric() {
                continue;
            }
            let mut end = start + letter.len_utf8();
            while let Some(&(at, letter)) = letters.peek() {
                let next = at + letter.len_utf8();
                let joins =
                    matches!(letter, '\'' | '’') && text[next..].chars().next().is_some_and(char::is_alphanumeric);
                if !letter.is_alphanumeric() && !joins {
                    break;
                }
                end = next;
                letters.next();
            }
            spans.push(Span::new(start, end));
        }
        Words { text, spans }
    }

    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// The word as it stands.
    pub(crate) fn word(&self, index: usize) -> &'t str {
        &self.text[self.spans[index]]
    }

    /// Where the word stands.
    pub(crate) fn span(&self, index: usize) -> Span {
        self.spans[index]
    }

    /// How many words begin before the byte `at`.
    pub(crate) fn before(&self, at: usize) -> usize {
        self.spans.partition_point(|span| span.start < at)
    }

    /// The words that begin in any of the spans; of spans inside one word, that word.
    pub(crate) fn within(&self, spans: &[Span]) -> Vec<usize> {
        let mut found: Vec<usize> =
            spans.iter().flat_map(|span| self.before(span.start)..self.before(span.end)).collect();
        if found.is_empty() {
            found.extend(spans.iter().filter_map(|span| {
                let word = self.spans.partition_point(|word| word.start <= span.start).checked_sub(1)?;
                (self.spans[word].end > span.start).then_some(word)
            }));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// As [`within`](Words::within), without the word *that* at the front, which may introduce content or belong to it.
    pub(crate) fn content(&self, spans: &[Span]) -> Vec<usize> {
        let mut found = self.within(spans);
        let is_that = |word: usize| self.word(word) == "that" && !self.text[..self.spans[word].start].ends_with(MARKS);
        if found.len() > 1 && is_that(found[0]) {
            found.remove(0);
        }
        found
    }
}

/// How many words two sorted lists share.
pub(crate) fn shared(one: &[usize], other: &[usize]) -> usize {
    one.iter().filter(|word| other.binary_search(word).is_ok()).count()
}

/// The share of words that are in both lists, of those in either.
pub(crate) fn overlap(one: &[usize], other: &[usize]) -> f64 {
    let both = shared(one, other);
    let either = one.len() + other.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

#[cfg(test)]
mod tests {
    use super::{Words, overlap};
    use inquit::Span;

    #[test]
    fn words_are_letters_digits_and_inner_apostrophes() {
        let text = "Don’t! The anti-war ’20s_x 3rd’";
        let words = Words::of(text);
        let all: Vec<&str> = (0..words.len()).map(|index| words.word(index)).collect();
        assert_eq!(all, ["Don’t", "The", "anti", "war", "20s", "x", "3rd"]);
    }

    #[test]
    fn that_belongs_to_no_content_unless_a_mark_precedes_it() {
        let text = "said that rain fell, “that rain”";
        let words = Words::of(text);
        assert_eq!(words.content(&[Span::new(5, 19)]), [2, 3]);
        assert_eq!(words.content(&[Span::new(21, text.len())]), [4, 5]);
        assert_eq!(words.within(&[Span::new(5, 19)]), [1, 2, 3]);
    }

    #[test]
    fn a_span_inside_a_word_is_that_word() {
        let words = Words::of("Lim’s plan");
        assert_eq!(words.within(&[Span::new(3, 7)]), [0]);
        assert_eq!(words.within(&[]), Vec::<usize>::new());
    }

    #[test]
    fn overlap_is_shared_of_all() {
        assert!((overlap(&[1, 2, 3], &[2, 3, 4]) - 0.5).abs() < 1e-9);
        assert!(overlap(&[], &[]).abs() < 1e-9);
    }
}
