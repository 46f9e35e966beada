//! Runs of capitalised words, read from the bytes of a text into [`Names`].

use super::Ground;
use super::before::{Before, Use, When};
use super::capitals::{follows_capital, how_it_stands, is_headline, is_nameable, titles_of};
use super::name_words::Read;
use super::names::{Honor, Name, NameWord, Names, push};
use crate::token::Class;
use crate::word;

/// Longer runs are cut.
const MOST_WORDS: usize = 12;

pub(super) const FUNCTION: Class = Class::DET
    .union(Class::PRONOUN)
    .union(Class::OBJECT)
    .union(Class::POSSESSIVE)
    .union(Class::PREP)
    .union(Class::SUBORD)
    .union(Class::AND)
    .union(Class::WH)
    .union(Class::WHO)
    .union(Class::THAT)
    .union(Class::TO)
    .union(Class::ADVERB)
    .union(Class::BE)
    .union(Class::HAVE)
    .union(Class::MODAL)
    .union(Class::NOT)
    .union(Class::NUMBER);

/// A run of words just read.
struct Seen {
    /// The first of its words.
    first: usize,
    possessive: bool,
    quoted: bool,
    /// What stands before it, unless it begins a sentence.
    before: Option<Before>,
    /// If it begins a sentence, no word stands right before it.
    apart: bool,
}

/// What a run is made of.
struct Parts {
    /// How many of its words are titles.
    titles: usize,
    honor: Honor,
    /// Several long words, all in capitals.
    shouted: bool,
}

/// What is known before a run is read.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// Nothing before this belongs to the run.
    pub(super) floor: usize,
    pub(super) end: usize,
    pub(super) initial: bool,
    pub(super) headline: bool,
}

impl Names {
    /// Finds every name.
    pub(crate) fn read(&mut self, ground: &Ground<'_>) {
        self.clear(ground.lexicon.len());
        let bytes = ground.text.as_bytes();
        let mut capitals = std::mem::take(&mut self.capitals);
        capitals.read(bytes);
        let mut next_string = 0;
        let mut quoted_to = 0;
        for paragraph in ground.paragraphs {
            self.sentences.push(paragraph.start as u32);
            let headline = is_headline(bytes, *paragraph, &capitals);
            let mut at = paragraph.start;
            while let Some(capital) = capitals.next(at).filter(|&capital| capital < paragraph.end) {
                while let Some(string) = ground.strings.get(next_string).filter(|string| string.outer.start <= capital)
                {
                    quoted_to = quoted_to.max(string.outer.end);
                    next_string += 1;
                }
                let Some((initial, start)) = how_it_stands(ground, paragraph.start, capital) else {
                    at = capital + 1;
                    continue;
                };
                let quoted = capital < quoted_to;
                if initial && !quoted && self.sentences.last().is_none_or(|&last| (last as usize) < capital) {
                    self.sentences.push(capital as u32);
                }
                let place = Place { floor: at, end: paragraph.end, initial, headline };
                at = match start {
                    Some(start) => self.read_run(ground, capital, start.max(at), place, quoted),
                    None => word::end(ground.text, capital, paragraph.end).max(capital + 1),
                };
            }
        }
        self.capitals = capitals;
        self.settle();
        if self.peel(ground.text) {
            self.count();
        }
    }

    /// Reads the run of capitalised words whose first capital is at `at`; gives back where to go on.
    fn read_run(&mut self, ground: &Ground<'_>, at: usize, start: usize, place: Place, quoted: bool) -> usize {
        let first = self.words.len();
        self.nick = None;
        let mut before = None;
        let mut next = start;
        let mut stopped = at + 1;
        let mut possessive = false;
        let mut read = Read::default();
        loop {
            read.fill(ground, next, place.end);
            // al-Serraj begins with no capital but is one.
            read.word.class |= Class::CAP;
            if next == start {
                stopped = stopped.max(read.after as usize);
                if !self.begins_name(ground, &read, place) {
                    return stopped;
                }
                // Nothing that matters stands before the first word of a sentence.
                before = if place.initial && start == at { None } else { Before::read(ground, start) };
                if let Some(word) = before {
                    // On Sunday Lim left.
                    if read.word.class.has(Class::TIME) && word.word.has(Use::TELLS_WHEN) {
                        return stopped;
                    }
                    if word.word.has(Use::PARTICLE) {
                        before = self.read_particles_before(ground, word, start, place.floor);
                    }
                }
            } else if !self.goes_on(ground, &read, place) {
                break;
            }
            stopped = read.after as usize;
            possessive = read.possessive;
            self.keep(&read);
            if possessive {
                break;
            }
            let Some(behind) = self.join(ground, first, stopped, place) else { break };
            if self.words.len() - first >= MOST_WORDS {
                break;
            }
            next = behind;
        }
        let apart = start == at && at > place.floor;
        self.push_name(ground, Seen { first, possessive, quoted, before, apart }, place);
        self.read_alias(ground, stopped, place);
        stopped
    }

    /// Whether a name may begin with a word.
    fn begins_name(&self, ground: &Ground<'_>, read: &Read, place: Place) -> bool {
        // Said Lim: …
        let said =
            place.initial && read.word.class.has(Class::PAST) && ground.terms.is_said(ground.lexicon, read.word.entry);
        let follows = || !read.possessive && follows_capital(ground.text, read.after as usize, place.end);
        !(said && follows()) && is_nameable(&read.word, place, follows)
    }

