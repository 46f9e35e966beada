//! Candidates → attributions: what the rules propose, the best that go together, and then named
//! sieves for what is left.

use crate::clause::{self, Announced, Range, bucket, word_of};
use crate::pair::Quoted;
use crate::quote::{Flags, Found, MentionKind, Origin, Place, QuoteKind, Record, StringRole};
use crate::rules::matcher::at_edge;
use crate::rules::matcher::{Ground, Matcher, Slots};
use crate::rules::parse::Purpose;
use crate::rules::program::Slot;
use crate::span::Span;
use crate::token::{Class, Token};
use crate::weigh::{Feature, LogOdds, Surroundings, Weights, fact};

/// One proposed attribution, in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) rule: u16,
    pub(crate) anchor: usize,
    pub(crate) cue: Option<Range>,
    pub(crate) source: Option<Range>,
    pub(crate) addressee: Option<Range>,
    pub(crate) content: [Option<Range>; 4],
    /// Where content begins whose end was looked for.
    pub(crate) clause: Option<usize>,
    /// How likely that end is.
    pub(crate) end_chance: f32,
    pub(crate) kind: QuoteKind,
    pub(crate) score: f32,
    /// Cue and source were taken over from another.
    pub(crate) inherited: bool,
}

/// Working memory of one unit, reused.
#[derive(Debug, Default)]
pub(crate) struct Attributor {
    matcher: Matcher,
    candidates: Vec<Candidate>,
    best: Vec<Candidate>,
    kept: Vec<Candidate>,
    owners: Vec<u32>,
    clauses: Clauses,
    /// Pass over words that are hardly ever a cue.
    choosy: bool,
}

/// Candidates less likely than this are not reported.
const LEAST_SCORE: f32 = 0.25;

/// What is read.
#[derive(Clone, Copy)]
pub(crate) struct UnitGround<'g> {
    pub(crate) ground: Ground<'g>,
    pub(crate) strings: &'g [Quoted],
    pub(crate) weights: &'g Weights,
    pub(crate) coverage: Coverage,
}

/// Which quotations are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Coverage {
    /// What stands in quotation marks. The fastest: text without marks near it is not read.
    Direct,
    /// Everything reported as said or written, with marks or without.
    #[default]
    Speech,
    /// Attitudes, decrees and evidence too: *believes that*, *the study shows*.
    Attribution,
}

impl Attributor {
    /// Finds the attributions of one unit and adds them to `found`, in order.
    pub(crate) fn read(&mut self, unit: &UnitGround<'_>, found: &mut Found) {
        self.matcher.begin_unit(unit.ground.program);
        self.choosy = true;
        self.propose(unit);
        self.select(unit);
        self.adjoin(unit);
        self.inherit(unit);
        self.report(unit, found);
    }

    /// Proposes and nothing more; gives back how many candidates there are.
    pub(crate) fn propose_all(&mut self, unit: &UnitGround<'_>) -> usize {
        self.matcher.begin_unit(unit.ground.program);
        self.choosy = true;
        self.propose(unit);
        self.candidates.len()
    }

    fn propose(&mut self, unit: &UnitGround<'_>) {
        self.candidates.clear();
        let tokens = unit.ground.tokens.list();
        for (at, token) in tokens.iter().enumerate() {
            if !token.is(Class::Q | Class::ANCHOR) {
                continue;
            }
            let anchors = anchors_at(unit, at);
            let worth = !self.choosy || !token.is(Class::WORD) || unit.weights.worth_trying(&surroundings(unit, at));
            if !worth && anchors.iter().all(|&anchor| unit.ground.program.anchors[usize::from(anchor)].is_built_in) {
                continue;
            }
            self.clauses.known.clear();
            for (rule, slots) in self.matcher.rules_at(&unit.ground, anchors, at) {
                self.candidates.extend(candidate(unit, *rule, at, slots, &mut self.clauses));
            }
        }
    }

    /// Everything the rules propose for a unit, kept or not.
    pub(crate) fn explain(&mut self, unit: &UnitGround<'_>) -> (&[Candidate], &[Candidate]) {
        self.matcher.begin_unit(unit.ground.program);
        self.choosy = false;
        self.propose(unit);
        self.select(unit);
        (&self.candidates, &self.kept)
    }

