//! What rules are matched against.

use super::program::Program;
use crate::lex::Tokens;
use crate::lexicon::{CueClasses, Lexicon};
use crate::token::{TagSet, Token};

/// How far from its anchor a rule can see, in tokens.
pub(super) const WINDOW: u32 = 64;

/// What rules are matched against.
#[derive(Clone, Copy)]
pub(crate) struct Context<'g> {
    pub(crate) text: &'g str,
    pub(crate) tokens: &'g Tokens,
    pub(crate) lexicon: &'g Lexicon,
    pub(crate) program: &'g Program,
}

impl Context<'_> {
    /// The groups of a token's word; quoted strings are in none.
    pub(super) fn group(&self, token: &Token) -> CueClasses {
        if token.string().is_some() { CueClasses::default() } else { self.lexicon.entry(token.word).group }
    }

    /// Whether the word of a token is like a pattern.
    pub(super) fn is_match(&self, regex: u16, at: u32) -> bool {
        let word = self.tokens.list().get(at as usize).filter(|token| token.string().is_none());
        word.is_some_and(|word| {
            let start = self.tokens.start(at as usize);
            self.program.regexes[usize::from(regex)].is_match(&self.text[start..start + usize::from(word.len)])
        })
    }
}

/// Whether a sentence starts, or ends, between the tokens `at - 1` and `at`.
pub(crate) fn at_edge(tokens: &[Token], at: usize, start: bool) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let after = tokens.get(at);
    let broken = before.is_none_or(|token| token.is(TagSet::STOP | TagSet::PARA))
        || after.is_none_or(|token| token.is(TagSet::PARA))
        || before.is_some_and(|token| token.is(TagSet::QEND))
            && after.is_some_and(|token| token.is(TagSet::CAP | TagSet::Q));
    broken || !start && after.is_some_and(|token| token.is(TagSet::STOP))
}
