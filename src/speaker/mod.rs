//! Who is speaking: from the words a quotation is attributed to, to the one they stand for.
//!
//! Names are collected from the whole text and clustered; then every source is looked at in the order
//! of the text, and the first sieve with an answer decides.

mod before;
mod capitals;
mod decision;
mod entities;
mod index;
mod joins;
mod kinds;
mod link;
mod listen;
mod name_words;
mod names;
mod phrase;
mod report;
mod roles;
mod runs;
mod salience;
mod settle;
mod sieves;
mod terms;
mod work;

use crate::lexicon::Lexicon;
use crate::quote::{Attribution, BlockKind, Found, Link, Origin, QuoteKind, StringEntry};
use crate::span::Span;
use crate::token::TagSet;
use crate::word::{Key, Run};
use decision::NOBODY;
pub(crate) use decision::{Decision, SpeakerCandidate};
use entities::{Entities, Entity};
pub use link::NameLink;
pub(crate) use listen::SpeakerListener;
use names::Names;
use phrase::PhraseHead;
use report::Sources;
use roles::Roles;
pub(crate) use terms::LexicalRoles;
use work::{Case, Memory, Work};

/// What all of this stage reads.
#[derive(Clone, Copy)]
pub(crate) struct TextContext<'g> {
    pub(crate) text: &'g str,
    pub(crate) lexicon: &'g Lexicon,
    pub(crate) terms: &'g LexicalRoles,
    pub(crate) paragraphs: &'g [Span],
    pub(crate) strings: &'g [StringEntry],
    /// The text is mostly dialogue, as in novels.
    pub(crate) dialogue: bool,
    /// And much of it: a novel, a story.
    pub(crate) novel: bool,
}

impl TextContext<'_> {
    /// The entry and classes of the word in `span`: quick for what most words are made of.
    #[inline]
    pub(crate) fn look_up(&self, span: Span) -> (u16, TagSet) {
        let run = Run::read(self.text.as_bytes(), span.start);
        if run.len == span.len() && run.len < Key::LONGEST {
            return self.lexicon.look_up_key(run.key);
        }
        self.lexicon.look_up(&self.text[span])
    }

    /// The classes of the word in `span`.
    pub(crate) fn class(&self, span: Span) -> TagSet {
        self.look_up(span).1
    }
}

/// A span in two `u32`, half the size of a [`Span`]: a text is shorter than 4 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mentioned {
    start: u32,
    end: u32,
}

impl Mentioned {
    fn new(span: Span) -> Mentioned {
        Mentioned { start: span.start as u32, end: span.end as u32 }
    }

    fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// Working memory, reused.
#[derive(Debug, Default)]
pub(crate) struct Resolver {
    names: Names,
    entities: Entities,
    roles: Roles,
    memory: Memory,
    /// What the source of each quotation is, and the first name that begins in it or behind it.
    heads: Vec<(PhraseHead, u32)>,
    /// Quotations by where their source stands.
    order: Vec<(u32, u32)>,
    /// The entity that speaks in each quotation.
    decided: Vec<u32>,
    sources: Sources,
    /// Speakers and the places of their roles.
    placed: Vec<(u32, Mentioned)>,
}

impl Resolver {
    /// Names the speaker of every quotation whose source can be resolved.
    pub(crate) fn read(
        &mut self,
        text: &str,
        lexicon: &Lexicon,
        terms: &LexicalRoles,
        paragraphs: &[Span],
        found: &mut Found,
        listener: &mut impl SpeakerListener,
    ) {
        let Found { quotes, contents, strings, blocks, resolved, .. } = found;
        resolved.links.resize(quotes.len(), Link::default());
        self.order.clear();
        if quotes.iter().all(|quote| quote.source.is_none()) {
            return;
        }
        let place = |quote: &Attribution| quote.source.map_or(contents[quote.content.0 as usize], |source| source.span);
        let places = quotes.iter().map(|quote| place(quote).start as u32);
        self.order.extend(places.zip(0..));
        sort_nearly_sorted(&mut self.order);
        let spoken = blocks.iter().filter(|block| block.kind == BlockKind::Dash).count();
        let habit = DialogueHabit::of(paragraphs, strings);
        let (dialogue, novel) =
            (habit.is_dialogue() || spoken >= FEWEST_LINES, habit.is_novel(text) || spoken >= FEWEST_LINES);
        let context = TextContext { text, lexicon, terms, paragraphs, strings, dialogue, novel };
        self.names.read(&context);
        self.entities.read(&context, &mut self.names, listener);
        let described = self.look_ahead(&context, quotes);
        self.roles.read(&context, &self.names, &self.entities, described);
        for role in &self.roles.list {
            self.entities.note_role(role.entity, lexicon.entry(role.entry).class);
        }
        self.resolve(&context, quotes, contents, &mut resolved.links, listener);
        self.find_addressees(&context, quotes, &mut resolved.links);
        self.report(&context, quotes, resolved);
        listener.resolved(&|entity| self.entities.get(entity).map(Entity::name));
    }

