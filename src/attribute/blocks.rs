//! Blocks → attributions: what a turn, a line of dialogue behind a dash or an announced block says.

use super::attribution::Attributions;
use super::dash::{self, DashSpeech};
use super::{Attributor, UnitContext};
use crate::lex::Tokens;
use crate::lexicon::Lexicon;
use crate::pair::Quoted;
use crate::probability::Probability;
use crate::quote::{Attribution, BlockEntry, BlockKind, Flags, MentionKind, Origin, Place, QuoteKind};
use crate::rules::context::Context;
use crate::span::Span;

/// The score of a candidate whose content is an announced block: its shape decides, and no weights.
pub(super) const ANNOUNCED: Probability = Probability::of(0.9);

const DASH: Origin = Origin::Sieve("dash");
const BLOCK: Origin = Origin::Sieve("block");

impl Attributor {
    /// Adds what blocks say to the attributions of a text, in order.
    pub(crate) fn add_blocks(
        &mut self,
        unit: &UnitContext<'_>,
        tokens: &mut Tokens,
        blocks: &[BlockEntry],
        made: &mut Attributions,
    ) {
        if blocks.iter().all(|block| block.kind == BlockKind::Furniture) {
            return;
        }
        let Context { text, lexicon, .. } = unit.context;
        let goes_on = |before: &BlockEntry, next: &BlockEntry| {
            let between = text.get(before.span.end..next.span.start);
            before.kind == next.kind && next.label.is_none() && between.is_some_and(|text| text.trim_start().is_empty())
        };
        // Those of the narrative are in order.
        let known = made.list.len();
        for group in blocks.chunk_by(goes_on) {
            match group[0].kind {
                BlockKind::Turn => add_turn(text, lexicon, group, made),
                BlockKind::Announced => widen_announced(group, known, made),
                BlockKind::Dash => {
                    group.iter().for_each(|block| add_dash(unit, tokens, &mut self.dash_speech, block, made));
                }
                BlockKind::Furniture => {}
            }
        }
        let contents = &made.contents;
        made.list.sort_unstable_by_key(|quote| (contents[quote.content.0 as usize].start, quote.content));
    }
}

/// Adds the words of a turn: its paragraphs without the label, and without what stands in brackets for what is done.
fn add_turn(text: &str, lexicon: &Lexicon, group: &[BlockEntry], made: &mut Attributions) {
    let from = made.contents.len() as u32;
    for block in group {
        push_words(text, Span::new(block.words, block.span.end), &mut made.contents);
    }
    let source = group[0].label.filter(|label| names_somebody(&text[*label], lexicon));
    let source = source.map(|span| Place { span, kind: MentionKind::Name });
    push(from, source, None, Origin::TURN, made);
}

/// Whether a label names somebody, and is no letter for whoever asks or answers.
fn names_somebody(label: &str, lexicon: &Lexicon) -> bool {
    use crate::lang::LexicalRole;
    ![LexicalRole::Question, LexicalRole::Answer].into_iter().any(|role| lexicon.is_written(label, role))
}

/// Adds the pieces of some words that stand outside of brackets in which something is done: [laughter], (crosstalk).
fn push_words(text: &str, words: Span, contents: &mut Vec<Span>) {
    const LONGEST: usize = 60;
    let mut start = words.start;
    let mut at = words.start;
    while let Some(open) = text[at..words.end].find(['[', '(']).map(|open| at + open) {
        let close = if text[open..].starts_with('[') { ']' } else { ')' };
        let inner = &text[open + 1..words.end];
        let end = inner.bytes().take(LONGEST).position(|byte| byte == close as u8);
        at = open + 1;
        let Some(end) = end else { continue };
        // A remark in round brackets is one by itself: a word or two, no aside of the speaker.
        let alone = close == ']' || open == start || inner[..end].split(' ').count() <= 1;
        if alone && inner[..end].bytes().any(|byte| byte.is_ascii_alphabetic()) {
            push_trimmed(text, Span::new(start, open), contents);
            start = open + end + 2;
            at = start;
        }
    }
    push_trimmed(text, Span::new(start, words.end), contents);
}

