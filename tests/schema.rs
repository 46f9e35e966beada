//! JSON records are as their schema says.

#![cfg(feature = "serde")]

mod samples;

use inquit::Flags;
use inquit::output::{DocumentRecord, OffsetUnit, RECORD_SCHEMA};
use proptest::prelude::*;
use samples::{TEXTS, read, texts};
use serde_json::{Value, json};

/// The schema, and one that allows no other keys: what is written must be written down.
fn schemas() -> [Value; 2] {
    fn close(schema: &mut Value) {
        if let Value::Object(object) = schema {
            object.values_mut().for_each(close);
            if object.contains_key("properties") {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
        }
    }
    let open: Value = serde_json::from_str(RECORD_SCHEMA).unwrap();
    let mut closed = open.clone();
    close(&mut closed);
    [open, closed]
}

#[test]
fn the_schema_is_one() {
    for schema in schemas() {
        assert!(jsonschema::draft202012::meta::is_valid(&schema));
    }
    let flags: Vec<String> =
        serde_json::from_value(schemas()[0].pointer("/$defs/flags/items/examples").unwrap().clone()).unwrap();
    assert_eq!(Flags::all().names().collect::<Vec<_>>(), flags);
}

#[test]
fn what_is_wrong_is_seen() {
    let [open, closed] = schemas().map(|schema| jsonschema::draft202012::new(&schema).unwrap());
    let good = serde_json::to_value(DocumentRecord::new("a", &read(TEXTS[3], 1), OffsetUnit::Char)).unwrap();
    assert!(open.is_valid(&good) && closed.is_valid(&good));
    for (place, value) in [
        ("/id", json!(null)),
        ("/id", json!(["a"])),
        ("/version", json!(2)),
        ("/offsets", json!("word")),
        ("/quotes/0/kind", json!("Direct")),
        ("/quotes/0/content", json!([])),
        ("/quotes/0/content/0", json!([0, 5, 9])),
        ("/quotes/0/confidence", json!(1.5)),
        ("/quotes/0/cue", json!([-1, 5])),
        ("/quotes/0/flags", json!(["Not A Flag"])),
        ("/quoted_strings/0/role", json!("song")),
        ("/speakers", json!(null)),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap() = value;
        assert!(!open.is_valid(&bad), "{place}");
    }
    let mut more = good;
    more["more"] = json!(1);
    assert!(open.is_valid(&more) && !closed.is_valid(&more));
}

#[test]
fn an_id_may_be_a_number() {
    let [open, closed] = schemas().map(|schema| jsonschema::draft202012::new(&schema).unwrap());
    let record = DocumentRecord::new("7", &read(TEXTS[3], 1), OffsetUnit::Char);
    let named = serde_json::to_string(&record).unwrap();
    let with = |id: &str| named.replacen("\"7\"", id, 1);
    for id in ["7", "-7", "18446744073709551615", "-9223372036854775808", "\"7\"", "\"\\u0037\""] {
        let value: Value = serde_json::from_str(&with(id)).unwrap();
        assert!(open.is_valid(&value) && closed.is_valid(&value), "{id}");
        let expected = if id.contains('"') { "7" } else { id };
        assert_eq!(serde_json::from_str::<DocumentRecord>(&with(id)).unwrap().id, expected);
        assert_eq!(serde_json::from_value::<DocumentRecord>(value).unwrap().id, expected);
    }
    // What is past 64 bits is rounded before it gets here: two of these would be one.
    for id in ["18446744073709551616", "18446744073709551617", "1.5", "null", "true", "{}", "[\"7\"]"] {
        assert!(serde_json::from_str::<DocumentRecord>(&with(id)).is_err(), "{id}");
    }
}

fn check(text: &str) {
    let [open, closed] = schemas().map(|schema| jsonschema::draft202012::new(&schema).unwrap());
    for (number, unit) in [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16].into_iter().enumerate() {
        let record = DocumentRecord::new("a/ü", &read(text, number), unit);
        let value = serde_json::to_value(&record).unwrap();
        for schema in [&open, &closed] {
            let problems: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
            assert!(problems.is_empty(), "{text:?}: {problems:?}");
        }
        assert_eq!(serde_json::from_value::<DocumentRecord>(value).unwrap(), record);
    }
}

#[test]
fn records_are_as_the_schema_says() {
    TEXTS.iter().for_each(|text| check(text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn records_of_any_text_are_too(text in texts()) {
        check(&text);
    }
}
