//! Where words may be cut from a text, and the punctuation around them.

use super::fold::LEAST_DOTS;
use super::sign::{Kind, is_money, is_unit, kind, narrow};
use crate::span::Span;

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
                Kind::Sign if sign == '?' => end.question = true,
                Kind::Sign if sign == '!' => end.exclamation = true,
                Kind::Dot => dots += 1,
                Kind::Mark if inside => break,
                // Behind a full stop, a space ends the sentence whatever it is made of.
                Kind::Space if inside && (!is_fixed(letter) || dots > 0) => break,
                Kind::Letter | Kind::Ideograph | Kind::Ellipsis | Kind::Dash => break,
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

/// The last two characters before a place that readers see.
fn two_before(text: &str, at: usize) -> (Option<char>, Option<char>) {
    let mut letters = text[..at].chars().rev().filter(|letter| kind(*letter) != Kind::Ignored);
    (letters.next(), letters.next())
}

/// The first two characters from a place on that readers see.
fn two_from(text: &str, at: usize) -> (Option<char>, Option<char>) {
    let mut letters = text[at..].chars().filter(|letter| kind(*letter) != Kind::Ignored);
    (letters.next(), letters.next())
}

fn is_letter(letter: char) -> bool {
    kind(letter) == Kind::Letter
}

fn is_cut_before(text: &str, at: usize) -> bool {
    let (Some(sign), before) = two_before(text, at) else { return false };
    let Some(first) = two_from(text, at).0 else { return false };
    is_letter(sign) && is_letter(first) || before.is_some_and(|before| joins(before, sign, first))
}

fn is_cut_behind(text: &str, at: usize) -> bool {
    let (Some(sign), after) = two_from(text, at) else { return false };
    let Some(last) = two_before(text, at).0 else { return false };
    is_letter(sign) && is_letter(last) || after.is_some_and(|after| joins(last, sign, after))
}

/// Whether a sign between two letters makes one word of them: *anti-war*, *can't*, *1.5*, *U.S.*, *either/or*.
fn joins(left: char, sign: char, right: char) -> bool {
    if !is_letter(left) || !is_letter(right) {
        return false;
    }
    let digits = left.is_numeric() && right.is_numeric();
    match narrow(sign) {
        '-' | '‐' | '‑' | '‒' | '–' | '/' | '_' | '&' | '@' | '+' | '=' | '\'' | '’' => true,
        // Not at the end of a sentence that lost its space.
        '.' => digits || right.is_lowercase() || left.is_uppercase() && right.is_uppercase(),
        ',' | ':' | '·' => digits,
        sign => digits && kind(sign) == Kind::Dash,
    }
}

/// The sign right before a number that changes it.
fn sign_before(text: &str, at: usize) -> Option<char> {
    let sign = two_before(text, at).0?;
    let number = two_from(text, at).0?.is_numeric();
    match sign {
        '-' | '−' | '－' if number => Some('-'),
        _ => (number && is_money(narrow(sign))).then_some(narrow(sign)),
    }
}

/// The sign right behind a number that changes it.
fn sign_after(text: &str, at: usize) -> Option<char> {
    let sign = narrow(two_from(text, at).0?);
    (two_before(text, at).0?.is_numeric() && is_unit(sign)).then_some(sign)
}
