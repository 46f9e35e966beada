//! Word lists: text → entries.

use super::group::CueClasses;
use super::{LONGEST_WORD, Lexicon, MOST_GROUPS};
use crate::error::{Input, Kind, Line, Problem, Problems};
use crate::lang::Spelling;
use crate::marks::{Uses, is_apostrophe, uses};
use crate::token::TagSet;
use crate::word::{self, Run};
use memchr::memchr;

/// What the words below a heading are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heading {
    pub(super) class: TagSet,
    pub(super) group: CueClasses,
    verb: bool,
    /// Something is wrong with it: its words are looked over and not added.
    is_broken: bool,
}

/// A class of the caller's own, and what to say if no rule uses it.
#[derive(Clone, Debug)]
pub(super) struct OwnClass {
    group: CueClasses,
    name: String,
    unused: Problem,
}

impl OwnClass {
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl Lexicon {
    /// Adds a word list: headings `[CLASS …]` or `[verb CLASS …]`, words after and below them, `#` comments. The list is
    /// the second of each pair, a piece of the line. `is_taken` tells which names a class of one's own cannot have.
    pub(crate) fn add_list<'t>(
        &mut self,
        lines: impl Iterator<Item = (Line<'t>, &'t str)>,
        is_taken: &dyn Fn(&str) -> bool,
        problems: &mut Problems,
    ) {
        let mut heading = None;
        for (line, list) in lines {
            let mut words = list[..memchr(b'#', list.as_bytes()).unwrap_or(list.len())].trim();
            if let Some(inside) = words.strip_prefix('[') {
                let broken = Heading { is_broken: true, ..Heading::default() };
                let Some((names, rest)) = inside.split_once(']') else {
                    problems.push(line.problem(Kind::HeadingEnd, &words[..1]));
                    heading = Some(broken);
                    continue;
                };
                let whole = &words[..names.len() + 2];
                let read = self.heading(&line, (whole, names), is_taken, problems);
                heading = Some(read.unwrap_or_else(|problem| {
                    problems.push(problem);
                    Heading { verb: names.split_whitespace().any(|name| name == "verb"), ..broken }
                }));
                words = rest.trim_start();
            }
            if words.is_empty() {
                continue;
            }
            let Some(heading) = heading else {
                problems.push(line.problem(Kind::NoHeading, words));
                // Said once.
                heading = Some(Heading { is_broken: true, verb: true, ..Heading::default() });
                continue;
            };
            self.add_line(&line, words, heading, problems);
            if problems.is_full() {
                return;
            }
        }
    }

    fn heading(
        &mut self,
        line: &Line<'_>,
        (whole, names): (&str, &str),
        is_taken: &dyn Fn(&str) -> bool,
        problems: &mut Problems,
    ) -> Result<Heading, Problem> {
        let mut heading = Heading::default();
        for name in names.split_whitespace() {
            if name == "verb" {
                heading.verb = true;
            } else if let Some(class) = TagSet::by_name(name) {
                if class.has(OF_TEXT) {
                    return Err(line.problem(Kind::HeadingOfText, name));
                }
                heading.class |= class;
            } else if let Some(group) = self.group_by_name(name) {
                heading.group.0 |= group.0;
            } else if is_taken(name) {
                return Err(line.problem(Kind::HeadingTaken, name));
            } else if Lexicon::may_be_group(name) {
                heading.group.0 |= self.own_class(line, name, problems.input())?.0;
            } else {
                return Err(line.problem(Kind::HeadingName(self.nearest_class(name)), name));
            }
        }
        if names.trim().is_empty() {
            return Err(line.problem(Kind::HeadingEmpty, whole));
        }
        if heading.verb && heading.group == CueClasses::default() {
            return Err(line.problem(Kind::VerbAlone, whole));
        }
        if !heading.verb && heading.group.is_of_verbs() && heading.class.without(TagSet::VERB) == TagSet::NONE {
            return Err(line.problem(Kind::FormMissing, whole));
        }
        Ok(heading)
    }

    /// A new class.
    fn own_class(&mut self, line: &Line<'_>, name: &str, input: Option<Input>) -> Result<CueClasses, Problem> {
        if self.groups.len() >= MOST_GROUPS {
            return Err(line.problem(Kind::TooManyClasses, name));
        }
        let group = CueClasses(1 << self.groups.len());
        if input.is_some() {
            let unused = line.problem(Kind::UnusedClass(self.nearest_class(name)), name).within(input);
            self.own.push(OwnClass { group, name: name.to_owned(), unused });
        }
        self.groups.push(name.to_owned());
        Ok(group)
    }

    /// Notes of each class of the caller's own that no rule uses where it was first named.
    pub(crate) fn find_unused(&self, used: CueClasses, mentions: impl Fn(&str) -> bool, problems: &mut Problems) {
        let unused = self.own.iter().filter(|class| !class.group.has(used) && !mentions(&class.name));
        problems.add(unused.map(|class| class.unused.clone()));
    }

