//! Where a quotation nearly stands, and what differs there.

use super::hits::{self, Hit, Tag, between};
use super::quotation::{Joint, Piece, Quotation, Symbol};
use super::{Change, Located, Match};
use crate::span::Span;

/// How far words may be shifted against each other, on each side.
const BAND: usize = 24;
/// Long words say more about a place than short ones, up to this length.
const LONGEST_VOTE: usize = 8;

/// The passage most like the quotation, if two thirds of its words stand there in order and not many others, which are
/// counted. The tags are left out.
pub(super) fn nearest(text: &str, tags: &[Tag], quotation: &mut Quotation<'_>) -> Option<(usize, Located)> {
    let words = Wanted::new(quotation);
    if words.symbols.len() < 2 {
        return None;
    }
    let vocabulary = &mut quotation.vocabulary;
    let (first, outside) = vote(&words, vocabulary.len(), &hits::find(text, tags, vocabulary))?;
    let most = words.symbols.len() + 2 * BAND;
    let passage: Vec<Hit> = hits::read(text, tags, first, vocabulary).take(most).collect();
    let steps = Alignment::new(&words, &passage, outside).steps();
    Changes { text, quotation, words: &words, passage: &passage }.read(&steps)
}

/// The words that are looked for, and what may stand before each.
struct Wanted {
    symbols: Vec<Symbol>,
    joints: Vec<Option<Joint>>,
}

impl Wanted {
    fn new(quotation: &Quotation<'_>) -> Wanted {
        let reading = quotation.edited.as_ref().unwrap_or(&quotation.literal);
        let symbols = reading.pieces.iter().flat_map(|piece| piece.symbols.iter().copied()).collect();
        let joints = reading.pieces.iter().flat_map(|piece| {
            let rest = std::iter::repeat_n(None, piece.symbols.len() - 1);
            std::iter::once(Some(piece.joint)).chain(rest)
        });
        Wanted { symbols, joints: joints.collect() }
    }

    /// Whether nothing must be alike before a word.
    fn is_free(&self, at: usize) -> bool {
        self.joints.get(at).is_some_and(Option::is_some)
    }
}

/// Every word votes for the place where the quotation would begin if it stood there unchanged. Gives the first word of
/// the passage to look at, and by how many words it would begin before the text.
fn vote(words: &Wanted, numbers: usize, hits: &[Hit]) -> Option<(usize, usize)> {
    let length = words.symbols.len();
    let mut places: Vec<(Option<usize>, usize)> = vec![(None, 0); numbers];
    for (at, symbol) in words.symbols.iter().enumerate() {
        let (place, times) = &mut places[symbol.number as usize];
        place.get_or_insert(at);
        *times += 1;
    }
    // Words that come once tell most; where there are none the first of several has to do.
    let any_single = words.symbols.iter().any(|symbol| places[symbol.number as usize].1 == 1);
    // So many places beside each other share their votes: in a long quotation more words can be shifted.
    let width = (length / 4).clamp(2, BAND / 2);
    let last = hits.last()?.ordinal;
    let mut votes = vec![0usize; (last + length) / width + 2];
    for hit in hits {
        let (place, times) = places[hit.symbol.number as usize];
        if let Some(place) = place.filter(|_| times == 1 || !any_single) {
            votes[(hit.ordinal + length - place) / width] += hit.symbol.span.len().min(LONGEST_VOTE);
        }
    }
    let sums = votes.windows(2).map(|pair| pair[0] + pair[1]).enumerate();
    let (best, _) = sums.max_by_key(|(at, sum)| (*sum, std::cmp::Reverse(*at)))?;
    // Between the two it begins most likely; places are counted from `length` words before the text.
    let (middle, band) = ((best + 1) * width, length + BAND);
    Some((middle.saturating_sub(band), band.saturating_sub(middle)))
}

/// How a word of the quotation and one of the text go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Both, alike or one in place of the other.
    Both(usize, usize),
    /// Only the quotation has it.
    Dropped(usize),
    /// Only the text has it, before a word of the quotation.
    Added(usize, usize),
}

