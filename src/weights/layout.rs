//! Where weights are stored: those of all features with the same key in one row.

use super::feature::{Declaration, FEATURES};
use super::kind::ValueKind;

/// Which value of a feature selects the row that its weights are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FeatureKey {
    /// The weights have no key: one row holds them all.
    None,
    Rule,
    CueClass,
    Anchor,
    Head,
    Word,
    /// The weights are in a hash table: of many combinations of values few have one.
    Sparse,
}

/// Where the weights of one feature are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) key: FeatureKey,
    /// Which of the values is the key.
    key_place: Option<usize>,
    /// Where in a row its weights begin.
    start: usize,
    /// How far apart in a row the weights of neighbouring values are.
    strides: [usize; 3],
    /// How many there are in a row.
    size: usize,
}

/// Features with more weights in a row than this are sparse.
const LONGEST: usize = 1 << 14;

/// One for each feature.
pub(super) const LAYOUTS: [Layout; FEATURES.len()] = {
    let mut layouts =
        [Layout { key: FeatureKey::Sparse, key_place: None, start: 0, strides: [0; 3], size: 0 }; FEATURES.len()];
    let mut id = 0;
    while id < FEATURES.len() {
        layouts[id] = layout(&FEATURES[id]);
        let mut before = 0;
        while before < id {
            if layouts[before].key as u8 == layouts[id].key as u8 {
                layouts[id].start += layouts[before].size;
            }
            before += 1;
        }
        id += 1;
    }
    layouts
};

/// The layout of a feature as if it were the first with its key.
const fn layout(feature: &Declaration) -> Layout {
    let mut layout = Layout { key: FeatureKey::None, key_place: None, start: 0, strides: [0; 3], size: 1 };
    let mut place = feature.kinds.len();
    while place > 0 {
        place -= 1;
        let kind = feature.kinds[place];
        if let Some(count) = kind.fixed_count() {
            layout.strides[place] = layout.size;
            layout.size *= count;
            continue;
        }
        let key = match kind {
            ValueKind::Anchor => FeatureKey::Anchor,
            ValueKind::Head => FeatureKey::Head,
            ValueKind::Word => FeatureKey::Word,
            ValueKind::Rule => FeatureKey::Rule,
            ValueKind::CueClass => FeatureKey::CueClass,
            ValueKind::PrimaryTag | ValueKind::Named(..) | ValueKind::Flags(..) => panic!("their count is fixed"),
        };
        // An array has one key: with two values that could be it, the feature goes into the hash table.
        layout.key = if layout.key_place.is_none() { key } else { FeatureKey::Sparse };
        layout.key_place = Some(place);
    }
    if layout.size > LONGEST {
        layout.key = FeatureKey::Sparse;
    }
    layout
}

impl FeatureKey {
    /// How many weights a row has.
    pub(super) const fn width(self) -> usize {
        let mut width = 0;
        let mut id = 0;
        while id < LAYOUTS.len() {
            if LAYOUTS[id].key as u8 == self as u8 {
                width += LAYOUTS[id].size;
            }
            id += 1;
        }
        width
    }
}

impl Layout {
    /// The key that the weight of these values has.
    #[inline(always)]
    fn key_of(&self, values: [u16; 3]) -> usize {
        self.key_place.map_or(0, |place| usize::from(values[place]))
    }

    /// Its place in the row.
    #[inline(always)]
    fn place(&self, values: [u16; 3]) -> usize {
        let [first, second, third] = values.map(usize::from);
        self.start + first * self.strides[0] + second * self.strides[1] + third * self.strides[2]
    }
}

/// The weights of all features with one kind of key.
#[derive(Clone, Debug)]
pub(super) struct Dense<const WIDTH: usize> {
    /// The number of each key's row; row 0 is shared by those without weights.
    numbers: Vec<u16>,
    rows: Vec<[i16; WIDTH]>,
}

impl<const WIDTH: usize> Default for Dense<WIDTH> {
    fn default() -> Dense<WIDTH> {
        Dense::new(0, 0)
    }
}

