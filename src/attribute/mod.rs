//! Candidates → attributions: what the rules propose, the best that go together, and then named
//! sieves for what is left.

mod attribution;
mod candidate;
mod features;
mod report;
mod sieves;
#[cfg(test)]
mod tests;
mod threshold;
mod turns;

pub(crate) use attribution::{Attribution, Attributions};
pub(crate) use candidate::{Candidate, announced};
pub(crate) use features::features;

use crate::clause::{Range, word_of};
use crate::pair::Quoted;
use crate::quote::{QuoteKind, StringRole};
use crate::rules::ground::Ground;
use crate::rules::matcher::Matcher;
use crate::rules::parse::Purpose;
use crate::span::Span;
use crate::token::{Class, Token};
use crate::weigh::{Surroundings, Weights};
use candidate::{Clauses, candidate};
use report::is_no_speech;
use sieves::SIEVES;
use std::cmp::Ordering;
use threshold::least_score;

/// Working memory of one unit, reused.
#[derive(Debug, Default)]
pub(crate) struct Attributor {
    matcher: Matcher,
    /// The tokens that rules may start from, and those that stand for quoted strings or open one.
    places: Vec<u32>,
    candidates: Vec<Candidate>,
    best: Vec<Candidate>,
    kept: Vec<Candidate>,
    owners: Vec<u32>,
    clauses: Clauses,
    /// Quoted strings that a rule knows to be no speech.
    roles: Vec<(usize, StringRole)>,
    /// What a step over a whole text makes of its attributions.
    next: Attributions,
    /// Pass over words that are hardly ever a cue.
    choosy: bool,
}

/// What is read.
#[derive(Clone, Copy)]
pub(crate) struct UnitGround<'g> {
    pub(crate) ground: Ground<'g>,
    pub(crate) strings: &'g [Quoted],
    pub(crate) weights: &'g Weights,
    pub(crate) coverage: Coverage,
}

/// Which quotations are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Coverage {
    /// What stands in quotation marks. The fastest: text without marks near it is not read.
    Direct,
    /// Everything reported as said or written, with marks or without.
    #[default]
    Speech,
    /// Attitudes, decrees and evidence too: *believes that*, *the study shows*.
    Attribution,
}

impl Attributor {
    /// Finds the attributions of one unit and adds them to `made`, in order.
    pub(crate) fn read(&mut self, unit: &UnitGround<'_>, made: &mut Attributions) {
        self.begin_unit(unit);
        self.choosy = true;
        self.find_roles(unit);
        self.propose(unit);
        self.select(unit);
        for (_, sieve) in SIEVES {
            sieve(self, unit);
        }
        self.report(unit, made);
    }

    /// What was learned of the rules and holds for other texts.
    pub(crate) fn learned(self) -> Attributor {
        Attributor { matcher: self.matcher.learned(), ..Attributor::default() }
    }

    /// Proposes and nothing more; gives back how many candidates there are.
    pub(crate) fn propose_all(&mut self, unit: &UnitGround<'_>) -> usize {
        self.begin_unit(unit);
        self.choosy = true;
        self.propose(unit);
        self.candidates.len()
    }

    fn begin_unit(&mut self, unit: &UnitGround<'_>) {
        let tokens = unit.ground.tokens.list();
        self.matcher.begin_unit(&unit.ground);
        find_places(unit, &mut self.places);
        self.clauses.begin_unit(self.places.iter().any(|&at| tokens[at as usize].is(Class::QOPEN)));
        self.roles.clear();
    }

    /// Asks the rules at every word they may start from, and notes the best of what they propose there.
    fn propose(&mut self, unit: &UnitGround<'_>) {
        self.candidates.clear();
        self.best.clear();
        let tokens = unit.ground.tokens.list();
        // Of what stands without marks only speech is wanted then.
        let has_marks = self.places.iter().any(|&at| tokens[at as usize].is(Class::Q | Class::QOPEN));
        let only_words = self.choosy && unit.coverage == Coverage::Speech && !has_marks;
        for &at in &self.places {
            let at = at as usize;
            let token = &tokens[at];
            if !token.is(Class::Q | Class::ANCHOR) {
                continue;
            }
            let anchors = anchors_at(unit, at);
            let worth = !self.choosy || !token.is(Class::WORD) || unit.weights.worth_trying(&surroundings(unit, at));
            if !worth && anchors.iter().all(|&anchor| unit.ground.program.anchors[usize::from(anchor)].is_built_in) {
                continue;
            }
            if only_words && !may_tell_of_words(unit, at, anchors) {
                continue;
            }
            self.clauses.forget();
            let first = self.candidates.len();
            for (rule, slots) in self.matcher.rules_at(&unit.ground, anchors, at) {
                self.candidates.extend(candidate(unit, *rule, at, slots, &mut self.clauses));
            }
            self.best.extend(best_of(&self.candidates[first..], |candidate| is_wanted(unit, &self.roles, candidate)));
        }
    }

