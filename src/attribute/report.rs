//! Candidates → quotations, and what quoted strings are.

use super::attribution::{Attributions, INHERITED, UNATTRIBUTED};
use super::candidate::Candidate;
use super::listen::{Fate, Listener};
use super::select::Selected;
use super::{Attributor, Coverage, UnitContext, UnitWork};
use crate::clause::{Range, word_of};
use crate::lexicon::CueClasses;
use crate::probability::Probability;
use crate::quote::{Attribution, Flags, MentionKind, Origin, Place, QuoteKind, StringRole};
use crate::rules::rule_file::Purpose;
use crate::span::Span;
use crate::token::{TagSet, Token};

impl Attributor {
    /// Asks the rules which quoted strings are no speech.
    pub(super) fn find_roles(&mut self, unit: &UnitContext<'_>, work: &mut UnitWork) {
        work.roles.clear();
        let program = unit.context.program;
        let tokens = unit.context.tokens.list();
        for at in work.places.iter().map(|&at| at as usize).filter(|&at| tokens[at].is(TagSet::Q)) {
            let found = self.matcher.rules_at(&unit.context, &program.role_anchors, at);
            let rule = found.iter().map(|(rule, _)| *rule).min();
            if let Some(Purpose::Role(role)) = rule.map(|rule| program.rules[usize::from(rule)].purpose) {
                work.roles.push((at, role));
            }
        }
    }

    /// What a quoted string is: what a rule says, then what its use and its form say.
    fn role(&self, unit: &UnitContext<'_>, work: &UnitWork, at: usize, string: usize) -> StringRole {
        let token = unit.context.tokens.list()[at];
        let owner = (self.owners[at] as usize).checked_sub(1).and_then(|owner| self.kept.get(owner));
        let known = work.roles.binary_search_by_key(&at, |(place, _)| *place).ok().map(|index| work.roles[index]);
        if let Some((_, role)) = known.filter(|_| owner.is_none_or(|owner| owner.kind == QuoteKind::Mixed)) {
            return role;
        }
        if owner.is_some_and(|owner| owner.kind == QuoteKind::Mixed) && is_modified(unit.context.tokens.list(), at) {
            return StringRole::Scare;
        }
        if self.owners[at] != 0 {
            return StringRole::Speech;
        }
        let inner = &unit.context.text[unit.strings[string].inner];
        let tokens = unit.context.tokens.list();
        let edge = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_none_or(|token| token.is(TagSet::PARA));
        // A paragraph of its own in the marks that carry no speech here: a heading.
        if unit.strings[string].minor && edge(at.checked_sub(1)) && edge(Some(at + 1)) {
            return StringRole::Unknown;
        }
        match token.class {
            class if class.has(TagSet::QEND | TagSet::QCOMMA | TagSet::QOPEN) => StringRole::Speech,
            _ if is_title(inner) => StringRole::Title,
            class if class.has(TagSet::SHORT) => StringRole::Scare,
            class if class.has(TagSet::INITIAL | TagSet::CAP) => StringRole::Speech,
            _ => StringRole::Unknown,
        }
    }

    pub(super) fn report(
        &mut self,
        unit: &UnitContext<'_>,
        work: &UnitWork,
        made: &mut Attributions,
        listener: &mut impl Listener,
    ) {
        let tokens = unit.context.tokens.list();
        let from = made.list.len();
        for candidate in &self.kept {
            if unit.coverage != Coverage::Direct || candidate.kind == QuoteKind::Direct {
                push_quote(unit, made, candidate, candidate.content.iter(), candidate.kind);
            } else {
                let known = made.list.len();
                for range in candidate.content.iter() {
                    let is_speech = |at: &usize| {
                        let string = tokens[*at].string().filter(|_| tokens[*at].is(TagSet::Q));
                        string.is_some_and(|string| self.role(unit, work, *at, string) == StringRole::Speech)
                    };
                    for at in (range.start()..range.end()).filter(is_speech) {
                        push_quote(unit, made, candidate, Range::new(at, at + 1), QuoteKind::Direct);
                    }
                }
                if made.list.len() == known {
                    listener.fate(candidate.number, Fate::NothingInMarks);
                }
            }
        }
        for at in work.places.iter().map(|&at| at as usize) {
            let token = &tokens[at];
            let Some(string) = token.string() else { continue };
            let role = self.role(unit, work, at, string);
            let mut part = Some(string);
            while let Some(this) = part {
                made.roles[this] = role;
                part = unit.strings[this].continued_by.map(|next| next as usize);
            }
            let whole = unit.coverage == Coverage::Direct || token.is(TagSet::INITIAL | TagSet::QOPEN);
            if self.owners[at] == 0 && role == StringRole::Speech && whole {
                push_unattributed(unit, made, at);
            }
        }
        let contents = &made.contents;
        let place = |attribution: &Attribution| (contents[attribution.content.0 as usize].start, attribution.content);
        made.list[from..].sort_unstable_by_key(place);
    }
}

/// What a rule knows quoted strings to be that a candidate takes for speech.
pub(super) fn no_speech(roles: &[(usize, StringRole)], candidate: &Candidate) -> Option<StringRole> {
    if roles.is_empty() || candidate.kind != QuoteKind::Direct {
        return None;
    }
    let known = |at: usize| roles.binary_search_by_key(&at, |(place, _)| *place).ok().map(|index| roles[index].1);
    let mut tokens = candidate.content.iter().flat_map(|range| range.start()..range.end());
    let first = known(tokens.next()?)?;
    tokens.all(|at| known(at).is_some()).then_some(first)
}

