//! Narrative bytes → tokens, in one pass over what lies between the quoted strings.

use crate::lexicon::Lexicon;
use crate::pair::{Quoted, last_part};
use crate::quote::Flags;
use crate::span::Span;
use crate::token::{Class, Token};
use crate::word::{self, Key, Run};

/// The tokens of one unit: a paragraph, or several that belong together. Reused.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    /// Where the unit begins in the text.
    base: usize,
    list: Vec<Token>,
    /// The next word begins a sentence.
    initial: bool,
    /// The last token was an abbreviation, whose stop may have ended the sentence too.
    perhaps_stopped: bool,
}

/// A word as it stands in the text, and what the lexicon knows of it.
#[derive(Clone, Copy)]
struct Word {
    at: usize,
    len: usize,
    id: u16,
    class: Class,
    shape: Class,
}

/// The longest run of one mark read as one.
const LONGEST_RUN: usize = 1 << 12;

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
            Some(string) if found.is(Class::QOPEN) => strings[string].inner.start,
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
                self.push(paragraph.start, 0, 0, Class::PARA);
            }
            self.initial = true;
            self.perhaps_stopped = false;
            let first_token = self.list.len();
            let mut from = paragraph.start;
            while let Some(string) = strings.get(next).filter(|string| string.outer.start < paragraph.end) {
                if string.outer.start >= from {
                    self.read_gap(text, Span::new(from, string.outer.start), lexicon);
                    if is_unclosed(string) {
                        let start = (string.outer.start - self.base) as u32;
                        self.list.push(Token::quoted(start, next as u32, Class::QOPEN));
                        self.initial = true;
                        from = string.inner.start;
                    } else {
                        self.push_string(text, strings, next);
                        from = string.outer.end;
                    }
                }
                next += 1;
            }
            self.read_gap(text, Span::new(from, paragraph.end), lexicon);
            self.read_headline(first_token, lexicon);
        }
    }

    /// In a headline every word may have a capital, which tells nothing then: verbs are verbs again.
    fn read_headline(&mut self, first: usize, lexicon: &Lexicon) {
        const LONGEST_HEADLINE: usize = 40;
        const LEAST_WORDS: usize = 4;
        let tokens = &mut self.list[first..];
        if tokens.len() > LONGEST_HEADLINE {
            return;
        }
        let function = STARTERS | Class::BE | Class::HAVE | Class::MODAL | Class::TO | Class::NOT;
        let words = tokens.iter().filter(|token| token.is(Class::WORD) && !token.is(function | Class::NUMBER));
        let (all, capitals) =
            words.fold((0, 0), |(all, capitals), word| (all + 1, capitals + usize::from(word.is(Class::CAP))));
        if all < LEAST_WORDS || capitals * 5 < all * 4 {
            return;
        }
        for token in tokens.iter_mut().filter(|token| token.is(Class::CAP) && !token.is(Class::Q)) {
            token.class |= lexicon.entry(token.word).class & Class::VERBAL;
        }
    }

    fn push(&mut self, start: usize, len: usize, word: u16, class: Class) {
        self.list.push(Token::new((start - self.base) as u32, len as u16, word, class));
    }

    /// One token for a quoted string and the parts of it in later paragraphs.
    fn push_string(&mut self, text: &str, strings: &[Quoted], index: usize) {
        let string = &strings[index];
        let mut class = string_class(&text[string.inner]);
        if string.continues.is_some()
            && let Some(last) = self.list.last_mut()
            && last.is(Class::Q)
        {
            let kept = last.class & (Class::CAP | Class::INITIAL);
            last.class = class.without(Class::CAP | Class::SHORT) | kept | Class::Q;
        } else {
            if self.initial {
                class |= Class::INITIAL;
            }
            let start = (string.outer.start - self.base) as u32;
            self.list.push(Token::quoted(start, index as u32, class | Class::Q));
        }
        self.initial = class.has(Class::QEND);
        self.perhaps_stopped = false;
    }

    fn read_gap(&mut self, text: &str, gap: Span, lexicon: &Lexicon) {
        let bytes = text.as_bytes();
        let mut at = gap.start;
        while at < gap.end {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                at = self.read_run(text, at, gap.end, lexicon);
            } else if byte.is_ascii_whitespace() {
                at += 1;
            } else if byte >= 0x80 && starts_word(text, at) {
                at = self.read_word(text, at, gap.end, lexicon);
            } else {
                at = self.read_symbol(text, at, gap.end, lexicon);
            }
        }
    }

    /// Reads the word at `at`, quickly if it is made of ASCII letters and digits alone; gives back
    /// where it ends.
    #[inline]
    fn read_run(&mut self, text: &str, at: usize, end: usize, lexicon: &Lexicon) -> usize {
        let bytes = text.as_bytes();
        let Run { key, len, shape } = Run::read(bytes, at);
        let stop = at + len;
        if len == Key::LONGEST || stop > end {
            return self.read_word(text, at, end, lexicon);
        }
        let next = if stop < end { bytes[stop] } else { b' ' };
        let before_stop = next == b'.';
        if word::may_go_on(bytes[stop - 1], next) {
            let plain_stop =
                before_stop && len > 1 && !bytes[stop + 1..end].first().is_some_and(u8::is_ascii_alphanumeric);
            if !plain_stop {
                return self.read_word(text, at, end, lexicon);
            }
        }
        let (id, class) = lexicon.look_up_key(key);
        self.push_word(text, Word { at, len, id, class, shape });
        if before_stop && class.has(Class::ABBREVIATION) {
            stop + self.take_abbreviation_stop(text, stop, end)
        } else {
            stop
        }
    }

    /// Reads the word at `at`, whatever it is made of; gives back where it ends.
    fn read_word(&mut self, text: &str, at: usize, end: usize, lexicon: &Lexicon) -> usize {
        let stop = word::end(text, at, end);
        let (stem, clitic) = split_clitic(&text[at..stop], lexicon);
        let (id, mut class) = lexicon.look_up(stem);
        if id == 0 {
            class = compound(stem, lexicon);
        }
        self.push_word(text, Word { at, len: stem.len(), id, class, shape: word::shape(stem) });
        if let Some((form, class)) = clitic {
            self.push(at + stem.len(), form.len(), lexicon.look_up(form).0, class);
        }
        stop + self.take_abbreviation_stop(text, stop, end)
    }

    #[inline]
    fn push_word(&mut self, text: &str, word: Word) {
        let Word { at, len, id, mut class, shape } = word;
        let capital = shape.has(Class::CAP);
        if self.perhaps_stopped && capital && class.has(STARTERS) {
            self.push(at, 0, 0, Class::STOP);
            self.initial = true;
        }
        if id == 0 && !shape.has(Class::NUMBER | Class::CAP) {
            class |= word::guess(&text[at..at + len]);
        }
        class |= shape | Class::WORD;
        if capital {
            if is_name(class, self.initial, &text[at..at + len]) {
                class |= Class::NAME;
            }
            if !self.initial {
                let first = if class.has(Class::FIRST) && class.has(Class::NAME) { Class::MODAL } else { Class::NONE };
                class = class.without(Class::VERBAL | first);
            }
        } else if class.has(Class::FIRST) {
            let other = Class::ROLE | Class::TITLE | Class::PRONOUN | Class::OBJECT | Class::POSSESSIVE;
            let gender = if class.has(other) { Class::NONE } else { Class::FEMALE | Class::MALE };
            class = class.without(Class::FIRST | gender);
        }
        if self.initial {
            class |= Class::INITIAL;
        }
        class = disambiguate(self.list.last(), class);
        self.push(at, len, id, class);
        self.initial = false;
        self.perhaps_stopped = false;
    }

    /// The full stop of an abbreviation or initial belongs to it; gives back its length.
    fn take_abbreviation_stop(&mut self, text: &str, stop: usize, end: usize) -> usize {
        if stop >= end || text.as_bytes()[stop] != b'.' {
            return 0;
        }
        let base = self.base;
        let Some(last) = self.list.last_mut() else { return 0 };
        let start = base + last.start as usize;
        let word = &text[start..stop];
        let initials = word::is_initials(word);
        let listed = last.is(Class::ABBREVIATION) && (last.is(Class::CAP) || matches!(word, "v" | "vs"));
        if !initials && !listed {
            return 0;
        }
        last.len += 1;
        last.class |= Class::ABBREVIATION;
        self.perhaps_stopped = true;
        let rest = text[stop + 1..end].trim_start();
        if rest.is_empty() {
            self.push(stop + 1, 0, 0, Class::STOP);
            self.initial = true;
            self.perhaps_stopped = false;
        }
        1
    }

    /// Reads punctuation or another symbol; gives back where it ends.
    fn read_symbol(&mut self, text: &str, at: usize, end: usize, lexicon: &Lexicon) -> usize {
        let rest = &text[at..end];
        let Some(first) = rest.chars().next() else { return end };
        let after = at + first.len_utf8();
        let class = match first {
            ',' | '،' | '、' => Class::COMMA,
            ':' => lexicon.symbol(":").1,
            ';' => Class::SEMICOLON,
            '(' | '[' | '{' => Class::OPEN,
            ')' | ']' | '}' => Class::CLOSE,
            '—' | '–' | '―' => lexicon.symbol("—").1,
            '-' => return self.read_hyphens(text, at, end, lexicon),
            '.' | '…' | '!' | '?' | '。' | '！' | '？' => return self.read_stop(text, at, end),
            '\'' | '’' => {
                let plural = self.list.last().is_some_and(|last| {
                    last.is(Class::WORD) && self.base + last.start as usize + usize::from(last.len) == at
                });
                if plural { Class::CLITIC } else { Class::NONE }
            }
            '$' | '£' | '€' | '#' | '@' => {
                let stop = word::end(text, after, end);
                if stop > after {
                    let class = match first {
                        '#' => Class::NOUN,
                        '@' => Class::NAME | Class::CAP,
                        _ => Class::NUMBER,
                    };
                    self.push(at, stop - at, 0, class | Class::WORD);
                    self.initial = false;
                    return stop;
                }
                Class::NONE
            }
            '&' => {
                // Part of a name between capitals: Crane & Sons.
                let name = self.list.last().is_some_and(|last| last.is(Class::NAME))
                    && text[after..end].trim_start().starts_with(char::is_uppercase);
                let class = if name { Class::NAME | Class::CAP | Class::WORD } else { Class::AND };
                self.push(at, 1, lexicon.look_up("&").0, class);
                return after;
            }
            // Emphasis of plain text.
            '*' | '_' => return after,
            _ if first.is_whitespace() || first == '\u{feff}' => return after,
            _ => Class::NONE,
        };
        let id = match class {
            class if class.has(Class::COLON) => lexicon.symbol(":").0,
            class if class.has(Class::DASH) => lexicon.symbol("—").0,
            _ => 0,
        };
        self.push(at, first.len_utf8(), id, class);
        if class.has(Class::COLON | Class::OPEN) {
            self.initial = true;
        }
        self.perhaps_stopped = false;
        after
    }

    /// `--` and ` - ` are dashes.
    fn read_hyphens(&mut self, text: &str, at: usize, end: usize, lexicon: &Lexicon) -> usize {
        let run = text.as_bytes()[at..end].iter().take(LONGEST_RUN).take_while(|&&byte| byte == b'-').count();
        let (id, class) = lexicon.symbol("—");
        self.push(at, run, id, class);
        at + run
    }

    /// A stop ends the sentence unless the text goes on in lower case.
    fn read_stop(&mut self, text: &str, at: usize, end: usize) -> usize {
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
        self.push(at, run, 0, if goes_on { Class::NONE } else { Class::STOP });
        self.initial = !goes_on;
        self.perhaps_stopped = false;
        stop
    }
}

