//! A page for a browser: the text with its quotations in the colours of their speakers.

use crate::output::rounded_confidence;
use crate::quote::{Extraction, Quote, QuoteKind, StringRole};
use crate::scan::Scan;
use crate::span::Span;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::fmt::{self, Write};

const STYLE: &str = include_str!("page.css");

/// An extraction as one HTML page, which needs nothing but itself: no script, no font, no picture.
///
/// The text stands there whole, paragraph by paragraph. The colour of a quotation says who is quoted: those of one
/// speaker have one colour, those without a speaker are grouped by the words of their source, and the rest is grey.
/// A list of speakers leads to the first quotation of each. What is known of a quotation shows under the mouse, and at
/// the foot of the page when it is touched or reached with the tab key. The page follows the reader's choice of light
/// or dark and fits a telephone.
///
/// Text and title are escaped, so that they may come from anywhere.
///
/// ```
/// use inquit::Extractor;
/// use inquit::output::Html;
///
/// let found = Extractor::english().extract("“Go,” said Ana Lim.");
/// let page = Html::new(&found, "A <short> story").to_string();
/// assert!(page.starts_with("<!DOCTYPE html>"));
/// assert!(page.contains("<title>A &lt;short&gt; story</title>"));
/// assert!(page.contains(">“Go,”</mark>"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Html<'e> {
    extraction: &'e Extraction<'e>,
    title: &'e str,
}

impl<'e> Html<'e> {
    /// A page called `title`.
    pub fn new(extraction: &'e Extraction<'_>, title: &'e str) -> Html<'e> {
        Html { extraction, title }
    }
}

impl fmt::Display for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quotes: Vec<Quote<'_>> = self.extraction.quotes().collect();
        let speakers = Speakers::new(&quotes);
        head(f, self.title, &speakers)?;
        write!(f, "<header>\n<h1>{}</h1>\n<p>{}</p>\n</header>\n", Escaped(self.title), totals(&quotes, &speakers))?;
        speakers.list(f)?;
        f.write_str("<main>\n")?;
        Body { extraction: self.extraction, quotes: &quotes, speakers: &speakers }.write(f)?;
        f.write_str("</main>\n</body>\n</html>\n")
    }
}

fn head(f: &mut fmt::Formatter<'_>, title: &str, speakers: &Speakers<'_>) -> fmt::Result {
    f.write_str("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")?;
    // Even if something could get past the escaping, nothing on the page may run or be fetched.
    f.write_str("<meta http-equiv=\"Content-Security-Policy\" ")?;
    f.write_str("content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")?;
    f.write_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")?;
    writeln!(f, "<meta name=\"generator\" content=\"inquit {}\">", env!("CARGO_PKG_VERSION"))?;
    write!(f, "<title>{}</title>\n<style>\n{STYLE}", Escaped(title))?;
    for number in 0..speakers.groups.len() {
        writeln!(f, ".s{number} {{ --hue: {} }}", hue(number))?;
    }
    f.write_str("</style>\n</head>\n<body>\n")
}

/// Turning by the golden angle keeps any number of hues as far apart as can be.
fn hue(number: usize) -> usize {
    const FIRST: usize = 255;
    const TURN: usize = 137_508;
    (FIRST + number % 1000 * TURN / 1000) % 360
}

fn totals(quotes: &[Quote<'_>], speakers: &Speakers<'_>) -> String {
    let of = |kind| quotes.iter().filter(|quote| quote.kind() == kind).count();
    format!(
        "{} by {}: {} direct, {} mixed, {} indirect",
        counted(quotes.len(), "quotation"),
        counted(speakers.groups.len(), "speaker"),
        of(QuoteKind::Direct),
        of(QuoteKind::Mixed),
        of(QuoteKind::Indirect),
    )
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Those who have a colour of their own.
struct Speakers<'e> {
    /// Most quoted first.
    groups: Vec<MarkedGroup<'e>>,
    /// For each quotation the number of its group.
    of_quote: Vec<Option<usize>>,
    unknown: Option<MarkedGroup<'e>>,
}

struct MarkedGroup<'e> {
    name: &'e str,
    count: usize,
    /// The first quotation.
    first: usize,
}

