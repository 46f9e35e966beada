//! The features of a candidate.

use super::UnitContext;
use super::candidate::Candidate;
use super::message::sense;
use crate::clause::{Sentences, plain_word, word_of};
use crate::lexicon::CueClasses;
use crate::token::{TagSet, Token};
use crate::weights::{
    Certainty, Features, GapValue, HeadValue, Helped, Helpers, Length, RuleValue, SourceForm, SourceHead, Verbs,
    WordValue, id,
};

/// Emits the features of a candidate.
pub(crate) fn features<F: Features>(
    unit: &UnitContext<'_>,
    candidate: &Candidate,
    sentences: &mut Sentences,
    mut features: F,
) -> F {
    let tokens = unit.context.tokens.list();
    let tag_at = |at: usize| tokens.get(at).map_or(TagSet::PARA, |token| token.class).primary_tag();
    let rule = RuleValue(candidate.rule);
    let entry = unit.context.lexicon.entry(word_of(&tokens[candidate.anchor]));
    // What was learned of a word elsewhere is not asked where a rule names its words itself.
    let names_words = unit.context.program.rules[usize::from(candidate.rule)].groups == CueClasses::default();
    let head = HeadValue(if names_words { 0 } else { entry.lemma });
    let (class, form) = (entry.group.cue_class(), tag_at(candidate.anchor));
    let Some(main) = candidate.content.main() else { return features };
    let first = tag_at(main.start());
    let link = candidate.tag.cue.filter(|cue| cue.end() > candidate.anchor + 1);
    let link = WordValue(link.map_or(0, |cue| word_of(&tokens[cue.end() - 1])));
    let source = candidate.tag.source.map(|range| read_source(&tokens[range.start()..range.end()]));
    let (source, source_form) = source.unwrap_or((SourceHead::None, SourceForm::NONE));
    let tag = &candidate.tag;
    let leftmost = tag.source.or(tag.cue).map_or(candidate.anchor, |range| range.start().min(candidate.anchor));
    let start = sentences.start_of(tokens, leftmost);
    let before = if start == leftmost { TagSet::PARA.primary_tag() } else { tag_at(leftmost - 1) };
    let verbs =
        Verbs::of(tokens[main.start()..main.end()].iter().filter(|token| token.is(TagSet::MAY_BE_FINITE)).count());
    let length = Length::of(main.end() - main.start());
    let gap = candidate.tag.source.map(|source| Length::of(candidate.anchor.saturating_sub(source.end())));
    let cue = candidate.tag.cue.map(|cue| &tokens[cue.start().min(candidate.anchor)..candidate.anchor]);
    let helpers = cue.map_or(Helpers::NONE, helpers);
    features.emit::<{ id("is") }>(());
    features.emit::<{ id("is.rule") }>((rule,));
    features.emit::<{ id("is.head") }>((head,));
    features.emit::<{ id("is.head.form") }>((head, form));
    features.emit::<{ id("is.head.first") }>((head, first));
    features.emit::<{ id("is.head.link") }>((head, link));
    features.emit::<{ id("is.head.source") }>((head, source));
    features.emit::<{ id("is.rule.first") }>((rule, first));
    features.emit::<{ id("is.rule.source") }>((rule, source));
    features.emit::<{ id("is.rule.before") }>((rule, before));
    features.emit::<{ id("is.rule.length") }>((rule, length));
    features.emit::<{ id("is.rule.verb") }>((rule, verbs, first));
    features.emit::<{ id("is.rule.kind") }>((rule, candidate.kind));
    features.emit::<{ id("is.rule.after") }>((rule, tag_at(main.end())));
    features.emit::<{ id("is.rule.gap") }>((rule, GapValue(gap)));
    let end = candidate.end();
    let next = if dates(tokens, end) { TagSet::TIME.primary_tag() } else { tag_at(end) };
    features.emit::<{ id("is.rule.next") }>((rule, next));
    features.emit::<{ id("is.rule.next.verb") }>((rule, next, verbs));
    features.emit::<{ id("is.aux") }>((helpers, class));
    if candidate.clause.is_some() {
        let certainty = Certainty::of(candidate.end_probability);
        features.emit::<{ id("is.end") }>((certainty, rule));
        features.emit::<{ id("is.end.first") }>((certainty, first));
    }
    features.emit::<{ id("is.source.form") }>((source_form, rule));
    features.emit::<{ id("is.place") }>((Length::of(leftmost - start), rule));
    let helped = if helpers == Helpers::NONE { Helped::Bare } else { Helped::Helped };
    features.emit::<{ id("is.rule.form") }>((rule, form, helped));
    let sense = sense(unit, candidate);
    features.emit::<{ id("is.class.sense") }>((class, sense));
    features.emit::<{ id("is.head.sense") }>((head, sense));
    features.emit::<{ id("is.class.first") }>((class, first, verbs));
    features.emit::<{ id("is.class.source") }>((class, source));
    let word_at = |at: usize| tokens.get(at).map_or(0, plain_word);
    features.emit::<{ id("is.next.word") }>((WordValue(word_at(main.end())), form));
    features.emit::<{ id("is.first.word") }>((WordValue(word_at(main.start())), verbs));
    let before_word = if start == leftmost { 0 } else { word_at(leftmost - 1) };
    features.emit::<{ id("is.before.word") }>((WordValue(before_word), form));
    features.emit::<{ id("is.last.next") }>((tag_at(main.end() - 1), tag_at(main.end()), verbs));
    features
}

