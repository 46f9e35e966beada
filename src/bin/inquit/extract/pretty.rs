//! A document for people: the text with its quotations in the colours of their speakers, and a table.

use super::page::{Ink, Layout, Page};
use super::speakers::{Ranking, Speakers, counted, mark};
use inquit::{Extraction, Flags, Quote, QuoteKind, Span, StringRole};

/// What a page of colours shows at once, a page without shows in brackets.
pub(crate) fn document(id: &str, extraction: &Extraction<'_>, page: Page) -> String {
    let quotes: Vec<Quote<'_>> = extraction.quotes().collect();
    let mut speakers = Speakers::default();
    quotes.iter().for_each(|quote| speakers.add(quote));
    let ranking = speakers.rank();

    let mut out = page.rule(id);
    out.push('\n');
    out.push_str(&text(extraction, &quotes, &ranking, page));
    out.push('\n');
    out.push_str(&page.rule(&ranking.totals()));
    out.push('\n');
    out.push_str(&ranking.table(page, false));
    out.push_str(&notes(extraction, page));
    out.push('\n');
    out
}

fn text(extraction: &Extraction<'_>, quotes: &[Quote<'_>], ranking: &Ranking, page: Page) -> String {
    let text = extraction.text();
    let mut inks = vec![Ink::default(); text.len()];
    let mut brackets = Vec::new();
    let strings: Vec<Span> = extraction.quoted_strings().map(|string| string.span()).collect();
    for quote in quotes {
        let rank = ranking.rank_of(quote);
        paint(quote, Ink::of(rank), &strings, &mut inks);
        if !page.colour {
            for span in quote.spans() {
                brackets.push((span.start, format!("{}[", mark(rank))));
                brackets.push((span.end, "]".to_owned()));
            }
        }
    }
    // Where one ends and the next begins, the closing bracket comes first.
    brackets.sort_by_key(|(at, bracket)| (*at, bracket != "]"));
    let mut brackets = brackets.into_iter().peekable();
    let mut layout = Layout::new(page);
    for (at, letter) in text.trim_end().char_indices() {
        while let Some((_, bracket)) = brackets.next_if(|(place, _)| *place <= at) {
            layout.push_str(&bracket, Ink::default());
        }
        layout.push(letter, inks[at]);
    }
    brackets.for_each(|(_, bracket)| layout.push_str(&bracket, Ink::default()));
    layout.finish()
}

/// The colour says who; words in quotation marks are bold, the cue is in italics, the source underlined.
fn paint(quote: &Quote<'_>, ink: Ink, strings: &[Span], inks: &mut [Ink]) {
    let direct = Ink { bold: true, ..ink };
    for span in quote.spans() {
        inks[span.range()].fill(if quote.kind() == QuoteKind::Direct { direct } else { ink });
        let first = strings.partition_point(|string| string.start < span.start);
        for string in strings[first..].iter().take_while(|string| string.start < span.end) {
            if quote.kind() != QuoteKind::Direct && span.covers(*string) {
                inks[string.range()].fill(direct);
            }
        }
    }
    if let Some(span) = quote.cue_span() {
        inks[span.range()].fill(Ink { italic: true, ..ink });
    }
    if let Some(source) = quote.source() {
        inks[source.span().range()].fill(Ink { underline: true, ..ink });
    }
}

/// What the table does not say: which strings in marks are no speech, and which marks are missing.
fn notes(extraction: &Extraction<'_>, page: Page) -> String {
    let is_other = |role: StringRole| !matches!(role, StringRole::Speech | StringRole::Unknown);
    let others = extraction.quoted_strings().filter(|string| is_other(string.role()));
    let others: Vec<String> =
        others.map(|string| format!("{} ({})", &extraction.text()[string.span()], string.role())).collect();
    let lost = |flag| extraction.quoted_strings().filter(|string| string.flags().contains(flag)).count();
    let marks = [(lost(Flags::INFERRED_OPEN), "opening"), (lost(Flags::INFERRED_CLOSE), "closing")];
    let marks = marks.iter().filter(|(count, _)| *count > 0);
    let marks: Vec<String> = marks.map(|(count, which)| counted(*count, &format!("{which} mark"))).collect();

    let mut out = String::new();
    for (title, listed) in [("Not speech:", others), ("Lost and made up for:", marks)] {
        if !listed.is_empty() {
            let mut layout = Layout::new(page);
            layout.push_str(&format!("{title} {}", listed.join(" · ")), Ink::dim());
            out.push_str(if out.is_empty() { "\n" } else { "" });
            out.push_str(&layout.finish());
        }
    }
    out
}
