//! What rules are compiled to: small programs for the backtracker, one for each side of a rule and each definition.

use super::ahead::Bits;
use super::choice::{Test, TokenSet};
use super::preview::Preview;
use super::required::Required;
use super::rule_file::{Example, Purpose, RuleText};
use crate::lexicon::CueClasses;
use crate::token::TagSet;

/// The number of an instruction.
pub(crate) type Pc = u16;

/// The instruction that never matches.
pub(super) const FAIL: Pc = 0;

/// An instruction of the backtracker. Each says which comes next; those that may come to several places tell
/// themselves from the others of their program by a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Inst {
    /// The program has matched; remember this place as these, a bit each.
    Match {
        slots: u16,
    },
    Fail,
    /// The next token must pass the test of this number.
    Test {
        test: u16,
        next: Pc,
    },
    /// So many tokens must pass it, as many as can, and one that may come next must follow.
    Span {
        test: u16,
        least: u8,
        most: u8,
        then: Bit,
        next: Pc,
        number: u16,
    },
    /// The next token must be like a pattern.
    Regex {
        regex: u16,
        next: Pc,
    },
    /// Try some ways, one after the other: those for which the next token may do, a bit each.
    Choose {
        ways: u32,
        count: u8,
        ahead: Bit,
        number: u16,
    },
    /// The same where the token behind tells too.
    ChooseBetween {
        ways: u32,
        count: u8,
        ahead: Bit,
        behind: Bit,
        number: u16,
    },
    /// A definition must match here; it is matched by itself, its first way that fits.
    Call {
        entry: Pc,
        /// The next token must do for the definition to be worth trying.
        may: Bit,
        next: Pc,
        /// What comes next if it is not.
        none: Pc,
    },
    /// A program that may end in many places, of which the first few are tried.
    Each {
        entry: Pc,
        may: Bit,
        next: Pc,
        none: Pc,
        number: u16,
    },
    /// Sentence start (`true`) or end.
    Edge {
        start: bool,
        next: Pc,
    },
    /// The token ahead, as the program is read, or the one behind must (not) pass.
    Look {
        ahead: bool,
        negate: bool,
        test: u16,
        next: Pc,
    },
    /// A definition must (not) match, read leftwards or rightwards.
    LookAt {
        entry: Pc,
        left: bool,
        negate: bool,
        may: Bit,
        next: Pc,
    },
    /// The token left or right of here must (not) be like a pattern.
    LookRegex {
        regex: u16,
        left: bool,
        negate: bool,
        next: Pc,
    },
    /// Remember this place as these, a bit each.
    Save {
        slots: u16,
        next: Pc,
    },
}

/// Places a match remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Slot {
    CueStart,
    CueEnd,
    SourceStart,
    SourceEnd,
    AddresseeStart,
    AddresseeEnd,
    ContentStart,
    ContentEnd,
    /// Content ends before this token.
    Front,
    /// Content begins with this token.
    Clause,
    /// Content is the rest of the paragraph from this token.
    Rest,
    /// A quoted string left or right of the anchor is content.
    QuoteLeft,
    QuoteRight,
}

/// A bit of what is known of a token, by its number: whether it passes a test, or one of some tests.
pub(crate) type Bit = u16;

/// One way to read a rule: two sides, which know nothing of each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    pub(crate) rule: u16,
    pub(super) anchor: u16,
    /// The number of its left side, read from the anchor leftwards.
    pub(super) left: u16,
    /// The number of its right side.
    pub(super) right: u16,
}

/// What stands on one side of the anchor: a program. Many paths share a side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub(super) mirrored: bool,
    pub(super) entry: Pc,
}

/// A set of paths; those past the last bit share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct PathSet(u128);

impl PathSet {
    /// All paths.
    pub(super) const ALL: PathSet = PathSet(u128::MAX);
    /// The bit that stands for all paths from it on.
    pub(super) const LAST: u16 = u128::BITS as u16 - 1;

    pub(crate) fn add(&mut self, path: u16) {
        self.0 |= 1 << path.min(PathSet::LAST);
    }

    #[inline]
    pub(crate) fn union(self, other: PathSet) -> PathSet {
        PathSet(self.0 | other.0)
    }

    /// Adds the paths of another set.
    #[inline]
    pub(super) fn unite(&mut self, other: PathSet) {
        self.0 |= other.0;
    }

    #[inline]
    pub(crate) fn common(self, other: PathSet) -> PathSet {
        PathSet(self.0 & other.0)
    }

