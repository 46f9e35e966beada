//! What a caller gets: quotations, the mentions they are linked to, and every quoted string.

pub use crate::flags::Flags;
use crate::span::Span;
use std::borrow::Cow;
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

/// Words of the text that stand for a speaker or addressee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mention<'t> {
    text: &'t str,
    span: Span,
    kind: MentionKind,
}

impl<'t> Mention<'t> {
    /// The words.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where they stand.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What they are.
    pub fn kind(&self) -> MentionKind {
        self.kind
    }
}

impl fmt::Display for Mention<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// A mention by its place alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Place {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
}

/// What is known of one quotation, by places alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    pub(crate) kind: QuoteKind,
    /// Its content: a piece of [`Found::contents`].
    pub(crate) content: (u32, u32),
    pub(crate) cue: Option<Span>,
    pub(crate) source: Option<Place>,
    pub(crate) addressee: Option<Place>,
    pub(crate) speaker: Option<u32>,
    pub(crate) flags: Flags,
    pub(crate) confidence: f32,
    /// A name from the rules or sieves; they live as long as the extractor's program.
    pub(crate) rule: Origin,
}

/// What made an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Rule(u16),
    Sieve(&'static str),
}

/// A quoted string, by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StringRecord {
    pub(crate) outer: Span,
    pub(crate) inner: Span,
    pub(crate) parent: Option<u32>,
    pub(crate) flags: Flags,
    pub(crate) role: StringRole,
    /// In marks of the kind that does not carry the speech of this text.
    pub(crate) minor: bool,
}

/// An entity that is quoted.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpeakerRecord {
    pub(crate) name: Span,
    pub(crate) kind: SpeakerKind,
    pub(crate) gender: Option<Gender>,
    /// Pieces of [`Found::places`].
    pub(crate) mentions: (u32, u32),
    pub(crate) roles: (u32, u32),
    pub(crate) on_behalf_of: Option<Span>,
}

/// How a quotation came by its speaker.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// The number of the speaker while they are looked for.
    pub(crate) entity: u32,
    pub(crate) sieve: &'static str,
    pub(crate) confidence: f32,
    /// The fullest name of the addressee.
    pub(crate) addressee: Option<Span>,
}

impl Default for Link {
    fn default() -> Link {
        Link { entity: u32::MAX, sieve: "", confidence: 0.0, addressee: None }
    }
}

/// All that was found in one text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) quotes: Vec<Record>,
    pub(crate) contents: Vec<Span>,
    pub(crate) strings: Vec<StringRecord>,
    pub(crate) speakers: Vec<SpeakerRecord>,
    /// One for each quotation.
    pub(crate) links: Vec<Link>,
    /// Mentions and roles of the speakers.
    pub(crate) places: Vec<Span>,
}

impl Found {
    /// Where the words of a quotation stand.
    pub(crate) fn spans(&self, quote: &Record) -> &[Span] {
        &self.contents[quote.content.0 as usize..quote.content.1 as usize]
    }

    /// Adds a quotation. The list grows by half: records are large, and little of it is to be empty.
    pub(crate) fn push(&mut self, record: Record) {
        if self.quotes.len() == self.quotes.capacity() {
            self.quotes.reserve_exact((self.quotes.len() / 2).max(16));
        }
        self.quotes.push(record);
    }

    pub(crate) fn clear(&mut self) {
        self.quotes.clear();
        self.contents.clear();
        self.strings.clear();
        self.speakers.clear();
        self.links.clear();
        self.places.clear();
    }
}

/// Names of rules, shared by every extraction of one extractor.
pub(crate) type RuleNames = std::sync::Arc<[Box<str>]>;

/// The quotations of one text, in order, and everybody quoted.
///
/// ```
/// use inquit::Extractor;
///
/// let text = "“Go,” said Ana Lim. Later she called the vote “a farce.”";
/// let found = Extractor::english().extract(text);
/// let first = found.quote(0).unwrap();
/// assert_eq!(first.content(), "“Go,”");
/// assert_eq!(first.cue(), Some("said"));
/// assert_eq!(first.source().unwrap().text(), "Ana Lim");
/// ```
#[derive(Clone)]
pub struct Extraction<'t> {
    text: &'t str,
    found: Cow<'t, Found>,
    rules: RuleNames,
}

