//! Counts the weights anew: logistic regression over the features the extractor reports.

use crate::corpus::{Attribution, Document};
use crate::words::{self, Words};
use inquit::{ExplainedCandidate, Extractor, QuoteKind, Span};
use std::collections::{BTreeMap, HashMap, HashSet};

/// One decision: its features, the log-odds it starts from, and whether it was right.
struct Instance {
    features: Vec<u32>,
    offset: f64,
    right: bool,
}

/// The instances of one model, features as numbers.
#[derive(Default)]
struct Problem {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
    instances: Vec<Instance>,
}

impl Problem {
    fn add(&mut self, features: &[String], offset: f64, right: bool) {
        let features = features
            .iter()
            .map(|name| {
                if let Some(&number) = self.numbers.get(name) {
                    return number;
                }
                let number = self.names.len() as u32;
                self.names.push(name.clone());
                self.numbers.insert(name.clone(), number);
                number
            })
            .collect();
        self.instances.push(Instance { features, offset, right });
    }

    /// Fits the weights by AdaGrad with an L2 penalty; features seen less than `least` times get none.
    fn fit(&self, least: usize, penalty: f64, rounds: usize) -> Vec<f64> {
        let mut counts = vec![0usize; self.names.len()];
        for instance in &self.instances {
            instance.features.iter().for_each(|&feature| counts[feature as usize] += 1);
        }
        let mut weights = vec![0.0f64; self.names.len()];
        let mut squares = vec![1e-6f64; self.names.len()];
        let mut order: Vec<usize> = (0..self.instances.len()).collect();
        let mut seed = 0x2545_F491_4F6C_DD1Du64;
        for round in 0..rounds {
            for last in (1..order.len()).rev() {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                order.swap(last, (seed % (last as u64 + 1)) as usize);
            }
            let rate = 0.3 / (1.0 + round as f64 * 0.3);
            for &index in &order {
                let instance = &self.instances[index];
                let sum: f64 = instance.features.iter().map(|&feature| weights[feature as usize]).sum();
                let error = 1.0 / (1.0 + (-(sum + instance.offset)).exp()) - f64::from(u8::from(instance.right));
                for &feature in &instance.features {
                    let feature = feature as usize;
                    if counts[feature] < least {
                        continue;
                    }
                    let slope = error + penalty * weights[feature] / counts[feature] as f64;
                    squares[feature] += slope * slope;
                    weights[feature] -= rate * slope / squares[feature].sqrt();
                }
            }
        }
        weights
    }
}

/// Learns from `documents`; gives back the text of the weights table.
pub(crate) fn learn<'d>(extractor: &Extractor, documents: impl IntoIterator<Item = &'d Document>) -> String {
    let (mut cue_gate, mut end_gate, mut ends, mut is) =
        (Problem::default(), Problem::default(), Problem::default(), Problem::default());
    for document in documents {
        let words = Words::of(&document.text);
        let gold: Vec<Gold> = document.attributions.iter().map(|gold| Gold::of(gold, &words)).collect();
        let explanation = extractor.proposals(&document.text);
        let mut right_anchors = HashSet::new();
        for candidate in &explanation.candidates {
            if gold.iter().any(|gold| gold.fits(candidate, &words)) {
                right_anchors.insert(candidate.anchor.start);
            }
        }
        for token in explanation.tokens.iter().filter(|token| !token.features.is_empty()) {
            cue_gate.add(&token.features, 0.0, right_anchors.contains(&token.span.start));
        }
        for candidate in &explanation.candidates {
            learn_ends(&mut end_gate, &mut ends, candidate, &gold, &words);
            let right = gold.iter().any(|gold| gold.fits(candidate, &words));
            is.add(&candidate.features, candidate.offset, right);
        }
    }
    let mut table = String::from("# Measured weights: log-odds, counted by `examples/evaluate --learn`.\n");
    let mut lines: BTreeMap<String, Vec<(String, f64)>> = BTreeMap::new();
    // The fewest times a feature must be seen, the penalty on large weights, and the smallest weight kept.
    for (question, problem, least, penalty, smallest) in [
        ("cue-gate", &cue_gate, 6, 2.0, 0.2),
        ("end-gate", &end_gate, 3, 1.0, 0.1),
        ("end", &ends, 4, 5.0, 0.08),
        ("is", &is, 4, 8.0, 0.08),
    ] {
        let weights = problem.fit(least, penalty, 30);
        let right = problem.instances.iter().filter(|instance| instance.right).count();
        table.push_str(&format!("# {question}: {} decisions, {right} of them yes.\n", problem.instances.len()));
        for (name, weight) in problem.names.iter().zip(weights).filter(|(_, weight)| weight.abs() >= smallest) {
            let (feature, values) = name.split_once(' ').unwrap_or((name, ""));
            lines.entry(feature.to_owned()).or_default().push((values.to_owned(), weight));
        }
    }
    for (feature, mut rows) in lines {
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        table.push_str(&format!("\n[{feature}]\n"));
        for (values, weight) in rows {
            let gap = if values.is_empty() { "" } else { " " };
            table.push_str(&format!("{values}{gap}{weight:.2}\n"));
        }
    }
    table
}

