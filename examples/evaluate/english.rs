//! The word lists of `english.txt`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What `english.txt` says, by heading.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    lists: HashMap<&'static str, HashSet<&'static str>>,
    spellings: HashMap<&'static str, &'static str>,
}

pub(crate) static ENGLISH: LazyLock<Lists> = LazyLock::new(|| {
    let mut read = Lists::default();
    let mut heading = "";
    for line in include_str!("english.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            heading = name;
            continue;
        }
        for word in line.split_whitespace() {
            match word.split_once('=') {
                Some((taken, other)) => _ = read.spellings.insert(other, taken),
                None => _ = read.lists.entry(heading).or_default().insert(word),
            }
        }
    }
    read
});

impl Lists {
    /// Whether the list under `heading` holds `word`.
    pub(crate) fn has(&self, heading: &str, word: &str) -> bool {
        self.lists.get(heading).is_some_and(|list| list.contains(word))
    }

    /// A title in the spelling that stands for all.
    pub(crate) fn spelling<'w>(&self, word: &'w str) -> &'w str {
        self.spellings.get(word).copied().unwrap_or(word)
    }
}
