//! Runs the examples that stand with every rule.

mod how_far;

use crate::extract::{Extractor, Matches};
use crate::marks::{Uses, uses};
use crate::rules::rule_file::Example;
use crate::span::Span;
use how_far::Tracer;
use std::fmt;

/// An `ok` or `no` line that its rule does not live up to, and what is wrong: what was found instead, or how far the
/// pattern of the rule fits the line and what it expects there.
///
/// ```
/// use inquit::Extractor;
///
/// let rules = "
/// rule sign 0.9
/// match source:(DET? (sign | banner)) cue:^read Q
/// ok    [The old sign] read {“Keep out.”}
/// ok    The sign reads {“Keep out.”}
/// no    The banner read “Welcome.”
/// ";
/// let failures = Extractor::builder().rules(rules).build()?.check();
/// let shown: Vec<_> = failures.iter().map(ToString::to_string).collect();
/// assert_eq!(shown, [
///     "line 4, rule sign: should find the source “The old sign”, but finds “sign”\n\
///      | The old sign read “Keep out.”",
///     "line 5, rule sign: should fit, but does not: nothing in it is `^read`\n\
///      | The sign reads “Keep out.”",
///     "line 6, rule sign: should not fit, but does: finds the source “The banner” and the content “Welcome.”\n\
///      | The banner read “Welcome.”",
/// ]);
/// # Ok::<(), inquit::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CheckFailure {
    rule: String,
    line: usize,
    example: String,
    problem: String,
}

impl CheckFailure {
    /// The rule's name.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The line of the rule file the example stands in, counted from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The example, without brackets.
    pub fn example(&self) -> &str {
        &self.example
    }
}

impl fmt::Display for CheckFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, rule {}: {}\n| {}", self.line, self.rule, self.problem, self.example)
    }
}

impl fmt::Debug for CheckFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Extractor {
    /// Runs the `ok` and `no` lines of every rule, the built-in ones and yours, each on the text as it
    /// is and on a copy that begins later. Call it from a test of your own rules.
    ///
    /// ```
    /// use inquit::Extractor;
    ///
    /// let rules = "
    /// rule sign 0.9
    /// match source:(DET? (sign | banner)) cue:^read Q
    /// ok    [The sign] read {“Keep out.”}
    /// no    She read “Emma.”
    /// ";
    /// let extractor = Extractor::builder().rules(rules).build()?;
    /// assert_eq!(extractor.check(), []);
    /// # Ok::<(), inquit::Error>(())
    /// ```
    pub fn check(&self) -> Vec<CheckFailure> {
        const LEAD: &str = "Nobody spoke.\n\n";
        let mut failures = Vec::new();
        let mut tracer = None;
        for (number, rule) in self.rules().iter().enumerate() {
            for example in &rule.examples {
                let shifted = format!("{LEAD}{}", example.text);
                for (text, shift) in [(example.text.as_str(), 0), (shifted.as_str(), LEAD.len())] {
                    let found = self.matches_of(number as u16, text);
                    if let Some(problem) = problem(example, text, shift, &found) {
                        let is_missed = example.fits && found.is_empty();
                        let tracer = is_missed.then(|| tracer.get_or_insert_with(|| Tracer::new(self)));
                        let reason = tracer.and_then(|tracer| tracer.how_far(&rule.name, text)).unwrap_or_default();
                        failures.push(CheckFailure {
                            rule: rule.name.clone(),
                            line: example.line,
                            example: text.to_owned(),
                            problem: problem + &reason,
                        });
                        break;
                    }
                }
            }
        }
        failures
    }
}

/// What is wrong with what a rule finds in an example, if anything is.
fn problem(example: &Example, text: &str, shift: usize, found: &Matches) -> Option<String> {
    let show_source =
        |source: Option<Span>| source.map_or("no source".to_owned(), |span| format!("the source “{}”", &text[span]));
    if !example.fits {
        let (source, content) = found.first()?;
        let mut parts: Vec<String> = source.iter().map(|span| show_source(Some(*span))).collect();
        parts.extend((!content.is_empty()).then(|| show(text, content)));
        let finds = if parts.is_empty() { String::new() } else { format!(": finds {}", parts.join(" and ")) };
        return Some(format!("should not fit, but does{finds}"));
    }
    let moved = |&(start, end): &(usize, usize)| Span::new(start + shift, end + shift);
    let source = example.source.as_ref().map(moved);
    let content: Vec<Span> = example.content.iter().map(moved).collect();
    let has_source = |found: &Option<Span>| source.is_none() || source == *found;
    let has_content = |found: &[Span]| content.iter().all(|piece| found.contains(piece));
    if found.iter().any(|(source, content)| has_source(source) && has_content(content)) {
        return None;
    }
    let Some((found_source, found_content)) = found.first() else { return Some("should fit, but does not".to_owned()) };
    let mut parts = Vec::new();
    if !has_source(found_source) {
        let instead = found_source.map_or("none".to_owned(), |span| format!("“{}”", &text[span]));
        parts.push(format!("should find {}, but finds {instead}", show_source(source)));
    }
    if !has_content(found_content) {
        let instead = if found_content.is_empty() { "none".to_owned() } else { quoted(text, found_content) };
        parts.push(format!("should find {}, but finds {instead}", show(text, &content)));
    }
    Some(parts.join("; "))
}

fn show(text: &str, content: &[Span]) -> String {
    format!("the content {}", quoted(text, content))
}

/// Pieces of a text in quotation marks, those they have or others.
fn quoted(text: &str, spans: &[Span]) -> String {
    let piece = |span: &Span| match &text[*span] {
        marked if marked.starts_with(|first| uses(first).has(Uses::QUOTE)) => marked.to_owned(),
        plain => format!("“{plain}”"),
    };
    spans.iter().map(piece).collect::<Vec<_>>().join(", ")
}
