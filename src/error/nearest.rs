//! The known name that an unknown one is most like.

use std::fmt;

/// What may have been meant, said at the end of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hint(pub(crate) Option<String>);

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

/// Names longer than this are like none.
const LONGEST: usize = 24;

/// The known name that is most like `name`, whatever its case: with one slip in three letters, two in six; or one that
/// goes on where the other ends.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Hint {
    let upper = name.to_uppercase();
    let letters: Vec<char> = upper.chars().collect();
    if letters.len() > LONGEST {
        return Hint(None);
    }
    let most = match letters.len() {
        ..3 => 0,
        3..6 => 1,
        _ => 2,
    };
    let rank = |known: &str| {
        let other = known.to_uppercase();
        let goes_on = letters.len().min(known.len()) >= 3 && (other.starts_with(&upper) || upper.starts_with(&other));
        let slips = slips(&letters, &other.chars().collect::<Vec<_>>());
        if slips <= most { Some(slips) } else { goes_on.then_some(most + 1) }
    };
    let ranked = known.into_iter().filter_map(|known| Some((rank(known)?, known)));
    Hint(ranked.min_by_key(|(rank, _)| *rank).map(|(_, known)| known.to_owned()))
}

/// How many letters are to be added, left out, changed or exchanged with the next.
fn slips(one: &[char], other: &[char]) -> usize {
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != wanted);
            let mut least = changed.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *wanted && *letter == other[column - 1] {
                let exchanged: usize = before[column - 1];
                least = least.min(exchanged + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::{Hint, nearest, slips};

    #[test]
    fn slips_are_counted() {
        for (one, other, count) in
            [("", "", 0), ("", "AB", 2), ("SAY", "SAY", 0), ("SYA", "SAY", 1), ("SAYS", "SAY", 1), ("TIME", "TELL", 3)]
        {
            let letters = |word: &str| word.chars().collect::<Vec<_>>();
            assert_eq!(slips(&letters(one), &letters(other)), count, "{one} {other}");
            assert_eq!(slips(&letters(other), &letters(one)), count, "{other} {one}");
        }
    }

    #[test]
    fn the_nearest_name_is_found() {
        let known = ["SAY", "TO", "PRONOUN", "NOUN", "ATTITUDE", "TELL"];
        let of = |name: &str| nearest(name, known).0;
        for (name, meant) in [
            ("SAYS", "SAY"),
            ("Say", "SAY"),
            ("to", "TO"),
            ("TOO", "TO"),
            ("PRNOUN", "PRONOUN"),
            ("NUON", "NOUN"),
            ("ATTI", "ATTITUDE"),
        ] {
            assert_eq!(of(name).as_deref(), Some(meant), "{name}");
        }
        for name in ["", "T", "GEMS", "SHIP", &"SAY".repeat(10_000)] {
            assert_eq!(of(name), None, "{name:.20}");
        }
        assert_eq!(Hint(of("SAYS")).to_string(), "; did you mean `SAY`?");
        assert_eq!(Hint(None).to_string(), "");
    }
}
