//! What `collect` would run, as a shell script for machines without it, and what the caller must be allowed to do.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::calls::{CALLS, Call, Of};

/// A script for any POSIX shell that saves the same answers to files in a folder.
pub fn script(regions: &[String], profile: Option<&str>) -> String {
    let mut text = String::from("mkdir -p account\n");
    let profile = profile.map(|profile| format!(" --profile {}", quoted(profile))).unwrap_or_default();
    let regions: Vec<String> = match regions {
        [] => vec![String::new()],
        regions => regions.iter().map(|region| format!(" --region {}", quoted(region))).collect(),
    };
    for region in &regions {
        let options = format!("{region}{profile}");
        for call in CALLS.iter() {
            // A string takes what is written without fail.
            let _ = writeln!(text, "{}", line(call, &options));
        }
    }
    text
}

fn line(call: &Call, options: &str) -> String {
    let arguments: String = call.arguments.iter().map(|word| format!(" {}", quoted(word))).collect();
    let command = format!("aws {}{arguments}{options}", call.command());
    let file = format!(
        "{}-{}{}",
        call.service,
        call.operation,
        call.arguments
            .get(1)
            .filter(|_| call.operation == "describe-vpc-attribute")
            .map(|word| format!("-{word}"))
            .unwrap_or_default()
    );
    let Of::Each(each) = &call.of else { return format!("{command} --output json > account/{file}.json") };
    let path =
        if each.field.is_empty() { format!("{}[]", each.list) } else { format!("{}[].{}", each.list, each.field) };
    let listed = |of: &str| format!("$(aws {}{of}{options} --query '{path}' --output text)", each.parent);
    let Some(of_parent) = each.of_parent else {
        let parents = match CALLS.iter().find(|parent| parent.command() == each.parent).map(|parent| &parent.of) {
            Some(Of::Each(outer)) => format!(
                "for p in $(aws {}{options} --query '{}[].{}' --output text); do for n in {}; do",
                outer.parent,
                outer.list,
                outer.field,
                listed(&format!(" {} \"$p\"", outer.argument)),
            ),
            Some(Of::Region) | None => format!("for n in {}; do", listed("")),
        };
        let ends = if parents.contains("for p") { "; done; done" } else { "; done" };
        return format!(
            "{parents} {command} {} \"$n\" --output json > \"account/{file}--${{n##*/}}.json\"{ends}",
            each.argument
        );
    };
    format!(
        "for c in $(aws eks list-clusters{options} --query 'clusters[]' --output text); do for n in {}; do {command} {of_parent} \"$c\" {} \"$n\" --output json > \"account/{file}--$c--$(echo \"$n\" | tr / -).json\"; done; done",
        listed(&format!(" {of_parent} \"$c\"")),
        each.argument,
    )
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./:=,".contains(c));
    if is_plain && !word.is_empty() { word.to_string() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

/// The least that the caller must be allowed to do.
pub fn policy() -> String {
    let actions: BTreeSet<String> = CALLS.iter().filter_map(Call::action).collect();
    let policy = serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{"Sid": "EksdiagramCollect", "Effect": "Allow", "Action": actions, "Resource": "*"}],
    });
    format!("{policy:#}\n")
}
