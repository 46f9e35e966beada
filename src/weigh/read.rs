//! The table of weights: from its text to memory, in one pass over the bytes.

use super::layout::{Axis, PLANES, Rows};
use super::rare::Rare;
use super::{Beside, FEATURES, Feature, LEAST_END, LogOdds, MOST_VERBS, Value, Weights};
use crate::error::{Error, Kind};
use crate::lexicon::Lexicon;
use crate::rules::program::Rule;
use crate::token::Class;
use crate::word::{Key, Run};
use memchr::memchr;

impl Weights {
    /// Reads a table: headings `[feature]`, below them the values and the weight of one line each; `#`
    /// begins a comment. Lines about words or rules that are not there are passed over.
    pub(crate) fn read(text: &str, lexicon: &Lexicon, rules: &[Rule]) -> Result<Weights, Error> {
        let mut weights = Weights::empty(lexicon, rules);
        let mut words = Words::new(lexicon, rules);
        let mut heading = None;
        let mut rest = text;
        let mut number = 0;
        while !rest.is_empty() {
            number += 1;
            let end = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let line = rest[..end].trim_end_matches('\r');
            let ahead = rest.as_bytes();
            rest = rest.get(end + 1..).unwrap_or("");
            let fail = |kind| Error::new(kind, number, 1, line.chars().count(), line);
            match line.as_bytes().first() {
                None | Some(b'#') => {}
                Some(b'[') => heading = Some(words.heading(line).ok_or_else(|| fail(Kind::Feature))?),
                Some(_) => {
                    let feature = heading.ok_or_else(|| fail(Kind::NoFeature))?;
                    if let Some((values, weight)) = words.entry(feature, line, ahead).map_err(fail)? {
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
        Weights {
            plain: Rows::new(1),
            rules: Rows::new(rules.len()),
            groups: Rows::new(Value::Group.width(lexicon, rules.len())),
            anchors: Rows::new(lexicon.len()),
            heads: Rows::new(lexicon.len()),
            words: Rows::new(lexicon.len()),
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

    /// One line; nothing if it is about a word or rule that is not there. `ahead` begins with the line and goes on behind
    /// it: words are read sixteen bytes at a time.
    fn entry(&mut self, feature: usize, line: &'t str, ahead: &[u8]) -> Result<Option<([u16; 3], i16)>, Kind> {
        let mut rest = line;
        let mut values = [0u16; 3];
        let mut known = true;
        for (slot, value) in values.iter_mut().zip(FEATURES[feature].1) {
            let is_number = matches!(value, Value::Group | Value::Number(_));
            let found = if let Some((digit, behind)) = digit(rest).filter(|_| is_number) {
                rest = behind;
                self.within(*value, digit)
            } else {
                let word;
                let ahead = &ahead[line.len() - rest.len()..];
                (word, rest) = Word::first_of(rest, ahead).ok_or(Kind::FeatureValues)?;
                self.value(*value, &word)
            };
            match found {
                Some(value) => *slot = value,
                None => known = false,
            }
        }
        let weight = weight(rest).ok_or(Kind::Weight)?;
        Ok(known.then_some((values, weight)))
    }

    fn value(&mut self, value: Value, word: &Word<'t>) -> Option<u16> {
        let text = word.text;
        match value {
            Value::Kind => self.kinds.find(word),
            Value::Anchor | Value::Head | Value::Word if text == "-" => Some(0),
            Value::Anchor | Value::Head | Value::Word => {
                Some(word.key.map_or_else(|| self.lexicon.find(text), |key| self.lexicon.find_key(key)))
                    .filter(|&id| id != 0)
            }
            Value::Rule => {
                if self.rule.0 != text {
                    let known = self.rules.binary_search_by_key(&text, |rule| rule.0).ok();
                    self.rule = (text, known.map(|place| self.rules[place].1));
                }
                self.rule.1
            }
            Value::Group | Value::Number(_) => self.within(value, text.parse().ok()?),
        }
    }

    /// A number, if there are so many groups, or values.
    fn within(&self, value: Value, number: u16) -> Option<u16> {
        (usize::from(number) < value.width(self.lexicon, self.rules.len())).then_some(number)
    }
}

/// The number a line begins with and what stands behind the space, if it is one digit: most are.
fn digit(line: &str) -> Option<(u16, &str)> {
    match line.as_bytes() {
        [digit @ b'0'..=b'9', b' ', ..] => Some((u16::from(digit - b'0'), &line[2..])),
        _ => None,
    }
}

/// A word of a line.
struct Word<'t> {
    text: &'t str,
    /// Its key, if it is short and plain.
    key: Option<Key>,
}

impl<'t> Word<'t> {
    /// The first word of a line and what stands behind the space.
    fn first_of(line: &'t str, ahead: &[u8]) -> Option<(Word<'t>, &'t str)> {
        let run = Run::read(ahead, 0);
        let is_plain = ahead.get(run.len) == Some(&b' ');
        let end = if is_plain { run.len } else { line.bytes().position(|byte| byte == b' ')? };
        Some((Word { text: &line[..end], key: is_plain.then_some(run.key) }, &line[end + 1..]))
    }
}

/// The weight in hundredths.
fn weight(word: &str) -> Option<i16> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    match digits.as_bytes() {
        // As the table is written: -1.25
        &[whole @ b'0'..=b'9', b'.', tenth @ b'0'..=b'9', hundredth @ b'0'..=b'9'] => {
            let digit = |byte: u8| i16::from(byte - b'0');
            let hundredths = digit(whole) * 100 + digit(tenth) * 10 + digit(hundredth);
            Some(if digits.len() < word.len() { -hundredths } else { hundredths })
        }
        _ => Some((word.parse::<f32>().ok()? * 100.0).round() as i16),
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

    fn find(&self, name: &Word<'_>) -> Option<u16> {
        let kind = self.0[self.slot(name.key?)].1;
        (kind != Kinds::FREE).then_some(u16::from(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinds, Word, weight};
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
            assert_eq!(weight(word), hundredths, "{word}");
        }
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        let kinds = Kinds::new();
        let find = |name: &str| {
            let line = format!("{name} 0.10");
            Word::first_of(&line, line.as_bytes()).and_then(|(word, _)| kinds.find(&word))
        };
        for kind in 0..Class::KINDS as u8 {
            assert_eq!(find(Class::kind_name(kind)), Some(u16::from(kind)));
        }
        assert_eq!((find("NOUNS"), find(""), find("A-B")), (None, None, None));
    }
}
