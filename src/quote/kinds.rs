//! What quotations, quoted strings, mentions and speakers can be.

use std::fmt;

/// How much of a quotation stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum QuoteKind {
    /// All of it: *“We start on Monday,” Lim said.*
    Direct,
    /// Part of it: *Lim said the rule was “a cruel joke”.*
    Mixed,
    /// None of it: *Lim said that rents would fall.*
    Indirect,
}

impl QuoteKind {
    /// The kind in lower case, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        }
    }
}

impl fmt::Display for QuoteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a quoted string is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum StringRole {
    /// Words somebody said or wrote.
    Speech,
    /// The name of a work: *her novel “The Long Rain”*.
    Title,
    /// A word named or defined: *known as “redlining”*.
    Term,
    /// A name somebody goes by: *Robert “Bobby” Roe*.
    Nickname,
    /// Words on a sign, a banner, a screen.
    Sign,
    /// Words the writer keeps at a distance: *the “truce”*.
    Scare,
    /// None of these can be told.
    Unknown,
}

impl StringRole {
    const ALL: [StringRole; 7] = [
        StringRole::Speech,
        StringRole::Title,
        StringRole::Term,
        StringRole::Nickname,
        StringRole::Sign,
        StringRole::Scare,
        StringRole::Unknown,
    ];

    /// The role in lower case, as in JSON and in rule files.
    pub fn name(self) -> &'static str {
        match self {
            StringRole::Speech => "speech",
            StringRole::Title => "title",
            StringRole::Term => "term",
            StringRole::Nickname => "nickname",
            StringRole::Sign => "sign",
            StringRole::Scare => "scare",
            StringRole::Unknown => "unknown",
        }
    }

    pub(crate) fn by_name(name: &str) -> Option<StringRole> {
        StringRole::ALL.into_iter().find(|role| role.name() == name && *role != StringRole::Unknown)
    }
}

impl fmt::Display for StringRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What kind of words a mention is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum MentionKind {
    /// *Ana Lim, mayor of Lund*
    Name,
    /// *a spokesman for the mayor*, *officials*
    Nominal,
    /// *she*, *who*, *one*
    Pronoun,
}

impl MentionKind {
    /// The kind in lower case, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Name => "name",
            MentionKind::Nominal => "nominal",
            MentionKind::Pronoun => "pronoun",
        }
    }
}

impl fmt::Display for MentionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum SpeakerKind {
    /// One person.
    Person,
    /// A body that speaks with one voice: *the White House*, *the ministry*.
    Organisation,
    /// Several: *officials*, *Lim and Roe*.
    Group,
    /// Something written or found: *the report*.
    Document,
    /// That cannot be told.
    #[default]
    Unknown,
}

impl SpeakerKind {
    /// The kind in lower case, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            SpeakerKind::Person => "person",
            SpeakerKind::Organisation => "organisation",
            SpeakerKind::Group => "group",
            SpeakerKind::Document => "document",
            SpeakerKind::Unknown => "unknown",
        }
    }
}

impl fmt::Display for SpeakerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The gender that names, titles, roles and pronouns of a text show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Gender {
    /// *she*
    Female,
    /// *he*
    Male,
}

impl Gender {
    /// The gender in lower case, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Gender::Female => "female",
            Gender::Male => "male",
        }
    }
}

impl fmt::Display for Gender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
