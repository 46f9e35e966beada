use super::feature::FEATURES;
use super::kind::ValueKind;
use super::layout::{FeatureKey, LAYOUTS};
use super::value::Value;
use super::{Certainty, Commas, Feature, GapValue, Helpers, Length, Relative, SourceForm, Verbs, Weights};
use crate::error::{Problem, Problems, lines};
use crate::lang::Language;
use crate::lexicon::Lexicon;
use crate::probability::Probability;
use crate::quote::QuoteKind;
use crate::rules::program::Program;
use crate::rules::rule_file::RuleFile;
use crate::token::TagSet;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

const TABLE: &str = include_str!("../lang/en/weights.txt");

struct Model {
    lexicon: Lexicon,
    program: Program,
    rules: Vec<String>,
}

impl Model {
    /// The built-in words and rules, with a group of a caller's.
    fn new() -> Model {
        let (language, mut problems) = (Language::english(), Problems::default());
        let mut lexicon = Lexicon::of(&language, &mut problems);
        let own = lines("[verb SNARK] snark").map(|line| (line, line.text));
        lexicon.add_list(own, &|_| false, &mut problems);
        let mut book = RuleFile::default();
        book.read(language.rules, &mut lexicon, &mut problems);
        let program = Program::compile(book, &mut lexicon).unwrap();
        lexicon.settle(&language);
        assert_eq!(problems.count(), 0);
        let rules = program.rules.iter().map(|rule| rule.name.clone()).collect();
        Model { lexicon, program, rules }
    }

    fn read(&self, table: &str) -> Result<Weights, Problem> {
        Weights::read(table, &self.lexicon, &self.program.rules)
    }

    fn write(&self, feature: Feature) -> String {
        feature.write(&self.lexicon, &self.rules)
    }

    fn counts(&self, id: usize) -> Vec<usize> {
        FEATURES[id].kinds.iter().map(|kind| kind.count(&self.lexicon, self.rules.len())).collect()
    }

    /// All features that have a weight, by heading and values.
    fn entries(&self, weights: &Weights) -> BTreeMap<String, BTreeMap<String, i16>> {
        let mut entries: BTreeMap<String, BTreeMap<String, i16>> = BTreeMap::new();
        let mut add = |feature: Feature, weight: i16| {
            let line = self.write(feature);
            let (name, values) = line.split_once(' ').unwrap_or((&line, ""));
            assert!(entries.entry(name.to_owned()).or_default().insert(values.to_owned(), weight).is_none(), "{line}");
        };
        for (id, layout) in LAYOUTS.iter().enumerate() {
            let mut counts = [1; 3];
            counts.iter_mut().zip(self.counts(id)).for_each(|(count, known)| *count = known as u16);
            let entries = match layout.key {
                FeatureKey::None => weights.plain.entries(layout, counts),
                FeatureKey::Rule => weights.rules.entries(layout, counts),
                FeatureKey::CueClass => weights.classes.entries(layout, counts),
                FeatureKey::Anchor => weights.anchors.entries(layout, counts),
                FeatureKey::Head => weights.heads.entries(layout, counts),
                FeatureKey::Word => weights.words.entries(layout, counts),
                FeatureKey::Sparse => Vec::new(),
            };
            entries.into_iter().for_each(|(values, weight)| add(Feature::new(id, values), weight));
        }
        weights.sparse.iter().for_each(|(feature, weight)| add(feature, weight));
        entries
    }
}

/// The text of a table, without its comment.
fn text(entries: &BTreeMap<String, BTreeMap<String, i16>>) -> String {
    let mut table = String::new();
    for (name, lines) in entries {
        write!(table, "\n[{name}]\n").unwrap();
        for (values, weight) in lines {
            let gap = if values.is_empty() { "" } else { " " };
            writeln!(table, "{values}{gap}{:.2}", f64::from(*weight) / 100.0).unwrap();
        }
    }
    table
}

#[test]
fn the_table_is_written_as_it_was_read() {
    let model = Model::new();
    let weights = model.read(TABLE).unwrap();
    let comment = &TABLE[..TABLE.find("\n[").unwrap()];
    assert!(comment.lines().all(|line| line.starts_with('#')));
    let written = format!("{comment}{}", text(&model.entries(&weights)));
    let different = written.lines().zip(TABLE.lines()).find(|(written, read)| written != read);
    assert_eq!(different, None);
    assert!(written == TABLE, "{} and {} bytes", written.len(), TABLE.len());
}

