//! The table of weights: from its text to memory, in one pass over the bytes.

use super::layout::{Axis, PLANES, Rows};
use super::rare::Rare;
use super::{Beside, FEATURES, Feature, LEAST_END, LogOdds, MOST_VERBS, Value, Weights};
use crate::error::{Kind, Line, Problem};
use crate::lexicon::Lexicon;
use crate::rules::program::Rule;
use crate::token::Class;
use crate::word::{Key, Run};
use memchr::memchr;

impl Weights {
    /// Reads a table: headings `[feature]`, below them the values and the weight of one line each; `#`
    /// begins a comment. Lines about words or rules that are not there are passed over.
    pub(crate) fn read(text: &str, lexicon: &Lexicon, rules: &[Rule]) -> Result<Weights, Problem> {
        let mut weights = Weights::empty(lexicon, rules);
        let mut words = Words::new(lexicon, rules);
        let mut heading = None;
        let mut cursor = Cursor { text, at: 0 };
        let mut number = 0;
        while let Some(&first) = text.as_bytes().get(cursor.at) {
            number += 1;
            let start = cursor.at;
            let fail = |kind| {
                let line = Cursor { text, at: start }.line();
                Line { number, text: line }.whole(kind)
            };
            match first {
                b'#' | b'\n' | b'\r' => _ = cursor.line(),
                b'[' => heading = Some(words.heading(cursor.line()).ok_or_else(|| fail(Kind::Feature))?),
                _ => {
                    let feature = heading.ok_or_else(|| fail(Kind::NoFeature))?;
                    let values = words.values(FEATURES[feature].1, &mut cursor);
                    let values = values.ok_or_else(|| fail(Kind::FeatureValues))?;
                    let weight = cursor.weight().ok_or_else(|| fail(Kind::Weight))?;
                    if let Some(values) = values {
                        weights.note(feature, values, weight);
                    }
                }
            }
        }
        weights.note_ends();
        Ok(weights)
    }

    /// A table of no weights.
    fn empty(lexicon: &Lexicon, rules: &[Rule]) -> Weights {
        let groups = Value::Group.width(lexicon, rules.len());
        // One word in sixteen has weights, more or less.
        let (words, some) = (lexicon.len(), lexicon.len() / 16);
        Weights {
            plain: Rows::new(1, 1),
            rules: Rows::new(rules.len(), rules.len()),
            groups: Rows::new(groups, groups),
            anchors: Rows::new(words, some),
            heads: Rows::new(words, some),
            words: Rows::new(words, some),
            rare: Rare::default(),
            offsets: rules.iter().map(|rule| LogOdds::of_share(rule.score)).collect(),
            ends: Vec::new(),
        }
    }

    fn note(&mut self, feature: usize, values: [u16; 3], weight: i16) {
        let plane = &PLANES[feature];
        match plane.axis {
            Axis::Nothing => self.plain.set(plane, values, weight),
            Axis::Rule => self.rules.set(plane, values, weight),
            Axis::Group => self.groups.set(plane, values, weight),
            Axis::Anchor => self.anchors.set(plane, values, weight),
            Axis::Head => self.heads.set(plane, values, weight),
            Axis::Word => self.words.set(plane, values, weight),
            Axis::Rare => self.rare.set(Feature::new(feature, values), weight),
        }
    }

    /// Notes where it is worth asking whether content ends.
    fn note_ends(&mut self) {
        const KINDS: u8 = Class::KINDS as u8;
        let may = |prev, next, verbs| {
            let here = Beside { prev, next, verbs };
            u64::from(here.features(self.sum()).odds >= LEAST_END) << next
        };
        let before = |verbs| std::array::from_fn(|prev| (0..KINDS).map(|next| may(prev as u8, next, verbs)).sum());
        self.ends = (0..=MOST_VERBS).map(before).collect();
    }
}

