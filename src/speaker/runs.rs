//! Runs of capitalised words, read from the bytes of a text into [`Names`].

use super::TextContext;
use super::before::{Before, Use, When};
use super::capitals::{
    Capitals, after_space, follows_capital, how_it_stands, is_headline, is_nameable, shouted_opening, titles_of,
};
use super::joins::ends_behind;
use super::name_words::{Read, read_long_word, read_word};
use super::names::{Honorific, Name, NameWord, Names, push};
use crate::quote::StringEntry;
use crate::span::Span;
use crate::token::TagSet;
use crate::word;

/// Longer runs are cut.
const MOST_WORDS: usize = 12;

pub(super) const FUNCTION: TagSet = TagSet::DET
    .union(TagSet::PRONOUN)
    .union(TagSet::OBJECT)
    .union(TagSet::POSSESSIVE)
    .union(TagSet::PREP)
    .union(TagSet::SUBORD)
    .union(TagSet::AND)
    .union(TagSet::WH)
    .union(TagSet::WHO)
    .union(TagSet::THAT)
    .union(TagSet::TO)
    .union(TagSet::ADVERB)
    .union(TagSet::BE)
    .union(TagSet::HAVE)
    .union(TagSet::MODAL)
    .union(TagSet::NOT)
    .union(TagSet::NUMBER);

/// What a run is made of.
struct Parts {
    /// How many of its words are titles.
    titles: usize,
    honorific: Honorific,
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

/// The quoted strings that are still to come.
struct Strings<'s> {
    list: &'s [StringEntry],
    /// Where the last of those before ends.
    quoted_to: usize,
}

impl Strings<'_> {
    /// Whether a place no earlier than any before is in a quoted string.
    #[inline]
    fn hold(&mut self, at: usize) -> bool {
        while let [next, rest @ ..] = self.list
            && next.outer.start <= at
        {
            self.quoted_to = self.quoted_to.max(next.outer.end);
            self.list = rest;
        }
        at < self.quoted_to
    }
}

impl Names {
    /// Finds every name.
    #[inline(never)]
    pub(crate) fn read(&mut self, context: &TextContext<'_>) {
        self.clear(context.lexicon.len());
        let bytes = context.text.as_bytes();
        let mut capitals = std::mem::take(&mut self.capitals);
        capitals.read(bytes);
        let mut strings = Strings { list: context.strings, quoted_to: 0 };
        for paragraph in context.paragraphs {
            self.sentences.push(paragraph.start as u32);
            let headline = is_headline(bytes, *paragraph, &capitals);
            self.read_paragraph(context, &capitals, &mut strings, *paragraph, headline);
        }
        self.capitals = capitals;
        self.settle();
        if self.peel(context.text, context.lexicon.spelling()) {
            self.count();
        }
    }

    fn read_paragraph(
        &mut self,
        context: &TextContext<'_>,
        capitals: &Capitals,
        strings: &mut Strings<'_>,
        paragraph: Span,
        headline: bool,
    ) {
        let end = paragraph.end;
        let mut at = paragraph.start + shouted_opening(context, paragraph);
        let mut sentence = at;
        while let Some(capital) = capitals.next(at, end) {
            let quoted = strings.hold(capital);
            let Some((initial, start)) = how_it_stands(context, paragraph.start, capital) else {
                at = capital + 1;
                continue;
            };
            if initial && !quoted && sentence < capital {
                push(&mut self.sentences, capital as u32);
                sentence = capital;
            }
            let Some(start) = start else {
                at = word::end(context.text, capital, end).max(capital + 1);
                continue;
            };
            let place = Place { floor: at, end, initial, headline };
            let mut read = match Read::plain(context, start.max(at), end) {
                Some(read) => read,
                None => read_long_word(context, start.max(at), end),
            };
            // al-Serraj begins with no capital but is one.
            read.word.class |= TagSet::CAP;
            at = match begins_name(context, read, place) {
                true => self.read_run(context, capital, &read, &place, quoted),
                false => (capital + 1).max(read.after as usize),
            };
        }
    }

