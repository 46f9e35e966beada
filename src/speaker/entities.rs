//! Names → entities: which forms name the same one.

use super::Ground;
use super::kinds::{gender_in, gender_of, kind_of, pronoun_after};
use super::names::{Form, Honor, Name, NameWord, Names, push};
use crate::quote::{Gender, SpeakerKind};
use crate::span::Span;
use crate::token::Class;

/// Nobody.
pub(crate) const NOBODY: u32 = u32::MAX;

/// Somebody or something that can speak.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entity {
    /// The fullest name.
    pub(crate) name: Span,
    pub(crate) kind: SpeakerKind,
    pub(crate) gender: Option<Gender>,
    /// How many words the fullest name has.
    count: u8,
    /// The first and last words of the name; initials and suffix by themselves.
    first: u32,
    last: u32,
    suffix: u32,
    nick: u32,
    pub(crate) honor: Honor,
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
    /// The sentence it was named in last.
    seen: u32,
}

impl Entity {
    /// Whether its name looks like a person’s.
    pub(crate) fn is_likely_person(&self) -> bool {
        self.kind == SpeakerKind::Person
            || self.kind == SpeakerKind::Unknown && !self.thing && self.proper && self.count > 1
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
    /// Names whose entity was one of several.
    pub(crate) unsure: Vec<u32>,
    /// How many pronouns after a name are a woman’s, a man’s, and how many names were looked at.
    votes: Vec<(u8, u8, u8)>,
    /// The text is mostly dialogue.
    dialogue: bool,
}

/// Whom a name of one word may stand for.
struct Rivals {
    best: u32,
    count: usize,
    /// There are others, much less likely.
    contested: bool,
}

/// Chains are followed so far.
const MOST_RIVALS: usize = 16;

/// A pronoun within so many bytes after an ambiguous name is that person’s.
const NEAR: usize = 16;

const AMBIGUOUS: u32 = u32::MAX - 1;

impl Entities {
    /// Clusters the forms of all names, full names first.
    pub(crate) fn read(&mut self, ground: &Ground<'_>, names: &mut Names) {
        self.list.clear();
        self.by_word.clear();
        self.by_word.resize(names.word_count(), [NOBODY; 2]);
        self.of_name.clear();
        self.unsure.clear();
        self.dialogue = ground.dialogue;
        let full = |names: &Names, form: &Form| form.count > 0 && names.list[form.first as usize].count > 1;
        for at in 0..names.forms.len() {
            if full(names, &names.forms[at]) {
                names.forms[at].entity = self.place_full(ground, names, at as u32);
            }
        }
        for at in 0..names.aliases.len() {
            let (form, alias) = names.aliases[at];
            names.forms[alias as usize].entity = names.forms[form as usize].entity;
        }
        for honor in [true, false] {
            for at in 0..names.forms.len() {
                let form = names.forms[at];
                if form.count == 0 || form.entity != NOBODY || full(names, &form) {
                    continue;
                }
                if (names.list[form.first as usize].honor != Honor::None) == honor {
                    names.forms[at].entity = self.place_single(ground, names, at as u32);
                }
            }
        }
        self.assign(ground, names);
    }

    /// Pronouns right after a name tell the gender of whom nothing else tells it: Roe lost *his* hat.
    pub(crate) fn vote(&mut self, ground: &Ground<'_>, names: &Names) {
        const MOST_VOTES: u8 = 60;
        self.votes.clear();
        self.votes.resize(self.list.len(), (0, 0, 0));
        for (at, name) in names.list.iter().enumerate() {
            let entity = self.of_name[at];
            let Some(known) = self.list.get(entity as usize) else { continue };
            let asked = known.gender.is_none() && !known.thing && !name.has(Name::QUOTED | Name::HEADLINE);
            let person = known.is_likely_person() || known.quoted && known.kind == SpeakerKind::Unknown;
            let votes = &mut self.votes[entity as usize];
            if !asked || !person || votes.2 >= MOST_VOTES {
                continue;
            }
            votes.2 += 1;
            let next = names.list.get(at + 1).map_or(usize::MAX, |next| next.start as usize);
            match pronoun_after(ground, name.end as usize, next) {
                Some(Gender::Female) => votes.0 += 1,
                Some(Gender::Male) => votes.1 += 1,
                None => {}
            }
        }
        for (entity, &(female, male, _)) in self.list.iter_mut().zip(&self.votes) {
            if female + male > 0 {
                let clear = |many: u8, few: u8| many >= 2 && u16::from(many) > 3 * u16::from(few);
                entity.gender = match entity.gender {
                    None if clear(female, male) => Some(Gender::Female),
                    None if clear(male, female) => Some(Gender::Male),
                    known => known,
                };
            }
        }
    }