#[test]
fn what_is_read_is_found_and_nothing_else_has_a_weight() {
    let model = Model::new();
    // Each value as a share of how many there are, so that all are as likely.
    let feature = (0..FEATURES.len(), [0.0..1.0f64, 0.0..1.0, 0.0..1.0]);
    let features = vec((feature, prop_oneof![-999..0i16, 1..999i16, 1000..9999i16]), 1..40);
    proptest!(ProptestConfig::with_cases(64), |(lines in features)| {
        let mut entries: BTreeMap<String, BTreeMap<String, i16>> = BTreeMap::new();
        for ((id, shares), weight) in lines {
            let mut values = [0; 3];
            for ((value, count), share) in values.iter_mut().zip(model.counts(id)).zip(shares) {
                *value = (share * count as f64) as u16;
            }
            let line = model.write(Feature::new(id, values));
            let (name, values) = line.split_once(' ').unwrap_or((&line, ""));
            entries.entry(name.to_owned()).or_default().insert(values.to_owned(), weight);
        }
        let weights = model.read(&text(&entries)).unwrap();
        prop_assert_eq!(model.entries(&weights), entries);
    });
}

#[test]
fn what_is_out_of_range_is_an_error_with_its_place() {
    let model = Model::new();
    let bad = [
        ("-0.30", 1, 1, "begins with a heading"),
        ("[is.nothing]", 1, 1, "no feature"),
        ("[is.aux", 1, 1, "no feature"),
        ("[end]\n-2.27\n\n[end.commas]\nADJ 0 1 -0.28", 5, 5, "`no-comma`, `one-comma`, `commas`"),
        ("[end.commas]\nADJ no-comma 1 -0.28", 2, 14, "`no-verb`, `one-verb`, `verbs`"),
        ("[end.commas]\nADJ one-verb no-comma -0.28", 2, 5, "`no-comma`"),
        ("[end.commas]\nADJ three-commas verbs -0.28", 2, 5, "`no-comma`"),
        ("[end.commas]\nADJS commas verbs -0.28", 2, 1, "a primary tag"),
        ("[end.commas]\nadj commas verbs -0.28", 2, 1, "a primary tag"),
        ("[end.commas]\n 1 commas verbs -0.28", 2, 1, "a primary tag"),
        ("[end.commas]\nADJ  commas verbs -0.28", 2, 5, "`no-comma`"),
        ("[end.commas]\nADJ commas -0.28", 2, 12, "has more values"),
        ("[end.commas]\nADJ commas verbs", 2, 12, "has more values"),
        ("[end.commas]\nADJ commas verbs ADJ -0.28", 2, 18, "a number"),
        ("[end.commas]\nADJ commas verbs -0.28 ", 2, 18, "a number"),
        ("[end.commas]\nADJ commas verbs NaN", 2, 18, "a number"),
        ("[end.commas]\nADJ commas verbs 327.69", 2, 18, "a number"),
        ("[end.commas]\nADJ commas verbs --1", 2, 18, "a number"),
        ("[end.commas]\nADJ commas verbs ", 2, 18, "a number"),
        ("[is.aux]\n2 5 -0.30", 2, 1, "`none`, or some of `not`, `modal`, `be`, `to`, `have`"),
        ("[is.aux]\nmodal+be 4 -0.30", 2, 10, "a class of cues"),
        ("[is.aux]\nmodal+be say -0.30", 2, 10, "a class of cues"),
        ("[is.aux]\nbe+modal SAY -0.30", 2, 1, "in this order"),
        ("[is.aux]\nbe+be SAY -0.30", 2, 1, "in this order"),
        ("[is.rule.length]\nadjective 9 -0.30", 2, 11, "`9-13`"),
        ("[is.rule.length]\nadjective no-source -0.30", 2, 11, "`9-13`"),
        ("[is.rule.gap]\nadjective none -0.30", 2, 11, "`no-source`"),
        ("[is.end]\n110% adjective -0.30", 2, 1, "`100%`"),
        ("[end.word]\ncafé 3 0.10", 2, 6, "`no-verb`"),
    ];
    for (table, line, column, message) in bad {
        for table in [table.to_owned(), format!("{table}\n"), table.replace('\n', "\r\n")] {
            let error = model.read(&table).expect_err(&table);
            assert_eq!((error.line(), error.column()), (line, column), "{table:?}: {error}");
            assert!(error.to_string().contains(message), "{table:?}: {error}");
        }
    }
}

#[test]
fn what_a_caller_may_have_added_is_passed_over() {
    let model = Model::new();
    let other =
        "[end.word]\nxyzzy verbs 0.50\n[is.rule]\nmy-rule 0.50\n[is.aux]\nmodal SNARKS 0.50\nmodal SNARK 0.25\n";
    let weights = model.read(other).unwrap();
    assert_eq!(text(&model.entries(&weights)), "\n[is.aux]\nmodal SNARK 0.25\n");
}

