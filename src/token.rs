//! Tokens and the classes rules speak of.

use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of classes: what a token is or may be.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) struct TagSet(pub(crate) u64);

macro_rules! classes {
    ($($bit:literal $name:ident $doc:literal,)*) => {
        impl TagSet {
            $(#[doc = $doc] pub(crate) const $name: TagSet = TagSet(1 << $bit);)*

            /// Every class with the name rules call it by.
            pub(crate) const NAMES: &'static [(&'static str, TagSet)] = &[$((stringify!($name), TagSet::$name),)*];

            /// The class of a name, if it is no union.
            fn single_by_name(name: &str) -> Option<TagSet> {
                match name {
                    $(stringify!($name) => Some(TagSet::$name),)*
                    _ => None,
                }
            }
        }
    };
}

// The order matters: a token's primary tag is its first class, so what tells most comes first.
classes! {
    0 Q "A quoted string, taken as one token.",
    1 PARA "A paragraph break.",
    2 STOP "The end of a sentence.",
    3 COMMA "`,`",
    4 COLON "`:`",
    5 SEMICOLON "`;`",
    6 DASH "A dash, or a hyphen standing by itself.",
    7 OPEN "An opening bracket.",
    8 CLOSE "A closing bracket.",
    9 CLITIC "The ending ’s, or the apostrophe of a plural.",
    10 NOT "not, never, and words that hold a not.",
    11 TO "to",
    12 THAT "that",
    13 WHO "who, which",
    14 WH "what, how, why, when …",
    15 PRONOUN "A pronoun that can be a subject.",
    16 OBJECT "him, them …",
    17 POSSESSIVE "his, her, their …",
    18 DET "Article or other determiner.",
    19 AND "and, or, but, nor",
    20 SUBORD "A conjunction that opens a clause: because, while.",
    21 PREP "A preposition.",
    22 BE "A form of be.",
    23 HAVE "A form of have.",
    24 MODAL "will, could, does …",
    25 TIME "A word that dates: Monday, week.",
    26 NUMBER "Digits, or a number word.",
    27 TITLE "A form of address: Mr., Sen.",
    28 NAME "A capital where none is due: part of a name.",
    29 SUFFIX "Jr., III.",
    30 PARTICLE "A piece of a name: van, al.",
    31 ROLE "A noun for people: minister, spokesman.",
    32 GROUP "A noun for a body: company, court.",
    33 DOCUMENT "A noun for something written or found: report, poll.",
    34 GERUND "May be a form in -ing.",
    35 PAST "May be a past form.",
    36 PARTICIPLE "May be a past participle.",
    37 VERBS "May be a verb in -s.",
    38 PLURAL "May be a plural noun.",
    39 VERB "May be a verb in its base form.",
    40 ADVERB "An adverb.",
    41 ADJ "May be an adjective.",
    42 NOUN "May be a noun.",
    43 WORD "Any word or number.",
    44 CAP "Begins with a capital.",
    45 UPPER "All capitals, two letters or more.",
    46 SHORT "A quoted string of three words or fewer that ends in no punctuation.",
    47 QSTOP "A quoted string that ends in a full stop.",
    48 QASK "A quoted string that ends in ! ? or …",
    49 QCOMMA "A quoted string that ends in a comma or dash.",
    50 FIRST "A first name.",
    51 FEMALE "Said of women.",
    52 MALE "Said of men.",
    53 INITIAL "First word of a sentence.",
    54 ABBREVIATION "Written with a full stop.",
    55 KNOWN "Stands in a word list.",
    57 QOPEN "An opening mark that nothing closes.",
    56 ANCHOR "A rule starts from this word.",
}

impl TagSet {
    pub(crate) const NONE: TagSet = TagSet(0);

    #[inline]
    pub(crate) const fn has(self, other: TagSet) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub(crate) const fn union(self, other: TagSet) -> TagSet {
        TagSet(self.0 | other.0)
    }

    #[inline]
    pub(crate) const fn without(self, other: TagSet) -> TagSet {
        TagSet(self.0 & !other.0)
    }

    /// This if it is so, none otherwise.
    #[inline]
    pub(crate) const fn when(self, so: bool) -> TagSet {
        TagSet(if so { self.0 } else { 0 })
    }

