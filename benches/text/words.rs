//! Words for the generator: the crate's own lists, so that they are met as often as in real text.

use super::Random;
use std::collections::HashMap;

const LISTS: [&str; 6] = [
    include_str!("../../src/lang/en/words.txt"),
    include_str!("../../src/lang/en/cues.txt"),
    include_str!("../../src/lang/en/roles.txt"),
    include_str!("../../src/lang/en/groups.txt"),
    include_str!("../../src/lang/en/documents.txt"),
    include_str!("../../src/lang/en/first-names.txt"),
];

/// Slots and the heading of the list they are drawn from. `-past` slots take the past forms of a cue list.
const SLOTS: [(&str, &str); 24] = [
    ("noun", "NOUN"),
    ("nouns", "NOUN PLURAL"),
    ("adj", "ADJ"),
    ("adverb", "-ly"),
    ("verb", "VERB"),
    ("past", "VERB"),
    ("gerund", "GERUND"),
    ("role", "ROLE NOUN"),
    ("roles", "ROLE NOUN PLURAL"),
    ("group", "GROUP NOUN"),
    ("document", "DOCUMENT NOUN"),
    ("title", "titles"),
    ("claim", "CLAIM NOUN"),
    ("claims", "CLAIM NOUN PLURAL"),
    ("sure", "SURE ADJ"),
    ("say-past", "verb SAY"),
    ("think-past", "verb THINK"),
    ("show-past", "verb SHOW"),
    ("commit-past", "verb COMMIT"),
    ("judge-past", "verb JUDGE"),
    ("label-past", "verb LABEL"),
    ("act-past", "verb ACT"),
    ("urge-past", "verb URGE"),
    ("manner-past", "verb MANNER"),
];

const TITLES: [&str; 6] = ["Mr.", "Mrs.", "Sen.", "Gov.", "President", "Dr."];

pub(crate) struct Words {
    slots: HashMap<&'static str, Vec<String>>,
    first_names: Vec<String>,
}

impl Words {
    pub(crate) fn read(random: &mut Random) -> Words {
        let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
        for list in LISTS {
            let mut heading = "";
            for line in list.lines().filter(|line| !line.starts_with('#')) {
                if let Some(named) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                    heading = named;
                } else {
                    lists.entry(heading).or_default().extend(line.split_whitespace());
                }
            }
        }
        let mut slots = HashMap::new();
        for (slot, heading) in SLOTS {
            let mut words: Vec<String> = match heading {
                "-ly" => lists["ADJ"]
                    .iter()
                    .filter(|word| !word.ends_with(['y', 'e']))
                    .map(|word| format!("{word}ly"))
                    .collect(),
                "titles" => TITLES.map(str::to_owned).to_vec(),
                _ if slot.ends_with("past") => lists[heading].iter().map(|entry| past_of(entry)).collect(),
                _ => lists[heading].iter().map(|entry| base_of(entry).to_owned()).collect(),
            };
            // Cue lists begin with their commonest words; the others are in the order of the alphabet, and common words
            // are short ones.
            if !heading.starts_with("verb") && heading != "titles" {
                words.sort_by_cached_key(|word| word.len() + random.below(9));
            }
            slots.insert(slot, words);
        }
        let names = lists["FIRST FEMALE"].iter().chain(&lists["FIRST MALE"]);
        let mut first_names: Vec<String> = names.map(|name| capital(name)).collect();
        shuffle(&mut first_names, random);
        Words { slots, first_names }
    }

    pub(crate) fn list(&self, slot: &str) -> &[String] {
        self.slots.get(slot).unwrap_or_else(|| panic!("no slot <{slot}>"))
    }

    pub(crate) fn first_name(&self, random: &mut Random) -> String {
        self.first_names[random.below(self.first_names.len())].clone()
    }

    pub(crate) fn place(&self, random: &mut Random) -> String {
        let ends = ["ton", "ford", "burg", "ville", "mouth", "stad", "field", "a"];
        self.syllables(random) + ends[random.below(ends.len())]
    }

    /// The beginning of an invented name.
    pub(crate) fn syllables(&self, random: &mut Random) -> String {
        let onsets = ["B", "Br", "C", "D", "F", "G", "Gr", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "V", "W"];
        let vowels = ["a", "e", "i", "o", "u", "au", "ei"];
        let codas = ["l", "n", "r", "rd", "nd", "ck", "m", "s", "tt", "lv"];
        let mut pick = |parts: &[&'static str]| parts[random.below(parts.len())];
        [pick(&onsets), pick(&vowels), pick(&codas)].concat()
    }
}

fn shuffle(words: &mut [String], random: &mut Random) {
    for end in (1..words.len()).rev() {
        words.swap(end, random.below(end + 1));
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `write(wrote written)` → write
fn base_of(entry: &str) -> &str {
    entry.split(['(', '+']).next().unwrap_or(entry)
}

/// `write(wrote written)` → wrote, `admit+` → admitted, `say` → sayed: only the form counts here.
fn past_of(entry: &str) -> String {
    let base = base_of(entry);
    match entry.split_once('(') {
        Some((_, irregular)) => irregular.split([' ', ')']).next().unwrap_or(base).to_owned(),
        None if entry.ends_with('+') => format!("{base}{}ed", &base[base.len() - 1..]),
        None if base.ends_with('e') => format!("{base}d"),
        None => match base.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ied"),
            _ => format!("{base}ed"),
        },
    }
}
