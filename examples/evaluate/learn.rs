//! Learns the weights: logistic regression over the features the extractor reports, one model for each decision.

use crate::corpus::{Attribution, Document};
use crate::random::Random;
use crate::words::{self, Words};
use inquit::{ExplainedCandidate, ExplainedFeature, Extractor, QuoteKind, Span};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

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
    fn add(&mut self, features: &[ExplainedFeature], offset: f64, right: bool) {
        let features = features
            .iter()
            .map(|feature| {
                let name = &feature.line;
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
        let mut random = Random::from_state(0x2545_F491_4F6C_DD1D);
        for round in 0..rounds {
            random.shuffle(&mut order);
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

/// Learns from `documents`; returns the text of the table of weights.
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
        // Readings of one cue that look for the end of the same clause take the same decisions.
        let mut clauses = HashSet::new();
        for candidate in &explanation.candidates {
            if clauses.insert((candidate.anchor.start, candidate.clause)) {
                learn_ends(&mut end_gate, &mut ends, candidate, &gold, &words);
            }
            let right = gold.iter().any(|gold| gold.fits(candidate, &words));
            is.add(&candidate.features, candidate.offset, right);
        }
    }
    let mut table = Table { comment: COMMENT.to_owned(), lines: BTreeMap::new() };
    // The fewest times a feature must be seen, the penalty on large weights, and the smallest weight kept.
    for (decision, problem, least, penalty, smallest) in [
        ("cue-gate", &cue_gate, 6, 2.0, 0.2),
        ("end-gate", &end_gate, 3, 1.0, 0.1),
        ("end", &ends, 4, 5.0, 0.08),
        ("is", &is, 4, 8.0, 0.08),
    ] {
        let weights = problem.fit(least, penalty, 30);
        let right = problem.instances.iter().filter(|instance| instance.right).count();
        table.comment.push_str(&format!("# {decision}: {} decisions, {right} of them yes.\n", problem.instances.len()));
        for (feature, weight) in problem.names.iter().zip(weights).filter(|(_, weight)| weight.abs() >= smallest) {
            table.add(feature, weight);
        }
    }
    table.to_string()
}

const COMMENT: &str = "# Measured weights: log-odds, counted by `examples/evaluate --learn`.\n";

/// The table of weights, in the format that the extractor reads.
#[derive(Debug, Default)]
struct Table {
    /// Lines that begin with `#`.
    comment: String,
    /// For each name of a feature the names of its values, joined by spaces, and the weight.
    lines: BTreeMap<String, BTreeMap<String, f64>>,
}

impl Table {
    /// Adds the weight of a feature as the extractor names it: its name, a space, and its values.
    fn add(&mut self, feature: &str, weight: f64) {
        let (name, values) = feature.split_once(' ').unwrap_or((feature, ""));
        self.lines.entry(name.to_owned()).or_default().insert(values.to_owned(), weight);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.comment)?;
        for (name, lines) in &self.lines {
            writeln!(f, "\n[{name}]")?;
            for (values, weight) in lines {
                let gap = if values.is_empty() { "" } else { " " };
                writeln!(f, "{values}{gap}{weight:.2}")?;
            }
        }
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use super::{Table, learn};
    use crate::corpus::{Attribution, Document};
    use inquit::{ExplainedFeature, Extractor, Span};

    /// Reads a table as a person would: what stands below `[is.aux]` has the names of values, then a weight.
    fn parse(text: &str) -> Table {
        let mut table = Table::default();
        let mut heading = "";
        for line in text.lines() {
            match line.strip_prefix('[') {
                _ if line.is_empty() => {}
                _ if line.starts_with('#') => table.comment.push_str(&format!("{line}\n")),
                Some(name) => heading = name.trim_end_matches(']'),
                None => {
                    let (values, weight) = line.rsplit_once(' ').unwrap_or(("", line));
                    table.add(format!("{heading} {values}").trim_end(), weight.parse().unwrap());
                }
            }
        }
        table
    }

    /// Reports with `[source]`, `<cue>` and `{content}`, and sentences that only look like one.
    fn corpus() -> Vec<Document> {
        const SHAPES: [&str; 6] = [
            "[%] <said> {the rents would fall in May}, and left. He looked happy.",
            "“{We will stay}”, <said> [%]. The council met on Monday.",
            "[%] did not <say> {that the bridge would close}. Trains ran late.",
            "{The road is open}, <according to> [%]. It rained.",
            "% said goodbye and added two spoons of sugar to the tea.",
            "[%], who lives in Leeds, has <told> the court {he was sorry}.",
        ];
        const NAMES: [&str; 8] =
            ["Ana Lim", "Tom Roe", "the mayor", "she", "the police", "Mr. Brandt", "officials", "a report"];
        let texts = NAMES.iter().flat_map(|name| SHAPES.map(|shape| shape.replace('%', name)));
        texts.enumerate().map(|(number, marked)| document(number, &marked)).collect()
    }

    fn document(number: usize, marked: &str) -> Document {
        let (mut text, mut starts, mut gold) = (String::new(), Vec::new(), Attribution::default());
        for letter in marked.chars() {
            match letter {
                '[' | '<' | '{' => starts.push(text.len()),
                ']' | '>' | '}' => {
                    let span = Span::new(starts.pop().unwrap(), text.len());
                    match letter {
                        ']' => gold.source.push(span),
                        '>' => gold.cue.push(span),
                        _ => gold.content.push(span),
                    }
                }
                _ => text.push(letter),
            }
        }
        let attributions = if gold.content.is_empty() { Vec::new() } else { vec![gold] };
        Document { id: number.to_string(), text, attributions, ignore: Vec::new(), layers: None }
    }

    #[test]
    fn what_is_learned_is_what_the_extractor_reads() {
        let documents = corpus();
        let mut extractor = Extractor::english();
        for pass in 0..2 {
            let text = learn(&extractor, &documents);
            let table = parse(&text);
            assert_eq!(table.to_string(), text);
            for decision in ["cue-gate", "end-gate", "end", "is"] {
                let count = table.lines.keys().filter(|name| name.split('.').next() == Some(decision)).count();
                assert!(count > 1, "pass {pass}: nothing was learned of `{decision}`\n{text}");
            }
            extractor = Extractor::builder().weights(text).build().unwrap();
            let mut used = 0;
            for candidate in documents.iter().flat_map(|document| extractor.proposals(&document.text).candidates) {
                let weight = |feature: &ExplainedFeature| {
                    let (name, values) = feature.line.split_once(' ').unwrap_or((&feature.line, ""));
                    let weight = table.lines.get(name).and_then(|lines| lines.get(values)).copied();
                    assert!((weight.unwrap_or(0.0) - feature.weight).abs() < 0.005 + 1e-9, "{feature:?}");
                    weight
                };
                let weights: Vec<f64> = candidate.features.iter().filter_map(weight).collect();
                used += weights.len();
                let score = candidate.offset + weights.iter().sum::<f64>();
                let expected = 1.0 / (1.0 + (-score).exp());
                let (rule, confidence) = (&candidate.rule, f64::from(candidate.score));
                assert!((confidence - expected).abs() < 1e-5, "{rule}: {confidence}, not {expected}");
            }
            assert!(used > 1000, "{used}");
        }
    }

    #[test]
    fn the_built_in_table_is_in_the_format_of_the_learner() {
        let text = include_str!("../../src/lang/en/weights.txt");
        assert!(parse(text).to_string() == text);
    }
}
