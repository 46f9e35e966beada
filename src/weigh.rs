//! Measured weights: how much each feature speaks for or against a decision.
//!
//! Two decisions are weighed: whether a proposed attribution is one, and whether content ends before
//! a token. Each has a quick question before it, which passes over what is hopeless. Each is a sum of
//! log-odds, one for each feature that is there. The table is text, one
//! feature a line; a person can read and change it, and `examples/evaluate` counts it anew.

mod read;

use crate::lexicon::Lexicon;
use crate::token::Class;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

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
/// What a value of a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// A kind of token, by the name of its first class.
    Kind,
    /// A word of the lexicon.
    Word,
    /// A rule.
    Rule,
    /// A group of the lexicon, by its number.
    Group,
    /// A number below this one: a flag, a bucket, a state.
    Number(u16),
}

/// The features, by name. The order is that of their numbers.
const FEATURES: &[(&str, &[Value])] = &[
    // Is this word worth trying the rules on?
    ("try", &[]),
    ("try.word", &[Value::Word]),
    ("try.next", &[Value::Group, Value::Kind]),
    ("try.prev", &[Value::Group, Value::Kind]),
    ("try.form", &[Value::Group, Value::Kind]),
    ("try.word.next", &[Value::Word, Value::Kind]),
    ("try.word.prev", &[Value::Word, Value::Kind]),
    ("try.around", &[Value::Kind, Value::Kind]),
    // Is this place worth asking whether the content ends here?
    ("may", &[]),
    ("may.next", &[Value::Kind, Value::Number(3)]),
    ("may.around", &[Value::Kind, Value::Kind]),
    // Does the content end before this token?
    ("end", &[]),
    ("end.next", &[Value::Kind, Value::Number(3)]),
    ("end.next.second", &[Value::Kind, Value::Kind, Value::Number(3)]),
    ("end.frame", &[Value::Kind, Value::Number(3), Value::Number(9)]),
    ("end.next.first", &[Value::Kind, Value::Kind, Value::Number(3)]),
    ("end.word", &[Value::Word, Value::Number(3)]),
    ("end.head.word", &[Value::Word, Value::Word]),
    ("end.head.next", &[Value::Word, Value::Kind]),
    ("end.group.next", &[Value::Group, Value::Kind, Value::Number(3)]),
    ("end.second.word", &[Value::Word, Value::Kind]),
    ("end.tag", &[Value::Number(4), Value::Kind]),
    ("end.quote", &[Value::Number(4), Value::Kind]),
    ("end.relative", &[Value::Kind, Value::Kind, Value::Number(5)]),
    ("end.opened", &[Value::Number(2), Value::Kind, Value::Kind]),
    ("end.third", &[Value::Kind, Value::Kind, Value::Kind]),
    ("end.parallel", &[Value::Kind, Value::Kind, Value::Kind]),
    ("end.commas", &[Value::Kind, Value::Number(3), Value::Number(3)]),
    ("end.quoted", &[Value::Kind, Value::Number(3)]),
    // Is this an attribution?
    ("is", &[]),
    ("is.rule", &[Value::Rule]),
    ("is.head", &[Value::Word]),
    ("is.head.form", &[Value::Word, Value::Kind]),
    ("is.head.first", &[Value::Word, Value::Kind]),
    ("is.head.link", &[Value::Word, Value::Word]),
    ("is.head.source", &[Value::Word, Value::Number(15)]),
    ("is.rule.first", &[Value::Rule, Value::Kind]),
    ("is.rule.source", &[Value::Rule, Value::Number(15)]),
    ("is.rule.before", &[Value::Rule, Value::Kind]),
    ("is.rule.length", &[Value::Rule, Value::Number(9)]),
    ("is.rule.verb", &[Value::Rule, Value::Number(3), Value::Kind]),
    ("is.rule.kind", &[Value::Rule, Value::Number(3)]),
    ("is.rule.after", &[Value::Rule, Value::Kind]),
    ("is.rule.gap", &[Value::Rule, Value::Number(10)]),
    ("is.rule.next", &[Value::Rule, Value::Kind]),
    ("is.rule.next.verb", &[Value::Rule, Value::Kind, Value::Number(3)]),
    ("is.aux", &[Value::Number(32), Value::Group]),
    ("is.end", &[Value::Number(11), Value::Rule]),
    ("is.end.first", &[Value::Number(11), Value::Kind]),
    ("is.source.form", &[Value::Number(16), Value::Rule]),
    ("is.place", &[Value::Number(9), Value::Rule]),
    ("is.rule.form", &[Value::Rule, Value::Kind, Value::Number(2)]),
];

/// A feature with its values, packed into one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Feature(u64);

impl Feature {
    pub(crate) const fn new(number: u8, values: [u16; 3]) -> Feature {
        Feature((number as u64 + 1) << 48 | (values[0] as u64) << 32 | (values[1] as u64) << 16 | values[2] as u64)
    }

    #[inline]
    fn number_of(self) -> usize {
        (self.0 >> 48) as usize - 1
    }

