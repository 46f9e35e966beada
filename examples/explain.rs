//! Why a text is read as it is: tokens with their classes, and everything the rules propose.
//!
//! `cargo run --example explain -- “A sentence.”`; anything behind it adds what spoke for and against each proposal.

mod shown;

use inquit::{ExplainedCandidate, Extractor};
use std::fmt::{self, Write};
use std::io;

const SENTENCE: &str = "“We stay,” said Ana Lim, adding that rents would fall.";

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().unwrap_or_else(|| SENTENCE.to_owned());
    let page = explained(&text, arguments.next().is_some()).map_err(io::Error::other)?;
    shown::show(&page)
}

fn explained(text: &str, with_features: bool) -> Result<String, fmt::Error> {
    let mut page = String::new();
    let explanation = Extractor::english().explain(text);
    for token in &explanation.tokens {
        writeln!(page, "{:24} {}", &text[token.span], token.classes)?;
    }
    for candidate in &explanation.candidates {
        write_candidate(&mut page, text, candidate)?;
        if with_features {
            candidate.features.iter().try_for_each(|feature| writeln!(page, "    {feature}"))?;
        }
    }
    writeln!(page, "\n{:#?}", Extractor::english().extract(text))?;
    Ok(page)
}

fn write_candidate(page: &mut String, text: &str, candidate: &ExplainedCandidate) -> fmt::Result {
    let show = |span| &text[span];
    let content: Vec<&str> = candidate.content.iter().map(|span| &text[*span]).collect();
    writeln!(
        page,
        "\n{} {} {:.2}\n  cue {:?}\n  source {:?}\n  content {:?}",
        if candidate.kept { "+" } else { "-" },
        candidate.rule,
        candidate.confidence,
        candidate.cue.map(show),
        candidate.source.map(show),
        content
    )
}
