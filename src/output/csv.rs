//! Tables with one row a quotation, for spreadsheets and statistics.

use crate::output::{OffsetUnit, Offsets, rounded_confidence};
use crate::quote::{Extraction, Mention, Quote};
use crate::span::Span;
use std::fmt::{self, Write};

/// A column of a [`Table`]. Spans are half open: `0..7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Column {
    /// The name of the document.
    Document,
    /// `direct`, `mixed` or `indirect`.
    Kind,
    /// The speaker's name.
    Speaker,
    /// The words it is attributed to.
    Source,
    /// The words that announce it.
    Cue,
    /// The words quoted; the pieces of an interrupted content are parted by a space.
    Content,
    /// Who is spoken to.
    Addressee,
    /// From 0 to 1.
    Confidence,
    /// The rule or sieve that decided.
    Rule,
    /// What is out of the ordinary, parted by `;`.
    Flags,
    /// Where the content stands, its spans parted by `;`.
    ContentSpans,
    /// Where the source stands.
    SourceSpan,
    /// Where the cue stands.
    CueSpan,
    /// Where the addressee stands.
    AddresseeSpan,
    /// What the speaker is: `person`, `organisation` …
    SpeakerKind,
    /// The speaker's: `female` or `male`, if known.
    Gender,
    /// What the text says the speaker is, parted by `; `.
    Role,
    /// Where the content begins, as a number.
    Start,
}

impl Column {
    /// Every column, in the order they are written in. More may come behind these.
    pub const ALL: [Column; 18] = [
        Column::Document,
        Column::Kind,
        Column::Speaker,
        Column::Source,
        Column::Cue,
        Column::Content,
        Column::Addressee,
        Column::Confidence,
        Column::Rule,
        Column::Flags,
        Column::ContentSpans,
        Column::SourceSpan,
        Column::CueSpan,
        Column::AddresseeSpan,
        Column::SpeakerKind,
        Column::Gender,
        Column::Role,
        Column::Start,
    ];

    /// Its name in the header.
    pub fn name(self) -> &'static str {
        match self {
            Column::Document => "document",
            Column::Kind => "kind",
            Column::Speaker => "speaker",
            Column::Source => "source",
            Column::Cue => "cue",
            Column::Content => "content",
            Column::Addressee => "addressee",
            Column::Confidence => "confidence",
            Column::Rule => "rule",
            Column::Flags => "flags",
            Column::ContentSpans => "content_spans",
            Column::SourceSpan => "source_span",
            Column::CueSpan => "cue_span",
            Column::AddresseeSpan => "addressee_span",
            Column::SpeakerKind => "speaker_kind",
            Column::Gender => "gender",
            Column::Role => "role",
            Column::Start => "start",
        }
    }
}

/// How rows are written.
///
/// A row has a field for each [`Column`]; one without a value is empty.
///
/// # Spreadsheets
///
/// A spreadsheet runs a cell that begins like a formula. Such a field of the document, and such an `id`, is written with
/// a `'` before it, as OWASP advises against CSV injection; spreadsheets take the rest as text. This holds for a field
/// that begins with `=`, `+`, `-`, `@`, their full-width forms `＝`, `＋`, `－`, `＠`, a tab, a line end or NUL, whether
/// spaces, control characters or the marks `"` and `'` stand before them or not. Confidence and offsets never have the
/// prefix. A program that reads the table gets the original if it drops a leading `'` where the rest of the field begins
/// in one of these ways.
///
/// ```
/// # use inquit::Extractor;
/// # use inquit::output::{OffsetUnit, Table};
/// let found = Extractor::english().extract("“Go,” said Ana Lim.");
/// let rows = Table::Csv.rows("=1+1", &found, OffsetUnit::Char).to_string();
/// assert!(rows.starts_with("'=1+1,direct,Ana Lim,"));
/// ```
///
/// # Example
///
/// ```
/// use inquit::Extractor;
/// use inquit::output::{OffsetUnit, Table};
///
/// let found = Extractor::english().extract("“Go,” said Ana Lim. She told me that rain was near.");
/// let table = Table::Tsv;
/// let file = format!("{}{}", table.header(), table.rows("a.txt", &found, OffsetUnit::Char));
/// assert_eq!(file.lines().count(), 3);
/// assert!(file.starts_with("document\tkind\tspeaker"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum Table {
    /// RFC 4180: fields parted by commas, in quotation marks where they must be, and lines that end in `\r\n`.
    Csv,
    /// Fields parted by tabs, lines that end in `\n`. Inside a field `\t`, `\n`, `\r` and `\\` stand for a tab, the two
    /// line ends and a backslash.
    Tsv,
}