/// Whether a time stands at `at`: this week, late last week.
fn dates(tokens: &[Token], at: usize) -> bool {
    const BEFORE: usize = 2;
    let rest = tokens.get(at..).unwrap_or(&[]);
    let before =
        rest.iter().take(BEFORE).take_while(|token| token.is(TagSet::DET | TagSet::ADJ) && !token.is(TagSet::TIME));
    rest.get(before.count()).is_some_and(|token| token.is(TagSet::TIME))
}

/// What helps the head of a cue: `tokens` is what stands of the cue before it.
fn helpers(tokens: &[Token]) -> Helpers {
    Helpers::of(tokens.iter().fold(TagSet::NONE, |classes, token| classes | token.class))
}

/// What the head of a source is, and what the source holds behind its first word.
fn read_source(source: &[Token]) -> (SourceHead, SourceForm) {
    const BREAK: TagSet = TagSet::PREP.union(TagSet::COMMA).union(TagSet::WHO).union(TagSet::OPEN);
    let mut end = source.len();
    let mut held = TagSet::NONE;
    for (at, token) in source.iter().enumerate().skip(1).rev() {
        end = if token.is(BREAK) { at } else { end };
        held |= if token.is(TagSet::NAME) { TagSet::NONE } else { token.class };
    }
    let form = SourceForm::of(held);
    let head = &source[end - 1];
    let head = if head.is(TagSet::CLITIC) && end > 1 { &source[end - 2] } else { head };
    if head.is(TagSet::PRONOUN | TagSet::OBJECT) && source.len() == 1 {
        let pronoun = match head.class {
            class if class.has(TagSet::FEMALE | TagSet::MALE) => SourceHead::HeOrShe,
            class if class.has(TagSet::PRONOUN) && class.has(TagSet::OBJECT) => SourceHead::ItOrYou,
            _ => SourceHead::Pronoun,
        };
        return (pronoun, form);
    }
    (noun_head(head.class), form)
}

/// What a noun is that is the head of a source.
fn noun_head(head: TagSet) -> SourceHead {
    const HEADS: [(TagSet, SourceHead); 9] = [
        (TagSet::WHO.union(TagSet::THAT), SourceHead::Who),
        (TagSet::POSSESSIVE, SourceHead::Possessive),
        (TagSet::NAME, SourceHead::Name),
        (TagSet::ROLE, SourceHead::Role),
        (TagSet::GROUP, SourceHead::Organisation),
        (TagSet::DOCUMENT, SourceHead::Document),
        (TagSet::PLURAL, SourceHead::Plural),
        (TagSet::NUMBER, SourceHead::Number),
        (TagSet::NOUN, SourceHead::Noun),
    ];
    // The first that fits: without a branch for each.
    HEADS.iter().rev().fold(SourceHead::Other, |found, &(class, known)| if head.has(class) { known } else { found })
}
