//! JSON in two layouts: a line for machines, and one a person can read.

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// On one line.
pub(crate) fn line(value: &impl Serialize) -> String {
    written(value, CompactFormatter)
}

/// Every object has lines of its own, while lists of numbers stay on one: `"content": [[0, 5], [17, 23]]`.
pub(crate) fn readable(value: &impl Serialize) -> String {
    written(value, Readable::default())
}

fn written(value: &impl Serialize, formatter: impl Formatter) -> String {
    let mut bytes = Vec::new();
    // Records are plain data, the writer is memory and JSON is UTF-8: none of the three can fail.
    let done = value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter));
    done.ok().and_then(|()| String::from_utf8(bytes).ok()).expect("records can be written as JSON")
}

#[derive(Default)]
struct Readable {
    objects: PrettyFormatter<'static>,
    depth: usize,
    /// For each open list, whether it holds objects.
    lists: Vec<bool>,
    /// Whether the value to come is an item of a list.
    is_item: bool,
}

impl Readable {
    fn new_line(&self, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
        out.write_all(b"\n")?;
        (0..self.depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for Readable {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.lists.push(false);
        self.depth += 1;
        out.write_all(b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        if self.lists.pop() == Some(true) {
            self.new_line(out)?;
        }
        out.write_all(b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_item = true;
        match (first, self.lists.last()) {
            (true, _) => Ok(()),
            (false, Some(true)) => out.write_all(b","),
            (false, _) => out.write_all(b", "),
        }
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        if self.is_item {
            self.lists.last_mut().into_iter().for_each(|holds_objects| *holds_objects = true);
            self.new_line(out)?;
        }
        self.depth += 1;
        out.write_all(b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        self.new_line(out)?;
        out.write_all(b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if !first {
            out.write_all(b",")?;
        }
        self.new_line(out)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.is_item = false;
        self.objects.begin_object_value(out)
    }
}
