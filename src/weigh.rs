//! Measured weights: how much each feature speaks for or against a decision.
//!
//! Two decisions are weighed: whether a proposed attribution is one, and whether content ends before
//! a token. Each is a sum of log-odds, one for each feature that is there. The table is text, one
//! feature a line; a person can read and change it, and `examples/evaluate` counts it anew.

use crate::error::{Error, Kind};
use crate::lexicon::Lexicon;
use crate::token::Class;

/// Makes a feature from its name and values; the name is looked up when the crate is compiled.
macro_rules! fact {
    ($name:literal) => {
        $crate::weigh::Feature::new(const { $crate::weigh::Feature::number($name) }, [0, 0, 0])
    };
    ($name:literal, $a:expr) => {
        $crate::weigh::Feature::new(const { $crate::weigh::Feature::number($name) }, [$a as u16, 0, 0])
    };
    ($name:literal, $a:expr, $b:expr) => {
        $crate::weigh::Feature::new(const { $crate::weigh::Feature::number($name) }, [$a as u16, $b as u16, 0])
    };
    ($name:literal, $a:expr, $b:expr, $c:expr) => {
        $crate::weigh::Feature::new(const { $crate::weigh::Feature::number($name) }, [$a as u16, $b as u16, $c as u16])
    };
}
/// What the values of a feature are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// A kind of token, by the name of its first class.
    Kind,
    /// A word of the lexicon.
    Word,
    /// A rule.
    Rule,
    /// A number of no unit: a flag, a bucket, a state.
    Number,
}

/// The features, by name. The order is that of their numbers.
const FEATURES: &[(&str, &[Value])] = &[
    // Is this word worth trying the rules on?
    ("try", &[]),
    ("try.word", &[Value::Word]),
    ("try.next", &[Value::Number, Value::Kind]),
    ("try.prev", &[Value::Number, Value::Kind]),
    ("try.form", &[Value::Number, Value::Kind]),
    // Does the content end before this token?
    ("end", &[]),
    ("end.next", &[Value::Kind, Value::Number]),
    ("end.next.prev", &[Value::Kind, Value::Kind]),
    ("end.next.second", &[Value::Kind, Value::Kind, Value::Number]),
    ("end.frame", &[Value::Kind, Value::Number, Value::Number]),
    ("end.next.first", &[Value::Kind, Value::Kind, Value::Number]),
    ("end.word", &[Value::Word, Value::Number]),
    ("end.word.first", &[Value::Word, Value::Kind]),
    ("end.head.word", &[Value::Word, Value::Word]),
    ("end.head.next", &[Value::Word, Value::Kind]),
    ("end.group.next", &[Value::Number, Value::Kind]),
    ("end.second.word", &[Value::Word, Value::Kind]),
    ("end.tag", &[Value::Number, Value::Kind]),
    ("end.quote", &[Value::Number, Value::Kind]),
    ("end.rule.next", &[Value::Rule, Value::Kind]),
    ("end.relative", &[Value::Kind, Value::Kind, Value::Number]),
    ("end.parallel", &[Value::Kind, Value::Kind, Value::Kind]),
    ("end.prev.word", &[Value::Word, Value::Kind]),
    ("end.commas", &[Value::Kind, Value::Number, Value::Number]),
    // Is this an attribution?
    ("is", &[]),
    ("is.rule", &[Value::Rule]),
    ("is.head", &[Value::Word]),
    ("is.head.form", &[Value::Word, Value::Kind]),
    ("is.head.first", &[Value::Word, Value::Kind]),
    ("is.head.link", &[Value::Word, Value::Word]),
    ("is.head.source", &[Value::Word, Value::Number]),
    ("is.head.rule", &[Value::Word, Value::Rule]),
    ("is.head.kind", &[Value::Word, Value::Number]),
    ("is.group.first", &[Value::Number, Value::Kind]),
    ("is.group.form", &[Value::Number, Value::Kind]),
    ("is.group.source", &[Value::Number, Value::Number]),
    ("is.rule.first", &[Value::Rule, Value::Kind]),
    ("is.rule.source", &[Value::Rule, Value::Number]),
    ("is.rule.before", &[Value::Rule, Value::Kind]),
    ("is.rule.length", &[Value::Rule, Value::Number]),
    ("is.rule.verb", &[Value::Rule, Value::Number, Value::Kind]),
    ("is.rule.kind", &[Value::Rule, Value::Number]),
    ("is.rule.after", &[Value::Rule, Value::Kind]),
    ("is.rule.gap", &[Value::Rule, Value::Number]),
    ("is.source.word", &[Value::Word]),
    ("is.source.word.group", &[Value::Word, Value::Number]),
    ("is.aux", &[Value::Number, Value::Number]),
    ("is.first.word", &[Value::Word, Value::Number]),
    ("is.end", &[Value::Number, Value::Rule]),
    ("is.end.first", &[Value::Number, Value::Kind]),
    ("is.earlier", &[Value::Number, Value::Number]),
    ("is.place", &[Value::Number, Value::Rule]),
    ("is.headline", &[Value::Number, Value::Rule]),
];

