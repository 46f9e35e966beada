//! Makes texts of frames: `frames.json` holds the frames, `vocabulary.json` the words.

#[path = "../../examples/evaluate/random.rs"]
mod random;

use inquit::Span;
use random::Random;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The frames, and what may stand beside their cues.
#[derive(Debug, Deserialize)]
pub(crate) struct Frames {
    beside: BTreeMap<String, Vec<String>>,
    /// What `{when}` and `{day}` stand for.
    when: Vec<String>,
    day: Vec<String>,
    pub(crate) frames: BTreeMap<String, Frame>,
}

/// A template with slots in braces, and what is reported in it.
#[derive(Debug, Deserialize)]
pub(crate) struct Frame {
    template: String,
    /// Slots of the content, the slot of the source, and the kind. A source with a `~` is judged by its speaker alone.
    items: Vec<(Vec<String>, Option<String>, String)>,
    /// Kinds of sources that the frame cannot take: nobody prints *said they*.
    #[serde(default)]
    not: Vec<String>,
    /// `first` or `last`: on which side of it no plain paragraph stands.
    #[serde(default)]
    stands: Option<String>,
    /// What it is, if the figures of all are not about it.
    #[serde(default)]
    pub(crate) group: Option<String>,
}

/// The words.
#[derive(Debug, Deserialize)]
pub(crate) struct Vocabulary {
    names: Vec<Name>,
    /// By kind.
    sources: BTreeMap<String, Vec<String>>,
    aliases: BTreeMap<String, Vec<String>>,
    verbs: Vec<String>,
    clauses: Vec<String>,
    split: Vec<(String, String)>,
    quotes: Vec<String>,
    labels: Vec<(String, String)>,
    figurative: Vec<String>,
    questions: Vec<String>,
    utterances: Vec<String>,
    cities: Vec<String>,
    outlets: Vec<String>,
    roles: Vec<String>,
    beats: Vec<String>,
    negatives: Vec<String>,
    scares: Vec<String>,
    furniture: Vec<String>,
    plain: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Name {
    name: String,
    sex: String,
}

impl Name {
    fn last(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or(&self.name)
    }
}

/// A text, and what must be found in it.
#[derive(Debug)]
pub(crate) struct Text {
    pub(crate) frame: String,
    pub(crate) text: String,
    pub(crate) items: Vec<Item>,
}

/// A report.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) content: Vec<Span>,
    /// `None` is not judged.
    pub(crate) source: Option<Span>,
    /// The names the speaker may have; `None` is not judged.
    pub(crate) speaker: Option<Vec<String>>,
    pub(crate) kind: String,
}

/// What a text is made of.
#[derive(Clone, Copy, Debug)]
struct Cell<'v> {
    source: &'v str,
    beside: &'v str,
    within: bool,
}

/// What stands in the slots of a text.
struct Slots<'v> {
    words: BTreeMap<&'static str, String>,
    people: [&'v Name; 2],
}

pub(crate) fn frames() -> Frames {
    serde_json::from_str(include_str!("frames.json")).expect("frames.json is read")
}

pub(crate) fn vocabulary() -> Vocabulary {
    serde_json::from_str(include_str!("vocabulary.json")).expect("vocabulary.json is read")
}

/// About `each` texts of every frame, the same ones for the same `seed`. What stands in the texts of one frame does not
/// hang on the others.
pub(crate) fn expand(frames: &Frames, vocabulary: &Vocabulary, each: usize, seed: u64) -> Vec<Text> {
    let mut texts = Vec::new();
    for (name, frame) in &frames.frames {
        let hash = name.bytes().fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
        let mut random = Random::new(hash);
        let has_source = frame.template.contains("{S");
        let sources = vocabulary.sources.keys().map(String::as_str);
        let sources: Vec<&str> = sources.filter(|kind| has_source || *kind == "name").collect();
        let mut cells = Vec::new();
        for source in sources.into_iter().filter(|source| !frame.not.iter().any(|not| not == source)) {
            let besides = frames.beside.keys().map(String::as_str);
            let besides = besides.filter(|beside| frame.template.contains("{beside}") || *beside == "none");
            cells.extend(besides.map(|beside| Cell { source, beside, within: false }));
        }
        random.shuffle(&mut cells);
        for number in 0..each {
            // Each cell in turn, and the next time on the other side.
            let within = (number / cells.len() + number).is_multiple_of(2);
            let cell = Cell { within, ..cells[number % cells.len()] };
            texts.push(text(frames, vocabulary, name, cell, &mut random));
        }
    }
    texts
}

fn text(frames: &Frames, vocabulary: &Vocabulary, name: &str, cell: Cell<'_>, random: &mut Random) -> Text {
    let frame = &frames.frames[name];
    let slots = slots(frames, vocabulary, cell, random);
    let stands = |place: &str| frame.stands.as_deref() == Some(place);
    let plain = several(random, &vocabulary.plain, 2);
    let mut text = String::new();
    if cell.within && !stands("first") {
        text = format!("{}\n\n", plain[0]);
    }
    let mut places: BTreeMap<&str, Span> = BTreeMap::new();
    let mut rest = frame.template.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) = after.split_once('}').expect("a slot ends");
        text.push_str(before);
        let words = slots.words.get(slot).unwrap_or_else(|| panic!("{name}: no slot is named {slot}"));
        places.entry(slot).or_insert(Span::new(text.len(), text.len() + words.len()));
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    if cell.within && !stands("last") {
        text = format!("{text}\n\n{}", plain[1]);
    }
    let items = frame.items.iter().map(|(content, source, kind)| {
        let slot = source.as_deref().map(|slot| slot.trim_start_matches('~'));
        Item {
            content: content.iter().map(|slot| places[slot.as_str()]).collect(),
            source: source.as_deref().filter(|slot| !slot.starts_with('~')).map(|slot| places[slot]),
            speaker: slot.and_then(|slot| speaker(vocabulary, slot, cell, &slots)),
            kind: kind.clone(),
        }
    });
    Text { frame: name.to_owned(), items: items.collect(), text }
}