fn push_trimmed(text: &str, span: Span, contents: &mut Vec<Span>) {
    let start = span.end - text[span].trim_start().len();
    let end = start + text[start..span.end].trim_end().len();
    if text[start..end].contains(char::is_alphanumeric) {
        contents.push(Span::new(start, end));
    }
}

/// Adds an attribution whose content was added from `from` on, unless there is none.
fn push(from: u32, source: Option<Place>, cue: Option<Span>, origin: Origin, made: &mut Attributions) {
    let to = made.contents.len() as u32;
    if from < to {
        made.push(Attribution {
            kind: QuoteKind::Direct,
            content: (from, to),
            cue,
            source,
            addressee: None,
            flags: Flags::UNMARKED,
            score: ANNOUNCED,
            origin,
        });
    }
}

/// Gives the quotation that an announcement made of the first paragraph of its block, one of the `known`, all of the block.
fn widen_announced(group: &[BlockEntry], known: usize, made: &mut Attributions) {
    let first = group[0].span;
    let start = |quote: &Attribution| made.contents[quote.content.0 as usize].start;
    let index = made.list[..known].partition_point(|quote| start(quote) < first.start);
    if made.list[..known].get(index).is_none_or(|quote| start(quote) != first.start) {
        return;
    }
    let from = made.contents.len() as u32;
    made.contents.extend(group.iter().map(|block| block.span));
    let quote = &mut made.list[index];
    quote.content = (from, made.contents.len() as u32);
    (quote.kind, quote.origin) = (QuoteKind::Direct, BLOCK);
    quote.flags |= Flags::UNMARKED;
}

/// Adds what is said in a line of dialogue, without the tags inside.
fn add_dash(
    unit: &UnitContext<'_>,
    tokens: &mut Tokens,
    speech: &mut DashSpeech,
    block: &BlockEntry,
    made: &mut Attributions,
) {
    let Context { text, lexicon, .. } = unit.context;
    let strings: &[Quoted] = unit.strings;
    let words = Span::new(block.words, block.span.end);
    let first = strings.partition_point(|string| string.outer.start < words.start);
    tokens.read(text, &[words], strings, first, lexicon);
    let from = made.contents.len() as u32;
    speech.read(text, words, tokens, lexicon);
    let span = |(from, to): (usize, usize)| tokens.span(from, to, strings);
    for &piece in &speech.pieces {
        push_trimmed(text, piece, &mut made.contents);
    }
    let mut tag = speech.tag.map(|tag| (span(tag.cue), span(tag.source), tag.kind));
    if tag.is_none() {
        let before = announcement(text, block.span.start);
        if !before.is_empty() {
            let first = strings.partition_point(|string| string.outer.start < before.start);
            tokens.read(text, &[before], strings, first, lexicon);
            let span = |(from, to): (usize, usize)| tokens.span(from, to, strings);
            tag = dash::before(tokens.list(), lexicon).map(|tag| (span(tag.cue), span(tag.source), tag.kind));
        }
    }
    let source = tag.map(|(_, span, kind)| Place { span, kind });
    push(from, source, tag.map(|(cue, ..)| cue), DASH, made);
}

/// The sentence that ends in a colon right before a place; empty if there is none.
fn announcement(text: &str, at: usize) -> Span {
    const LONGEST: usize = 300;
    let before = text[..at].trim_end();
    let Some(sentence) = before.strip_suffix(':') else { return Span::new(at, at) };
    let floor = sentence.len().saturating_sub(LONGEST);
    let floor = (floor..=sentence.len()).find(|&at| sentence.is_char_boundary(at)).unwrap_or(floor);
    let start = sentence[floor..].rfind(['.', '?', '!', '\n']).map_or(floor, |stop| floor + stop + 1);
    Span::new(start, sentence.len())
}
