//! What callers may expect of every public type: it reads well when printed, and serde can write and read it.

use inquit::output::{OffsetUnit, Offsets, Table};
use inquit::{
    Coverage, Explanation, Extractor, Flags, Gender, Located, Match, MentionKind, QuoteKind, Scratch, Span,
    SpeakerKind, StringRole, locate_near,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, from_value, json, to_value};
use std::fmt::{Debug, Display};

const TEXT: &str = "“We stay,” said Ana Lim. Tom Roe denied that “the tide” had turned.";

#[test]
fn answers_read_well_when_printed() {
    let found = Extractor::english().extract(TEXT);
    let quote = found.quote(0).unwrap();
    assert_eq!(quote.to_string(), "Ana Lim: “We stay,”");
    let debug = format!("{quote:?}");
    assert!(
        debug.starts_with("Quote { kind: Direct, content: [\"“We stay,”\"], spans: [0..14], cue: Some(\"said\")"),
        "{debug}"
    );
    let string = format!("{:?}", found.quoted_strings().next().unwrap());
    assert!(string.starts_with("QuotedString { text: \"We stay,\", span: 0..14, role: Speech, flags: {}"), "{string}");
    let speaker = format!("{:?}", found.speakers().next().unwrap());
    assert!(speaker.starts_with("Speaker { name: \"Ana Lim\", kind: Person, mentions: ["), "{speaker}");
    assert_eq!(format!("{:?}", found.quote(1).unwrap().flags()), "{\"denied\"}");
    let extractor = format!("{:?}", Extractor::english());
    assert!(extractor.starts_with("Extractor { coverage: Speech, rules: "), "{extractor}");
    // What is large is not printed.
    let mut scratch = Scratch::new();
    Extractor::english().extract_with(&mut scratch, TEXT);
    assert_eq!(format!("{scratch:?}"), "Scratch { .. }");
    assert!(format!("{:?}", Offsets::new(TEXT, OffsetUnit::Char)).len() < 60);
}

#[test]
fn handles_are_equal_if_they_are_of_the_same_thing() {
    let [found, again] = [Extractor::english().extract(TEXT), Extractor::english().extract(TEXT)];
    assert_eq!(found.quote(0), found.quotes().next());
    assert_ne!(found.quote(0), found.quote(1));
    assert_ne!(found.quote(0), again.quote(0));
    assert_eq!(found.quote(0).unwrap().source(), again.quote(0).unwrap().source());
}

/// A handle of another text gives an answer of no worth, and no panic.
#[test]
fn handles_of_another_text_do_no_harm() {
    let found = Extractor::english().extract(TEXT);
    let empty = Extractor::english().extract("");
    assert!(found.quotes().all(|quote| empty.speaker_of(&quote).is_none()));
    assert!(found.speakers().all(|speaker| empty.quotes_of(&speaker).count() == 0));
}

/// Written as a value and read back, it is the same.
fn round<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, expected: &Value) {
    assert_eq!(&to_value(value).unwrap(), expected);
    assert_eq!(&from_value::<T>(expected.clone()).unwrap(), value);
}

fn named<T: Serialize + DeserializeOwned + PartialEq + Debug + Display>(values: &[T]) {
    values.iter().for_each(|value| round(value, &json!(value.to_string())));
}

#[test]
fn kinds_are_written_by_their_names() {
    named(&[QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect]);
    named(&[StringRole::Speech, StringRole::Title, StringRole::Term, StringRole::Nickname, StringRole::Sign]);
    named(&[StringRole::Scare, StringRole::Unknown]);
    named(&[MentionKind::Name, MentionKind::Nominal, MentionKind::Pronoun]);
    named(&[SpeakerKind::Person, SpeakerKind::Organisation, SpeakerKind::Group, SpeakerKind::Document]);
    named(&[SpeakerKind::Unknown]);
    named(&[Gender::Female, Gender::Male]);
    named(&[Match::Exact, Match::Folded, Match::Interrupted, Match::Elided, Match::Changed]);
    round(&Coverage::Attribution, &json!("attribution"));
    round(&Table::Tsv, &json!("tsv"));
    round(&OffsetUnit::Utf16, &json!("utf16"));
}

#[test]
fn flags_are_lists_of_names() {
    round(&Flags::empty(), &json!([]));
    round(&(Flags::DENIED | Flags::INFERRED_OPEN), &json!(["inferred_open", "denied"]));
    let error = from_value::<Flags>(json!(["denied", "shouted"])).unwrap_err();
    assert_eq!(error.to_string(), "no flag is called \"shouted\"");
}

#[test]
fn places_and_explanations_can_be_written_and_read() {
    round(&Span::new(3, 9), &json!({"start": 3, "end": 9}));
    let located = locate_near("Tom Roe denied that the wind had turned", TEXT).unwrap();
    let value = to_value(&located).unwrap();
    assert_eq!(value["how"], "changed");
    assert_eq!(value["changes"][0]["text"], to_value(located.changes()[0].text).unwrap());
    assert_eq!(from_value::<Located>(value).unwrap(), located);
    let explanation = Extractor::english().explain(TEXT);
    assert_eq!(from_value::<Explanation>(to_value(&explanation).unwrap()).unwrap(), explanation);
}
