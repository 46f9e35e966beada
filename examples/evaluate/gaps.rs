//! Where attributions are lost: for each gold one, how far the extractor came.

use crate::gold::{Document, Words};
use crate::learn::Gold;
use inquit::{ExplainedCandidate, Extractor};
use std::collections::BTreeMap;

pub(crate) fn gaps(extractor: &Extractor, documents: &[Document], only: &str, many: usize) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut seed = 7usize;
    let mut shown = Vec::new();
    for document in documents {
        let words = Words::of(&document.text);
        let explanation = extractor.explain(&document.text);
        let text = &document.text;
        for attribution in &document.attributions {
            let gold = Gold::of(attribution, &words);
            if gold.content.is_empty() {
                continue;
            }
            let fits = |c: &&ExplainedCandidate| gold.fits(c, &words);
            let at_cue = |c: &&ExplainedCandidate| {
                let a = words.within(&[[c.anchor.start, c.anchor.end]]);
                gold.cue.iter().any(|w| a.contains(w))
                    || c.cue.is_some_and(|s| words.within(&[[s.start, s.end]]).iter().any(|w| gold.cue.contains(w)))
            };
            let best = explanation
                .candidates
                .iter()
                .filter(at_cue)
                .max_by(|a, b| (gold.overlap(a, &words)).total_cmp(&gold.overlap(b, &words)));
            let class = if explanation.candidates.iter().any(|c| c.kept && fits(&c)) {
                "0 ok".to_owned()
            } else if let Some(c) = explanation.candidates.iter().find(fits) {
                if c.confidence < 0.25 { "1 right one unlikely".to_owned() } else { "2 right one lost".to_owned() }
            } else if let Some(c) = best {
                let src = gold.same_source(c, &words);
                let j = gold.overlap(c, &words);
                match (src, j >= 0.8) {
                    (false, true) => "3 cue, wrong source",
                    (true, false) => "4 cue, wrong content",
                    _ => "5 cue, both wrong",
                }
                .to_owned()
            } else {
                "6 no candidate".to_owned()
            };
            *counts.entry(format!("{} {class}", attribution.kind)).or_default() += 1;
            if format!("{}{}", attribution.kind, class).starts_with(only) {
                let show =
                    |spans: &[[usize; 2]]| spans.iter().map(|s| &text[s[0]..s[1]]).collect::<Vec<_>>().join(" | ");
                let mut line = format!(
                    "## {class} {}\n   GOLD [{}] <{}> {{{}}}",
                    document.id,
                    show(&attribution.source),
                    show(&attribution.cue),
                    show(&attribution.content)
                );
                let lo = attribution
                    .content
                    .iter()
                    .chain(&attribution.cue)
                    .chain(&attribution.source)
                    .map(|s| s[0])
                    .min()
                    .unwrap_or(0);
                let hi = attribution
                    .content
                    .iter()
                    .chain(&attribution.cue)
                    .chain(&attribution.source)
                    .map(|s| s[1])
                    .max()
                    .unwrap_or(0);
                let mut a = lo.saturating_sub(90);
                while !text.is_char_boundary(a) {
                    a -= 1;
                }
                let mut b = (hi + 70).min(text.len());
                while !text.is_char_boundary(b) {
                    b += 1;
                }
                line += &format!("\n   TEXT {}", text[a..b].replace('\n', "⏎"));
                for c in explanation.candidates.iter().filter(|c| at_cue(c) || gold.fits(c, &words)).take(6) {
                    let cont: Vec<&str> = c.content.iter().map(|s| &text[*s]).collect();
                    line += &format!(
                        "\n   PRED {} {:.2}{} [{}] <{}> {{{}}}",
                        c.rule,
                        c.confidence,
                        if c.kept { "*" } else { "" },
                        c.source.map_or("", |s| &text[s]),
                        c.cue.map_or("", |s| &text[s]),
                        cont.join(" | ")
                    );
                }
                shown.push(line);
            }
        }
    }
    for (class, count) in &counts {
        println!("{count:6} {class}");
    }
    for _ in 0..many.min(shown.len()) {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        let at = (seed >> 20) % shown.len();
        println!("{}\n", shown.swap_remove(at));
    }
}
