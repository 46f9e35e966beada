//! Texts to measure on: news and novels made of invented sentences and the crate's own word lists, by a fixed seed.
//! How many marks, words and quotations a kilobyte holds follows real news and real novels, so that speed on these
//! texts is like speed on those.
#![allow(dead_code, reason = "each bench and test uses a part of this")]

pub(crate) mod hostile;
mod words;

use std::collections::HashMap;
use words::Words;

/// Texts that are read one by one, and what was put into them.
#[derive(Default)]
pub(crate) struct Corpus {
    pub(crate) name: String,
    pub(crate) documents: Vec<String>,
    pub(crate) truth: Truth,
}

/// What the generator put into a corpus.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Truth {
    /// Strings in double marks.
    pub(crate) strings: usize,
    /// Quotations in marks that have their tag.
    pub(crate) direct: usize,
    /// Indirect and mixed ones, under verbs of saying.
    pub(crate) indirect: usize,
}

impl Corpus {
    pub(crate) fn bytes(&self) -> usize {
        self.documents.iter().map(String::len).sum()
    }

    /// Adds up what `count` makes of each document.
    pub(crate) fn count(&self, mut count: impl FnMut(&str) -> usize) -> usize {
        self.documents.iter().map(|text| count(text)).sum()
    }

    /// Whether what it holds is known: it was made, not given.
    pub(crate) fn is_known(&self) -> bool {
        self.name != OWN
    }

    fn of(name: &str, documents: Vec<String>) -> Corpus {
        Corpus { name: name.to_owned(), documents, truth: Truth::default() }
    }
}

/// The name of a text that was given.
const OWN: &str = "own text";

/// The sizes to measure on, in megabytes: `INQUIT_BENCH_MB=1,10,100`, or `default` alone.
pub(crate) fn sizes(default: usize) -> Vec<usize> {
    let Ok(wanted) = std::env::var("INQUIT_BENCH_MB") else { return vec![default] };
    wanted.split(',').map(|size| size.parse().expect("INQUIT_BENCH_MB holds numbers")).collect()
}

pub(crate) const MB: usize = 1_000_000;

/// Articles of about 4.6 kB; every other one has curly marks.
pub(crate) fn news(bytes: usize) -> Corpus {
    Generator::new(include_str!("news.grammar"), 4_600).corpus("news", bytes)
}

/// Chapters of about 20 kB.
pub(crate) fn novel(bytes: usize) -> Corpus {
    Generator::new(include_str!("novel.grammar"), 20_000).corpus("novel", bytes)
}

/// The same news as one text.
pub(crate) fn one_document(bytes: usize) -> Corpus {
    let many = news(bytes);
    let name = format!("{} MB", bytes / MB);
    Corpus { name, documents: vec![many.documents.concat()], truth: many.truth }
}

/// News with every mark and apostrophe taken out.
pub(crate) fn without_marks(bytes: usize) -> Corpus {
    let strip = |text: &String| text.replace(['“', '”', '"', '’', '\'', '—'], "");
    Corpus::of("no marks", news(bytes).documents.iter().map(strip).collect())
}

/// Runs of marks of all kinds, the worst a scan can meet.
pub(crate) fn all_marks(bytes: usize) -> Corpus {
    Corpus::of("all marks", vec![hostile::alternating_marks(bytes)])
}

/// A text of your own to measure on: `INQUIT_BENCH_TEXT` names a plain text, or JSON lines with the text under "text".
pub(crate) fn own() -> Option<Corpus> {
    let path = std::env::var("INQUIT_BENCH_TEXT").ok()?;
    let file = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let text_of = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON lines");
        value["text"].as_str().expect("a text under \"text\"").to_owned()
    };
    let documents = if path.ends_with(".jsonl") { file.lines().map(text_of).collect() } else { vec![file] };
    Some(Corpus::of(OWN, documents))
}

/// Counts marks one character at a time: the plain twin of the scan, for texts without doubled or rare marks.
pub(crate) fn naive_marks(text: &str) -> usize {
    let mut count = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(this) = chars.next() {
        let inside =
            (before.is_alphanumeric() || !before.is_ascii()) && chars.peek().is_some_and(char::is_ascii_alphanumeric);
        count += usize::from(match this {
            '"' | '“' | '”' | '‘' => true,
            '\'' | '’' => !inside,
            _ => false,
        });
        before = this;
    }
    count
}

/// Marsaglia's xorshift: the same numbers on every machine.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (((self.0 >> 32) * end as u64) >> 32) as usize
    }

    /// A place in a list: the first ones are far commoner than the last, as words are.
    fn common(&mut self, end: usize) -> usize {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        (share.powi(3) * end as f64) as usize
    }
}