impl<'e> Speakers<'e> {
    fn new(quotes: &[Quote<'e>]) -> Speakers<'e> {
        let mut groups: Vec<MarkedGroup<'e>> = Vec::new();
        let mut unknown: Option<MarkedGroup<'e>> = None;
        let mut numbers = HashMap::new();
        let mut of_quote = Vec::new();
        for (first, quote) in quotes.iter().enumerate() {
            let speaker = quote.speaker().map(|speaker| speaker.name());
            let Some(name) = speaker.or_else(|| quote.source().map(|source| source.text().trim_end_matches(',')))
            else {
                unknown.get_or_insert(MarkedGroup { name: "unknown", count: 0, first }).count += 1;
                of_quote.push(None);
                continue;
            };
            let key = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            let number = *numbers.entry(key).or_insert_with(|| {
                groups.push(MarkedGroup { name, count: 0, first });
                groups.len() - 1
            });
            groups[number].count += 1;
            of_quote.push(Some(number));
        }
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|&number| Reverse(groups[number].count));
        let mut ranks = vec![0; groups.len()];
        order.iter().enumerate().for_each(|(rank, &number)| ranks[number] = rank);
        of_quote.iter_mut().flatten().for_each(|number| *number = ranks[*number]);
        groups.sort_by_key(|group| Reverse(group.count));
        Speakers { groups, of_quote, unknown }
    }

    /// The classes that colour what belongs to a quotation.
    fn class(&self, quote: usize) -> CssClass {
        CssClass(self.of_quote[quote])
    }

    fn name(&self, quote: usize) -> &'e str {
        self.of_quote[quote].map_or("unknown", |number| self.groups[number].name)
    }

    fn list(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<nav aria-label=\"Speakers\">\n<details open>\n<summary>Speakers</summary>\n<ul>\n")?;
        let known = self.groups.iter().enumerate().map(|(number, group)| (CssClass(Some(number)), group));
        for (class, group) in known.chain(self.unknown.iter().map(|group| (CssClass(None), group))) {
            let MarkedGroup { name, count, first } = group;
            let (name, quotations) = (Escaped(name), counted(*count, "quotation"));
            write!(f, "<li><a class=\"{class}\" href=\"#q{}\" ", first + 1)?;
            writeln!(f, "aria-label=\"{name}, {quotations}: go to the first\">{name} <b>{count}</b></a></li>")?;
        }
        f.write_str("</ul>\n</details>\n<details>\n<summary>What the marks say</summary>\n<ul class=\"key\">\n")?;
        f.write_str("<li><mark class=\"s0 direct\">direct</mark>: word for word</li>\n")?;
        f.write_str("<li><mark class=\"s0 mixed\">mixed, <b>in part</b></mark> word for word</li>\n")?;
        f.write_str("<li><mark class=\"s0 indirect\">indirect</mark>: in other words</li>\n")?;
        f.write_str("<li><u class=\"s0\">source</u>: who is named there</li>\n")?;
        f.write_str("<li><i class=\"s0\">cue</i>: what announces it</li>\n")?;
        f.write_str(
            "<li><span title=\"title\">“string”</span> in marks that is no speech</li>\n</ul>\n</details>\n</nav>\n",
        )
    }
}

/// `s4`, or `nobody`.
#[derive(Clone, Copy)]
struct CssClass(Option<usize>);

impl fmt::Display for CssClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "s{number}"),
            None => f.write_str("nobody"),
        }
    }
}

/// What a stretch of text is marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    /// Words of a quotation.
    Content(usize),
    /// The part of a mixed quotation that stands in marks.
    Verbatim,
    Source(usize),
    Cue(usize),
    /// In marks, but no speech.
    Other(&'static str),
}

impl Layer {
    fn tag(self) -> &'static str {
        match self {
            Layer::Content(_) => "mark",
            Layer::Verbatim => "b",
            Layer::Source(_) => "u",
            Layer::Cue(_) => "i",
            Layer::Other(_) => "span",
        }
    }
}

/// A stretch still to be marked: first what begins first, then what is longest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    start: usize,
    end: Reverse<usize>,
    layer: Layer,
    /// Not the rest of one that was cut, nor a later piece of an interrupted quotation.
    is_first: bool,
}

/// The text with its marks.
struct Body<'a, 'e> {
    extraction: &'a Extraction<'a>,
    quotes: &'a [Quote<'e>],
    speakers: &'a Speakers<'e>,
}

