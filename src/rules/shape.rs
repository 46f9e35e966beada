//! What is plain from a pattern before it is emitted: how many tokens it takes, in how many ways it ends.

use super::choice::TokenSet;
use super::emit::Emitter;
use super::pattern::Node;

impl Emitter {
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

    /// In how many ways a pattern can end, at most, if they are few.
    pub(super) fn ends(&self, node: &Node) -> usize {
        match node {
            Node::Seq(items) => items.iter().map(|item| self.ends(item)).fold(1, usize::saturating_mul),
            Node::Alt(_) if self.choice(node).is_some() => 1,
            Node::Alt(items) => items.iter().map(|item| self.ends(item)).fold(0, usize::saturating_add),
            Node::Repeat(node, least, most) => {
                let once = self.ends(node);
                let ways = (0..*most).scan(1usize, |ways, _| {
                    *ways = ways.saturating_mul(once);
                    Some(*ways)
                });
                let all = ways.skip(usize::from(*least).saturating_sub(1)).fold(0, usize::saturating_add);
                all.saturating_add(usize::from(*least == 0))
            }
            Node::Label(_, node) | Node::Anchor(node) => self.ends(node),
            _ => 1,
        }
    }

    /// How many tokens a pattern takes, if it is always as many.
    pub(super) fn width(&self, node: &Node) -> Option<usize> {
        match node {
            Node::Test(_) | Node::Word(_) | Node::Regex(_) => Some(1),
            Node::Seq(items) => {
                items.iter().try_fold(0, |width: usize, item| Some(width.saturating_add(self.width(item)?)))
            }
            Node::Alt(items) => {
                let mut widths = items.iter().map(|item| self.width(item));
                let first = widths.next()?;
                widths.all(|width| width == first).then_some(first)?
            }
            Node::Repeat(node, least, most) if least == most => Some(self.width(node)?.saturating_mul((*least).into())),
            Node::Repeat(..) => None,
            Node::Def(def) if self.defs[*def].choice.is_some() => Some(1),
            Node::Def(def) => self.defs[*def].pattern.as_ref().map(|(_, width)| *width),
            Node::Label(_, node) | Node::Anchor(node) => self.width(node),
            Node::Edge(_) | Node::Look { .. } | Node::Front | Node::Clause | Node::Rest => Some(0),
        }
    }

    /// A pattern as one token, if it is one.
    pub(super) fn choice(&self, node: &Node) -> Option<TokenSet> {
        match node {
            Node::Test(test) => Some(TokenSet::of([*test])),
            Node::Word(word) => Some(TokenSet::word(*word)),
            Node::Def(def) => self.defs[*def].choice.clone(),
            Node::Alt(items) => {
                let choices: Vec<TokenSet> = items.iter().map(|item| self.choice(item)).collect::<Option<_>>()?;
                Some(TokenSet::between(&choices))
            }
            _ => None,
        }
    }
}