    /// Everything the rules propose for a unit, kept or not.
    pub(crate) fn explain(&mut self, unit: &UnitGround<'_>) -> (&[Candidate], &[Candidate]) {
        self.begin_unit(unit);
        self.choosy = false;
        self.find_roles(unit);
        self.propose(unit);
        self.select(unit);
        (&self.candidates, &self.kept)
    }

    /// What one rule proposes, all others left aside: sources and contents.
    pub(crate) fn matches_of(&mut self, rule: u16, unit: &UnitGround<'_>) -> Vec<(Option<Span>, Vec<Span>)> {
        self.matcher.begin_unit(&unit.ground);
        let tokens = unit.ground.tokens;
        self.clauses.begin_unit(true);
        let span = |range: Range| tokens.span(range.start(), range.end(), unit.strings);
        let mut matches = Vec::new();
        let program = unit.ground.program;
        for at in 0..tokens.list().len() {
            let all: Vec<u16> = anchors_at(unit, at).iter().chain(&program.role_anchors).copied().collect();
            let found = self.matcher.rules_at(&unit.ground, &all, at).iter().find(|(number, _)| *number == rule);
            let Some((_, slots)) = found else { continue };
            self.clauses.forget();
            if program.rules[usize::from(rule)].purpose != Purpose::Attribution {
                matches.push((None, Vec::new()));
            } else if let Some(candidate) = candidate(unit, rule, at, slots, &mut self.clauses) {
                let content = candidate.content.iter().flatten().copied().map(span).collect();
                matches.push((candidate.source.map(span), content));
            }
        }
        matches
    }

    /// Keeps the best candidates that do not cross, one for each cue; of nested ones the outermost.
    fn select(&mut self, unit: &UnitGround<'_>) {
        self.kept.clear();
        self.owners.clear();
        self.owners.resize(unit.ground.tokens.list().len(), 0);
        let mut best = std::mem::take(&mut self.best);
        best.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.anchor.cmp(&b.anchor)));
        for candidate in &best {
            let taken = |range: &Range| self.owners[range.start()..range.end()].iter().any(|&owner| owner != 0);
            if self.owners[candidate.anchor] != 0 {
                continue;
            }
            let mut candidate = *candidate;
            if candidate.content.iter().flatten().any(taken)
                && !self.encloses(&candidate)
                && !self.cut_short(unit, &mut candidate)
            {
                continue;
            }
            self.kept.push(candidate);
            self.own(self.kept.len() - 1);
        }
        self.best = best;
        if self.kept.len() < 2 {
            return;
        }
        // What was enclosed by another has lost its tokens.
        let owners = &self.owners;
        let mut numbers = 1..;
        self.kept.retain(|candidate| {
            let number = numbers.next();
            candidate.content[0].is_some_and(|range| Some(owners[range.start()]) == number)
        });
        self.kept.sort_unstable_by_key(|candidate| candidate.content[0].map_or(0, |range| range.start()));
        (0..self.kept.len()).for_each(|index| self.own(index));
    }

    /// Notes whose the tokens of a kept candidate are.
    fn own(&mut self, index: usize) {
        for range in self.kept[index].content.iter().flatten() {
            self.owners[range.start()..range.end()].fill(index as u32 + 1);
        }
    }
}