impl Step {
    /// The word of the text, if there is one.
    fn own(&self) -> Option<usize> {
        match *self {
            Step::Both(_, own) | Step::Added(_, own) => Some(own),
            Step::Dropped(_) => None,
        }
    }
}

/// The fewest changes that make one of the other, in a table as wide as the band: linear in the length of the quotation.
struct Alignment<'w> {
    words: &'w Wanted,
    passage: &'w [Hit],
    /// How many words the band begins before the passage.
    outside: usize,
    /// Row by row, the last move of the cheapest way there.
    moves: Vec<Move>,
    /// The column of the last row where the cheapest way ends.
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Start,
    Both,
    Dropped,
    Added,
}

const COLUMNS: usize = 2 * BAND + 1;
const NEVER: u32 = u32::MAX / 2;

impl<'w> Alignment<'w> {
    fn new(words: &'w Wanted, passage: &'w [Hit], outside: usize) -> Alignment<'w> {
        let moves = vec![Move::Start; (words.symbols.len() + 1) * COLUMNS];
        let mut table = Alignment { words, passage, outside, moves, end: 0 };
        let cost_at_start = |column| if table.passed(0, column).is_some() { 0 } else { NEVER };
        let mut costs: Vec<u32> = (0..COLUMNS).map(cost_at_start).collect();
        for row in 1..=words.symbols.len() {
            for column in 0..COLUMNS {
                let (cost, way) = table.cheapest(row, column, &costs);
                (costs[column], table.moves[row * COLUMNS + column]) = (cost.min(NEVER), way);
            }
        }
        // Of equal ways the one that goes farthest: another word at the end is none dropped.
        table.end = (0..COLUMNS).rev().min_by_key(|column| costs[*column]).unwrap_or(0);
        table
    }

    /// How many words of the passage lie behind a column, where the row has as many of the quotation behind it.
    fn passed(&self, row: usize, column: usize) -> Option<usize> {
        (row + column).checked_sub(self.outside).filter(|passed| *passed <= self.passage.len())
    }

    /// The cheapest way to a place: `costs` holds this row up to the column, and from it on the row before.
    fn cheapest(&self, row: usize, column: usize, costs: &[u32]) -> (u32, Move) {
        let Some(passed) = self.passed(row, column) else { return (NEVER, Move::Start) };
        let dropped = costs.get(column + 1).map_or(NEVER, |cost| cost + 1);
        let Some(last) = passed.checked_sub(1) else { return (dropped, Move::Dropped) };
        let changed = u32::from(self.passage[last].symbol.number != self.words.symbols[row - 1].number);
        let each = u32::from(!self.words.is_free(row));
        let added = column.checked_sub(1).map_or(NEVER, |before| costs[before] + each);
        let ways = [(costs[column] + changed, Move::Both), (dropped, Move::Dropped), (added, Move::Added)];
        ways.into_iter().min_by_key(|(cost, _)| *cost).unwrap_or((NEVER, Move::Start))
    }

    fn steps(&self) -> Vec<Step> {
        let (mut row, mut column) = (self.words.symbols.len(), self.end);
        let mut steps = Vec::new();
        while let (1.., Some(passed)) = (row, self.passed(row, column)) {
            match self.moves[row * COLUMNS + column] {
                Move::Start => break,
                Move::Both => {
                    steps.push(Step::Both(row - 1, passed - 1));
                    row -= 1;
                }
                Move::Dropped => {
                    steps.push(Step::Dropped(row - 1));
                    (row, column) = (row - 1, column + 1);
                }
                Move::Added => {
                    steps.push(Step::Added(row, passed - 1));
                    column -= 1;
                }
            }
        }
        steps.reverse();
        steps
    }
}

/// Reads changes from the steps of an alignment.
struct Changes<'w> {
    text: &'w str,
    quotation: &'w Quotation<'w>,
    words: &'w Wanted,
    passage: &'w [Hit],
}

