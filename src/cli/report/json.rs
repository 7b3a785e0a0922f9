//! Diagnostics as one JSON array, described in docs/diagnostics.md. A field that has nothing to say is left out;
//! `related` and `hints` are always there.

use std::io::{self, Write};

use serde::Serialize;

use super::level;
use super::position::{Position, Positions};
use crate::diag::{Diagnostic, Origin, Sources};
use crate::visible;

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
    let positions = Positions::of(sources);
    let messages: Vec<Message<'_>> = diagnostics.iter().map(|diagnostic| message(diagnostic, &positions)).collect();
    writeln!(to, "{}", visible::json(&serde_json::to_string_pretty(&messages)?))
}

fn message<'a>(diagnostic: &'a Diagnostic, positions: &Positions<'a>) -> Message<'a> {
    Message {
        code: diagnostic.code,
        severity: level(diagnostic.severity),
        message: &diagnostic.message,
        shown_at: diagnostic.origin.as_ref().map(|origin| shown_at(origin, positions)),
        related: diagnostic
            .related
            .iter()
            .map(|(what, origin)| Related { message: what, shown_at: shown_at(origin, positions) })
            .collect(),
        hints: &diagnostic.hints,
    }
}

pub fn shown_at<'a>(origin: &'a Origin, positions: &Positions<'a>) -> ShownAt<'a> {
    ShownAt { name: &origin.name, file: positions.file(origin.place.file), position: positions.position(origin.place) }
}
