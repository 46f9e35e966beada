//! Every glyph that can be a quotation mark, a dash or an apostrophe, and what it may do. No other file names one.
//!
//! [`MARKS`] says which [`Glyph`] a character is; [`FORMS`] says what a glyph may do: which way it turns, what closes it,
//! and its [`Uses`] outside of pairing. All other tables are derived from these two when the crate is compiled.
//!
//! # Adding a mark
//!
//! * A character that is paired like one that is there: a line of [`MARKS`] with the same glyph. Scanning, pairing, reading
//!   words, finding names and locating quotations know it from then on. `with` and `without` on its line say in which uses
//!   it differs, `closed_by` which mark closes a nickname it opens: `quote('﹁', CornerOpen)` is all that ﹁ needs.
//! * A character that nothing pairs: a line with `dash` or `rare` and its uses.
//! * A new way to pair: a variant of [`Glyph`] and its line of [`FORMS`], in the same place.
//!
//! The tests of `scan`, `pair`, `lex` and `locate` go through the table, so the new line is tested with the others; the
//! twin in the tests of `scan` knows marks by itself and needs a line, too. Marks of four bytes, and ASCII marks that the
//! byte test of `scan` does not let pass, do not compile. `tests/marks.rs` fails if another file names a mark.
//!
//! A new mark costs no time if it stands in U+2000 to U+203F or begins with the same byte as a paired mark outside of that
//! block. Otherwise all characters with its first byte become candidates, which `scan` drops one by one.

mod lookup;

pub(crate) use lookup::{
    APOSTROPHES, CELLS, COMMON, COMMON_CELLS, ELSEWHERE, GLYPHS, apostrophe, ascii_uses, cell, closer, first_bytes,
    glyph, is_apostrophe, is_hyphen, len, parts_phrase, uses, wide_cell,
};

/// The hyphen of ASCII.
pub(crate) const HYPHEN: char = '-';
/// The apostrophe of ASCII.
pub(crate) const APOSTROPHE: char = '\'';
/// The dash that the lexicon knows; all others are read as it.
pub(crate) const EM_DASH: &str = "—";

/// Marks that were written in UTF-8 and read as Windows-1252. The last byte of a closing mark is undefined there, and often
/// lost.
pub(crate) const MISREAD: [(&str, char); 8] = [
    ("â€œ", '“'),
    ("â€\u{9d}", '”'),
    ("â€˜", '‘'),
    ("â€™", '’'),
    ("â€“", '–'),
    ("â€”", '—'),
    ("â€¦", '…'),
    ("â€", '”'),
];

/// What a quotation mark looks like: characters of one glyph are paired alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// `"`
    Straight,
    /// `“`
    CurlyOpen,
    /// `”`
    CurlyClose,
    /// `„` and `‟`
    CurlyLow,
    /// `«`
    AngleOpen,
    /// `»`
    AngleClose,
    /// `「` and `『`
    CornerOpen,
    /// `」` and `』`
    CornerClose,
    /// `＂`
    FullWidth,
    /// Two apostrophes, `''` or `’’`, standing for a double mark.
    Primes,
    /// Two grave accents, or `‘‘`.
    Graves,
    // Single marks, from here on.
    /// `'`
    Apostrophe,
    /// `‘`
    SingleOpen,
    /// `’`
    SingleClose,
    /// `‚`
    SingleLow,
    /// `‹`
    SingleAngleOpen,
    /// `›`
    SingleAngleClose,
}

use Glyph::{
    AngleClose, AngleOpen, Apostrophe, CornerClose, CornerOpen, CurlyClose, CurlyLow, CurlyOpen, FullWidth, Graves,
    Primes, SingleAngleClose, SingleAngleOpen, SingleClose, SingleLow, SingleOpen, Straight,
};

/// Which way a quotation mark turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Opens,
    Closes,
    /// It opens in most places, and closes in some.
    MostlyOpens,
    /// It closes in most places, and opens in some; a single one may be an apostrophe.
    MostlyCloses,
    Either,
}

/// What a mark may do besides opening and closing a quotation: a set, one bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Uses(u32);

