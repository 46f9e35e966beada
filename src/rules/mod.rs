//! The rule language: rules as text, read, compiled and matched.

pub(crate) mod choice;
mod compile;
pub(crate) mod matcher;
pub(crate) mod parse;
mod preview;
pub(crate) mod program;
mod symbols;
