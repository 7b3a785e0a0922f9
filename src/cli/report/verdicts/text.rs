//! Verdicts as a compiler prints its messages, and a line that counts them.

use std::collections::BTreeSet;
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer};
use indexmap::IndexMap;

use super::counted;
use crate::cli::report::text::{level, snippet};
use crate::diag::{Diagnostic, Place, Sources};
use crate::verdicts::{Rule, State, Verdict};
use crate::visible;

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
    let mut explained: BTreeSet<&str> = BTreeSet::new();
    for verdict in verdicts.iter().filter(|verdict| !verdict.is_unknown()) {
        let mut group = group(verdict, sources);
        // What a rule means is said once.
        if explained.insert(verdict.rule.code) {
            group = explain(group, verdict.rule);
        }
        writeln!(to, "{}\n", renderer.render(&[group]))?;
    }
    for (why, verdicts) in by_why(verdicts) {
        let (last, others) = verdicts.split_last().map_or((None, [].as_slice()), |(last, others)| (Some(last), others));
        for other in others {
            writeln!(to, "{}", renderer.render(&[title(other)]))?;
        }
        let group = last.map(|last| group(last, sources).element(Level::NOTE.message(visible::line(why))));
        group.iter().try_for_each(|group| writeln!(to, "{}\n", renderer.render(std::slice::from_ref(group))))?;
    }
    writeln!(to, "{}", counted(verdicts))
}

/// What is unknown, by the fact that is missing, in the order in which these come up.
fn by_why(verdicts: &[Verdict]) -> IndexMap<&str, Vec<&Verdict>> {
    let mut by_why: IndexMap<&str, Vec<&Verdict>> = IndexMap::new();
    for verdict in verdicts {
        if let State::Unknown { why } = &verdict.state {
            by_why.entry(why).or_default().push(verdict);
        }
    }
    by_why
}

fn title(verdict: &Verdict) -> Group<'_> {
    let level = match verdict.state {
        State::Fails => level(verdict.rule.severity),
        State::Unknown { .. } => Level::NOTE.with_name("unknown"),
    };
    Group::with_title(level.primary_title(visible::line(&verdict.message)).id(verdict.rule.code))
}

fn group<'a>(verdict: &'a Verdict, sources: &'a Sources) -> Group<'a> {
    let mut group = title(verdict);
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
    group
}

fn explain<'a>(group: Group<'a>, rule: &'a Rule) -> Group<'a> {
    let page = format!("{}: {}", rule.source.title, rule.source.url);
    group
        .element(Level::NOTE.message(rule.meaning))
        .element(Level::HELP.message(rule.remedy))
        .element(Level::NOTE.with_name("source").message(page))
}
