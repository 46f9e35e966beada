//! The rule language: rules as text, read, compiled and matched.

mod ahead;
mod answers;
mod backtrack;
mod budget;
pub(crate) mod captures;
pub(crate) mod choice;
mod compile;
pub(crate) mod context;
mod emit;
mod line;
pub(crate) mod matcher;
mod node;
mod parse;
pub(crate) mod pattern;
mod preview;
pub(crate) mod program;
mod required;
pub(crate) mod rule_file;
mod run;
mod shape;
mod symbols;
#[cfg(test)]
mod tests;
