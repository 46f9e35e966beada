//! What a rule file holds, once it is read.

use super::node::{Def, Node};
use crate::error::{Input, Kind, Line, Problem, Problems};
use crate::lexicon::CueClasses;
use rustc_hash::FxHashMap;

/// What a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    Attribution,
    /// Says what a quoted string is, if not speech.
    Role(crate::quote::StringRole),
}

/// A rule as written.
#[derive(Clone, Debug)]
pub(crate) struct RuleText {
    pub(crate) name: String,
    pub(crate) score: f32,
    pub(crate) purpose: Purpose,
    pub(crate) pattern: Node,
    pub(crate) examples: Vec<Example>,
    /// It comes with the crate.
    pub(crate) is_built_in: bool,
    /// The text it is in, if it is the caller's.
    pub(crate) input: Option<Input>,
    /// Where the pattern stands, to tell what is wrong with it later.
    pub(crate) line: usize,
    pub(crate) text: String,
}

impl RuleText {
    /// What is wrong with its pattern.
    pub(super) fn problem(&self, kind: Kind) -> Problem {
        Line { number: self.line, text: &self.text }.whole(kind).within(self.input)
    }
}

/// A line that the rule must fit (`ok`) or must not (`no`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) fits: bool,
    pub(crate) text: String,
    /// The `[source]` of the example, as bytes of `text`.
    pub(crate) source: Option<(usize, usize)>,
    /// The `{content}` of the example.
    pub(crate) content: Vec<(usize, usize)>,
    pub(crate) line: usize,
}

/// Everything a rule file holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleFile {
    pub(crate) rules: Vec<RuleText>,
    pub(crate) defs: Vec<Def>,
    /// The numbers of definitions with a name.
    pub(super) numbers: FxHashMap<String, usize>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// The words that patterns name.
    pub(crate) words: Vec<u16>,
    /// The groups that patterns name.
    pub(crate) groups: CueClasses,
    /// The definitions of the file that is read and their lines, those that are yet to come among them.
    pub(super) lines: FxHashMap<String, usize>,
    /// Which text is read; none is the built-in one.
    pub(super) input: Option<Input>,
}

/// Definitions may stand in definitions so deep.
const MOST_DEPTH: u16 = 32;

/// Names that patterns have a meaning for, and that are no class.
pub(super) const PLACES: [&str; 6] = ["START", "END", "FRONT", "CLAUSE", "REST", "ANY"];

impl RuleFile {
    pub(super) fn take(&mut self, fresh: Vec<RuleText>) {
        let old: FxHashMap<String, usize> = self.rules.iter().map(|rule| rule.name.clone()).zip(0..).collect();
        let mut others = Vec::with_capacity(fresh.len() + self.rules.len());
        for rule in fresh {
            match old.get(&rule.name) {
                Some(&place) => self.rules[place] = rule,
                None => others.push(rule),
            }
        }
        others.append(&mut self.rules);
        self.rules = others;
    }

    /// The number of the definition of this name.
    pub(super) fn definition(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// Adds a definition, whose name may be empty, and returns its number; `None` if it would stand too deep.
    pub(super) fn define(&mut self, name: &str, pattern: Node, line: &Line<'_>) -> Option<usize> {
        let depth = 1 + pattern.depth(&self.defs);
        let can_be_empty = pattern.can_be_empty(&self.defs);
        let (is_built_in, input) = (self.input.is_none(), self.input);
        let (name, text) = (name.to_owned(), line.text.to_owned());
        if !name.is_empty() {
            self.numbers.entry(name.clone()).or_insert(self.defs.len());
        }
        self.defs.push(Def { name, pattern, can_be_empty, depth, is_built_in, line: line.number, text, input });
        (depth <= MOST_DEPTH).then_some(self.defs.len() - 1)
    }

    /// Whether a word list cannot use this name for a class of its own.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        PLACES.contains(&name) || self.numbers.contains_key(name)
    }

    /// Names that patterns may use, those of classes left out.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.defs.iter().map(|def| def.name.as_str()).filter(|name| !name.is_empty()).chain(PLACES)
    }

    /// The line of the file at hand that defines a name which is not known yet.
    pub(super) fn line_below(&self, name: &str) -> Option<usize> {
        self.lines.get(name).copied()
    }
}

/// A rule being read.
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) score: f32,
    pub(super) purpose: Purpose,
    pub(super) has_match: bool,
    pub(super) pattern: Option<(Node, usize, String)>,
    pub(super) examples: Vec<Example>,
    pub(super) line: usize,
    pub(super) text: String,
    /// Something is wrong with it, so nothing is said of what is missing.
    pub(super) is_broken: bool,
}

impl Draft {
    pub(super) fn new(name: &str, score: f32, purpose: Purpose, line: &Line<'_>) -> Draft {
        Draft {
            name: name.to_owned(),
            score,
            purpose,
            has_match: false,
            pattern: None,
            examples: Vec::new(),
            line: line.number,
            text: line.text.to_owned(),
            is_broken: false,
        }
    }

    /// What stands for a rule that cannot be read, so that what follows has one to belong to.
    pub(super) fn broken(line: &Line<'_>) -> Draft {
        Draft { is_broken: true, ..Draft::new("", 0.0, Purpose::Attribution, line) }
    }

    /// The rule, if it has a pattern; notes what is missing.
    pub(super) fn finish(self, is_built_in: bool, problems: &mut Problems) -> Option<RuleText> {
        let line = Line { number: self.line, text: &self.text };
        let fits = self.examples.iter().any(|example| example.fits);
        let fails = self.examples.iter().any(|example| !example.fits);
        if !(self.is_broken || fits && fails) {
            problems.push(line.whole(Kind::NoExamples));
        }
        if self.pattern.is_none() && !self.is_broken {
            problems.push(line.whole(Kind::NoMatch));
        }
        let (pattern, line, text) = self.pattern?;
        Some(RuleText {
            name: self.name,
            score: self.score,
            purpose: self.purpose,
            pattern,
            examples: self.examples,
            is_built_in,
            input: problems.input(),
            line,
            text,
        })
    }
}
