//! Tokens as the rules see them: those that pass the same tests are one symbol.

use super::backtrack::behind;
use super::ground::{Ground, WINDOW};
use super::preview::{FURTHEST, Mask, PLACES};
use super::program::{DefEntry, First, Inst, PathSet, Program};
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
    /// The tests each passes: a row of bits for each symbol. Tokens that could be any symbol have rows of their own
    /// behind these, for the time of their unit.
    passed: Vec<u64>,
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
    /// Tokens looked up before.
    recent: Vec<Recent>,
    /// Classes some test asks for.
    asked: Class,
    /// Words some rule asks for: a bit for each.
    words: Vec<u64>,
}

/// What a rule can ask of a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    class: Class,
    group: Group,
    word: u16,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    seen: Seen,
    symbol: Symbol,
}

/// A token looked up before: most are alike.
#[derive(Clone, Copy, Debug, Default)]
struct Recent {
    class: Class,
    word: u16,
    /// 0: there is none.
    row: u32,
}

impl Recent {
    const SLOTS: usize = 1 << 11;

    #[inline]
    fn slot(class: Class, word: u16) -> usize {
        let mixed = (class.0 ^ u64::from(word).rotate_left(40)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 53) as usize % Recent::SLOTS
    }
}

/// What the matcher sees of a unit.
#[derive(Clone, Copy)]
pub(super) struct Sight<'s> {
    pub(super) ground: &'s Ground<'s>,
    rows: &'s [u32],
    passed: &'s [u64],
    pub(super) insts: &'s [Inst],
    pub(super) defs: &'s [DefEntry],
}

impl Sight<'_> {
    /// Whether the next token passes a test; outside the unit none does.
    #[inline(always)]
    pub(super) fn passes<const LEFT: bool>(&self, at: u32, test: u16) -> bool {
        let row = self.rows[if LEFT { at as usize } else { at as usize + 1 }];
        self.passed[row as usize + usize::from(test / 64)] >> (test % 64) & 1 != 0
    }

    /// Whether the next token is one that may come.
    #[inline(always)]
    pub(super) fn may_come<const LEFT: bool>(&self, at: u32, first: First) -> bool {
        first == First::ANYTHING || self.passes::<LEFT>(at, first.0)
    }
}

const EDGES: Class =
    Class::STOP.union(Class::PARA).union(Class::QSTOP).union(Class::QASK).union(Class::CAP).union(Class::Q);

impl Symbols {
    /// For the tests and words of this program.
    fn new(program: &Program) -> Symbols {
        let mut asked = EDGES | Class::WORD;
        for test in program.tests.iter().flat_map(|choice| choice.tests()) {
            asked = asked | test.all | test.any | test.none;
        }
        let mut words = vec![0; 1 << 10];
        for &word in program.tests.iter().flat_map(|choice| choice.words()) {
            words[usize::from(word / 64)] |= 1 << (word % 64);
        }
        let slots = vec![Slot::default(); SLOTS];
        let shift = program.tests.len().div_ceil(64).next_power_of_two().trailing_zeros();
        let mut edges = Vec::with_capacity(MOST_SYMBOLS);
        let mut passed = Vec::with_capacity(MOST_SYMBOLS << shift);
        // NONE, OUTSIDE and ANY.
        edges.resize(3, Class::NONE);
        passed.resize(3 << shift, 0);
        let mut masks = Vec::with_capacity(MOST_SYMBOLS);
        masks.extend([Mask::default(), program.preview.outside(), [PathSet::ALL; PLACES]]);
        let mut met = Vec::with_capacity(MOST_SYMBOLS);
        met.extend([0, BEYOND, !BEYOND]);
        let by_hash = HashMap::with_capacity_and_hasher(MOST_SYMBOLS, Numbers::default());
        let recent = vec![Recent::default(); Recent::SLOTS];
        Symbols {
            program: program.number,
            edges,
            masks,
            met,
            passed,
            shift,
            slots,
            by_hash,
            recent,
            asked,
            words,
            ..Symbols::default()
        }
    }

    /// Reads the tokens of a unit.
    pub(super) fn begin_unit(&mut self, ground: &Ground<'_>) {
        if self.program != ground.program.number {
            *self = Symbols::new(ground.program);
        }
        self.passed.truncate(self.edges.len() << self.shift);
        self.rows.clear();
        self.rows.push(self.row(OUTSIDE));
        for token in ground.tokens.list() {
            let word = if token.string().is_some() { 0 } else { token.word };
            let recent = Recent::slot(token.class, word);
            let Recent { class, word: known, row } = self.recent[recent];
            let row = if (class, known) == (token.class, word) && row != 0 {
                row
            } else {
                let row = self.look_up(ground, token, word);
                if row < self.row(MOST_SYMBOLS as Symbol) {
                    self.recent[recent] = Recent { class: token.class, word, row };
                }
                row
            };
            self.rows.push(row);
        }
        self.rows.push(self.row(OUTSIDE));
    }

