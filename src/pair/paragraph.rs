//! One paragraph with its marks, and what it costs to take a mark for one that opens, one that closes, or none.

use super::style::{Elisions, Style, after_stop};
use crate::marks::{self, Direction, Glyph, Uses};
use crate::scan::Mark;
use crate::span::Span;

pub(super) type Cost = u32;
/// Leaving a double mark out of every quotation.
pub(super) const IGNORE: Cost = 30;
/// Ending a quotation whose mark was lost, at the next opening mark or the paragraph's end.
pub(super) const LOST_CLOSE: Cost = 20;
/// A quotation in single marks, longer than this many bytes, in a text of double marks.
const LONG_SINGLE: usize = 400;

/// What one mark costs to use in each way.
#[derive(Clone, Copy)]
pub(super) struct Costs {
    pub(super) open: Cost,
    pub(super) close: Cost,
    pub(super) ignore: Cost,
}

/// What the next paragraph does with a quotation that is still open.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// It opens anew: the quotation goes on.
    Opens,
    /// Its first mark only closes: the quotation runs on.
    Closes,
    Nothing,
}

impl After {
    pub(super) fn of(paragraph: Option<Span>, mark: Option<&Mark>) -> After {
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
pub(super) struct Paragraph<'a> {
    pub(super) text: &'a str,
    pub(super) span: Span,
    pub(super) marks: &'a [Mark],
    pub(super) style: Style,
    pub(super) elisions: &'a Elisions,
    pub(super) next: After,
}

impl Paragraph<'_> {
    pub(super) fn opens(&self) -> bool {
        self.marks.first().is_some_and(|mark| mark.at == self.span.start)
    }

