//! The words of a source, and which of them is its head.

use super::Ground;
use super::names::{Name, Names};
use crate::span::Span;
use crate::token::Class;
use crate::word;

/// A word, or a whole name with its titles.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: Class,
    pub(crate) entry: u16,
    /// Its number among the names.
    pub(crate) name: Option<u32>,
    possessive: bool,
    /// Parted from the word before by a comma, bracket or dash.
    parted: bool,
}

/// Longer phrases are cut.
const MOST: usize = 16;

/// What a source is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Head {
    /// A name: its number.
    Name(u32),
    /// A description with a name beside it: *the mayor, Ana Lim*.
    Apposed(u32),
    /// A pronoun.
    Pronoun(Item),
    /// A description.
    Nominal(Nominal),
    /// Several, joined by *and*.
    Several(Span),
    /// Nothing that can be read.
    Nothing,
}

/// A description: *the mayor of Lund*.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Nominal {
    pub(crate) head: Item,
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
    items: [Item; MOST],
    count: usize,
}

const PRONOUNS: Class =
    Class::PRONOUN.union(Class::OBJECT).union(Class::POSSESSIVE).union(Class::WHO).union(Class::THAT);
const BREAK: Class = Class::PREP.union(Class::WHO).union(Class::THAT).union(Class::TO).union(Class::BE);

impl Phrase {
    /// Reads the words in `span`.
    pub(crate) fn read(ground: &Ground<'_>, names: &Names, span: Span) -> Phrase {
        let text = ground.text;
        let mut phrase = Phrase { items: [Item::default(); MOST], count: 0 };
        let mut next_name = names.from(span.start);
        let mut at = span.start;
        let mut parted = false;
        while at < span.end && phrase.count < MOST {
            let Some(letter) = text[at..span.end].chars().next() else { break };
            if !letter.is_alphanumeric() && letter != '@' {
                parted |= matches!(letter, ',' | '(' | '—' | '–' | ';' | ':');
                at += letter.len_utf8();
                continue;
            }
            while names.list.get(next_name).is_some_and(|name| (name.end as usize) <= at) {
                next_name += 1;
            }
            let name = names.list.get(next_name).filter(|name| name.titled().start <= at);
            let common = |name: &&Name| {
                let class = names.proper(name)[0].class;
                name.has(Name::TENTATIVE) && class.has(Class::DOCUMENT | Class::ROLE | Class::PLURAL)
            };
            let name = name.filter(|name| !common(name));
            let mut item = Item { start: at, parted, ..Item::default() };
            if let Some(name) = name.filter(|name| name.end as usize <= span.end) {
                item.end = name.end as usize;
                item.name = Some(next_name as u32);
                item.class = Class::NAME;
            } else {
                let stop = word::end(text, at, span.end).max(at + letter.len_utf8());
                let whole = &text[at..stop];
                let stem = whole.strip_suffix("'s").or_else(|| whole.strip_suffix("’s")).unwrap_or(whole);
                let (entry, class) = ground.look_up(Span::new(at, at + stem.len()));
                item.end = at + stem.len();
                item.entry = entry;
                item.class = class | word::shape(stem);
                if entry == 0 {
                    let last = stem.rsplit(['-', '‑']).next().unwrap_or(stem);
                    let (entry, class) = ground.lexicon.look_up(last);
                    item.entry = entry;
                    item.class = item.class | class.without(Class::NUMBER) | word::guess(stem);
                }
            }
            let behind = &text[item.end..span.end];
            let ending = behind.strip_prefix(['\'', '’']);
            let ending = ending.map(|rest| rest.strip_prefix('s').unwrap_or(rest));
            item.possessive = ending.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
            at = item.end;
            if item.possessive {
                at += behind.chars().next().map_or(0, char::len_utf8);
                at += usize::from(text[at..span.end].starts_with('s'));
            }
            parted = false;
            phrase.items[phrase.count] = item;
            phrase.count += 1;
        }
        phrase
    }

    pub(crate) fn items(&self) -> &[Item] {
        &self.items[..self.count]
    }

