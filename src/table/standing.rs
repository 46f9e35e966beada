//! What a word can be where it stands: small or with a capital, inside a sentence or first in it, behind this word or that.

use crate::token::TagSet;

/// Words that begin a sentence more often than they go on after an abbreviation.
pub(crate) const STARTERS: TagSet = TagSet::DET
    .union(TagSet::PRONOUN)
    .union(TagSet::POSSESSIVE)
    .union(TagSet::PREP)
    .union(TagSet::SUBORD)
    .union(TagSet::AND)
    .union(TagSet::WH)
    .union(TagSet::ADVERB);

/// What a word is that can be `class` and begins with a capital or not, as the first of its sentence or not. A word that is
/// `always_capital` has it for no reason that tells anything.
pub(crate) fn standing(class: TagSet, capital: bool, initial: bool, always_capital: bool) -> TagSet {
    let first = TagSet::INITIAL.when(initial) | TagSet::WORD;
    if !capital {
        return small(class) | first;
    }
    let mut class = class | TagSet::CAP;
    if !always_capital && is_name(class, initial) {
        class |= TagSet::NAME;
    }
    if !initial {
        let modal = TagSet::MODAL.when(class.has(TagSet::FIRST) && class.has(TagSet::NAME));
        class = class.without(TagSet::VERBAL | modal);
    }
    class | first
}

/// What a word is in lower case: no first name.
fn small(class: TagSet) -> TagSet {
    if !class.has(TagSet::FIRST) {
        return class;
    }
    let other = TagSet::ROLE | TagSet::TITLE | TagSet::PRONOUN | TagSet::OBJECT | TagSet::POSSESSIVE;
    let gender = if class.has(other) { TagSet::NONE } else { TagSet::FEMALE | TagSet::MALE };
    class.without(TagSet::FIRST | gender)
}

/// Whether a word with a capital, other than one that is always written so, is part of a name.
fn is_name(class: TagSet, initial: bool) -> bool {
    if class.has(TagSet::TIME) {
        return false;
    }
    if !class.has(TagSet::KNOWN) {
        return true;
    }
    let function = STARTERS.union(TagSet::BE).union(TagSet::HAVE).union(TagSet::MODAL).union(TagSet::NOT);
    if class.has(function) && !class.has(TagSet::FIRST | TagSet::NOUN) {
        return false;
    }
    !initial || class.has(TagSet::FIRST | TagSet::PARTICLE) && !class.has(STARTERS)
}

/// What a token tells of a word behind it that may be a noun or a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum LeftContext {
    /// Nothing.
    #[default]
    Other,
    /// It is the noun.
    Nominal,
    /// It is no verb in its base form.
    Plain,
    /// That, or else it is no noun.
    PlainOrVerbal,
    /// It is no noun.
    Verbal,
}

impl LeftContext {
    const ALL: [LeftContext; 5] =
        [LeftContext::Other, LeftContext::Nominal, LeftContext::Plain, LeftContext::PlainOrVerbal, LeftContext::Verbal];

    /// What a token of this class tells.
    #[inline]
    pub(crate) fn of(class: TagSet) -> LeftContext {
        const NOMINAL: TagSet = TagSet::DET.union(TagSet::POSSESSIVE).union(TagSet::PREP).union(TagSet::CLITIC);
        const UNSURE: TagSet =
            TagSet::THAT.union(TagSet::TO).union(TagSet::SUBORD).union(TagSet::PRONOUN).union(TagSet::OBJECT);
        const PLAIN: TagSet = TagSet::NOUN.union(TagSet::NAME).union(TagSet::ADJ).union(TagSet::NUMBER);
        const TOLD: [LeftContext; 8] = [
            LeftContext::Other,
            LeftContext::Plain,
            LeftContext::Verbal,
            LeftContext::PlainOrVerbal,
            LeftContext::Nominal,
            LeftContext::Nominal,
            LeftContext::Nominal,
            LeftContext::Nominal,
        ];
        let nominal = class.has(NOMINAL) & !class.has(UNSURE);
        let plain = class.has(PLAIN) & !class.has(TagSet::PLURAL | TagSet::ADVERB | TagSet::PRONOUN);
        let subject = class.has(TagSet::PRONOUN) & !class.has(TagSet::OBJECT | TagSet::NOUN);
        let verbal = class.has(TagSet::TO | TagSet::MODAL) | subject;
        TOLD[usize::from(nominal) << 2 | usize::from(verbal) << 1 | usize::from(plain)]
    }

    /// What is left of a class behind it.
    pub(crate) fn settle(self, class: TagSet) -> TagSet {
        if !is_ambiguous(class) {
            return class;
        }
        let noun = TagSet::NOUN | TagSet::PLURAL | TagSet::ADJ;
        class.without(match self {
            LeftContext::Other => TagSet::NONE,
            LeftContext::Nominal => TagSet::VERB | TagSet::VERBS | TagSet::PAST,
            LeftContext::Plain | LeftContext::PlainOrVerbal if class.has(TagSet::VERB) => TagSet::VERB,
            LeftContext::Plain => TagSet::NONE,
            LeftContext::PlainOrVerbal | LeftContext::Verbal => noun,
        })
    }
}

