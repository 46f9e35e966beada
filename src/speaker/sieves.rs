//! From one source to whoever it stands for: the sieves, in order.

use super::Ground;
use super::capitals::{word_before, word_ending};
use super::entities::{Entities, Entity, NOBODY};
use super::index::Index;
use super::kinds::gender_in;
use super::names::{Name, Names};
use super::phrase::{Head, Nominal};
use super::roles::Roles;
use super::salience::{agrees, weigh};
use crate::quote::{Gender, SpeakerKind};
use crate::span::Span;
use crate::token::Class;
use crate::word::{Key, Run};

/// A sieve: it knows one way to a speaker.
struct Sieve {
    name: &'static str,
    /// The share of right answers, measured on news and novels together.
    confidence: f32,
    find: fn(&mut Work<'_>, &Case<'_>) -> Answer,
}

/// The order is the order of trust: what the source itself names, then what stands right beside it,
/// then what was said before.
const SIEVES: [Sieve; 14] = [
    Sieve { name: "name", confidence: 0.95, find: by_name },
    Sieve { name: "apposition", confidence: 0.9, find: apposition },
    Sieve { name: "several", confidence: 0.9, find: several },
    Sieve { name: "relative", confidence: 0.8, find: relative },
    Sieve { name: "role", confidence: 0.6, find: by_role },
    Sieve { name: "lead", confidence: 0.8, find: lead },
    Sieve { name: "described-before", confidence: 0.65, find: described_before },
    Sieve { name: "epithet", confidence: 0.75, find: epithet },
    Sieve { name: "only-candidate", confidence: 0.85, find: only_candidate },
    Sieve { name: "last-speaker", confidence: 0.75, find: last_speaker },
    Sieve { name: "most-salient", confidence: 0.7, find: most_salient },
    Sieve { name: "body", confidence: 0.7, find: body },
    Sieve { name: "narrator", confidence: 0.95, find: narrator },
    Sieve { name: "description", confidence: 0.75, find: description },
];

/// One source.
#[derive(Clone, Copy)]
pub(crate) struct Case<'c> {
    pub(crate) source: Span,
    pub(crate) head: Head,
    pub(crate) content: &'c [Span],
    pub(crate) addressee: Option<Span>,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    /// A turn of a dialogue: the quotation begins its paragraph.
    pub(crate) turn: bool,
}

/// What the sieves read and write.
pub(crate) struct Work<'w> {
    pub(crate) ground: &'w Ground<'w>,
    pub(crate) names: &'w Names,
    pub(crate) entities: &'w mut Entities,
    pub(crate) roles: &'w Roles,
    pub(crate) memory: &'w mut Memory,
}

/// What was decided so far.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(super) spoken: Vec<Spoken>,
    /// From a description to its entity.
    described: Index<Key>,
    /// From the head of a description to the newest with it.
    heads: Index<(u32, u32)>,
    /// From two who speak as one to their entity.
    pairs: Index<(u32, u32)>,
    pub(super) candidates: Vec<Candidate>,
    /// Whoever is named in the quotation at hand.
    pub(super) excluded: Vec<u32>,
    /// Whoever says I, and is never he or she.
    pub(super) narrator: Option<u32>,
    /// Who spoke in each paragraph, in dialogue.
    turns: Vec<Spoken>,
    /// How many turns have passed without a tag.
    guessed: u32,
}

/// A dialogue is followed so many turns without a tag.
const MOST_GUESSED: u32 = 6;

#[derive(Clone, Copy, Debug)]
pub(super) struct Spoken {
    pub(super) entity: u32,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) entity: u32,
    pub(super) weight: f32,
}

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.spoken.clear();
        self.described.clear();
        self.heads.clear();
        self.pairs.clear();
        self.turns.clear();
        self.narrator = None;
    }

    /// One speaker a paragraph: the last one.
    fn note_turn(&mut self, spoken: Spoken) {
        self.guessed = 0;
        match self.turns.last_mut().filter(|last| last.paragraph == spoken.paragraph) {
            Some(last) => *last = spoken,
            None => self.turns.push(spoken),
        }
    }
}

