//! What one token must be.

use crate::lexicon::Group;
use crate::token::Class;

/// Every class: of what can be anything.
pub(crate) const ANYTHING: Class = Class(u64::MAX);

/// What one token must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Test {
    /// All of these,
    pub(crate) all: Class,
    /// one of these, if there are any,
    pub(crate) any: Class,
    /// none of these,
    pub(crate) none: Class,
    /// in one of these groups, if there are any,
    pub(crate) group: Group,
    /// and in none of these.
    pub(crate) no_group: Group,
}

impl Test {
    /// Adds a class; `None` if a second union is asked for, which one test cannot hold.
    pub(super) fn add(&mut self, class: Class, negate: bool) -> Option<()> {
        if negate {
            self.none |= class;
        } else if class.0.count_ones() == 1 {
            self.all |= class;
        } else if self.any == Class::NONE {
            self.any = class;
        } else {
            return None;
        }
        Some(())
    }

    /// Whether a token of these classes and groups passes.
    #[inline]
    pub(crate) fn passes(&self, class: Class, group: impl FnOnce() -> Group) -> bool {
        let classes = class.0 & self.all.0 == self.all.0
            && (self.any == Class::NONE || class.has(self.any))
            && !class.has(self.none);
        let asks = self.group.0 | self.no_group.0 != 0;
        if !classes || !asks {
            return classes;
        }
        let group = group();
        (self.group == Group::default() || group.has(self.group)) && !group.has(self.no_group)
    }

    /// What a word must be in the lexicon to have a chance to pass: what the lexer adds (shape, place) is left open.
    /// `None` if no word has one, or every one.
    pub(super) fn wanted(&self) -> Option<Wanted> {
        const ADDED: Class = Class::CAP
            .union(Class::UPPER)
            .union(Class::NAME)
            .union(Class::INITIAL)
            .union(Class::WORD)
            .union(Class::ABBREVIATION)
            .union(Class::NUMBER);
        let all = self.all.without(ADDED);
        let asks = self.any != Class::NONE || self.group != Group::default();
        if self.all.has(Class::Q) || (all == Class::NONE && !asks) {
            return None;
        }
        let or_anything = |class| if class == Class::NONE { ANYTHING } else { class };
        Some(Wanted { all, any: or_anything(self.any), group: self.group, no_group: self.no_group })
    }

    /// The classes that pass whatever else a token is, if the test asks for nothing more.
    fn enough(&self) -> Option<Class> {
        let any = Test { any: self.any, ..Test::default() };
        let all = Test { all: self.all, ..Test::default() };
        (*self == any || *self == all && self.all.0.count_ones() == 1).then_some(self.any | self.all)
    }
}

/// What is asked of a word of the lexicon before any text is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    all: Class,
    any: Class,
    group: Group,
    no_group: Group,
}

impl Wanted {
    /// Whether a word of these classes and groups could pass. `KNOWN`, which every word has, keeps `any` from failing
    /// where it is anything.
    #[inline]
    pub(super) fn fits(&self, class: Class, group: Group) -> bool {
        (self.group == Group::default() || group.has(self.group))
            && class.0 & self.all.0 == self.all.0
            && class.has(self.any)
            && !group.has(self.no_group)
    }
}

/// Tests of which one must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct TokenSet {
    /// These classes are enough.
    enough: Class,
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
                Some(class) if class != Class::NONE => choice.enough |= class,
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
        let grouped = |known: &&mut Test| known.group != Group::default() && test.group != Group::default();
        match self.tests.iter_mut().find(|known| grouped(known) && same_but_group(known)) {
            Some(known) => known.group.0 |= test.group.0,
            None => self.tests.push(test),
        }
    }

    /// All tests.
    pub(crate) fn tests(&self) -> impl Iterator<Item = Test> + '_ {
        let enough = Some(Test { any: self.enough, ..Test::default() }).filter(|test| test.any != Class::NONE);
        enough.into_iter().chain(self.tests.iter().copied())
    }

    /// The choice as one test, if it is one.
    pub(crate) fn only(&self) -> Option<Test> {
        let mut tests = self.tests();
        tests.next().filter(|_| tests.next().is_none() && self.words.is_empty())
    }

    /// Whether a token of these classes and this word passes.
    pub(crate) fn passes(&self, class: Class, group: Group, word: u16) -> bool {
        class.has(self.enough)
            || self.tests.iter().any(|test| test.passes(class, || group))
            || self.words.contains(&word)
    }
}
