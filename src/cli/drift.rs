//! `--against`: what became of a network between two states, drawn by the same steps as one, and listed.

use std::process::ExitCode;

use super::drawing::{self, Understood};
use super::{Draw, FormatName, Messages, ReportName, input, output, report};
use crate::diag::{Diagnostic, Sources};
use crate::drift::{self, Drift, Side};

/// What `--against` and INPUT differ in; `None`, with an error said, where what is compared with cannot be read.
pub fn find(
    arguments: &Draw,
    is: &Understood,
    files: &mut input::Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Drift> {
    let mut said = Vec::new();
    input::read_others(&arguments.against, files, &mut said);
    let was = drawing::understand(&arguments.figure.inputs, None, files, &mut said);
    merge(diagnostics, said);
    let was = was?;
    if let (Some(nothing), Some(_)) = (drawing::nothing_to_draw(is), drawing::nothing_to_draw(&was)) {
        diagnostics.push(nothing);
        return None;
    }
    let is = Side { inventory: &is.inventory, architecture: &is.architecture };
    Some(drift::compare(is, Side { inventory: &was.inventory, architecture: &was.architecture }))
}

/// A parameter may be one of either side: what has none by its name is worth a word where neither has.
fn merge(diagnostics: &mut Vec<Diagnostic>, said: Vec<Diagnostic>) {
    let is_unknown = |diagnostic: &Diagnostic| diagnostic.code == "unknown-parameter" && diagnostic.origin.is_none();
    diagnostics.retain(|one| !is_unknown(one) || said.iter().any(|other| other.message == one.message));
    diagnostics.extend(said.into_iter().filter(|one| !is_unknown(one)));
}

/// `--check`: the list on standard output, and exit code 1 if there is anything in it.
pub fn print(drift: &Drift, sources: &Sources, arguments: &Draw, diagnostics: &mut Vec<Diagnostic>) -> ExitCode {
    let list = match arguments.format {
        Some(FormatName::Json) => report::drift_as_json(drift, sources),
        Some(_) | None => report::drift_as_text(drift, sources),
    };
    if let Err(diagnostic) = output::stdout(list.as_bytes()) {
        diagnostics.push(diagnostic);
        return ExitCode::FAILURE;
    }
    let worst = diagnostics.iter().map(|diagnostic| diagnostic.severity).max();
    if drift.changes.is_empty() { arguments.messages.exit_code(worst) } else { ExitCode::FAILURE }
}

/// Beside a picture, the list is for people.
pub fn say(drift: &Drift, sources: &Sources, messages: &Messages) {
    if !messages.quiet && matches!(messages.diagnostics, ReportName::Text) {
        anstream::eprint!("{}", report::drift_as_text(drift, sources));
    }
}
