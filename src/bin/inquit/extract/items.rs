//! Cuts a stream of JSON into its values: the items of an array, or one value after the other. Nothing is checked but
//! brackets and quotation marks: whoever reads a value finds what else is wrong.

use memchr::memchr2;
use std::io::{self, BufRead};

/// The values of a stream.
#[derive(Debug, Default)]
pub(crate) struct Items {
    /// Whether an array was opened whose items are meant.
    in_list: bool,
    /// The number of the line that is being read, from 1.
    line: u64,
    /// How many values there were.
    count: u64,
}

/// A value where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) bytes: Vec<u8>,
    /// The line it begins in, from 1.
    pub(crate) line: u64,
    /// Its number, from 1.
    pub(crate) number: u64,
}

impl Items {
    /// The next value, or none at the end.
    pub(crate) fn next(&mut self, from: &mut impl BufRead) -> io::Result<Option<Item>> {
        let Some(first) = self.start(from)? else { return Ok(None) };
        let mut item = Item { bytes: Vec::new(), line: self.line + 1, number: self.count + 1 };
        self.count += 1;
        self.take(first, from, &mut item.bytes)?;
        Ok(Some(item))
    }

    /// Goes to the first byte of a value and tells which it is.
    fn start(&mut self, from: &mut impl BufRead) -> io::Result<Option<u8>> {
        loop {
            let Some(&byte) = from.fill_buf()?.first() else { return Ok(None) };
            match byte {
                b'[' if self.count == 0 && !self.in_list => self.in_list = true,
                b'\n' => self.line += 1,
                b' ' | b'\t' | b'\r' | b',' => {}
                // Part of a byte order mark.
                0xEF | 0xBB | 0xBF if self.count == 0 && !self.in_list => {}
                b']' if self.in_list => {}
                _ => return Ok(Some(byte)),
            }
            from.consume(1);
        }
    }

    /// Adds all bytes of a value.
    fn take(&mut self, first: u8, from: &mut impl BufRead, bytes: &mut Vec<u8>) -> io::Result<()> {
        let (mut depth, mut in_string, mut escaped) = (0_u32, false, false);
        let nests = matches!(first, b'{' | b'[');
        loop {
            let buffer = from.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let (mut at, mut done) = (0, false);
            while at < buffer.len() && !done {
                if in_string && !escaped {
                    // Most of a document is one long string.
                    at += memchr2(b'"', b'\\', &buffer[at..]).unwrap_or(buffer.len() - at);
                    if at == buffer.len() {
                        break;
                    }
                }
                let byte = buffer[at];
                if escaped {
                    escaped = false;
                } else if in_string {
                    escaped = byte == b'\\';
                    in_string = byte != b'"';
                    done = !in_string && depth == 0 && !nests;
                } else {
                    match byte {
                        b'"' => in_string = true,
                        b'{' | b'[' => depth += 1,
                        // The end of the list behind its last value.
                        b']' if depth == 0 && at + bytes.len() > 0 => break,
                        b'}' | b']' => {
                            depth = depth.saturating_sub(1);
                            done = depth == 0;
                        }
                        b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => break,
                        _ => {}
                    }
                }
                at += 1;
            }
            let ends = done || !in_string && depth == 0 && at < buffer.len();
            bytes.extend_from_slice(&buffer[..at]);
            self.line += memchr::memchr_iter(b'\n', &buffer[..at]).count() as u64;
            from.consume(at);
            if ends {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Items;
    use std::io::BufReader;

    /// The values with their lines, whatever the size of the buffer.
    fn items(json: &str) -> Vec<(String, u64)> {
        let read = |size| {
            let mut from = BufReader::with_capacity(size, json.as_bytes());
            let mut items = Items::default();
            let mut found = Vec::new();
            while let Some(item) = items.next(&mut from).unwrap() {
                assert_eq!(item.number, found.len() as u64 + 1);
                found.push((String::from_utf8(item.bytes).unwrap(), item.line));
            }
            found
        };
        let whole = read(1 << 16);
        for size in [1, 2, 3, 7] {
            assert_eq!(read(size), whole, "{size}: {json}");
        }
        whole
    }

    fn texts(json: &str) -> Vec<String> {
        items(json).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn items_of_an_array_are_values() {
        assert_eq!(texts("[]"), [""; 0]);
        assert_eq!(texts(" [ {\"a\": [1, 2]} , {\"b\": {}} ]\n"), ["{\"a\": [1, 2]}", "{\"b\": {}}"]);
        assert_eq!(texts(r#"[{"a": "}]\"\\"},{"b":"[{"}]"#), [r#"{"a": "}]\"\\"}"#, r#"{"b":"[{"}"#]);
        assert_eq!(texts("\u{feff}[[1], \"x y\", 5,null , true]"), ["[1]", "\"x y\"", "5", "null", "true"]);
    }

    #[test]
    fn values_may_follow_one_another() {
        assert_eq!(texts("{\"a\":1}"), ["{\"a\":1}"]);
        assert_eq!(texts("{\"a\":1}\n{\"b\":2}{\"c\":3}"), ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"]);
    }

    #[test]
    fn what_is_broken_is_given_as_it_is() {
        assert_eq!(texts("[{\"a\": 1, "), ["{\"a\": 1, "]);
        assert_eq!(texts("[{\"a\": \"x]"), ["{\"a\": \"x]"]);
        assert_eq!(texts("[}, {}]"), ["}", "{}"]);
        assert_eq!(texts("prose, and more"), ["prose", "and", "more"]);
    }

    #[test]
    fn each_has_the_line_it_begins_in() {
        let lines: Vec<u64> = items("\n[\n{\n\"a\": 1\n},\n\n{},{}]").into_iter().map(|(_, line)| line).collect();
        assert_eq!(lines, [3, 7, 7]);
    }
}