/// A piece of a sentence.
enum Piece {
    Text(&'static str),
    Slot(&'static str),
}

/// What may stand in a slot, each with how often it does.
#[derive(Default)]
struct Choices {
    total: usize,
    alternatives: Vec<(usize, Vec<Piece>)>,
}

struct Generator {
    grammar: HashMap<&'static str, Choices>,
    words: Words,
    random: Random,
    document_bytes: usize,
    cast: Vec<(String, String)>,
    curly: bool,
    capital: bool,
    truth: Truth,
}

impl Generator {
    fn new(grammar: &'static str, document_bytes: usize) -> Generator {
        let mut random = Random::new(0x9E37_79B9_7F4A_7C15);
        let words = Words::read(&mut random);
        Generator {
            grammar: read_grammar(grammar),
            words,
            random,
            document_bytes,
            cast: Vec::new(),
            curly: false,
            capital: false,
            truth: Truth::default(),
        }
    }

    fn corpus(mut self, name: &str, bytes: usize) -> Corpus {
        let mut documents: Vec<String> = Vec::new();
        let mut made = 0;
        while made < bytes {
            let document = self.document(documents.len(), self.document_bytes.min(bytes - made));
            made += document.len();
            documents.push(document);
        }
        Corpus { name: name.to_owned(), documents, truth: self.truth }
    }

    fn document(&mut self, number: usize, bytes: usize) -> String {
        const PEOPLE: usize = 7;
        self.curly = number.is_multiple_of(2);
        self.cast = (0..PEOPLE).map(|_| (self.words.first_name(&mut self.random), self.surname())).collect();
        let mut text = String::with_capacity(bytes + 2_000);
        while text.len() < bytes {
            self.slot("paragraph", &mut text);
            text.push_str("\n\n");
        }
        text
    }

    fn slot(&mut self, name: &'static str, text: &mut String) {
        if !self.grammar.contains_key(name) {
            return self.word(name, text);
        }
        let mut roll = self.random.below(self.grammar[name].total);
        let mut chosen = 0;
        while roll >= self.grammar[name].alternatives[chosen].0 {
            roll -= self.grammar[name].alternatives[chosen].0;
            chosen += 1;
        }
        for index in 0..self.grammar[name].alternatives[chosen].1.len() {
            match self.grammar[name].alternatives[chosen].1[index] {
                Piece::Text(piece) => self.push(piece, text),
                Piece::Slot(slot) => self.slot(slot, text),
            }
        }
    }

    fn word(&mut self, name: &'static str, text: &mut String) {
        let person = self.random.common(self.cast.len());
        match name {
            "+direct" => self.truth.direct += 1,
            "+indirect" => self.truth.indirect += 1,
            // A space came before the slot: what follows brings its own.
            "nothing" => {
                text.pop();
            }
            "last" => text.push_str(&self.cast[person].1),
            "full" => {
                let (first, last) = &self.cast[person];
                text.extend([first, " ", last]);
            }
            "first" => text.push_str(&self.cast[person].0),
            "place" => {
                let place = self.words.place(&mut self.random);
                self.push(&place, text);
            }
            "number" => text.push_str(&(2 + self.random.common(900)).to_string()),
            "year" => text.push_str(&(1990 + self.random.below(30)).to_string()),
            _ => {
                let list = self.words.list(name);
                let word = list[self.random.common(list.len())].clone();
                self.push(&word, text);
            }
        }
        if !name.starts_with('+') {
            self.capital = false;
        }
    }

    /// Adds words with the marks of this document.
    fn push(&mut self, piece: &str, text: &mut String) {
        for letter in piece.chars() {
            match letter {
                '^' => {
                    self.capital = true;
                    continue;
                }
                '“' => self.truth.strings += 1,
                _ => {}
            }
            match letter {
                '“' | '”' if !self.curly => text.push('"'),
                '’' if !self.curly => text.push('\''),
                _ if self.capital => {
                    text.extend(letter.to_uppercase());
                    self.capital = !letter.is_alphabetic();
                }
                _ => text.push(letter),
            }
        }
    }

    fn surname(&mut self) -> String {
        let place = self.words.syllables(&mut self.random);
        let ends = ["son", "ley", "er", "ova", "ini", "berg", "mann", "wick", "ez", "sen", "o", "ard"];
        place + ends[self.random.below(ends.len())]
    }
}

fn read_grammar(text: &'static str) -> HashMap<&'static str, Choices> {
    let mut grammar: HashMap<&str, Choices> = HashMap::new();
    let mut name = "";
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let Some(alternative) = line.strip_prefix("  ") else {
            name = line;
            continue;
        };
        let weighted = alternative.split_once(' ').and_then(|(weight, rest)| Some((weight.parse().ok()?, rest)));
        let (weight, sentence) = weighted.unwrap_or((1, alternative));
        let choices = grammar.entry(name).or_default();
        choices.total += weight;
        choices.alternatives.push((weight, read_sentence(sentence)));
    }
    grammar
}

fn read_sentence(sentence: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('<') {
        let (slot, after) = after.split_once('>').expect("a slot ends with >");
        pieces.extend([Piece::Text(before), Piece::Slot(slot)]);
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}