    /// Marks whose names are sources; pronouns among the sources make their gender matter. Returns
    /// whether there are descriptions among them.
    fn look_ahead(&mut self, context: &TextContext<'_>, quotes: &[Attribution]) -> bool {
        let (mut described, mut gendered) = (false, false);
        self.heads.clear();
        self.heads.reserve_exact(quotes.len());
        self.heads.resize(quotes.len(), (PhraseHead::Nothing, 0));
        let mut next = 0;
        for &(_, number) in &self.order {
            let Some(source) = quotes[number as usize].source else { continue };
            next = self.names.walk_to(next, source.span.start);
            let head = PhraseHead::read(context, &self.names, source.span, next);
            self.heads[number as usize] = (head, next as u32);
            described |= matches!(head, PhraseHead::Nominal(_));
            gendered |= sieves::gender_of(head).is_some();
            if let Some(entity) = sieves::name_of(&self.entities, head)
                && let Some(entity) = self.entities.list.get_mut(entity as usize)
            {
                entity.quoted = true;
            }
        }
        if gendered {
            self.entities.vote(context, &self.names);
        }
        described
    }

    fn resolve(
        &mut self,
        context: &TextContext<'_>,
        quotes: &[Attribution],
        contents: &[Span],
        links: &mut [Link],
        listener: &mut impl SpeakerListener,
    ) {
        self.memory.clear();
        self.decided.clear();
        self.decided.resize(quotes.len(), NOBODY);
        let dialogue = context.dialogue;
        let (mut paragraph, mut sentence) = (0, 0);
        let mut last: Option<(Span, Decision)> = None;
        for at in 0..self.order.len() {
            let number = self.order[at].1 as usize;
            let quote = &quotes[number];
            let Some(source) = quote.source else {
                if dialogue {
                    let decision = self.resolve_turn(context, quote, contents);
                    self.note(number, &decision, links);
                    listener.decided(number, &decision, &[]);
                }
                continue;
            };
            let content = &contents[quote.content.0 as usize..quote.content.1 as usize];
            let start = source.span.start;
            paragraph += walk(&context.paragraphs[paragraph..], |known| known.end <= start);
            sentence += walk(&self.names.sentences[sentence..], |&known| known as usize <= start);
            let (head, next_name) = self.heads[number];
            let paragraph_start = context.paragraphs.get(paragraph).map_or(0, |paragraph| paragraph.start);
            let decision = match last.filter(|(span, _)| *span == source.span) {
                Some((_, decision)) => decision,
                None => {
                    let case = Case {
                        source: source.span,
                        head,
                        content,
                        addressee: quote.addressee.map(|place| place.span),
                        next_name: next_name as usize,
                        sentence: sentence as u32,
                        paragraph: paragraph as u32,
                        label: quote.origin == Origin::TURN,
                        turn: dialogue && content.first().is_some_and(|first| first.start == paragraph_start),
                    };
                    let mut work = Work {
                        context,
                        names: &self.names,
                        entities: &mut self.entities,
                        roles: &self.roles,
                        memory: &mut self.memory,
                    };
                    sieves::decide(&mut work, &case)
                }
            };
            last = Some((source.span, decision));
            self.note(number, &decision, links);
            let weighed = sieves::gender_of(head).is_some();
            listener.decided(number, &decision, if weighed { &self.memory.candidates } else { &[] });
        }
    }

