//! A grammar of sentences: slots with what may stand in them, and whole texts with what is marked in them. The head of
//! `sentences.txt` describes the format.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;

/// A grammar without mistakes: every slot that is named is there and holds something, none includes itself, and marks
/// are closed in the line that opens them.
#[derive(Debug)]
pub(crate) struct Grammar {
    pub slots: Vec<Slot>,
    /// The number of the slot whose alternatives are the texts.
    pub text: usize,
    /// The number of the slot of sentences that may stand beside a text.
    pub plain: Option<usize>,
}

/// A slot: one of its alternatives is taken.
#[derive(Debug)]
pub(crate) struct Slot {
    pub name: String,
    pub alternatives: Vec<Alternative>,
}

/// One line of a slot.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The number of the line, from 1.
    pub line: usize,
    /// How often it is taken, beside the others.
    pub weight: usize,
    pub pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Debug)]
pub(crate) enum Piece {
    Words(String),
    /// `$name`, or `$name!` with a capital.
    Slot {
        slot: usize,
        capital: bool,
        column: usize,
    },
    /// An opening mark, and the attributions it marks a part of.
    Open(Vec<u8>),
    Close(Mark),
}

/// What is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Content,
    Source,
    Cue,
}

const MARKS: [(Mark, char, char); 3] = [(Mark::Content, '{', '}'), (Mark::Source, '[', ']'), (Mark::Cue, '<', '>')];

/// The largest weight of an alternative.
const HEAVIEST: usize = 1000;

/// What is wrong with a grammar, and where: line and column, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl Error for Problem {}

/// A line of the file.
#[derive(Clone, Copy)]
struct Line<'g> {
    number: usize,
    text: &'g str,
}

impl Line<'_> {
    /// The column of a byte of the line.
    fn column(&self, at: usize) -> usize {
        self.text[..at].chars().count() + 1
    }

    fn problem(&self, at: usize, message: impl Into<String>) -> Problem {
        Problem { line: self.number, column: self.column(at), message: message.into() }
    }
}

impl Grammar {
    /// Reads the text of a grammar.
    pub(crate) fn read(text: &str) -> Result<Grammar, Problem> {
        let mut headings: Vec<(Line<'_>, Vec<Line<'_>>)> = Vec::new();
        let mut names: HashMap<&str, usize> = HashMap::new();
        for (index, text) in text.lines().enumerate() {
            let line = Line { number: index + 1, text: text.trim_end() };
            if line.text.is_empty() || line.text.starts_with('#') {
                continue;
            }
            if let Some(name) = line.text.strip_prefix(':') {
                if name_length(name) != name.len() || name.is_empty() {
                    return Err(line.problem(1, "the name of a slot is made of letters, digits and `_`"));
                }
                if names.insert(name, headings.len()).is_some() {
                    return Err(line.problem(1, format!("the slot `{name}` stands twice")));
                }
                headings.push((line, Vec::new()));
            } else {
                let own = headings.last_mut().ok_or_else(|| line.problem(0, "no slot is open: write `:name` first"))?;
                own.1.push(line);
            }
        }
        let mut slots = Vec::with_capacity(headings.len());
        for (heading, lines) in &headings {
            if lines.is_empty() {
                return Err(heading.problem(0, "the slot is empty: write `-` for no words"));
            }
            let alternatives = lines.iter().map(|line| Alternative::read(*line, &names)).collect::<Result<_, _>>()?;
            slots.push(Slot { name: heading.text[1..].to_owned(), alternatives });
        }
        let last = Line { number: text.lines().count().max(1), text: "" };
        let text = *names.get("text").ok_or_else(|| last.problem(0, "no slot is named `text`"))?;
        let grammar = Grammar { slots, text, plain: names.get("plain").copied() };
        let mut states = vec![State::New; grammar.slots.len()];
        (0..grammar.slots.len()).try_for_each(|slot| grammar.visit(slot, &mut states))?;
        Ok(grammar)
    }

