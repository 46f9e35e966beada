//! What is done with any bytes at all: by `fuzz/`, which makes them up, and by `tests/fuzz.rs`, which has some.
#![allow(dead_code, reason = "each fuzz target uses one of these")]

use inquit::output::{Brat, Html, OffsetUnit, Table};
use inquit::{Coverage, Extraction, Extractor, Located, Scratch, Span, locate, locate_all, locate_near};

const COVERAGES: [Coverage; 3] = [Coverage::Direct, Coverage::Speech, Coverage::Attribution];

/// Reads the bytes as text: the answer is sound, the same again, and can be written in every format.
pub(crate) fn extract(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut scratch = Scratch::new();
    let mut strings = Vec::new();
    for coverage in COVERAGES {
        let extractor = Extractor::english().with_coverage(coverage);
        let found = extractor.extract(&text);
        check(&found);
        assert_eq!(format!("{:?}", extractor.extract_with(&mut scratch, &text)), format!("{found:?}"));
        strings.push(found.quoted_strings().len());
        let written = [
            Html::new(&found, "a").to_string(),
            Brat::new(&found).to_string(),
            Table::Tsv.rows("a", &found, OffsetUnit::Utf16).to_string(),
        ];
        assert!(written[0].ends_with("</html>\n"));
        assert_eq!(written[2].lines().count(), found.quotes().len());
    }
    assert!(strings.iter().all(|&count| count == strings[0]), "quoted strings depend on the coverage: {strings:?}");
}

/// Reads the bytes up to the first line of three hyphens as rules, and by them what follows.
pub(crate) fn rules(data: &[u8]) {
    let all = String::from_utf8_lossy(data);
    let (rules, text) = all.split_once("\n---\n").unwrap_or((&all, "“We stay,” said Ana Lim."));
    match Extractor::builder().rules(rules).build() {
        Ok(extractor) => {
            check(&extractor.extract(text));
            extractor.check();
        }
        Err(error) => {
            assert!(error.line() <= rules.lines().count() + 1, "{error}");
            assert!(!error.to_string().is_empty());
        }
    }
}

/// Reads the bytes up to the first line of three hyphens as a list of words, and with them what follows.
pub(crate) fn words(data: &[u8]) {
    let all = String::from_utf8_lossy(data);
    let (words, text) = all.split_once("\n---\n").unwrap_or((&all, "“We stay,” snarked Ana Lim."));
    match Extractor::builder().words(words).build() {
        Ok(extractor) => check(&extractor.extract(text)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Looks for the first line in the rest.
pub(crate) fn locate_line(data: &[u8]) {
    let all = String::from_utf8_lossy(data);
    let (quotation, text) = all.split_once('\n').unwrap_or((&all, &all));
    let first = locate(quotation, text);
    let near = locate_near(quotation, text);
    let everywhere = locate_all(quotation, text);
    first.iter().chain(&near).chain(&everywhere).for_each(|located| check_located(located, text));
    assert_eq!(first.as_ref().map(Located::how), everywhere.iter().map(Located::how).min());
    assert!(everywhere.windows(2).all(|pair| pair[0].span().end <= pair[1].span().start));
    if let Some(first) = first {
        assert_eq!(near.map(|near| near.span()), Some(first.span()));
    }
}

/// Everything lies in the text and in order.
fn check(found: &Extraction<'_>) {
    let text = found.text();
    let mut start = 0;
    for quote in found.quotes() {
        let content = quote.spans();
        assert!(start <= content[0].start, "quotations are in order");
        start = content[0].start;
        assert!(content.windows(2).all(|pair| pair[0].end <= pair[1].start), "{quote:?}");
        let mentions = [quote.source(), quote.addressee()].into_iter().flatten().map(|mention| mention.span());
        let places = content.iter().copied().chain(quote.cue_span()).chain(mentions);
        places.for_each(|place| check_span(place, text));
        assert!((0.0..=1.0).contains(&quote.confidence()) && !quote.rule().is_empty());
    }
    for speaker in found.speakers() {
        assert!(!speaker.name().is_empty());
        speaker.mentions().iter().for_each(|place| check_span(*place, text));
    }
    let strings: Vec<_> = found.quoted_strings().collect();
    for (index, string) in strings.iter().enumerate() {
        check_span(string.span(), text);
        assert!(string.span().covers(string.inner_span()));
        assert!(string.parent().is_none_or(|parent| parent < index && strings[parent].span().covers(string.span())));
    }
}

fn check_span(span: Span, text: &str) {
    assert!(span.start < span.end && text.get(span.start..span.end).is_some(), "{span:?}");
}

fn check_located(located: &Located, text: &str) {
    assert!(!located.spans().is_empty());
    located.spans().iter().for_each(|span| check_span(*span, text));
    assert!(located.spans().windows(2).all(|pair| pair[0].end <= pair[1].start), "{located:?}");
}
