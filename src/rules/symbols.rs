//! Tokens as the rules see them: those that pass the same tests are one token class.

use super::context::Context;
use super::preview::{FURTHEST, Mask, PLACES};
use super::program::{Bit, Inst, PathSet, Pc, Program};
use super::required::{BEYOND, Needs, Way};
use crate::lexicon::CueClasses;
use crate::token::{TagSet, Token};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// A token class, by its number.
pub(super) type TokenClass = u16;

/// No token class yet: no test passes.
const NONE: TokenClass = 0;
/// Before the first token of a unit, and behind the last.
pub(super) const OUTSIDE: TokenClass = 1;
/// Any token at all: what tokens are when there are too many token classes to tell them apart.
const ANY: TokenClass = 2;

/// More token classes than this are not told apart. English news needs some hundreds.
const MOST_SYMBOLS: usize = 1 << 12;
const SLOTS: usize = 1 << 13;

/// Numbers tokens by the tests they pass.
#[derive(Debug, Default)]
pub(super) struct TokenClasses {
    /// The program they are made for, by its number.
    program: u64,
    /// The tags by which edges of sentences are told, of each token class.
    edges: Vec<TagSet>,
    /// The paths that a token of each class leaves, for each place beside an anchor.
    masks: Vec<Mask>,
    /// The required tests that each passes.
    met: Vec<Needs>,
    /// The bits of each: first those of the tests it passes, then whether it may come before what the program tells.
    /// Tokens that could be any token class have rows of their own behind these, for the time of their unit.
    bits: Vec<u64>,
    /// The words of a row: two to the power of this.
    shift: u32,
    /// A cache from the tags and word of a token to its token class.
    slots: Vec<SymbolSlot>,
    used: usize,
    /// Token classes by a hash of what defines them.
    by_hash: FxHashMap<u64, TokenClass>,
    /// The unit's tokens; before the first and behind the last is one more, of what is outside.
    rows: Vec<SymbolRow>,
    /// What is met of what rules require from each of them on to the end of its sentence, read rightwards and leftwards.
    met_on: Vec<[Needs; 2]>,
    /// Classes some test asks for.
    asked: TagSet,
}

/// What a rule can ask of a token, its classes and the number that stands for its word, and what it is.
#[derive(Clone, Copy, Debug, Default)]
struct SymbolSlot {
    class: TagSet,
    /// What it meets of what rules require.
    met: Needs,
    row: SymbolRow,
    kind: u16,
}

impl SymbolSlot {
    /// Where the slot of such a token is, or would be if no other were there.
    #[inline]
    fn place(class: TagSet, kind: u16) -> usize {
        let mixed = (class.0 ^ u64::from(kind).rotate_left(43)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (u64::BITS - SLOTS.trailing_zeros())) as usize
    }

    #[inline]
    fn is_of(&self, class: TagSet, kind: u16) -> bool {
        self.class == class && self.kind == kind
    }
}

/// A token of the unit.
#[derive(Clone, Copy, Debug, Default)]
struct SymbolRow {
    /// Where its bits begin.
    start: u32,
    symbol: TokenClass,
    /// A sentence may end with it.
    ends: bool,
}

/// What the matcher sees of a unit.
#[derive(Clone, Copy)]
pub(super) struct Sight<'s> {
    pub(super) context: &'s Context<'s>,
    rows: &'s [SymbolRow],
    bits: &'s [u64],
    pub(super) insts: &'s [Inst],
    ways: &'s [Way],
    met_on: &'s [[Needs; 2]],
}

impl Sight<'_> {
    /// The first of these ways, whose numbers begin with `from`, for which the sentence has what it requires, and the ones
    /// behind it.
    #[inline(always)]
    pub(super) fn first_way(&self, row: u32, left: bool, from: u32, mut ways: u16) -> Option<(Pc, u16)> {
        let met = self.met_on[row as usize][usize::from(left)];
        while ways != 0 {
            let way = self.ways[from as usize + ways.trailing_zeros() as usize];
            ways &= ways - 1;
            if way.needs & !met == 0 {
                return Some((way.pc, ways));
            }
        }
        None
    }

    /// The word of a row that holds a bit. Rows are numbered by their tokens, from one on.
    #[inline(always)]
    pub(super) fn word(&self, row: u32, bit: Bit) -> u64 {
        self.bits[self.rows[row as usize].start as usize + usize::from(bit / 64)]
    }

    /// Whether the token of a row passes a test, or may come; outside the unit none passes any.
    #[inline(always)]
    pub(super) fn has(&self, row: u32, bit: Bit) -> bool {
        self.word(row, bit) >> (bit % 64) & 1 != 0
    }
}