    /// Goes through what a slot includes; it must not come back to a slot that it is in.
    fn visit(&self, slot: usize, states: &mut [State]) -> Result<(), Problem> {
        if states[slot] == State::Done {
            return Ok(());
        }
        states[slot] = State::Inside;
        for alternative in &self.slots[slot].alternatives {
            for piece in &alternative.pieces {
                let Piece::Slot { slot: inner, column, .. } = *piece else { continue };
                if states[inner] == State::Inside {
                    let message = format!("the slot `{}` includes itself", self.slots[inner].name);
                    return Err(Problem { line: alternative.line, column, message });
                }
                self.visit(inner, states)?;
            }
        }
        states[slot] = State::Done;
        Ok(())
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Inside,
    Done,
}

/// How many bytes at the start of a text are the name of a slot.
fn name_length(text: &str) -> usize {
    let length = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    if text.starts_with(|letter: char| letter.is_ascii_alphabetic()) { length } else { 0 }
}

impl Alternative {
    fn read(line: Line<'_>, names: &HashMap<&str, usize>) -> Result<Alternative, Problem> {
        let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
        let (weight, start) = match line.text[digits..].chars().next() {
            _ if digits == 0 => (1, 0),
            None => return Err(line.problem(digits, "nothing stands behind the weight: write `-` for no words")),
            Some(' ') => (line.text[..digits].parse().unwrap_or(0), digits + 1),
            Some(_) => (1, 0),
        };
        if !(1..=HEAVIEST).contains(&weight) {
            return Err(line.problem(0, format!("a weight is a number from 1 to {HEAVIEST}")));
        }
        let pieces = if &line.text[start..] == "-" { Vec::new() } else { pieces(line, start, names)? };
        Ok(Alternative { line: line.number, weight, pieces })
    }
}

/// Reads what stands in a line from `start` on.
fn pieces(line: Line<'_>, start: usize, names: &HashMap<&str, usize>) -> Result<Vec<Piece>, Problem> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut open: Vec<(Mark, usize)> = Vec::new();
    let mut labelled: Option<bool> = None;
    let mut at = start;
    while let Some(letter) = line.text[at..].chars().next() {
        let here = at;
        at += letter.len_utf8();
        let name = &line.text[at..at + name_length(&line.text[at..])];
        let piece = if letter == '$' && !name.is_empty() {
            at += name.len();
            let slot = *names.get(name).ok_or_else(|| line.problem(here, format!("no slot is named `{name}`")))?;
            let capital = line.text[at..].starts_with('!');
            at += usize::from(capital);
            Piece::Slot { slot, capital, column: line.column(here) }
        } else if let Some(&(mark, ..)) = MARKS.iter().find(|mark| mark.1 == letter) {
            open.push((mark, here));
            let (numbers, length) = numbers(&line.text[at..]);
            if numbers.as_ref().is_some_and(|numbers| numbers.contains(&0)) {
                return Err(line.problem(at, "attributions have numbers from 1 to 255"));
            }
            if *labelled.get_or_insert(numbers.is_some()) != numbers.is_some() {
                return Err(line.problem(here, "marks with and without number in one line"));
            }
            at += length;
            Piece::Open(numbers.unwrap_or_else(|| vec![1]))
        } else if let Some(&(mark, opening, _)) = MARKS.iter().find(|mark| mark.2 == letter) {
            if open.pop().is_none_or(|(own, _)| own != mark) {
                return Err(line.problem(here, format!("`{letter}` closes no `{opening}`")));
            }
            Piece::Close(mark)
        } else {
            words.push(letter);
            continue;
        };
        pieces.extend(Some(std::mem::take(&mut words)).filter(|words| !words.is_empty()).map(Piece::Words));
        pieces.push(piece);
    }
    if let Some(&(_, here)) = open.first() {
        return Err(line.problem(here, format!("`{}` is not closed", &line.text[here..=here])));
    }
    pieces.extend(Some(words).filter(|words| !words.is_empty()).map(Piece::Words));
    Ok(pieces)
}

/// The numbers of `1:` or `1,2:`, and how long they are; what is no number of an attribution is 0.
fn numbers(text: &str) -> (Option<Vec<u8>>, usize) {
    let length = text.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b',').count();
    if length == 0 || !text[length..].starts_with(':') {
        return (None, 0);
    }
    (Some(text[..length].split(',').map(|number| number.parse().unwrap_or(0)).collect()), length + 1)
}

