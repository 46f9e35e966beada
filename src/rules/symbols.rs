//! Tokens as the rules see them: those that pass the same tests are one symbol.

use super::ground::Ground;
use super::preview::{FURTHEST, Mask, PLACES};
use super::program::{Bit, Inst, PathSet, Pc, Program};
use super::required::{BEYOND, Needs};
use crate::lexicon::Group;
use crate::table::Numbers;
use crate::token::{Class, Token};
use std::collections::HashMap;
use std::hash::BuildHasher;

/// A symbol, by its number.
pub(super) type Symbol = u16;

/// No symbol yet: no test passes.
const NONE: Symbol = 0;
/// Before the first token of a unit, and behind the last.
pub(super) const OUTSIDE: Symbol = 1;
/// Any token at all: what tokens are when there are too many symbols to tell them apart.
const ANY: Symbol = 2;

/// More symbols than this are not told apart. English news needs some hundreds.
const MOST_SYMBOLS: usize = 1 << 12;
const SLOTS: usize = 1 << 13;

/// Numbers tokens by the tests they pass.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    /// The program they are made for, by its number.
    program: u64,
    /// What the edges of sentences depend on, symbol by symbol.
    edges: Vec<Class>,
    /// What each leaves of the rules where it stands.
    masks: Vec<Mask>,
    /// What each meets of what rules require.
    met: Vec<Needs>,
    /// The bits of each: first those of the tests it passes, then whether it may come before what the program tells.
    /// Tokens that could be any symbol have rows of their own behind these, for the time of their unit.
    bits: Vec<u64>,
    /// The words of a row: two to the power of this.
    shift: u32,
    /// From what a token is to its symbol.
    slots: Vec<Slot>,
    used: usize,
    /// Symbols by what they are, hashed.
    by_hash: HashMap<u64, Symbol, Numbers>,
    /// Where the rows of the unit's tokens begin; before the first and behind the last is one more, of what is
    /// outside.
    rows: Vec<u32>,
    /// What is met of what rules require from each row on to the end of its sentence, read rightwards and leftwards.
    met_on: Vec<[Needs; 2]>,
    /// Classes some test asks for.
    asked: Class,
}

/// What a rule can ask of a token: its classes, and the number that stands for its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    class: Class,
    kind: u16,
}

impl Seen {
    /// Where the symbol is, or would be if no other were there.
    #[inline]
    fn slot(self) -> usize {
        let mixed = (self.class.0 ^ u64::from(self.kind).rotate_left(43)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 48) as usize % SLOTS
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    seen: Seen,
    symbol: Symbol,
}

/// What the matcher sees of a unit.
#[derive(Clone, Copy)]
pub(super) struct Sight<'s> {
    pub(super) ground: &'s Ground<'s>,
    rows: &'s [u32],
    bits: &'s [u64],
    pub(super) insts: &'s [Inst],
    pub(super) ways: &'s [Pc],
    /// What the ways require.
    needs: &'s [Needs],
    met_on: &'s [[Needs; 2]],
}

impl Sight<'_> {
    /// Of these ways, whose numbers begin with `from`, those from the first on for which the sentence has what it requires.
    #[inline(always)]
    pub(super) fn first_way(&self, row: u32, left: bool, from: u32, mut ways: u16) -> u16 {
        let met = self.met_on[row as usize][usize::from(left)];
        while ways != 0 {
            let needs = self.needs[from as usize + ways.trailing_zeros() as usize];
            if needs & !met == 0 {
                break;
            }
            ways &= ways - 1;
        }
        ways
    }

    /// The word of a row that holds a bit. Rows are numbered by their tokens, from one on.
    #[inline(always)]
    pub(super) fn word(&self, row: u32, bit: Bit) -> u64 {
        self.bits[self.rows[row as usize] as usize + usize::from(bit / 64)]
    }

    /// How many tokens from a row on pass a test, of so many.
    #[inline(always)]
    pub(super) fn count(&self, row: u32, left: bool, most: u32, test: Bit) -> u32 {
        let (row, most, word, mask) = (row as usize, most as usize, usize::from(test / 64), 1u64 << (test % 64));
        let passes = |row: &&u32| self.bits[**row as usize + word] & mask != 0;
        let count = if left {
            self.rows.get(row + 1 - most..=row).unwrap_or_default().iter().rev().take_while(passes).count()
        } else {
            self.rows.get(row..).unwrap_or_default().iter().take(most).take_while(passes).count()
        };
        count as u32
    }

    /// Whether the token of a row passes a test, or may come; outside the unit none passes any.
    #[inline(always)]
    pub(super) fn has(&self, row: u32, bit: Bit) -> bool {
        self.word(row, bit) >> (bit % 64) & 1 != 0
    }
}

