//! Writing to standard output, for examples that are looked at with `| head`.

use std::io::{self, ErrorKind, Write};

/// Writes a page. That whoever reads has seen enough and gone is no error.
pub(crate) fn show(page: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(page.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