impl Attributor {
    /// Whether a candidate holds all that is in its way, tags and all, and has its own tag behind that or
    /// before it: “…,” Lim said, according to the Herald. Of nested attributions the outermost counts.
    fn encloses(&self, outer: &Candidate) -> bool {
        const LIKELY: f32 = 0.5;
        let Some(cue) = outer.cue.filter(|_| outer.score >= LIKELY) else { return false };
        let announces = outer.source.is_some_and(|source| source.start() >= cue.end());
        let interrupts = outer.content[0].is_some_and(|first| first.end() <= cue.start());
        let behind = if announces || interrupts { outer.tag_end() } else { usize::MAX };
        let within = |range: Range| {
            let mut content = outer.content.iter().flatten();
            (range.end() <= cue.start() || range.start() >= behind)
                && content.any(|whole| whole.start() <= range.start() && range.end() <= whole.end())
        };
        let holds = |owner: u32| {
            let Some(inner) = (owner as usize).checked_sub(1).map(|index| &self.kept[index]) else { return true };
            inner.cue.is_some_and(within)
                && inner.source.is_none_or(within)
                && inner.content.iter().flatten().all(|range| within(*range))
        };
        let mut owners = outer.content.iter().flatten().flat_map(|range| &self.owners[range.start()..range.end()]);
        let mut last = 0;
        owners.all(|&owner| owner == std::mem::replace(&mut last, owner) || holds(owner))
    }

    /// Ends content where another cue of the same source begins: said that it was late and added that …
    /// Whether that can be done.
    fn cut_short(&self, unit: &UnitGround<'_>, candidate: &mut Candidate) -> bool {
        let tokens = unit.ground.tokens.list();
        let [Some(range), None, None, None] = candidate.content else { return false };
        let taken = self.owners[range.start()..range.end()].iter().find(|&&owner| owner != 0);
        let other = taken.and_then(|&owner| self.kept.get(owner as usize - 1));
        let shares = |other: &&Candidate| candidate.clause.is_some() && other.source == candidate.source;
        let Some(cue) = other.filter(shares).and_then(|other| other.cue) else { return false };
        let mut end = cue.start();
        while end > range.start() && tokens[end - 1].is(Class::AND | Class::COMMA | Class::DASH) {
            end -= 1;
        }
        if end <= range.start() || end > range.end() || self.owners[range.start()..end].iter().any(|&owner| owner != 0)
        {
            return false;
        }
        candidate.content[0] = Range::new(range.start(), end);
        candidate.kind = match &tokens[range.start()..end] {
            [only] if only.is(Class::Q) => QuoteKind::Direct,
            words if words.iter().any(|token| token.is(Class::Q)) => QuoteKind::Mixed,
            _ => QuoteKind::Indirect,
        };
        true
    }
}

/// Notes the tokens that rules may start from and those with marks. Where only words in marks are wanted, sentences without
/// any are passed over, unless a quoted string stands right behind them.
fn find_places(unit: &UnitGround<'_>, places: &mut Vec<u32>) {
    const END: Class = Class::STOP.union(Class::PARA);
    let tokens = unit.ground.tokens.list();
    let wanted = Class::Q | Class::QOPEN | Class::ANCHOR;
    if unit.coverage != Coverage::Direct {
        note_places(tokens, wanted, places);
        return;
    }
    note_places(tokens, wanted | END, places);
    let is = |place: u32, class: Class| tokens[place as usize].is(class);
    let (mut from, mut kept) = (0, 0);
    while from < places.len() {
        let end = places[from..].iter().position(|&place| is(place, END)).map_or(places.len(), |end| from + end + 1);
        let behind = places.get(end).filter(|&&place| place == places[end - 1] + 1);
        let mut near = places[from..end].iter().chain(behind);
        if near.any(|&place| is(place, Class::Q | Class::QOPEN)) {
            places.copy_within(from..end, kept);
            kept += end - from;
        }
        from = end;
    }
    places.truncate(kept);
}

/// Notes where the tokens of some classes are, without a branch for each that is hard to foretell.
fn note_places(tokens: &[Token], wanted: Class, places: &mut Vec<u32>) {
    const BLOCK: usize = u64::BITS as usize;
    places.clear();
    for (block, first) in tokens.chunks(BLOCK).zip((0..).step_by(BLOCK)) {
        let mut mask = block.iter().rev().fold(0u64, |mask, token| mask << 1 | u64::from(token.is(wanted)));
        while mask != 0 {
            places.push(first + mask.trailing_zeros());
            mask &= mask - 1;
        }
    }
}

