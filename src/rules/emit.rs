//! Tree → instructions for the backtracker.

use super::choice::Choice;
use super::pattern::Node;
use super::program::{DefEntry, First, Inst, Program};

/// All rules together may have so many instructions.
pub(super) const MOST_INSTS: usize = u16::MAX as usize;

impl Program {
    /// What the first token of a match must be, `None` if it may be anything, and whether there need be none.
    fn first(&self, node: &Node, mirrored: bool) -> (Option<Choice>, bool) {
        match node {
            Node::Test(test) => (Some(Choice::of([*test])), false),
            Node::Word(word) => (Some(Choice::word(*word)), false),
            Node::Regex(_) => (None, false),
            Node::Def(def) => {
                let def = &self.defs[*def];
                (def.first[usize::from(mirrored)].clone(), def.can_be_empty)
            }
            Node::Seq(items) => {
                let mut all = Vec::new();
                let ordered: Vec<&Node> = if mirrored { items.iter().rev().collect() } else { items.iter().collect() };
                for item in ordered {
                    let (first, empty) = self.first(item, mirrored);
                    all.push(first);
                    if !empty {
                        return (between(all), false);
                    }
                }
                (between(all), true)
            }
            Node::Alt(items) => {
                let (all, empty): (Vec<_>, Vec<bool>) = items.iter().map(|item| self.first(item, mirrored)).unzip();
                (between(all), empty.contains(&true))
            }
            Node::Repeat(node, least, _) => {
                let (first, empty) = self.first(node, mirrored);
                (first, empty || *least == 0)
            }
            Node::Label(_, node) | Node::Anchor(node) => self.first(node, mirrored),
            // What has no width says nothing of the next token, nor forbids any.
            Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest => {
                (Some(Choice::default()), true)
            }
        }
    }

    /// The same as the number of a test.
    pub(super) fn first_test(&mut self, node: &Node, mirrored: bool) -> (First, bool) {
        let (first, empty) = self.first(node, mirrored);
        (first.map_or(First::ANYTHING, |first| First(self.test(first))), empty)
    }

    /// A definition, emitted both ways.
    pub(super) fn define(&mut self, node: &Node, can_be_empty: bool) {
        let ways = [false, true];
        let first = ways.map(|mirrored| self.first(node, mirrored).0);
        let first_test = ways.map(|mirrored| self.first_test(node, mirrored).0);
        let entry = ways.map(|mirrored| self.emit_whole(node, mirrored));
        let (choice, skips) = (self.choice(node), self.skips(node));
        self.defs.push(DefEntry { entry, first, first_test, can_be_empty, skips, choice });
    }

    /// Whether a pattern matches without taking a token wherever it takes none.
    pub(super) fn skips(&self, node: &Node) -> bool {
        match node {
            Node::Repeat(_, 0, _) | Node::Front | Node::Clause | Node::Rest => true,
            Node::Repeat(node, ..) | Node::Label(_, node) | Node::Anchor(node) => self.skips(node),
            Node::Seq(items) => items.iter().all(|item| self.skips(item)),
            Node::Alt(items) => items.iter().any(|item| self.skips(item)),
            Node::Def(def) => self.defs[*def].skips,
            Node::Test(_) | Node::Word(_) | Node::Regex(_) | Node::Edge(_) | Node::Look { .. } => false,
        }
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
        self.look_past_spans(usize::from(start), mirrored);
        start
    }

    /// Notes in the spans of a program what must follow them.
    fn look_past_spans(&mut self, start: usize, mirrored: bool) {
        for at in start..self.insts.len() {
            let follows = self.must_come(at + 1, mirrored);
            if let Inst::Span { then, .. } = &mut self.insts[at] {
                *then = follows;
            }
        }
    }

    /// What the next token must be at an instruction, as far as that is plain.
    fn must_come(&self, at: usize, mirrored: bool) -> First {
        match self.insts.get(at) {
            Some(Inst::Test(test)) => First(*test),
            Some(Inst::Span { test, least: 1.., .. }) => First(*test),
            Some(Inst::Call(def)) if !self.defs[usize::from(*def)].can_be_empty => {
                self.defs[usize::from(*def)].first_test[usize::from(mirrored)]
            }
            Some(Inst::Jump(target)) if usize::from(*target) > at => self.must_come(usize::from(*target), mirrored),
            _ => First::ANYTHING,
        }
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
    fn split(&mut self, first_way: usize, second: usize, node: &Node, mirrored: bool) -> Inst {
        let number = self.splits;
        self.splits = self.splits.saturating_add(1);
        let (first, empty) = self.first_test(node, mirrored);
        let mask = if empty { First::ANYTHING } else { first };
        Inst::Split { first: first_way as u16, second: second as u16, number, mask }
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
            self.insts.push(Inst::Span { test, least, most, then: First::ANYTHING });
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

/// What is one of these choices; `None` if one of them may be anything.
fn between(choices: Vec<Option<Choice>>) -> Option<Choice> {
    choices.into_iter().collect::<Option<Vec<Choice>>>().map(|choices| Choice::between(&choices))
}
