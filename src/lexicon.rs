//! Word → classes. Reads the lists in `data/en/` and the caller's own.

use crate::error::{Error, Kind};
use crate::pair::Elisions;
use crate::table::{Table, Word};
use crate::token::Class;
use crate::word::{Key, Run};
use memchr::memchr;

/// Classes of cue words, and classes the caller names: a set beside [`Class`], kept with the word's
/// entry rather than in each token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub(crate) struct Group(pub(crate) u64);

impl Group {
    /// Names of the built-in ones, bit by bit.
    const NAMES: [&'static str; 20] = [
        "TELL",
        "WRITE",
        "ASK",
        "SAY",
        "URGE",
        "COMMIT",
        "LABEL",
        "JUDGE",
        "THINK",
        "SHOW",
        "ACT",
        "MANNER",
        "PHRASAL",
        "CLAIM",
        "SURE",
        "SEEM",
        "DENY",
        "FUTURE",
        "HYPOTHETICAL",
        "ATTITUDE",
    ];
    pub(crate) const DENY: Group = Group(1 << 16);
    pub(crate) const FUTURE: Group = Group(1 << 17);
    pub(crate) const HYPOTHETICAL: Group = Group(1 << 18);
    const ATTITUDE: Group = Group(1 << 19);
    /// Groups of cues that are words said or written, and none.
    const WORDS: Group = Group(0b0011_0000_1111_1111);

    /// `CUE`: every verb that can announce content without marks.
    const CUE: Group = Group((1 << 11) - 1);

    /// Whether it is a verb of saying, writing, telling or asking.
    pub(crate) fn is_speech(self) -> bool {
        self.0 & 0b1111 != 0
    }

    /// Whether a cue of these groups tells of words rather than of thoughts, evidence or deeds. `asked` are
    /// the groups its rule asks for: a word may be a verb of thinking and a noun of saying.
    pub(crate) fn tells_of_words(self, asked: Group) -> bool {
        const THINK: Group = Group(1 << 8);
        const SPOKEN: Group = Group(0b0001_1111);
        let here = Group(self.0 & asked.0);
        let thought = self.has(THINK) && !here.has(SPOKEN) && asked.has(THINK) || self.has(Group::ATTITUDE);
        asked == Group::default() || here.has(Group::WORDS) && !thought
    }

    /// The first group as a number, for the features: 0 if there is none.
    pub(crate) fn number(self) -> u16 {
        if self.0 == 0 { 0 } else { self.0.trailing_zeros() as u16 + 1 }
    }

    pub(crate) fn has(self, other: Group) -> bool {
        self.0 & other.0 != 0
    }
}

/// What is known of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) class: Class,
    pub(crate) group: Group,
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
    letters: String,
    table: Table,
    groups: Vec<String>,
    elisions: Elisions,
}

const MOST_WORDS: usize = 60_000;
/// Room for the built-in lists, so that what is known is not moved while they are read.
const ROOM: usize = 1 << 14;
/// As many as a [`Group`] has bits.
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
            letters: String::with_capacity(8 * ROOM),
            table: Table::with_capacity(ROOM),
            groups: Group::NAMES.iter().map(|name| (*name).to_owned()).collect(),
            elisions: Elisions::default(),
        }
    }
}

