//! Whether two sources are the same: the head of the marked one must be in the found one. Heads are told without
//! a parser, from commas, prepositions and capitals.

use crate::english::{ENGLISH, Lists};
use crate::page::touch;
use crate::words::Words;
use inquit::Span;

/// Whether a found source is the marked one; both are not empty.
pub(crate) fn same_source(words: &Words<'_>, marked: &[Span], found: &[Span]) -> bool {
    let (marked_words, found_words) = (words.within(marked), words.within(found));
    if marked_words.is_empty() || found_words.is_empty() {
        return touch(marked, found);
    }
    marked_words == found_words || heads(words, &marked_words).iter().any(|head| found_words.contains(head))
}

/// The words that may stand for a source, given as sorted words:
///
/// * the last word before what comes after a head (*the mayor of Lund*: mayor), after a possessive the last one
///   behind it (*Lim’s lawyer*: lawyer), of a name all its parts (*Dr. Ana Lim*: Ana, Lim), of several joined by
///   *and* each;
/// * of *the mayor, Ana Lim,* mayor and the name; of *dozens of voters* both nouns; of *some of them* some;
/// * where there is no such word, as in *she* or *those who*, every word.
pub(crate) fn heads(words: &Words<'_>, source: &[usize]) -> Vec<usize> {
    let phrase = Phrase { words, source, lower: source.iter().map(|word| lower(words.word(*word))).collect() };
    let Some(first) = (0..source.len()).find(|at| !phrase.has("closed", *at)) else { return source.to_vec() };
    let mut heads = phrase.read();
    if heads.is_empty() {
        heads.push(first);
    }
    if phrase.has("quantity", 0) && phrase.lower.get(1).is_some_and(|word| word == "of") {
        heads.push(0);
    }
    heads.into_iter().map(|at| source[at]).collect()
}

