//! Lays out lines for a terminal: width, colours, line breaks.

use super::options::Color;
use super::visible::steers;
use std::io::{self, IsTerminal};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Colours of the 256 every terminal has, each with a contrast of at least 3.5 to black and to white.
const COLOURS: [u8; 12] = [32, 166, 28, 163, 99, 30, 160, 130, 168, 64, 62, 100];
const GREY: u8 = 243;

/// What is written to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    /// In columns.
    pub(crate) width: usize,
    pub(crate) colour: bool,
}

impl Page {
    pub(crate) fn of(color: Color, to_file: bool) -> Page {
        const NARROWEST: usize = 24;
        const WIDEST: usize = 100;
        const USUAL: usize = 80;
        let is_terminal = !to_file && io::stdout().is_terminal();
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let colour = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb(),
        };
        let of_terminal = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = told.or_else(of_terminal).filter(|&width| width > 0).unwrap_or(USUAL);
        Page { width: width.clamp(NARROWEST, WIDEST), colour }
    }

    /// A line across the page with a title in it.
    pub(crate) fn rule(self, title: &str) -> String {
        let title = fit(title, self.width - 8);
        let dashes = "─".repeat(self.width - 4 - width(&title));
        format!(
            "{} {} {}\n",
            self.ink("──", Ink::dim()),
            self.ink(&title, Ink::strong()),
            self.ink(&dashes, Ink::dim())
        )
    }

    /// `text` in `ink`.
    pub(crate) fn ink(self, text: &str, ink: Ink) -> String {
        match ink.codes().filter(|_| self.colour) {
            Some(codes) => format!("{codes}{text}{OFF}"),
            None => text.to_owned(),
        }
    }
}

const OFF: &str = "\x1b[0m";

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ink {
    pub(crate) colour: Option<u8>,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) underline: bool,
}

impl Ink {
    /// The colour of the speaker at a rank; grey if nobody is known.
    pub(crate) fn of(rank: Option<usize>) -> Ink {
        Ink { colour: Some(rank.map_or(GREY, |rank| COLOURS[rank % COLOURS.len()])), ..Ink::default() }
    }

    pub(crate) fn dim() -> Ink {
        Ink { colour: Some(GREY), ..Ink::default() }
    }

    pub(crate) fn strong() -> Ink {
        Ink { bold: true, ..Ink::default() }
    }

    fn codes(self) -> Option<String> {
        if self == Ink::default() {
            return None;
        }
        let hands = [(self.bold, "1"), (self.italic, "3"), (self.underline, "4")];
        let mut codes: Vec<String> =
            hands.iter().filter(|(is_on, _)| *is_on).map(|(_, code)| (*code).to_owned()).collect();
        codes.extend(self.colour.map(|colour| format!("38;5;{colour}")));
        Some(format!("\x1b[{}m", codes.join(";")))
    }
}

/// How many columns `text` takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// `text` on one line of at most `columns`, cut after a word if it must be.
pub(crate) fn fit(text: &str, columns: usize) -> String {
    let line = text.split_whitespace().map(printable).collect::<Vec<_>>().join(" ");
    if width(&line) <= columns {
        return line;
    }
    // A cut quotation keeps its closing mark.
    let tail = if line.starts_with('“') { "…”" } else { "…" };
    let room = columns.saturating_sub(width(tail));
    let mut taken = 0;
    let end = line.char_indices().find(|(_, letter)| {
        taken += letter.width().unwrap_or(0);
        taken > room
    });
    let cut = &line[..end.map_or(line.len(), |(at, _)| at)];
    // Half a word is worth more than a line that is half empty.
    let words = cut.rsplit_once(' ').map(|(words, _)| words).filter(|words| words.len() * 4 > cut.len() * 3);
    let kept = words.unwrap_or(cut).trim_end_matches([' ', ',', ';', ':', '—', '”', '.']);
    format!("{kept}{tail}")
}

/// No text may steer the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|letter| if steers(letter) { '\u{fffd}' } else { letter }).collect()
}

/// Breaks letters into lines.
pub(crate) struct Layout {
    page: Page,
    out: String,
    column: usize,
    /// The ink on the page now.
    ink: Ink,
    word: Vec<(char, Ink)>,
    /// The space before the word.
    space: Option<Ink>,
}

impl Layout {
    pub(crate) fn new(page: Page) -> Layout {
        Layout { page, out: String::new(), column: 0, ink: Ink::default(), word: Vec::new(), space: None }
    }

    /// Adds a letter; white space parts words, `\n` ends the line.
    pub(crate) fn push(&mut self, letter: char, ink: Ink) {
        match letter {
            '\n' => {
                self.end_word();
                self.end_line();
            }
            _ if letter.is_whitespace() => {
                self.end_word();
                self.space = Some(ink);
            }
            _ if steers(letter) => self.word.push(('\u{fffd}', ink)),
            _ => self.word.push((letter, ink)),
        }
    }

    pub(crate) fn push_str(&mut self, text: &str, ink: Ink) {
        text.chars().for_each(|letter| self.push(letter, ink));
    }

    pub(crate) fn finish(mut self) -> String {
        self.end_word();
        if self.column > 0 {
            self.end_line();
        }
        self.out
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let wide: usize = word.iter().map(|(letter, _)| letter.width().unwrap_or(0)).sum();
        let space = self.space.take();
        if self.column > 0 {
            if self.column + 1 + wide > self.page.width {
                self.end_line();
            } else if let Some(ink) = space {
                self.write(' ', ink);
            }
        }
        for (letter, ink) in word {
            if self.column + letter.width().unwrap_or(0) > self.page.width {
                self.end_line();
            }
            self.write(letter, ink);
        }
    }

    fn write(&mut self, letter: char, ink: Ink) {
        self.change_ink(ink);
        self.out.push(letter);
        self.column += letter.width().unwrap_or(0);
    }

    fn change_ink(&mut self, ink: Ink) {
        if ink == self.ink || !self.page.colour {
            return;
        }
        if self.ink != Ink::default() {
            self.out.push_str(OFF);
        }
        self.out.push_str(&ink.codes().unwrap_or_default());
        self.ink = ink;
    }

    fn end_line(&mut self) {
        // A pager shows one line at a time: each must bring its own ink.
        self.change_ink(Ink::default());
        self.out.push('\n');
        self.column = 0;
        self.space = None;
    }
}
