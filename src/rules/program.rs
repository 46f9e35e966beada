//! Tree → program.
//!
//! A rule is cut at the word it starts from. What stands left of it is read leftwards, then what stands
//! right rightwards, as one list of steps. The lists of all rules form a tree, so that what many rules
//! have in common is matched once. A step is a token, a place, a definition or, for anything more, a
//! small program for the backtracker.

use super::parse::{Book, Label, Node, Purpose, RuleText, Test};
use crate::error::{Error, Kind};
use crate::lexicon::{Group, Lexicon};
use crate::token::Class;

/// An instruction of the backtracker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Inst {
    /// The next token must pass the test of this number.
    Test(u16),
    /// So many tokens must pass it, as many as can.
    Span {
        test: u16,
        least: u8,
        most: u8,
    },
    Word(u16),
    Regex(u16),
    /// A definition must match here; it is matched by itself, its first way that fits.
    Call(u16),
    /// Try the first, then the second; the number tells this split from the others of its program. If
    /// the next token has no class of the mask, the first is not worth trying.
    Split {
        first: u16,
        second: u16,
        number: u8,
        mask: u16,
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
    /// The left side is done: go on rightwards from behind the anchor.
    Turn,
    Test(u16),
    Word(u16),
    Edge(bool),
    Call(u16),
    /// A definition, or nothing.
    Maybe(u16),
    /// A program, by its entry.
    Program(u16),
}

/// A step, and a quick test before it: if the next token has none of these classes, the step takes
/// no token, and fails if it must.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) kind: StepKind,
    pub(crate) first: Class,
    /// It can match without taking a token.
    pub(crate) empty: bool,
    /// It matches without taking a token wherever it takes none: it looks at nothing else.
    pub(crate) skips: bool,
}

/// A node of the tree of steps.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    pub(crate) step: Step,
    pub(crate) branches: Vec<u16>,
    /// Rules whose last step this is, with their anchors.
    pub(crate) rules: Vec<(u16, u16)>,
    /// The anchors of all rules here and beyond.
    pub(crate) anchors: AnchorSet,
}

/// A set of anchors; those past the sixty-third share a bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct AnchorSet(u64);

impl AnchorSet {
    pub(crate) fn add(&mut self, anchor: u16) {
        self.0 |= 1 << anchor.min(63);
    }

    pub(crate) fn meets(self, other: AnchorSet) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What rules start from.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    pub(crate) test: Test,
    /// If not empty, the words it must be.
    words: Vec<u16>,
    /// Its rules say what a quoted string is.
    is_role: bool,
    /// Its rules come with the crate: the weights tell where they are worth trying.
    pub(crate) is_built_in: bool,
}

/// The entry points of a definition and its first tokens, rightwards and leftwards.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DefEntry {
    pub(crate) entry: [u16; 2],
    first: [Class; 2],
    can_be_empty: bool,
    /// The definition as one test, if it is one.
    test: Option<Test>,
    /// Definitions inside definitions: how deep this one is.
    pub(crate) depth: u16,
}

/// A rule, compiled.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) score: f32,
    pub(crate) purpose: Purpose,
    pub(crate) text: RuleText,
}

/// All rules of an extractor.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    pub(crate) rules: Vec<Rule>,
    pub(crate) branches: Vec<Branch>,
    /// The branches to begin with.
    pub(crate) roots: Vec<u16>,
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) insts: Vec<Inst>,
    pub(crate) tests: Vec<Test>,
    pub(crate) masks: Vec<Class>,
    /// What the words of the rules are, for their masks.
    word_classes: std::collections::HashMap<u16, Class>,
    pub(crate) defs: Vec<DefEntry>,
    pub(crate) regexes: Vec<regex::Regex>,
    /// Anchor numbers, cut into one piece for each word that starts a rule.
    pub(crate) by_word: Vec<u16>,
    /// Anchors of rules that start from a quoted string.
    pub(crate) string_anchors: Vec<u16>,
    /// The same, of rules that say what a quoted string is.
    pub(crate) role_anchors: Vec<u16>,
    /// Programs that were emitted, to emit each once.
    emitted: Vec<(Node, bool, u16)>,
    /// Splits in the program that is being emitted.
    splits: u8,
    /// Depth of the deepest definition.
    pub(crate) depth: u16,
}

