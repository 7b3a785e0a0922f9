//! The project file, `eksdiagram.toml`: figures with what is shown otherwise in them. Without inputs, the program makes
//! all of them. docs/project-file.md has every key.

mod toml;

use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;

use super::confined::Root;
use super::figure::{self, Output, Where};
use super::made::Made;
use super::said::Said;
use super::{Draw, Figure, input};
use crate::diag::{Diagnostic, Origin};
use crate::syntax;

pub const NAME: &str = "eksdiagram.toml";

/// A figure as the file has it.
struct Listed {
    figure: Figure,
    outputs: Vec<Output>,
    origin: Origin,
}

/// Whether the command line leaves it to the file what is drawn.
pub fn is_meant(matches: &ArgMatches) -> bool {
    !figure::is_told(matches) && Path::new(NAME).exists()
}

/// Makes the figures of the file in the current folder, or with `--check` compares them.
pub fn run(arguments: &Draw) -> ExitCode {
    let mut said = Said::default();
    let mut files = Vec::new();
    if let Err(diagnostic) = make(&mut files, &mut said) {
        said.diagnostics.push(diagnostic);
    }
    figure::put(files, arguments.check, said, &arguments.messages)
}

fn make(files: &mut Vec<Made>, said: &mut Said) -> Result<(), Diagnostic> {
    let text = syntax::decode(input::bytes(Path::new(NAME))?)?;
    let file = said.sources.add(NAME, text.as_str());
    let root = Root::new(Path::new(""))?;
    for listed in toml::figures(&text, file, &mut said.diagnostics) {
        let place = Where { folder: Path::new(""), root: &root, asked_in: Some((NAME, &text)), template: None };
        let mut diagnostics = Vec::new();
        let (drawn, sources) = figure::draw(&listed.figure, &place, &listed.outputs, &mut diagnostics);
        said.take(diagnostics, &sources);
        match drawn {
            Some(drawn) => files.extend(drawn.files.into_iter().map(|made| made.asked_by(listed.origin.clone()))),
            None => said.diagnostics.push(figure::not_drawn(&listed.outputs).at(listed.origin)),
        }
    }
    Ok(())
}
