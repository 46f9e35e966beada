//! Names of several words: which of them name the same one.

use super::{Entities, Entity, MOST_RIVALS, NOBODY};
use crate::marks::HYPHEN;
use crate::quote::SpeakerKind;
use crate::span::Span;
use crate::speaker::kinds::{gender_of, kind_of};
use crate::speaker::link::NameLink;
use crate::speaker::names::{Honorific, Name, NameForm, NameWord, Names, push};
use crate::speaker::{Mentioned, TextContext};
use crate::token::TagSet;

impl Entities {
    pub(super) fn place_full(&mut self, context: &TextContext<'_>, names: &Names, form: u32) -> (u32, NameLink) {
        let known = names.forms[form as usize];
        let name = names.list[known.first as usize];
        let words = names.proper(&name);
        let made = self.describe(context, names, &known, &name, words);
        let given = words[0].class.has(TagSet::FIRST) || name.has(Name::TITLED);
        if !known.written || !known.narrated && !given && made.kind != SpeakerKind::Organisation {
            // What somebody is called in speech need not be a name: Poor Ana.
            push(&mut self.list, made);
            return (self.list.len() as u32 - 1, NameLink::Own);
        }
        let mut rival = self.newest(made.last, 0);
        for _ in 0..MOST_RIVALS {
            let Some(other) = self.list.get(rival as usize) else { break };
            if let Some(link) = self.same(context, other, &made) {
                self.merge(rival, &made);
                return (rival, link);
            }
            rival = other.next_last;
        }
        (self.push(made), NameLink::Own)
    }

    pub(super) fn describe(
        &self,
        context: &TextContext<'_>,
        names: &Names,
        form: &NameForm,
        name: &Name,
        words: &[NameWord],
    ) -> Entity {
        let suffix = words.last().filter(|word| word.class.has(TagSet::SUFFIX) && words.len() > 1);
        let base = &words[..words.len() - usize::from(suffix.is_some())];
        let kind = kind_of(context, form, name, base);
        let gender = gender_of(names, name, base).filter(|_| kind == SpeakerKind::Person);
        let majority = |count: u32| count * 2 > form.count;
        Entity {
            place: match kind {
                SpeakerKind::Document => Mentioned::new(with_year(context.text, name.span())),
                _ => Mentioned { start: name.start, end: name.end },
            },
            kind,
            gender,
            count: name.count,
            first: base.first().map_or(NOBODY, |word| word.id),
            last: base.last().map_or(NOBODY, |word| word.id),
            suffix: suffix.map_or(NOBODY, |word| word.id),
            nick: names.nick(name.form).unwrap_or(NOBODY),
            honorific: name.honorific,
            since: name.start,
            thing: kind == SpeakerKind::Unknown && (majority(form.places) || majority(form.articles)),
            speaker: NOBODY,
            next_last: NOBODY,
            next_first: NOBODY,
            titled: name.titled().start as u32,
            quoted: false,
            times: form.count,
            narrated: form.narrated,
            given: base.first().is_some_and(|word| word.class.has(TagSet::FIRST)),
            proper: base.iter().all(|word| !word.class.has(TagSet::KNOWN) | word.class.has(TagSet::FIRST)),
            whole: words.len() > 1 && context.terms.is_direction(context.lexicon, words[0].entry),
            husbands: name.honorific == Honorific::Madam && name.count > 1 && words[0].class.has(TagSet::MALE),
            seen: 0,
            names: (NOBODY, NOBODY),
        }
    }

    /// Why two full names with one last word name the same person; `None` if they do not.
    fn same(&self, context: &TextContext<'_>, one: &Entity, other: &Entity) -> Option<NameLink> {
        let body = |entity: &Entity| matches!(entity.kind, SpeakerKind::Organisation | SpeakerKind::Document);
        if body(one) || body(other) || !one.honorific.agrees(other.honorific) || one.husbands != other.husbands {
            return None;
        }
        let suffix = one.suffix == other.suffix || one.suffix == NOBODY && other.suffix == NOBODY;
        let initial = |short: &Entity, long: &Entity| {
            let (short, long) = (&context.text[short.name()], &context.text[long.name()]);
            let letters: &[char] = &[' ', '.', HYPHEN];
            let first = short.split(letters).next().unwrap_or("");
            first.chars().count() == 1 && long.starts_with(first)
        };
        let nick = |one: &Entity, other: &Entity| one.nick != NOBODY && one.nick == other.first;
        // Aung San Suu Kyi is Suu Kyi.
        let ends = |short: &Entity, long: &Entity| {
            let (short, long) = (&context.text[short.name()], &context.text[long.name()]);
            let tail = long.len().checked_sub(short.len()).filter(|&at| at > 0 && long.is_char_boundary(at));
            tail.is_some_and(|at| long[at..].eq_ignore_ascii_case(short))
        };
        let either = |test: &dyn Fn(&Entity, &Entity) -> bool| test(one, other) || test(other, one);
        match () {
            () if !suffix => None,
            () if one.first == other.first => Some(NameLink::SameEnds),
            () if either(&ends) => Some(NameLink::End),
            () if either(&nick) => Some(NameLink::Nickname),
            () if either(&initial) => Some(NameLink::Initial),
            () => None,
        }
    }

    fn merge(&mut self, into: u32, made: &Entity) {
        let entity = &mut self.list[into as usize];
        let longer = entity.first == made.first && entity.last == made.last;
        if made.count > entity.count && (made.narrated || !entity.narrated || longer) {
            entity.place = made.place;
            entity.count = made.count;
        }
        if entity.kind == SpeakerKind::Unknown {
            entity.kind = made.kind;
        }
        entity.gender = entity.gender.or(made.gender);
        entity.since = entity.since.min(made.since);
        entity.times += made.times;
        entity.narrated |= made.narrated;
        entity.given |= made.given;
        if entity.nick == NOBODY {
            entity.nick = made.nick;
        }
        entity.thing &= made.thing;
    }
}

/// The name of a paper with the year before it: the 1951 Harbour Treaty.
fn with_year(text: &str, name: Span) -> Span {
    let digits = text[..name.start].strip_suffix(' ').and_then(|before| before.get(before.len().checked_sub(5)?..));
    let year = digits.and_then(|digits| digits.strip_prefix(' '));
    match year.filter(|year| year.bytes().all(|byte| byte.is_ascii_digit())) {
        Some(year) => Span::new(name.start - 1 - year.len(), name.end),
        None => name,
    }
}
