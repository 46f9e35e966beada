//! Word → classes. Reads the lists of a language and the caller's own.

mod group;
mod lexical_roles;
mod list;
mod verb;

use crate::error::{Hint, Kind, Line, Problems, lines, nearest};
use crate::lang::{Language, LexicalRole, Spelling};
use crate::marks::EM_DASH;
use crate::pair::Elisions;
use crate::table::{Table, Word};
use crate::token::TagSet;
use crate::word::Key;
pub(crate) use group::{CueClass, CueClasses};
use lexical_roles::LexicalRoles;
use list::{Heading, OwnClass};
use std::sync::Arc;

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) class: TagSet,
    pub(crate) group: CueClasses,
    /// The entry of the verb's base form, the word's own if it is no cue verb.
    pub(crate) lemma: u16,
    /// What rules may start from this word as: a piece of the program's list.
    pub(crate) anchors: (u32, u32),
}

/// Every known word. Entry 0 stands for the unknown ones.
#[derive(Clone, Debug)]
pub(crate) struct Lexicon {
    entries: Vec<Entry>,
    /// Where each entry's word ends in `letters`.
    ends: Vec<u32>,
    letters: Vec<u8>,
    table: Table,
    groups: Vec<String>,
    /// Those of them that the caller named.
    own: Vec<OwnClass>,
    spelling: Arc<Spelling>,
    elisions: Elisions,
    lexical_roles: LexicalRoles,
}

const MOST_WORDS: usize = 60_000;
/// Room for the built-in lists, so that what is known is not moved while they are read.
const ROOM: usize = 1 << 14;
/// As many as a [`CueClasses`] has bits.
const MOST_GROUPS: usize = 64;

impl Default for Lexicon {
    fn default() -> Lexicon {
        let mut entries = Vec::with_capacity(ROOM);
        entries.push(Entry::default());
        let mut ends = Vec::with_capacity(ROOM);
        ends.push(0);
        Lexicon {
            entries,
            ends,
            letters: Vec::with_capacity(8 * ROOM),
            table: Table::with_capacity(ROOM),
            groups: CueClasses::NAMES.iter().map(|name| (*name).to_owned()).collect(),
            own: Vec::new(),
            spelling: Arc::default(),
            elisions: Elisions::default(),
            lexical_roles: LexicalRoles::default(),
        }
    }
}

impl Lexicon {
    /// The lists of a language; what is wrong with them is noted.
    pub(crate) fn of(language: &Language, problems: &mut Problems) -> Lexicon {
        let spelling = Spelling::read(language.spelling).unwrap_or_else(|problem| {
            problems.push(problem);
            Spelling::default()
        });
        let mut lexicon = Lexicon { spelling: Arc::new(spelling), ..Lexicon::default() };
        for (_, list) in language.lists {
            lexicon.add_list(lines(list).map(|line| (line, line.text)), &|_| false, problems);
        }
        if let Err(kind) = lexicon.add_symbols() {
            problems.push(Line { number: 0, text: "symbols" }.whole(kind));
        }
        lexicon.elisions = Elisions::from_text(language.elisions, lexicon.spelling.plural());
        lexicon
    }

    /// Symbols that rules may start from have entries like words.
    fn add_symbols(&mut self) -> Result<(), Kind> {
        self.add(":", TagSet::COLON, CueClasses::default())?;
        self.add(EM_DASH, TagSet::DASH, CueClasses::default()).map(drop)
    }

    /// The entry and class of a colon or dash.
    pub(crate) fn symbol(&self, symbol: &str) -> (u16, TagSet) {
        let id = self.find(symbol);
        (id, self.entry(id).class.without(TagSet::KNOWN))
    }

    pub(crate) fn elisions(&self) -> &Elisions {
        &self.elisions
    }

    /// The class that is known to rules and most like this name.
    pub(crate) fn nearest_class(&self, name: &str) -> Hint {
        nearest(name, self.class_names())
    }

    #[inline]
    pub(crate) fn spelling(&self) -> &Spelling {
        &self.spelling
    }