    /// What one rule proposes, all others left aside: sources and contents.
    pub(crate) fn matches_of(&mut self, rule: u16, unit: &UnitGround<'_>) -> Vec<(Option<Span>, Vec<Span>)> {
        self.matcher.begin_unit(unit.ground.program);
        let tokens = unit.ground.tokens;
        let span = |range: Range| tokens.span(range.start, range.end, unit.strings);
        let mut matches = Vec::new();
        let program = unit.ground.program;
        for at in 0..tokens.list().len() {
            let all: Vec<u16> = anchors_at(unit, at).iter().chain(&program.role_anchors).copied().collect();
            let found = self.matcher.rules_at(&unit.ground, &all, at).iter().find(|(number, _)| *number == rule);
            let Some((_, slots)) = found else { continue };
            self.clauses.known.clear();
            if program.rules[usize::from(rule)].purpose != Purpose::Attribution {
                matches.push((None, Vec::new()));
            } else if let Some(candidate) = candidate(unit, rule, at, slots, &mut self.clauses) {
                let content = candidate.content.iter().flatten().copied().map(span).collect();
                matches.push((candidate.source.map(span), content));
            }
        }
        matches
    }

    /// Keeps the best candidates that do not cross, one for each cue; of nested ones the outermost.
    fn select(&mut self, unit: &UnitGround<'_>) {
        self.kept.clear();
        self.owners.clear();
        self.owners.resize(unit.ground.tokens.list().len(), 0);
        let mut best = std::mem::take(&mut self.best);
        best.clear();
        best.extend(self.candidates.iter().filter(|candidate| candidate.score >= LEAST_SCORE));
        // Of two readings of one tag in marks, the one that takes in more of the marks.
        best.sort_by(|a, b| {
            let both = a.anchor == b.anchor && a.kind == QuoteKind::Direct && b.kind == QuoteKind::Direct;
            let wider = if both { b.width().cmp(&a.width()) } else { std::cmp::Ordering::Equal };
            a.anchor.cmp(&b.anchor).then(wider).then(b.score.total_cmp(&a.score))
        });
        share_addressees(&mut best);
        best.dedup_by_key(|candidate| candidate.anchor);
        best.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.anchor.cmp(&b.anchor)));
        for candidate in &best {
            let taken = |range: &Range| self.owners[range.start..range.end].iter().any(|&owner| owner != 0);
            if candidate.content.iter().flatten().any(taken) || self.owners[candidate.anchor] != 0 {
                continue;
            }
            self.kept.push(*candidate);
            let number = self.kept.len() as u32;
            for range in candidate.content.iter().flatten() {
                self.owners[range.start..range.end].fill(number);
            }
        }
        self.best = best;
        self.kept.sort_by_key(|candidate| candidate.content[0].map_or(0, |range| range.start));
    }

    /// The quoted sentences right beside the content of a quotation in marks belong to it, and so do
    /// those right behind the sentence of its tag.
    fn adjoin(&mut self, unit: &UnitGround<'_>) {
        let tokens = unit.ground.tokens.list();
        for index in 0..self.kept.len() {
            let candidate = self.kept[index];
            if candidate.kind == QuoteKind::Indirect {
                continue;
            }
            let mut content = candidate.content;
            if candidate.kind == QuoteKind::Direct
                && let Some(first) = &mut content[0]
            {
                while first.start > 0 && self.owners[first.start - 1] == 0 && tokens[first.start - 1].is(Class::QEND) {
                    first.start -= 1;
                    self.owners[first.start] = 1;
                }
            }
            let start = after_tag(tokens, &candidate);
            let mut next = start;
            while tokens.get(next).is_some_and(|token| token.is(Class::Q) && !token.is(Class::SHORT))
                && self.owners[next] == 0
            {
                self.owners[next] = 1;
                next += 1;
            }
            if start < next {
                content[3] = Some(Range { start, end: next });
            }
            self.kept[index].content = content;
        }
    }

    /// A quoted sentence that nothing claims belongs to whoever was quoted last in its paragraph.
    fn inherit(&mut self, unit: &UnitGround<'_>) {
        let tokens = unit.ground.tokens.list();
        let mut last: Option<Candidate> = None;
        let known = self.kept.len();
        let mut next = 0;
        for (at, token) in tokens.iter().enumerate() {
            if token.is(Class::PARA) {
                last = None;
            }
            while next < known && self.kept[next].anchor < at {
                last = Some(self.kept[next]).filter(|candidate| candidate.source.is_some()).or(last);
                next += 1;
            }
            let free =
                token.is(Class::Q) && token.is(Class::INITIAL) && !token.is(Class::SHORT) && self.owners[at] == 0;
            if let (true, Some(before)) = (free, last) {
                let mut content = [None; 4];
                content[0] = Some(Range { start: at, end: at + 1 });
                self.kept.push(Candidate { content, kind: QuoteKind::Direct, score: 0.7, inherited: true, ..before });
                self.owners[at] = 1;
            }
        }
    }

    /// What a quoted string is: what a rule says, then what its use and its form say.
    fn role(&mut self, unit: &UnitGround<'_>, at: usize, string: usize) -> StringRole {
        let token = unit.ground.tokens.list()[at];
        let owner = (self.owners[at] as usize).checked_sub(1).and_then(|owner| self.kept.get(owner));
        if owner.is_none_or(|owner| owner.kind == QuoteKind::Mixed) {
            let anchors = &unit.ground.program.role_anchors;
            let found = self.matcher.rules_at(&unit.ground, anchors, at).iter().map(|(rule, _)| *rule).min();
            let purpose = found.map(|rule| unit.ground.program.rules[usize::from(rule)].purpose);
            if let Some(Purpose::Role(role)) = purpose {
                return role;
            }
        }
        if self.owners[at] != 0 {
            return StringRole::Speech;
        }
        let inner = &unit.ground.text[unit.strings[string].inner];
        let tokens = unit.ground.tokens.list();
        let edge = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_none_or(|token| token.is(Class::PARA));
        // A paragraph of its own in the marks that carry no speech here: a heading.
        if unit.strings[string].minor && edge(at.checked_sub(1)) && edge(Some(at + 1)) {
            return StringRole::Unknown;
        }
        match token.class {
            class if class.has(Class::QEND | Class::QCOMMA | Class::QOPEN) => StringRole::Speech,
            _ if is_title(inner) => StringRole::Title,
            class if class.has(Class::SHORT) => StringRole::Scare,
            class if class.has(Class::INITIAL | Class::CAP) => StringRole::Speech,
            _ => StringRole::Unknown,
        }
    }

    fn report(&mut self, unit: &UnitGround<'_>, found: &mut Found) {
        let tokens = unit.ground.tokens.list();
        let from = found.quotes.len();
        for candidate in &self.kept {
            if unit.coverage != Coverage::Direct || candidate.kind == QuoteKind::Direct {
                let ranges: Vec<Range> = candidate.content.iter().flatten().copied().collect();
                push_quote(unit, found, candidate, &ranges, candidate.kind);
            } else {
                for range in candidate.content.iter().flatten() {
                    for at in (range.start..range.end).filter(|&at| tokens[at].is(Class::Q)) {
                        push_quote(unit, found, candidate, &[Range { start: at, end: at + 1 }], QuoteKind::Direct);
                    }
                }
            }
        }
        for (at, token) in tokens.iter().enumerate() {
            let Some(string) = token.string() else { continue };
            let role = self.role(unit, at, string);
            found.strings[string].role = role;
            let whole = unit.coverage == Coverage::Direct || token.is(Class::INITIAL | Class::QOPEN);
            if self.owners[at] == 0 && role == StringRole::Speech && whole {
                push_unattributed(unit, found, at);
            }
        }
        let contents = &found.contents;
        found.quotes[from..].sort_by_key(|quote| contents[quote.content.0 as usize].start);
    }
}

