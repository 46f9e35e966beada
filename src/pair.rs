//! Marks → quoted strings: a tree with the outermost on top.
//!
//! Each paragraph is read by itself. Every mark may open, close, or be no quotation mark at all;
//! each choice has a cost told by the mark's form and neighbours, and the cheapest reading of the
//! whole paragraph wins (a Viterbi search over six states, linear in the marks). Repairs are
//! transitions with a cost of their own, so one stray mark costs its paragraph at most, and every
//! repair is flagged on the string it made.

use crate::quote::Flags;
use crate::scan::{Glyph, Mark, Scan};
use crate::span::Span;
use std::collections::HashSet;

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

/// Words that begin with an apostrophe (*'tis*, *'em*), so that it does not open a quotation.
#[derive(Debug, Default, Clone)]
pub(crate) struct Elisions(HashSet<Box<str>>);

impl Elisions {
    /// One word a line, without its apostrophe; `#` begins a comment.
    pub(crate) fn from_text(text: &str) -> Elisions {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or("").trim());
        Elisions(lines.flat_map(str::split_whitespace).map(Into::into).collect())
    }

    /// Whether the text after an apostrophe goes on as such a word, or as a decade (*'90s*).
    fn follow(&self, rest: &str) -> bool {
        const LONGEST: usize = 12;
        let end = rest.bytes().take(LONGEST + 1).take_while(u8::is_ascii_alphanumeric).count();
        let word = &rest[..end];
        if word.bytes().take_while(u8::is_ascii_digit).count() >= 2 {
            return word.len() <= 3;
        }
        end <= LONGEST && self.0.contains(word.to_ascii_lowercase().as_str())
    }
}

/// Which marks carry the speech of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Double,
    Single,
}

impl Style {
    /// Single if pairs of single marks that look like speech outnumber the double pairs.
    fn of(text: &str, marks: &[Mark], elisions: &Elisions) -> Style {
        let (mut doubles, mut openers, mut closers) = (0usize, 0usize, 0usize);
        for mark in marks {
            if !mark.glyph.is_single() {
                doubles += 1;
            } else if mark.can_open && !mark.can_close {
                let rest = &text[mark.end()..];
                let capital = rest.chars().next().is_some_and(char::is_uppercase);
                openers += usize::from(capital && !elisions.follow(rest));
            } else if mark.can_close && !mark.can_open {
                closers += usize::from(after_stop(text, mark.at));
            }
        }
        let singles = openers.min(closers);
        if singles >= 2 && singles > doubles / 2 { Style::Single } else { Style::Double }
    }
}

/// Whether punctuation that ends quoted speech stands right before `at`.
fn after_stop(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_some_and(|last| matches!(last, '.' | ',' | '!' | '?' | ';' | '…' | '—' | '–' | '-'))
}

type Cost = u32;
const NEVER: Cost = 1 << 24;
/// Leaving a double mark out of every quotation.
const IGNORE: Cost = 30;
/// Opening a quotation whose mark was lost.
const LOST_OPEN: Cost = 12;
/// Ending a quotation whose mark was lost, at the next opening mark or the paragraph's end.
const LOST_CLOSE: Cost = 20;
/// A quotation that goes on in the next paragraph, which opens anew.
const GOES_ON: Cost = 2;
/// The same when the next paragraph does not open anew but closes.
const RUNS_ON: Cost = 5;
/// Marks of one kind inside each other.
const SAME_KIND: Cost = 13;
/// A single quotation left open.
const SINGLE_LEFT_OPEN: Cost = 15;
/// A quotation in single marks, longer than this many bytes, in a text of double marks.
const LONG_SINGLE: usize = 400;

/// What one mark costs to use in each way.
#[derive(Clone, Copy)]
struct Costs {
    open: Cost,
    close: Cost,
    ignore: Cost,
}

const STATES: usize = 6;
const OUTSIDE: usize = 0;
const DOUBLE: usize = 1;
const SINGLE: usize = 2;
const DOUBLE_SINGLE: usize = 3;
const SINGLE_DOUBLE: usize = 4;
const DOUBLE_DOUBLE: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Ignore,
    Open,
    Close,
    /// Ends the open quotation, which lost its mark, and opens a new one.
    Reopen,
    /// Closes a quotation that was never opened.
    LostOpen,
}

/// The cheapest way into a state, with the marks that opened its levels.
#[derive(Clone, Copy)]
struct Path {
    cost: Cost,
    outer: u32,
    inner: u32,
}

/// No mark: the level was open when the paragraph began.
const CARRIED: u32 = u32::MAX;
const UNREACHED: Path = Path { cost: NEVER, outer: CARRIED, inner: CARRIED };

