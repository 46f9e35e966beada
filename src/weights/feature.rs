//! The features: their names, and what values each has.

use super::kind::ValueKind;
use super::value::{
    AnchorValue, Certainty, Commas, GapValue, HeadValue, Helped, Helpers, Length, Opening, QuoteEnd, Relative,
    RuleValue, Sense, SourceForm, SourceHead, TagAhead, Value, Verbs, WordValue,
};
use crate::lexicon::{CueClass, Lexicon};
use crate::quote::QuoteKind;
use crate::token::PrimaryTag;
use crate::word::same;

/// The name of a feature, and the kinds of its values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declaration {
    pub(super) name: &'static str,
    pub(super) kinds: &'static [ValueKind],
}

const fn feature<V: Values>(name: &'static str) -> Declaration {
    Declaration { name, kinds: V::KINDS }
}

/// Every feature. A place in this list is an id of the built crate only: nothing that is stored depends on the order.
pub(super) const FEATURES: &[Declaration] = &[
    // The gate of cues: is this word worth running the rules on?
    feature::<()>("cue-gate"),
    feature::<(AnchorValue,)>("cue-gate.word"),
    feature::<(CueClass, PrimaryTag)>("cue-gate.next"),
    feature::<(CueClass, PrimaryTag)>("cue-gate.prev"),
    feature::<(CueClass, PrimaryTag)>("cue-gate.form"),
    feature::<(AnchorValue, PrimaryTag)>("cue-gate.word.next"),
    feature::<(AnchorValue, PrimaryTag)>("cue-gate.word.prev"),
    feature::<(PrimaryTag, PrimaryTag)>("cue-gate.around"),
    // The gate of ends: is this place worth scoring as the end of content?
    feature::<()>("end-gate"),
    feature::<(PrimaryTag, Verbs)>("end-gate.next"),
    feature::<(PrimaryTag, PrimaryTag)>("end-gate.around"),
    // Does the content end before this token?
    feature::<()>("end"),
    feature::<(PrimaryTag, Verbs)>("end.next"),
    feature::<(PrimaryTag, PrimaryTag, Verbs)>("end.next.second"),
    feature::<(PrimaryTag, Verbs, Length)>("end.frame"),
    feature::<(PrimaryTag, PrimaryTag, Verbs)>("end.next.first"),
    feature::<(WordValue, Verbs)>("end.word"),
    feature::<(HeadValue, WordValue)>("end.head.word"),
    feature::<(HeadValue, PrimaryTag)>("end.head.next"),
    feature::<(CueClass, PrimaryTag, Verbs)>("end.group.next"),
    feature::<(WordValue, PrimaryTag)>("end.second.word"),
    feature::<(TagAhead, PrimaryTag)>("end.tag"),
    feature::<(QuoteEnd, PrimaryTag)>("end.quote"),
    feature::<(PrimaryTag, PrimaryTag, Relative)>("end.relative"),
    feature::<(Opening, PrimaryTag, PrimaryTag)>("end.opened"),
    feature::<(PrimaryTag, PrimaryTag, PrimaryTag)>("end.third"),
    feature::<(PrimaryTag, PrimaryTag, PrimaryTag)>("end.parallel"),
    feature::<(PrimaryTag, Commas, Verbs)>("end.commas"),
    feature::<(PrimaryTag, Verbs)>("end.quoted"),
    // Is this an attribution?
    feature::<()>("is"),
    feature::<(RuleValue,)>("is.rule"),
    feature::<(HeadValue,)>("is.head"),
    feature::<(HeadValue, PrimaryTag)>("is.head.form"),
    feature::<(HeadValue, PrimaryTag)>("is.head.first"),
    feature::<(HeadValue, WordValue)>("is.head.link"),
    feature::<(HeadValue, SourceHead)>("is.head.source"),
    feature::<(RuleValue, PrimaryTag)>("is.rule.first"),
    feature::<(RuleValue, SourceHead)>("is.rule.source"),
    feature::<(RuleValue, PrimaryTag)>("is.rule.before"),
    feature::<(RuleValue, Length)>("is.rule.length"),
    feature::<(RuleValue, Verbs, PrimaryTag)>("is.rule.verb"),
    feature::<(RuleValue, QuoteKind)>("is.rule.kind"),
    feature::<(RuleValue, PrimaryTag)>("is.rule.after"),
    feature::<(RuleValue, GapValue)>("is.rule.gap"),
    feature::<(RuleValue, PrimaryTag)>("is.rule.next"),
    feature::<(RuleValue, PrimaryTag, Verbs)>("is.rule.next.verb"),
    feature::<(Helpers, CueClass)>("is.aux"),
    feature::<(Certainty, RuleValue)>("is.end"),
    feature::<(Certainty, PrimaryTag)>("is.end.first"),
    feature::<(SourceForm, RuleValue)>("is.source.form"),
    feature::<(Length, RuleValue)>("is.place"),
    feature::<(RuleValue, PrimaryTag, Helped)>("is.rule.form"),
    feature::<(CueClass, Sense)>("is.class.sense"),
    feature::<(HeadValue, Sense)>("is.head.sense"),
    feature::<(CueClass, PrimaryTag, Verbs)>("is.class.first"),
    feature::<(CueClass, SourceHead)>("is.class.source"),
    feature::<(WordValue, PrimaryTag)>("is.next.word"),
    feature::<(WordValue, Verbs)>("is.first.word"),
    feature::<(WordValue, PrimaryTag)>("is.before.word"),
    feature::<(PrimaryTag, PrimaryTag, Verbs)>("is.last.next"),
];

