//! Rule file → rules, definitions and words, line by line.

use super::choice::Test;
use super::line::{read_example, read_rule_line, split_word};
use super::node::Node;
use super::pattern;
use crate::error::{Hint, Input, Kind, Line, Problem, Problems, lines, nearest};
use crate::lexicon::{Group, Lexicon};
use crate::marks::HYPHEN;
use crate::table::Numbers;
use crate::token::Class;
use std::collections::{HashMap, HashSet};

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

/// A pattern with a name.
#[derive(Clone, Debug)]
pub(crate) struct Def {
    pub(crate) name: String,
    pub(crate) pattern: Node,
    /// It can fit without taking a token.
    pub(crate) can_be_empty: bool,
    /// Definitions inside definitions: how deep this one is.
    pub(crate) depth: u16,
    /// It comes with the crate.
    is_built_in: bool,
    /// Where it stands, to tell later that it is too large.
    line: usize,
    text: String,
    input: Option<Input>,
}

impl Def {
    /// What is wrong with its line.
    pub(super) fn problem(&self, kind: Kind) -> Problem {
        Line { number: self.line, text: &self.text }.whole(kind).within(self.input)
    }
}

/// Everything a rule file holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    pub(crate) rules: Vec<RuleText>,
    pub(crate) defs: Vec<Def>,
    /// The numbers of definitions with a name.
    numbers: HashMap<String, usize, Numbers>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// The words that patterns name.
    pub(crate) words: Vec<u16>,
    /// The groups that patterns name.
    pub(crate) groups: Group,
    /// The definitions of the file that is read and their lines, those that are yet to come among them.
    lines: HashMap<String, usize, Numbers>,
    /// Which text is read; none is the built-in one.
    input: Option<Input>,
}

/// Definitions may stand in definitions so deep.
const MOST_DEPTH: u16 = 32;

/// Names that patterns have a meaning for, and that are no class.
const PLACES: [&str; 6] = ["START", "END", "FRONT", "CLAUSE", "REST", "ANY"];

/// What a line begins with.
const STATEMENTS: [&str; 7] = ["def", "rule", "role", "match", "ok", "no", "words"];

impl Book {
    /// Reads a rule file. Its rules go before those read already, except that a rule of a known name
    /// takes the place of the older one. What is wrong is noted, and what follows is read on.
    pub(crate) fn read(&mut self, text: &str, lexicon: &mut Lexicon, problems: &mut Problems) {
        for line in lines(text) {
            if let ("def", rest) = split_word(&line)
                && let Some((name, _)) = rest.split_once('=')
            {
                self.lines.entry(name.trim().to_owned()).or_insert(line.number);
            }
        }
        self.input = problems.input();
        let mut reader = Reader { book: self, lexicon, problems, rules: Vec::new(), names: HashSet::default() };
        for line in lines(text) {
            if let Err(problem) = reader.read_line(&line) {
                reader.problems.push(problem);
            }
            if reader.problems.is_full() {
                return;
            }
        }
        let drafts = reader.rules;
        self.lines.clear();
        let rules = drafts.into_iter().filter_map(|draft| draft.finish(self.input.is_none(), problems)).collect();
        self.take(rules);
    }

    fn take(&mut self, fresh: Vec<RuleText>) {
        let old: HashMap<String, usize, Numbers> = self.rules.iter().map(|rule| rule.name.clone()).zip(0..).collect();
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

/// Reads the lines of a rule file.
struct Reader<'r> {
    book: &'r mut Book,
    lexicon: &'r mut Lexicon,
    problems: &'r mut Problems,
    /// The rules of the file.
    rules: Vec<Draft>,
    /// Their names.
    names: HashSet<String, Numbers>,
}

impl Reader<'_> {
    fn read_line(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let (word, rest) = split_word(line);
        match word {
            "" => Ok(()),
            _ if word.starts_with('#') => Ok(()),
            "def" => self.read_def(line, rest),
            "words" => {
                let Reader { book, lexicon, problems, .. } = self;
                lexicon.add_list([(*line, rest)].into_iter(), &|name| book.is_taken(name), problems);
                Ok(())
            }
            "rule" | "role" => self.begin_rule(line, rest, word == "role"),
            "match" => self.read_match(line, rest),
            "ok" | "no" => {
                let fits = word == "ok";
                let rule = self.rule_of(line, if fits { "ok" } else { "no" })?;
                let example = read_example(line, rest, fits).inspect_err(|_| rule.is_broken = true)?;
                rule.examples.push(example);
                Ok(())
            }
            _ => {
                let hint = nearest(word, STATEMENTS);
                if matches!(hint.0.as_deref(), Some("rule" | "role")) {
                    self.rules.push(Draft::broken(line));
                }
                Err(line.problem(Kind::Statement(hint), word))
            }
        }
    }

