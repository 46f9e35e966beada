//! What a text does again and again, which tells what a single paragraph is.

use super::label::{Label, Named, Shape};
use super::words::{beginning, ends_sentence, is_title, speaks, words};
use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::marks::{Uses, uses};
use crate::quote::{BlockEntry, BlockKind};
use crate::span::Span;
use crate::token::TagSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// Leaves the labels that begin a turn, and those of the entries of a list.
pub(super) fn keep_turns(
    text: &str,
    paragraphs: &[Span],
    labels: &mut Vec<(u32, Label)>,
    habits: &mut Habits,
    lexicon: &Lexicon,
) {
    if labels.is_empty() {
        return;
    }
    habits.read(text, paragraphs, labels, lexicon);
    let is_list = habits.colons.is_list();
    let is_turn = |label: &Label, behind| label.shape == Shape::Colon && !is_list && habits.keeps(text, label, behind);
    // Q and A, or Q and a name.
    let names =
        || labels.iter().any(|(number, label)| is_turn(label, behind(text, paragraphs, *number, label, lexicon)));
    let is_answered = habits.letters == [true; 2] || habits.letters != [false; 2] && names();
    labels.retain_mut(|(number, label)| match label.shape {
        Shape::Colon if is_list => {
            label.is_entry = true;
            true
        }
        Shape::Stop | Shape::Bracket => true,
        Shape::Letter => is_answered,
        Shape::Alone => habits.is_play() && habits.is_again(text, label),
        Shape::Colon => is_turn(label, behind(text, paragraphs, *number, label, lexicon)),
    });
}

/// How the labels of a text are used. Reused.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// How often each label stands: those on a line of their own, and the others.
    times: FxHashMap<(bool, u64), u32>,
    colons: Habit,
    alone: Habit,
    /// Whether there are letters for whoever asks, and for whoever answers.
    letters: [bool; 2],
}

impl Habits {
    fn read(&mut self, text: &str, paragraphs: &[Span], labels: &[(u32, Label)], lexicon: &Lexicon) {
        self.times.clear();
        (self.colons, self.alone, self.letters) = Default::default();
        let habits = self;
        for (_, label) in labels {
            *habits.times.entry(key(text, label)).or_default() += 1;
        }
        for (number, label) in labels {
            let again = habits.is_again(text, label);
            let behind = || behind(text, paragraphs, *number, label, lexicon);
            match label.shape {
                Shape::Colon => habits.colons.note(label, behind(), again),
                Shape::Alone => habits.alone.note(label, behind(), again),
                Shape::Letter => {
                    let answers = lexicon.is_written(&text[label.span], LexicalRole::Answer);
                    habits.letters[usize::from(answers)] = true;
                }
                Shape::Stop | Shape::Bracket => {}
            }
        }
    }

    /// Whether a label stands more than once.
    fn is_again(&self, text: &str, label: &Label) -> bool {
        self.times.get(&key(text, label)).is_some_and(|times| *times > 1)
    }

    /// How many labels differ.
    fn voices(&self, alone: bool) -> usize {
        self.times.keys().filter(|key| key.0 == alone).count()
    }

    fn keeps(&self, text: &str, label: &Label, behind: Behind) -> bool {
        self.colons.keeps(label, self.is_again(text, label), self.voices(false), behind)
    }

    /// Whether names on lines of their own are voices: they come again, and somebody speaks behind them.
    fn is_play(&self) -> bool {
        let Habit { count, sentences, spoken, .. } = self.alone;
        count > 3 && spoken > 0 && sentences * 3 >= count * 2 && self.voices(true) > 1
    }
}

/// A label, and whether it stands on a line of its own.
fn key(text: &str, label: &Label) -> (bool, u64) {
    (label.shape == Shape::Alone, FxBuildHasher.hash_one(&text[label.span]))
}

/// What stands behind the label of a paragraph, or in the next one.
fn behind(text: &str, paragraphs: &[Span], number: u32, label: &Label, lexicon: &Lexicon) -> Behind {
    let paragraph = paragraphs[number as usize];
    let own = &text[label.words.min(paragraph.end)..paragraph.end];
    let next = paragraphs.get(number as usize + 1).map_or("", |next| &text[*next]);
    let words = if own.is_empty() { next } else { own };
    Behind { is_sentence: ends_sentence(words), is_title: is_title(words), is_spoken: speaks(words, lexicon) }
}

/// What stands behind a label.
#[derive(Clone, Copy)]
struct Behind {
    is_sentence: bool,
    is_title: bool,
    is_spoken: bool,
}

/// How labels of one shape are used.
#[derive(Debug, Default)]
struct Habit {
    count: u32,
    somebody: u32,
    /// Labels in capitals.
    shouted: u32,
    /// Those that stand more than once, and with them those that name somebody by their words.
    again: u32,
    named: u32,
    /// Behind how many a sentence stands, and in how many of these somebody speaks.
    sentences: u32,
    spoken: u32,
}

impl Habit {
    fn note(&mut self, label: &Label, behind: Behind, again: bool) {
        let is_sentence = behind.is_sentence && !behind.is_title;
        self.count += 1;
        self.again += u32::from(again);
        self.named += u32::from(again || label.named == Named::Somebody);
        self.somebody += u32::from(label.named == Named::Somebody);
        self.shouted += u32::from(label.shouted);
        self.sentences += u32::from(is_sentence);
        self.spoken += u32::from(behind.is_spoken && is_sentence);
    }

    /// Whether the labels are those of the entries of a list: hardly a sentence stands behind them.
    fn is_list(&self) -> bool {
        self.count > 1 && self.sentences * 2 < self.count
    }

