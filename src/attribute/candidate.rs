//! What a rule proposes.

use super::UnitContext;
use super::message::sense;
use super::pieces::ContentPieces;
use crate::clause::{self, Announced, LikelyEnds, Range, Sentences, word_of};
use crate::probability::Probability;
use crate::quote::QuoteKind;
use crate::rules::captures::Captures;
use crate::rules::program::Slot;
use crate::token::{TagSet, Token};
use crate::weights::{HeadValue, Opening, Relative, Sense};

/// The words that link content to somebody, in tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tag {
    pub(crate) cue: Option<Range>,
    pub(crate) source: Option<Range>,
    pub(crate) addressee: Option<Range>,
}

impl Tag {
    fn parts(&self) -> impl Iterator<Item = Range> {
        [self.cue, self.source, self.addressee].into_iter().flatten()
    }

    /// Whether a token is part of it.
    pub(super) fn holds(&self, at: usize) -> bool {
        self.parts().any(|part| (part.start()..part.end()).contains(&at))
    }

    /// The token after the last one of cue and source.
    pub(super) fn end(&self) -> usize {
        [self.cue, self.source].into_iter().flatten().map(Range::end).max().unwrap_or(0)
    }
}

/// One proposed attribution, in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) rule: u16,
    pub(crate) anchor: usize,
    pub(crate) tag: Tag,
    pub(crate) content: ContentPieces,
    /// Where content begins whose end was looked for.
    pub(crate) clause: Option<usize>,
    /// How likely that end is.
    pub(crate) end_probability: Probability,
    pub(crate) kind: QuoteKind,
    /// What its content is.
    pub(crate) sense: Sense,
}

impl Candidate {
    /// Whether the content tells what was said: words in marks, a clause or an infinitive do. A noun phrase does behind a
    /// verb whose object is what was said (*announced a deal*) and behind a preposition (*warned of floods*), or where it
    /// names words or what can be said (*urged restraint*); not where it is a thing or somebody: *called a taxi*, *added two
    /// eggs*.
    pub(super) fn tells_what_was_said(&self) -> bool {
        !matches!(self.sense, Sense::Thing | Sense::Somebody)
    }

    /// The token after the last one of cue, source, addressee and content.
    pub(super) fn end(&self) -> usize {
        end_of(&self.tag, &self.content, self.anchor)
    }
}

/// The token after the last one of a tag, its addressee and content; that after the anchor if they are empty.
pub(super) fn end_of(tag: &Tag, content: &ContentPieces, anchor: usize) -> usize {
    let end =
        [tag.cue, tag.source, tag.addressee].iter().flatten().fold(content.end(), |end, part| end.max(part.end()));
    if end > 0 { end } else { anchor + 1 }
}

/// What a rule captured of the content, by its role in the sentence.
#[derive(Clone, Copy, Default)]
struct Content {
    /// Before the tag: the rest of the sentence, or a quoted string.
    front: Option<Range>,
    /// The quoted string a rule starts from, the clause the cue announces, or the rest of the paragraph.
    main: Option<Range>,
    /// The quoted string behind the tag.
    after: Option<Range>,
    /// What a label of the rule names.
    labelled: Option<Range>,
}

impl Content {
    /// In the order of the text. A clause whose end was looked for can run over a quoted string that the rule names as
    /// well: then the content is none.
    fn pieces(self) -> Option<ContentPieces> {
        ContentPieces::new([self.front, self.main, self.after, self.labelled])
    }
}

/// Where a clause is likely to end; `None` if there is none.
type Clause = Option<LikelyEnds>;

/// What is known of the clauses of a unit.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    sentences: Sentences,
    /// Clauses announced by the word at hand: several rules often mean the same.
    known: Vec<(usize, (Relative, Opening), Clause)>,
}

impl Clauses {
    /// Forgets what was known of another unit. Quotations of this one may be unclosed.
    pub(super) fn begin_unit(&mut self, unclosed: bool) {
        self.sentences = Sentences::new(unclosed);
        self.forget();
    }

    pub(super) fn sentences(&mut self) -> &mut Sentences {
        &mut self.sentences
    }

    /// Forgets the clauses of another word.
    pub(super) fn forget(&mut self) {
        self.known.clear();
    }

