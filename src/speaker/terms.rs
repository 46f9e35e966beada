//! Words and groups of words that this stage asks for by name, looked up once.

use super::before::Use;
use super::names::Honorific;
use crate::lang::LexicalRole;
use crate::lexicon::{CueClasses, Lexicon};
use crate::marks::{Uses, ascii_uses};
use crate::token::TagSet;
use rustc_hash::FxHashMap;

/// What is asked of a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct LexicalRoles {
    locative: CueClasses,
    proxy: CueClasses,
    sir: CueClasses,
    madam: CueClasses,
    miss: CueClasses,
    ms: CueClasses,
    chief: CueClasses,
    body: CueClasses,
    article: CueClasses,
    pointer: CueClasses,
    say: CueClasses,
    agent: CueClasses,
    direction: CueClasses,
    /// Words that link the parts of a body’s name.
    links: [u16; MOST_LINKS],
    /// How small words inside names begin: *de la*, *of*; and those of them that are particles.
    joiners: Beginnings,
    particles: Beginnings,
    /// How forms of *be* begin, and pronouns that tell a gender.
    be: Beginnings,
    gendered: Beginnings,
    /// What each word makes of a name behind it, by its entry.
    uses: Vec<Use>,
}

/// A set of two-letter prefixes of words, to reject most other words without a look-up: for each first letter, a bit set
/// of second letters. Bit 26 is for words of one letter, and for those whose second character is no ASCII letter.
#[derive(Clone, Copy, Debug, Default)]
struct Beginnings([u32; 26]);

impl Beginnings {
    /// Those of these words that `asked` is true of.
    fn of(lexicon: &Lexicon, words: &[u16], asked: impl Fn(u16, TagSet) -> bool) -> Beginnings {
        let mut letters = [0; 26];
        for id in words.iter().copied().filter(|&id| asked(id, lexicon.entry(id).class)) {
            let word = lexicon.word(id).as_bytes();
            if word[0].is_ascii_lowercase() {
                letters[usize::from(word[0] - b'a')] |= second_letter(word);
            }
        }
        Beginnings(letters)
    }

    /// Whether one of the words may begin like this.
    #[inline]
    fn fit(&self, bytes: &[u8]) -> bool {
        let Some(first) = bytes.first().map(|first| first.to_ascii_lowercase()) else { return false };
        match first {
            b'a'..=b'z' => {
                bytes.get(1).is_some_and(|&byte| byte >= 0x80 || ascii_uses(byte).has(Uses::INSIDE))
                    || self.0[usize::from(first - b'a')] & second_letter(bytes) != 0
            }
            _ => !first.is_ascii_digit(),
        }
    }
}

/// As many as are compared at once.
const MOST_LINKS: usize = 8;

impl LexicalRoles {
    pub(crate) fn new(lexicon: &Lexicon) -> LexicalRoles {
        let group = |name| lexicon.group_by_name(name).unwrap_or_default();
        let mut links = [0; MOST_LINKS];
        links.iter_mut().zip(lexicon.entries_of(LexicalRole::Link)).for_each(|(link, id)| *link = id);
        let pronoun = TagSet::PRONOUN | TagSet::OBJECT | TagSet::POSSESSIVE;
        // The few words that any of them is asked of.
        let class_of = |id| lexicon.entry(id).class;
        let small = (1..lexicon.len() as u16).filter(|&id| class_of(id).has(TagSet::PARTICLE | TagSet::BE | pronoun));
        let small: Vec<u16> = small.chain(links.into_iter().filter(|&id| id != 0)).collect();
        let mut terms = LexicalRoles {
            uses: Vec::new(),
            joiners: Beginnings::of(lexicon, &small, |id, class| {
                id != 0 && links.contains(&id) || class.has(TagSet::PARTICLE)
            }),
            particles: Beginnings::of(lexicon, &small, |_, class| class.has(TagSet::PARTICLE)),
            be: Beginnings::of(lexicon, &small, |_, class| class.has(TagSet::BE)),
            gendered: Beginnings::of(lexicon, &small, |_, class| {
                class.has(pronoun) && class.has(TagSet::FEMALE | TagSet::MALE)
            }),
            locative: group("LOCATIVE"),
            proxy: group("PROXY"),
            sir: group("SIR"),
            madam: group("MADAM"),
            miss: group("MISS"),
            ms: group("MS"),
            chief: group("CHIEF"),
            body: group("BODY"),
            article: group("ARTICLE"),
            pointer: group("POINTER"),
            say: group("SAY"),
            agent: group("AGENT"),
            direction: group("DIRECTION"),
            links: [0; MOST_LINKS],
        };
        terms.uses = terms.uses(lexicon);
        terms.links = links;
        for link in links.into_iter().filter(|&link| link != 0) {
            terms.uses[usize::from(link)] = Use::of(&terms, lexicon, link);
        }
        terms
    }