    fn place_full(&mut self, ground: &Ground<'_>, names: &Names, form: u32) -> u32 {
        let known = names.forms[form as usize];
        let name = names.list[known.first as usize];
        let words = names.proper(&name);
        let made = self.describe(ground, names, &known, &name, words);
        let given = words[0].class.has(Class::FIRST) || name.has(Name::TITLED);
        if !known.written || !known.narrated && !given && made.kind != SpeakerKind::Organisation {
            // What somebody is called in speech need not be a name: Poor Ana.
            push(&mut self.list, made);
            return self.list.len() as u32 - 1;
        }
        let mut rival = self.newest(made.last, 0);
        for _ in 0..MOST_RIVALS {
            let Some(other) = self.list.get(rival as usize).copied() else { break };
            if self.same(ground, &other, &made) {
                self.merge(rival, &made);
                return rival;
            }
            rival = other.next_last;
        }
        self.push(made)
    }

    fn push(&mut self, made: Entity) -> u32 {
        let number = self.list.len() as u32;
        let next_last = self.newest(made.last, 0);
        let next_first = self.newest(made.first, 1);
        for (side, word) in [made.last, made.first].into_iter().enumerate() {
            if let Some(newest) = self.by_word.get_mut(word as usize) {
                newest[side] = number;
            }
        }
        push(&mut self.list, Entity { next_last, next_first, ..made });
        number
    }

    /// The newest entity with a word as its last (0) or first (1).
    fn newest(&self, word: u32, side: usize) -> u32 {
        self.by_word.get(word as usize).map_or(NOBODY, |newest| newest[side])
    }

    /// An entity that is known by a description alone.
    pub(crate) fn push_described(&mut self, name: Span, kind: SpeakerKind, gender: Option<Gender>) -> u32 {
        self.list.push(Entity {
            name,
            kind,
            gender,
            count: 0,
            first: NOBODY,
            last: NOBODY,
            suffix: NOBODY,
            nick: NOBODY,
            honor: Honor::None,
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
            seen: 0,
        });
        self.list.len() as u32 - 1
    }

    fn describe(&self, ground: &Ground<'_>, names: &Names, form: &Form, name: &Name, words: &[NameWord]) -> Entity {
        let suffix = words.last().filter(|word| word.class.has(Class::SUFFIX) && words.len() > 1);
        let base = &words[..words.len() - usize::from(suffix.is_some())];
        let kind = kind_of(ground, names, form, name, base);
        let gender = gender_of(names, name, base).filter(|_| kind == SpeakerKind::Person);
        let majority = |count: u32| count * 2 > form.count;
        Entity {
            name: name.span(),
            kind,
            gender,
            count: name.count,
            first: base.first().map_or(NOBODY, |word| word.id),
            last: base.last().map_or(NOBODY, |word| word.id),
            suffix: suffix.map_or(NOBODY, |word| word.id),
            nick: names.nick(name.form).unwrap_or(NOBODY),
            honor: name.honor,
            since: name.start,
            thing: kind == SpeakerKind::Unknown && (majority(form.places) || majority(form.articles)),
            speaker: NOBODY,
            next_last: NOBODY,
            next_first: NOBODY,
            titled: name.titled().start as u32,
            quoted: false,
            times: form.count,
            narrated: form.narrated,
            given: base.first().is_some_and(|word| word.class.has(Class::FIRST)),
            proper: base.iter().all(|word| !word.class.has(Class::KNOWN) || word.class.has(Class::FIRST)),
            husbands: name.honor == Honor::Madam && name.count > 1 && words[0].class.has(Class::MALE),
            seen: 0,
        }
    }

