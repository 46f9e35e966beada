//! Places in the texts that are read.

use super::{Kind, Problem};

/// A line of a text that is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'t> {
    /// Counted from 1.
    pub(crate) number: usize,
    pub(crate) text: &'t str,
}

/// The lines of a text.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().zip(1..).map(|(text, number)| Line { number, text })
}

impl Line<'_> {
    /// The column of a piece of this line, counted in characters from 1.
    pub(crate) fn column_of(&self, piece: &str) -> usize {
        let at = (piece.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.text.get(..at).map_or(1, |before| before.chars().count() + 1)
    }

    /// What is wrong with a piece of this line.
    pub(crate) fn problem(&self, kind: Kind, piece: &str) -> Problem {
        self.problem_at(kind, self.column_of(piece), piece.chars().count())
    }

    /// What is wrong with all of it but the spaces around it.
    pub(crate) fn whole(&self, kind: Kind) -> Problem {
        self.problem(kind, self.text.trim())
    }

    /// What is wrong with so many characters from a column on.
    pub(crate) fn problem_at(&self, kind: Kind, column: usize, width: usize) -> Problem {
        let (text, before, width) = excerpt(self.text, column - 1, width);
        Problem { kind, input: None, line: self.number, column, text, before, width }
    }
}

/// A line of at most so many characters is shown as it is.
const LONGEST: usize = 120;
/// So many characters before the mistake are shown of a longer one.
const BEFORE: usize = 50;

/// What is shown of a line, how many of its characters stand before the mistake, and how many are to blame.
fn excerpt(line: &str, before: usize, width: usize) -> (String, usize, usize) {
    if line.chars().nth(LONGEST).is_none() {
        return (line.to_owned(), before, width);
    }
    let length = line.chars().count();
    let room = LONGEST - 2;
    let from = before.saturating_sub(BEFORE).min(length - room);
    let mut shown = String::new();
    if from > 0 {
        shown.push('…');
    }
    shown.extend(line.chars().skip(from).take(room));
    if from + room < length {
        shown.push('…');
    }
    let start = before - from + usize::from(from > 0);
    let width = width.min(shown.chars().count().saturating_sub(start));
    (shown, start, width)
}

#[cfg(test)]
mod tests {
    use super::{BEFORE, LONGEST, Line, excerpt};
    use crate::error::Kind;

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        for length in [0, 1, LONGEST] {
            let line = "é".repeat(length);
            assert_eq!(excerpt(&line, length, 1), (line.clone(), length, 1));
        }
    }

    /// Wherever the mistake is, the caret points at it, and the excerpt is short.
    #[test]
    fn the_caret_points_at_the_mistake() {
        for length in [LONGEST + 1, LONGEST + 40, 70_000] {
            for before in [0, 1, BEFORE - 1, BEFORE, BEFORE + 1, LONGEST, length / 2, length - 2, length - 1] {
                let mut letters = vec!['é'; length];
                letters[before] = 'X';
                let line: String = letters.iter().collect();
                let (shown, start, width) = excerpt(&line, before, 1);
                assert_eq!((shown.chars().nth(start), width), (Some('X'), 1), "{before} of {length}");
                assert!(shown.chars().count() <= LONGEST, "{before} of {length}");
            }
        }
    }

    #[test]
    fn carets_end_with_the_excerpt() {
        let line = "a".repeat(100_000);
        let problem = Line { number: 1, text: &line }.whole(Kind::Stray).to_string();
        let widths: Vec<usize> = problem.lines().skip(1).map(|line| line.chars().count()).collect();
        assert_eq!(widths[0], widths[1], "{problem}");
    }

    #[test]
    fn a_mistake_behind_the_end_is_shown_there() {
        let line = Line { number: 1, text: "ab" };
        assert_eq!(line.problem(Kind::EmptyPattern, &line.text[2..]).to_string().lines().last(), Some("|   ^"));
        let long = "a".repeat(100_000);
        let line = Line { number: 1, text: &long };
        let shown = line.problem(Kind::EmptyPattern, &line.text[100_000..]).to_string();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[2].chars().count(), lines[1].chars().count() + 1, "{shown}");
    }

    #[test]
    fn tabs_before_the_mistake_are_kept() {
        let line = Line { number: 1, text: "\tab\tc" };
        assert_eq!(line.problem(Kind::Stray, &line.text[4..]).to_string().lines().last(), Some("| \t  \t^"));
    }
}
