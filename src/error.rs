//! What can go wrong, which is only this: reading rules and word lists.

mod kind;
mod line;
mod nearest;

pub(crate) use kind::Kind;
pub(crate) use line::{Line, lines};
pub(crate) use nearest::{Hint, nearest};
use std::fmt;

/// Rules and word lists that could not be read: everything that is wrong with them.
///
/// An error holds every [`Problem`] that was found, in the order of the texts: word lists first, then rules, each from
/// the top down. [`line`](Error::line) and [`column`](Error::column) are those of the first. Printed, it shows them all,
/// each with its line, and an empty line between them. What is wrong only because of another problem is left out.
///
/// ```
/// use inquit::Extractor;
///
/// let rules = "rule shout 0.9\nmatch Q cue:SHOUTED";
/// let error = Extractor::builder().rules(rules).build().unwrap_err();
/// assert_eq!((error.line(), error.column()), (2, 13));
/// assert_eq!(
///     error.to_string(),
///     "line 2, column 13: no class or definition has this name; words are written in lower case\n\
///      | match Q cue:SHOUTED\n\
///      |             ^^^^^^^"
/// );
///
/// let error = Extractor::builder().words("[verb SAYS] snark\n[verb SAY] quip, jest").build().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "line 1, column 7: no class has this name, and no rule uses it; did you mean `SAY`?\n\
///      | [verb SAYS] snark\n\
///      |       ^^^^\n\
///      \n\
///      line 2, column 16: no word holds `,`; words are parted by spaces\n\
///      | [verb SAY] quip, jest\n\
///      |                ^"
/// );
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    /// At least one.
    problems: Box<[Problem]>,
    /// The caller gave several texts: each problem is printed with the one it is in.
    has_many_inputs: bool,
    /// There may be more problems than were noted.
    is_cut: bool,
}

/// One thing that is wrong with rules or a word list: what, where, and the line itself.
///
/// Of a long line only the part around the mistake is shown.
///
/// ```
/// use inquit::Extractor;
///
/// let words = format!("[verb SAY] {}quip, jest", "snark ".repeat(1_000));
/// let error = Extractor::builder().words(words).build().unwrap_err();
/// let problem = error.problems().next().unwrap();
/// assert_eq!((problem.line(), problem.column()), (1, 6016));
/// assert!(problem.to_string().contains("snark snark quip, jest\n"));
/// assert!(problem.to_string().len() < 400);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Problem {
    kind: Kind,
    input: Option<Input>,
    line: usize,
    column: usize,
    /// The line, or what is shown of it.
    text: String,
    /// How many characters of `text` stand before the mistake, and how many are to blame.
    before: usize,
    width: usize,
}

/// Which of the texts given to an [`ExtractorBuilder`](crate::ExtractorBuilder) a problem is in, counted from 0 in the
/// order they were given.
///
/// ```
/// use inquit::{Extractor, Input};
///
/// let builder = Extractor::builder().words("[verb SAY] snark").words("[verb SAY] quip;").rules("rul");
/// let error = builder.build().unwrap_err();
/// let inputs: Vec<_> = error.problems().map(|problem| problem.input()).collect();
/// assert_eq!(inputs, [Some(Input::Words(1)), Some(Input::Rules(0))]);
/// // The number is from 1 when printed, as those of lines are.
/// assert!(error.to_string().starts_with("word list 2, line 1, column 16: "));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Input {
    /// A word list: given by [`words`](crate::ExtractorBuilder::words).
    Words(usize),
    /// Rules: given by [`rules`](crate::ExtractorBuilder::rules).
    Rules(usize),
}

impl Error {
    /// The line of the first problem, counted from 1; 0 if it is in no line.
    pub fn line(&self) -> usize {
        self.problems.first().map_or(0, Problem::line)
    }

    /// The character of that line the first problem begins with, counted from 1.
    pub fn column(&self) -> usize {
        self.problems.first().map_or(1, Problem::column)
    }

