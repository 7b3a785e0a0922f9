//! `check`: read, model, judge. Verdicts go to standard output, all else that is to be said to standard error.

use std::process::ExitCode;

use super::{Check, input, report, run, templates};
use crate::architecture;
use crate::diag::{Diagnostic, Severity, Sources};
use crate::read;
use crate::verdicts::{self, RULES, Verdict};

pub fn run(arguments: &Check) -> ExitCode {
    let mut diagnostics = Vec::new();
    let mut sources = input::read(&arguments.inputs.inputs, &mut diagnostics);
    let verdicts = judge(arguments, &mut sources, &mut diagnostics);
    // What a rule judges is said by its verdict.
    diagnostics.retain(|diagnostic| RULES.iter().all(|rule| rule.code != diagnostic.code));
    let said = diagnostics.iter().map(|diagnostic| diagnostic.severity).max();
    arguments.messages.print(&mut diagnostics, &sources);
    let Some(mut verdicts) = verdicts else { return ExitCode::FAILURE };
    let failed = verdicts.iter().filter(|verdict| !verdict.is_unknown()).map(|verdict| verdict.rule.severity).max();
    if arguments.messages.quiet {
        verdicts.retain(|verdict| !verdict.is_unknown() && verdict.rule.severity == Severity::Error);
    }
    if let Err(diagnostic) = report::print_verdicts(&verdicts, &sources, arguments.format) {
        report::print(&[diagnostic], &sources, arguments.messages.diagnostics);
        return ExitCode::FAILURE;
    }
    arguments.messages.exit_code(said.max(failed))
}

/// The verdicts on what the inputs make; `None`, with an error said, where they make nothing that could be judged.
fn judge(arguments: &Check, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Verdict>> {
    if has_error(diagnostics) {
        return None;
    }
    let options = input::options(&arguments.inputs, sources, diagnostics);
    let mut folders = templates::Folders::of(&arguments.inputs.inputs);
    let (inventory, _) = read::read_keeping(sources, &options, Some(&mut folders), diagnostics);
    if has_error(diagnostics) {
        return None;
    }
    let architecture = architecture::model(&inventory, diagnostics);
    if let Some(nothing) = run::nothing_to_draw(&inventory, &architecture) {
        diagnostics.push(nothing);
        return None;
    }
    Some(verdicts::judge(&inventory, &architecture))
}

fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