impl Table {
    /// The first line, with the names of the columns.
    pub fn header(self) -> impl fmt::Display {
        self.header_of(&Column::ALL)
    }

    /// The first line if only some columns are [written](Rows::columns).
    pub fn header_of(self, columns: &[Column]) -> impl fmt::Display {
        Header(self, columns)
    }

    /// A row of other fields, each written as those of a document are.
    ///
    /// ```
    /// use inquit::output::Table;
    ///
    /// assert_eq!(Table::Csv.row(&["a,b", "=1", "2"]).to_string(), "\"a,b\",'=1,2\r\n");
    /// ```
    pub fn row<S: AsRef<str>>(self, fields: &[S]) -> impl fmt::Display {
        Fields(self, fields)
    }

    /// A row for every quotation of the document called `id`, with offsets in `unit`.
    pub fn rows<'e>(self, id: &'e str, extraction: &'e Extraction<'_>, unit: OffsetUnit) -> Rows<'e> {
        Rows { table: self, id, extraction, unit, columns: &Column::ALL }
    }
}

struct Header<'c>(Table, &'c [Column]);

impl fmt::Display for Header<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = CsvRow::new(self.0, f);
        self.1.iter().try_for_each(|column| row.field(column.name()))?;
        row.end()
    }
}

struct Fields<'f, S>(Table, &'f [S]);

impl<S: AsRef<str>> fmt::Display for Fields<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = CsvRow::new(self.0, f);
        self.1.iter().try_for_each(|field| row.foreign(field.as_ref()))?;
        row.end()
    }
}

/// The rows of one document, to be displayed; [`Table::rows`] makes it.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'e> {
    table: Table,
    id: &'e str,
    extraction: &'e Extraction<'e>,
    unit: OffsetUnit,
    columns: &'e [Column],
}

impl<'e> Rows<'e> {
    /// The same with these columns alone, in this order.
    ///
    /// ```
    /// use inquit::Extractor;
    /// use inquit::output::{Column, OffsetUnit, Table};
    ///
    /// let found = Extractor::english().extract("“Go,” said Ana Lim, the mayor.");
    /// let columns = [Column::Role, Column::Speaker];
    /// let rows = Table::Csv.rows("a.txt", &found, OffsetUnit::Byte).columns(&columns);
    /// assert_eq!(rows.to_string(), "mayor,Ana Lim\r\n");
    /// ```
    pub fn columns(self, columns: &'e [Column]) -> Rows<'e> {
        Rows { columns, ..self }
    }
}

impl fmt::Display for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offsets = Offsets::new(self.extraction.text(), self.unit);
        self.extraction.quotes().try_for_each(|quote| {
            let mut row = CsvRow::new(self.table, f);
            self.columns.iter().try_for_each(|column| self.field(&mut row, *column, quote, &offsets))?;
            row.end()
        })
    }
}