#[test]
fn weights_are_read_in_any_shape() {
    let model = Model::new();
    let shapes = [
        ("-0.32", -32),
        ("1.25", 125),
        ("-9.99", -999),
        ("0.05", 5),
        ("-12.5", -1250),
        ("3", 300),
        ("0.125", 13),
        ("1e1", 1000),
        ("-300", -30000),
    ];
    for (written, weight) in shapes {
        for end in ["", "\n", "\r\n", "\n# comment", "\n\n[is.aux]"] {
            let weights = model.read(&format!("# comment\n\n[end]\n{written}{end}")).unwrap();
            let lines = BTreeMap::from([(String::new(), weight)]);
            assert_eq!(model.entries(&weights), BTreeMap::from([("end".to_owned(), lines)]), "{written}{end:?}");
        }
    }
}

#[test]
fn names_of_values_are_words_and_differ() {
    let model = Model::new();
    for kind in FEATURES.iter().flat_map(|feature| feature.kinds) {
        let mut seen = BTreeSet::new();
        let is_word =
            |name: &str| !name.is_empty() && !name.contains([' ', '\n', '\r']) && !name.starts_with(['[', '#']);
        for index in 0..kind.count(&model.lexicon, model.rules.len()) {
            let name = kind.name(index as u16, &model.lexicon, &model.rules);
            assert!(is_word(&name) && seen.insert(name.clone()), "{kind:?}: {name}");
        }
    }
}

#[test]
fn features_differ_by_name_and_fit_their_declaration() {
    let names: BTreeSet<&str> = FEATURES.iter().map(|feature| feature.name).collect();
    assert_eq!(names.len(), FEATURES.len());
    // Kinds that are the same by name have the same values.
    let kinds: Vec<ValueKind> = FEATURES.iter().flat_map(|feature| feature.kinds).copied().collect();
    for (one, other) in kinds.iter().flat_map(|one| kinds.iter().map(move |other| (one, other))) {
        assert_eq!(one.is(*other), format!("{one:?}") == format!("{other:?}"), "{one:?} {other:?}");
    }
}

/// The name of a value of a fixed kind.
fn name<V: Value>(value: V) -> String {
    assert!(V::KIND.fixed_count().is_some_and(|count| usize::from(value.index()) < count));
    V::KIND.name(value.index(), &Lexicon::default(), &[""; 0]).into_owned()
}

#[test]
fn a_value_has_the_name_of_its_bucket() {
    let lengths =
        [(0, "0"), (1, "1"), (3, "3"), (4, "4-5"), (5, "4-5"), (6, "6-8"), (8, "6-8"), (9, "9-13"), (13, "9-13")];
    let long = [(14, "14-22"), (22, "14-22"), (23, "23+"), (24, "23+"), (usize::MAX, "23+")];
    for (tokens, expected) in lengths.into_iter().chain(long) {
        assert_eq!(name(Length::of(tokens)), expected);
        assert_eq!(name(GapValue(Some(Length::of(tokens)))), expected);
    }
    assert_eq!(name(GapValue(None)), "no-source");
    let shares = [(0.0, "0-9%"), (0.0999, "0-9%"), (0.55, "50-59%"), (0.95, "90-99%"), (1.0, "100%")];
    for (share, expected) in shares {
        assert_eq!(name(Certainty::of(Probability::new(share))), expected, "{share}");
    }
    for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
        assert_eq!(name(kind), kind.name());
    }
}

#[test]
fn counts_end_at_several() {
    let (mut verbs, mut commas) = (Verbs::None, Commas::None);
    for (count, expected) in
        [("no-verb", "no-comma"), ("one-verb", "one-comma"), ("verbs", "commas")].into_iter().enumerate()
    {
        assert_eq!((name(verbs), name(commas)), (expected.0.to_owned(), expected.1.to_owned()));
        assert_eq!((verbs.and(false), commas.and(false)), (verbs, commas));
        assert_eq!(Verbs::of(count), verbs);
        (verbs, commas) = (verbs.and(true), commas.and(true));
    }
    assert_eq!((verbs, commas, Verbs::of(70_000)), (Verbs::Several, Commas::Several, Verbs::Several));
}

#[test]
fn flags_are_named_one_by_one() {
    assert_eq!(name(Helpers::of(TagSet::NONE)), "none");
    assert_eq!(name(Helpers::of(TagSet::BE | TagSet::MODAL | TagSet::NOUN)), "modal+be");
    assert_eq!(name(Helpers::of(TagSet(u64::MAX))), "not+modal+be+to+have");
    assert_eq!(name(SourceForm::of(TagSet::COMMA | TagSet::PAST)), "verb+comma");
    assert_eq!(name(SourceForm::of(TagSet(u64::MAX))), "verb+and+comma+who");
    assert_eq!(Relative::None.at_verb(), None);
}
