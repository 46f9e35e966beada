//! Transcripts in quotation marks: each turn begins with a name and a colon inside the marks.

use super::Attributor;
use super::attribution::{Attributions, UNATTRIBUTED};
use crate::marks::{HYPHEN, Uses, is_apostrophe, uses};
use crate::probability::Probability;
use crate::quote::{Attribution, MentionKind, Origin, Place};
use crate::span::Span;

/// The sieve that parts transcripts.
pub(super) const TURNS: Origin = Origin::Sieve("turns");

/// A paragraph that begins a turn.
struct Turn {
    name: Span,
    colon: Span,
    words: Span,
}

impl Attributor {
    /// Parts quotations nothing is known of into turns, if several paragraphs in marks begin with a name in
    /// capitals and a colon: “LIM: Why now? ¶ “ROE: Why not?” Remarks in brackets are nobody's.
    pub(crate) fn part_turns(&mut self, text: &str, made: &mut Attributions) {
        const FEWEST: usize = 2;
        const SCORE: Probability = Probability::of(0.9);
        let loose = made.list.iter().filter(|quote| quote.origin == UNATTRIBUTED);
        let turns = loose.flat_map(|quote| made.spans(quote)).filter(|span| turn(text, **span).is_some());
        if turns.take(FEWEST).count() < FEWEST {
            return;
        }
        let next = &mut self.next;
        next.list.clear();
        next.contents.clear();
        for quote in &made.list {
            let parted = quote.origin == UNATTRIBUTED;
            let mut last: Option<Attribution> = None;
            for &span in made.spans(quote) {
                let at = next.contents.len() as u32;
                let turn = turn(text, span).filter(|_| parted);
                if parted && turn.is_none() && is_remark(text, span) {
                    continue;
                }
                next.contents.push(turn.as_ref().map_or(span, |turn| turn.words));
                let content = (at, at + 1);
                let own = match (turn, &mut last) {
                    (Some(turn), _) => Attribution {
                        content,
                        cue: Some(turn.colon),
                        source: Some(Place { span: turn.name, kind: MentionKind::Name }),
                        score: SCORE,
                        origin: TURNS,
                        ..*quote
                    },
                    (None, Some(last)) => {
                        last.content.1 = at + 1;
                        continue;
                    }
                    (None, None) => Attribution { content, ..*quote },
                };
                next.list.extend(last.replace(own));
            }
            next.list.extend(last);
        }
        std::mem::swap(&mut next.list, &mut made.list);
        std::mem::swap(&mut next.contents, &mut made.contents);
    }
}

/// The turn that a stretch in marks is: a name of one to four words, all in capitals, a colon and more.
fn turn(text: &str, span: Span) -> Option<Turn> {
    const LONGEST: usize = 40;
    const MOST_WORDS: usize = 4;
    let (start, inner) = without_marks(text, span);
    let head = inner.as_bytes().iter().take(LONGEST).position(|&byte| byte == b':')?;
    let (name, rest) = (&inner[..head], &inner[head + 1..]);
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let named = name
        .chars()
        .all(|letter| letter.is_uppercase() || matches!(letter, ' ' | '.' | HYPHEN) || is_apostrophe(letter));
    let words = rest.trim_start();
    let fits = named && letters > 1 && name.starts_with(char::is_uppercase) && words.len() < rest.len();
    if !fits || name.split(' ').count() > MOST_WORDS || words.is_empty() {
        return None;
    }
    let end = start + inner.len();
    Some(Turn {
        name: Span::new(start, start + head),
        colon: Span::new(start + head, start + head + 1),
        words: Span::new(end - words.len(), end),
    })
}

/// Whether all of it stands in brackets: (Laughter.)
fn is_remark(text: &str, span: Span) -> bool {
    let (_, inner) = without_marks(text, span);
    inner.starts_with(['(', '[']) && inner.trim_end_matches('.').ends_with([')', ']'])
}

/// What stands inside the marks around a stretch, and where it begins.
fn without_marks(text: &str, span: Span) -> (usize, &str) {
    let is_mark = |letter: char| uses(letter).has(Uses::ENGLISH);
    let inner = text[span].trim_start_matches(is_mark);
    (span.end - inner.len(), inner.trim_end_matches(is_mark))
}
