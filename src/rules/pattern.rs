//! Pattern text → tree.

mod names;
mod pieces;

use super::choice::Test;
pub(super) use super::node::{Label, Node};
use super::rule_file::RuleFile;
use crate::error::{Kind, Line, Problem, Problems};
use crate::lexicon::Lexicon;
use crate::marks::{HYPHEN, is_apostrophe, parts_phrase};
use crate::token::TagSet;
pub(crate) use pieces::PatternPieces;
use std::ops::Range;

/// Words, classes, brackets and signs of one pattern.
const MOST_NODES: usize = 400;
/// The deepest brackets in brackets.
const MOST_NESTED: usize = 50;
const MOST_REPEATS: u8 = 99;
/// Regular expressions of all patterns: one that is an anchor is asked for every word.
const MOST_REGEXES: usize = 1_000;
/// A pattern is compiled with each of these and without: twice as often for one more.
const MOST_OPTIONAL: usize = 6;

/// Reads one pattern, a piece of a line; `is_rule` if it is that of a rule, which has an anchor, labels and content. A
/// name that is not known is noted, and stands for anything.
pub(super) fn read(
    line: &Line<'_>,
    text: &str,
    book: &mut RuleFile,
    lexicon: &mut Lexicon,
    problems: &mut Problems,
    is_rule: bool,
) -> Result<Node, Problem> {
    let known = problems.count();
    let mut parser = Parser::new(line, text, book, lexicon, problems, is_rule);
    let node = parser.whole()?;
    // Of a pattern with another mistake it is not asked what is missing.
    if is_rule && parser.anchors.is_empty() && parser.problems.count() == known {
        return Err(line.whole(Kind::NoAnchor));
    }
    Ok(node)
}

/// What may stand where the parser is.
#[derive(Clone, Copy)]
struct PatternPlace {
    label: bool,
    content: bool,
}

struct Parser<'p, 't> {
    line: &'p Line<'t>,
    text: &'p str,
    rest: &'p str,
    book: &'p mut RuleFile,
    lexicon: &'p mut Lexicon,
    problems: &'p mut Problems,
    nodes: usize,
    nested: usize,
    /// Optional parts with a label or content in them.
    optional: usize,
    is_rule: bool,
    labels: Vec<Label>,
    /// The text from each anchor on.
    anchors: Vec<&'p str>,
    /// Where the items that have been read stand in the text.
    items: Vec<Range<usize>>,
}

impl<'p, 't> Parser<'p, 't> {
    fn new(
        line: &'p Line<'t>,
        text: &'p str,
        book: &'p mut RuleFile,
        lexicon: &'p mut Lexicon,
        problems: &'p mut Problems,
        is_rule: bool,
    ) -> Parser<'p, 't> {
        Parser {
            line,
            text,
            rest: text,
            book,
            lexicon,
            problems,
            nodes: 0,
            nested: 0,
            optional: 0,
            is_rule,
            labels: Vec::new(),
            anchors: Vec::new(),
            items: Vec::new(),
        }
    }

