//! What a name names, and whether a woman or a man bears it.

use super::TextContext;
use super::names::{Honorific, Name, NameForm, NameWord, Names};
use crate::marks::{Uses, first_bytes};
use crate::quote::{Gender, SpeakerKind};
use crate::span::Span;
use crate::token::TagSet;

/// What a name names, by its words and by how it is used.
pub(super) fn kind_of(context: &TextContext<'_>, form: &NameForm, name: &Name, words: &[NameWord]) -> SpeakerKind {
    let Some(last) = words.last() else { return SpeakerKind::Unknown };
    let telling = TagSet::GROUP | TagSet::PLURAL | TagSet::FIRST | TagSet::UPPER | TagSet::PARTICLE;
    // Most words alone tell nothing.
    let titled = name.honorific != Honorific::None || name.has(Name::TITLED);
    if words.len() == 1 && last.class & (telling | TagSet::CAP) == TagSet::CAP && !titled {
        return SpeakerKind::Unknown;
    }
    let any = words.iter().fold(TagSet::NONE, |any, word| any | word.class);
    let known = |class: TagSet| words.iter().any(|word| word.class.has(class) && !word.class.has(TagSet::FIRST));
    let linked = words.iter().any(|word| !word.class.has(TagSet::CAP) && !word.class.has(TagSet::PARTICLE));
    if name.honorific != Honorific::None || name.has(Name::TITLED) && !last.class.has(TagSet::GROUP) && !linked {
        return SpeakerKind::Person;
    }
    let body = words.len() > 1 && context.terms.is_body(context.lexicon, last.entry);
    if linked || body || any.has(TagSet::GROUP) && known(TagSet::GROUP) {
        return SpeakerKind::Organisation;
    }
    if last.class.has(TagSet::DOCUMENT) && words.len() > 1 {
        return SpeakerKind::Document;
    }
    let plural = last.class.has(TagSet::PLURAL) && last.class.has(TagSet::KNOWN);
    if plural && !words[0].class.has(TagSet::FIRST) {
        return SpeakerKind::Group;
    }
    let initials = any.has(TagSet::ABBREVIATION);
    if words.len() > 1 && (words[0].class.has(TagSet::FIRST) || initials) && !form_is_thing(form) {
        return SpeakerKind::Person;
    }
    let capitals =
        |word: &NameWord| word.class.has(TagSet::UPPER) && !word.class.has(TagSet::KNOWN | TagSet::ABBREVIATION);
    let acronym = any.has(TagSet::UPPER) && words.iter().any(capitals);
    if acronym && !name.has(Name::HEADLINE) && words.iter().all(|word| word.end - word.start <= 6) {
        return SpeakerKind::Organisation;
    }
    let particle = any.has(TagSet::PARTICLE)
        && words.iter().any(|word| word.class.has(TagSet::PARTICLE) && !word.class.has(TagSet::CAP));
    if particle || words.len() == 1 && words[0].class.has(TagSet::FIRST) && !form_is_thing(form) {
        return SpeakerKind::Person;
    }
    SpeakerKind::Unknown
}

pub(super) fn form_is_thing(form: &NameForm) -> bool {
    form.articles * 2 > form.count || form.places * 2 > form.count
}

pub(super) fn gender_of(names: &Names, name: &Name, words: &[NameWord]) -> Option<Gender> {
    match name.honorific {
        Honorific::Sir => return Some(Gender::Male),
        Honorific::None | Honorific::Rank => {}
        _ => return Some(Gender::Female),
    }
    let given = words.first().filter(|word| word.class.has(TagSet::FIRST)).and_then(|word| gender_in(word.class));
    let role = names.titles(name).iter().find_map(|word| gender_in(word.class));
    match (words.len(), given, role) {
        // A surname may look like a first name.
        (1, _, Some(role)) => Some(role),
        (1, given, None) if !name.has(Name::TITLED) => given,
        (1, ..) => None,
        (_, given, role) => given.or(role),
    }
}

/// What a mark may begin with that ends a phrase.
const MARKS: [bool; 256] = first_bytes(Uses::ENDS_PHRASE);

/// The gender of the first pronoun in the rest of the sentence, up to the next name.
pub(super) fn pronoun_after(context: &TextContext<'_>, from: usize, next: usize) -> Option<Gender> {
    const REACH: usize = 80;
    let bytes = context.text.as_bytes();
    let end = next.min(from + REACH).min(bytes.len());
    let mut at = from;
    while at < end {
        match bytes[at] {
            b' ' | b'\n' if context.terms.may_be_gendered(&bytes[at + 1..]) => {
                let word = bytes[at + 1..].iter().take(8).take_while(|byte| byte.is_ascii_lowercase()).count();
                if (2..=7).contains(&word) && at + 1 + word <= end {
                    let class = context.class(Span::new(at + 1, at + 1 + word));
                    if class.has(TagSet::PRONOUN | TagSet::OBJECT | TagSet::POSSESSIVE) {
                        if class.has(TagSet::FEMALE) {
                            return Some(Gender::Female);
                        }
                        if class.has(TagSet::MALE) {
                            return Some(Gender::Male);
                        }
                    }
                }
                at += word + 1;
            }
            b'.' | b'!' | b'?' => return None,
            byte if MARKS[usize::from(byte)] => return None,
            _ => at += 1,
        }
    }
    None
}

/// The gender a word tells.
pub(super) fn gender_in(class: TagSet) -> Option<Gender> {
    match (class.has(TagSet::FEMALE), class.has(TagSet::MALE)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}
