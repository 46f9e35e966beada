//! The values of features, each with the name the table has for it.
//!
//! Every kind of value is a type. Its index is below the number of its values by construction, so no value can read
//! the weight of another.

use super::kind::ValueKind;
use crate::lexicon::CueClass;
use crate::probability::Probability;
use crate::quote::QuoteKind;
use crate::token::{PrimaryTag, TagSet};

/// A value of a feature.
pub(crate) trait Value: Copy {
    const KIND: ValueKind;

    /// Which of the values of its kind it is, counted from 0.
    fn index(self) -> u16;
}

impl Value for PrimaryTag {
    const KIND: ValueKind = ValueKind::PrimaryTag;

    #[inline]
    fn index(self) -> u16 {
        u16::from(self.number())
    }
}

impl Value for CueClass {
    const KIND: ValueKind = ValueKind::CueClass;

    #[inline]
    fn index(self) -> u16 {
        self.number()
    }
}

/// A rule, by its place among the rules.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleValue(pub(crate) u16);

/// The lexicon entry of a word that could be a cue.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AnchorValue(pub(crate) u16);

/// The lexicon entry of the base form of a cue; 0 if the cue is not looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeadValue(pub(crate) u16);

/// The lexicon entry of a word beside the end of content, or at the end of a cue; 0 if there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordValue(pub(crate) u16);

impl Value for RuleValue {
    const KIND: ValueKind = ValueKind::Rule;

    #[inline]
    fn index(self) -> u16 {
        self.0
    }
}

impl Value for AnchorValue {
    const KIND: ValueKind = ValueKind::Anchor;

    #[inline]
    fn index(self) -> u16 {
        self.0
    }
}

impl Value for HeadValue {
    const KIND: ValueKind = ValueKind::Head;

    #[inline]
    fn index(self) -> u16 {
        self.0
    }
}

impl Value for WordValue {
    const KIND: ValueKind = ValueKind::Word;

    #[inline]
    fn index(self) -> u16 {
        self.0
    }
}

