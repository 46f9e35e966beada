//! Strings in quotation marks, speech or not.

use super::{Flags, StringEntry, StringRole};
use crate::span::Span;
use std::fmt;

/// A string in quotation marks.
#[derive(Clone, Copy)]
pub struct QuotedString<'e> {
    pub(super) record: &'e StringEntry,
    pub(super) text: &'e str,
}

impl<'e> QuotedString<'e> {
    /// What stands between the marks.
    pub fn text(&self) -> &'e str {
        &self.text[self.record.inner]
    }

    /// Where it stands, with its marks.
    pub fn span(&self) -> Span {
        self.record.outer
    }

    /// Where it stands, without its marks.
    pub fn inner_span(&self) -> Span {
        self.record.inner
    }

    /// What it is.
    pub fn role(&self) -> StringRole {
        self.record.role
    }

    /// Repairs to its marks.
    pub fn flags(&self) -> Flags {
        self.record.flags
    }

    /// The index of the quoted string it lies in.
    pub fn parent(&self) -> Option<usize> {
        self.record.parent.map(|index| index as usize)
    }
}

impl fmt::Debug for QuotedString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuotedString")
            .field("text", &self.text())
            .field("span", &self.span())
            .field("role", &self.role())
            .field("flags", &self.flags())
            .field("parent", &self.parent())
            .finish()
    }
}
