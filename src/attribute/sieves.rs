//! What the rules leave: named sieves, in order.

use super::attribution::{Attributions, INHERITED, UNATTRIBUTED};
use super::pieces::ContentPieces;
use super::select::Selected;
use super::{Attributor, UnitContext, UnitWork, tells_of_words};
use crate::clause::Range;
use crate::pair::Quoted;
use crate::probability::Probability;
use crate::quote::{Attribution, Flags, QuoteKind};
use crate::span::Span;
use crate::token::{TagSet, Token};

/// What a sieve does to what was kept of one unit.
type Sieve = fn(&mut Attributor, &UnitContext<'_>, &UnitWork);

/// The sieves of one unit, in order. Those over the whole text, such as [`Attributor::continue_paragraphs`], are called by
/// the pipeline after the last unit.
pub(super) const SIEVES: [(&str, Sieve); 2] = [("adjoined", Attributor::adjoin), (INHERITED, Attributor::inherit)];

/// The score of an inherited source. No weights decide on it, so the number is a placeholder below every threshold of the
/// weights; the reported confidence is measured (`inherited` in the calibration).
const GUESSED: Probability = Probability::of(0.2);

impl Attributor {
    /// The quoted sentences right beside the content of a quotation in marks belong to it, and so do
    /// those right behind the sentence of its tag.
    fn adjoin(&mut self, unit: &UnitContext<'_>, _work: &UnitWork) {
        let tokens = unit.context.tokens.list();
        for index in 0..self.kept.len() {
            let candidate = self.kept[index];
            if candidate.kind == QuoteKind::Indirect {
                continue;
            }
            let mut content = candidate.content;
            if candidate.kind == QuoteKind::Direct
                && let Some(first) = content.first()
            {
                let mut start = first.start();
                while start > 0
                    && self.owners[start - 1] == 0
                    && tokens[start - 1].is(TagSet::QEND)
                    && !candidate.tag.holds(start - 1)
                {
                    start -= 1;
                    self.owners[start] = index as u32 + 1;
                }
                if let Some(wider) = Range::new(start, first.end()) {
                    content.set_first(wider);
                }
            }
            let start = after_tag(tokens, &candidate);
            let mut next = start;
            while tokens.get(next).is_some_and(|token| token.is(TagSet::Q) && !token.is(TagSet::SHORT))
                && self.owners[next] == 0
            {
                self.owners[next] = index as u32 + 1;
                next += 1;
            }
            // What an opening mark begins and none closes goes on to the end of the paragraph.
            if tokens.get(next).is_some_and(|token| token.is(TagSet::QOPEN)) && self.owners[next] == 0 {
                let length = tokens[next..].iter().take_while(|token| !token.is(TagSet::PARA)).count();
                if self.owners[next..next + length].iter().all(|&owner| owner == 0) {
                    self.owners[next..next + length].fill(index as u32 + 1);
                    next += length;
                }
            }
            if let Some(behind) = Range::new(start, next) {
                content.push(behind);
            }
            self.kept[index].content = content;
        }
    }

    /// A quoted sentence that nothing claims goes on with what was reported last in its paragraph, unless
    /// a colon announces it. What was thought, or not said, comes last: Lim said so. Roe did not say why. “We …”
    fn inherit(&mut self, unit: &UnitContext<'_>, work: &UnitWork) {
        let tokens = unit.context.tokens.list();
        let is_free = |owners: &[u32], at: usize| {
            let token = &tokens[at];
            let is_sentence = token.is(TagSet::Q) && token.is(TagSet::INITIAL) && !token.is(TagSet::SHORT);
            is_sentence && owners[at] == 0 && !(at > 0 && tokens[at - 1].is(TagSet::COLON))
        };
        if self.kept.is_empty() || !work.places.iter().any(|&at| is_free(&self.owners, at as usize)) {
            return;
        }
        let mut last: Option<usize> = None;
        let known = self.kept.len();
        let mut next = 0;
        for (at, token) in tokens.iter().enumerate() {
            if token.is(TagSet::PARA) {
                last = None;
            }
            while next < known && self.kept[next].anchor < at {
                let candidate = &self.kept[next];
                let negated = candidate
                    .tag
                    .cue
                    .is_some_and(|cue| tokens[cue.start()..cue.end()].iter().any(|token| token.is(TagSet::NOT)));
                if candidate.tag.source.is_some()
                    && (last.is_none() || !negated && tells_of_words(unit, candidate.anchor, candidate.rule))
                {
                    last = Some(next);
                }
                next += 1;
            }
            // A quoted string that its own tag holds is no content: said Roe (“the Fox”).
            let own =
                last.filter(|&index| !self.kept[index].tag.holds(at) && !another_acts(tokens, &self.kept[index], at));
            if let (true, Some(index)) = (is_free(&self.owners, at), own) {
                self.owners[at] = index as u32 + 1;
                self.go_on(index, at);
            }
        }
    }

    /// Adds the quoted string at `at` to a quotation; where that has many pieces, it becomes one of its own.
    fn go_on(&mut self, index: usize, at: usize) {
        let Some(range) = Range::new(at, at + 1) else { return };
        let before = &mut self.kept[index];
        if before.content.insert(range) {
            if before.kind == QuoteKind::Indirect {
                before.kind = QuoteKind::Mixed;
            }
        } else {
            let content = ContentPieces::one(range);
            let own = Selected { content, kind: QuoteKind::Direct, score: GUESSED, inherited: true, ..*before };
            self.kept.push(own);
        }
    }
}

/// Where words in marks go on after a tag: right there, after a comma later in its sentence (he said,
/// but “…”), or behind that sentence; the end of the text if nowhere.
fn after_tag(tokens: &[Token], candidate: &Selected) -> usize {
    const LONGEST_REST: usize = 60;
    const PAUSE: TagSet = TagSet::COMMA.union(TagSet::DASH).union(TagSet::SEMICOLON).union(TagSet::COLON);
    let end = candidate.end();
    for at in end..tokens.len().min(end + LONGEST_REST) {
        let token = &tokens[at];
        let goes_on = at == end
            || !token.is(TagSet::SHORT)
                && (tokens[at - 1].is(PAUSE)
                    || tokens[at - 1].is(TagSet::AND) && at > end + 1 && tokens[at - 2].is(PAUSE));
        match token.class {
            class if class.has(TagSet::Q) && goes_on => return at,
            class if class.has(TagSet::STOP) => return at + 1,
            class if class.has(TagSet::QEND) && !class.has(TagSet::INITIAL) => return at + 1,
            class if class.has(TagSet::PARA | TagSet::QEND) => break,
            _ => {}
        }
    }
    tokens.len()
}

impl Attributor {
    /// A paragraph that is all quotation and has no tag goes on with the quotation before, if that one
    /// has its tag in the paragraph before. Where such paragraphs are many they are a dialogue, and each
    /// has a speaker of its own: then nothing is done.
    pub(crate) fn continue_paragraphs(&mut self, paragraphs: &[Span], strings: &[Quoted], made: &mut Attributions) {
        const RARE: usize = 2;
        let direct = made.list.iter().filter(|quote| quote.kind == QuoteKind::Direct).count();
        let loose = made.list.iter().filter(|quote| is_loose(paragraphs, made, quote)).count();
        if loose == 0 || loose * RARE > direct || is_dialogue(paragraphs, strings) {
            return;
        }
        let next = &mut self.next;
        next.list.clear();
        next.contents.clear();
        let mut last_paragraph = usize::MAX - 1;
        for quote in &made.list {
            let spans = made.spans(quote);
            let Some((first, last)) = spans.first().zip(spans.last()) else { continue };
            let goes_on = last_paragraph + 1 == paragraph_of(paragraphs, first.start)
                && is_loose(paragraphs, made, quote)
                && !is_minor(strings, first.start);
            last_paragraph = paragraph_of(paragraphs, last.start);
            let from = next.contents.len() as u32;
            next.contents.extend_from_slice(spans);
            let content = (from, next.contents.len() as u32);
            match next.list.last_mut().filter(|last| goes_on && last.source.is_some()) {
                Some(last) => {
                    if last.kind == QuoteKind::Indirect {
                        last.kind = QuoteKind::Mixed;
                    }
                    last.content.1 = content.1;
                    last.flags |= Flags::CONTINUED;
                }
                None => next.list.push(Attribution { content, ..*quote }),
            }
        }
        std::mem::swap(&mut next.list, &mut made.list);
        std::mem::swap(&mut next.contents, &mut made.contents);
    }
}

fn paragraph_of(paragraphs: &[Span], at: usize) -> usize {
    paragraphs.partition_point(|paragraph| paragraph.end <= at)
}

/// Whether a quotation has no tag and is all there is of its paragraphs.
fn is_loose(paragraphs: &[Span], made: &Attributions, quote: &Attribution) -> bool {
    let ends = made.spans(quote);
    let Some((first, last)) = ends.first().zip(ends.last()).filter(|_| quote.origin == UNATTRIBUTED) else {
        return false;
    };
    let begins = |paragraph: &Span| paragraph.start == first.start;
    let stops = |paragraph: &Span| paragraph.end == last.end;
    paragraphs.get(paragraph_of(paragraphs, first.start)).is_some_and(begins)
        && paragraphs.get(paragraph_of(paragraphs, last.start)).is_some_and(stops)
}

/// Whether the quoted string that begins at `at` is in the marks that carry no speech here.
fn is_minor(strings: &[Quoted], at: usize) -> bool {
    let index = strings.partition_point(|string| string.outer.start < at);
    strings.get(index).is_some_and(|string| string.minor)
}

/// Whether paragraphs that begin with a quotation mark mostly follow each other, as in novels: three in
/// ten do there, and fewer in most news.
fn is_dialogue(paragraphs: &[Span], strings: &[Quoted]) -> bool {
    let (mut opening, mut following) = (0usize, 0usize);
    let mut last = usize::MAX - 1;
    for string in strings.iter().filter(|string| string.parent.is_none()) {
        let index = paragraphs.partition_point(|paragraph| paragraph.end <= string.outer.start);
        if paragraphs.get(index).is_some_and(|paragraph| paragraph.start == string.outer.start) {
            opening += 1;
            following += usize::from(last + 1 == index);
            last = index;
        }
    }
    following * 10 > opening * 3
}

/// Whether somebody else acts in the sentences between a quotation and the quoted string at `at`: “…,” Roe said. Lim took off
/// her coat. “…”
fn another_acts(tokens: &[Token], said: &Selected, at: usize) -> bool {
    const SKIPPED: TagSet = TagSet::ADVERB.union(TagSet::AND);
    let from = said.end();
    let Some(between) = tokens.get(from..at) else { return false };
    let starts = (0..between.len()).filter(|&place| place > 0 && between[place - 1].is(TagSet::STOP | TagSet::QEND));
    starts.map(|place| &between[place..]).any(|sentence| {
        let sentence = &sentence[sentence.iter().take_while(|token| token.is(SKIPPED)).count()..];
        somebody(sentence).is_some_and(|subject| {
            let verb = sentence.get(subject.len()).is_some_and(|token| token.is(TagSet::PAST | TagSet::VERBS));
            let named = |range: Range| tokens[range.start()..range.end()].iter().any(|token| is_of(token, subject));
            verb && !said.tag.source.is_some_and(named)
        })
    })
}

/// The person that a sentence begins with: Ana Lim, the mayor.
fn somebody(sentence: &[Token]) -> Option<&[Token]> {
    const LEAD: TagSet = TagSet::DET.union(TagSet::POSSESSIVE).union(TagSet::TITLE).union(TagSet::ADJ);
    let lead = sentence.iter().take_while(|token| token.is(LEAD) && !token.is(TagSet::NAME | TagSet::ROLE)).count();
    let head = &sentence[lead..];
    let len = head.iter().take_while(|token| token.is(TagSet::NAME | TagSet::ROLE | TagSet::FIRST)).count();
    let person = head[..len].iter().any(|token| token.is(TagSet::ROLE | TagSet::FIRST) || lead == 0);
    (len > 0 && person).then_some(&sentence[..lead + len])
}

/// Whether a word is one of some.
fn is_of(token: &Token, words: &[Token]) -> bool {
    token.word != 0 && token.is(TagSet::NAME | TagSet::ROLE) && words.iter().any(|word| word.word == token.word)
}