/// What a sieve says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Pass,
    Is(u32),
    /// One of several: the answer, but marked.
    Likely(u32),
    /// One of several, and nothing tells which.
    Tie,
    /// It cannot be told.
    Nobody,
}

/// What was decided of a source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decision {
    pub(crate) entity: u32,
    pub(crate) sieve: &'static str,
    pub(crate) confidence: f32,
    pub(crate) ambiguous: bool,
}

impl Decision {
    const NONE: Decision = Decision { entity: NOBODY, sieve: "", confidence: 0.0, ambiguous: false };
}

/// The speaker of a quotation without a source: in a dialogue of two, whoever spoke before the last one.
pub(crate) fn decide_turn(memory: &mut Memory, paragraph: u32) -> Decision {
    let mut turns = memory.turns.iter().rev();
    let last = turns.next().filter(|turn| turn.paragraph + 1 == paragraph).map(|turn| turn.entity);
    let before = turns.next().filter(|turn| turn.paragraph + 2 == paragraph).map(|turn| turn.entity);
    match (last, before) {
        (Some(last), Some(before)) if last != before && memory.guessed < MOST_GUESSED => {
            memory.guessed += 1;
            memory.turns.push(Spoken { entity: before, sentence: 0, paragraph });
            Decision { entity: before, sieve: "by-turns", confidence: 0.7, ambiguous: false }
        }
        _ => Decision::NONE,
    }
}

/// Asks the sieves in their order.
pub(crate) fn decide(work: &mut Work<'_>, case: &Case<'_>) -> Decision {
    for sieve in &SIEVES {
        let (entity, ambiguous) = match (sieve.find)(work, case) {
            Answer::Pass => continue,
            Answer::Is(entity) => (entity, false),
            Answer::Likely(entity) => (entity, true),
            Answer::Tie => (NOBODY, true),
            Answer::Nobody => (NOBODY, false),
        };
        if entity != NOBODY {
            let spoken = Spoken { entity, sentence: case.sentence, paragraph: case.paragraph };
            work.memory.spoken.push(spoken);
            work.memory.note_turn(spoken);
        }
        let confidence = if entity == NOBODY { 0.0 } else { sieve.confidence };
        return Decision { entity, sieve: sieve.name, confidence, ambiguous };
    }
    Decision::NONE
}

/// The entity a phrase names.
pub(crate) fn name_of(entities: &Entities, head: Head) -> Option<u32> {
    match head {
        Head::Name(name) | Head::Apposed(name) => entities.of_name.get(name as usize).copied(),
        _ => None,
    }
}

/// Whom a spokesman speaks for: another’s name in the words of his role.
pub(crate) fn served(ground: &Ground<'_>, names: &Names, entities: &Entities, role: Span, proxy: u32) -> Option<Span> {
    let text = &ground.text[role];
    let from = names.from(role.start);
    let named = names.list[from..].iter().zip(&entities.of_name[from..]);
    let mut inside =
        named.take_while(|(name, _)| (name.end as usize) <= role.end).filter(|(_, entity)| **entity != proxy);
    let entity = inside.next().map(|(_, entity)| *entity);
    let _ = text;
    entity.and_then(|entity| entities.get(entity)).map(|entity| entity.name)
}

/// Ana Lim said; the mayor, Ana Lim, said.
fn by_name(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let (Head::Name(name) | Head::Apposed(name)) = case.head else { return Answer::Pass };
    let entity = work.entities.of_name[name as usize];
    let unsure = work.entities.unsure.binary_search(&name).is_ok();
    match (entity, unsure) {
        (NOBODY, true) => Answer::Tie,
        (NOBODY, false) => Answer::Pass,
        (_, true) => Answer::Likely(entity),
        (_, false) => Answer::Is(entity),
    }
}

