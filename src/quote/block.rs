//! Paragraphs that are no plain narrative.

use super::{BlockEntry, Extraction};
use crate::span::Span;
use std::fmt;

/// What a block of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum BlockKind {
    /// What one voice says in a transcript, interview, play or chat: *LIM: Rents will fall.* A turn of several paragraphs is
    /// as many blocks; the first has the label.
    Turn,
    /// A line of dialogue that a dash opens: *—Rents will fall, said Lim.*
    Dash,
    /// Words without marks behind a tag that ends in a colon: *Lim said: ¶ We will lower the rents.*
    Announced,
    /// What belongs to the page and not to the story: a byline, a credit, a time stamp, a link.
    Furniture,
}

impl BlockKind {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Turn => "turn",
            BlockKind::Dash => "dash",
            BlockKind::Announced => "announced",
            BlockKind::Furniture => "furniture",
        }
    }
}

impl fmt::Display for BlockKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A block of a text. A cheap handle.
#[derive(Clone, Copy)]
pub struct Block<'e> {
    pub(super) entry: &'e BlockEntry,
    pub(super) text: &'e str,
}

impl<'e> Block<'e> {
    /// What it is.
    pub fn kind(&self) -> BlockKind {
        self.entry.kind
    }

    /// Where it stands: a paragraph, or the part of one that is furniture.
    pub fn span(&self) -> Span {
        self.entry.span
    }

    /// Its text.
    pub fn text(&self) -> &'e str {
        &self.text[self.entry.span]
    }

    /// Where the label of a turn stands, without its colon.
    pub fn label_span(&self) -> Option<Span> {
        self.entry.label
    }

    /// The label of a turn: *Ana Lim*, *Q*.
    pub fn label(&self) -> Option<&'e str> {
        self.entry.label.map(|span| &self.text[span])
    }
}

impl fmt::Debug for Block<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Block")
            .field("kind", &self.kind())
            .field("label", &self.label())
            .field("text", &self.text())
            .finish()
    }
}

impl Extraction<'_> {
    /// The paragraphs that are no plain narrative, in order: turns, lines of dialogue that a dash opens, announced blocks,
    /// furniture.
    ///
    /// ```
    /// use inquit::{BlockKind, Extractor};
    ///
    /// let text = "By Tom Roe\n\nLIM: Did we lower the rents?\n\nBRANDT: We did.";
    /// let found = Extractor::english().extract(text);
    /// let blocks: Vec<_> = found.blocks().map(|block| (block.kind(), block.label())).collect();
    /// assert_eq!(blocks[0], (BlockKind::Furniture, None));
    /// assert_eq!(blocks[1..], [(BlockKind::Turn, Some("LIM")), (BlockKind::Turn, Some("BRANDT"))]);
    /// ```
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> + Clone {
        self.found.blocks.iter().map(|entry| Block { entry, text: self.text })
    }
}