/// A quotation whose end can only be guessed: its words are read as narrative, so that a tag among
/// them can end it.
fn is_unclosed(string: &Quoted) -> bool {
    string.flags.contains(Flags::INFERRED_CLOSE) && string.continues.is_none() && string.parent.is_none()
}

/// What the inside of a quoted string says of it.
fn string_class(inner: &str) -> Class {
    let mut class = Class::NONE;
    if inner.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase) {
        class |= Class::CAP;
    }
    let end = inner.trim_end_matches(|letter: char| {
        letter.is_whitespace() || matches!(letter, '\'' | '’' | '”' | '"' | ')' | ']')
    });
    match end.chars().next_back() {
        Some('.') if end.ends_with("...") => class |= Class::QASK,
        Some('.' | '。') => class |= Class::QSTOP,
        Some('!' | '?' | '…' | '！' | '？') => class |= Class::QASK,
        Some(',' | '-' | '—' | '–' | ';' | '，' | '、') => class |= Class::QCOMMA,
        _ if inner.split_whitespace().take(4).count() <= 3 => class |= Class::SHORT,
        _ => {}
    }
    class
}

fn starts_word(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Parts a word from the ending that is a word of its own: Lim’s, they’ll.
fn split_clitic<'w>(word: &'w str, lexicon: &Lexicon) -> (&'w str, Option<(&'w str, Class)>) {
    let Some(at) = word.rfind(['\'', '’']).filter(|&at| at > 0) else { return (word, None) };
    let (stem, ending) = word.split_at(at);
    let class = match ending.trim_start_matches(['\'', '’']) {
        "s" | "S" => Class::CLITIC,
        "ll" | "d" => Class::MODAL,
        "re" | "m" => Class::BE,
        "ve" => Class::HAVE,
        _ => return (word, None),
    };
    if lexicon.look_up(word).0 != 0 { (word, None) } else { (stem, Some((ending, class))) }
}