/// Where the source is no more than the middle of: *Ana Lim, a clerk from Lund, said*.
fn apposition(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Nominal(nominal) = case.head else { return Answer::Pass };
    if nominal.plural || !nominal.head.class.has(Class::ROLE) {
        return Answer::Pass;
    }
    let text = work.ground.text;
    let source = text[case.source].trim_end_matches([',', ' ']);
    let closed = text[case.source.start + source.len()..].starts_with(',');
    let end = text[..case.source.start].strip_suffix(", ").filter(|_| closed).map(str::len);
    let Some(end) = end else { return Answer::Pass };
    let before = work.names.from(end).checked_sub(1).filter(|&at| work.names.list[at].end as usize == end);
    let entity = before.map_or(NOBODY, |at| work.entities.of_name[at]);
    let person = work.entities.get(entity).is_some_and(Entity::is_likely_person);
    if person { Answer::Is(entity) } else { Answer::Pass }
}

/// Lim and Roe said.
fn several(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Several(span) = case.head else { return Answer::Pass };
    let number = work.entities.list.len() as u32;
    let (span, known) = match pair_in(work, span) {
        Some((one, other)) => {
            // Where both are named in full.
            let (first, last) = (work.entities.list[one as usize].name, work.entities.list[other as usize].name);
            let joined = first.end < last.start && work.ground.text[first.end..last.start].trim() == "and";
            let span = if joined { Span::new(first.start, last.end) } else { span };
            (span, work.memory.pairs.get_or_insert((one, other), number))
        }
        None => (span, work.memory.described.get_or_insert(Key::folded(&work.ground.text[span]), number)),
    };
    Answer::Is(if known == number { work.entities.push_described(span, SpeakerKind::Group, None) } else { known })
}

/// The two who are named in a span, if there are two.
fn pair_in(work: &Work<'_>, span: Span) -> Option<(u32, u32)> {
    let from = work.names.from(span.start);
    let named = work.names.list[from..].iter().zip(&work.entities.of_name[from..]);
    let mut inside = named.take_while(|(name, _)| (name.end as usize) <= span.end).map(|(_, entity)| *entity);
    let pair = (inside.next()?, inside.next()?);
    let known = |entity| work.entities.get(entity).is_some();
    (inside.next().is_none() && known(pair.0) && known(pair.1)).then_some(pair)
}

/// Ana Lim, who said; officials who say.
fn relative(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Pronoun(pronoun) = case.head else { return Answer::Pass };
    if !pronoun.class.has(Class::WHO | Class::THAT) {
        return Answer::Pass;
    }
    let before = work.ground.text[..case.source.start].trim_end_matches([' ', ',', '\n', '(', '—', '–']);
    let at = before.len();
    let next = work.names.from(at);
    let touching = next.checked_sub(1).filter(|&last| {
        let end = work.names.list[last].end as usize;
        end == at
            || before.get(end..).is_some_and(|rest| rest.starts_with(" (") && rest.ends_with(')') && rest.len() < 14)
    });
    if let Some(name) = touching {
        let entity = work.entities.of_name[name];
        let place = work.entities.get(entity).is_some_and(|known| !known.is_likely_person() && !known.quoted);
        if entity != NOBODY && !(pronoun.class.has(Class::WHO) && place && work.names.list[name].has(Name::OBJECT)) {
            return Answer::Is(entity);
        }
    }
    let Some(span) = phrase_before(work.ground, at) else { return Answer::Nobody };
    let head = Head::read(work.ground, work.names, span);
    match head {
        Head::Name(name) => by_name(work, &Case { head: Head::Name(name), ..*case }),
        Head::Nominal(_) => {
            let antecedent = Case { head, source: span, ..*case };
            let known =
                [by_role, described_before, description].map(|sieve| sieve as fn(&mut Work<'_>, &Case<'_>) -> Answer);
            known
                .iter()
                .map(|sieve| sieve(work, &antecedent))
                .find(|answer| *answer != Answer::Pass)
                .unwrap_or(Answer::Nobody)
        }
        _ => Answer::Nobody,
    }
}

