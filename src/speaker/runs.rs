//! Runs of capitalised words, read from the bytes of a text into [`Names`].

use super::Ground;
use super::capitals::{
    Before, after_nickname, after_space, begins_capital, begins_joined, context, find_capitals, follows_capital,
    is_headline, is_initial, is_nameable, joined_start, starts_word, titles_of,
};
use super::names::{Honor, Name, NameWord, Names, push};
use crate::token::Class;
use crate::word::{self, Key, Run};

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

/// A word just read, and where reading goes on.
struct Read {
    word: NameWord,
    /// The word that tells names apart, and its entry: of al-Serraj it is Serraj.
    key: Key,
    entry: u16,
    after: usize,
    possessive: bool,
}

/// A run of words just read.
struct Seen {
    /// The first of its words.
    first: usize,
    possessive: bool,
    quoted: bool,
    /// What stands before it, unless it begins a sentence.
    before: Option<Before>,
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
        self.clear();
        let bytes = ground.text.as_bytes();
        let mut capitals = std::mem::take(&mut self.capitals);
        let mut next_string = 0;
        let mut quoted_to = 0;
        for paragraph in ground.paragraphs {
            self.sentences.push(paragraph.start as u32);
            find_capitals(bytes, *paragraph, &mut capitals);
            let headline = is_headline(&bytes[paragraph.start..paragraph.end], capitals.len());
            let mut at = paragraph.start;
            for &capital in &capitals {
                let capital = capital as usize;
                if capital < at {
                    continue;
                }
                while let Some(string) = ground.strings.get(next_string).filter(|string| string.outer.start <= capital)
                {
                    quoted_to = quoted_to.max(string.outer.end);
                    next_string += 1;
                }
                if !starts_word(ground.text, capital) {
                    at = capital + 1;
                    continue;
                }
                let quoted = capital < quoted_to;
                let initial = is_initial(ground.text, paragraph.start, capital);
                if initial && !quoted && self.sentences.last().is_none_or(|&last| (last as usize) < capital) {
                    self.sentences.push(capital as u32);
                }
                at = self.read_run(ground, capital, Place { floor: at, end: paragraph.end, initial, headline }, quoted);
            }
        }
        self.capitals = capitals;
        self.settle();
        self.count();
        if self.peel(ground.text) {
            self.count();
        }
    }

    /// Reads the run of capitalised words that begins at `at`; gives back where to go on.
    fn read_run(&mut self, ground: &Ground<'_>, at: usize, place: Place, quoted: bool) -> usize {
        let text = ground.text;
        let first = self.words.len();
        self.nick = None;
        let Some(start) = joined_start(ground, at).map(|start| start.max(place.floor)) else {
            return word::end(text, at, place.end).max(at + 1);
        };
        let mut read = self.read_word(ground, start, place.end);
        // al-Serraj begins with no capital but is one.
        read.word.class |= Class::CAP;
        let mut stopped = read.after.max(at + 1);
        if !self.begins_name(ground, &read, place) {
            return stopped;
        }
        let before = Before::read(ground, start);
        let mut before = self.read_particles_before(ground, before, start, place.floor);
        loop {
            stopped = read.after;
            self.keep(&read);
            if read.possessive {
                break;
            }
            let Some(next) = self.join(ground, first, read.after, place) else { break };
            if self.words.len() - first >= MOST_WORDS {
                break;
            }
            let mut next = self.read_word(ground, next, place.end);
            if !self.goes_on(ground, &mut next, place) {
                break;
            }
            read = next;
        }
        let possessive = read.possessive;
        if place.initial {
            before = None;
        }
        self.push_name(ground, Seen { first, possessive, quoted, before }, place);
        self.read_alias(ground, stopped, place);
        stopped
    }

    /// Whether a name may begin with a word.
    fn begins_name(&self, ground: &Ground<'_>, read: &Read, place: Place) -> bool {
        // Said Lim: …
        let said = place.initial && ground.terms.is_said(ground.lexicon, read.word.entry);
        let follows = || !read.possessive && follows_capital(ground.text, read.after, place.end);
        !(said && follows()) && is_nameable(&read.word, place, follows)
    }

    /// Whether a name may go on with a word.
    fn goes_on(&self, ground: &Ground<'_>, read: &mut Read, place: Place) -> bool {
        read.word.class |= Class::CAP;
        let follows = || !read.possessive && follows_capital(ground.text, read.after, place.end);
        is_nameable(&read.word, Place { initial: false, ..place }, follows)
    }

    /// Where the run goes on after a word that ends at `after`: right behind a space, or behind the
    /// small words inside a name, which are added.
    fn join(&mut self, ground: &Ground<'_>, first: usize, after: usize, place: Place) -> Option<usize> {
        let bytes = &ground.text.as_bytes()[..place.end];
        let end = place.end;
        // Mostly another capital follows behind one space, or a small word that is part of no name.
        if let Some([b' ', letter, ..]) = bytes.get(after..) {
            if letter.is_ascii_uppercase() {
                return Some(after + 1);
            }
            if letter.is_ascii_lowercase() && !ground.terms.may_join(&bytes[after + 1..]) {
                return None;
            }
        }
        if bytes.get(after) == Some(&b',') {
            return self.suffix_after_comma(ground, after, end);
        }
        let next = after_space(bytes, after, end)?;
        if begins_capital(ground.text, next, end) {
            return Some(next);
        }
        if bytes[next].is_ascii_lowercase() && !ground.terms.may_join(&bytes[next..end]) {
            return None;
        }
        if begins_joined(ground, next, end) {
            return Some(next);
        }
        if bytes[next] == b'&' {
            let behind = after_space(bytes, next + 1, end)?;
            return begins_capital(ground.text, behind, end).then_some(behind);
        }
        if let Some((nick, behind)) = after_nickname(ground.text, next, end).filter(|_| self.words.len() - first <= 4) {
            let nick = &ground.text[nick];
            self.nick = Some(self.word_id(Key::folded(nick), ground.lexicon.look_up(nick).0));
            return Some(behind);
        }
        if bytes[next].is_ascii() && !bytes[next].is_ascii_lowercase() {
            return None;
        }
        let kept = self.words.len();
        let last = self.words[kept - 1];
        let body = ground.terms.is_body(ground.lexicon, last.entry) || last.class.has(Class::GROUP | Class::ROLE);
        let noun = last.class.has(Class::NOUN) && last.class.has(Class::KNOWN) && !last.class.has(Class::FIRST);
        let mut at = next;
        for _ in 0..3 {
            let read = self.read_word(ground, at, end);
            let small = read.word;
            let links = ground.terms.links(small.entry) && if small.class.has(Class::AND) { noun } else { body };
            let joins = (small.class.has(Class::PARTICLE) || links) && !place.headline;
            let behind = after_space(bytes, read.after, end).filter(|_| joins);
            let Some(behind) = behind else { break };
            self.keep(&read);
            if begins_capital(ground.text, behind, end) {
                let coordinated = self.words[kept..].iter().any(|word| word.class.has(Class::AND));
                let read = self.read_word(ground, behind, end);
                let next = read.word;
                // Lim and Roe are two, the Trade and Customs Office is one.
                let behind_next = after_space(bytes, read.after, end).filter(|_| coordinated);
                let last = behind_next.map(|at| self.read_word(ground, at, end).word);
                let one = last.is_some_and(|word| ground.terms.is_body(ground.lexicon, word.entry));
                let fits = !coordinated || next.class.has(Class::KNOWN) && !next.class.has(Class::FIRST) && one;
                if fits && is_nameable(&next, Place { initial: false, ..place }, || true) {
                    return Some(behind);
                }
                break;
            }
            at = behind;
        }
        self.words.truncate(kept);
        None
    }

    /// `, Jr.`
    fn suffix_after_comma(&mut self, ground: &Ground<'_>, comma: usize, end: usize) -> Option<usize> {
        let next = after_space(ground.text.as_bytes(), comma + 1, end)?;
        let suffix = begins_capital(ground.text, next, end) && {
            let read = self.read_word(ground, next, end);
            read.word.class.has(Class::SUFFIX)
        };
        suffix.then_some(next)
    }

    /// Keeps the particles in lower case before a surname: said *van der* Berg. Gives back what stands before all of it.
    fn read_particles_before(
        &mut self,
        ground: &Ground<'_>,
        mut before: Option<Before>,
        start: usize,
        floor: usize,
    ) -> Option<Before> {
        const MOST: usize = 3;
        let mut starts = [0; MOST];
        let mut count = 0;
        while let Some(Before { span, class, .. }) = before.filter(|_| count < MOST) {
            let small = ground.text.as_bytes()[span.start].is_ascii_lowercase();
            if !class.has(Class::PARTICLE) || span.start < floor || !small || class.has(FUNCTION) || span.len() < 2 {
                break;
            }
            starts[count] = span.start;
            count += 1;
            before = Before::read(ground, span.start);
        }
        for &at in starts[..count].iter().rev() {
            let read = self.read_word(ground, at, start);
            self.keep(&read);
        }
        before
    }

    /// Adds a word to the run.
    fn keep(&mut self, read: &Read) {
        let id = self.word_id(read.key, read.entry);
        push(&mut self.words, NameWord { id, ..read.word });
    }

    fn read_word(&self, ground: &Ground<'_>, at: usize, end: usize) -> Read {
        let bytes = ground.text.as_bytes();
        let Run { key, len, shape } = Run::read(bytes, at);
        let stop = at + len;
        if len == 0 || len >= Key::LONGEST || stop > end {
            return read_long_word(ground, at, end);
        }
        let behind = &bytes[stop..end];
        let next = behind.first().copied().unwrap_or(b' ');
        let (entry, class) = ground.lexicon.look_up_key(key);
        let word = NameWord { start: at as u32, end: stop as u32, id: 0, entry, class: class | shape };
        let read = Read { word, key, entry, after: stop, possessive: false };
        if !word::may_go_on(bytes[stop - 1], next) {
            return read;
        }
        if next == b'.' && len > 1 && !bytes[stop - 1].is_ascii_digit() {
            if !(class.has(Class::ABBREVIATION) && shape.has(Class::CAP)) {
                return read;
            }
            let word = NameWord { end: stop as u32 + 1, class: word.class | Class::ABBREVIATION, ..word };
            return Read { word, after: stop + 1, ..read };
        }
        let ending = [&b"'s"[..], "’s".as_bytes()].into_iter().find(|ending| behind.starts_with(ending));
        if let Some(ending) = ending {
            let over = behind.get(ending.len()).is_none_or(|byte| matches!(byte, b' ' | b'\n' | b',' | b'.'));
            if over && !bytes[stop - 1].is_ascii_digit() {
                return Read { after: stop + ending.len(), possessive: true, ..read };
            }
        }
        read_long_word(ground, at, end)
    }

    /// Parts the run into titles and name, and notes it; a run that is all title is no name.
    fn push_name(&mut self, ground: &Ground<'_>, seen: Seen, place: Place) {
        let Seen { first, possessive, quoted, before } = seen;
        let Some(Parts { titles, honor, shouted }) = self.part(ground, first) else {
            self.words.truncate(first);
            return;
        };
        let words = &self.words[first..];
        let (proper, end) = (&words[titles..], words[words.len() - 1].end);
        let common = titles == 0 && proper.len() == 1 && proper[0].class.has(Class::KNOWN);
        let tentative = place.initial && common && !proper[0].class.has(Class::FIRST | Class::TITLE | Class::SUFFIX);
        let mut flags = if place.initial { Name::INITIAL } else { context(ground, before) };
        flags |= flag(Name::QUOTED, quoted)
            | flag(Name::POSSESSIVE, possessive)
            | flag(Name::TITLED, titles > 0)
            | flag(Name::HEADLINE, place.headline)
            | flag(Name::SHOUTED, shouted)
            | flag(Name::TENTATIVE, tentative);
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
        let known = &mut self.forms[form as usize];
        if known.words == u32::MAX {
            known.words = (first + titles) as u32;
        } else if titles == 0 {
            // Names of one form share their words.
            self.words.truncate(first);
        }
        if titles > 0 {
            self.title_words.push((name.start, first as u32));
        }
        push(&mut self.list, Name { form, ..name });
    }

    /// Parts a run into titles and name; `None` if it is no name.
    fn part(&mut self, ground: &Ground<'_>, first: usize) -> Option<Parts> {
        if let [only] = self.words[first..]
            && only.class.has(Class::CAP)
            && !only.class.has(Class::TITLE | Class::ROLE | Class::SUFFIX)
        {
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

    /// An acronym in brackets stands for the name before.
    fn read_alias(&mut self, ground: &Ground<'_>, after: usize, place: Place) {
        let bytes = ground.text.as_bytes();
        if !bytes.get(after + 1).is_some_and(|byte| matches!(byte, b'(' | b' ' | b'\n' | b'\r' | b'\t')) {
            return;
        }
        let Some(open) = after_space(bytes, after, place.end).filter(|&at| bytes[at] == b'(') else { return };
        let close = open
            + 1
            + bytes[open + 1..place.end].iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(name) = self.list.last().copied().filter(|name| name.end as usize + 2 >= after && name.count > 1)
        else {
            return;
        };
        if bytes.get(close) != Some(&b')')
            || !bytes[open + 1..close].iter().all(u8::is_ascii_uppercase)
            || close < open + 3
        {
            return;
        }
        let read = self.read_word(ground, open + 1, place.end);
        let next = self.forms.len() as u32;
        let word = self.word_id(read.key, read.entry);
        let form = self.form_index.get_or_insert((Honor::None as u32, word), next);
        if form == next {
            self.push_form();
        }
        self.aliases.push((name.form, form));
    }
}

fn flag(flag: u16, on: bool) -> u16 {
    if on { flag } else { 0 }
}

/// A word with marks or letters beyond ASCII in it, or with a stop or ending after it.
fn read_long_word(ground: &Ground<'_>, at: usize, end: usize) -> Read {
    let text = ground.text;
    let stop = word::end(text, at, end).max(at + text[at..].chars().next().map_or(1, char::len_utf8));
    let whole = &text[at..stop];
    let stem = whole.trim_end_matches(['s', 'S']).strip_suffix(['\'', '’']).unwrap_or(whole);
    let stem = if whole.len() - stem.len() <= 4 { stem } else { whole };
    let mut possessive = stem.len() < whole.len();
    let (entry, mut class) = ground.lexicon.look_up(stem);
    if let (0, Some((begin, _))) = (entry, stem.split_once(['\'', '’', '-'])) {
        // I’m, you’ll, sixty-two
        class |= ground.lexicon.look_up(begin).1 & (FUNCTION | Class::KNOWN);
        class = if class.has(FUNCTION) { class } else { Class::NONE };
    }
    let mut after = stop;
    let mut shape = word::shape(stem);
    let rest = &text[stop..end];
    if !possessive && rest.starts_with('.') {
        let initials = word::is_initials(stem);
        if initials || class.has(Class::ABBREVIATION) && shape.has(Class::CAP) {
            after += 1;
            shape |= Class::ABBREVIATION;
        }
    } else if !possessive && rest.starts_with(['\'', '’']) && stem.ends_with('s') {
        // The plural’s apostrophe; a closing mark would have a comma or stop before it.
        possessive = true;
        after += rest.chars().next().map_or(0, char::len_utf8);
    }
    // al-Serraj is Serraj too.
    let surname = stem.split_once(['-', '‑']).filter(|(begin, _)| {
        begin.starts_with(char::is_lowercase) && ground.lexicon.look_up(begin).1.has(Class::PARTICLE)
    });
    let name = surname.map_or(stem, |(_, name)| name);
    let known = surname.map_or(entry, |(_, name)| ground.lexicon.look_up(name).0);
    let word = NameWord { start: at as u32, end: (at + stem.len()) as u32, id: 0, entry, class: class | shape };
    let word = NameWord { end: if shape.has(Class::ABBREVIATION) { after as u32 } else { word.end }, ..word };
    Read { word, key: Key::folded(name), entry: known, after, possessive }
}
