//! What speaks for and against a candidate.

use super::UnitGround;
use super::candidate::Candidate;
use crate::clause::{Sentences, bucket, word_of};
use crate::lexicon::Group;
use crate::token::{Class, Token};
use crate::weigh::{Facts, fact};

/// What speaks for and against a candidate.
pub(crate) fn features<F: Facts>(
    unit: &UnitGround<'_>,
    candidate: &Candidate,
    sentences: &mut Sentences,
    mut facts: F,
) -> F {
    let tokens = unit.ground.tokens.list();
    let kind_at = |at: usize| tokens.get(at).map_or(Class::PARA.kind(), |token| token.class.kind());
    let rule = candidate.rule;
    let entry = unit.ground.lexicon.entry(word_of(&tokens[candidate.anchor]));
    // A rule that names its words itself knows them better than what was counted of them elsewhere.
    let named = unit.ground.program.rules[usize::from(rule)].groups == Group::default();
    let head = if named { 0 } else { entry.lemma };
    let (group, form) = (entry.group.number(), kind_at(candidate.anchor));

    let Some(main) = candidate.content.main() else { return facts };
    let first = kind_at(main.start());
    let link = candidate
        .tag
        .cue
        .filter(|cue| cue.end() > candidate.anchor + 1)
        .map_or(0, |cue| word_of(&tokens[cue.end() - 1]));
    let (source, source_form) =
        candidate.tag.source.map_or((0, 0), |range| read_source(&tokens[range.start()..range.end()]));
    let leftmost = candidate
        .tag
        .source
        .or(candidate.tag.cue)
        .map_or(candidate.anchor, |range| range.start().min(candidate.anchor));
    let start = sentences.start_of(tokens, leftmost);
    let before = if start == leftmost { Class::PARA.kind() } else { kind_at(leftmost - 1) };
    let verbs: usize = tokens[main.start()..main.end()].iter().map(|token| usize::from(token.is(FINITE))).sum();
    let verbs = verbs.min(2);
    let length = bucket(main.end() - main.start());
    let gap = candidate.tag.source.map_or(9, |source| bucket(candidate.anchor.saturating_sub(source.end())));
    let aux = candidate.tag.cue.map_or(0, |cue| helpers(&tokens[cue.start().min(candidate.anchor)..candidate.anchor]));
    fact!(facts, "is");
    fact!(facts, "is.rule", rule);
    fact!(facts, "is.head", head);
    fact!(facts, "is.head.form", head, form);
    fact!(facts, "is.head.first", head, first);
    fact!(facts, "is.head.link", head, link);
    fact!(facts, "is.head.source", head, source);
    fact!(facts, "is.rule.first", rule, first);
    fact!(facts, "is.rule.source", rule, source);
    fact!(facts, "is.rule.before", rule, before);
    fact!(facts, "is.rule.length", rule, length);
    fact!(facts, "is.rule.verb", rule, verbs, first);
    fact!(facts, "is.rule.kind", rule, candidate.kind);
    fact!(facts, "is.rule.after", rule, kind_at(main.end()));
    fact!(facts, "is.rule.gap", rule, gap);
    let end = candidate.end();
    let next = if dates(tokens, end) { Class::TIME.kind() } else { kind_at(end) };
    fact!(facts, "is.rule.next", rule, next);
    fact!(facts, "is.rule.next.verb", rule, next, verbs);
    fact!(facts, "is.aux", aux, group);
    if candidate.clause.is_some() {
        let sure = (candidate.end_chance * 10.0) as u16;
        fact!(facts, "is.end", sure, rule);
        fact!(facts, "is.end.first", sure, first);
    }
    fact!(facts, "is.source.form", source_form, rule);
    fact!(facts, "is.place", bucket(leftmost - start), rule);
    fact!(facts, "is.rule.form", rule, form, aux > 0);
    facts
}

/// Whether a time stands at `at`: this week, late last week.
fn dates(tokens: &[Token], at: usize) -> bool {
    const BEFORE: usize = 2;
    let rest = tokens.get(at..).unwrap_or(&[]);
    let before =
        rest.iter().take(BEFORE).take_while(|token| token.is(Class::DET | Class::ADJ) && !token.is(Class::TIME));
    rest.get(before.count()).is_some_and(|token| token.is(Class::TIME))
}

const FINITE: Class = Class::BE.union(Class::HAVE).union(Class::MODAL).union(Class::PAST).union(Class::VERBS);

/// What helps the head of a cue: not 1, modal 2, be 4, to 8, have 16.
fn helpers(tokens: &[Token]) -> u16 {
    const HELPERS: [(Class, u16); 5] =
        [(Class::NOT, 1), (Class::MODAL, 2), (Class::BE, 4), (Class::TO, 8), (Class::HAVE, 16)];
    bits_of(tokens.iter().fold(Class::NONE, |classes, token| classes | token.class), &HELPERS)
}

/// The bits of the classes that are there.
fn bits_of(classes: Class, bits: &[(Class, u16)]) -> u16 {
    bits.iter().map(|&(class, bit)| if classes.has(class) { bit } else { 0 }).sum()
}

/// What the head of a source is: 0 nothing, 2 he or she, 3 it or you, 4 other pronouns, 5 who,
/// 6 a name, 7 a role, 8 a group, 9 a document, 10 other nouns in the plural, 11 other nouns, 12 a
/// possessive, 13 a number, 14 anything else. And what it holds behind its first word: 1 a verb, 2 a conjunction, 4 a comma,
/// 8 *who*.
fn read_source(source: &[Token]) -> (u16, u16) {
    const BREAK: Class = Class::PREP.union(Class::COMMA).union(Class::WHO).union(Class::OPEN);
    const VERB: Class = Class::VERBAL.union(Class::BE).union(Class::HAVE).union(Class::MODAL);
    const MARKS: [(Class, u16); 4] = [(VERB, 1), (Class::AND, 2), (Class::COMMA, 4), (Class::WHO, 8)];
    let mut end = source.len();
    let mut held = Class::NONE;
    for (at, token) in source.iter().enumerate().skip(1).rev() {
        end = if token.is(BREAK) { at } else { end };
        held |= if token.is(Class::NAME) { Class::NONE } else { token.class };
    }
    let form = bits_of(held, &MARKS);
    let head = &source[end - 1];
    let head = if head.is(Class::CLITIC) && end > 1 { &source[end - 2] } else { head };
    if head.is(Class::PRONOUN | Class::OBJECT) && source.len() == 1 {
        let pronoun = match head.class {
            class if class.has(Class::FEMALE | Class::MALE) => 2,
            class if class.has(Class::PRONOUN) && class.has(Class::OBJECT) => 3,
            _ => 4,
        };
        return (pronoun, form);
    }
    (head_type(head.class), form)
}

/// What a noun is that is the head of a source.
fn head_type(head: Class) -> u16 {
    const TYPES: [(Class, u16); 9] = [
        (Class::WHO.union(Class::THAT), 5),
        (Class::POSSESSIVE, 12),
        (Class::NAME, 6),
        (Class::ROLE, 7),
        (Class::GROUP, 8),
        (Class::DOCUMENT, 9),
        (Class::PLURAL, 10),
        (Class::NUMBER, 13),
        (Class::NOUN, 11),
    ];
    // The first that fits: without a branch for each.
    TYPES.iter().rev().fold(14, |found, &(class, number)| if head.has(class) { number } else { found })
}