fn is_ambiguous(class: TagSet) -> bool {
    class.has(TagSet::NOUN) && class.has(TagSet::VERBAL)
}

/// Where a word stands: what is told by the token before it, and whether a sentence begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SentencePlace(u8);

impl SentencePlace {
    const INITIAL: u8 = 1;
    const CAPITAL: u8 = 2;
    /// How many numbers there are for each thing the token before can tell.
    const EACH: u8 = 4;

    #[inline]
    pub(crate) const fn new(before: LeftContext, initial: bool) -> SentencePlace {
        SentencePlace(before as u8 * SentencePlace::EACH + initial as u8 * SentencePlace::INITIAL)
    }

    /// What the token before tells.
    pub(crate) fn before(self) -> LeftContext {
        LeftContext::ALL.get(usize::from(self.0 / SentencePlace::EACH)).copied().unwrap_or_default()
    }

    /// The first place of a sentence.
    pub(crate) const FIRST: SentencePlace = SentencePlace::new(LeftContext::Other, true);

    /// The place behind a token of this class that is in this place itself and is no word.
    #[inline]
    pub(crate) fn behind(self, class: TagSet) -> SentencePlace {
        SentencePlace::new(LeftContext::of(class), self.is_initial())
    }

    /// The same place for a word that begins with a capital.
    #[inline]
    pub(crate) fn with_capital(self, capital: bool) -> SentencePlace {
        SentencePlace(self.0 | if capital { SentencePlace::CAPITAL } else { 0 })
    }

    /// The same place inside a sentence.
    pub(crate) fn going_on(self) -> SentencePlace {
        SentencePlace(self.0 & !SentencePlace::INITIAL)
    }

    #[inline]
    pub(crate) fn is_initial(self) -> bool {
        self.0 & SentencePlace::INITIAL != 0
    }
}

/// A word as it is taken, and where that leaves the next one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settled {
    pub(crate) class: TagSet,
    pub(crate) next: SentencePlace,
}

/// Where all that words of the same classes can be stands in [`Standings`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TagKind {
    first: u32,
    /// Which bits of a word's place make a difference.
    mask: u32,
}

/// What words are, worked out beforehand for every place they can stand in, small or with a capital.
#[derive(Clone, Debug, Default)]
pub(crate) struct Standings {
    list: Vec<Settled>,
}

impl Standings {
    /// Adds words that can be `small`, or `capital` if they begin with one.
    pub(crate) fn add(&mut self, small: TagSet, capital: TagSet, always_capital: bool) -> TagKind {
        let first = self.list.len() as u32;
        let classes = [
            standing(small, false, false, always_capital),
            standing(small, false, true, always_capital),
            standing(capital, true, false, always_capital),
            standing(capital, true, true, always_capital),
        ];
        let befores = if classes.into_iter().any(is_ambiguous) { &LeftContext::ALL[..] } else { &[LeftContext::Other] };
        for before in befores {
            self.list.extend(classes.map(|class| {
                let class = before.settle(class);
                Settled { class, next: SentencePlace::new(LeftContext::of(class), false) }
            }));
        }
        TagKind { first, mask: if befores.len() > 1 { u32::MAX } else { u32::from(SentencePlace::EACH) - 1 } }
    }

    /// What a word is in its place.
    #[inline]
    pub(crate) fn get(&self, kind: TagKind, place: SentencePlace) -> Settled {
        self.list.get((kind.first + (u32::from(place.0) & kind.mask)) as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{LeftContext, SentencePlace, Standings, standing};
    use crate::token::TagSet;

    #[test]
    fn words_are_worked_out_beforehand_as_they_would_be_one_by_one() {
        let known = TagSet::KNOWN;
        let classes = [
            TagSet::NONE,
            known | TagSet::NOUN | TagSet::VERB,
            known | TagSet::NOUN | TagSet::PLURAL | TagSet::VERBS,
            known | TagSet::MODAL | TagSet::NOUN | TagSet::FIRST | TagSet::MALE,
            known | TagSet::PRONOUN,
            known | TagSet::DET | TagSet::ADJ | TagSet::PAST,
        ];
        let mut standings = Standings::default();
        let kinds = classes.map(|class| (class, standings.add(class, class, false)));
        for (class, kind) in kinds {
            for before in LeftContext::ALL {
                for (capital, initial) in [(false, false), (false, true), (true, false), (true, true)] {
                    let place = SentencePlace::new(before, initial);
                    assert_eq!((place.before(), place.is_initial()), (before, initial));
                    let settled = standings.get(kind, place.with_capital(capital));
                    let expected = before.settle(standing(class, capital, initial, false));
                    assert_eq!(settled.class, expected, "{class:?} {before:?} {capital} {initial}");
                    assert_eq!(settled.next, SentencePlace::new(LeftContext::of(expected), false));
                }
            }
        }
    }
}
