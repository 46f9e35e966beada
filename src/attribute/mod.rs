//! Tokens → attributions, unit by unit, in steps of a type each:
//!
//! * [`UnitWork`]: the words that rules may start from, and what the rules capture there,
//! * `Proposal`: what one match says of tag and content,
//! * `Candidate`: a proposal with one of the likely ends of its clause, in tokens,
//! * [`Scored`]: how likely it is right, by the weights,
//! * `Selected`: those that go together, and what named sieves add to them,
//! * `Attribution`: in bytes.
//!
//! The steps of many units are taken together, so that the code of a step stays in the processor's cache.

mod attribution;
mod blocks;
mod candidate;
mod dash;
mod features;
mod listen;
mod message;
mod pieces;
mod places;
mod report;
mod score;
mod select;
mod sieves;
#[cfg(test)]
mod tests;
mod threshold;
mod turns;

pub(crate) use attribution::Attributions;
pub(crate) use candidate::announced;
pub(crate) use features::features;
pub use listen::Gate;
pub(crate) use listen::{Fate, Listener};
pub(crate) use places::surroundings;
pub(crate) use score::Scored;

use crate::clause::{LikelyEnds, Range, word_of};
use crate::lexicon::CueClasses;
use crate::pair::Quoted;
use crate::quote::{QuoteKind, StringRole};
use crate::rules::captures::Captures;
use crate::rules::context::Context;
use crate::rules::matcher::Matcher;
use crate::rules::program::Slot;
use crate::rules::rule_file::Purpose;
use crate::span::Span;
use crate::token::TagSet;
use crate::weights::Weights;
use blocks::ANNOUNCED;
use candidate::{Clauses, Proposal};
use dash::DashSpeech;
use places::{anchors_at, find_places};
use report::no_speech;
use score::ProposalScorer;
use select::{Selected, is_better};
use sieves::SIEVES;
use threshold::least_score;

/// What is noted of one unit between the steps. Reused.
#[derive(Debug, Default)]
pub(crate) struct UnitWork {
    /// The tokens that rules may start from, and those that stand for quoted strings or open one.
    places: Vec<u32>,
    /// The words the rules are tried on.
    anchors: Vec<u32>,
    /// Quoted strings that a rule knows to be no speech.
    roles: Vec<(usize, StringRole)>,
    /// The range of its matches in those of the whole batch.
    matches: (usize, usize),
}

/// What a rule captured around an anchor.
#[derive(Clone, Copy, Debug)]
struct RuleMatch {
    anchor: u32,
    rule: u16,
    slots: Captures,
}

/// Working memory, reused.
#[derive(Debug, Default)]
pub(crate) struct Attributor {
    matcher: Matcher,
    /// The matches of the units at hand.
    matches: Vec<RuleMatch>,
    candidates: Vec<Scored>,
    /// Of the candidates of one anchor, those that could be reported.
    wanted: Vec<u32>,
    /// The best candidate of each anchor.
    best: Vec<Selected>,
    kept: Vec<Selected>,
    /// For each token, which kept candidate has it in its content, counted from 1; 0 if none has.
    owners: Vec<u32>,
    clauses: Clauses,
    dash_speech: DashSpeech,
    /// What a step over a whole text makes of its attributions.
    next: Attributions,
}