/// The noun phrase that ends at `end`: back to a determiner, or to what cannot belong to it.
fn phrase_before(ground: &Ground<'_>, end: usize) -> Option<Span> {
    const MOST: usize = 10;
    let verb =
        Class::BE | Class::HAVE | Class::MODAL | Class::PRONOUN | Class::SUBORD | Class::AND | Class::WHO | Class::TO;
    let mut words = [end; MOST];
    let mut count = 0;
    let mut next = word_ending(ground.text, end);
    while let Some(word) = next.filter(|_| count < MOST) {
        let class = ground.class(word);
        let finite = class.has(Class::PAST | Class::VERBS) && !class.has(Class::NOUN | Class::ADJ | Class::ROLE);
        // To calm *nervous voters*
        let infinitive = class.has(Class::TO) && count > 0 && {
            let begins = Run::read(ground.text.as_bytes(), words[count - 1]);
            let class = ground.class(Span::new(words[count - 1], words[count - 1] + begins.len));
            !class.has(Class::KNOWN) || class.has(Class::VERB) && !class.has(Class::NOUN | Class::ADJ)
        };
        count -= usize::from(infinitive);
        if class.has(verb) || finite {
            break;
        }
        words[count] = word.start;
        count += 1;
        if class.has(Class::DET | Class::POSSESSIVE) {
            break;
        }
        next = word_before(ground.text, word.start);
    }
    // A preposition it begins with leads elsewhere.
    let first = *words[..count].last()?;
    let word = ground.text[first..end].split(' ').next().unwrap_or("");
    let loose = ground.lexicon.look_up(word).1.has(Class::PREP);
    let first = if loose { *words[..count].iter().rev().nth(1)? } else { first };
    Some(Span::new(first, end))
}

/// The prime minister said, after: Fayez Roe, prime minister of Lund.
fn by_role(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Nominal(nominal) = case.head else { return Answer::Pass };
    if !nominal.definite || nominal.plural || !nominal.head.class.has(Class::ROLE) {
        return Answer::Pass;
    }
    let asked = gender_in(nominal.head.class);
    match work.roles.find(work.ground, &nominal, case.source.start) {
        // The girl, Roe said: no apposition.
        Ok(Some(entity)) if work.entities.get(entity).is_some_and(|known| !agrees(known.gender, asked)) => Answer::Pass,
        Ok(Some(entity)) => Answer::Is(entity),
        Ok(None) => Answer::Pass,
        Err(()) => Answer::Tie,
    }
}

/// The head of the government said in the lead; the next paragraph names a prime minister.
fn lead(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    const LAST_LEAD: u32 = 2;
    const MOST_ROLES: usize = 16;
    let Head::Nominal(nominal) = case.head else { return Answer::Pass };
    let singular = !nominal.plural && nominal.head.class.has(Class::ROLE);
    if !singular || case.paragraph > LAST_LEAD {
        return Answer::Pass;
    }
    let limit = work.ground.paragraphs.get(case.paragraph as usize + 1).map_or(0, |next| next.end);
    let from = work.roles.list.partition_point(|role| (role.at as usize) <= case.source.end);
    let after = work.roles.list[from..].iter().take(MOST_ROLES).take_while(|role| (role.at as usize) < limit);
    let head = |entry| work.ground.terms.is_chief(work.ground.lexicon, entry);
    for role in after {
        let alike = role.entry == nominal.head.entry || head(role.entry) && head(nominal.head.entry);
        if alike && shares_word(work.ground, case.source, role.span) {
            return Answer::Is(role.entity);
        }
    }
    Answer::Pass
}

