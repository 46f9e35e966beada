//! Standoff annotation in the format of the annotation tool brat.

use crate::output::{OffsetUnit, Offsets, rounded_confidence};
use crate::quote::{Extraction, Quote};
use crate::span::Span;
use std::fmt;

/// An extraction as a brat `.ann` file; the text goes beside it as it is, in a `.txt` file of the same name.
///
/// ```text
/// T1    Attribution 6 10    said             the cue again, or the content if there is none
/// T2    Content 0 5;20 25   “Né,” “là.”
/// T3    Cue 6 10            said
/// T4    Source 11 18        Ana Lim
/// E1    Attribution:T1 Content:T2 Cue:T3 Source:T4
/// A1    Kind E1 direct
/// #1    AnnotatorNotes E1   Ana Lim; confidence 0.97; rule quote-cue-source
/// ```
///
/// Columns are parted by tabs, and offsets count characters: the format says so. There is a line of `Addressee` where
/// somebody is spoken to. A stretch that runs over a line end has a piece for each line.
///
/// ```
/// use inquit::Extractor;
/// use inquit::output::Brat;
///
/// let found = Extractor::english().extract("“Go,” said Ana Lim.");
/// let lines = Brat::new(&found).to_string();
/// assert!(lines.contains("T4\tSource 11 18\tAna Lim\n"));
/// assert!(lines.contains("E1\tAttribution:T1 Content:T2 Cue:T3 Source:T4\n"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Brat<'e> {
    extraction: &'e Extraction<'e>,
}

impl<'e> Brat<'e> {
    /// The `.ann` file of `extraction`.
    pub fn new(extraction: &'e Extraction<'_>) -> Brat<'e> {
        Brat { extraction }
    }
}

impl fmt::Display for Brat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.extraction.text();
        let mut lines = Lines { text, offsets: Offsets::new(text, OffsetUnit::Char), stretches: 0 };
        for (index, quote) in self.extraction.quotes().enumerate() {
            lines.quote(f, index + 1, &quote)?;
        }
        Ok(())
    }
}

struct Lines<'t> {
    text: &'t str,
    offsets: Offsets<'t>,
    stretches: usize,
}

impl Lines<'_> {
    fn quote(&mut self, f: &mut fmt::Formatter<'_>, number: usize, quote: &Quote<'_>) -> fmt::Result {
        let cue = quote.cue_span();
        let source = quote.source().map(|source| source.span());
        let addressee = quote.addressee().map(|addressee| addressee.span());
        // An event must have a trigger, and no two events may share one.
        let trigger = self.stretch(f, "Attribution", cue.as_ref().map_or(quote.spans(), std::slice::from_ref))?;
        let mut event = format!("Attribution:T{trigger}");
        let places = [("Cue", cue), ("Source", source), ("Addressee", addressee)];
        let content = self.stretch(f, "Content", quote.spans())?;
        event.push_str(&format!(" Content:T{content}"));
        for (role, span) in places {
            if let Some(span) = span {
                event.push_str(&format!(" {role}:T{}", self.stretch(f, role, &[span])?));
            }
        }
        writeln!(f, "E{number}\t{event}")?;
        writeln!(f, "A{number}\tKind E{number} {}", quote.kind())?;
        write!(f, "#{number}\tAnnotatorNotes E{number}\t")?;
        if let Some(speaker) = quote.speaker() {
            write_line(f, speaker.name())?;
            f.write_str("; ")?;
        }
        write!(f, "confidence {}; rule {}", rounded_confidence(quote), quote.rule())?;
        quote.flags().names().try_for_each(|flag| write!(f, "; {flag}"))?;
        writeln!(f)
    }

    /// Writes a stretch of text and returns its number.
    fn stretch(&mut self, f: &mut fmt::Formatter<'_>, role: &str, spans: &[Span]) -> Result<usize, fmt::Error> {
        self.stretches += 1;
        write!(f, "T{}\t{role}", self.stretches)?;
        let pieces: Vec<Span> = spans.iter().flat_map(|span| pieces(self.text, *span)).collect();
        for (index, piece) in pieces.iter().enumerate() {
            let [start, end] = self.offsets.of(*piece);
            write!(f, "{}{start} {end}", if index == 0 { ' ' } else { ';' })?;
        }
        for (index, piece) in pieces.iter().enumerate() {
            f.write_str(if index == 0 { "\t" } else { " " })?;
            write_line(f, &self.text[*piece])?;
        }
        writeln!(f)?;
        Ok(self.stretches)
    }
}

/// A span cut at line ends, without the white space around them.
fn pieces(text: &str, span: Span) -> impl Iterator<Item = Span> {
    const LINE_ENDS: [char; 2] = ['\n', '\r'];
    let mut next = span.start;
    text[span].split(LINE_ENDS).filter_map(move |line| {
        let start = next + (line.len() - line.trim_start().len());
        // Either line end is one byte.
        next += line.len() + 1;
        let words = line.trim();
        (!words.is_empty()).then(|| Span::new(start, start + words.len()))
    })
}

/// Nothing in the text may end a line or a column: one character for another, so that offsets still fit.
fn write_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.split(['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
        .enumerate()
        .try_for_each(|(index, piece)| write!(f, "{}{piece}", if index == 0 { "" } else { " " }))
}
