//! Diagnostics as a compiler prints them: the place, the source line underlined, what to do.

use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::cited::{Cited, cited};
use crate::diag::{Diagnostic, Origin, Severity, Sources};
use crate::visible;

/// Bytes of a source line that the renderer is given to cut to the place; it reads all of them for every message.
/// In a longer line the column is counted from the place itself.
const LINE_SHOWN: usize = 1 << 14;

pub fn write(diagnostics: &[Diagnostic], sources: &Sources, to: &mut impl Write) -> io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    diagnostics.iter().try_for_each(|diagnostic| writeln!(to, "{}\n", renderer.render(&groups(diagnostic, sources))))
}

fn groups<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Group<'a>> {
    let mut group = level(diagnostic.severity)
        .primary_title(visible::line(&diagnostic.message))
        .id(diagnostic.code)
        .elements(diagnostic.origin.iter().map(|origin| snippet(origin, "", AnnotationKind::Primary, sources)));
    for (what, origin) in &diagnostic.related {
        group = group.element(snippet(origin, what, AnnotationKind::Context, sources));
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.message(visible::line(hint)));
    }
    vec![group]
}

pub fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
}

pub fn snippet<'a>(
    origin: &Origin,
    label: &'a str,
    kind: AnnotationKind,
    sources: &'a Sources,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.source(origin.place.file);
    let text = source.text.as_str();
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(origin.place.span.start as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |i| start + i);
    // One line is enough to find the place; a value may run over a hundred.
    let end = boundary(origin.place.span.end as usize).min(line_end).max(start);
    let (from, to) = if line_end - line_start > LINE_SHOWN {
        (start, boundary(start + 80).max(end.min(start + 80)))
    } else {
        (line_start, line_end)
    };
    let (line, _) = sources.line_column(origin.place);
    let Cited { text, span } = cited(source, from..to, start..boundary(end).min(to));
    let annotation = kind.span(span);
    let annotation = if label.is_empty() { annotation } else { annotation.label(visible::line(label)) };
    Snippet::source(text).line_start(line).path(visible::line(&source.name)).annotation(annotation)
}