    fn begin_rule(&mut self, line: &Line<'_>, rest: &str, is_role: bool) -> Result<(), Problem> {
        let mut read = read_rule_line(line, rest, is_role);
        if let Ok(draft) = &read
            && !self.names.insert(draft.name.clone())
        {
            read = Err(line.problem(Kind::RuleTwice, &rest[..draft.name.len()]));
        }
        // What follows belongs to this rule all the same.
        let (draft, result) = match read {
            Ok(draft) => (draft, Ok(())),
            Err(problem) => (Draft::broken(line), Err(problem)),
        };
        self.rules.push(draft);
        result
    }

    fn read_match(&mut self, line: &Line<'_>, rest: &str) -> Result<(), Problem> {
        let rule = self.rule_of(line, "match")?;
        if std::mem::replace(&mut rule.has_match, true) && !rule.is_broken {
            return Err(line.whole(Kind::MatchTwice));
        }
        let known = self.problems.count();
        let pattern = pattern::read(line, rest, self.book, self.lexicon, self.problems, true);
        let is_sound = self.problems.count() == known;
        let rule = self.rule_of(line, "match")?;
        let pattern = pattern.inspect_err(|_| rule.is_broken = true)?;
        if !is_sound {
            rule.is_broken = true;
        } else if rule.purpose == Purpose::Attribution && !pattern.has_content() {
            rule.is_broken = true;
            return Err(line.whole(Kind::NoContent(meant_as_content(rest))));
        } else {
            rule.pattern = Some((pattern, line.number, line.text.to_owned()));
        }
        Ok(())
    }

    /// The rule that a line belongs to.
    fn rule_of(&mut self, line: &Line<'_>, word: &'static str) -> Result<&mut Draft, Problem> {
        let is_first = self.rules.is_empty();
        if is_first {
            // Said once.
            self.rules.push(Draft::broken(line));
        }
        self.rules.last_mut().filter(|_| !is_first).ok_or_else(|| line.whole(Kind::NoRule(word)))
    }

    fn read_def(&mut self, line: &Line<'_>, rest: &str) -> Result<(), Problem> {
        let (name, pattern) = rest.split_once('=').ok_or_else(|| line.whole(Kind::DefLine))?;
        let bare = name.trim();
        let checked = self.check_name(line, bare);
        let pattern = pattern::read(line, pattern, self.book, self.lexicon, self.problems, false);
        if let Err(problem) = checked {
            self.problems.push(problem);
            return pattern.map(drop);
        }
        match pattern {
            Ok(pattern) => {
                self.book.define(bare, pattern, line).map(drop).ok_or_else(|| line.problem(Kind::TooDeep, bare))
            }
            Err(problem) => {
                // It is known from here on, whatever it is.
                self.book.define(bare, Node::Test(Test::default()), line);
                Err(problem)
            }
        }
    }

    /// Whether a definition may have this name.
    fn check_name(&self, line: &Line<'_>, name: &str) -> Result<(), Problem> {
        let is_name = name.starts_with(|first: char| first.is_ascii_uppercase())
            && name.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == HYPHEN);
        let known = self.book.definition(name).map(|number| &self.book.defs[number]);
        let is_class = Class::by_name(name).is_some() || self.lexicon.group_by_name(name).is_some();
        let kind = if !is_name {
            Kind::DefName
        } else if is_class || PLACES.contains(&name) {
            Kind::DefIsClass
        } else {
            match known {
                None => return Ok(()),
                Some(known) if known.is_built_in => Kind::DefIsBuiltIn,
                Some(_) => Kind::DefTwice,
            }
        };
        Err(line.problem(kind, name))
    }
}

/// The place for content that a word of a pattern was meant to be.
fn meant_as_content(pattern: &str) -> Hint {
    let words = pattern.split(|letter: char| !(letter.is_alphanumeric() || letter == HYPHEN));
    let names = ["Q", "FRONT", "CLAUSE", "REST"];
    let mut meant =
        words.filter_map(|word| names.into_iter().find(|name| *name != word && name.eq_ignore_ascii_case(word)));
    Hint(meant.next().map(str::to_owned))
}

/// A rule being read.
pub(super) struct Draft {
    name: String,
    score: f32,
    purpose: Purpose,
    has_match: bool,
    pattern: Option<(Node, usize, String)>,
    examples: Vec<Example>,
    line: usize,
    text: String,
    /// Something is wrong with it, so nothing is said of what is missing.
    is_broken: bool,
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
    fn broken(line: &Line<'_>) -> Draft {
        Draft { is_broken: true, ..Draft::new("", 0.0, Purpose::Attribution, line) }
    }

    /// The rule, if it has a pattern; notes what is missing.
    fn finish(self, is_built_in: bool, problems: &mut Problems) -> Option<RuleText> {
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
