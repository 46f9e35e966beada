//! Decisions → speakers, with their mentions and roles.

use super::decision::NOBODY;
use super::names::push;
use super::{Mentioned, Resolver, TextContext, sieves};
use crate::quote::{Attribution, Resolved, SpeakerEntry};
use crate::span::Span;

/// The sources of each speaker, as lists through one. Reused.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// Each with the one behind it.
    list: Vec<(Mentioned, u32)>,
    /// Whose they are, with the first and the last of them.
    of_speaker: Vec<(u32, u32, u32)>,
}

impl Sources {
    fn clear(&mut self) {
        self.list.clear();
        self.of_speaker.clear();
    }

    /// Adds a source, in the order of the text.
    fn note(&mut self, speaker: u32, source: Span) {
        let next = self.list.len() as u32;
        let (_, first, last) = &mut self.of_speaker[speaker as usize];
        match self.list.get_mut(*last as usize) {
            Some((_, behind)) => *behind = next,
            None => *first = next,
        }
        *last = next;
        self.list.push((Mentioned::new(source), NOBODY));
    }

    /// The sources from one on.
    fn from(&self, first: u32) -> impl Iterator<Item = Span> {
        let known = |at: u32| self.list.get(at as usize);
        std::iter::successors(known(first), move |(_, next)| known(*next)).map(|(place, _)| place.span())
    }
}

impl Resolver {
    /// Numbers the speakers in the order of their first quotation and collects what is known of them.
    pub(super) fn report(&mut self, context: &TextContext<'_>, quotes: &[Attribution], resolved: &mut Resolved) {
        self.sources.clear();
        for (&number, link) in self.decided.iter().zip(&mut resolved.links) {
            let Some(entity) = self.entities.get(number) else { continue };
            let name = self.entities.shown_name(&self.names, number, entity);
            let Some(entity) = self.entities.list.get_mut(number as usize) else { continue };
            if entity.speaker == NOBODY {
                entity.speaker = resolved.speakers.len() as u32;
                self.sources.of_speaker.push((number, NOBODY, NOBODY));
                resolved.speakers.push(SpeakerEntry {
                    name,
                    kind: entity.kind,
                    gender: entity.gender,
                    ..SpeakerEntry::default()
                });
            }
            link.speaker = Some(entity.speaker);
        }
        for &(_, number) in &self.order {
            let quote = &quotes[number as usize];
            let speaker = resolved.links[number as usize].speaker;
            if let (Some(speaker), Some(source)) = (speaker, quote.source) {
                self.sources.note(speaker, source.span);
            }
        }
        let names = self.sources.of_speaker.iter().map(|(entity, ..)| self.entities.names_of(*entity).count());
        resolved.places.reserve_exact(names.sum::<usize>() + self.sources.list.len());
        for (record, &(entity, first, _)) in resolved.speakers.iter_mut().zip(&self.sources.of_speaker) {
            let from = resolved.places.len();
            let mut names = self.entities.names_of(entity).map(|name| self.names.list[name].titled()).peekable();
            for source in self.sources.from(first) {
                while let Some(name) = names.next_if(|name| name.start <= source.start) {
                    push_mention(&mut resolved.places, from, name);
                }
                push_mention(&mut resolved.places, from, source);
            }
            names.for_each(|name| push_mention(&mut resolved.places, from, name));
            record.mentions = (from as u32, resolved.places.len() as u32);
        }
        self.report_roles(context, resolved);
    }

    fn report_roles(&mut self, context: &TextContext<'_>, resolved: &mut Resolved) {
        self.placed.clear();
        for role in &self.roles.list {
            let speaker = self.entities.get(role.entity).map_or(NOBODY, |entity| entity.speaker);
            if speaker != NOBODY {
                self.placed.push((speaker, Mentioned::new(role.span)));
                if context.terms.is_proxy(context.lexicon, role.entry) {
                    let served = sieves::served(&self.names, &self.entities, role.span, role.entity);
                    let record = &mut resolved.speakers[speaker as usize];
                    record.on_behalf_of = record.on_behalf_of.or(served);
                }
            }
        }
        self.placed.sort_unstable();
        self.placed.dedup();
        for &(speaker, place) in &self.placed {
            let span = place.span();
            let record = &mut resolved.speakers[speaker as usize];
            if record.roles.0 == record.roles.1 {
                record.roles = (resolved.places.len() as u32, resolved.places.len() as u32);
            }
            push(&mut resolved.places, span);
            record.roles.1 = resolved.places.len() as u32;
        }
    }
}

/// Adds a mention, in the order of the text, to those from `from` on. Of a name inside a source, the source is the mention.
fn push_mention(places: &mut Vec<Span>, from: usize, place: Span) {
    match places[from..].last_mut() {
        Some(last) if place.start < last.end => {
            if place.len() > last.len() {
                *last = place;
            }
        }
        _ => push(places, place),
    }
}
