//! Tree → program: a handful of instructions, one flat list for all rules.
//!
//! A rule is cut at its anchor. What stands right of it runs rightwards from there; what stands
//! left is mirrored and runs leftwards. A definition is compiled in both directions.

use super::parse::{Book, Label, Node, Purpose, RuleText, Test};
use crate::error::{Error, Kind};
use crate::lexicon::{Group, Lexicon};
use crate::token::Class;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Inst {
    /// The next token must pass the test of this number.
    Test(u16),
    Word(u16),
    Regex(u16),
    /// A definition must match here; it is matched by itself, its first way that fits.
    Call(u16),
    /// Try the first, then the second.
    Split(u16, u16),
    Jump(u16),
    Save(Slot),
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

/// The two entry points of a definition.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DefEntry {
    pub(crate) rightwards: u16,
    pub(crate) leftwards: u16,
    /// Definitions inside definitions: how deep this one is.
    pub(crate) depth: u16,
}

/// A rule, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) score: f32,
    pub(crate) purpose: Purpose,
    pub(crate) anchor: Test,
    /// If not empty, the words it starts from.
    pub(crate) anchor_words: Vec<u16>,
    pub(crate) left: u16,
    pub(crate) right: u16,
    pub(crate) text: RuleText,
}

/// All rules of an extractor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) rules: Vec<Rule>,
    pub(crate) insts: Vec<Inst>,
    pub(crate) tests: Vec<Test>,
    pub(crate) defs: Vec<DefEntry>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// Rule numbers, cut into one piece for each word that starts a rule.
    pub(crate) by_word: Vec<u16>,
    /// Rules that start from a quoted string.
    pub(crate) by_string: Vec<u16>,
    /// Depth of the deepest definition.
    pub(crate) depth: u16,
}

const MOST_INSTS: usize = u16::MAX as usize;

impl Program {
    /// Compiles all rules and notes in the lexicon which rules start from which word.
    pub(crate) fn compile(book: &Book, lexicon: &mut Lexicon) -> Result<Program, Error> {
        let mut program = Program { regexes: book.regexes.clone(), ..Program::default() };
        for (_, node) in &book.defs {
            let depth = 1 + program.deepest(node);
            let rightwards = program.emit_whole(node, false);
            let leftwards = program.emit_whole(node, true);
            program.depth = program.depth.max(depth);
            program.defs.push(DefEntry { rightwards, leftwards, depth });
        }
        for rule in &book.rules {
            let compiled = program.rule(rule, lexicon)?;
            program.rules.push(compiled);
        }
        if program.insts.len() > MOST_INSTS {
            return Err(Error::new(Kind::TooLarge, 0, 1, 1, "all rules together"));
        }
        program.index(lexicon);
        Ok(program)
    }

    fn deepest(&self, node: &Node) -> u16 {
        match node {
            Node::Def(def) => self.defs[*def].depth,
            Node::Seq(items) | Node::Alt(items) => items.iter().map(|item| self.deepest(item)).max().unwrap_or(0),
            Node::Repeat(node, ..) | Node::Label(_, node) | Node::Anchor(node) | Node::Look { node, .. } => {
                self.deepest(node)
            }
            _ => 0,
        }
    }

    fn rule(&mut self, rule: &RuleText, lexicon: &Lexicon) -> Result<Rule, Error> {
        let fail = |kind| Error::new(kind, rule.line, 1, rule.text.chars().count(), &rule.text);
        let mut split = Split::default();
        split.walk(&rule.pattern);
        if split.anchors != 1 || count_anchors(&rule.pattern) != 1 {
            return Err(fail(Kind::Anchor));
        }
        let Some((anchor, anchor_words)) = split.anchor.and_then(|node| self.anchor(node, lexicon)) else {
            return Err(fail(Kind::Anchor));
        };
        let has_content = split.left.iter().chain(&split.right).any(|piece| {
            matches!(piece, Piece::Node(Node::Front | Node::Clause | Node::Rest | Node::Label(Label::Content, _)) | Piece::Quote(_))
        });
        if rule.purpose == Purpose::Attribution && !has_content && !anchor.all.has(Class::Q) {
            return Err(fail(Kind::NoContent));
        }
        let left = self.emit_pieces(split.left.iter().rev(), true);
        let right = self.emit_pieces(split.right.iter(), false);
        Ok(Rule {
            name: rule.name.clone(),
            score: rule.score,
            purpose: rule.purpose,
            anchor,
            anchor_words,
            left,
            right,
            text: rule.clone(),
        })
    }

    /// What a rule starts from: a test, or a list of words.
    fn anchor(&self, node: &Node, lexicon: &Lexicon) -> Option<(Test, Vec<u16>)> {
        match node {
            Node::Test(test) => Some((*test, Vec::new())),
            Node::Word(word) => Some((Test::default(), vec![*word])),
            Node::Regex(regex) => Some((Test::default(), lexicon.matching(&self.regexes[*regex]))),
            Node::Alt(items) => merge(items).map(|test| (test, Vec::new())).or_else(|| {
                let words = items.iter().map(|item| if let Node::Word(word) = item { Some(*word) } else { None });
                words.collect::<Option<Vec<u16>>>().map(|words| (Test::default(), words))
            }),
            _ => None,
        }
    }

