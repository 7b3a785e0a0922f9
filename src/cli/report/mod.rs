//! Diagnostics on standard error, in the form that was asked for.

mod cited;
mod drift;
mod json;
mod position;
mod sarif;
mod text;
mod verdicts;

use super::ReportName;
use crate::diag::{Diagnostic, Severity, Sources};
pub use drift::{as_json as drift_as_json, as_text as drift_as_text};
pub use verdicts::print as print_verdicts;

pub fn print(diagnostics: &[Diagnostic], sources: &Sources, form: ReportName) {
    let mut to = anstream::stderr().lock();
    let written = match form {
        ReportName::Text => text::write(diagnostics, sources, &mut to),
        ReportName::Json => json::write(diagnostics, sources, &mut to),
        ReportName::Sarif => sarif::write(diagnostics, sources, &mut to),
    };
    // A closed standard error is nothing that could be reported anywhere.
    let _ = written;
}

/// As JSON and SARIF call it.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
