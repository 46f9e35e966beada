//! What the command line offers.

use super::folder::Walk;
use super::names::folded;
use super::reading::Reading;
use super::record::{KEYS, Keys};
use super::source::Shape;
use clap::{Args, ValueEnum};
use inquit::Quote;
use inquit::output::{Column, OffsetUnit, Table};
use std::path::PathBuf;

/// The end of the help, for a program called `name` and what there is to say about that name.
pub(crate) fn help(name: &str, note: &str) -> String {
    HELP.replace("Examples:", &format!("Examples{note}:")).replace("inquit ", &format!("{name} "))
}

const HELP: &str = "\
Examples:
  inquit                                       the bundled article, for a look
  inquit story.txt                             one file, in colour
  inquit news/ --summary                       who is quoted most in a folder
  inquit news/ --speaker lim                   only what Lim says
  inquit docs.jsonl --format jsonl > out       one line of JSON for each document
  zcat docs.gz | inquit --format jsonl --keep-lines --jobs 4 | gzip > out.gz
  inquit news/ --format json --output out      one file each; start it again and it goes on
  inquit story.txt --format html > page.html   a page for a browser
  inquit news/ --format csv > quotes.csv       a table of all quotations
  inquit news/ --format csv --fields document,start,speaker,content
  inquit news/ --format lines | grep rent      where somebody speaks of rent

Input:
  .jsonl, .ndjson   one document a line: {\"id\": \"a\", \"text\": \"...\"}; other keys come back in JSON
  .json             an array of such objects
  any other name    one document of plain text
  .gz               behind any of these: unpacked
  Without FILES standard input is read, if it is no terminal; JSON is told by how it begins.
  All text is UTF-8. The id of a text is its path below the folder or pattern that was named, or
  its name. In JSON an id is a string or a number, written as it was read; without one (or with
  null) it is FILE:LINE, in an array FILE:NUMBER.
  In folders and by patterns only regular files are read: no pipes, no devices. Links to folders
  are not followed, links to files only if they lead to the same folder or below. What is named
  itself is read whatever it is. Of a text of more than 4 GiB only so much is read, with a message.

Output:
  pretty   the colour says who; bold stands in quotation marks, italic announces it, underlined is
           the source. Without colours, 2[...] are words of speaker 2 of the table
  json     an object for a single text file, an array of objects for anything else
  jsonl    one object on each line
  lines    FILE:LINE: SPEAKER: WORDS, a line for each quotation
  html     a page for a browser, with a list of speakers; several documents need --output
  brat     standoff annotation (.ann); with --output, which several documents need, text stands
           beside it
  csv      one row for each quotation, below the names of the columns
  tsv      the same with tabs; a tab or line end in a field is written \\t or \\n
           In both, a field that a spreadsheet would run as a formula (=, +, -, @) has a ' before it
  In JSON the words stand beside their offsets (content_text, cue_text, source_text and
  addressee_text), and who the speaker is: speaker_index (the place in the list of speakers),
  speaker_kind, speaker_gender, speaker_role; not so with --no-text.
  With --summary (and cast) every format but brat is a list of speakers over all documents.
  Places are half-open ranges that count bytes, unless --offsets says otherwise; brat counts
  characters.

The exit code is 0; 1 if nobody of the name that --speaker gives is quoted; 2 if something cannot
be read, which is named on standard error, while the rest is done. There and in the pretty output,
characters that would steer the terminal are made visible.";

/// What the command line offers.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Files, folders (text and JSON in them), patterns such as 'news/*.txt', or - for standard input
    pub(crate) files: Vec<PathBuf>,

    /// How the answer is written
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) format: Format,

    #[command(flatten)]
    pub(crate) reading: Reading,

    /// What places count [default: byte; for brat: char]
    #[arg(long, value_enum, value_name = "UNIT")]
    offsets: Option<Unit>,

    /// Words beside their offsets in JSON, and who the speaker is
    #[arg(long, overrides_with = "no_text")]
    pub(crate) with_text: bool,

    /// Offsets alone in JSON
    #[arg(long, overrides_with = "with_text")]
    pub(crate) no_text: bool,

    /// What is written of a quotation, in tables or JSON: names of columns or keys, parted by commas
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    fields: Vec<String>,

    /// How input is read
    #[arg(long, value_enum, default_value_t, value_name = "KIND")]
    pub(crate) input: InputKind,

    /// Read what .gitignore and .ignore leave out of a folder too
    #[arg(long)]
    pub(crate) no_ignore: bool,

    /// One line of JSON for each line of input, in order: where a line cannot be read or has no text, "error" says why
    #[arg(long)]
    pub(crate) keep_lines: bool,

    /// Leave out quotations of a lower confidence, from 0 to 1
    #[arg(long, value_name = "MIN", default_value_t = 0.0, hide_default_value = true, value_parser = confidence)]
    pub(crate) confidence: f32,

    /// Only quotations of this speaker: a part of the name or of the source, in any case and with or without accents; the exit code is 1 if there is none
    #[arg(long, value_name = "NAME")]
    pub(crate) speaker: Option<String>,

    /// Only count: one list of speakers over all documents
    #[arg(long, conflicts_with = "output")]
    pub(crate) summary: bool,

    /// Write a file for each document into this folder; those that an earlier run wrote are passed over, unless the
    /// document, the options or the version have changed since
    #[arg(short, long, value_name = "DIR")]
    pub(crate) output: Option<PathBuf>,

    /// With --output: do all documents again
    #[arg(long, requires = "output")]
    pub(crate) force: bool,

    /// Read this many documents at a time; the answers keep their order
    #[arg(short, long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: u16,

    /// When to write colours; `auto` is for a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,

    /// The subcommand `cast`: a summary of who speakers are.
    #[arg(skip)]
    pub(crate) cast: bool,

    /// The example `extract`, whose output is agreed on.
    #[arg(skip)]
    pub(crate) by_contract: bool,
}