/// A word or two in marks behind an article or adjective: the underground “slave markets”. The writer's
/// phrase goes on inside the marks.
fn is_modified(tokens: &[Token], at: usize) -> bool {
    const MODIFIER: TagSet = TagSet::DET.union(TagSet::ADJ).union(TagSet::POSSESSIVE).union(TagSet::NUMBER);
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    tokens[at].is(TagSet::SHORT) && before.is_some_and(|before| before.is(MODIFIER) && !before.is(TagSet::THAT))
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

fn push_quote(
    unit: &UnitContext<'_>,
    made: &mut Attributions,
    candidate: &Selected,
    ranges: impl IntoIterator<Item = Range>,
    kind: QuoteKind,
) {
    let tokens = unit.context.tokens;
    let start = made.contents.len() as u32;
    let mut flags = modality(unit, candidate);
    if candidate.inherited {
        flags |= Flags::INHERITED;
    }
    for range in ranges {
        flags |= push_content(unit, made, range);
    }
    let span = |range: Range| tokens.span(range.start(), range.end(), unit.strings);
    let place =
        |range: Range| Place { span: span(range), kind: mention_kind(&tokens.list()[range.start()..range.end()]) };
    made.push(Attribution {
        kind,
        content: (start, made.contents.len() as u32),
        cue: candidate.tag.cue.map(span),
        source: candidate.tag.source.map(place),
        addressee: candidate.tag.addressee.map(place),
        flags,
        score: candidate.score,
        origin: if candidate.inherited { Origin::Sieve(INHERITED) } else { Origin::Rule(candidate.rule) },
    });
}

/// How a report stands to what was said, as its cue and what stands before it tell.
fn modality(unit: &UnitContext<'_>, candidate: &Selected) -> Flags {
    const LONGEST_SENTENCE: usize = 120;
    let mut flags = Flags::empty();
    let Some(cue) = candidate.tag.cue else { return flags };
    let tokens = unit.context.tokens.list();
    let group = |token: &Token| unit.context.lexicon.entry(word_of(token)).group;
    for token in &tokens[cue.start()..cue.end()] {
        let marks = [
            (token.is(TagSet::NOT), Flags::NEGATED),
            (group(token).has(CueClasses::DENY), Flags::DENIED),
            (token.is(TagSet::MODAL | TagSet::VERBAL) && group(token).has(CueClasses::FUTURE), Flags::FUTURE),
            (token.is(TagSet::MODAL) && group(token).has(CueClasses::HYPOTHETICAL), Flags::HYPOTHETICAL),
        ];
        flags = marks.into_iter().filter(|(is, _)| *is).fold(flags, |flags, (_, flag)| flags | flag);
    }
    let first = candidate.tag.source.map_or(cue.start(), |source| source.start().min(cue.start()));
    let before = first.checked_sub(1).map(|before| &tokens[before]);
    if before.is_some_and(|token| token.is(TagSet::SUBORD) && group(token).has(CueClasses::HYPOTHETICAL)) {
        flags |= Flags::HYPOTHETICAL;
    }
    let helper = TagSet::BE | TagSet::HAVE | TagSet::MODAL;
    if before.is_some_and(|token| token.is(helper) && token.is(TagSet::INITIAL)) {
        let rest = tokens[cue.end()..].iter().enumerate().take(LONGEST_SENTENCE);
        let stop = rest.into_iter().find(|(_, token)| token.is(TagSet::STOP | TagSet::PARA));
        let start = stop.map(|(at, _)| unit.context.tokens.start(cue.end() + at));
        if start.is_some_and(|start| unit.context.text[start..].starts_with('?')) {
            flags |= Flags::QUESTION;
        }
    }
    flags
}

/// Adds the spans of a content: quoted strings that go over paragraphs have one for each. Returns what is out of the
/// ordinary about these strings.
fn push_content(unit: &UnitContext<'_>, made: &mut Attributions, range: Range) -> Flags {
    let tokens = unit.context.tokens;
    let mut flags = Flags::empty();
    let mut start = tokens.start(range.start());
    for token in &tokens.list()[range.start()..range.end()] {
        let mut part = token.string();
        if let Some(string) = part {
            flags |= unit.strings[string].flags;
        }
        while let Some(this) = part {
            part = unit.strings[this].continued_by.map(|next| next as usize);
            if let Some(next) = part {
                made.contents.push(Span::new(start, unit.strings[this].outer.end));
                start = unit.strings[next].outer.start;
            }
        }
    }
    made.contents.push(Span::new(start, tokens.end(range.end() - 1, unit.strings)));
    flags
}

fn push_unattributed(unit: &UnitContext<'_>, made: &mut Attributions, at: usize) {
    let start = made.contents.len() as u32;
    let token = unit.context.tokens.list()[at];
    let string = token.string().unwrap_or_default();
    if token.is(TagSet::QOPEN) {
        made.contents.push(unit.strings[string].outer);
    } else {
        Range::new(at, at + 1).map(|range| push_content(unit, made, range));
    }
    made.push(Attribution {
        kind: QuoteKind::Direct,
        content: (start, made.contents.len() as u32),
        cue: None,
        source: None,
        addressee: None,
        flags: unit.strings[string].flags,
        score: Probability::ZERO,
        origin: UNATTRIBUTED,
    });
}

fn mention_kind(tokens: &[Token]) -> MentionKind {
    match tokens {
        [only] if only.is(TagSet::PRONOUN | TagSet::WHO | TagSet::OBJECT | TagSet::THAT) => MentionKind::Pronoun,
        _ if tokens.iter().any(|token| token.is(TagSet::NAME)) => MentionKind::Name,
        _ => MentionKind::Nominal,
    }
}