/// Of readings that differ in nothing else, the one that names the one spoken to tells more. The
/// candidates of one anchor stand together, the best first.
fn share_addressees(candidates: &mut [Candidate]) {
    for of_anchor in candidates.chunk_by_mut(|a, b| a.anchor == b.anchor) {
        let [best, others @ ..] = of_anchor else { continue };
        let same = |other: &&Candidate| (other.content, other.source) == (best.content, best.source);
        if best.addressee.is_none() {
            best.addressee = others.iter().filter(same).find_map(|other| other.addressee);
        }
    }
}

/// Where words in marks go on after a tag: right there, after a comma later in its sentence, or behind
/// that sentence; the end of the text if nowhere.
fn after_tag(tokens: &[Token], candidate: &Candidate) -> usize {
    const LONGEST_REST: usize = 60;
    let end = candidate.end();
    for at in end..tokens.len().min(end + LONGEST_REST) {
        let token = &tokens[at];
        let goes_on = at == end
            || tokens[at - 1].is(Class::COMMA | Class::DASH | Class::SEMICOLON | Class::COLON)
                && !token.is(Class::SHORT);
        match token.class {
            class if class.has(Class::Q) && goes_on => return at,
            class if class.has(Class::STOP) => return at + 1,
            class if class.has(Class::QEND) && !class.has(Class::INITIAL) => return at + 1,
            class if class.has(Class::PARA | Class::QEND) => break,
            _ => {}
        }
    }
    tokens.len()
}

