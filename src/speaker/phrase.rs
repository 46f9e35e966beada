//! The words of a source, and which of them is its head.

use super::TextContext;
use super::names::{Name, Names};
use crate::marks::{APOSTROPHES, is_apostrophe, is_hyphen, parts_phrase};
use crate::span::Span;
use crate::token::TagSet;
use crate::word::{self, Key, Run};

/// A word, or a whole name with its titles.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PhraseItem {
    start: u32,
    end: u32,
    pub(crate) class: TagSet,
    /// Its number among the names, or [`PhraseItem::WORD`].
    name: u32,
    pub(crate) entry: u16,
    possessive: bool,
    /// Parted from the word before by a comma, bracket or dash.
    parted: bool,
}

impl PhraseItem {
    /// No name.
    const WORD: u32 = u32::MAX;
    const EMPTY: PhraseItem = PhraseItem {
        start: 0,
        end: 0,
        class: TagSet::NONE,
        name: PhraseItem::WORD,
        entry: 0,
        possessive: false,
        parted: false,
    };

    /// Its number among the names.
    pub(crate) fn name(&self) -> Option<u32> {
        (self.name != PhraseItem::WORD).then_some(self.name)
    }

    pub(crate) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// Longer phrases are cut.
const MOST: usize = 16;

/// What a source is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PhraseHead {
    /// A name: its number.
    Name(u32),
    /// A description with a name beside it: *the mayor, Ana Lim*.
    Apposed(u32),
    /// A pronoun.
    Pronoun(PhraseItem),
    /// A description.
    Nominal(Nominal),
    /// Several, joined by *and*.
    Several(Span),
    /// Nothing that can be read.
    Nothing,
}

impl PhraseHead {
    /// What the words in `span` are a phrase of. `next` is the first name that begins in it or behind it.
    pub(crate) fn read(context: &TextContext<'_>, names: &Names, span: Span, next: usize) -> PhraseHead {
        if let Some(name) = names.list.get(next)
            && name.end as usize == span.end
            && name.titled().start <= span.start
            && !name.has(Name::TENTATIVE)
            && context.text.as_bytes()[span.start].is_ascii_alphanumeric()
        {
            return PhraseHead::Name(next as u32);
        }
        let mut reader = PhraseReader::new(context, names, span, next);
        let Some(first) = reader.next() else { return PhraseHead::Nothing };
        // Mostly it is one name or pronoun.
        match first.name() {
            _ if reader.at < span.end => {}
            Some(name) => return PhraseHead::Name(name),
            None if first.class.has(PRONOUNS) => return PhraseHead::Pronoun(first),
            None => {}
        }
        let mut phrase = Phrase::EMPTY;
        phrase.push(first);
        phrase.extend(&mut reader);
        phrase.head(context)
    }
}

/// A description: *the mayor of Lund*.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nominal {
    pub(crate) head: PhraseItem,
    /// The whole of it as far as the first comma, without an article.
    pub(crate) span: Span,
    pub(crate) definite: bool,
    pub(crate) plural: bool,
    /// A name or possessive that says whose.
    pub(crate) owned: bool,
}

/// The words of a phrase.
#[derive(Debug)]
pub(crate) struct Phrase {
    items: [PhraseItem; MOST],
    count: usize,
}

const PRONOUNS: TagSet =
    TagSet::PRONOUN.union(TagSet::OBJECT).union(TagSet::POSSESSIVE).union(TagSet::WHO).union(TagSet::THAT);
const BREAK: TagSet = TagSet::PREP.union(TagSet::WHO).union(TagSet::THAT).union(TagSet::TO).union(TagSet::BE);

impl Phrase {
    const EMPTY: Phrase = Phrase { items: [PhraseItem::EMPTY; MOST], count: 0 };

    fn extend(&mut self, reader: &mut PhraseReader<'_>) {
        while self.count < MOST
            && let Some(item) = reader.next()
        {
            self.push(item);
        }
    }

