//! Which rules can match around a word: an automaton over symbols, made while it is used.
//!
//! The matcher takes every rule step by step and notes where its parts are, which takes long; around
//! most words hardly a rule matches. So the rules are first read as an automaton reads them: all at
//! once, rightwards from the word and leftwards, a table look-up a token. It never misses a rule that
//! matches; a few it lets pass do not.
//!
//! A state is a set of places in the rules. States are made when they are first come to and kept from
//! text to text, within bounds.

use super::places::{Number, Place, Places, Way};
use super::program::{AnchorSet, PathSet, Program};
use super::symbols::{OUTSIDE, Symbol, Symbols};
use crate::table::Numbers;
use crate::token::Class;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;

/// How many tokens are looked at on each side; rules that are still possible then stay so.
const FURTHEST: usize = 4;
/// No more is made when there are so many states, moves, or places of states.
const MOST_STATES: usize = 1 << 13;
const MOST_MOVES: usize = 3 << 13;
const MOST_KEPT: usize = 1 << 18;
/// More places than the built-in rules ever come to with one token.
const MOST_NEXT: usize = 1 << 12;
/// If so many moves were wanted and not there since, the text has changed, and all is forgotten.
const MOST_REFUSED: usize = 1 << 18;

/// The automaton, as far as it has been made.
#[derive(Debug, Default)]
pub(super) struct Preview {
    /// The program it is made for, by its number.
    program: u64,
    places: Places,
    states: Vec<State>,
    /// The places of all states.
    kept: Vec<Number>,
    /// States by what they are made of, hashed.
    by_hash: HashMap<u64, u16, Numbers>,
    starts: HashMap<(AnchorSet, bool, bool), u16, Numbers>,
    moves: Moves,
    /// Moves that were wanted when there was no room for more.
    refused: usize,
    /// Sets of rules that states speak of, each once.
    sets: Vec<PathSet>,
    by_set: HashMap<PathSet, u16, Numbers>,
    /// The places of the state that is being made.
    next: Vec<Number>,
    todo: Vec<Number>,
    /// Places come to without a token while it is made.
    passed: HashSet<Number, Numbers>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    /// Its places: a part of all kept.
    from: u32,
    to: u32,
    target: Target,
    last: Last,
}

/// What a move leads to: all that is asked of it lies together.
#[derive(Clone, Copy, Debug, Default)]
struct Target {
    state: u16,
    /// Rules whose end was come to on the way: the number of their set.
    found: u16,
    /// Rules that may yet be.
    alive: u16,
}

/// The number of the set of no paths.
const NO_PATHS: u16 = 0;

/// The direction, and what the last token was, for the edges of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Last {
    mirrored: bool,
    stopped: bool,
    quote_ended: bool,
}

impl Preview {
    /// Forgets what was made for another program.
    pub(super) fn begin_unit(&mut self, program: &Program) {
        if self.program != program.number {
            *self = Preview::new(program);
            self.set(PathSet::default());
        }
    }

    /// With room for all there can be: memory is taken once.
    fn new(program: &Program) -> Preview {
        Preview {
            program: program.number,
            places: Places::new(),
            states: Vec::with_capacity(MOST_STATES),
            kept: Vec::with_capacity(MOST_KEPT),
            by_hash: HashMap::with_capacity_and_hasher(MOST_STATES, Numbers::default()),
            sets: Vec::with_capacity(MOST_STATES),
            by_set: HashMap::with_capacity_and_hasher(MOST_STATES, Numbers::default()),
            moves: Moves::new(),
            next: Vec::with_capacity(MOST_NEXT),
            todo: Vec::with_capacity(MOST_NEXT),
            passed: HashSet::with_capacity_and_hasher(MOST_NEXT, Numbers::default()),
            ..Preview::default()
        }
    }

    /// The rules that may match at token `at`, of those wanted; `set` are the anchors it may be.
    pub(super) fn rules(
        &mut self,
        program: &Program,
        symbols: &Symbols,
        at: usize,
        set: AnchorSet,
        wanted: PathSet,
    ) -> PathSet {
        if self.refused > MOST_REFUSED {
            self.forget();
        }
        let right = self.side(program, symbols, at, set, (false, wanted));
        if right.is_empty() { right } else { self.side(program, symbols, at, set, (true, right)) }
    }

