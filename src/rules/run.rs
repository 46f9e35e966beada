//! The state of one run of a program: its position, how far it may come, and what is left to try.

use super::program::Pc;

/// One run of a program.
#[derive(Clone, Copy, Debug)]
pub(super) struct MatchRun {
    /// From a place to the next, as it is read: one more, or one less.
    pub(super) step: u32,
    pub(super) start: u32,
    /// The farthest place it may come to.
    pub(super) limit: u32,
    /// Where what it has yet to try begins.
    pub(super) bottom: u32,
    /// Where what it has tried begins.
    pub(super) visited: u32,
}

/// A place to go on from when a way has failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Todo {
    pub(super) at: u32,
    pub(super) pc: Pc,
    /// Nothing: go on from here. Else it is a choice, of which these ways are left, a bit each; or a span, which may give
    /// back so many tokens.
    pub(super) rest: u16,
}

/// A run that waits: for what, and where.
// Its size is a power of two.
#[derive(Clone, Copy, Debug)]
#[repr(align(32))]
pub(super) struct Waiting {
    pub(super) run: MatchRun,
    pub(super) pc: Pc,
    pub(super) at: u32,
}

pub(super) const RIGHTWARDS: u32 = 1;
pub(super) const LEFTWARDS: u32 = u32::MAX;

impl MatchRun {
    #[inline(always)]
    pub(super) fn is_left(&self) -> bool {
        self.step == LEFTWARDS
    }

    /// The place behind the next token.
    #[inline(always)]
    pub(super) fn behind(&self, at: u32) -> u32 {
        at.wrapping_add(self.step)
    }

    /// The place before the last token.
    #[inline(always)]
    pub(super) fn before(&self, at: u32) -> u32 {
        at.wrapping_sub(self.step)
    }

    /// How many tokens there may still be; less than none if a place is beyond the limit.
    #[inline(always)]
    pub(super) fn room(&self, at: u32) -> i32 {
        (self.limit.wrapping_sub(at) as i32).wrapping_mul(self.step as i32)
    }

    #[inline(always)]
    pub(super) fn is_within(&self, at: u32) -> bool {
        self.room(at) >= 0
    }

    /// How many tokens are before a place.
    #[inline(always)]
    pub(super) fn place(&self, at: u32) -> u32 {
        at - (self.step.wrapping_add(1) >> 1)
    }
}
