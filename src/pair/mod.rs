//! Marks → quoted strings: a tree with the outermost on top.
//!
//! Each paragraph is read by itself. Every mark may open, close, or be no quotation mark at all;
//! each choice has a cost told by the mark's form and neighbours, and the cheapest reading of the
//! whole paragraph wins (a Viterbi search over six states, linear in the marks). Repairs are
//! transitions with a cost of their own, so one stray mark costs its paragraph at most, and every
//! repair is flagged on the string it made.

mod paragraph;
mod search;
mod style;

use crate::marks::Glyph;
use crate::quote::Flags;
use crate::scan::{Mark, Scan};
use crate::span::Span;
use paragraph::{After, Fit, Paragraph};
use search::{Action, PairSearch};
pub(crate) use style::Elisions;
use style::Style;

/// Text between two marks (one of which may have been inferred).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// With its marks.
    pub(crate) outer: Span,
    /// Without them.
    pub(crate) inner: Span,
    /// The string this one lies in.
    pub(crate) parent: Option<u32>,
    /// The string of the paragraph before that this one goes on with.
    pub(crate) continues: Option<u32>,
    /// The string of the next paragraph that goes on with this one.
    pub(crate) continued_by: Option<u32>,
    /// The first string of these, this one if it continues none.
    head: u32,
    /// Of a first string: the last of these.
    last: u32,
    pub(crate) flags: Flags,
    pub(crate) single: bool,
    /// In marks of the kind that does not carry the speech of this text.
    pub(crate) minor: bool,
}

/// The last part of a string that goes over several paragraphs, by its first.
pub(crate) fn last_part(strings: &[Quoted], first: usize) -> usize {
    strings[first].last as usize
}

/// Working memory, reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Pairer {
    search: PairSearch,
    /// Open strings, each with the mark that opened it.
    stack: Vec<(u32, Option<Mark>)>,
}

impl Pairer {
    /// Pairs the marks of `scan` into `strings`, ordered by where they begin.
    pub(crate) fn pair(&mut self, text: &str, scan: &Scan, elisions: &Elisions, strings: &mut Vec<Quoted>) {
        strings.clear();
        let style = Style::of(text, &scan.marks, elisions);
        self.pair_in(text, scan, elisions, style, strings);
        strings.iter_mut().for_each(|string| string.minor = string.single != (style == Style::Single));
    }

    /// Goes from mark to mark: paragraphs without any cost a look at where they end.
    fn pair_in(&mut self, text: &str, scan: &Scan, elisions: &Elisions, style: Style, strings: &mut Vec<Quoted>) {
        let mut marks = &scan.marks[..];
        let mut paragraphs = &scan.paragraphs[..];
        let mut pending = None;
        while let Some(first) = marks.first() {
            let skipped = paragraphs.iter().take_while(|paragraph| paragraph.end <= first.at).count();
            if skipped > 0 {
                pending = None;
            }
            let Some((&span, after)) = paragraphs[skipped..].split_first() else { return };
            let count = marks.iter().take_while(|mark| mark.at < span.end).count();
            let (inside, behind) = marks.split_at(count);
            (marks, paragraphs) = (behind, after);
            let next = After::of(after.first().copied(), behind.first());
            let paragraph = Paragraph { text, span, marks: inside, style, elisions, next };
            pending = self.read(&paragraph, pending, strings);
        }
    }

    /// Reads one paragraph; returns the string left open for the next, if any.
    fn read(&mut self, paragraph: &Paragraph<'_>, pending: Option<u32>, strings: &mut Vec<Quoted>) -> Option<u32> {
        if pending.is_none() && paragraph.is_plain() {
            let (pairs, _) = paragraph.marks.as_chunks();
            pairs.iter().for_each(|[open, close]| push_plain(strings, open, close));
            return None;
        }
        let inside = self.search.read(paragraph, pending.is_some());
        let carried = pending.filter(|_| inside);
        self.build(paragraph, pending, carried, strings)
    }