    /// Adds the words of a line, and notes what is wrong with them.
    fn add_line(&mut self, line: &Line<'_>, words: &str, heading: Heading, problems: &mut Problems) {
        let mut rest = words.trim_start();
        while !rest.is_empty() && !problems.is_full() {
            // Most words are short and plain.
            let run = Run::read(rest.as_bytes(), 0);
            let next = rest.as_bytes().get(run.len);
            let added;
            if run.len > 0 && matches!(next, None | Some(b' ')) {
                let word = &rest[..run.len];
                rest = &rest[run.len + usize::from(next.is_some())..];
                added = if heading.is_broken {
                    Ok(0)
                } else if heading.verb {
                    self.add_verb(word, None, heading).map_err(|kind| (kind, word))
                } else {
                    self.add_short(run.key, word.len(), heading.class, heading.group).map_err(|kind| (kind, word))
                };
            } else {
                let (item, after) = first_item(rest.trim_start(), heading.verb);
                rest = after.trim_start();
                added = self.add_item(item, heading);
            }
            if let Err((kind, piece)) = added {
                let is_full = matches!(kind, Kind::TooManyWords);
                problems.push(line.problem(kind, piece));
                if is_full {
                    return;
                }
            }
        }
    }

    /// Adds a word as it is written in a list; if it cannot be, says what is wrong with which piece of it.
    fn add_item<'w>(&mut self, item: &'w str, heading: Heading) -> Result<u16, (Kind, &'w str)> {
        if !heading.verb && (item.ends_with('+') || item.contains('(')) && !heading.is_broken {
            return Err((Kind::FormsOfNoVerb, item));
        }
        let (word, irregular) = match item.find('(').filter(|_| heading.verb) {
            None => (item, None),
            Some(open) if !item[open..].contains(')') => return Err((Kind::FormsOpen, &item[open..=open])),
            Some(open) => (&item[..open], item[open + 1..].strip_suffix(')')),
        };
        let base = if heading.verb { word.strip_suffix('+').unwrap_or(word) } else { word };
        if base.is_empty() || word.len() < item.len() && irregular.is_none_or(|forms| forms.trim().is_empty()) {
            return Err((Kind::FormsEmpty, item));
        }
        let forms = irregular.unwrap_or_default().split_whitespace();
        [base].into_iter().chain(forms).try_for_each(|word| check_word(word, &self.spelling))?;
        let added = if heading.is_broken {
            Ok(0)
        } else if heading.verb {
            self.add_verb(word, irregular, heading)
        } else {
            self.add(word, heading.class, heading.group)
        };
        added.map_err(|kind| (kind, word))
    }
}

/// Classes that the text tells, whatever is known of the word.
const OF_TEXT: TagSet = TagSet::Q
    .union(TagSet::PARA)
    .union(TagSet::STOP)
    .union(TagSet::COMMA)
    .union(TagSet::COLON)
    .union(TagSet::SEMICOLON)
    .union(TagSet::DASH)
    .union(TagSet::OPEN)
    .union(TagSet::CLOSE)
    .union(TagSet::WORD)
    .union(TagSet::CAP)
    .union(TagSet::UPPER)
    .union(TagSet::SHORT)
    .union(TagSet::QSTOP)
    .union(TagSet::QASK)
    .union(TagSet::QCOMMA)
    .union(TagSet::QOPEN)
    .union(TagSet::INITIAL)
    .union(TagSet::KNOWN)
    .union(TagSet::ANCHOR);

/// The first word of a list with its forms, and what stands behind it.
fn first_item(list: &str, verb: bool) -> (&str, &str) {
    let end = |from: usize| list[from..].find(char::is_whitespace).map_or(list.len(), |at| from + at);
    let space = end(0);
    let open = list[..space].find('(').filter(|_| verb);
    // Forms are parted by spaces too.
    let close = open.and_then(|open| {
        let inside = &list[open + 1..];
        inside.find(['(', ')']).filter(|at| inside[*at..].starts_with(')')).map(|at| open + 1 + at)
    });
    list.split_at(close.map_or(space, end))
}

/// A word is found if a text with nothing else is one token.
fn check_word<'w>(word: &'w str, spelling: &Spelling) -> Result<(), (Kind, &'w str)> {
    // Endings that are words of their own, and the one symbol that is a word.
    let clitic = word.strip_prefix(is_apostrophe).is_some_and(|ending| spelling.clitic(ending.as_bytes()).is_some());
    if clitic || word == "&" {
        return Ok(());
    }
    let end = word::end(word, 0, word.len());
    let Some(sign) = word[end..].chars().next() else {
        return if word.len() > LONGEST_WORD { Err((Kind::WordLong, word)) } else { Ok(()) };
    };
    let piece = &word[end..end + sign.len_utf8()];
    let is_last = end > 0 && piece.len() == word.len() - end;
    // What cannot be seen is named.
    let shown = if uses(sign).has(Uses::QUOTE) { sign.to_string() } else { sign.escape_debug().to_string() };
    Err((if sign == '.' && is_last { Kind::WordStop } else { Kind::WordSign(shown) }, piece))
}
