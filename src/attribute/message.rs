//! Whether content without marks tells what was said.

use super::UnitContext;
use super::pieces::ContentPieces;
use crate::clause::{Range, word_of};
use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::token::{TagSet, Token};
use crate::weights::Sense;

/// What a clause of reported speech may begin with, beside its subject.
const OPENS_CLAUSE: TagSet =
    TagSet::THAT.union(TagSet::WHO).union(TagSet::WH).union(TagSet::SUBORD).union(TagSet::NOT).union(TagSet::QOPEN);

/// A head that stands for somebody.
const SOMEBODY: TagSet = TagSet::ROLE
    .union(TagSet::NAME)
    .union(TagSet::PRONOUN)
    .union(TagSet::OBJECT)
    .union(TagSet::POSSESSIVE)
    .union(TagSet::GROUP);

/// What a noun phrase ends before.
const ENDS_PHRASE: TagSet = TagSet::PREP
    .union(TagSet::TO)
    .union(TagSet::COMMA)
    .union(TagSet::AND)
    .union(TagSet::WHO)
    .union(TagSet::OPEN)
    .union(TagSet::DASH)
    .union(TagSet::TIME);

/// What content without marks is, as far as words and classes tell.
pub(super) fn sense(unit: &UnitContext<'_>, anchor: usize, cue: Option<Range>, content: &ContentPieces) -> Sense {
    let tokens = unit.context.tokens.list();
    let Some(content) = content.main().filter(|main| content.first() == Some(*main)) else {
        return Sense::Clause;
    };
    let words = &tokens[content.start()..content.end()];
    let behind = content.start() > anchor;
    if behind && words[0].is(OPENS_CLAUSE) || is_clause(unit.context.lexicon, words) {
        return Sense::Clause;
    }
    let lexicon = unit.context.lexicon;
    let verb = lexicon.entry(word_of(&tokens[anchor])).group;
    // Offered to pay, asked tenants to leave, denied taking it; not: began to pack.
    let is_infinitive = |pair: &[Token]| pair[0].is(TagSet::TO) && pair[1].is(TagSet::VERB | TagSet::BE | TagSet::HAVE);
    let is_bare = verb.takes_infinitives() && (words[0].is(TagSet::TO) || words.windows(2).any(is_infinitive))
        || verb.takes_messages() && words[0].is(TagSet::GERUND);
    if behind && is_bare {
        return Sense::Clause;
    }
    let has_role = |token: &Token, role| lexicon.has_role(word_of(token), role);
    let is_topic = |token: &Token| has_role(token, LexicalRole::Topic);
    let link = cue.filter(|cue| cue.end() > anchor + 1).map(|cue| &tokens[cue.end() - 1]);
    let is_judged = |at: usize| {
        (words[at - 1].is(SOMEBODY) && is_topic(&words[at])
            || !verb.is_speech() && has_role(&words[at], LexicalRole::Reason))
            && !lasts(&tokens[content.start() + at + 1..])
    };
    if behind && (link.is_some_and(is_topic) || (1..words.len()).any(is_judged)) {
        return Sense::Topic;
    }
    if behind && verb.gives_names() && names_twice(words) {
        return Sense::Named;
    }
    let Some(head) = head(words) else { return Sense::Thing };
    let token = &words[head];
    let is_somebody = token.is(SOMEBODY);
    if verb.takes_messages() && !is_somebody {
        return Sense::Message;
    }
    let at = content.start() + head;
    let text = &unit.context.text[unit.context.tokens.span(at, at + 1, unit.strings)];
    // Said no, but not: voted no.
    let names_matter =
        lexicon.entry(word_of(token)).group.names_matter() && (verb.is_speech() || !token.is(TagSet::DET));
    if names_matter || lexicon.spelling().is_matter(text.as_bytes()) {
        return Sense::Matter;
    }
    if is_somebody { Sense::Somebody } else { Sense::Thing }
}

/// Whether some words hold the verb of a clause: one with a tense that is not joined to a verb before them, and belongs to no
/// relative clause.
fn is_clause(lexicon: &Lexicon, words: &[Token]) -> bool {
    for (at, token) in words.iter().enumerate() {
        if token.is(TagSet::WHO | TagSet::THAT) {
            return false;
        }
        if is_predicate(lexicon, words, at) {
            let joined = words[..at].iter().rev().find(|token| !token.is(TagSet::ADVERB));
            return joined.is_none_or(|before| !before.is(TagSet::AND));
        }
    }
    false
}

/// Whether a word is the verb of a clause. What may be a noun as well is one only between its subject and more words, or behind
/// a pronoun; a base form behind a plural or a pronoun. First in a clause stand auxiliaries alone.
fn is_predicate(lexicon: &Lexicon, words: &[Token], at: usize) -> bool {
    const AUXILIARY: TagSet = TagSet::BE.union(TagSet::HAVE).union(TagSet::MODAL);
    const NOMINAL: TagSet =
        TagSet::NOUN.union(TagSet::NAME).union(TagSet::PRONOUN).union(TagSet::ROLE).union(TagSet::GROUP);
    let token = &words[at];
    // Where every word has a capital the tags of verbs are lost.
    let class = if token.is(TagSet::CAP) { token.class | lexicon.entry(word_of(token)).class } else { token.class };
    let Some(before) = at.checked_sub(1).map(|before| &words[before]) else {
        return class.has(AUXILIARY) && words.len() > 2;
    };
    if class.has(TagSet::MAY_BE_FINITE) {
        let may_be_noun = class.has(TagSet::NOUN | TagSet::PLURAL);
        return !may_be_noun || before.is(TagSet::PRONOUN) || before.is(NOMINAL) && at + 1 < words.len();
    }
    class.has(TagSet::VERB) && before.is(TagSet::PLURAL | TagSet::PRONOUN) && !before.is(TagSet::VERBS)
}

/// Whether a length of time begins some words: *an hour*, *two days*.
fn lasts(words: &[Token]) -> bool {
    const BEFORE: usize = 3;
    words.iter().take(BEFORE).any(|token| token.is(TagSet::TIME))
}

/// Where the head of a noun phrase stands; nowhere if it has none.
fn head(words: &[Token]) -> Option<usize> {
    let end = words.iter().skip(1).position(|token| token.is(ENDS_PHRASE)).map_or(words.len(), |end| end + 1);
    words[..end].iter().rposition(|token| !token.is(TagSet::ADVERB | TagSet::CLITIC)).or(end.checked_sub(1))
}

/// Whether a second noun phrase follows the first one: *the plan a farce*.
fn names_twice(words: &[Token]) -> bool {
    words.windows(2).skip(usize::from(words[0].is(TagSet::DET))).any(|pair| {
        pair[0].is(TagSet::NOUN | TagSet::NAME | TagSet::OBJECT | TagSet::ROLE | TagSet::GROUP)
            && pair[1].is(TagSet::DET | TagSet::ADJ)
            && !pair[1].is(TagSet::NOUN | TagSet::TIME | TagSet::THAT)
    })
}