const EDGES: TagSet =
    TagSet::STOP.union(TagSet::PARA).union(TagSet::QSTOP).union(TagSet::QASK).union(TagSet::CAP).union(TagSet::Q);

/// What is met with one token more; nothing beyond the end of a sentence.
#[inline(always)]
fn meet(met: &mut Needs, here: Needs) -> Needs {
    *met = (*met | here) & (here / BEYOND).wrapping_sub(1);
    *met
}

impl TokenClasses {
    /// For the tests and words of this program.
    fn new(program: &Program) -> TokenClasses {
        let mut asked = EDGES | TagSet::WORD;
        for test in program.tests.iter().flat_map(|choice| choice.tests()) {
            asked = asked | test.all | test.any | test.none;
        }
        let shift = program.bits.shift;
        let mut symbols = TokenClasses {
            program: program.number,
            edges: Vec::with_capacity(MOST_SYMBOLS),
            masks: Vec::with_capacity(MOST_SYMBOLS),
            met: Vec::with_capacity(MOST_SYMBOLS),
            bits: Vec::with_capacity(MOST_SYMBOLS << shift),
            shift,
            slots: vec![SymbolSlot::default(); SLOTS],
            by_hash: FxHashMap::with_capacity_and_hasher(MOST_SYMBOLS, FxBuildHasher),
            asked,
            ..TokenClasses::default()
        };
        // NONE, OUTSIDE and ANY.
        symbols.edges.resize(3, TagSet::NONE);
        symbols.masks.extend([Mask::default(), program.preview.outside(), [PathSet::ALL; PLACES]]);
        symbols.met.extend([0, BEYOND, !BEYOND]);
        symbols.bits.resize(3 << shift, 0);
        symbols.bits.chunks_mut(1 << shift).for_each(|row| program.bits.complete(row));
        symbols
    }

