//! Names in a text: runs of capitalised words, found in its bytes, with what stands around them.

use super::capitals::Capitals;
use super::index::Index;
use super::link::NameLink;
use crate::lexicon::Lexicon;
use crate::span::Span;
use crate::token::TagSet;
use crate::word::Key;

/// A word of a name or title.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NameWord {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The same number for the same word.
    pub(crate) id: u32,
    /// Its entry in the lexicon.
    pub(crate) entry: u16,
    pub(crate) class: TagSet,
}

/// What tells two people of one surname apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Honorific {
    #[default]
    None,
    Sir,
    Madam,
    Miss,
    Ms,
    /// Dr., General: said of anybody.
    Rank,
}

impl Honorific {
    const COUNT: u32 = 6;
    /// The form before the first word of a name without a form of address.
    pub(super) const ALONE: u32 = Honorific::None as u32;

    /// Whether one person may be called both ways.
    pub(crate) fn agrees(self, other: Honorific) -> bool {
        let pair = |one: Honorific, two: Honorific| self == one && other == two || self == two && other == one;
        let either = self == Honorific::None || other == Honorific::None || self == other;
        either
            || pair(Honorific::Ms, Honorific::Madam)
            || pair(Honorific::Ms, Honorific::Miss)
            || pair(Honorific::Ms, Honorific::Rank)
            || pair(Honorific::Sir, Honorific::Rank)
    }
}

/// One name as it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Name {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// How many bytes before it its first title begins.
    pub(super) title_bytes: u16,
    pub(crate) titles: u8,
    pub(crate) count: u8,
    pub(crate) honorific: Honorific,
    pub(crate) flags: u16,
    pub(crate) sentence: u32,
    /// The same number for the same words.
    pub(crate) form: u32,
}

impl Name {
    /// Inside a quoted string.
    pub(crate) const QUOTED: u16 = 1;
    /// Followed by ’s.
    pub(crate) const POSSESSIVE: u16 = 1 << 1;
    /// Preceded by *the*.
    pub(crate) const ARTICLE: u16 = 1 << 2;
    /// Preceded by a preposition of place.
    pub(crate) const LOCATIVE: u16 = 1 << 3;
    /// Preceded by another preposition or a verb.
    pub(crate) const OBJECT: u16 = 1 << 4;
    /// Preceded by a title or role.
    pub(crate) const TITLED: u16 = 1 << 5;
    /// First word of a sentence.
    pub(crate) const INITIAL: u16 = 1 << 6;
    /// In a headline.
    pub(crate) const HEADLINE: u16 = 1 << 7;
    /// A common word that begins a sentence, and may be a name.
    pub(crate) const TENTATIVE: u16 = 1 << 9;
    /// Several long words, all in capitals.
    pub(crate) const SHOUTED: u16 = 1 << 8;
    /// A word was read right before it. Not set for a name that begins a sentence.
    pub(crate) const AFTER_WORD: u16 = 1 << 10;
    /// The word before it can be a role: *housing minister* Ana Lim. Only with [`Name::AFTER_WORD`].
    pub(crate) const AFTER_ROLE: u16 = 1 << 11;
    /// No word stands right before it, for sure.
    pub(crate) const APART: u16 = 1 << 12;
    /// It may be known without its first word.
    pub(super) const LOOSE: u16 = 1 << 13;

    pub(crate) fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Where it stands with its titles.
    pub(crate) fn titled(&self) -> Span {
        Span::new((self.start - u32::from(self.title_bytes)) as usize, self.end as usize)
    }

    pub(crate) fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// All names that are written the same way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameForm {
    /// The first of them.
    pub(crate) first: u32,
    pub(crate) count: u32,
    /// How many have an article, and stand after a preposition of place.
    pub(crate) articles: u32,
    pub(crate) places: u32,
    /// Some have a title, some stand outside quotation marks, some are not all capitals.
    pub(crate) titled: bool,
    pub(crate) narrated: bool,
    pub(crate) written: bool,
    /// More than one may be meant, though one is much likelier.
    pub(crate) contested: bool,
    /// Its words are part of a name for sure.
    pub(super) sure: bool,
    pub(crate) entity: u32,
    /// Why it is a name of that entity.
    pub(super) link: NameLink,
    /// The words of one of them.
    pub(crate) words: u32,
}

impl NameForm {
    pub(super) const UNUSED: NameForm = NameForm {
        link: NameLink::Own,
        first: u32::MAX,
        count: 0,
        articles: 0,
        places: 0,
        titled: false,
        narrated: false,
        written: false,
        contested: false,
        sure: false,
        entity: u32::MAX,
        words: u32::MAX,
    };
}

/// Names and sentences of a text. Reused.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) words: Vec<NameWord>,
    pub(crate) list: Vec<Name>,
    pub(crate) forms: Vec<NameForm>,
    /// Where each sentence of narrative begins.
    pub(crate) sentences: Vec<u32>,
    /// Names that stand for another in brackets after it: form and form.
    pub(crate) aliases: Vec<(u32, u32)>,
    /// Where the words of titled names begin, by the start of the name.
    pub(super) title_words: Vec<(u32, u32)>,
    /// The word of the nickname inside a form.
    pub(super) nicks: Vec<(u32, u32)>,
    /// The numbers of words that the lexicon does not know, and of those it does, by their entry.
    word_index: Index<Key>,
    by_entry: Vec<(u32, u32)>,
    /// What is known of each word, by its number.
    pub(super) roots: Vec<Root>,
    /// Numbers of another round are forgotten.
    round: u32,
    /// Where capitals may stand.
    pub(super) capitals: Capitals,
    form_index: Index<(u32, u32)>,
    /// Names of several words that may be known without their first.
    pub(super) loose: Vec<u32>,
    /// The nickname in the run being read.
    pub(super) nick: Option<u32>,
}