    /// Turns the chosen actions into strings.
    fn build(
        &mut self,
        paragraph: &Paragraph<'_>,
        pending: Option<u32>,
        carried: Option<u32>,
        strings: &mut Vec<Quoted>,
    ) -> Option<u32> {
        self.stack.clear();
        if let Some(previous) = carried {
            let mut string = Quoted::open(paragraph.span.start, paragraph.span.start, None, false);
            string.continues = Some(previous);
            self.stack.push((push(strings, string), None));
        } else if let Some(previous) = pending
            && !paragraph.opens()
        {
            strings[previous as usize].flags |= Flags::INFERRED_CLOSE;
        }
        let mut free = paragraph.span.start;
        for (mark, action) in paragraph.marks.iter().zip(&self.search.actions) {
            match action {
                Action::Ignore => continue,
                Action::Open | Action::Reopen => {
                    if *action == Action::Reopen
                        && let Some((open, _)) = self.stack.pop()
                    {
                        strings[open as usize].close_lost(paragraph.text, mark.at);
                    }
                    let parent = self.stack.last().map(|&(parent, _)| parent);
                    let mut string = Quoted::open(mark.at, mark.end(), parent, mark.glyph.is_single());
                    if wrong_direction_open(mark.glyph) {
                        string.flags |= Flags::WRONG_DIRECTION;
                    }
                    if mark.at == paragraph.span.start && parent.is_none() {
                        string.continues = pending.filter(|&previous| {
                            let first = strings[strings[previous as usize].head as usize].outer.start;
                            carried.is_none() && are_alike(paragraph.text, first, mark.at)
                        });
                    }
                    self.stack.push((push(strings, string), Some(*mark)));
                }
                Action::Close => {
                    if let Some((open, opener)) = self.stack.pop() {
                        strings[open as usize].close(opener, mark);
                    }
                }
                Action::LostOpen => {
                    let start = paragraph.lost_start(free, mark.at);
                    let mut string = Quoted::open(start, start, None, mark.glyph.is_single());
                    string.flags |= Flags::INFERRED_OPEN;
                    string.inner.end = mark.at;
                    string.outer.end = mark.end();
                    push(strings, string);
                }
            }
            free = mark.end();
        }
        self.leave(paragraph, strings)
    }

    /// Closes what is open at the paragraph's end; returns a string that goes on.
    fn leave(&mut self, paragraph: &Paragraph<'_>, strings: &mut [Quoted]) -> Option<u32> {
        let outermost = self.stack.first().map(|&(outermost, _)| outermost);
        let goes_on = paragraph.next != After::Nothing;
        while let Some((open, _)) = self.stack.pop() {
            let string = &mut strings[open as usize];
            string.inner.end = paragraph.span.end;
            string.outer.end = paragraph.span.end;
            if !goes_on || Some(open) != outermost || string.single {
                string.flags |= Flags::INFERRED_CLOSE;
            }
        }
        outermost.filter(|_| goes_on)
    }
}

impl Quoted {
    fn open(at: usize, inner: usize, parent: Option<u32>, single: bool) -> Quoted {
        Quoted {
            outer: Span::new(at, at),
            inner: Span::new(inner, inner),
            parent,
            continues: None,
            continued_by: None,
            head: 0,
            last: 0,
            flags: Flags::empty(),
            single,
            minor: false,
        }
    }

    fn close(&mut self, opener: Option<Mark>, mark: &Mark) {
        self.inner.end = mark.at;
        self.outer.end = mark.end();
        let Some(opener) = opener else { return };
        if Fit::of(opener.glyph, mark.glyph) != Fit::Pair {
            self.flags |= Flags::MIXED_PAIR;
        }
        if mark.glyph == Glyph::CurlyOpen && opener.glyph != Glyph::CurlyLow {
            self.flags |= Flags::WRONG_DIRECTION;
        }
    }

    /// Ends before `at`, where the next quotation opens.
    fn close_lost(&mut self, text: &str, at: usize) {
        let end = self.inner.start + text[self.inner.start..at].trim_end().len();
        self.inner.end = end;
        self.outer.end = end;
        self.flags |= Flags::INFERRED_CLOSE;
    }
}

/// Whether two marks are both straight or both curly: a quotation goes on in the marks it began with.
fn are_alike(text: &str, one: usize, other: usize) -> bool {
    text.as_bytes()[one].is_ascii() == text.as_bytes()[other].is_ascii()
}

fn push(strings: &mut Vec<Quoted>, mut string: Quoted) -> u32 {
    let index = strings.len() as u32;
    (string.head, string.last) = (index, index);
    if let Some(previous) = string.continues {
        string.head = strings[previous as usize].head;
        strings[string.head as usize].last = index;
        strings[previous as usize].continued_by = Some(index);
        strings[previous as usize].flags |= Flags::CONTINUED;
    }
    strings.push(string);
    index
}

/// Adds what stands between two marks that fit.
fn push_plain(strings: &mut Vec<Quoted>, open: &Mark, close: &Mark) {
    let mut string = Quoted::open(open.at, open.end(), None, open.glyph.is_single());
    string.inner.end = close.at;
    string.outer.end = close.end();
    push(strings, string);
}

fn wrong_direction_open(glyph: Glyph) -> bool {
    matches!(glyph, Glyph::CurlyClose | Glyph::SingleClose)
}

#[cfg(test)]
mod tests;
