//! The table of weights: from its text to memory.

use super::feature::{FEATURES, Feature};
use super::kind::{ABSENT, ValueKind};
use super::layout::{Dense, FeatureKey, LAYOUTS};
use super::sparse::Sparse;
use super::{Beside, LEAST_END, Verbs, Weights};
use crate::error::{self, Kind, Problem};
use crate::lexicon::{CueClass, Lexicon};
use crate::probability::Probability;
use crate::rules::program::Rule;
use crate::token::PrimaryTag;
use memchr::memchr_iter;
use rustc_hash::FxHashMap;

impl Weights {
    /// Reads a table: headings `[feature]`, below them one line for each combination of values that has a weight: the
    /// names of the values, then the weight; `#` begins a comment. Lines about words, rules or classes of cues that are
    /// not there are passed over: the table may have been learned with rules or words of a caller.
    pub(crate) fn read(text: &str, lexicon: &Lexicon, rules: &[Rule]) -> Result<Weights, Problem> {
        let mut weights = Weights::empty(lexicon, rules);
        let mut names = ValueNames::new(lexicon, rules);
        let mut heading: Option<WeightHeading<'_>> = None;
        for (index, line) in lines(text).enumerate() {
            let fail = |(kind, piece): Fault<'_>| error::Line { number: index + 1, text: line }.problem(kind, piece);
            match line.as_bytes().first() {
                None | Some(b'#') => {}
                Some(b'[') => heading = Some(names.heading(line).ok_or_else(|| fail((Kind::Feature, line)))?),
                Some(_) => {
                    let heading = heading.as_mut().ok_or_else(|| fail((Kind::NoFeature, line)))?;
                    let (values, rest) = names.values(heading, line).map_err(fail)?;
                    let weight = hundredths(rest).ok_or_else(|| fail((Kind::Weight, rest)))?;
                    if let Some(values) = values {
                        weights.set(heading.feature, values, weight);
                    }
                }
            }
        }
        weights.answer_end_gate();
        Ok(weights)
    }

    /// A table of no weights.
    fn empty(lexicon: &Lexicon, rules: &[Rule]) -> Weights {
        let classes = CueClass::count(lexicon);
        // About one word in sixteen has weights.
        let (words, some) = (lexicon.len(), lexicon.len() / 16);
        Weights {
            plain: Dense::new(1, 1),
            rules: Dense::new(rules.len(), rules.len()),
            classes: Dense::new(classes, classes),
            anchors: Dense::new(words, some),
            heads: Dense::new(words, some),
            words: Dense::new(words, some),
            sparse: Sparse::default(),
            offsets: rules.iter().map(|rule| Probability::new(rule.score).logit()).collect(),
            ends: Default::default(),
        }
    }

    fn set(&mut self, feature: usize, values: [u16; 3], weight: i16) {
        let layout = &LAYOUTS[feature];
        match layout.key {
            FeatureKey::None => self.plain.set(layout, values, weight),
            FeatureKey::Rule => self.rules.set(layout, values, weight),
            FeatureKey::CueClass => self.classes.set(layout, values, weight),
            FeatureKey::Anchor => self.anchors.set(layout, values, weight),
            FeatureKey::Head => self.heads.set(layout, values, weight),
            FeatureKey::Word => self.words.set(layout, values, weight),
            FeatureKey::Sparse => self.sparse.set(Feature::new(feature, values), weight),
        }
    }

    /// Computes the answers of the gate of ends for everything it could be asked.
    fn answer_end_gate(&mut self) {
        let passes = |prev, verbs, next: PrimaryTag| {
            let place = Beside { prev, next, verbs };
            u64::from(place.emit(self.scorer()).total >= LEAST_END) << next.number()
        };
        let behind = |prev, verbs| PrimaryTag::all().map(|next| passes(prev, verbs, next)).sum();
        self.ends = Verbs::ALL.map(|verbs| PrimaryTag::all().map(|prev| behind(prev, verbs)).collect());
    }
}

/// The lines of a text: [`str::lines`] takes three times as long.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    let mut start = 0;
    ends.map(move |end| {
        let line = &text[start..end];
        start = end + 1;
        line.strip_suffix('\r').unwrap_or(line)
    })
}

/// What stands before the first space of a line, and what behind it.
#[inline]
fn split_word(line: &str) -> Option<(&str, &str)> {
    let space = line.bytes().position(|byte| byte == b' ')?;
    Some((&line[..space], &line[space + 1..]))
}