/// An enum that is a value, with the name of each variant.
macro_rules! named_values {
    ($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum $type { $($(#[$variant_doc])* $variant,)+ }

        impl Value for $type {
            const KIND: ValueKind = ValueKind::Named(stringify!($type), &[$($name),+]);

            #[inline]
            fn index(self) -> u16 {
                self as u16
            }
        }
    };
}

named_values! {
    /// How many finite verbs the content has so far.
    Verbs { None = "no-verb", One = "one-verb", Several = "verbs", }
}

named_values! {
    /// How many commas the content has so far.
    Commas { None = "no-comma", One = "one-comma", Several = "commas", }
}

impl Verbs {
    pub(crate) const ALL: [Verbs; 3] = [Verbs::None, Verbs::One, Verbs::Several];

    pub(crate) fn of(count: usize) -> Verbs {
        Verbs::ALL[count.min(Verbs::ALL.len() - 1)]
    }

    /// With one more if `more`.
    #[inline]
    pub(crate) fn and(self, more: bool) -> Verbs {
        match (more, self) {
            (false, verbs) => verbs,
            (true, Verbs::None) => Verbs::One,
            (true, _) => Verbs::Several,
        }
    }
}

impl Commas {
    /// With one more if `more`.
    #[inline]
    pub(crate) fn and(self, more: bool) -> Commas {
        match (more, self) {
            (false, commas) => commas,
            (true, Commas::None) => Commas::One,
            (true, _) => Commas::Several,
        }
    }
}

named_values! {
    /// How many tokens, in steps that grow.
    Length {
        L0 = "0",
        L1 = "1",
        L2 = "2",
        L3 = "3",
        L4 = "4-5",
        L6 = "6-8",
        L9 = "9-13",
        L14 = "14-22",
        L23 = "23+",
    }
}

impl Length {
    #[inline]
    pub(crate) fn of(tokens: usize) -> Length {
        use Length::{L0, L1, L2, L3, L4, L6, L9, L14, L23};
        const LAST: usize = 23;
        const STEPS: [Length; LAST + 1] =
            [L0, L1, L2, L3, L4, L4, L6, L6, L6, L9, L9, L9, L9, L9, L14, L14, L14, L14, L14, L14, L14, L14, L14, L23];
        STEPS[tokens.min(LAST)]
    }
}

/// How many tokens stand between a source and the cue behind it: 0 if the source stands behind the cue, a value of its own
/// if there is no source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct GapValue(pub(crate) Option<Length>);

impl GapValue {
    const NAMES: [&'static str; 10] = {
        let ValueKind::Named(_, lengths) = Length::KIND else { panic!("lengths have names") };
        let mut names = ["no-source"; 10];
        let mut at = 0;
        while at < lengths.len() {
            names[at] = lengths[at];
            at += 1;
        }
        assert!(at + 1 == names.len());
        names
    };
}

impl Value for GapValue {
    const KIND: ValueKind = ValueKind::Named("Gap", &GapValue::NAMES);

    #[inline]
    fn index(self) -> u16 {
        self.0.map_or(GapValue::NAMES.len() as u16 - 1, Length::index)
    }
}

named_values! {
    /// How likely the end of the content is.
    Certainty {
        P0 = "0-9%",
        P10 = "10-19%",
        P20 = "20-29%",
        P30 = "30-39%",
        P40 = "40-49%",
        P50 = "50-59%",
        P60 = "60-69%",
        P70 = "70-79%",
        P80 = "80-89%",
        P90 = "90-99%",
        P100 = "100%",
    }
}

impl Certainty {
    #[inline]
    pub(crate) fn of(probability: Probability) -> Certainty {
        use Certainty::{P0, P10, P20, P30, P40, P50, P60, P70, P80, P90, P100};
        const TENTHS: [Certainty; 11] = [P0, P10, P20, P30, P40, P50, P60, P70, P80, P90, P100];
        TENTHS[((probability.get() * 10.0) as usize).min(TENTHS.len() - 1)]
    }
}

named_values! {
    /// How content in marks ends that stands before the place.
    QuoteEnd { Open = "open", Stopped = "stopped", Paused = "paused", }
}

named_values! {
    /// Whether a tag stands behind a place.
    TagAhead {
        None = "no-tag",
        /// *Lim said*
        SourceCue = "source-cue",
        /// *according to*
        AccordingTo = "according-to",
        /// *said Lim*
        CueSource = "cue-source",
    }
}

named_values! {
    /// Whether the announcing clause is a relative one, and whether a verb stands at the place.
    Relative {
        None = "not-relative",
        /// The source is *who*, *which* or *that*, and the content ends with its clause.
        Source = "who-source",
        /// The source follows such a word: *a rule which Lim said was cruel*.
        Before = "who-before",
        SourceVerb = "who-source-verb",
        BeforeVerb = "who-before-verb",
    }
}

impl Relative {
    /// At a place where a verb stands, if the clause is relative.
    #[inline]
    pub(crate) fn at_verb(self) -> Option<Relative> {
        match self {
            Relative::Source => Some(Relative::SourceVerb),
            Relative::Before => Some(Relative::BeforeVerb),
            _ => None,
        }
    }
}

named_values! {
    /// Whether the announcing clause is the first of its sentence and depends on what follows.
    Opening { Main = "main", Subordinate = "subordinate", }
}

named_values! {
    /// Whether an auxiliary or negation stands in the cue before its head.
    Helped { Bare = "bare", Helped = "helped", }
}

named_values! {
    /// What content without marks is, behind its cue.
    Sense {
        Marks = "marks",
        Clause = "clause",
        Topic = "topic",
        Named = "named",
        Message = "message",
        Matter = "matter",
        Somebody = "somebody",
        Thing = "thing",
    }
}

impl Value for QuoteKind {
    const KIND: ValueKind = ValueKind::Named("QuoteKind", &["direct", "mixed", "indirect"]);

    #[inline]
    fn index(self) -> u16 {
        match self {
            QuoteKind::Direct => 0,
            QuoteKind::Mixed => 1,
            QuoteKind::Indirect => 2,
        }
    }
}

named_values! {
    /// What the head of a source is.
    SourceHead {
        None = "no-source",
        HeOrShe = "he-or-she",
        ItOrYou = "it-or-you",
        Pronoun = "pronoun",
        Who = "who",
        Name = "name",
        Role = "role",
        Organisation = "organisation",
        Document = "document",
        Plural = "plural",
        Noun = "noun",
        Possessive = "possessive",
        Number = "number",
        Other = "other",
    }
}

/// The flags of those classes that are there.
const fn flags_of(classes: TagSet, flags: &[(&str, TagSet)]) -> u16 {
    let (mut set, mut bit) = (0, 0);
    while bit < flags.len() {
        set |= (classes.has(flags[bit].1) as u16) << bit;
        bit += 1;
    }
    set
}

/// What helps the head of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Helpers(u16);

impl Helpers {
    const FLAGS: [(&'static str, TagSet); 5] = [
        ("not", TagSet::NOT),
        ("modal", TagSet::MODAL),
        ("be", TagSet::BE),
        ("to", TagSet::TO),
        ("have", TagSet::HAVE),
    ];

    /// Nothing helps it.
    pub(crate) const NONE: Helpers = Helpers(0);

    #[inline]
    pub(crate) fn of(classes: TagSet) -> Helpers {
        Helpers(flags_of(classes, &Helpers::FLAGS))
    }
}

impl Value for Helpers {
    const KIND: ValueKind = ValueKind::Flags("Helpers", &Helpers::FLAGS);

    #[inline]
    fn index(self) -> u16 {
        self.0
    }
}

/// What a source holds behind its first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SourceForm(u16);

impl SourceForm {
    const VERB: TagSet = TagSet::VERBAL.union(TagSet::BE).union(TagSet::HAVE).union(TagSet::MODAL);
    const FLAGS: [(&'static str, TagSet); 4] =
        [("verb", SourceForm::VERB), ("and", TagSet::AND), ("comma", TagSet::COMMA), ("who", TagSet::WHO)];

    /// Nothing, or there is no source.
    pub(crate) const NONE: SourceForm = SourceForm(0);

    #[inline]
    pub(crate) fn of(classes: TagSet) -> SourceForm {
        SourceForm(flags_of(classes, &SourceForm::FLAGS))
    }
}

impl Value for SourceForm {
    const KIND: ValueKind = ValueKind::Flags("SourceForm", &SourceForm::FLAGS);

    #[inline]
    fn index(self) -> u16 {
        self.0
    }
}