/// What is known of a word that names are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Root {
    /// The form of the word alone.
    form: u32,
    /// It is part of a name for sure.
    pub(super) proper: bool,
}

impl Root {
    const NEW: Root = Root { form: u32::MAX, proper: false };
}

/// Hardly any text has more nicknames.
const MOST_NICKS: usize = 32;

impl Names {
    /// Forgets the text before. `entries`: how many the lexicon has.
    pub(super) fn clear(&mut self, entries: usize) {
        self.words.clear();
        self.list.clear();
        self.forms.clear();
        self.sentences.clear();
        self.aliases.clear();
        self.nicks.clear();
        self.title_words.clear();
        self.word_index.clear();
        self.roots.clear();
        self.loose.clear();
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.by_entry.clear();
            1
        });
        if self.by_entry.len() < entries {
            self.by_entry.resize(entries, (0, 0));
        }
        self.form_index.clear();
        for _ in 0..Honorific::COUNT {
            self.push_form();
        }
    }

    /// The number of a word, by its entry if it has one.
    #[inline]
    pub(super) fn word_id(&mut self, key: Key, entry: u16) -> u32 {
        let next = self.roots.len() as u32;
        if entry == 0 {
            let id = self.word_index.get_or_insert(key, next);
            if id == next {
                push(&mut self.roots, Root::NEW);
            }
            return id;
        }
        let known = &mut self.by_entry[usize::from(entry)];
        if known.0 != self.round {
            *known = (self.round, next);
            push(&mut self.roots, Root::NEW);
        }
        known.1
    }

    fn find_word(&self, lexicon: &Lexicon, word: &str) -> Option<u32> {
        match usize::from(lexicon.look_up(word).0) {
            0 => self.word_index.get(Key::folded(word)),
            entry => self.by_entry.get(entry).filter(|(round, _)| *round == self.round).map(|(_, id)| *id),
        }
    }

    pub(super) fn push_form(&mut self) -> u32 {
        push(&mut self.forms, NameForm::UNUSED);
        self.forms.len() as u32 - 1
    }

    /// Forms are the nodes of a tree of words. A surname alone is told apart by its form of address,
    /// and so is a woman called by her husband’s names.
    pub(super) fn form_of(&mut self, name: &Name, from: usize) -> u32 {
        let count = usize::from(name.count);
        let husbands = name.honorific == Honorific::Madam && self.words[from].class.has(TagSet::MALE);
        let mut node = if count == 1 || husbands { name.honorific as u32 } else { Honorific::None as u32 };
        for at in from..from + count {
            node = self.child_or_push(node, self.words[at].id);
        }
        node
    }

    /// The form of one word more, which becomes one if there is none.
    #[inline]
    pub(super) fn child_or_push(&mut self, node: u32, word: u32) -> u32 {
        let next = self.forms.len() as u32;
        let found = match node {
            Honorific::ALONE => {
                let known = &mut self.roots[word as usize].form;
                *known = next.min(*known);
                *known
            }
            _ => self.form_index.get_or_insert((node, word), next),
        };
        if found == next {
            self.push_form();
        }
        found
    }

    /// The form of one word more.
    pub(super) fn child(&self, node: u32, word: u32) -> Option<u32> {
        match node {
            Honorific::ALONE => Some(self.roots[word as usize].form).filter(|&form| form != u32::MAX),
            _ => self.form_index.get((node, word)),
        }
    }

    /// The form of these words, if there is one.
    pub(crate) fn find_form(&self, lexicon: &Lexicon, words: &str) -> Option<u32> {
        let mut node = Honorific::None as u32;
        for word in words.split_whitespace() {
            let id = self.find_word(lexicon, word)?;
            node = self.child(node, id)?;
        }
        Some(node).filter(|&node| self.forms[node as usize].count > 0)
    }

    /// Whether a surname is written with such a form of address.
    pub(crate) fn has_form(&self, word: u32, honorific: Honorific) -> bool {
        let form = self.child(honorific as u32, word);
        form.is_some_and(|form| self.forms[form as usize].count > 0)
    }

    /// The words of a name without its titles.
    pub(crate) fn proper(&self, name: &Name) -> &[NameWord] {
        let from = self.forms[name.form as usize].words as usize;
        &self.words[from..from + usize::from(name.count)]
    }

    /// Its titles.
    pub(crate) fn titles(&self, name: &Name) -> &[NameWord] {
        if name.titles == 0 {
            return &[];
        }
        let found = self.title_words.binary_search_by_key(&name.start, |(start, _)| *start);
        let from = found.ok().map(|at| self.title_words[at].1 as usize);
        from.map_or(&[], |from| &self.words[from..from + usize::from(name.titles)])
    }

    /// The word of the nickname in a form.
    pub(crate) fn nick(&self, form: u32) -> Option<u32> {
        self.nicks.iter().take(MOST_NICKS).find(|(known, _)| *known == form).map(|(_, nick)| *nick)
    }

    /// How many different words names are made of.
    pub(crate) fn word_count(&self) -> usize {
        self.roots.len()
    }

    /// The first name that begins at `at` or later.
    pub(crate) fn from(&self, at: usize) -> usize {
        self.list.partition_point(|name| (name.start as usize) < at)
    }

    /// The same, known to come no earlier than the name `from`, and soon.
    pub(crate) fn walk_to(&self, from: usize, at: usize) -> usize {
        let rest = self.list.get(from..).unwrap_or(&[]);
        from + rest.iter().take_while(|name| (name.start as usize) < at).count()
    }
}

/// Adds to a list that grows by half: the lists of a long text are most of the memory it takes.
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 2 + 32);
    }
    list.push(item);
}