    /// The entries of the words of a lexical role, 0 for a word without one.
    pub(crate) fn entries_of(&self, role: LexicalRole) -> impl Iterator<Item = u16> {
        self.lexical_roles.of(role).iter().map(|(_, id)| *id)
    }

    /// Whether the word of an entry has a lexical role.
    pub(crate) fn has_role(&self, id: u16, role: LexicalRole) -> bool {
        id != 0 && self.entries_of(role).any(|known| known == id)
    }

    /// Whether letters are a word of a lexical role, as it is written.
    pub(crate) fn is_written(&self, letters: &str, role: LexicalRole) -> bool {
        self.lexical_roles.of(role).iter().any(|(word, _)| **word == *letters)
    }

    /// Whether a word that begins like this may begin what belongs to a page and not to its story.
    pub(crate) fn may_begin_page(&self, bytes: &[u8]) -> bool {
        self.lexical_roles.may_be_of_page(bytes)
    }

    /// Whether letters are a word of a lexical role, whatever their case.
    pub(crate) fn is_spelled(&self, letters: &str, role: LexicalRole) -> bool {
        self.lexical_roles.of(role).iter().any(|(word, _)| word.eq_ignore_ascii_case(letters))
    }

    /// The names of classes that rules and word lists may use; those the crate has for itself left out.
    pub(crate) fn class_names(&self) -> impl Iterator<Item = &str> {
        let own = self.own.iter().map(OwnClass::name);
        own.chain(TagSet::all_names()).chain(CueClasses::NAMES).chain(["CUE"])
    }

    /// Whether a caller could name a group so.
    pub(crate) fn may_be_group(name: &str) -> bool {
        name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-')
    }

    pub(crate) fn group_by_name(&self, name: &str) -> Option<CueClasses> {
        if name == "CUE" {
            return Some(CueClasses::CUE);
        }
        self.groups.iter().position(|known| known == name).map(|bit| CueClasses(1 << bit))
    }

    /// Adds all forms of a verb; returns the entry of its base.
    fn add_verb(&mut self, word: &str, irregular: Option<&str>, heading: Heading) -> Result<u16, Kind> {
        let mut ids = [0; 5];
        let mut form = String::with_capacity(word.len() + 4);
        let spelling = Arc::clone(&self.spelling);
        for (id, (pieces, class)) in ids.iter_mut().zip(verb::forms(word, irregular, &spelling)?) {
            form.clear();
            form.extend(pieces);
            *id = self.add(&form, class | heading.class, heading.group)?;
        }
        let lemma = ids[0];
        for id in ids {
            let entry = &mut self.entries[usize::from(id)];
            if entry.lemma == id {
                entry.lemma = lemma;
            }
        }
        Ok(lemma)
    }

    /// Adds what is known of a word to what was known; returns its entry.
    fn add(&mut self, word: &str, class: TagSet, group: CueClasses) -> Result<u16, Kind> {
        if let Some(key) = Key::of(word).filter(|_| word.is_ascii()) {
            return self.add_short(key, word.len(), class, group);
        }
        let word = word.to_lowercase();
        let id = self.table.find_or_insert(&word, self.next());
        self.note(id, class, group, |letters| letters.extend_from_slice(word.as_bytes()))
    }

    /// The same for a word that its key holds, of so many bytes.
    fn add_short(&mut self, key: Key, len: usize, class: TagSet, group: CueClasses) -> Result<u16, Kind> {
        let id = self.table.find_or_insert_key(key, self.next());
        self.note(id, class, group, |letters| {
            // Always as many, which is quicker than to copy a few.
            let end = letters.len() + len;
            letters.extend_from_slice(&key.bytes());
            letters.truncate(end);
        })
    }

    /// The number the next new word gets.
    fn next(&self) -> u16 {
        self.entries.len() as u16
    }