    /// Whether a name may go on with a word.
    fn goes_on(&self, ground: &Ground<'_>, read: &Read, place: Place) -> bool {
        let follows = || !read.possessive && follows_capital(ground.text, read.after as usize, place.end);
        is_nameable(&read.word, Place { initial: false, ..place }, follows)
    }

    /// Adds a word to the run.
    pub(super) fn keep(&mut self, read: &Read) {
        let id = self.word_id(read.key, read.entry);
        push(&mut self.words, NameWord { id, ..read.word });
    }

    /// Parts the run into titles and name, and notes it; a run that is all title is no name.
    fn push_name(&mut self, ground: &Ground<'_>, seen: Seen, place: Place) {
        let Seen { first, possessive, quoted, before, apart } = seen;
        let Some(Parts { titles, honor, shouted }) = self.part(ground, first) else {
            self.words.truncate(first);
            return;
        };
        let words = &self.words[first..];
        let (proper, end) = (&words[titles..], words[words.len() - 1].end);
        let common = titles == 0 && proper.len() == 1 && proper[0].class.has(Class::KNOWN);
        let tentative = place.initial && common && !proper[0].class.has(Class::FIRST | Class::TITLE | Class::SUFFIX);
        let context = match before {
            _ if place.initial => Name::INITIAL | Name::APART.when(apart),
            Some(before) => before.flags(ground),
            None => Name::APART,
        };
        let flags = context
            | Name::QUOTED.when(quoted)
            | Name::POSSESSIVE.when(possessive)
            | Name::TITLED.when(titles > 0)
            | Name::HEADLINE.when(place.headline)
            | Name::SHOUTED.when(shouted)
            | Name::TENTATIVE.when(tentative);
        let name = Name {
            start: proper[0].start,
            end,
            title_bytes: (proper[0].start - words[0].start) as u16,
            titles: titles as u8,
            count: proper.len() as u8,
            honor,
            flags,
            sentence: self.sentences.len() as u32,
            form: 0,
        };
        let form = self.form_of(&name, first + titles);
        if let Some(nick) = self.nick.take() {
            self.nicks.push((form, nick));
        }
        self.note_form(&name, form, first, titles);
        if titles > 0 {
            self.title_words.push((name.start, first as u32));
        }
        let head = &self.words[self.forms[form as usize].words as usize];
        let flags = flags | Name::LOOSE.when(name.count > 1 && !head.class.has(Class::FIRST));
        push(&mut self.list, Name { form, flags, ..name });
    }

    /// Notes the words of a form, and that they are part of a name for sure. Names of one form share their words.
    #[inline]
    fn note_form(&mut self, name: &Name, form: u32, first: usize, titles: usize) {
        let known = &mut self.forms[form as usize];
        if known.words == u32::MAX {
            known.words = (first + titles) as u32;
        } else if titles == 0 {
            self.words.truncate(first);
        }
        let words = known.words as usize..known.words as usize + usize::from(name.count);
        if !known.sure && !name.has(Name::TENTATIVE | Name::HEADLINE) {
            known.sure = true;
            for at in words {
                let word = self.words[at].id as usize;
                self.roots[word].proper = true;
            }
        }
    }

    /// Parts a run into titles and name; `None` if it is no name.
    fn part(&mut self, ground: &Ground<'_>, first: usize) -> Option<Parts> {
        if is_plain(&self.words[first..]) {
            return Some(Parts { titles: 0, honor: Honor::None, shouted: false });
        }
        while self.words.len() > first && self.words.last().is_some_and(|word| !word.class.has(Class::CAP)) {
            self.words.pop();
        }
        let initial = |word: &NameWord| {
            word.end - word.start <= 2 && word.class.has(Class::ABBREVIATION) || word.end - word.start == 1
        };
        while self.words.len() > first + 1 && self.words.last().is_some_and(initial) {
            self.words.pop();
        }
        let words = &self.words[first..];
        let titles = titles_of(words);
        let (titled, proper) = words.split_at(titles);
        if proper.is_empty() || proper[0].class.has(Class::SUFFIX) && proper.len() == 1 {
            return None;
        }
        let honor = titled.iter().rev().map(|word| ground.terms.honor(ground.lexicon, word.entry));
        let honor = honor.into_iter().find(|honor| *honor != Honor::None);
        let rank = titled.iter().any(|word| word.class.has(Class::TITLE));
        let honor = honor.unwrap_or(if rank { Honor::Rank } else { Honor::None });
        let upper = proper.iter().all(|word| word.class.has(Class::UPPER));
        let shouted = upper && proper.len() > 1 && proper.iter().any(|word| word.end - word.start > 3);
        Some(Parts { titles, honor, shouted })
    }
}

/// Whether no word of a run can be a title or hang loose at its end, as of most.
#[inline]
fn is_plain(words: &[NameWord]) -> bool {
    let special = Class::TITLE | Class::ROLE | Class::SUFFIX;
    let [before @ .., last] = words else { return false };
    if before.is_empty() {
        return last.class.has(Class::CAP) && !last.class.has(special);
    }
    let any = words.iter().fold(Class::NONE, |any, word| any | word.class);
    last.class.has(Class::CAP) && last.end - last.start > 2 && !any.has(special | Class::UPPER)
}