/// Two words or more, every long one with a capital.
fn is_title(inner: &str) -> bool {
    const SMALL: usize = 4;
    let mut words = inner.split_whitespace().take(16).peekable();
    let first = words.next().is_some_and(|word| word.starts_with(char::is_uppercase));
    first
        && words.peek().is_some()
        && words.all(|word| word.len() < SMALL || word.starts_with(|first: char| !first.is_lowercase()))
}

impl Candidate {
    /// How many tokens of content.
    fn width(&self) -> usize {
        self.content.iter().flatten().map(|range| range.end - range.start).sum()
    }

    /// The token after the last one of cue, source, addressee and content.
    fn end(&self) -> usize {
        let parts = [self.cue, self.source, self.addressee].into_iter().chain(self.content);
        parts.flatten().map(|range| range.end).max().unwrap_or(self.anchor + 1)
    }
}

/// A paragraph that is all quotation and has no tag goes on with the quotation before, if that one
/// has its tag in the paragraph before. Where such paragraphs are many they are a dialogue, and each
/// has a speaker of its own: then nothing is done.
pub(crate) fn continue_paragraphs(paragraphs: &[Span], found: &mut Found) {
    const RARE: usize = 5;
    let start_of = |found: &Found, quote: &Record| found.contents[quote.content.0 as usize].start;
    let paragraph_of = |at: usize| paragraphs.partition_point(|paragraph| paragraph.end <= at);
    let whole = |found: &Found, quote: &Record| {
        let spans = &found.contents[quote.content.0 as usize..quote.content.1 as usize];
        let first = paragraphs.get(paragraph_of(spans[0].start));
        let last = spans.last().and_then(|span| paragraphs.get(paragraph_of(span.start)));
        quote.rule == UNATTRIBUTED
            && first.is_some_and(|paragraph| paragraph.start == spans[0].start)
            && last.zip(spans.last()).is_some_and(|(paragraph, span)| paragraph.end == span.end)
    };
    let direct = found.quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct).count();
    let loose = found.quotes.iter().filter(|quote| whole(found, quote)).count();
    if loose == 0 || loose * RARE > direct || is_dialogue(paragraphs, found) {
        return;
    }
    let mut kept: Vec<Record> = Vec::with_capacity(found.quotes.len());
    let mut contents = Vec::with_capacity(found.contents.len());
    let mut last_paragraph = usize::MAX - 1;
    for quote in &found.quotes {
        let spans = &found.contents[quote.content.0 as usize..quote.content.1 as usize];
        let paragraph = paragraph_of(start_of(found, quote));
        let end = paragraph_of(spans.last().map_or(0, |span| span.start));
        let goes_on =
            whole(found, quote) && last_paragraph + 1 == paragraph && !is_minor(found, start_of(found, quote));
        match kept.last_mut().filter(|last| goes_on && last.kind == QuoteKind::Direct && last.source.is_some()) {
            Some(last) => {
                contents.extend_from_slice(spans);
                last.content.1 = contents.len() as u32;
                last.flags |= Flags::CONTINUED;
            }
            None => {
                let from = contents.len() as u32;
                contents.extend_from_slice(spans);
                kept.push(Record { content: (from, contents.len() as u32), ..*quote });
            }
        }
        last_paragraph = end;
    }
    found.quotes = kept;
    found.contents = contents;
}

