//! Files of headings with words below them.

/// A line of such a file without its heading and comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SectionLine<'t> {
    /// Its number in the file, from 1.
    pub(super) number: usize,
    /// The last heading, without brackets; empty before the first.
    pub(super) heading: &'t str,
    pub(super) words: &'t str,
}

/// The lines that have words. `#` begins a comment; words may stand behind their heading.
pub(super) fn lines(text: &str) -> impl Iterator<Item = SectionLine<'_>> {
    let mut heading = "";
    text.lines().enumerate().filter_map(move |(index, line)| {
        let mut words = line.split('#').next().unwrap_or_default().trim();
        if let Some((name, rest)) = words.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
            heading = name;
            words = rest.trim_start();
        }
        (!words.is_empty()).then_some(SectionLine { number: index + 1, heading, words })
    })
}

/// Each word with its heading.
pub(crate) fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    lines(text).flat_map(|line| line.words.split_whitespace().map(move |word| (line.heading, word)))
}

#[cfg(test)]
mod tests {
    use super::{lines, words};

    #[test]
    fn words_stand_behind_and_below_their_heading() {
        let text = "# [no] word\nbare\n[one] a b # c\n\n d\n[two]\ne\n";
        let expected = [("", "bare"), ("one", "a"), ("one", "b"), ("one", "d"), ("two", "e")];
        assert_eq!(words(text).collect::<Vec<_>>(), expected);
        assert_eq!(lines(text).map(|line| line.number).collect::<Vec<_>>(), [2, 3, 5, 7]);
    }
}
