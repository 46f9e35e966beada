//! Groups of words: what cues announce, and what a caller names.

use super::Lexicon;
use crate::word::same;

/// Classes of cue words, and classes the caller names: a set beside [`TagSet`], kept with the word's
/// entry rather than in each token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub(crate) struct CueClasses(pub(crate) u64);

impl CueClasses {
    /// Names of the built-in ones, bit by bit. The order decides which class of cues a word of several groups is.
    pub(super) const NAMES: [&'static str; 22] = [
        "TELL",
        "WRITE",
        "ASK",
        "SAY",
        "URGE",
        "COMMIT",
        "LABEL",
        "JUDGE",
        "THINK",
        "SHOW",
        "ACT",
        "MANNER",
        "PHRASAL",
        "CLAIM",
        "SURE",
        "SEEM",
        "DENY",
        "FUTURE",
        "HYPOTHETICAL",
        "ATTITUDE",
        "MESSAGE",
        "MATTER",
    ];
    pub(crate) const DENY: CueClasses = CueClasses::named(&["DENY"]);
    pub(crate) const FUTURE: CueClasses = CueClasses::named(&["FUTURE"]);
    pub(crate) const HYPOTHETICAL: CueClasses = CueClasses::named(&["HYPOTHETICAL"]);
    /// Verbs whose object is what was said, whatever it names.
    const MESSAGE: CueClasses = CueClasses::named(&["MESSAGE"]);
    /// Nouns that name what can be said, and those that name words.
    const MATTER: CueClasses = CueClasses(CueClasses::named(&["MATTER"]).0 | CueClasses::named(&["CLAIM"]).0);
    const INFINITIVE: CueClasses = CueClasses::named(&["TELL", "ASK", "URGE", "COMMIT", "MESSAGE", "CLAIM", "PHRASAL"]);
    const LABEL: CueClasses = CueClasses::named(&["LABEL"]);
    const ATTITUDE: CueClasses = CueClasses::named(&["ATTITUDE"]);
    const THINK: CueClasses = CueClasses::named(&["THINK"]);
    /// Verbs of saying, writing, telling and asking.
    const SPEECH: CueClasses = CueClasses::named(&["TELL", "WRITE", "ASK", "SAY"]);
    /// Those, and urging: a word that is one of them and of thinking is a cue of speech.
    const SPOKEN: CueClasses = CueClasses(CueClasses::SPEECH.0 | CueClasses::named(&["URGE"]).0);
    /// Cues that tell of words said or written; a rule of any other class tells of thoughts or evidence.
    const WORDS: CueClasses =
        CueClasses(CueClasses::SPOKEN.0 | CueClasses::named(&["COMMIT", "LABEL", "JUDGE", "PHRASAL", "CLAIM"]).0);

    /// `CUE`: every verb that can announce content without marks.
    pub(super) const CUE: CueClasses =
        CueClasses(CueClasses::SPOKEN.0 | CueClasses::named(&["COMMIT", "LABEL", "JUDGE", "THINK", "SHOW", "ACT"]).0);

    /// The built-in groups of these names; a name that is none does not compile.
    const fn named(names: &[&str]) -> CueClasses {
        let (mut groups, mut at) = (0, 0);
        while at < names.len() {
            let mut bit = 0;
            while !same(CueClasses::NAMES[bit], names[at]) {
                bit += 1;
            }
            groups |= 1 << bit;
            at += 1;
        }
        CueClasses(groups)
    }

    /// Whether one of them is of verbs.
    pub(super) fn is_of_verbs(self) -> bool {
        const MANNER_PHRASAL_SEEM: u64 = 1 << 11 | 1 << 12 | 1 << 15;
        self.0 & (CueClasses::CUE.0 | MANNER_PHRASAL_SEEM) != 0
    }

    /// Whether it is a verb of saying, writing, telling or asking.
    pub(crate) fn is_speech(self) -> bool {
        self.has(CueClasses::SPEECH)
    }

    /// Whether a cue of these groups tells of words rather than of thoughts, evidence or deeds. `asked` are
    /// the groups its rule asks for: a word may be a verb of thinking and a noun of saying.
    pub(crate) fn tells_of_words(self, asked: CueClasses) -> bool {
        let here = CueClasses(self.0 & asked.0);
        let thought = self.has(CueClasses::THINK) && !here.has(CueClasses::SPOKEN) && asked.has(CueClasses::THINK)
            || self.has(CueClasses::ATTITUDE);
        asked == CueClasses::default() || here.has(CueClasses::WORDS) && !thought
    }

    /// Whether the object of such a verb is what was said, whatever it names: *announced a deal*.
    pub(crate) fn takes_messages(self) -> bool {
        self.has(CueClasses::MESSAGE)
    }

