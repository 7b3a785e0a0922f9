//! Verdicts as a compiler prints its messages, and a line that counts them.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer};

use super::counted;
use crate::cli::report::text::{level, snippet};
use crate::diag::{Diagnostic, Place, Sources};
use crate::verdicts::{State, Verdict};

/// How many places of one verdict are shown.
const PLACES: usize = 4;

pub fn print(verdicts: &[Verdict], sources: &Sources) -> Result<(), Diagnostic> {
    let mut to = anstream::stdout().lock();
    match write(verdicts, sources, &mut to) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Diagnostic::error("cannot-write", format!("standard output cannot be written: {error}")))
        }
        // Who closes the pipe has read enough.
        Ok(()) | Err(_) => Ok(()),
    }
}

fn write(verdicts: &[Verdict], sources: &Sources, to: &mut impl Write) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    for verdict in verdicts {
        writeln!(to, "{}\n", renderer.render(&[group(verdict, sources)]))?;
    }
    writeln!(to, "{}", counted(verdicts))
}

fn group<'a>(verdict: &'a Verdict, sources: &'a Sources) -> Group<'a> {
    let rule = verdict.rule;
    let level = match verdict.state {
        State::Fails => level(rule.severity),
        State::Unknown { .. } => Level::NOTE.with_name("unknown"),
    };
    let mut group =
        level.primary_title(verdict.message.as_str()).id(rule.code).elements(None::<annotate_snippets::Origin<'_>>);
    let mut shown: Vec<Place> = Vec::new();
    for because in &verdict.because {
        let Some(origin) = because.origin.as_ref().filter(|origin| !shown.contains(&origin.place)) else { continue };
        if shown.len() == PLACES {
            break;
        }
        let kind = if shown.is_empty() { AnnotationKind::Primary } else { AnnotationKind::Context };
        group = group.element(snippet(origin, &because.text, kind, sources));
        shown.push(origin.place);
    }
    match &verdict.state {
        State::Unknown { why } => group.element(Level::NOTE.message(why.as_str())),
        State::Fails => group
            .element(Level::NOTE.message(rule.meaning))
            .element(Level::HELP.message(rule.remedy))
            .element(Level::NOTE.with_name("source").message(format!("{}: {}", rule.source.title, rule.source.url))),
    }
}
