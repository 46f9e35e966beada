//! Tables.

use crate::page::KINDS;
use crate::score::{Row, Scores, share};
use std::io::{self, Write};

/// Prints the figures; of the tags, those that begin with `tags`.
pub(crate) fn report(out: &mut dyn Write, scores: &Scores, tags: &str) -> io::Result<()> {
    let plural = if scores.documents == 1 { "" } else { "s" };
    writeln!(out, "{} document{plural}\n", scores.documents)?;
    writeln!(
        out,
        "{:24}{:>8}{:>8}  {:^18} {:^18} {:^18} {:^18}",
        "", "", "", "strict", "soft", "linked .8", "linked .5"
    )?;
    let rates = "    P     R    F1 ";
    writeln!(out, "{:24}{:>8}{:>8}  {rates} {rates} {rates} {rates}", "", "marked", "found")?;
    row(out, "all", &scores.all, scores.sources, false)?;
    for (kind, counts) in KINDS.iter().zip(&scores.kinds) {
        row(out, kind.name(), counts, scores.sources, false)?;
    }
    for (tag, counts) in scores.tags.iter().filter(|(tag, _)| tag.starts_with(tags)) {
        row(out, tag, counts, scores.sources, true)?;
    }
    let (runs, speakers) = (&scores.runs, &scores.speakers);
    if scores.sources && runs.marked > 0 {
        writeln!(
            out,
            "\nquoted strings of four words or more: {}, right source {}, source given {}, right of given {}",
            runs.marked,
            percent(share(runs.right as f64, runs.marked)).trim(),
            percent(share(runs.answered as f64, runs.marked)).trim(),
            percent(share(runs.right as f64, runs.answered)).trim(),
        )?;
    }
    if speakers.marked > 0 {
        writeln!(
            out,
            "\nspeakers: {}, right {}, covered {}, named {}, right of covered {}, right of named {}",
            speakers.marked,
            percent(share(speakers.right as f64, speakers.marked)).trim(),
            percent(share(speakers.covered as f64, speakers.marked)).trim(),
            percent(share(speakers.named as f64, speakers.covered)).trim(),
            percent(share(speakers.right as f64, speakers.covered)).trim(),
            percent(share(speakers.right as f64, speakers.named)).trim(),
        )?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, name: &str, row: &Row, sources: bool, recall_only: bool) -> io::Result<()> {
    let found = if recall_only { "-".to_owned() } else { row.found.to_string() };
    write!(out, "{name:24}{:>8}{found:>8}  ", row.marked)?;
    for (right, known) in [(row.strict, true), (row.soft, true), (row.linked80, sources), (row.linked50, sources)] {
        let rates = row.rates(right);
        let cell = |value: f64, shown: bool| if known && shown { percent(value) } else { "    -".to_owned() };
        let both = !recall_only;
        write!(out, "{} {} {}  ", cell(rates.precision, both), cell(rates.recall, true), cell(rates.f1, both))?;
    }
    writeln!(out)
}

/// A share as a percentage, five letters wide.
pub(crate) fn percent(share: f64) -> String {
    format!("{:5.1}", 100.0 * share)
}
