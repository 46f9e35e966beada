//! The scripts of `.ci` that decide something, where there is a shell.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn bash(arguments: &[&str]) -> Output {
    let mut bash = Command::new("bash");
    bash.args(arguments).env_remove("SKIPPED").current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
}

fn list(name: &str, rows: &[(&str, u64)]) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let lines: String = rows.iter().map(|(stage, count)| format!("news {stage} 1000 {count}\n")).collect();
    fs::write(&file, format!("# A list.\n{lines}")).unwrap();
    file
}

/// Whether a comparison passes, and what it says.
fn compare(name: &str, mode: &str, before: &[(&str, u64)], now: &[(&str, u64)]) -> (bool, String) {
    let (before, now) = (list(&format!("{name}-before"), before), list(&format!("{name}-now"), now));
    let output = bash(&[".ci/compare", mode, before.to_str().unwrap(), now.to_str().unwrap()]);
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

const BEFORE: [(&str, u64); 3] = [("yardstick", 100_000), ("scan", 4_000), ("lex", 30_000)];

#[test]
fn a_stage_may_grow_by_five_per_cent() {
    let now = |lex| [("yardstick", 100_000), ("scan", 4_000), ("lex", lex)];
    assert!(compare("same", "counts", &BEFORE, &BEFORE).0);
    assert!(compare("less", "counts", &BEFORE, &now(20_000)).0);
    assert!(compare("five", "counts", &BEFORE, &now(31_490)).0);
    let (passes, said) = compare("more", "counts", &BEFORE, &now(31_510));
    assert!(!passes && said.matches("too much").count() == 1, "{said}");
}

/// Another compiler may need more or fewer for everything: what counts is how much more than the yardstick.
#[test]
fn ratios_follow_the_yardstick() {
    let now = |yardstick, lex| [("yardstick", yardstick), ("scan", 4_000 * yardstick / 100_000), ("lex", lex)];
    assert!(compare("twice", "ratios", &BEFORE, &now(200_000, 60_000)).0);
    assert!(compare("ten", "ratios", &BEFORE, &now(200_000, 65_900)).0);
    let (passes, said) = compare("eleven", "ratios", &BEFORE, &now(200_000, 66_600));
    assert!(!passes && said.matches("too much").count() == 1, "{said}");
    assert!(!compare("hidden", "ratios", &BEFORE, &now(50_000, 30_000)).0, "as many as before, where half would do");
}

#[test]
fn lists_that_do_not_fit_fail() {
    for mode in ["counts", "ratios"] {
        let fails = |name: &str, before: &[(&str, u64)], now: &[(&str, u64)], why: &str| {
            let (passes, said) = compare(&format!("{mode}-{name}"), mode, before, now);
            assert!(!passes && said.contains(why), "{name}: {said}");
        };
        fails("gone", &BEFORE, &BEFORE[..2], "not counted");
        fails("new", &BEFORE[..2], &BEFORE, "not in the baseline");
        fails("nothing", &BEFORE, &[BEFORE[0], BEFORE[1], ("lex", 0)], "nothing counted");
        fails("no-yardstick", &BEFORE[1..], &BEFORE[1..], "has no yardstick");
        fails("empty", &[], &[], "nothing to compare");
    }
}

#[test]
fn baselines_are_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/baselines");
    let reference = fs::read_to_string(folder.join("reference")).unwrap();
    assert!(folder.join(format!("{}.txt", reference.trim())).is_file(), "{reference}");
    for entry in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.extension().is_some_and(|extension| extension == "txt") {
            let file = entry.to_str().unwrap();
            assert!(bash(&[".ci/compare", "ratios", file, file]).status.success(), "{file}");
        }
    }
}

/// What was skipped is said in red, and noted for the end of the run.
#[test]
fn what_is_skipped_is_said_twice() {
    let notes = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped");
    fs::write(&notes, "").unwrap();
    let script =
        format!(". .ci/skip; SKIPPED={}; skip \"wasm: no target\"; skip \"msrv: no toolchain\"", notes.display());
    let output = bash(&["-c", &script]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.contains("\u{1b}[31mSKIPPED: wasm: no target\u{1b}[0m\n"), "{said}");
    assert_eq!(fs::read_to_string(notes).unwrap(), "wasm: no target\nmsrv: no toolchain\n");
    let run = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run")).unwrap();
    assert!(
        run.trim_end().ends_with("red \"SKIPPED: $what\"; done <\"$SKIPPED\""),
        "the run ends with what was skipped"
    );
}
