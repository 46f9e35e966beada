//! Rule file → rules, definitions and words, line by line.

use super::pattern::{self, Node};
use crate::error::{Error, Kind};
use crate::lexicon::Lexicon;
use crate::token::Class;

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
    /// Where the pattern stands, to tell what is wrong with it later.
    pub(crate) line: usize,
    pub(crate) text: String,
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
}

/// Everything a rule file holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    pub(crate) rules: Vec<RuleText>,
    pub(crate) defs: Vec<Def>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// The words that patterns name.
    pub(crate) words: Vec<u16>,
}

/// Definitions may stand in definitions so deep.
const MOST_DEPTH: u16 = 32;

impl Book {
    /// Reads a rule file. Its rules go before those read already, except that a rule of a known name
    /// takes the place of the older one.
    pub(crate) fn read(&mut self, text: &str, is_built_in: bool, lexicon: &mut Lexicon) -> Result<(), Error> {
        let mut fresh: Vec<Draft> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let reader = LineReader { number: index + 1, line };
            let (word, rest) = reader.split_word();
            match word {
                "" => {}
                _ if word.starts_with('#') => {}
                "def" => self.read_def(&reader, rest, lexicon)?,
                "words" => reader.read_words(rest, lexicon)?,
                "rule" | "role" => {
                    let draft = reader.read_rule_line(rest, word == "role")?;
                    if fresh.iter().any(|known| known.name == draft.name) {
                        return Err(reader.error(Kind::RuleTwice, reader.column_of(rest), draft.name.chars().count()));
                    }
                    fresh.push(draft);
                }
                "match" => {
                    let draft = fresh.last_mut().ok_or_else(|| reader.whole(Kind::NoRule("match")))?;
                    if draft.pattern.is_some() {
                        return Err(reader.whole(Kind::MatchTwice));
                    }
                    let pattern = pattern::read(&reader, rest, self, lexicon, true)?;
                    draft.pattern = Some((pattern, index + 1, line.to_owned()));
                }
                "ok" | "no" => {
                    let name = if word == "ok" { "ok" } else { "no" };
                    let draft = fresh.last_mut().ok_or_else(|| reader.whole(Kind::NoRule(name)))?;
                    draft.examples.push(reader.read_example(rest, word == "ok")?);
                }
                _ => return Err(reader.error(Kind::Statement, reader.column_of(word), word.chars().count())),
            }
        }
        let mut rules = fresh.into_iter().map(|draft| draft.finish(is_built_in)).collect::<Result<Vec<_>, _>>()?;
        self.take(&mut rules);
        Ok(())
    }

    fn take(&mut self, fresh: &mut Vec<RuleText>) {
        for old in &mut self.rules {
            if let Some(at) = fresh.iter().position(|rule| rule.name == old.name) {
                *old = fresh.remove(at);
            }
        }
        self.rules.splice(0..0, fresh.drain(..));
    }

    fn read_def(&mut self, reader: &LineReader<'_>, rest: &str, lexicon: &mut Lexicon) -> Result<(), Error> {
        let (name, pattern) = rest.split_once('=').ok_or_else(|| reader.whole(Kind::DefLine))?;
        let bare = name.trim();
        let column = reader.column_of(bare);
        let width = bare.chars().count();
        let is_name = bare.starts_with(|first: char| first.is_ascii_uppercase())
            && bare.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '-');
        if !is_name {
            return Err(reader.error(Kind::DefLine, column, width));
        }
        if Class::by_name(bare).is_some() || lexicon.group_by_name(bare).is_some() || is_special(bare) {
            return Err(reader.error(Kind::DefIsClass, column, width));
        }
        if self.defs.iter().any(|known| known.name == bare) {
            return Err(reader.error(Kind::DefTwice, column, width));
        }
        let pattern = pattern::read(reader, pattern, self, lexicon, false)?;
        self.define(bare, pattern).map(drop).ok_or_else(|| reader.error(Kind::TooDeep, column, width))
    }

    /// Adds a definition, whose name may be empty, and gives back its number; `None` if it would stand too deep.
    pub(super) fn define(&mut self, name: &str, pattern: Node) -> Option<usize> {
        let depth = 1 + pattern.depth(&self.defs);
        let can_be_empty = pattern.can_be_empty(&self.defs);
        self.defs.push(Def { name: name.to_owned(), pattern, can_be_empty, depth });
        (depth <= MOST_DEPTH).then_some(self.defs.len() - 1)
    }
}

