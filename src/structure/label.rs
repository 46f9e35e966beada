//! The label that a turn begins with: *LIM:*, *Dr. Ana Lim (Lund):*, *Q.*, *Mr. BRANDT.*

use crate::lang::LexicalRole;
use crate::lexicon::Lexicon;
use crate::marks::{Uses, uses};
use crate::span::Span;
use crate::token::TagSet;

/// The form of a label. A text keeps to one or two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `Ana Lim:`
    Colon,
    /// `Mr. BRANDT.`
    Stop,
    /// `Q:`, `A.`
    Letter,
    /// `(speaker 0)`
    Bracket,
    /// A name in capitals on a line of its own.
    Alone,
}

/// Whom a label may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A person or voice, by its words.
    Somebody,
    /// Somebody if the text has the habit: a single word, a role.
    Perhaps,
}

/// A label, and where the words behind it begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) shape: Shape,
    pub(super) named: Named,
    /// All its letters are capitals.
    pub(super) shouted: bool,
    /// Without its colon and brackets.
    pub(super) span: Span,
    pub(super) words: usize,
    /// A quotation mark opens what stands behind it.
    pub(super) is_quoted: bool,
    /// It is that of an entry in a list, and announces nobody.
    pub(super) is_entry: bool,
}

/// The longest label, in bytes and in words.
const LONGEST: usize = 90;
const MOST_WORDS: usize = 8;

impl Label {
    /// The label that a paragraph begins with, if it looks like one.
    pub(super) fn read(text: &str, paragraph: Span, lexicon: &Lexicon) -> Option<Label> {
        let whole = &text[paragraph];
        if !may_have_label(whole) {
            return None;
        }
        let stamped = &whole[stamp(whole)..];
        let rest = stamped.trim_start_matches(['*', '_']);
        let start = paragraph.end - rest.len();
        let found = in_brackets(rest, lexicon)
            .or_else(|| letter(rest, lexicon))
            .or_else(|| post(rest, lexicon))
            .or_else(|| before_colon(rest, lexicon))
            .or_else(|| before_stop(rest, lexicon))
            .or_else(|| alone(rest, lexicon))?;
        let (shape, named, (from, to), behind) = found;
        let label = &rest[from..to];
        let tail =
            rest[behind..].trim_start_matches(|letter: char| letter.is_whitespace() || letter == '*' || letter == '_');
        let is_quoted = tail.starts_with(|first| uses(first).has(Uses::QUOTE));
        let shouted = label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase);
        let words = paragraph.end - tail.len();
        Some(Label {
            shape,
            named,
            shouted,
            span: Span::new(start + from, start + to),
            words,
            is_quoted,
            is_entry: false,
        })
    }
}

/// Whether a paragraph can begin with a label, by its first bytes: most cannot, and are read no further.
fn may_have_label(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [first, second, ..] = bytes else { return false };
    if !first.is_ascii_alphabetic() {
        // A wide letter, a bracket, a mark of bold, a time; but no quotation mark.
        return *first >= 0x80 && text.starts_with(char::is_alphabetic)
            || matches!(first, b'(' | b'[' | b'<' | b'*' | b'_' | b'0'..=b'9');
    }
    // Q, A, a name in capitals; Mr. BRANDT; Ana Lim:
    let beginning = &bytes[..bytes.len().min(LONGEST)];
    let stop = || {
        beginning.windows(4).take(TITLE).any(|four| four[..2] == *b". " && four[2..].iter().all(u8::is_ascii_uppercase))
    };
    !second.is_ascii_lowercase() || beginning.contains(&b':') || stop()
}

/// A title before a name in capitals ends within so many bytes.
const TITLE: usize = 8;

/// What was found: the shape, whom it names, where it stands, and where what follows it begins.
type Found = (Shape, Named, (usize, usize), usize);

/// How long the time is that stands before a label: `[00:12:03] `, `12:03 - `.
fn stamp(text: &str) -> usize {
    let digits = text.trim_start_matches(['[', '(']);
    let inner = digits.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ':' || letter == '.');
    let time = &digits[..digits.len() - inner.len()];
    if time.len() < 4 || !time.contains(':') || time.ends_with(':') {
        return 0;
    }
    let tail = inner.trim_start_matches([']', ')']);
    let rest = tail.trim_start_matches(|letter: char| letter == ' ' || uses(letter).has(Uses::DASH));
    if rest.len() == inner.len() { 0 } else { text.len() - rest.len() }
}

