//! A document and what is marked in it, in words: what all measures work on.

use crate::corpus::{Answer, Attribution, Document};
use crate::words::Words;
use inquit::{Extraction, Quote, QuoteKind, Span};
use std::ops::Range;

/// An attribution, marked by people or found.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub content: Vec<Span>,
    pub cue: Vec<Span>,
    pub source: Vec<Span>,
    /// The words of the content, sorted; never empty.
    pub words: Vec<usize>,
    /// Told from the quotation marks of the text, unless people said it.
    pub kind: QuoteKind,
    pub speaker: Option<String>,
    /// Names the speaker goes by, if people marked it.
    pub aliases: Vec<String>,
    pub tags: Vec<String>,
    /// If it was found: how sure the system is, and what it says it was found by.
    pub confidence: f32,
    pub rule: String,
}

/// A document.
#[derive(Debug)]
pub(crate) struct Page<'d> {
    pub document: &'d Document,
    pub words: Words<'d>,
    /// What people marked.
    pub marked: Vec<Item>,
    /// Words between double quotation marks, string by string.
    pub runs: Vec<Range<usize>>,
    /// For each word whether it stands between quotation marks.
    quoted: Vec<bool>,
}

impl<'d> Page<'d> {
    /// `extraction`, of the same text, says where quotation marks open and close.
    pub(crate) fn new(document: &'d Document, extraction: &Extraction<'_>) -> Page<'d> {
        let words = Words::of(&document.text);
        let mut quoted = vec![false; words.len()];
        let mut runs = Vec::new();
        for string in extraction.quoted_strings().filter(|string| string.parent().is_none()) {
            let inner = string.inner_span();
            let run = words.before(inner.start)..words.before(inner.end);
            quoted[run.clone()].fill(true);
            if is_double(&document.text[string.span()]) {
                runs.push(run);
            }
        }
        let mut page = Page { document, words, marked: Vec::new(), runs, quoted };
        page.marked = document.attributions.iter().filter_map(|attribution| page.marked_item(attribution)).collect();
        page
    }

    /// Whether people marked sources here.
    pub(crate) fn has_sources(&self) -> bool {
        let layers = self.document.layers.as_ref();
        layers.is_none_or(|layers| layers.iter().any(|layer| layer.starts_with("source")))
    }

    fn item(&self, content: Vec<Span>) -> Option<Item> {
        let words = self.words.content(&content);
        let kind = self.kind(&self.words.within(&content));
        (!words.is_empty()).then_some(Item {
            content,
            cue: Vec::new(),
            source: Vec::new(),
            words,
            kind,
            speaker: None,
            aliases: Vec::new(),
            tags: Vec::new(),
            confidence: 0.0,
            rule: String::new(),
        })
    }

    fn marked_item(&self, attribution: &Attribution) -> Option<Item> {
        let item = self.item(attribution.content.clone())?;
        let own = attribution.speaker.iter().filter(|_| attribution.aliases.is_empty());
        Some(Item {
            cue: attribution.cue.clone(),
            source: attribution.source.clone(),
            kind: attribution.kind.as_deref().and_then(kind_named).unwrap_or(item.kind),
            speaker: attribution.speaker.clone(),
            aliases: attribution.aliases.iter().chain(own).cloned().collect(),
            tags: attribution.tags.clone(),
            ..item
        })
    }

    /// A quotation as an item; `None` if it holds no word or lies in text that nobody marked.
    pub(crate) fn found_item(&self, quote: &Quote<'_>) -> Option<Item> {
        let item = self.item(quote.spans().to_vec()).filter(|item| !self.is_ignored(item))?;
        Some(Item {
            cue: quote.cue_span().into_iter().collect(),
            source: quote.source().map(|source| source.span()).into_iter().collect(),
            speaker: quote.speaker().map(|speaker| speaker.name().to_owned()),
            confidence: quote.confidence(),
            rule: quote.rule().to_owned(),
            ..item
        })
    }

    /// The same for another system's answer.
    pub(crate) fn answer_item(&self, answer: &Answer) -> Option<Item> {
        let item = self.item(answer.content.clone()).filter(|item| !self.is_ignored(item))?;
        Some(Item {
            cue: answer.cue.clone(),
            source: answer.source.clone(),
            speaker: answer.speaker.clone(),
            confidence: answer.confidence.unwrap_or(1.0),
            rule: answer.rule.clone().unwrap_or_default(),
            ..item
        })
    }

    fn is_ignored(&self, item: &Item) -> bool {
        let ignored =
            |span: &Span| self.document.ignore.iter().any(|all| all.start <= span.start && span.end <= all.end);
        item.content.iter().all(ignored)
    }

    /// Direct if at least 19 words of 20 stand between quotation marks, indirect if none does. Here *that* counts.
    fn kind(&self, words: &[usize]) -> QuoteKind {
        let quoted = words.iter().filter(|word| self.quoted[**word]).count();
        match quoted {
            0 => QuoteKind::Indirect,
            _ if quoted * 20 >= words.len() * 19 => QuoteKind::Direct,
            _ => QuoteKind::Mixed,
        }
    }

    /// Joins neighbours (next in the text, same paragraph, same source), so that it makes no difference whether a
    /// quotation parted by *he said* is one item or two.
    pub(crate) fn merged(&self, items: &[Item], marked: bool) -> Vec<Item> {
        let mut sorted: Vec<&Item> = items.iter().collect();
        sorted.sort_by_key(|item| (item.content[0].start, item.content[item.content.len() - 1].end));
        let mut merged: Vec<Item> = Vec::new();
        for item in sorted {
            match merged.last_mut() {
                Some(last) if same_source(last, item) && self.same_paragraph(last, item) => {
                    let kinds = last.kind == item.kind;
                    last.join(item);
                    if !marked {
                        last.kind = self.kind(&self.words.within(&last.content));
                    } else if !kinds {
                        last.kind = QuoteKind::Mixed;
                    }
                }
                _ => merged.push(item.clone()),
            }
        }
        merged
    }

    fn same_paragraph(&self, last: &Item, next: &Item) -> bool {
        const LONGEST_WRAPPED: usize = 200;
        let text = self.words.text();
        let from = last.content.iter().map(|span| span.end).max().unwrap_or(0);
        let between = text.get(from..next.content[0].start).unwrap_or_default();
        let wrapped = text.lines().all(|line| line.chars().count() <= LONGEST_WRAPPED);
        let mut breaks = between.match_indices('\n');
        if wrapped {
            // Where lines are broken by width, only an empty line parts paragraphs.
            !breaks.any(|(at, _)| between[at + 1..].trim_start_matches([' ', '\t', '\r', '\u{a0}']).starts_with('\n'))
        } else {
            breaks.next().is_none()
        }
    }
}