/// Whether the quoted string that begins at `at` is in the marks that carry no speech here.
fn is_minor(found: &Found, at: usize) -> bool {
    let index = found.strings.partition_point(|string| string.outer.start < at);
    found.strings.get(index).is_some_and(|string| string.minor)
}

/// Whether paragraphs that begin with a quotation mark mostly follow each other, as in novels: three in
/// ten do there, and fewer in most news.
fn is_dialogue(paragraphs: &[Span], found: &Found) -> bool {
    let (mut opening, mut following) = (0usize, 0usize);
    let mut last = usize::MAX - 1;
    for string in found.strings.iter().filter(|string| string.parent.is_none()) {
        let index = paragraphs.partition_point(|paragraph| paragraph.end <= string.outer.start);
        if paragraphs.get(index).is_some_and(|paragraph| paragraph.start == string.outer.start) {
            opening += 1;
            following += usize::from(last + 1 == index);
            last = index;
        }
    }
    following * 10 > opening * 3
}

/// What made a quotation that nothing is known of.
const UNATTRIBUTED: Origin = Origin::Sieve("unattributed");

fn push_quote(unit: &UnitGround<'_>, found: &mut Found, candidate: &Candidate, ranges: &[Range], kind: QuoteKind) {
    let tokens = unit.ground.tokens;
    let start = found.contents.len() as u32;
    let mut flags = Flags::empty();
    for range in ranges {
        push_content(unit, found, *range);
        let strings = tokens.list()[range.start..range.end].iter().filter_map(Token::string);
        flags = strings.fold(flags, |flags, string| flags | unit.strings[string].flags);
    }
    let span = |range: Range| tokens.span(range.start, range.end, unit.strings);
    let place = |range: Range| Place { span: span(range), kind: mention_kind(&tokens.list()[range.start..range.end]) };
    found.quotes.push(Record {
        kind,
        content: (start, found.contents.len() as u32),
        cue: candidate.cue.map(span),
        source: candidate.source.map(place),
        addressee: candidate.addressee.map(place),
        speaker: None,
        flags,
        confidence: candidate.score,
        rule: if candidate.inherited { Origin::Sieve("inherited") } else { Origin::Rule(candidate.rule) },
    });
}

/// Adds the spans of a content: quoted strings that go over paragraphs have one for each.
fn push_content(unit: &UnitGround<'_>, found: &mut Found, range: Range) {
    let tokens = unit.ground.tokens;
    let mut start = tokens.start(range.start);
    for token in &tokens.list()[range.start..range.end] {
        let mut part = token.string();
        while let Some(next) = part.and_then(|string| unit.strings[string].continued_by) {
            let (this, next) = (part.unwrap_or_default(), next as usize);
            found.contents.push(Span::new(start, unit.strings[this].outer.end));
            start = unit.strings[next].outer.start;
            part = Some(next);
        }
    }
    found.contents.push(Span::new(start, tokens.end(range.end - 1, unit.strings)));
}

fn push_unattributed(unit: &UnitGround<'_>, found: &mut Found, at: usize) {
    let start = found.contents.len() as u32;
    let token = unit.ground.tokens.list()[at];
    let string = token.string().unwrap_or_default();
    if token.is(Class::QOPEN) {
        found.contents.push(unit.strings[string].outer);
    } else {
        push_content(unit, found, Range { start: at, end: at + 1 });
    }
    found.quotes.push(Record {
        kind: QuoteKind::Direct,
        content: (start, found.contents.len() as u32),
        cue: None,
        source: None,
        addressee: None,
        speaker: None,
        flags: unit.strings[string].flags,
        confidence: 0.0,
        rule: UNATTRIBUTED,
    });
}

fn mention_kind(tokens: &[Token]) -> MentionKind {
    match tokens {
        [only] if only.is(Class::PRONOUN | Class::WHO | Class::OBJECT | Class::THAT) => MentionKind::Pronoun,
        _ if tokens.iter().any(|token| token.is(Class::NAME)) => MentionKind::Name,
        _ => MentionKind::Nominal,
    }
}

fn range(slots: &Slots, start: Slot, end: Slot) -> Option<Range> {
    let (start, end) = (slots[start as usize]? as usize, slots[end as usize]? as usize);
    (start < end).then_some(Range { start, end })
}