    fn from(&mut self, unit: &UnitContext<'_>, announced: &Announced, start: usize) -> Clause {
        let kind = (announced.relative, announced.opening);
        let known = self.known.iter().find(|known| (known.0, known.1) == (start, kind));
        if let Some((_, _, clause)) = known {
            return *clause;
        }
        let clause = clause::forward(&unit.context, unit.weights, announced, start);
        self.known.push((start, kind, clause));
        clause
    }
}

fn range(slots: &Captures, start: Slot, end: Slot) -> Option<Range> {
    let (start, end) = (slots.get(start)?, slots.get(end)?);
    Range::new(start, end)
}

/// A match as a proposal: the tag, and the content but for the end of its clause.
pub(super) struct Proposal {
    rule: u16,
    anchor: usize,
    tag: Tag,
    content: Content,
    /// Where a clause begins whose end was looked for, and where it is likely to end.
    clause: Option<(usize, LikelyEnds)>,
}

impl Proposal {
    /// What a rule captured around an anchor; `None` if there is no content where it says.
    pub(super) fn read(
        unit: &UnitContext<'_>,
        rule: u16,
        anchor: usize,
        slots: &Captures,
        clauses: &mut Clauses,
    ) -> Option<Proposal> {
        let tokens = unit.context.tokens.list();
        let tag = Tag {
            cue: range(slots, Slot::CueStart, Slot::CueEnd),
            source: range(slots, Slot::SourceStart, Slot::SourceEnd),
            addressee: range(slots, Slot::AddresseeStart, Slot::AddresseeEnd),
        };
        let mut content = Content::default();
        if let Some(at) = slots.get(Slot::Front) {
            content.front = Some(clause::front(tokens, at, &mut clauses.sentences)?);
        }
        if let Some(at) = slots.get(Slot::QuoteLeft) {
            content.front = Some(clause::front(tokens, at + 1, &mut clauses.sentences)?);
        }
        if tokens[anchor].is(TagSet::Q) {
            content.main = Range::new(anchor, anchor + 1);
        }
        if let Some(at) = slots.get(Slot::Rest) {
            content.main = Some(clause::rest(tokens, at)?);
        }
        if let Some(range) = range(slots, Slot::ContentStart, Slot::ContentEnd) {
            content.labelled = Some(range);
        }
        if let Some(at) = slots.get(Slot::QuoteRight) {
            content.after = Range::new(at, at + 1);
        }
        let clause = match slots.get(Slot::Clause) {
            Some(at) if dates_what_was_said(&tokens[at..]) => return None,
            Some(at) => {
                let announced = announced(unit, anchor, tag.source, &mut clauses.sentences);
                Some((at, clauses.from(unit, &announced, at)?))
            }
            None => None,
        };
        Some(Proposal { rule, anchor, tag, content, clause })
    }

    /// The candidate whose clause has its likeliest end but so many; `None` if there is no such end, or no content up to it.
    /// Candidates of one proposal differ in their content alone.
    pub(super) fn candidate(&self, unit: &UnitContext<'_>, end: usize) -> Option<Candidate> {
        let tokens = unit.context.tokens.list();
        let Proposal { rule, anchor, mut tag, mut content, clause } = *self;
        let mut end_probability = Probability::ONE;
        match clause {
            Some((at, ends)) => {
                let (range, probability) = ends.range(at, end)?;
                content.main = Some(before_tag(tokens, range, &tag)?);
                end_probability = probability;
            }
            None if end > 0 => return None,
            None => {}
        }
        let content = content.pieces()?;
        let overlaps = |piece: Range| tag.parts().any(|part| part.overlaps(piece));
        if content.iter().any(overlaps) {
            return None;
        }
        let kind = kind(tokens, &content)?;
        // A colon right behind the cue belongs to it, unless the content begins with one.
        if let Some(cue) = &mut tag.cue
            && tokens.get(cue.end()).is_some_and(|token| token.is(TagSet::COLON))
            && content.iter().all(|range| range.start() != cue.end())
        {
            *cue = Range::new(cue.start(), cue.end() + 1)?;
        }
        let sense = match kind {
            QuoteKind::Indirect => sense(unit, anchor, tag.cue, &content),
            _ => Sense::Marks,
        };
        let clause = clause.map(|(at, _)| at);
        Some(Candidate { rule, anchor, tag, content, clause, end_probability, kind, sense })
    }
}

