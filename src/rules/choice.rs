//! What one token must be.

use crate::lexicon::CueClasses;
use crate::token::TagSet;

/// Every class: of what can be anything.
pub(crate) const ANYTHING: TagSet = TagSet(u64::MAX);

/// What one token must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Test {
    /// All of these,
    pub(crate) all: TagSet,
    /// one of these, if there are any,
    pub(crate) any: TagSet,
    /// none of these,
    pub(crate) none: TagSet,
    /// in one of these groups, if there are any,
    pub(crate) group: CueClasses,
    /// and in none of these.
    pub(crate) no_group: CueClasses,
}

impl Test {
    /// Adds a class; `None` if a second union is asked for, which one test cannot hold.
    pub(super) fn add(&mut self, class: TagSet, negate: bool) -> Option<()> {
        if negate {
            self.none |= class;
        } else if class.0.count_ones() == 1 {
            self.all |= class;
        } else if self.any == TagSet::NONE {
            self.any = class;
        } else {
            return None;
        }
        Some(())
    }

    /// Whether a token of these classes and groups passes.
    #[inline]
    pub(crate) fn passes(&self, class: TagSet, group: impl FnOnce() -> CueClasses) -> bool {
        let classes = class.0 & self.all.0 == self.all.0
            && (self.any == TagSet::NONE || class.has(self.any))
            && !class.has(self.none);
        let asks = self.group.0 | self.no_group.0 != 0;
        if !classes || !asks {
            return classes;
        }
        let group = group();
        (self.group == CueClasses::default() || group.has(self.group)) && !group.has(self.no_group)
    }

    /// What a word must be in the lexicon to have a chance to pass: what the lexer adds (shape, place) is left open.
    /// `None` if no word has one, or every one.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        const ADDED: TagSet = TagSet::CAP
            .union(TagSet::UPPER)
            .union(TagSet::NAME)
            .union(TagSet::INITIAL)
            .union(TagSet::WORD)
            .union(TagSet::ABBREVIATION)
            .union(TagSet::NUMBER);
        let all = self.all.without(ADDED);
        let asks = self.any != TagSet::NONE || self.group != CueClasses::default();
        if self.all.has(TagSet::Q) || (all == TagSet::NONE && !asks) {
            return None;
        }
        let or_anything = |class| if class == TagSet::NONE { ANYTHING } else { class };
        Some(Wanted { all, any: or_anything(self.any), group: self.group, no_group: self.no_group })
    }

    /// The classes that pass whatever else a token is, if the test asks for nothing more.
    fn enough(&self) -> Option<TagSet> {
        let any = Test { any: self.any, ..Test::default() };
        let all = Test { all: self.all, ..Test::default() };
        (*self == any || *self == all && self.all.0.count_ones() == 1).then_some(self.any | self.all)
    }
}

/// What is asked of a word of the lexicon before any text is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    all: TagSet,
    any: TagSet,
    group: CueClasses,
    no_group: CueClasses,
}

impl Wanted {
    /// Whether a word of these classes and groups could pass. `KNOWN`, which every word has, keeps `any` from failing
    /// where it is anything.
    #[inline]
    pub(super) fn fits(&self, class: TagSet, group: CueClasses) -> bool {
        (self.group == CueClasses::default() || group.has(self.group))
            && class.0 & self.all.0 == self.all.0
            && class.has(self.any)
            && !group.has(self.no_group)
    }
}

/// Tests of which one must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct TokenSet {
    /// These classes are enough.
    enough: TagSet,
    tests: Vec<Test>,
    /// These words too.
    words: Vec<u16>,
}

impl TokenSet {
    /// The choice between some tests, as few as say the same.
    pub(crate) fn of(tests: impl IntoIterator<Item = Test>) -> TokenSet {
        let mut choice = TokenSet::default();
        for test in tests {
            match test.enough() {
                Some(class) if class != TagSet::NONE => choice.enough |= class,
                _ => choice.add(test),
            }
        }
        choice
    }

    /// This word.
    pub(crate) fn word(word: u16) -> TokenSet {
        TokenSet { words: vec![word], ..TokenSet::default() }
    }

    /// The choice between some choices.
    pub(crate) fn between(choices: &[TokenSet]) -> TokenSet {
        let mut all = TokenSet::of(choices.iter().flat_map(TokenSet::tests));
        all.words = choices.iter().flat_map(|choice| &choice.words).copied().collect();
        all.words.sort_unstable();
        all.words.dedup();
        all
    }

    /// The words among which it chooses.
    pub(crate) fn words(&self) -> &[u16] {
        &self.words
    }

    fn add(&mut self, test: Test) {
        if self.tests.contains(&test) {
            return;
        }
        let same_but_group = |known: &&mut Test| Test { group: test.group, ..**known } == test;
        let grouped = |known: &&mut Test| known.group != CueClasses::default() && test.group != CueClasses::default();
        match self.tests.iter_mut().find(|known| grouped(known) && same_but_group(known)) {
            Some(known) => known.group.0 |= test.group.0,
            None => self.tests.push(test),
        }
    }

    /// All tests.
    pub(crate) fn tests(&self) -> impl Iterator<Item = Test> + '_ {
        let enough = Some(Test { any: self.enough, ..Test::default() }).filter(|test| test.any != TagSet::NONE);
        enough.into_iter().chain(self.tests.iter().copied())
    }

    /// The choice as one test, if it is one.
    pub(crate) fn only(&self) -> Option<Test> {
        let mut tests = self.tests();
        tests.next().filter(|_| tests.next().is_none() && self.words.is_empty())
    }

    /// Whether a token of these classes and this word passes.
    pub(crate) fn passes(&self, class: TagSet, group: CueClasses, word: u16) -> bool {
        class.has(self.enough)
            || self.tests.iter().any(|test| test.passes(class, || group))
            || self.words.contains(&word)
    }
}
