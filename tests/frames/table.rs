//! The table of what became of the texts, frame by frame.

use super::judge::{Fate, Verdict};
use std::collections::BTreeMap;
use std::fmt;

/// What became of some texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    texts: usize,
    right: usize,
    /// Texts with an answer that belongs to no item.
    alarms: usize,
    sure: usize,
    wrong: usize,
    items: usize,
    fates: BTreeMap<Fate, usize>,
}

impl Row {
    fn add(&mut self, verdict: &Verdict) {
        self.texts += 1;
        self.right += usize::from(verdict.is_right());
        self.alarms += usize::from(verdict.extra > 0);
        self.sure += verdict.sure;
        self.wrong += verdict.wrong;
        self.items += verdict.items.len();
        verdict.items.iter().for_each(|fate| *self.fates.entry(*fate).or_default() += 1);
    }

    /// Texts in which everything is right, in per cent.
    pub(crate) fn share_right(&self) -> f64 {
        share(self.right, self.texts)
    }

    /// Of sure answers, those that are wrong, in per cent.
    pub(crate) fn share_wrong(&self) -> f64 {
        share(self.wrong, self.sure)
    }

    fn line(&self, name: &str) -> String {
        let cell = |part, all| if all == 0 { format!("{:>8}", "-") } else { format!("{:8.1}", share(part, all)) };
        let fates = Fate::ALL.map(|fate| cell(self.fates.get(&fate).copied().unwrap_or(0), self.items)).concat();
        let (right, alarms) = (cell(self.right, self.texts), cell(self.alarms, self.texts));
        format!("{name:28}{:7}{right} |{fates} |{alarms} |{}\n", self.texts, cell(self.wrong, self.sure))
    }
}

fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { 100.0 * part as f64 / all as f64 }
}

/// A row for each frame, one for those that count, and one for all.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The name of a frame, and whether it counts.
    rows: BTreeMap<(String, bool), Row>,
    pub(crate) counted: Row,
    all: Row,
}

impl Table {
    pub(crate) fn new<'v>(
        verdicts: impl Iterator<Item = (&'v str, &'v Verdict)>,
        counts: impl Fn(&str) -> bool,
    ) -> Table {
        let mut table = Table::default();
        for (name, verdict) in verdicts {
            let is_counted = counts(name);
            table.rows.entry((name.to_owned(), is_counted)).or_default().add(verdict);
            table.all.add(verdict);
            if is_counted {
                table.counted.add(verdict);
            }
        }
        table
    }

    /// The share of right texts of the frame that counts and has least of them.
    pub(crate) fn worst(&self) -> f64 {
        let counted = self.rows.iter().filter(|((_, is_counted), _)| *is_counted);
        counted.map(|(_, row)| row.share_right()).fold(100.0, f64::min)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fates = Fate::ALL.map(|fate| format!("{:>8}", format!("{fate:?}").to_lowercase())).concat();
        let mark = "* is not counted";
        writeln!(f, "{mark:28}{:>7}{:>8} |{fates} |{:>8} |{:>8}", "texts", "right", "alarm", "wrong")?;
        let mut rows: Vec<_> = self.rows.iter().collect();
        rows.sort_by(|one, other| one.1.share_right().total_cmp(&other.1.share_right()));
        for ((name, is_counted), row) in rows {
            f.write_str(&row.line(&format!("{name}{}", if *is_counted { "" } else { " *" })))?;
        }
        f.write_str(&self.counted.line("counted"))?;
        f.write_str(&self.all.line("all"))
    }
}