    /// Whether an infinitive behind such a verb is what was asked, told or promised: *offered to pay*.
    pub(crate) fn takes_infinitives(self) -> bool {
        self.has(CueClasses::INFINITIVE)
    }

    /// Whether such a noun names what can be said, or words: *urged restraint*, *made a promise*.
    pub(crate) fn names_matter(self) -> bool {
        self.has(CueClasses::MATTER)
    }

    /// Whether such a verb gives its object a name: *called the plan a farce*.
    pub(crate) fn gives_names(self) -> bool {
        self.has(CueClasses::LABEL)
    }

    /// The first group, for the features.
    #[inline]
    pub(crate) fn cue_class(self) -> CueClass {
        CueClass(if self.0 == 0 { 0 } else { self.0.trailing_zeros() as u16 + 1 })
    }

    pub(crate) fn has(self, other: CueClasses) -> bool {
        self.0 & other.0 != 0
    }
}

/// The class of a cue that features speak of: the first group of a word, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CueClass(u16);

impl CueClass {
    /// How many there are.
    pub(crate) fn count(lexicon: &Lexicon) -> usize {
        lexicon.groups.len() + 1
    }

    /// Below [`CueClass::count`] of the lexicon the group is from; 0 for none.
    #[inline]
    pub(crate) fn number(self) -> u16 {
        self.0
    }

    /// The name of the class with this number; `None` for 0.
    pub(crate) fn name_at(number: usize, lexicon: &Lexicon) -> Option<&str> {
        number.checked_sub(1).map(|bit| lexicon.groups[bit].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{CueClass, CueClasses};
    use crate::error::Problems;
    use crate::lang::Language;
    use crate::lexicon::Lexicon;

    #[test]
    fn sets_of_groups_hold_what_they_name() {
        let names = |group: CueClasses| -> Vec<&str> {
            let bits = CueClasses::NAMES.iter().enumerate().filter(|(bit, _)| group.0 >> bit & 1 != 0);
            bits.map(|(_, name)| *name).collect()
        };
        assert_eq!(names(CueClasses::DENY), ["DENY"]);
        assert_eq!(names(CueClasses::FUTURE), ["FUTURE"]);
        assert_eq!(names(CueClasses::HYPOTHETICAL), ["HYPOTHETICAL"]);
        assert_eq!(names(CueClasses::SPEECH), ["TELL", "WRITE", "ASK", "SAY"]);
        assert_eq!(names(CueClasses::SPOKEN), ["TELL", "WRITE", "ASK", "SAY", "URGE"]);
        let words = ["TELL", "WRITE", "ASK", "SAY", "URGE", "COMMIT", "LABEL", "JUDGE", "PHRASAL", "CLAIM"];
        assert_eq!(names(CueClasses::WORDS), words);
        let cues = ["TELL", "WRITE", "ASK", "SAY", "URGE", "COMMIT", "LABEL", "JUDGE", "THINK", "SHOW", "ACT"];
        assert_eq!(names(CueClasses::CUE), cues);
        // No set is larger than its names.
        assert_eq!(CueClasses::CUE.0.count_ones(), 11);
        assert_eq!(CueClasses::WORDS.0.count_ones(), 10);
    }

    #[test]
    fn a_word_of_several_groups_has_the_class_of_the_first() {
        let lexicon = Lexicon::of(&Language::english(), &mut Problems::default());
        let class = |group: CueClasses| CueClass::name_at(usize::from(group.cue_class().number()), &lexicon);
        for (bit, name) in CueClasses::NAMES.iter().enumerate() {
            let later = !0 << bit;
            assert_eq!((class(CueClasses(1 << bit)), class(CueClasses(later))), (Some(*name), Some(*name)));
        }
        assert_eq!(class(CueClasses::default()), None);
        // The weights were learned with this order: telling before saying, saying before thinking, cues before the rest.
        let is_before = |one: &str, other: &str| {
            let place = |name: &str| CueClasses::NAMES.iter().position(|known| *known == name);
            place(one).is_some() && place(one) < place(other)
        };
        for pair in
            ["TELL", "WRITE", "ASK", "SAY", "URGE", "COMMIT", "LABEL", "JUDGE", "THINK", "SHOW", "ACT"].windows(2)
        {
            assert!(is_before(pair[0], pair[1]), "{pair:?}");
        }
        for other in ["MANNER", "PHRASAL", "CLAIM", "SURE", "SEEM", "DENY", "FUTURE", "HYPOTHETICAL", "ATTITUDE"] {
            assert!(is_before("ACT", other), "{other}");
        }
    }

    #[test]
    fn the_guide_names_every_group() {
        const GUIDE: &str = include_str!("../docs/rules.md");
        for name in CueClasses::NAMES {
            assert!(GUIDE.contains(&format!("`{name}`")), "{name}");
        }
    }
}