    /// Notes what is known of the word of this entry, which may be the next new one: then `spell` adds its letters.
    fn note(
        &mut self,
        id: u16,
        class: TagSet,
        group: CueClasses,
        spell: impl FnOnce(&mut Vec<u8>),
    ) -> Result<u16, Kind> {
        if id == self.next() {
            if self.entries.len() >= MOST_WORDS {
                return Err(Kind::TooManyWords);
            }
            self.entries.push(Entry { lemma: id, ..Entry::default() });
            spell(&mut self.letters);
            self.ends.push(self.letters.len() as u32);
        }
        let entry = &mut self.entries[usize::from(id)];
        entry.class |= class | TagSet::KNOWN;
        entry.group.0 |= group.0;
        Ok(id)
    }

    /// The entry of a word that a rule names, made if there is none.
    pub(crate) fn find_or_insert(&mut self, word: &str) -> Result<u16, Kind> {
        let word = word.to_lowercase();
        match self.find(&word) {
            0 => self.add(&word, TagSet::NONE, CueClasses::default()),
            id => Ok(id),
        }
    }

    /// The word of an entry, in lower case.
    pub(crate) fn word(&self, id: u16) -> &str {
        spelled(&self.ends, &self.letters, usize::from(id))
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The words a regular expression fits.
    pub(crate) fn matching(&self, regex: &regex::Regex) -> Vec<u16> {
        (1..self.entries.len() as u16).filter(|&id| regex.is_match(self.word(id))).collect()
    }

    pub(crate) fn entry(&self, id: u16) -> &Entry {
        &self.entries[usize::from(id)]
    }

    pub(crate) fn entries_mut(&mut self) -> &mut [Entry] {
        &mut self.entries
    }

    /// The entry of a word in lower case, 0 if there is none.
    pub(crate) fn find(&self, word: &str) -> u16 {
        self.table.find(word).0
    }

    /// The entry of a word read already, 0 if there is none.
    pub(crate) fn find_key(&self, key: Key) -> u16 {
        self.table.find_key(key).0
    }

    /// The entry of a word as it stands in a text, and its classes.
    pub(crate) fn look_up(&self, word: &str) -> (u16, TagSet) {
        let (id, word) = self.look_up_word(word);
        (id, word.class)
    }

    /// The entry of a word as it stands in a text, and what its table has of it.
    pub(crate) fn look_up_word(&self, word: &str) -> (u16, &Word) {
        match Key::of(word) {
            Some(key) => self.table.find_key(key),
            // Hardly any word is so long.
            None if word.len() > LONGEST_WORD => self.table.unknown(),
            None => {
                let mut letters = [0; 4 * LONGEST_WORD];
                lower(word, &mut letters).map_or(self.table.unknown(), |word| self.table.find(word))
            }
        }
    }

    /// As [`look_up`](Lexicon::look_up), for a word read already.
    #[inline]
    pub(crate) fn look_up_key(&self, key: Key) -> (u16, TagSet) {
        let (id, word) = self.table.find_key(key);
        (id, word.class)
    }

    /// The words as they are looked up.
    #[inline]
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    /// Notes the classes of the words where they are looked up, and which have a lexical role. Until then look-ups find
    /// none.
    pub(crate) fn settle(&mut self, language: &Language) {
        self.lexical_roles = LexicalRoles::find(language, self);
        let Lexicon { entries, ends, letters, table, spelling, .. } = self;
        table.settle(entries.iter().skip(1).map(|entry| entry.class), |id| spelled(ends, letters, id), spelling);
    }
}

/// The letters of the word of an entry.
fn spelled<'l>(ends: &[u32], letters: &'l [u8], id: usize) -> &'l str {
    let start = id.checked_sub(1).map_or(0, |before| ends[before] as usize);
    std::str::from_utf8(&letters[start..ends[id] as usize]).unwrap_or_default()
}

/// Words of more bytes than this are not looked up.
const LONGEST_WORD: usize = 40;

/// The word in lower case, written into `letters`; `None` if there is no room.
fn lower<'l>(word: &str, letters: &'l mut [u8]) -> Option<&'l str> {
    let mut len = 0;
    for letter in word.chars().flat_map(char::to_lowercase) {
        let end = len + letter.len_utf8();
        letter.encode_utf8(letters.get_mut(len..end)?);
        len = end;
    }
    std::str::from_utf8(&letters[..len]).ok()
}
