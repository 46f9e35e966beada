//! The words of a text and what stands between them, with the typography folded: read straight from the bytes, nothing
//! is copied.

use super::sign::{SignKind, is_apostrophe, kind, narrow};
use crate::marks::{APOSTROPHE, Glyph, HYPHEN, Uses, ascii_uses, glyph, uses};
use crate::span::Span;

/// The punctuation between two words: its signs in order, of any length, as one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Signs(u64);

impl Signs {
    pub(super) const NONE: Signs = Signs(0);

    pub(super) const fn and(self, sign: char) -> Signs {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        Signs((self.0.rotate_left(7) ^ (sign as u64 + 1)).wrapping_mul(MIX))
    }

    pub(super) const fn of(sign: char) -> Signs {
        Signs::NONE.and(sign)
    }
}

/// A dash of any length and an ellipsis of any form, as signs.
pub(super) const DASH: char = HYPHEN;
pub(super) const ELLIPSIS: char = '…';

/// What must be alike between two words of a quotation and of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FoldGap {
    pub(super) signs: Signs,
    /// A quotation mark or an apostrophe.
    mark: bool,
    /// No mark but one that opens a line, which may be there or not: paragraphs of one quotation begin so.
    line_mark: bool,
    /// A space beside a sign between digits: *3.5* is not *3. 5*.
    apart: bool,
}

impl FoldGap {
    pub(super) fn is_like(self, other: FoldGap) -> bool {
        let marks = self.mark == other.mark || self.line_mark && !self.mark || other.line_mark && !other.mark;
        marks && self.signs == other.signs && self.apart == other.apart
    }
}

/// What else a gap tells of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Traits {
    /// A quotation mark that opens, one that closes.
    pub(super) opens: bool,
    pub(super) closes: bool,
    /// A blank line.
    pub(super) paragraph: bool,
    /// A full stop, a question mark or an exclamation mark.
    pub(super) stop: bool,
    pub(super) colon: bool,
}

/// A word and what stands before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoldedWord {
    pub(super) span: Span,
    /// Nothing but ASCII.
    pub(super) plain: bool,
    pub(super) gap: FoldGap,
    pub(super) traits: Traits,
}

/// The words of a text, in order.
#[derive(Clone, Debug)]
pub(super) struct Words<'t> {
    text: &'t str,
    at: usize,
    /// The last character of the word before.
    last: Option<char>,
}

impl<'t> Words<'t> {
    pub(super) fn new(text: &'t str) -> Words<'t> {
        Words::within(text, Span::new(0, text.len()))
    }

    /// The words of a part, as if nothing stood around it; places count from the start of the text.
    pub(super) fn within(text: &'t str, part: Span) -> Words<'t> {
        Words { text: &text[..part.end], at: part.start, last: None }
    }
}

impl Iterator for Words<'_> {
    type Item = FoldedWord;

    #[inline]
    fn next(&mut self) -> Option<FoldedWord> {
        let bytes = self.text.as_bytes();
        let (gap, traits, start) = match bytes.get(self.at..self.at + 2) {
            Some([b' ', next]) if next.is_ascii_alphanumeric() => (FoldGap::default(), Traits::default(), self.at + 1),
            _ => GapReader::new(self.text, self.at, self.last).read(),
        };
        if start == self.text.len() {
            self.at = start;
            return None;
        }
        let (end, plain, last) = word_end(self.text, start);
        self.at = end;
        self.last = Some(last);
        Some(FoldedWord { span: Span::new(start, end), plain, gap, traits })
    }
}

/// The end of a word, whether it is ASCII, and its last letter. An apostrophe between letters belongs to the word.
#[inline]
fn word_end(text: &str, start: usize) -> (usize, bool, char) {
    let bytes = text.as_bytes();
    let mut end = start;
    loop {
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        match bytes.get(end..end + 2) {
            Some([sign, next]) if *sign == APOSTROPHE as u8 && end > start && next.is_ascii_alphanumeric() => end += 1,
            _ => break,
        }
    }
    let is_end = |byte: &u8| byte.is_ascii() && !ascii_uses(*byte).has(Uses::FOR_APOSTROPHE);
    if bytes.get(end).is_none_or(is_end) {
        return (end, true, char::from(bytes[end - 1]));
    }
    let (mut stop, mut last) = (end, if end > start { char::from(bytes[end - 1]) } else { ' ' });
    let mut behind_apostrophe = false;
    for (offset, letter) in text[end..].char_indices() {
        match kind(letter) {
            SignKind::Letter => behind_apostrophe = false,
            SignKind::Ideograph if end + offset == start => return (start + letter.len_utf8(), false, letter),
            SignKind::Ignored => continue,
            SignKind::Mark if is_apostrophe(letter) && stop > start && !behind_apostrophe => {
                behind_apostrophe = true;
                continue;
            }
            _ => break,
        }
        (stop, last) = (end + offset + letter.len_utf8(), letter);
    }
    (stop, stop == end, last)
}

/// Reads what stands between two words.
struct GapReader<'t> {
    text: &'t str,
    at: usize,
    last: Option<char>,
    gap: FoldGap,
    traits: Traits,
    space: bool,
    /// Spaces around dashes and ellipses are a matter of taste.
    loose: bool,
    newlines: usize,
    line: bool,
}

