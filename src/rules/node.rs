//! A pattern as a tree.

use super::choice::Test;
use crate::error::{Input, Kind, Line, Problem};
use crate::token::TagSet;

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

    /// Whether a rule of this pattern has content, if only in an optional part.
    pub(super) fn has_content(&self) -> bool {
        match self {
            Node::Front | Node::Clause | Node::Rest | Node::Label(Label::Content, _) => true,
            Node::Test(test) => test.all.has(TagSet::Q),
            // In another label only the anchor can be content.
            Node::Label(_, node) => node.anchor().is_some_and(Node::has_content),
            Node::Anchor(node) => match node.as_ref() {
                Node::Alt(items) => items.iter().any(Node::has_content),
                node => node.has_content(),
            },
            Node::Seq(items) => items.iter().any(Node::has_content),
            Node::Repeat(node, ..) => node.holds_steps() && node.has_content(),
            _ => false,
        }
    }

    /// The anchor in it.
    fn anchor(&self) -> Option<&Node> {
        match self {
            Node::Anchor(node) => Some(node),
            Node::Seq(items) => items.iter().find_map(Node::anchor),
            Node::Label(_, node) => node.anchor(),
            _ => None,
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

    pub(super) fn has_no_width(&self) -> bool {
        matches!(self, Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest)
    }
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
    /// It comes with the crate.
    pub(super) is_built_in: bool,
    /// Where it stands, to tell later that it is too large.
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) input: Option<Input>,
}

impl Def {
    /// What is wrong with its line.
    pub(super) fn problem(&self, kind: Kind) -> Problem {
        Line { number: self.line, text: &self.text }.whole(kind).within(self.input)
    }
}