/// A feature with its values, packed into one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Feature(u64);

impl Feature {
    pub(crate) const fn new(number: u8, values: [u16; 3]) -> Feature {
        Feature((number as u64 + 1) << 48 | (values[0] as u64) << 32 | (values[1] as u64) << 16 | values[2] as u64)
    }

    /// The number of the feature of this name; a name that is not there is a mistake of ours.
    pub(crate) const fn number(name: &str) -> u8 {
        let mut number = 0;
        while number < FEATURES.len() {
            if same(FEATURES[number].0.as_bytes(), name.as_bytes()) {
                return number as u8;
            }
            number += 1;
        }
        panic!("no such feature")
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

pub(crate) use fact;

/// The table: open addressing, one look-up a feature; and the weights of the first question, asked of
/// every word that could be a cue, in tables of their own.
#[derive(Clone, Debug)]
pub(crate) struct Weights {
    slots: Vec<(u64, f32)>,
    used: usize,
    trial: Trial,
}

impl Default for Weights {
    fn default() -> Weights {
        Weights { slots: vec![(0, 0.0); 1 << 8], used: 0, trial: Trial::default() }
    }
}

/// Whether a word is worth trying the rules on: by the word, and by the kinds around it.
#[derive(Clone, Debug, Default)]
struct Trial {
    base: f32,
    words: Vec<f32>,
    next: Vec<[f32; Class::KINDS]>,
    prev: Vec<[f32; Class::KINDS]>,
    form: Vec<[f32; Class::KINDS]>,
}

/// Words less likely than this to be a cue are passed over; the log-odds of one in a hundred.
const LEAST_WORTH: f32 = -2.3;

/// The surroundings of a word that could be a cue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings {
    pub(crate) word: u16,
    pub(crate) group: u16,
    pub(crate) form: u8,
    pub(crate) prev: u8,
    pub(crate) next: u8,
}

impl Surroundings {
    /// What speaks for and against trying the rules here.
    pub(crate) fn features(&self) -> [Feature; 5] {
        [
            fact!("try"),
            fact!("try.word", self.word),
            fact!("try.next", self.group, self.next),
            fact!("try.prev", self.group, self.prev),
            fact!("try.form", self.group, self.form),
        ]
    }
}

impl Weights {
    /// Reads a table: headings `[feature]`, below them the values and the weight of one line each; `#`
    /// begins a comment. Lines about words or rules that are not there are passed over.
    pub(crate) fn read(text: &str, lexicon: &Lexicon, rules: &[Box<str>]) -> Result<Weights, Error> {
        let mut weights = Weights::default();
        let mut heading = None;
        for (index, line) in text.lines().enumerate() {
            let fail = |kind| Error::new(kind, index + 1, 1, line.chars().count(), line);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                let number = FEATURES.iter().position(|(known, _)| *known == name);
                heading = Some(number.ok_or_else(|| fail(Kind::Feature))?);
                continue;
            }
            let number = heading.ok_or_else(|| fail(Kind::NoFeature))?;
            let mut words = line.split(' ');
            let mut values = [0u16; 3];
            let mut known = true;
            for (slot, value) in values.iter_mut().zip(FEATURES[number].1) {
                let word = words.next().ok_or_else(|| fail(Kind::FeatureValues))?;
                match value.read(word, lexicon, rules) {
                    Some(value) => *slot = value,
                    None => known = false,
                }
            }
            let weight = words.next().and_then(|word| word.parse().ok()).ok_or_else(|| fail(Kind::Weight))?;
            if known {
                weights.insert(Feature::new(number as u8, values), weight);
            }
        }
        weights.tabulate(lexicon);
        Ok(weights)
    }

