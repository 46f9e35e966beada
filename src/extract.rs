//! The extractor: the pipeline on one screen.

mod build;

use crate::attribute::{Attribution, Attributions, Attributor, Coverage, UnitGround};
use crate::confidence::Curves;
use crate::lex::Tokens;
use crate::lexicon::Lexicon;
use crate::pair::{Pairer, Quoted};
use crate::quote::{Extraction, Found, Record, RuleNames, StringRecord, StringRole};
use crate::rules::ground::Ground;
use crate::rules::parse::Book;
use crate::rules::program::{Program, Rule};
use crate::scan::Scan;
use crate::span::Span;
use crate::speaker::{Resolver, Terms};
use crate::weigh::{Feature, Weights};
pub use build::ExtractorBuilder;
use once_cell::sync::Lazy;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Compiled rules and word lists. Build one, share it: it is cheap to clone, and reading a text takes
/// `&self`.
#[derive(Clone)]
pub struct Extractor {
    model: Arc<Model>,
    coverage: Coverage,
}

/// A stage of the pipeline, for [`Extractor::read_until`].
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Marks and paragraphs.
    Scan,
    /// Quoted strings.
    Pair,
    /// Tokens.
    Lex,
    /// Candidates.
    Rules,
}

struct Model {
    /// What it was built from.
    given: ExtractorBuilder,
    lexicon: Lexicon,
    program: Program,
    names: RuleNames,
    weights: Weights,
    terms: Terms,
    confidence: Curves,
    pool: Pool,
}

/// Working memory between texts: what it has learned of the rules makes the next text quicker.
#[derive(Default)]
struct Pool(Mutex<Vec<Scratch>>);

impl Pool {
    /// More is not kept: threads that come at the same time make their own.
    const MOST: usize = 16;
    /// Texts longer than this leave behind only what was learned.
    const LONGEST: usize = 1 << 16;

    /// Runs `work` with some working memory.
    fn with<T>(&self, length: usize, work: impl FnOnce(&mut Scratch) -> T) -> T {
        let mut scratch = self.kept().pop().unwrap_or_default();
        let result = work(&mut scratch);
        if length > Pool::LONGEST {
            let attributor = scratch.attributor.learned();
            scratch = Scratch { attributor, ..Scratch::default() };
        }
        let mut kept = self.kept();
        if kept.len() < Pool::MOST {
            kept.push(scratch);
        }
        result
    }

    /// Waiting for another thread to take or give back is short; to learn of the rules anew is long.
    fn kept(&self) -> MutexGuard<'_, Vec<Scratch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a rule makes of a text: for each match its source and its content.
pub(crate) type Matches = Vec<(Option<Span>, Vec<Span>)>;

static ENGLISH: Lazy<Arc<Model>> = Lazy::new(|| {
    // The built-in rules are compiled by the tests; this cannot fail in a released crate.
    Model::build(&ExtractorBuilder::default())
        .map(Arc::new)
        .unwrap_or_else(|error| unreachable!("built-in rules: {error}"))
});

impl Model {
    /// Turns attributions into quotations: their scores become confidence.
    fn calibrate(&self, made: &mut Attributions, found: &mut Found) {
        let record = |attribution: &Attribution| {
            let Attribution { kind, content, cue, source, addressee, flags, score, origin } = *attribution;
            let confidence = self.confidence.confidence(origin, kind, score);
            Record { kind, content, cue, source, addressee, flags, confidence, rule: origin }
        };
        found.quotes.reserve_exact(made.list.len());
        found.quotes.extend(made.list.iter().map(record));
        std::mem::swap(&mut found.contents, &mut made.contents);
    }
}

impl Extractor {
    /// The built-in English rules and word lists, compiled on first use.
    pub fn english() -> Extractor {
        Extractor { model: Arc::clone(&ENGLISH), coverage: Coverage::default() }
    }

    /// The same with another coverage.
    pub fn with_coverage(mut self, coverage: Coverage) -> Extractor {
        self.coverage = coverage;
        self
    }

    /// For rules and words of your own.
    pub fn builder() -> ExtractorBuilder {
        ExtractorBuilder::default()
    }

    /// The longest text that is read whole, in bytes: places are counted in 32 bits. Of a longer one, what stands before
    /// the last paragraph edge within this length is read, and [`Extraction::unread`] is the rest.
    pub const MAX_TEXT_LEN: usize = 0xFFFF_0000;

