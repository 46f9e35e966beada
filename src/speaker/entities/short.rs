//! Names of one word: whom they are short for.

use super::{AMBIGUOUS, Entities, Entity, MOST_RIVALS, NOBODY};
use crate::quote::{Gender, SpeakerKind};
use crate::speaker::TextContext;
use crate::speaker::link::NameLink;
use crate::speaker::names::{Honorific, Name, NameForm, Names};
use crate::token::TagSet;

/// Shorter words in capitals may be initials.
const LONGEST_ACRONYM: u32 = 3;

/// Whom a name of one word may stand for.
struct Rivals {
    best: u32,
    count: usize,
    /// There are others, much less likely.
    contested: bool,
}

impl Entities {
    /// A name of one word: the only one whose last or first word it is, somebody else, or one of many.
    pub(super) fn place_single(&mut self, context: &TextContext<'_>, names: &mut Names, form: u32) -> (u32, NameLink) {
        let known = names.forms[form as usize];
        let name = names.list[known.first as usize];
        let words = names.proper(&name);
        let mut made = self.describe(context, names, &known, &name, words);
        // A surname may look like a first name.
        let told = name.honorific != Honorific::None || name.has(Name::TITLED);
        let given = made.gender;
        made.gender = given.filter(|_| told);
        // In a text about Tim Quill, QUILL is he, and no body known by its initials.
        let shouted = words[0].class.has(TagSet::UPPER) && words[0].end - words[0].start > LONGEST_ACRONYM;
        if shouted && self.get(self.newest(words[0].id, 0)).is_some_and(|known| known.is_likely_person()) {
            made.kind = SpeakerKind::Unknown;
        }
        let Rivals { best: only, count, contested } = self.rivals(&made, words[0].id, &name);
        let word = words[0].id;
        names.forms[form as usize].contested = contested;
        let lady = self
            .get(only)
            .is_some_and(|only| only.count == 1 && matches!(only.honorific, Honorific::Madam | Honorific::Miss));
        if made.honorific == Honorific::None
            && lady
            && let Some(sir) = self.only_sir(word, true)
        {
            return (sir, NameLink::Husband);
        }
        if made.honorific == Honorific::None && lady && context.dialogue {
            return (self.push(made), NameLink::Own);
        }
        if count == 1 && self.fits(context, names, &made, only, &known) {
            if name.has(Name::TITLED) && self.list[only as usize].kind == SpeakerKind::Unknown {
                self.list[only as usize].kind = SpeakerKind::Person;
            }
            let entity = &mut self.list[only as usize];
            entity.gender = entity.gender.or(made.gender);
            if entity.count == 1 && entity.honorific == Honorific::None {
                entity.honorific = made.honorific;
            }
            return (only, NameLink::OneWord);
        }
        if count > 1 && made.honorific == Honorific::None && made.kind != SpeakerKind::Organisation {
            if let Some(sir) = self.only_sir(word, false) {
                return (sir, NameLink::Husband);
            }
            return (AMBIGUOUS, NameLink::Ambiguous);
        }
        made.gender = given.filter(|_| made.kind == SpeakerKind::Person);
        (self.push(made), NameLink::Own)
    }

    /// Whether a name of one word can be that of a full one.
    fn fits(&self, context: &TextContext<'_>, names: &Names, made: &Entity, only: u32, form: &NameForm) -> bool {
        let entity = &self.list[only as usize];
        if form.places * 2 > form.count && entity.kind != SpeakerKind::Organisation {
            return false;
        }
        let earlier = made.since + 1 < entity.since;
        let full = entity.count > 1;
        match made.honorific {
            // A name a text is full of is whole without what is said once.
            Honorific::None if context.dialogue && full && earlier && form.count > entity.times * 30 => false,
            Honorific::None => {
                let titled = form.titled && earlier && full;
                !(titled && entity.gender == Some(Gender::Female) && made.gender.is_none())
            }
            // President Lim, named before his wife is.
            Honorific::Rank if full && earlier && entity.gender == Some(Gender::Female) && made.gender.is_none() => {
                false
            }
            // Miss Lim and Mrs. Lim are two: the full name is that of the younger.
            Honorific::Madam if names.has_form(made.last, Honorific::Miss) && full => false,
            // Whoever goes by this before a full name is given, and ever after, is another.
            _ => !(context.dialogue && full && earlier && (made.times > entity.times * 3 || !entity.narrated)),
        }
    }

    /// The entity a word may stand for, and how many there are: one that is named in full much more
    /// often than the others, or outside quotation marks alone, counts as the only one.
    fn rivals(&self, made: &Entity, word: u32, name: &Name) -> Rivals {
        const MUCH: u32 = 3;
        let mut best = (NOBODY, 0);
        let mut second = 0;
        let mut count = 0;
        for side in [0, 1] {
            let mut rival = self.newest(word, side);
            for _ in 0..MOST_RIVALS {
                let Some(other) = self.list.get(rival as usize) else { break };
                if rival != best.0 && self.may_stand(made, other, name, side == 1) {
                    let weight = if other.narrated { other.times * MUCH } else { 1 };
                    if weight > best.1 {
                        second = best.1;
                        best = (rival, weight);
                    } else {
                        second = second.max(weight);
                    }
                    count += 1;
                }
                rival = if side == 0 { other.next_last } else { other.next_first };
            }
        }
        let only = best.1 >= second * MUCH && count > 0;
        Rivals { best: best.0, count: if only { 1 } else { count }, contested: count > 1 }
    }

    /// Whether a name of one word may stand for another entity: its last word, or its first (`given`).
    fn may_stand(&self, made: &Entity, other: &Entity, name: &Name, given: bool) -> bool {
        match other.kind {
            _ if !given && other.whole => false,
            // Harbour Ana is none of Ana’s names.
            _ if !given && made.given && !other.given && !other.proper && other.count > 1 => false,
            SpeakerKind::Person => self.could_be(made, other, given),
            SpeakerKind::Unknown => {
                self.could_be(made, other, given) && (made.honorific == Honorific::None || !other.thing)
            }
            _ => name.has(Name::ARTICLE) && !given,
        }
    }

    /// Of Mr. Lim and Mrs. Lim, he is the one called Lim; `full`: Tom Lim too.
    fn only_sir(&self, word: u32, full: bool) -> Option<u32> {
        let mut sir = None;
        let mut rival = self.newest(word, 0);
        for _ in 0..MOST_RIVALS {
            let Some(other) = self.list.get(rival as usize) else { break };
            match other.honorific {
                Honorific::Madam | Honorific::Miss => {}
                _ if full && other.gender == Some(Gender::Female) => {}
                _ if other.count > 1 && !full => return None,
                Honorific::Sir | Honorific::Rank if sir.is_none() => sir = Some(rival),
                _ if full && sir.is_none() => sir = Some(rival),
                _ => return None,
            }
            rival = other.next_last;
        }
        sir
    }

    fn could_be(&self, made: &Entity, other: &Entity, given: bool) -> bool {
        let genders = made.gender.is_none() || other.gender.is_none() || made.gender == other.gender;
        let honors = made.honorific.agrees(other.honorific)
            || other.count > 1 && !given && made.honorific != Honorific::None && genders;
        let body = matches!(made.kind, SpeakerKind::Organisation | SpeakerKind::Group | SpeakerKind::Document);
        // In a novel, Colonel Roe is not Roe Quill; in the news, Mr. Ban is Ban Quill.
        let by_given = made.given || made.honorific == Honorific::None || !self.dialogue;
        let given = !given || other.count > 1 && by_given;
        genders && honors && !body && given
    }
}