    /// Whether two full names with one last word name the same person.
    fn same(&self, ground: &Ground<'_>, one: &Entity, other: &Entity) -> bool {
        let body = |entity: &Entity| matches!(entity.kind, SpeakerKind::Organisation | SpeakerKind::Document);
        if body(one) || body(other) || !one.honor.agrees(other.honor) || one.husbands != other.husbands {
            return false;
        }
        let suffix = one.suffix == other.suffix || one.suffix == NOBODY && other.suffix == NOBODY;
        let initial = |short: &Entity, long: &Entity| {
            let (short, long) = (&ground.text[short.name], &ground.text[long.name]);
            let letters: &[char] = &[' ', '.', '-'];
            let first = short.split(letters).next().unwrap_or("");
            first.chars().count() == 1 && long.starts_with(first)
        };
        let nick = |one: &Entity, other: &Entity| one.nick != NOBODY && one.nick == other.first;
        // Aung San Suu Kyi is Suu Kyi.
        let ends = |short: &Entity, long: &Entity| {
            let (short, long) = (&ground.text[short.name], &ground.text[long.name]);
            let tail = long.len().checked_sub(short.len()).filter(|&at| at > 0 && long.is_char_boundary(at));
            tail.is_some_and(|at| long[at..].eq_ignore_ascii_case(short))
        };
        let part = ends(one, other) || ends(other, one) || nick(one, other) || nick(other, one);
        suffix && (one.first == other.first || part || initial(one, other) || initial(other, one))
    }