impl Item {
    fn join(&mut self, next: &Item) {
        self.content.extend_from_slice(&next.content);
        self.content.sort_unstable();
        for (own, new) in [(&mut self.cue, &next.cue), (&mut self.source, &next.source)] {
            let fresh: Vec<Span> = new.iter().filter(|span| !own.contains(span)).copied().collect();
            own.extend(fresh);
        }
        self.words.extend_from_slice(&next.words);
        self.words.sort_unstable();
        self.words.dedup();
        let fresh: Vec<String> = next.tags.iter().filter(|tag| !self.tags.contains(tag)).cloned().collect();
        self.tags.extend(fresh);
        if self.speaker.is_none() {
            self.speaker.clone_from(&next.speaker);
        }
        if self.aliases.is_empty() {
            self.aliases.clone_from(&next.aliases);
        }
    }
}

fn same_source(one: &Item, other: &Item) -> bool {
    match (one.source.is_empty(), other.source.is_empty()) {
        (false, false) => touch(&one.source, &other.source),
        (true, true) => one.speaker.is_some() && one.speaker == other.speaker,
        _ => false,
    }
}

/// Whether two lists of spans share a byte.
pub(crate) fn touch(one: &[Span], other: &[Span]) -> bool {
    one.iter().any(|a| other.iter().any(|b| a.start < b.end && b.start < a.end))
}

/// The kind of this name.
pub(crate) fn kind_named(name: &str) -> Option<QuoteKind> {
    KINDS.into_iter().find(|kind| kind.name() == name)
}

/// All kinds.
pub(crate) const KINDS: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];

fn is_double(string: &str) -> bool {
    string.starts_with(['"', '“', '”', '„', '‟', '«', '»']) || string.starts_with("''") || string.starts_with("``")
}