impl<'t> Extraction<'t> {
    pub(crate) fn new(text: &'t str, found: Cow<'t, Found>, rules: RuleNames) -> Extraction<'t> {
        Extraction { text, found, rules }
    }

    /// The text that was read.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Every quotation, ordered by where its content begins.
    pub fn quotes(&self) -> impl ExactSizeIterator<Item = Quote<'_>> + Clone {
        (0..self.found.quotes.len()).map(|index| Quote { index, extraction: self })
    }

    /// The quotation at `index`.
    pub fn quote(&self, index: usize) -> Option<Quote<'_>> {
        (index < self.found.quotes.len()).then_some(Quote { index, extraction: self })
    }

    /// Everybody quoted, in the order of their first quotation.
    pub fn speakers(&self) -> impl ExactSizeIterator<Item = Speaker<'_>> + Clone {
        (0..self.found.speakers.len()).map(|index| Speaker { index, extraction: self })
    }

    /// Who says a quotation; `None` if that cannot be told.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let text = "Ana Lim, mayor of Lund, arrived late. “I had no choice,” she said. The mayor said rents would fall.";
    /// let found = Extractor::english().extract(text);
    /// let names: Vec<_> = found.quotes().filter_map(|quote| found.speaker_of(&quote)).map(|speaker| speaker.name()).collect();
    /// assert_eq!(names, ["Ana Lim", "Ana Lim"]);
    /// ```
    pub fn speaker_of<'e>(&'e self, quote: &Quote<'_>) -> Option<Speaker<'e>> {
        let index = self.found.quotes.get(quote.index)?.speaker?;
        Some(Speaker { index: index as usize, extraction: self })
    }

    /// Everything a speaker is quoted with, in order.
    pub fn quotes_of<'e>(&'e self, speaker: &Speaker<'_>) -> impl Iterator<Item = Quote<'e>> + Clone {
        let index = speaker.index as u32;
        self.quotes().filter(move |quote| quote.record().speaker == Some(index))
    }

    /// Every string in quotation marks, speech or not, ordered by where it begins; a string inside
    /// another follows it.
    pub fn quoted_strings(&self) -> impl ExactSizeIterator<Item = QuotedString<'_>> + Clone {
        self.found.strings.iter().map(|record| QuotedString { record, text: self.text })
    }

    /// Leaves out every quotation `keep` says no to, and speakers with no quotation left. Quoted strings all stay, and
    /// a speaker who stays keeps every mention.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let text = "“Go,” said Ana Lim. “Stay,” said Tom Roe.";
    /// let mut found = Extractor::english().extract(text);
    /// found.retain(|quote| quote.source().is_some_and(|source| source.text() == "Tom Roe"));
    /// assert_eq!(found.quote(0).unwrap().content(), "“Stay,”");
    /// assert_eq!((found.quotes().len(), found.quoted_strings().len()), (1, 2));
    /// ```
    pub fn retain(&mut self, mut keep: impl FnMut(&Quote<'_>) -> bool) {
        let kept: Vec<bool> = self.quotes().map(|quote| keep(&quote)).collect();
        if kept.iter().all(|&kept| kept) {
            return;
        }
        let found = self.found.to_mut();
        let mut of_quotes = kept.iter();
        found.quotes.retain(|_| of_quotes.next() == Some(&true));
        let mut of_links = kept.iter();
        found.links.retain(|_| of_links.next() == Some(&true));
        // The first quotation of a speaker may be gone: their order is made anew.
        let mut numbers = vec![None; found.speakers.len()];
        let mut speakers = Vec::new();
        for quote in &mut found.quotes {
            quote.speaker = quote.speaker.map(|old| {
                *numbers[old as usize].get_or_insert_with(|| {
                    speakers.push(std::mem::take(&mut found.speakers[old as usize]));
                    speakers.len() as u32 - 1
                })
            });
        }
        found.speakers = speakers;
    }
}

impl fmt::Debug for Extraction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.quotes()).finish()
    }
}

/// One quotation and what it is linked to. A cheap handle.
#[derive(Clone, Copy)]
pub struct Quote<'e> {
    index: usize,
    extraction: &'e Extraction<'e>,
}

