//! Calibration: score → confidence, the measured share of right answers among quotations of the same kind and score.

use crate::error::{Kind, Line, Problem};
use crate::probability::Probability;
use crate::quote::{Origin, QuoteKind};

/// The isotonic function of each kind of quotation, and of sieves that have one of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Calibration {
    direct: Isotonic,
    mixed: Isotonic,
    indirect: Isotonic,
    sieves: Vec<(Box<str>, Isotonic)>,
}

/// An isotonic function by its points: uncalibrated and calibrated probabilities, both rising. Without points it is the
/// identity.
#[derive(Clone, Debug, Default)]
struct Isotonic(Vec<(Probability, Probability)>);

impl Calibration {
    /// Reads a table: headings, `[direct]` or `[inherited]`, below them a score and a share a line, both probabilities;
    /// `#` begins a comment.
    pub(crate) fn read(text: &str) -> Result<Calibration, Problem> {
        let mut calibration = Calibration::default();
        let mut heading = None;
        for (index, line) in text.lines().enumerate() {
            let fail = |kind| Line { number: index + 1, text: line }.whole(kind);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                heading = Some(name);
                continue;
            }
            let function = calibration.named(heading.ok_or_else(|| fail(Kind::NoCurve))?);
            let point =
                line.split_once(' ').and_then(|(score, share)| Some((probability(score)?, probability(share)?)));
            let rises = |point: &(Probability, Probability)| {
                function.0.last().is_none_or(|last| last.0 < point.0 && last.1 <= point.1)
            };
            function.0.push(point.filter(rises).ok_or_else(|| fail(Kind::CurvePoint))?);
        }
        Ok(calibration)
    }

    fn named(&mut self, name: &str) -> &mut Isotonic {
        match name {
            "direct" => &mut self.direct,
            "mixed" => &mut self.mixed,
            "indirect" => &mut self.indirect,
            _ => {
                let known = self.sieves.iter().position(|(sieve, _)| **sieve == *name);
                let index = known.unwrap_or(self.sieves.len());
                if known.is_none() {
                    self.sieves.push((name.into(), Isotonic::default()));
                }
                &mut self.sieves[index].1
            }
        }
    }

    /// The confidence of a quotation, by its score. That of a sieve without a function is its score.
    pub(crate) fn confidence(&self, rule: Origin, kind: QuoteKind, score: Probability) -> Probability {
        self.of(rule, kind).map_or(score, |function| function.at(score))
    }

    fn of(&self, rule: Origin, kind: QuoteKind) -> Option<&Isotonic> {
        match rule {
            Origin::Sieve(name) => self.sieves.iter().find(|(sieve, _)| **sieve == *name).map(|(_, function)| function),
            Origin::Rule(_) => Some(self.of_kind(kind)),
        }
    }

    fn of_kind(&self, kind: QuoteKind) -> &Isotonic {
        match kind {
            QuoteKind::Direct => &self.direct,
            QuoteKind::Mixed => &self.mixed,
            QuoteKind::Indirect => &self.indirect,
        }
    }
}

impl Isotonic {
    /// The calibrated probability: linear between two points, constant outside.
    fn at(&self, score: Probability) -> Probability {
        let after = self.0.partition_point(|point| point.0 < score);
        match (after.checked_sub(1).map(|before| self.0[before]), self.0.get(after)) {
            (Some(before), Some(&after)) => {
                let [x, x0, y0, x1, y1] = [score, before.0, before.1, after.0, after.1].map(Probability::get);
                Probability::new(y0 + (y1 - y0) * (x - x0) / (x1 - x0))
            }
            (Some((_, share)), None) | (None, Some(&(_, share))) => share,
            (None, None) => score,
        }
    }
}

fn probability(word: &str) -> Option<Probability> {
    word.parse().ok().filter(|share| (0.0..=1.0).contains(share)).map(Probability::new)
}

#[cfg(test)]
mod tests {
    use super::{Calibration, Isotonic};
    use crate::probability::Probability;
    use crate::quote::{Origin, QuoteKind};

    fn at(function: &Isotonic, score: f32) -> f32 {
        function.at(Probability::new(score)).get()
    }

    #[test]
    fn between_points_the_share_rises_evenly() {
        let calibration = Calibration::read("# counted\n[direct]\n0.5 0.4\n0.9 0.8\n\n[guess]\n0.7 0.1\n").unwrap();
        for (score, share) in [(0.1, 0.4), (0.5, 0.4), (0.6, 0.5), (0.9, 0.8), (1.0, 0.8)] {
            assert!((at(&calibration.direct, score) - share).abs() < 1e-6, "{score}");
        }
        let sieve = |name| calibration.of(Origin::Sieve(name), QuoteKind::Direct).map(|function| at(function, 0.7));
        assert!(sieve("guess").is_some_and(|share| (share - 0.1).abs() < 1e-6));
        assert_eq!(sieve("unattributed"), None);
        assert!((at(calibration.of_kind(QuoteKind::Indirect), 0.3) - 0.3).abs() < 1e-6);
    }

    #[test]
    fn a_table_that_cannot_be_read_names_its_line() {
        for (table, line) in [("0.5 0.4", 1), ("[direct]\n0.5 1.4", 2), ("[direct]\n0.5 0.4\n0.6 0.3", 3)] {
            assert_eq!(Calibration::read(table).unwrap_err().line(), line, "{table}");
        }
    }

    #[test]
    fn the_table_can_be_read() {
        let calibration = Calibration::read(include_str!("lang/en/confidence.txt")).unwrap();
        for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
            assert!(calibration.of_kind(kind).0.len() > 1, "{kind}");
        }
    }
}
