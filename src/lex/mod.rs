//! Narrative bytes → tokens, in one pass over what lies between the quoted strings.

mod classes;
mod list;
mod symbols;
mod words;

use crate::lexicon::Lexicon;
use crate::marks::{Uses, uses};
use crate::pair::{Quoted, last_part};
use crate::quote::Flags;
use crate::span::Span;
use crate::table::{LeftContext, STARTERS, SentencePlace};
use crate::token::{TagSet, Token};
use list::List;
use words::WordGap;

/// The tokens of one unit: a paragraph, or several that belong together. Reused.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// Where the unit begins in the text.
    base: usize,
    list: List,
    /// The first token of the paragraph.
    paragraph: usize,
    /// Where the next word stands.
    place: SentencePlace,
    /// The last token was an abbreviation, whose stop may have ended the sentence too.
    perhaps_stopped: bool,
}

impl Tokens {
    pub(crate) fn list(&self) -> &[Token] {
        &self.list
    }

    /// Where a token begins in the text.
    pub(crate) fn start(&self, token: usize) -> usize {
        self.base + self.list[token].start as usize
    }

    /// Where a token ends in the text.
    pub(crate) fn end(&self, token: usize, strings: &[Quoted]) -> usize {
        let found = &self.list[token];
        match found.string() {
            Some(string) if found.is(TagSet::QOPEN) => strings[string].inner.start,
            Some(string) => strings[last_part(strings, string)].outer.end,
            None => self.base + found.start as usize + usize::from(found.len),
        }
    }

    /// The bytes from one token up to, not including, another.
    pub(crate) fn span(&self, from: usize, to: usize, strings: &[Quoted]) -> Span {
        Span::new(self.start(from), self.end(to - 1, strings))
    }

    /// Reads the unit made of `paragraphs`. `first` is the first of `strings` in it.
    pub(crate) fn read(
        &mut self,
        text: &str,
        paragraphs: &[Span],
        strings: &[Quoted],
        first: usize,
        lexicon: &Lexicon,
    ) {
        self.list.clear();
        self.base = paragraphs.first().map_or(0, |paragraph| paragraph.start);
        let mut next = first;
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let goes_on = strings
                .get(next)
                .is_some_and(|string| string.outer.start == paragraph.start && string.continues.is_some());
            if index > 0 && !goes_on {
                self.push(paragraph.start, 0, 0, TagSet::PARA);
            }
            let before = LeftContext::of(self.list.last().map_or(TagSet::NONE, |last| last.class));
            self.place = SentencePlace::new(before, true);
            self.perhaps_stopped = false;
            self.paragraph = self.list.len();
            let mut from = paragraph.start;
            while let Some(string) = strings.get(next).filter(|string| string.outer.start < paragraph.end) {
                if string.outer.start >= from {
                    self.read_gap(&WordGap { text, end: string.outer.start, lexicon }, from);
                    if is_unclosed(string) {
                        let start = (string.outer.start - self.base) as u32;
                        self.list.push(Token::quoted(start, next as u32, TagSet::QOPEN));
                        self.place = SentencePlace::FIRST;
                        from = string.inner.start;
                    } else {
                        self.push_string(text, strings, next);
                        from = string.outer.end;
                    }
                }
                next += 1;
            }
            self.read_gap(&WordGap { text, end: paragraph.end, lexicon }, from);
            self.read_headline(lexicon);
        }
    }

    /// In a headline every word may have a capital, which tells nothing then: verbs are verbs again.
    fn read_headline(&mut self, lexicon: &Lexicon) {
        const LONGEST_HEADLINE: usize = 40;
        const LEAST_WORDS: usize = 4;
        let tokens = &mut self.list[self.paragraph..];
        if tokens.len() > LONGEST_HEADLINE {
            return;
        }
        let function = STARTERS | TagSet::BE | TagSet::HAVE | TagSet::MODAL | TagSet::TO | TagSet::NOT | TagSet::NUMBER;
        let looked_at = function | TagSet::WORD | TagSet::CAP;
        let mut others = 0;
        for few in tokens.chunks(8) {
            others += few.iter().filter(|token| token.class & looked_at == TagSet::WORD).count();
            // Four in five have one: often the first words tell that this cannot be.
            if others * 5 > tokens.len() {
                return;
            }
        }
        let capitals = tokens.iter().filter(|token| token.class & looked_at == TagSet::WORD | TagSet::CAP).count();
        if capitals + others < LEAST_WORDS || capitals < others * 4 {
            return;
        }
        for token in tokens.iter_mut().filter(|token| token.is(TagSet::CAP) && !token.is(TagSet::Q)) {
            token.class |= lexicon.entry(token.word).class & TagSet::VERBAL;
        }
    }

    /// Pushes a token that is no word, or one whose place says nothing of it.
    #[inline]
    fn push(&mut self, start: usize, len: usize, word: u16, class: TagSet) {
        self.list.push(Token::new((start - self.base) as u32, len as u16, word, class));
        self.place = self.place.behind(class);
    }

    /// One token for a quoted string and the parts of it in later paragraphs.
    fn push_string(&mut self, text: &str, strings: &[Quoted], index: usize) {
        let string = &strings[index];
        let mut class = string_class(&text[string.inner]);
        if string.continues.is_some()
            && let Some(last) = self.list.last_mut()
            && last.is(TagSet::Q)
        {
            let kept = last.class & (TagSet::CAP | TagSet::INITIAL);
            last.class = class.without(TagSet::CAP | TagSet::SHORT) | kept | TagSet::Q;
        } else {
            class |= TagSet::INITIAL.when(self.place.is_initial());
            let start = (string.outer.start - self.base) as u32;
            self.list.push(Token::quoted(start, index as u32, class | TagSet::Q));
        }
        self.place = SentencePlace::new(LeftContext::Other, class.has(TagSet::QEND));
        self.perhaps_stopped = false;
    }
}