    /// Reads the tokens of a unit.
    pub(super) fn read(&mut self, context: &Context<'_>) {
        let program = context.program;
        if self.program != program.number {
            *self = TokenClasses::new(program);
        }
        self.bits.truncate(self.edges.len() << self.shift);
        let tokens = context.tokens.list();
        let (mut rows, mut met_on) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.met_on));
        rows.clear();
        rows.resize(tokens.len() + 2, SymbolRow { start: self.start(OUTSIDE), symbol: OUTSIDE, ends: false });
        met_on.clear();
        met_on.resize(tokens.len() + 2, [0; 2]);
        let (kinds, asked) = (program.kinds.as_slice(), self.asked);
        let mut met = 0;
        for ((token, row), met_on) in tokens.iter().zip(&mut rows[1..]).zip(&mut met_on[1..]) {
            let word = if token.string().is_some() { 0 } else { token.word };
            let kind = kinds.get(usize::from(word)).copied().unwrap_or(0);
            let class = token.class & asked;
            let slot = &self.slots[SymbolSlot::place(class, kind)];
            let here;
            (*row, here) = if slot.is_of(class, kind) && slot.row.symbol > ANY {
                (slot.row, slot.met)
            } else {
                self.look_up(context, token, class, kind)
            };
            *met_on = [here, meet(&mut met, here)];
        }
        met = 0;
        met_on.iter_mut().rev().for_each(|[here, _]| *here = meet(&mut met, *here));
        (self.rows, self.met_on) = (rows, met_on);
    }

    /// What the matcher sees of the unit.
    pub(super) fn sight<'s>(&'s self, context: &'s Context<'s>) -> Sight<'s> {
        let program = context.program;
        Sight {
            context,
            rows: &self.rows,
            bits: &self.bits,
            insts: &program.insts,
            ways: program.required.ways(),
            met_on: &self.met_on,
        }
    }

    /// Has any token come anywhere, and every sentence hold all that a way requires: for a test.
    #[cfg(test)]
    pub(super) fn tell_nothing(&mut self, program: &Program) {
        self.bits.chunks_mut(1 << self.shift).for_each(|row| row[program.bits.test_words..].fill(u64::MAX));
        self.met_on.fill([!BEYOND; 2]);
    }

    /// What holds for other texts.
    pub(super) fn learned(self) -> TokenClasses {
        TokenClasses { rows: Vec::new(), ..self }
    }

    /// Where the bits of a token class begin.
    #[inline]
    fn start(&self, symbol: TokenClass) -> u32 {
        u32::from(symbol) << self.shift
    }

    /// What a token is that the slot in its place does not know, and what it meets.
    #[inline(never)]
    fn look_up(&mut self, context: &Context<'_>, token: &Token, class: TagSet, kind: u16) -> (SymbolRow, Needs) {
        let mut place = SymbolSlot::place(class, kind);
        while self.slots[place].row.symbol != NONE && !self.slots[place].is_of(class, kind) {
            place = (place + 1) % SLOTS;
        }
        let slot = self.slots[place];
        if slot.row.symbol > ANY {
            return (slot.row, slot.met);
        }
        let bits = self.push_row(context, token);
        let symbol = self.add(context.program, class & EDGES, bits);
        // Any token class: bits for this token alone.
        let start = if symbol == ANY { bits as u32 } else { self.start(symbol) };
        let row = SymbolRow { start, symbol, ends: symbol == ANY || class.has(TagSet::STOP | TagSet::PARA) };
        let met = self.met[usize::from(symbol)];
        if slot.row.symbol == NONE && self.used < SLOTS / 2 {
            self.used += 1;
            self.slots[place] = SymbolSlot { class, met, row, kind };
        }
        (row, met)
    }

    /// Adds a row at the end, as far as the tests go.
    fn push_row(&mut self, context: &Context<'_>, token: &Token) -> usize {
        let start = self.bits.len();
        self.bits.resize(start + (1 << self.shift), 0);
        let (group, word) = (context.group(token), if token.string().is_some() { 0 } else { token.word });
        for (number, test) in context.program.tests.iter().enumerate() {
            if test.passes(token.class, group, word) {
                self.bits[start + number / 64] |= 1 << (number % 64);
            }
        }
        start
    }

    /// The token class of the row at the end, which is removed if it is known.
    fn add(&mut self, program: &Program, edges: TagSet, start: usize) -> TokenClass {
        let tests = program.bits.test_words;
        let mut hash = FxBuildHasher.hash_one((&self.bits[start..start + tests], edges.0));
        while let Some(&known) = self.by_hash.get(&hash) {
            let from = self.start(known) as usize;
            let same = self.bits[from..from + tests] == self.bits[start..start + tests];
            if same && self.edges[usize::from(known)] == edges {
                self.bits.truncate(start);
                return known;
            }
            hash = hash.wrapping_add(1);
        }
        program.bits.complete(&mut self.bits[start..]);
        if self.edges.len() >= MOST_SYMBOLS {
            return ANY;
        }
        let symbol = self.edges.len() as TokenClass;
        let passes = |test: u16| self.bits[start + usize::from(test / 64)] >> (test % 64) & 1 != 0;
        let tests = (0..program.tests.len() as u16).filter(|test| passes(*test));
        let sides =
            [TagSet::CAP | TagSet::Q, TagSet::QEND].map(|beside| edges.has(TagSet::STOP | TagSet::PARA | beside));
        self.masks.push(program.preview.mask(tests, sides));
        let stop = |test: u16| program.tests[usize::from(test)].passes(TagSet::STOP, CueClasses::default(), 0);
        let ends = edges == TagSet::STOP && (0..program.tests.len() as u16).all(|test| passes(test) == stop(test));
        self.met.push(program.required.met(passes) | if ends { BEYOND } else { 0 });
        self.edges.push(edges);
        self.by_hash.insert(hash, symbol);
        symbol
    }

    /// Of these paths those that the tokens around token `at` leave.
    pub(super) fn left_around(&self, program: &Program, at: u32, paths: PathSet) -> PathSet {
        // The first row is that of what is outside.
        let (before, after) = self.rows.split_at(at as usize + 1);
        let Some((anchor, after)) = after.split_first() else { return PathSet::default() };
        let paths = self.left_beside(program, anchor, after.iter(), 0, paths);
        self.left_beside(program, anchor, before.iter().rev(), FURTHEST, paths)
    }

    /// The same on one side, whose places begin with `first`.
    #[inline(always)]
    fn left_beside<'r>(
        &self,
        program: &Program,
        anchor: &SymbolRow,
        rows: impl Iterator<Item = &'r SymbolRow>,
        first: usize,
        mut paths: PathSet,
    ) -> PathSet {
        let mut ends = anchor.ends;
        for (place, row) in (first..first + FURTHEST).zip(rows) {
            let left = self.masks[usize::from(row.symbol)][place];
            paths = paths.common(left.union(program.preview.edge(place).when(ends)));
            ends = row.ends;
        }
        paths
    }

    /// What the tokens of the sentence right of token `at` meet of what rules require, and those left of it.
    pub(super) fn met_beside(&self, at: u32) -> [Needs; 2] {
        [self.met_on[at as usize + 2][0], self.met_on[at as usize][1]]
    }
}