impl Options {
    /// What is wrong with options that do not go together, where no single one is.
    pub(crate) fn check(&self) -> Result<(), String> {
        self.check_fields()?;
        self.check_formats().map_err(str::to_owned)
    }

    /// Names of fields are those of the format.
    fn check_fields(&self) -> Result<(), String> {
        let known: Vec<&str> = match self.format {
            _ if self.fields.is_empty() => return Ok(()),
            Format::Json | Format::Jsonl => KEYS.to_vec(),
            Format::Csv | Format::Tsv => Column::ALL.map(Column::name).to_vec(),
            _ => return Err("--fields needs --format json, jsonl, csv or tsv".to_owned()),
        };
        match self.fields.iter().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(format!("no field of this format is called {name}; there are {}", known.join(", "))),
            None => Ok(()),
        }
    }

    fn check_formats(&self) -> Result<(), &'static str> {
        if self.counts() && self.format == Format::Brat {
            return Err("a list of speakers is no annotation: take another --format than brat");
        }
        if self.counts() && (self.output.is_some() || self.keep_lines || !self.fields.is_empty()) {
            return Err("a list of speakers takes no --output, --keep-lines or --fields");
        }
        if self.format == Format::Brat && self.offsets.is_some_and(|unit| unit != Unit::Char) {
            return Err("--format brat counts characters: it takes no other --offsets");
        }
        if self.keep_lines && (self.format != Format::Jsonl || self.output.is_some()) {
            return Err("--keep-lines needs --format jsonl, and no --output");
        }
        Ok(())
    }

    /// Whether speakers are counted and nothing else is written.
    pub(crate) fn counts(&self) -> bool {
        self.summary || self.cast
    }

    /// All that decides what is written of a document, for a fingerprint.
    pub(crate) fn print(&self) -> String {
        let written = (self.format, self.unit(), self.keys(), self.columns(), self.with_extra());
        let version = env!("CARGO_PKG_VERSION");
        format!("{:?}", (version, written, self.filter(), self.color, std::env::var("COLUMNS"), self.reading.print()))
    }

    /// How folders are walked.
    pub(crate) fn walk(&self) -> Walk<'_> {
        Walk { with_ignored: self.no_ignore, except: self.output.as_deref() }
    }

    /// Whether keys of a JSON object other than `id` and `text` come back.
    pub(crate) fn with_extra(&self) -> bool {
        !self.by_contract && matches!(self.format, Format::Json | Format::Jsonl)
    }

    /// The keys of a quotation in JSON.
    pub(crate) fn keys(&self) -> Keys {
        let only = (!self.fields.is_empty()).then(|| self.fields.clone());
        // Who names fields wants them.
        let with_text = self.with_text || only.is_some() || !self.no_text && !self.by_contract;
        Keys { with_text, only }
    }

    /// The columns of a table.
    pub(crate) fn columns(&self) -> Vec<Column> {
        if self.fields.is_empty() {
            return Column::ALL.to_vec();
        }
        let column = |name: &String| Column::ALL.into_iter().find(|column| column.name() == name);
        self.fields.iter().filter_map(column).collect()
    }

    /// Whether the answer is a page to look at.
    pub(crate) fn is_for_people(&self) -> bool {
        self.format == Format::Pretty && self.output.is_none() && !self.counts()
    }

    /// What places count.
    pub(crate) fn unit(&self) -> OffsetUnit {
        self.offsets.unwrap_or_default().into()
    }

    /// The quotations that are wanted.
    pub(crate) fn filter(&self) -> Filter {
        Filter { confidence: self.confidence, speaker: self.speaker.as_deref().map(folded) }
    }
}