/// What is read.
#[derive(Clone, Copy)]
pub(crate) struct UnitContext<'g> {
    pub(crate) context: Context<'g>,
    pub(crate) strings: &'g [Quoted],
    pub(crate) weights: &'g Weights,
    pub(crate) coverage: Coverage,
    /// What stands behind the colon at the end of its first paragraph is said, though it has no marks.
    pub(crate) announces: bool,
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
    /// A copy that keeps what does not depend on the text: the token classes met so far.
    pub(crate) fn learned(self) -> Attributor {
        Attributor { matcher: self.matcher.learned(), ..Attributor::default() }
    }

    /// Begins with another batch of units.
    pub(crate) fn begin_batch(&mut self) {
        self.matches.clear();
    }

    /// The first step: which words of a unit the rules are tried on.
    pub(crate) fn find_anchors(unit: &UnitContext<'_>, work: &mut UnitWork, open: bool, listener: &mut impl Listener) {
        find_places(unit, &mut work.places);
        work.find_anchors(unit, open, listener);
    }

    /// The second step: what the rules capture around these words, and which quoted strings they know to be no speech.
    pub(crate) fn match_rules(&mut self, unit: &UnitContext<'_>, work: &mut UnitWork) {
        self.matcher.begin_unit(&unit.context);
        self.find_roles(unit, work);
        let from = self.matches.len();
        for &anchor in &work.anchors {
            let at = anchor as usize;
            let found = self.matcher.rules_at(&unit.context, anchors_at(unit, at), at);
            self.matches.extend(found.iter().map(|&(rule, slots)| RuleMatch { anchor, rule, slots }));
        }
        work.matches = (from, self.matches.len());
    }

    /// The last step: makes candidates of the matches, scores them, keeps those that go together and adds them to `made`,
    /// in order.
    pub(crate) fn attribute(
        &mut self,
        unit: &UnitContext<'_>,
        work: &UnitWork,
        made: &mut Attributions,
        listener: &mut impl Listener,
    ) {
        self.propose(unit, work);
        if !listener.proposed(unit, &self.candidates) {
            return;
        }
        self.choose(unit, work, listener);
        self.select(unit, listener);
        for (_, sieve) in SIEVES {
            sieve(self, unit, work);
        }
        self.report(unit, work, made, listener);
    }

    fn propose(&mut self, unit: &UnitContext<'_>, work: &UnitWork) {
        let tokens = unit.context.tokens.list();
        self.clauses.begin_unit(work.places.iter().any(|&at| tokens[at as usize].is(TagSet::QOPEN)));
        self.candidates.clear();
        let mut anchor = None;
        for found in &self.matches[work.matches.0..work.matches.1] {
            if anchor.replace(found.anchor) != Some(found.anchor) {
                self.clauses.forget();
            }
            let (rule, anchor) = (found.rule, found.anchor as usize);
            let Some(proposal) = Proposal::read(unit, rule, anchor, &found.slots, &mut self.clauses) else { continue };
            let mut scorer = None;
            for end in 0..LikelyEnds::MOST {
                let Some(candidate) = proposal.candidate(unit, end) else { break };
                let sentences = self.clauses.sentences();
                let scorer = scorer.get_or_insert_with(|| ProposalScorer::new(unit, &candidate, sentences));
                let mut scored = scorer.score(unit, candidate);
                let tokens = unit.context.tokens.list();
                let is_behind = |at: usize| at > 0 && tokens[at - 1].is(TagSet::PARA);
                if unit.announces && found.slots.get(Slot::Rest).is_some_and(is_behind) {
                    (scored.score, scored.candidate.kind) = (ANNOUNCED, QuoteKind::Direct);
                }
                self.candidates.push(scored);
            }
        }
    }

    /// Chooses the best candidate of each anchor that could be reported.
    fn choose(&mut self, unit: &UnitContext<'_>, work: &UnitWork, listener: &mut impl Listener) {
        self.best.clear();
        let mut from = 0;
        while from < self.candidates.len() {
            let anchor = self.candidates[from].candidate.anchor;
            self.wanted.clear();
            let same = self.candidates[from..].iter().take_while(|other| other.candidate.anchor == anchor);
            let mut to = from;
            for scored in same {
                match unwanted(unit, work, scored) {
                    Some(fate) => listener.fate(to as u32, fate),
                    None => self.wanted.push(to as u32),
                }
                to += 1;
            }
            self.best.extend(best_of(&self.candidates, &self.wanted, listener));
            from = to;
        }
    }

    /// What one rule proposes, all others left aside: sources and contents.
    pub(crate) fn matches_of(&mut self, rule: u16, unit: &UnitContext<'_>) -> Vec<(Option<Span>, Vec<Span>)> {
        self.matcher.begin_unit(&unit.context);
        let tokens = unit.context.tokens;
        self.clauses.begin_unit(true);
        let span = |range: Range| tokens.span(range.start(), range.end(), unit.strings);
        let mut matches = Vec::new();
        let program = unit.context.program;
        for at in 0..tokens.list().len() {
            let all: Vec<u16> = anchors_at(unit, at).iter().chain(&program.role_anchors).copied().collect();
            let found = self.matcher.rules_at(&unit.context, &all, at).iter().find(|(number, _)| *number == rule);
            let Some((_, slots)) = found else { continue };
            self.clauses.forget();
            if program.rules[usize::from(rule)].purpose != Purpose::Attribution {
                matches.push((None, Vec::new()));
                continue;
            }
            let proposal = Proposal::read(unit, rule, at, slots, &mut self.clauses);
            if let Some(candidate) = proposal.and_then(|proposal| proposal.candidate(unit, 0)) {
                matches.push((candidate.tag.source.map(span), candidate.content.iter().map(span).collect()));
            }
        }
        matches
    }
}

