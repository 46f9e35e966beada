//! Names in a text: runs of capitalised words, found in its bytes, with what stands around them.

use super::Ground;
use super::index::Index;
use crate::span::Span;
use crate::token::Class;
use crate::word::{self, Key, Run};

/// A word of a name or title.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct NameWord {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The same number for the same word.
    pub(crate) id: u32,
    /// Its entry in the lexicon.
    pub(crate) entry: u16,
    pub(crate) class: Class,
}

/// What tells two people of one surname apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Honor {
    #[default]
    None,
    Sir,
    Madam,
    Miss,
    Ms,
    /// Dr., General: said of anybody.
    Rank,
}

impl Honor {
    const COUNT: u32 = 6;

    /// Whether one person may be called both ways.
    pub(crate) fn agrees(self, other: Honor) -> bool {
        let pair = |one: Honor, two: Honor| self == one && other == two || self == two && other == one;
        let either = self == Honor::None || other == Honor::None || self == other;
        either
            || pair(Honor::Ms, Honor::Madam)
            || pair(Honor::Ms, Honor::Miss)
            || pair(Honor::Ms, Honor::Rank)
            || pair(Honor::Sir, Honor::Rank)
    }
}

/// One name as it stands.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Name {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// How many bytes before it its first title begins.
    title_bytes: u16,
    pub(crate) titles: u8,
    pub(crate) count: u8,
    pub(crate) honor: Honor,
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
pub(crate) struct Form {
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
    pub(crate) entity: u32,
    /// The words of one of them.
    pub(crate) words: u32,
}

impl Form {
    const UNUSED: Form = Form {
        first: u32::MAX,
        count: 0,
        articles: 0,
        places: 0,
        titled: false,
        narrated: false,
        written: false,
        entity: u32::MAX,
        words: u32::MAX,
    };
}

/// Names and sentences of a text. Reused.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) words: Vec<NameWord>,
    pub(crate) list: Vec<Name>,
    pub(crate) forms: Vec<Form>,
    /// Where each sentence of narrative begins.
    pub(crate) sentences: Vec<u32>,
    /// Names that stand for another in brackets after it: form and form.
    pub(crate) aliases: Vec<(u32, u32)>,
    /// Where the words of titled names begin, by the start of the name.
    title_words: Vec<(u32, u32)>,
    /// The word of the nickname inside a form.
    nicks: Vec<(u32, u32)>,
    word_index: Index<Key>,
    form_index: Index<(u32, u32)>,
    /// Words that are part of a name for sure, by number.
    is_proper: Vec<bool>,
    /// The nickname in the run being read.
    nick: Option<u32>,
}

/// Hardly any text has more nicknames.
const MOST_NICKS: usize = 32;

/// Longer runs are cut.
const MOST_WORDS: usize = 12;

const FUNCTION: Class = Class::DET
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
    after: usize,
    possessive: bool,
}

/// What is known before a run is read.
#[derive(Clone, Copy)]
struct Place {
    /// Nothing before this belongs to the run.
    floor: usize,
    end: usize,
    initial: bool,
    headline: bool,
}

