//! What a word can be where it stands: small or with a capital, inside a sentence or first in it, behind this word or that.

use crate::token::Class;

/// Words that begin a sentence more often than they go on after an abbreviation.
pub(crate) const STARTERS: Class = Class::DET
    .union(Class::PRONOUN)
    .union(Class::POSSESSIVE)
    .union(Class::PREP)
    .union(Class::SUBORD)
    .union(Class::AND)
    .union(Class::WH)
    .union(Class::ADVERB);

/// What a word is that can be `class` and begins with a capital or not, as the first of its sentence or not. A word that is
/// `always_capital` has it for no reason that tells anything.
pub(crate) fn standing(class: Class, capital: bool, initial: bool, always_capital: bool) -> Class {
    let first = Class::INITIAL.when(initial) | Class::WORD;
    if !capital {
        return small(class) | first;
    }
    let mut class = class | Class::CAP;
    if !always_capital && is_name(class, initial) {
        class |= Class::NAME;
    }
    if !initial {
        let modal = Class::MODAL.when(class.has(Class::FIRST) && class.has(Class::NAME));
        class = class.without(Class::VERBAL | modal);
    }
    class | first
}

/// What a word is in lower case: no first name.
fn small(class: Class) -> Class {
    if !class.has(Class::FIRST) {
        return class;
    }
    let other = Class::ROLE | Class::TITLE | Class::PRONOUN | Class::OBJECT | Class::POSSESSIVE;
    let gender = if class.has(other) { Class::NONE } else { Class::FEMALE | Class::MALE };
    class.without(Class::FIRST | gender)
}

/// Whether a word with a capital, other than one that is always written so, is part of a name.
fn is_name(class: Class, initial: bool) -> bool {
    if class.has(Class::TIME) {
        return false;
    }
    if !class.has(Class::KNOWN) {
        return true;
    }
    let function = STARTERS.union(Class::BE).union(Class::HAVE).union(Class::MODAL).union(Class::NOT);
    if class.has(function) && !class.has(Class::FIRST | Class::NOUN) {
        return false;
    }
    !initial || class.has(Class::FIRST | Class::PARTICLE) && !class.has(STARTERS)
}

/// What a token tells of a word behind it that may be a noun or a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Before {
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

impl Before {
    const ALL: [Before; 5] = [Before::Other, Before::Nominal, Before::Plain, Before::PlainOrVerbal, Before::Verbal];

    /// What a token of this class tells.
    #[inline]
    pub(crate) fn of(class: Class) -> Before {
        const NOMINAL: Class = Class::DET.union(Class::POSSESSIVE).union(Class::PREP).union(Class::CLITIC);
        const UNSURE: Class =
            Class::THAT.union(Class::TO).union(Class::SUBORD).union(Class::PRONOUN).union(Class::OBJECT);
        const PLAIN: Class = Class::NOUN.union(Class::NAME).union(Class::ADJ).union(Class::NUMBER);
        const TOLD: [Before; 8] = [
            Before::Other,
            Before::Plain,
            Before::Verbal,
            Before::PlainOrVerbal,
            Before::Nominal,
            Before::Nominal,
            Before::Nominal,
            Before::Nominal,
        ];
        let nominal = class.has(NOMINAL) & !class.has(UNSURE);
        let plain = class.has(PLAIN) & !class.has(Class::PLURAL | Class::ADVERB | Class::PRONOUN);
        let subject = class.has(Class::PRONOUN) & !class.has(Class::OBJECT | Class::NOUN);
        let verbal = class.has(Class::TO | Class::MODAL) | subject;
        TOLD[usize::from(nominal) << 2 | usize::from(verbal) << 1 | usize::from(plain)]
    }

    /// What is left of a class behind it.
    pub(crate) fn settle(self, class: Class) -> Class {
        if !is_ambiguous(class) {
            return class;
        }
        let noun = Class::NOUN | Class::PLURAL | Class::ADJ;
        class.without(match self {
            Before::Other => Class::NONE,
            Before::Nominal => Class::VERB | Class::VERBS | Class::PAST,
            Before::Plain | Before::PlainOrVerbal if class.has(Class::VERB) => Class::VERB,
            Before::Plain => Class::NONE,
            Before::PlainOrVerbal | Before::Verbal => noun,
        })
    }
}

