//! Whom a pronoun or a description may stand for, weighed by how lately and how prominently they were
//! named or spoke.

use super::decision::SpeakerCandidate;
use super::entities::{Entities, Entity};
use super::names::{Name, Names};
use super::work::{Case, Chances, Work};
use crate::quote::{Gender, SpeakerKind};

/// How much somebody stands out, by how they were spoken of. A subject weighs 1.
struct Salience {
    possessive: f32,
    object: f32,
    /// Who spoke.
    spoke: f32,
    /// Each sentence between leaves so much of it.
    decay: f32,
    /// Who had the last turn of a dialogue seldom has the next, and who had the one before it often.
    last_turn: f32,
    turn_before: f32,
}

const IN_PROSE: Salience =
    Salience { possessive: 0.5, object: 0.4, spoke: 1.8, decay: 0.4, last_turn: 1.0, turn_before: 1.0 };
const IN_DIALOGUE: Salience =
    Salience { possessive: 0.5, object: 0.4, spoke: 0.7, decay: 0.3, last_turn: 0.5, turn_before: 1.2 };

/// So many sentences and names back somebody is looked for.
const SENTENCES: u32 = 20;
const MOST_NAMES: usize = 60;
const MOST_SPOKEN: usize = 12;

/// Weighs who a pronoun may stand for, by how lately and how prominently they were named or spoke.
pub(super) fn weigh(work: &mut Work<'_>, case: &Case<'_>, gender: Option<Gender>) {
    let salience = if work.context.dialogue { &IN_DIALOGUE } else { &IN_PROSE };
    let Work { names, entities, memory, .. } = work;
    memory.chances.begin(entities.list.len());
    exclude(names, entities, case, memory.narrator, &mut memory.chances);
    memory.candidates.clear();
    if memory.decay.is_empty() {
        memory.decay.extend((0..=SENTENCES).map(|distance| salience.decay.powi(distance as i32)));
        read_named(names, entities, &mut memory.named);
    }
    let decay = &memory.decay;
    let decayed = |sentence: u32| decay[case.sentence.saturating_sub(sentence) as usize];
    let near = |sentence: u32| sentence + SENTENCES >= case.sentence;
    let mut add = |entity: u32, weight: f32| {
        let place = memory.chances.place(entity, || {
            entities.get(entity).filter(|known| is_somebody(known) && agrees(known.gender, gender))?;
            memory.candidates.push(SpeakerCandidate { entity, weight: 0.0 });
            Some(memory.candidates.len() as u32 - 1)
        });
        if let Some(candidate) = memory.candidates.get_mut(place as usize) {
            candidate.weight += weight;
        }
    };
    let weights = [1.0, salience.object, salience.possessive, salience.possessive];
    let named = &memory.named[..memory.named.partition_point(|&at| (at as usize) < case.next_name)];
    for &at in named.iter().rev().take_while(|&&at| at as usize + MOST_NAMES >= case.next_name) {
        let name = &names.list[at as usize];
        if !near(name.sentence) {
            break;
        }
        let weight = weights[usize::from(name.has(Name::POSSESSIVE)) << 1 | usize::from(name.has(Name::OBJECT))];
        add(entities.of_name[at as usize], weight * decayed(name.sentence));
    }
    let mut last = None;
    for spoken in memory.spoken.iter().rev().take(MOST_SPOKEN).take_while(|spoken| near(spoken.sentence)) {
        // Who says two things in one sentence stands out no more.
        if last.replace((spoken.entity, spoken.sentence)) != Some((spoken.entity, spoken.sentence)) {
            add(spoken.entity, salience.spoke * decayed(spoken.sentence));
        }
    }
    if case.turn {
        let last = memory.spoken.last().filter(|last| last.paragraph + 1 == case.paragraph).map(|last| last.entity);
        let mut near = memory.spoken.iter().rev().take_while(|spoken| spoken.paragraph + 2 >= case.paragraph);
        let before = near.find(|spoken| spoken.paragraph + 2 == case.paragraph).map(|last| last.entity);
        for candidate in &mut memory.candidates {
            if Some(candidate.entity) == last {
                candidate.weight *= salience.last_turn;
            } else if Some(candidate.entity) == before {
                candidate.weight *= salience.turn_before;
            }
        }
    }
    memory.candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
}

/// Whether two genders, known or not, may be one person’s.
pub(super) fn agrees(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Asked of everybody named, so without branches.
fn is_somebody(entity: &Entity) -> bool {
    let unknown = entity.kind == SpeakerKind::Unknown;
    (entity.kind == SpeakerKind::Person) | unknown & (entity.quoted | entity.is_likely_person())
}

/// Lists the names of somebody outside of what is said.
fn read_named(names: &Names, entities: &Entities, list: &mut Vec<u32>) {
    list.clear();
    list.reserve_exact(names.list.len());
    list.resize(names.list.len(), 0);
    let mut kept = 0;
    for ((at, name), &entity) in (0..).zip(&names.list).zip(&entities.of_name) {
        list[kept] = at;
        let told = !name.has(Name::QUOTED | Name::HEADLINE);
        kept += usize::from(told & entities.get(entity).is_some_and(is_somebody));
    }
    list.truncate(kept);
}

/// Rules out whoever is named in what was said, or is spoken to, and whoever tells the story.
fn exclude(names: &Names, entities: &Entities, case: &Case<'_>, narrator: Option<u32>, chances: &mut Chances) {
    for span in case.content.iter().chain(&case.addressee) {
        let from = names.from(span.start);
        let named = names.list[from..].iter().zip(&entities.of_name[from..]);
        named.take_while(|(name, _)| (name.end as usize) <= span.end).for_each(|(_, &entity)| chances.exclude(entity));
    }
    narrator.into_iter().for_each(|entity| chances.exclude(entity));
}
