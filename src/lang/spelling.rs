//! How words of a language are spelled: forms of verbs, endings that tell what a word is, and what goes with apostrophes.

use super::sections::{SectionLine, lines};
use crate::error::{self, Kind, Problem};
use crate::token::TagSet;

/// What `spelling.txt` holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spelling {
    verbs: Vec<(TagSet, Vec<Rewrite>)>,
    endings: Endings,
    clitics: Vec<(u32, TagSet)>,
    /// The letter behind the apostrophe of a possessive, 0 if the language has none.
    possessive: u8,
    plural: u8,
    capitals: Vec<Box<str>>,
    joined: Vec<Box<str>>,
    /// Endings of nouns that name what can be said, asked or promised.
    matters: Vec<Suffix>,
}

/// Endings of unknown words and what each tells, the first that fits first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Endings(Vec<(Suffix, TagSet)>);

impl Endings {
    /// How many letters stand before an ending at least.
    const LEAST_BEFORE: usize = 3;

    /// What each tells.
    pub(crate) fn classes(&self) -> impl Iterator<Item = TagSet> {
        self.0.iter().map(|(_, class)| *class)
    }

    /// Which of them a word has; a number behind the last if it has none.
    #[inline]
    pub(crate) fn find(&self, word: &[u8]) -> usize {
        let tail = tail(word);
        let room = word.len().saturating_sub(Endings::LEAST_BEFORE);
        let fits = |suffix: &Suffix| suffix.ends(tail) && suffix.len <= room;
        self.0.iter().position(|(suffix, _)| fits(suffix)).unwrap_or(self.0.len())
    }
}

/// The last bytes of a word, four at most.
#[derive(Clone, Copy, Debug)]
struct Suffix {
    mask: u32,
    letters: u32,
    len: usize,
}

impl Suffix {
    const LONGEST: usize = 4;

    /// The suffix written `-ly`; `-` is the empty one.
    fn read(written: &str) -> Option<Suffix> {
        let letters = written.strip_prefix('-').filter(|letters| letters.len() <= Suffix::LONGEST)?;
        let mask = u32::MAX.checked_shl(32 - 8 * letters.len() as u32).unwrap_or(0);
        Some(Suffix { mask, letters: tail(letters.as_bytes()), len: letters.len() })
    }

    #[inline]
    fn ends(&self, tail: u32) -> bool {
        tail & self.mask == self.letters
    }
}

/// The last four bytes as a number, zeros before a shorter word; the last byte is the highest.
#[inline]
fn tail(word: &[u8]) -> u32 {
    match word.last_chunk() {
        Some(last) => u32::from_le_bytes(*last),
        None => word.iter().rev().fold((0, 24), |(tail, shift), byte| (tail | u32::from(*byte) << shift, shift - 8)).0,
    }
}

/// How one form of a verb is made of its base.
#[derive(Clone, Debug)]
struct Rewrite {
    suffix: Suffix,
    /// How many bytes of the base are dropped.
    dropped: usize,
    /// The last letter comes once more where the list says so.
    doubles: bool,
    added: Box<str>,
}

impl Rewrite {
    /// The rule written `-y -ies`: what both have in common stays.
    fn read(words: &str) -> Option<Rewrite> {
        let (old, new) = words.split_once(char::is_whitespace)?;
        let suffix = Suffix::read(old)?;
        let (old, new) = (&old[1..], new.trim_start().strip_prefix('-')?);
        let kept = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
        let added = new.get(kept..)?;
        let doubles = added.starts_with('+');
        let added = added.strip_prefix('+').unwrap_or(added);
        let plain = added.chars().all(char::is_alphabetic) && !(doubles && kept < old.len());
        plain.then(|| Rewrite { suffix, dropped: old.len() - kept, doubles, added: added.into() })
    }
}

impl Spelling {
    pub(crate) fn read(text: &str) -> Result<Spelling, Problem> {
        let mut spelling = Spelling::default();
        for line in lines(text) {
            let fail = || error::Line { number: line.number, text: line.words }.whole(Kind::Spelling);
            spelling.add(&line).ok_or_else(fail)?;
        }
        Ok(spelling)
    }