/// A marked attribution in words.
pub(crate) struct Gold {
    content: Vec<usize>,
    /// For each piece of content its first word and the word after its last one.
    pieces: Vec<(usize, usize)>,
    cue: Vec<usize>,
    source: Vec<usize>,
}

impl Gold {
    pub(crate) fn of(marked: &Attribution, words: &Words<'_>) -> Gold {
        Gold::of_spans(&marked.content, &marked.cue, &marked.source, words)
    }

    pub(crate) fn of_spans(content: &[Span], cue: &[Span], source: &[Span], words: &Words<'_>) -> Gold {
        let piece = |span: &Span| words.content(&[*span]).first().map(|&first| (first, words.before(span.end)));
        Gold {
            content: words.content(content),
            pieces: content.iter().filter_map(piece).collect(),
            cue: words.within(cue),
            source: words.within(source),
        }
    }

    /// Whether a candidate is this attribution: four fifths of the content, and the source.
    pub(crate) fn fits(&self, candidate: &ExplainedCandidate, words: &Words<'_>) -> bool {
        let content = words.content(&candidate.content);
        let alike = words::overlap(&content, &self.content) >= 0.8;
        self.same_source(candidate, words)
            && (alike || candidate.kind == QuoteKind::Direct && self.covers(candidate, &content, words))
    }

    /// Whether nearly all of the candidate's content is in this one's, and the cue is the same: words in
    /// marks are joined with the quoted sentences beside them later.
    fn covers(&self, candidate: &ExplainedCandidate, content: &[usize], words: &Words<'_>) -> bool {
        let anchor = words.within(&[candidate.anchor]);
        words::shared(content, &self.content) * 10 >= content.len() * 9
            && self.cue.iter().any(|word| anchor.contains(word))
    }

    fn same_source(&self, candidate: &ExplainedCandidate, words: &Words<'_>) -> bool {
        let source = candidate.source.map(|span| words.within(&[span])).unwrap_or_default();
        match (self.source.as_slice(), source.as_slice()) {
            ([], []) => true,
            (marked, found) => marked.iter().any(|word| found.contains(word)),
        }
    }
}

fn learn_ends(
    gate: &mut Problem,
    problem: &mut Problem,
    candidate: &ExplainedCandidate,
    gold: &[Gold],
    words: &Words<'_>,
) {
    let Some(first) = candidate.clause else { return };
    let anchor = words.within(&[candidate.anchor]);
    let begin = words.content(&[Span::new(first, candidate.ends.last().map_or(first, |end| end.at))]);
    let Some(&begin) = begin.first() else { return };
    let piece = gold
        .iter()
        .filter(|gold| gold.cue.iter().any(|word| anchor.contains(word)))
        .find_map(|gold| gold.pieces.iter().find(|piece| piece.0 == begin));
    let Some(&(_, end)) = piece else { return };
    for decision in &candidate.ends {
        let at = words.before(decision.at);
        if decision.asking.is_empty() || at > end {
            break;
        }
        gate.add(&decision.asking, 0.0, at == end);
        if !decision.features.is_empty() {
            problem.add(&decision.features, 0.0, at == end);
        }
        if at == end {
            break;
        }
    }
}
