//! Names → entities: which forms name the same one.

mod assign;
mod full;
mod short;

use super::decision::NOBODY;
use super::kinds::gender_in;
use super::link::NameLink;
use super::listen::SpeakerListener;
use super::names::{Honorific, Names, push};
use super::{Mentioned, TextContext};
use crate::quote::{Gender, SpeakerKind};
use crate::span::Span;
use crate::token::TagSet;

/// Somebody or something that can speak.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entity {
    /// The fullest name.
    place: Mentioned,
    pub(crate) kind: SpeakerKind,
    pub(crate) gender: Option<Gender>,
    /// How many words the fullest name has.
    count: u8,
    /// The first and last words of the name; initials and suffix by themselves.
    first: u32,
    last: u32,
    suffix: u32,
    nick: u32,
    pub(crate) honorific: Honorific,
    /// Where it is first named.
    pub(crate) since: u32,
    /// More likely a place or thing than somebody.
    pub(crate) thing: bool,
    /// Its number among the speakers.
    pub(crate) speaker: u32,
    /// Others with the same last, and with the same first word.
    next_last: u32,
    next_first: u32,
    /// The name with its titles, where one of its first names is written so.
    titled: u32,
    /// Some quotation is attributed to this name.
    pub(crate) quoted: bool,
    /// How often its fullest form is written, and whether it is written outside quotation marks.
    times: u32,
    narrated: bool,
    /// Its first word is a first name.
    given: bool,
    /// No word of it is a common word.
    proper: bool,
    /// She is called by her husband’s names: Mrs. Tom Roe.
    husbands: bool,
    /// It is never known by its last word alone: North Korea.
    whole: bool,
    /// The sentence it was named in last.
    seen: u32,
    /// The first and the last of its names.
    names: (u32, u32),
}

impl Entity {
    /// The fullest name.
    pub(crate) fn name(&self) -> Span {
        self.place.span()
    }

    /// Whether its name looks like a person’s.
    pub(crate) fn is_likely_person(&self) -> bool {
        let unknown = self.kind == SpeakerKind::Unknown;
        (self.kind == SpeakerKind::Person) | unknown & !self.thing & self.proper & (self.count > 1)
    }
}

/// Everybody in a text. Reused.
#[derive(Debug, Default)]
pub(crate) struct Entities {
    pub(crate) list: Vec<Entity>,
    /// By the number of a word, the newest entity with it as its last, and as its first word.
    by_word: Vec<[u32; 2]>,
    /// The entity of each name.
    pub(crate) of_name: Vec<u32>,
    /// For each name, the next of the same entity.
    next_name: Vec<u32>,
    /// Names whose entity was one of several.
    pub(crate) unsure: Vec<u32>,
    /// The forms of one word: those with a form of address, and those without.
    single: [Vec<u32>; 2],
    /// The text is mostly dialogue, and a novel.
    dialogue: bool,
    novel: bool,
}

/// Chains are followed so far.
const MOST_RIVALS: usize = 16;

const AMBIGUOUS: u32 = u32::MAX - 1;

impl Entities {
    /// Clusters the forms of all names, full names first.
    pub(crate) fn read(&mut self, context: &TextContext<'_>, names: &mut Names, listener: &mut impl SpeakerListener) {
        self.list.clear();
        self.by_word.clear();
        self.by_word.resize(names.word_count(), [NOBODY; 2]);
        self.of_name.clear();
        self.next_name.clear();
        self.unsure.clear();
        self.dialogue = context.dialogue;
        self.novel = context.novel;
        let [mut honored, mut plain] = std::mem::take(&mut self.single);
        honored.clear();
        plain.clear();
        for at in 0..names.forms.len() {
            let form = &names.forms[at];
            let Some(name) = names.list.get(form.first as usize) else { continue };
            match (name.count, name.honorific) {
                (1, Honorific::None) => plain.push(at as u32),
                (1, _) => honored.push(at as u32),
                _ => {
                    let (entity, link) = self.place_full(context, names, at as u32);
                    (names.forms[at].entity, names.forms[at].link) = (entity, link);
                }
            }
        }
        for at in 0..names.aliases.len() {
            let (form, alias) = names.aliases[at];
            names.forms[alias as usize].entity = names.forms[form as usize].entity;
            names.forms[alias as usize].link = NameLink::Alias;
        }
        for &at in honored.iter().chain(&plain) {
            if names.forms[at as usize].entity == NOBODY {
                let (entity, link) = self.place_single(context, names, at);
                let form = &mut names.forms[at as usize];
                (form.entity, form.link) = (entity, link);
            }
        }
        self.single = [honored, plain];
        self.assign(context, names, listener);
    }

