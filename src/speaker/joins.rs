//! What joins the words of a run, and what stands right beside it.

use super::TextContext;
use super::before::{Before, Use};
use super::capitals::{after_nickname, after_space, begins_capital, begins_joined, is_nameable};
use super::name_words::read_word;
use super::names::{Honorific, Names};
use super::runs::Place;
use crate::token::TagSet;
use crate::word::Key;

/// Whether it is plain that a run ends with the word that ends at `after`: mostly one look at what stands behind it
/// tells, a small word that is part of no name or a mark.
#[inline]
pub(super) fn ends_behind(context: &TextContext<'_>, after: usize, end: usize) -> bool {
    let behind = context.text.as_bytes().get(after..end).unwrap_or(&[]);
    match behind {
        [b' ', letter, ..] => letter.is_ascii_lowercase() && !context.terms.may_join(&behind[1..]),
        [b',', b' ', letter, ..] => letter.is_ascii_lowercase(),
        [b',' | b' ' | b'\n' | b'\r' | b'\t', ..] => false,
        _ => true,
    }
}

impl Names {
    /// Where the run goes on after a word that ends at `after`: right behind a space, or behind the
    /// small words inside a name, which are added.
    #[inline]
    pub(super) fn join(
        &mut self,
        context: &TextContext<'_>,
        first: usize,
        after: usize,
        place: Place,
    ) -> Option<usize> {
        if ends_behind(context, after, place.end) {
            return None;
        }
        match context.text.as_bytes()[after..place.end] {
            [b' ', letter, ..] if letter.is_ascii_uppercase() => Some(after + 1),
            [b' ', letter, ..] if letter.is_ascii_lowercase() => self.join_small(context, after + 1, place),
            _ => self.join_loosely(context, first, after, place),
        }
    }

    #[inline(never)]
    fn join_loosely(&mut self, context: &TextContext<'_>, first: usize, after: usize, place: Place) -> Option<usize> {
        let end = place.end;
        let bytes = &context.text.as_bytes()[..end];
        if bytes[after] == b',' {
            return self.suffix_after_comma(context, after, end);
        }
        let next = after_space(bytes, after, end)?;
        if begins_capital(context.text, next, end) {
            return Some(next);
        }
        if bytes[next].is_ascii_lowercase() {
            return if context.terms.may_join(&bytes[next..]) { self.join_small(context, next, place) } else { None };
        }
        if bytes[next] == b'&' {
            let behind = after_space(bytes, next + 1, end)?;
            return begins_capital(context.text, behind, end).then_some(behind);
        }
        if let Some((nick, behind)) = after_nickname(context.text, next, end)
            && self.words.len() - first <= 4
        {
            let nick = &context.text[nick];
            self.nick = Some(self.word_id(Key::folded(nick), context.lexicon.look_up(nick).0));
            return Some(behind);
        }
        let letter = bytes[next] >= 0x80 && context.text[next..end].starts_with(char::is_alphabetic);
        if letter { self.join_small(context, next, place) } else { None }
    }

    /// Where the run goes on behind the small words at `next`, which are added, or with a capital they are joined to.
    #[inline(never)]
    fn join_small(&mut self, context: &TextContext<'_>, next: usize, place: Place) -> Option<usize> {
        let end = place.end;
        let bytes = &context.text.as_bytes()[..end];
        if begins_joined(context, next, end) {
            return Some(next);
        }
        let kept = self.words.len();
        let last = self.words[kept - 1];
        let body = context.terms.is_body(context.lexicon, last.entry) || last.class.has(TagSet::GROUP | TagSet::ROLE);
        let noun = last.class.has(TagSet::NOUN) && last.class.has(TagSet::KNOWN) && !last.class.has(TagSet::FIRST);
        // Between names of people there are only particles.
        if place.headline || !body && !noun && !context.terms.may_be_particle(&bytes[next..]) {
            return None;
        }
        let mut at = next;
        for _ in 0..3 {
            let read = read_word(context, at, end);
            let small = read.word;
            let links = context.terms.links(small.entry) && if small.class.has(TagSet::AND) { noun } else { body };
            let joins = small.class.has(TagSet::PARTICLE) || links;
            let behind = after_space(bytes, read.after as usize, end).filter(|_| joins);
            let Some(behind) = behind else { break };
            self.keep(&read);
            if begins_capital(context.text, behind, end) {
                let coordinated = self.words[kept..].iter().any(|word| word.class.has(TagSet::AND));
                let read = read_word(context, behind, end);
                let next = read.word;
                // Lim and Roe are two, the Trade and Customs Office is one.
                let behind_next = after_space(bytes, read.after as usize, end).filter(|_| coordinated);
                let last = behind_next.map(|at| read_word(context, at, end).word);
                let one = last.is_some_and(|word| context.terms.is_body(context.lexicon, word.entry));
                let fits = !coordinated || next.class.has(TagSet::KNOWN) && !next.class.has(TagSet::FIRST) && one;
                if fits && is_nameable(&next, Place { initial: false, ..place }, || true) {
                    return Some(behind);
                }
                break;
            }
            at = behind;
        }
        self.words.truncate(kept);
        None
    }

    /// `, Jr.`
    fn suffix_after_comma(&self, context: &TextContext<'_>, comma: usize, end: usize) -> Option<usize> {
        let next = after_space(context.text.as_bytes(), comma + 1, end)?;
        let suffix = begins_capital(context.text, next, end) && {
            let read = read_word(context, next, end);
            read.word.class.has(TagSet::SUFFIX)
        };
        suffix.then_some(next)
    }

    /// Keeps the particles in lower case before a surname: said *van der* Berg. Returns what stands before all of it.
    #[inline(never)]
    pub(super) fn read_particles_before(
        &mut self,
        context: &TextContext<'_>,
        before: Before,
        start: usize,
        floor: usize,
    ) -> Before {
        const MOST: usize = 3;
        let mut before = before;
        let mut starts = [0; MOST];
        let mut count = 0;
        let mut end = start;
        while before.word.has(Use::PARTICLE) && count < MOST {
            let start = before.start as usize;
            // A space stands behind it.
            if start < floor || !context.text.as_bytes()[start].is_ascii_lowercase() || end - start < 3 {
                break;
            }
            starts[count] = start;
            count += 1;
            end = start;
            before = Before::read(context, start);
        }
        for &at in starts[..count].iter().rev() {
            let read = read_word(context, at, start);
            self.keep(&read);
        }
        before
    }

    /// An acronym in brackets stands for the name before.
    #[inline]
    pub(super) fn read_alias(&mut self, context: &TextContext<'_>, after: usize, place: Place) {
        let bytes = context.text.as_bytes();
        if !bytes.get(after + 1).is_some_and(|byte| matches!(byte, b'(' | b' ' | b'\n' | b'\r' | b'\t')) {
            return;
        }
        let Some(open) = after_space(bytes, after, place.end).filter(|&at| bytes[at] == b'(') else { return };
        let close = open
            + 1
            + bytes[open + 1..place.end].iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let Some(name) = self.list.last().copied().filter(|name| name.end as usize + 2 >= after && name.count > 1)
        else {
            return;
        };
        if bytes.get(close) != Some(&b')')
            || !bytes[open + 1..close].iter().all(u8::is_ascii_uppercase)
            || close < open + 3
        {
            return;
        }
        let read = read_word(context, open + 1, place.end);
        let word = self.word_id(read.key, read.entry);
        let form = self.child_or_push(Honorific::None as u32, word);
        self.aliases.push((name.form, form));
    }
}