const MOST_INSTS: usize = u16::MAX as usize;
/// Classes a word of the lexicon has in any text.
const KIND_CLASSES: Class = Class((1 << (Class::KINDS - 1)) - 1);
/// Every class: for steps whose first token can be anything.
pub(crate) const ANYTHING: Class = Class(u64::MAX);

impl Program {
    /// Compiles all rules and notes in the lexicon which anchors each word can be.
    pub(crate) fn compile(book: &Book, lexicon: &mut Lexicon) -> Result<Program, Error> {
        let mut program = Program { regexes: book.regexes.clone(), ..Program::default() };
        let plain = Class::KNOWN | Class::ANCHOR;
        program.word_classes =
            book.words.iter().map(|&word| (word, lexicon.entry(word).class.without(plain) & KIND_CLASSES)).collect();
        for (_, node) in &book.defs {
            let depth = 1 + program.deepest(node);
            let first = [false, true].map(|mirrored| program.first(node, mirrored).0);
            let entry = [false, true].map(|mirrored| program.emit_whole(node, mirrored));
            let can_be_empty = program.first(node, false).1;
            let test = match node {
                Node::Test(test) => Some(*test),
                Node::Alt(items) => merge(items),
                _ => None,
            };
            program.depth = program.depth.max(depth);
            program.defs.push(DefEntry { entry, first, can_be_empty, test, depth });
        }
        for rule in &book.rules {
            program.rule(rule, lexicon)?;
        }
        if program.insts.len() > MOST_INSTS || program.branches.len() > MOST_INSTS {
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

    fn rule(&mut self, rule: &RuleText, lexicon: &Lexicon) -> Result<(), Error> {
        let fail = |kind| Error::new(kind, rule.line, 1, rule.text.chars().count(), &rule.text);
        let number = self.rules.len() as u16;
        self.rules.push(Rule { name: rule.name.clone(), score: rule.score, purpose: rule.purpose, text: rule.clone() });
        for pattern in variants(&rule.pattern) {
            let mut split = Split::default();
            split.walk(&pattern, false);
            if split.anchors != 1 || count_anchors(&pattern) != 1 {
                return Err(fail(Kind::Anchor));
            }
            let Some((test, words)) = split.anchor.and_then(|node| self.anchor(node, lexicon)) else {
                return Err(fail(Kind::Anchor));
            };
            let is_content = |piece: &Piece<'_>| match piece {
                Piece::Node(Node::Front | Node::Clause | Node::Rest) | Piece::Quote(_) => true,
                Piece::Open(label) => *label == Label::Content,
                Piece::Node(_) | Piece::Close(_) => false,
            };
            let has_content = split.left.iter().chain(&split.right).any(is_content);
            if rule.purpose == Purpose::Attribution && !has_content && !test.all.has(Class::Q) {
                return Err(fail(Kind::NoContent));
            }
            let mut steps = Vec::new();
            split.left.iter().rev().for_each(|piece| self.add_steps(piece, true, &mut steps));
            steps.push(Step { kind: StepKind::Turn, first: ANYTHING, empty: true, skips: false });
            split.right.iter().for_each(|piece| self.add_steps(piece, false, &mut steps));
            let is_role = rule.purpose != Purpose::Attribution;
            let is_built_in = rule.is_built_in;
            self.plant(Anchor { test, words, is_role, is_built_in }, number, &steps);
        }
        Ok(())
    }

    /// Adds the steps of a rule to the tree.
    fn plant(&mut self, anchor: Anchor, rule: u16, steps: &[Step]) {
        let same = |known: &Anchor| {
            known.test == anchor.test
                && known.words == anchor.words
                && (known.is_role, known.is_built_in) == (anchor.is_role, anchor.is_built_in)
        };
        let number = self.anchors.iter().position(same).unwrap_or_else(|| {
            self.anchors.push(anchor);
            self.anchors.len() - 1
        }) as u16;
        let mut parent: Option<usize> = None;
        for step in steps {
            let children = match parent {
                None => &self.roots,
                Some(parent) => &self.branches[parent].branches,
            };
            let mut children = children.iter().map(|&child| usize::from(child));
            let child = children.find(|&child| self.branches[child].step == *step).unwrap_or_else(|| {
                let child = self.branches.len().min(MOST_INSTS);
                self.branches.push(Branch {
                    step: *step,
                    branches: Vec::new(),
                    rules: Vec::new(),
                    anchors: AnchorSet::default(),
                });
                match parent {
                    None => self.roots.push(child as u16),
                    Some(parent) => self.branches[parent].branches.push(child as u16),
                }
                child
            });
            self.branches[child].anchors.add(number);
            parent = Some(child);
        }
        if let Some(last) = parent {
            self.branches[last].rules.push((rule, number));
        }
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

    /// Adds the steps of a piece, in the direction it is read.
    fn add_steps(&mut self, piece: &Piece<'_>, mirrored: bool, steps: &mut Vec<Step>) {
        let save = |slot| Step { kind: StepKind::Save(slot), first: ANYTHING, empty: true, skips: false };
        let node = match piece {
            Piece::Open(label) => return steps.push(save(label_slots(*label).0)),
            Piece::Close(label) => return steps.push(save(label_slots(*label).1)),
            Piece::Node(Node::Front) => return steps.push(save(Slot::Front)),
            Piece::Node(Node::Clause) => return steps.push(save(Slot::Clause)),
            Piece::Node(Node::Rest) => return steps.push(save(Slot::Rest)),
            Piece::Quote(node) => {
                steps.push(save(if mirrored { Slot::QuoteLeft } else { Slot::QuoteRight }));
                *node
            }
            Piece::Node(node) => *node,
        };
        let (first, empty) = self.first(node, mirrored);
        let kind = match node {
            Node::Test(test) => StepKind::Test(self.test(*test)),
            Node::Word(word) => StepKind::Word(*word),
            Node::Edge(start) => StepKind::Edge(*start),
            Node::Def(def) => StepKind::Call(*def as u16),
            Node::Repeat(inner, 0, 1) if matches!(**inner, Node::Def(_)) => {
                let Node::Def(def) = **inner else { return };
                StepKind::Maybe(def as u16)
            }
            _ => StepKind::Program(self.emit_once(node, mirrored)),
        };
        let skips = empty && !looks(node) && !matches!(node, Node::Def(_));
        steps.push(Step { kind, first, empty, skips });
    }

    /// What the first token of a match must be one of, and whether there need be none.
    fn first(&self, node: &Node, mirrored: bool) -> (Class, bool) {
        match node {
            Node::Test(test) => (first_of(test), false),
            Node::Word(word) => (
                self.word_classes.get(word).copied().filter(|class| *class != Class::NONE).unwrap_or(Class::WORD),
                false,
            ),
            Node::Regex(_) => (ANYTHING, false),
            Node::Def(def) => {
                let def = &self.defs[*def];
                (def.first[usize::from(mirrored)], def.can_be_empty)
            }
            Node::Seq(items) if mirrored => self.first_of_all(items.iter().rev(), mirrored),
            Node::Seq(items) => self.first_of_all(items.iter(), mirrored),
            Node::Alt(items) => items.iter().fold((Class::NONE, false), |(first, empty), item| {
                let (also, or_empty) = self.first(item, mirrored);
                (first | also, empty || or_empty)
            }),
            Node::Repeat(node, least, _) => {
                let (first, empty) = self.first(node, mirrored);
                (first, empty || *least == 0)
            }
            Node::Label(_, node) | Node::Anchor(node) => self.first(node, mirrored),
            // What has no width says nothing of the next token, nor forbids any.
            Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest => (Class::NONE, true),
        }
    }

    fn first_of_all<'n>(&self, items: impl Iterator<Item = &'n Node>, mirrored: bool) -> (Class, bool) {
        let mut all = Class::NONE;
        for item in items {
            let (first, empty) = self.first(item, mirrored);
            all |= first;
            if !empty {
                return (all, false);
            }
        }
        (all, true)
    }

    /// Emits a program unless it is there already; gives back its entry.
    fn emit_once(&mut self, node: &Node, mirrored: bool) -> u16 {
        let known = self.emitted.iter().find(|(other, way, _)| *way == mirrored && other == node);
        if let Some((_, _, entry)) = known {
            return *entry;
        }
        let entry = self.emit_whole(node, mirrored);
        self.emitted.push((node.clone(), mirrored, entry));
        entry
    }

    fn emit_whole(&mut self, node: &Node, mirrored: bool) -> u16 {
        let start = self.here();
        self.splits = 0;
        self.emit(node, mirrored);
        self.insts.push(Inst::Match);
        start
    }

    fn here(&self) -> u16 {
        self.insts.len().min(MOST_INSTS) as u16
    }

    fn emit(&mut self, node: &Node, mirrored: bool) {
        match node {
            Node::Test(test) => {
                let test = self.test(*test);
                self.insts.push(Inst::Test(test));
            }
            Node::Word(word) => self.insts.push(Inst::Word(*word)),
            Node::Regex(regex) => self.insts.push(Inst::Regex(*regex as u16)),
            Node::Def(def) => self.insts.push(Inst::Call(*def as u16)),
            Node::Seq(items) if mirrored => items.iter().rev().for_each(|item| self.emit(item, true)),
            Node::Seq(items) => items.iter().for_each(|item| self.emit(item, false)),
            Node::Alt(items) => match merge(items) {
                Some(test) => self.emit(&Node::Test(test), mirrored),
                None => self.emit_alt(items, mirrored),
            },
            Node::Repeat(node, least, most) => self.emit_repeat(node, *least, *most, mirrored),
            Node::Edge(start) => self.insts.push(Inst::Edge(*start)),
            Node::Look { behind, negate, node } => {
                self.insts.push(Inst::Look { behind: *behind, negate: *negate });
                self.emit(node, *behind);
            }
            // Labels and content are steps of their own and never get here.
            Node::Label(_, node) | Node::Anchor(node) => self.emit(node, mirrored),
            Node::Front | Node::Clause | Node::Rest => {}
        }
    }

    /// The number of a test.
    fn test(&mut self, test: Test) -> u16 {
        let known = self.tests.iter().position(|known| *known == test);
        known.unwrap_or_else(|| {
            self.tests.push(test);
            self.tests.len() - 1
        }) as u16
    }

    /// A split whose first way is `node`.
    fn split(&mut self, first: usize, second: usize, node: &Node, mirrored: bool) -> Inst {
        let number = self.splits;
        self.splits = self.splits.saturating_add(1);
        let (class, empty) = self.first(node, mirrored);
        let class = if empty { ANYTHING } else { class };
        let known = self.masks.iter().position(|known| *known == class);
        let mask = known.unwrap_or_else(|| {
            self.masks.push(class);
            self.masks.len() - 1
        });
        Inst::Split { first: first as u16, second: second as u16, number, mask: mask as u16 }
    }

    fn emit_alt(&mut self, items: &[Node], mirrored: bool) {
        let mut jumps = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if index + 1 == items.len() {
                self.emit(item, mirrored);
                break;
            }
            let at = self.insts.len();
            self.insts.push(Inst::Match);
            self.emit(item, mirrored);
            jumps.push(self.insts.len());
            self.insts.push(Inst::Jump(0));
            self.insts[at] = self.split(at + 1, self.insts.len(), item, mirrored);
        }
        let end = self.here();
        for jump in jumps {
            self.insts[jump] = Inst::Jump(end);
        }
    }

