//! Groups of words: what cues announce, and what a caller names.

/// Classes of cue words, and classes the caller names: a set beside [`Class`], kept with the word's
/// entry rather than in each token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub(crate) struct Group(pub(crate) u64);

impl Group {
    /// Names of the built-in ones, bit by bit.
    pub(super) const NAMES: [&'static str; 20] = [
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
    ];
    pub(crate) const DENY: Group = Group(1 << 16);
    pub(crate) const FUTURE: Group = Group(1 << 17);
    pub(crate) const HYPOTHETICAL: Group = Group(1 << 18);
    const ATTITUDE: Group = Group(1 << 19);
    /// Groups of cues that are words said or written, and none.
    const WORDS: Group = Group(0b0011_0000_1111_1111);

    /// `CUE`: every verb that can announce content without marks.
    pub(super) const CUE: Group = Group((1 << 11) - 1);

    /// Whether one of them is of verbs.
    pub(super) fn is_of_verbs(self) -> bool {
        const MANNER_PHRASAL_SEEM: u64 = 1 << 11 | 1 << 12 | 1 << 15;
        self.0 & (Group::CUE.0 | MANNER_PHRASAL_SEEM) != 0
    }

    /// Whether it is a verb of saying, writing, telling or asking.
    pub(crate) fn is_speech(self) -> bool {
        self.0 & 0b1111 != 0
    }

    /// Whether a cue of these groups tells of words rather than of thoughts, evidence or deeds. `asked` are
    /// the groups its rule asks for: a word may be a verb of thinking and a noun of saying.
    pub(crate) fn tells_of_words(self, asked: Group) -> bool {
        const THINK: Group = Group(1 << 8);
        const SPOKEN: Group = Group(0b0001_1111);
        let here = Group(self.0 & asked.0);
        let thought = self.has(THINK) && !here.has(SPOKEN) && asked.has(THINK) || self.has(Group::ATTITUDE);
        asked == Group::default() || here.has(Group::WORDS) && !thought
    }

    /// The first group as a number, for the features: 0 if there is none.
    pub(crate) fn number(self) -> u16 {
        if self.0 == 0 { 0 } else { self.0.trailing_zeros() as u16 + 1 }
    }

    pub(crate) fn has(self, other: Group) -> bool {
        self.0 & other.0 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::Group;

    #[test]
    fn the_guide_names_every_group() {
        const GUIDE: &str = include_str!("../docs/rules.md");
        for name in Group::NAMES {
            assert!(GUIDE.contains(&format!("`{name}`")), "{name}");
        }
    }
}
