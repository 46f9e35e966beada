//! The features of a place where content might end.

use super::{Announced, EndPlace, plain_word};
use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::rules::context::Context;
use crate::token::{TagSet, Token};
use crate::weights::{Features, Length, QuoteEnd, TagAhead, WordValue, id};

/// Emits the features of an end before token `at`.
pub(super) fn end_features<F: Features>(
    context: &Context<'_>,
    announced: &Announced,
    start: usize,
    place: &EndPlace,
    mut features: F,
) -> F {
    const AUXILIARY: TagSet = TagSet::BE.union(TagSet::HAVE).union(TagSet::MODAL);
    let EndPlace { at, verbs, next: tag, last_verb, commas, .. } = *place;
    let Announced { head, class, form, relative, opening } = *announced;
    let tokens = context.tokens.list();
    let (first, before, next) = (tokens[start].class.primary_tag(), tokens[at - 1], tokens[at]);
    features.emit::<{ id("end") }>(());
    features.emit::<{ id("end.next") }>((tag, verbs));
    features.emit::<{ id("end.frame") }>((first, verbs, Length::of(at - start)));
    features.emit::<{ id("end.next.first") }>((tag, first, verbs));
    features.emit::<{ id("end.head.next") }>((head, tag));
    features.emit::<{ id("end.group.next") }>((class, tag, verbs));
    features.emit::<{ id("end.commas") }>((tag, commas, verbs));
    let word = plain_word(&next);
    if word != 0 {
        features.emit::<{ id("end.word") }>((WordValue(word), verbs));
        features.emit::<{ id("end.head.word") }>((head, WordValue(word)));
    }
    if next.is(TagSet::COMMA | TagSet::DASH | TagSet::AND | TagSet::ADVERB) {
        let second = tokens.get(at + 1).copied().unwrap_or_default();
        let second_tag = second.class.primary_tag();
        features.emit::<{ id("end.next.second") }>((tag, second_tag, verbs));
        if plain_word(&second) != 0 {
            features.emit::<{ id("end.second.word") }>((WordValue(plain_word(&second)), tag));
        }
        features.emit::<{ id("end.relative") }>((tag, second_tag, relative));
        features.emit::<{ id("end.opened") }>((opening, tag, second_tag));
        if next.is(TagSet::COMMA | TagSet::DASH) && second.is(TagSet::AND) {
            let third = tokens.get(at + 2).copied().unwrap_or_default().class.primary_tag();
            features.emit::<{ id("end.third") }>((third, last_verb, form));
        }
        if second.is(TagSet::VERBAL | AUXILIARY) {
            features.emit::<{ id("end.parallel") }>((form, second_tag, last_verb));
        }
        features.emit::<{ id("end.tag") }>((tag_ahead(context.lexicon, &tokens[at + 1..]), tag));
    }
    if next.is(TagSet::VERBAL | AUXILIARY)
        && let Some(relative) = relative.at_verb()
    {
        features.emit::<{ id("end.relative") }>((tag, tag, relative));
    }
    // She stays because “nobody knows.”
    if next.is(TagSet::SUBORD | TagSet::PREP | TagSet::AND)
        && tokens.get(at + 1).is_some_and(|token| token.is(TagSet::Q))
    {
        features.emit::<{ id("end.quoted") }>((tag, verbs));
    }
    if before.is(TagSet::Q) {
        features.emit::<{ id("end.quote") }>((quote_end(before.class), tag));
    }
    features
}

/// How a quoted string ends, by its classes.
fn quote_end(class: TagSet) -> QuoteEnd {
    match class {
        _ if class.has(TagSet::QEND) => QuoteEnd::Stopped,
        _ if class.has(TagSet::QCOMMA) => QuoteEnd::Paused,
        _ => QuoteEnd::Open,
    }
}

/// Whether a tag follows a comma: *Lim said*, *according to*, *said Lim*.
fn tag_ahead(lexicon: &Lexicon, rest: &[Token]) -> TagAhead {
    const LONGEST_TAG: usize = 7;
    const NOMINAL: TagSet = TagSet::DET
        .union(TagSet::POSSESSIVE)
        .union(TagSet::PRONOUN)
        .union(TagSet::TITLE)
        .union(TagSet::NAME)
        .union(TagSet::NOUN)
        .union(TagSet::ADJ)
        .union(TagSet::NUMBER)
        .union(TagSet::CLITIC);
    for (place, token) in rest.iter().take(LONGEST_TAG).enumerate() {
        if token.is(TagSet::Q) {
            return TagAhead::None;
        }
        let entry = lexicon.entry(token.word);
        if entry.group.is_speech() && token.is(TagSet::PAST | TagSet::VERBS | TagSet::VERB) {
            return if place == 0 { TagAhead::CueSource } else { TagAhead::SourceCue };
        }
        if place == 0 && lexicon.has_role(token.word, LexicalRole::Tag) {
            return TagAhead::AccordingTo;
        }
        if !token.is(NOMINAL | TagSet::AND) {
            return TagAhead::None;
        }
    }
    TagAhead::None
}
