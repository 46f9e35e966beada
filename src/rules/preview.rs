//! Which rules can match around a word: an automaton over symbols, made while it is used.
//!
//! The matcher reads every rule in every way and notes where its parts are, which takes long; for most
//! words no rule matches at all. So the rules are first read as an automaton reads them: all at once,
//! leftwards from the word and rightwards, a table look-up a token. It never misses a rule that
//! matches, but it may let one pass that does not: what a definition takes may be given back, repeats
//! are not counted, and a glance back is taken to be right.
//!
//! A state is a set of places in the rules. States are made when they are first come to and kept from
//! text to text; if they grow too many, all are forgotten.

use super::matcher::Ground;
use super::program::{AnchorSet, Inst, PathSet, Program, StepKind};
use super::symbols::{ANY, OUTSIDE, Symbol, Symbols};
use crate::table::Numbers;
use crate::token::Class;
use std::collections::{HashMap, HashSet};

/// How many tokens are looked at on each side; rules that are still possible then stay so.
const FURTHEST: usize = 8;
/// More states, or places in them, than this are forgotten.
const MOST_STATES: usize = 1 << 14;
const MOST_PLACES: usize = 1 << 18;
const SLOTS: usize = 1 << 16;

/// The automaton, as far as it has been made.
#[derive(Debug, Default)]
pub(super) struct Preview {
    /// The program it is made for, by its number.
    program: u64,
    states: Vec<State>,
    places: Vec<Place>,
    by_key: HashMap<StateKey, u32, Numbers>,
    starts: HashMap<(AnchorSet, bool, bool), u32, Numbers>,
    moves: Moves,
    /// Where programs that are called go on: instruction or branch, and what follows that.
    returns: Vec<Return>,
    by_return: HashMap<Return, u32, Numbers>,
    todo: Vec<Place>,
    seen: HashSet<Place, Numbers>,
}

/// A place in the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Place {
    /// Before the step of a branch.
    Before(u16),
    /// Behind it.
    Behind(u16),
    /// Before an instruction; `looped` inside a span that has enough tokens.
    Inst { pc: u16, looped: bool, back: u32 },
}

/// Where to go on when a program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Return {
    Branch(u16),
    Inst { pc: u16, back: u32 },
}