    /// Every problem that was found, at least one. After a hundred no more are looked for.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let rules = "rule loud 0.9\nmatch Q ceu:^boomed\nok “Go,” boomed Ana.\nno Go.\nrule mild 2";
    /// let error = Extractor::builder().rules(rules).build().unwrap_err();
    /// let places: Vec<_> = error.problems().map(|problem| (problem.line(), problem.column())).collect();
    /// assert_eq!(places, [(2, 9), (5, 11)]);
    /// ```
    pub fn problems(&self) -> impl ExactSizeIterator<Item = &Problem> {
        self.problems.iter()
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error { problems: Box::new([problem]), has_many_inputs: false, is_cut: false }
    }
}

impl Problem {
    /// The line it is in, counted from 1; 0 if it is in no line.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The character of that line it begins with, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// The text it is in; `None` if that is none of the caller's.
    pub fn input(&self) -> Option<Input> {
        self.input
    }

    /// The same in another text.
    pub(crate) fn within(self, input: Option<Input>) -> Problem {
        Problem { input, ..self }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Words(number) => write!(f, "word list {}", number + 1),
            Input::Rules(number) => write!(f, "rules {}", number + 1),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                f.write_str("\n\n")?;
            }
            if let Some(input) = problem.input.filter(|_| self.has_many_inputs) {
                write!(f, "{input}, ")?;
            }
            fmt::Display::fmt(problem, f)?;
        }
        if self.is_cut {
            write!(f, "\n\nthere may be more: only {} problems are listed", Problems::MOST)
        } else {
            Ok(())
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "{}: {}", self.kind, self.text);
        }
        writeln!(f, "line {}, column {}: {}", self.line, self.column, self.kind)?;
        writeln!(f, "| {}", self.text)?;
        // A tab is as wide as it is above.
        let pad = |letter| if letter == '\t' { '\t' } else { ' ' };
        let before: String = self.text.chars().chain(std::iter::repeat(' ')).take(self.before).map(pad).collect();
        write!(f, "| {before}{}", "^".repeat(self.width.max(1)))
    }
}

/// As [`Display`](fmt::Display), so that `unwrap` shows where the mistakes are.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As [`Display`](fmt::Display).
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The problems found so far.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    /// The text that is read.
    input: Option<Input>,
    is_cut: bool,
}

impl Problems {
    /// So many are noted.
    const MOST: usize = 100;

    /// Goes on to another text.
    pub(crate) fn begin(&mut self, input: Input) {
        self.input = Some(input);
    }

    pub(crate) fn input(&self) -> Option<Input> {
        self.input
    }

    /// Notes a problem in the text that is read.
    pub(crate) fn push(&mut self, problem: Problem) {
        let input = self.input;
        self.add([problem.within(input)]);
    }

    /// Notes problems that know their text.
    pub(crate) fn add(&mut self, problems: impl IntoIterator<Item = Problem>) {
        self.list.extend(problems);
        self.is_cut |= self.list.len() > Problems::MOST;
        self.list.truncate(Problems::MOST);
    }

    /// Whether there is no room for more.
    pub(crate) fn is_full(&self) -> bool {
        self.is_cut
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.list.len()
    }

    /// Whether one is in the caller's rules.
    pub(crate) fn are_in_rules(&self) -> bool {
        self.list.iter().any(|problem| matches!(problem.input, Some(Input::Rules(_))))
    }

    /// Whether there was no room for a class of the caller's own.
    pub(crate) fn are_of_room(&self) -> bool {
        self.list.iter().any(|problem| problem.kind == Kind::TooManyClasses)
    }

    /// The error, if there is a problem, for a caller who gave so many texts.
    pub(crate) fn finish(mut self, inputs: usize) -> Result<(), Error> {
        self.list.sort_by_key(|problem| (problem.input, problem.line, problem.column));
        if self.list.is_empty() {
            return Ok(());
        }
        Err(Error { problems: self.list.into(), has_many_inputs: inputs > 1, is_cut: self.is_cut })
    }
}

impl Problem {
    pub(crate) fn kind(&self) -> &Kind {
        &self.kind
    }
}