/// Where a clause is and how likely its end; `None` if there is none.
type Clause = Option<(Range, f32)>;

/// Clauses announced by the word at hand: several rules often mean the same.
#[derive(Debug, Default)]
struct Clauses {
    known: Vec<(usize, (u16, bool), Clause)>,
}

impl Clauses {
    fn from(&mut self, unit: &UnitGround<'_>, announced: &Announced, start: usize) -> Clause {
        let kind = (announced.relative, announced.opened);
        let known = self.known.iter().find(|known| (known.0, known.1) == (start, kind));
        if let Some((_, _, clause)) = known {
            return *clause;
        }
        let clause = clause::forward(&unit.ground, unit.weights, announced, start);
        self.known.push((start, kind, clause));
        clause
    }
}

/// Builds a candidate from what a rule captured; `None` if there is no content where it says.
fn candidate(
    unit: &UnitGround<'_>,
    rule: u16,
    anchor: usize,
    slots: &Slots,
    clauses: &mut Clauses,
) -> Option<Candidate> {
    let tokens = unit.ground.tokens.list();
    let place = |slot: Slot| slots[slot as usize].map(|at| at as usize);
    let mut content = [None; 4];
    if let Some(at) = place(Slot::Front) {
        content[0] = Some(clause::front(tokens, at)?);
    }
    if let Some(at) = place(Slot::QuoteLeft) {
        content[0] = Some(clause::front(tokens, at + 1)?);
    }
    if tokens[anchor].is(Class::Q) {
        content[1] = Some(Range { start: anchor, end: anchor + 1 });
    }
    let mut end_chance = 1.0;
    let clause = place(Slot::Clause);
    if let Some(at) = clause {
        let announced = announced(unit, anchor, range(slots, Slot::SourceStart, Slot::SourceEnd));
        let (range, chance) = clauses.from(unit, &announced, at)?;
        content[1] = Some(range);
        end_chance = chance;
    }
    if let Some(at) = place(Slot::Rest) {
        content[1] = Some(clause::rest(tokens, at)?);
    }
    if let Some(range) = range(slots, Slot::ContentStart, Slot::ContentEnd) {
        content[3] = Some(range);
    }
    if let Some(at) = place(Slot::QuoteRight) {
        content[2] = Some(Range { start: at, end: at + 1 });
    }
    content.sort_by_key(|range| range.map_or(usize::MAX, |range| range.start));
    let parts = content.iter().flatten().flat_map(|range| &tokens[range.start..range.end]);
    let (quoted, plain) =
        parts.filter(|token| !token.is(Class::COMMA | Class::STOP)).fold((0, 0), |(quoted, plain), token| {
            if token.is(Class::Q) { (quoted + 1, plain) } else { (quoted, plain + 1) }
        });
    let unclosed = content.iter().flatten().any(|range| tokens[range.start].is(Class::QOPEN));
    let kind = match (quoted, plain) {
        _ if unclosed => QuoteKind::Direct,
        (0, _) => QuoteKind::Indirect,
        (_, 0) => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    };
    let mut cue = range(slots, Slot::CueStart, Slot::CueEnd);
    // A colon right behind the cue belongs to it.
    if let Some(cue) = &mut cue
        && tokens.get(cue.end).is_some_and(|token| token.is(Class::COLON))
    {
        cue.end += 1;
    }
    let mut candidate = Candidate {
        rule,
        anchor,
        cue,
        source: range(slots, Slot::SourceStart, Slot::SourceEnd),
        addressee: range(slots, Slot::AddresseeStart, Slot::AddresseeEnd),
        content,
        clause,
        end_chance,
        kind,
        score: 0.0,
        inherited: false,
    };
    let mut sum = offset(unit, rule);
    features(unit, &candidate, &mut |feature| sum.0 += unit.weights.of(feature));
    candidate.score = sum.chance();
    Some(candidate)
}

/// The log-odds of a rule's own score.
pub(crate) fn offset(unit: &UnitGround<'_>, rule: u16) -> LogOdds {
    LogOdds::of_share(unit.ground.program.rules[usize::from(rule)].score)
}