    fn emit_pieces<'n>(&mut self, pieces: impl Iterator<Item = &'n Piece<'n>>, mirrored: bool) -> u16 {
        let start = self.here();
        for piece in pieces {
            match piece {
                Piece::Node(node) => self.emit(node, mirrored),
                Piece::Quote(node) => {
                    self.insts.push(Inst::Save(if mirrored { Slot::QuoteLeft } else { Slot::QuoteRight }));
                    self.emit(node, mirrored);
                }
                Piece::Open(label) => self.insts.push(Inst::Save(label_slots(*label).0)),
                Piece::Close(label) => self.insts.push(Inst::Save(label_slots(*label).1)),
            }
        }
        self.insts.push(Inst::Match);
        start
    }

    fn emit_whole(&mut self, node: &Node, mirrored: bool) -> u16 {
        let start = self.here();
        self.emit(node, mirrored);
        self.insts.push(Inst::Match);
        start
    }

    fn here(&self) -> u16 {
        self.insts.len().min(MOST_INSTS) as u16
    }

    fn emit(&mut self, node: &Node, mirrored: bool) {
        match node {
            Node::Test(test) => self.emit_test(*test),
            Node::Word(word) => self.insts.push(Inst::Word(*word)),
            Node::Regex(regex) => self.insts.push(Inst::Regex(*regex as u16)),
            Node::Def(def) => self.insts.push(Inst::Call(*def as u16)),
            Node::Seq(items) if mirrored => items.iter().rev().for_each(|item| self.emit(item, true)),
            Node::Seq(items) => items.iter().for_each(|item| self.emit(item, false)),
            Node::Alt(items) => match merge(items) {
                Some(test) => self.emit_test(test),
                None => self.emit_alt(items, mirrored),
            },
            Node::Repeat(node, least, most) => self.emit_repeat(node, *least, *most, mirrored),
            Node::Label(label, node) => {
                let (start, end) = label_slots(*label);
                self.insts.push(Inst::Save(if mirrored { end } else { start }));
                self.emit(node, mirrored);
                self.insts.push(Inst::Save(if mirrored { start } else { end }));
            }
            Node::Edge(start) => self.insts.push(Inst::Edge(*start)),
            Node::Look { behind, negate, node } => {
                self.insts.push(Inst::Look { behind: *behind, negate: *negate });
                self.emit(node, *behind);
            }
            Node::Front => self.insts.push(Inst::Save(Slot::Front)),
            Node::Clause => self.insts.push(Inst::Save(Slot::Clause)),
            Node::Rest => self.insts.push(Inst::Save(Slot::Rest)),
            Node::Anchor(node) => self.emit(node, mirrored),
        }
    }

    fn emit_test(&mut self, test: Test) {
        let known = self.tests.iter().position(|known| *known == test);
        let number = known.unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        });
        self.insts.push(Inst::Test(number as u16));
    }

    fn emit_alt(&mut self, items: &[Node], mirrored: bool) {
        let mut jumps = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if index + 1 == items.len() {
                self.emit(item, mirrored);
                break;
            }
            let split = self.insts.len();
            self.insts.push(Inst::Split(0, 0));
            self.emit(item, mirrored);
            jumps.push(self.insts.len());
            self.insts.push(Inst::Jump(0));
            self.insts[split] = Inst::Split(split as u16 + 1, self.here());
        }
        let end = self.here();
        for jump in jumps {
            self.insts[jump] = Inst::Jump(end);
        }
    }

    fn emit_repeat(&mut self, node: &Node, least: u8, most: u8, mirrored: bool) {
        const UNBOUNDED: u8 = 99;
        for _ in 0..least {
            self.emit(node, mirrored);
        }
        if most == UNBOUNDED {
            let split = self.insts.len();
            self.insts.push(Inst::Split(0, 0));
            self.emit(node, mirrored);
            self.insts.push(Inst::Jump(split as u16));
            self.insts[split] = Inst::Split(split as u16 + 1, self.here());
            return;
        }
        let mut splits = Vec::new();
        for _ in least..most {
            splits.push(self.insts.len());
            self.insts.push(Inst::Split(0, 0));
            self.emit(node, mirrored);
        }
        let end = self.here();
        for split in splits {
            self.insts[split] = Inst::Split(split as u16 + 1, end);
        }
    }

    /// Gives every word the list of rules that may start from it.
    fn index(&mut self, lexicon: &mut Lexicon) {
        let (rules, by_word) = (&self.rules, &mut self.by_word);
        for (id, entry) in lexicon.entries_mut().iter_mut().enumerate() {
            let start = by_word.len() as u32;
            for (number, rule) in rules.iter().enumerate() {
                let fits = if rule.anchor_words.is_empty() {
                    id > 0 && may_pass(&rule.anchor, entry.class, entry.group.0)
                } else {
                    rule.anchor_words.iter().any(|&word| usize::from(word) == id)
                };
                if fits {
                    by_word.push(number as u16);
                }
            }
            entry.rules = (start, by_word.len() as u32);
            entry.class = entry.class.without(Class::ANCHOR);
            if start < by_word.len() as u32 {
                entry.class |= Class::ANCHOR;
            }
        }
        let strings =
            rules.iter().enumerate().filter(|(_, rule)| rule.anchor_words.is_empty() && rule.anchor.all.has(Class::Q));
        self.by_string = strings.map(|(number, _)| number as u16).collect();
    }
}

