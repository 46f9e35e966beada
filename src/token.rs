//! Tokens and the classes rules speak of.

use std::fmt;
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// A set of classes: what a token is or may be.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(crate) struct Class(pub(crate) u64);

macro_rules! classes {
    ($($bit:literal $name:ident $doc:literal,)*) => {
        impl Class {
            $(#[doc = $doc] pub(crate) const $name: Class = Class(1 << $bit);)*

            /// Every class with the name rules call it by.
            pub(crate) const NAMES: &'static [(&'static str, Class)] = &[$((stringify!($name), Class::$name),)*];
        }
    };
}

classes! {
    0 Q "A quoted string, taken as one token.",
    1 COMMA "`,`",
    2 COLON "`:`",
    3 SEMICOLON "`;`",
    4 DASH "A dash, or a hyphen standing by itself.",
    5 STOP "The end of a sentence.",
    6 OPEN "An opening bracket.",
    7 CLOSE "A closing bracket.",
    8 PARA "A paragraph break.",
    9 WORD "Any word or number.",
    10 CAP "Begins with a capital.",
    11 UPPER "All capitals, two letters or more.",
    12 NUMBER "Digits, or a number word.",
    13 NAME "A capital where none is due: part of a name.",
    14 SHORT "A quoted string of three words or fewer that ends in no punctuation.",
    15 QSTOP "A quoted string that ends in a full stop.",
    54 QASK "A quoted string that ends in ! ? or …",
    16 QCOMMA "A quoted string that ends in a comma or dash.",
    17 DET "Article or other determiner.",
    18 POSSESSIVE "his, her, their …",
    19 PRONOUN "A pronoun that can be a subject.",
    20 OBJECT "him, them …",
    21 WHO "who, which, that",
    22 BE "A form of be.",
    23 HAVE "A form of have.",
    24 MODAL "will, could, does …",
    25 NOT "not, never, and words that hold a not.",
    26 ADVERB "An adverb.",
    27 PREP "A preposition.",
    28 AND "and, or, but, nor",
    29 SUBORD "A conjunction that opens a clause: because, while.",
    30 WH "what, how, why, when …",
    31 TO "to",
    32 THAT "that",
    33 CLITIC "The ending ’s, or the apostrophe of a plural.",
    34 NOUN "May be a noun.",
    35 PLURAL "May be a plural noun.",
    36 ADJ "May be an adjective.",
    37 VERB "May be a verb in its base form.",
    38 VERBS "May be a verb in -s.",
    39 PAST "May be a past form.",
    40 PARTICIPLE "May be a past participle.",
    41 GERUND "May be a form in -ing.",
    42 TITLE "A form of address: Mr., Sen.",
    43 ROLE "A noun for people: minister, spokesman.",
    44 GROUP "A noun for a body: company, court.",
    45 DOCUMENT "A noun for something written or found: report, poll.",
    46 TIME "A word that dates: Monday, week.",
    47 FIRST "A first name.",
    48 PARTICLE "A piece of a name: van, al.",
    49 SUFFIX "Jr., III.",
    50 FEMALE "Said of women.",
    51 MALE "Said of men.",
    52 INITIAL "First word of a sentence.",
    53 ABBREVIATION "Written with a full stop.",
    62 KNOWN "Stands in a word list.",
    63 ANCHOR "A rule starts from this word.",
}

impl Class {
    pub(crate) const NONE: Class = Class(0);

    #[inline]
    pub(crate) const fn has(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    #[inline]
    pub(crate) const fn union(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    #[inline]
    pub(crate) const fn without(self, other: Class) -> Class {
        Class(self.0 & !other.0)
    }

    /// Classes that rules may name as one.
    const UNIONS: [(&'static str, Class); 5] = [
        ("FINITE", Class::VERB.union(Class::VERBS).union(Class::PAST)),
        ("VERBAL", Class::VERBAL),
        ("NOMINAL", Class::NOUN.union(Class::NAME).union(Class::ROLE).union(Class::GROUP).union(Class::DOCUMENT)),
        ("QEND", Class::QEND),
        ("AUXILIARY", Class::BE.union(Class::HAVE).union(Class::MODAL)),
    ];

    /// A quoted string that ends a sentence.
    pub(crate) const QEND: Class = Class::QSTOP.union(Class::QASK);

    /// May be some form of a verb.
    pub(crate) const VERBAL: Class =
        Class::VERB.union(Class::VERBS).union(Class::PAST).union(Class::PARTICIPLE).union(Class::GERUND);

    pub(crate) fn by_name(name: &str) -> Option<Class> {
        let mut named = Class::NAMES.iter().chain(&Class::UNIONS);
        named.find(|(known, _)| *known == name).map(|&(_, class)| class)
    }
}

impl BitOr for Class {
    type Output = Class;
    fn bitor(self, other: Class) -> Class {
        self.union(other)
    }
}

impl BitAnd for Class {
    type Output = Class;
    fn bitand(self, other: Class) -> Class {
        Class(self.0 & other.0)
    }
}

impl BitOrAssign for Class {
    fn bitor_assign(&mut self, other: Class) {
        self.0 |= other.0;
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Class::NAMES.iter().filter(|(_, class)| self.has(*class)).map(|(name, _)| *name);
        f.write_str(&names.collect::<Vec<_>>().join("+"))
    }
}

/// One token of narrative: 16 bytes, so that four share a cache line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it begins, counted from the start of the unit it was lexed in.
    pub(crate) start: u32,
    /// Length in bytes; for a quoted string the lower half of its index.
    pub(crate) len: u16,
    /// The word's entry in the lexicon, 0 if it has none; for a quoted string the upper half of its index.
    pub(crate) word: u16,
    pub(crate) class: Class,
}

impl Token {
    pub(crate) fn new(start: u32, len: u16, word: u16, class: Class) -> Token {
        Token { start, len, word, class }
    }

    /// The token that stands for the quoted string `string`.
    pub(crate) fn quoted(start: u32, string: u32, class: Class) -> Token {
        Token { start, len: string as u16, word: (string >> 16) as u16, class: class | Class::Q }
    }

    /// The quoted string this token stands for.
    pub(crate) fn string(&self) -> Option<usize> {
        self.class.has(Class::Q).then(|| usize::from(self.len) | usize::from(self.word) << 16)
    }

    #[inline]
    pub(crate) fn is(&self, class: Class) -> bool {
        self.class.has(class)
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, Token};

    #[test]
    fn a_token_is_small() {
        assert_eq!(size_of::<Token>(), 16);
    }

    #[test]
    fn names_are_unique_and_found() {
        for (name, class) in Class::NAMES {
            assert_eq!(Class::by_name(name), Some(*class), "{name}");
        }
        assert_eq!(Class::by_name("NOUNS"), None);
    }

    #[test]
    fn a_string_index_survives() {
        for index in [0, 7, 65_536, 4_000_000_000] {
            assert_eq!(Token::quoted(3, index, Class::NONE).string(), Some(index as usize));
        }
    }
}
