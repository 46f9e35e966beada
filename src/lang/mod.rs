//! What is known of a language: the files of its folder, and how those are read that are no word lists, rules or weights.
//!
//! All knowledge of English stands in `lang/en`; the rest of the crate gets it as a [`Language`] and compares the text with
//! no word or ending of its own. What a folder holds is told in `docs/languages.md`.

mod en;
mod lexical_role;
mod sections;
mod spelling;

pub(crate) use lexical_role::LexicalRole;
pub(crate) use sections::words;
pub(crate) use spelling::{Endings, Spelling};

/// The files of a language, as text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Language {
    /// Word lists by the names of their files, in the order they are read.
    pub(crate) lists: &'static [(&'static str, &'static str)],
    /// Words that begin with an apostrophe.
    pub(crate) elisions: &'static str,
    /// For [`Spelling::read`].
    pub(crate) spelling: &'static str,
    lexical_roles: &'static str,
    pub(crate) rules: &'static str,
    pub(crate) weights: &'static str,
    /// Curves from scores to confidence.
    pub(crate) calibration: &'static str,
}

impl Language {
    /// The name of the list of abbreviations.
    const ABBREVIATIONS: &'static str = "abbreviations.txt";

    pub(crate) const fn english() -> Language {
        en::ENGLISH
    }

    /// Words written with a full stop that ends no sentence, without it.
    pub(crate) fn abbreviations(&self) -> impl Iterator<Item = &'static str> + use<> {
        let list = self.lists.iter().find(|(name, _)| *name == Language::ABBREVIATIONS);
        words(list.map_or("", |(_, text)| text)).map(|(_, word)| word)
    }

    /// The words of a lexical role.
    pub(crate) fn words_of(&self, role: LexicalRole) -> impl Iterator<Item = &'static str> + use<> {
        words(self.lexical_roles).filter(move |(heading, _)| *heading == role.name()).map(|(_, word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, LexicalRole, words};
    use std::collections::HashSet;
    use std::fs;

    /// The files of a folder of a language that are part of no list.
    fn others(language: &Language) -> [&'static str; 6] {
        let Language { elisions, spelling, lexical_roles, rules, weights, calibration, .. } = *language;
        [elisions, spelling, lexical_roles, rules, weights, calibration]
    }

    #[test]
    fn every_file_of_the_folder_is_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lang/en");
        let language = Language::english();
        let known: HashSet<&str> = language.lists.iter().map(|(_, text)| *text).chain(others(&language)).collect();
        assert_eq!(known.len(), language.lists.len() + others(&language).len(), "a file is named twice");
        let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let mut count = 0;
        for path in paths.filter(|path| path.extension().is_some_and(|ending| ending != "rs")) {
            let text = fs::read_to_string(&path).unwrap();
            assert!(known.contains(text.as_str()), "{} is not read", path.display());
            count += 1;
        }
        assert_eq!(count, known.len());
    }

    #[test]
    fn the_guide_names_every_role() {
        let guide = include_str!("../docs/languages.md");
        for role in LexicalRole::ALL {
            assert!(guide.contains(&format!("`[{}]`", role.name())), "{role:?}");
        }
    }

    #[test]
    fn lists_go_by_the_names_of_their_files() {
        let language = Language::english();
        for (name, text) in language.lists {
            let path = format!("{}/src/lang/en/{name}", env!("CARGO_MANIFEST_DIR"));
            assert_eq!(fs::read_to_string(path).unwrap(), *text, "{name}");
        }
    }

    #[test]
    fn every_lexical_role_is_known_and_has_words() {
        let language = Language::english();
        for role in LexicalRole::ALL {
            assert_ne!(language.words_of(role).count(), 0, "{}", role.name());
        }
        for (heading, word) in words(language.lexical_roles) {
            assert!(LexicalRole::ALL.iter().any(|role| role.name() == heading), "[{heading}] {word}");
        }
    }

    #[test]
    fn abbreviations_are_words_without_headings_and_comments() {
        let all: HashSet<&str> = Language::english().abbreviations().collect();
        assert!(all.contains("mr") && all.contains("fig"));
        assert!(all.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())), "{all:?}");
    }
}
