//! What differs between two states, as text and as JSON; docs/drift.md describes both.

use std::fmt::Write;

use serde::Serialize;

use super::json::{ShownAt, shown_at};
use super::position::Positions;
use crate::diag::{Origin, Sources};
use crate::drift::{Change, Drift, Otherwise, Sign};
use crate::visible;

/// A line for each thing, under it what is said otherwise and where; last, how many there are.
pub fn as_text(drift: &Drift, sources: &Sources) -> String {
    let mut text = String::new();
    for change in &drift.changes {
        let place = change.place.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
        add(&mut text, &format!("{} {} {}{place}", change.sign.mark(), change.noun, change.name));
        change.facts.iter().for_each(|fact| add(&mut text, &format!("    {}", told(fact))));
        if let Some(at) = &change.is {
            add(&mut text, &format!("    --> {}", position(at, sources)));
        }
        if let Some(at) = &change.was {
            add(&mut text, &format!("    --> {} (before)", position(at, sources)));
        }
    }
    add(&mut text, &counted(drift));
    text
}

/// One line, in which nothing that a terminal obeys is left.
fn add(text: &mut String, line: &str) {
    let _ = writeln!(text, "{}", visible::line(line));
}

fn told(fact: &Otherwise) -> String {
    let shown = |said: &Option<String>| said.clone().unwrap_or_else(|| "not said".to_string());
    format!("{}: {} → {}", fact.fact, shown(&fact.was), shown(&fact.is))
}

fn position(origin: &Origin, sources: &Sources) -> String {
    let (line, column) = sources.line_column(origin.place);
    format!("{}:{line}:{column}", sources.source(origin.place.file).name)
}

fn counted(drift: &Drift) -> String {
    if drift.changes.is_empty() {
        return "no difference".to_string();
    }
    let count = |sign| drift.changes.iter().filter(|change| change.sign == sign).count();
    let counts = Sign::ALL.into_iter().map(|sign| (count(sign), sign)).filter(|(n, _)| *n > 0);
    counts.map(|(n, sign)| format!("{n} {}", sign.name())).collect::<Vec<_>>().join(", ")
}

#[derive(Serialize)]
struct Written<'a> {
    sign: &'static str,
    what: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    address: &'a str,
    facts: Vec<Fact<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is: Option<ShownAt<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<ShownAt<'a>>,
}

#[derive(Serialize)]
struct Fact<'a> {
    fact: &'static str,
    was: Option<&'a str>,
    is: Option<&'a str>,
}

/// An array with an object for each thing.
pub fn as_json(drift: &Drift, sources: &Sources) -> String {
    let positions = Positions::of(sources);
    let all: Vec<Written<'_>> = drift.changes.iter().map(|change| written(change, &positions)).collect();
    // Strings and numbers only: nothing that JSON could refuse.
    let mut text = visible::json(&serde_json::to_string_pretty(&all).unwrap_or_default()).into_owned();
    text.push('\n');
    text
}

fn written<'a>(change: &'a Change, positions: &Positions<'a>) -> Written<'a> {
    let fact = |one: &'a Otherwise| Fact { fact: one.fact, was: one.was.as_deref(), is: one.is.as_deref() };
    Written {
        sign: change.sign.name(),
        what: &change.noun,
        name: &change.name,
        place: change.place.as_deref(),
        address: &change.address,
        facts: change.facts.iter().map(fact).collect(),
        is: change.is.as_ref().map(|origin| shown_at(origin, positions)),
        was: change.was.as_ref().map(|origin| shown_at(origin, positions)),
    }
}
