//! What a shell and a manual are told of the command line: made of its definition, so that they are never behind it.

use std::process::ExitCode;

use clap::CommandFactory;

use super::{Arguments, output};

const NAME: &str = "eksdiagram";

pub fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), NAME, &mut script);
    printed(&script)
}

/// The manual page, in roff: the program's, then those of its commands.
pub fn manual() -> ExitCode {
    let mut command = Arguments::command();
    // Gives every command its whole name.
    command.build();
    let mut pages = Vec::new();
    let commands = command.get_subcommands().cloned().collect::<Vec<_>>();
    for command in std::iter::once(command).chain(commands) {
        if clap_mangen::Man::new(command).render(&mut pages).is_err() {
            return ExitCode::FAILURE;
        }
    }
    printed(&pages)
}

fn printed(text: &[u8]) -> ExitCode {
    match output::stdout(text) {
        Ok(()) => ExitCode::SUCCESS,
        Err(diagnostic) => {
            anstream::eprintln!("error: {}", diagnostic.message);
            ExitCode::FAILURE
        }
    }
}
