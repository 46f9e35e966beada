//! Whether a found speaker is the marked one, by name. Accents count; case, articles and final possessives do not.

use crate::english::ENGLISH;
use std::collections::BTreeSet;

/// A name, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Name {
    /// Lower case, without a leading article and a final possessive, titles in one spelling.
    full: String,
    /// Without leading titles.
    bare: String,
    titles: BTreeSet<String>,
    /// The list that the first telling title stands in.
    gender: Option<&'static str>,
}

impl Name {
    fn of(name: &str) -> Name {
        let lower = name.trim().to_lowercase().replace('’', "'");
        let lower = lower.strip_suffix("'s").or_else(|| lower.strip_suffix('\'')).unwrap_or(&lower);
        let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut words: Vec<&str> = words.map(|word| ENGLISH.spelling(word)).collect();
        let lead = words.iter().take_while(|word| ENGLISH.has("lead", word)).count();
        words.drain(..lead.min(words.len().saturating_sub(1)));
        let is_title = |word: &&&str| ["man", "woman", "anybody"].iter().any(|list| ENGLISH.has(list, word));
        let titles = words.iter().take_while(is_title).count();
        // Mrs. Lim’s son is no woman.
        let own = if lower.contains("'s ") { &[] } else { &words[..titles] };
        let gender = own.iter().find_map(|word| ["man", "woman"].into_iter().find(|list| ENGLISH.has(list, word)));
        Name {
            full: words.join(" "),
            bare: words[titles..].join(" "),
            titles: words[..titles].iter().map(|&word| word.to_owned()).collect(),
            gender,
        }
    }
}

/// Whether `name` is one of `aliases`: equal, or, unless it is among `others` (the names of all marked speakers),
/// equal without titles where titles do not tell two people apart. *Mrs. Lim* is not *Miss Lim*.
pub(crate) fn is_speaker(name: &str, aliases: &[String], others: &BTreeSet<String>) -> bool {
    let name = Name::of(name);
    let aliases: Vec<Name> = aliases.iter().map(|alias| Name::of(alias)).collect();
    if name.full.is_empty() {
        return false;
    }
    if aliases.iter().any(|alias| alias.full == name.full) {
        return true;
    }
    if name.bare.is_empty() || others.contains(&name.full) {
        return false;
    }
    let apart = |one: &Name, other: &Name| one.titles.is_disjoint(&other.titles);
    let mut rivals = aliases.iter().filter(|alias| alias.bare == name.bare && !alias.titles.is_empty()).peekable();
    if !name.titles.is_empty() && rivals.peek().is_some() && rivals.all(|rival| apart(rival, &name)) {
        return false;
    }
    let mut genders = aliases.iter().filter_map(|alias| alias.gender).peekable();
    if name.gender.is_some() && genders.peek().is_some() && !genders.any(|gender| Some(gender) == name.gender) {
        return false;
    }
    aliases.iter().any(|alias| {
        alias.bare == name.bare && (alias.titles.is_empty() || name.titles.is_empty() || !apart(alias, &name))
    })
}

/// A name as it stands in the set of others.
pub(crate) fn folded(name: &str) -> String {
    Name::of(name).full
}

#[cfg(test)]
mod tests {
    use super::{folded, is_speaker};
    use std::collections::BTreeSet;

    fn fits(name: &str, aliases: &[&str], others: &[&str]) -> bool {
        let aliases: Vec<String> = aliases.iter().map(|&alias| alias.to_owned()).collect();
        is_speaker(name, &aliases, &others.iter().map(|other| folded(other)).collect::<BTreeSet<_>>())
    }

    #[test]
    fn names_are_compared_by_what_tells_people_apart() {
        assert!(fits("The Mayor", &["mayor"], &[]));
        assert!(fits("Doctor Lim’s", &["Dr. Lim"], &[]));
        assert!(fits("Lim", &["Mrs. Lim"], &[]));
        assert!(!fits("Lim", &["Mrs. Lim"], &["Lim"]));
        assert!(!fits("Mrs. Lim", &["Miss Lim", "Ana Lim"], &[]));
        assert!(!fits("Mr. Lim", &["Mrs. Ana", "Lim"], &[]));
        assert!(!fits("", &["Lim"], &[]));
    }
}
