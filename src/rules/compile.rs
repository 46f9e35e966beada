//! Tree → program.
//!
//! A rule is cut at the word it starts from. What stands left of it is read leftwards, then what stands
//! right rightwards, as two programs for the backtracker: a path. What many rules have in common, a side or a
//! part that is a program by itself, is there once.

use super::choice::{Test, TokenSet, Wanted};
use super::emit::{EmitStep, Emitter, MOST_INSTS};
use super::pattern::{Label, Node};
use super::preview::Preview;
use super::program::{Anchor, Path, PathSet, Program, Rule, Side, Slot};
use super::required::Required;
use super::rule_file::{Purpose, RuleFile, RuleText};
use crate::error::{Kind, Problem};
use crate::lexicon::{CueClasses, Lexicon};
use crate::token::TagSet;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number of the next program; 0 is none, so counting begins with 1.
static PROGRAMS: AtomicU64 = AtomicU64::new(1);

impl Program {
    /// Compiles all rules and notes in the lexicon which anchors each word can be; or says what is wrong with each rule.
    pub(crate) fn compile(mut book: RuleFile, lexicon: &mut Lexicon) -> Result<Program, Vec<Problem>> {
        let number = PROGRAMS.fetch_add(1, Ordering::Relaxed);
        let program = Program { number, regexes: std::mem::take(&mut book.regexes), ..Program::default() };
        let mut compiler = Compiler {
            program,
            emitter: Emitter::new(),
            nodes: HashMap::default(),
            sides: HashMap::default(),
            anchors: HashMap::default(),
        };
        for def in &book.defs {
            compiler.emitter.define(&def.pattern);
            if compiler.is_too_large() {
                return Err(vec![def.problem(Kind::TooLargeInAll)]);
            }
        }
        compiler.program.rules = book.rules.iter_mut().map(Rule::of).collect();
        let mut problems = Vec::new();
        // The built-in rules first, for the lowest numbers of anchors.
        for built_in in [true, false] {
            for (number, rule) in book.rules.iter().enumerate().filter(|(_, rule)| rule.is_built_in == built_in) {
                problems.extend(compiler.rule(number, rule, lexicon).err());
                if compiler.is_too_large() {
                    return Err(problems);
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let Compiler { mut program, emitter, .. } = compiler;
        emitter.finish(&mut program);
        program.index(lexicon);
        program.number_words(lexicon);
        program.preview = Preview::new(&program);
        program.required = Required::new(&program);
        Ok(program)
    }
}

/// Compiles rules.
struct Compiler {
    program: Program,
    emitter: Emitter,
    /// Patterns that are steps, each once, by number.
    nodes: FxHashMap<Node, u16>,
    /// The numbers of sides, by what their steps are.
    sides: FxHashMap<(bool, Vec<StepKey>), u16>,
    /// The numbers of anchors, by all that tells one from others.
    anchors: FxHashMap<(Test, Vec<u16>, bool, bool), u16>,
}

/// What tells a step from others.
#[derive(PartialEq, Eq, Hash)]
enum StepKey {
    Save(Slot),
    Take(u16),
}

impl Compiler {
    /// Whether numbers of sixteen bits no longer tell all of it apart.
    fn is_too_large(&self) -> bool {
        self.emitter.is_full()
            || [self.program.rules.len(), self.program.paths.len()].iter().any(|&count| count > MOST_INSTS)
    }

    /// Compiles the rule of this number.
    fn rule(&mut self, number: usize, rule: &RuleText, lexicon: &Lexicon) -> Result<(), Problem> {
        let fail = |kind| rule.problem(kind);
        for pattern in variants(&rule.pattern) {
            let mut split = Split::default();
            split.walk(&pattern, false);
            let Some((test, words)) = split.anchor.and_then(|node| self.anchor(node, lexicon)) else {
                return Err(fail(Kind::AnchorMixed));
            };
            if rule.is_built_in {
                self.program.rules[number].groups.0 |= test.group.0;
            }
            let is_content = |piece: &Piece<'_>| match piece {
                Piece::Node(node) => matches!(node.as_ref(), Node::Front | Node::Clause | Node::Rest),
                Piece::Quote(_) => true,
                Piece::Open(label) => *label == Label::Content,
                Piece::Close(_) => false,
            };
            let has_content = split.left.iter().chain(&split.right).any(is_content);
            if rule.purpose == Purpose::Attribution && !has_content && !test.all.has(TagSet::Q) {
                return Err(fail(Kind::ContentOptional));
            }
            split.left.reverse();
            let (mut left, mut right) = (Vec::new(), Vec::new());
            let (left_pieces, right_pieces) = (join_wide(split.left, true), join_wide(split.right, false));
            left_pieces.iter().for_each(|piece| add_steps(piece, true, &mut left));
            right_pieces.iter().for_each(|piece| add_steps(piece, false, &mut right));
            let is_role = rule.purpose != Purpose::Attribution;
            let is_built_in = rule.is_built_in;
            let anchor = Anchor { test, words, is_role, is_built_in, paths: PathSet::default() };
            self.plant(anchor, number as u16, &left, &right);
        }
        if self.is_too_large() { Err(fail(Kind::TooLarge)) } else { Ok(()) }
    }

    /// Adds a path.
    fn plant(&mut self, anchor: Anchor, rule: u16, left: &[EmitStep<'_>], right: &[EmitStep<'_>]) {
        let sides = [(left, true), (right, false)].map(|(steps, mirrored)| self.side(steps, mirrored));
        let Program { anchors, paths, .. } = &mut self.program;
        let key = (anchor.test, anchor.words.clone(), anchor.is_role, anchor.is_built_in);
        let number = *self.anchors.entry(key).or_insert_with(|| {
            anchors.push(anchor);
            (anchors.len() - 1).min(MOST_INSTS) as u16
        });
        let path = paths.len().min(MOST_INSTS) as u16;
        paths.push(Path { rule, anchor: number, left: sides[0], right: sides[1] });
        anchors[usize::from(number)].paths.add(path);
    }

    /// The number of a side.
    fn side(&mut self, steps: &[EmitStep<'_>], mirrored: bool) -> u16 {
        let nodes = &mut self.nodes;
        let keys = steps.iter().map(|step| match *step {
            EmitStep::Save(slot) => StepKey::Save(slot),
            EmitStep::Take(node) => StepKey::Take(number_of(nodes, node)),
        });
        let key = (mirrored, keys.collect());
        if let Some(&known) = self.sides.get(&key) {
            return known;
        }
        let entry = self.emitter.side(steps, mirrored);
        let number = self.program.sides.len().min(MOST_INSTS) as u16;
        self.program.sides.push(Side { mirrored, entry });
        self.sides.insert(key, number);
        number
    }

    /// What a rule starts from: a test, or a list of words.
    fn anchor(&self, node: &Node, lexicon: &Lexicon) -> Option<(Test, Vec<u16>)> {
        match node {
            Node::Test(test) => Some((*test, Vec::new())),
            Node::Word(word) => Some((Test::default(), vec![*word])),
            Node::Regex(regex) => Some((Test::default(), lexicon.matching(&self.program.regexes[*regex]))),
            Node::Alt(items) => {
                let choice = self.emitter.choice(node).and_then(|choice| choice.only());
                choice.map(|test| (test, Vec::new())).or_else(|| {
                    let words = items.iter().map(|item| if let Node::Word(word) = item { Some(*word) } else { None });
                    words.collect::<Option<Vec<u16>>>().map(|words| (Test::default(), words))
                })
            }
            _ => None,
        }
    }
}

/// The number of a pattern among some.
fn number_of(nodes: &mut FxHashMap<Node, u16>, node: &Node) -> u16 {
    let count = nodes.len().min(MOST_INSTS) as u16;
    nodes.get(node).copied().unwrap_or_else(|| {
        nodes.insert(node.clone(), count);
        count
    })
}

/// Adds the steps of a piece, in the direction it is read.
fn add_steps<'n>(piece: &'n Piece<'_>, mirrored: bool, steps: &mut Vec<EmitStep<'n>>) {
    match piece {
        Piece::Open(label) => steps.push(EmitStep::Save(label_slots(*label).0)),
        Piece::Close(label) => steps.push(EmitStep::Save(label_slots(*label).1)),
        Piece::Quote(node) => {
            steps.push(EmitStep::Save(if mirrored { Slot::QuoteLeft } else { Slot::QuoteRight }));
            steps.push(EmitStep::Take(node));
        }
        Piece::Node(node) => steps.push(match node.as_ref() {
            Node::Front => EmitStep::Save(Slot::Front),
            Node::Clause => EmitStep::Save(Slot::Clause),
            Node::Rest => EmitStep::Save(Slot::Rest),
            node => EmitStep::Take(node),
        }),
    }
}

impl Program {
    /// Gives every word the list of anchors it may be.
    fn index(&mut self, lexicon: &mut Lexicon) {
        let numbered = || self.anchors.iter().zip(0u16..);
        let tests: Vec<(Wanted, u16)> =
            numbered().filter_map(|(anchor, number)| Some((anchor.wanted()?, number))).collect();
        let mut named: Vec<(u16, u16)> =
            numbered().flat_map(|(anchor, number)| anchor.words.iter().map(move |&word| (word, number))).collect();
        named.sort_unstable();
        named.dedup();
        let mut named = named.into_iter().peekable();
        let by_word = &mut self.by_word;
        // Words that are alike share a piece of `by_word`; in a list neighbours are.
        let mut pieces = FxHashMap::<(TagSet, CueClasses), (usize, usize)>::default();
        let mut last = ((TagSet::NONE, CueClasses::default()), (0, 0));
        for (id, entry) in lexicon.entries_mut().iter_mut().enumerate() {
            let alike = (entry.class, entry.group);
            if last.0 != alike {
                let piece = pieces.entry(alike).or_insert_with(|| {
                    let start = by_word.len();
                    let fits = tests.iter().filter(|(wanted, _)| wanted.fits(entry.class, entry.group));
                    by_word.extend(fits.map(|(_, number)| *number));
                    (start, by_word.len())
                });
                last = (alike, *piece);
            }
            let mut piece = last.1.0..last.1.1;
            if named.peek().is_some_and(|(word, _)| usize::from(*word) == id) {
                let start = by_word.len();
                by_word.extend_from_within(piece);
                while let Some((_, number)) = named.next_if(|(word, _)| usize::from(*word) == id) {
                    by_word.push(number);
                }
                by_word[start..].sort_unstable();
                piece = start..by_word.len();
            }
            if !piece.is_empty() {
                entry.class |= TagSet::ANCHOR;
            }
            entry.anchors = (piece.start as u32, piece.end as u32);
        }
        // A quoted string is in no group.
        let quoted = |anchor: &Anchor| {
            anchor.words.is_empty() && anchor.test.all.has(TagSet::Q) && anchor.test.group == CueClasses::default()
        };
        for role in [false, true] {
            let strings = self.anchors.iter().enumerate();
            let strings = strings.filter(|(_, anchor)| quoted(anchor) && anchor.is_role == role);
            let numbers: Vec<u16> = strings.map(|(number, _)| number as u16).collect();
            *(if role { &mut self.role_anchors } else { &mut self.string_anchors }) = numbers;
        }
    }

    /// Gives every word a number by what tests can ask of it: its groups, and itself if a test names it.
    fn number_words(&mut self, lexicon: &Lexicon) {
        let mut named: Vec<u16> = self.tests.iter().flat_map(TokenSet::words).copied().collect();
        named.sort_unstable();
        let mut named = named.into_iter().peekable();
        let mut known = FxHashMap::<u64, u16>::default();
        // Neighbours in a list are alike.
        let (mut count, mut last) = (0, (CueClasses::default(), 0));
        let mut fresh = || {
            count += 1;
            count - 1
        };
        known.insert(0, fresh());
        for word in 0..lexicon.len() as u16 {
            let group = lexicon.entry(word).group;
            let mut is_named = false;
            while named.next_if_eq(&word).is_some() {
                is_named = true;
            }
            if is_named {
                self.kinds.push(fresh());
                continue;
            }
            if group != last.0 {
                last = (group, *known.entry(group.0).or_insert_with(&mut fresh));
            }
            self.kinds.push(last.1);
        }
    }
}

impl Anchor {
    /// What a word of the lexicon must be; `None` if the anchor is a list of words.
    fn wanted(&self) -> Option<Wanted> {
        if self.words.is_empty() { self.test.wanted() } else { None }
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

/// A pattern whose optional parts hold labels or content, once with each such part and once without.
fn variants(node: &Node) -> Vec<Cow<'_, Node>> {
    if !node.has_options() {
        return vec![Cow::Borrowed(node)];
    }
    match node {
        Node::Seq(items) => {
            let mut all = vec![Vec::new()];
            for item in items {
                let ways = variants(item);
                let with = |before: &Vec<Node>, way: &Node| before.iter().chain([way]).cloned().collect();
                all = all.iter().flat_map(|before| ways.iter().map(move |way| with(before, way))).collect();
            }
            all.into_iter().map(|items| Cow::Owned(Node::Seq(items))).collect()
        }
        Node::Repeat(inner, ..) => {
            let mut all = variants(inner);
            all.push(Cow::Owned(Node::Seq(Vec::new())));
            all
        }
        _ => vec![Cow::Borrowed(node)],
    }
}

/// A pattern cut at its anchor.
#[derive(Default)]
struct Split<'n> {
    left: Vec<Piece<'n>>,
    right: Vec<Piece<'n>>,
    anchor: Option<&'n Node>,
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
            Node::Anchor(inner) => self.anchor = Some(inner),
            Node::Label(label, inner) => {
                self.add(Piece::Open(*label));
                self.walk(inner, true);
                self.add(Piece::Close(*label));
            }
            Node::Test(test) if test.all.has(TagSet::Q) && !labelled => self.add(Piece::Quote(node)),
            _ => self.add(Piece::Node(Cow::Borrowed(node))),
        }
    }
}
