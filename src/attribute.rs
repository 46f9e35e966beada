//! Candidates → attributions: what the rules propose, the best that go together, and then named
//! sieves for what is left.

use crate::clause::{self, Range};
use crate::pair::Quoted;
use crate::quote::{Flags, Found, MentionKind, Origin, Place, QuoteKind, Record, StringRole};
use crate::rules::matcher::{Ground, Matcher, Slots};
use crate::rules::parse::Purpose;
use crate::rules::program::Slot;
use crate::span::Span;
use crate::token::{Class, Token};

/// One proposed attribution, in tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) rule: u16,
    pub(crate) anchor: usize,
    pub(crate) cue: Option<Range>,
    pub(crate) source: Option<Range>,
    pub(crate) addressee: Option<Range>,
    pub(crate) content: [Option<Range>; 4],
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
    kept: Vec<Candidate>,
    owners: Vec<u32>,
}

/// What is read.
#[derive(Clone, Copy)]
pub(crate) struct UnitGround<'g> {
    pub(crate) ground: Ground<'g>,
    pub(crate) strings: &'g [Quoted],
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
        self.propose(unit);
        self.select(unit);
        self.adjoin(unit);
        self.inherit(unit);
        self.report(unit, found);
    }

    fn propose(&mut self, unit: &UnitGround<'_>) {
        self.candidates.clear();
        let tokens = unit.ground.tokens.list();
        for (at, token) in tokens.iter().enumerate() {
            let rules: &[u16] = if token.is(Class::Q) {
                &unit.ground.program.by_string
            } else if token.is(Class::ANCHOR) {
                let (from, to) = unit.ground.lexicon.entry(token.word).rules;
                &unit.ground.program.by_word[from as usize..to as usize]
            } else {
                continue;
            };
            for &rule in rules {
                if unit.ground.program.rules[usize::from(rule)].purpose != Purpose::Attribution {
                    continue;
                }
                let Some(slots) = self.matcher.try_rule(&unit.ground, rule, at) else { continue };
                if let Some(candidate) = candidate(unit, rule, at, &slots) {
                    self.candidates.push(candidate);
                    break;
                }
            }
        }
    }

    /// What one rule proposes, all others left aside: sources and contents.
    pub(crate) fn matches_of(&mut self, rule: u16, unit: &UnitGround<'_>) -> Vec<(Option<Span>, Vec<Span>)> {
        self.matcher.begin_unit(unit.ground.program);
        let tokens = unit.ground.tokens;
        let span = |range: Range| tokens.span(range.start, range.end, unit.strings);
        let mut matches = Vec::new();
        for at in 0..tokens.list().len() {
            let Some(slots) = self.matcher.try_rule(&unit.ground, rule, at) else { continue };
            if unit.ground.program.rules[usize::from(rule)].purpose != Purpose::Attribution {
                matches.push((None, Vec::new()));
            } else if let Some(candidate) = candidate(unit, rule, at, &slots) {
                matches.push((
                    candidate.source.map(span),
                    candidate.content.iter().flatten().copied().map(span).collect(),
                ));
            }
        }
        matches
    }

    /// Keeps the best candidates that do not cross; of nested ones the outermost.
    fn select(&mut self, unit: &UnitGround<'_>) {
        self.kept.clear();
        self.owners.clear();
        self.owners.resize(unit.ground.tokens.list().len(), 0);
        self.candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.anchor.cmp(&b.anchor)));
        for candidate in &self.candidates {
            let taken = |range: &Range| self.owners[range.start..range.end].iter().any(|&owner| owner != 0);
            let content_taken = candidate.content.iter().flatten().any(taken);
            let cue_taken = self.owners[candidate.anchor] != 0;
            if content_taken || cue_taken {
                continue;
            }
            self.kept.push(*candidate);
            let number = self.kept.len() as u32;
            for range in candidate.content.iter().flatten() {
                self.owners[range.start..range.end].fill(number);
            }
        }
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
            let number = index as u32 + 1;
            let mut content = candidate.content;
            if candidate.kind == QuoteKind::Direct
                && let Some(first) = &mut content[0]
            {
                while first.start > 0 && self.owners[first.start - 1] == 0 && tokens[first.start - 1].is(Class::QEND) {
                    first.start -= 1;
                    self.owners[first.start] = number;
                }
            }
            let start = self.after_tag(tokens, &candidate);
            let mut next = start;
            while tokens.get(next).is_some_and(|token| token.is(Class::Q) && !token.is(Class::SHORT))
                && self.owners[next] == 0
            {
                self.owners[next] = number;
                next += 1;
            }
            if start < next {
                content[3] = Some(Range { start, end: next });
            }
            self.kept[index].content = content;
        }
    }

    /// The token after the sentence a candidate ends in, if the rest of that sentence is nobody's.
    fn after_tag(&self, tokens: &[Token], candidate: &Candidate) -> usize {
        const LONGEST_REST: usize = 60;
        let end = candidate.end();
        let rest =
            tokens[end..].iter().take(LONGEST_REST).position(|token| token.is(Class::STOP | Class::PARA | Class::Q));
        let Some(rest) = rest else { return tokens.len() };
        let stop = end + rest;
        let clear = self.kept.iter().all(|other| other.anchor < end || other.anchor >= stop);
        match tokens[stop].class {
            class if class.has(Class::STOP) && clear => stop + 1,
            class if class.has(Class::Q) && rest == 0 => stop,
            _ => tokens.len(),
        }
    }

    /// A quoted sentence that nothing claims belongs to whoever was quoted last in its paragraph.
    fn inherit(&mut self, unit: &UnitGround<'_>) {
        let tokens = unit.ground.tokens.list();
        let mut last: Option<(usize, Candidate)> = None;
        let known = self.kept.len();
        let mut next = 0;
        for (at, token) in tokens.iter().enumerate() {
            if token.is(Class::PARA) {
                last = None;
            }
            while next < known && self.kept[next].anchor < at {
                last = Some((next, self.kept[next])).filter(|(_, candidate)| candidate.source.is_some()).or(last);
                next += 1;
            }
            let free = tokens[at].is(Class::Q)
                && tokens[at].is(Class::INITIAL)
                && !tokens[at].is(Class::SHORT)
                && self.owners[at] == 0;
            if let (true, Some((_, before))) = (free, last) {
                let mut content = [None; 4];
                content[0] = Some(Range { start: at, end: at + 1 });
                self.kept.push(Candidate { content, kind: QuoteKind::Direct, score: 0.7, inherited: true, ..before });
                self.owners[at] = self.kept.len() as u32;
            }
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
            let owned = self.owners[at] != 0;
            let role = if owned || !token.is(Class::SHORT) { StringRole::Speech } else { StringRole::Scare };
            found.strings[string].role = role;
            if !owned && role == StringRole::Speech {
                push_unattributed(unit, found, at);
            }
        }
        let contents = &found.contents;
        found.quotes[from..].sort_by_key(|quote| contents[quote.content.0 as usize].start);
    }
}