fn shares_word(ground: &Ground<'_>, one: Span, other: Span) -> bool {
    let words =
        |span: Span| ground.text[span].split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 3);
    words(one).any(|word| words(other).any(|same| same.eq_ignore_ascii_case(word)))
}

/// The woman said, after: a woman from Lund said.
fn described_before(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Nominal(nominal) = case.head else { return Answer::Pass };
    if !nominal.definite || nominal.owned {
        return Answer::Pass;
    }
    match work.memory.heads.get((0, u32::from(nominal.head.entry))) {
        Some(entity) if nominal.head.entry != 0 => Answer::Is(entity),
        _ => Answer::Pass,
    }
}

/// How much more somebody must stand out than the next to be meant by any description.
const CLEAR: f32 = 2.0;

/// The former senator said: one person alone was spoken of lately.
fn epithet(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Nominal(nominal) = case.head else { return Answer::Pass };
    let person = nominal.head.class.has(Class::ROLE) && !nominal.head.class.has(Class::GROUP | Class::DOCUMENT);
    let proxy = work.ground.terms.is_proxy(work.ground.lexicon, nominal.head.entry);
    if !nominal.definite || nominal.owned || nominal.plural || !person || proxy || work.ground.dialogue {
        return Answer::Pass;
    }
    weigh(work, case, gender_in(nominal.head.class));
    match work.memory.candidates[..] {
        [only] => Answer::Is(only.entity),
        [best, second, ..] if best.weight > second.weight * CLEAR => Answer::Is(best.entity),
        _ => Answer::Pass,
    }
}

/// The gender a pronoun asks for; `None` if it is no he or she.
pub(crate) fn gender_of(head: Head) -> Option<Gender> {
    let Head::Pronoun(pronoun) = head else { return None };
    gender_in(pronoun.class)
}

/// Only one person it could be was named or has spoken lately.
fn only_candidate(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Some(gender) = gender_of(case.head) else { return Answer::Pass };
    weigh(work, case, Some(gender));
    match work.memory.candidates[..] {
        [] => Answer::Nobody,
        [only] => Answer::Is(only.entity),
        _ => Answer::Pass,
    }
}

/// Whoever spoke last, if nobody stands out more.
fn last_speaker(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    if gender_of(case.head).is_none() {
        return Answer::Pass;
    }
    let [best, ..] = work.memory.candidates[..] else { return Answer::Pass };
    let last = work.memory.spoken.last();
    let spoke = last.is_some_and(|last| last.entity == best.entity && last.sentence + 2 >= case.sentence);
    if spoke { Answer::Is(best.entity) } else { Answer::Pass }
}

/// How much more somebody must stand out than the next.
const MARGIN: f32 = 1.15;

/// The one who stands out most in the last sentences; nobody if two do so alike.
fn most_salient(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    if gender_of(case.head).is_none() {
        return Answer::Pass;
    }
    match work.memory.candidates[..] {
        [best, second, ..] if best.weight > second.weight * MARGIN => Answer::Is(best.entity),
        _ => Answer::Tie,
    }
}

