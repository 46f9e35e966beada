//! Score → confidence: the measured share of right answers among quotations of the same kind and score.

use crate::error::{Kind, Line, Problem};
use crate::quote::{Origin, QuoteKind};

/// A curve for each kind of quotation, and for sieves that have one of their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Curves {
    direct: Curve,
    mixed: Curve,
    indirect: Curve,
    sieves: Vec<(Box<str>, Curve)>,
}

/// Scores and shares, both rising; without any the share is the score.
#[derive(Clone, Debug, Default)]
struct Curve(Vec<(f32, f32)>);

impl Curves {
    /// Reads a table: headings, `[direct]` or `[inherited]`, below them a score and a share a line; `#` begins a
    /// comment.
    pub(crate) fn read(text: &str) -> Result<Curves, Problem> {
        let mut curves = Curves::default();
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
            let curve = curves.named(heading.ok_or_else(|| fail(Kind::NoCurve))?);
            let point = line.split_once(' ').and_then(|(score, share)| Some((share_of(score)?, share_of(share)?)));
            let rises = |point: &(f32, f32)| curve.0.last().is_none_or(|last| last.0 < point.0 && last.1 <= point.1);
            curve.0.push(point.filter(rises).ok_or_else(|| fail(Kind::CurvePoint))?);
        }
        Ok(curves)
    }

    fn named(&mut self, name: &str) -> &mut Curve {
        match name {
            "direct" => &mut self.direct,
            "mixed" => &mut self.mixed,
            "indirect" => &mut self.indirect,
            _ => {
                let known = self.sieves.iter().position(|(sieve, _)| **sieve == *name);
                let index = known.unwrap_or(self.sieves.len());
                if known.is_none() {
                    self.sieves.push((name.into(), Curve::default()));
                }
                &mut self.sieves[index].1
            }
        }
    }

    /// The confidence of a quotation, by its score. That of a sieve without a curve is its score.
    pub(crate) fn confidence(&self, rule: Origin, kind: QuoteKind, score: f32) -> f32 {
        self.of(rule, kind).map_or(score, |curve| curve.at(score))
    }

    fn of(&self, rule: Origin, kind: QuoteKind) -> Option<&Curve> {
        match rule {
            Origin::Sieve(name) => self.sieves.iter().find(|(sieve, _)| **sieve == *name).map(|(_, curve)| curve),
            Origin::Rule(_) => Some(self.of_kind(kind)),
        }
    }

    fn of_kind(&self, kind: QuoteKind) -> &Curve {
        match kind {
            QuoteKind::Direct => &self.direct,
            QuoteKind::Mixed => &self.mixed,
            QuoteKind::Indirect => &self.indirect,
        }
    }
}

impl Curve {
    /// The share at a score: that of the line between the points around it, flat outside.
    fn at(&self, score: f32) -> f32 {
        let after = self.0.partition_point(|point| point.0 < score);
        match (after.checked_sub(1).map(|before| self.0[before]), self.0.get(after)) {
            (Some(before), Some(after)) => before.1 + (after.1 - before.1) * (score - before.0) / (after.0 - before.0),
            (Some((_, share)), None) | (None, Some(&(_, share))) => share,
            (None, None) => score,
        }
    }
}

fn share_of(word: &str) -> Option<f32> {
    word.parse().ok().filter(|share| (0.0..=1.0).contains(share))
}

#[cfg(test)]
mod tests {
    use super::Curves;
    use crate::quote::{Origin, QuoteKind};

    #[test]
    fn between_points_the_share_rises_evenly() {
        let curves = Curves::read("# counted\n[direct]\n0.5 0.4\n0.9 0.8\n\n[guess]\n0.7 0.1\n").unwrap();
        for (score, share) in [(0.1, 0.4), (0.5, 0.4), (0.6, 0.5), (0.9, 0.8), (1.0, 0.8)] {
            assert!((curves.direct.at(score) - share).abs() < 1e-6, "{score}");
        }
        let sieve = |name| curves.of(Origin::Sieve(name), QuoteKind::Direct).map(|curve| curve.at(0.7));
        assert!(sieve("guess").is_some_and(|share| (share - 0.1).abs() < 1e-6));
        assert_eq!(sieve("unattributed"), None);
        assert!((curves.of_kind(QuoteKind::Indirect).at(0.3) - 0.3).abs() < 1e-6);
    }

    #[test]
    fn a_table_that_cannot_be_read_names_its_line() {
        for (table, line) in [("0.5 0.4", 1), ("[direct]\n0.5 1.4", 2), ("[direct]\n0.5 0.4\n0.6 0.3", 3)] {
            assert_eq!(Curves::read(table).unwrap_err().line(), line, "{table}");
        }
    }

    #[test]
    fn the_table_can_be_read() {
        let curves = Curves::read(crate::lang::Language::english().calibration).unwrap();
        for kind in [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect] {
            assert!(curves.of_kind(kind).0.len() > 1, "{kind}");
        }
    }
}
