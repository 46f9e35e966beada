//! Finding quotations in a text: against the copy people make to compare with, every space and mark made plain.

mod text;

use criterion::{Criterion, Throughput};
use inquit::{locate, locate_near};
use std::hint::black_box;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    for size in text::sizes(1) {
        let corpus = text::one_document(size * text::MB);
        let text = &corpus.documents[0];
        let mut group = criterion.benchmark_group(format!("locate {}", corpus.name));
        group.throughput(Throughput::Bytes(text.len() as u64));
        for (name, quotation, found) in quotations(text) {
            assert_eq!(locate(&quotation, text).is_some(), found, "{name}: {quotation}");
            group.bench_function(name, |bencher| bencher.iter(|| locate(black_box(&quotation), black_box(text))));
        }
        let changed = &quotations(text)[3].1;
        assert!(locate_near(changed, text).is_some_and(|located| !located.is_verbatim()));
        group.bench_function("near", |bencher| bencher.iter(|| locate_near(black_box(changed), black_box(text))));
        group
            .bench_function("a plain copy", |bencher| bencher.iter(|| plain(black_box(text)).find(black_box(changed))));
        group.finish();
    }
    criterion.final_summary();
}

/// A sentence from the end of the text in several shapes, and whether it is found so.
fn quotations(text: &str) -> [(&'static str, String, bool); 4] {
    let end = text.trim_end().rfind(". ").expect("there are sentences");
    let start = text[..end].rfind(". ").expect("there are several") + 2;
    let exact = &text[start..end];
    let words: Vec<&str> = exact.split(' ').collect();
    let (folded, middle) = (words.join("\n"), words.len() / 2);
    let elided = format!("{} […] {}", words[..middle].join(" "), words[middle + 1..].join(" "));
    let changed = [&words[..middle], &["zeppelin"], &words[middle + 1..]].concat().join(" ");
    [
        ("exact", exact.to_owned(), true),
        ("folded", folded, true),
        ("elided", elided, true),
        ("not there", changed, false),
    ]
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut space = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            space = true;
            continue;
        }
        if std::mem::take(&mut space) {
            plain.push(' ');
        }
        match letter {
            '“' | '”' | '«' | '»' => plain.push('"'),
            '‘' | '’' => plain.push('\''),
            '–' | '—' => plain.push('-'),
            '…' => plain.push_str("..."),
            letter => plain.extend(letter.to_lowercase()),
        }
    }
    plain
}