    /// Reads the run of capitalised words whose first is `read` and has its capital at `at`; returns where to go on.
    #[inline(never)]
    fn read_run(&mut self, context: &TextContext<'_>, at: usize, read: &Read, place: &Place, quoted: bool) -> usize {
        let NameWord { start, class, .. } = read.word;
        let start = start as usize;
        let first = self.words.len();
        // Nothing that matters stands before the first word of a sentence.
        let before = if place.initial && start == at { Before::NOTHING } else { Before::read(context, start) };
        // On Sunday Lim left.
        let is_dated = || context.text[..start].trim_end().ends_with(|last: char| last.is_ascii_digit());
        if class.has(TagSet::TIME) && (before.word.has(Use::TELLS_WHEN) || is_dated()) {
            return (at + 1).max(read.after as usize);
        }
        let before = match before.word.has(Use::PARTICLE) {
            true => self.read_particles_before(context, before, start, place.floor),
            false => before,
        };
        let beside = match place.initial {
            true => Name::INITIAL | Name::APART.when(start == at && at > place.floor),
            false => before.flags(context),
        };
        let flags = beside | Name::QUOTED.when(quoted) | Name::HEADLINE.when(place.headline);
        let alone = read.possessive || ends_behind(context, read.after as usize, place.end);
        if alone && self.words.len() == first && !class.has(SPECIAL) {
            let tentative = place.initial && is_common(class) && !is_spoken_of(context, read, place.end);
            self.push_single(read, flags | Name::TENTATIVE.when(tentative));
            return read.after as usize;
        }
        self.read_on(context, first, read, flags, place)
    }

    /// Reads the rest of a run whose first word is read; returns where to go on.
    #[inline(never)]
    fn read_on(&mut self, context: &TextContext<'_>, first: usize, read: &Read, flags: u16, place: &Place) -> usize {
        self.nick = None;
        let (mut read, place) = (*read, *place);
        let (mut after, mut possessive);
        loop {
            (after, possessive) = (read.after as usize, read.possessive);
            self.keep(&read);
            if possessive {
                break;
            }
            let Some(behind) = self.join(context, first, after, place) else { break };
            if self.words.len() - first >= MOST_WORDS {
                break;
            }
            read = match Read::plain(context, behind, place.end) {
                Some(read) => read,
                None => read_long_word(context, behind, place.end),
            };
            read.word.class |= TagSet::CAP;
            if !goes_on(context, read, place) {
                break;
            }
        }
        self.push_name(context, first, flags | Name::POSSESSIVE.when(possessive), place);
        self.read_alias(context, after, place);
        after
    }

    /// Adds a word to the run.
    pub(super) fn keep(&mut self, read: &Read) {
        let id = self.word_id(read.key, read.entry);
        push(&mut self.words, NameWord { id, ..read.word });
    }

    /// Notes a name of one word that is no title.
    #[inline(always)]
    fn push_single(&mut self, read: &Read, flags: u16) {
        let id = self.word_id(read.key, read.entry);
        let form = self.child_or_push(Honorific::ALONE, id);
        let flags = flags | Name::POSSESSIVE.when(read.possessive);
        let known = &mut self.forms[form as usize];
        if known.words == u32::MAX {
            known.words = self.words.len() as u32;
            push(&mut self.words, NameWord { id, ..read.word });
        }
        if !known.sure && flags & (Name::TENTATIVE | Name::HEADLINE) == 0 {
            known.sure = true;
            self.roots[id as usize].proper = true;
        }
        let NameWord { start, end, .. } = read.word;
        let sentence = self.sentences.len() as u32;
        push(&mut self.list, Name { start, end, count: 1, flags, sentence, form, ..Name::default() });
    }