fn is_ambiguous(class: Class) -> bool {
    class.has(Class::NOUN) && class.has(Class::VERBAL)
}

/// Where a word stands: what is told by the token before it, and whether a sentence begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place(u8);

impl Place {
    const INITIAL: u8 = 1;
    const CAPITAL: u8 = 2;
    /// How many numbers there are for each thing the token before can tell.
    const EACH: u8 = 4;

    #[inline]
    pub(crate) const fn new(before: Before, initial: bool) -> Place {
        Place(before as u8 * Place::EACH + initial as u8 * Place::INITIAL)
    }

    /// What the token before tells.
    pub(crate) fn before(self) -> Before {
        Before::ALL.get(usize::from(self.0 / Place::EACH)).copied().unwrap_or_default()
    }

    /// The first place of a sentence.
    pub(crate) const FIRST: Place = Place::new(Before::Other, true);

    /// The place behind a token of this class that is in this place itself and is no word.
    #[inline]
    pub(crate) fn behind(self, class: Class) -> Place {
        Place::new(Before::of(class), self.is_initial())
    }

    /// The same place for a word that begins with a capital.
    #[inline]
    pub(crate) fn with_capital(self, capital: bool) -> Place {
        Place(self.0 | if capital { Place::CAPITAL } else { 0 })
    }

    /// The same place inside a sentence.
    pub(crate) fn going_on(self) -> Place {
        Place(self.0 & !Place::INITIAL)
    }

    #[inline]
    pub(crate) fn is_initial(self) -> bool {
        self.0 & Place::INITIAL != 0
    }
}

/// A word as it is taken, and where that leaves the next one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settled {
    pub(crate) class: Class,
    pub(crate) next: Place,
}

/// Where all that words of the same classes can be stands in [`Standings`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kind {
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
    pub(crate) fn add(&mut self, small: Class, capital: Class, always_capital: bool) -> Kind {
        let first = self.list.len() as u32;
        let classes = [
            standing(small, false, false, always_capital),
            standing(small, false, true, always_capital),
            standing(capital, true, false, always_capital),
            standing(capital, true, true, always_capital),
        ];
        let befores = if classes.into_iter().any(is_ambiguous) { &Before::ALL[..] } else { &[Before::Other] };
        for before in befores {
            self.list.extend(classes.map(|class| {
                let class = before.settle(class);
                Settled { class, next: Place::new(Before::of(class), false) }
            }));
        }
        Kind { first, mask: if befores.len() > 1 { u32::MAX } else { u32::from(Place::EACH) - 1 } }
    }

    /// What a word is in its place.
    #[inline]
    pub(crate) fn get(&self, kind: Kind, place: Place) -> Settled {
        self.list.get((kind.first + (u32::from(place.0) & kind.mask)) as usize).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Before, Place, Standings, standing};
    use crate::token::Class;

    #[test]
    fn words_are_worked_out_beforehand_as_they_would_be_one_by_one() {
        let known = Class::KNOWN;
        let classes = [
            Class::NONE,
            known | Class::NOUN | Class::VERB,
            known | Class::NOUN | Class::PLURAL | Class::VERBS,
            known | Class::MODAL | Class::NOUN | Class::FIRST | Class::MALE,
            known | Class::PRONOUN,
            known | Class::DET | Class::ADJ | Class::PAST,
        ];
        let mut standings = Standings::default();
        let kinds = classes.map(|class| (class, standings.add(class, class, false)));
        for (class, kind) in kinds {
            for before in Before::ALL {
                for (capital, initial) in [(false, false), (false, true), (true, false), (true, true)] {
                    let place = Place::new(before, initial);
                    assert_eq!((place.before(), place.is_initial()), (before, initial));
                    let settled = standings.get(kind, place.with_capital(capital));
                    let expected = before.settle(standing(class, capital, initial, false));
                    assert_eq!(settled.class, expected, "{class:?} {before:?} {capital} {initial}");
                    assert_eq!(settled.next, Place::new(Before::of(expected), false));
                }
            }
        }
    }
}
