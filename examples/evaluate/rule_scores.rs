//! How often each rule is right.
//!
//! What is counted are the quotations a rule is named for in the answer, after the choice among all proposals; a
//! quotation is right if it is linked to a marked attribution at .8. A rule's score is (right + 1) / (all + 2), so
//! that few examples do not make it sure. Sieves, such as `inherited`, are listed but have no score in a rule file.

use crate::page::{Item, Page};
use crate::pairs::pairs;
use crate::report::percent;
use crate::score::share;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub all: usize,
    pub right80: usize,
    pub right50: usize,
}

impl Count {
    /// The measured precision, smoothed.
    pub(crate) fn score(self) -> f64 {
        (self.right80 + 1) as f64 / (self.all + 2) as f64
    }
}

/// The counts of all rules.
#[derive(Debug, Default)]
pub(crate) struct RuleScores {
    rules: BTreeMap<String, Count>,
    marked: usize,
}

impl RuleScores {
    pub(crate) fn add(&mut self, page: &Page<'_>, found: &[Item]) {
        self.marked += page.marked.len();
        for item in found {
            self.rules.entry(item.rule.clone()).or_default().all += 1;
        }
        for pair in pairs(page, &page.marked, found) {
            let count = self.rules.entry(found[pair.found].rule.clone()).or_default();
            count.right80 += usize::from(pair.is_linked(0.8));
            count.right50 += usize::from(pair.is_linked(0.5));
        }
    }

    /// Prints a line for each rule, the most frequent first.
    pub(crate) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rules: Vec<(&String, &Count)> = self.rules.iter().collect();
        rules.sort_by(|a, b| b.1.all.cmp(&a.1.all).then(a.0.cmp(b.0)));
        writeln!(out, "{:32}{:>8}{:>8}{:>8}{:>8}{:>8}", "rule", "found", "P .8", "P .5", "R .8", "score")?;
        for (name, count) in rules {
            writeln!(
                out,
                "{name:32}{:>8}{:>8}{:>8}{:>8}{:>8.2}",
                count.all,
                percent(share(count.right80 as f64, count.all)),
                percent(share(count.right50 as f64, count.all)),
                percent(share(count.right80 as f64, self.marked)),
                count.score(),
            )?;
        }
        Ok(())
    }

    /// A rule file with the measured scores in it: of lines `rule NAME SCORE` only the score is changed, and only if
    /// the rule found anything. Also how many scores are others than before.
    pub(crate) fn rewrite(&self, rules: &str) -> (String, usize) {
        let mut changed = 0;
        let mut text = String::with_capacity(rules.len());
        for line in rules.split_inclusive('\n') {
            let mut words = line.split_whitespace();
            let (head, name, old) = (words.next(), words.next(), words.next());
            let count = name.filter(|_| head == Some("rule")).and_then(|name| self.rules.get(name));
            let score = count.map(|count| format!("{:.2}", count.score()));
            match (score, old, old.and_then(|old| line.rfind(old))) {
                (Some(score), Some(old), Some(at)) if score != old => {
                    changed += 1;
                    text.extend([&line[..at], &score, &line[at + old.len()..]]);
                }
                _ => text.push_str(line),
            }
        }
        (text, changed)
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, RuleScores};
    use std::collections::BTreeMap;

    #[test]
    fn only_measured_scores_are_rewritten() {
        let count = |all, right80| Count { all, right80, right50: right80 };
        let rules = BTreeMap::from([("told".to_owned(), count(98, 79)), ("sign".to_owned(), count(6, 5))]);
        let scores = RuleScores { rules, marked: 200 };
        let file = "# rule told 0.1\nrule told 0.5\nmatch Q\n\nrule never 0.4\nrole sign 0.75\nrule sign 0.75\n";
        let expected = "# rule told 0.1\nrule told 0.80\nmatch Q\n\nrule never 0.4\nrole sign 0.75\nrule sign 0.75\n";
        assert_eq!(scores.rewrite(file), (expected.to_owned(), 1));
    }
}
