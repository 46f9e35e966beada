//! Why a text is read as it is: tokens with their classes, and everything the rules propose.
//!
//! `cargo run --example explain -- “A sentence.”`

use inquit::Extractor;

fn main() {
    let text =
        std::env::args().nth(1).unwrap_or_else(|| "“We stay,” said Ana Lim, adding that rents would fall.".to_owned());
    let explanation = Extractor::english().explain(&text);
    for token in &explanation.tokens {
        println!("{:24} {}", &text[token.span], token.classes);
    }
    for candidate in &explanation.candidates {
        let show = |span| &text[span];
        let content: Vec<&str> = candidate.content.iter().map(|span| &text[*span]).collect();
        println!(
            "\n{} {} {:.2}\n  cue {:?}\n  source {:?}\n  content {:?}",
            if candidate.kept { "+" } else { "-" },
            candidate.rule,
            candidate.confidence,
            candidate.cue.map(show),
            candidate.source.map(show),
            content
        );
        if std::env::args().nth(2).is_some() {
            for feature in &candidate.features {
                println!("    {feature}");
            }
        }
    }
    println!("\n{:#?}", Extractor::english().extract(&text));
}