    /// Parts the run into titles and name, and notes it; a run that is all title is no name.
    fn push_name(&mut self, context: &TextContext<'_>, first: usize, flags: u16, place: Place) {
        let Some(Parts { titles, honorific, shouted }) = self.part(context, first) else {
            self.words.truncate(first);
            return;
        };
        let words = &self.words[first..];
        let (proper, end) = (&words[titles..], words[words.len() - 1].end);
        let tentative = place.initial && words.len() == 1 && is_common(proper[0].class);
        let flags =
            flags | Name::TITLED.when(titles > 0) | Name::SHOUTED.when(shouted) | Name::TENTATIVE.when(tentative);
        let name = Name {
            start: proper[0].start,
            end,
            title_bytes: (proper[0].start - words[0].start) as u16,
            titles: titles as u8,
            count: proper.len() as u8,
            honorific,
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
        let flags = flags | Name::LOOSE.when(name.count > 1 && !head.class.has(TagSet::FIRST));
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
    fn part(&mut self, context: &TextContext<'_>, first: usize) -> Option<Parts> {
        if is_plain(&self.words[first..]) {
            return Some(Parts { titles: 0, honorific: Honorific::None, shouted: false });
        }
        while self.words.len() > first && self.words.last().is_some_and(|word| !word.class.has(TagSet::CAP)) {
            self.words.pop();
        }
        let initial = |word: &NameWord| {
            word.end - word.start <= 2 && word.class.has(TagSet::ABBREVIATION) || word.end - word.start == 1
        };
        while self.words.len() > first + 1 && self.words.last().is_some_and(initial) {
            self.words.pop();
        }
        let words = &self.words[first..];
        let titles = titles_of(words);
        let (titled, proper) = words.split_at(titles);
        if proper.is_empty() || proper[0].class.has(TagSet::SUFFIX) && proper.len() == 1 {
            return None;
        }
        let honorific = titled.iter().rev().map(|word| context.terms.honorific(context.lexicon, word.entry));
        let honorific = honorific.into_iter().find(|honorific| *honorific != Honorific::None);
        let rank = titled.iter().any(|word| word.class.has(TagSet::TITLE));
        let honorific = honorific.unwrap_or(if rank { Honorific::Rank } else { Honorific::None });
        let upper = proper.iter().all(|word| word.class.has(TagSet::UPPER));
        let shouted = upper && proper.len() > 1 && proper.iter().any(|word| word.end - word.start > 3);
        Some(Parts { titles, honorific, shouted })
    }
}

/// Titles, and what hangs loose at the end of a name.
const SPECIAL: TagSet = TagSet::TITLE.union(TagSet::ROLE).union(TagSet::SUFFIX);

/// Whether no word of a run can be a title or hang loose at its end, as of most.
#[inline]
fn is_plain(words: &[NameWord]) -> bool {
    let [before @ .., last] = words else { return false };
    if before.is_empty() {
        return last.class.has(TagSet::CAP) && !last.class.has(SPECIAL);
    }
    let any = words.iter().fold(TagSet::NONE, |any, word| any | word.class);
    last.class.has(TagSet::CAP) && last.end - last.start > 2 && !any.has(SPECIAL | TagSet::UPPER)
}

/// Whether a name may begin with a word.
#[inline(always)]
fn begins_name(context: &TextContext<'_>, read: Read, place: Place) -> bool {
    tells_alone(context, read, place).unwrap_or_else(|| may_begin_name(context, read, place))
}

#[inline(never)]
fn may_begin_name(context: &TextContext<'_>, read: Read, place: Place) -> bool {
    // Said Lim: …
    let said =
        place.initial && read.word.class.has(TagSet::PAST) && context.terms.is_said(context.lexicon, read.word.entry);
    let follows = || !read.possessive && follows_capital(context.text, read.after as usize, place.end);
    let named = match context.terms.is_direction(context.lexicon, read.word.entry) {
        true => follows(),
        false => is_nameable(&read.word, place, follows),
    };
    named && !(said && follows())
}

/// Whether a name may go on with a word.
#[inline(always)]
fn goes_on(context: &TextContext<'_>, read: Read, place: Place) -> bool {
    tells_alone(context, read, place).unwrap_or_else(|| may_go_on(context, read, place))
}

#[inline(never)]
fn may_go_on(context: &TextContext<'_>, read: Read, place: Place) -> bool {
    let follows = || !read.possessive && follows_capital(context.text, read.after as usize, place.end);
    match context.terms.is_direction(context.lexicon, read.word.entry) {
        true => follows(),
        false => is_nameable(&read.word, Place { initial: false, ..place }, follows),
    }
}

/// Whether a word may be part of a name, where the word alone tells, as most do.
#[inline(always)]
fn tells_alone(context: &TextContext<'_>, read: Read, place: Place) -> Option<bool> {
    let NameWord { entry, class, .. } = read.word;
    let word = context.terms.use_of(entry);
    // One branch: half of all words are known.
    if !class.has(TagSet::KNOWN) | word.has(Use::NAMES) & !place.headline {
        return Some(true);
    }
    (word.has(Use::NAMES_NOTHING) && !class.has(TagSet::UPPER)).then_some(false)
}

/// Whether a word at the beginning of a sentence need be no name.
#[inline]
fn is_common(class: TagSet) -> bool {
    class.has(TagSet::KNOWN) && !class.has(TagSet::FIRST | TagSet::TITLE | TagSet::SUFFIX)
}

/// Whether a common word without an article is what speaks, as only a name can: *Trump said*. Groups, roles, and what may
/// be a plural can too: *police said*, *management said*.
#[inline(never)]
fn is_spoken_of(context: &TextContext<'_>, read: &Read, end: usize) -> bool {
    let other = FUNCTION | TagSet::GROUP | TagSet::ROLE | TagSet::PLURAL | TagSet::TIME | TagSet::ADJ;
    let NameWord { entry, class, .. } = read.word;
    if read.possessive || class.has(other) || context.terms.is_said(context.lexicon, entry) {
        return false;
    }
    let Some(behind) = after_space(context.text.as_bytes(), read.after as usize, end) else { return false };
    context.terms.is_said(context.lexicon, read_word(context, behind, end).word.entry)
}
