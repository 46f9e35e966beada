//! Why a text is read as it is: what the rules propose and what became of each proposal, which names are one, and how each
//! quotation came by its speaker.
//!
//! `cargo run --example explain -- “A sentence.”`; behind it, `weights` adds what spoke for and against each proposal, and
//! `tokens` the classes of all words.

mod shown;

use inquit::{ExplainedCandidate, Explanation, Extractor, Gate, NameLink, Outcome, Span};
use std::fmt::{self, Write};
use std::io;

const SENTENCE: &str = "“We stay,” said Ana Lim, adding that rents would fall.";

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().unwrap_or_else(|| SENTENCE.to_owned());
    let wanted: Vec<String> = arguments.collect();
    let wants = |what: &str| wanted.iter().any(|word| word == what);
    let page = explained(&text, wants("weights"), wants("tokens")).map_err(io::Error::other)?;
    shown::show(&page)
}

fn explained(text: &str, with_weights: bool, with_tokens: bool) -> Result<String, fmt::Error> {
    let mut page = String::new();
    let explanation = Extractor::english().explain(text);
    if with_tokens {
        explanation.tokens.iter().try_for_each(|token| writeln!(page, "{:24} {}", &text[token.span], token.classes))?;
        writeln!(page)?;
    }
    for token in &explanation.tokens {
        match token.gate {
            Some(Gate::Hopeless) => writeln!(page, "· {} is hardly ever a cue here", &text[token.span])?,
            Some(Gate::TellsOfNoWords) => writeln!(page, "· {} tells of no words", &text[token.span])?,
            _ => {}
        }
    }
    for block in &explanation.blocks {
        let label = block.label.map_or("", |label| &text[label]);
        writeln!(page, "# {} {label}: {}", block.kind, &text[block.span])?;
    }
    for candidate in &explanation.candidates {
        write_candidate(&mut page, text, candidate, &explanation)?;
        if with_weights {
            writeln!(page, "    {:+.2} the rule's own", candidate.offset)?;
            for feature in candidate.features.iter().filter(|feature| feature.weight != 0.0) {
                writeln!(page, "    {:+.2} {}", feature.weight, feature.line)?;
            }
        }
    }
    write_names(&mut page, text, &explanation)?;
    writeln!(page, "\n{:#?}", Extractor::english().extract(text))?;
    Ok(page)
}

/// Which names are one, and how each source came by its speaker.
fn write_names(page: &mut String, text: &str, explanation: &Explanation) -> fmt::Result {
    writeln!(page)?;
    let shown = |span: Option<Span>| span.map_or("nobody", |span| &text[span]);
    for name in explanation.names.iter().filter(|name| name.link != NameLink::Own) {
        writeln!(page, "= {} is {} ({:?})", &text[name.span], shown(name.entity), name.link)?;
    }
    for speaker in &explanation.speakers {
        let rivals: Vec<String> =
            speaker.rivals.iter().map(|(span, weight)| format!("{} {weight:.2}", &text[*span])).collect();
        let among = if rivals.is_empty() { String::new() } else { format!(", among {}", rivals.join(", ")) };
        let sieve = if speaker.sieve.is_empty() { "no sieve" } else { &speaker.sieve };
        writeln!(page, "> quotation {}: {}, by {sieve}{among}", speaker.quote + 1, shown(speaker.entity))?;
    }
    Ok(())
}

fn write_candidate(
    page: &mut String,
    text: &str,
    candidate: &ExplainedCandidate,
    explanation: &Explanation,
) -> fmt::Result {
    let content: Vec<&str> = candidate.content.iter().map(|span| &text[*span]).collect();
    let shown = |span| &text[span];
    writeln!(
        page,
        "\n{} {} {:.2}, {}\n    {} [{}] <{}>",
        if candidate.outcome == Outcome::Kept { "+" } else { "-" },
        candidate.rule,
        candidate.score,
        reason(candidate.outcome, explanation),
        content.iter().map(|piece| format!("{{{piece}}}")).collect::<Vec<_>>().join(" "),
        candidate.source.map_or("", shown),
        candidate.cue.map_or("", shown),
    )
}

/// Why a proposal was kept or dropped.
fn reason(outcome: Outcome, explanation: &Explanation) -> String {
    let rule = |number: usize| {
        let other = &explanation.candidates[number];
        format!("{} {:.2}", other.rule, other.score)
    };
    match outcome {
        Outcome::Kept => "kept".to_owned(),
        Outcome::Unlikely { least } => format!("dropped: less than {least}"),
        Outcome::Outscored { by } => format!("dropped: {} reads the same word better", rule(by)),
        Outcome::Crossed { by } => format!("dropped: its words belong to {}", rule(by)),
        Outcome::Enclosed { by } => format!("dropped: it lies in the content of {}", rule(by)),
        Outcome::NoSpeech { role } => format!("dropped: its words in marks are a {role}"),
        Outcome::TellsOfNoWords => "dropped: its cue tells of no words".to_owned(),
        _ => "dropped: nothing of it stands in marks".to_owned(),
    }
}