/// They or it: the group, body or document that spoke last.
fn body(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Pronoun(pronoun) = case.head else { return Answer::Pass };
    let text = &work.ground.text[pronoun.start..pronoun.end];
    let they = ["they", "their", "them"].iter().any(|word| text.eq_ignore_ascii_case(word));
    let it = ["it", "its"].iter().any(|word| text.eq_ignore_ascii_case(word));
    if !they && !it {
        return Answer::Pass;
    }
    let fits = |kind: SpeakerKind| match kind {
        SpeakerKind::Group => they,
        SpeakerKind::Organisation => true,
        SpeakerKind::Document => it,
        _ => false,
    };
    let reach = if they { 6 } else { 3 };
    let recent = work.memory.spoken.iter().rev().take(6).take_while(|spoken| spoken.sentence + reach >= case.sentence);
    let spoken = recent
        .filter(|spoken| work.entities.get(spoken.entity).is_some_and(|entity| fits(entity.kind)))
        .map(|spoken| (spoken.sentence, spoken.entity))
        .next();
    let before = work.names.from(case.source.start);
    let named = (0..before).rev().take(20).take_while(|&at| work.names.list[at].sentence + 1 >= case.sentence);
    let named = named.filter(|&at| {
        let name = &work.names.list[at];
        let body = work.entities.get(work.entities.of_name[at]).is_some_and(|entity| fits(entity.kind));
        body && !name.has(Name::QUOTED | Name::OBJECT | Name::POSSESSIVE)
    });
    let named = named.map(|at| (work.names.list[at].sentence, work.entities.of_name[at])).last();
    match (spoken, named) {
        (Some((said, entity)), Some((since, _))) if said >= since => Answer::Is(entity),
        (_, Some((_, entity))) if it => Answer::Is(entity),
        (Some((_, entity)), _) => Answer::Is(entity),
        _ => Answer::Nobody,
    }
}

/// I said: whoever tells the story.
fn narrator(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Pronoun(pronoun) = case.head else { return Answer::Pass };
    if &work.ground.text[pronoun.start..pronoun.end] != "I" {
        return Answer::Nobody;
    }
    let number = work.entities.list.len() as u32;
    let known = work.memory.described.get_or_insert(Key::folded("I"), number);
    let span = Span::new(pronoun.start, pronoun.end);
    work.memory.narrator = Some(known);
    Answer::Is(if known == number { work.entities.push_described(span, SpeakerKind::Person, None) } else { known })
}

/// Whoever is known by no name goes by the description.
fn description(work: &mut Work<'_>, case: &Case<'_>) -> Answer {
    let Head::Nominal(nominal) = case.head else { return Answer::Pass };
    let noun = Class::NOUN | Class::ROLE | Class::GROUP | Class::DOCUMENT | Class::PLURAL;
    if !nominal.head.class.has(noun) || nominal.head.class.has(Class::ABBREVIATION) {
        return Answer::Nobody;
    }
    // Somebody’s lawyer or mother has a name, which is not told here.
    if nominal.owned && !nominal.plural && nominal.head.class.has(Class::ROLE) {
        return Answer::Nobody;
    }
    let text = &work.ground.text[nominal.span];
    if let Some(form) = work.names.find_form(work.ground.lexicon, text) {
        let entity = work.names.forms[form as usize].entity;
        if work.entities.get(entity).is_some() {
            return Answer::Is(entity);
        }
    }
    // A challenge, a smile, a voice: things do not speak.
    let kind = described_kind(work.ground, &nominal);
    if kind == SpeakerKind::Unknown {
        return Answer::Nobody;
    }
    let number = work.entities.list.len() as u32;
    let key = Key::folded(text);
    let fresh = !nominal.definite && !nominal.plural;
    let known = if fresh { number } else { work.memory.described.get_or_insert(key, number) };
    if known != number {
        return Answer::Is(known);
    }
    let gender = gender_in(nominal.head.class);
    work.memory.heads.set((0, u32::from(nominal.head.entry)), number);
    Answer::Is(work.entities.push_described(nominal.span, kind, gender.filter(|_| kind == SpeakerKind::Person)))
}

fn described_kind(ground: &Ground<'_>, nominal: &Nominal) -> SpeakerKind {
    match nominal.head.class {
        class if class.has(Class::DOCUMENT) && !class.has(Class::ROLE) => SpeakerKind::Document,
        class if class.has(Class::GROUP) && !nominal.plural => SpeakerKind::Organisation,
        _ if nominal.plural => SpeakerKind::Group,
        class if class.has(Class::ROLE) || ground.terms.is_agent(ground.lexicon, nominal.head.entry) => {
            SpeakerKind::Person
        }
        _ => SpeakerKind::Unknown,
    }
}
