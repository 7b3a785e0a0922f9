//! Verdicts as one JSON array, described in docs/verdicts.md.

use serde::Serialize;

use crate::architecture::{PathKind, Stop};
use crate::cli::report::json::{ShownAt, shown_at};
use crate::cli::report::level;
use crate::cli::report::position::Positions;
use crate::diag::Sources;
use crate::verdicts::{BrokenPath, State, Verdict};
use crate::visible;

#[derive(Serialize)]
struct Written<'a> {
    code: &'a str,
    severity: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    message: &'a str,
    meaning: &'a str,
    remedy: &'a str,
    source: Page<'a>,
    because: Vec<Reason<'a>>,
    about: Vec<&'a str>,
    breaks: Vec<Broken<'a>>,
}

#[derive(Serialize)]
struct Page<'a> {
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Reason<'a> {
    message: &'a str,
    #[serde(flatten)]
    shown_at: Option<ShownAt<'a>>,
}

#[derive(Serialize)]
struct Broken<'a> {
    path: &'static str,
    start: &'a str,
    cluster: &'a str,
}

pub fn written(verdicts: &[Verdict], sources: &Sources) -> Vec<u8> {
    let positions = Positions::of(sources);
    let all: Vec<Written<'_>> = verdicts.iter().map(|verdict| one(verdict, &positions)).collect();
    // Strings and numbers only: nothing that JSON could refuse.
    let mut text = visible::json(&serde_json::to_string_pretty(&all).unwrap_or_default()).into_owned();
    text.push('\n');
    text.into_bytes()
}

fn one<'a>(verdict: &'a Verdict, positions: &Positions<'a>) -> Written<'a> {
    let rule = verdict.rule;
    let (state, why) = match &verdict.state {
        State::Fails => ("fails", None),
        State::Unknown { why } => ("unknown", Some(why.as_str())),
    };
    let because = verdict.because.iter().map(|because| Reason {
        message: &because.text,
        shown_at: because.origin.as_ref().map(|origin| shown_at(origin, positions)),
    });
    Written {
        code: rule.code,
        severity: level(rule.severity),
        state,
        why,
        message: &verdict.message,
        meaning: rule.meaning,
        remedy: rule.remedy,
        source: Page { title: rule.source.title, url: rule.source.url },
        because: because.collect(),
        about: verdict.about.iter().map(|address| &**address).collect(),
        breaks: verdict.breaks.iter().map(broken).collect(),
    }
}

fn broken(path: &BrokenPath) -> Broken<'_> {
    Broken {
        path: match path.kind {
            PathKind::Administration => "administration",
            PathKind::Kubectl => "kubectl",
            PathKind::NodesToApi => "nodes-to-api",
            PathKind::ControlPlaneToNodes => "control-plane-to-nodes",
            PathKind::Egress => "egress",
            PathKind::Application => "application",
        },
        start: match &path.start {
            Stop::Administrator(_) => "administrator",
            Stop::Clients => "clients",
            Stop::Internet => "internet",
            Stop::At(address) | Stop::ApiEndpoint(address) | Stop::ApiServers(address) => address,
            Stop::Outside(shown) => shown,
        },
        cluster: &path.cluster,
    }
}
