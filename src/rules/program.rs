//! What rules are compiled to: paths of steps, and small programs for the backtracker.

use super::choice::{Choice, Test};
use super::parse::{Example, Purpose, RuleText};
use super::pattern::Node;
use super::preview::Preview;
use super::required::Required;
use crate::lexicon::Group;

/// An instruction of the backtracker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Inst {
    /// The next token must pass the test of this number.
    Test(u16),
    /// So many tokens must pass it, as many as can, and one that may come next must follow.
    Span {
        test: u16,
        least: u8,
        most: u8,
        then: First,
    },
    Regex(u16),
    /// A definition must match here; it is matched by itself, its first way that fits.
    Call(u16),
    /// Try the first, then the second; the number tells this split from the others of its program. If
    /// the next token does not pass the test of the mask, the first is not worth trying.
    Split {
        first: u16,
        second: u16,
        number: u8,
        mask: First,
    },
    Jump(u16),
    /// Sentence start (`true`) or end.
    Edge(bool),
    /// The token before or after must (not) match the instruction that follows.
    Look {
        behind: bool,
        negate: bool,
    },
    Match,
}

/// Places a match remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Slot {
    pub(crate) const COUNT: usize = 13;
}

/// One step of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum StepKind {
    /// Remember this place.
    Save(Slot),
    Test(u16),
    /// A token that passes, or nothing.
    Option(u16),
    /// The token before or after must (not) pass.
    Look {
        behind: bool,
        negate: bool,
        test: u16,
    },
    Edge(bool),
    Call(u16),
    /// A definition, or nothing.
    Maybe(u16),
    /// A program, by its entry.
    Program(u16),
}

/// The test that the next token must pass if any is to be taken, by its number; or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct First(pub(crate) u16);

impl First {
    /// Any token may come.
    pub(crate) const ANYTHING: First = First(u16::MAX);
}

/// A step, and a quick test before it: if the next token does not pass, the step takes no token, and
/// fails if it must.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) kind: StepKind,
    pub(crate) first: First,
    /// It can match without taking a token.
    pub(crate) empty: bool,
    /// It matches without taking a token wherever it takes none: it looks at nothing else.
    pub(crate) skips: bool,
}

/// One way to read a rule: two sides, which know nothing of each other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Path {
    pub(crate) rule: u16,
    pub(crate) anchor: u16,
    /// The number of its left side, read from the anchor leftwards.
    pub(super) left: u16,
    /// The number of its right side.
    pub(super) right: u16,
}

/// What stands on one side of the anchor. Many paths share a side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side {
    pub(super) mirrored: bool,
    /// Its steps: a part of all.
    pub(super) from: u32,
    pub(super) to: u32,
}

/// A set of paths; those past the last bit share it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct PathSet([u64; PathSet::WORDS]);

impl PathSet {
    /// All paths.
    pub(super) const ALL: PathSet = PathSet([u64::MAX; PathSet::WORDS]);
    const WORDS: usize = 4;
    const LAST: u16 = PathSet::WORDS as u16 * 64 - 1;

    pub(crate) fn add(&mut self, path: u16) {
        let bit = usize::from(path.min(PathSet::LAST));
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn zip(self, other: PathSet, with: impl Fn(u64, u64) -> u64) -> PathSet {
        PathSet(std::array::from_fn(|word| with(self.0[word], other.0[word])))
    }

    pub(crate) fn union(self, other: PathSet) -> PathSet {
        self.zip(other, |a, b| a | b)
    }

    /// Adds the paths of another set.
    #[inline]
    pub(super) fn unite(&mut self, other: PathSet) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }

    #[inline]
    pub(crate) fn common(self, other: PathSet) -> PathSet {
        self.zip(other, |a, b| a & b)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The paths of the set, of so many there are.
    pub(crate) fn list(self, paths: usize) -> impl Iterator<Item = u16> {
        let words = (0u16..).zip(self.0);
        let bits = words.flat_map(|(word, bits)| {
            std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)))
                .take_while(|bits| *bits != 0)
                .map(move |bits| word * 64 + bits.trailing_zeros() as u16)
        });
        bits.flat_map(move |path| path..if path == PathSet::LAST { paths as u16 } else { path + 1 })
    }
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

/// The entry points of a definition and its first tokens, rightwards and leftwards.
#[derive(Clone, Debug)]
pub(crate) struct DefEntry {
    pub(crate) entry: [u16; 2],
    /// `None` if it may be anything.
    pub(super) first: [Option<Choice>; 2],
    pub(super) first_test: [First; 2],
    pub(super) can_be_empty: bool,
    /// It matches without taking a token wherever it takes none: it looks at nothing else.
    pub(super) skips: bool,
    /// The definition as one token, if it is one.
    pub(super) choice: Option<Choice>,
}

/// A rule, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) score: f32,
    pub(crate) purpose: Purpose,
    /// The groups it asks of the word it starts from, by which a coverage tells speech from thought. None for a rule of
    /// the caller's: who writes a rule wants what it finds, whatever its word is a verb of elsewhere.
    pub(crate) groups: Group,
    pub(crate) examples: Vec<Example>,
}

impl Rule {
    /// The rule as it is before its pattern is compiled.
    pub(super) fn of(text: &RuleText) -> Rule {
        let RuleText { name, score, purpose, examples, .. } = text;
        Rule {
            name: name.clone(),
            score: *score,
            purpose: *purpose,
            groups: Group::default(),
            examples: examples.clone(),
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
    /// The steps of all sides, one side after another.
    pub(super) steps: Vec<Step>,
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) insts: Vec<Inst>,
    pub(crate) tests: Vec<Choice>,
    pub(crate) defs: Vec<DefEntry>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// Anchor numbers, cut into one piece for each word that starts a rule.
    pub(crate) by_word: Vec<u16>,
    /// Anchors of rules that start from a quoted string.
    pub(crate) string_anchors: Vec<u16>,
    /// The same, of rules that say what a quoted string is.
    pub(crate) role_anchors: Vec<u16>,
    /// Programs that were emitted, to emit each once.
    pub(super) emitted: Vec<(Node, bool, u16)>,
    /// Splits in the program that is being emitted.
    pub(super) splits: u8,
    /// Depth of the deepest definition.
    pub(crate) depth: u16,
}