/// A quotation whose end can only be guessed: its words are read as narrative, so that a tag among
/// them can end it.
fn is_unclosed(string: &Quoted) -> bool {
    string.flags.contains(Flags::INFERRED_CLOSE) && string.continues.is_none() && string.parent.is_none()
}

/// What the inside of a quoted string says of it.
fn string_class(inner: &str) -> TagSet {
    let mut class = TagSet::NONE;
    if inner.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase) {
        class |= TagSet::CAP;
    }
    let end = inner.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, ')' | ']') || uses(letter).has(Uses::BEHIND_STOP)
    });
    match end.chars().next_back() {
        Some('.') if end.ends_with("...") => class |= TagSet::QASK,
        Some('.' | '。') => class |= TagSet::QSTOP,
        Some('!' | '?' | '…' | '！' | '？') => class |= TagSet::QASK,
        Some(',' | ';' | '，' | '、') => class |= TagSet::QCOMMA,
        Some(last) if uses(last).has(Uses::BREAKS_OFF) => class |= TagSet::QCOMMA,
        _ if inner.split_whitespace().take(4).count() <= 3 => class |= TagSet::SHORT,
        _ => {}
    }
    class
}

#[cfg(test)]
mod tests {
    use super::{Tokens, string_class};
    use crate::error::Problems;
    use crate::lang::Language;
    use crate::lexicon::Lexicon;
    use crate::marks::{MARKS, Uses};
    use crate::span::Span;
    use crate::token::TagSet;

    #[test]
    fn words_are_the_same_wherever_their_block_ends() {
        const TEXT: &str = "Lim’s U.N. envoy didn't say that 1,000.5 re-elections in Ürzig, Crane & Sons' \
                            counterrevolutionary co-op or AT&T (40%) would go on… “Dr. Ana O’Neil paid $5";
        let language = Language::english();
        let mut lexicon = Lexicon::of(&language, &mut Problems::default());
        lexicon.settle(&language);
        let mut tokens = Tokens::default();
        let mut read = |before: usize| -> Vec<(u16, u16, TagSet)> {
            let text = format!("{}, {TEXT}", "x".repeat(before));
            tokens.read(&text, &[Span::new(0, text.len())], &[], 0, &lexicon);
            tokens.list().iter().skip(2).map(|token| (token.len, token.word, token.class)).collect()
        };
        let expected = read(1);
        assert!(expected.len() > 25, "{expected:?}");
        for before in 2..200 {
            assert_eq!(read(before), expected, "{before}");
        }
    }

    #[test]
    fn marks_are_read_as_the_table_says() {
        let language = Language::english();
        let mut lexicon = Lexicon::of(&language, &mut Problems::default());
        lexicon.settle(&language);
        let mut tokens = Tokens::default();
        let mut read = |text: &str| -> Vec<(usize, TagSet)> {
            tokens.read(text, &[Span::new(0, text.len())], &[], 0, &lexicon);
            tokens.list().iter().map(|token| (usize::from(token.len), token.class)).collect()
        };
        for row in MARKS {
            let (mark, len) = (row.mark, row.mark.len_utf8());
            let possessive = read(&format!("Lim{mark}s pier"));
            let expected = row.uses.has(Uses::APOSTROPHE);
            assert_eq!(possessive[1].0 == len + 1 && possessive[1].1.has(TagSet::CLITIC), expected, "{mark}");
            let joined = read(&format!("co{mark}op piers"));
            // Modifier letters are letters.
            let inside = row.uses.has(Uses::INSIDE) || mark.is_alphabetic();
            assert_eq!(joined[0].0 == 4 + len, inside, "{mark}");
            let dash = read(&format!("the pier {mark} it fell"));
            assert_eq!(dash[2].1.has(TagSet::DASH), row.uses.has(Uses::PARTS), "{mark}");
            let broken = string_class(&format!("we stay here for a while{mark}"));
            assert_eq!(broken.has(TagSet::QCOMMA), row.uses.has(Uses::BREAKS_OFF), "{mark}");
            let stopped = string_class(&format!("we stay here for a while.{mark}"));
            assert_eq!(stopped.has(TagSet::QSTOP), row.uses.has(Uses::BEHIND_STOP), "{mark}");
        }
    }
}