    /// Reads the words in `span` if they may be of one person’s role; most are not, which is found early. `begins` says
    /// whether the first may begin it.
    pub(crate) fn read_role(
        context: &TextContext<'_>,
        names: &Names,
        span: Span,
        begins: impl Fn(&PhraseItem) -> bool,
    ) -> Option<Phrase> {
        let is_role = |item: &PhraseItem| {
            item.name().is_none() && item.class.has(TagSet::ROLE) && !item.class.has(TagSet::PLURAL)
        };
        let mut reader = PhraseReader::new(context, names, span, names.from(span.start));
        let mut next = reader.next().filter(begins)?;
        let mut phrase = Phrase::EMPTY;
        let (mut start, mut ended) = (None, false);
        loop {
            phrase.push(next);
            let at = phrase.count - 1;
            match start {
                None if begins_noun_phrase(&next) => start = Some(at),
                Some(_) if !ended && ends_noun_phrase(phrase.items(), at) => {
                    ended = true;
                    if !is_role(&phrase.items[at - 1]) {
                        return None;
                    }
                }
                _ => {}
            }
            match reader.next().filter(|_| phrase.count < MOST) {
                Some(item) => next = item,
                None => break,
            }
        }
        let last = phrase.items().last()?;
        (ended || is_role(last)).then_some(phrase)
    }

    fn push(&mut self, item: PhraseItem) {
        self.items[self.count] = item;
        self.count += 1;
    }

    pub(crate) fn items(&self) -> &[PhraseItem] {
        &self.items[..self.count]
    }

    /// What it is a phrase of.
    pub(crate) fn head(&self, context: &TextContext<'_>) -> PhraseHead {
        let items = self.items();
        let Some(first) = items.first() else { return PhraseHead::Nothing };
        let relative = first.class.has(TagSet::WHO);
        if (items.len() == 1 || relative) && first.name().is_none() && first.class.has(PRONOUNS) {
            return PhraseHead::Pronoun(*first);
        }
        let start = items.iter().position(begins_noun_phrase);
        let Some(start) = start else { return PhraseHead::Nothing };
        let end = (start + 1..items.len()).find(|&at| ends_noun_phrase(items, at)).unwrap_or(items.len());
        let end = if end > start + 1 && trails_somebody(&items[end - 2..end]) { end - 1 } else { end };
        let joined = items[start..end].iter().position(|item| item.name().is_none() && item.class.has(TagSet::AND));
        if let Some(and) = joined.filter(|&and| and > 0 && start + and + 1 < end) {
            let names = items[start + and - 1].name().is_some() && items[end - 1].name().is_some();
            if names {
                let first = items[start..end].iter().find(|item| item.name().is_some()).unwrap_or(&items[0]);
                return PhraseHead::Several(Span::new(first.start as usize, items[end - 1].end as usize));
            }
        }
        let head = items[end - 1];
        if let Some(name) = head.name() {
            return PhraseHead::Name(name);
        }
        if let Some(name) = items.get(end).filter(|item| item.parted && !item.possessive).and_then(PhraseItem::name)
            && head.class.has(TagSet::ROLE)
        {
            return PhraseHead::Apposed(name);
        }
        // Ana Lim’s advice is hers, her office’s letter is not.
        let spoken = head.class.has(TagSet::ROLE | TagSet::GROUP | TagSet::DOCUMENT);
        let owner = items[start..end - 1].iter().rposition(|item| item.possessive).map(|at| start + at);
        if let Some((at, name)) = owner.and_then(|at| Some((at, items[at].name()?))).filter(|_| !spoken) {
            let joins = |&one: &usize| items[one].name().is_some() && items[at - 1].class.has(TagSet::AND);
            return match at.checked_sub(2).filter(joins) {
                Some(one) => PhraseHead::Several(Span::new(items[one].start as usize, items[at].end as usize)),
                None => PhraseHead::Name(name),
            };
        }
        let made_by = |at: usize| items.get(at + 1).is_some_and(|next| next.class.has(TagSet::PREP));
        let stops = |at: &usize| {
            items[*at].parted
                || items[*at].class.has(TagSet::WHO)
                || is_verb_after_noun(items, *at) && (*at != end || *at + 2 >= items.len() || !made_by(*at))
        };
        let comma = (start + 1..items.len()).find(stops).unwrap_or(items.len());
        let determiner = items[..start].first();
        let owner = owner.is_some();
        let owned = determiner.is_some_and(|item| item.class.has(TagSet::POSSESSIVE)) || owner;
        let definite = determiner.is_some_and(|item| context.terms.is_pointer(context.lexicon, item.entry)) || owned;
        let article =
            |item: &PhraseItem| context.terms.is_article(context.lexicon, item.entry) && item.name().is_none();
        let possessive = owned && !owner;
        let from = if possessive || !determiner.is_some_and(article) { 0 } else { start };
        let many = head.class.has(TagSet::PLURAL) && !head.class.has(TagSet::TITLE);
        PhraseHead::Nominal(Nominal {
            head,
            span: Span::new(items[from].start as usize, items[comma - 1].end as usize),
            definite,
            plural: many,
            owned,
        })
    }
}