impl Body<'_, '_> {
    /// Elements must lie inside each other. A stretch that would reach beyond the one it begins in, or beyond its
    /// paragraph, is cut there, and its rest waits for its turn.
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.extraction.text();
        let mut waiting: BinaryHeap<Reverse<Stretch>> = self.stretches().into_iter().map(Reverse).collect();
        let mut scan = Scan::default();
        scan.read(text);
        for paragraph in &scan.paragraphs {
            f.write_str("<p>")?;
            let mut at = paragraph.start;
            let mut open: Vec<(Layer, usize)> = Vec::new();
            loop {
                let limit = open.last().map_or(paragraph.end, |(_, end)| *end);
                let next = waiting.peek().map(|Reverse(stretch)| *stretch).filter(|stretch| stretch.start < limit);
                if let Some(stretch) = next {
                    waiting.pop();
                    let (start, end) = (stretch.start.max(at), stretch.end.0.min(limit));
                    write!(f, "{}", Escaped(&text[at..start]))?;
                    at = start;
                    if stretch.end.0 > end {
                        waiting.push(Reverse(Stretch { start: end, is_first: false, ..stretch }));
                    }
                    if start < end {
                        self.open(f, stretch)?;
                        open.push((stretch.layer, end));
                    }
                    continue;
                }
                write!(f, "{}", Escaped(&text[at..limit]))?;
                at = limit;
                match open.pop() {
                    Some((layer, _)) => write!(f, "</{}>", layer.tag())?,
                    None => break,
                }
            }
            f.write_str("</p>\n")?;
        }
        Ok(())
    }

    fn stretches(&self) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let mut add = |span: Span, layer, is_first| {
            stretches.push(Stretch { start: span.start, end: Reverse(span.end), layer, is_first });
        };
        for (number, quote) in self.quotes.iter().enumerate() {
            for (index, span) in quote.spans().iter().enumerate() {
                add(*span, Layer::Content(number), index == 0);
            }
            if let Some(source) = quote.source() {
                add(source.span(), Layer::Source(number), true);
            }
            if let Some(cue) = quote.cue_span() {
                add(cue, Layer::Cue(number), true);
            }
        }
        let mixed = self.quotes.iter().filter(|quote| quote.kind() == QuoteKind::Mixed);
        let mut mixed: Vec<Span> = mixed.flat_map(|quote| quote.spans()).copied().collect();
        mixed.sort_unstable();
        for string in self.extraction.quoted_strings().filter(|string| string.parent().is_none()) {
            let span = string.span();
            let before = mixed.partition_point(|part| part.start <= span.start);
            if before > 0 && mixed[before - 1].covers(span) {
                add(span, Layer::Verbatim, true);
            } else if !matches!(string.role(), StringRole::Speech | StringRole::Unknown) {
                add(span, Layer::Other(string.role().name()), true);
            }
        }
        stretches
    }

    fn open(&self, f: &mut fmt::Formatter<'_>, stretch: Stretch) -> fmt::Result {
        match stretch.layer {
            Layer::Content(number) => {
                let quote = &self.quotes[number];
                write!(f, "<mark class=\"{} {}\"", self.speakers.class(number), quote.kind())?;
                if stretch.is_first {
                    write!(f, " id=\"q{}\" tabindex=\"0\"", number + 1)?;
                }
                write!(f, " title=\"{}", Escaped(self.speakers.name(number)))?;
                write!(f, "&#10;{}, confidence {}", quote.kind(), rounded_confidence(quote))?;
                write!(f, "&#10;rule {}", Escaped(quote.rule()))?;
                for (index, flag) in quote.flags().names().enumerate() {
                    write!(f, "{}{}", if index == 0 { "&#10;" } else { ", " }, flag.replace('_', " "))?;
                }
                f.write_str("\">")
            }
            Layer::Verbatim => f.write_str("<b>"),
            Layer::Source(number) | Layer::Cue(number) => {
                let (tag, class) = (stretch.layer.tag(), self.speakers.class(number));
                write!(f, "<{tag} class=\"{class}\" title=\"{}\">", Escaped(self.speakers.name(number)))
            }
            Layer::Other(role) => write!(f, "<span title=\"{role}\">"),
        }
    }
}

/// Text that says nothing to a browser but itself, in an element or an attribute.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let needs_escape = |letter: char| matches!(letter, '&' | '<' | '>' | '"' | '\'') || letter.is_control();
        let mut rest = self.0;
        while let Some(at) = rest.find(needs_escape) {
            f.write_str(&rest[..at])?;
            let letter = rest[at..].chars().next().unwrap_or_default();
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' | '\r' => f.write_char(letter)?,
                // HTML has no other control characters.
                _ => f.write_char('\u{fffd}')?,
            }
            rest = &rest[at + letter.len_utf8()..];
        }
        f.write_str(rest)
    }
}
