//! Verdicts on standard output, in the form that was asked for.

mod json;
mod sarif;
mod text;

use crate::cli::{ReportName, output};
use crate::diag::{Diagnostic, Severity, Sources};
use crate::verdicts::Verdict;

/// An error where standard output does not take them.
pub fn print(verdicts: &[Verdict], sources: &Sources, form: ReportName) -> Result<(), Diagnostic> {
    match form {
        ReportName::Text => text::print(verdicts, sources),
        ReportName::Json => output::stdout(&json::written(verdicts, sources)),
        ReportName::Sarif => output::stdout(&sarif::written(verdicts, sources)),
    }
}

/// How many there are of each kind, as the last line says it: `2 errors, 1 warning, 3 unknown`.
fn counted(verdicts: &[Verdict]) -> String {
    let of = |severity| verdicts.iter().filter(|one| !one.is_unknown() && one.rule.severity == severity).count();
    let unknown = verdicts.iter().filter(|one| one.is_unknown()).count();
    let mut counts = vec![several(of(Severity::Error), "error"), several(of(Severity::Warning), "warning")];
    let notes = of(Severity::Note);
    counts.extend((notes > 0).then(|| several(notes, "note")));
    counts.extend((unknown > 0).then(|| format!("{unknown} unknown")));
    counts.join(", ")
}

fn several(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
