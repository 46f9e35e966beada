//! Rule text → tree.

use super::choice::Test;
use crate::error::{Error, Kind};
use crate::lexicon::Lexicon;
use crate::token::Class;

/// What a rule captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Cue,
    Source,
    Addressee,
    Content,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Test(Test),
    Word(u16),
    /// A regular expression the whole token must match, by its number.
    Regex(usize),
    Def(usize),
    Seq(Vec<Node>),
    Alt(Vec<Node>),
    Repeat(Box<Node>, u8, u8),
    Label(Label, Box<Node>),
    /// The start (`true`) or end of a sentence: no width.
    Edge(bool),
    /// The token before or after this place is (not) so: no width.
    Look {
        behind: bool,
        negate: bool,
        node: Box<Node>,
    },
    /// Content ends here (`FRONT`): no width.
    Front,
    /// Content begins here (`CLAUSE`): no width.
    Clause,
    /// Content begins here and goes on to the end of the paragraph (`REST`): no width.
    Rest,
    Anchor(Box<Node>),
}

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

/// Everything a rule file holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    pub(crate) rules: Vec<RuleText>,
    pub(crate) defs: Vec<(String, Node)>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// The words that patterns name.
    pub(crate) words: Vec<u16>,
}

const MOST_NODES: usize = 400;
const MOST_REPEATS: u8 = 99;

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
                    let pattern = self.read_pattern(&reader, rest, lexicon, true)?;
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
        if self.defs.iter().any(|(known, _)| known == bare) {
            return Err(reader.error(Kind::DefTwice, column, width));
        }
        let node = self.read_pattern(reader, pattern, lexicon, false)?;
        self.defs.push((bare.to_owned(), node));
        Ok(())
    }

    fn read_pattern(
        &mut self,
        reader: &LineReader<'_>,
        text: &str,
        lexicon: &mut Lexicon,
        is_rule: bool,
    ) -> Result<Node, Error> {
        let mut parser = Parser { reader, rest: text, book: self, lexicon, nodes: 0, is_rule, labels: Vec::new() };
        let node = parser.alternatives(Place { label: is_rule, content: is_rule })?;
        parser.skip_space();
        if parser.rest.starts_with(')') {
            return Err(parser.fail(Kind::CloseBracket, 1));
        }
        if !parser.rest.is_empty() {
            return Err(parser.fail(Kind::Stray, 1));
        }
        Ok(node)
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
struct LineReader<'t> {
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
    fn column_of(&self, piece: &str) -> usize {
        let at = (piece.as_ptr() as usize).saturating_sub(self.line.as_ptr() as usize);
        self.line.get(..at).map_or(1, |before| before.chars().count() + 1)
    }

    fn error(&self, kind: Kind, column: usize, width: usize) -> Error {
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
        let mut example = Example { fits, text: String::new(), source: None, content: Vec::new(), line: self.number };
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

/// What may stand where the parser is.
#[derive(Clone, Copy)]
struct Place {
    label: bool,
    content: bool,
}

struct Parser<'p, 't> {
    reader: &'p LineReader<'t>,
    rest: &'p str,
    book: &'p mut Book,
    lexicon: &'p mut Lexicon,
    nodes: usize,
    is_rule: bool,
    labels: Vec<Label>,
}

impl Parser<'_, '_> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn fail(&self, kind: Kind, width: usize) -> Error {
        self.reader.error(kind, self.reader.column_of(self.rest), width)
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.rest.strip_prefix(symbol);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn alternatives(&mut self, place: Place) -> Result<Node, Error> {
        let first = self.sequence(place)?;
        self.skip_space();
        if !self.rest.starts_with('|') {
            return Ok(first);
        }
        let inner = Place { label: false, content: false };
        let mut all = vec![first];
        while self.take("|") {
            all.push(self.sequence(inner)?);
            self.skip_space();
        }
        Ok(Node::Alt(all))
    }

    fn sequence(&mut self, place: Place) -> Result<Node, Error> {
        let mut items = Vec::new();
        loop {
            self.skip_space();
            if self.rest.is_empty() || self.rest.starts_with(['|', ')']) {
                break;
            }
            items.push(self.item(place)?);
        }
        match items.len() {
            0 => Err(self.fail(Kind::EmptyPattern, 1)),
            1 => Ok(items.remove(0)),
            _ => Ok(Node::Seq(items)),
        }
    }

    fn item(&mut self, place: Place) -> Result<Node, Error> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(self.fail(Kind::TooLarge, 1));
        }
        let node = self.atom(place)?;
        let (least, most) = match self.rest.chars().next() {
            Some('?') => (0, 1),
            Some('*') => (0, MOST_REPEATS),
            Some('+') => (1, MOST_REPEATS),
            Some('{') => return self.counted(node),
            _ => return Ok(node),
        };
        self.repeat(node, least, most, 1)
    }

    fn counted(&mut self, node: Node) -> Result<Node, Error> {
        let end = self.rest.find('}').ok_or_else(|| self.fail(Kind::BadRepeat, 1))?;
        let inside = &self.rest[1..end];
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let bounds = least.trim().parse().ok().zip(most.trim().parse().ok());
        let (least, most) = bounds
            .filter(|&(least, most): &(u8, u8)| least <= most && (1..=MOST_REPEATS).contains(&most))
            .ok_or_else(|| self.fail(Kind::BadRepeat, end + 1))?;
        self.repeat(node, least, most, end + 1)
    }

    fn repeat(&mut self, node: Node, least: u8, most: u8, width: usize) -> Result<Node, Error> {
        if has_no_width(&node) || matches!(node, Node::Label(..) | Node::Anchor(..)) && most > 1 {
            return Err(self.fail(Kind::NothingToRepeat, width));
        }
        if most > 1 && self.can_be_empty(&node) {
            return Err(self.fail(Kind::EmptyRepeat, width));
        }
        self.rest = &self.rest[width..];
        Ok(Node::Repeat(Box::new(node), least, most))
    }

    fn can_be_empty(&self, node: &Node) -> bool {
        match node {
            Node::Test(_) | Node::Word(_) | Node::Regex(_) => false,
            Node::Def(def) => self.can_be_empty(&self.book.defs[*def].1),
            Node::Seq(items) => items.iter().all(|item| self.can_be_empty(item)),
            Node::Alt(items) => items.iter().any(|item| self.can_be_empty(item)),
            Node::Repeat(node, least, _) => *least == 0 || self.can_be_empty(node),
            Node::Label(_, node) | Node::Anchor(node) => self.can_be_empty(node),
            Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest => true,
        }
    }

    fn atom(&mut self, place: Place) -> Result<Node, Error> {
        let start = self.rest;
        match start.chars().next().unwrap_or(' ') {
            '(' => self.group(place),
            '^' => {
                self.rest = &start[1..];
                let node = self.atom(Place { label: false, content: place.content })?;
                if !self.is_rule || !matches!(node, Node::Test(_) | Node::Word(_) | Node::Alt(_) | Node::Regex(_)) {
                    self.rest = start;
                    return Err(self.fail(Kind::AnchorOnPhrase, 1));
                }
                Ok(Node::Anchor(Box::new(node)))
            }
            '<' | '>' => {
                let behind = start.starts_with('<');
                self.rest = &start[1..];
                let negate = self.take("!");
                let node = self.atom(Place { label: false, content: false })?;
                Ok(Node::Look { behind, negate, node: Box::new(node) })
            }
            '/' => self.regex(),
            ')' => Err(self.fail(Kind::CloseBracket, 1)),
            letter if letter.is_ascii_uppercase() || letter == '!' => self.classes(place),
            letter if letter.is_alphabetic() || letter.is_ascii_digit() => self.word_or_label(place),
            _ => self.symbol(),
        }
    }

    fn group(&mut self, place: Place) -> Result<Node, Error> {
        let open = self.rest;
        self.rest = &open[1..];
        let node = self.alternatives(place)?;
        self.skip_space();
        if !self.take(")") {
            self.rest = open;
            return Err(self.fail(Kind::OpenBracket, 1));
        }
        Ok(node)
    }

    fn regex(&mut self) -> Result<Node, Error> {
        let inside = &self.rest[1..];
        let end = inside.find('/').ok_or_else(|| self.fail(Kind::RegexEnd, 1))?;
        let built = regex::RegexBuilder::new(&format!("^(?:{})$", &inside[..end])).size_limit(1 << 16).build();
        let built = built.map_err(|error| {
            let message = error.to_string();
            let last = message.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
            self.fail(Kind::Regex(last), end + 2)
        })?;
        self.rest = &inside[end + 1..];
        self.book.regexes.push(built);
        Ok(Node::Regex(self.book.regexes.len() - 1))
    }

    /// `CLASS`, `CLASS&OTHER&!THIRD`, a definition, or one of the places.
    fn classes(&mut self, place: Place) -> Result<Node, Error> {
        let mut test = Test::default();
        loop {
            let negate = self.take("!");
            let end = self
                .rest
                .find(|letter: char| !(letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '-'));
            let name = &self.rest[..end.unwrap_or(self.rest.len())];
            let unknown = || self.fail(Kind::UnknownName, name.chars().count().max(1));
            if name == "ANY" {
            } else if let Some(class) = Class::by_name(name) {
                test.add(class, negate).ok_or_else(unknown)?;
            } else if let Some(group) = self.lexicon.group_by_name(name) {
                let set = if negate { &mut test.no_group } else { &mut test.group };
                set.0 |= group.0;
            } else if negate || test != Test::default() {
                return Err(unknown());
            } else {
                let node = self.place_or_def(name).ok_or_else(unknown)?;
                if matches!(node, Node::Front | Node::Clause | Node::Rest) && !place.content {
                    return Err(self.fail(Kind::ContentPlace, name.len()));
                }
                self.rest = &self.rest[name.len()..];
                return Ok(node);
            }
            self.rest = &self.rest[name.len()..];
            if !self.take("&") {
                return Ok(Node::Test(test));
            }
        }
    }

    fn place_or_def(&self, name: &str) -> Option<Node> {
        Some(match name {
            "START" => Node::Edge(true),
            "END" => Node::Edge(false),
            "FRONT" => Node::Front,
            "CLAUSE" => Node::Clause,
            "REST" => Node::Rest,
            _ => Node::Def(self.book.defs.iter().position(|(known, _)| known == name)?),
        })
    }

    fn word_or_label(&mut self, place: Place) -> Result<Node, Error> {
        let start = self.rest;
        let end = start.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '\'' | '’')));
        let word = &start[..end.unwrap_or(start.len())];
        let after = &start[word.len()..];
        let labelled = after.strip_prefix(':').filter(|rest| rest.starts_with(|next: char| !next.is_whitespace()));
        let Some(rest) = labelled else {
            self.rest = after;
            let id = self.lexicon.find_or_insert(word).map_err(|kind| self.fail(kind, 1))?;
            self.book.words.push(id);
            return Ok(Node::Word(id));
        };
        let label = match word {
            "cue" => Label::Cue,
            "source" => Label::Source,
            "addressee" => Label::Addressee,
            "content" => Label::Content,
            _ => return Err(self.fail(Kind::Label, word.chars().count())),
        };
        if !place.label {
            return Err(self.fail(Kind::LabelPlace, word.len()));
        }
        if self.labels.contains(&label) {
            return Err(self.fail(Kind::LabelTwice, word.len()));
        }
        self.labels.push(label);
        self.rest = rest;
        let node = self.item(Place { label: false, content: false })?;
        Ok(Node::Label(label, Box::new(node)))
    }

    fn symbol(&mut self) -> Result<Node, Error> {
        let Some(letter) = self.rest.chars().next() else { return Err(self.fail(Kind::EmptyPattern, 1)) };
        let class = match letter {
            ',' => Class::COMMA,
            ':' => Class::COLON,
            ';' => Class::SEMICOLON,
            '.' => Class::STOP,
            '—' | '–' => Class::DASH,
            '?' | '*' | '+' | '{' => return Err(self.fail(Kind::NothingToRepeat, 1)),
            _ => return Err(self.fail(Kind::Stray, 1)),
        };
        self.rest = &self.rest[letter.len_utf8()..];
        Ok(Node::Test(Test { all: class, ..Test::default() }))
    }
}

fn has_no_width(node: &Node) -> bool {
    matches!(node, Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest)
}
