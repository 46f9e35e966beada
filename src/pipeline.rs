//! The pipeline: one driver takes a text through all stages. Whoever wants to see a step observes it.

use crate::attribute::{Attributions, Attributor, Coverage, Listener, UnitContext, UnitWork};
use crate::confidence::Calibration;
use crate::lex::Tokens;
use crate::lexicon::Lexicon;
use crate::marks::{Uses, uses};
use crate::pair::{Pairer, Quoted};
use crate::quote::{Attribution, BlockEntry, BlockKind, Found, StringEntry, StringRole};
use crate::rules::context::Context;
use crate::rules::program::Program;
use crate::scan::Scan;
use crate::span::Span;
use crate::speaker::{self, LexicalRoles, Resolver};
use crate::structure::Structure;
use crate::view::View;
use crate::weights::Weights;

/// What a text is read with.
#[derive(Clone, Copy)]
pub(crate) struct Pipeline<'m> {
    pub(crate) lexicon: &'m Lexicon,
    pub(crate) program: &'m Program,
    pub(crate) weights: &'m Weights,
    pub(crate) terms: &'m LexicalRoles,
    pub(crate) calibration: &'m Calibration,
    pub(crate) coverage: Coverage,
    /// Every paragraph is plain narrative.
    pub(crate) prose: bool,
    /// Try the rules on every word they may start from, however hopeless: for learning.
    pub(crate) open: bool,
}

/// Is called with what each stage has made. A method that returns `false` stops the run there; the methods inherited from
/// the listeners only watch.
pub(crate) trait Observer: Listener + speaker::SpeakerListener {
    fn scanned(&mut self, _scan: &Scan) -> bool {
        true
    }

    fn paired(&mut self, _strings: &[Quoted]) -> bool {
        true
    }

    fn structured(&mut self, _blocks: &[BlockEntry]) -> bool {
        true
    }

    /// The tokens of a unit; whether to look for attributions in it.
    fn lexed(&mut self, _unit: &UnitContext<'_>) -> bool {
        true
    }

    /// All units were read.
    fn attributed(&mut self, _made: &Attributions) -> bool {
        true
    }
}

impl Observer for () {}

/// Sees the tokens of every unit and nothing more.
pub(crate) struct EachUnit<F>(pub(crate) F);

impl<F> Listener for EachUnit<F> {}
impl<F> speaker::SpeakerListener for EachUnit<F> {}

impl<F: FnMut(&UnitContext<'_>)> Observer for EachUnit<F> {
    fn lexed(&mut self, unit: &UnitContext<'_>) -> bool {
        (self.0)(unit);
        false
    }

    fn attributed(&mut self, _made: &Attributions) -> bool {
        false
    }
}

/// Working memory for [`Extractor::extract_with`](crate::Extractor::extract_with): keep one for each thread.
#[derive(Default)]
pub struct Scratch {
    pub(crate) view: View,
    scan: Scan,
    pairer: Pairer,
    strings: Vec<Quoted>,
    structure: Structure,
    batch: Vec<BatchUnit>,
    attributor: Attributor,
    attributions: Attributions,
    resolver: Resolver,
    pub(crate) found: Found,
}

impl Scratch {
    /// Empty working memory.
    pub fn new() -> Scratch {
        Scratch::default()
    }

    /// What was learned of the rules and holds for other texts, without the rest.
    pub(crate) fn learned(self) -> Scratch {
        Scratch { attributor: self.attributor.learned(), ..Scratch::default() }
    }
}

impl std::fmt::Debug for Scratch {
    /// Buffers of the stages mean nothing between two texts.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

/// A unit between the steps of a batch.
#[derive(Debug, Default)]
struct BatchUnit {
    tokens: Tokens,
    work: UnitWork,
    span: Span,
    /// Its words behind a colon are an announced block.
    announces: bool,
    /// An observer wants no attributions of it.
    is_skipped: bool,
}

impl Pipeline<'_> {
    /// Reads `text` up to a paragraph edge within the first `longest` bytes; what is found is in `scratch`. The observer sees
    /// the text as it is read ([`View`]), and so do its spans.
    pub(crate) fn run(&self, scratch: &mut Scratch, text: &str, longest: usize, observer: &mut impl Observer) {
        let whole = text;
        let text = &text[..readable(text, longest)];
        if scratch.view.read(text) {
            let copy = scratch.view.take_copy();
            self.read(scratch, &copy, observer);
            scratch.view.put_back(copy);
            let Scratch { view, found, .. } = scratch;
            view.restore(found);
        } else {
            self.read(scratch, text, observer);
        }
        scratch.found.unread = whole.len() - text.len();
    }

