//! The rule language: rules as text, read, compiled and matched.

pub(crate) mod choice;
mod compile;
pub(crate) mod matcher;
pub(crate) mod parse;
mod places;
mod preview;
pub(crate) mod program;
mod symbols;
