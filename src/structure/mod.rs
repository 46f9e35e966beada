//! Paragraphs → blocks: turns, lines of dialogue, announced words, furniture.
//!
//! A paragraph is told by its own shape, mostly by how it begins, and by the habits of the text: one paragraph that begins
//! with a word and a colon is nothing, five of them that alternate are a transcript. All that is asked of a plain paragraph
//! is whether it has a label, so plain news pays little.

mod furniture;
mod habits;
mod label;
mod words;

use crate::lexicon::Lexicon;
use crate::marks::{Uses, uses};
use crate::pair::Quoted;
use crate::quote::{BlockEntry, BlockKind};
use crate::span::Span;
use furniture::Furniture;
use habits::Habits;
use label::Label;

/// The blocks of a text, and the paragraphs that are left. Reused.
#[derive(Debug, Default)]
pub(crate) struct Structure {
    /// In order. Paragraphs of plain narrative have none.
    pub(crate) blocks: Vec<BlockEntry>,
    /// What is read for attributions: without turns, dialogue and furniture. Of no use while `is_plain`.
    pub(crate) narrative: Vec<Span>,
    /// What is read for names: all but furniture. Of no use while `is_plain`.
    pub(crate) named: Vec<Span>,
    /// Every paragraph is plain narrative.
    pub(crate) is_plain: bool,
    /// Paragraphs with a label, by their number.
    labels: Vec<(u32, Label)>,
    /// Paragraphs that begin with a dash.
    dashes: Vec<u32>,
    habits: Habits,
}

impl Structure {
    /// Tells the blocks of a text apart, behind [`clear`](Structure::clear). `marked` if only what stands in quotation marks is looked for: then turns and
    /// dialogue without marks are read as narrative is.
    pub(crate) fn read(
        &mut self,
        text: &str,
        paragraphs: &[Span],
        strings: &[Quoted],
        lexicon: &Lexicon,
        marked: bool,
    ) {
        if !marked {
            self.find_labels(text, paragraphs, lexicon);
        }
        let has_dashes = habits::speaks_in_dashes(text, paragraphs, &self.dashes, lexicon);
        habits::keep_turns(text, paragraphs, &mut self.labels, &mut self.habits, lexicon);
        self.find_blocks(text, paragraphs, lexicon, has_dashes, marked);
        self.keep_quotations_whole(strings);
        self.is_plain = self.blocks.is_empty();
        if !self.is_plain {
            self.part(text, paragraphs);
        }
    }

    /// Forgets the text before: all of the next is plain narrative.
    pub(crate) fn clear(&mut self) {
        self.blocks.clear();
        self.labels.clear();
        self.dashes.clear();
        self.narrative.clear();
        self.named.clear();
        self.is_plain = true;
    }

    fn find_labels(&mut self, text: &str, paragraphs: &[Span], lexicon: &Lexicon) {
        for (number, paragraph) in (0..).zip(paragraphs) {
            let first = text[*paragraph].chars().next();
            if first.is_some_and(|first| uses(first).has(Uses::OPENS_SPEECH)) {
                self.dashes.push(number);
            } else if let Some(label) = Label::read(text, *paragraph, lexicon) {
                self.labels.push((number, label));
            }
        }
    }

    fn find_blocks(&mut self, text: &str, paragraphs: &[Span], lexicon: &Lexicon, has_dashes: bool, marked: bool) {
        let mut labels = self.labels.iter().peekable();
        let mut dashes = self.dashes.iter().peekable();
        // The turn or announced block that may go on, by its kind.
        let mut open: Option<BlockKind> = None;
        for (number, &span) in (0u32..).zip(paragraphs) {
            let plain = BlockEntry { kind: BlockKind::Turn, span, label: None, words: span.start };
            let own = labels.next_if(|(at, _)| *at == number).map(|(_, label)| label);
            let is_dash = dashes.next_if(|at| **at == number).is_some() && has_dashes;
            if let Some(label) = own.filter(|label| label.is_entry) {
                open = None;
                if label.words < span.end && !label.is_quoted {
                    let span = Span::new(span.start, label.words);
                    self.blocks.push(BlockEntry { kind: BlockKind::Furniture, span, words: label.words, ..plain });
                }
                continue;
            }
            if let Some(label) = own {
                // Words in marks behind a label are read like all others.
                open = (!label.is_quoted).then_some(BlockKind::Turn);
                if !label.is_quoted {
                    self.blocks.push(BlockEntry { label: Some(label.span), words: label.words, ..plain });
                }
                continue;
            }
            if has_dashes && push_dashes(text, span, is_dash, &mut self.blocks) {
                open = None;
                continue;
            }
            match Furniture::read(text, span, lexicon) {
                Furniture::None => {}
                Furniture::All => {
                    open = None;
                    self.blocks.push(BlockEntry { kind: BlockKind::Furniture, words: span.end, ..plain });
                    continue;
                }
                Furniture::To(end) => {
                    open = None;
                    let span = Span::new(span.start, end);
                    self.blocks.push(BlockEntry { kind: BlockKind::Furniture, span, words: end, ..plain });
                    continue;
                }
            }
            if let Some(kind) = open {
                let next = labels.peek().map(|(at, label)| (at - number, label));
                if habits::goes_on(text, span, kind, next.map(|next| next.0), &self.blocks, lexicon) {
                    self.blocks.push(BlockEntry { kind, ..plain });
                    continue;
                }
                open = None;
            }
            let next = paragraphs.get(number as usize + 1);
            if !marked && next.is_some_and(|next| habits::announces(text, span, *next, lexicon)) {
                open = Some(BlockKind::Announced);
            }
        }
    }

