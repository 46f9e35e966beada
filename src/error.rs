//! What can go wrong, which is only this: reading rules and word lists.

use std::fmt;

/// A rule file or word list that could not be read: what is wrong, where, and the line itself.
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
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    kind: Kind,
    line: usize,
    column: usize,
    width: usize,
    text: String,
}

/// Each message is used in one place only, so that it names the check that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Kind {
    #[error("a line begins with `def`, `rule`, `role`, `match`, `ok`, `no`, `words` or `#`")]
    Statement,
    #[error("`{0}` must follow a `rule` or `role` line")]
    NoRule(&'static str),
    #[error("a rule needs a name and a score: `rule NAME 0.9`")]
    RuleLine,
    #[error("a score is a number from 0 to 1")]
    Score,
    #[error("a role is one of speech, title, term, nickname, sign, scare")]
    Role,
    #[error("a second rule has this name")]
    RuleTwice,
    #[error("a rule has one `match` line")]
    MatchTwice,
    #[error("this rule has no `match` line")]
    NoMatch,
    #[error("this rule needs an `ok` and a `no` line: they are its tests")]
    NoExamples,
    #[error("a definition looks like `def NAME = PATTERN`")]
    DefLine,
    #[error("a class has this name already")]
    DefIsClass,
    #[error("a second definition has this name")]
    DefTwice,
    #[error("no class or definition has this name; words are written in lower case")]
    UnknownName,
    #[error("a pattern is expected here")]
    EmptyPattern,
    #[error("this bracket is never closed")]
    OpenBracket,
    #[error("this bracket was never opened")]
    CloseBracket,
    #[error("nothing to repeat")]
    NothingToRepeat,
    #[error("this repeats what can be empty")]
    EmptyRepeat,
    #[error("a repeat looks like {{1,5}}, with at most 99")]
    BadRepeat,
    #[error("a label is one of cue, source, addressee, content")]
    Label,
    #[error("this label stands twice in the pattern")]
    LabelTwice,
    #[error("a label cannot stand in a repeat, an alternative or a definition")]
    LabelPlace,
    #[error("this is no token pattern")]
    Stray,
    #[error("the word a rule starts from is marked with `^`, once, outside alternatives and repeats")]
    Anchor,
    #[error("`^` must stand on a word or a class of words, not on a definition")]
    AnchorOnPhrase,
    #[error("a rule needs content: Q, FRONT, CLAUSE or `content:`")]
    NoContent,
    #[error("content stands in the pattern itself, not in a label, definition, alternative or repeat")]
    ContentPlace,
    #[error("this pattern is too large")]
    TooLarge,
    #[error("a pattern has at most six optional parts with a label or content in them")]
    TooManyOptional,
    #[error("definitions stand in definitions at most 32 deep")]
    TooDeep,
    #[error("brackets and braces in an example must pair up")]
    Example,
    #[error("a regular expression ends with `/`")]
    RegexEnd,
    #[error("{0}")]
    Regex(String),
    #[error("no feature has this name")]
    Feature,
    #[error("a table begins with a heading such as `[end.next]`")]
    NoFeature,
    #[error("this feature has more values")]
    FeatureValues,
    #[error("a line ends with a weight, a number")]
    Weight,
    #[error("a table of confidence begins with a heading such as `[direct]`")]
    NoCurve,
    #[error("a line is a score and a share from 0 to 1, neither less than the line before")]
    CurvePoint,
    #[error("a word list begins with a heading such as `[SAY]`")]
    NoHeading,
    #[error("a heading ends with `]`")]
    HeadingEnd,
    #[error("no class has this name; a name of your own is a word in capitals")]
    HeadingName,
    #[error("no room for another class of words: there are 64, the built-in ones among them")]
    TooManyClasses,
    #[error("no room for another word: there are 60,000")]
    TooManyWords,
    #[error("forms look like `say(said)`, `write(wrote written)` or `admit+`")]
    Forms,
}

impl Error {
    /// `column` counts characters from 1; `width` is how many of them are to blame.
    pub(crate) fn new(kind: Kind, line: usize, column: usize, width: usize, text: &str) -> Error {
        Error { kind, line, column, width, text: text.to_owned() }
    }

    /// The same error, for a piece of a longer line that begins at `column`.
    pub(crate) fn in_line(self, line: usize, column: usize, text: &str) -> Error {
        Error { line, column: self.column + column - 1, text: text.to_owned(), ..self }
    }

    /// The line it is in, counted from 1; 0 if it is in no line.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The character of that line it begins with, counted from 1.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line == 0 {
            return write!(f, "{}: {}", self.kind, self.text);
        }
        writeln!(f, "line {}, column {}: {}", self.line, self.column, self.kind)?;
        writeln!(f, "| {}", self.text)?;
        write!(f, "| {:>1$}", "", self.column - 1)?;
        write!(f, "{}", "^".repeat(self.width.max(1)))
    }
}

/// As [`Display`](fmt::Display), so that `unwrap` shows where the mistake is.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