    /// Lays out the weights of the first question.
    fn tabulate(&mut self, lexicon: &Lexicon) {
        let groups = lexicon.groups() as u16 + 1;
        let table = |feature: fn(u16, u8) -> Feature| {
            let row = |group| std::array::from_fn(|kind| self.of(feature(group, kind as u8)));
            (0..groups).map(row).collect()
        };
        self.trial = Trial {
            base: self.of(fact!("try")),
            words: (0..lexicon.len() as u16).map(|word| self.of(fact!("try.word", word))).collect(),
            next: table(|group, kind| fact!("try.next", group, kind)),
            prev: table(|group, kind| fact!("try.prev", group, kind)),
            form: table(|group, kind| fact!("try.form", group, kind)),
        };
    }

    /// Whether the rules are worth trying on a word.
    #[inline]
    pub(crate) fn worth_trying(&self, here: &Surroundings) -> bool {
        let Trial { base, words, next, prev, form } = &self.trial;
        let group = usize::from(here.group);
        let sum = base
            + words[usize::from(here.word)]
            + next[group][usize::from(here.next)]
            + prev[group][usize::from(here.prev)]
            + form[group][usize::from(here.form)];
        sum >= LEAST_WORTH
    }

    fn insert(&mut self, feature: Feature, weight: f32) {
        if self.used * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, 0.0); old.len() * 2];
            old.iter().filter(|(key, _)| *key != 0).for_each(|slot| self.place(*slot));
        }
        self.place((feature.0, weight));
        self.used += 1;
    }

    fn place(&mut self, slot: (u64, f32)) {
        let mask = self.slots.len() - 1;
        let mut at = hash(slot.0) & mask;
        while self.slots[at].0 != 0 && self.slots[at].0 != slot.0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    /// The weight of a feature, 0 if it has none.
    #[inline]
    pub(crate) fn of(&self, feature: Feature) -> f32 {
        let mask = self.slots.len() - 1;
        let mut at = hash(feature.0) & mask;
        loop {
            let (key, weight) = self.slots[at];
            if key == feature.0 {
                return weight;
            }
            if key == 0 {
                return 0.0;
            }
            at = (at + 1) & mask;
        }
    }
}

#[inline]
fn hash(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

impl Value {
    fn read(self, word: &str, lexicon: &Lexicon, rules: &[Box<str>]) -> Option<u16> {
        match self {
            Value::Kind => (0..Class::KINDS as u8).find(|&kind| Class::kind_name(kind) == word).map(u16::from),
            Value::Word if word == "-" => Some(0),
            Value::Word => Some(lexicon.find(word)).filter(|&id| id != 0),
            Value::Rule => rules.iter().position(|rule| **rule == *word).map(|rule| rule as u16),
            Value::Number => word.parse().ok(),
        }
    }

    fn write(self, value: u16, lexicon: &Lexicon, rules: &[Box<str>]) -> String {
        match self {
            Value::Kind => Class::kind_name(value as u8).to_owned(),
            Value::Word if value == 0 => "-".to_owned(),
            Value::Word => lexicon.word(value).to_owned(),
            Value::Rule => rules.get(usize::from(value)).map_or("-", |rule| &**rule).to_owned(),
            Value::Number => value.to_string(),
        }
    }
}

impl Feature {
    /// The feature as a line of the table has it, without its weight.
    pub(crate) fn write(self, lexicon: &Lexicon, rules: &[Box<str>]) -> String {
        let (name, values) = FEATURES[(self.0 >> 48) as usize - 1];
        let mut line = name.to_owned();
        for (index, value) in values.iter().enumerate() {
            let number = (self.0 >> (32 - 16 * index)) as u16;
            line.push(' ');
            line.push_str(&value.write(number, lexicon, rules));
        }
        line
    }
}
