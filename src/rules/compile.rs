//! Tree → program.
//!
//! A rule is cut at the word it starts from. What stands left of it is read leftwards, then what stands
//! right rightwards, as one list of steps. The lists of all rules form a tree, so that what many rules
//! have in common is matched once. A step is a token, a place, a definition or, for anything more, a
//! small program for the backtracker.

use super::choice::{ANYTHING, Choice, Test};
use super::parse::{Book, Label, Node, Purpose, RuleText};
use super::program::{Anchor, AnchorSet, Branch, DefEntry, Inst, Path, PathSet, Program, Rule, Slot, Step, StepKind};
use crate::error::{Error, Kind};
use crate::lexicon::{Group, Lexicon};
use crate::token::Class;
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

/// Programs compiled so far, and one.
static PROGRAMS: AtomicU64 = AtomicU64::new(1);

const MOST_INSTS: usize = u16::MAX as usize;
/// Classes a word of the lexicon has in any text.
const KIND_CLASSES: Class = Class((1 << (Class::KINDS - 1)) - 1);

impl Program {
    /// Compiles all rules and notes in the lexicon which anchors each word can be.
    pub(crate) fn compile(book: &Book, lexicon: &mut Lexicon) -> Result<Program, Error> {
        let number = PROGRAMS.fetch_add(1, Ordering::Relaxed);
        let mut program = Program { number, regexes: book.regexes.clone(), ..Program::default() };
        let plain = Class::KNOWN | Class::ANCHOR;
        program.word_classes =
            book.words.iter().map(|&word| (word, lexicon.entry(word).class.without(plain) & KIND_CLASSES)).collect();
        for (_, node) in &book.defs {
            let depth = 1 + program.deepest(node);
            let first = [false, true].map(|mirrored| program.first(node, mirrored).0);
            let entry = [false, true].map(|mirrored| program.emit_whole(node, mirrored));
            let can_be_empty = program.first(node, false).1;
            let choice = program.choice(node);
            program.depth = program.depth.max(depth);
            program.defs.push(DefEntry { entry, first, can_be_empty, choice, depth });
        }
        for rule in &book.rules {
            program.rule(rule, lexicon)?;
        }
        let parts = [program.insts.len(), program.branches.len(), program.paths.len()];
        if parts.iter().any(|count| *count > MOST_INSTS) {
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
        self.rules.push(Rule {
            name: rule.name.clone(),
            score: rule.score,
            purpose: rule.purpose,
            groups: Group::default(),
            text: rule.clone(),
        });
        for pattern in variants(&rule.pattern) {
            let mut split = Split::default();
            split.walk(&pattern, false);
            if split.anchors != 1 || count_anchors(&pattern) != 1 {
                return Err(fail(Kind::Anchor));
            }
            let Some((test, words)) = split.anchor.and_then(|node| self.anchor(node, lexicon)) else {
                return Err(fail(Kind::Anchor));
            };
            self.rules[usize::from(number)].groups.0 |= test.group.0;
            let is_content = |piece: &Piece<'_>| match piece {
                Piece::Node(node) => matches!(node.as_ref(), Node::Front | Node::Clause | Node::Rest),
                Piece::Quote(_) => true,
                Piece::Open(label) => *label == Label::Content,
                Piece::Close(_) => false,
            };
            let has_content = split.left.iter().chain(&split.right).any(is_content);
            if rule.purpose == Purpose::Attribution && !has_content && !test.all.has(Class::Q) {
                return Err(fail(Kind::NoContent));
            }
            let mut steps = Vec::new();
            split.left.reverse();
            join_wide(split.left, true).iter().for_each(|piece| self.add_steps(piece, true, &mut steps));
            steps.push(Step { kind: StepKind::Turn, first: ANYTHING, empty: true, skips: false });
            join_wide(split.right, false).iter().for_each(|piece| self.add_steps(piece, false, &mut steps));
            let is_role = rule.purpose != Purpose::Attribution;
            let is_built_in = rule.is_built_in;
            let anchor = Anchor { test, words, is_role, is_built_in, paths: PathSet::default() };
            self.plant(anchor, number, &steps);
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
        let path = self.paths.len().min(MOST_INSTS) as u16;
        let from = self.steps.len() as u32;
        self.steps.extend_from_slice(steps);
        self.paths.push(Path { rule, anchor: number, from, to: self.steps.len() as u32 });
        self.anchors[usize::from(number)].paths.add(path);
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
                    ends: Vec::new(),
                    anchors: AnchorSet::default(),
                    paths: PathSet::default(),
                });
                if step.kind == StepKind::Turn {
                    self.turns.push(child as u16);
                }
                match parent {
                    None => self.roots.push(child as u16),
                    Some(parent) => self.branches[parent].branches.push(child as u16),
                }
                child
            });
            self.branches[child].anchors.add(number);
            self.branches[child].paths.add(path);
            parent = Some(child);
        }
        if let Some(last) = parent {
            self.branches[last].ends.push(path);
        }
    }

    /// What a rule starts from: a test, or a list of words.
    fn anchor(&self, node: &Node, lexicon: &Lexicon) -> Option<(Test, Vec<u16>)> {
        match node {
            Node::Test(test) => Some((*test, Vec::new())),
            Node::Word(word) => Some((Test::default(), vec![*word])),
            Node::Regex(regex) => Some((Test::default(), lexicon.matching(&self.regexes[*regex]))),
            Node::Alt(items) => {
                let choice = self.choice(node).and_then(|choice| choice.only());
                choice.map(|test| (test, Vec::new())).or_else(|| {
                    let words = items.iter().map(|item| if let Node::Word(word) = item { Some(*word) } else { None });
                    words.collect::<Option<Vec<u16>>>().map(|words| (Test::default(), words))
                })
            }
            _ => None,
        }
    }

    /// Adds the steps of a piece, in the direction it is read.
    fn add_steps(&mut self, piece: &Piece<'_>, mirrored: bool, steps: &mut Vec<Step>) {
        let save = |slot| Step { kind: StepKind::Save(slot), first: ANYTHING, empty: true, skips: false };
        let node = match piece {
            Piece::Open(label) => return steps.push(save(label_slots(*label).0)),
            Piece::Close(label) => return steps.push(save(label_slots(*label).1)),
            Piece::Quote(node) => {
                steps.push(save(if mirrored { Slot::QuoteLeft } else { Slot::QuoteRight }));
                *node
            }
            Piece::Node(node) => match node.as_ref() {
                Node::Front => return steps.push(save(Slot::Front)),
                Node::Clause => return steps.push(save(Slot::Clause)),
                Node::Rest => return steps.push(save(Slot::Rest)),
                node => node,
            },
        };
        let (first, empty) = self.first(node, mirrored);
        if let Some(choice) = self.choice(node) {
            let kind = StepKind::Test(self.test(choice));
            return steps.push(Step { kind, first, empty, skips: false });
        }
        let kind = match node {
            Node::Edge(start) => StepKind::Edge(*start),
            Node::Def(def) => StepKind::Call(*def as u16),
            Node::Repeat(inner, 0, 1) => match (&**inner, self.choice(inner)) {
                (_, Some(choice)) => StepKind::Option(self.test(choice)),
                (Node::Def(def), None) => StepKind::Maybe(*def as u16),
                _ => StepKind::Program(self.emit_once(node, mirrored)),
            },
            Node::Look { behind, negate, node: inner } => match self.choice(inner) {
                Some(choice) => StepKind::Look { behind: *behind, negate: *negate, test: self.test(choice) },
                None => StepKind::Program(self.emit_once(node, mirrored)),
            },
            _ => StepKind::Program(self.emit_once(node, mirrored)),
        };
        let skips = empty && !looks(node) && !matches!(node, Node::Def(_));
        steps.push(Step { kind, first, empty, skips });
    }

    /// What the first token of a match must be one of, and whether there need be none.
    fn first(&self, node: &Node, mirrored: bool) -> (Class, bool) {
        match node {
            Node::Test(test) => (test.first(), false),
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
        if let Some(choice) = self.choice(node) {
            let test = self.test(choice);
            return self.insts.push(Inst::Test(test));
        }
        match node {
            Node::Regex(regex) => self.insts.push(Inst::Regex(*regex as u16)),
            Node::Def(def) => self.insts.push(Inst::Call(*def as u16)),
            Node::Seq(items) if mirrored => items.iter().rev().for_each(|item| self.emit(item, true)),
            Node::Seq(items) => items.iter().for_each(|item| self.emit(item, false)),
            Node::Alt(items) => self.emit_alt(items, mirrored),
            Node::Repeat(node, least, most) => self.emit_repeat(node, *least, *most, mirrored),
            Node::Edge(start) => self.insts.push(Inst::Edge(*start)),
            Node::Look { behind, negate, node } => {
                self.insts.push(Inst::Look { behind: *behind, negate: *negate });
                self.emit(node, *behind);
            }
            // Labels and content are steps of their own and never get here.
            Node::Label(_, node) | Node::Anchor(node) => self.emit(node, mirrored),
            Node::Test(_) | Node::Word(_) | Node::Front | Node::Clause | Node::Rest => {}
        }
    }

    /// A pattern as one token, if it is one.
    fn choice(&self, node: &Node) -> Option<Choice> {
        match node {
            Node::Test(test) => Some(Choice::of([*test])),
            Node::Word(word) => Some(Choice::word(*word)),
            Node::Def(def) => self.defs[*def].choice.clone(),
            Node::Alt(items) => {
                let choices: Vec<Choice> = items.iter().map(|item| self.choice(item)).collect::<Option<_>>()?;
                Some(Choice::between(&choices))
            }
            _ => None,
        }
    }

    /// The number of a test.
    fn test(&mut self, test: Choice) -> u16 {
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
        let items = &self.join_choices(items);
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

    /// Alternatives of one token that stand side by side, as one.
    fn join_choices(&self, items: &[Node]) -> Vec<Node> {
        let together = |a: &Node, b: &Node| self.choice(a).is_some() && self.choice(b).is_some();
        let runs = items.chunk_by(together);
        runs.map(|run| if let [item] = run { item.clone() } else { Node::Alt(run.to_vec()) }).collect()
    }

    fn emit_repeat(&mut self, node: &Node, least: u8, most: u8, mirrored: bool) {
        const UNBOUNDED: u8 = 99;
        if let Some(choice) = self.choice(node) {
            let test = self.test(choice);
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
                    id > 0 && anchor.test.may_pass(entry.class, entry.group)
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

fn label_slots(label: Label) -> (Slot, Slot) {
    match label {
        Label::Cue => (Slot::CueStart, Slot::CueEnd),
        Label::Source => (Slot::SourceStart, Slot::SourceEnd),
        Label::Addressee => (Slot::AddresseeStart, Slot::AddresseeEnd),
        Label::Content => (Slot::ContentStart, Slot::ContentEnd),
    }
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
    Node(Cow<'n, Node>),
    /// A quoted string that is content.
    Quote(&'n Node),
    Open(Label),
    Close(Label),
}

/// Joins what can end in many places with what is read after it, so that the ends are few.
fn join_wide(pieces: Vec<Piece<'_>>, mirrored: bool) -> Vec<Piece<'_>> {
    const MANY: u8 = 8;
    let is_wide = |piece: &Piece<'_>| match piece {
        Piece::Node(node) => matches!(node.as_ref(), Node::Repeat(_, _, most) if *most > MANY),
        _ => false,
    };
    let is_plain = |piece: &Piece<'_>| match piece {
        Piece::Node(node) => !matches!(node.as_ref(), Node::Front | Node::Clause | Node::Rest),
        _ => false,
    };
    let mut joined: Vec<Piece<'_>> = Vec::new();
    for piece in pieces {
        match (joined.pop(), piece) {
            (Some(Piece::Node(wide)), Piece::Node(node))
                if is_wide(&Piece::Node(wide.clone())) && is_plain(&Piece::Node(node.clone())) =>
            {
                let mut both = vec![wide.into_owned(), node.into_owned()];
                if mirrored {
                    both.reverse();
                }
                joined.push(Piece::Node(Cow::Owned(Node::Seq(both))));
            }
            (last, piece) => {
                joined.extend(last);
                joined.push(piece);
            }
        }
    }
    joined
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
            _ => self.add(Piece::Node(Cow::Borrowed(node))),
        }
    }
}