    fn merge(&mut self, into: u32, made: &Entity) {
        let entity = &mut self.list[into as usize];
        let longer = entity.first == made.first && entity.last == made.last;
        if made.count > entity.count && (made.narrated || !entity.narrated || longer) {
            entity.name = made.name;
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

    /// A name of one word: the only one whose last or first word it is, somebody else, or one of many.
    fn place_single(&mut self, ground: &Ground<'_>, names: &mut Names, form: u32) -> u32 {
        let known = names.forms[form as usize];
        let name = names.list[known.first as usize];
        let words = names.proper(&name);
        let made = self.describe(ground, names, &known, &name, words);
        // A surname may look like a first name.
        let told = name.honor != Honor::None || name.has(Name::TITLED);
        let made = Entity { gender: made.gender.filter(|_| told), ..made };
        let Rivals { best: only, count, contested } = self.rivals(&made, words[0].id, &name);
        let (given, word) = (gender_of(names, &name, words), words[0].id);
        names.forms[form as usize].contested = contested;
        let lady =
            self.get(only).is_some_and(|only| only.count == 1 && matches!(only.honor, Honor::Madam | Honor::Miss));
        if made.honor == Honor::None
            && lady
            && let Some(sir) = self.only_sir(word, true)
        {
            return sir;
        }
        if made.honor == Honor::None && lady && ground.dialogue {
            return self.push(made);
        }
        if count == 1 && self.fits(ground, names, &made, only, &known) {
            if name.has(Name::TITLED) && self.list[only as usize].kind == SpeakerKind::Unknown {
                self.list[only as usize].kind = SpeakerKind::Person;
            }
            let entity = &mut self.list[only as usize];
            entity.gender = entity.gender.or(made.gender);
            if entity.count == 1 && entity.honor == Honor::None {
                entity.honor = made.honor;
            }
            return only;
        }
        if count > 1 && made.honor == Honor::None && made.kind != SpeakerKind::Organisation {
            if let Some(sir) = self.only_sir(word, false) {
                return sir;
            }
            return AMBIGUOUS;
        }
        self.push(Entity { gender: given.filter(|_| made.kind == SpeakerKind::Person), ..made })
    }

    /// Whether a name of one word can be that of a full one.
    fn fits(&self, ground: &Ground<'_>, names: &Names, made: &Entity, only: u32, form: &Form) -> bool {
        let entity = &self.list[only as usize];
        if form.places * 2 > form.count && entity.kind != SpeakerKind::Organisation {
            return false;
        }
        let earlier = made.since + 1 < entity.since;
        let full = entity.count > 1;
        match made.honor {
            // A name a text is full of is whole without what is said once.
            Honor::None if ground.dialogue && full && earlier && form.count > entity.times * 30 => false,
            Honor::None => {
                let titled = form.titled && earlier && full;
                !(titled && entity.gender == Some(Gender::Female) && made.gender.is_none())
            }
            // President Lim, named before his wife is.
            Honor::Rank if full && earlier && entity.gender == Some(Gender::Female) && made.gender.is_none() => false,
            // Miss Lim and Mrs. Lim are two: the full name is that of the younger.
            Honor::Madam if names.has_form(made.last, Honor::Miss) && full => false,
            // Whoever goes by this before a full name is given, and ever after, is another.
            _ => !(ground.dialogue && full && earlier && (made.times > entity.times * 3 || !entity.narrated)),
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
            // Harbour Ana is none of Ana’s names.
            _ if !given && made.given && !other.given && !other.proper && other.count > 1 => false,
            SpeakerKind::Person => self.could_be(made, other, given),
            SpeakerKind::Unknown => self.could_be(made, other, given) && (made.honor == Honor::None || !other.thing),
            _ => name.has(Name::ARTICLE) && !given,
        }
    }

    /// Of Mr. Lim and Mrs. Lim, he is the one called Lim; `full`: Tom Lim too.
    fn only_sir(&self, word: u32, full: bool) -> Option<u32> {
        let mut sir = None;
        let mut rival = self.newest(word, 0);
        for _ in 0..MOST_RIVALS {
            let Some(other) = self.list.get(rival as usize) else { break };
            match other.honor {
                Honor::Madam | Honor::Miss => {}
                _ if full && other.gender == Some(Gender::Female) => {}
                _ if other.count > 1 && !full => return None,
                Honor::Sir | Honor::Rank if sir.is_none() => sir = Some(rival),
                _ if full && sir.is_none() => sir = Some(rival),
                _ => return None,
            }
            rival = other.next_last;
        }
        sir
    }

    fn could_be(&self, made: &Entity, other: &Entity, given: bool) -> bool {
        let genders = made.gender.is_none() || other.gender.is_none() || made.gender == other.gender;
        let honors =
            made.honor.agrees(other.honor) || other.count > 1 && !given && made.honor != Honor::None && genders;
        let body = matches!(made.kind, SpeakerKind::Organisation | SpeakerKind::Group | SpeakerKind::Document);
        // In a novel, Colonel Roe is not Roe Quill; in the news, Mr. Ban is Ban Quill.
        let by_given = made.given || made.honor == Honor::None || !self.dialogue;
        let given = !given || other.count > 1 && by_given;
        genders && honors && !body && given
    }

    /// Gives each name its entity, in the order of the text.
    fn assign(&mut self, ground: &Ground<'_>, names: &mut Names) {
        for (at, name) in names.list.iter().enumerate() {
            let mut form = names.forms[name.form as usize];
            if !ground.dialogue
                && form.contested
                && name.count == 1
                && let Some(only) = self.only_seen(names.proper(name)[0].id)
            {
                form.entity = only;
                names.forms[name.form as usize].entity = only;
            }
            let mut entity = form.entity;
            if entity == AMBIGUOUS || form.contested && !ground.dialogue {
                let next = names.list.get(at + 1).map_or(usize::MAX, |next| next.start as usize);
                let near = next.min(name.end as usize + NEAR);
                let told = pronoun_after(ground, name.end as usize, near);
                let known = self.get(entity).and_then(|entity| entity.gender);
                let other = told.is_some() && known.is_some() && told != known;
                if entity == AMBIGUOUS || other {
                    entity = self.choose(names, name, told);
                    self.unsure.push(at as u32);
                }
            }
            // A surname two may share introduces neither.
            let told = !form.contested || name.count > 1;
            if let Some(known) = self.list.get_mut(entity as usize).filter(|known| told || known.seen > 0) {
                known.seen = name.sentence;
            }
            push(&mut self.of_name, entity);
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

    /// Whoever has a role is a person, of the gender the role tells.
    pub(crate) fn note_role(&mut self, entity: u32, class: Class) {
        let Some(entity) = self.list.get_mut(entity as usize) else { return };
        if entity.kind == SpeakerKind::Unknown {
            entity.kind = SpeakerKind::Person;
        }
        entity.gender = entity.gender.or(gender_in(class));
    }

    /// The name to show: with its title if that is all that tells two of one surname apart.
    pub(crate) fn shown_name(&self, entity: &Entity) -> Span {
        let rivals = self.get(self.newest(entity.last, 0));
        let alone = rivals.is_none_or(|rival| rival.next_last == NOBODY);
        let lady = matches!(entity.honor, Honor::Madam | Honor::Miss);
        if entity.count == 1 && (lady || entity.honor != Honor::None && !alone) || entity.husbands {
            Span::new(entity.titled as usize, entity.name.end)
        } else {
            entity.name
        }
    }

    pub(crate) fn get(&self, entity: u32) -> Option<&Entity> {
        self.list.get(entity as usize)
    }
}