    fn emit_repeat(&mut self, node: &Node, least: u8, most: u8, mirrored: bool) {
        const UNBOUNDED: u8 = 99;
        let single = match node {
            Node::Test(test) => Some(*test),
            Node::Alt(items) => merge(items),
            Node::Def(def) => self.defs[*def].test,
            _ => None,
        };
        if let Some(test) = single {
            let test = self.test(test);
            self.insts.push(Inst::Span { test, least, most });
            return;
        }
        for _ in 0..least {
            self.emit(node, mirrored);
        }
        if most == UNBOUNDED {
            let at = self.insts.len();
            self.insts.push(Inst::Match);
            self.emit(node, mirrored);
            self.insts.push(Inst::Jump(at as u16));
            self.insts[at] = self.split(at + 1, self.insts.len(), node, mirrored);
            return;
        }
        let mut places = Vec::new();
        for _ in least..most {
            places.push(self.insts.len());
            self.insts.push(Inst::Match);
            self.emit(node, mirrored);
        }
        let end = self.insts.len();
        for at in places {
            self.insts[at] = self.split(at + 1, end, node, mirrored);
        }
    }

    /// Gives every word the list of anchors it may be.
    fn index(&mut self, lexicon: &mut Lexicon) {
        let (anchors, by_word) = (&self.anchors, &mut self.by_word);
        for (id, entry) in lexicon.entries_mut().iter_mut().enumerate() {
            let start = by_word.len() as u32;
            for (number, anchor) in anchors.iter().enumerate() {
                let fits = if anchor.words.is_empty() {
                    id > 0 && may_pass(&anchor.test, entry.class, entry.group.0)
                } else {
                    anchor.words.iter().any(|&word| usize::from(word) == id)
                };
                if fits {
                    by_word.push(number as u16);
                }
            }
            entry.anchors = (start, by_word.len() as u32);
            entry.class = entry.class.without(Class::ANCHOR);
            if start < by_word.len() as u32 {
                entry.class |= Class::ANCHOR;
            }
        }
        let quoted = |anchor: &Anchor| anchor.words.is_empty() && anchor.test.all.has(Class::Q);
        for role in [false, true] {
            let strings = self.anchors.iter().enumerate();
            let strings = strings.filter(|(_, anchor)| quoted(anchor) && anchor.is_role == role);
            let numbers: Vec<u16> = strings.map(|(number, _)| number as u16).collect();
            *(if role { &mut self.role_anchors } else { &mut self.string_anchors }) = numbers;
        }
    }
}