impl<'e> Quote<'e> {
    fn record(&self) -> &'e Record {
        &self.extraction.found.quotes[self.index]
    }

    fn link(&self) -> Option<&'e Link> {
        self.extraction.found.links.get(self.index)
    }

    /// Direct, mixed or indirect.
    pub fn kind(&self) -> QuoteKind {
        self.record().kind
    }

    /// Where its words stand: one span, or several if it is interrupted. Quotation marks belong to
    /// the content, the full stop after an indirect quotation does not.
    pub fn spans(&self) -> &'e [Span] {
        let (start, end) = self.record().content;
        &self.extraction.found.contents[start as usize..end as usize]
    }

    /// The text of each span.
    pub fn pieces(&self) -> impl ExactSizeIterator<Item = &'e str> + Clone {
        let text = self.extraction.text;
        self.spans().iter().map(move |span| &text[*span])
    }

    /// Its words, the pieces parted by a space.
    pub fn content(&self) -> Cow<'e, str> {
        let mut pieces = self.pieces();
        match (pieces.next(), pieces.len()) {
            (Some(only), 0) => Cow::Borrowed(only),
            _ => Cow::Owned(self.pieces().collect::<Vec<_>>().join(" ")),
        }
    }

    /// The words that announce it: *said*, *according to*.
    pub fn cue(&self) -> Option<&'e str> {
        self.record().cue.map(|span| &self.extraction.text[span])
    }

    /// Where the cue stands.
    pub fn cue_span(&self) -> Option<Span> {
        self.record().cue
    }

    /// The words it is attributed to, as they stand: *Ana Lim*, *she*, *officials*.
    pub fn source(&self) -> Option<Mention<'e>> {
        self.record().source.map(|place| self.mention(place))
    }

    /// Who it is addressed to, if the text says so: *told **the BBC***.
    pub fn addressee(&self) -> Option<Mention<'e>> {
        self.record().addressee.map(|place| self.mention(place))
    }

    fn mention(&self, place: Place) -> Mention<'e> {
        Mention { text: &self.extraction.text[place.span], span: place.span, kind: place.kind }
    }

    /// The speaker behind the source; `None` if that cannot be told.
    pub fn speaker(&self) -> Option<Speaker<'e>> {
        self.record().speaker.map(|index| Speaker { index: index as usize, extraction: self.extraction })
    }

    /// The sieve that named the speaker, or found that it cannot be told; `None` if there is no source.
    pub fn speaker_sieve(&self) -> Option<&'e str> {
        self.link().map(|link| link.sieve).filter(|sieve| !sieve.is_empty())
    }

    /// The measured share of right speakers among those named the same way, from 0 to 1; 0 if there is
    /// no speaker.
    pub fn speaker_confidence(&self) -> f32 {
        self.link().map_or(0.0, |link| link.confidence)
    }

    /// The fullest name of whom it is addressed to, if the text names them.
    pub fn addressee_name(&self) -> Option<&'e str> {
        self.link()?.addressee.map(|span| &self.extraction.text[span])
    }

    /// The measured share of right answers among those that were found the same way, from 0 to 1.
    pub fn confidence(&self) -> f32 {
        self.record().confidence
    }

    /// The rule or sieve that decided.
    pub fn rule(&self) -> &'e str {
        match self.record().rule {
            Origin::Rule(number) => &self.extraction.rules[usize::from(number)],
            Origin::Sieve(name) => name,
        }
    }

    /// What is out of the ordinary about it.
    pub fn flags(&self) -> Flags {
        self.record().flags
    }
}

/// The same quotation of the same extraction.
impl PartialEq for Quote<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.extraction, other.extraction)
    }
}

impl Eq for Quote<'_> {}

/// Who says it, and the words: *Ana Lim: “We stay”*.
impl fmt::Display for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.speaker(), self.source()) {
            (Some(speaker), _) => write!(f, "{}: {}", speaker.name(), self.content()),
            (None, Some(source)) => write!(f, "{source}: {}", self.content()),
            (None, None) => write!(f, "?: {}", self.content()),
        }
    }
}

impl fmt::Debug for Quote<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quote")
            .field("kind", &self.kind())
            .field("content", &self.pieces().collect::<Vec<_>>())
            .field("spans", &self.spans())
            .field("cue", &self.cue())
            .field("source", &self.source().map(|source| source.text()))
            .field("speaker", &self.speaker().map(|speaker| speaker.name()))
            .field("rule", &self.rule())
            .field("confidence", &self.confidence())
            .field("flags", &self.flags())
            .finish_non_exhaustive()
    }
}

/// Somebody quoted in a text. A cheap handle.
#[derive(Clone, Copy)]
pub struct Speaker<'e> {
    index: usize,
    extraction: &'e Extraction<'e>,
}

impl<'e> Speaker<'e> {
    fn record(&self) -> &'e SpeakerRecord {
        &self.extraction.found.speakers[self.index]
    }

    fn places(&self, (start, end): (u32, u32)) -> &'e [Span] {
        &self.extraction.found.places[start as usize..end as usize]
    }

    /// The fullest name the text gives, without titles; a description if it gives none.
    pub fn name(&self) -> &'e str {
        &self.extraction.text[self.record().name]
    }

    /// Where that name stands.
    pub fn name_span(&self) -> Span {
        self.record().name
    }

    /// A person, an organisation …
    pub fn kind(&self) -> SpeakerKind {
        self.record().kind
    }

    /// What names, titles and roles tell; `None` if nothing does.
    pub fn gender(&self) -> Option<Gender> {
        self.record().gender
    }

    /// Where the text speaks of them: by name, and as a source in any words. In order.
    pub fn mentions(&self) -> &'e [Span] {
        self.places(self.record().mentions)
    }

    /// What the text says they are: *mayor of Lund*.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let found = Extractor::english().extract("Ana Lim, mayor of Lund, said rents would fall.");
    /// let lim = found.speakers().next().unwrap();
    /// assert_eq!(lim.roles().collect::<Vec<_>>(), ["mayor of Lund"]);
    /// ```
    pub fn roles(&self) -> impl ExactSizeIterator<Item = &'e str> + Clone {
        let text = self.extraction.text;
        self.places(self.record().roles).iter().map(move |span| &text[*span])
    }

    /// Whom they speak for: *a spokesman for **Acme***.
    pub fn on_behalf_of(&self) -> Option<&'e str> {
        self.record().on_behalf_of.map(|span| &self.extraction.text[span])
    }

    /// What they are quoted with.
    pub fn quotes(&self) -> impl Iterator<Item = Quote<'e>> + Clone {
        self.extraction.quotes_of(self)
    }
}