/// What the words of a table stand for.
struct Words<'t> {
    lexicon: &'t Lexicon,
    /// The rules by name, and their numbers.
    rules: Vec<(&'t str, u16)>,
    kinds: Kinds,
    /// The last rule and its number: the lines are sorted, so the next one is often about the same.
    rule: (&'t str, Option<u16>),
}

impl<'t> Words<'t> {
    fn new(lexicon: &'t Lexicon, rules: &'t [Rule]) -> Words<'t> {
        let mut rules: Vec<(&str, u16)> = rules.iter().map(|rule| rule.name.as_str()).zip(0..).collect();
        rules.sort_unstable();
        Words { lexicon, rules, kinds: Kinds::new(), rule: ("", None) }
    }

    /// The number of the feature a heading names.
    fn heading(&self, line: &str) -> Option<usize> {
        let name = line.strip_prefix('[')?.strip_suffix(']')?;
        FEATURES.iter().position(|(known, _)| *known == name)
    }

    /// The values of one line; nothing if there are too few, and of them nothing if one is a word or rule that is not
    /// there, or too large.
    #[inline]
    fn values(&mut self, wanted: &[Value], cursor: &mut Cursor<'t>) -> Option<Option<[u16; 3]>> {
        let mut values = [0u16; 3];
        let mut known = true;
        for (place, value) in wanted.iter().enumerate() {
            match self.value(*value, cursor)? {
                Some(value) => values[place] = value,
                None => known = false,
            }
        }
        Some(known.then_some(values))
    }

    #[inline(always)]
    fn value(&mut self, value: Value, cursor: &mut Cursor<'t>) -> Option<Option<u16>> {
        match value {
            Value::Kind => Some(cursor.word()?.key.and_then(|key| self.kinds.find(key))),
            Value::Anchor | Value::Head | Value::Word => Some(self.word(&cursor.word()?)),
            Value::Rule => {
                if !cursor.skip(self.rule.0) {
                    let name = cursor.word()?.text();
                    let known = self.rules.binary_search_by_key(&name, |rule| rule.0).ok();
                    self.rule = (name, known.map(|place| self.rules[place].1));
                }
                Some(self.rule.1)
            }
            Value::Group | Value::Number(_) => {
                let number = match cursor.digit() {
                    Some(digit) => Some(digit),
                    None => cursor.word()?.text().parse().ok(),
                };
                let width = value.width(self.lexicon, self.rules.len());
                Some(number.filter(|&number| usize::from(number) < width))
            }
        }
    }

    /// The entry of a word; 0 stands for none.
    #[inline(always)]
    fn word(&self, word: &Word<'_>) -> Option<u16> {
        let id = match word.key {
            Some(key) => self.lexicon.find_key(key),
            None if word.text() == "-" => return Some(0),
            None => self.lexicon.find(word.text()),
        };
        (id != 0).then_some(id)
    }
}

/// A place in the table.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    #[inline]
    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// What is left of the line; goes behind it.
    fn line(&mut self) -> &'t str {
        let (text, start) = (self.text, self.at);
        let len = memchr(b'\n', self.rest()).unwrap_or(text.len() - start);
        self.at = text.len().min(start + len + 1);
        text[start..start + len].trim_end_matches('\r')
    }

    /// The next word of the line that a space follows; goes behind the space.
    #[inline(always)]
    fn word(&mut self) -> Option<Word<'t>> {
        let (text, start) = (self.text, self.at);
        let run = Run::read(text.as_bytes(), start);
        let is_plain = text.as_bytes().get(start + run.len) == Some(&b' ');
        let len = if is_plain { run.len } else { self.len()? };
        self.at += len + 1;
        Some(Word { text, start, len, key: is_plain.then_some(run.key) })
    }

    /// The length of a word that is not plain.
    #[inline(never)]
    fn len(&self) -> Option<usize> {
        let end = self.rest().iter().position(|byte| matches!(byte, b' ' | b'\n'))?;
        (self.rest()[end] == b' ').then_some(end)
    }

    /// The next word as a number, if it is one digit: most are.
    #[inline]
    fn digit(&mut self) -> Option<u16> {
        match self.rest() {
            [digit @ b'0'..=b'9', b' ', ..] => {
                self.at += 2;
                Some(u16::from(digit - b'0'))
            }
            _ => None,
        }
    }

    /// Goes behind this word if it is the next.
    fn skip(&mut self, word: &str) -> bool {
        let found = self.rest().strip_prefix(word.as_bytes()).is_some_and(|rest| rest.first() == Some(&b' '));
        self.at += if found { word.len() + 1 } else { 0 };
        found
    }

    /// The weight at the end of the line, in hundredths; goes behind the line.
    #[inline]
    fn weight(&mut self) -> Option<i16> {
        // As the table is written: -1.25
        let (negative, digits) = match self.rest() {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        match *digits {
            [whole @ b'0'..=b'9', b'.', tenth @ b'0'..=b'9', hundredth @ b'0'..=b'9', b'\n', ..] => {
                self.at += 5 + usize::from(negative);
                let [whole, tenth, hundredth] = [whole, tenth, hundredth].map(|digit| i16::from(digit - b'0'));
                let hundredths = whole * 100 + tenth * 10 + hundredth;
                Some(if negative { -hundredths } else { hundredths })
            }
            _ => Some((self.line().parse::<f32>().ok()? * 100.0).round() as i16),
        }
    }
}

