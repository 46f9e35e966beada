//! Where weights lie: those of all features about one rule, group or word side by side.

use super::{FEATURES, Value};
use crate::token::Class;

/// What the weights of a feature are kept by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// The feature is about no rule, group or word.
    Nothing,
    Rule,
    Group,
    Anchor,
    Head,
    Word,
    /// By nothing: few of many values have a weight.
    Rare,
}

/// Where the weights of one feature lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plane {
    pub(super) axis: Axis,
    /// Which of its values the row is that of, if it has rows.
    by: Option<usize>,
    /// Where in a row its weights begin.
    start: usize,
    /// How far apart in a row the weights of neighbouring values are.
    strides: [usize; 3],
    /// How many there are in a row.
    size: usize,
}

/// Features with more weights in a row than this are rare.
const LONGEST: usize = 1 << 14;

/// One for each feature.
pub(super) const PLANES: [Plane; FEATURES.len()] = {
    let mut planes = [Plane { axis: Axis::Rare, by: None, start: 0, strides: [0; 3], size: 0 }; FEATURES.len()];
    let mut number = 0;
    while number < FEATURES.len() {
        planes[number] = plane(FEATURES[number].1);
        let mut before = 0;
        while before < number {
            if planes[before].axis as u8 == planes[number].axis as u8 {
                planes[number].start += planes[before].size;
            }
            before += 1;
        }
        number += 1;
    }
    planes
};

/// The plane of a feature with these values, as if it were the first of its axis.
const fn plane(values: &[Value]) -> Plane {
    let mut plane = Plane { axis: Axis::Nothing, by: None, start: 0, strides: [0; 3], size: 1 };
    let mut place = values.len();
    while place > 0 {
        place -= 1;
        let axis = match values[place] {
            Value::Kind | Value::Number(_) => {
                plane.strides[place] = plane.size;
                plane.size *= match values[place] {
                    Value::Number(limit) => limit as usize,
                    _ => Class::KINDS,
                };
                continue;
            }
            Value::Anchor => Axis::Anchor,
            Value::Head => Axis::Head,
            Value::Word => Axis::Word,
            Value::Rule => Axis::Rule,
            Value::Group => Axis::Group,
        };
        // Of two that could have rows neither has.
        plane.axis = if plane.by.is_none() { axis } else { Axis::Rare };
        plane.by = Some(place);
    }
    if plane.size > LONGEST {
        plane.axis = Axis::Rare;
    }
    plane
}

impl Axis {
    /// How many weights a row has.
    pub(super) const fn width(self) -> usize {
        let mut width = 0;
        let mut number = 0;
        while number < PLANES.len() {
            if PLANES[number].axis as u8 == self as u8 {
                width += PLANES[number].size;
            }
            number += 1;
        }
        width
    }
}

impl Plane {
    /// Which row the weight of these values is in.
    #[inline(always)]
    fn row(&self, values: [u16; 3]) -> usize {
        self.by.map_or(0, |place| usize::from(values[place]))
    }

    /// Where in its row.
    #[inline(always)]
    fn place(&self, values: [u16; 3]) -> usize {
        let [first, second, third] = values.map(usize::from);
        self.start + first * self.strides[0] + second * self.strides[1] + third * self.strides[2]
    }
}

/// The weights of all features that are kept by the same.
#[derive(Clone, Debug)]
pub(super) struct Rows<const WIDTH: usize> {
    /// The number of each one's row; the first row is for those without weights.
    numbers: Vec<u16>,
    rows: Vec<[i16; WIDTH]>,
}

impl<const WIDTH: usize> Default for Rows<WIDTH> {
    fn default() -> Rows<WIDTH> {
        Rows::new(0, 0)
    }
}

impl<const WIDTH: usize> Rows<WIDTH> {
    /// For so many rules, groups or words, and room for the rows of some of them.
    pub(super) fn new(count: usize, room: usize) -> Rows<WIDTH> {
        let mut rows = Vec::with_capacity(1 + room);
        rows.push([0; WIDTH]);
        Rows { numbers: vec![0; count], rows }
    }

    #[inline(always)]
    pub(super) fn get(&self, plane: &Plane, values: [u16; 3]) -> i16 {
        self.rows[usize::from(self.numbers[plane.row(values)])][plane.place(values)]
    }

    #[inline]
    pub(super) fn set(&mut self, plane: &Plane, values: [u16; 3], weight: i16) {
        let Some(number) = self.numbers.get_mut(plane.row(values)) else { return };
        if *number == 0 {
            *number = self.rows.len() as u16;
            self.rows.push([0; WIDTH]);
        }
        if let Some(place) = self.rows[usize::from(*number)].get_mut(plane.place(values)) {
            *place = weight;
        }
    }
}