    /// This if it is so, none otherwise; without a branch.
    #[inline]
    pub(super) fn when(self, so: bool) -> PathSet {
        PathSet(self.0 & u128::from(so).wrapping_neg())
    }

    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those of the paths with a bit of their own that are wanted, and the others.
    #[inline]
    pub(super) fn filter(self, wanted: impl Fn(u16) -> bool) -> PathSet {
        let (mut left, mut kept) = (self.0, self.0 & 1 << PathSet::LAST);
        left ^= kept;
        while left != 0 {
            let others = left & (left - 1);
            kept |= PathSet(left ^ others).when(wanted(left.trailing_zeros() as u16)).0;
            left = others;
        }
        PathSet(kept)
    }

    /// The paths of the set, of so many there are.
    #[inline]
    pub(crate) fn list(self, paths: usize) -> impl Iterator<Item = u16> {
        let beyond = if self.0 >> PathSet::LAST != 0 { PathSet::LAST + 1..paths as u16 } else { 0..0 };
        let mut left = self.0;
        let bits = std::iter::from_fn(move || {
            let path = left.trailing_zeros() as u16;
            left &= left.checked_sub(1)?;
            Some(path)
        });
        bits.chain(beyond)
    }
}

/// The numbers of the bits that are set.
pub(super) fn set_bits(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(word, bits)| {
        let mut left = *bits;
        std::iter::from_fn(move || {
            let bit = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(word * 64 + bit)
        })
    })
}

/// What rules start from.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    pub(crate) test: Test,
    /// If not empty, the words it must be.
    pub(super) words: Vec<u16>,
    /// Its rules say what a quoted string is.
    pub(super) is_role: bool,
    /// Its rules come with the crate: the weights tell where they are worth trying.
    pub(crate) is_built_in: bool,
    /// The paths of its rules.
    pub(crate) paths: PathSet,
}

impl Anchor {
    /// The paths of its rules if a token of these classes may be it, whose word lists it or which is a quoted string: then
    /// its groups do. Most that are asked may, so without a branch.
    #[inline]
    pub(super) fn paths_at(&self, class: TagSet) -> PathSet {
        let Test { all, any, none, .. } = self.test;
        let passes = (class.0 & all.0 == all.0) & ((any.0 == 0) | (class.0 & any.0 != 0)) & (class.0 & none.0 == 0);
        self.paths.when(passes)
    }
}

/// A rule, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) score: f32,
    pub(crate) purpose: Purpose,
    /// The groups it asks of the word it starts from, by which a coverage tells speech from thought. None for a rule of
    /// the caller's: who writes a rule wants what it finds, whatever its word is a verb of elsewhere.
    pub(crate) groups: CueClasses,
    pub(crate) examples: Vec<Example>,
}

impl Rule {
    /// The rule as it is before its pattern is compiled; takes the examples.
    pub(super) fn of(text: &mut RuleText) -> Rule {
        let RuleText { name, score, purpose, examples, .. } = text;
        Rule {
            name: name.clone(),
            score: *score,
            purpose: *purpose,
            groups: CueClasses::default(),
            examples: std::mem::take(examples),
        }
    }
}

/// All rules of an extractor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    /// Tells this program from others of the same process.
    pub(crate) number: u64,
    pub(crate) rules: Vec<Rule>,
    /// Ways to read the rules.
    pub(crate) paths: Vec<Path>,
    /// What the tokens around an anchor must be.
    pub(super) preview: Preview,
    /// What must stand beside it somewhere.
    pub(super) required: Required,
    /// The sides of all paths, each once.
    pub(super) sides: Vec<Side>,
    pub(crate) anchors: Vec<Anchor>,
    pub(super) insts: Vec<Inst>,
    /// Where programs begin, each with its last instruction first.
    pub(super) starts: Vec<Pc>,
    /// Where the ways of choices begin.
    pub(super) ways: Vec<Pc>,
    pub(super) tests: Vec<TokenSet>,
    /// The bits that are known of a token by the tests it passes.
    pub(super) bits: Bits,
    /// For each word a number that tells it from others as far as a test can: of the groups it is in, and of words that
    /// tests name.
    pub(super) kinds: Vec<u16>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// Anchor numbers, cut into one piece for each word that starts a rule.
    pub(crate) by_word: Vec<u16>,
    /// Anchors of rules that start from a quoted string.
    pub(crate) string_anchors: Vec<u16>,
    /// The same, of rules that say what a quoted string is.
    pub(crate) role_anchors: Vec<u16>,
}
