//! Measured weights: how much each feature speaks for or against a decision.
//!
//! Two decisions are weighed: whether a proposed attribution is one, and whether content ends before
//! a token. Each has a quick question before it, which passes over what is hopeless. Each is a sum of
//! log-odds, one for each feature that is there. The table is text, one
//! feature a line; a person can read and change it, and `examples/evaluate` counts it anew.

mod layout;
mod rare;
mod read;

use crate::lexicon::Lexicon;
use crate::token::Class;
use layout::{Axis, PLANES, Rows};
use rare::Rare;

/// Names a feature and its values to whoever takes features; the name is looked up when the crate is compiled.
macro_rules! fact {
    ($facts:expr, $name:literal $(, $a:expr $(, $b:expr $(, $c:expr)?)?)?) => {
        $crate::weigh::Facts::take::<{ $crate::weigh::number($name) }>(
            &mut $facts,
            [0 $(+ $a as u16)?, 0 $($(+ $b as u16)?)?, 0 $($($(+ $c as u16)?)?)?],
        )
    };
}
pub(crate) use fact;

/// What a value of a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// A kind of token, by the name of its first class.
    Kind,
    /// A word that could be a cue.
    Anchor,
    /// The base form of a cue.
    Head,
    /// A word beside the end of content, or at the end of a cue.
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
    ("try.word", &[Value::Anchor]),
    ("try.next", &[Value::Group, Value::Kind]),
    ("try.prev", &[Value::Group, Value::Kind]),
    ("try.form", &[Value::Group, Value::Kind]),
    ("try.word.next", &[Value::Anchor, Value::Kind]),
    ("try.word.prev", &[Value::Anchor, Value::Kind]),
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
    ("end.head.word", &[Value::Head, Value::Word]),
    ("end.head.next", &[Value::Head, Value::Kind]),
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
    ("is.head", &[Value::Head]),
    ("is.head.form", &[Value::Head, Value::Kind]),
    ("is.head.first", &[Value::Head, Value::Kind]),
    ("is.head.link", &[Value::Head, Value::Word]),
    ("is.head.source", &[Value::Head, Value::Number(15)]),
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
    const fn new(number: usize, values: [u16; 3]) -> Feature {
        Feature((number as u64 + 1) << 48 | (values[0] as u64) << 32 | (values[1] as u64) << 16 | values[2] as u64)
    }

    fn number_of(self) -> usize {
        (self.0 >> 48) as usize - 1
    }

    fn values(self) -> [u16; 3] {
        [(self.0 >> 32) as u16, (self.0 >> 16) as u16, self.0 as u16]
    }
}

/// The number of the feature of this name; a name that is not there is a mistake of ours.
pub(crate) const fn number(name: &str) -> usize {
    let mut number = 0;
    while number < FEATURES.len() {
        if same(FEATURES[number].0.as_bytes(), name.as_bytes()) {
            return number;
        }
        number += 1;
    }
    panic!("no such feature")
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

/// Takes features, one by one: to sum their weights, or to list them. It is handed through by value, so that what is summed
/// up stays in registers.
pub(crate) trait Facts {
    fn take<const FEATURE: usize>(&mut self, values: [u16; 3]);
}

impl Facts for Vec<Feature> {
    fn take<const FEATURE: usize>(&mut self, values: [u16; 3]) {
        self.push(Feature::new(FEATURE, values));
    }
}

/// The weights of features taken, summed up.
pub(crate) struct Sum<'w> {
    weights: &'w Weights,
    pub(crate) odds: LogOdds,
}

impl Facts for Sum<'_> {
    #[inline(always)]
    fn take<const FEATURE: usize>(&mut self, values: [u16; 3]) {
        self.odds.0 += self.weights.of::<FEATURE>(values);
    }
}