    fn read(&self, scratch: &mut Scratch, text: &str, observer: &mut impl Observer) {
        let Scratch { scan, pairer, strings, structure, batch, attributor, attributions, resolver, found, .. } =
            scratch;
        found.clear();
        scan.read(text);
        if !observer.scanned(scan) {
            return;
        }
        pairer.pair(text, scan, self.lexicon.elisions(), strings);
        if !observer.paired(strings) {
            return;
        }
        attributions.begin(strings);
        structure.clear();
        if !self.prose {
            structure.read(text, &scan.paragraphs, strings, self.lexicon, self.coverage == Coverage::Direct);
        }
        if !observer.structured(&structure.blocks) {
            return;
        }
        let plain = structure.is_plain;
        let paragraphs = if plain { &scan.paragraphs } else { &structure.narrative };
        let mut units = Units { text, paragraphs, strings, next: 0 };
        loop {
            let count = self.read_batch(&mut units, batch);
            if count == 0 {
                break;
            }
            let batch = &mut batch[..count];
            batch.iter_mut().for_each(|unit| unit.announces = !plain && announces(&structure.blocks, unit.span));
            self.attribute_batch(text, strings, batch, attributor, attributions, observer);
        }
        if !observer.attributed(attributions) {
            return;
        }
        attributor.part_turns(text, attributions);
        attributor.continue_paragraphs(&scan.paragraphs, strings, attributions);
        if !plain {
            batch.resize_with(batch.len().max(1), BatchUnit::default);
            let BatchUnit { tokens, work: _, .. } = &mut batch[0];
            let mut own = std::mem::take(tokens);
            let unit = self.context(text, strings, tokens, false);
            attributor.add_blocks(&unit, &mut own, &structure.blocks, attributions);
            *tokens = own;
        }
        self.calibrate(attributions, found);
        found.blocks.clone_from(&structure.blocks);
        let roles = strings.iter().zip(&attributions.roles);
        found.strings.extend(roles.map(|(string, role)| string_record(string, *role)));
        let paragraphs = if plain { &scan.paragraphs } else { &structure.named };
        resolver.read(text, self.lexicon, self.terms, paragraphs, found, observer);
    }

    /// Reads the tokens of the next units; returns how many these are. The steps behind go over all units of a batch one
    /// after the other, so that the code of a step stays in the first-level cache; so must the tokens.
    fn read_batch(&self, units: &mut Units<'_>, batch: &mut Vec<BatchUnit>) -> usize {
        const MOST_BYTES: usize = 16 << 10;
        const MOST_UNITS: usize = 16;
        let (mut count, mut bytes) = (0, 0);
        while count < MOST_UNITS && bytes < MOST_BYTES {
            let Some(unit) = units.next() else { break };
            if self.coverage == Coverage::Direct && unit.strings == 0 {
                continue;
            }
            if count == batch.len() {
                batch.push(BatchUnit::default());
            }
            batch[count].tokens.read(units.text, unit.paragraphs, units.strings, unit.first_string, self.lexicon);
            batch[count].span = unit.span();
            bytes += unit.len();
            count += 1;
        }
        count
    }

    fn attribute_batch(
        &self,
        text: &str,
        strings: &[Quoted],
        batch: &mut [BatchUnit],
        attributor: &mut Attributor,
        attributions: &mut Attributions,
        observer: &mut impl Observer,
    ) {
        for BatchUnit { tokens, work, is_skipped, announces, .. } in &mut *batch {
            let unit = self.context(text, strings, tokens, *announces);
            *is_skipped = !observer.lexed(&unit);
            if !*is_skipped {
                Attributor::find_anchors(&unit, work, self.open || *announces, observer);
            }
        }
        attributor.begin_batch();
        for BatchUnit { tokens, work, announces, .. } in batch.iter_mut().filter(|unit| !unit.is_skipped) {
            attributor.match_rules(&self.context(text, strings, tokens, *announces), work);
        }
        for BatchUnit { tokens, work, announces, .. } in batch.iter_mut().filter(|unit| !unit.is_skipped) {
            attributor.attribute(&self.context(text, strings, tokens, *announces), work, attributions, observer);
        }
    }

    fn context<'g>(
        &'g self,
        text: &'g str,
        strings: &'g [Quoted],
        tokens: &'g Tokens,
        announces: bool,
    ) -> UnitContext<'g> {
        let Pipeline { lexicon, program, weights, coverage, .. } = *self;
        UnitContext { context: Context { text, tokens, lexicon, program }, strings, weights, coverage, announces }
    }

    /// Takes over the attributions as quotations, and calibrates their scores.
    fn calibrate(&self, made: &mut Attributions, found: &mut Found) {
        std::mem::swap(&mut found.quotes, &mut made.list);
        std::mem::swap(&mut found.contents, &mut made.contents);
        let confidence = |quote: &Attribution| self.calibration.confidence(quote.origin, quote.kind, quote.score);
        found.confidence.reserve_exact(found.quotes.len());
        found.confidence.extend(found.quotes.iter().map(confidence));
    }
}