fn lower(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// A source; places count its words.
struct Phrase<'p, 't> {
    words: &'p Words<'t>,
    source: &'p [usize],
    lower: Vec<String>,
}

impl Phrase<'_, '_> {
    fn has(&self, list: &str, at: usize) -> bool {
        self.lower.get(at).is_some_and(|word| Lists::has(&ENGLISH, list, word))
    }

    fn word(&self, at: usize) -> &str {
        self.words.word(self.source[at])
    }

    fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    fn follows(&self, at: usize, before: usize) -> bool {
        self.source[at] == self.source[before] + 1
    }

    /// The text between two words.
    fn gap(&self, before: usize, at: usize) -> &str {
        let (from, to) = (self.words.span(self.source[before]).end, self.words.span(self.source[at]).start);
        self.words.text().get(from..to).unwrap_or_default()
    }

    fn joins(&self, at: usize) -> bool {
        matches!(self.lower[at].as_str(), "and" | "or")
    }

    fn read(&self) -> Vec<usize> {
        let mut heads = Vec::new();
        // The words since the last head, all of which might be part of one.
        let mut open: Vec<usize> = Vec::new();
        for at in 0..self.source.len() {
            let parted = at > 0 && self.is_parted(at);
            if parted && let Some(&last) = open.last() {
                self.close(&mut open, &mut heads);
                if !self.goes_on(at) {
                    if !self.is_capital(last) && self.gap(at - 1, at).contains(',') {
                        heads.extend(self.name_at(at));
                    }
                    return heads;
                }
            }
            match open.last() {
                Some(_) if self.joins(at) => self.close(&mut open, &mut heads),
                Some(_) if self.has("after", at) => {
                    if self.lower[at] != "of" || !open.iter().all(|at| self.counts(*at)) {
                        self.close(&mut open, &mut heads);
                        return heads;
                    }
                    heads.append(&mut open);
                }
                Some(&last) if last + 1 == at && self.is_participle(at) => {
                    self.close(&mut open, &mut heads);
                    return heads;
                }
                _ if self.has("closed", at) => {}
                last => {
                    if last.is_some_and(|last| last + 1 == at && self.lower[*last].ends_with("'s")) {
                        open.clear();
                    }
                    open.push(at);
                }
            }
        }
        self.close(&mut open, &mut heads);
        heads
    }

    /// Whether a comma, bracket or dash, or a hole in the span, stands before a word.
    fn is_parted(&self, at: usize) -> bool {
        let gap = self.gap(at - 1, at);
        let mark =
            gap.contains([',', ';', ':', '(', ')', '[', ']', '—', '–']) || gap.contains("--") || gap.contains(" - ");
        (mark || !self.follows(at, at - 1)) && !gap.trim_start().starts_with('.')
    }

    /// Whether a list goes on at a word: Lim, Roe and Berg.
    fn goes_on(&self, at: usize) -> bool {
        const NEAR: usize = 6;
        let and = (at..self.source.len()).take(NEAR).any(|next| self.lower[next] == "and");
        self.joins(at) || and && self.gap(at - 1, at).contains(',') && !self.has("after", at)
    }

    /// The capitals that begin at a word.
    fn name_at(&self, at: usize) -> impl Iterator<Item = usize> {
        let goes_on =
            move |next: usize| next == at || self.follows(next, next - 1) && !self.gap(next - 1, next).contains(',');
        (at..self.source.len()).take_while(move |&next| self.is_capital(next) && goes_on(next))
    }

    /// Whether a word only counts what follows *of*.
    fn counts(&self, at: usize) -> bool {
        self.has("collection", at) || self.word(at).bytes().all(|byte| byte.is_ascii_digit())
    }

    /// A participle that opens a clause: the letter *released* on Monday.
    fn is_participle(&self, at: usize) -> bool {
        let form = self.lower[at].ends_with("ed") || self.lower[at].ends_with("ing") || self.has("participle", at);
        let next = self.source[at] + 1;
        let next = if next < self.words.len() { lower(self.words.word(next)) } else { String::new() };
        let opens = at + 1 == self.source.len() || ENGLISH.has("closed", &next) || ENGLISH.has("after", &next);
        form && opens && !self.is_capital(at) && !self.lower[at - 1].ends_with("'s")
    }

    /// The last open word is a head, with the capitals before it.
    fn close(&self, open: &mut Vec<usize>, heads: &mut Vec<usize>) {
        let Some(&last) = open.last() else { return };
        let mut name = vec![last];
        if self.is_capital(last) {
            for pair in open.windows(2).rev() {
                if !self.follows(pair[1], pair[0]) || !self.is_capital(pair[0]) {
                    break;
                }
                name.push(pair[0]);
            }
        }
        let without: Vec<usize> = name.iter().copied().filter(|at| !self.has("address", *at)).collect();
        heads.extend(if without.is_empty() || !self.is_capital(last) { name } else { without });
        open.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::heads;
    use crate::words::Words;

    fn of(text: &str) -> Vec<&str> {
        let words = Words::of(text);
        let all: Vec<usize> = (0..words.len()).collect();
        heads(&words, &all).into_iter().map(|word| words.word(word)).collect()
    }

    #[test]
    fn heads_of_sources() {
        for (source, expected) in [
            ("she", vec!["she"]),
            ("Ana Lim", vec!["Lim", "Ana"]),
            ("Mr. Lim", vec!["Lim"]),
            ("the mayor of Lund", vec!["mayor"]),
            ("Lim’s old lawyer", vec!["lawyer"]),
            ("the mayor, Ana Lim,", vec!["mayor", "Ana", "Lim"]),
            ("Ana Lim, mayor of Lund,", vec!["Lim", "Ana"]),
            ("Lim and the two lawyers", vec!["Lim", "lawyers"]),
            ("Lim, Roe and Berg", vec!["Lim", "Roe", "Berg"]),
            ("dozens of voters", vec!["dozens", "voters"]),
            ("some of the voters", vec!["voters", "some"]),
            ("a letter sent to voters", vec!["letter"]),
            ("an aide who left", vec!["aide"]),
            ("those who left", vec!["left"]),
            ("both of them", vec!["both", "of", "them"]),
        ] {
            assert_eq!(of(source), expected, "{source}");
        }
    }
}