impl Lexicon {
    /// The built-in English lists.
    pub(crate) fn english() -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon::default();
        for list in [
            include_str!("data/en/words.txt"),
            include_str!("data/en/function.txt"),
            include_str!("data/en/times.txt"),
            include_str!("data/en/titles.txt"),
            include_str!("data/en/roles.txt"),
            include_str!("data/en/groups.txt"),
            include_str!("data/en/documents.txt"),
            include_str!("data/en/first-names.txt"),
            include_str!("data/en/particles.txt"),
            include_str!("data/en/gender.txt"),
            include_str!("data/en/abbreviations.txt"),
            include_str!("data/en/speakers.txt"),
            include_str!("data/en/cues.txt"),
            include_str!("data/en/modality.txt"),
        ] {
            lexicon.add_list(list)?;
        }
        lexicon.add_symbols().map_err(|kind| Error::new(kind, 0, 1, 1, "symbols"))?;
        lexicon.elisions = Elisions::from_text(include_str!("data/en/elisions.txt"));
        Ok(lexicon)
    }

    /// Symbols that rules may start from have entries like words.
    fn add_symbols(&mut self) -> Result<(), Kind> {
        self.insert(":", Class::COLON, Group::default())?;
        self.insert("—", Class::DASH, Group::default())
    }

    /// The entry and class of a colon or dash.
    pub(crate) fn symbol(&self, symbol: &str) -> (u16, Class) {
        let id = self.find(symbol);
        (id, self.entry(id).class.without(Class::KNOWN))
    }

    pub(crate) fn elisions(&self) -> &Elisions {
        &self.elisions
    }

    /// Adds a word list: headings `[CLASS …]` or `[verb CLASS …]`, words after and below them, `#`
    /// comments.
    pub(crate) fn add_list(&mut self, text: &str) -> Result<(), Error> {
        let mut heading = None;
        for (index, line) in text.lines().enumerate() {
            let place = |kind, piece: &str| {
                let at = (piece.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
                let column = line.get(..at).map_or(1, |before| before.chars().count() + 1);
                Error::new(kind, index + 1, column, piece.chars().count(), line)
            };
            let mut words = line[..memchr(b'#', line.as_bytes()).unwrap_or(line.len())].trim();
            if let Some(inside) = words.strip_prefix('[') {
                let (names, rest) = inside.split_once(']').ok_or_else(|| place(Kind::HeadingEnd, words))?;
                heading = Some(self.heading(names, &place)?);
                words = rest.trim_start();
            }
            if !words.is_empty() {
                let heading = heading.ok_or_else(|| place(Kind::NoHeading, words))?;
                self.add_line(words, heading, &place)?;
            }
        }
        Ok(())
    }

    fn heading(&mut self, names: &str, place: &dyn Fn(Kind, &str) -> Error) -> Result<Heading, Error> {
        let mut heading = Heading::default();
        for name in names.split_whitespace() {
            if name == "verb" {
                heading.verb = true;
            } else if let Some(class) = Class::by_name(name) {
                heading.class |= class;
            } else if name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-') {
                let group = self.group(name).ok_or_else(|| place(Kind::TooManyClasses, name))?;
                heading.group.0 |= group.0;
            } else {
                return Err(place(Kind::HeadingName, name));
            }
        }
        Ok(heading)
    }

    /// The group of this name, made if there is none.
    fn group(&mut self, name: &str) -> Option<Group> {
        if let Some(group) = self.group_by_name(name) {
            return Some(group);
        }
        if self.groups.len() >= MOST_GROUPS {
            return None;
        }
        self.groups.push(name.to_owned());
        Some(Group(1 << (self.groups.len() - 1)))
    }

    pub(crate) fn group_by_name(&self, name: &str) -> Option<Group> {
        if name == "CUE" {
            return Some(Group::CUE);
        }
        self.groups.iter().position(|known| known == name).map(|bit| Group(1 << bit))
    }

    fn add_line(&mut self, line: &str, heading: Heading, place: &dyn Fn(Kind, &str) -> Error) -> Result<(), Error> {
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            // Most words are short and plain, and most headings are not of verbs.
            let run = if heading.verb { Run::default() } else { Run::read(rest.as_bytes(), 0) };
            let next = rest.as_bytes().get(run.len);
            if run.len > 0 && matches!(next, None | Some(b' ')) {
                let word = &rest[..run.len];
                let id = self.table.find_or_insert_key(run.key, self.next());
                self.note(id, word, heading.class, heading.group).map_err(|kind| place(kind, word))?;
                rest = &rest[run.len + usize::from(next.is_some())..];
                continue;
            }
            rest = rest.trim_start();
            let (mut word, mut after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
            let mut irregular = None;
            if let Some(open) = word.find('(').filter(|_| heading.verb) {
                let close = rest.find(')').ok_or_else(|| place(Kind::Forms, word))?;
                irregular = Some(&rest[open + 1..close]);
                word = &rest[..open];
                after = &rest[close + 1..];
            }
            self.add_word(word, irregular, heading).map_err(|kind| place(kind, word))?;
            rest = after.trim_start();
        }
        Ok(())
    }

    fn add_word(&mut self, word: &str, irregular: Option<&str>, heading: Heading) -> Result<(), Kind> {
        if !heading.verb {
            return self.insert(word, heading.class, heading.group);
        }
        let forms = inflect(word, irregular)?;
        let mut ids = [0; 5];
        for (id, (form, class)) in ids.iter_mut().zip(&forms) {
            *id = self.add(form, *class | heading.class, heading.group)?;
        }
        let lemma = ids[0];
        for id in ids {
            let entry = &mut self.entries[usize::from(id)];
            if entry.lemma == id {
                entry.lemma = lemma;
            }
        }
        Ok(())
    }

    /// Adds what is known of a word to what was known.
    pub(crate) fn insert(&mut self, word: &str, class: Class, group: Group) -> Result<(), Kind> {
        self.add(word, class, group).map(drop)
    }

    /// The same, and gives back the entry.
    fn add(&mut self, word: &str, class: Class, group: Group) -> Result<u16, Kind> {
        if let Some(key) = Key::of(word).filter(|_| word.is_ascii()) {
            let id = self.table.find_or_insert_key(key, self.next());
            return self.note(id, word, class, group);
        }
        let word = word.to_lowercase();
        let id = self.table.find_or_insert(&word, self.next());
        self.note(id, &word, class, group)
    }

    /// The number the next new word gets.
    fn next(&self) -> u16 {
        self.entries.len() as u16
    }

    /// Notes what is known of the word of this entry, which may be the next new one. It is in lower case but for ASCII.
    fn note(&mut self, id: u16, word: &str, class: Class, group: Group) -> Result<u16, Kind> {
        if id == self.next() {
            if self.entries.len() >= MOST_WORDS {
                return Err(Kind::TooManyWords);
            }
            self.entries.push(Entry { lemma: id, ..Entry::default() });
            let start = self.letters.len();
            self.letters.push_str(word);
            self.letters[start..].make_ascii_lowercase();
            self.ends.push(self.letters.len() as u32);
        }
        let entry = &mut self.entries[usize::from(id)];
        entry.class |= class | Class::KNOWN;
        entry.group.0 |= group.0;
        Ok(id)
    }

    /// The entry of a word that a rule names, made if there is none.
    pub(crate) fn find_or_insert(&mut self, word: &str) -> Result<u16, Kind> {
        match self.find(&word.to_lowercase()) {
            0 => self.add(word, Class::NONE, Group::default()),
            id => Ok(id),
        }
    }

    /// The word of an entry, in lower case.
    pub(crate) fn word(&self, id: u16) -> &str {
        let id = usize::from(id);
        let start = id.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.letters[start..self.ends[id] as usize]
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How many groups there are.
    pub(crate) fn groups(&self) -> usize {
        self.groups.len()
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
    pub(crate) fn look_up(&self, word: &str) -> (u16, Class) {
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
    pub(crate) fn look_up_key(&self, key: Key) -> (u16, Class) {
        let (id, word) = self.table.find_key(key);
        (id, word.class)
    }

    /// The words as they are looked up.
    #[inline]
    pub(crate) fn table(&self) -> &Table {
        &self.table
    }

    /// Notes the classes of the words where they are looked up. Until then look-ups find none.
    pub(crate) fn settle(&mut self) {
        let Lexicon { entries, ends, letters, table, .. } = self;
        table.settle(|id| (entries[id].class, &letters[ends[id - 1] as usize..ends[id] as usize]));
    }
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

#[derive(Clone, Copy, Default)]
struct Heading {
    class: Class,
    group: Group,
    verb: bool,
}

/// All forms of a verb with their classes.
fn inflect(word: &str, irregular: Option<&str>) -> Result<[(String, Class); 5], Kind> {
    let base = word.strip_suffix('+').unwrap_or(word);
    let last = base.chars().last().ok_or(Kind::Forms)?;
    let double = if base.len() < word.len() { last.encode_utf8(&mut [0; 4]).to_owned() } else { String::new() };
    // The base without so many letters, and an ending.
    let form = |cut: usize, ending: &str| [&base[..base.len() - cut], ending].concat();
    let doubled = |ending: &str| [base, &double, ending].concat();
    let consonant_y = last == 'y' && !ends_with_any(base, &["ay", "ey", "oy", "uy"]);
    let third = if consonant_y {
        form(1, "ies")
    } else if ends_with_any(base, &["s", "x", "z", "ch", "sh", "o"]) && !base.ends_with("oo") {
        form(0, "es")
    } else {
        form(0, "s")
    };
    let gerund = match last {
        'e' if base.ends_with("ie") => form(2, "ying"),
        'e' if !ends_with_any(base, &["ee", "ye", "oe"]) => form(1, "ing"),
        _ => doubled("ing"),
    };
    let regular = || match last {
        'e' => form(0, "d"),
        'y' if consonant_y => form(1, "ied"),
        _ => doubled("ed"),
    };
    let mut past = irregular.map(str::split_whitespace).into_iter().flatten();
    let (past, participle) = match (past.next(), past.next(), past.next()) {
        (_, _, Some(_)) => return Err(Kind::Forms),
        (None, ..) => (regular(), regular()),
        (Some(past), None, _) => (past.to_owned(), past.to_owned()),
        (Some(past), Some(participle), _) => (past.to_owned(), participle.to_owned()),
    };
    Ok([
        (base.to_owned(), Class::VERB),
        (third, Class::VERBS),
        (past, Class::PAST),
        (participle, Class::PARTICIPLE),
        (gerund, Class::GERUND),
    ])
}

fn ends_with_any(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::Group;

    #[test]
    fn the_guide_names_every_group() {
        const GUIDE: &str = include_str!("docs/rules.md");
        for name in Group::NAMES {
            assert!(GUIDE.contains(&format!("`{name}`")), "{name}");
        }
    }
}