#[cfg(test)]
mod tests {
    use super::{Grammar, Piece};

    #[test]
    fn slots_have_weights_and_texts_have_marks() {
        let grammar =
            Grammar::read("# c\n\n:text\n2 [1,2:$who!] <1:said>\n:who\n 3 a\n3  b\n12 -\n$5, 3%\r\n").unwrap();
        let (text, who) = (&grammar.slots[grammar.text], &grammar.slots[1]);
        let weights = |slot: &super::Slot| slot.alternatives.iter().map(|one| one.weight).collect::<Vec<_>>();
        assert_eq!((text.name.as_str(), weights(text), weights(who)), ("text", vec![2], vec![1, 3, 12, 1]));
        let words = |at: usize| format!("{:?}", who.alternatives[at].pieces);
        assert_eq!([0, 1, 2, 3].map(words), ["[Words(\" 3 a\")]", "[Words(\" b\")]", "[]", "[Words(\"$5, 3%\")]"]);
        let pieces = &text.alternatives[0].pieces;
        assert!(matches!(&pieces[0], Piece::Open(numbers) if numbers == &[1, 2]), "{pieces:?}");
        assert!(matches!(pieces[1], Piece::Slot { slot: 1, capital: true, .. }), "{pieces:?}");
        assert_eq!((pieces.len(), grammar.plain), (7, None), "{pieces:?}");
    }

    #[test]
    fn mistakes_are_told_with_line_and_column() {
        for (text, expected) in [
            ("some words", "1:1: no slot is open: write `:name` first"),
            (":text\na\n\n:two words\nb", "4:2: the name of a slot is made of letters, digits and `_`"),
            (":text\na\n:\nb", "3:2: the name of a slot is made of letters, digits and `_`"),
            (":text\na\n:text\nb", "3:2: the slot `text` stands twice"),
            (":text\na\n:who\n# none\n", "3:1: the slot is empty: write `-` for no words"),
            (":who\nAna Lim\n\n", "3:1: no slot is named `text`"),
            ("", "1:1: no slot is named `text`"),
            (":text\n“Für $who,” she said.", "2:6: no slot is named `who`"),
            (":text\n0 a", "2:1: a weight is a number from 1 to 1000"),
            (":text\n1001 a", "2:1: a weight is a number from 1 to 1000"),
            (":text\n99999999999999999999 a", "2:1: a weight is a number from 1 to 1000"),
            (":text\n3 ", "2:2: nothing stands behind the weight: write `-` for no words"),
            (":text\na {b [c]", "2:3: `{` is not closed"),
            (":text\nü {b} c>", "2:8: `>` closes no `<`"),
            (":text\n{a [b} c]", "2:6: `}` closes no `{`"),
            (":text\n{0:a}", "2:2: attributions have numbers from 1 to 255"),
            (":text\n[1,256:a]", "2:2: attributions have numbers from 1 to 255"),
            (":text\n[1,:a]", "2:2: attributions have numbers from 1 to 255"),
            (":text\n{1:a} [b]", "2:7: marks with and without number in one line"),
            (":text\na $text!", "2:3: the slot `text` includes itself"),
            (":text\n$a\n:a\n2 x $b\n:b\n$c and $a\n:c\nd", "6:8: the slot `a` includes itself"),
        ] {
            let problem = Grammar::read(text).expect_err(text);
            assert_eq!(problem.to_string(), expected, "{text}");
        }
    }
}