    /// What it is a phrase of.
    pub(crate) fn head(&self, ground: &Ground<'_>) -> Head {
        let items = self.items();
        let Some(first) = items.first() else { return Head::Nothing };
        let relative = first.class.has(Class::WHO);
        if (items.len() == 1 || relative) && first.name.is_none() && first.class.has(PRONOUNS) {
            return Head::Pronoun(*first);
        }
        let start =
            items.iter().position(|item| !item.class.has(Class::DET | Class::POSSESSIVE) || item.name.is_some());
        let Some(start) = start else { return Head::Nothing };
        let end = (start + 1..items.len()).find(|&at| ends_noun_phrase(items, at)).unwrap_or(items.len());
        let joined = items[start..end].iter().position(|item| item.name.is_none() && item.class.has(Class::AND));
        if let Some(and) = joined.filter(|&and| and > 0 && start + and + 1 < end) {
            let names = items[start + and - 1].name.is_some() && items[end - 1].name.is_some();
            if names {
                let first = items[start..end].iter().find_map(|item| item.name.map(|_| item.start));
                return Head::Several(Span::new(first.unwrap_or(first_of(items)), items[end - 1].end));
            }
        }
        let head = items[end - 1];
        if let Some(name) = head.name {
            return Head::Name(name);
        }
        if let Some(name) = items.get(end).filter(|item| item.parted && !item.possessive).and_then(|item| item.name)
            && head.class.has(Class::ROLE)
        {
            return Head::Apposed(name);
        }
        // Ana Lim’s advice is hers, her office’s letter is not.
        let spoken = head.class.has(Class::ROLE | Class::GROUP | Class::DOCUMENT);
        let owner = items[start..end - 1].iter().rposition(|item| item.possessive).map(|at| start + at);
        if let Some((at, name)) = owner.and_then(|at| Some((at, items[at].name?))).filter(|_| !spoken) {
            let joined =
                at.checked_sub(2).filter(|&one| items[one].name.is_some() && items[at - 1].class.has(Class::AND));
            return match joined {
                Some(one) => Head::Several(Span::new(items[one].start, items[at].end)),
                None => Head::Name(name),
            };
        }
        let made_by = |at: usize| items.get(at + 1).is_some_and(|next| next.class.has(Class::PREP));
        let stops = |at: &usize| {
            items[*at].parted
                || items[*at].class.has(Class::WHO)
                || is_verb_after_noun(items, *at) && (*at != end || *at + 2 >= items.len() || !made_by(*at))
        };
        let comma = (start + 1..items.len()).find(stops).unwrap_or(items.len());
        let determiner = items[..start].first();
        let owner = owner.is_some();
        let owned = determiner.is_some_and(|item| item.class.has(Class::POSSESSIVE)) || owner;
        let definite = determiner.is_some_and(|item| ground.terms.is_pointer(ground.lexicon, item.entry)) || owned;
        let article = |item: &Item| ground.terms.is_article(ground.lexicon, item.entry) && item.name.is_none();
        let possessive = owned && !owner;
        let from = if possessive || !determiner.is_some_and(article) { 0 } else { start };
        let many = head.class.has(Class::PLURAL) && !head.class.has(Class::TITLE);
        Head::Nominal(Nominal {
            head,
            span: Span::new(items[from].start, items[comma - 1].end),
            definite,
            plural: many,
            owned,
        })
    }

    /// The first word.
    pub(crate) fn first(&self) -> Option<&Item> {
        self.items().first()
    }
}

/// Whether a noun phrase ends before the word `at`.
fn ends_noun_phrase(items: &[Item], at: usize) -> bool {
    let item = &items[at];
    // Ana Lim *curtly*; Ana Lim *one* evening
    let beside = !items[at - 1].possessive && items[at - 1].name.is_some() && !item.class.has(Class::CAP);
    item.parted
        || item.name.is_none() && item.class.has(BREAK)
        || beside && item.name.is_none() && item.class.has(Class::ADVERB | Class::NUMBER)
        || is_verb_after_noun(items, at)
}

/// A verb behind a name or a noun: Lim *called*; a poll *released*.
fn is_verb_after_noun(items: &[Item], at: usize) -> bool {
    let (item, before) = (&items[at], &items[at - 1]);
    let verb = Class::PAST.union(Class::PARTICIPLE).union(Class::GERUND);
    let noun =
        before.name.is_some() || before.class.has(Class::NOUN.union(Class::ROLE)) && !before.class.has(Class::ADJ);
    item.name.is_none()
        && !before.possessive
        && noun
        && !item.class.has(Class::CAP)
        && (item.class.has(verb) && !item.class.has(Class::NOUN | Class::ROLE)
            || item.class.has(Class::HAVE | Class::MODAL))
}

fn first_of(items: &[Item]) -> usize {
    items.first().map_or(0, |item| item.start)
}