    /// Whether there is room for one more state.
    fn has_room(&self) -> bool {
        self.states.len() < MOST_STATES
            && self.sets.len() + 2 <= MOST_STATES
            && self.moves.used < MOST_MOVES
            && self.kept.len() + MOST_NEXT <= MOST_KEPT
            && self.places.has_room()
    }

    /// The rules that may match on one side.
    fn side(
        &mut self,
        program: &Program,
        symbols: &Symbols,
        anchor: usize,
        set: AnchorSet,
        (mirrored, wanted): (bool, PathSet),
    ) -> PathSet {
        let is_string = symbols.is(symbols.next::<false>(anchor as u32), Class::Q);
        let known = self.starts.get(&(set, mirrored, is_string)).copied();
        let Some(mut state) = known.or_else(|| self.start(program, set, mirrored, is_string)) else {
            return wanted;
        };
        let mut found = PathSet::default();
        let mut rest = wanted;
        let mut at = anchor as u32;
        for _ in 0..FURTHEST {
            let symbol = if mirrored { symbols.next::<true>(at) } else { symbols.next::<false>(at + 1) };
            at = if mirrored { at.wrapping_sub(1) } else { at + 1 };
            let known = self.moves.get(state, symbol);
            let Some(to) = known.or_else(|| self.advance(program, symbols, state, symbol)) else { break };
            state = to.state;
            if to.found != NO_PATHS {
                found = found.union(self.sets[usize::from(to.found)]);
            }
            rest = self.sets[usize::from(to.alive)];
            if symbol == OUTSIDE || !rest.without(found).meets(wanted) {
                rest = PathSet::default();
                break;
            }
        }
        found.union(rest).common(wanted)
    }

    fn forget(&mut self) {
        self.states.clear();
        self.kept.clear();
        self.places.clear();
        self.by_hash.clear();
        self.starts.clear();
        self.moves.clear();
        self.refused = 0;
        self.sets.clear();
        self.by_set.clear();
        self.set(PathSet::default());
    }

    fn start(&mut self, program: &Program, set: AnchorSet, mirrored: bool, is_string: bool) -> Option<u16> {
        if !self.has_room() {
            self.refused += 1;
            return None;
        }
        let branches = if mirrored { &program.roots } else { &program.turns };
        let fits = |branch: &&u16| program.branches[usize::from(**branch)].anchors.meets(set);
        self.next.clear();
        for &branch in branches.iter().filter(fits) {
            let place = if mirrored { Place::Before(branch) } else { Place::Behind(branch) };
            self.next.push(self.places.number(place));
        }
        let last = Last { mirrored, stopped: false, quote_ended: is_string };
        let state = self.state(program, PathSet::default(), last);
        self.starts.insert((set, mirrored, is_string), state);
        Some(state)
    }

    /// The state of the places in `next`.
    fn state(&mut self, program: &Program, found: PathSet, last: Last) -> u16 {
        let found = self.set(found);
        let mut hash = Numbers::default().hash_one((&self.next, found, last));
        while let Some(&known) = self.by_hash.get(&hash) {
            let State { from, to, target, last: other } = self.states[usize::from(known)];
            if self.kept[from as usize..to as usize] == self.next && (target.found, other) == (found, last) {
                return known;
            }
            hash = hash.wrapping_add(1);
        }
        let number = self.states.len() as u16;
        let from = self.kept.len() as u32;
        self.kept.extend_from_slice(&self.next);
        let paths = self.next.iter().map(|&place| self.places.paths(program, place));
        let alive = paths.fold(PathSet::default(), PathSet::union);
        let target = Target { state: number, found, alive: self.set(alive) };
        self.states.push(State { from, to: self.kept.len() as u32, target, last });
        self.by_hash.insert(hash, number);
        number
    }

    /// The number of a set: there are fewer than two a state.
    fn set(&mut self, set: PathSet) -> u16 {
        *self.by_set.entry(set).or_insert_with(|| {
            self.sets.push(set);
            self.sets.len() as u16 - 1
        })
    }

