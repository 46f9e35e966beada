//! Which roles the text gives to whom: *Ana Lim, mayor of Lund*; *mayor Ana Lim*; *the mayor, Ana Lim*.

use super::TextContext;
use super::before::word_before;
use super::entities::Entities;
use super::index::Index;
use super::names::{Name, Names};
use super::phrase::{Nominal, Phrase, PhraseHead, PhraseItem};
use crate::marks::{HYPHEN, Uses, first_bytes, is_apostrophe, uses};
use crate::quote::SpeakerKind;
use crate::span::Span;
use crate::token::TagSet;
use crate::word::Run;

/// A role that somebody has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    pub(crate) entity: u32,
    /// The words that say so.
    pub(crate) span: Span,
    pub(crate) entry: u16,
    /// Where the name it goes with stands: roles are in this order.
    pub(crate) at: u32,
    /// The one before it with the same head.
    before: u32,
}

/// All roles of a text, by their head. Reused.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    pub(crate) list: Vec<Role>,
    newest: Index<(u32, u32)>,
}

const NONE: u32 = u32::MAX;

/// How far an apposition is read.
const REACH: usize = 120;

/// What ends an apposition.
fn is_break(letter: char) -> bool {
    matches!(letter, ',' | '.' | ';' | ':' | '\n') || uses(letter).has(Uses::ENDS_PHRASE)
}

/// A head is looked for among so many roles.
const MOST_ROLES: usize = 24;

impl Roles {
    /// Binds the roles beside every name, or only beside those that are sources.
    pub(crate) fn read(&mut self, context: &TextContext<'_>, names: &Names, entities: &Entities, all: bool) {
        self.list.clear();
        self.newest.clear();
        let mut paragraph = 0;
        for (at, name) in names.list.iter().enumerate() {
            let entity = entities.of_name[at];
            let person = entities.get(entity).is_some_and(|entity| {
                let person = matches!(entity.kind, SpeakerKind::Person | SpeakerKind::Unknown);
                person && !entity.thing && (all || entity.quoted)
            });
            if !person || name.has(Name::QUOTED) {
                continue;
            }
            let after = start_after(context, name);
            // Most names have some other word before them, and none that binds a role behind them.
            let before = !name.has(Name::AFTER_WORD) || name.has(Name::AFTER_ROLE) || name.titles > 0;
            if !before && after.is_none() {
                continue;
            }
            while context.paragraphs.get(paragraph + 1).is_some_and(|next| next.start <= name.start as usize) {
                paragraph += 1;
            }
            let bounds = context.paragraphs.get(paragraph).copied().unwrap_or_default();
            self.read_before(context, names, name, entity, bounds);
            if let Some(from) = after {
                self.read_after(context, names, name, entity, Span::new(from, bounds.end));
            }
        }
    }

    fn push(&mut self, entity: u32, name: &Name, entry: u16, span: Span) {
        let before = self.newest.get((u32::from(entry), 0)).unwrap_or(NONE);
        self.newest.set((u32::from(entry), 0), self.list.len() as u32);
        self.list.push(Role { entity, span, entry, at: name.start, before });
    }

    fn read_before(&mut self, context: &TextContext<'_>, names: &Names, name: &Name, entity: u32, bounds: Span) {
        let start = name.titled().start;
        let titles = context.text[start..name.start as usize].trim_end();
        for title in names.titles(name).iter().filter(|title| title.class.has(TagSet::ROLE)) {
            self.push(entity, name, title.entry, Span::new(start, start + titles.len()));
        }
        // Most names have some other word before them.
        if name.has(Name::AFTER_WORD) && !name.has(Name::AFTER_ROLE) {
            return;
        }
        // housing minister Ana Lim
        if let Some(before) =
            Some(start).filter(|_| !name.has(Name::APART)).and_then(|start| word_before(context.text, start))
        {
            let (entry, class) = context.look_up(before);
            if class.has(TagSet::ROLE) && !class.has(TagSet::PLURAL) {
                let from = start_of_noun_phrase(context, before.start);
                self.push(entity, name, entry, Span::new(from, before.end));
            }
            return;
        }
        // the housing minister, Ana Lim
        let text = &context.text[bounds.start..start];
        let closed = context.text[name.end as usize..bounds.end].starts_with(',');
        if closed && text.ends_with(", ") {
            let end = start - 2;
            let earlier = floor(context.text, bounds.start.max(end.saturating_sub(REACH)));
            let clause = context.text[earlier..end].rmatch_indices(is_break).next();
            let from = clause.map_or(earlier, |(at, mark)| earlier + at + mark.len());
            let clause = &context.text[from..end];
            let from = end - clause.trim_start_matches(|letter: char| !letter.is_alphanumeric()).len();
            let begins = |item: &PhraseItem| item.class.has(TagSet::DET | TagSet::POSSESSIVE) && item.name().is_none();
            if let Some(phrase) = Phrase::read_role(context, names, Span::new(from, end), begins)
                && let PhraseHead::Nominal(nominal) = phrase.head(context)
            {
                self.push_nominal(entity, name, &nominal);
            }
        }
    }

