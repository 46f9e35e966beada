//! What single characters are once typography is folded.

use crate::marks::{Uses, uses};

/// What a character is between words or in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignKind {
    /// Of a word: letters, digits, accents that stand by themselves.
    Letter,
    /// A word of its own, in scripts that put no spaces between words.
    Ideograph,
    /// Not seen by readers: soft hyphens, joiners, marks of direction.
    Ignored,
    Space,
    /// A quotation mark or an apostrophe.
    Mark,
    Dash,
    Dot,
    Ellipsis,
    /// Any other punctuation and all symbols.
    Sign,
}

/// The ASCII twin of a full-width character, any other as it is.
pub(super) fn narrow(letter: char) -> char {
    const DISTANCE: u32 = 0xFEE0;
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(letter as u32 - DISTANCE).unwrap_or(letter),
        _ => letter,
    }
}

/// The letters a ligature stands for.
pub(super) fn ligature(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

pub(super) fn kind(letter: char) -> SignKind {
    let letter = narrow(letter);
    if letter.is_ascii() {
        return match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' => SignKind::Letter,
            '.' => SignKind::Dot,
            _ if letter.is_whitespace() => SignKind::Space,
            _ => mark_kind(letter).unwrap_or(SignKind::Sign),
        };
    }
    if let Some(kind) = mark_kind(letter) {
        return kind;
    }
    match letter {
        '…' | '⋯' => SignKind::Ellipsis,
        _ if is_ignored(letter) => SignKind::Ignored,
        _ if letter.is_whitespace() => SignKind::Space,
        _ if is_ideograph(letter) => SignKind::Ideograph,
        _ if letter.is_alphanumeric() || is_accent(letter) => SignKind::Letter,
        _ => SignKind::Sign,
    }
}

/// What is written for an apostrophe: a mark that makes one word of the letters on both sides of it.
pub(super) fn is_apostrophe(letter: char) -> bool {
    uses(narrow(letter)).has(Uses::FOR_APOSTROPHE)
}

#[inline]
fn mark_kind(letter: char) -> Option<SignKind> {
    match uses(letter) {
        mark if mark.has(Uses::QUOTE) => Some(SignKind::Mark),
        mark if mark.has(Uses::DASH) => Some(SignKind::Dash),
        _ => None,
    }
}

fn is_ignored(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{34F}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Accents of their own, which follow their letter.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}')
}

/// Han, kana, Thai, Lao, Khmer, Burmese.
fn is_ideograph(letter: char) -> bool {
    let scripts = matches!(letter,
        '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}');
    scripts && letter.is_alphanumeric()
}

/// Signs that belong to the number before or behind them.
pub(super) fn is_money(letter: char) -> bool {
    matches!(letter, '$' | '¢'..='¥' | '\u{20A0}'..='\u{20C0}')
}

/// Signs that belong to the number before them.
pub(super) fn is_unit(letter: char) -> bool {
    matches!(letter, '%' | '‰' | '°') || is_money(letter)
}