impl Changes<'_> {
    /// `None` if too little is alike.
    fn read(&self, steps: &[Step]) -> Option<(usize, Located)> {
        let alike = steps.iter().filter(|step| self.is_alike(**step)).count();
        let wanted = self.words.symbols.len();
        let others = steps.iter().filter(|step| !self.is_alike(**step) && !self.is_left_out(**step)).count();
        if alike < 2 || alike * 3 < wanted * 2 || others * 2 > wanted + 1 {
            return None;
        }
        let first = self.passage[steps.iter().find_map(Step::own)?].symbol.span;
        let mut at = (self.words.symbols[0].span.start, first.start);
        let mut changes: Vec<Change> = self.at_the_start(*steps.first()?).into_iter().collect();
        let mut previous = None;
        let mut left_out = Vec::new();
        let mut changed: Option<&[Step]> = None;
        for run in steps.chunk_by(|one, other| self.go_together(*one, *other)) {
            match run[0] {
                Step::Both(word, own) if self.is_alike(run[0]) => {
                    if let (Some(run), Some(change)) = (changed, changes.last_mut()) {
                        self.take_signs(change, run, word, own);
                    }
                    changes.extend(self.alike(word, own, previous));
                }
                step if self.is_left_out(step) => left_out.push(self.different(run, at)),
                _ => changes.push(self.different(run, at)),
            }
            at = run.iter().fold(at, |at, step| self.behind(*step, at));
            previous = run.last().copied();
            changed = previous.filter(|step| !self.is_alike(*step) && !self.is_left_out(*step)).map(|_| run);
        }
        changes.extend(self.at_the_end(previous?));
        if changes.is_empty() {
            // Then an ellipsis or a bracket cannot stand for what is left out.
            changes = left_out;
        }
        let (first, last) = (steps.iter().find_map(Step::own)?, steps.iter().rev().find_map(Step::own)?);
        let runs = hits::runs(&self.passage[first..=last]);
        let spans = runs.filter_map(|run| Some(between(run.first()?, run.last()?))).collect();
        (!changes.is_empty()).then_some((others, Located { spans, how: Match::Changed, changes }))
    }

    fn is_alike(&self, step: Step) -> bool {
        matches!(step, Step::Both(word, own) if self.words.symbols[word].number == self.passage[own].symbol.number)
    }

    fn is_left_out(&self, step: Step) -> bool {
        matches!(step, Step::Added(word, _) if self.words.is_free(word))
    }

    /// The words of a step, in the quotation and in the text.
    fn spans(&self, step: Step) -> (Option<Span>, Option<Span>) {
        let word = match step {
            Step::Both(word, _) | Step::Dropped(word) => Some(self.words.symbols[word].span),
            Step::Added(..) => None,
        };
        (word, step.own().map(|own| self.passage[own].symbol.span))
    }

    /// The places behind a step that begins at `at`.
    fn behind(&self, step: Step, at: (usize, usize)) -> (usize, usize) {
        let (word, own) = self.spans(step);
        (word.map_or(at.0, |span| span.end), own.map_or(at.1, |span| span.end))
    }

    /// Whether two steps, one behind the other, are one change.
    fn go_together(&self, one: Step, other: Step) -> bool {
        !self.is_alike(one) && !self.is_alike(other) && self.is_left_out(one) == self.is_left_out(other)
    }

    /// Steps one behind the other that differ.
    fn different(&self, run: &[Step], at: (usize, usize)) -> Change {
        let over = |spans: Vec<Span>, at| match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => Span::new(first.start, last.end),
            _ => Span::new(at, at),
        };
        let words = run.iter().filter_map(|step| self.spans(*step).0).collect();
        let own = run.iter().filter_map(|step| self.spans(*step).1).collect();
        Change { quotation: over(words, at.0), text: over(own, at.1) }
    }

    /// Words differ, and the next one does not: if the signs around them differ, too, they belong to the change.
    fn take_signs(&self, change: &mut Change, run: &[Step], word: usize, own: usize) {
        if self.words.is_free(word) {
            return;
        }
        let first = |step: &Step| match *step {
            Step::Both(word, _) | Step::Dropped(word) => Some(word),
            Step::Added(..) => None,
        };
        let (first_word, first_own) = (run.iter().find_map(first), run.iter().find_map(Step::own));
        let (begin, end) = (first_word.unwrap_or(word), first_own.unwrap_or(own));
        let like = |word: usize, own: usize| {
            self.words.is_free(word) || self.passage[own].has_gap(self.words.symbols[word].gap)
        };
        let (mut before, mut behind) = (like(begin, end), like(word, own));
        let (word, own) = (self.words.symbols[word].span, self.passage[own].symbol.span);
        // Where nothing stands on one side its only gap may be like either gap of the other.
        if first_word.is_none() || first_own.is_none() {
            if before && first_own.is_none() {
                change.text = Span::new(own.start, own.start);
            } else if before {
                change.quotation = Span::new(word.start, word.start);
            }
            (before, behind) = (before || behind, before || behind);
        }
        if !before && begin > 0 && end > 0 {
            change.quotation.start = self.words.symbols[begin - 1].span.end;
            change.text.start = self.passage[end - 1].symbol.span.end;
        }
        if !behind {
            change.quotation.end = word.start;
            change.text.end = own.start;
        }
        change.quotation = trim(self.quotation.text, change.quotation);
        change.text = trim(self.text, change.text);
    }

    /// Words that are the same: their first letters and what stands before them may differ.
    fn alike(&self, word: usize, own: usize, previous: Option<Step>) -> Option<Change> {
        if word == 0 || self.words.is_free(word) {
            return None;
        }
        let (wanted, found) = (self.words.symbols[word], self.passage[own].symbol);
        let same_gap = self.passage[own].has_gap(wanted.gap);
        let beside = previous.filter(|step| self.is_alike(*step)).map(|step| self.spans(step));
        let capital = wanted.capital != found.capital;
        let (before, own_before) = match beside {
            Some((Some(before), Some(own_before))) if !same_gap => (before.end, own_before.end),
            _ if capital => (wanted.span.start, found.span.start),
            _ => return None,
        };
        let over = |source: &str, start: usize, span: Span| {
            trim(source, Span::new(start, if capital { span.end } else { span.start }))
        };
        let quotation = over(self.quotation.text, before, wanted.span);
        Some(Change { quotation, text: over(self.text, own_before, found.span) })
    }

    /// A first word cut in two, or another sign at a number.
    fn at_the_start(&self, first: Step) -> Option<Change> {
        let Step::Both(word @ 0, own) = first else { return None };
        let (word, own) = (self.words.symbols[word].span, self.passage[own].symbol.span);
        let fits = self.pieces().first()?.edges.fit_before(self.text, own.start);
        let outside =
            own.start - self.text[..own.start].chars().rev().take_while(is_beside).map(char::len_utf8).sum::<usize>();
        let change =
            Change { quotation: Span::new(self.quotation.core.start, word.end), text: Span::new(outside, own.end) };
        (self.is_alike(first) && !fits).then_some(change)
    }

    /// The same for the last word, and a question that is none.
    fn at_the_end(&self, last: Step) -> Option<Change> {
        let Step::Both(word, own) = last else { return None };
        let at_end = word + 1 == self.words.symbols.len();
        let (word, own) = (self.words.symbols[word].span, self.passage[own].symbol.span);
        let fits = self.pieces().last()?.edges.fit_behind(self.text, own.end);
        let outside = own.end + self.text[own.end..].chars().take_while(is_beside).map(char::len_utf8).sum::<usize>();
        let change =
            Change { quotation: Span::new(word.start, self.quotation.core.end), text: Span::new(own.start, outside) };
        (self.is_alike(last) && at_end && !fits).then_some(change)
    }

    fn pieces(&self) -> &[Piece] {
        &self.quotation.edited.as_ref().unwrap_or(&self.quotation.literal).pieces
    }
}

/// What belongs to a word that is cut in two.
fn is_beside(letter: &char) -> bool {
    !letter.is_whitespace() && !matches!(letter, '"' | '“' | '”' | '«' | '»')
}

/// A span without the space at its ends.
fn trim(text: &str, span: Span) -> Span {
    let start = span.end - text[span].trim_start().len();
    Span::new(start, start + text[span].trim().len())
}