/// The id of the feature of this name. To emit a feature that is not there does not compile.
pub(crate) const fn id(name: &str) -> usize {
    let mut id = 0;
    while id < FEATURES.len() {
        if same(FEATURES[id].name, name) {
            return id;
        }
        id += 1;
    }
    panic!("no such feature")
}

/// The values of a feature, at most three.
pub(crate) trait Values: Copy {
    const KINDS: &'static [ValueKind];

    fn to_indices(self) -> [u16; 3];

    /// The indices of the values of this feature. Values of other kinds than it is declared with do not compile.
    #[inline(always)]
    fn indices<const FEATURE: usize>(self) -> [u16; 3] {
        const { assert!(fits(FEATURES[FEATURE].kinds, Self::KINDS), "the feature is declared with other values") };
        self.to_indices()
    }
}

/// Whether the kinds of values are the declared ones.
const fn fits(declared: &[ValueKind], kinds: &[ValueKind]) -> bool {
    let mut at = 0;
    while at < declared.len() && at < kinds.len() && declared[at].is(kinds[at]) {
        at += 1;
    }
    at == declared.len() && at == kinds.len()
}

impl Values for () {
    const KINDS: &'static [ValueKind] = &[];

    #[inline(always)]
    fn to_indices(self) -> [u16; 3] {
        [0; 3]
    }
}

impl<A: Value> Values for (A,) {
    const KINDS: &'static [ValueKind] = &[A::KIND];

    #[inline(always)]
    fn to_indices(self) -> [u16; 3] {
        [self.0.index(), 0, 0]
    }
}

impl<A: Value, B: Value> Values for (A, B) {
    const KINDS: &'static [ValueKind] = &[A::KIND, B::KIND];

    #[inline(always)]
    fn to_indices(self) -> [u16; 3] {
        [self.0.index(), self.1.index(), 0]
    }
}

impl<A: Value, B: Value, C: Value> Values for (A, B, C) {
    const KINDS: &'static [ValueKind] = &[A::KIND, B::KIND, C::KIND];

    #[inline(always)]
    fn to_indices(self) -> [u16; 3] {
        [self.0.index(), self.1.index(), self.2.index()]
    }
}

/// Where features go: to add up their weights, or to list them. Passed and returned by value, so that a sum stays in
/// registers.
pub(crate) trait Features {
    fn emit<const FEATURE: usize>(&mut self, values: impl Values);
}

impl Features for Vec<Feature> {
    fn emit<const FEATURE: usize>(&mut self, values: impl Values) {
        self.push(Feature::new(FEATURE, values.indices::<FEATURE>()));
    }
}

/// A feature with its values, packed into one number, which is never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Feature(pub(super) u64);

impl Feature {
    pub(super) const fn new(id: usize, values: [u16; 3]) -> Feature {
        Feature((id as u64 + 1) << 48 | (values[0] as u64) << 32 | (values[1] as u64) << 16 | values[2] as u64)
    }

    pub(super) fn id(self) -> usize {
        (self.0 >> 48) as usize - 1
    }

    pub(super) fn values(self) -> [u16; 3] {
        [(self.0 >> 32) as u16, (self.0 >> 16) as u16, self.0 as u16]
    }

    /// The feature as a line of the table has it, without its weight, behind the name of its heading.
    pub(crate) fn write(self, lexicon: &Lexicon, rules: &[impl AsRef<str>]) -> String {
        let Declaration { name, kinds } = FEATURES[self.id()];
        let mut line = name.to_owned();
        for (kind, index) in kinds.iter().zip(self.values()) {
            line.push(' ');
            line.push_str(&kind.name(index, lexicon, rules));
        }
        line
    }
}
