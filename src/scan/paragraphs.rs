//! Newlines → paragraphs.

use crate::span::Span;

/// Cuts the text at blank lines, and at every newline unless the text is hard wrapped.
pub(super) fn split(text: &str, newlines: &[usize], paragraphs: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let wrapped = is_hard_wrapped(bytes, newlines);
    let mut start = 0;
    for &newline in newlines {
        if wrapped && !begins_paragraph(&bytes[newline + 1..]) {
            continue;
        }
        push_trimmed(text, Span::new(start, newline), paragraphs);
        start = newline + 1;
    }
    push_trimmed(text, Span::new(start, text.len()), paragraphs);
}

/// In hard-wrapped text a paragraph begins after a blank line or with an indented one.
fn begins_paragraph(line: &[u8]) -> bool {
    if line.first().is_some_and(u8::is_ascii_graphic) {
        return false;
    }
    let indent = line.iter().take_while(|&&byte| matches!(byte, b' ' | b'\t' | b'\r')).take(8).count();
    indent >= 2 || matches!(line.get(indent), Some(b'\n') | None) || line.first() == Some(&b'\t')
}

/// Whether lines were broken to fit a width: none is long, and most lines that run on into the
/// next are near the longest. Texts of a few short lines are not taken for wrapped.
fn is_hard_wrapped(bytes: &[u8], newlines: &[usize]) -> bool {
    const WIDEST: usize = 200;
    const LEAST_WIDTH: usize = 40;
    const LEAST_LINES: usize = 3;
    let mut start = 0;
    let mut width = 0;
    for &newline in newlines {
        width = width.max(newline - start);
        start = newline + 1;
        if width > WIDEST {
            return false;
        }
    }
    width = width.max(bytes.len() - start);
    if !(LEAST_WIDTH..=WIDEST).contains(&width) {
        return false;
    }
    let (mut full, mut short) = (0, 0);
    let mut start = 0;
    for (index, &newline) in newlines.iter().enumerate() {
        let next = newlines.get(index + 1).copied().unwrap_or(bytes.len());
        let (length, next_length) = (newline - start, next - newline - 1);
        start = newline + 1;
        // Sums instead of branches: which lines are short cannot be foretold.
        let runs_on = (length > 1) & (next_length > 1);
        let is_full = length * 10 >= width * 7;
        full += usize::from(runs_on & is_full);
        short += usize::from(runs_on & !is_full);
    }
    full >= LEAST_LINES && full > short
}

#[inline]
fn push_trimmed(text: &str, span: Span, paragraphs: &mut Vec<Span>) {
    // Most lines are empty or have nothing to trim.
    if let [.., last] = text.as_bytes()[span.range()] {
        let plain = text.as_bytes()[span.start].is_ascii_graphic() && last.is_ascii_graphic();
        let span = if plain { span } else { trimmed(text, span) };
        if !span.is_empty() {
            paragraphs.push(span);
        }
    }
}

#[inline(never)]
fn trimmed(text: &str, span: Span) -> Span {
    let piece = &text[span];
    let start = span.end - piece.trim_start().len();
    Span::new(start, span.start + piece.trim_end().len())
}
