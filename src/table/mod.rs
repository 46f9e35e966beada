//! The look-up of words: open addressing in an array of small numbers, then one comparison.

mod standing;

use crate::lang::{Endings, Spelling};
use crate::token::TagSet;
use crate::word::Key;
use rustc_hash::FxHashMap;
pub(crate) use standing::{LeftContext, STARTERS, SentencePlace, Settled, standing};
use standing::{Standings, TagKind};
use std::collections::HashMap;

/// From words in lower case to the number and the classes of their entry.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// The number of the word at each place, 0 where there is none. Most places are free, so that most words that are
    /// not there are told by that alone.
    places: Box<[u16; PLACES]>,
    /// The words by their numbers. The first stands for none: no word has its key.
    words: Vec<Word>,
    standings: Standings,
    /// Words that stand for the unknown ones with each ending, and one for those with none of them.
    guesses: Vec<Word>,
    endings: Endings,
    /// The few words that are too long for a key.
    long: HashMap<Box<str>, u16>,
}

/// A word of the table: half a cache line.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(32))]
pub(crate) struct Word {
    key: Key,
    pub(crate) class: TagSet,
    kind: TagKind,
}

const BITS: u32 = 17;
/// Twice as many as there are numbers, and eight times as many as the built-in lists need.
const PLACES: usize = 1 << BITS;

impl Table {
    /// No words, and room for so many.
    pub(crate) fn with_capacity(room: usize) -> Table {
        let mut words = Vec::with_capacity(room);
        words.push(Word::default());
        Table {
            places: no_places(),
            words,
            standings: Standings::default(),
            guesses: vec![Word::default()],
            endings: Endings::default(),
            long: HashMap::new(),
        }
    }
}

fn no_places() -> Box<[u16; PLACES]> {
    vec![0; PLACES].try_into().unwrap_or_else(|_| Box::new([0; PLACES]))
}

impl Table {
    /// The number of a word in lower case; `id` becomes its number if it has none.
    pub(crate) fn find_or_insert(&mut self, word: &str, id: u16) -> u16 {
        match Key::of(word) {
            Some(key) => self.find_or_insert_key(key, id),
            None => {
                self.number(id);
                *self.long.entry(word.into()).or_insert(id)
            }
        }
    }

    /// The same for a word read already.
    #[inline]
    pub(crate) fn find_or_insert_key(&mut self, key: Key, id: u16) -> u16 {
        let place = self.place_of(key);
        if self.places[place] == 0 {
            self.places[place] = id;
            self.number(id).key = key;
        }
        self.places[place]
    }

    /// The word of a number, which may be a new one. Long words stay without a key.
    fn number(&mut self, id: u16) -> &mut Word {
        let id = usize::from(id);
        if id == self.words.len() {
            self.words.push(Word::default());
        }
        &mut self.words[id]
    }

    /// Notes what every word is, by its class and its letters.
    pub(crate) fn settle<'w>(
        &mut self,
        classes: impl Iterator<Item = TagSet>,
        letters: impl Fn(usize) -> &'w str,
        spelling: &Spelling,
    ) {
        self.standings = Standings::default();
        // Of unknown words in lower case only numbers are taken from here.
        self.words[0].kind = self.standings.add(TagSet::NUMBER, TagSet::NONE, false);
        self.endings = spelling.endings().clone();
        self.guesses.clear();
        for class in self.endings.classes().chain([TagSet::NONE]) {
            self.guesses.push(Word { kind: self.standings.add(class, class, false), ..Word::default() });
        }
        let mut kinds: FxHashMap<TagSet, TagKind> = HashMap::default();
        // Lists have one class after the other.
        let mut last = (TagSet::NONE, TagKind::default());
        for ((id, word), class) in self.words.iter_mut().enumerate().skip(1).zip(classes) {
            word.class = class;
            let is_number = !word.key.begins_small() && letters(id).starts_with(char::is_numeric);
            let shaped = class | TagSet::NUMBER.when(is_number);
            if shaped != last.0 {
                let kind = kinds.entry(shaped).or_insert_with(|| self.standings.add(shaped, shaped, false));
                last = (shaped, *kind);
            }
            word.kind = last.1;
        }
        for capital in spelling.capitals() {
            let (id, &Word { class, .. }) = self.find(capital);
            if id != 0 {
                self.words[usize::from(id)].kind = self.standings.add(class, class, true);
            }
        }
    }

    /// A word in lower case and its number, 0 if it is not there.
    pub(crate) fn find(&self, word: &str) -> (u16, &Word) {
        match Key::of(word) {
            Some(key) => self.find_key(key),
            None => {
                let id = self.long.get(word).copied().unwrap_or(0);
                (id, &self.words[usize::from(id)])
            }
        }
    }

    /// The same for a word read already.
    #[inline]
    pub(crate) fn find_key(&self, key: Key) -> (u16, &Word) {
        self.find_known(key).unwrap_or(self.unknown())
    }

    /// The same again, for one that is mostly known.
    #[inline]
    pub(crate) fn find_known(&self, key: Key) -> Option<(u16, &Word)> {
        let place = key.hash() >> (32 - BITS);
        let id = self.places[place];
        let word = &self.words[usize::from(id)];
        // Asked first, as most words are known: no word has the key of the number 0.
        if word.key == key {
            return Some((id, word));
        }
        if id == 0 { None } else { self.find_behind(place, key) }
    }

    /// The same for a word whose place another has taken.
    #[cold]
    #[inline(never)]
    fn find_behind(&self, mut place: usize, key: Key) -> Option<(u16, &Word)> {
        loop {
            place = (place + 1) % PLACES;
            let id = self.places[place];
            let word = &self.words[usize::from(id)];
            if word.key == key {
                return Some((id, word));
            }
            if id == 0 {
                return None;
            }
        }
    }

    /// What stands for unknown words.
    #[inline]
    pub(crate) fn unknown(&self) -> (u16, &Word) {
        (0, &self.words[0])
    }

    /// What stands for an unknown word in lower case.
    #[cold]
    #[inline(never)]
    pub(crate) fn guess(&self, word: &[u8]) -> &Word {
        &self.guesses[self.endings.find(word)]
    }

    /// What a word of the table is that stands so, or one that is unknown and begins with a capital or a digit.
    #[inline]
    pub(crate) fn settled(&self, word: &Word, place: SentencePlace) -> Settled {
        self.standings.get(word.kind, place)
    }

    /// Where a word is, or the free place it would take.
    fn place_of(&self, key: Key) -> usize {
        let mut place = key.hash() >> (32 - BITS);
        while self.places[place] != 0 && self.words[usize::from(self.places[place])].key != key {
            place = (place + 1) % PLACES;
        }
        place
    }
}
