//! Verdicts as a SARIF log: all rules with their pages, a result each. One that is unknown is an open result.
//!
//! Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", 3.27.9 `kind`.

use crate::cli::report::level;
use crate::cli::report::position::Positions;
use crate::cli::report::sarif::{Configuration, Finding, Rule, Text, location, log, related, shown};
use crate::diag::Sources;
use crate::verdicts::{RULES, State, Verdict};

pub fn written(verdicts: &[Verdict], sources: &Sources) -> Vec<u8> {
    let rules = RULES.iter().map(|rule| Rule {
        id: rule.code,
        short_description: text(rule.meaning.split_once(": ").map_or(rule.meaning, |(first, _)| first)),
        full_description: text(rule.meaning),
        help: text(&format!("{}\n\n{}\n\n{}", rule.meaning, rule.remedy, rule.source.title)),
        help_uri: Some(rule.source.url),
        default_configuration: Some(Configuration { level: level(rule.severity) }),
    });
    let positions = Positions::of(sources);
    let results = verdicts.iter().map(|verdict| finding(verdict, &positions)).collect();
    let mut text = shown(&log(rules.collect(), results));
    text.push('\n');
    text.into_bytes()
}

fn text(text: &str) -> Text<String> {
    Text { text: text.to_string() }
}

fn finding<'a>(verdict: &'a Verdict, positions: &Positions) -> Finding<'a> {
    let rule = verdict.rule;
    let (kind, level, more) = match &verdict.state {
        State::Fails => ("fail", level(rule.severity), format!("\nhelp: {}", rule.remedy)),
        State::Unknown { why } => ("open", "none", format!("\nunknown: {why}")),
    };
    let mut places = verdict.because.iter().filter_map(|because| Some((&because.text, because.origin.as_ref()?)));
    let first = places.next().map(|(_, origin)| location(origin, positions));
    let others = places.enumerate().map(|(i, (what, origin))| related(i, what, origin, positions));
    Finding {
        rule_id: rule.code,
        rule_index: RULES.iter().position(|one| one.code == rule.code).unwrap_or_default(),
        kind: Some(kind),
        level,
        message: text(&format!("{}{more}", verdict.message)),
        locations: first.into_iter().collect(),
        related_locations: others.collect(),
    }
}