/// The same speaker of the same extraction.
impl PartialEq for Speaker<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.extraction, other.extraction)
    }
}

impl Eq for Speaker<'_> {}

impl fmt::Debug for Speaker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speaker")
            .field("name", &self.name())
            .field("kind", &self.kind())
            .field("mentions", &self.mentions())
            .finish_non_exhaustive()
    }
}

/// A string in quotation marks.
#[derive(Clone, Copy)]
pub struct QuotedString<'e> {
    record: &'e StringRecord,
    text: &'e str,
}

impl<'e> QuotedString<'e> {
    /// What stands between the marks.
    pub fn text(&self) -> &'e str {
        &self.text[self.record.inner]
    }

    /// Where it stands, with its marks.
    pub fn span(&self) -> Span {
        self.record.outer
    }

    /// Where it stands, without its marks.
    pub fn inner_span(&self) -> Span {
        self.record.inner
    }

    /// What it is.
    pub fn role(&self) -> StringRole {
        self.record.role
    }

    /// Repairs to its marks.
    pub fn flags(&self) -> Flags {
        self.record.flags
    }

    /// The index of the quoted string it lies in.
    pub fn parent(&self) -> Option<usize> {
        self.record.parent.map(|index| index as usize)
    }
}

impl fmt::Debug for QuotedString<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QuotedString")
            .field("text", &self.text())
            .field("span", &self.span())
            .field("role", &self.role())
            .field("flags", &self.flags())
            .field("parent", &self.parent())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Extraction, Flags, Found, Link, Origin, QuoteKind, Record, SpeakerRecord};
    use crate::span::Span;
    use std::borrow::Cow;

    /// A text of words that are said by the speakers of these numbers.
    fn found(speakers: &[Option<u32>]) -> Found {
        let record = |(index, &speaker): (usize, &Option<u32>)| Record {
            kind: QuoteKind::Direct,
            content: (index as u32, index as u32 + 1),
            cue: None,
            source: None,
            addressee: None,
            speaker,
            flags: Flags::empty(),
            confidence: 0.5,
            rule: Origin::Sieve("test"),
        };
        let word = |at: usize| Span::new(at, at + 1);
        Found {
            quotes: speakers.iter().enumerate().map(record).collect(),
            contents: (0..speakers.len()).map(word).collect(),
            strings: Vec::new(),
            speakers: (0..3).map(|at| SpeakerRecord { name: word(at), ..SpeakerRecord::default() }).collect(),
            links: speakers.iter().map(|_| Link::default()).collect(),
            places: Vec::new(),
        }
    }

    #[test]
    fn speakers_are_those_of_the_quotations_that_are_left() {
        let found = found(&[Some(0), Some(1), None, Some(2), Some(1), Some(0)]);
        let mut extraction = Extraction::new("ABCDEF", Cow::Borrowed(&found), ["rule".into()].into());
        let names = |extraction: &Extraction<'_>| -> Vec<String> {
            let quotes = extraction.quotes().map(|quote| {
                let name = quote.speaker().map_or("-", |speaker| speaker.name());
                format!("{}{name}", quote.content())
            });
            quotes.collect()
        };
        extraction.retain(|_| true);
        assert_eq!(names(&extraction), ["AA", "BB", "C-", "DC", "EB", "FA"]);
        extraction.retain(|quote| !["A", "B"].contains(&&*quote.content()));
        assert_eq!(names(&extraction), ["C-", "DC", "EB", "FA"]);
        assert_eq!(extraction.speakers().map(|speaker| speaker.name()).collect::<String>(), "CBA");
        extraction.retain(|quote| quote.content() != "E");
        assert_eq!(names(&extraction), ["C-", "DC", "FA"]);
        assert_eq!(extraction.speakers().map(|speaker| speaker.quotes().count()).collect::<Vec<_>>(), [1, 1]);
        extraction.retain(|_| false);
        assert_eq!((extraction.quotes().len(), extraction.speakers().len()), (0, 0));
        // What was borrowed is as it was.
        assert_eq!((found.quotes.len(), found.speakers.len()), (6, 3));
    }
}