/// Whether an announced block stands in a unit.
fn announces(blocks: &[BlockEntry], unit: Span) -> bool {
    let from = blocks.partition_point(|block| block.span.start < unit.start);
    let inside = blocks[from..].iter().take_while(|block| block.span.start < unit.end);
    inside.into_iter().any(|block| block.kind == BlockKind::Announced)
}

/// How much of a text is read: all of it, or what stands before the last blank line within the first `longest` bytes. Where
/// that is far away, before the last line end or, where there is none either, the last whole character.
fn readable(text: &str, longest: usize) -> usize {
    const NEAR: usize = 1 << 20;
    if text.len() <= longest {
        return text.len();
    }
    let boundary = |at: usize| (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = boundary(longest);
    let start = boundary(end.saturating_sub(NEAR));
    let tail = &text[start..end];
    let edge = tail.rfind("\n\n").max(tail.rfind("\n\r\n")).or_else(|| tail.rfind('\n'));
    edge.map_or(end, |edge| start + edge + 1)
}

/// Paragraphs that are read together.
struct Unit<'t> {
    paragraphs: &'t [Span],
    /// The index of the first string that begins in or behind them, and how many begin in them.
    first_string: usize,
    strings: usize,
}

impl Unit<'_> {
    fn span(&self) -> Span {
        let ends = self.paragraphs.first().zip(self.paragraphs.last());
        ends.map_or(Span::new(0, 0), |(first, last)| Span::new(first.start, last.end))
    }

    fn len(&self) -> usize {
        self.paragraphs.iter().map(|paragraph| paragraph.len()).sum()
    }
}

/// Goes through the units of a text.
struct Units<'t> {
    text: &'t str,
    /// Those that are left.
    paragraphs: &'t [Span],
    strings: &'t [Quoted],
    next: usize,
}

impl<'t> Units<'t> {
    fn next(&mut self) -> Option<Unit<'t>> {
        // Strings of blocks that are not read here.
        let start = self.paragraphs.first()?.start;
        self.next += self.strings[self.next..].iter().take_while(|string| string.outer.start < start).count();
        let count = next_unit(self.text, self.paragraphs, self.strings, self.next)?;
        let (paragraphs, rest) = self.paragraphs.split_at(count);
        let end = paragraphs.last()?.end;
        let strings = self.strings[self.next..].iter().take_while(|string| string.outer.start < end).count();
        let unit = Unit { paragraphs, first_string: self.next, strings };
        self.paragraphs = rest;
        self.next += strings;
        Some(unit)
    }
}

/// How many paragraphs the next unit has: one, and those behind it that belong to it, which are the rest of a quotation that
/// goes on, what a colon announces, and a signature. `None` behind the last.
fn next_unit(text: &str, paragraphs: &[Span], strings: &[Quoted], next: usize) -> Option<usize> {
    const MOST: usize = 64;
    let ends_with = |end: usize, used: Uses| text[..end].ends_with(|last| uses(last).has(used));
    let mut end = paragraphs.first()?.end;
    let mut count = 1;
    let mut string = next;
    while let Some(paragraph) = paragraphs.get(count) {
        while strings.get(string).is_some_and(|string| string.outer.start < paragraph.start) {
            string += 1;
        }
        // A block stands between them, or furniture.
        if !text[end..paragraph.start].trim_start().is_empty() {
            break;
        }
        let opens = strings.get(string).filter(|string| string.outer.start == paragraph.start);
        let goes_on = opens.is_some_and(|string| string.continues.is_some());
        let announced = (text[..end].ends_with(',') || ends_with(end, Uses::ANNOUNCES)) && opens.is_some()
            || text[..end].ends_with(':');
        let signed = is_signature(&text[*paragraph]) && ends_with(end, Uses::BEFORE_SIGNATURE);
        // A quotation is never cut; what else belongs together is short.
        if !goes_on && (count >= MOST || !announced && !signed) {
            break;
        }
        end = paragraph.end;
        count += 1;
    }
    Some(count)
}

/// A short paragraph that begins with a dash: — Ana Lim, mayor
fn is_signature(paragraph: &str) -> bool {
    const LONGEST: usize = 100;
    paragraph.len() <= LONGEST && paragraph.starts_with(|first| uses(first).has(Uses::PARTS))
}

fn string_record(string: &Quoted, role: StringRole) -> StringEntry {
    StringEntry { outer: string.outer, inner: string.inner, parent: string.parent, flags: string.flags, role }
}

#[cfg(test)]
mod tests {
    use super::readable;

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
}
