//! What the names in a pattern stand for, those of classes left out.

use super::{Node, Parser};
use crate::error::{Kind, Problem, nearest};

impl Parser<'_, '_> {
    /// What is wrong with a name that stands for nothing.
    pub(super) fn unknown(&self, name: &str, width: usize) -> Problem {
        let kind = match self.book.line_below(name) {
            Some(line) if line == self.line.number => Kind::DefInItself,
            Some(line) => Kind::DefBelow(line),
            None => Kind::UnknownName(nearest(name, self.book.names().chain(self.lexicon.class_names()))),
        };
        self.fail(kind, width)
    }

    /// The place or definition of this name.
    pub(super) fn place_or_def(&self, name: &str) -> Option<Node> {
        Some(match name {
            "START" => Node::Edge(true),
            "END" => Node::Edge(false),
            "FRONT" => Node::Front,
            "CLAUSE" => Node::Clause,
            "REST" => Node::Rest,
            // What has no name cannot be named.
            "" => return None,
            _ => Node::Def(self.book.definition(name)?),
        })
    }
}