pub(crate) fn announced(unit: &UnitGround<'_>, anchor: usize, source: Option<Range>) -> Announced {
    let tokens = unit.ground.tokens.list();
    let entry = unit.ground.lexicon.entry(word_of(&tokens[anchor]));
    let is_who = |at: usize| tokens[at].is(Class::WHO | Class::THAT);
    let relative = match source {
        Some(source) if source.end - source.start == 1 && is_who(source.start) => 1,
        // A rule which Lim said was cruel.
        Some(source) if source.start > 0 && tokens[source.start - 1].is(Class::WHO) => 2,
        _ => 0,
    };
    let leftmost = source.map_or(anchor, |source| source.start.min(anchor));
    let opened = begins_with_conjunction(tokens, leftmost);
    Announced { opened, head: entry.lemma, group: entry.group.number(), form: tokens[anchor].class.kind(), relative }
}

/// Whether the clause of `at` is the first of its sentence and depends on what follows: While Lim said
/// no, …
fn begins_with_conjunction(tokens: &[Token], at: usize) -> bool {
    const FURTHEST: usize = 16;
    let mut start = at;
    while start > 0 && at - start < FURTHEST && !at_edge(tokens, start, true) {
        start -= 1;
        if tokens[start].is(Class::COMMA | Class::COLON | Class::SEMICOLON) {
            return false;
        }
    }
    at_edge(tokens, start, true) && tokens[start..at].iter().take(2).any(|token| token.is(Class::SUBORD | Class::WH))
}

/// What a token may be an anchor as.
fn anchors_at<'g>(unit: &UnitGround<'g>, at: usize) -> &'g [u16] {
    let token = unit.ground.tokens.list()[at];
    if token.is(Class::Q) {
        return &unit.ground.program.string_anchors;
    }
    let (from, to) = unit.ground.lexicon.entry(word_of(&token)).anchors;
    &unit.ground.program.by_word[from as usize..to as usize]
}

/// What the first question is asked about.
pub(crate) fn surroundings(unit: &UnitGround<'_>, at: usize) -> Surroundings {
    let tokens = unit.ground.tokens.list();
    let kind = |token: Option<&Token>| token.map_or(Class::PARA.kind(), |token| token.class.kind());
    let word = word_of(&tokens[at]);
    Surroundings {
        word,
        group: unit.ground.lexicon.entry(word).group.number(),
        form: tokens[at].class.kind(),
        prev: kind(at.checked_sub(1).and_then(|before| tokens.get(before))),
        next: kind(tokens.get(at + 1)),
    }
}

/// What speaks for and against a candidate.
pub(crate) fn features(unit: &UnitGround<'_>, candidate: &Candidate, sink: &mut impl FnMut(Feature)) {
    let tokens = unit.ground.tokens.list();
    let kind_at = |at: usize| tokens.get(at).map_or(Class::PARA.kind(), |token| token.class.kind());
    let rule = candidate.rule;
    let entry = unit.ground.lexicon.entry(word_of(&tokens[candidate.anchor]));
    let (head, group, form) = (entry.lemma, entry.group.number(), kind_at(candidate.anchor));
    let main = candidate.content[1].or(candidate.content[3]).or(candidate.content[0]).or(candidate.content[2]);
    let Some(main) = main else { return };
    let first = kind_at(main.start);
    let link =
        candidate.cue.filter(|cue| cue.end > candidate.anchor + 1).map_or(0, |cue| word_of(&tokens[cue.end - 1]));
    let source = source_type(tokens, candidate.source);
    let leftmost =
        candidate.source.or(candidate.cue).map_or(candidate.anchor, |range| range.start.min(candidate.anchor));
    let before = if at_edge(tokens, leftmost, true) { Class::PARA.kind() } else { kind_at(leftmost - 1) };
    let verbs = tokens[main.start..main.end].iter().filter(|token| token.is(FINITE)).take(2).count();
    let length = bucket(main.end - main.start);
    let gap = candidate.source.map_or(9, |source| bucket(candidate.anchor.saturating_sub(source.end)));
    let aux = candidate.cue.map_or(0, |cue| helpers(&tokens[cue.start.min(candidate.anchor)..candidate.anchor]));
    sink(fact!("is"));
    sink(fact!("is.rule", rule));
    sink(fact!("is.head", head));
    sink(fact!("is.head.form", head, form));
    sink(fact!("is.head.first", head, first));
    sink(fact!("is.head.link", head, link));
    sink(fact!("is.head.source", head, source));
    sink(fact!("is.rule.first", rule, first));
    sink(fact!("is.rule.source", rule, source));
    sink(fact!("is.rule.before", rule, before));
    sink(fact!("is.rule.length", rule, length));
    sink(fact!("is.rule.verb", rule, verbs, first));
    sink(fact!("is.rule.kind", rule, candidate.kind));
    sink(fact!("is.rule.after", rule, kind_at(main.end)));
    sink(fact!("is.rule.gap", rule, gap));
    sink(fact!("is.aux", aux, group));
    if candidate.clause.is_some() {
        let sure = (candidate.end_chance * 10.0) as u16;
        sink(fact!("is.end", sure, rule));
        sink(fact!("is.end.first", sure, first));
    }
    sink(fact!("is.source.form", source_form(tokens, candidate.source), rule));
    sink(fact!("is.place", place(tokens, leftmost), rule));
}