type Step = [(u8, Action); STATES];

/// Working memory, reused from text to text.
#[derive(Debug, Default)]
pub(crate) struct Pairer {
    steps: Vec<Step>,
    actions: Vec<Action>,
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

    fn pair_in(&mut self, text: &str, scan: &Scan, elisions: &Elisions, style: Style, strings: &mut Vec<Quoted>) {
        let mut from = 0;
        let mut pending = None;
        for (index, &paragraph) in scan.paragraphs.iter().enumerate() {
            let count = scan.marks[from..].iter().take_while(|mark| mark.at < paragraph.end).count();
            let marks = &scan.marks[from..from + count];
            from += count;
            if marks.is_empty() {
                pending = None;
                continue;
            }
            let after = scan.marks.get(from);
            let next = After::of(scan.paragraphs.get(index + 1).copied(), after);
            let reader = Paragraph { text, span: paragraph, marks, style, elisions, next };
            pending = self.read(&reader, pending, strings);
        }
    }

    /// Reads one paragraph; gives back the string left open for the next, if any.
    fn read(&mut self, paragraph: &Paragraph<'_>, pending: Option<u32>, strings: &mut Vec<Quoted>) -> Option<u32> {
        let last = self.search(paragraph, pending.is_some());
        self.actions.clear();
        let mut state = last;
        for step in self.steps.iter().rev() {
            let (before, action) = step[state];
            self.actions.push(action);
            state = usize::from(before);
        }
        self.actions.reverse();
        let carried = if state == DOUBLE { pending } else { None };
        self.build(paragraph, pending, carried, strings)
    }

    /// Fills `steps` with the cheapest way into each state after each mark.
    fn search(&mut self, paragraph: &Paragraph<'_>, pending: bool) -> usize {
        self.steps.clear();
        let mut paths = [UNREACHED; STATES];
        paths[OUTSIDE].cost = 0;
        if pending {
            paths[DOUBLE].cost = RUNS_ON;
        }
        for (index, mark) in paragraph.marks.iter().enumerate() {
            let (next, step) = paragraph.advance(&paths, index as u32, mark);
            paths = next;
            self.steps.push(step);
        }
        let ends = paragraph.end_costs();
        (0..STATES).min_by_key(|&state| paths[state].cost.saturating_add(ends[state])).unwrap_or(OUTSIDE)
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
        for (mark, action) in paragraph.marks.iter().zip(&self.actions) {
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
                        string.continues = pending.filter(|_| carried.is_none());
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

    /// Closes what is open at the paragraph's end; gives back a string that goes on.
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

fn wrong_direction_open(glyph: Glyph) -> bool {
    matches!(glyph, Glyph::CurlyClose | Glyph::SingleClose)
}

/// How an opening and a closing glyph go together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Pair,
    /// One straight, one curly: an editor's slip.
    Mixed,
    Foreign,
}

impl Fit {
    fn of(open: Glyph, close: Glyph) -> Fit {
        use Glyph::{
            AngleClose, AngleOpen, Apostrophe, CornerClose, CornerOpen, CurlyClose, CurlyLow, CurlyOpen, FullWidth,
            Graves, Primes, SingleAngleClose, SingleAngleOpen, SingleClose, SingleLow, SingleOpen, Straight,
        };
        match (open, close) {
            (Straight, Straight)
            | (CurlyOpen | CurlyLow | CurlyClose, CurlyClose)
            | (CurlyLow | CurlyOpen, CurlyOpen)
            | (Primes | Graves, Primes)
            | (AngleOpen, AngleClose)
            | (AngleClose, AngleOpen | AngleClose)
            | (CornerOpen, CornerClose)
            | (FullWidth, FullWidth)
            | (Apostrophe, Apostrophe)
            | (SingleOpen | SingleLow | SingleClose, SingleClose)
            | (SingleLow, SingleOpen)
            | (SingleAngleOpen, SingleAngleClose)
            | (SingleAngleClose, SingleAngleOpen) => Fit::Pair,
            (
                Straight | CurlyOpen | CurlyClose | CurlyLow | Primes | Graves,
                Straight | CurlyClose | CurlyOpen | Primes,
            )
            | (Apostrophe | SingleOpen | SingleClose, Apostrophe | SingleClose) => Fit::Mixed,
            _ => Fit::Foreign,
        }
    }

    fn cost(self) -> Cost {
        match self {
            Fit::Pair => 0,
            Fit::Mixed => 6,
            Fit::Foreign => 18,
        }
    }
}

/// What the next paragraph does with a quotation that is still open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// It opens anew: the quotation goes on.
    Opens,
    /// Its first mark only closes: the quotation runs on.
    Closes,
    Nothing,
}

impl After {
    fn of(paragraph: Option<Span>, mark: Option<&Mark>) -> After {
        match (paragraph, mark) {
            (Some(paragraph), Some(mark)) if mark.at < paragraph.end && !mark.glyph.is_single() => {
                if mark.at == paragraph.start && (mark.can_open || !mark.can_close) {
                    After::Opens
                } else if mark.can_close && !mark.can_open {
                    After::Closes
                } else {
                    After::Nothing
                }
            }
            _ => After::Nothing,
        }
    }
}

/// One paragraph with its marks.
struct Paragraph<'a> {
    text: &'a str,
    span: Span,
    marks: &'a [Mark],
    style: Style,
    elisions: &'a Elisions,
    next: After,
}

