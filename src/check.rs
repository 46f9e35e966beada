//! Runs the examples that stand with every rule.

use crate::extract::{Extractor, Matches};
use crate::rules::parse::Example;
use crate::span::Span;
use std::fmt;

/// An `ok` or `no` line that its rule does not live up to.
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
        for (number, rule) in self.rules().iter().enumerate() {
            for example in &rule.examples {
                let shifted = format!("{LEAD}{}", example.text);
                for (text, shift) in [(example.text.as_str(), 0), (shifted.as_str(), LEAD.len())] {
                    let found = self.matches_of(number as u16, text);
                    if let Some(problem) = problem(example, text, shift, &found) {
                        failures.push(CheckFailure {
                            rule: rule.name.clone(),
                            line: example.line,
                            example: text.to_owned(),
                            problem,
                        });
                        break;
                    }
                }
            }
        }
        failures
    }
}

fn problem(example: &Example, text: &str, shift: usize, found: &Matches) -> Option<String> {
    if !example.fits {
        let (source, _) = found.first()?;
        return Some(format!("should not fit, but finds the source {:?}", source.map(|span| &text[span])));
    }
    let moved = |&(start, end): &(usize, usize)| Span::new(start + shift, end + shift);
    let source = example.source.as_ref().map(moved);
    let content: Vec<Span> = example.content.iter().map(moved).collect();
    let fits = found.iter().any(|(found_source, found_content)| {
        (source.is_none() || source == *found_source) && content.iter().all(|piece| found_content.contains(piece))
    });
    if fits {
        return None;
    }
    let show = |spans: &[Span]| spans.iter().map(|span| &text[*span]).collect::<Vec<_>>();
    Some(match found.first() {
        None => "should fit, but does not".to_owned(),
        Some((source, content)) => {
            format!("finds the source {:?} and the content {:?}", source.map(|span| &text[span]), show(content))
        }
    })
}