impl Names {
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.list.clear();
        self.forms.clear();
        self.sentences.clear();
        self.aliases.clear();
        self.nicks.clear();
        self.title_words.clear();
        self.word_index.clear();
        self.form_index.clear();
        for _ in 0..Honor::COUNT {
            self.push_form();
        }
    }

    fn push_form(&mut self) -> u32 {
        push(&mut self.forms, Form::UNUSED);
        self.forms.len() as u32 - 1
    }

    /// Finds every name.
    pub(crate) fn read(&mut self, ground: &Ground<'_>) {
        self.clear();
        let bytes = ground.text.as_bytes();
        let mut next_string = 0;
        let mut quoted_to = 0;
        for paragraph in ground.paragraphs {
            self.sentences.push(paragraph.start as u32);
            let headline = is_headline(&ground.text[*paragraph]);
            let mut at = paragraph.start;
            while let Some(capital) = next_capital(bytes, at, paragraph.end) {
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
        self.settle();
        self.count();
        self.peel(ground.text);
        self.count();
    }

    /// Reads the run of capitalised words that begins at `at`; gives back where to go on.
    fn read_run(&mut self, ground: &Ground<'_>, at: usize, place: Place, quoted: bool) -> usize {
        let text = ground.text;
        let first = self.words.len();
        self.nick = None;
        let Some(start) = joined_start(ground, at).map(|start| start.max(place.floor)) else {
            return word::end(text, at, place.end).max(at + 1);
        };
        self.read_particles_before(ground, start, place.floor);
        let mut next = start;
        let mut possessive = false;
        let particles = self.words.len();
        let mut stopped = at + 1;
        while self.words.len() - first < MOST_WORDS {
            let alone = self.words.len() == particles;
            let mut read = self.read_word(ground, next, place.end);
            // al-Serraj begins with no capital but is one.
            read.word.class |= Class::CAP;
            if alone {
                stopped = stopped.max(read.after);
            }
            let follows = !read.possessive && follows_capital(text, read.after, place.end);
            let place = Place { initial: place.initial && alone, ..place };
            if !is_nameable(&read.word, place, follows) {
                if alone {
                    self.words.truncate(first);
                    return stopped;
                }
                break;
            }
            stopped = read.after;
            possessive = read.possessive;
            push(&mut self.words, read.word);
            if possessive {
                break;
            }
            match self.join(ground, first, read.after, place) {
                Some(then) => next = then,
                None => break,
            }
        }
        self.push_name(ground, first, possessive, place, quoted);
        self.read_alias(ground, stopped, place);
        stopped
    }

    /// Where the run goes on after a word that ends at `after`: right behind a space, or behind the
    /// small words inside a name, which are added.
    fn join(&mut self, ground: &Ground<'_>, first: usize, after: usize, place: Place) -> Option<usize> {
        let bytes = ground.text.as_bytes();
        let end = place.end;
        if bytes.get(after) == Some(&b',') {
            return self.suffix_after_comma(ground, after, end);
        }
        let next = after_space(bytes, after, end)?;
        if begins_capital(ground.text, next, end) || begins_joined(ground, next, end) {
            return Some(next);
        }
        if bytes[next] == b'&' {
            let behind = after_space(bytes, next + 1, end)?;
            return begins_capital(ground.text, behind, end).then_some(behind);
        }
        if let Some((nick, behind)) = after_nickname(ground.text, next, end).filter(|_| self.words.len() - first <= 4) {
            self.nick = Some(self.word_id(Key::folded(&ground.text[nick])));
            return Some(behind);
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
            push(&mut self.words, small);
            if begins_capital(ground.text, behind, end) {
                let coordinated = self.words[kept..].iter().any(|word| word.class.has(Class::AND));
                let read = self.read_word(ground, behind, end);
                let next = read.word;
                // Lim and Roe are two, the Trade and Customs Office is one.
                let behind_next = after_space(bytes, read.after, end).filter(|_| coordinated);
                let last = behind_next.map(|at| self.read_word(ground, at, end).word);
                let one = last.is_some_and(|word| ground.terms.is_body(ground.lexicon, word.entry));
                let fits = !coordinated || next.class.has(Class::KNOWN) && !next.class.has(Class::FIRST) && one;
                if fits && is_nameable(&next, Place { initial: false, ..place }, true) {
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

    /// The particles in lower case before a surname: said *van der* Berg.
    fn read_particles_before(&mut self, ground: &Ground<'_>, start: usize, floor: usize) {
        const MOST: usize = 3;
        let mut starts = [0; MOST];
        let mut count = 0;
        let mut at = start;
        while let Some(before) = word_before(ground.text, at).filter(|_| count < MOST) {
            let class = ground.class(before);
            let small = ground.text.as_bytes()[before.start].is_ascii_lowercase();
            if before.start < floor || !small || !class.has(Class::PARTICLE) || class.has(FUNCTION) || before.len() < 2
            {
                break;
            }
            starts[count] = before.start;
            count += 1;
            at = before.start;
        }
        for &at in starts[..count].iter().rev() {
            let read = self.read_word(ground, at, start);
            push(&mut self.words, read.word);
        }
    }

    fn read_word(&mut self, ground: &Ground<'_>, at: usize, end: usize) -> Read {
        let bytes = ground.text.as_bytes();
        let Run { key, len, shape } = Run::read(bytes, at);
        let stop = at + len;
        let next = bytes.get(stop).filter(|_| stop < end).copied().unwrap_or(b' ');
        let plain = len > 0 && len < Key::LONGEST && stop <= end && !word::may_go_on(bytes[stop - 1], next);
        if plain {
            let (entry, class) = ground.lexicon.look_up_key(key);
            let id = self.word_id(key);
            let word = NameWord { start: at as u32, end: stop as u32, id, entry, class: class | shape };
            return Read { word, after: stop, possessive: false };
        }
        self.read_long_word(ground, at, end)
    }

    /// A word with marks or letters beyond ASCII in it, or with a stop or ending after it.
    fn read_long_word(&mut self, ground: &Ground<'_>, at: usize, end: usize) -> Read {
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
        let id = self.word_id(Key::folded(surname.map_or(stem, |(_, name)| name)));
        let word = NameWord { start: at as u32, end: (at + stem.len()) as u32, id, entry, class: class | shape };
        let word = NameWord { end: if shape.has(Class::ABBREVIATION) { after as u32 } else { word.end }, ..word };
        Read { word, after, possessive }
    }

    fn word_id(&mut self, key: Key) -> u32 {
        let next = self.word_index.len() as u32;
        self.word_index.get_or_insert(key, next)
    }

    /// Parts the run into titles and name, and notes it; a run that is all title is no name.
    fn push_name(&mut self, ground: &Ground<'_>, first: usize, possessive: bool, place: Place, quoted: bool) {
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
        let Some(last) = words.last() else { return };
        let titles = titles_of(words);
        let proper = &words[titles..];
        let common = proper.len() == 1 && titles == 0 && proper[0].class.has(Class::KNOWN);
        let tentative = place.initial && common && !proper[0].class.has(Class::FIRST | Class::TITLE | Class::SUFFIX);
        if proper.is_empty() || proper[0].class.has(Class::SUFFIX) && proper.len() == 1 {
            self.words.truncate(first);
            return;
        }
        let honor = words[..titles].iter().rev().map(|word| ground.terms.honor(ground.lexicon, word.entry));
        let honor = honor.into_iter().find(|honor| *honor != Honor::None);
        let rank = words[..titles].iter().any(|word| word.class.has(Class::TITLE));
        let honor = honor.unwrap_or(if rank { Honor::Rank } else { Honor::None });
        let upper = proper.iter().all(|word| word.class.has(Class::UPPER));
        let shouted = upper && proper.len() > 1 && proper.iter().any(|word| word.end - word.start > 3);
        let mut flags = context(ground, words[0].start as usize, place.initial);
        for (flag, on) in [
            (Name::QUOTED, quoted),
            (Name::POSSESSIVE, possessive),
            (Name::TITLED, titles > 0),
            (Name::HEADLINE, place.headline),
            (Name::SHOUTED, shouted),
            (Name::TENTATIVE, tentative),
        ] {
            flags |= if on { flag } else { 0 };
        }
        let name = Name {
            start: proper[0].start,
            end: last.end,
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

    /// Keeps a common word at the beginning of a sentence only if it is part of a name elsewhere; then
    /// counts how each form is used.
    fn settle(&mut self) {
        self.is_proper.clear();
        self.is_proper.resize(self.word_index.len(), false);
        for name in self.list.iter().filter(|name| !name.has(Name::TENTATIVE | Name::HEADLINE)) {
            let from = self.forms[name.form as usize].words as usize;
            for word in &self.words[from..from + usize::from(name.count)] {
                self.is_proper[word.id as usize] = true;
            }
        }
        let Names { list, words, forms, is_proper, .. } = self;
        list.retain(|name| {
            !name.has(Name::TENTATIVE) || is_proper[words[forms[name.form as usize].words as usize].id as usize]
        });
    }

    /// Counts how the forms are used.
    fn count(&mut self) {
        self.forms.iter_mut().for_each(|form| *form = Form { words: form.words, ..Form::UNUSED });
        for (at, name) in self.list.iter().enumerate() {
            let known = &mut self.forms[name.form as usize];
            if known.first == u32::MAX || !known.written && !name.has(Name::SHOUTED) {
                known.first = at as u32;
            }
            known.count += 1;
            known.articles += u32::from(name.has(Name::ARTICLE));
            known.places += u32::from(name.has(Name::LOCATIVE));
            known.titled |= name.has(Name::TITLED);
            known.narrated |= !name.has(Name::QUOTED);
            known.written |= !name.has(Name::SHOUTED);
        }
    }

    /// Forms are the nodes of a tree of words. A surname alone is told apart by its form of address,
    /// and so is a woman called by her husband’s names.
    fn form_of(&mut self, name: &Name, from: usize) -> u32 {
        let count = usize::from(name.count);
        let husbands = name.honor == Honor::Madam && self.words[from].class.has(Class::MALE);
        let mut node = if count == 1 || husbands { name.honor as u32 } else { Honor::None as u32 };
        for at in from..from + count {
            let next = self.forms.len() as u32;
            let found = self.form_index.get_or_insert((node, self.words[at].id), next);
            if found == next {
                self.push_form();
            }
            node = found;
        }
        node
    }

    /// Takes common words off the front of names that are known without them: *So Lim*, *Dear Ana*.
    fn peel(&mut self, text: &str) {
        for at in 0..self.list.len() {
            let mut name = self.list[at];
            while name.count > 1 {
                let from = self.forms[name.form as usize].words as usize;
                let first = self.words[from];
                let rest = &self.words[from + 1..from + usize::from(name.count)];
                let adverb = first.end - first.start > 4
                    && !first.class.has(Class::KNOWN | Class::FIRST)
                    && text[first.start as usize..first.end as usize].ends_with("ly");
                let common =
                    adverb || first.class.has(Class::KNOWN) && !first.class.has(Class::FIRST | Class::PARTICLE);
                let loose = common || name.has(Name::QUOTED) && !first.class.has(Class::FIRST);
                let proper = rest.iter().any(|word| !word.class.has(Class::KNOWN) || word.class.has(Class::FIRST));
                let form = rest.iter().try_fold(Honor::None as u32, |node, word| self.form_index.get((node, word.id)));
                let known = form.filter(|&form| {
                    let (whole, rest) = (self.forms[name.form as usize], self.forms[form as usize]);
                    let times = if common { 1 } else { 8 };
                    rest.count > whole.count * times
                });
                let Some(form) = known.filter(|_| loose && proper) else { break };
                self.forms[name.form as usize].count -= 1;
                let known = &mut self.forms[form as usize];
                known.count += 1;
                let tail = &text[name.start as usize + (first.end - first.start) as usize..name.end as usize];
                let gap = tail.find(|letter: char| !letter.is_whitespace() && letter != '.').unwrap_or(0);
                name.start = name.end - (tail.len() - gap) as u32;
                name.title_bytes = 0;
                name.titles = 0;
                name.count -= 1;
                name.form = form;
                name.flags &= !(Name::TITLED | Name::INITIAL);
                self.list[at] = name;
            }
        }
    }

    /// The form of these words, if there is one.
    pub(crate) fn find_form(&self, words: &str) -> Option<u32> {
        let mut node = Honor::None as u32;
        for word in words.split_whitespace() {
            let id = self.word_index.get(Key::folded(word))?;
            node = self.form_index.get((node, id))?;
        }
        Some(node).filter(|&node| self.forms[node as usize].count > 0)
    }

    /// Whether a surname is written with such a form of address.
    pub(crate) fn has_form(&self, word: u32, honor: Honor) -> bool {
        let form = self.form_index.get((honor as u32, word));
        form.is_some_and(|form| self.forms[form as usize].count > 0)
    }

    /// An acronym in brackets stands for the name before.
    fn read_alias(&mut self, ground: &Ground<'_>, after: usize, place: Place) {
        let bytes = ground.text.as_bytes();
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
        let form = self.form_index.get_or_insert((Honor::None as u32, read.word.id), next);
        if form == next {
            self.push_form();
        }
        self.aliases.push((name.form, form));
    }

    /// The words of a name without its titles.
    pub(crate) fn proper(&self, name: &Name) -> &[NameWord] {
        let from = self.forms[name.form as usize].words as usize;
        &self.words[from..from + usize::from(name.count)]
    }

    /// Its titles.
    pub(crate) fn titles(&self, name: &Name) -> &[NameWord] {
        let found = self.title_words.binary_search_by_key(&name.start, |(start, _)| *start);
        let from = found.ok().filter(|_| name.titles > 0).map(|at| self.title_words[at].1 as usize);
        from.map_or(&[], |from| &self.words[from..from + usize::from(name.titles)])
    }

    /// The word of the nickname in a form.
    pub(crate) fn nick(&self, form: u32) -> Option<u32> {
        self.nicks.iter().take(MOST_NICKS).find(|(known, _)| *known == form).map(|(_, nick)| *nick)
    }

    /// How many different words names are made of.
    pub(crate) fn word_count(&self) -> usize {
        self.word_index.len()
    }

    /// The sentence a place lies in.
    pub(crate) fn sentence_at(&self, at: usize) -> u32 {
        self.sentences.partition_point(|&start| start as usize <= at) as u32
    }

    /// The first name that begins at `at` or later.
    pub(crate) fn from(&self, at: usize) -> usize {
        self.list.partition_point(|name| (name.start as usize) < at)
    }
}

/// Adds to a list that grows by half: the lists of a long text are most of the memory it takes.
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) {
    if list.len() == list.capacity() {
        list.reserve_exact(list.len() / 2 + 32);
    }
    list.push(item);
}

/// Whether a word may be part of a name. `follows`: a word with a capital comes next.
fn is_nameable(word: &NameWord, place: Place, follows: bool) -> bool {
    let class = word.class;
    if !class.has(Class::CAP) || word.end - word.start == 1 && class.without(Class::ABBREVIATION).has(Class::PRONOUN) {
        return false;
    }
    if !class.has(Class::KNOWN) {
        return true;
    }
    if class.has(Class::TIME) {
        return class.has(Class::FIRST) && follows;
    }
    if class.has(FUNCTION) {
        let acronym = class.has(Class::UPPER) && !place.headline && word.end - word.start <= 3;
        let given = class.has(Class::FIRST) && class.has(Class::MODAL);
        let number = class.has(Class::NUMBER) && !place.initial;
        return acronym || number || given && follows || class.has(Class::TITLE | Class::SUFFIX);
    }
    if class.has(Class::FIRST | Class::TITLE | Class::PARTICLE | Class::SUFFIX) {
        return true;
    }
    if place.headline {
        return class.has(Class::ROLE | Class::GROUP) && follows;
    }
    true
}

/// How many words of a run are titles: up to the last title or role with a name behind it.
fn titles_of(words: &[NameWord]) -> usize {
    let is_title = |word: &NameWord| {
        let class = word.class;
        class.has(Class::TITLE | Class::ROLE) && (class.has(Class::ABBREVIATION) || !class.has(Class::FIRST))
    };
    let count = words.len();
    let Some(last) = words.iter().rposition(is_title) else { return 0 };
    if last + 1 < count {
        let behind = &words[last + 1..];
        if behind[0].class.has(Class::CAP) {
            // A body, not a person: General Assembly.
            let body = behind.iter().all(|word| word.class.has(Class::KNOWN) && !word.class.has(Class::FIRST));
            let body = behind.last().is_some_and(|word| word.class.has(Class::GROUP) && (body || behind.len() > 2));
            return if body { 0 } else { last + 1 };
        }
        // Secretary of State Ana Lim
        let person = behind.iter().position(|word| {
            word.class.has(Class::CAP) && (word.class.has(Class::FIRST) || !word.class.has(Class::KNOWN))
        });
        return match person {
            Some(at) if behind[..at].iter().any(|word| word.class.has(Class::CAP)) => last + 1 + at,
            _ => count,
        };
    }
    // Stephen King is a name, Prime Minister is none, the Mock Turtle is one.
    let given = words[..last].iter().any(|word| word.class.has(Class::FIRST) && !word.class.has(Class::TITLE));
    let lesser = words[..last].iter().rposition(is_title).map_or(0, |at| at + 1);
    if given && lesser < last { lesser } else { count }
}

/// What stands before a name.
fn context(ground: &Ground<'_>, start: usize, initial: bool) -> u16 {
    if initial {
        return Name::INITIAL;
    }
    let Some(before) = word_before(ground.text, start) else { return 0 };
    let (entry, class) = ground.look_up(before);
    if class.has(Class::DET) {
        let earlier = word_before(ground.text, before.start).map(|word| ground.class(word));
        let object = earlier.is_some_and(|class| class.has(Class::PREP | Class::VERBAL | Class::TO));
        return Name::ARTICLE | if object { Name::OBJECT } else { 0 };
    }
    if ground.terms.is_locative(ground.lexicon, entry) {
        return Name::LOCATIVE | Name::OBJECT;
    }
    let object = class.has(Class::PREP | Class::TO) || class.has(Class::VERBAL) && !class.has(Class::NOUN);
    if object { Name::OBJECT } else { 0 }
}

/// Whether a short paragraph is mostly words with a capital.
fn is_headline(paragraph: &str) -> bool {
    const LONGEST: usize = 200;
    const LONG_WORD: usize = 4;
    const LEAST: usize = 4;
    if paragraph.len() > LONGEST {
        return false;
    }
    let (mut all, mut capitals, mut len, mut capital) = (0, 0, 0, false);
    for byte in paragraph.bytes().chain([b' ']) {
        match byte {
            b' ' | b'\n' | b'\r' | b'\t' => {
                if len >= LONG_WORD {
                    all += 1;
                    capitals += usize::from(capital);
                }
                len = 0;
            }
            _ if len > 0 => len += 1,
            b'"' | b'\'' | b'(' | 0x80..=0xBF | 0xE2 => {}
            _ => {
                capital = byte.is_ascii_uppercase() || byte >= 0xC0;
                len = 1;
            }
        }
    }
    all >= LEAST && capitals * 5 >= all * 4
}

/// The next byte that may begin a capital letter.
#[inline]
fn next_capital(bytes: &[u8], mut at: usize, end: usize) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    while let Some(chunk) = bytes.get(at..end).and_then(|rest| rest.first_chunk::<8>()) {
        let eight = u64::from_le_bytes(*chunk);
        let low = eight & !HIGH;
        let from_a = low + u64::from(0x80 - b'A') * ONES;
        let after_z = low + u64::from(0x80 - b'Z' - 1) * ONES;
        let ascii = from_a & !after_z & !eight;
        // The first byte of two that make a letter.
        let other = eight & (eight << 1) & !(eight << 2);
        let found = (ascii | other) & HIGH;
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    (at..end).find(|&at| bytes[at].is_ascii_uppercase() || matches!(bytes[at], 0xC0..=0xDF))
}

/// Whether a capital at `at` is a letter with none before it.
fn starts_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
    if before.is_ascii_alphanumeric() {
        return false;
    }
    if bytes[at] >= 0x80 && !(text.is_char_boundary(at) && text[at..].starts_with(char::is_uppercase)) {
        return false;
    }
    before < 0x80 || !text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
}

fn is_mark(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›')
}

/// Whether a sentence begins at `at`.
fn is_initial(text: &str, paragraph: usize, at: usize) -> bool {
    let before = text[paragraph..at].trim_end_matches(|letter: char| {
        letter.is_whitespace() || is_mark(letter) || matches!(letter, '(' | '[' | '*' | '_')
    });
    match before.as_bytes().last() {
        None | Some(b'!' | b'?') => true,
        Some(b'.') => {
            let word = before[..before.len() - 1].rsplit(|letter: char| !letter.is_alphanumeric()).next();
            before.len() != at - paragraph && word.is_some_and(|word| word.len() > 1) || before.ends_with("..")
        }
        // A quotation begins after a mark: *said: “We …*
        Some(b':' | b',') => text[paragraph + before.len()..at].contains(is_mark),
        Some(_) => before.ends_with('…') || before.is_empty(),
    }
}

/// A particle joined to a capital: al-Serraj.
fn begins_joined(ground: &Ground<'_>, at: usize, end: usize) -> bool {
    let bytes = &ground.text.as_bytes()[at..end];
    let letters = bytes.iter().take(6).take_while(|byte| byte.is_ascii_lowercase()).count();
    let mark = bytes.get(letters).is_some_and(|&byte| byte == b'-' || byte == b'\'');
    mark && bytes.get(letters + 1).is_some_and(u8::is_ascii_uppercase)
        && (letters == 1 || ground.lexicon.look_up(&ground.text[at..at + letters]).1.has(Class::PARTICLE))
}

fn begins_capital(text: &str, at: usize, end: usize) -> bool {
    at < end
        && (text.as_bytes()[at].is_ascii_uppercase()
            || text.as_bytes()[at] >= 0x80 && text[at..].starts_with(char::is_uppercase))
}

/// The place behind one space, or behind a line break with more text after it.
fn after_space(bytes: &[u8], at: usize, end: usize) -> Option<usize> {
    let mut next = at;
    let mut broken = false;
    while next < end && matches!(bytes[next], b' ' | b'\n' | b'\r' | b'\t') && next < at + 4 {
        broken |= bytes[next] == b'\n';
        next += 1;
    }
    (next > at && next < end && (broken || next == at + 1)).then_some(next)
}

fn follows_capital(text: &str, after: usize, end: usize) -> bool {
    after_space(text.as_bytes(), after, end).is_some_and(|next| begins_capital(text, next, end))
}

/// Behind a nickname in marks with a capital after it: Robert “Bobby” Roe.
fn after_nickname(text: &str, at: usize, end: usize) -> Option<(Span, usize)> {
    const LONGEST: usize = 24;
    let rest = &text[at..end];
    let close = match rest.chars().next()? {
        '“' => '”',
        '„' => '“',
        '«' => '»',
        '"' => '"',
        '‘' => '’',
        '\'' => '\'',
        '(' => ')',
        _ => return None,
    };
    let open = rest.chars().next()?.len_utf8();
    let stop = rest[open..].char_indices().take(LONGEST).find(|(_, letter)| *letter == close)?.0 + open;
    let nick = &rest[open..stop];
    let plain =
        nick.starts_with(char::is_uppercase) && nick.chars().all(|letter| letter.is_alphanumeric() || letter == ' ');
    let behind = after_space(text.as_bytes(), at + stop + close.len_utf8(), end)?;
    (plain && close != ')' && begins_capital(text, behind, end)).then_some((Span::new(at + open, at + stop), behind))
}

/// Where the word whose capital is at `at` begins; `None` if it is not a name: anti-Lim.
fn joined_start(ground: &Ground<'_>, at: usize) -> Option<usize> {
    let text = ground.text;
    let mark = text[..at].chars().next_back().filter(|mark| matches!(mark, '-' | '\'' | '’' | '‑'));
    let Some(mark) = mark else { return Some(at) };
    let stem_end = at - mark.len_utf8();
    let letters =
        text.as_bytes()[..stem_end].iter().rev().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let stem = &text[stem_end - letters..stem_end];
    match (mark, stem) {
        (_, "") => Some(at),
        ('\'' | '’', "d" | "l" | "al" | "o") => Some(stem_end - letters),
        ('-' | '‑', stem) if ground.lexicon.look_up(stem).1.has(Class::PARTICLE) => Some(stem_end - letters),
        _ => None,
    }
}

/// The word one space before `at`.
pub(crate) fn word_before(text: &str, at: usize) -> Option<Span> {
    let end = at.checked_sub(1).filter(|&end| matches!(text.as_bytes()[end], b' ' | b'\n'))?;
    word_ending(text, end)
}

/// The word that ends at `end`.
pub(crate) fn word_ending(text: &str, end: usize) -> Option<Span> {
    const LONGEST: usize = 32;
    let bytes = &text.as_bytes()[..end];
    let letters = bytes
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'\'') || **byte >= 0x80);
    let start = end - letters.count();
    let start = (start..end).find(|&start| text.is_char_boundary(start))?;
    let word = text[start..end].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let start = end - word.len();
    word.ends_with(char::is_alphanumeric).then(|| Span::new(start, end))
}