    /// Classes that rules may name as one.
    const UNIONS: [(&'static str, TagSet); 5] = [
        ("FINITE", TagSet::VERB.union(TagSet::VERBS).union(TagSet::PAST)),
        ("VERBAL", TagSet::VERBAL),
        ("NOMINAL", TagSet::NOUN.union(TagSet::NAME).union(TagSet::ROLE).union(TagSet::GROUP).union(TagSet::DOCUMENT)),
        ("QEND", TagSet::QEND),
        ("AUXILIARY", TagSet::BE.union(TagSet::HAVE).union(TagSet::MODAL)),
    ];

    /// Verbs that may be the predicate of a clause: those with a tense of their own, which base forms lack.
    pub(crate) const MAY_BE_FINITE: TagSet =
        TagSet::BE.union(TagSet::HAVE).union(TagSet::MODAL).union(TagSet::PAST).union(TagSet::VERBS);
    /// A quoted string that ends a sentence.
    pub(crate) const QEND: TagSet = TagSet::QSTOP.union(TagSet::QASK);

    /// May be some form of a verb.
    pub(crate) const VERBAL: TagSet =
        TagSet::VERB.union(TagSet::VERBS).union(TagSet::PAST).union(TagSet::PARTICIPLE).union(TagSet::GERUND);

    /// The first of its classes: what a token is in one word. Symbols have none of the classes and the last tag.
    #[inline]
    pub(crate) const fn primary_tag(self) -> PrimaryTag {
        const OTHER: u64 = 1 << (PrimaryTag::COUNT - 1);
        let bits = self.0 & (OTHER - 1) | OTHER;
        PrimaryTag(bits.trailing_zeros() as u8)
    }

    /// Every name of a class.
    pub(crate) fn all_names<'n>() -> impl Iterator<Item = &'n str> {
        TagSet::NAMES.iter().chain(&TagSet::UNIONS).map(|&(name, _)| -> &'n str { name })
    }

    pub(crate) fn by_name(name: &str) -> Option<TagSet> {
        let union = || TagSet::UNIONS.iter().find(|(known, _)| *known == name).map(|&(_, class)| class);
        TagSet::single_by_name(name).or_else(union)
    }
}

/// One tag of a token: the first of its classes, see [`TagSet::primary_tag`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PrimaryTag(u8);

impl PrimaryTag {
    /// How many there are. Classes behind the 44th are never primary.
    pub(crate) const COUNT: usize = 45;

    /// Their names, by number.
    pub(crate) const NAMES: [&'static str; PrimaryTag::COUNT] = {
        let mut names = ["OTHER"; PrimaryTag::COUNT];
        let mut number = 0;
        while number + 1 < names.len() {
            let (name, class) = TagSet::NAMES[number];
            assert!(class.0 == 1 << number, "classes are listed by bit");
            names[number] = name;
            number += 1;
        }
        names
    };

    pub(crate) fn all() -> impl DoubleEndedIterator<Item = PrimaryTag> + Clone {
        (0..PrimaryTag::COUNT as u8).map(PrimaryTag)
    }

    /// Below [`PrimaryTag::COUNT`].
    #[inline]
    pub(crate) const fn number(self) -> u8 {
        self.0
    }
}

impl BitOr for TagSet {
    type Output = TagSet;
    fn bitor(self, other: TagSet) -> TagSet {
        self.union(other)
    }
}

impl BitAnd for TagSet {
    type Output = TagSet;
    fn bitand(self, other: TagSet) -> TagSet {
        TagSet(self.0 & other.0)
    }
}

impl BitOrAssign for TagSet {
    fn bitor_assign(&mut self, other: TagSet) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for TagSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = TagSet::NAMES.iter().filter(|(_, class)| self.has(*class)).map(|(name, _)| *name);
        f.write_str(&names.collect::<Vec<_>>().join("+"))
    }
}

/// One token of narrative: 16 bytes, so that four share a cache line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it begins, counted from the start of the unit it was lexed in.
    pub(crate) start: u32,
    /// Length in bytes; for a quoted string the lower half of its index.
    pub(crate) len: u16,
    /// The word's entry in the lexicon, 0 if it has none; for a quoted string the upper half of its index.
    pub(crate) word: u16,
    pub(crate) class: TagSet,
}

impl Token {
    pub(crate) fn new(start: u32, len: u16, word: u16, class: TagSet) -> Token {
        Token { start, len, word, class }
    }

    /// The token that stands for the quoted string `string`, or for its opening mark.
    pub(crate) fn quoted(start: u32, string: u32, class: TagSet) -> Token {
        Token { start, len: string as u16, word: (string >> 16) as u16, class }
    }

    /// The quoted string this token stands for or opens.
    pub(crate) fn string(&self) -> Option<usize> {
        self.class.has(TagSet::Q.union(TagSet::QOPEN)).then(|| usize::from(self.len) | usize::from(self.word) << 16)
    }

    #[inline]
    pub(crate) fn is(&self, class: TagSet) -> bool {
        self.class.has(class)
    }
}

#[cfg(test)]
mod tests {
    use super::{PrimaryTag, TagSet, Token};

    #[test]
    fn a_token_is_small() {
        assert_eq!(size_of::<Token>(), 16);
    }

    #[test]
    fn names_are_unique_and_found() {
        for (name, class) in TagSet::NAMES {
            assert_eq!(TagSet::by_name(name), Some(*class), "{name}");
        }
        assert_eq!(TagSet::by_name("NOUNS"), None);
    }

    #[test]
    fn the_primary_tag_is_the_first_class() {
        let name = |class: TagSet| PrimaryTag::NAMES[usize::from(class.primary_tag().number())];
        for (number, (known, class)) in TagSet::NAMES.iter().enumerate() {
            let expected = if number + 1 < PrimaryTag::COUNT { known } else { "OTHER" };
            assert_eq!(name(*class), expected);
            assert_eq!(
                name(*class | TagSet::WORD | TagSet::KNOWN),
                if expected == "OTHER" { "WORD" } else { expected }
            );
        }
        assert_eq!(name(TagSet::NOUN | TagSet::PAST | TagSet::PARTICIPLE), "PAST");
        assert_eq!(name(TagSet::NONE), "OTHER");
    }

    #[test]
    fn the_guide_names_every_class() {
        const GUIDE: &str = include_str!("docs/rules.md");
        for (name, _) in TagSet::NAMES.iter().chain(&TagSet::UNIONS) {
            assert!(GUIDE.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn a_string_index_survives() {
        for index in [0, 7, 65_536, 4_000_000_000] {
            assert_eq!(Token::quoted(3, index, TagSet::Q).string(), Some(index as usize));
        }
    }
}