/// A weight in hundredths.
#[inline]
fn hundredths(text: &str) -> Option<i16> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    // As the table is written: -1.25
    if let [whole @ b'0'..=b'9', b'.', tenth @ b'0'..=b'9', hundredth @ b'0'..=b'9'] = *digits.as_bytes() {
        let [whole, tenth, hundredth] = [whole, tenth, hundredth].map(|digit| i16::from(digit - b'0'));
        return Some(sign * (whole * 100 + tenth * 10 + hundredth));
    }
    const MOST: f32 = 300.0;
    let weight: f32 = text.parse().ok()?;
    (weight.abs() <= MOST).then(|| (weight * 100.0).round() as i16)
}

/// What is wrong in a line, and the piece that is.
type Fault<'t> = (Kind, &'t str);

/// Names and what they stand for.
type NameTable = FxHashMap<Box<str>, u16>;

/// What the names in a table stand for.
struct ValueNames<'t> {
    lexicon: &'t Lexicon,
    rules: Vec<&'t str>,
    /// Those of all kinds of values but words.
    tables: Vec<(ValueKind, NameTable)>,
}

/// The feature whose weights are read, and the last value in each place: lines are sorted, so the next value in a place
/// is often the same.
struct WeightHeading<'t> {
    feature: usize,
    places: Vec<LinePlace<'t>>,
}

struct LinePlace<'t> {
    kind: ValueKind,
    /// Which of the tables of names, if the kind has one.
    table: Option<usize>,
    name: &'t str,
    value: Option<u16>,
}

impl<'t> ValueNames<'t> {
    fn new(lexicon: &'t Lexicon, rules: &'t [Rule]) -> ValueNames<'t> {
        ValueNames { lexicon, rules: rules.iter().map(|rule| rule.name.as_str()).collect(), tables: Vec::new() }
    }

    fn heading(&mut self, line: &str) -> Option<WeightHeading<'t>> {
        let name = line.strip_prefix('[')?.strip_suffix(']')?;
        let feature = FEATURES.iter().position(|feature| feature.name == name)?;
        let place = |&kind| LinePlace { kind, table: self.table(kind), name: "", value: None };
        Some(WeightHeading { feature, places: FEATURES[feature].kinds.iter().map(place).collect() })
    }

    /// Which table has the names of a kind of value; words have none.
    fn table(&mut self, kind: ValueKind) -> Option<usize> {
        if matches!(kind, ValueKind::Anchor | ValueKind::Head | ValueKind::Word) {
            return None;
        }
        let known = self.tables.iter().position(|(known, _)| known.is(kind));
        Some(known.unwrap_or_else(|| {
            let count = kind.count(self.lexicon, self.rules.len());
            let name = |index| kind.name(index, self.lexicon, &self.rules);
            self.tables.push((kind, (0..count as u16).map(|index| (name(index).as_ref().into(), index)).collect()));
            self.tables.len() - 1
        }))
    }

    /// The values of a line, and what is left of it. Instead of the values `None` if one of them is not there; an error
    /// if it could not be.
    #[inline]
    fn values(&self, heading: &mut WeightHeading<'t>, line: &'t str) -> Result<(Option<[u16; 3]>, &'t str), Fault<'t>> {
        let (mut values, mut all_known, mut rest) = ([0; 3], true, line);
        for (place, value) in heading.places.iter_mut().zip(&mut values) {
            let same = rest.strip_prefix(place.name).and_then(|behind| behind.strip_prefix(' '));
            let behind = match same.filter(|_| !place.name.is_empty()) {
                Some(behind) => behind,
                None => {
                    let (name, behind) = split_word(rest).ok_or((Kind::FeatureValues, rest))?;
                    let value = self.value(place, name);
                    place.value = value.ok_or_else(|| (Kind::FeatureValue(place.kind.expected()), name))?;
                    place.name = name;
                    behind
                }
            };
            all_known &= place.value.is_some();
            *value = place.value.unwrap_or_default();
            rest = behind;
        }
        Ok((all_known.then_some(values), rest))
    }

    /// What a name stands for, `Some(None)` if it may stand for something of a caller's, `None` if it is wrong.
    #[inline]
    fn value(&self, place: &LinePlace<'_>, name: &str) -> Option<Option<u16>> {
        let Some(table) = place.table else {
            let entry = self.lexicon.find(name);
            return Some((entry != 0 || name == ABSENT).then_some(entry));
        };
        let value = self.tables[table].1.get(name).copied();
        let may_be_unknown = match place.kind {
            _ if value.is_some() => true,
            ValueKind::Rule => true,
            ValueKind::CueClass => Lexicon::may_be_group(name),
            _ => false,
        };
        may_be_unknown.then_some(value)
    }
}