    /// Every quotation in `text`. Never fails; the time is linear in the length of the text.
    pub fn extract<'t>(&self, text: &'t str) -> Extraction<'t> {
        let found = self.model.pool.with(text.len(), |scratch| {
            self.read(scratch, text);
            // A copy has the room it needs and no more; that of a long text is not kept.
            if text.len() > Pool::LONGEST { std::mem::take(&mut scratch.found) } else { scratch.found.clone() }
        });
        Extraction::new(text, Cow::Owned(found), Arc::clone(&self.model.names))
    }

    /// As [`extract`](Extractor::extract), with working memory that is used again.
    pub fn extract_with<'t>(&self, scratch: &'t mut Scratch, text: &'t str) -> Extraction<'t> {
        self.read(scratch, text);
        Extraction::new(text, Cow::Borrowed(&scratch.found), Arc::clone(&self.model.names))
    }

    pub(crate) fn rules(&self) -> &[Rule] {
        &self.model.program.rules
    }

    /// What one rule makes of a text, all others left aside.
    pub(crate) fn matches_of(&self, rule: u16, text: &str) -> Matches {
        let Model { lexicon, program, weights, pool, .. } = &*self.model;
        pool.with(text.len(), |scratch| {
            let Scratch { scan, pairer, strings, tokens, attributor, .. } = scratch;
            scan.read(text);
            pairer.pair(text, scan, lexicon.elisions(), strings);
            tokens.read(text, &scan.paragraphs, strings, 0, lexicon);
            let ground = Ground { text, tokens, lexicon, program };
            attributor.matches_of(rule, &UnitGround { ground, strings, weights, coverage: Coverage::Attribution })
        })
    }

    /// The rules and words as they are before they are compiled.
    pub(crate) fn read_again(&self) -> (Book, Lexicon) {
        let (book, lexicon, _) = self.model.given.read();
        (book, lexicon)
    }

    pub(crate) fn rule_name(&self, rule: u16) -> &str {
        &self.model.names[usize::from(rule)]
    }

    /// The base form of the word that stands in the lexicon under this number.
    pub(crate) fn base_form(&self, word: u16) -> &str {
        self.model.lexicon.word(self.model.lexicon.entry(word).lemma)
    }

    pub(crate) fn write_feature(&self, feature: Feature) -> String {
        feature.write(&self.model.lexicon, &self.model.names)
    }

    /// Calls `visit` with every unit of a text.
    pub(crate) fn each_unit(&self, text: &str, coverage: Coverage, mut visit: impl FnMut(&UnitGround<'_>)) {
        let Scratch { mut scan, mut pairer, mut strings, mut tokens, .. } = Scratch::default();
        let text = &text[..readable(text, Extractor::MAX_TEXT_LEN)];
        scan.read(text);
        pairer.pair(text, &scan, self.model.lexicon.elisions(), &mut strings);
        self.units(text, &scan, &strings, &mut tokens, coverage, &mut visit);
    }

    /// Reads `text` as far as `stage` and tells how many things that stage made: for benches, which
    /// time the stages one by one and must know that they did their work.
    #[doc(hidden)]
    pub fn read_until(&self, scratch: &mut Scratch, text: &str, stage: Stage) -> usize {
        let Scratch { scan, pairer, strings, tokens, attributor, found, .. } = scratch;
        let text = &text[..readable(text, Extractor::MAX_TEXT_LEN)];
        scan.read(text);
        if stage == Stage::Scan {
            return scan.marks.len();
        }
        pairer.pair(text, scan, self.model.lexicon.elisions(), strings);
        if stage == Stage::Pair {
            return strings.len();
        }
        found.clear();
        let mut count = 0;
        self.units(text, scan, strings, tokens, self.coverage, &mut |unit| {
            count += match stage {
                Stage::Rules => attributor.propose_all(unit),
                _ => unit.ground.tokens.list().len(),
            }
        });
        count
    }

    fn read(&self, scratch: &mut Scratch, text: &str) {
        self.read_at_most(scratch, text, Extractor::MAX_TEXT_LEN);
    }

    /// Reads `text` up to a paragraph edge within the first `longest` bytes.
    fn read_at_most(&self, scratch: &mut Scratch, text: &str, longest: usize) {
        let Scratch { scan, pairer, strings, tokens, attributor, attributions, resolver, found } = scratch;
        found.clear();
        let whole = text;
        let text = &text[..readable(text, longest)];
        found.unread = whole.len() - text.len();
        scan.read(text);
        pairer.pair(text, scan, self.model.lexicon.elisions(), strings);
        attributions.begin(strings);
        self.units(text, scan, strings, tokens, self.coverage, &mut |unit| attributor.read(unit, attributions));
        attributor.part_turns(text, attributions);
        attributor.continue_paragraphs(&scan.paragraphs, strings, attributions);
        self.model.calibrate(attributions, found);
        found
            .strings
            .extend(strings.iter().zip(&attributions.roles).map(|(string, role)| string_record(string, *role)));
        resolver.read(text, &self.model.lexicon, &self.model.terms, &scan.paragraphs, found);
    }

    fn units(
        &self,
        text: &str,
        scan: &Scan,
        strings: &[Quoted],
        tokens: &mut Tokens,
        coverage: Coverage,
        visit: &mut impl FnMut(&UnitGround<'_>),
    ) {
        let Model { lexicon, program, weights, .. } = &*self.model;
        let mut next_string = 0;
        let mut paragraphs = &scan.paragraphs[..];
        while let Some(unit) = next_unit(text, paragraphs, strings, next_string) {
            let count = strings[next_string..].iter().take_while(|string| string.outer.start < unit.end).count();
            let (own, rest) = paragraphs.split_at(unit.paragraphs);
            paragraphs = rest;
            if coverage != Coverage::Direct || count > 0 {
                tokens.read(text, own, strings, next_string, lexicon);
                let ground = Ground { text, tokens, lexicon, program };
                visit(&UnitGround { ground, strings, weights, coverage });
            }
            next_string += count;
        }
    }
}

/// How much of a text is read: all of it, or what stands before the last blank line within the first `longest` bytes. Where
/// that is far away, before the last line end or, where there is none either, the last whole character.
fn readable(text: &str, longest: usize) -> usize {
    const NEAR: usize = 1 << 20;
    if text.len() <= longest {
        return text.len();
    }
    let end = text.floor_char_boundary(longest);
    let start = text.floor_char_boundary(end.saturating_sub(NEAR));
    let tail = &text[start..end];
    let edge = tail.rfind("\n\n").max(tail.rfind("\n\r\n")).or_else(|| tail.rfind('\n'));
    edge.map_or(end, |edge| start + edge + 1)
}

/// Paragraphs that are read together.
struct Unit {
    paragraphs: usize,
    end: usize,
}

/// The next unit: a paragraph, and those after it that belong with it: a quotation that goes on, and
/// what a colon announces.
fn next_unit(text: &str, paragraphs: &[Span], strings: &[Quoted], next: usize) -> Option<Unit> {
    const MOST: usize = 64;
    let mut end = paragraphs.first()?.end;
    let mut count = 1;
    let mut string = next;
    while let Some(paragraph) = paragraphs.get(count) {
        while strings.get(string).is_some_and(|string| string.outer.start < paragraph.start) {
            string += 1;
        }
        let opens = strings.get(string).filter(|string| string.outer.start == paragraph.start);
        let goes_on = opens.is_some_and(|string| string.continues.is_some());
        let announced = text[..end].ends_with([',', '—', '-']) && opens.is_some() || text[..end].ends_with(':');
        let signed = is_signature(&text[*paragraph]) && text[..end].ends_with(['”', '"', '\'', '’', '»']);
        // A quotation is never cut; what else belongs together is short.
        if !goes_on && (count >= MOST || !announced && !signed) {
            break;
        }
        end = paragraph.end;
        count += 1;
    }
    Some(Unit { paragraphs: count, end })
}

/// A short paragraph that begins with a dash: — Ana Lim, mayor
fn is_signature(paragraph: &str) -> bool {
    const LONGEST: usize = 100;
    paragraph.len() <= LONGEST && paragraph.starts_with(['—', '–', '―', '-'])
}

fn string_record(string: &Quoted, role: StringRole) -> StringRecord {
    StringRecord { outer: string.outer, inner: string.inner, parent: string.parent, flags: string.flags, role }
}

impl fmt::Debug for Extractor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extractor").field("coverage", &self.coverage).field("rules", &self.model.names.len()).finish()
    }
}

