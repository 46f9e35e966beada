//! The messages.

use super::Hint;

/// Each message is used in one place only, so that it names the check that failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Kind {
    #[error("a line begins with `def`, `rule`, `role`, `match`, `ok`, `no`, `words` or `#`{0}")]
    Statement(Hint),
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
    #[error("a name of a definition is in capitals: letters, digits and hyphens, a letter first")]
    DefName,
    #[error("a class has this name already")]
    DefIsClass,
    #[error("a second definition has this name")]
    DefTwice,
    #[error("the built-in rules define this name, and a definition cannot be made anew; take another name")]
    DefIsBuiltIn,
    #[error("no class or definition has this name; words are written in lower case{0}")]
    UnknownName(Hint),
    #[error("this definition stands below, in line {0}; it must stand above its use")]
    DefBelow(usize),
    #[error("a definition cannot be used in itself")]
    DefInItself,
    #[error("one token can be asked for one of FINITE, VERBAL, NOMINAL, AUXILIARY and QEND, not for two")]
    SecondUnion,
    #[error("this is no class of one token: `!` and `&` cannot stand beside it; look for it with `>` and `>!`")]
    NotOneToken,
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
    NoAnchor,
    #[error("a rule has one `^`; before alternatives it marks them all: `^(said | told)`")]
    SecondAnchor,
    #[error("`^` cannot stand in an alternative, a repeat, an optional part or behind `<` or `>`")]
    AnchorPlace,
    #[error("`^` stands on a word, a class, or an alternative of words alone or of classes alone")]
    AnchorMixed,
    #[error("`^` must stand on a word or a class of words, not on a definition")]
    AnchorOnPhrase,
    #[error("a rule needs content: Q, FRONT, CLAUSE or `content:`{0}")]
    NoContent(Hint),
    #[error("without its optional parts this rule has no content")]
    ContentOptional,
    #[error("content stands in the pattern itself, not in a label, definition, alternative or repeat")]
    ContentPlace,
    #[error("this pattern is too long: it has 400 items at most, and brackets stand in brackets at most 50 deep")]
    TooLong,
    #[error("this pattern is too large")]
    TooLarge,
    #[error("no line of a table of spelling")]
    Spelling,
    #[error("this definition and those above it are together too large")]
    TooLargeInAll,
    #[error("all rules together have at most 1,000 regular expressions")]
    TooManyRegexes,
    #[error("a pattern has at most six optional parts with a label or content in them")]
    TooManyOptional,
    #[error("definitions stand in definitions at most 32 deep")]
    TooDeep,
    #[error("this bracket of an example is never closed, or not before the next is opened")]
    ExampleOpen,
    #[error("this bracket of an example was never opened")]
    ExampleClose,
    #[error("an example has one `[source]`")]
    ExampleSource,
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
    #[error("this value must be {0}")]
    FeatureValue(String),
    #[error("a line ends with a weight, a number from -300 to 300")]
    Weight,
    #[error("a table of confidence begins with a heading such as `[direct]`")]
    NoCurve,
    #[error("a line is a score and a share from 0 to 1, neither less than the line before")]
    CurvePoint,
    #[error("a word list begins with a heading such as `[verb SAY]`")]
    NoHeading,
    #[error("a heading ends with `]`")]
    HeadingEnd,
    #[error("a heading names a class, as in `[NOUN]` or `[verb SAY]`")]
    HeadingEmpty,
    #[error("no class has this name; a name of your own is a word in capitals{0}")]
    HeadingName(Hint),
    #[error("this name is taken: it is a definition, or a place in patterns; take another for a class of your own")]
    HeadingTaken,
    #[error("the text tells which tokens are of this class; a word list cannot")]
    HeadingOfText,
    #[error("what verbs announce is missing: `[verb SAY]`")]
    VerbAlone,
    #[error(
        "this class is of verbs: write `verb` before it, for all their forms, or name the form, as in `[PAST SAY]`"
    )]
    FormMissing,
    #[error("no class has this name, and no rule uses it{0}")]
    UnusedClass(Hint),
    #[error("no room for another class of words: there are 64, the built-in ones among them")]
    TooManyClasses,
    #[error("no room for another word: there are 60,000")]
    TooManyWords,
    #[error("forms look like `say(said)`, `write(wrote written)` or `admit+`")]
    Forms,
    #[error("a verb and its forms look like `say(said)` or `admit+`, with nothing left out")]
    FormsEmpty,
    #[error("this bracket of a verb's forms is never closed")]
    FormsOpen,
    #[error("forms stand below a heading with `verb`; without it a word is written as it stands in texts")]
    FormsOfNoVerb,
    #[error("a word goes without the full stop behind it, an abbreviation too")]
    WordStop,
    #[error("no word holds `{0}`; words are parted by spaces")]
    WordSign(String),
    #[error("a word of more than 40 bytes is never found")]
    WordLong,
}