/// How far the start of the sentence is.
fn place(tokens: &[Token], at: usize) -> u16 {
    const FURTHEST: usize = 40;
    let mut start = at;
    while start > 0 && at - start < FURTHEST && !at_edge(tokens, start, true) {
        start -= 1;
    }
    bucket(at - start)
}

/// What a source holds: 1 a verb, 2 a conjunction, 4 a comma, 8 *who*.
fn source_form(tokens: &[Token], source: Option<Range>) -> u16 {
    let marks = [
        (Class::VERBAL | Class::BE | Class::HAVE | Class::MODAL, 1),
        (Class::AND, 2),
        (Class::COMMA, 4),
        (Class::WHO, 8),
    ];
    let Some(range) = source else { return 0 };
    let inner = tokens[range.start..range.end].iter().skip(1);
    let of = |token: &Token| marks.iter().filter(|(class, _)| token.is(*class)).fold(0, |bits, (_, bit)| bits | bit);
    inner.filter(|token| !token.is(Class::NAME)).fold(0, |bits, token| bits | of(token))
}

const FINITE: Class = Class::BE.union(Class::HAVE).union(Class::MODAL).union(Class::PAST).union(Class::VERBS);

/// What helps the head of a cue: not 1, modal 2, be 4, to 8, have 16.
fn helpers(tokens: &[Token]) -> u16 {
    let helper = [(Class::NOT, 1), (Class::MODAL, 2), (Class::BE, 4), (Class::TO, 8), (Class::HAVE, 16)];
    let of = |token: &Token| helper.iter().filter(|(class, _)| token.is(*class)).fold(0, |bits, (_, bit)| bits | bit);
    tokens.iter().fold(0, |bits, token| bits | of(token))
}

/// What the head of a source is: 0 nothing, 1 I or we, 2 he or she, 3 it, 4 they, 5 who,
/// 6 a name, 7 a role, 8 a group, 9 a document, 10 other nouns in the plural, 11 other nouns, 12 a
/// possessive, 13 a number, 14 anything else.
fn source_type(tokens: &[Token], source: Option<Range>) -> u16 {
    let Some(range) = source else { return 0 };
    let source = &tokens[range.start..range.end];
    const BREAK: Class = Class::PREP.union(Class::COMMA).union(Class::WHO).union(Class::OPEN);
    let end = source.iter().skip(1).position(|token| token.is(BREAK)).map_or(source.len(), |at| at + 1);
    let head = &source[end - 1];
    let head = if head.is(Class::CLITIC) && end > 1 { &source[end - 2] } else { head };
    let types = [
        (Class::WHO | Class::THAT, 5),
        (Class::POSSESSIVE, 12),
        (Class::NAME, 6),
        (Class::ROLE, 7),
        (Class::GROUP, 8),
        (Class::DOCUMENT, 9),
        (Class::PLURAL, 10),
        (Class::NUMBER, 13),
        (Class::NOUN, 11),
    ];
    if head.is(Class::PRONOUN | Class::OBJECT) && source.len() == 1 {
        return if head.is(Class::FEMALE | Class::MALE) { 2 } else { 4 };
    }
    types.iter().find(|(class, _)| head.is(*class)).map_or(14, |(_, number)| *number)
}
