//! The word before a name, and what it makes of the name.

use super::TextContext;
use super::names::Name;
use super::runs::FUNCTION;
use super::terms::LexicalRoles;
use crate::lexicon::Lexicon;
use crate::marks::{Uses, ascii_uses};
use crate::span::Span;
use crate::token::TagSet;
use crate::word::{self, Key};

/// What a word makes of a name behind it, and whether one begins with it: flags of [`Name`], and a few more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Use(u16);

impl Use {
    /// A time after it is one, and no name: *on* Sunday, *last* June.
    pub(super) const TELLS_WHEN: u16 = 1 << 12;
    /// It may belong to the name: *van*.
    pub(super) const PARTICLE: u16 = 1 << 13;
    /// What comes next is its object.
    const LEADS: u16 = 1 << 14;
    /// With a capital it is part of a name, unless in a headline.
    pub(super) const NAMES: u16 = 1;
    /// With a capital it is none, unless all of it are capitals.
    pub(super) const NAMES_NOTHING: u16 = 1 << 1;
    const FLAGS: u16 = Name::AFTER_WORD | Name::AFTER_ROLE | Name::ARTICLE | Name::LOCATIVE | Name::OBJECT;

    /// The use of the word with this entry.
    pub(super) fn of(terms: &LexicalRoles, lexicon: &Lexicon, entry: u16) -> Use {
        let class = lexicon.entry(entry).class;
        let locative = terms.is_locative(lexicon, entry);
        let when = terms.links(entry) || locative || class.has(TagSet::ADJ);
        let object = class.has(TagSet::PREP | TagSet::TO) || class.has(TagSet::VERBAL) && !class.has(TagSet::NOUN);
        // In *said that Lim*, *that* is no article.
        let relation = if class.has(TagSet::DET) && !class.has(TagSet::THAT) {
            Name::ARTICLE
        } else if locative {
            Name::LOCATIVE | Name::OBJECT
        } else {
            Name::OBJECT.when(object)
        };
        let function = class.has(FUNCTION) && !class.has(TagSet::TIME);
        let special = class.has(TagSet::NUMBER | TagSet::TITLE | TagSet::SUFFIX)
            || class.has(TagSet::FIRST) && class.has(TagSet::MODAL);
        let nothing = class.has(TagSet::TIME) && !class.has(TagSet::FIRST) || function && !special;
        let nothing = nothing && !terms.is_direction(lexicon, entry);
        let names = entry != 0 && !class.has(FUNCTION | TagSet::TIME) && !terms.is_said(lexicon, entry);
        Use(Name::AFTER_WORD
            | relation
            | Use::NAMES.when(names)
            | Use::NAMES_NOTHING.when(nothing)
            | Name::AFTER_ROLE.when(class.has(TagSet::ROLE))
            | Use::TELLS_WHEN.when(when)
            | Use::PARTICLE.when(class.has(TagSet::PARTICLE) && !class.has(FUNCTION))
            | Use::LEADS.when(class.has(TagSet::PREP | TagSet::VERBAL | TagSet::TO)))
    }

    #[inline]
    pub(super) fn has(self, flag: u16) -> bool {
        self.0 & flag != 0
    }
}

/// A flag, or none.
pub(super) trait When {
    fn when(self, on: bool) -> Self;
}

impl When for u16 {
    #[inline]
    fn when(self, on: bool) -> u16 {
        self * u16::from(on)
    }
}

/// The word right before a place.
#[derive(Clone, Copy)]
pub(super) struct Before {
    pub(super) start: u32,
    pub(super) word: Use,
}

impl Before {
    /// No word.
    pub(super) const NOTHING: Before = Before { start: 0, word: Use(0) };

    #[inline(always)]
    pub(super) fn read(context: &TextContext<'_>, at: usize) -> Before {
        let bytes = context.text.as_bytes();
        let Some(end) = at.checked_sub(1).filter(|&end| matches!(bytes[end], b' ' | b'\n')) else {
            return Before::NOTHING;
        };
        match short_run_ending(bytes, end) {
            Some((0, _)) => Before::NOTHING,
            Some((len, key)) => {
                Before { start: (end - len) as u32, word: context.terms.use_of(context.lexicon.find_key(key)) }
            }
            None => Before::read_long(context, end),
        }
    }

    #[inline(never)]
    fn read_long(context: &TextContext<'_>, end: usize) -> Before {
        let Some(span) = word_ending(context.text, end) else { return Before::NOTHING };
        Before { start: span.start as u32, word: context.terms.use_of(context.look_up(span).0) }
    }

    /// The flags of a name that begins no sentence.
    #[inline]
    pub(super) fn flags(self, context: &TextContext<'_>) -> u16 {
        let Before { start, word } = self;
        if !word.has(Name::AFTER_WORD) {
            return Name::APART;
        }
        let object = word.has(Name::ARTICLE) && leads_to(context, start as usize);
        word.0 & Use::FLAGS | Name::OBJECT.when(object)
    }
}

/// Whether the word before a place makes an object of what stands there.
#[inline(never)]
fn leads_to(context: &TextContext<'_>, at: usize) -> bool {
    Before::read(context, at).word.has(Use::LEADS)
}

/// The word one space before `at`.
pub(super) fn word_before(text: &str, at: usize) -> Option<Span> {
    let end = at.checked_sub(1).filter(|&end| matches!(text.as_bytes()[end], b' ' | b'\n'))?;
    word_ending(text, end)
}

/// The word that ends at `end`.
pub(super) fn word_ending(text: &str, end: usize) -> Option<Span> {
    match run_ending(text.as_bytes(), end) {
        Some((len, _)) => (len > 0).then(|| Span::new(end - len, end)),
        None => long_word_ending(text, end),
    }
}

/// Mostly it is a run of fewer than eight letters behind a space: its length and key.
#[inline(always)]
fn short_run_ending(bytes: &[u8], end: usize) -> Option<(usize, Key)> {
    let chunk = bytes[..end].last_chunk::<8>()?;
    let (key, len) = word::last_run(u64::from_le_bytes(*chunk));
    let before = *chunk.get(7usize.wrapping_sub(len))?;
    (before < 0x80 && !ascii_uses(before).has(Uses::INSIDE)).then_some((len, key))
}

/// The same for one of up to fifteen letters.
fn run_ending(bytes: &[u8], end: usize) -> Option<(usize, Key)> {
    let chunk = bytes[..end].last_chunk::<8>()?;
    if word::last_run(u64::from_le_bytes(*chunk)).1 < 8 {
        return short_run_ending(bytes, end);
    }
    let (len, _) = short_run_ending(bytes, end - 8)?;
    Some((8 + len, Key::of_run(bytes, end - 8 - len, 8 + len)))
}

fn long_word_ending(text: &str, end: usize) -> Option<Span> {
    const LONGEST: usize = 32;
    let bytes = &text.as_bytes()[..end];
    let letters = bytes
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|byte| byte.is_ascii_alphanumeric() || ascii_uses(**byte).has(Uses::INSIDE) || **byte >= 0x80);
    let start = end - letters.count();
    let start = (start..end).find(|&start| text.is_char_boundary(start))?;
    let word = text[start..end].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let start = end - word.len();
    word.ends_with(char::is_alphanumeric).then(|| Span::new(start, end))
}
