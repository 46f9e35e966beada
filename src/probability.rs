//! Probabilities, and log-odds (logits), which are what scores add up.

use std::cmp::Ordering;
use std::ops::{Add, AddAssign};

/// How likely something is, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(crate) struct Probability(f32);

impl Probability {
    pub(crate) const ZERO: Probability = Probability(0.0);
    pub(crate) const ONE: Probability = Probability(1.0);
    /// Probabilities nearer to 0 or 1 than this have the logit of this one: it stays finite.
    const LEAST: f32 = 0.01;

    /// A constant of the crate, from 0 to 1.
    pub(crate) const fn of(share: f32) -> Probability {
        assert!(share >= 0.0 && share <= 1.0);
        Probability(share)
    }

    /// Clamped to the range from 0 to 1.
    #[inline]
    pub(crate) fn new(share: f32) -> Probability {
        Probability(share.clamp(0.0, 1.0))
    }

    #[inline]
    pub(crate) fn get(self) -> f32 {
        self.0
    }

    /// The order of all probabilities.
    #[inline]
    pub(crate) fn cmp_total(self, other: Probability) -> Ordering {
        self.0.total_cmp(&other.0)
    }

    pub(crate) fn logit(self) -> Logit {
        let share = self.0.clamp(Probability::LEAST, 1.0 - Probability::LEAST);
        Logit(((share / (1.0 - share)).ln() * 100.0).round() as i32)
    }
}

/// Log-odds in hundredths: the natural logarithm of `p / (1 - p)`, times 100. Whole numbers, so that a sum is the same on
/// every machine and in every order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Logit(pub(crate) i32);

impl Logit {
    /// The probability with these log-odds: the logistic function.
    #[inline]
    pub(crate) fn probability(self) -> Probability {
        Probability(1.0 / (1.0 + (-self.0 as f32 / 100.0).exp()))
    }
}

impl Add for Logit {
    type Output = Logit;
    #[inline]
    fn add(self, other: Logit) -> Logit {
        Logit(self.0 + other.0)
    }
}

impl AddAssign for Logit {
    #[inline]
    fn add_assign(&mut self, other: Logit) {
        self.0 += other.0;
    }
}

#[cfg(test)]
mod tests {
    use super::{Logit, Probability};

    #[test]
    fn logits_and_probabilities_are_inverse() {
        for hundredths in -459..=459 {
            assert_eq!(Logit(hundredths).probability().logit(), Logit(hundredths));
        }
        assert_eq!(Probability::new(0.5).logit(), Logit(0));
        assert_eq!(Probability::new(0.9).logit(), Logit(220));
    }

    #[test]
    fn the_ends_of_the_range_have_finite_logits() {
        assert_eq!(Probability::new(7.0), Probability::ONE);
        assert_eq!(Probability::new(-7.0).get(), 0.0);
        assert_eq!((Probability::ONE.logit(), Probability::new(0.0).logit()), (Logit(460), Logit(-460)));
    }

    #[test]
    fn logits_add_up() {
        let mut sum = Logit(-120) + Logit(20);
        sum += Logit(100);
        assert_eq!(sum, Logit::default());
    }
}
