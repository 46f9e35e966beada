//! Writing to standard output, for what is looked at with `| head`.

use crate::extract::{fail, visible};
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// Writes a page as it is and returns `code` if it could be written. That whoever reads has seen enough and gone is no
/// error.
pub(crate) fn raw(page: &str, code: ExitCode) -> ExitCode {
    let mut out = io::stdout().lock();
    match out.write_all(page.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => fail(&format!("cannot write: {error}")),
        _ => code,
    }
}

/// The same for people: what would steer their terminal is made visible.
pub(crate) fn page(page: &str, code: ExitCode) -> ExitCode {
    raw(&visible::lines(page), code)
}