/// The names that whoever stands in a slot may have; `None` if nobody is named there.
fn speaker(vocabulary: &Vocabulary, slot: &str, cell: Cell<'_>, slots: &Slots<'_>) -> Option<Vec<String>> {
    match slot {
        "N" | "NL" | "NLc" => Some(vec![slots.people[0].name.clone(), slots.people[0].last().to_owned()]),
        "M" | "ML" => Some(vec![slots.people[1].name.clone(), slots.people[1].last().to_owned()]),
        _ if matches!(cell.source, "name" | "place" | "titled") => {
            let own = &slots.words["S"];
            let aliases = vocabulary.aliases.get(own).into_iter().flatten();
            Some(std::iter::once(own).chain(aliases).cloned().collect())
        }
        _ => None,
    }
}

fn slots<'v>(frames: &Frames, vocabulary: &'v Vocabulary, cell: Cell<'_>, random: &mut Random) -> Slots<'v> {
    let v = vocabulary;
    let people @ [n, m] = chosen(random, &v.names);
    let mut words = drawn(frames, v, random);
    let source = one(random, &v.sources[cell.source]).clone();
    let beside = one(random, &frames.beside[cell.beside]);
    let furniture = one(random, &v.furniture);
    let filled = |words: &BTreeMap<&str, String>, text: &str| {
        text.replace("{out}", &words["out"]).replace("{city}", &words["city"]).replace("{name}", &n.name)
    };
    let (beside, furniture) = (filled(&words, beside), filled(&words, furniture));
    // Behind a phrase nobody leaves it out.
    let has_that = !matches!(cell.beside, "none" | "day") || random.below(10) < 4;
    let object = match source.as_str() {
        "he" => "him",
        "she" => "her",
        "they" => "them",
        other => other,
    };
    let is_plural = cell.source == "people" || source == "they";
    words.extend([
        ("beside", beside),
        ("furn", furniture),
        ("that", if has_that { "that " } else { "" }.to_owned()),
        ("was", "was".to_owned()),
        ("was_s", if is_plural { "were" } else { "was" }.to_owned()),
        ("So", object.to_owned()),
        ("S1", capital(&source)),
        ("S", source),
        ("N", n.name.clone()),
        ("M", m.name.clone()),
        ("NL", n.last().to_uppercase()),
        ("ML", m.last().to_uppercase()),
        ("NLc", n.last().to_owned()),
        ("he", if n.sex == "m" { "He" } else { "She" }.to_owned()),
    ]);
    Slots { words, people }
}

/// The slots that stand for something from a list, whatever the rest of the text is.
fn drawn(frames: &Frames, vocabulary: &Vocabulary, random: &mut Random) -> BTreeMap<&'static str, String> {
    let v = vocabulary;
    let [c, c2] = chosen(random, &v.clauses);
    let [q, q2, q3] = chosen(random, &v.quotes).map(|quote: &String| quote.trim_end_matches('.').to_owned());
    let [u, u2, u3, u4, u5] = chosen(random, &v.utterances).map(String::clone);
    let ((np, vp), (lnp, frag)) = (one(random, &v.split).clone(), one(random, &v.labels).clone());
    let mut take = |list: &[String]| one(random, list).clone();
    let words = [
        ("v", take(&v.verbs)),
        ("q2", take(&v.clauses)),
        ("QQ", take(&v.questions)),
        ("fig", take(&v.figurative)),
        ("role", take(&v.roles)),
        ("B", take(&v.beats)),
        ("when", take(&frames.when)),
        ("day", take(&frames.day)),
        ("neg", take(&v.negatives)),
        ("scare", take(&v.scares)),
        ("plain", take(&v.plain)),
        ("out", take(&v.outlets)),
        ("city", take(&v.cities)),
        ("C", capital(c)),
        ("c", c.clone()),
        ("c2", c2.clone()),
        ("NP", capital(&np)),
        ("vp", vp),
        ("lnp", lnp),
        ("frag", frag),
        ("Q", q),
        ("Q2", q2),
        ("Q3", q3),
        ("U", u),
        ("U2", u2),
        ("U3", u3),
        ("U4", u4),
        ("U5", u5),
    ];
    words.into()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn one<'v, T>(random: &mut Random, list: &'v [T]) -> &'v T {
    &list[random.below(list.len())]
}

/// Different ones.
fn several<'v, T>(random: &mut Random, list: &'v [T], count: usize) -> Vec<&'v T> {
    let mut list: Vec<&T> = list.iter().collect();
    random.shuffle(&mut list);
    list.truncate(count);
    list
}

fn chosen<'v, T, const COUNT: usize>(random: &mut Random, list: &'v [T]) -> [&'v T; COUNT] {
    let several = several(random, list, COUNT);
    several.try_into().unwrap_or_else(|few: Vec<&T>| panic!("only {} of {COUNT}", few.len()))
}
