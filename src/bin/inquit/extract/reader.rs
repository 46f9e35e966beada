//! All documents of all inputs, one after the other, never more than one at a time in memory.

use super::document::{Part, Raw};
use super::input::Inputs;
use super::items::{Item, Items};
use super::source::{Bytes, Input, Shape};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

pub(crate) struct Reader {
    inputs: std::vec::IntoIter<Result<Input, String>>,
    open: Option<Open>,
    /// Whether an empty line is a document too, though one that cannot be read.
    with_empty: bool,
}

/// A file with many documents that is being read.
struct Open {
    from: Bytes,
    input: Arc<Input>,
    /// By values, or else by lines.
    items: Option<Items>,
    number: u64,
    start: u64,
}

impl Reader {
    pub(crate) fn new(inputs: Inputs, with_empty: bool) -> Reader {
        Reader { inputs: inputs.0.into_iter(), open: None, with_empty }
    }

    /// Whether the next document may have to be waited for.
    pub(crate) fn may_wait(&self) -> bool {
        self.open.as_ref().is_none_or(|open| open.from.buffer().is_empty())
    }
}

impl Iterator for Reader {
    type Item = Result<Raw, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next(self.with_empty) {
                    Some(raw) => return Some(raw),
                    None => self.open = None,
                }
            }
            let opened = self.inputs.next()?.and_then(|input| input.open().map(|(from, shape)| (input, from, shape)));
            let (input, mut from, shape) = match opened {
                Ok(opened) => opened,
                Err(problem) => return Some(Err(problem)),
            };
            if shape != Shape::Text {
                let items = (shape == Shape::Values).then(Items::default);
                self.open = Some(Open { from, input: Arc::new(input), items, number: 0, start: 0 });
                continue;
            }
            let mut bytes = Vec::new();
            if let Err(error) = from.read_to_end(&mut bytes) {
                return Some(Err(format!("{}: {error}", input.name())));
            }
            return Some(Ok(Raw { bytes, input: Arc::new(input), part: None }));
        }
    }
}

impl Open {
    fn next(&mut self, with_empty: bool) -> Option<Result<Raw, String>> {
        let next = if self.items.is_some() { self.value() } else { self.line(with_empty) };
        match next {
            Ok(found) => {
                let (bytes, part) = found?;
                Some(Ok(Raw { bytes, input: Arc::clone(&self.input), part: Some(part) }))
            }
            Err(error) => {
                // Nothing can be read after this; the next call finds the end.
                self.from = BufReader::new(Box::new(io::empty()));
                Some(Err(format!("{}: line {}: {error}", self.input.name(), self.number + 1)))
            }
        }
    }

    fn value(&mut self) -> io::Result<Option<(Vec<u8>, Part)>> {
        let Some(items) = &mut self.items else { return Ok(None) };
        let item = items.next(&mut self.from)?;
        Ok(item.map(|Item { bytes, line, number }| (bytes, Part { number, line, start: None })))
    }

    fn line(&mut self, with_empty: bool) -> io::Result<Option<(Vec<u8>, Part)>> {
        loop {
            let mut bytes = Vec::new();
            let count = self.from.read_until(b'\n', &mut bytes)?;
            if count == 0 {
                return Ok(None);
            }
            let start = self.start;
            self.number += 1;
            self.start += count as u64;
            if with_empty || !bytes.trim_ascii().is_empty() {
                return Ok(Some((bytes, Part { number: self.number, line: self.number, start: Some(start) })));
            }
        }
    }
}
