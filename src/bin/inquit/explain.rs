//! `inquit explain`: why a text is read as it is.

use crate::extract::fail;
use crate::extract::reading::Reading;
use crate::show;
use clap::Args;
use inquit::{ExplainedCandidate, Explanation, Gate, NameLink, Outcome, Span};
use std::fmt::{self, Write};
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use std::process::ExitCode;

const SENTENCE: &str = "“We stay,” said Ana Lim, adding that rents would fall.";

const EXAMPLES: &str = "\
Examples:
  inquit explain \"“We stay,” said Ana Lim.\"
  inquit explain story.txt --coverage attribution --weights
  inquit explain story.txt --rules court.rules --json > why.json";

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Options {
    /// A text, or the name of a file with one; without it standard input is read
    text: Option<String>,

    /// Add the classes of all words
    #[arg(long)]
    tokens: bool,

    /// Add what spoke for and against each proposal
    #[arg(long)]
    weights: bool,

    /// All of it as JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    reading: Reading,
}

/// Prints what the rules proposed and what became of it, which names are one, and who speaks.
pub(crate) fn run(options: &Options) -> ExitCode {
    let page = text(options).and_then(|text| {
        let extractor = options.reading.extractor()?;
        let explanation = extractor.explain(&text);
        if options.json {
            return serde_json::to_string_pretty(&explanation)
                .map(|json| json + "\n")
                .map_err(|error| error.to_string());
        }
        let found = extractor.extract(&text);
        Page { text: &text, explanation: &explanation, options }.write(&found).map_err(|error| error.to_string())
    });
    match page {
        Ok(page) if options.json => show::raw(&page, ExitCode::SUCCESS),
        Ok(page) => show::page(&page, ExitCode::SUCCESS),
        Err(problem) => fail(&problem),
    }
}

fn text(options: &Options) -> Result<String, String> {
    match options.text.as_deref() {
        Some("-") => standard_input(),
        Some(text) if Path::new(text).is_file() => {
            std::fs::read_to_string(text).map_err(|error| format!("{text}: {error}"))
        }
        Some(text) => Ok(text.to_owned()),
        None if io::stdin().is_terminal() => Ok(SENTENCE.to_owned()),
        None => standard_input().map(|text| if text.is_empty() { SENTENCE.to_owned() } else { text }),
    }
}

fn standard_input() -> Result<String, String> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).map_err(|error| format!("standard input: {error}"))?;
    Ok(text)
}

struct Page<'p> {
    text: &'p str,
    explanation: &'p Explanation,
    options: &'p Options,
}

impl Page<'_> {
    fn write(&self, found: &inquit::Extraction<'_>) -> Result<String, fmt::Error> {
        let mut page = String::new();
        self.write_tokens(&mut page)?;
        for block in &self.explanation.blocks {
            let label = block.label.map_or(String::new(), |label| format!(" of {}", &self.text[label]));
            writeln!(page, "# {}{label}: {}", block.kind, &self.text[block.span])?;
        }
        for candidate in &self.explanation.candidates {
            self.write_candidate(&mut page, candidate)?;
        }
        self.write_names(&mut page)?;
        for (number, quote) in found.quotes().enumerate() {
            let (rule, confidence) = (quote.rule(), quote.confidence());
            writeln!(page, "\n{}. {quote}\n    {}, by {rule}, confidence {confidence:.2}", number + 1, quote.kind())?;
        }
        Ok(page)
    }

    fn write_tokens(&self, page: &mut String) -> fmt::Result {
        for token in &self.explanation.tokens {
            if self.options.tokens {
                writeln!(page, "{:24} {}", &self.text[token.span], token.classes)?;
            }
            match token.gate {
                Some(Gate::Hopeless) => writeln!(page, "· {} is hardly ever a cue here", &self.text[token.span])?,
                Some(Gate::TellsOfNoWords) => writeln!(page, "· {} tells of no words", &self.text[token.span])?,
                _ => {}
            }
        }
        Ok(())
    }

    fn write_candidate(&self, page: &mut String, candidate: &ExplainedCandidate) -> fmt::Result {
        let shown = |span: Span| &self.text[span];
        let content: Vec<String> = candidate.content.iter().map(|span| format!("{{{}}}", shown(*span))).collect();
        let sign = if candidate.outcome == Outcome::Kept { '+' } else { '-' };
        let (score, why) = (candidate.score, self.reason(candidate.outcome));
        writeln!(page, "\n{sign} {} {score:.2}, {why}", candidate.rule)?;
        let (source, cue) = (candidate.source.map_or("", shown), candidate.cue.map_or("", shown));
        writeln!(page, "    {} [{source}] <{cue}>", content.join(" "))?;
        if self.options.weights {
            writeln!(page, "    {:+.2} the rule's own", candidate.offset)?;
            for feature in candidate.features.iter().filter(|feature| feature.weight != 0.0) {
                writeln!(page, "    {:+.2} {}", feature.weight, feature.line)?;
            }
        }
        Ok(())
    }

    /// Why a proposal was kept or dropped.
    fn reason(&self, outcome: Outcome) -> String {
        let rule = |number: usize| {
            let other = self.explanation.candidates.get(number);
            other.map_or_else(|| "another".to_owned(), |other| format!("{} {:.2}", other.rule, other.score))
        };
        match outcome {
            Outcome::Kept => "kept".to_owned(),
            Outcome::Unlikely { least } => format!("dropped: less than {least}"),
            Outcome::Outscored { by } => format!("dropped: {} reads the same word better", rule(by)),
            Outcome::Crossed { by } => format!("dropped: its words belong to {}", rule(by)),
            Outcome::Enclosed { by } => format!("dropped: it lies in the content of {}", rule(by)),
            Outcome::NoSpeech { role } => format!("dropped: its words in marks are a {role}"),
            Outcome::TellsOfNoWords => "dropped: its cue tells of no words".to_owned(),
            Outcome::NothingInMarks => "dropped: nothing of it stands in marks".to_owned(),
            other => format!("dropped: {other:?}"),
        }
    }

    /// Which names are one, and how each source came by its speaker.
    fn write_names(&self, page: &mut String) -> fmt::Result {
        writeln!(page)?;
        let shown = |span: Option<Span>| span.map_or("nobody", |span| &self.text[span]);
        for name in self.explanation.names.iter().filter(|name| name.link != NameLink::Own) {
            writeln!(page, "= {} is {} ({:?})", &self.text[name.span], shown(name.entity), name.link)?;
        }
        for speaker in &self.explanation.speakers {
            let rival = |(span, weight): &(Span, f32)| format!("{} {weight:.2}", &self.text[*span]);
            let rivals: Vec<String> = speaker.rivals.iter().map(rival).collect();
            let among = if rivals.is_empty() { String::new() } else { format!(", among {}", rivals.join(", ")) };
            let sieve = if speaker.sieve.is_empty() { "no sieve" } else { &speaker.sieve };
            writeln!(page, "> quotation {}: {}, by {sieve}{among}", speaker.quote + 1, shown(speaker.entity))?;
        }
        Ok(())
    }
}
