//! Diagnostics as one JSON array, described in docs/diagnostics.md. A field that has nothing to say is left out;
//! `related` and `hints` are always there.

use std::io::{self, Write};

use serde::Serialize;

use super::level;
use super::position::Position;
use crate::diag::{Diagnostic, Origin, Sources};

#[derive(Serialize)]
struct Message<'a> {
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    shown_at: Option<ShownAt<'a>>,
    related: Vec<Related<'a>>,
    hints: &'a [String],
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    shown_at: ShownAt<'a>,
}

#[derive(Serialize)]
pub struct ShownAt<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    file: &'a str,
    #[serde(flatten)]
    position: Position,
}

pub fn write(diagnostics: &[Diagnostic], sources: &Sources, to: &mut impl Write) -> io::Result<()> {
    let messages: Vec<Message<'_>> = diagnostics.iter().map(|diagnostic| message(diagnostic, sources)).collect();
    serde_json::to_writer_pretty(&mut *to, &messages)?;
    writeln!(to)
}

fn message<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Message<'a> {
    Message {
        code: diagnostic.code,
        severity: level(diagnostic.severity),
        message: &diagnostic.message,
        shown_at: diagnostic.origin.as_ref().map(|origin| shown_at(origin, sources)),
        related: diagnostic
            .related
            .iter()
            .map(|(what, origin)| Related { message: what, shown_at: shown_at(origin, sources) })
            .collect(),
        hints: &diagnostic.hints,
    }
}

pub fn shown_at<'a>(origin: &'a Origin, sources: &'a Sources) -> ShownAt<'a> {
    ShownAt {
        name: &origin.name,
        file: &sources.source(origin.place.file).name,
        position: Position::of(origin.place, sources),
    }
}
