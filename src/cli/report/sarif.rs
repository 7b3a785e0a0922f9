//! Diagnostics as a SARIF log, for code scanning.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::level;
use super::position::{Position, Positions};
use crate::diag::{Diagnostic, Origin, Sources};
use crate::visible;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Every code has a section, which becomes its rule's help.
const EXPLAINED: &str = include_str!("../../../docs/diagnostics.md");

#[derive(Serialize)]
pub struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run<'a> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub id: &'static str,
    pub short_description: Text<String>,
    pub full_description: Text<String>,
    pub help: Text<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_uri: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_configuration: Option<Configuration>,
}

#[derive(Serialize)]
pub struct Configuration {
    pub level: &'static str,
}

#[derive(Serialize)]
pub struct Text<T> {
    pub text: T,
}

/// What SARIF calls a result.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding<'a> {
    pub rule_id: &'a str,
    pub rule_index: usize,
    /// `fail` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    pub level: &'static str,
    pub message: Text<String>,
    pub locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<Logical<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Text<&'a str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Logical<'a> {
    fully_qualified_name: &'a str,
}

pub fn write(diagnostics: &[Diagnostic], sources: &Sources, to: &mut impl Write) -> io::Result<()> {
    let codes: BTreeSet<&'static str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<&'static str> = codes.into_iter().collect();
    let positions = Positions::of(sources);
    let results = diagnostics.iter().map(|diagnostic| finding(diagnostic, &codes, &positions)).collect();
    let rules = codes.iter().map(|code| rule(code)).collect();
    writeln!(to, "{}", shown(&log(rules, results)))
}

/// A log as text. Names in it make no links, which SARIF writes as Markdown does.
///
/// Source: SARIF 2.1.0, 3.11.6 "Messages with embedded links".
pub fn shown(log: &Log<'_>) -> String {
    // Strings and numbers only: nothing that JSON could refuse.
    let text = serde_json::to_string_pretty(log).unwrap_or_default();
    visible::json(&text.replace("](", "]\\\\(")).into_owned()
}

pub fn log(rules: Vec<Rule>, results: Vec<Finding<'_>>) -> Log<'_> {
    let driver = Driver { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
}

fn rule(code: &'static str) -> Rule {
    let section = section(code);
    let text = |text: &str| Text { text: text.to_string() };
    let first = section.split_once(". ").map_or(section.as_str(), |(first, _)| first);
    let paragraph = section.split("\n\n").next().unwrap_or_default();
    Rule {
        id: code,
        short_description: text(&format!("{}.", first.trim_end_matches('.'))),
        full_description: text(paragraph),
        help: text(&section),
        help_uri: None,
        default_configuration: None,
    }
}

/// What the documentation says of a code, a paragraph a line.
fn section(code: &str) -> String {
    let sections = EXPLAINED.split("\n## ");
    let body = sections.filter_map(|section| section.split_once('\n')).find(|(heading, _)| *heading == code);
    let paragraphs = body.map(|(_, body)| body.trim().split("\n\n")).into_iter().flatten();
    paragraphs.map(|paragraph| paragraph.replace('\n', " ")).collect::<Vec<String>>().join("\n\n")
}

fn finding<'a>(diagnostic: &'a Diagnostic, codes: &[&'static str], positions: &Positions) -> Finding<'a> {
    let hints = diagnostic.hints.iter().map(|hint| format!("\nhelp: {hint}"));
    let related_places = diagnostic.related.iter().enumerate();
    Finding {
        rule_id: diagnostic.code,
        rule_index: codes.iter().position(|code| *code == diagnostic.code).unwrap_or_default(),
        kind: None,
        level: level(diagnostic.severity),
        message: Text { text: std::iter::once(diagnostic.message.clone()).chain(hints).collect() },
        locations: diagnostic.origin.iter().map(|origin| location(origin, positions)).collect(),
        related_locations: related_places.map(|(i, (what, origin))| related(i, what, origin, positions)).collect(),
    }
}

pub fn location<'a>(origin: &'a Origin, positions: &Positions) -> Location<'a> {
    let Position { line, column, end_line, end_column } = positions.position(origin.place);
    let region = Region { start_line: line, start_column: column, end_line, end_column };
    let name = Some(&*origin.name).filter(|name| !name.is_empty());
    Location {
        id: None,
        physical_location: Physical {
            artifact_location: Artifact { uri: uri(positions.file(origin.place.file)) },
            region,
        },
        logical_locations: name.into_iter().map(|name| Logical { fully_qualified_name: name }).collect(),
        message: None,
    }
}

/// The place of a fact beside the finding, and what it says.
pub fn related<'a>(index: usize, what: &'a str, origin: &'a Origin, positions: &Positions) -> Location<'a> {
    Location { id: Some(index + 1), message: Some(Text { text: what }), ..location(origin, positions) }
}

/// A file's name as a URI reference: relative where the name is.
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.trim_start_matches("./").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_uris() {
        assert_eq!(uri("./a b/한.yaml"), "a%20b/%ED%95%9C.yaml");
        assert_eq!(uri("/x/vpc.yaml"), "file:///x/vpc.yaml");
    }

    #[test]
    fn a_rule_is_explained_by_its_section() {
        let rule = rule("empty-input");
        assert_eq!(rule.short_description.text, "The file is empty, or holds nothing but white space or comments.");
        assert!(rule.help.text.ends_with("wrote to its standard error."), "{}", rule.help.text);
    }
}
