//! What a line of a rule file says, patterns left aside.

use super::rule_file::{Draft, Example, Purpose};
use crate::error::{Kind, Line, Problem};
use crate::quote::StringRole;

/// The first word of a line, and what follows it.
pub(super) fn split_word<'t>(line: &Line<'t>) -> (&'t str, &'t str) {
    let text = line.text.trim();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

/// Reads what follows `rule` or `role`.
pub(super) fn read_rule_line(line: &Line<'_>, rest: &str, is_role: bool) -> Result<Draft, Problem> {
    let mut words = rest.split_whitespace();
    let (name, second, third) = (words.next(), words.next(), words.next());
    let (role, score) = if is_role { (second, third) } else { (None, second) };
    let (Some(name), Some(score)) = (name, score) else { return Err(line.whole(Kind::RuleLine)) };
    let purpose = match role {
        None => Purpose::Attribution,
        Some(role) => Purpose::Role(StringRole::by_name(role).ok_or_else(|| line.problem(Kind::Role, role))?),
    };
    let value = score.parse().ok().filter(|score: &f32| (0.0..=1.0).contains(score));
    let score = value.ok_or_else(|| line.problem(Kind::Score, score))?;
    Ok(Draft::new(name, score, purpose, line))
}

/// Takes the brackets out of an example and keeps what they held.
pub(super) fn read_example(line: &Line<'_>, rest: &str, fits: bool) -> Result<Example, Problem> {
    let text = String::with_capacity(rest.len());
    let mut example = Example { fits, text, source: None, content: Vec::new(), line: line.number };
    // The bracket that is open: which, where in the line, and where in the text.
    let mut open: Option<(char, &str, usize)> = None;
    let mut sources = 0;
    for (at, letter) in rest.char_indices() {
        let piece = &rest[at..at + letter.len_utf8()];
        match (letter, open) {
            ('[', None) if sources > 0 => return Err(line.problem(Kind::ExampleSource, piece)),
            ('[' | '{', None) => {
                sources += usize::from(letter == '[');
                open = Some((letter, piece, example.text.len()));
            }
            (']', Some(('[', _, start))) => {
                example.source = Some((start, example.text.len()));
                open = None;
            }
            ('}', Some(('{', _, start))) => {
                example.content.push((start, example.text.len()));
                open = None;
            }
            ('[' | '{', Some(_)) => break,
            (']' | '}', _) => return Err(line.problem(Kind::ExampleClose, piece)),
            // As long as a pilcrow: no place moves.
            ('¶', _) => example.text.push_str("\n\n"),
            _ => example.text.push(letter),
        }
    }
    match open {
        Some((_, bracket, _)) => Err(line.problem(Kind::ExampleOpen, bracket)),
        None => Ok(example),
    }
}