/// Which quotations are wanted.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    confidence: f32,
    speaker: Option<String>,
}

impl Filter {
    pub(crate) fn keeps(&self, quote: &Quote<'_>) -> bool {
        let holds = |text: &str, name: &str| folded(text).contains(name);
        let is_wanted = |name: &str| {
            quote.speaker().is_some_and(|speaker| holds(speaker.name(), name))
                || quote.source().is_some_and(|source| holds(source.text(), name))
        };
        quote.confidence() >= self.confidence && self.speaker.as_deref().is_none_or(is_wanted)
    }
}

fn confidence(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        _ => Err("a number from 0 to 1 is needed".to_owned()),
    }
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// The text with its quotations marked, and a table of speakers
    #[default]
    Pretty,
    /// JSON, laid out for reading
    Json,
    /// JSON, one line for each document
    Jsonl,
    /// One line for each quotation, as grep has it
    #[value(alias = "grep")]
    Lines,
    /// A page for a browser
    Html,
    /// Standoff annotation
    Brat,
    /// A table, its fields parted by commas
    Csv,
    /// A table, its fields parted by tabs
    Tsv,
}

impl Format {
    /// What the name of a file in this format ends in.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Format::Pretty => "txt",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Lines => "lines",
            Format::Html => "html",
            Format::Brat => "ann",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
        }
    }

    /// The table this format is, if it is one.
    pub(crate) fn table(self) -> Option<Table> {
        match self {
            Format::Csv => Some(Table::Csv),
            Format::Tsv => Some(Table::Tsv),
            _ => None,
        }
    }

    /// Whether two documents cannot stand in one file.
    pub(crate) fn stands_alone(self) -> bool {
        matches!(self, Format::Html | Format::Brat)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// Bytes of UTF-8
    #[default]
    Byte,
    /// Unicode code points, as in Python
    Char,
    /// UTF-16 code units, as in JavaScript
    Utf16,
}

impl From<Unit> for OffsetUnit {
    fn from(unit: Unit) -> OffsetUnit {
        match unit {
            Unit::Byte => OffsetUnit::Byte,
            Unit::Char => OffsetUnit::Char,
            Unit::Utf16 => OffsetUnit::Utf16,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputKind {
    /// By the name of the file, and of standard input by how it begins
    #[default]
    Auto,
    /// One document of plain text
    Text,
    /// One document a line
    Jsonl,
    /// An array of documents
    Json,
}

impl InputKind {
    /// What is in all files, unless their names decide.
    pub(crate) fn shape(self) -> Option<Shape> {
        match self {
            InputKind::Auto => None,
            InputKind::Text => Some(Shape::Text),
            InputKind::Jsonl => Some(Shape::Lines),
            InputKind::Json => Some(Shape::Values),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}