/// The table: weights in hundredths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    /// Those of features about no rule, group or word.
    plain: Rows<{ Axis::Nothing.width() }>,
    rules: Rows<{ Axis::Rule.width() }>,
    groups: Rows<{ Axis::Group.width() }>,
    anchors: Rows<{ Axis::Anchor.width() }>,
    heads: Rows<{ Axis::Head.width() }>,
    words: Rows<{ Axis::Word.width() }>,
    /// Those of features that have too many values to lie side by side.
    rare: Rare,
    /// The log-odds of each rule's own score.
    offsets: Vec<LogOdds>,
    /// For each number of verbs and kind of token the kinds before which it is worth asking if content ends, a bit each.
    ends: Vec<[u64; Class::KINDS]>,
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

/// More verbs than this are not counted.
pub(crate) const MOST_VERBS: u16 = 2;

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
    pub(crate) fn features<F: Facts>(&self, mut facts: F) -> F {
        fact!(facts, "try");
        fact!(facts, "try.word", self.word);
        fact!(facts, "try.next", self.group, self.next);
        fact!(facts, "try.prev", self.group, self.prev);
        fact!(facts, "try.form", self.group, self.form);
        fact!(facts, "try.word.next", self.word, self.next);
        fact!(facts, "try.word.prev", self.word, self.prev);
        fact!(facts, "try.around", self.prev, self.next);
        facts
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
    pub(crate) fn features<F: Facts>(&self, mut facts: F) -> F {
        fact!(facts, "may");
        fact!(facts, "may.next", self.next, self.verbs);
        fact!(facts, "may.around", self.prev, self.next);
        facts
    }
}

impl Weights {
    /// Whether the rules are worth trying on a word.
    #[inline]
    pub(crate) fn worth_trying(&self, here: &Surroundings) -> bool {
        here.features(self.sum()).odds >= LEAST_WORTH
    }

    /// Whether it is worth asking if content ends at a place.
    #[inline]
    pub(crate) fn may_end(&self, here: &Beside) -> bool {
        let Beside { prev, next, verbs } = *here;
        let kinds = self.ends.get(usize::from(verbs)).and_then(|kinds| kinds.get(usize::from(prev)));
        kinds.is_some_and(|kinds| kinds >> next & 1 != 0)
    }

    /// The log-odds of a rule's own score.
    pub(crate) fn offset(&self, rule: u16) -> LogOdds {
        self.offsets.get(usize::from(rule)).copied().unwrap_or_default()
    }

    /// A sum to begin with.
    #[inline]
    pub(crate) fn sum(&self) -> Sum<'_> {
        Sum { weights: self, odds: LogOdds::default() }
    }

    /// The weight of a feature in hundredths, 0 if it has none. Where it lies is known when the crate is compiled, but for
    /// the row.
    #[inline(always)]
    fn of<const FEATURE: usize>(&self, values: [u16; 3]) -> i32 {
        let plane = const { &PLANES[FEATURE] };
        let weight = match plane.axis {
            Axis::Nothing => self.plain.get(plane, values),
            Axis::Rule => self.rules.get(plane, values),
            Axis::Group => self.groups.get(plane, values),
            Axis::Anchor => self.anchors.get(plane, values),
            Axis::Head => self.heads.get(plane, values),
            Axis::Word => self.words.get(plane, values),
            Axis::Rare => self.rare.get(Feature::new(FEATURE, values)),
        };
        i32::from(weight)
    }
}

impl Value {
    /// How many values there are.
    fn width(self, lexicon: &Lexicon, rules: usize) -> usize {
        match self {
            Value::Kind => Class::KINDS,
            Value::Anchor | Value::Head | Value::Word => lexicon.len(),
            Value::Rule => rules,
            Value::Group => lexicon.groups() + 1,
            Value::Number(limit) => usize::from(limit),
        }
    }

    fn write(self, value: u16, lexicon: &Lexicon, rules: &[Box<str>]) -> String {
        match self {
            Value::Kind => Class::kind_name(value as u8).to_owned(),
            Value::Anchor | Value::Head | Value::Word if value == 0 => "-".to_owned(),
            Value::Anchor | Value::Head | Value::Word => lexicon.word(value).to_owned(),
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