impl Uses {
    pub(crate) const NONE: Uses = Uses(0);
    /// It is a quotation mark or an apostrophe, however rare.
    pub(crate) const QUOTE: Uses = Uses(1);
    /// It is a dash, a hyphen or a minus, however rare.
    pub(crate) const DASH: Uses = Uses(1 << 1);
    /// An apostrophe inside a word, or before or behind one.
    pub(crate) const APOSTROPHE: Uses = Uses(1 << 2);
    /// A hyphen between the parts of one word.
    pub(crate) const HYPHEN: Uses = Uses(1 << 3);
    /// A hyphen or an apostrophe: it may stand inside a word.
    pub(crate) const INSIDE: Uses = Uses::APOSTROPHE.or(Uses::HYPHEN);
    /// Between two letters it makes one word of them, in a quotation that is located.
    pub(crate) const JOINS: Uses = Uses(1 << 4);
    /// A dash between parts of a sentence, or before a signature.
    pub(crate) const PARTS: Uses = Uses(1 << 5);
    /// A dash that breaks speech off, or parts a phrase; one that opens a line of dialogue does not.
    pub(crate) const BREAKS_OFF: Uses = Uses(1 << 6);
    /// At the end of a paragraph it announces the quotation that begins the next.
    pub(crate) const ANNOUNCES: Uses = Uses(1 << 7);
    /// A minus before a number.
    pub(crate) const MINUS: Uses = Uses(1 << 8);
    /// A measure in inches may end with it.
    pub(crate) const MEASURE: Uses = Uses(1 << 9);
    /// It ends an apposition.
    pub(crate) const ENDS_PHRASE: Uses = Uses(1 << 10);
    /// It may stand between a word and the end of the sentence before.
    pub(crate) const BEFORE_SENTENCE: Uses = Uses(1 << 11);
    /// A sentence begins with it behind a place line.
    pub(crate) const BEHIND_PLACE: Uses = Uses(1 << 12);
    /// At the end of a string it stands behind the stop of its last sentence.
    pub(crate) const BEHIND_STOP: Uses = Uses(1 << 13);
    /// A paragraph that ends with it may be signed in the next.
    pub(crate) const BEFORE_SIGNATURE: Uses = Uses(1 << 14);
    /// English and its neighbours use it: straight, curly, low or grave.
    pub(crate) const ENGLISH: Uses = Uses(1 << 15);
    /// It only ever opens, whatever stands around it.
    pub(crate) const LEFT: Uses = Uses(1 << 16);
    /// It belongs to no word that is cut in two where a located quotation ends.
    pub(crate) const OUTSIDE: Uses = Uses(1 << 17);
    /// At the end of a line it may break a word, in a text that a quotation is located in.
    pub(crate) const BREAKS_WORDS: Uses = Uses(1 << 19);
    /// A line of dialogue begins with it.
    pub(crate) const OPENS_SPEECH: Uses = Uses(1 << 20);
    /// It may be written for an apostrophe, in a text that a quotation is located in.
    pub(crate) const FOR_APOSTROPHE: Uses = Uses(1 << 18);

    pub(crate) const fn or(self, other: Uses) -> Uses {
        Uses(self.0 | other.0)
    }

    /// Whether it has any of these.
    #[inline]
    pub(crate) const fn has(self, any: Uses) -> bool {
        self.0 & any.0 != 0
    }

    /// Whether it has all of these.
    #[inline]
    pub(crate) const fn has_all(self, all: Uses) -> bool {
        self.0 & all.0 == all.0
    }
}

/// A character and what it may do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MarkRow {
    pub(crate) mark: char,
    /// What it is paired as, `None` if nothing pairs it.
    pub(crate) glyph: Option<Glyph>,
    pub(crate) uses: Uses,
    /// The mark that closes a nickname it opens.
    closer: Option<char>,
}