    fn find_addressees(&self, context: &TextContext<'_>, quotes: &[Attribution], links: &mut [Link]) {
        for (quote, link) in quotes.iter().zip(links) {
            let Some(place) = quote.addressee else { continue };
            let entity = sieves::name_of(
                &self.entities,
                PhraseHead::read(context, &self.names, place.span, self.names.from(place.span.start)),
            );
            link.addressee = entity.and_then(|entity| self.entities.get(entity)).map(Entity::name);
        }
    }

    /// A paragraph of speech without a tag belongs to one of the two who talk.
    fn resolve_turn(&mut self, context: &TextContext<'_>, quote: &Attribution, contents: &[Span]) -> Decision {
        let start = contents[quote.content.0 as usize].start;
        let at = paragraph_at(context.paragraphs, start);
        if quote.kind != QuoteKind::Direct
            || context.paragraphs.get(at as usize).is_none_or(|known| known.start != start)
        {
            return Decision::NONE;
        }
        sieves::decide_turn(&mut self.memory, at)
    }

    /// Notes what was decided of a quotation.
    fn note(&mut self, number: usize, decision: &Decision, links: &mut [Link]) {
        self.decided[number] = decision.entity;
        links[number].sieve = decision.sieve;
        links[number].ambiguous = decision.ambiguous;
    }
}

/// Sorts what is nearly in order by moving each to its place; what is not, another way.
fn sort_nearly_sorted(list: &mut [(u32, u32)]) {
    const FAR: usize = 32;
    for at in 1..list.len() {
        let item = list[at];
        let mut to = at;
        while to > 0 && list[to - 1] > item {
            list[to] = list[to - 1];
            to -= 1;
        }
        list[to] = item;
        if at - to > FAR {
            list.sort_unstable();
            return;
        }
    }
}

/// How many items a list begins with that are `before`.
fn walk<T>(list: &[T], before: impl Fn(&T) -> bool) -> usize {
    list.iter().take_while(|item| before(item)).count()
}

fn paragraph_at(paragraphs: &[Span], at: usize) -> u32 {
    paragraphs.partition_point(|paragraph| paragraph.end <= at) as u32
}

/// With fewer lines of dialogue a text is no novel.
const FEWEST_LINES: usize = 6;

/// Paragraphs that begin with a quotation mark, and how many of them follow another.
#[derive(Default)]
struct DialogueHabit {
    opening: usize,
    following: usize,
}

impl DialogueHabit {
    fn of(paragraphs: &[Span], strings: &[StringEntry]) -> DialogueHabit {
        let mut habit = DialogueHabit::default();
        let mut last = usize::MAX - 1;
        let mut paragraph = 0;
        for string in strings.iter().filter(|string| string.parent.is_none()) {
            while paragraphs.get(paragraph).is_some_and(|known| known.end <= string.outer.start) {
                paragraph += 1;
            }
            if paragraphs.get(paragraph).is_some_and(|known| known.start == string.outer.start) {
                habit.opening += 1;
                habit.following += usize::from(last + 1 == paragraph);
                last = paragraph;
            }
        }
        habit
    }

    /// Mostly they follow each other, as in novels and some interviews.
    fn is_dialogue(&self) -> bool {
        self.following * 10 > self.opening * 3
    }

    /// There are many, half of them do, and hardly a number stands between.
    fn is_novel(&self, text: &str) -> bool {
        /// A digit in so many bytes is a number in some two hundred words.
        const BYTES: usize = 500;
        let digits = || text.as_bytes().iter().filter(|byte| byte.is_ascii_digit()).count();
        self.opening >= FEWEST_LINES && self.following * 2 >= self.opening && digits() * BYTES <= text.len()
    }
}