    /// Whether a label before a colon begins a turn. Who stands alone must speak; among others, turns are sentences, and
    /// somebody speaks in them.
    fn keeps(&self, label: &Label, again: bool, voices: usize, behind: Behind) -> bool {
        if behind.is_title {
            return false;
        }
        if self.count == 1 {
            return label.named == Named::Somebody && behind.is_sentence && behind.is_spoken;
        }
        // Labels that never come again may be those of a list of people.
        let fewest = if self.again > 0 { 1 } else { self.count.div_ceil(2) };
        let is_habit =
            voices > 1 && self.sentences * 4 >= self.count * 3 && (self.spoken >= fewest || self.shouted == self.count);
        let fits = label.named == Named::Somebody
            || again
            || self.somebody > 0 && behind.is_spoken
            || self.named * 2 >= self.count
            || label.shouted && self.shouted == self.count;
        is_habit && fits
    }
}

/// Whether a paragraph goes on with the turn or block before it. `next`: how many paragraphs further the next label stands.
pub(super) fn goes_on(
    text: &str,
    paragraph: Span,
    kind: BlockKind,
    next: Option<u32>,
    blocks: &[BlockEntry],
    lexicon: &Lexicon,
) -> bool {
    const NEAR: u32 = 8;
    let own = &text[paragraph];
    if !ends_sentence(own) || is_closing(own, lexicon) || announces_more(own) {
        return false;
    }
    let first = blocks.last().is_none_or(|last| last.span.end < paragraph.start && last.words == last.span.end);
    // Words announced by a label begin right behind it.
    if first && kind == BlockKind::Turn {
        return !opens_marks(own);
    }
    if tells_of_a_voice(text, own, blocks) {
        return false;
    }
    let before_next = kind == BlockKind::Turn && next.is_some_and(|next| next <= NEAR);
    // Behind the last label, words in marks are quoted by whoever tells the story.
    let is_marked = |letter: char| uses(letter).has(Uses::QUOTE) && !uses(letter).has(Uses::APOSTROPHE);
    before_next && !opens_marks(own) || speaks(own, lexicon) && !own.contains(is_marked)
}

/// Whether a paragraph is about one of the voices of the last turns: *Lim is the mayor of Lund.*
fn tells_of_a_voice(text: &str, paragraph: &str, blocks: &[BlockEntry]) -> bool {
    const LAST: usize = 12;
    let labels = blocks.iter().rev().take(LAST).filter_map(|block| block.label);
    labels.map(|label| &text[label]).any(|label| {
        let rest = paragraph.strip_prefix(label);
        label.chars().any(char::is_lowercase) && rest.is_some_and(|rest| rest.starts_with([' ', ',']))
    })
}

/// Whether a paragraph ends a document: *Notes to editors*.
fn is_closing(paragraph: &str, lexicon: &Lexicon) -> bool {
    words(beginning(paragraph)).next().is_some_and(|first| lexicon.is_spelled(first, LexicalRole::Closing))
        && paragraph.split_whitespace().count() <= 4
}

fn announces_more(paragraph: &str) -> bool {
    paragraph.ends_with(':')
}

fn opens_marks(paragraph: &str) -> bool {
    paragraph.starts_with(|first| uses(first).has(Uses::QUOTE))
}

/// Whether a paragraph announces the next one, which has no marks: it ends with a verb of saying and a colon, and somebody
/// speaks in the next.
pub(super) fn announces(text: &str, paragraph: Span, next: Span, lexicon: &Lexicon) -> bool {
    const LAST_WORDS: usize = 14;
    let (own, next) = (&text[paragraph], &text[next]);
    if !own.as_bytes().ends_with(b":") || opens_marks(next) || !ends_sentence(next) || !speaks(next, lexicon) {
        return false;
    }
    let tail = own.rsplit(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).take(LAST_WORDS);
    tail.into_iter().any(|word| {
        let (id, class) = lexicon.look_up(word);
        class.has(TagSet::PAST | TagSet::VERBS | TagSet::GERUND | TagSet::VERB) && lexicon.entry(id).group.is_speech()
    })
}

/// Whether a text has its dialogue behind dashes, and not lists: two paragraphs or more begin so, hardly any with marks, and
/// they are sentences in which somebody speaks, or with a verb of saying.
pub(super) fn speaks_in_dashes(text: &str, paragraphs: &[Span], dashes: &[u32], lexicon: &Lexicon) -> bool {
    const FEWEST: usize = 2;
    const MOST_READ: usize = 64;
    if dashes.len() < FEWEST {
        return false;
    }
    let read = dashes.iter().take(MOST_READ);
    let (mut sentences, mut spoken, mut count) = (0, 0, 0);
    for &number in read {
        let own = beginning(&text[paragraphs[number as usize]]);
        let says = || {
            words(own).any(|word| {
                let (id, class) = lexicon.look_up(word);
                class.has(TagSet::PAST) && lexicon.entry(id).group.is_speech()
            })
        };
        count += 1;
        let before = (number as usize).checked_sub(1).map_or("", |before| &text[paragraphs[before]]);
        sentences += usize::from(ends_sentence(&text[paragraphs[number as usize]]));
        spoken += usize::from(speaks(own, lexicon) || says() || before.ends_with(':'));
    }
    let marked = paragraphs.iter().filter(|paragraph| opens_marks(&text[**paragraph])).count();
    sentences * 4 >= count * 3 && spoken * 3 >= count && marked * 2 <= dashes.len()
}