impl Candidate {
    /// The token after the last one of cue, source, addressee and content.
    fn end(&self) -> usize {
        let parts = [self.cue, self.source, self.addressee].into_iter().chain(self.content);
        parts.flatten().map(|range| range.end).max().unwrap_or(self.anchor + 1)
    }
}

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
    push_content(unit, found, Range { start: at, end: at + 1 });
    let string = unit.ground.tokens.list()[at].string().unwrap_or_default();
    found.quotes.push(Record {
        kind: QuoteKind::Direct,
        content: (start, found.contents.len() as u32),
        cue: None,
        source: None,
        addressee: None,
        speaker: None,
        flags: unit.strings[string].flags,
        confidence: 0.0,
        rule: Origin::Sieve("unattributed"),
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

/// Builds a candidate from what a rule captured; `None` if there is no content where it says.
fn candidate(unit: &UnitGround<'_>, rule: u16, anchor: usize, slots: &Slots) -> Option<Candidate> {
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
    if let Some(at) = place(Slot::Clause) {
        content[1] = Some(clause::forward(tokens, at)?);
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
    let kind = match (quoted, plain) {
        (0, _) => QuoteKind::Indirect,
        (_, 0) => QuoteKind::Direct,
        _ => QuoteKind::Mixed,
    };
    Some(Candidate {
        rule,
        anchor,
        cue: range(slots, Slot::CueStart, Slot::CueEnd),
        source: range(slots, Slot::SourceStart, Slot::SourceEnd),
        addressee: range(slots, Slot::AddresseeStart, Slot::AddresseeEnd),
        content,
        kind,
        score: unit.ground.program.rules[usize::from(rule)].score,
        inherited: false,
    })
}
