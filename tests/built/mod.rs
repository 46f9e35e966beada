//! Built examples, for tests that run them as people do.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// A built example, which lies beside the tests. `cargo test` builds it too; a test run alone may not.
pub(crate) fn example(name: &str) -> PathBuf {
    static FRESH: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    // A test that failed here has said so itself.
    let mut fresh = FRESH.lock().unwrap_or_else(PoisonError::into_inner);
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let example = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let is_old = || age(&example).is_none_or(|built| newest(Path::new(env!("CARGO_MANIFEST_DIR")), name) > built);
    if !fresh.contains(name) && is_old() {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--example", name, "--target-dir"]).arg(profile.parent().unwrap());
        match profile.file_name().and_then(|name| name.to_str()) {
            Some("debug") | None => &mut cargo,
            Some(name) => cargo.args(["--profile", name]),
        };
        assert!(cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap().success());
    }
    fresh.insert(name.to_owned());
    example
}

fn age(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}

/// When the sources of an example were last changed.
fn newest(root: &Path, name: &str) -> SystemTime {
    let mut newest = age(&root.join("examples").join(name).with_extension("rs")).unwrap_or(SystemTime::UNIX_EPOCH);
    let mut folders = vec![root.join("src"), root.join("examples/data")];
    folders.extend(Some(root.join("examples").join(name)).filter(|folder| folder.is_dir()));
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                newest = newest.max(age(&path).unwrap());
            }
        }
    }
    newest
}