const EDGES: Class =
    Class::STOP.union(Class::PARA).union(Class::QSTOP).union(Class::QASK).union(Class::CAP).union(Class::Q);

/// The words of a row that hold bits of tests.
fn test_words(program: &Program) -> usize {
    program.tests.len().div_ceil(64)
}

/// What is met with one token more; nothing beyond the end of a sentence.
#[inline(always)]
fn meet(met: &mut Needs, here: Needs) -> Needs {
    *met = (*met | here) & (here / BEYOND).wrapping_sub(1);
    *met
}

impl Symbols {
    /// For the tests and words of this program.
    fn new(program: &Program) -> Symbols {
        let mut asked = EDGES | Class::WORD;
        for test in program.tests.iter().flat_map(|choice| choice.tests()) {
            asked = asked | test.all | test.any | test.none;
        }
        let shift = (test_words(program) + program.firsts.len().div_ceil(64)).next_power_of_two().trailing_zeros();
        let mut symbols = Symbols {
            program: program.number,
            edges: Vec::with_capacity(MOST_SYMBOLS),
            masks: Vec::with_capacity(MOST_SYMBOLS),
            met: Vec::with_capacity(MOST_SYMBOLS),
            bits: Vec::with_capacity(MOST_SYMBOLS << shift),
            shift,
            slots: vec![Slot::default(); SLOTS],
            by_hash: HashMap::with_capacity_and_hasher(MOST_SYMBOLS, Numbers::default()),
            asked,
            ..Symbols::default()
        };
        // NONE, OUTSIDE and ANY.
        symbols.edges.resize(3, Class::NONE);
        symbols.masks.extend([Mask::default(), program.preview.outside(), [PathSet::ALL; PLACES]]);
        symbols.met.extend([0, BEYOND, !BEYOND]);
        for row in 0..3 {
            symbols.bits.resize((row + 1) << shift, 0);
            symbols.tell_firsts(program, row << shift);
        }
        symbols
    }

    /// Reads the tokens of a unit.
    pub(super) fn read(&mut self, ground: &Ground<'_>) {
        let program = ground.program;
        if self.program != program.number {
            *self = Symbols::new(program);
        }
        self.bits.truncate(self.edges.len() << self.shift);
        let tokens = ground.tokens.list();
        let (mut rows, mut met_on) = (std::mem::take(&mut self.rows), std::mem::take(&mut self.met_on));
        rows.clear();
        rows.resize(tokens.len() + 2, self.row(OUTSIDE));
        met_on.clear();
        met_on.resize(tokens.len() + 2, [0; 2]);
        let mut met = 0;
        for ((token, row), met_on) in tokens.iter().zip(&mut rows[1..]).zip(&mut met_on[1..]) {
            let word = if token.string().is_some() { 0 } else { token.word };
            let kind = program.kinds.get(usize::from(word)).copied().unwrap_or(0);
            let seen = Seen { class: token.class & self.asked, kind };
            let found = &self.slots[seen.slot()];
            let symbol = if found.seen == seen && found.symbol > ANY {
                *row = self.row(found.symbol);
                found.symbol
            } else {
                *row = self.look_up(ground, token, seen);
                self.symbol(*row)
            };
            let here = self.met[usize::from(symbol)];
            *met_on = [here, meet(&mut met, here)];
        }
        met = 0;
        met_on.iter_mut().rev().for_each(|[here, _]| *here = meet(&mut met, *here));
        (self.rows, self.met_on) = (rows, met_on);
    }