    /// What the matcher sees of the unit.
    pub(super) fn sight<'s>(&'s self, ground: &'s Ground<'s>) -> Sight<'s> {
        let program = ground.program;
        Sight { ground, rows: &self.rows, passed: &self.passed, insts: &program.insts, defs: &program.defs }
    }

    /// The symbol of the next token behind a place, or before it.
    #[inline]
    pub(super) fn next<const LEFT: bool>(&self, at: u32) -> Symbol {
        self.symbol(self.rows[if LEFT { at as usize } else { at as usize + 1 }])
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

    fn is_asked(&self, word: u16) -> bool {
        self.words[usize::from(word / 64)] >> (word % 64) & 1 != 0
    }

    #[inline(never)]
    fn look_up(&mut self, ground: &Ground<'_>, token: &Token, word: u16) -> u32 {
        let group = ground.group(token);
        let asked = if self.is_asked(word) { word } else { 0 };
        let seen = Seen { class: Class(token.class.0 & self.asked.0), group, word: asked };
        match self.find(ground.program, seen) {
            // A row for this token alone.
            ANY => {
                let row = self.passed.len();
                self.push_row(ground.program, Seen { class: token.class, group, word });
                row as u32
            }
            symbol => self.row(symbol),
        }
    }

    /// Adds a row at the end.
    fn push_row(&mut self, program: &Program, seen: Seen) {
        let start = self.passed.len();
        self.passed.resize(start + (1 << self.shift), 0);
        for (number, test) in program.tests.iter().enumerate() {
            if test.passes(seen.class, seen.group, seen.word) {
                self.passed[start + number / 64] |= 1 << (number % 64);
            }
        }
    }

    fn find(&mut self, program: &Program, seen: Seen) -> Symbol {
        let slot = self.slot(seen);
        if self.slots[slot].symbol != NONE {
            return self.slots[slot].symbol;
        }
        let symbol = self.add(program, seen);
        if self.used < SLOTS / 2 {
            self.used += 1;
            self.slots[slot] = Slot { seen, symbol };
        }
        symbol
    }

    /// The slot of what is there, or a free one; there must be one.
    fn slot(&self, seen: Seen) -> usize {
        let mixed = seen.class.0 ^ seen.group.0.rotate_left(17) ^ u64::from(seen.word).rotate_left(43);
        let mut slot = (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize % SLOTS;
        while self.slots[slot].symbol != NONE && self.slots[slot].seen != seen {
            slot = (slot + 1) % SLOTS;
        }
        slot
    }

    fn add(&mut self, program: &Program, seen: Seen) -> Symbol {
        let edges = seen.class & EDGES;
        if self.edges.len() >= MOST_SYMBOLS {
            return ANY;
        }
        let start = self.passed.len();
        self.push_row(program, seen);
        let mut hash = Numbers::default().hash_one((&self.passed[start..], edges.0));
        while let Some(&known) = self.by_hash.get(&hash) {
            let from = self.row(known) as usize;
            let same = self.passed[from..from + (1 << self.shift)] == self.passed[start..];
            if same && self.edges[usize::from(known)] == edges {
                self.passed.truncate(start);
                return known;
            }
            hash = hash.wrapping_add(1);
        }
        let symbol = self.edges.len() as Symbol;
        let passes = |test: u16| self.passed[start + usize::from(test / 64)] >> (test % 64) & 1 != 0;
        let tests = (0..program.tests.len() as u16).filter(|test| passes(*test));
        let sides = [Class::CAP | Class::Q, Class::QEND].map(|beside| edges.has(Class::STOP | Class::PARA | beside));
        self.masks.push(program.preview.mask(tests, sides));
        let stop = |test: u16| program.tests[usize::from(test)].passes(Class::STOP, Group::default(), 0);
        let ends = edges == Class::STOP && (0..program.tests.len() as u16).all(|test| passes(test) == stop(test));
        self.met.push(if ends { BEYOND } else { program.required.met(passes) });
        self.edges.push(edges);
        self.by_hash.insert(hash, symbol);
        symbol
    }

    /// Of these paths those that the tokens around token `at` leave.
    pub(super) fn left_around(&self, program: &Program, at: u32, mut paths: PathSet) -> PathSet {
        self.left_beside::<false>(program, at, &mut paths);
        if !paths.is_empty() {
            self.left_beside::<true>(program, at, &mut paths);
        }
        paths
    }

    /// What the tokens of the sentence meet that stand left of token `anchor`, or right of it, of what rules require.
    pub(super) fn met_beside<const LEFT: bool>(&self, anchor: u32) -> Needs {
        // The first row is that of what is outside.
        let at = anchor as usize + 1;
        if LEFT { self.met_by(self.rows[..at].iter().rev()) } else { self.met_by(&self.rows[at + 1..]) }
    }

    fn met_by<'r>(&self, rows: impl IntoIterator<Item = &'r u32>) -> Needs {
        let mut met = 0;
        for row in rows.into_iter().take(WINDOW as usize + 1) {
            let here = self.met[usize::from(self.symbol(*row))];
            if here == BEYOND {
                break;
            }
            met |= here;
        }
        met
    }

    fn left_beside<const LEFT: bool>(&self, program: &Program, anchor: u32, paths: &mut PathSet) {
        let mut last = self.next::<false>(anchor);
        let mut at = if LEFT { anchor } else { anchor + 1 };
        for place in (0..PLACES).skip(if LEFT { FURTHEST } else { 0 }).take(FURTHEST) {
            let symbol = self.next::<LEFT>(at);
            let mut left = self.masks[usize::from(symbol)][place];
            if self.is(last, Class::STOP | Class::PARA) {
                left.unite(program.preview.edge(place));
            }
            *paths = paths.common(left);
            if symbol == OUTSIDE {
                break;
            }
            last = symbol;
            at = behind::<LEFT>(at);
        }
    }

    /// Whether it has one of these classes, which edges depend on.
    pub(super) fn is(&self, symbol: Symbol, class: Class) -> bool {
        symbol == ANY || self.edges[usize::from(symbol)].has(class)
    }
}
