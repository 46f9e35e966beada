//! Learned weights: how much each feature adds to the log-odds of a decision.
//!
//! Two decisions are scored: whether a candidate is an attribution, and whether content ends before a token. Each has
//! a gate before it, a smaller sum, which passes over what is hopeless. A score is the sum of the weights of all
//! features that are emitted. The table is text, one feature and its values a line, all by name; a person can read and
//! change it, and `examples/evaluate` learns it anew.

mod feature;
mod kind;
mod layout;
mod read;
mod sparse;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use feature::{Feature, Features, Values, id};
pub(crate) use value::{
    AnchorValue, Certainty, Commas, GapValue, HeadValue, Helped, Helpers, Length, Opening, QuoteEnd, Relative,
    RuleValue, Sense, SourceForm, SourceHead, TagAhead, Verbs, WordValue,
};

use crate::lexicon::CueClass;
use crate::probability::Logit;
use crate::token::PrimaryTag;
use layout::{Dense, FeatureKey, LAYOUTS, Layout};
use sparse::Sparse;

/// Adds up the weights of features.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scorer<'w> {
    weights: &'w Weights,
    pub(crate) total: Logit,
}

impl Features for Scorer<'_> {
    #[inline(always)]
    fn emit<const FEATURE: usize>(&mut self, values: impl Values) {
        self.total += Logit(self.weights.get::<FEATURE>(values.indices::<FEATURE>()));
    }
}

/// The table: weights in hundredths.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weights {
    /// Those of features without a key.
    plain: Dense<{ FeatureKey::None.width() }>,
    rules: Dense<{ FeatureKey::Rule.width() }>,
    classes: Dense<{ FeatureKey::CueClass.width() }>,
    anchors: Dense<{ FeatureKey::Anchor.width() }>,
    heads: Dense<{ FeatureKey::Head.width() }>,
    words: Dense<{ FeatureKey::Word.width() }>,
    /// Those of features with too many combinations of values for an array.
    sparse: Sparse,
    /// The log-odds of each rule's own precision.
    offsets: Vec<Logit>,
    /// The answers of the end gate: for each number of verbs and tag of the token before, a bit for each tag of the next.
    ends: [Vec<u64>; Verbs::ALL.len()],
}

/// Words with a score below this do not pass the gate of cues.
const LEAST_CUE: Logit = Logit(-200);

/// Places with a score below this do not pass the gate of ends.
const LEAST_END: Logit = Logit(-450);

/// What the gate of cues knows of a word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surroundings {
    pub(crate) word: AnchorValue,
    pub(crate) class: CueClass,
    pub(crate) form: PrimaryTag,
    pub(crate) prev: PrimaryTag,
    pub(crate) next: PrimaryTag,
}

impl Surroundings {
    #[inline]
    pub(crate) fn emit<F: Features>(&self, mut features: F) -> F {
        let Surroundings { word, class, form, prev, next } = *self;
        features.emit::<{ id("cue-gate") }>(());
        features.emit::<{ id("cue-gate.word") }>((word,));
        features.emit::<{ id("cue-gate.next") }>((class, next));
        features.emit::<{ id("cue-gate.prev") }>((class, prev));
        features.emit::<{ id("cue-gate.form") }>((class, form));
        features.emit::<{ id("cue-gate.word.next") }>((word, next));
        features.emit::<{ id("cue-gate.word.prev") }>((word, prev));
        features.emit::<{ id("cue-gate.around") }>((prev, next));
        features
    }
}

/// What the gate of ends knows of a place where content could end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beside {
    pub(crate) prev: PrimaryTag,
    pub(crate) next: PrimaryTag,
    pub(crate) verbs: Verbs,
}

impl Beside {
    #[inline]
    pub(crate) fn emit<F: Features>(&self, mut features: F) -> F {
        let Beside { prev, next, verbs } = *self;
        features.emit::<{ id("end-gate") }>(());
        features.emit::<{ id("end-gate.next") }>((next, verbs));
        features.emit::<{ id("end-gate.around") }>((prev, next));
        features
    }
}

impl Weights {
    /// Whether a word is worth running the rules on.
    #[inline]
    pub(crate) fn passes_cue_gate(&self, here: &Surroundings) -> bool {
        here.emit(self.scorer()).total >= LEAST_CUE
    }

    /// Whether a place is worth scoring as the end of content.
    #[inline]
    pub(crate) fn passes_end_gate(&self, here: &Beside) -> bool {
        let tags = self.ends[here.verbs as usize].get(usize::from(here.prev.number()));
        tags.is_some_and(|tags| tags >> here.next.number() & 1 != 0)
    }

    /// The log-odds of a rule's own precision: its prior, which features add to.
    pub(crate) fn offset(&self, rule: u16) -> Logit {
        self.offsets.get(usize::from(rule)).copied().unwrap_or_default()
    }

    /// A sum of no weights yet.
    #[inline]
    pub(crate) fn scorer(&self) -> Scorer<'_> {
        Scorer { weights: self, total: Logit::default() }
    }

    /// The weight of a feature, 0 if it has none.
    pub(crate) fn weight(&self, feature: Feature) -> f64 {
        f64::from(self.look_up(&LAYOUTS[feature.id()], feature.id(), feature.values())) / 100.0
    }

    /// The weight of a feature in hundredths, 0 if it has none. All but the key is resolved when the crate is compiled.
    #[inline(always)]
    fn get<const FEATURE: usize>(&self, values: [u16; 3]) -> i32 {
        self.look_up(const { &LAYOUTS[FEATURE] }, FEATURE, values)
    }

    #[inline(always)]
    fn look_up(&self, layout: &Layout, id: usize, values: [u16; 3]) -> i32 {
        let weight = match layout.key {
            FeatureKey::None => self.plain.get(layout, values),
            FeatureKey::Rule => self.rules.get(layout, values),
            FeatureKey::CueClass => self.classes.get(layout, values),
            FeatureKey::Anchor => self.anchors.get(layout, values),
            FeatureKey::Head => self.heads.get(layout, values),
            FeatureKey::Word => self.words.get(layout, values),
            FeatureKey::Sparse => self.sparse.get(Feature::new(id, values)),
        };
        i32::from(weight)
    }
}
