//! What is said in a line of dialogue that a dash opens, and the tags inside: *—Really, Simon, said Mrs Dedalus, you should.*

use crate::clause::word_of;
use crate::lex::Tokens;
use crate::lexicon::Lexicon;
use crate::quote::MentionKind;
use crate::span::Span;
use crate::token::{TagSet, Token};

/// Tokens, half open.
type Piece = (usize, usize);

/// Who says it, in tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct DashTag {
    pub(super) cue: Piece,
    pub(super) source: Piece,
    pub(super) kind: MentionKind,
    /// The token behind all that belongs to the tag.
    end: usize,
}

/// The pieces of a line that are said, in bytes, and its first tag.
#[derive(Debug, Default)]
pub(super) struct DashSpeech {
    pub(super) pieces: Vec<Span>,
    pub(super) tag: Option<DashTag>,
}

/// What a tag ends before.
const ENDS_TAG: TagSet = TagSet::COMMA.union(TagSet::STOP).union(TagSet::PARA).union(TagSet::COLON).union(TagSet::DASH);

impl DashSpeech {
    /// Reads the tokens of a line, which is all of `words`.
    pub(super) fn read(&mut self, text: &str, words: Span, tokens: &Tokens, lexicon: &Lexicon) {
        self.pieces.clear();
        self.tag = None;
        let list = tokens.list();
        // A question mark before a small letter ends no sentence.
        let is_asked = |at: usize| text[tokens.start(at - 1)..tokens.start(at)].contains(['?', '!', '…']);
        let mut from = words.start;
        let mut at = 1;
        while at < list.len() {
            let is_paused = list[at - 1].is(TagSet::COMMA | TagSet::STOP | TagSet::DASH) || is_asked(at);
            let Some(tag) = is_paused.then(|| tag_at(list, at, lexicon)).flatten() else {
                at += 1;
                continue;
            };
            // A comma before the tag is no part of what is said; a question mark is.
            let end = if list[at - 1].is(TagSet::COMMA | TagSet::DASH) { at - 1 } else { at };
            self.pieces.push(Span::new(from, tokens.start(end).max(from)));
            self.tag = self.tag.or(Some(tag));
            let stop = list.get(tag.end);
            at = tag.end + usize::from(stop.is_some_and(|token| token.is(ENDS_TAG)));
            if at >= list.len() || stop.is_some_and(|token| token.is(TagSet::STOP)) && narrates(&list[at..]) {
                return;
            }
            from = tokens.start(at);
            at += 1;
        }
        self.pieces.push(Span::new(from, words.end));
    }
}

/// The tag that begins with token `at`: *said Mrs Dedalus*, *he said*.
fn tag_at(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<DashTag> {
    const LONGEST: usize = 12;
    let says = |at: usize| tokens.get(at).is_some_and(|token| is_cue(token, lexicon));
    let (cue, source) = if says(at) {
        (at, somebody(tokens, at + 1)?)
    } else {
        let source = somebody(tokens, at)?;
        let adverb = usize::from(tokens.get(source.1).is_some_and(|token| token.is(TagSet::ADVERB)));
        if !says(source.1 + adverb) {
            return None;
        }
        (source.1 + adverb, source)
    };
    let from = source.1.max(cue + 1);
    let rest = tokens.iter().skip(from).take(LONGEST);
    let mut end = from + rest.take_while(|token| !token.is(ENDS_TAG)).count();
    // Said Stephen, turning away.
    while tokens.get(end).is_some_and(|token| token.is(TagSet::COMMA)) && goes_on(tokens.get(end + 1)) {
        end += 1 + tokens[end + 1..].iter().take_while(|token| !token.is(ENDS_TAG)).count();
    }
    let kind = mention_kind(&tokens[source.0..source.1]);
    Some(DashTag { cue: (cue, cue + 1), source, kind, end })
}

/// Who says what a sentence announces: *He put it on his plate, saying:*, *Dante said:*
pub(super) fn before(tokens: &[Token], lexicon: &Lexicon) -> Option<DashTag> {
    let says =
        |at: &usize| is_cue(&tokens[*at], lexicon) || tokens[*at].is(TagSet::GERUND) && is_verb(&tokens[*at], lexicon);
    let cue = (0..tokens.len()).rev().find(says)?;
    let subject = |at: &usize| somebody(tokens, *at).filter(|source| source.1 <= cue);
    // The subject stands right before the verb, or begins the sentence.
    let near =
        (0..cue).rev().take(4).filter_map(|at| subject(&at)).find(|source| {
            tokens[source.1..cue].iter().all(|token| token.is(TagSet::HAVE | TagSet::ADVERB | TagSet::BE))
        });
    let source = near.filter(|_| !tokens[cue].is(TagSet::GERUND)).or_else(|| (0..cue).find_map(|at| subject(&at)))?;
    // Titles and first names before it.
    let source = (0..source.0).filter_map(|at| subject(&at)).find(|wider| wider.1 == source.1).unwrap_or(source);
    Some(DashTag { cue: (cue, cue + 1), source, kind: mention_kind(&tokens[source.0..source.1]), end: tokens.len() })
}

/// Whether a word behind the comma of a tag tells how it is said.
fn goes_on(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.is(TagSet::GERUND) && !token.is(TagSet::CAP) && !token.is(TagSet::PREP))
}

