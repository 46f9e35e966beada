//! Tokens in a row.

use crate::block::BLOCK;
use crate::token::Token;
use std::ops::{Deref, DerefMut};

/// Tokens in a row, and room for those of a block behind them, so that a loop can write them without making room for each.
#[derive(Debug, Default)]
pub(super) struct List {
    /// Those behind the last are free.
    tokens: Vec<Token>,
    len: usize,
}

impl List {
    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    #[inline]
    pub(super) fn push(&mut self, token: Token) {
        if self.len == self.tokens.len() {
            self.grow();
        }
        self.tokens[self.len] = token;
        self.len += 1;
    }

    /// Room for as many tokens as a block has bytes.
    #[inline]
    pub(super) fn room(&mut self) -> &mut [Token; BLOCK] {
        if self.tokens.len() - self.len < BLOCK {
            self.grow();
        }
        self.tokens[self.len..].first_chunk_mut().unwrap_or_else(|| unreachable!("there is room now"))
    }

    /// Takes so many tokens that were written into the room.
    #[inline]
    pub(super) fn take_room(&mut self, count: usize) {
        self.len += count;
    }

    #[cold]
    fn grow(&mut self) {
        let len = (2 * self.tokens.len()).max(4 * BLOCK);
        self.tokens.resize(len, Token::default());
    }
}

impl Deref for List {
    type Target = [Token];

    #[inline]
    fn deref(&self) -> &[Token] {
        &self.tokens[..self.len]
    }
}

impl DerefMut for List {
    #[inline]
    fn deref_mut(&mut self) -> &mut [Token] {
        &mut self.tokens[..self.len]
    }
}
