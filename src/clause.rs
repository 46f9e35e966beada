//! Where content begins and ends.

use crate::rules::matcher::at_edge;
use crate::token::{Class, Token};

/// Token positions, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The longest clause looked for, in tokens. A clause that would be longer is none.
const LONGEST: usize = 250;

/// The content that ends before token `end`: the rest of its sentence.
pub(crate) fn front(tokens: &[Token], end: usize) -> Option<Range> {
    let end = if tokens[..end].last()?.is(Class::COMMA) { end - 1 } else { end };
    let mut start = end;
    while start > 0 && (start == end || !at_edge(tokens, start, true)) {
        start -= 1;
        if end - start > LONGEST {
            return None;
        }
    }
    let last = tokens[..end].last()?;
    if last.is(Class::STOP | Class::PARA) {
        return None;
    }
    // “No,” after a lead-in of the writer's: He shook his head: “No,” he said.
    if last.is(Class::Q) && end - start > 1 {
        let before = tokens[end - 2].class;
        if before.has(Class::COLON) || last.is(Class::CAP) && before.has(Class::COMMA | Class::DASH) {
            start = end - 1;
        }
    }
    (start < end).then_some(Range { start, end })
}

/// The content that begins with token `start`.
pub(crate) fn forward(tokens: &[Token], start: usize) -> Option<Range> {
    let first = tokens.get(start)?;
    if first.is(Class::STOP | Class::PARA | Class::COMMA | Class::CLOSE | Class::COLON | Class::SEMICOLON) {
        return None;
    }
    let mut end = start;
    let mut brackets = 0usize;
    while let Some(token) = tokens.get(end) {
        if end > start && at_edge(tokens, end, true) || token.is(Class::STOP | Class::PARA | Class::SEMICOLON) {
            break;
        }
        if token.is(Class::OPEN) {
            brackets += 1;
        } else if token.is(Class::CLOSE) {
            if brackets == 0 {
                break;
            }
            brackets -= 1;
        }
        end += 1;
        if token.is(Class::QCOMMA) {
            let joined = tokens.get(end).is_some_and(|next| next.is(Class::AND))
                && tokens.get(end + 1).is_some_and(|next| next.is(Class::Q));
            if !joined {
                break;
            }
        }
        if end - start > LONGEST {
            return None;
        }
    }
    (start < end).then_some(Range { start, end })
}
