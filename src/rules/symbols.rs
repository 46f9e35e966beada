//! Tokens as the rules see them: those that pass the same tests are one symbol.

use super::matcher::Ground;
use super::program::Program;
use crate::lexicon::Group;

use crate::table::Numbers;
use crate::token::Class;
use std::collections::HashMap;

/// A symbol, by its number.
pub(super) type Symbol = u16;

/// No symbol yet.
const NONE: Symbol = 0;
/// Before the first token of a unit, and behind the last.
pub(super) const OUTSIDE: Symbol = 1;
/// Any token at all: what tokens are when there are too many symbols to tell them apart.
const ANY: Symbol = 2;

/// More symbols than this are not told apart. English news needs some hundreds.
const MOST_SYMBOLS: usize = 1 << 12;
const SLOTS: usize = 1 << 14;

/// Numbers tokens by the tests they pass.
#[derive(Debug, Default)]
pub(super) struct Symbols {
    /// The program they are made for, by its number.
    program: u64,
    list: Vec<Properties>,
    /// The tests each passes: so many words for each symbol.
    passed: Vec<u64>,
    /// How many.
    width: usize,
    /// From what a token is to its symbol.
    slots: Vec<Slot>,
    used: usize,
    by_properties: HashMap<Properties, Symbol, Numbers>,
    /// The symbols of the unit's tokens, as far as they have been asked for.
    of_tokens: Vec<Symbol>,
    /// Classes some test asks for.
    asked: Class,
    /// Words some rule asks for: a bit for each.
    words: Vec<u64>,
}

/// What a rule can ask of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Properties {
    /// One bit for each test: whether the token passes.
    tests: Box<[u64]>,
    /// What edges of sentences depend on.
    edges: Class,
}

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
        // NONE, OUTSIDE and ANY.
        let list = vec![Properties::default(); 3];
        let width = program.tests.len().div_ceil(64);
        let passed = vec![0; 3 * width];
        Symbols { program: program.number, list, passed, width, slots, asked, words, ..Symbols::default() }
    }

    /// Begins a unit of so many tokens.
    pub(super) fn begin_unit(&mut self, program: &Program, tokens: usize) {
        if self.program != program.number {
            *self = Symbols::new(program);
        }
        self.of_tokens.clear();
        self.of_tokens.resize(tokens, NONE);
    }

    /// The symbol of a token.
    #[inline]
    pub(super) fn of(&mut self, ground: &Ground<'_>, at: usize) -> Symbol {
        match self.of_tokens.get(at) {
            None => OUTSIDE,
            Some(&NONE) => self.look_up(ground, at),
            Some(&symbol) => symbol,
        }
    }

    fn is_asked(&self, word: u16) -> bool {
        self.words[usize::from(word / 64)] >> (word % 64) & 1 != 0
    }

    #[inline(never)]
    fn look_up(&mut self, ground: &Ground<'_>, at: usize) -> Symbol {
        self.of_tokens[at] = self.find(ground, at);
        self.of_tokens[at]
    }

    fn find(&mut self, ground: &Ground<'_>, at: usize) -> Symbol {
        let token = &ground.tokens.list()[at];
        let group = ground.group(token);
        let asked = token.string().is_none() && self.is_asked(token.word);
        let word = if asked { token.word } else { 0 };
        let seen = Seen { class: Class(token.class.0 & self.asked.0), group, word };
        let mixed = seen.class.0 ^ group.0.rotate_left(17) ^ u64::from(word).rotate_left(43);
        let mut slot = (mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 50) as usize % SLOTS;
        while self.slots[slot].symbol != NONE {
            if self.slots[slot].seen == seen {
                return self.slots[slot].symbol;
            }
            slot = (slot + 1) % SLOTS;
        }
        let symbol = self.add(ground.program, seen);
        if self.used < SLOTS / 2 {
            self.used += 1;
            self.slots[slot] = Slot { seen, symbol };
        }
        symbol
    }

    fn add(&mut self, program: &Program, seen: Seen) -> Symbol {
        let mut tests = vec![0u64; self.width].into_boxed_slice();
        for (number, test) in program.tests.iter().enumerate() {
            if test.passes(seen.class, seen.group, seen.word) {
                tests[number / 64] |= 1 << (number % 64);
            }
        }
        let properties = Properties { tests, edges: seen.class & EDGES };
        if let Some(&symbol) = self.by_properties.get(&properties) {
            return symbol;
        }
        if self.list.len() >= MOST_SYMBOLS {
            return ANY;
        }
        let symbol = self.list.len() as Symbol;
        self.passed.extend_from_slice(&properties.tests);
        self.list.push(properties.clone());
        self.by_properties.insert(properties, symbol);
        symbol
    }

    /// Whether a token of this symbol passes a test.
    #[inline]
    pub(super) fn passes(&self, symbol: Symbol, test: u16) -> bool {
        let bits = self.passed[usize::from(symbol) * self.width + usize::from(test / 64)];
        bits >> (test % 64) & 1 != 0 || symbol == ANY
    }

    /// Whether a token of this symbol can pass a test, or fail it.
    pub(super) fn may_pass(&self, symbol: Symbol, test: u16, negate: bool) -> bool {
        symbol == ANY || self.passes(symbol, test) != negate
    }

    /// Whether the token at a place passes a test; outside the unit none does.
    #[inline]
    pub(super) fn passes_at(&mut self, ground: &Ground<'_>, at: usize, test: u16) -> bool {
        let symbol = self.of(ground, at);
        if symbol == ANY {
            let token = &ground.tokens.list()[at];
            let word = if token.string().is_some() { 0 } else { token.word };
            return ground.program.tests[usize::from(test)].passes(token.class, ground.group(token), word);
        }
        self.passes(symbol, test)
    }

    /// Whether it has one of these classes, which edges depend on.
    pub(super) fn is(&self, symbol: Symbol, class: Class) -> bool {
        symbol == ANY || self.list[usize::from(symbol)].edges.has(class)
    }
}