/// Whether an adjective stands behind somebody: *a person close to the inquiry*.
fn trails_somebody(pair: &[PhraseItem]) -> bool {
    let is_somebody = |item: &PhraseItem| item.class.has(TagSet::ROLE | TagSet::GROUP);
    let is_plain = pair[1].name().is_none() && pair[1].class.has(TagSet::ADJ | TagSet::ADVERB);
    is_plain && is_somebody(&pair[0]) && !is_somebody(&pair[1])
}

/// The words of a span, one by one.
struct PhraseReader<'r> {
    context: &'r TextContext<'r>,
    names: &'r Names,
    at: usize,
    end: usize,
    next_name: usize,
    parted: bool,
}

impl<'r> PhraseReader<'r> {
    fn new(context: &'r TextContext<'r>, names: &'r Names, span: Span, next_name: usize) -> PhraseReader<'r> {
        PhraseReader { context, names, at: span.start, end: span.end, next_name, parted: false }
    }

    /// The next word or name.
    fn next(&mut self) -> Option<PhraseItem> {
        let text = self.context.text;
        while self.at < self.end {
            let byte = text.as_bytes()[self.at];
            if byte.is_ascii_alphanumeric() {
                return Some(self.read());
            }
            let letter = if byte < 0x80 { char::from(byte) } else { text[self.at..self.end].chars().next()? };
            if letter.is_alphanumeric() || letter == '@' {
                return Some(self.read());
            }
            self.parted |= matches!(letter, ',' | '(' | ';' | ':') || parts_phrase(letter);
            self.at += letter.len_utf8();
        }
        None
    }

    fn read(&mut self) -> PhraseItem {
        let (text, names, at) = (self.context.text, self.names, self.at);
        while names.list.get(self.next_name).is_some_and(|name| (name.end as usize) <= at) {
            self.next_name += 1;
        }
        let name = names.list.get(self.next_name).filter(|name| name.titled().start <= at);
        let common = |name: &&Name| {
            let common = TagSet::DOCUMENT | TagSet::ROLE | TagSet::PLURAL;
            name.has(Name::TENTATIVE) && names.proper(name)[0].class.has(common)
        };
        let name = name.filter(|name| !common(name)).filter(|name| name.end as usize <= self.end);
        let mut item = match name {
            Some(name) => {
                PhraseItem { end: name.end, name: self.next_name as u32, class: TagSet::NAME, ..PhraseItem::EMPTY }
            }
            None => self.read_word(),
        };
        item.start = at as u32;
        item.parted = std::mem::take(&mut self.parted);
        self.at = item.end as usize;
        if self.at >= self.end || !APOSTROPHES[usize::from(text.as_bytes()[self.at])] {
            return item;
        }
        let behind = &text[self.at..self.end];
        let ending = behind.strip_prefix(is_apostrophe);
        let possessive = char::from(self.context.lexicon.spelling().possessive());
        let ending = ending.map(|rest| rest.strip_prefix(possessive).unwrap_or(rest));
        item.possessive = ending.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        if item.possessive {
            self.at += behind.chars().next().map_or(0, char::len_utf8);
            self.at += usize::from(text[self.at..self.end].starts_with(possessive));
        }
        item
    }

    fn read_word(&self) -> PhraseItem {
        let PhraseReader { context, at, end, .. } = *self;
        let bytes = context.text.as_bytes();
        let Run { key, len, shape } = Run::read(bytes, at);
        let stop = at + len;
        let next = bytes.get(stop).filter(|_| stop < end).copied().unwrap_or(b' ');
        if len == 0 || len >= Key::LONGEST || stop > end {
            return self.read_long_word();
        }
        let stopped = next == b'.' && len > 1 && !bytes[stop - 1].is_ascii_digit();
        if word::may_go_on(bytes[stop - 1], next) && !stopped {
            return self.read_long_word();
        }
        let (entry, class) = context.lexicon.look_up_key(key);
        let guess = if entry == 0 {
            context.lexicon.spelling().guess(&context.text.as_bytes()[at..stop])
        } else {
            TagSet::NONE
        };
        PhraseItem { end: stop as u32, entry, class: class | shape | guess, ..PhraseItem::EMPTY }
    }

    fn read_long_word(&self) -> PhraseItem {
        let PhraseReader { context, at, end, .. } = *self;
        let text = context.text;
        let letter = text[at..end].chars().next().map_or(1, char::len_utf8);
        let stop = word::end(text, at, end).max(at + letter);
        let whole = &text[at..stop];
        let possessive = char::from(context.lexicon.spelling().possessive());
        let stem = whole.strip_suffix(possessive).and_then(|stem| stem.strip_suffix(is_apostrophe)).unwrap_or(whole);
        let (entry, class) = context.look_up(Span::new(at, at + stem.len()));
        let mut item =
            PhraseItem { end: (at + stem.len()) as u32, entry, class: class | word::shape(stem), ..PhraseItem::EMPTY };
        if entry == 0 {
            let last = stem.rsplit(is_hyphen).next().unwrap_or(stem);
            let (entry, class) = context.lexicon.look_up(last);
            item.entry = entry;
            item.class = item.class | class.without(TagSet::NUMBER) | context.lexicon.spelling().guess(stem.as_bytes());
        }
        item
    }
}

fn begins_noun_phrase(item: &PhraseItem) -> bool {
    !item.class.has(TagSet::DET | TagSet::POSSESSIVE) || item.name().is_some()
}

/// Whether a noun phrase ends before the word `at`.
fn ends_noun_phrase(items: &[PhraseItem], at: usize) -> bool {
    let item = &items[at];
    // Ana Lim *curtly*; Ana Lim *one* evening
    let beside = !items[at - 1].possessive && items[at - 1].name().is_some() && !item.class.has(TagSet::CAP);
    item.parted
        || item.name().is_none() && item.class.has(BREAK)
        || beside && item.name().is_none() && item.class.has(TagSet::ADVERB | TagSet::NUMBER)
        || is_verb_after_noun(items, at)
}

/// A verb behind a name or a noun: Lim *called*; a poll *released*.
fn is_verb_after_noun(items: &[PhraseItem], at: usize) -> bool {
    let (item, before) = (&items[at], &items[at - 1]);
    let verb = TagSet::PAST.union(TagSet::PARTICIPLE).union(TagSet::GERUND);
    let noun =
        before.name().is_some() || before.class.has(TagSet::NOUN.union(TagSet::ROLE)) && !before.class.has(TagSet::ADJ);
    item.name().is_none()
        && !before.possessive
        && noun
        && !item.class.has(TagSet::CAP)
        && (item.class.has(verb) && !item.class.has(TagSet::NOUN | TagSet::ROLE)
            || item.class.has(TagSet::HAVE | TagSet::MODAL))
}