impl Paragraph<'_> {
    fn opens(&self) -> bool {
        self.marks.first().is_some_and(|mark| mark.at == self.span.start)
    }

    /// Where a quotation whose opening mark was lost began: at the paragraph's first word or, after
    /// an earlier quotation, at the first sentence that begins after it.
    fn lost_start(&self, free: usize, end: usize) -> usize {
        if free == self.span.start {
            return free;
        }
        let between = &self.text[free..end];
        let mut stopped = false;
        for (at, letter) in between.char_indices() {
            match letter {
                '.' | '!' | '?' => stopped = true,
                _ if letter.is_whitespace() => {}
                _ if stopped && letter.is_uppercase() && between[..at].ends_with(char::is_whitespace) => {
                    return free + at;
                }
                _ => stopped = false,
            }
        }
        free + (between.len() - between.trim_start().len())
    }

    fn end_costs(&self) -> [Cost; STATES] {
        let open = match self.next {
            After::Opens => GOES_ON,
            After::Closes => RUNS_ON,
            After::Nothing => LOST_CLOSE,
        };
        let single = if self.style == Style::Single { LOST_CLOSE } else { SINGLE_LEFT_OPEN };
        [0, open, single, open + SINGLE_LEFT_OPEN, single + LOST_CLOSE, open + IGNORE]
    }

    fn costs(&self, mark: &Mark) -> Costs {
        if mark.glyph.is_single() { self.single_costs(mark) } else { self.double_costs(mark) }
    }

    fn double_costs(&self, mark: &Mark) -> Costs {
        let only_open = mark.can_open && !mark.can_close;
        let only_close = mark.can_close && !mark.can_open;
        let mut costs = match mark.glyph {
            Glyph::CurlyOpen | Glyph::CurlyLow | Glyph::Graves | Glyph::CornerOpen => Costs {
                open: if only_close { 12 } else { 0 },
                close: if only_close { 12 } else { IGNORE },
                ignore: IGNORE,
            },
            Glyph::CurlyClose | Glyph::CornerClose => Costs {
                open: if only_open { 12 } else { IGNORE },
                close: if only_open { 12 } else { 0 },
                ignore: IGNORE,
            },
            // « … » in most places, » … « in some.
            Glyph::AngleOpen => Costs { open: 0, close: if only_open { IGNORE } else { 4 }, ignore: IGNORE },
            Glyph::AngleClose => Costs { open: if only_close { IGNORE } else { 4 }, close: 0, ignore: IGNORE },
            _ => {
                let (open, close) = match (mark.can_open, mark.can_close) {
                    (true, false) => (0, 20),
                    (false, true) => (20, 0),
                    (true, true) => (3, 3),
                    (false, false) => (12, 12),
                };
                Costs { open, close, ignore: IGNORE }
            }
        };
        if mark.glyph == Glyph::Straight {
            costs.ignore = self.inches(mark.at).unwrap_or(costs.ignore);
        }
        costs
    }

    /// 6'2" and 12" are measures.
    fn inches(&self, at: usize) -> Option<Cost> {
        let before = self.text[self.span.start..at].trim_end_matches('″').as_bytes();
        let digits = before.iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let rest = &before[..before.len() - digits];
        let feet = rest.ends_with(b"'") || rest.ends_with("’".as_bytes()) || rest.ends_with(b"' ");
        Some(if feet { 2 } else { 15 })
    }

    fn single_costs(&self, mark: &Mark) -> Costs {
        let only_open = mark.can_open && !mark.can_close;
        let only_close = mark.can_close && !mark.can_open;
        let elision = !only_close && self.elisions.follow(&self.text[mark.end()..]);
        let speech = self.style == Style::Single;
        match mark.glyph {
            Glyph::SingleOpen | Glyph::SingleLow | Glyph::SingleAngleOpen => {
                let open = if elision {
                    8
                } else if speech {
                    0
                } else {
                    2
                };
                Costs { open, close: IGNORE, ignore: if elision { 2 } else { 10 } }
            }
            Glyph::SingleAngleClose => Costs { open: IGNORE, close: 0, ignore: IGNORE },
            glyph if only_open => {
                let turned = glyph == Glyph::SingleClose;
                let open = if elision {
                    12
                } else if speech {
                    0
                } else {
                    5
                } + if turned { 15 } else { 0 };
                Costs { open, close: IGNORE, ignore: if elision || turned { 0 } else { 9 } }
            }
            _ if only_close => {
                let plural = self.text[..mark.at].ends_with('s');
                match (after_stop(self.text, mark.at), speech) {
                    (true, true) => Costs { open: IGNORE, close: 0, ignore: 15 },
                    (true, false) => Costs { open: IGNORE, close: 0, ignore: 6 },
                    (false, true) => Costs { open: IGNORE, close: 6, ignore: 2 },
                    (false, false) => Costs { open: IGNORE, close: if plural { 7 } else { 3 }, ignore: 1 },
                }
            }
            _ => Costs { open: 8, close: 6, ignore: 3 },
        }
    }

    /// All ways to take `mark` from each state.
    fn advance(&self, paths: &[Path; STATES], index: u32, mark: &Mark) -> ([Path; STATES], Step) {
        let costs = self.costs(mark);
        let mut next = [UNREACHED; STATES];
        let mut step = [(0u8, Action::Ignore); STATES];
        let mut offer = |from: usize, to: usize, cost: Cost, action: Action, outer: u32, inner: u32| {
            let cost = paths[from].cost.saturating_add(cost);
            if cost < next[to].cost {
                next[to] = Path { cost, outer, inner };
                step[to] = (from as u8, action);
            }
        };
        for (state, path) in paths.iter().enumerate() {
            if path.cost < NEVER {
                offer(state, state, costs.ignore, Action::Ignore, path.outer, path.inner);
            }
        }
        let close = |opener: u32| costs.close + self.fit_cost(opener, mark);
        let [_, double, single, double_single, single_double, double_double] = *paths;
        if mark.glyph.is_single() {
            offer(OUTSIDE, SINGLE, costs.open, Action::Open, index, CARRIED);
            offer(DOUBLE, DOUBLE_SINGLE, costs.open, Action::Open, double.outer, index);
            offer(SINGLE, OUTSIDE, close(single.outer), Action::Close, CARRIED, CARRIED);
            offer(DOUBLE_SINGLE, DOUBLE, close(double_single.inner), Action::Close, double_single.outer, CARRIED);
            if self.style == Style::Single && self.only_ends_speech(mark) {
                offer(OUTSIDE, OUTSIDE, LOST_OPEN + costs.close, Action::LostOpen, CARRIED, CARRIED);
            }
        } else {
            offer(OUTSIDE, DOUBLE, costs.open, Action::Open, index, CARRIED);
            offer(DOUBLE, OUTSIDE, close(double.outer), Action::Close, CARRIED, CARRIED);
            offer(DOUBLE, DOUBLE, costs.open + LOST_CLOSE, Action::Reopen, index, CARRIED);
            offer(DOUBLE, DOUBLE_DOUBLE, costs.open + SAME_KIND, Action::Open, double.outer, index);
            offer(DOUBLE_DOUBLE, DOUBLE, close(double_double.inner), Action::Close, double_double.outer, CARRIED);
            offer(SINGLE, SINGLE_DOUBLE, costs.open, Action::Open, single.outer, index);
            offer(SINGLE_DOUBLE, SINGLE, close(single_double.inner), Action::Close, single_double.outer, CARRIED);
            if self.only_ends_speech(mark) {
                offer(OUTSIDE, OUTSIDE, LOST_OPEN + costs.close, Action::LostOpen, CARRIED, CARRIED);
            }
        }
        (next, step)
    }

    /// Whether nothing but a quotation can end at this mark.
    fn only_ends_speech(&self, mark: &Mark) -> bool {
        let directed = matches!(mark.glyph, Glyph::CurlyClose | Glyph::CornerClose);
        mark.can_close && !mark.can_open && (directed || after_stop(self.text, mark.at))
    }

    fn fit_cost(&self, opener: u32, mark: &Mark) -> Cost {
        let Some(open) = self.marks.get(opener as usize) else { return 0 };
        let long = self.style == Style::Double && mark.glyph.is_single() && mark.at - open.at > LONG_SINGLE;
        Fit::of(open.glyph, mark.glyph).cost() + if long { LOST_CLOSE } else { 0 }
    }
}

#[cfg(test)]
mod tests;