    /// The state behind a token; `None` if it is not worth making. Most moves that are new are never
    /// wanted again: a move is made when it is wanted for the second time.
    fn advance(&mut self, program: &Program, symbols: &Symbols, state: u16, symbol: Symbol) -> Option<Target> {
        if self.moves.is_new(state, symbol) {
            return None;
        }
        if !self.has_room() {
            self.refused += 1;
            return None;
        }
        let State { from, to, last, .. } = self.states[usize::from(state)];
        self.next.clear();
        self.passed.clear();
        self.todo.clear();
        self.todo.extend_from_slice(&self.kept[from as usize..to as usize]);
        let mut found = PathSet::default();
        while let Some(place) = self.todo.pop() {
            let reach = self.places.reach(program, place, last.mirrored);
            found = found.union(reach.found);
            for &(way, target) in self.places.exits(reach) {
                let (taken, passed) = match way {
                    Way::Test(test) => (symbols.passes(symbol, test), false),
                    Way::Token => (symbol != OUTSIDE, false),
                    Way::Look { test, negate } => (false, symbols.may_pass(symbol, test, negate)),
                    Way::Edge(start) => (false, at_edge(start, last, symbols, symbol)),
                };
                if taken {
                    self.next.push(target);
                } else if passed && self.passed.insert(target) {
                    self.todo.push(target);
                }
            }
        }
        self.next.sort_unstable();
        self.next.dedup();
        let last = Last {
            stopped: symbols.is(symbol, Class::STOP | Class::PARA),
            quote_ended: symbols.is(symbol, Class::QEND),
            ..last
        };
        let next = self.state(program, found, last);
        let target = self.states[usize::from(next)].target;
        self.moves.put(state, symbol, target);
        Some(target)
    }
}

/// Whether a sentence may start, or end, between the last token and the next.
fn at_edge(start: bool, last: Last, symbols: &Symbols, symbol: Symbol) -> bool {
    let next = |class: Class| symbols.is(symbol, class);
    if last.stopped || symbol == OUTSIDE {
        true
    } else if last.mirrored {
        next(Class::STOP | Class::PARA | Class::QEND)
    } else {
        next(Class::PARA) || last.quote_ended && next(Class::CAP | Class::Q) || !start && next(Class::STOP)
    }
}

/// The moves that are known: open addressing, at most three quarters full.
#[derive(Debug, Default)]
struct Moves {
    /// State and symbol, and what they lead to.
    slots: Vec<(u32, Target)>,
    used: usize,
    /// Moves that have been wanted once: a bit for each, which some share.
    once: Vec<u64>,
    noted: usize,
}

impl Moves {
    const SLOTS: usize = 1 << 15;
    const SYMBOL_BITS: u32 = 12;
    const ONCE_BITS: usize = 1 << 15;

    fn new() -> Moves {
        let slots = vec![(0, Target::default()); Moves::SLOTS];
        Moves { slots, once: vec![0; Moves::ONCE_BITS / 64], used: 0, noted: 0 }
    }

    /// Whether a move is wanted for the first time, as far as is known.
    fn is_new(&mut self, state: u16, symbol: Symbol) -> bool {
        if self.noted > Moves::ONCE_BITS / 4 {
            self.once.fill(0);
            self.noted = 0;
        }
        let bit = (Moves::key(state, symbol).wrapping_mul(0x9E37_79B1) >> 17) as usize;
        let (word, mask) = (bit / 64, 1 << (bit % 64));
        let is_new = self.once[word] & mask == 0;
        self.once[word] |= mask;
        self.noted += usize::from(is_new);
        is_new
    }

    /// Never 0, as no symbol is.
    fn key(state: u16, symbol: Symbol) -> u32 {
        u32::from(state) << Moves::SYMBOL_BITS | u32::from(symbol)
    }

    /// The slot of a key that is there, or a free one: there always is one.
    #[inline]
    fn slot(&self, key: u32) -> usize {
        let mut slot = (key.wrapping_mul(0x9E37_79B1) >> 13) as usize % Moves::SLOTS;
        while self.slots[slot].0 != key && self.slots[slot].0 != 0 {
            slot = (slot + 1) % Moves::SLOTS;
        }
        slot
    }

    #[inline]
    fn get(&self, state: u16, symbol: Symbol) -> Option<Target> {
        let key = Moves::key(state, symbol);
        let (known, next) = self.slots[self.slot(key)];
        (known == key).then_some(next)
    }

    fn put(&mut self, state: u16, symbol: Symbol, next: Target) {
        let key = Moves::key(state, symbol);
        let slot = self.slot(key);
        self.slots[slot] = (key, next);
        self.used += 1;
    }

    fn clear(&mut self) {
        *self = Moves::new();
    }
}
