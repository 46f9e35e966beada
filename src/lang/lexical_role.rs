//! Roles of single words that the program asks for.

/// What a word does, where no class tells it. The words of each role stand in `lexical-roles.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LexicalRole {
    /// Links the parts of a body’s name.
    Link,
    /// Joins two names into one source.
    And,
    /// The pronoun of whoever tells the story.
    Narrator,
    /// A pronoun of a group or body.
    They,
    /// A pronoun of a body or document.
    It,
    /// Makes a person of a number before it.
    Age,
    /// Begins a tag behind content.
    Tag,
    /// An abbreviation whose stop belongs to it in lower case too.
    Stopped,
    /// Says in brackets that the original had it so.
    AsWritten,
    /// An ending of a contraction.
    Contraction,
    /// A contracted word, then its stem, where that is written in another way.
    ContractedStem,
    /// The letters on both sides of the apostrophe of a contracted *not*.
    ContractedNot,
    /// A letter that a possessive without an ending of its own ends with.
    PossessiveEnd,
    /// Behind a cue: what comes next is what was spoken of.
    Topic,
    /// Behind the object of a cue: what comes next is why, or as what, it is judged.
    Reason,
    /// Words of whoever speaks, and of whoever is spoken to.
    Speaking,
    /// A label of a turn that names nobody: speaker 1.
    Voice,
    /// A label of whoever asks.
    Question,
    /// A label of whoever answers.
    Answer,
    /// Before a colon it announces nobody.
    Notice,
    /// Before the names of those who wrote a page.
    Byline,
    /// Begins a credit: reporting by.
    Credit,
    /// Begins a link or button of a page.
    Share,
    /// What a page counts.
    Counted,
    /// Begins what stands behind the end of a statement.
    Closing,
    /// Before a colon it names where something was posted.
    Platform,
}

impl LexicalRole {
    pub(crate) const COUNT: usize = 26;
    pub(crate) const ALL: [LexicalRole; LexicalRole::COUNT] = [
        LexicalRole::Link,
        LexicalRole::And,
        LexicalRole::Narrator,
        LexicalRole::They,
        LexicalRole::It,
        LexicalRole::Age,
        LexicalRole::Tag,
        LexicalRole::Stopped,
        LexicalRole::AsWritten,
        LexicalRole::Contraction,
        LexicalRole::ContractedStem,
        LexicalRole::ContractedNot,
        LexicalRole::PossessiveEnd,
        LexicalRole::Topic,
        LexicalRole::Reason,
        LexicalRole::Speaking,
        LexicalRole::Voice,
        LexicalRole::Question,
        LexicalRole::Answer,
        LexicalRole::Notice,
        LexicalRole::Byline,
        LexicalRole::Credit,
        LexicalRole::Share,
        LexicalRole::Counted,
        LexicalRole::Closing,
        LexicalRole::Platform,
    ];

    /// Those whose words begin what belongs to a page and not to its story.
    pub(crate) const PAGE: [LexicalRole; 4] =
        [LexicalRole::Notice, LexicalRole::Byline, LexicalRole::Credit, LexicalRole::Share];

    /// The heading of its words.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            LexicalRole::Link => "link",
            LexicalRole::And => "and",
            LexicalRole::Narrator => "narrator",
            LexicalRole::They => "they",
            LexicalRole::It => "it",
            LexicalRole::Age => "age",
            LexicalRole::Tag => "tag",
            LexicalRole::Stopped => "stopped",
            LexicalRole::AsWritten => "as-written",
            LexicalRole::Contraction => "contraction",
            LexicalRole::ContractedStem => "contracted-stem",
            LexicalRole::ContractedNot => "contracted-not",
            LexicalRole::PossessiveEnd => "possessive-end",
            LexicalRole::Topic => "topic",
            LexicalRole::Reason => "reason",
            LexicalRole::Speaking => "speaking",
            LexicalRole::Voice => "voice",
            LexicalRole::Question => "question",
            LexicalRole::Answer => "answer",
            LexicalRole::Notice => "notice",
            LexicalRole::Byline => "byline",
            LexicalRole::Credit => "credit",
            LexicalRole::Share => "share",
            LexicalRole::Counted => "counted",
            LexicalRole::Closing => "closing",
            LexicalRole::Platform => "platform",
        }
    }
}