impl<const WIDTH: usize> Dense<WIDTH> {
    /// For so many keys, with room for the rows of some of them.
    pub(super) fn new(keys: usize, room: usize) -> Dense<WIDTH> {
        let mut rows = Vec::with_capacity(1 + room);
        rows.push([0; WIDTH]);
        Dense { numbers: vec![0; keys], rows }
    }

    #[inline(always)]
    pub(super) fn get(&self, layout: &Layout, values: [u16; 3]) -> i16 {
        self.rows[usize::from(self.numbers[layout.key_of(values)])][layout.place(values)]
    }

    #[inline]
    pub(super) fn set(&mut self, layout: &Layout, values: [u16; 3], weight: i16) {
        let number = &mut self.numbers[layout.key_of(values)];
        if *number == 0 {
            *number = self.rows.len() as u16;
            self.rows.push([0; WIDTH]);
        }
        self.rows[usize::from(*number)][layout.place(values)] = weight;
    }
}

#[cfg(test)]
impl<const WIDTH: usize> Dense<WIDTH> {
    /// The values of a feature that have a weight, of so many values in each place.
    pub(super) fn entries(&self, layout: &Layout, counts: [u16; 3]) -> Vec<([u16; 3], i16)> {
        let mut entries = Vec::new();
        let indices = |place: usize| {
            (0..counts[place])
                .filter(move |&index| layout.key_place != Some(place) || self.numbers[usize::from(index)] != 0)
        };
        for first in indices(0) {
            for second in indices(1) {
                let all = indices(2).map(|third| [first, second, third]);
                entries.extend(all.map(|values| (values, self.get(layout, values))).filter(|entry| entry.1 != 0));
            }
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::{FeatureKey, LAYOUTS};
    use crate::weights::feature::{FEATURES, Feature};
    use std::collections::{BTreeMap, HashSet};

    /// All combinations of these many values.
    fn combinations(counts: &[usize]) -> Vec<[u16; 3]> {
        let mut all = vec![[0; 3]];
        for (place, &count) in counts.iter().enumerate() {
            let with = |values: &[u16; 3], value: usize| {
                let mut values = *values;
                values[place] = value as u16;
                values
            };
            all = all.iter().flat_map(|values| (0..count).map(move |value| with(values, value))).collect();
        }
        all
    }

    #[test]
    fn no_two_values_share_a_weight() {
        // Rows of different keys are different, so one key tells all, and a second one that rows are told apart.
        let mut taken: BTreeMap<u8, Vec<bool>> = BTreeMap::new();
        for (id, layout) in LAYOUTS.iter().enumerate().filter(|(_, layout)| layout.key != FeatureKey::Sparse) {
            let row = taken.entry(layout.key as u8).or_insert_with(|| vec![false; layout.key.width()]);
            let counts: Vec<usize> = FEATURES[id].kinds.iter().map(|kind| kind.fixed_count().unwrap_or(2)).collect();
            for values in combinations(&counts) {
                let key = layout.key_of(values);
                assert!(key < 2 && layout.key_place.is_none_or(|place| key == usize::from(values[place])));
                if key == 0 {
                    let place = layout.place(values);
                    assert!(!row[place], "{} {values:?}", FEATURES[id].name);
                    row[place] = true;
                }
            }
        }
        assert!(taken.values().flatten().all(|taken| *taken), "a row has places of no feature");
        assert_eq!(taken.len(), 6);
    }

    #[test]
    fn a_packed_feature_is_like_no_other() {
        let mut seen = HashSet::new();
        for (id, declaration) in FEATURES.iter().enumerate() {
            let ends = [0, 1, 44, 255, 256, u16::MAX];
            let counts: Vec<usize> = declaration.kinds.iter().map(|_| ends.len()).collect();
            for places in combinations(&counts) {
                let mut values = places;
                for place in 0..counts.len() {
                    values[place] = ends[usize::from(places[place])];
                }
                let feature = Feature::new(id, values);
                assert!(feature.0 != 0 && seen.insert(feature));
                assert_eq!((feature.id(), feature.values()), (id, values));
            }
        }
    }
}