    /// What each word makes of a name behind it.
    fn uses(&self, lexicon: &Lexicon) -> Vec<Use> {
        // Many words are alike, in a list neighbours.
        let mut known = FxHashMap::<(TagSet, CueClasses), Use>::default();
        let mut last = ((TagSet::NONE, CueClasses::default()), Use::of(self, lexicon, 0));
        let each = (0..lexicon.len() as u16).map(|id| {
            let entry = lexicon.entry(id);
            let alike = (entry.class, entry.group);
            if last.0 != alike {
                last = (alike, *known.entry(alike).or_insert_with(|| Use::of(self, lexicon, id)));
            }
            last.1
        });
        each.collect()
    }

    /// What a word makes of a name behind it.
    #[inline]
    pub(super) fn use_of(&self, entry: u16) -> Use {
        self.uses[usize::from(entry)]
    }

    /// Whether a word may link the parts of a body’s name.
    pub(crate) fn links(&self, entry: u16) -> bool {
        entry != 0 && self.links.contains(&entry)
    }

    /// Whether a small word inside a name may begin like this.
    pub(crate) fn may_join(&self, bytes: &[u8]) -> bool {
        self.joiners.fit(bytes)
    }

    /// Whether a particle may begin like this.
    pub(crate) fn may_be_particle(&self, bytes: &[u8]) -> bool {
        self.particles.fit(bytes)
    }

    /// Whether a form of *be* may begin like this.
    pub(crate) fn may_be_be(&self, bytes: &[u8]) -> bool {
        self.be.fit(bytes)
    }

    /// Whether a pronoun that tells a gender may begin like this.
    pub(crate) fn may_be_gendered(&self, bytes: &[u8]) -> bool {
        self.gendered.fit(bytes)
    }

    pub(crate) fn is_locative(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.locative)
    }

    /// Whether such a person speaks for another.
    pub(crate) fn is_proxy(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.proxy)
    }

    /// Whether a body’s name may be built on it.
    pub(crate) fn is_body(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.body)
    }

    /// Whether it is an article, or a possessive that does the work of one.
    pub(crate) fn is_article(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.article)
    }

    /// Whether it is a verb of saying in the past, and nothing else.
    pub(crate) fn is_said(&self, lexicon: &Lexicon, entry: u16) -> bool {
        let entry = lexicon.entry(entry);
        let other = TagSet::NOUN | TagSet::ADJ | TagSet::FIRST | TagSet::ROLE | TagSet::TITLE;
        entry.group.has(self.say) && entry.class.has(TagSet::PAST) && !entry.class.has(other)
    }

    /// Whether it is somebody, by what they do.
    pub(crate) fn is_agent(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.agent)
    }

    /// Whether it begins names of places, and is no name alone: *North* Korea.
    pub(crate) fn is_direction(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.direction)
    }

    /// Whether it points back at what was told before.
    pub(crate) fn is_pointer(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.pointer)
    }

    /// Whether it is somebody at the head of something.
    pub(crate) fn is_chief(&self, lexicon: &Lexicon, entry: u16) -> bool {
        lexicon.entry(entry).group.has(self.chief)
    }

    pub(crate) fn honorific(&self, lexicon: &Lexicon, entry: u16) -> Honorific {
        let group = lexicon.entry(entry).group;
        let known = [
            (self.sir, Honorific::Sir),
            (self.madam, Honorific::Madam),
            (self.miss, Honorific::Miss),
            (self.ms, Honorific::Ms),
        ];
        known.into_iter().find(|(known, _)| group.has(*known)).map_or(Honorific::None, |(_, honorific)| honorific)
    }
}

fn second_letter(word: &[u8]) -> u32 {
    const NONE: u32 = 1 << 26;
    word.get(1).map_or(NONE, |byte| match byte {
        b'a'..=b'z' => 1 << (byte - b'a'),
        b'A'..=b'Z' => 1 << (byte - b'A'),
        _ => NONE,
    })
}