/// Working memory for [`Extractor::extract_with`]: keep one for each thread.
#[derive(Default)]
pub struct Scratch {
    scan: Scan,
    pairer: Pairer,
    strings: Vec<Quoted>,
    tokens: Tokens,
    attributor: Attributor,
    attributions: Attributions,
    resolver: Resolver,
    found: Found,
}

impl Scratch {
    /// Empty working memory.
    pub fn new() -> Scratch {
        Scratch::default()
    }
}

impl fmt::Debug for Scratch {
    /// What is in it is of no use to anybody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{Extractor, Scratch, readable};
    use crate::quote::Extraction;
    use std::borrow::Cow;

    #[test]
    fn a_text_too_long_is_read_to_an_edge() {
        let text = "One.\n\nTwo\nlines.\r\n\r\nThrée.";
        let kept = |longest: usize| &text[..readable(text, longest)];
        assert_eq!(kept(text.len()), text);
        assert_eq!(kept(text.len() - 1), "One.\n\nTwo\nlines.\r\n");
        assert_eq!(kept(17), "One.\n");
        assert_eq!(kept(5), "One.\n");
        assert_eq!(kept(4), "One.");
        assert_eq!(kept(0), "");
        // No edge: the last whole character.
        assert_eq!(&"Thrée"[..readable("Thrée", 4)], "Thr");
    }

    #[test]
    fn what_is_not_read_is_told() {
        let text = "“Go,” said Ana Lim.\n\n“Stay,” said Tom Roe.";
        let extractor = Extractor::english();
        let mut scratch = Scratch::new();
        extractor.read_at_most(&mut scratch, text, text.len() - 1);
        let names = std::sync::Arc::clone(&extractor.model.names);
        let found = Extraction::new(text, Cow::Borrowed(&scratch.found), names);
        let sources: Vec<_> = found.quotes().filter_map(|quote| quote.source()).map(|source| source.text()).collect();
        assert_eq!(sources, ["Ana Lim"]);
        assert_eq!(found.unread().map(|span| &text[span]), Some("\n“Stay,” said Tom Roe."));
        // The next text is read whole again.
        assert_eq!(extractor.extract_with(&mut scratch, text).unread(), None);
        assert_eq!(extractor.extract_with(&mut scratch, text).quotes().len(), 2);
    }
}
