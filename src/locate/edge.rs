//! Where words may be cut from a text, and the punctuation around them.

use super::fold::LEAST_DOTS;
use super::sign::{SignKind, is_apostrophe, is_money, is_unit, kind, narrow};
use crate::lang::{Language, LexicalRole};
use crate::marks::{HYPHEN, Uses, uses};
use crate::span::Span;
use once_cell::sync::Lazy;

/// What stands around the words of a quotation and must stand around them in the text, too.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Edges {
    /// A minus sign or a currency before a number.
    before: Option<char>,
    /// A unit behind a number.
    after: Option<char>,
    end: End,
}

/// How a sentence ends behind its last word.
#[derive(Clone, Copy, Debug, Default)]
struct End {
    question: bool,
    exclamation: bool,
    full_stop: bool,
}

impl Edges {
    /// Around the words of a quotation.
    pub(super) fn of(quotation: &str, words: Span) -> Edges {
        let (before, after) = (sign_before(quotation, words.start), sign_after(quotation, words.end));
        Edges { before, after, end: End::read(quotation, words.end, false) }
    }

    /// Whether words of a text are whole words, and what stands around them fits.
    pub(super) fn fit(&self, text: &str, words: Span) -> bool {
        self.fit_before(text, words.start) && self.fit_behind(text, words.end)
    }

    /// The same for a first word that begins at a place.
    pub(super) fn fit_before(&self, text: &str, at: usize) -> bool {
        !is_cut_before(text, at) && sign_before(text, at) == self.before
    }

    /// The same for a last word that ends at a place.
    pub(super) fn fit_behind(&self, text: &str, at: usize) -> bool {
        !is_cut_behind(text, at) && sign_after(text, at) == self.after && self.end.fits(text, at)
    }
}

impl End {
    /// Reads the signs behind a word; a quotation mark or a space ends them if only what stands right there counts.
    fn read(text: &str, at: usize, inside: bool) -> End {
        const FURTHEST: usize = 12;
        let (mut end, mut dots) = (End::default(), 0);
        for letter in text[at..].chars().take(FURTHEST) {
            let sign = narrow(letter);
            match kind(letter) {
                SignKind::Sign if sign == '?' => end.question = true,
                SignKind::Sign if sign == '!' => end.exclamation = true,
                SignKind::Dot => dots += 1,
                SignKind::Mark if inside => break,
                // Behind a full stop, a space ends the sentence whatever it is made of.
                SignKind::Space if inside && (!is_fixed(letter) || dots > 0) => break,
                SignKind::Letter | SignKind::Ideograph | SignKind::Ellipsis | SignKind::Dash => break,
                _ => {}
            }
        }
        end.full_stop = (1..LEAST_DOTS).contains(&dots);
        end
    }

    /// A comma or a full stop may be there or not. A question stays a question, and nothing else becomes one.
    fn fits(self, text: &str, at: usize) -> bool {
        if !(self.question || self.exclamation || self.full_stop) {
            return true;
        }
        let whole = End::read(text, at, false);
        if self.question || self.exclamation {
            return (!self.question || whole.question) && (!self.exclamation || whole.exclamation);
        }
        let inside = End::read(text, at, true);
        !inside.question && !inside.exclamation
    }
}

/// Spaces that French puts before a question mark.
fn is_fixed(space: char) -> bool {
    matches!(space, '\u{A0}' | '\u{2009}' | '\u{202F}')
}

fn is_blank(letter: char) -> bool {
    is_fixed(letter) || kind(letter) == SignKind::Ignored
}

/// The last two characters before a place that readers see.
fn two_before(text: &str, at: usize) -> (Option<char>, Option<char>) {
    let mut letters = text[..at].chars().rev().filter(|letter| kind(*letter) != SignKind::Ignored);
    (letters.next(), letters.next())
}

/// The first two characters from a place on that readers see.
fn two_from(text: &str, at: usize) -> (Option<char>, Option<char>) {
    let mut letters = text[at..].chars().filter(|letter| kind(*letter) != SignKind::Ignored);
    (letters.next(), letters.next())
}

fn is_letter(letter: char) -> bool {
    kind(letter) == SignKind::Letter
}

/// Whether the word that begins at a place goes on before it.
pub(super) fn is_cut_before(text: &str, at: usize) -> bool {
    let (Some(sign), before) = two_before(text, at) else { return false };
    let Some(first) = two_from(text, at).0 else { return false };
    if is_letter(sign) {
        return is_letter(first);
    }
    before.is_some_and(|before| joins(before, sign, first))
        || is_letter(first) && is_broken(text[..at].chars().rev(), true)
        || is_fixed(sign) && is_thousands(text[..at].trim_end_matches(is_blank), &text[at..])
        || is_split_not(text, text[..at].trim_end_matches(|letter| !is_letter(letter)).len(), at)
}

/// Whether the word that ends at a place goes on behind it.
fn is_cut_behind(text: &str, at: usize) -> bool {
    let (Some(sign), after) = two_from(text, at) else { return false };
    let Some(last) = two_before(text, at).0 else { return false };
    if is_letter(sign) {
        return is_letter(last);
    }
    after.is_some_and(|after| joins(last, sign, after))
        || is_letter(last) && is_broken(text[at..].chars(), false)
        || is_fixed(sign) && is_thousands(&text[..at], text[at..].trim_start_matches(is_blank))
        || is_split_not(text, at, text.len() - text[at..].trim_start_matches(|letter| !is_letter(letter)).len())
}