/// A hyphenated word is taken for its last part: co-chairman, ex-minister.
fn compound(word: &str, lexicon: &Lexicon) -> Class {
    let Some((_, last)) = word.rsplit_once(['-', '‑']) else { return Class::NONE };
    if word.starts_with(|first: char| first.is_ascii_digit()) && last.eq_ignore_ascii_case("old") {
        return Class::NOUN | Class::ADJ | Class::ROLE;
    }
    let people = Class::ROLE | Class::NOUN | Class::PLURAL | Class::FEMALE | Class::MALE;
    let class = lexicon.look_up(last).1;
    let kept = if class.has(Class::ROLE) { class & people } else { class & (Class::NOUN | Class::PLURAL) };
    kept | Class::ADJ
}

/// Words that begin a sentence more often than they go on after an abbreviation.
const STARTERS: Class = Class::DET
    .union(Class::PRONOUN)
    .union(Class::POSSESSIVE)
    .union(Class::PREP)
    .union(Class::SUBORD)
    .union(Class::AND)
    .union(Class::WH)
    .union(Class::ADVERB);

/// Whether a word with a capital is part of a name.
fn is_name(class: Class, initial: bool, word: &str) -> bool {
    if matches!(word, "I") || class.has(Class::TIME) {
        return false;
    }
    if !class.has(Class::KNOWN) {
        return true;
    }
    let function = STARTERS.union(Class::BE).union(Class::HAVE).union(Class::MODAL).union(Class::NOT);
    if class.has(function) && !class.has(Class::FIRST | Class::NOUN) {
        return false;
    }
    !initial || class.has(Class::FIRST | Class::PARTICLE) && !class.has(STARTERS)
}

/// Settles what a word can be by the word before it, where that is safe.
fn disambiguate(before: Option<&Token>, class: Class) -> Class {
    let Some(before) = before else { return class };
    let before = before.class;
    let noun = Class::NOUN | Class::PLURAL | Class::ADJ;
    if class.has(Class::NOUN) && class.has(Class::VERBAL) {
        let nominal = Class::DET | Class::POSSESSIVE | Class::PREP | Class::CLITIC;
        let unsure = Class::THAT | Class::TO | Class::SUBORD | Class::PRONOUN | Class::OBJECT;
        if before.has(nominal) && !before.has(unsure) {
            return class.without(Class::VERB | Class::VERBS | Class::PAST);
        }
        let plain = Class::NOUN | Class::NAME | Class::ADJ | Class::NUMBER;
        if class.has(Class::VERB) && before.has(plain) && !before.has(Class::PLURAL | Class::ADVERB | Class::PRONOUN) {
            return class.without(Class::VERB);
        }
        let verbal = Class::TO | Class::MODAL;
        let subject = before.has(Class::PRONOUN) && !before.has(Class::OBJECT | Class::NOUN);
        if before.has(verbal) || subject {
            return class.without(noun);
        }
    }
    class
}