    fn whole(&mut self) -> Result<Node, Problem> {
        let node = self.alternatives(PatternPlace { label: self.is_rule, content: self.is_rule })?;
        self.skip_space();
        if self.rest.starts_with(')') {
            return Err(self.fail(Kind::CloseBracket, 1));
        }
        if !self.rest.is_empty() {
            return Err(self.fail(Kind::Stray, 1));
        }
        Ok(node)
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn fail(&self, kind: Kind, width: usize) -> Problem {
        self.line.problem_at(kind, self.line.column_of(self.rest), width)
    }

    /// What was read since there were so many anchors is no place for one.
    fn has_no_anchor(&self, known: usize) -> Result<(), Problem> {
        self.anchors.get(known).map_or(Ok(()), |anchor| Err(self.line.problem(Kind::AnchorPlace, &anchor[..1])))
    }

    fn take(&mut self, symbol: &str) -> bool {
        let found = self.rest.strip_prefix(symbol);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn alternatives(&mut self, place: PatternPlace) -> Result<Node, Problem> {
        let (start, anchors) = (self.rest, self.anchors.len());
        let mut first = self.sequence(place)?;
        self.skip_space();
        if !self.rest.starts_with('|') {
            return Ok(first);
        }
        let inner = PatternPlace { label: false, content: false };
        if first.holds_steps() {
            // Read again as what it is, to say where the step is that cannot stand there.
            self.rest = start;
            first = self.sequence(inner)?;
        }
        let mut all = vec![first];
        while self.take("|") {
            all.push(self.sequence(inner)?);
            self.skip_space();
        }
        self.has_no_anchor(anchors)?;
        Ok(Node::Alt(all))
    }

    fn sequence(&mut self, place: PatternPlace) -> Result<Node, Problem> {
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

    fn item(&mut self, place: PatternPlace) -> Result<Node, Problem> {
        let (start, anchors) = (self.rest, self.anchors.len());
        let node = self.repeated(place, anchors)?;
        let offset = |rest: &str| self.text.len() - rest.len();
        self.items.push(offset(start)..offset(self.rest));
        Ok(node)
    }

    fn repeated(&mut self, place: PatternPlace, anchors: usize) -> Result<Node, Problem> {
        let node = self.atom(place)?;
        if self.rest.starts_with(['?', '*', '+', '{']) {
            self.has_no_anchor(anchors)?;
        }
        let (least, most) = match self.rest.chars().next() {
            Some('?') => (0, 1),
            Some('*') => (0, MOST_REPEATS),
            Some('+') => (1, MOST_REPEATS),
            Some('{') => return self.counted(node),
            _ => return Ok(node),
        };
        self.repeat(node, least, most, 1)
    }

    fn counted(&mut self, node: Node) -> Result<Node, Problem> {
        let end = self.rest.find('}').ok_or_else(|| self.fail(Kind::BadRepeat, 1))?;
        let inside = &self.rest[1..end];
        let (least, most) = inside.split_once(',').unwrap_or((inside, inside));
        let bounds = least.trim().parse().ok().zip(most.trim().parse().ok());
        let (least, most) = bounds
            .filter(|&(least, most): &(u8, u8)| least <= most && (1..=MOST_REPEATS).contains(&most))
            .ok_or_else(|| self.fail(Kind::BadRepeat, end + 1))?;
        self.repeat(node, least, most, end + 1)
    }

    fn repeat(&mut self, node: Node, least: u8, most: u8, width: usize) -> Result<Node, Problem> {
        if node.has_no_width() || matches!(node, Node::Label(..)) && most > 1 {
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

    fn atom(&mut self, place: PatternPlace) -> Result<Node, Problem> {
        // Counted here and not by the item: `^` and `<` lead from atom to atom.
        self.nodes += 1;
        if self.nodes > MOST_NODES || self.nested > MOST_NESTED {
            return Err(self.fail(Kind::TooLong, 1));
        }
        self.nested += 1;
        let node = self.whole_atom(place);
        self.nested -= 1;
        node
    }

    fn whole_atom(&mut self, place: PatternPlace) -> Result<Node, Problem> {
        let start = self.rest;
        match start.chars().next().unwrap_or(' ') {
            '(' => self.group(place),
            '^' => {
                if self.is_rule && !self.anchors.is_empty() {
                    return Err(self.fail(Kind::SecondAnchor, 1));
                }
                self.anchors.push(start);
                self.rest = &start[1..];
                let node = self.atom(PatternPlace { label: false, content: place.content })?;
                if !self.is_rule || !matches!(node, Node::Test(_) | Node::Word(_) | Node::Alt(_) | Node::Regex(_)) {
                    self.rest = start;
                    return Err(self.fail(Kind::AnchorOnPhrase, 1));
                }
                Ok(Node::Anchor(Box::new(node)))
            }
            '<' | '>' => {
                let (behind, anchors) = (start.starts_with('<'), self.anchors.len());
                self.rest = &start[1..];
                let negate = self.take("!");
                let mut node = self.atom(PatternPlace { label: false, content: false })?;
                self.has_no_anchor(anchors)?;
                // What is more than a token is looked at as a definition is.
                if matches!(node, Node::Seq(_) | Node::Alt(_) | Node::Repeat(..)) {
                    node = Node::Def(self.book.define("", node, self.line).ok_or_else(|| self.fail(Kind::TooDeep, 1))?);
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

    fn group(&mut self, place: PatternPlace) -> Result<Node, Problem> {
        let open = self.rest;
        self.rest = &open[1..];
        let inside = self.alternatives(place);
        self.skip_space();
        // Whatever is missing at the end, the bracket is too.
        let is_empty = matches!(&inside, Err(problem) if *problem.kind() == Kind::EmptyPattern);
        if self.rest.is_empty() && (inside.is_ok() || is_empty) {
            self.rest = open;
            return Err(self.fail(Kind::OpenBracket, 1));
        }
        let node = inside?;
        self.take(")");
        Ok(node)
    }

    fn regex(&mut self) -> Result<Node, Problem> {
        let inside = &self.rest[1..];
        let end = inside.find('/').ok_or_else(|| self.fail(Kind::RegexEnd, 1))?;
        if self.book.regexes.len() >= MOST_REGEXES {
            return Err(self.fail(Kind::TooManyRegexes, end + 2));
        }
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
    fn classes(&mut self, place: PatternPlace) -> Result<Node, Problem> {
        let mut test = Test::default();
        loop {
            let negate = self.take("!");
            let end = self
                .rest
                .find(|letter: char| !(letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == HYPHEN));
            let name = &self.rest[..end.unwrap_or(self.rest.len())];
            let width = name.chars().count().max(1);
            if name == "ANY" {
            } else if let Some(class) = TagSet::by_name(name) {
                test.add(class, negate).ok_or_else(|| self.fail(Kind::SecondUnion, width))?;
            } else if let Some(group) = self.lexicon.group_by_name(name) {
                let set = if negate { &mut test.no_group } else { &mut test.group };
                set.0 |= group.0;
                self.book.groups.0 |= group.0;
            } else if let Some(node) = self.place_or_def(name) {
                if negate || test != Test::default() {
                    return Err(self.fail(Kind::NotOneToken, width));
                }
                if matches!(node, Node::Front | Node::Clause | Node::Rest) && !place.content {
                    return Err(self.fail(Kind::ContentPlace, name.len()));
                }
                self.rest = &self.rest[name.len()..];
                return Ok(node);
            } else {
                let problem = self.unknown(name, width);
                if name.is_empty() {
                    return Err(problem);
                }
                self.problems.push(problem);
            }
            self.rest = &self.rest[name.len()..];
            if !self.take("&") {
                return Ok(Node::Test(test));
            }
        }
    }

    fn word_or_label(&mut self, place: PatternPlace) -> Result<Node, Problem> {
        let start = self.rest;
        let end = start.find(|letter: char| !(letter.is_alphanumeric() || letter == HYPHEN || is_apostrophe(letter)));
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
        let node = self.item(PatternPlace { label: false, content: false })?;
        Ok(Node::Label(label, Box::new(node)))
    }

    fn symbol(&mut self) -> Result<Node, Problem> {
        let Some(letter) = self.rest.chars().next() else { return Err(self.fail(Kind::EmptyPattern, 1)) };
        let class = match letter {
            ',' => TagSet::COMMA,
            ':' => TagSet::COLON,
            ';' => TagSet::SEMICOLON,
            '.' => TagSet::STOP,
            _ if parts_phrase(letter) => TagSet::DASH,
            '?' | '*' | '+' | '{' => return Err(self.fail(Kind::NothingToRepeat, 1)),
            _ => return Err(self.fail(Kind::Stray, 1)),
        };
        self.rest = &self.rest[letter.len_utf8()..];
        Ok(Node::Test(Test { all: class, ..Test::default() }))
    }
}