fn mention_kind(words: &[Token]) -> MentionKind {
    match words {
        [only] if only.is(TagSet::PRONOUN) => MentionKind::Pronoun,
        words if words.iter().any(|token| token.is(TagSet::NAME)) => MentionKind::Name,
        _ => MentionKind::Nominal,
    }
}

fn is_verb(token: &Token, lexicon: &Lexicon) -> bool {
    lexicon.entry(word_of(token)).group.is_speech()
}

fn is_cue(token: &Token, lexicon: &Lexicon) -> bool {
    // At the start of a sentence the tags of verbs are lost.
    let entry = lexicon.entry(word_of(token));
    entry.class.has(TagSet::PAST | TagSet::VERBS) && !token.is(TagSet::CAP) && entry.group.is_speech()
}

/// Somebody who is named, described or spoken of by a pronoun.
fn somebody(tokens: &[Token], at: usize) -> Option<Piece> {
    const MODIFIER: TagSet =
        TagSet::DET.union(TagSet::POSSESSIVE).union(TagSet::TITLE).union(TagSet::ADJ).union(TagSet::NUMBER);
    const HEAD: TagSet = TagSet::NAME
        .union(TagSet::CAP)
        .union(TagSet::ROLE)
        .union(TagSet::NOUN)
        .union(TagSet::TITLE)
        .union(TagSet::PARTICLE)
        .union(TagSet::GROUP);
    let first = tokens.get(at)?;
    if first.is(TagSet::PRONOUN) {
        return Some((at, at + 1));
    }
    if first.is(TagSet::ADVERB | TagSet::SUBORD | TagSet::AND) && !first.is(TagSet::NAME) {
        return None;
    }
    let mut end = at;
    while let Some(token) = tokens.get(end).filter(|token| token.is(MODIFIER | HEAD) && !token.is(ENDS_TAG)) {
        let is_name = |token: &Token| {
            token.is(TagSet::NAME) || token.is(TagSet::CAP) && !token.is(TagSet::DET | TagSet::POSSESSIVE)
        };
        // A name goes on with names alone.
        if end > at && is_name(&tokens[end - 1]) && !is_name(token) && !token.is(TagSet::PARTICLE) {
            break;
        }
        end += 1;
        // A common noun ends it, unless another noun or a name stands behind.
        let next = tokens.get(end).filter(|next| next.is(TagSet::NAME | TagSet::NOUN) && !next.is(TagSet::PAST));
        if token.is(TagSet::NOUN | TagSet::ROLE) && !token.is(TagSet::CAP) && next.is_none() {
            break;
        }
    }
    let words = &tokens[at..end];
    words
        .iter()
        .any(|token| token.is(HEAD) && (token.is(TagSet::CAP | TagSet::ROLE) || words.len() > 1))
        .then_some((at, end))
}

/// Whether what stands behind the sentence of a tag is told and not said: *He turned away.*
fn narrates(rest: &[Token]) -> bool {
    let Some(first) = rest.first() else { return false };
    let pronoun = first.is(TagSet::PRONOUN) && first.is(TagSet::FEMALE | TagSet::MALE);
    let told = |token: &Token| token.is(TagSet::PAST) && !token.is(TagSet::MODAL);
    let verb = rest.iter().take(4).skip(1).find(|token| token.is(TagSet::MAY_BE_FINITE));
    (pronoun || first.is(TagSet::NAME | TagSet::DET | TagSet::POSSESSIVE)) && verb.is_some_and(told)
}