impl<'t> GapReader<'t> {
    fn new(text: &'t str, at: usize, last: Option<char>) -> GapReader<'t> {
        let (gap, traits) = (FoldGap::default(), Traits::default());
        GapReader { text, at, last, gap, traits, space: false, loose: false, newlines: 0, line: false }
    }

    /// The gap and where the next word begins, the end of the text if there is none.
    fn read(mut self) -> (FoldGap, Traits, usize) {
        let mut previous = self.last;
        let mut next = None;
        while let Some(letter) = self.text[self.at..].chars().next() {
            let kind = kind(letter);
            match kind {
                SignKind::Letter | SignKind::Ideograph => {
                    next = Some(letter);
                    break;
                }
                SignKind::Dot | SignKind::Ellipsis => {
                    self.dots();
                    (previous, self.newlines) = (Some('.'), 0);
                    continue;
                }
                SignKind::Space => self.white(letter),
                SignKind::Mark => self.mark(letter, previous),
                SignKind::Dash if previous.is_some_and(is_dash) => {}
                SignKind::Dash => {
                    self.push(DASH);
                    self.loose = true;
                }
                SignKind::Sign => self.push(narrow(letter)),
                SignKind::Ignored => {}
            }
            if kind != SignKind::Ignored {
                previous = Some(letter);
                self.newlines *= usize::from(kind == SignKind::Space);
            }
            self.at += letter.len_utf8();
        }
        let digit = |letter: Option<char>| letter.is_some_and(char::is_numeric);
        let between_digits = digit(self.last) && digit(next);
        self.gap.apart = self.space && !self.loose && self.gap.signs != Signs::NONE && between_digits;
        (self.gap, self.traits, self.at)
    }

    fn push(&mut self, sign: char) {
        self.gap.signs = self.gap.signs.and(sign);
        self.traits.stop |= matches!(sign, '.' | '?' | '!');
        self.traits.colon |= sign == ':';
    }

    fn white(&mut self, letter: char) {
        self.space = true;
        self.newlines += usize::from(letter == '\n');
        self.line |= matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}');
        self.traits.paragraph |= self.newlines > 1 || letter == '\u{2029}';
    }

    fn mark(&mut self, mark: char, previous: Option<char>) {
        use Glyph::{AngleClose, AngleOpen, CurlyClose, CurlyOpen, SingleAngleClose, SingleAngleOpen};
        let after = self.text[self.at + mark.len_utf8()..].chars().next();
        let space_before = previous.is_none_or(|letter| kind(letter) == SignKind::Space || is_open(letter));
        let space_behind = after.is_none_or(char::is_whitespace);
        let letter_behind = after.is_some_and(|letter| matches!(kind(letter), SignKind::Letter | SignKind::Ideograph));
        let glyph = glyph(mark);
        let opens = match glyph {
            // French puts a space inside its marks.
            Some(AngleOpen | SingleAngleOpen) if space_behind => true,
            Some(AngleClose | SingleAngleClose) if space_before && !letter_behind => false,
            _ if space_before => !space_behind,
            _ if letter_behind => previous.is_some_and(is_dash) || matches!(glyph, Some(CurlyOpen | AngleOpen)),
            _ => false,
        };
        // Between letters it is an apostrophe, or a mark that lost its space.
        let apostrophe = letter_behind && !matches!(glyph, Some(CurlyClose | AngleClose));
        let closes = !opens && !apostrophe && (!space_before || matches!(glyph, Some(AngleClose | SingleAngleClose)));
        self.traits.opens |= opens;
        self.traits.closes |= closes;
        let at_line = opens && self.line;
        self.gap.line_mark |= at_line;
        self.gap.mark |= !at_line;
    }

    fn dots(&mut self) {
        let dots = Dots::read(self.text, self.at);
        if dots.is_ellipsis() {
            self.push(ELLIPSIS);
            self.loose = true;
        } else {
            (0..dots.count).for_each(|_| self.push('.'));
        }
        self.at = dots.end;
    }
}

/// Dots and ellipses in a row, spaces between them or not.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dots {
    count: usize,
    ellipsis: bool,
    pub(super) end: usize,
}

impl Dots {
    /// At a place where a dot or an ellipsis stands.
    pub(super) fn read(text: &str, at: usize) -> Dots {
        let mut dots = Dots { count: 0, ellipsis: false, end: at };
        for (offset, letter) in text[at..].char_indices() {
            match kind(letter) {
                SignKind::Dot => dots.count += 1,
                SignKind::Ellipsis => dots.ellipsis = true,
                SignKind::Space | SignKind::Ignored if letter != '\n' => continue,
                _ => break,
            }
            dots.end = at + offset + letter.len_utf8();
        }
        dots
    }

    pub(super) fn is_ellipsis(self) -> bool {
        self.ellipsis || self.count >= LEAST_DOTS
    }
}

/// As many dots in a row are an ellipsis.
pub(super) const LEAST_DOTS: usize = 3;

fn is_dash(letter: char) -> bool {
    kind(letter) == SignKind::Dash
}

fn is_open(letter: char) -> bool {
    matches!(letter, '(' | '[' | '{' | '¿' | '¡') || uses(letter).has(Uses::LEFT)
}