#[derive(Clone, Copy, Debug)]
struct State {
    /// Its places: a part of all places.
    from: u32,
    to: u32,
    /// Rules whose end was come to on the way to it.
    found: PathSet,
    /// Rules that may yet be.
    alive: PathSet,
    mirrored: bool,
    /// What the last token was, for the edges of sentences.
    last: Last,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Last {
    stopped: bool,
    quote_ended: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct StateKey {
    places: Box<[Place]>,
    found: PathSet,
    mirrored: bool,
    last: Last,
}

impl Preview {
    /// Forgets what was made for another program.
    pub(super) fn begin_unit(&mut self, program: &Program) {
        if self.program != program.number {
            *self = Preview { program: program.number, ..Preview::default() };
        }
    }

    /// The rules that may match at token `at`, of those of the anchors in `set`.
    pub(super) fn rules(
        &mut self,
        ground: &Ground<'_>,
        symbols: &mut Symbols,
        at: usize,
        set: AnchorSet,
        wanted: PathSet,
    ) -> PathSet {
        if self.states.len() > MOST_STATES || self.places.len() > MOST_PLACES {
            self.forget();
        }
        let right = self.side(ground, symbols, at, set, (false, wanted));
        if right.is_empty() { right } else { self.side(ground, symbols, at, set, (true, right)) }
    }

    /// The rules that may match on one side.
    fn side(
        &mut self,
        ground: &Ground<'_>,
        symbols: &mut Symbols,
        anchor: usize,
        set: AnchorSet,
        (mirrored, wanted): (bool, PathSet),
    ) -> PathSet {
        let is_string = ground.tokens.list()[anchor].is(Class::Q);
        let mut state = match self.starts.get(&(set, mirrored, is_string)) {
            Some(&state) => state,
            None => self.start(ground.program, set, mirrored, is_string),
        };
        let mut found = PathSet::default();
        let mut at = anchor;
        for _ in 0..FURTHEST {
            at = if mirrored { at.wrapping_sub(1) } else { at + 1 };
            let symbol = symbols.of(ground, at);
            state = match self.moves.get(state, symbol) {
                Some(next) => next,
                None => self.advance(ground.program, symbols, state, symbol),
            };
            let State { found: ended, alive, .. } = self.states[state as usize];
            found = found.union(ended.common(wanted));
            if alive.common(wanted).without(found).is_empty() {
                return found;
            }
            if symbol == OUTSIDE {
                return found;
            }
        }
        found.union(self.states[state as usize].alive.common(wanted))
    }

    fn forget(&mut self) {
        self.states.clear();
        self.places.clear();
        self.by_key.clear();
        self.starts.clear();
        self.moves.clear();
        self.returns.clear();
        self.by_return.clear();
    }

    fn start(&mut self, program: &Program, set: AnchorSet, mirrored: bool, is_string: bool) -> u32 {
        let branches = if mirrored { &program.roots } else { &program.turns };
        let fits = |branch: &&u16| program.branches[usize::from(**branch)].anchors.meets(set);
        let place = |&branch: &u16| if mirrored { Place::Before(branch) } else { Place::Behind(branch) };
        let places: Vec<Place> = branches.iter().filter(fits).map(place).collect();
        let last = Last { stopped: false, quote_ended: is_string };
        let state = self.state(program, StateKey { places: places.into(), found: PathSet::default(), mirrored, last });
        self.starts.insert((set, mirrored, is_string), state);
        state
    }

    fn state(&mut self, program: &Program, key: StateKey) -> u32 {
        if let Some(&state) = self.by_key.get(&key) {
            return state;
        }
        let number = self.states.len() as u32;
        let from = self.places.len() as u32;
        self.places.extend_from_slice(&key.places);
        let mut alive = PathSet::default();
        for place in &key.places {
            alive = alive.union(program.branches[usize::from(self.branch_of(*place))].paths);
        }
        let to = self.places.len() as u32;
        self.states.push(State { from, to, found: key.found, alive, mirrored: key.mirrored, last: key.last });
        self.by_key.insert(key, number);
        number
    }

    /// The branch a place belongs to.
    fn branch_of(&self, place: Place) -> u16 {
        let mut back = match place {
            Place::Before(branch) | Place::Behind(branch) => return branch,
            Place::Inst { back, .. } => back,
        };
        loop {
            match self.returns[back as usize] {
                Return::Branch(branch) => return branch,
                Return::Inst { back: next, .. } => back = next,
            }
        }
    }

    /// The state behind a token.
    fn advance(&mut self, program: &Program, symbols: &Symbols, state: u32, symbol: Symbol) -> u32 {
        let State { from, to, mirrored, last, .. } = self.states[state as usize];
        self.todo.clear();
        self.seen.clear();
        self.todo.extend_from_slice(&self.places[from as usize..to as usize]);
        let mut step = Advance { symbols, symbol, mirrored, last, found: PathSet::default(), next: Vec::new() };
        while let Some(place) = self.todo.pop() {
            if !self.seen.insert(place) {
                continue;
            }
            match place {
                Place::Before(branch) => self.before(program, branch, &mut step),
                Place::Behind(branch) => {
                    let branch = &program.branches[usize::from(branch)];
                    branch.ends.iter().for_each(|&path| step.found.add(path));
                    self.todo.extend(branch.branches.iter().map(|&next| Place::Before(next)));
                }
                Place::Inst { pc, looped, back } => self.inst(program, (pc, looped, back), &mut step),
            }
        }
        step.next.sort_unstable();
        step.next.dedup();
        let Advance { found, next, .. } = step;
        let last = Last {
            stopped: symbols.is(symbol, Class::STOP | Class::PARA),
            quote_ended: symbols.is(symbol, Class::QEND),
        };
        let next = self.state(program, StateKey { places: next.into(), found, mirrored, last });
        self.moves.put(state, symbol, next);
        next
    }

    /// Goes on from before the step of a branch.
    fn before(&mut self, program: &Program, number: u16, step: &mut Advance<'_>) {
        let behind = Place::Behind(number);
        let back = Return::Branch(number);
        let branch = &program.branches[usize::from(number)];
        match branch.step.kind {
            StepKind::Save(_) => self.todo.push(behind),
            StepKind::Turn => step.found = step.found.union(branch.paths),
            StepKind::Test(test) => step.take(step.symbols.passes(step.symbol, test), behind),
            StepKind::Option(test) => {
                self.todo.push(behind);
                step.take(step.symbols.passes(step.symbol, test), behind);
            }
            StepKind::Look { behind: backwards, negate, test } => {
                if backwards != step.mirrored || step.symbols.passes(step.symbol, test) != negate || step.symbol == ANY
                {
                    self.todo.push(behind);
                }
            }
            StepKind::Word(word) => step.take(step.symbols.is_word(step.symbol, word), behind),
            StepKind::Edge(start) => {
                if Preview::at_edge(start, step) {
                    self.todo.push(behind);
                }
            }
            StepKind::Call(def) => self.enter(program.defs[usize::from(def)].entry[usize::from(step.mirrored)], back),
            StepKind::Maybe(def) => {
                self.todo.push(behind);
                self.enter(program.defs[usize::from(def)].entry[usize::from(step.mirrored)], back);
            }
            StepKind::Program(entry) => self.enter(entry, back),
        }
    }

    /// Goes on from before an instruction.
    fn inst(&mut self, program: &Program, (pc, looped, back): (u16, bool, u32), step: &mut Advance<'_>) {
        let go = |pc: u16| Place::Inst { pc, looped: false, back };
        let symbol = step.symbol;
        match program.insts[usize::from(pc)] {
            Inst::Match => self.todo.push(match self.returns[back as usize] {
                Return::Branch(branch) => Place::Behind(branch),
                Return::Inst { pc, back } => Place::Inst { pc, looped: false, back },
            }),
            Inst::Jump(target) => self.todo.push(go(target)),
            Inst::Split { first, second, .. } => self.todo.extend([go(first), go(second)]),
            Inst::Test(test) => step.take(step.symbols.passes(symbol, test), go(pc + 1)),
            Inst::Word(word) => step.take(step.symbols.is_word(symbol, word), go(pc + 1)),
            Inst::Regex(_) => step.take(symbol != OUTSIDE, go(pc + 1)),
            Inst::Span { test, least, most } => {
                if looped || least == 0 {
                    self.todo.push(go(pc + 1));
                }
                step.take(most > 0 && step.symbols.passes(symbol, test), Place::Inst { pc, looped: true, back });
            }
            Inst::Edge(start) => {
                if Preview::at_edge(start, step) {
                    self.todo.push(go(pc + 1));
                }
            }
            Inst::Look { behind, negate } => {
                let passes = match program.insts[usize::from(pc) + 1] {
                    _ if behind != step.mirrored || symbol == ANY => true,
                    Inst::Test(test) => step.symbols.passes(symbol, test) != negate,
                    Inst::Word(word) => step.symbols.is_word(symbol, word) != negate,
                    _ => true,
                };
                if passes {
                    self.todo.push(go(pc + 2));
                }
            }
            Inst::Call(def) => {
                let entry = program.defs[usize::from(def)].entry[usize::from(step.mirrored)];
                self.enter(entry, Return::Inst { pc: pc + 1, back });
            }
        }
    }

    /// Calls a program.
    fn enter(&mut self, entry: u16, back: Return) {
        let number = *self.by_return.entry(back).or_insert_with(|| {
            self.returns.push(back);
            self.returns.len() as u32 - 1
        });
        self.todo.push(Place::Inst { pc: entry, looped: false, back: number });
    }

    /// Whether a sentence may start, or end, between the last token and the next.
    fn at_edge(start: bool, step: &Advance<'_>) -> bool {
        let next = |class: Class| step.symbols.is(step.symbol, class);
        if step.last.stopped || step.symbol == OUTSIDE {
            true
        } else if step.mirrored {
            next(Class::STOP | Class::PARA | Class::QEND)
        } else {
            next(Class::PARA) || step.last.quote_ended && next(Class::CAP | Class::Q) || !start && next(Class::STOP)
        }
    }
}

/// A move from a state to the next.
struct Advance<'s> {
    symbols: &'s Symbols,
    symbol: Symbol,
    mirrored: bool,
    last: Last,
    found: PathSet,
    next: Vec<Place>,
}

impl Advance<'_> {
    /// Goes to a place behind the token if it passes.
    fn take(&mut self, passes: bool, place: Place) {
        if passes {
            self.next.push(place);
        }
    }
}

