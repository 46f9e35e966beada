//! Completions for shells, and man pages.

use crate::extract::fail;
use crate::show;
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::Path;
use std::process::ExitCode;

/// Prints the completions of a shell.
pub(crate) fn completions(shell: Shell) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut crate::Cli::command(), "inquit", &mut script);
    show::raw(&String::from_utf8_lossy(&script), ExitCode::SUCCESS)
}

/// Prints the page of the program, or writes it and those of its subcommands into a folder.
pub(crate) fn man(folder: Option<&Path>) -> ExitCode {
    let written = match folder {
        Some(folder) => clap_mangen::generate_to(crate::Cli::command(), folder).map(|()| Vec::new()),
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(crate::Cli::command()).render(&mut page).map(|()| page)
        }
    };
    match written {
        Ok(page) => show::raw(&String::from_utf8_lossy(&page), ExitCode::SUCCESS),
        Err(error) => fail(&format!("cannot write the manual: {error}")),
    }
}
