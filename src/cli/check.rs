//! `check`: read, model, judge. Verdicts go to standard output, all else that is to be said to standard error.

use std::process::ExitCode;

use super::{Check, drawing, input, report};
use crate::diag::{Diagnostic, Severity};
use crate::verdicts::{self, RULES, Verdict};

pub fn run(arguments: &Check) -> ExitCode {
    let mut diagnostics = Vec::new();
    let mut files = input::read(&arguments.inputs.inputs, &mut diagnostics);
    let verdicts = judge(arguments, &mut files, &mut diagnostics);
    let sources = files.sources;
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
fn judge(arguments: &Check, files: &mut input::Files, diagnostics: &mut Vec<Diagnostic>) -> Option<Vec<Verdict>> {
    let understood = drawing::understand(&arguments.inputs, None, files, diagnostics)?;
    if let Some(nothing) = drawing::nothing_to_draw(&understood) {
        diagnostics.push(nothing);
        return None;
    }
    Some(verdicts::judge(&understood.inventory, &understood.architecture))
}