/// A word of a line.
struct Word<'t> {
    text: &'t str,
    start: usize,
    len: usize,
    /// Its key, if it is short and plain.
    key: Option<Key>,
}

impl<'t> Word<'t> {
    fn text(&self) -> &'t str {
        &self.text[self.start..self.start + self.len]
    }
}

/// The kinds of tokens by name: a small table, open addressing.
struct Kinds([(Key, u8); Kinds::SLOTS]);

impl Kinds {
    const SLOTS: usize = 128;
    const FREE: u8 = u8::MAX;

    fn new() -> Kinds {
        let mut kinds = Kinds([(Key::default(), Kinds::FREE); Kinds::SLOTS]);
        for kind in 0..Class::KINDS as u8 {
            let key = Key::folded(Class::kind_name(kind));
            let slot = kinds.slot(key);
            kinds.0[slot] = (key, kind);
        }
        kinds
    }

    /// Where a name is, or the free slot it would take.
    fn slot(&self, key: Key) -> usize {
        let mut slot = key.hash() % Kinds::SLOTS;
        while self.0[slot].1 != Kinds::FREE && self.0[slot].0 != key {
            slot = (slot + 1) % Kinds::SLOTS;
        }
        slot
    }

    fn find(&self, name: Key) -> Option<u16> {
        let kind = self.0[self.slot(name)].1;
        (kind != Kinds::FREE).then_some(u16::from(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cursor, Kinds};
    use crate::token::Class;

    #[test]
    fn weights_are_read_in_any_shape() {
        let expected = [
            ("-0.32", Some(-32)),
            ("1.25", Some(125)),
            ("-9.99", Some(-999)),
            ("0.00", Some(0)),
            ("-12.5", Some(-1250)),
            ("3", Some(300)),
            ("0.125", Some(13)),
            ("1e1", Some(1000)),
            ("", None),
            ("-", None),
            ("--1", None),
            ("1.2.3", None),
            ("x", None),
        ];
        for (word, hundredths) in expected {
            for end in ["", "\n", "\r\n", "\nnext"] {
                let table = format!("{word}{end}");
                let mut cursor = Cursor { text: &table, at: 0 };
                assert_eq!(cursor.weight(), hundredths, "{word}");
            }
        }
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        let kinds = Kinds::new();
        let find = |name: &str| {
            let line = format!("{name} 0.10");
            let mut cursor = Cursor { text: &line, at: 0 };
            cursor.word().and_then(|word| word.key).and_then(|key| kinds.find(key))
        };
        for kind in 0..Class::KINDS as u8 {
            assert_eq!(find(Class::kind_name(kind)), Some(u16::from(kind)));
        }
        assert_eq!((find("NOUNS"), find(""), find("A-B")), (None, None, None));
    }
}