    #[inline]
    fn values(self) -> [u16; 3] {
        [(self.0 >> 32) as u16, (self.0 >> 16) as u16, self.0 as u16]
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

/// The table: weights in hundredths, one look-up a feature.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    /// One for each feature.
    planes: Vec<Plane>,
    /// The weights of all features whose values are few.
    dense: Vec<i16>,
    /// The others.
    sparse: HashMap<Feature, i16, BuildHasherDefault<Mixer>>,
}

/// Where the weights of one feature lie.
#[derive(Clone, Debug, Default)]
struct Plane {
    start: usize,
    /// How many values the second and the third place have.
    widths: [usize; 2],
    /// For features of words: the row of each word, 0 for words without weights.
    rows: Vec<u16>,
    is_sparse: bool,
}

/// The sum of some weights, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LogOdds(pub(crate) i32);

impl LogOdds {
    /// The log-odds of a share between 0 and 1.
    pub(crate) fn of_share(share: f32) -> LogOdds {
        let share = share.clamp(0.01, 0.99);
        LogOdds(((share / (1.0 - share)).ln() * 100.0).round() as i32)
    }

    /// The chance, from 0 to 1.
    pub(crate) fn chance(self) -> f32 {
        1.0 / (1.0 + (-self.0 as f32 / 100.0).exp())
    }
}

/// Words less likely than this to be a cue are passed over.
const LEAST_WORTH: LogOdds = LogOdds(-200);

/// Places less likely than this to be the end of content are passed over.
const LEAST_END: LogOdds = LogOdds(-450);

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
    #[inline]
    pub(crate) fn features(&self) -> [Feature; 8] {
        [
            fact!("try"),
            fact!("try.word", self.word),
            fact!("try.next", self.group, self.next),
            fact!("try.prev", self.group, self.prev),
            fact!("try.form", self.group, self.form),
            fact!("try.word.next", self.word, self.next),
            fact!("try.word.prev", self.word, self.prev),
            fact!("try.around", self.prev, self.next),
        ]
    }
}

/// What is beside a place where content could end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside {
    pub(crate) prev: u8,
    pub(crate) next: u8,
    pub(crate) verbs: u16,
}

impl Beside {
    /// What speaks for and against asking whether content ends here.
    #[inline]
    pub(crate) fn features(&self) -> [Feature; 3] {
        [fact!("may"), fact!("may.next", self.next, self.verbs), fact!("may.around", self.prev, self.next)]
    }
}

impl Weights {
    /// Where the weight of a feature lies, if it is one of few values.
    #[inline]
    fn place(&self, feature: Feature) -> Option<usize> {
        let plane = &self.planes[feature.number_of()];
        if plane.is_sparse {
            return None;
        }
        let [first, second, third] = feature.values().map(usize::from);
        let row = if plane.rows.is_empty() { first } else { usize::from(*plane.rows.get(first)?) };
        Some(plane.start + (row * plane.widths[0] + second) * plane.widths[1] + third)
    }

    /// Whether the rules are worth trying on a word.
    #[inline]
    pub(crate) fn worth_trying(&self, here: &Surroundings) -> bool {
        self.sum(&here.features()) >= LEAST_WORTH
    }

    /// Whether it is worth asking if content ends at a place.
    #[inline]
    pub(crate) fn may_end(&self, here: &Beside) -> bool {
        self.sum(&here.features()) >= LEAST_END
    }

    #[inline]
    fn sum(&self, features: &[Feature]) -> LogOdds {
        LogOdds(features.iter().map(|feature| self.of(*feature)).sum())
    }

    /// The weight of a feature in hundredths, 0 if it has none.
    #[inline]
    pub(crate) fn of(&self, feature: Feature) -> i32 {
        let weight = match self.place(feature) {
            Some(place) => self.dense.get(place),
            None => self.sparse.get(&feature),
        };
        weight.copied().map_or(0, i32::from)
    }
}

/// Features with more values than this are kept sparse.
const MOST_DENSE: usize = 1 << 16;

/// Hashes a feature, which is one number.
#[derive(Clone, Copy, Debug, Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ mixed >> 32;
    }
}

impl Value {
    /// How many values there are.
    fn width(self, lexicon: &Lexicon, rules: usize) -> usize {
        match self {
            Value::Kind => Class::KINDS,
            Value::Word => lexicon.len(),
            Value::Rule => rules,
            Value::Group => lexicon.groups() + 1,
            Value::Number(limit) => usize::from(limit),
        }
    }

    fn write(self, value: u16, lexicon: &Lexicon, rules: &[Box<str>]) -> String {
        match self {
            Value::Kind => Class::kind_name(value as u8).to_owned(),
            Value::Word if value == 0 => "-".to_owned(),
            Value::Word => lexicon.word(value).to_owned(),
            Value::Rule => rules.get(usize::from(value)).map_or("-", |rule| &**rule).to_owned(),
            Value::Group | Value::Number(_) => value.to_string(),
        }
    }
}

impl Feature {
    /// The feature as a line of the table has it, without its weight.
    pub(crate) fn write(self, lexicon: &Lexicon, rules: &[Box<str>]) -> String {
        let (name, values) = FEATURES[self.number_of()];
        let mut line = name.to_owned();
        for (value, number) in values.iter().zip(self.values()) {
            line.push(' ');
            line.push_str(&value.write(number, lexicon, rules));
        }
        line
    }
}