    /// Where a quotation whose opening mark was lost began: at the paragraph's first word or, after
    /// an earlier quotation, at the first sentence that begins after it.
    pub(super) fn lost_start(&self, free: usize, end: usize) -> usize {
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

    /// Whether the marks, taken by turns, open and close at no cost. Each other reading costs something.
    pub(super) fn is_plain(&self) -> bool {
        let (pairs, rest) = self.marks.as_chunks();
        rest.is_empty() && pairs.iter().all(|[open, close]| is_plain_pair(open, close))
    }

    pub(super) fn costs(&self, mark: &Mark) -> Costs {
        if mark.glyph.is_single() { self.single_costs(mark) } else { self.double_costs(mark) }
    }

    fn double_costs(&self, mark: &Mark) -> Costs {
        let mut costs = form_costs(mark.glyph, mark.can_open, mark.can_close);
        if mark.glyph == Glyph::Straight {
            costs.ignore = self.inches(mark.at).unwrap_or(costs.ignore);
        }
        costs
    }

    /// 6'2" and 12" are measures.
    fn inches(&self, at: usize) -> Option<Cost> {
        let measure = |letter: char| marks::uses(letter).has(Uses::MEASURE);
        let before = self.text[self.span.start..at].trim_end_matches(measure);
        let digits = before.bytes().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        let rest = &before[..before.len() - digits];
        let feet = rest.ends_with(marks::is_apostrophe)
            || matches!(rest.as_bytes(), [.., mark, b' '] if marks::ascii_uses(*mark).has(Uses::APOSTROPHE));
        Some(if feet { 2 } else { 15 })
    }

    fn single_costs(&self, mark: &Mark) -> Costs {
        let only_open = mark.can_open && !mark.can_close;
        let only_close = mark.can_close && !mark.can_open;
        let elision = !only_close && self.elisions.follow(&self.text[mark.end()..]);
        let speech = self.style == Style::Single;
        match mark.glyph.turn() {
            Direction::Opens => {
                let open = if elision {
                    8
                } else if speech {
                    0
                } else {
                    2
                };
                Costs { open, close: IGNORE, ignore: if elision { 2 } else { 10 } }
            }
            Direction::Closes => Costs { open: IGNORE, close: 0, ignore: IGNORE },
            turn if only_open => {
                let turned = turn == Direction::MostlyCloses;
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
                let plural = self.elisions.may_be_plural(&self.text[..mark.at]);
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

    /// Whether nothing but a quotation can end at this mark.
    pub(super) fn only_ends_speech(&self, mark: &Mark) -> bool {
        let directed = mark.glyph.turn() == Direction::Closes && !mark.glyph.is_single();
        mark.can_close && !mark.can_open && (directed || after_stop(self.text, mark.at))
    }

    pub(super) fn fit_cost(&self, opener: u32, mark: &Mark) -> Cost {
        let Some(open) = self.marks.get(opener as usize) else { return 0 };
        let long = self.style == Style::Double && mark.glyph.is_single() && mark.at - open.at > LONG_SINGLE;
        Fit::of(open.glyph, mark.glyph).cost() + if long { LOST_CLOSE } else { 0 }
    }
}

/// Whether two double marks open and close at no cost.
fn is_plain_pair(open: &Mark, close: &Mark) -> bool {
    PLAIN_PARTNERS[form(open)][0] & PLAIN_PARTNERS[form(close)][1] != 0
}

/// A number for each form of a mark: its glyph, and what its neighbours allow.
fn form(mark: &Mark) -> usize {
    (4 * mark.glyph as usize + 2 * usize::from(mark.can_open) + usize::from(mark.can_close)) % FORMS
}

const FORMS: usize = 4 * 32;

/// For each form, a bit for each glyph: which close it where it opens at no cost, and itself if it closes at no cost.
const PLAIN_PARTNERS: [[u32; 2]; FORMS] = {
    let mut partners = [[0; 2]; FORMS];
    let mut form = 0;
    while form < 4 * Glyph::COUNT {
        let glyph = Glyph::numbered(form / 4);
        let costs = form_costs(glyph, form & 2 != 0, form & 1 != 0);
        let mut other = 0;
        while other < Glyph::COUNT && !glyph.is_single() {
            if costs.open == 0 && glyph.is_closed_by(Glyph::numbered(other)) {
                partners[form][0] |= 1 << other;
            }
            other += 1;
        }
        if costs.close == 0 && !glyph.is_single() {
            partners[form][1] = 1 << (form / 4);
        }
        form += 1;
    }
    partners
};

/// What the form of a double mark and its neighbours tell.
const fn form_costs(glyph: Glyph, can_open: bool, can_close: bool) -> Costs {
    let only_open = can_open && !can_close;
    let only_close = can_close && !can_open;
    match glyph.turn() {
        Direction::Opens => {
            Costs { open: if only_close { 12 } else { 0 }, close: if only_close { 12 } else { IGNORE }, ignore: IGNORE }
        }
        Direction::Closes => {
            Costs { open: if only_open { 12 } else { IGNORE }, close: if only_open { 12 } else { 0 }, ignore: IGNORE }
        }
        // « … » in most places, » … « in some.
        Direction::MostlyOpens => Costs { open: 0, close: if only_open { IGNORE } else { 4 }, ignore: IGNORE },
        Direction::MostlyCloses => Costs { open: if only_close { IGNORE } else { 4 }, close: 0, ignore: IGNORE },
        Direction::Either => {
            let (open, close) = match (can_open, can_close) {
                (true, false) => (0, 20),
                (false, true) => (20, 0),
                (true, true) => (3, 3),
                (false, false) => (12, 12),
            };
            Costs { open, close, ignore: IGNORE }
        }
    }
}

/// How an opening and a closing glyph go together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Pair,
    /// One straight, one curly: an editor's slip.
    Mixed,
    Foreign,
}

impl Fit {
    pub(super) fn of(open: Glyph, close: Glyph) -> Fit {
        if open.is_closed_by(close) {
            Fit::Pair
        } else if open.is_closed_by_slip(close) {
            Fit::Mixed
        } else {
            Fit::Foreign
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