impl Rows<'_> {
    fn field(&self, row: &mut CsvRow<'_, '_>, column: Column, quote: Quote<'_>, offsets: &Offsets<'_>) -> fmt::Result {
        let words =
            |mention: Option<Mention<'_>>| mention.map_or_else(String::new, |mention| mention.text().to_owned());
        let place = |span: Option<Span>| span.map_or_else(String::new, |span| written(span, offsets));
        let spoken = |mention: Option<Mention<'_>>| place(mention.map(|mention| mention.span()));
        let speaker = quote.speaker();
        match column {
            Column::Document => row.foreign(self.id),
            Column::Kind => row.field(quote.kind().name()),
            Column::Speaker => row.foreign(speaker.map_or("", |speaker| speaker.name())),
            Column::Source => row.foreign(&words(quote.source())),
            Column::Cue => row.foreign(quote.cue().unwrap_or_default()),
            Column::Content => row.foreign(&quote.content()),
            Column::Addressee => row.foreign(&words(quote.addressee())),
            Column::Confidence => row.field(&rounded_confidence(&quote).to_string()),
            Column::Rule => row.foreign(quote.rule()),
            Column::Flags => row.field(&quote.flags().names().collect::<Vec<_>>().join(";")),
            Column::ContentSpans => {
                let spans: Vec<String> = quote.spans().iter().map(|span| written(*span, offsets)).collect();
                row.field(&spans.join(";"))
            }
            Column::SourceSpan => row.field(&spoken(quote.source())),
            Column::CueSpan => row.field(&place(quote.cue_span())),
            Column::AddresseeSpan => row.field(&spoken(quote.addressee())),
            Column::SpeakerKind => row.field(speaker.map_or("", |speaker| speaker.kind().name())),
            Column::Gender => {
                row.field(speaker.and_then(|speaker| speaker.gender()).map_or("", |gender| gender.name()))
            }
            Column::Role => {
                row.foreign(&speaker.map_or_else(String::new, |speaker| speaker.roles().collect::<Vec<_>>().join("; ")))
            }
            Column::Start => {
                row.field(&quote.spans().first().map_or_else(String::new, |span| offsets.of(*span)[0].to_string()))
            }
        }
    }
}

/// With two dots: a spreadsheet would take `3-5` for a day in May.
fn written(span: Span, offsets: &Offsets<'_>) -> String {
    let [start, end] = offsets.of(span);
    format!("{start}..{end}")
}

/// Written before a field that a spreadsheet would run.
const GUARD: char = '\'';

/// Whether a spreadsheet may run a field. What is skipped is dropped by some of them before they look: a quotation mark
/// at the start delimits a field even where the separator is a tab.
fn is_formula(text: &str) -> bool {
    let skipped = |letter: char| {
        let unseen = matches!(letter, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
        letter.is_whitespace() || letter.is_control() || unseen || matches!(letter, '"' | '\'')
    };
    let rest = text.trim_start_matches(skipped);
    text[..text.len() - rest.len()].contains(['\t', '\r', '\n', '\0'])
        || rest.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// Writes the fields of a row; the two sets of rules are too short to ask another crate for.
struct CsvRow<'f, 'g> {
    table: Table,
    out: &'f mut fmt::Formatter<'g>,
    is_first: bool,
}

impl<'f, 'g> CsvRow<'f, 'g> {
    fn new(table: Table, out: &'f mut fmt::Formatter<'g>) -> CsvRow<'f, 'g> {
        CsvRow { table, out, is_first: true }
    }

    /// A field that the crate did not make: of the document, its name, or the rules.
    fn foreign(&mut self, text: &str) -> fmt::Result {
        if is_formula(text) { self.field(&format!("{GUARD}{text}")) } else { self.field(text) }
    }

    fn field(&mut self, text: &str) -> fmt::Result {
        let is_first = std::mem::replace(&mut self.is_first, false);
        match self.table {
            Table::Csv => {
                self.out.write_str(if is_first { "" } else { "," })?;
                self.csv_field(text)
            }
            Table::Tsv => {
                self.out.write_str(if is_first { "" } else { "\t" })?;
                text.chars().try_for_each(|letter| match letter {
                    '\t' => self.out.write_str("\\t"),
                    '\n' => self.out.write_str("\\n"),
                    '\r' => self.out.write_str("\\r"),
                    '\\' => self.out.write_str("\\\\"),
                    _ => self.out.write_char(letter),
                })
            }
        }
    }

    fn csv_field(&mut self, text: &str) -> fmt::Result {
        if !text.contains([',', '"', '\n', '\r']) {
            return self.out.write_str(text);
        }
        self.out.write_char('"')?;
        for (number, piece) in text.split('"').enumerate() {
            self.out.write_str(if number == 0 { "" } else { "\"\"" })?;
            self.out.write_str(piece)?;
        }
        self.out.write_char('"')
    }

    fn end(self) -> fmt::Result {
        self.out.write_str(match self.table {
            Table::Csv => "\r\n",
            Table::Tsv => "\n",
        })
    }
}