    fn add(&mut self, line: &SectionLine<'_>) -> Option<()> {
        let mut names = line.heading.split_whitespace();
        let table = names.next()?;
        let class = names.try_fold(TagSet::NONE, |class, name| Some(class | TagSet::by_name(name)?))?;
        if table == "verb" {
            let rewrite = Rewrite::read(line.words)?;
            match self.verbs.iter_mut().find(|(known, _)| *known == class) {
                Some((_, rules)) => rules.push(rewrite),
                None => self.verbs.push((class, vec![rewrite])),
            }
            return Some(());
        }
        line.words.split_whitespace().try_for_each(|word| {
            match table {
                "guess" => self.endings.0.push((Suffix::read(word)?, class)),
                "clitic" if word.len() <= Suffix::LONGEST => self.clitics.push((tail(word.as_bytes()), class)),
                "possessive" => self.possessive = letter(word)?,
                "plural" => self.plural = letter(word)?,
                "capital" => self.capitals.push(word.into()),
                "joined" => self.joined.push(word.into()),
                "matter" => self.matters.push(Suffix::read(word)?),
                _ => return None,
            }
            Some(())
        })
    }

    /// The form of a regular verb that is of this class, in pieces: the beginning of its base, `doubled` or nothing, and an
    /// ending. The base itself if no rule fits.
    pub(crate) fn verb_form<'w>(&'w self, class: TagSet, base: &'w str, doubled: &'w str) -> [&'w str; 3] {
        let rules = self.verbs.iter().find(|(known, _)| *known == class).map_or(&[][..], |(_, rules)| rules);
        let tail = tail(base.as_bytes());
        match rules.iter().find(|rule| rule.suffix.ends(tail)) {
            Some(Rewrite { dropped, doubles, added, .. }) => {
                [&base[..base.len() - dropped], if *doubles { doubled } else { "" }, added]
            }
            None => [base, "", ""],
        }
    }

    pub(crate) fn endings(&self) -> &Endings {
        &self.endings
    }

    /// What the ending of an unknown word tells.
    pub(crate) fn guess(&self, word: &[u8]) -> TagSet {
        self.endings.0.get(self.endings.find(word)).map_or(TagSet::NONE, |(_, class)| *class)
    }

    /// What the letters behind an apostrophe are, if they are a word of their own.
    #[inline]
    pub(crate) fn clitic(&self, letters: &[u8]) -> Option<TagSet> {
        let tail = tail(letters);
        let known = self.clitics.iter().find(|(known, _)| *known == tail);
        known.filter(|_| letters.len() <= Suffix::LONGEST).map(|(_, class)| *class)
    }

    /// The letter behind the apostrophe of a possessive.
    #[inline]
    pub(crate) fn possessive(&self) -> u8 {
        self.possessive
    }

    /// The letter that plurals end with where an apostrophe alone makes the possessive.
    #[inline]
    pub(crate) fn plural(&self) -> u8 {
        self.plural
    }

    /// Words that have a capital everywhere, which then tells nothing.
    pub(crate) fn capitals(&self) -> impl Iterator<Item = &str> {
        self.capitals.iter().map(|word| &**word)
    }

    /// Whether a word has its capital for no reason that tells anything.
    pub(crate) fn is_always_capital(&self, word: &[u8]) -> bool {
        self.capitals.iter().any(|known| known.as_bytes() == word)
    }

    /// Whether the ending of a noun tells that it names what can be said, asked or promised: *inspection*.
    pub(crate) fn is_matter(&self, word: &[u8]) -> bool {
        let tail = tail(word);
        self.matters.iter().any(|suffix| suffix.ends(tail) && suffix.len + Endings::LEAST_BEFORE <= word.len())
    }

    /// Whether letters before an apostrophe and a capital are part of the name: *d’Arc*.
    pub(crate) fn is_joined(&self, letters: &str) -> bool {
        self.joined.iter().any(|known| **known == *letters)
    }
}

