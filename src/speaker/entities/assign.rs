//! The entity of each name where it stands, and what the text around names tells of them.

use super::{AMBIGUOUS, Entities, MOST_RIVALS, NOBODY};
use crate::quote::{Gender, SpeakerKind};
use crate::speaker::TextContext;
use crate::speaker::kinds::pronoun_after;
use crate::speaker::link::NameLink;
use crate::speaker::listen::SpeakerListener;
use crate::speaker::names::{Name, Names};

/// A pronoun within so many bytes after an ambiguous name is that person’s.
const NEAR: usize = 16;

impl Entities {
    /// Gives each name its entity, in the order of the text.
    pub(super) fn assign(&mut self, context: &TextContext<'_>, names: &mut Names, listener: &mut impl SpeakerListener) {
        self.of_name.reserve_exact(names.list.len());
        self.next_name.reserve_exact(names.list.len());
        for (at, name) in names.list.iter().enumerate() {
            let mut form = names.forms[name.form as usize];
            if !context.dialogue
                && form.contested
                && name.count == 1
                && let Some(only) = self.only_seen(names.proper(name)[0].id)
            {
                form.entity = only;
                form.link = NameLink::OnlyNamedSoFar;
                names.forms[name.form as usize].entity = only;
            }
            let mut entity = form.entity;
            let known = self.get(entity).and_then(|entity| entity.gender);
            if entity == AMBIGUOUS || form.contested && !context.dialogue && known.is_some() {
                let next = names.list.get(at + 1).map_or(usize::MAX, |next| next.start as usize);
                let near = next.min(name.end as usize + NEAR);
                let told = pronoun_after(context, name.end as usize, near);
                let other = told.is_some() && told != known;
                if entity == AMBIGUOUS || other {
                    entity = self.choose(names, name, told);
                    form.link = if entity == NOBODY { NameLink::Ambiguous } else { NameLink::NamedLast };
                    self.unsure.push(at as u32);
                }
            }
            // A surname two may share introduces neither.
            let told = !form.contested || name.count > 1;
            if let Some(known) = self.list.get_mut(entity as usize) {
                if told || known.seen > 0 {
                    known.seen = name.sentence;
                }
                match self.next_name.get_mut(known.names.1 as usize) {
                    Some(next) => *next = at as u32,
                    None => known.names.0 = at as u32,
                }
                known.names.1 = at as u32;
            }
            listener.named(name.span(), entity, form.link);
            self.of_name.push(entity);
            self.next_name.push(NOBODY);
        }
    }

    /// The only one with such a first or last word that was named so far.
    fn only_seen(&self, word: u32) -> Option<u32> {
        let mut only = None;
        for side in [0, 1] {
            let mut rival = self.newest(word, side);
            for _ in 0..MOST_RIVALS {
                let Some(other) = self.list.get(rival as usize) else { break };
                if other.seen > 0 && other.count > 1 {
                    if only.is_some_and(|only| only != rival) {
                        return None;
                    }
                    only = Some(rival);
                }
                rival = if side == 0 { other.next_last } else { other.next_first };
            }
        }
        only
    }

    /// Of several people of one name: the only one of the gender that a pronoun tells, or the one named
    /// last; nobody if another was named about as lately.
    fn choose(&self, names: &Names, name: &Name, gender: Option<Gender>) -> u32 {
        const ABOUT: u32 = 3;
        let word = names.proper(name).first().map_or(NOBODY, |word| word.id);
        let mut best = (NOBODY, 0);
        let mut second = None;
        for side in [0, 1] {
            let mut rival = self.newest(word, side);
            for _ in 0..MOST_RIVALS {
                let Some(other) = self.list.get(rival as usize) else { break };
                let fits = gender.is_none() || other.gender == gender;
                if fits && other.seen > 0 && rival != best.0 {
                    if best.0 == NOBODY || other.seen > best.1 {
                        second = Some(best.1).filter(|_| best.0 != NOBODY);
                        best = (rival, other.seen);
                    } else {
                        second = second.max(Some(other.seen));
                    }
                }
                rival = if side == 0 { other.next_last } else { other.next_first };
            }
        }
        if second.is_some_and(|second| second + ABOUT >= best.1) { NOBODY } else { best.0 }
    }

    /// Pronouns right after a name tell the gender of whom nothing else tells it: Roe lost *his* hat.
    pub(crate) fn vote(&mut self, context: &TextContext<'_>, names: &Names) {
        const MOST_VOTES: usize = 60;
        for entity in 0..self.list.len() {
            let known = &self.list[entity];
            let person = known.is_likely_person() || known.quoted && known.kind == SpeakerKind::Unknown;
            if known.gender.is_some() || known.thing || !person {
                continue;
            }
            let (mut female, mut male) = (0, 0);
            let told = |&name: &usize| !names.list[name].has(Name::QUOTED | Name::HEADLINE);
            for at in self.names_of(entity as u32).filter(told).take(MOST_VOTES) {
                let next = names.list.get(at + 1).map_or(usize::MAX, |next| next.start as usize);
                match pronoun_after(context, names.list[at].end as usize, next) {
                    Some(Gender::Female) => female += 1,
                    Some(Gender::Male) => male += 1,
                    None => {}
                }
            }
            let clear = |many: u32, few: u32| many >= 2 && many > 3 * few;
            self.list[entity].gender = match (clear(female, male), clear(male, female)) {
                (true, _) => Some(Gender::Female),
                (_, true) => Some(Gender::Male),
                _ => None,
            };
        }
    }
}