/// A part of a text as far as the whole words at its ends reach.
pub(super) fn whole(text: &str, part: Span) -> Span {
    let in_word = |letter: char| matches!(kind(letter), SignKind::Letter | SignKind::Ignored);
    let Span { mut start, mut end } = part;
    while is_cut_before(text, start) {
        start = text[..start].trim_end_matches(|letter| !is_letter(letter)).trim_end_matches(in_word).len();
    }
    while is_cut_behind(text, end) {
        end =
            text.len() - text[end..].trim_start_matches(|letter| !is_letter(letter)).trim_start_matches(in_word).len();
    }
    // With the bracket that belongs to one inside.
    let brackets = |sign: char| text[start..end].matches(sign).count();
    let (open, close) = (text[..start].chars().next_back(), text[end..].chars().next());
    for (left, right) in [('(', ')'), ('[', ']')] {
        if brackets(left) < brackets(right) && open == Some(left) {
            return Span::new(start - left.len_utf8(), end);
        }
        if brackets(left) > brackets(right) && close == Some(right) {
            return Span::new(start, end + right.len_utf8());
        }
    }
    Span::new(start, end)
}

/// Whether a sign between two letters makes one word of them: *anti-war*, *can't*, *1.5*, *U.S.*, *either/or*, *(un)fair*.
fn joins(left: char, sign: char, right: char) -> bool {
    if !is_letter(left) || !is_letter(right) {
        return false;
    }
    let digits = left.is_numeric() && right.is_numeric();
    match narrow(sign) {
        '/' | '_' | '&' | '@' | '+' | '=' => true,
        sign if uses(sign).has(Uses::JOINS) => true,
        // Not at the end of a sentence that lost its space.
        '.' => digits || right.is_lowercase() || left.is_uppercase() && right.is_uppercase(),
        ',' | ':' | '·' => digits,
        '(' | ')' | '[' | ']' => left.is_alphabetic() && right.is_alphabetic(),
        sign => is_apostrophe(sign) || digits && kind(sign) == SignKind::Dash,
    }
}

/// Whether a contraction of *not* has a space at its apostrophe, as texts that were scanned have: *can ’t*.
fn is_split_not(text: &str, left: usize, right: usize) -> bool {
    const LONGEST: usize = 8;
    let (before, gap, behind) = (&text[..left], &text[left..right], &text[right..]);
    let mut sign = gap.trim().chars();
    let one_apostrophe = sign.next().is_some_and(is_apostrophe) && sign.next().is_none() && gap.len() <= LONGEST;
    let [left, right] = *CONTRACTED_NOT;
    let ends = before.ends_with(|last: char| last.eq_ignore_ascii_case(&left));
    let rest = behind.strip_prefix(|first: char| first.eq_ignore_ascii_case(&right)).filter(|_| one_apostrophe && ends);
    rest.is_some_and(|rest| !rest.starts_with(|letter| is_letter(letter) || is_apostrophe(letter)))
}

/// The letters on both sides of the apostrophe of a contracted *not*.
static CONTRACTED_NOT: Lazy<[char; 2]> = Lazy::new(|| {
    let mut letters = Language::english().words_of(LexicalRole::ContractedNot).flat_map(str::chars);
    [(); 2].map(|()| letters.next().unwrap_or_default())
});

/// Whether a hyphen breaks a word at the end of a line: read from the space to the letter on the other side of the
/// hyphen, or from the hyphen to the letter behind the space.
fn is_broken(letters: impl Iterator<Item = char>, backwards: bool) -> bool {
    /// Space at the start of a line; what is longer is no running text.
    const LONGEST: usize = 32;
    let is_hyphen = |letter: char| letter == '\u{AD}' || uses(letter).has(Uses::BREAKS_WORDS);
    let (mut lines, mut spaces, mut hyphens) = (0, 0, 0);
    for letter in letters.take(LONGEST) {
        match kind(letter) {
            _ if is_hyphen(letter) && (spaces > 0) == backwards => hyphens += 1,
            SignKind::Space if backwards == (hyphens == 0) => {
                spaces += 1;
                lines += usize::from(letter == '\n');
            }
            SignKind::Ignored => {}
            kind => return kind == SignKind::Letter && (lines, hyphens) == (1, 1),
        }
    }
    false
}

/// Whether a space between digits parts thousands: *1 500*.
fn is_thousands(before: &str, behind: &str) -> bool {
    const GROUP: usize = 3;
    let digits =
        |letters: &mut dyn Iterator<Item = char>| letters.take(GROUP + 1).take_while(char::is_ascii_digit).count();
    (1..=GROUP).contains(&digits(&mut before.chars().rev())) && digits(&mut behind.chars()) == GROUP
}

/// The sign right before a number that changes it.
fn sign_before(text: &str, at: usize) -> Option<char> {
    let sign = two_before(text, at).0?;
    let number = two_from(text, at).0?.is_numeric();
    match sign {
        sign if number && uses(narrow(sign)).has(Uses::MINUS) => Some(HYPHEN),
        _ => (number && is_money(narrow(sign))).then_some(narrow(sign)),
    }
}

/// The sign right behind a number that changes it.
fn sign_after(text: &str, at: usize) -> Option<char> {
    let sign = narrow(two_from(text, at).0?);
    (two_before(text, at).0?.is_numeric() && is_unit(sign)).then_some(sign)
}