/// `(speaker 0)`, `<ana>`
fn in_brackets(text: &str, lexicon: &Lexicon) -> Option<Found> {
    const CLOSE: [(char, char); 3] = [('(', ')'), ('[', ']'), ('<', '>')];
    let first = text.chars().next()?;
    let (_, close) = CLOSE.into_iter().find(|(open, _)| *open == first)?;
    let end = text.bytes().take(LONGEST / 2).position(|byte| byte == close as u8)?;
    let inner = &text[1..end];
    let mut words = inner.split_whitespace();
    let (one, two, three) = (words.next()?, words.next(), words.next());
    let is_voice = lexicon.is_spelled(one, LexicalRole::Voice) && two.is_none_or(is_number) && three.is_none();
    let is_handle =
        first == '<' && two.is_none() && one.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    let behind = &text[end + 1..];
    let behind = end + 1 + usize::from(behind.starts_with(':'));
    (is_voice || is_handle).then_some((Shape::Bracket, Named::Somebody, (1, end), behind))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `Twitter: Ana Lim - `
fn post(text: &str, lexicon: &Lexicon) -> Option<Found> {
    let (platform, rest) = text.split_at(text.find(':').filter(|colon| *colon < LONGEST / 2)?);
    if !lexicon.is_spelled(platform, LexicalRole::Platform) {
        return None;
    }
    let start = platform.len() + rest.len() - rest[1..].trim_start().len();
    let dash = text[start..].char_indices().take(LONGEST).find(|(_, letter)| uses(*letter).has(Uses::DASH))?;
    let name = text[start..start + dash.0].trim_end();
    // Inside a name a hyphen has no blank before it.
    whom(name, lexicon).filter(|_| name.len() < dash.0)?;
    Some((Shape::Bracket, Named::Somebody, (start, start + name.len()), start + dash.0 + dash.1.len_utf8()))
}

/// `Q:`, `A.`, `Q   `
fn letter(text: &str, lexicon: &Lexicon) -> Option<Found> {
    let end = text.find(|letter: char| !letter.is_alphabetic())?;
    let word = &text[..end];
    if !lexicon.is_written(word, LexicalRole::Question) && !lexicon.is_written(word, LexicalRole::Answer) {
        return None;
    }
    let rest = &text[end..];
    let is_spaced = rest.starts_with("   ") || rest.starts_with('\t');
    let is_marked = rest.starts_with([':', '.']) && rest[1..].starts_with([' ', '*', '_', '\t']);
    let behind = end + usize::from(is_marked);
    (is_spaced || is_marked).then_some((Shape::Letter, Named::Somebody, (0, end), behind))
}

/// `Ana Lim:`, `LIM, MAYOR OF LUND:`, `Mr. Otto Brandt (Norvik) (Ind):`
fn before_colon(text: &str, lexicon: &Lexicon) -> Option<Found> {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let end = bytes.iter().position(|byte| matches!(byte, b':' | b'?' | b'!' | b';' | b'\n'))?;
    let behind = bytes.get(end + 1);
    if bytes[end] != b':' || !behind.is_none_or(|next| matches!(next, b' ' | b'*' | b'_' | b'\t')) {
        return None;
    }
    if text[..end].contains(|letter: char| uses(letter).has(Uses::QUOTE) && !uses(letter).has(Uses::APOSTROPHE)) {
        return None;
    }
    let label = &text[..end];
    let named = whom(label, lexicon)?;
    Some((Shape::Colon, named, (0, end), end + 1))
}

/// Whom the words before a colon may name; `None` if they are no label.
fn whom(label: &str, lexicon: &Lexicon) -> Option<Named> {
    let name = label.split(['(', '[']).next()?.split(',').next()?.trim_end();
    let says = |word: &str| {
        let (id, class) = lexicon.look_up(word);
        class.has(TagSet::PAST | TagSet::VERBS)
            && lexicon.entry(id).group.is_speech()
            && !word.starts_with(char::is_uppercase)
    };
    if label.split(|letter: char| !letter.is_alphabetic()).any(says) {
        return None;
    }
    let words = || name.split_whitespace().take(MOST_WORDS + 1);
    let (head, last, count) = (words().next()?, words().last()?, words().count());
    if lexicon.is_spelled(head, LexicalRole::Voice)
        && (count == 1 || count == 2 && (is_number(last) || last.len() == 1))
    {
        return Some(if count == 2 { Named::Somebody } else { Named::Perhaps });
    }
    if count > MOST_WORDS || lexicon.is_spelled(head, LexicalRole::Notice) {
        return None;
    }
    let (mut titled, mut first, mut names, mut roles, mut common) = (false, false, 0, 0, 0);
    for (at, word) in words().enumerate() {
        let bare = word.trim_end_matches('.');
        let (_, class) = lexicon.look_up(bare);
        let is_capital = word.starts_with(char::is_uppercase);
        match class {
            class if class.has(TagSet::TITLE) && is_capital && at + 1 < count => titled = true,
            class if class.has(TagSet::FIRST) && is_capital => (first, names) = (true, names + 1),
            class if class.has(TagSet::ROLE | TagSet::GROUP) => roles += 1,
            class if class.has(TagSet::PARTICLE | TagSet::SUFFIX) => {}
            class if class.has(TagSet::PREP | TagSet::AND | TagSet::DET) && (at > 0 || count > 1) => {
                common += usize::from(!is_capital && at == 0);
            }
            class if class.has(TagSet::TIME | TagSet::NUMBER | TagSet::PRONOUN | TagSet::WH) => return None,
            _ if !bare
                .chars()
                .all(|letter| letter.is_alphabetic() || uses(letter).has(Uses::INSIDE) || letter == '.') =>
            {
                return None;
            }
            _ if bare.chars().count() == 1 && is_capital => {}
            _ if !is_capital => return None,
            class if class.has(TagSet::KNOWN) => common += 1,
            _ => names += 1,
        }
    }
    match () {
        () if titled && names + common > 0 || first && names > 1 || names > 1 && common == 0 => Some(Named::Somebody),
        () if first && names + common > 1 && common == 1 => Some(Named::Somebody),
        () if names + roles > 0 && common <= 1
            || common <= 2 && words().all(|word| !word.contains(char::is_lowercase)) =>
        {
            Some(Named::Perhaps)
        }
        () if count == 1 && common == 1 => Some(Named::Perhaps),
        () => None,
    }
}

/// `Mr. BRANDT.`, `Ms. ROE of Norvik.`
fn before_stop(text: &str, lexicon: &Lexicon) -> Option<Found> {
    let (title, rest) = text.split_at(text.find(' ')?);
    let is_title =
        title.starts_with(char::is_uppercase) && lexicon.look_up(title.trim_end_matches('.')).1.has(TagSet::TITLE);
    let stop = rest.get(1..).and_then(|_| rest.as_bytes().iter().take(LONGEST).position(|byte| *byte == b'.'))?;
    let name = rest[..stop].trim();
    let surname = name.split(' ').next()?;
    let shouted = surname.chars().count() > 1
        && surname.chars().all(|letter| letter.is_uppercase() || uses(letter).has(Uses::INSIDE));
    let behind = title.len() + stop + 1;
    let fits = is_title && shouted && name.split(' ').count() <= MOST_WORDS / 2 && text[behind..].starts_with(' ');
    fits.then_some((Shape::Stop, Named::Somebody, (0, title.len() + stop), behind))
}

/// A line in capitals with nothing behind it: `LENA`.
fn alone(text: &str, lexicon: &Lexicon) -> Option<Found> {
    const LONGEST_NAME: usize = 40;
    const MOST: usize = 3;
    let name = text.trim_end_matches(['.', ':', '*', '_']);
    let fits = text.len() <= LONGEST_NAME && name.len() > 1 && name.starts_with(char::is_uppercase);
    let letter = |letter: char| letter.is_uppercase() || matches!(letter, ' ' | '.') || uses(letter).has(Uses::INSIDE);
    if !fits || !name.chars().all(letter) || name.split(' ').count() > MOST {
        return None;
    }
    let first = name.split(' ').next()?;
    let known = lexicon.is_spelled(first, LexicalRole::Notice);
    (!known).then_some((Shape::Alone, Named::Perhaps, (0, name.len()), text.len()))
}