/// The only byte of a word.
fn letter(word: &str) -> Option<u8> {
    let [letter] = *word.as_bytes() else { return None };
    letter.is_ascii_alphabetic().then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::Spelling;
    use crate::lang::Language;
    use crate::token::TagSet;

    fn english() -> Spelling {
        Spelling::read(Language::english().spelling).unwrap()
    }

    #[test]
    fn endings_tell_what_a_word_is() {
        let spelling = english();
        let expected = [
            ("gladly", TagSet::ADVERB),
            ("abcly", TagSet::ADVERB),
            // Too few letters before the ending.
            ("ably", TagSet::NOUN | TagSet::ADJ),
            ("bing", TagSet::NOUN | TagSet::ADJ),
            ("blinging", TagSet::GERUND | TagSet::NOUN),
            ("blinged", TagSet::PAST | TagSet::PARTICIPLE),
            ("glibness", TagSet::NOUN),
            ("fibrous", TagSet::ADJ),
            ("yous", TagSet::NOUN | TagSet::PLURAL | TagSet::VERBS),
            ("blings", TagSet::NOUN | TagSet::PLURAL | TagSet::VERBS),
            ("gas", TagSet::NOUN | TagSet::ADJ),
            ("bling", TagSet::NOUN | TagSet::ADJ),
            ("", TagSet::NOUN | TagSet::ADJ),
        ];
        for (word, class) in expected {
            assert_eq!(spelling.guess(word.as_bytes()), class, "{word}");
        }
    }

    #[test]
    fn letters_behind_an_apostrophe_are_words_as_they_are_listed() {
        let spelling = english();
        for (letters, class) in
            [("s", TagSet::CLITIC), ("S", TagSet::CLITIC), ("ll", TagSet::MODAL), ("ve", TagSet::HAVE)]
        {
            assert_eq!(spelling.clitic(letters.as_bytes()), Some(class), "{letters}");
        }
        for letters in ["", "l", "LL", "all", "lll", "t", "Neil", "areve"] {
            assert_eq!(spelling.clitic(letters.as_bytes()), None, "{letters}");
        }
    }

    #[test]
    fn another_language_is_spelled_by_its_own_file() {
        let german = "[verb PAST]\n-eln -elte\n-en -te\n[guess ADJ] -lich\n[capital] Sie\n[joined] d\n";
        let spelling = Spelling::read(german).unwrap();
        let past = |base, doubled| spelling.verb_form(TagSet::PAST, base, doubled).concat();
        assert_eq!(past("murmeln", ""), "murmelte");
        assert_eq!(past("sagen", ""), "sagte");
        assert_eq!(spelling.verb_form(TagSet::GERUND, "sagen", ""), ["sagen", "", ""]);
        assert_eq!(spelling.guess(b"freundlich"), TagSet::ADJ);
        assert_eq!(spelling.guess(b"Haus"), TagSet::NONE);
        assert!(spelling.is_always_capital(b"Sie") && !spelling.is_always_capital(b"I"));
        assert!(spelling.is_joined("d") && !spelling.is_joined("o"));
        assert_eq!(spelling.clitic(b"s"), None);
    }

    #[test]
    fn a_line_that_is_none_of_a_table_is_an_error() {
        for text in [
            "s",
            "[verbs PAST]\n- -ed",
            "[verb PAST]\n-",
            "[verb PAST]\ny -ied",
            "[verb PAST]\n-y ied",
            "[verb PAST]\n-y -i-ed",
            "[verb PAST]\n-y -+ied",
            "[verb YESTERDAY]\n- -ed",
            "[guess ADVERB] ly",
            "[guess ADVERB] -fully",
            "[clitic HAVE] would",
            "[possessive] es",
        ] {
            assert_eq!(Spelling::read(text).unwrap_err().line(), text.lines().count(), "{text}");
        }
    }
}