/// Whether a word of these classes could pass: what the lexer adds (shape, place) is left open.
fn may_pass(test: &Test, class: Class, group: u32) -> bool {
    const ADDED: Class = Class::CAP
        .union(Class::UPPER)
        .union(Class::NAME)
        .union(Class::INITIAL)
        .union(Class::WORD)
        .union(Class::ABBREVIATION)
        .union(Class::NUMBER);
    let all = test.all.without(ADDED);
    if test.all.has(Class::Q) || (all == Class::NONE && test.any == Class::NONE && test.group.0 == 0) {
        return false;
    }
    class.0 & all.0 == all.0
        && (test.any == Class::NONE || class.has(test.any))
        && (test.group.0 == 0 || group & test.group.0 != 0)
        && group & test.no_group.0 == 0
}

fn label_slots(label: Label) -> (Slot, Slot) {
    match label {
        Label::Cue => (Slot::CueStart, Slot::CueEnd),
        Label::Source => (Slot::SourceStart, Slot::SourceEnd),
        Label::Addressee => (Slot::AddresseeStart, Slot::AddresseeEnd),
        Label::Content => (Slot::ContentStart, Slot::ContentEnd),
    }
}

/// Alternatives of single tokens that one test can tell: `NAME | NOUN`, `SAY&PAST | ASK&PAST`.
fn merge(items: &[Node]) -> Option<Test> {
    let tests: Option<Vec<Test>> =
        items.iter().map(|item| if let Node::Test(test) = item { Some(*test) } else { None }).collect();
    let tests = tests?;
    let first = *tests.first()?;
    let same_but_group = |test: &Test| Test { group: first.group, ..*test } == first;
    if first.group.0 != 0 && tests.iter().all(|test| test.group.0 != 0 && same_but_group(test)) {
        let group = tests.iter().fold(0, |bits, test| bits | test.group.0);
        return Some(Test { group: Group(group), ..first });
    }
    let one_class = |test: &Test| {
        let any = Test { any: test.any, ..Test::default() };
        let all = Test { all: test.all, ..Test::default() };
        *test == any || *test == all && test.all.0.count_ones() == 1
    };
    if !tests.iter().all(one_class) {
        return None;
    }
    let any = tests.iter().fold(Class::NONE, |any, test| any | test.any | test.all);
    Some(Test { any, ..Test::default() })
}

fn count_anchors(node: &Node) -> usize {
    match node {
        Node::Anchor(_) => 1,
        Node::Seq(items) | Node::Alt(items) => items.iter().map(count_anchors).sum(),
        Node::Repeat(node, ..) | Node::Label(_, node) | Node::Look { node, .. } => count_anchors(node),
        _ => 0,
    }
}

/// A pattern cut at its anchor.
#[derive(Default)]
struct Split<'n> {
    left: Vec<Piece<'n>>,
    right: Vec<Piece<'n>>,
    anchor: Option<&'n Node>,
    anchors: usize,
}

enum Piece<'n> {
    Node(&'n Node),
    /// A quoted string that is content.
    Quote(&'n Node),
    Open(Label),
    Close(Label),
}

impl<'n> Split<'n> {
    fn add(&mut self, piece: Piece<'n>) {
        if self.anchor.is_some() { self.right.push(piece) } else { self.left.push(piece) }
    }

    /// Takes sequences and the label around the anchor apart, and nothing else.
    fn walk(&mut self, node: &'n Node) {
        match node {
            Node::Seq(items) => items.iter().for_each(|item| self.walk(item)),
            Node::Anchor(inner) => {
                self.anchors += 1;
                self.anchor = Some(inner);
            }
            Node::Label(label, inner) if count_anchors(inner) == 1 => {
                self.add(Piece::Open(*label));
                self.walk_inside(inner);
                self.add(Piece::Close(*label));
            }
            Node::Test(test) if test.all.has(Class::Q) => self.add(Piece::Quote(node)),
            _ => self.add(Piece::Node(node)),
        }
    }

    /// As [`walk`](Split::walk), inside a label, where a quoted string is not content.
    fn walk_inside(&mut self, node: &'n Node) {
        match node {
            Node::Seq(items) => items.iter().for_each(|item| self.walk_inside(item)),
            Node::Anchor(_) => self.walk(node),
            _ => self.add(Piece::Node(node)),
        }
    }
}
