//! Runs the program that a test is about as people do.

// Not every test needs all of it.
#![allow(dead_code)]

use crate::program_file;
use inquit::output::DocumentRecord;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program left.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The program with some arguments, in a folder.
pub(crate) fn command(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(program_file());
    command.args(arguments).current_dir(folder).env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

/// Runs it without input.
pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs the program in a folder.
pub(crate) fn run(arguments: &[&str], folder: &Path) -> Ran {
    ran(&mut command(arguments, folder))
}

/// Runs the program with something on standard input.
pub(crate) fn feed(arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = command(arguments, Path::new("."));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// An empty folder for one test, with these files.
pub(crate) fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("extract").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    folder
}

/// Records, one a line.
pub(crate) fn records(lines: &str) -> Vec<DocumentRecord> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The ids of records, one a line.
pub(crate) fn ids(lines: &str) -> Vec<String> {
    records(lines).into_iter().map(|record| record.id).collect()
}
