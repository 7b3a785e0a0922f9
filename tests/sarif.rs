//! Messages for machines: `--diagnostics sarif` and `--diagnostics json` over every broken input.
//!
//! SARIF's own JSON schema and a validator come from the npm registry (tests/sarif/setup.sh). Where they cannot be had
//! the test that needs them says so and passes, but never where `CI` is `true`.

mod setup;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What is said about inputs, in a form.
fn said(inputs: &[PathBuf], form: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(root())
        .args(["--verbose", "--diagnostics", form])
        .args(inputs)
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stderr).expect("text");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{inputs:?}: {error}:\n{text}"))
}

/// The verdicts on a fixture as SARIF.
fn judged(fixture: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(root())
        .args(["check", "--format", "sarif", &format!("fixtures/verdicts/{fixture}.yaml")])
        .output()
        .expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{fixture}: {error}:\n{text}"))
}

fn broken_inputs() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("fixtures/bad")).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let paths = paths.map(|path| if path.is_dir() { path.join("main.yaml") } else { path });
    let mut inputs: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_none_or(|ending| ending != "stderr"))
        .map(|path| path.strip_prefix(root()).expect("it is in the project").to_path_buf())
        .collect();
    inputs.sort();
    inputs
}

#[test]
fn sarif_keeps_to_its_schema() {
    if !setup::is_there("sarif", "SARIF's schema") {
        return;
    }
    let validate = |log: &Value| {
        let mut child = Command::new("node")
            .arg(root().join("tests/sarif/validate.mjs"))
            .arg(root().join(".tools/sarif"))
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("node runs");
        child.stdin.take().expect("a pipe").write_all(log.to_string().as_bytes()).expect("node reads");
        let output = child.wait_with_output().expect("node ends");
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    for input in broken_inputs() {
        let (is_valid, why) = validate(&said(std::slice::from_ref(&input), "sarif"));
        assert!(is_valid, "{}: {why}", input.display());
    }
    for fixture in ["modes/template", "subnets-overlap/unknown", "subnets-overlap/holds"] {
        let (is_valid, why) = validate(&judged(fixture));
        assert!(is_valid, "{fixture}: {why}");
    }
    let mut wrong = said(&[PathBuf::from("fixtures/bad/duplicate-key.yaml")], "sarif");
    wrong["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into();
    assert!(!validate(&wrong).0, "the validator takes anything");
}

#[test]
fn every_result_has_its_rule_and_every_rule_its_explanation() {
    for input in broken_inputs() {
        let log = said(std::slice::from_ref(&input), "sarif");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        for rule in rules {
            assert!(rule["help"]["text"].as_str().is_some_and(|text| text.len() > 40), "{rule}");
        }
        for result in run["results"].as_array().expect("results") {
            let index = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(rules[index]["id"], result["ruleId"], "{}", input.display());
        }
    }
}

#[test]
fn a_log_of_verdicts_has_all_rules_and_an_open_result_for_what_is_unknown() {
    let log = judged("subnets-overlap/unknown");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), eksdiagram::verdicts::RULES.len());
    assert!(rules.iter().all(|rule| rule["helpUri"].is_string() && rule["defaultConfiguration"]["level"].is_string()));
    let results = run["results"].as_array().expect("results");
    let open = results.iter().find(|result| result["ruleId"] == "subnets-overlap").expect("the result");
    assert_eq!((&open["kind"], &open["level"]), (&"open".into(), &"none".into()));
    for result in results {
        assert_eq!(rules[result["ruleIndex"].as_u64().expect("an index") as usize]["id"], result["ruleId"]);
    }
}

#[test]
fn json_and_sarif_say_what_the_text_says() {
    for input in broken_inputs() {
        let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .current_dir(root())
            .args(["--verbose", "--color", "never"])
            .arg(&input)
            .output()
            .expect("the program runs");
        let text = String::from_utf8(output.stderr).expect("text");
        let heads: Vec<&str> = text.lines().filter(|line| line.contains("]: ") && !line.starts_with(' ')).collect();
        let json = said(std::slice::from_ref(&input), "json");
        let from_json: Vec<String> = json.as_array().expect("an array").iter().map(head).collect();
        assert_eq!(from_json, heads, "{}", input.display());
        let log = said(std::slice::from_ref(&input), "sarif");
        let results = log["runs"][0]["results"].as_array().expect("results").len();
        assert_eq!(results, heads.len(), "{}", input.display());
        for message in json.as_array().expect("an array") {
            let Some(file) = message["file"].as_str() else { continue };
            let (line, column) = (&message["line"], &message["column"]);
            assert!(text.contains(&format!("{file}:{line}:{column}\n")), "{file}:{line}:{column} is not in\n{text}");
        }
    }
}

/// `warning[duplicate-key]: ..`, as the text begins a message.
fn head(message: &Value) -> String {
    let field = |name: &str| message[name].as_str().expect("a text").to_string();
    format!("{}[{}]: {}", field("severity"), field("code"), field("message"))
}

#[test]
fn nothing_to_say_is_an_empty_array_and_a_run_without_results() {
    let input = [PathBuf::from("fixtures/bad/utf-16.yaml")];
    assert_eq!(said(&input, "json"), Value::Array(Vec::new()));
    assert_eq!(said(&input, "sarif")["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn a_message_of_the_json_has_these_fields() {
    let json = said(&[PathBuf::from("fixtures/bad/duplicate-key.yaml")], "json");
    let fields = |value: &Value| -> BTreeSet<String> { value.as_object().expect("a map").keys().cloned().collect() };
    let place = ["name", "file", "line", "column", "end_line", "end_column"];
    let message = ["code", "severity", "message", "related", "hints"].iter().chain(&place);
    assert_eq!(fields(&json[0]), message.map(|name| name.to_string()).collect());
    let related = ["message"].iter().chain(&place);
    assert_eq!(fields(&json[0]["related"][0]), related.map(|name| name.to_string()).collect());
}

#[test]
fn a_list_of_broken_laws_is_not_mixed_with_a_form_for_machines() {
    let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(root())
        .args(["fixtures/study/myeks.yaml", "--check-layout", "--diagnostics", "json"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
}
