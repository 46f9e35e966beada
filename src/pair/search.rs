//! The cheapest reading of a paragraph: a Viterbi search over six states, linear in the marks.

use super::paragraph::{After, Cost, IGNORE, LOST_CLOSE, Paragraph};
use super::style::Style;
use crate::scan::Mark;

const NEVER: Cost = 1 << 24;
/// Opening a quotation whose mark was lost.
const LOST_OPEN: Cost = 12;
/// A quotation that goes on in the next paragraph, which opens anew.
const GOES_ON: Cost = 2;
/// The same when the next paragraph does not open anew but closes.
const RUNS_ON: Cost = 5;
/// Marks of one kind inside each other.
const SAME_KIND: Cost = 13;
/// A single quotation left open.
const SINGLE_LEFT_OPEN: Cost = 15;

const STATES: usize = 6;
const OUTSIDE: usize = 0;
const DOUBLE: usize = 1;
const SINGLE: usize = 2;
const DOUBLE_SINGLE: usize = 3;
const SINGLE_DOUBLE: usize = 4;
const DOUBLE_DOUBLE: usize = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
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
struct PairPath {
    cost: Cost,
    outer: u32,
    inner: u32,
}

/// No mark: the level was open when the paragraph began.
const CARRIED: u32 = u32::MAX;
const UNREACHED: PairPath = PairPath { cost: NEVER, outer: CARRIED, inner: CARRIED };

type PairStep = [(u8, Action); STATES];

/// Working memory, reused.
#[derive(Debug, Default)]
pub(super) struct PairSearch {
    steps: Vec<PairStep>,
    /// What each mark does in the cheapest reading.
    pub(super) actions: Vec<Action>,
}

impl PairSearch {
    /// Fills `actions`; returns whether the paragraph begins inside the quotation before, if one is pending.
    pub(super) fn read(&mut self, paragraph: &Paragraph<'_>, pending: bool) -> bool {
        self.actions.clear();
        let mut state = self.search(paragraph, pending);
        for step in self.steps.iter().rev() {
            let (before, action) = step[state];
            self.actions.push(action);
            state = usize::from(before);
        }
        self.actions.reverse();
        state == DOUBLE
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
}

impl Paragraph<'_> {
    fn end_costs(&self) -> [Cost; STATES] {
        let open = match self.next {
            After::Opens => GOES_ON,
            After::Closes => RUNS_ON,
            After::Nothing => LOST_CLOSE,
        };
        let single = if self.style == Style::Single { LOST_CLOSE } else { SINGLE_LEFT_OPEN };
        [0, open, single, open + SINGLE_LEFT_OPEN, single + LOST_CLOSE, open + IGNORE]
    }

    /// All ways to take `mark` from each state.
    fn advance(&self, paths: &[PairPath; STATES], index: u32, mark: &Mark) -> ([PairPath; STATES], PairStep) {
        let costs = self.costs(mark);
        let mut next = [UNREACHED; STATES];
        let mut step = [(0u8, Action::Ignore); STATES];
        let mut offer = |from: usize, to: usize, cost: Cost, action: Action, outer: u32, inner: u32| {
            let cost = paths[from].cost.saturating_add(cost);
            if cost < next[to].cost {
                next[to] = PairPath { cost, outer, inner };
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
}

#[cfg(test)]
mod tests {
    use super::{Action, After, PairSearch, Paragraph, Style};
    use crate::pair::Elisions;
    use crate::scan::Scan;

    #[test]
    fn plain_paragraphs_need_no_search() {
        const PIECES: [&str; 9] = ["“", "”", "\"", "«", "»", "„", " ", "6", "go."];
        const MOST: u32 = 6;
        let (elisions, mut plain) = (Elisions::default(), 0);
        for number in 0..PIECES.len().pow(MOST) {
            let places = (0..MOST).map(|place| number / PIECES.len().pow(place) % PIECES.len());
            let text: String = places.map(|piece| PIECES[piece]).collect();
            let mut scan = Scan::default();
            scan.read(&text);
            let Some(&span) = scan.paragraphs.first() else { continue };
            for (next, style, pending) in [
                (After::Nothing, Style::Double, false),
                (After::Opens, Style::Double, true),
                (After::Closes, Style::Single, true),
            ] {
                let paragraph = Paragraph { text: &text, span, marks: &scan.marks, style, elisions: &elisions, next };
                if paragraph.is_plain() {
                    let mut search = PairSearch::default();
                    assert!(!search.read(&paragraph, pending), "{text}");
                    let by_turns = [Action::Open, Action::Close].into_iter().cycle().take(scan.marks.len());
                    assert!(search.actions.iter().copied().eq(by_turns), "{text}");
                    plain += usize::from(!scan.marks.is_empty());
                }
            }
        }
        assert!(plain > 1000);
    }
}
