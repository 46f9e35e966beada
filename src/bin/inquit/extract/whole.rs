//! Files that are there as a whole or not at all.

use std::io::Write;
use std::path::Path;
use std::{fs, io};

/// Writes a file so that it is there as a whole or not at all.
pub(crate) fn replace(file: &Path, text: &str) -> io::Result<()> {
    write_whole(file, text).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))
}

fn write_whole(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut part = part_name().tempfile_in(folder)?;
    part.write_all(text.as_bytes())?;
    part.persist(file).map(|_| ()).map_err(|error| error.error)
}

/// Hidden, and for whom new files are: by itself a temporary file is for its owner alone.
fn part_name() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".part");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}