    fn push(&mut self, mut made: Entity) -> u32 {
        let number = self.list.len() as u32;
        if let Some(newest) = self.by_word.get_mut(made.last as usize) {
            made.next_last = std::mem::replace(&mut newest[0], number);
        }
        if let Some(newest) = self.by_word.get_mut(made.first as usize) {
            made.next_first = std::mem::replace(&mut newest[1], number);
        }
        push(&mut self.list, made);
        number
    }

    /// The newest entity with a word as its last (0) or first (1).
    fn newest(&self, word: u32, side: usize) -> u32 {
        self.by_word.get(word as usize).map_or(NOBODY, |newest| newest[side])
    }

    /// An entity that is known by a description alone.
    pub(crate) fn push_described(&mut self, name: Span, kind: SpeakerKind, gender: Option<Gender>) -> u32 {
        push(
            &mut self.list,
            Entity {
                place: Mentioned::new(name),
                kind,
                gender,
                count: 0,
                first: NOBODY,
                last: NOBODY,
                suffix: NOBODY,
                nick: NOBODY,
                honorific: Honorific::None,
                since: name.start as u32,
                thing: false,
                speaker: NOBODY,
                next_last: NOBODY,
                next_first: NOBODY,
                titled: name.start as u32,
                quoted: true,
                times: 1,
                narrated: true,
                given: false,
                proper: true,
                husbands: false,
                whole: false,
                seen: 0,
                names: (NOBODY, NOBODY),
            },
        );
        self.list.len() as u32 - 1
    }

    /// Whoever has a role is a person, of the gender the role tells.
    pub(crate) fn note_role(&mut self, entity: u32, class: TagSet) {
        let Some(entity) = self.list.get_mut(entity as usize) else { return };
        if entity.kind == SpeakerKind::Unknown {
            entity.kind = SpeakerKind::Person;
        }
        entity.gender = entity.gender.or(gender_in(class));
    }

    /// The name to show: with its title if that is all that tells two of one surname apart. In a novel it is the form that is
    /// written most, as nobody there is introduced by a full name; elsewhere the fullest.
    pub(crate) fn shown_name(&self, names: &Names, number: u32, entity: &Entity) -> Span {
        let rivals = self.get(self.newest(entity.last, 0));
        let alone = rivals.is_none_or(|rival| rival.next_last == NOBODY);
        let lady = matches!(entity.honorific, Honorific::Madam | Honorific::Miss);
        if entity.count == 1 && (lady || entity.honorific != Honorific::None && !alone) || entity.husbands {
            return Span::new(entity.titled as usize, entity.name().end);
        }
        let most_written = self.most_written(names, number).filter(|_| self.novel && entity.count > 1);
        most_written.unwrap_or_else(|| entity.name())
    }

    /// The first name of the form that is written most of all forms of an entity; `None` if it has no name. A surname that
    /// is mostly written behind a form of address is shown with it.
    fn most_written(&self, names: &Names, entity: u32) -> Option<Span> {
        let times = |&at: &usize| names.forms[names.list[at].form as usize].count;
        let at = self.names_of(entity).max_by_key(|at| (times(at), std::cmp::Reverse(*at)))?;
        let name = &names.list[at];
        Some(if name.honorific == Honorific::None { name.span() } else { name.titled() })
    }

    /// The names of an entity, in the order of the text.
    pub(crate) fn names_of(&self, entity: u32) -> impl Iterator<Item = usize> {
        let first = self.get(entity).map(|entity| entity.names.0).filter(|&first| first != NOBODY);
        let next = |name: &u32| Some(self.next_name[*name as usize]).filter(|&next| next != NOBODY);
        std::iter::successors(first, next).map(|name| name as usize)
    }

    pub(crate) fn get(&self, entity: u32) -> Option<&Entity> {
        self.list.get(entity as usize)
    }
}
