//! Which cases are run.

use super::Case;

/// The variable that holds a filter.
pub(crate) const VARIABLE: &str = "INQUIT_CASES";

/// `colon`: what is in the path of the file, in the name of the case or in its text. `colon::advice`: the first in the
/// path, the second in name or text; either may be empty. Case does not matter.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    wanted: Option<(String, Option<String>)>,
}

impl Filter {
    /// What `INQUIT_CASES` asks for; every case if it is not set.
    pub(crate) fn from_environment() -> Filter {
        Filter::new(&std::env::var(VARIABLE).unwrap_or_default())
    }

    pub(crate) fn new(pattern: &str) -> Filter {
        let lower = pattern.trim().to_lowercase();
        let wanted = match lower.split_once("::") {
            Some((file, part)) => Some((file.trim().to_owned(), Some(part.trim().to_owned()))),
            None => (!lower.is_empty()).then_some((lower, None)),
        };
        Filter { wanted }
    }

    /// Whether it lets every case pass.
    pub(crate) fn is_empty(&self) -> bool {
        self.wanted.is_none()
    }

    pub(crate) fn keeps(&self, case: &Case) -> bool {
        let Some((first, second)) = &self.wanted else { return true };
        // Folders above that of the cases say nothing about a case.
        let names: Vec<_> = case.file.iter().rev().take(2).map(|name| name.to_string_lossy().to_lowercase()).collect();
        let path = names.into_iter().rev().collect::<Vec<_>>().join("/");
        let holds = |part: &str| case.name.to_lowercase().contains(part) || case.text.to_lowercase().contains(part);
        match second {
            Some(second) => path.contains(first.as_str()) && holds(second),
            None => path.contains(first.as_str()) || holds(first),
        }
    }
}
