//! Punctuation and other symbols between the quoted strings.

use super::Tokens;
use super::words::WordGap;
use crate::marks::{self, Uses};
use crate::table::{LeftContext, SentencePlace};
use crate::token::{TagSet, Token};
use crate::word;
use std::ops::Range;

/// The longest run of one mark read as one.
const LONGEST_RUN: usize = 1 << 12;

impl Tokens {
    /// Reads what does not begin with an ASCII letter or digit; returns where it ends.
    #[inline]
    pub(super) fn read_other(&mut self, gap: &WordGap<'_>, at: usize) -> usize {
        let byte = gap.text.as_bytes()[at];
        if byte.is_ascii_whitespace() {
            return at + 1;
        }
        if byte == b',' {
            self.push(at, 1, 0, TagSet::COMMA);
            self.perhaps_stopped = false;
            return at + 1 + usize::from(gap.byte(at + 1) == b' ');
        }
        if byte == b'.' && matches!(gap.text.as_bytes()[at + 1..gap.end], [] | [b' '] | [b' ', b'A'..=b'Z', ..]) {
            // As mostly: the sentence ends.
            self.push(at, 1, 0, TagSet::STOP);
            self.place = SentencePlace::FIRST;
            self.perhaps_stopped = false;
            return at + 2;
        }
        self.read_symbol(gap, at)
    }

    /// Reads punctuation, another symbol, or a word that begins with no ASCII letter; returns where it ends.
    #[inline(never)]
    fn read_symbol(&mut self, gap: &WordGap<'_>, at: usize) -> usize {
        let WordGap { text, end, lexicon } = *gap;
        let rest = &text[at..end];
        let Some(first) = rest.chars().next() else { return end };
        if first.is_alphanumeric() {
            return self.read_word(gap, at);
        }
        let after = at + first.len_utf8();
        let uses = marks::uses(first);
        let class = match first {
            ',' | '،' | '、' => TagSet::COMMA,
            ':' => lexicon.symbol(":").1,
            ';' => TagSet::SEMICOLON,
            '(' | '[' | '{' => TagSet::OPEN,
            ')' | ']' | '}' => TagSet::CLOSE,
            '.' | '…' | '!' | '?' | '。' | '！' | '？' => return self.read_stop(gap, at),
            _ if uses.has(Uses::PARTS) && first.is_ascii() => return self.read_hyphens(gap, at),
            _ if uses.has(Uses::PARTS) => lexicon.symbol(marks::EM_DASH).1,
            _ if uses.has(Uses::APOSTROPHE) => {
                let plural = self.list.last().is_some_and(|last| {
                    last.is(TagSet::WORD) && self.base + last.start as usize + usize::from(last.len) == at
                });
                if plural { TagSet::CLITIC } else { TagSet::NONE }
            }
            '$' | '£' | '€' | '#' | '@' => match word::end(text, after, end) {
                stop if stop > after => return self.push_signed(first, at..stop),
                _ => TagSet::NONE,
            },
            '&' => {
                // Part of a name between capitals: Crane & Sons.
                let name = self.list.last().is_some_and(|last| last.is(TagSet::NAME))
                    && text[after..end].trim_start().starts_with(char::is_uppercase);
                let class = if name { TagSet::NAME | TagSet::CAP | TagSet::WORD } else { TagSet::AND };
                self.push(at, 1, lexicon.look_up("&").0, class);
                return after;
            }
            // Emphasis of plain text.
            '*' | '_' => return after,
            _ if first.is_whitespace() || first == '\u{feff}' => return after,
            _ => TagSet::NONE,
        };
        let id = match class {
            class if class.has(TagSet::COLON) => lexicon.symbol(":").0,
            _ => 0,
        };
        if class.has(TagSet::DASH) {
            return self.push_dash(gap, at..after);
        }
        self.push(at, first.len_utf8(), id, class);
        if class.has(TagSet::COLON | TagSet::OPEN) {
            self.place = SentencePlace::FIRST;
        }
        self.perhaps_stopped = false;
        after
    }

    /// A word with a sign before it: an amount, a topic, somebody's handle. Returns where it ends.
    fn push_signed(&mut self, sign: char, word: Range<usize>) -> usize {
        let class = match sign {
            '#' => TagSet::NOUN,
            '@' => TagSet::NAME | TagSet::CAP,
            _ => TagSet::NUMBER,
        };
        self.push(word.start, word.len(), 0, class | TagSet::WORD);
        self.place = self.place.going_on();
        word.end
    }

    /// A dash; behind a place line, LUND (Norland Press) —, it ends that as a stop would. Returns where it ends.
    fn push_dash(&mut self, gap: &WordGap<'_>, dash: Range<usize>) -> usize {
        let (id, class) = gap.lexicon.symbol(marks::EM_DASH);
        let ends_line = self.is_place_line(gap, dash.end);
        self.push(dash.start, dash.len(), id, if ends_line { TagSet::STOP } else { class });
        if ends_line {
            self.place = SentencePlace::FIRST;
        }
        self.perhaps_stopped = false;
        dash.end
    }

    /// Whether the paragraph so far is a place line: it begins with a place in capital letters, no word of it is
    /// written small, and a sentence begins behind its dash.
    fn is_place_line(&self, gap: &WordGap<'_>, after: usize) -> bool {
        const LONGEST_LINE: usize = 12;
        const PARTS: TagSet =
            TagSet::CAP.union(TagSet::NUMBER).union(TagSet::COMMA).union(TagSet::OPEN).union(TagSet::CLOSE);
        let line = &self.list[self.paragraph..];
        let place = |first: &&Token| first.is(TagSet::CAP) && first.string().is_none() && first.len > 2;
        let Some(first) = line.first().filter(place) else { return false };
        let start = self.base + first.start as usize;
        let place = &gap.text[start..start + usize::from(first.len)];
        line.len() <= LONGEST_LINE
            && line.iter().all(|token| token.is(PARTS))
            && place.chars().all(char::is_uppercase)
            && gap.text[after..]
                .trim_start()
                .starts_with(|next: char| next.is_uppercase() || marks::uses(next).has(Uses::BEHIND_PLACE))
    }

    /// `--` and ` - ` are dashes.
    fn read_hyphens(&mut self, gap: &WordGap<'_>, at: usize) -> usize {
        let bytes = &gap.text.as_bytes()[at..gap.end];
        let run = bytes.iter().take(LONGEST_RUN).take_while(|&&byte| byte == bytes[0]).count();
        self.push_dash(gap, at..at + run)
    }

    /// A stop ends the sentence unless the text goes on in lower case.
    fn read_stop(&mut self, gap: &WordGap<'_>, at: usize) -> usize {
        let WordGap { text, end, .. } = *gap;
        let run: usize = text[at..end]
            .chars()
            .take_while(|letter| matches!(letter, '.' | '…' | '!' | '?' | '。' | '！' | '？'))
            .take(LONGEST_RUN)
            .map(char::len_utf8)
            .sum();
        let stop = at + run;
        let mut after = text[stop..end].chars().filter(|letter| !letter.is_whitespace()).peekable();
        let mut bracket = false;
        while after.next_if(|letter| matches!(letter, ')' | ']')).is_some() {
            bracket = true;
        }
        let goes_on = after.next().is_some_and(|next| {
            next.is_lowercase() || matches!(next, ',' | ';' | ':') || bracket && matches!(next, '.' | '!' | '?')
        });
        self.push(at, run, 0, if goes_on { TagSet::NONE } else { TagSet::STOP });
        self.place = SentencePlace::new(LeftContext::Other, !goes_on);
        self.perhaps_stopped = false;
        stop
    }
}