    /// What the matcher sees of the unit.
    pub(super) fn sight<'s>(&'s self, ground: &'s Ground<'s>) -> Sight<'s> {
        let program = ground.program;
        Sight {
            ground,
            rows: &self.rows,
            bits: &self.bits,
            insts: &program.insts,
            ways: &program.ways,
            needs: program.required.ways(),
            met_on: &self.met_on,
        }
    }

    /// What holds for other texts.
    pub(super) fn learned(self) -> Symbols {
        Symbols { rows: Vec::new(), ..self }
    }

    /// The symbol of a row.
    #[inline]
    fn symbol(&self, row: u32) -> Symbol {
        let symbol = row >> self.shift;
        if symbol < MOST_SYMBOLS as u32 { symbol as Symbol } else { ANY }
    }

    fn row(&self, symbol: Symbol) -> u32 {
        u32::from(symbol) << self.shift
    }

    #[inline(never)]
    fn look_up(&mut self, ground: &Ground<'_>, token: &Token, seen: Seen) -> u32 {
        let mut slot = seen.slot();
        while self.slots[slot].symbol != NONE && self.slots[slot].seen != seen {
            slot = (slot + 1) % SLOTS;
        }
        if self.slots[slot].symbol > ANY {
            return self.row(self.slots[slot].symbol);
        }
        let start = self.push_row(ground, token);
        let symbol = self.add(ground.program, seen.class & EDGES, start);
        if self.slots[slot].symbol == NONE && self.used < SLOTS / 2 {
            self.used += 1;
            self.slots[slot] = Slot { seen, symbol };
        }
        // Any symbol: a row for this token alone.
        if symbol == ANY { start as u32 } else { self.row(symbol) }
    }

    /// Adds a row at the end, as far as the tests go.
    fn push_row(&mut self, ground: &Ground<'_>, token: &Token) -> usize {
        let start = self.bits.len();
        self.bits.resize(start + (1 << self.shift), 0);
        let (group, word) = (ground.group(token), if token.string().is_some() { 0 } else { token.word });
        for (number, test) in ground.program.tests.iter().enumerate() {
            if test.passes(token.class, group, word) {
                self.bits[start + number / 64] |= 1 << (number % 64);
            }
        }
        start
    }

    /// Completes a row: what its token may come before.
    fn tell_firsts(&mut self, program: &Program, start: usize) {
        let (passed, others) = self.bits[start..start + (1 << self.shift)].split_at_mut(test_words(program));
        for (firsts, word) in program.firsts.chunks(64).zip(others) {
            let bits = firsts.iter().rev().map(|first| u64::from(first.may_come(passed)));
            *word = bits.fold(0, |word, bit| word << 1 | bit);
        }
    }

    /// The symbol of the row at the end, which is removed if it is known.
    fn add(&mut self, program: &Program, edges: Class, start: usize) -> Symbol {
        let tests = test_words(program);
        let mut hash = Numbers::default().hash_one((&self.bits[start..start + tests], edges.0));
        while let Some(&known) = self.by_hash.get(&hash) {
            let from = self.row(known) as usize;
            let same = self.bits[from..from + tests] == self.bits[start..start + tests];
            if same && self.edges[usize::from(known)] == edges {
                self.bits.truncate(start);
                return known;
            }
            hash = hash.wrapping_add(1);
        }
        self.tell_firsts(program, start);
        if self.edges.len() >= MOST_SYMBOLS {
            return ANY;
        }
        let symbol = self.edges.len() as Symbol;
        let passes = |test: u16| self.bits[start + usize::from(test / 64)] >> (test % 64) & 1 != 0;
        let tests = (0..program.tests.len() as u16).filter(|test| passes(*test));
        let sides = [Class::CAP | Class::Q, Class::QEND].map(|beside| edges.has(Class::STOP | Class::PARA | beside));
        self.masks.push(program.preview.mask(tests, sides));
        let stop = |test: u16| program.tests[usize::from(test)].passes(Class::STOP, Group::default(), 0);
        let ends = edges == Class::STOP && (0..program.tests.len() as u16).all(|test| passes(test) == stop(test));
        self.met.push(program.required.met(passes) | if ends { BEYOND } else { 0 });
        self.edges.push(edges);
        self.by_hash.insert(hash, symbol);
        symbol
    }

    /// Of these paths those that the tokens around token `at` leave.
    pub(super) fn left_around(&self, program: &Program, at: u32, mut paths: PathSet) -> PathSet {
        // The first row is that of what is outside.
        let (before, after) = self.rows.split_at(at as usize + 1);
        let Some((anchor, after)) = after.split_first() else { return PathSet::default() };
        self.left_beside(program, *anchor, after.iter(), 0, &mut paths);
        self.left_beside(program, *anchor, before.iter().rev(), FURTHEST, &mut paths);
        paths
    }

    /// The same on one side, whose places begin with `first`.
    #[inline(always)]
    fn left_beside<'r>(
        &self,
        program: &Program,
        anchor: u32,
        rows: impl Iterator<Item = &'r u32>,
        first: usize,
        paths: &mut PathSet,
    ) {
        let mut last = self.symbol(anchor);
        for (place, row) in (first..first + FURTHEST).zip(rows) {
            if paths.is_empty() {
                return;
            }
            let symbol = self.symbol(*row);
            let mut left = self.masks[usize::from(symbol)][place];
            if self.is(last, Class::STOP | Class::PARA) {
                left.unite(program.preview.edge(place));
            }
            *paths = paths.common(left);
            last = symbol;
        }
    }

    /// What the tokens of the sentence right of token `at` meet of what rules require, and those left of it.
    pub(super) fn met_beside(&self, at: u32) -> [Needs; 2] {
        [self.met_on[at as usize + 2][0], self.met_on[at as usize][1]]
    }

    /// Whether it has one of these classes, which edges depend on.
    pub(super) fn is(&self, symbol: Symbol, class: Class) -> bool {
        symbol == ANY || self.edges[usize::from(symbol)].has(class)
    }
}