/// The moves that are known: open addressing, never more than half full.
#[derive(Debug, Default)]
struct Moves {
    slots: Vec<(u32, u32)>,
    used: usize,
}

impl Moves {
    const SYMBOL_BITS: u32 = 12;

    fn key(state: u32, symbol: Symbol) -> u32 {
        // Never 0, as no symbol is.
        state << Moves::SYMBOL_BITS | u32::from(symbol)
    }

    fn slot(key: u32) -> usize {
        (key.wrapping_mul(0x9E37_79B1) >> 16) as usize % SLOTS
    }

    #[inline]
    fn get(&self, state: u32, symbol: Symbol) -> Option<u32> {
        let key = Moves::key(state, symbol);
        let mut slot = Moves::slot(key);
        loop {
            match *self.slots.get(slot)? {
                (0, _) => return None,
                (known, next) if known == key => return Some(next),
                _ => slot = (slot + 1) % SLOTS,
            }
        }
    }

    fn put(&mut self, state: u32, symbol: Symbol, next: u32) {
        if self.used >= SLOTS / 2 {
            self.clear();
        }
        self.slots.resize(SLOTS, (0, 0));
        let key = Moves::key(state, symbol);
        let mut slot = Moves::slot(key);
        while self.slots[slot].0 != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = (key, next);
        self.used += 1;
    }

    fn clear(&mut self) {
        self.slots.clear();
        self.used = 0;
    }
}