/// The table. Marks in U+2000 to U+203F stand before all other wide ones: theirs is the block that is found first.
pub(crate) const MARKS: &[MarkRow] = &[
    quote('"', Straight).closed_by('"'),
    quote('\'', Apostrophe).closed_by('\'').with(Uses::FOR_APOSTROPHE),
    // One by itself is none.
    quote('`', Graves).with(Uses::FOR_APOSTROPHE),
    quote('“', CurlyOpen).closed_by('”'),
    quote('”', CurlyClose),
    quote('„', CurlyLow).closed_by('“'),
    quote('‟', CurlyLow).without(Uses::ENDS_PHRASE.or(Uses::LEFT)),
    quote('‘', SingleOpen).closed_by('’').with(Uses::FOR_APOSTROPHE),
    quote('’', SingleClose).with(Uses::FOR_APOSTROPHE),
    quote('‚', SingleLow),
    quote('‛', SingleClose)
        .without(Uses::APOSTROPHE.or(BEHIND_END).or(Uses::BEFORE_SENTENCE))
        .with(Uses::FOR_APOSTROPHE),
    quote('‹', SingleAngleOpen),
    quote('›', SingleAngleClose),
    quote('«', AngleOpen).closed_by('»'),
    quote('»', AngleClose),
    quote('「', CornerOpen),
    quote('」', CornerClose),
    quote('『', CornerOpen),
    quote('』', CornerClose),
    quote('＂', FullWidth),
    // Nothing pairs these.
    rare('´').with(Uses::FOR_APOSTROPHE),
    rare('′').with(Uses::FOR_APOSTROPHE),
    rare('″').with(Uses::MEASURE),
    rare('〝'),
    rare('〞'),
    rare('〟'),
    rare('ʻ').with(Uses::FOR_APOSTROPHE),
    rare('ʼ').with(Uses::FOR_APOSTROPHE),
    dash('-').with(JOINS_WORDS.or(Uses::BREAKS_WORDS).or(PARTS).or(Uses::ANNOUNCES).or(Uses::MINUS)),
    dash('‐').with(Uses::JOINS.or(Uses::BREAKS_WORDS)),
    dash('‑').with(JOINS_WORDS),
    dash('‒').with(Uses::JOINS),
    dash('–').with(PARTS.or(Uses::JOINS).or(Uses::OPENS_SPEECH)),
    dash('—').with(PARTS.or(Uses::ANNOUNCES).or(Uses::ENDS_PHRASE).or(Uses::OPENS_SPEECH)),
    dash('―').with(Uses::PARTS.or(Uses::OPENS_SPEECH)),
    dash('−').with(Uses::MINUS.or(Uses::JOINS)),
    dash('⸺'),
    dash('⸻'),
    dash('﹘'),
    dash('﹣').with(Uses::JOINS),
];

// Uses that go together.
const JOINS_WORDS: Uses = Uses::HYPHEN.or(Uses::JOINS);
const PARTS: Uses = Uses::PARTS.or(Uses::BREAKS_OFF);
const BEHIND_END: Uses = Uses::BEHIND_STOP.or(Uses::BEFORE_SIGNATURE);
const ENGLISH: Uses = Uses::ENGLISH.or(Uses::BEFORE_SENTENCE);
const ANGLE: Uses = Uses::ENDS_PHRASE.or(Uses::BEFORE_SENTENCE).or(Uses::OUTSIDE);

/// What a glyph may do.
#[derive(Clone, Copy)]
struct Form {
    glyph: Glyph,
    turn: Direction,
    /// The glyphs that close it, a bit each.
    closed_by: u32,
    /// Those that close it by a slip of an editor: one straight, one curly.
    closed_by_slip: u32,
    uses: Uses,
}

const DOUBLE: &[Glyph] = &[Straight, CurlyClose, CurlyOpen, Primes];
const SINGLE: &[Glyph] = &[Apostrophe, SingleClose];

/// Each glyph in order: which way it turns, what closes it, what closes it by a slip, what else its characters may do.
const FORMS: [Form; 17] = {
    use Direction::{Closes, Either, MostlyCloses, MostlyOpens, Opens};
    const LEFT: Uses = Uses::LEFT;
    const PLACE: Uses = Uses::BEHIND_PLACE;
    const PHRASE: Uses = Uses::ENDS_PHRASE;
    const OUTSIDE: Uses = Uses::OUTSIDE;
    [
        form(Straight, Either, &[Straight], DOUBLE, ENGLISH.or(PHRASE).or(PLACE).or(OUTSIDE).or(BEHIND_END)),
        form(CurlyOpen, Opens, &[CurlyClose, CurlyOpen], DOUBLE, ENGLISH.or(PHRASE).or(PLACE).or(OUTSIDE).or(LEFT)),
        form(CurlyClose, Closes, &[CurlyClose], DOUBLE, ENGLISH.or(PHRASE).or(OUTSIDE).or(BEHIND_END)),
        form(CurlyLow, Opens, &[CurlyClose, CurlyOpen], DOUBLE, ENGLISH.or(PHRASE).or(LEFT)),
        form(AngleOpen, MostlyOpens, &[AngleClose], &[], ANGLE.or(LEFT)),
        form(AngleClose, MostlyCloses, &[AngleOpen, AngleClose], &[], ANGLE.or(Uses::BEFORE_SIGNATURE)),
        form(CornerOpen, Opens, &[CornerClose], &[], Uses::NONE),
        form(CornerClose, Closes, &[], &[], Uses::NONE),
        form(FullWidth, Either, &[FullWidth], &[], Uses::NONE),
        form(Primes, Either, &[Primes], DOUBLE, Uses::NONE),
        form(Graves, Opens, &[Primes], DOUBLE, Uses::ENGLISH),
        form(Apostrophe, Either, &[Apostrophe], SINGLE, ENGLISH.or(Uses::APOSTROPHE).or(PLACE).or(BEHIND_END)),
        form(SingleOpen, Opens, &[SingleClose], SINGLE, ENGLISH.or(LEFT)),
        form(SingleClose, MostlyCloses, &[SingleClose], SINGLE, ENGLISH.or(Uses::APOSTROPHE).or(BEHIND_END)),
        form(SingleLow, Opens, &[SingleClose, SingleOpen], &[], ENGLISH.or(LEFT)),
        form(SingleAngleOpen, Opens, &[SingleAngleClose], &[], Uses::BEFORE_SENTENCE),
        form(SingleAngleClose, Closes, &[SingleAngleOpen], &[], Uses::BEFORE_SENTENCE),
    ]
};

