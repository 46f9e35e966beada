//! Tree → instructions for the backtracker.

use super::choice::{ANYTHING, Choice};
use super::pattern::Node;
use super::program::{Inst, Program};
use crate::token::Class;

/// All rules together may have so many instructions.
pub(super) const MOST_INSTS: usize = u16::MAX as usize;

impl Program {
    /// What the first token of a match must be one of, and whether there need be none.
    pub(super) fn first(&self, node: &Node, mirrored: bool) -> (Class, bool) {
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
    pub(super) fn emit_once(&mut self, node: &Node, mirrored: bool) -> u16 {
        let known = self.emitted.iter().find(|(other, way, _)| *way == mirrored && other == node);
        if let Some((_, _, entry)) = known {
            return *entry;
        }
        let entry = self.emit_whole(node, mirrored);
        self.emitted.push((node.clone(), mirrored, entry));
        entry
    }

    pub(super) fn emit_whole(&mut self, node: &Node, mirrored: bool) -> u16 {
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
        // Repeats in repeats multiply. What is too large is refused, but only when all is emitted.
        if self.insts.len() > MOST_INSTS {
            return;
        }
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
    pub(super) fn choice(&self, node: &Node) -> Option<Choice> {
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
    pub(super) fn test(&mut self, test: Choice) -> u16 {
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
}
