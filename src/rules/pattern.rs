//! Pattern text → tree.

use super::choice::Test;
use super::parse::{Book, Def, LineReader};
use crate::error::{Error, Kind};
use crate::lexicon::Lexicon;
use crate::token::Class;

/// Words, classes, brackets and signs of one pattern.
const MOST_NODES: usize = 400;
/// The deepest brackets in brackets.
const MOST_NESTED: usize = 50;
const MOST_REPEATS: u8 = 99;
/// A pattern is compiled with each of these and without: twice as often for one more.
const MOST_OPTIONAL: usize = 6;

/// What a rule captures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Label {
    Cue,
    Source,
    Addressee,
    Content,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

impl Node {
    /// Whether it can fit without taking a token.
    pub(super) fn can_be_empty(&self, defs: &[Def]) -> bool {
        match self {
            Node::Test(_) | Node::Word(_) | Node::Regex(_) => false,
            Node::Def(def) => defs[*def].can_be_empty,
            Node::Seq(items) => items.iter().all(|item| item.can_be_empty(defs)),
            Node::Alt(items) => items.iter().any(|item| item.can_be_empty(defs)),
            Node::Repeat(node, least, _) => *least == 0 || node.can_be_empty(defs),
            Node::Label(_, node) | Node::Anchor(node) => node.can_be_empty(defs),
            Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest => true,
        }
    }

    /// How deep the deepest definition in it is.
    pub(super) fn depth(&self, defs: &[Def]) -> u16 {
        match self {
            Node::Def(def) => defs[*def].depth,
            Node::Seq(items) | Node::Alt(items) => items.iter().map(|item| item.depth(defs)).max().unwrap_or(0),
            Node::Repeat(node, ..) | Node::Label(_, node) | Node::Anchor(node) | Node::Look { node, .. } => {
                node.depth(defs)
            }
            _ => 0,
        }
    }

    /// Whether it holds something that is a step of its own: a label, or content.
    pub(super) fn holds_steps(&self) -> bool {
        match self {
            Node::Label(..) | Node::Front | Node::Clause | Node::Rest => true,
            Node::Seq(items) | Node::Alt(items) => items.iter().any(Node::holds_steps),
            Node::Repeat(node, ..) | Node::Anchor(node) => node.holds_steps(),
            _ => false,
        }
    }

    /// Whether it holds an optional part with something in it that is a step of its own.
    pub(super) fn has_options(&self) -> bool {
        match self {
            Node::Seq(items) => items.iter().any(Node::has_options),
            Node::Repeat(node, 0, 1) => node.holds_steps(),
            _ => false,
        }
    }

    fn has_no_width(&self) -> bool {
        matches!(self, Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest)
    }
}

/// Reads one pattern; `is_rule` if it is that of a rule, which has an anchor, labels and content.
pub(super) fn read(
    reader: &LineReader<'_>,
    text: &str,
    book: &mut Book,
    lexicon: &mut Lexicon,
    is_rule: bool,
) -> Result<Node, Error> {
    let mut parser =
        Parser { reader, rest: text, book, lexicon, nodes: 0, nested: 0, optional: 0, is_rule, labels: Vec::new() };
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
    nested: usize,
    /// Optional parts with a label or content in them.
    optional: usize,
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
        if node.has_no_width() || matches!(node, Node::Label(..) | Node::Anchor(..)) && most > 1 {
            return Err(self.fail(Kind::NothingToRepeat, width));
        }
        if most > 1 && node.can_be_empty(&self.book.defs) {
            return Err(self.fail(Kind::EmptyRepeat, width));
        }
        if (least, most) == (0, 1) && node.holds_steps() {
            self.optional += 1;
            if self.optional > MOST_OPTIONAL {
                return Err(self.fail(Kind::TooManyOptional, width));
            }
        }
        self.rest = &self.rest[width..];
        Ok(Node::Repeat(Box::new(node), least, most))
    }

    fn atom(&mut self, place: Place) -> Result<Node, Error> {
        // Counted here and not by the item: `^` and `<` lead from atom to atom.
        self.nodes += 1;
        if self.nodes > MOST_NODES || self.nested > MOST_NESTED {
            return Err(self.fail(Kind::TooLarge, 1));
        }
        self.nested += 1;
        let node = self.whole_atom(place);
        self.nested -= 1;
        node
    }

    fn whole_atom(&mut self, place: Place) -> Result<Node, Error> {
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
                let mut node = self.atom(Place { label: false, content: false })?;
                // What is more than a token is looked at as a definition is.
                if matches!(node, Node::Seq(_) | Node::Alt(_) | Node::Repeat(..)) {
                    node = Node::Def(self.book.define("", node).ok_or_else(|| self.fail(Kind::TooDeep, 1))?);
                }
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
            _ => Node::Def(self.book.defs.iter().position(|known| known.name == name)?),
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