    /// Reads the role of a name from what `behind` begins with.
    fn read_after(&mut self, context: &TextContext<'_>, names: &Names, name: &Name, entity: u32, behind: Span) {
        let from = behind.start;
        let limit = floor(context.text, behind.end.min(name.end as usize + REACH));
        let Some(rest) = context.text.get(from..limit) else { return };
        let stop = find_break(rest).map_or(limit, |at| from + at);
        let begins = |item: &PhraseItem| !item.class.has(TagSet::WHO | TagSet::AND | TagSet::SUBORD);
        if let Some(phrase) = Phrase::read_role(context, names, Span::new(from, stop), begins)
            && let PhraseHead::Nominal(nominal) = phrase.head(context)
        {
            self.push_nominal(entity, name, &nominal);
        }
    }

    fn push_nominal(&mut self, entity: u32, name: &Name, nominal: &Nominal) {
        let head = nominal.head;
        if head.class.has(TagSet::ROLE) && !head.class.has(TagSet::PLURAL) {
            self.push(entity, name, head.entry, nominal.span);
        }
    }

    /// Who has a role like this: the newest before `at`, or the first after it; `Err` if two are as likely.
    pub(crate) fn find(&self, context: &TextContext<'_>, nominal: &Nominal, at: usize) -> Result<Option<u32>, ()> {
        let mut role = self.newest.get((u32::from(nominal.head.entry), 0)).unwrap_or(NONE);
        let mut best: Option<(i32, u32)> = None;
        let mut tie = false;
        for _ in 0..MOST_ROLES {
            let Some(found) = self.list.get(role as usize) else { break };
            role = found.before;
            let Some(shared) = shared_words(context, nominal, found) else { continue };
            let score = shared * 4 + i32::from((found.at as usize) < at);
            match best {
                Some((known, _)) if known > score => {}
                Some((known, entity)) if known == score => tie |= entity != found.entity,
                _ => {
                    best = Some((score, found.entity));
                    tie = false;
                }
            }
        }
        match best {
            Some((_, entity)) if !tie => Ok(Some(entity)),
            Some(_) => Err(()),
            None => Ok(None),
        }
    }
}

/// Where a role may begin behind a name: Ana Lim, mayor of Lund; Ana Lim, 43; Ana Lim is the mayor of Lund
fn start_after(context: &TextContext<'_>, name: &Name) -> Option<usize> {
    let end = name.end as usize;
    match context.text.as_bytes().get(end..)? {
        [b',', b' ', ..] => Some(end + 2),
        [b' ', ..] => be_at(context, end + 1).map(|len| end + 2 + len),
        _ => None,
    }
}

/// How many words two descriptions with one head share; `None` if they contradict each other.
fn shared_words(context: &TextContext<'_>, nominal: &Nominal, role: &Role) -> Option<i32> {
    let words = |span: Span| {
        let text = &context.text[span];
        let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != HYPHEN);
        words.filter(|word| word.len() > 2 && !context.lexicon.look_up(word).1.has(TagSet::DET | TagSet::PREP))
    };
    let head = nominal.head.span().start;
    let modifiers = words(Span::new(nominal.span.start, head.max(nominal.span.start)));
    let (mut shared, mut others) = (0, 0);
    for word in modifiers {
        if words(role.span).any(|other| other.eq_ignore_ascii_case(word)) {
            shared += 1;
        } else {
            others += 1;
        }
    }
    let own = words(role.span).count();
    (others == 0 || shared > 0 || own <= 1).then_some(shared - others.min(1))
}

/// Where the words that describe a noun begin: *housing* minister.
fn start_of_noun_phrase(context: &TextContext<'_>, noun: usize) -> usize {
    let mut start = noun;
    for _ in 0..5 {
        let Some(before) = word_before(context.text, start) else { break };
        let class = context.class(before);
        let other = TagSet::DET
            | TagSet::PREP
            | TagSet::BE
            | TagSet::AND
            | TagSet::SUBORD
            | TagSet::PRONOUN
            | TagSet::POSSESSIVE;
        if class.has(other) || class.has(TagSet::PAST | TagSet::VERBS) && !class.has(TagSet::NOUN | TagSet::ADJ) {
            break;
        }
        start = before.start;
    }
    start
}

/// How long the form of *be* is that stands at a place with a space behind it.
fn be_at(context: &TextContext<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 12;
    let bytes = context.text.as_bytes();
    if !context.terms.may_be_be(&bytes[at..]) {
        return None;
    }
    let run = Run::read(bytes, at);
    if bytes.get(at + run.len) == Some(&b' ') {
        return context.lexicon.look_up_key(run.key).1.has(TagSet::BE).then_some(run.len);
    }
    // isn’t
    let len = bytes[at..].iter().take(LONGEST).position(|byte| *byte == b' ')?;
    let verb = context.text.get(at..at + len).filter(|verb| verb.contains(is_apostrophe))?;
    context.lexicon.look_up(verb).1.has(TagSet::BE).then_some(len)
}

/// The first bytes of these marks.
const MAY_BREAK: [bool; 256] = {
    let mut table = first_bytes(Uses::ENDS_PHRASE);
    let bytes = [b',', b'.', b';', b':', b'\n'];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

/// Where the first of the marks that end an apposition stands.
fn find_break(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        let at = from + bytes[from..].iter().position(|&byte| MAY_BREAK[usize::from(byte)])?;
        if bytes[at] < 0x80 || text[at..].starts_with(is_break) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