/// Whether the cue of a candidate tells of words said or written: thoughts and evidence are not speech.
fn tells_of_words(unit: &UnitGround<'_>, candidate: &Candidate) -> bool {
    let word = word_of(&unit.ground.tokens.list()[candidate.anchor]);
    let rule = &unit.ground.program.rules[usize::from(candidate.rule)];
    unit.ground.lexicon.entry(word).group.tells_of_words(rule.groups)
}

/// Whether any rule that may start from a word tells of words said or written.
fn may_tell_of_words(unit: &UnitGround<'_>, at: usize, anchors: &[u16]) -> bool {
    let program = unit.ground.program;
    let group = unit.ground.lexicon.entry(word_of(&unit.ground.tokens.list()[at])).group;
    let paths = |&anchor: &u16| program.anchors[usize::from(anchor)].paths.list(program.paths.len());
    let mut rules = anchors.iter().flat_map(paths).map(|path| program.paths[usize::from(path)].rule);
    rules.any(|rule| group.tells_of_words(program.rules[usize::from(rule)].groups))
}

/// Whether a candidate is likely enough, and of the kind that is looked for. `roles` are the quoted strings that are no
/// speech.
fn is_wanted(unit: &UnitGround<'_>, roles: &[(usize, StringRole)], candidate: &Candidate) -> bool {
    let words = tells_of_words(unit, candidate);
    let covered = words || unit.coverage != Coverage::Speech || candidate.kind != QuoteKind::Indirect;
    covered && candidate.score >= least_score(unit.coverage, candidate.kind, words) && !is_no_speech(roles, candidate)
}

/// The best of the candidates of one anchor that are wanted.
fn best_of(candidates: &[Candidate], wanted: impl Fn(&Candidate) -> bool) -> Option<Candidate> {
    if let [only] = candidates {
        return wanted(only).then_some(*only);
    }
    let mut best: Option<Candidate> = None;
    for (place, candidate) in candidates.iter().enumerate().filter(|(_, candidate)| wanted(candidate)) {
        let mut before = candidates[..place].iter().filter(|other| wanted(other));
        if before.all(|other| is_better(candidate, other)) {
            best = Some(*candidate);
        }
    }
    let mut best = best?;
    // Of readings that differ in nothing else, the one that names the one spoken to tells more.
    if best.addressee.is_none() {
        let tells_more = |other: &&Candidate| {
            other.addressee.is_some() && (other.content, other.source) == (best.content, best.source) && wanted(other)
        };
        let others = candidates.iter().filter(tells_more);
        best.addressee = others.reduce(|a, b| if is_better(b, a) { b } else { a }).and_then(|other| other.addressee);
    }
    Some(best)
}

/// Which of two candidates of one anchor is the better one: of two readings of one tag in marks, the one that takes in more
/// of the marks.
fn is_better(one: &Candidate, other: &Candidate) -> bool {
    let both = one.kind == QuoteKind::Direct && other.kind == QuoteKind::Direct;
    let wider = if both { one.width().cmp(&other.width()) } else { Ordering::Equal };
    wider.then(one.score.total_cmp(&other.score)).then(other.rule.cmp(&one.rule)).is_gt()
}

/// What a token may be an anchor as.
#[inline]
fn anchors_at<'g>(unit: &UnitGround<'g>, at: usize) -> &'g [u16] {
    let token = unit.ground.tokens.list()[at];
    if token.is(Class::Q) {
        return &unit.ground.program.string_anchors;
    }
    let (from, to) = unit.ground.lexicon.entry(word_of(&token)).anchors;
    &unit.ground.program.by_word[from as usize..to as usize]
}

/// What the first question is asked about.
#[inline]
pub(crate) fn surroundings(unit: &UnitGround<'_>, at: usize) -> Surroundings {
    let tokens = unit.ground.tokens.list();
    let kind = |token: Option<&Token>| token.map_or(Class::PARA.kind(), |token| token.class.kind());
    let word = word_of(&tokens[at]);
    Surroundings {
        word,
        group: unit.ground.lexicon.entry(word).group.number(),
        form: tokens[at].class.kind(),
        prev: kind(at.checked_sub(1).and_then(|before| tokens.get(before))),
        next: kind(tokens.get(at + 1)),
    }
}
