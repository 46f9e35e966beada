//! What of a text is read: all but what nobody sees and what mail and damage have added.
//!
//! Zero-width characters, soft hyphens, byte order marks, `> ` in front of quoted lines, backslashes before quotation marks and
//! marks that were decoded wrongly (`â€œ`) stand in the way of everything behind. Nearly no text has any, which a few
//! searches for single bytes tell. The others are read as a copy without them, and every span of the answer is moved to
//! where it stands in the caller's text.

use crate::marks::{MISREAD, Uses, uses};
use crate::quote::{Attribution, Found};
use crate::span::Span;

/// A text as it is read, and where each piece of it stands in the caller's. Reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    text: String,
    /// Where the copy does not go on like the text, in order. Empty if the text is read as it is.
    seams: Vec<Seam>,
    /// Content moved to the caller's text.
    contents: Vec<Span>,
}

/// A place of the copy before which something is left out or written otherwise.
#[derive(Clone, Copy, Debug)]
struct Seam {
    /// The place in the copy, and in the text.
    copy: usize,
    text: usize,
    /// Where what stands before it ends in the text.
    end: usize,
    /// What is left out stands in front of a line.
    is_prefix: bool,
}

impl View {
    /// Looks at a text; whether it must be read as [`copy`](View::copy).
    pub(crate) fn read(&mut self, text: &str) -> bool {
        self.seams.clear();
        if !may_differ(text) {
            return false;
        }
        self.text.clear();
        let is_quoted = quoted_lines(text) > 1;
        let (mut from, mut at) = (0, 0);
        while at < text.len() {
            let rest = &text[at..];
            let is_line = at == 0 || text.as_bytes()[at - 1] == b'\n';
            let prefix = if is_quoted && is_line { line_prefix(rest) } else { 0 };
            let (len, written) = if prefix > 0 { (prefix, None) } else { passed_over(text, at) };
            if len == 0 {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
            self.copy_piece(text, from, at);
            if let Some(mark) = written {
                self.seams.push(Seam { copy: self.text.len(), text: at, end: at, is_prefix: false });
                self.text.push(mark);
            }
            at += len;
            let end = if written.is_some() { at } else { at - len };
            self.seams.push(Seam { copy: self.text.len(), text: at, end, is_prefix: prefix > 0 });
            from = at;
        }
        self.copy_piece(text, from, text.len());
        !self.seams.is_empty()
    }

    fn copy_piece(&mut self, text: &str, from: usize, to: usize) {
        self.text.push_str(&text[from..to]);
    }

    /// The text as it is read. Its room is given back by [`put_back`](View::put_back).
    pub(crate) fn take_copy(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    pub(crate) fn put_back(&mut self, copy: String) {
        self.text = copy;
    }

    /// Where a span of the copy stands in the text. An empty one stands behind what is before it.
    pub(crate) fn span(&self, span: Span) -> Span {
        let end = self.end(span.end);
        Span::new(if span.is_empty() { end } else { self.start(span.start) }, end)
    }

    /// Where what begins at a place of the copy begins in the text: behind what is left out before it.
    fn start(&self, at: usize) -> usize {
        let after = self.seams.partition_point(|seam| seam.copy <= at);
        after.checked_sub(1).map_or(at, |last| self.seams[last].text + (at - self.seams[last].copy))
    }

    /// Where what ends at a place of the copy ends in the text: before what is left out behind it.
    fn end(&self, at: usize) -> usize {
        let first = self.seams.partition_point(|seam| seam.copy < at);
        match self.seams.get(first).filter(|seam| seam.copy == at) {
            Some(seam) => seam.end,
            None => first.checked_sub(1).map_or(at, |last| self.seams[last].text + (at - self.seams[last].copy)),
        }
    }

    /// Moves all that was found to the caller's text. Content is cut where a line has something in front that is left out.
    pub(crate) fn restore(&mut self, found: &mut Found) {
        if self.seams.is_empty() {
            return;
        }
        self.restore_contents(found);
        for Attribution { cue, source, addressee, .. } in &mut found.quotes {
            *cue = cue.map(|span| self.span(span));
            for place in [source, addressee].into_iter().flatten() {
                place.span = self.span(place.span);
            }
        }
        for string in &mut found.strings {
            let (outer, inner) = (self.span(string.outer), self.span(string.inner));
            // An empty one may stand on either side of what is left out.
            let inside = |at: usize| at.clamp(outer.start, outer.end);
            (string.outer, string.inner) = (outer, Span::new(inside(inner.start), inside(inner.end)));
        }
        for block in &mut found.blocks {
            block.words = self.start(block.words);
            (block.span, block.label) = (self.span(block.span), block.label.map(|span| self.span(span)));
        }
        for speaker in &mut found.resolved.speakers {
            speaker.name = self.span(speaker.name);
            speaker.on_behalf_of = speaker.on_behalf_of.map(|span| self.span(span));
        }
        for link in &mut found.resolved.links {
            link.addressee = link.addressee.map(|span| self.span(span));
        }
        for place in &mut found.resolved.places {
            *place = self.span(*place);
        }
    }

    fn restore_contents(&mut self, found: &mut Found) {
        let mut contents = std::mem::take(&mut self.contents);
        contents.clear();
        for quote in &mut found.quotes {
            let from = contents.len() as u32;
            for span in &found.contents[quote.content.0 as usize..quote.content.1 as usize] {
                let first = self.seams.partition_point(|seam| seam.copy <= span.start);
                let inside = self.seams[first..].iter().take_while(|seam| seam.copy < span.end);
                let mut start = span.start;
                for seam in inside.filter(|seam| seam.is_prefix) {
                    self.push_line(&mut contents, Span::new(start, seam.copy));
                    start = seam.copy;
                }
                self.push_line(&mut contents, Span::new(start, span.end));
            }
            quote.content = (from, contents.len() as u32);
        }
        // Buffers that changed places would grow again and again.
        found.contents.clear();
        found.contents.extend_from_slice(&contents);
        self.contents = contents;
    }

    /// Adds a line of content without the line end.
    fn push_line(&self, contents: &mut Vec<Span>, line: Span) {
        let words = self.text[line].trim();
        if !words.is_empty() {
            let start = line.start + (self.text[line].len() - self.text[line].trim_start().len());
            contents.push(self.span(Span::new(start, start + words.len())));
        }
    }
}

/// Whether a text may hold something that is passed over: no other is read byte by byte.
fn may_differ(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The first bytes of quotation marks and letters are the same: the next ones tell nearly all of them apart.
    let wide = |at: usize| {
        let may_be = match bytes[at..] {
            [0xE2, second, third, ..] => matches!((second, third), (0x80, 0x8B..=0x8F | 0xAA..=0xAE) | (0x81, 0xA0)),
            [0xC2, second, ..] => second == 0xAD,
            [0xC3, second, third, ..] => second == 0xA2 && third == 0xE2,
            _ => true,
        };
        may_be && passed_over(text, at).0 > 0
    };
    memchr::memchr3_iter(0xC2, 0xC3, 0xEF, bytes).any(wide)
        || memchr::memchr2_iter(0xE2, b'\\', bytes).any(wide)
        || memchr::memchr(b'>', bytes).is_some() && quoted_lines(text) > 1
}

/// How many lines begin with a sign of quoting, as far as two.
fn quoted_lines(text: &str) -> usize {
    let begins = |&at: &usize| (at == 0 || text.as_bytes()[at - 1] == b'\n') && line_prefix(&text[at..]) > 0;
    memchr::memchr_iter(b'>', text.as_bytes()).filter(begins).take(2).count()
}

/// The length of the signs of quoting in front of a line: `> `, `>> `.
fn line_prefix(line: &str) -> usize {
    let signs = line.bytes().take_while(|byte| *byte == b'>').count();
    let rest = &line[signs..];
    match signs {
        0 => 0,
        _ if rest.starts_with(' ') => signs + 1,
        _ if rest.is_empty() || rest.starts_with(['\n', '\r', '>']) => signs,
        _ => 0,
    }
}

/// The length of what is passed over at a place, and the mark that is read for it, if any.
fn passed_over(text: &str, at: usize) -> (usize, Option<char>) {
    let rest = &text[at..];
    let Some(first) = rest.chars().next() else { return (0, None) };
    match first {
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' => {
            (first.len_utf8(), None)
        }
        '\\' if rest[1..].starts_with(|next| uses(next).has(Uses::QUOTE)) => (1, None),
        _ => {
            let misread = MISREAD.iter().find(|(written, _)| rest.starts_with(written));
            misread.map_or((0, None), |(written, mark)| (written.len(), Some(*mark)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::View;
    use crate::span::Span;

    #[test]
    fn spans_are_moved_to_the_text() {
        let text = "\u{FEFF}Ana\u{200B} Lim\u{AD}: â€œGo,â€\u{9d} \\\"now\\\"";
        let mut view = View::default();
        assert!(view.read(text));
        let copy = view.take_copy();
        assert_eq!(copy, "Ana Lim: “Go,” \"now\"");
        for word in ["Ana", "Lim", "Go", "“Go,”", "\"now\"", "Ana Lim: “Go,” \"now\""] {
            let at = copy.find(word).unwrap();
            let span = view.span(Span::new(at, at + word.len()));
            let letters = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>();
            assert_eq!(letters(&text[span]), letters(word), "{word}");
            let slice = &text[span];
            assert!(
                !slice.starts_with(['\u{FEFF}', '\u{200B}', ' '])
                    && !slice.ends_with(['\u{200B}', '\u{AD}', ' ', '\\'])
            );
        }
    }

    #[test]
    fn an_empty_span_stays_inside_of_what_is_around_it() {
        let mut view = View::default();
        assert!(view.read("«\u{200B}“\""));
        assert_eq!(view.span(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(view.span(Span::new(2, 2)), Span::new(2, 2));
        assert_eq!(view.span(Span::new(2, 5)), Span::new(5, 8));
    }

    #[test]
    fn what_is_plain_is_read_as_it_is() {
        for text in ["", "a > b\n> c", "“Go,” said Ana Lim – naïvely.", "C:\\temp", "x >> y", "é Â ñ ï"] {
            assert!(!View::default().read(text), "{text}");
        }
    }

    #[test]
    fn lines_lose_their_signs_of_quoting() {
        let mut view = View::default();
        assert!(view.read("> He said\n> no.\n>\n>> a"));
        assert_eq!(view.take_copy(), "He said\nno.\n\na");
    }
}
