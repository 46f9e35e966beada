//! Rule file → rules, definitions and words, line by line.

use super::choice::Test;
use super::line::{read_example, read_rule_line, split_word};
use super::node::Node;
use super::pattern;
use super::rule_file::{Draft, PLACES, Purpose, RuleFile};
use crate::error::{Hint, Kind, Line, Problem, Problems, lines, nearest};
use crate::lexicon::Lexicon;
use crate::marks::HYPHEN;
use crate::token::TagSet;
use rustc_hash::FxHashSet;
use std::collections::HashSet;

/// What a line begins with.
const STATEMENTS: [&str; 7] = ["def", "rule", "role", "match", "ok", "no", "words"];

impl RuleFile {
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
        let mut reader = PatternReader { book: self, lexicon, problems, rules: Vec::new(), names: HashSet::default() };
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
}

/// Reads the lines of a rule file.
struct PatternReader<'r> {
    book: &'r mut RuleFile,
    lexicon: &'r mut Lexicon,
    problems: &'r mut Problems,
    /// The rules of the file.
    rules: Vec<Draft>,
    /// Their names.
    names: FxHashSet<String>,
}

impl PatternReader<'_> {
    fn read_line(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let (word, rest) = split_word(line);
        match word {
            "" => Ok(()),
            _ if word.starts_with('#') => Ok(()),
            "def" => self.read_def(line, rest),
            "words" => {
                let PatternReader { book, lexicon, problems, .. } = self;
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
        let is_class = TagSet::by_name(name).is_some() || self.lexicon.group_by_name(name).is_some();
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