/// Whether the cue a rule finds at an anchor tells of words said or written: thoughts and evidence are not speech.
fn tells_of_words(unit: &UnitContext<'_>, anchor: usize, rule: u16) -> bool {
    let word = word_of(&unit.context.tokens.list()[anchor]);
    let rule = &unit.context.program.rules[usize::from(rule)];
    unit.context.lexicon.entry(word).group.tells_of_words(rule.groups)
}

/// Why a candidate is not to be reported; `None` if it is likely enough, and of the kind that is looked for.
fn unwanted(unit: &UnitContext<'_>, work: &UnitWork, scored: &Scored) -> Option<Fate> {
    let candidate = &scored.candidate;
    let words = tells_of_words(unit, candidate.anchor, candidate.rule);
    let only_speech = unit.coverage == Coverage::Speech && candidate.kind == QuoteKind::Indirect;
    // A rule that names its words itself knows what they take.
    let knows = unit.context.program.rules[usize::from(candidate.rule)].groups == CueClasses::default();
    if only_speech && !(words && (knows || candidate.tells_what_was_said())) {
        return Some(Fate::TellsOfNoWords);
    }
    let least = least_score(unit.coverage, candidate.kind, words);
    if scored.score.get() < least {
        return Some(Fate::Unlikely { least });
    }
    no_speech(&work.roles, candidate).map(Fate::NoSpeech)
}

/// The best of some candidates of one anchor.
fn best_of(candidates: &[Scored], wanted: &[u32], listener: &mut impl Listener) -> Option<Selected> {
    let at = |number: u32| &candidates[number as usize];
    if let [only] = *wanted {
        return Some(Selected::new(only, at(only)));
    }
    let mut best = *wanted.first()?;
    for (place, &number) in wanted.iter().enumerate().skip(1) {
        if wanted[..place].iter().all(|&other| is_better(at(number), at(other))) {
            best = number;
        }
    }
    let mut selected = Selected::new(best, at(best));
    // Of readings that differ in nothing else, the one that names the one spoken to tells more.
    if selected.tag.addressee.is_none() {
        let tells_more = |other: &&Scored| {
            let other = &other.candidate;
            other.tag.addressee.is_some()
                && (other.content, other.tag.source) == (selected.content, selected.tag.source)
        };
        let others = wanted.iter().map(|&other| at(other)).filter(tells_more);
        let other = others.reduce(|a, b| if is_better(b, a) { b } else { a });
        selected.tag.addressee = other.and_then(|other| other.candidate.tag.addressee);
    }
    wanted.iter().filter(|&&other| other != best).for_each(|&other| listener.fate(other, Fate::Outscored { by: best }));
    Some(selected)
}
