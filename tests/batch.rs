//! Many texts at once give the answers they give one by one.

#[path = "../benches/text/mod.rs"]
mod text;

use inquit::{Coverage, Extractor};
use rayon::ThreadPoolBuilder;

/// Stories, a chapter, a text without marks and an empty one, of many lengths.
fn documents() -> Vec<String> {
    let mut documents = text::news(60_000).documents;
    documents.insert(1, String::new());
    documents.extend(text::novel(30_000).documents);
    documents.extend(text::without_marks(5_000).documents);
    documents.push("“We stay,” said Ana Lim.".to_owned());
    documents
}

#[test]
fn answers_are_those_of_one_by_one_and_in_order() {
    let documents = documents();
    for coverage in [Coverage::Direct, Coverage::Speech, Coverage::Attribution] {
        let extractor = Extractor::english().with_coverage(coverage);
        let wanted: Vec<String> = documents.iter().map(|text| format!("{:?}", extractor.extract(text))).collect();
        for threads in [1, 2, 5] {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let found = pool.install(|| extractor.extract_batch(&documents));
            assert!(found.iter().zip(&documents).all(|(answer, text)| answer.text() == text));
            let found: Vec<String> = found.iter().map(|answer| format!("{answer:?}")).collect();
            assert_eq!(found, wanted, "{threads} threads");
        }
    }
}

#[test]
fn texts_may_be_of_any_kind_and_none() {
    let extractor = Extractor::english();
    assert_eq!(extractor.extract_batch::<&str>(&[]).len(), 0);
    assert_eq!(extractor.extract_batch(&["“We stay,” said Ana Lim."])[0].quotes().len(), 1);
    assert_eq!(extractor.extract_batch(&[Box::<str>::from("“We stay,” said Ana Lim.")])[0].quotes().len(), 1);
}