/// Ends a clause where a part of its tag begins behind it: Citing *a new report*, Lim voted no. `None` if nothing is left.
fn before_tag(tokens: &[Token], clause: Range, tag: &Tag) -> Option<Range> {
    let behind = tag.parts().map(Range::start).filter(|&start| start > clause.start());
    let mut end = behind.fold(clause.end(), usize::min);
    if end < clause.end() {
        while end > clause.start() && tokens[end - 1].is(TagSet::COMMA | TagSet::DASH) {
            end -= 1;
        }
    }
    Range::new(clause.start(), end)
}

/// Whether content stands in marks, without, or both; `None` if it says nothing.
fn kind(tokens: &[Token], content: &ContentPieces) -> Option<QuoteKind> {
    const BARE: TagSet = TagSet::Q.union(TagSet::COMMA).union(TagSet::STOP);
    let (mut opened, mut quoted, mut plain, mut says_nothing) = (false, false, false, true);
    for range in content.iter() {
        let tokens = &tokens[range.start()..range.end()];
        let classes = tokens.iter().fold(TagSet::NONE, |classes, token| classes | token.class);
        opened |= tokens[0].is(TagSet::QOPEN);
        quoted |= classes.has(TagSet::Q);
        plain |= tokens.iter().any(|token| !token.is(BARE));
        let is_object = matches!(tokens, [only] if only.is(TagSet::OBJECT) && !only.is(TagSet::Q));
        says_nothing &= is_object || classes.has(TagSet::TIME) && only_dates(tokens);
    }
    let kind = match (quoted, plain) {
        _ if opened => QuoteKind::Direct,
        (true, true) => QuoteKind::Mixed,
        (true, false) => QuoteKind::Direct,
        (false, _) => QuoteKind::Indirect,
    };
    (!says_nothing).then_some(kind)
}

/// Whether all that stands beside a time dates something: this week, late on Tuesday. It dates the report and is not what
/// was said.
fn only_dates(tokens: &[Token]) -> bool {
    const BESIDE: TagSet =
        TagSet::DET.union(TagSet::PREP).union(TagSet::NUMBER).union(TagSet::ADJ).union(TagSet::ADVERB);
    tokens.iter().all(|token| token.is(BESIDE | TagSet::TIME))
}

/// Said Thursday, two weeks after …: a day and a comma date what was said before.
fn dates_what_was_said(tokens: &[Token]) -> bool {
    const LONGEST: usize = 4;
    let date = tokens.iter().take(LONGEST).take_while(|token| token.is(TagSet::TIME | TagSet::NUMBER)).count();
    date > 0 && tokens[0].is(TagSet::TIME) && tokens.get(date).is_some_and(|token| token.is(TagSet::COMMA))
}

pub(crate) fn announced(
    unit: &UnitContext<'_>,
    anchor: usize,
    source: Option<Range>,
    sentences: &mut Sentences,
) -> Announced {
    let tokens = unit.context.tokens.list();
    let entry = unit.context.lexicon.entry(word_of(&tokens[anchor]));
    let is_who = |at: usize| tokens[at].is(TagSet::WHO | TagSet::THAT);
    let relative = match source {
        Some(source) if source.end() - source.start() == 1 && is_who(source.start()) => Relative::Source,
        // A rule which Lim said was cruel.
        Some(source) if source.start() > 0 && tokens[source.start() - 1].is(TagSet::WHO) => Relative::Before,
        _ => Relative::None,
    };
    let leftmost = source.map_or(anchor, |source| source.start().min(anchor));
    let is_subordinate = begins_with_conjunction(tokens, sentences.start_of(tokens, leftmost), leftmost);
    Announced {
        head: HeadValue(entry.lemma),
        class: entry.group.cue_class(),
        form: tokens[anchor].class.primary_tag(),
        relative,
        opening: if is_subordinate { Opening::Subordinate } else { Opening::Main },
    }
}

/// Whether the clause of `at`, in a sentence that begins with `start`, is its first and depends on what follows: While Lim
/// said no, …
fn begins_with_conjunction(tokens: &[Token], start: usize, at: usize) -> bool {
    const FURTHEST: usize = 16;
    const PAUSE: TagSet = TagSet::COMMA.union(TagSet::COLON).union(TagSet::SEMICOLON);
    let before = &tokens[start..at];
    before.len() <= FURTHEST
        && before.iter().take(2).any(|token| token.is(TagSet::SUBORD | TagSet::WH))
        && !before.iter().any(|token| token.is(PAUSE))
}