fn is_special(name: &str) -> bool {
    matches!(name, "START" | "END" | "FRONT" | "CLAUSE" | "REST" | "ANY")
}

/// A rule being read.
struct Draft {
    name: String,
    score: f32,
    purpose: Purpose,
    pattern: Option<(Node, usize, String)>,
    examples: Vec<Example>,
    line: usize,
    text: String,
}

impl Draft {
    fn finish(self, is_built_in: bool) -> Result<RuleText, Error> {
        let fail = |kind| Error::new(kind, self.line, 1, self.text.chars().count(), &self.text);
        let fits = self.examples.iter().any(|example| example.fits);
        let fails = self.examples.iter().any(|example| !example.fits);
        if !(fits && fails) {
            return Err(fail(Kind::NoExamples));
        }
        let (pattern, line, text) = self.pattern.ok_or_else(|| fail(Kind::NoMatch))?;
        Ok(RuleText {
            name: self.name,
            score: self.score,
            purpose: self.purpose,
            pattern,
            examples: self.examples,
            is_built_in,
            line,
            text,
        })
    }
}

/// One line of a rule file, and where things stand in it.
pub(super) struct LineReader<'t> {
    number: usize,
    line: &'t str,
}

impl<'t> LineReader<'t> {
    /// The first word, and what follows it.
    fn split_word(&self) -> (&'t str, &'t str) {
        let line = self.line.trim();
        let end = line.find(char::is_whitespace).unwrap_or(line.len());
        (&line[..end], line[end..].trim_start())
    }

    /// The column of a piece of this line.
    pub(super) fn column_of(&self, piece: &str) -> usize {
        let at = (piece.as_ptr() as usize).saturating_sub(self.line.as_ptr() as usize);
        self.line.get(..at).map_or(1, |before| before.chars().count() + 1)
    }

    pub(super) fn error(&self, kind: Kind, column: usize, width: usize) -> Error {
        Error::new(kind, self.number, column, width, self.line)
    }

    fn whole(&self, kind: Kind) -> Error {
        let trimmed = self.line.trim();
        self.error(kind, self.column_of(trimmed), trimmed.chars().count())
    }

    /// `words [SAY] quipped snarked`: a word list on one line.
    fn read_words(&self, rest: &str, lexicon: &mut Lexicon) -> Result<(), Error> {
        lexicon.add_list(rest).map_err(|error| error.in_line(self.number, self.column_of(rest), self.line))
    }

    fn read_rule_line(&self, rest: &str, is_role: bool) -> Result<Draft, Error> {
        let mut words = rest.split_whitespace();
        let (name, second, third) = (words.next(), words.next(), words.next());
        let (role, score) = if is_role { (second, third) } else { (None, second) };
        let (Some(name), Some(score)) = (name, score) else { return Err(self.whole(Kind::RuleLine)) };
        let purpose = match role {
            None => Purpose::Attribution,
            Some(role) => Purpose::Role(
                crate::quote::StringRole::by_name(role)
                    .ok_or_else(|| self.error(Kind::Role, self.column_of(role), role.chars().count()))?,
            ),
        };
        let value = score.parse().ok().filter(|score: &f32| (0.0..=1.0).contains(score));
        let score = value.ok_or_else(|| self.error(Kind::Score, self.column_of(score), score.chars().count()))?;
        Ok(Draft {
            name: name.to_owned(),
            score,
            purpose,
            pattern: None,
            examples: Vec::new(),
            line: self.number,
            text: self.line.to_owned(),
        })
    }

    /// Takes the brackets out of an example and keeps what they held.
    fn read_example(&self, rest: &str, fits: bool) -> Result<Example, Error> {
        let text = String::with_capacity(rest.len());
        let mut example = Example { fits, text, source: None, content: Vec::new(), line: self.number };
        let mut open: Option<(char, usize)> = None;
        for letter in rest.chars() {
            match (letter, open) {
                ('[' | '{', None) => open = Some((letter, example.text.len())),
                (']', Some(('[', start))) => {
                    example.source = Some((start, example.text.len()));
                    open = None;
                }
                ('}', Some(('{', start))) => {
                    example.content.push((start, example.text.len()));
                    open = None;
                }
                ('[' | '{' | ']' | '}', _) => return Err(self.whole(Kind::Example)),
                // As long as a pilcrow: no place moves.
                ('¶', _) => example.text.push_str("\n\n"),
                _ => example.text.push(letter),
            }
        }
        if open.is_some() {
            Err(self.error(Kind::Example, self.column_of(rest), rest.chars().count()))
        } else {
            Ok(example)
        }
    }
}
