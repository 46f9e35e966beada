//! The program `inquit`: what it has beside the example `extract`, which is the same code.

mod program;

use program::run;
use std::path::{Path, PathBuf};

fn program_file() -> PathBuf {
    env!("CARGO_BIN_EXE_inquit").into()
}

#[test]
fn it_is_called_by_its_own_name() {
    let help = run(&["--help"], Path::new(".")).out;
    assert!(
        help.contains("Usage: inquit ") && help.contains("Examples:\n  inquit ") && !help.contains("extract"),
        "{help}"
    );
    assert_eq!(run(&["--version"], Path::new(".")).out, format!("inquit {}\n", env!("CARGO_PKG_VERSION")));
}