impl Glyph {
    /// How many there are.
    pub(crate) const COUNT: usize = FORMS.len();

    /// The glyph with a number.
    pub(crate) const fn numbered(number: usize) -> Glyph {
        FORMS[number].glyph
    }

    /// Single marks may be apostrophes, and are weighed differently.
    #[inline]
    pub(crate) const fn is_single(self) -> bool {
        self as u8 >= Apostrophe as u8
    }

    pub(crate) const fn turn(self) -> Direction {
        FORMS[self as usize].turn
    }

    pub(crate) const fn is_closed_by(self, close: Glyph) -> bool {
        FORMS[self as usize].closed_by >> close as u8 & 1 != 0
    }

    pub(crate) const fn is_closed_by_slip(self, close: Glyph) -> bool {
        FORMS[self as usize].closed_by_slip >> close as u8 & 1 != 0
    }

    /// Two characters in a row may be one mark; all such glyphs stand side by side.
    #[inline]
    pub(crate) const fn may_be_two(self) -> bool {
        Primes as u8 <= self as u8 && self as u8 <= SingleClose as u8
    }

    /// Made of two characters, one of which by itself is no mark.
    pub(crate) const fn takes_two(self) -> bool {
        matches!(self, Primes | Graves)
    }

    /// The double mark that two single ones in a row are.
    pub(crate) const fn doubled(self) -> Option<Glyph> {
        match self {
            Apostrophe | SingleClose => Some(Primes),
            SingleOpen => Some(Graves),
            _ => None,
        }
    }

    /// Inside a word it is an apostrophe and nothing else.
    pub(crate) const fn may_be_apostrophe(self) -> bool {
        matches!(self, Apostrophe | SingleClose)
    }
}

const fn form(glyph: Glyph, turn: Direction, closed_by: &[Glyph], closed_by_slip: &[Glyph], uses: Uses) -> Form {
    Form { glyph, turn, closed_by: set(closed_by), closed_by_slip: set(closed_by_slip), uses }
}

const fn set(glyphs: &[Glyph]) -> u32 {
    let (mut bits, mut number) = (0, 0);
    while number < glyphs.len() {
        bits |= 1 << glyphs[number] as u8;
        number += 1;
    }
    bits
}

const fn quote(mark: char, glyph: Glyph) -> MarkRow {
    let form = FORMS[glyph as usize];
    assert!(form.glyph as usize == glyph as usize, "forms stand in the order of their glyphs");
    MarkRow { mark, glyph: Some(glyph), uses: form.uses.or(Uses::QUOTE), closer: None }
}

/// A quotation mark that nothing pairs.
const fn rare(mark: char) -> MarkRow {
    MarkRow { mark, glyph: None, uses: Uses::QUOTE, closer: None }
}

const fn dash(mark: char) -> MarkRow {
    MarkRow { mark, glyph: None, uses: Uses::DASH, closer: None }
}

impl MarkRow {
    const fn closed_by(self, closer: char) -> MarkRow {
        MarkRow { closer: Some(closer), ..self }
    }

    const fn with(self, uses: Uses) -> MarkRow {
        MarkRow { uses: self.uses.or(uses), ..self }
    }

    const fn without(self, uses: Uses) -> MarkRow {
        MarkRow { uses: Uses(self.uses.0 & !uses.0), ..self }
    }
}