    /// Drops blocks that would cut a quotation in two: one that goes on over paragraphs, or over what is furniture.
    fn keep_quotations_whole(&mut self, strings: &[Quoted]) {
        let mut next = 0;
        self.blocks.retain(|block| {
            next += strings[next..].iter().take_while(|string| string.outer.end <= block.span.start).count();
            let inside = strings[next..].iter().take_while(|string| string.outer.start < block.span.end);
            let is_cut = |string: &Quoted| {
                string.continues.is_some() || string.continued_by.is_some() || string.outer.end > block.span.end
            };
            !inside.into_iter().any(is_cut)
        });
    }

    /// Lists the paragraphs that are read for attributions, and those that are read for names.
    fn part(&mut self, text: &str, paragraphs: &[Span]) {
        let mut blocks = self.blocks.iter().peekable();
        // The first paragraph of an announced block is read with its announcement.
        let mut announced = None;
        for (number, paragraph) in paragraphs.iter().enumerate() {
            let mut rest = *paragraph;
            let mut named = *paragraph;
            while let Some(block) = blocks.next_if(|block| block.span.start < paragraph.end) {
                if block.kind == BlockKind::Announced && announced != number.checked_sub(1) {
                    announced = Some(number);
                    continue;
                }
                announced = if block.kind == BlockKind::Announced { Some(number) } else { announced };
                push_trimmed(text, Span::new(rest.start, block.span.start), &mut self.narrative);
                rest = Span::new(block.span.end, paragraph.end);
                if block.kind == BlockKind::Furniture {
                    named = rest;
                }
            }
            push_trimmed(text, rest, &mut self.narrative);
            push_trimmed(text, named, &mut self.named);
        }
    }
}

/// Adds the lines of dialogue of a paragraph, in a text that opens them with dashes: at its start, and behind the end of
/// a sentence or a colon. Returns whether there are any.
fn push_dashes(text: &str, paragraph: Span, begins: bool, blocks: &mut Vec<BlockEntry>) -> bool {
    let own = &text[paragraph];
    let is_dash = |letter: char| uses(letter).has(Uses::OPENS_SPEECH);
    let opens = |&(at, letter): &(usize, char)| {
        let before = own[..at].trim_end();
        let tail = own[at + letter.len_utf8()..].chars().next();
        at == 0 && begins
            || before.len() < at
                && before.ends_with(['.', '?', '!', ':', '…'])
                && tail.is_some_and(|tail| tail.is_alphanumeric() || matches!(tail, '.' | '…'))
    };
    let mut places = own.char_indices().filter(|(_, letter)| is_dash(*letter)).filter(opens).peekable();
    let known = blocks.len();
    while let Some((at, dash)) = places.next() {
        let end = places.peek().map_or(own.len(), |(next, _)| *next);
        let end = at + own[at..end].trim_end().len();
        let words = end - own[at + dash.len_utf8()..end].trim_start().len();
        let place = |at: usize| paragraph.start + at;
        let span = Span::new(place(at), place(end));
        blocks.push(BlockEntry { kind: BlockKind::Dash, span, label: None, words: place(words) });
    }
    blocks.len() > known
}

fn push_trimmed(text: &str, span: Span, paragraphs: &mut Vec<Span>) {
    let start = span.end - text[span].trim_start().len();
    let end = start + text[start..span.end].trim_end().len();
    if start < end {
        paragraphs.push(Span::new(start, end));
    }
}