/// What a token must have one of, to have a chance to pass.
fn first_of(test: &Test) -> Class {
    if test.all != Class::NONE {
        Class(1 << test.all.0.trailing_zeros())
    } else if test.any != Class::NONE {
        test.any
    } else if test.group.0 != 0 {
        Class::WORD
    } else {
        ANYTHING
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
    let as_test = |item: &Node| if let Node::Test(test) = item { Some(*test) } else { None };
    let tests: Vec<Test> = items.iter().map(as_test).collect::<Option<_>>()?;
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

/// Whether a pattern looks at its surroundings, itself or in a definition.
fn looks(node: &Node) -> bool {
    match node {
        Node::Edge(_) | Node::Look { .. } => true,
        Node::Seq(items) | Node::Alt(items) => items.iter().any(looks),
        Node::Repeat(node, ..) | Node::Label(_, node) | Node::Anchor(node) => looks(node),
        _ => false,
    }
}

/// Whether a pattern holds something that is a step of its own: a label, or content.
fn holds_steps(node: &Node) -> bool {
    match node {
        Node::Label(..) | Node::Front | Node::Clause | Node::Rest => true,
        Node::Seq(items) | Node::Alt(items) => items.iter().any(holds_steps),
        Node::Repeat(node, ..) | Node::Anchor(node) => holds_steps(node),
        _ => false,
    }
}

/// A pattern whose optional parts hold labels, once with such a part and once without.
fn variants(node: &Node) -> Vec<Node> {
    match node {
        Node::Seq(items) => {
            let mut all = vec![Vec::new()];
            for item in items {
                let ways = variants(item);
                all = all
                    .iter()
                    .flat_map(|before: &Vec<Node>| {
                        ways.iter().map(move |way| before.iter().cloned().chain([way.clone()]).collect())
                    })
                    .collect();
            }
            all.into_iter().map(Node::Seq).collect()
        }
        Node::Repeat(inner, 0, 1) if holds_steps(inner) => {
            let mut all = variants(inner);
            all.push(Node::Seq(Vec::new()));
            all
        }
        _ => vec![node.clone()],
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

    /// Takes sequences and labels apart, and nothing else. Inside a label, a quoted string is not
    /// content.
    fn walk(&mut self, node: &'n Node, labelled: bool) {
        match node {
            Node::Seq(items) => items.iter().for_each(|item| self.walk(item, labelled)),
            Node::Anchor(inner) => {
                self.anchors += 1;
                self.anchor = Some(inner);
            }
            Node::Label(label, inner) => {
                self.add(Piece::Open(*label));
                self.walk(inner, true);
                self.add(Piece::Close(*label));
            }
            Node::Test(test) if test.all.has(Class::Q) && !labelled => self.add(Piece::Quote(node)),
            _ => self.add(Piece::Node(node)),
        }
    }
}
