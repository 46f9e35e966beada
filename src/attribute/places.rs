//! Where rules may start from, and which of these places are worth it.

use super::listen::{Gate, Listener};
use super::{Coverage, UnitContext, UnitWork};
use crate::clause::word_of;
use crate::token::{TagSet, Token};
use crate::weights::{AnchorValue, Surroundings};

impl UnitWork {
    /// Notes the words of a unit that the rules are tried on. All that rules may start from are if `open`; otherwise the
    /// gate passes over those that are hardly ever a cue.
    pub(super) fn find_anchors(&mut self, unit: &UnitContext<'_>, open: bool, listener: &mut impl Listener) {
        self.anchors.clear();
        let tokens = unit.context.tokens.list();
        // Without marks in the unit all its content is indirect, of which `Speech` reports words alone.
        let has_marks = self.places.iter().any(|&at| tokens[at as usize].is(TagSet::Q | TagSet::QOPEN));
        let only_words = !open && unit.coverage == Coverage::Speech && !has_marks;
        for &place in &self.places {
            let at = place as usize;
            if !tokens[at].is(TagSet::Q | TagSet::ANCHOR) {
                continue;
            }
            let gate = if open { Gate::Open } else { gate(unit, at, only_words) };
            listener.gate(unit, at, gate);
            if gate == Gate::Open {
                self.anchors.push(place);
            }
        }
    }
}

/// Whether a word is tried. Words that a rule of the caller's starts from always are, as far as weights go.
fn gate(unit: &UnitContext<'_>, at: usize, only_words: bool) -> Gate {
    let program = unit.context.program;
    let anchors = anchors_at(unit, at);
    let is_word = unit.context.tokens.list()[at].is(TagSet::WORD);
    let hopeless = is_word
        && !unit.weights.passes_cue_gate(&surroundings(unit, at))
        && !tags_marks(unit.context.tokens.list(), at);
    if hopeless && anchors.iter().all(|&anchor| program.anchors[usize::from(anchor)].is_built_in) {
        return Gate::Hopeless;
    }
    if only_words && !may_tell_of_words(unit, at, anchors) { Gate::TellsOfNoWords } else { Gate::Open }
}

/// Whether a word stands where a tag of words in marks has its verb, whatever the word: *Lim states, “…”*, *“…,” Lim states.*
fn tags_marks(tokens: &[Token], at: usize) -> bool {
    const PAUSE: TagSet = TagSet::COMMA.union(TagSet::COLON);
    const SUBJECT: TagSet = TagSet::NAME.union(TagSet::PRONOUN).union(TagSet::ROLE);
    let is = |at: Option<usize>, class| at.and_then(|at| tokens.get(at)).is_some_and(|token| token.is(class));
    let before = at.checked_sub(1);
    is(before, SUBJECT)
        && tokens[at].is(TagSet::VERBS | TagSet::PAST)
        && (is(Some(at + 1), PAUSE) && is(Some(at + 2), TagSet::Q) && !is(Some(at + 2), TagSet::SHORT)
            || is(at.checked_sub(2), TagSet::QCOMMA)
            || is(at.checked_sub(3), TagSet::QCOMMA) && is(at.checked_sub(2), SUBJECT | TagSet::TITLE | TagSet::DET))
}

/// Notes the tokens that rules may start from and those with marks. Where only words in marks are wanted, sentences without
/// any are passed over, unless a quoted string stands right behind them.
pub(super) fn find_places(unit: &UnitContext<'_>, places: &mut Vec<u32>) {
    const END: TagSet = TagSet::STOP.union(TagSet::PARA);
    let tokens = unit.context.tokens.list();
    let wanted = TagSet::Q | TagSet::QOPEN | TagSet::ANCHOR;
    if unit.coverage != Coverage::Direct {
        note_places(tokens, wanted, places);
        return;
    }
    note_places(tokens, wanted | END, places);
    let is = |place: u32, class: TagSet| tokens[place as usize].is(class);
    let (mut from, mut kept) = (0, 0);
    while from < places.len() {
        let end = places[from..].iter().position(|&place| is(place, END)).map_or(places.len(), |end| from + end + 1);
        let behind = places.get(end).filter(|&&place| place == places[end - 1] + 1);
        let mut near = places[from..end].iter().chain(behind);
        if near.any(|&place| is(place, TagSet::Q | TagSet::QOPEN)) {
            places.copy_within(from..end, kept);
            kept += end - from;
        }
        from = end;
    }
    places.truncate(kept);
}

/// Notes where the tokens of some classes are, without a branch for each that is hard to foretell.
fn note_places(tokens: &[Token], wanted: TagSet, places: &mut Vec<u32>) {
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

/// Whether any rule that may start from a word tells of words said or written.
fn may_tell_of_words(unit: &UnitContext<'_>, at: usize, anchors: &[u16]) -> bool {
    let program = unit.context.program;
    let group = unit.context.lexicon.entry(word_of(&unit.context.tokens.list()[at])).group;
    let paths = |&anchor: &u16| program.anchors[usize::from(anchor)].paths.list(program.paths.len());
    let mut rules = anchors.iter().flat_map(paths).map(|path| program.paths[usize::from(path)].rule);
    rules.any(|rule| group.tells_of_words(program.rules[usize::from(rule)].groups))
}

/// What a token may be an anchor as.
#[inline]
pub(super) fn anchors_at<'g>(unit: &UnitContext<'g>, at: usize) -> &'g [u16] {
    let token = unit.context.tokens.list()[at];
    if token.is(TagSet::Q) {
        return &unit.context.program.string_anchors;
    }
    let (from, to) = unit.context.lexicon.entry(word_of(&token)).anchors;
    &unit.context.program.by_word[from as usize..to as usize]
}

/// What the gate of cues is asked about.
#[inline]
pub(crate) fn surroundings(unit: &UnitContext<'_>, at: usize) -> Surroundings {
    let tokens = unit.context.tokens.list();
    let tag = |token: Option<&Token>| token.map_or(TagSet::PARA, |token| token.class).primary_tag();
    let word = word_of(&tokens[at]);
    Surroundings {
        word: AnchorValue(word),
        class: unit.context.lexicon.entry(word).group.cue_class(),
        form: tokens[at].class.primary_tag(),
        prev: tag(at.checked_sub(1).and_then(|before| tokens.get(before))),
        next: tag(tokens.get(at + 1)),
    }
}
