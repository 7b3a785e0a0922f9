//! What `check` finds: in a fixture of each state for every rule, in the study's lab, in the three endpoint modes.

use std::collections::BTreeSet;
use std::path::Path;

use eksdiagram::diag::{Severity, Sources};
use eksdiagram::read::Given;
use eksdiagram::verdicts::{RULES, State, Verdict};
use eksdiagram::{architecture, read, verdicts};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The verdicts on files of the project, under these parameters.
fn judged(files: &[&str], parameters: &[(&str, &str)]) -> Vec<Verdict> {
    let mut sources = Sources::default();
    for file in files {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        sources.add(*file, text);
    }
    let parameters = parameters.iter().map(|(name, value)| Given::new(*name, *value)).collect();
    let options = read::Options { parameters, ..read::Options::default() };
    let mut diagnostics = Vec::new();
    let inventory = read::read(&mut sources, &options, None, &mut diagnostics);
    let architecture = architecture::model(&inventory, &mut diagnostics);
    assert!(diagnostics.iter().all(|one| one.severity < Severity::Error), "{files:?}: {diagnostics:?}");
    verdicts::judge(&inventory, &architecture)
}

fn failing(verdicts: &[Verdict]) -> BTreeSet<&'static str> {
    verdicts.iter().filter(|verdict| verdict.state == State::Fails).map(|verdict| verdict.rule.code).collect()
}

/// The states that a rule gives.
fn states(verdicts: &[Verdict], code: &str) -> BTreeSet<&'static str> {
    let of_rule = verdicts.iter().filter(|verdict| verdict.rule.code == code);
    of_rule.map(|verdict| if verdict.is_unknown() { "unknown" } else { "fails" }).collect()
}

#[test]
fn every_rule_fails_holds_and_lacks_a_fact_where_its_fixtures_say_so() {
    for rule in RULES {
        for (state, expected) in [("fails", Some("fails")), ("holds", None), ("unknown", Some("unknown"))] {
            let file = format!("fixtures/verdicts/{}/{state}.yaml", rule.code);
            let verdicts = judged(&[&file], &[]);
            assert_eq!(states(&verdicts, rule.code), BTreeSet::from_iter(expected), "{file}: {verdicts:#?}");
        }
    }
}

#[test]
fn every_folder_of_fixtures_is_of_a_rule() {
    let folders = std::fs::read_dir(root().join("fixtures/verdicts")).expect("the folder is there");
    let folders = folders.map(|folder| folder.expect("an entry").file_name().to_string_lossy().into_owned());
    let codes = RULES.iter().map(|rule| rule.code.to_string()).chain(["modes".to_string()]);
    assert_eq!(folders.collect::<BTreeSet<String>>(), codes.collect());
}

#[test]
fn the_study_s_lab_is_open_and_its_private_subnets_are_isolated() {
    let verdicts = judged(&["fixtures/study/myeks.yaml", "fixtures/study/cluster.yaml"], &[]);
    let codes = failing(&verdicts);
    for code in ["ssh-open", "nodes-with-public-addresses", "public-endpoint-open", "private-subnet-isolated"] {
        assert!(codes.contains(code), "{code} is not found: {codes:?}");
    }
    assert!(verdicts.iter().all(|verdict| verdict.rule.severity < Severity::Error), "{verdicts:#?}");
    let ssh = verdicts.iter().filter(|verdict| verdict.rule.code == "ssh-open");
    assert!(ssh.flat_map(|verdict| &verdict.about).any(|address| &**address == "myeks/Host"));
}

const PUBLIC: (&str, &str) = ("PublicAccess", "true");
const NOT_PUBLIC: (&str, &str) = ("PublicAccess", "false");
const PRIVATE: (&str, &str) = ("PrivateAccess", "true");
const NOT_PRIVATE: (&str, &str) = ("PrivateAccess", "false");
const OFFICE: (&str, &str) = ("From", "198.51.100.0/24");
const EVERYONE: (&str, &str) = ("From", "0.0.0.0/0");
const HOST: (&str, &str) = ("WorkHost", "yes");
const NO_HOST: (&str, &str) = ("WorkHost", "no");

/// What the template breaks in every mode, whoever may come and wherever kubectl is.
const ALWAYS: [&str; 7] = [
    "endpoints-missing",
    "endpoints-perhaps-missing",
    "no-control-plane-logs",
    "nodes-in-isolated-subnet",
    "one-nat-gateway",
    "secrets-without-key",
    "subnets-without-role-tags",
];

fn in_mode(parameters: &[(&str, &str)]) -> Vec<&'static str> {
    let verdicts = judged(&["fixtures/verdicts/modes/template.yaml"], parameters);
    let mut codes = failing(&verdicts);
    for code in ALWAYS {
        assert!(codes.remove(code), "{parameters:?}: {code} is not found");
    }
    assert!(verdicts.iter().all(|verdict| !verdict.is_unknown()), "{parameters:?}: {verdicts:#?}");
    codes.into_iter().collect()
}

#[test]
fn nodes_leave_the_vpc_for_a_public_endpoint_and_have_to_be_let_in() {
    let codes = in_mode(&[PUBLIC, NOT_PRIVATE, OFFICE, HOST]);
    assert_eq!(codes, ["nodes-without-route", "public-cidrs-exclude-nodes"]);
    let codes = in_mode(&[PUBLIC, NOT_PRIVATE, EVERYONE, HOST]);
    assert_eq!(codes, ["nodes-without-route", "public-endpoint-open"]);
}

#[test]
fn with_private_access_the_name_has_to_resolve_and_the_host_has_to_be_admitted() {
    let codes = in_mode(&[PUBLIC, PRIVATE, OFFICE, HOST]);
    assert_eq!(codes, ["host-not-admitted", "private-endpoint-without-dns"]);
    let codes = in_mode(&[PUBLIC, PRIVATE, EVERYONE, HOST]);
    assert_eq!(codes, ["host-not-admitted", "private-endpoint-without-dns", "public-endpoint-open"]);
    assert_eq!(in_mode(&[PUBLIC, PRIVATE, OFFICE, NO_HOST]), ["private-endpoint-without-dns"]);
}

#[test]
fn a_private_endpoint_is_open_to_nobody_outside_and_needs_somebody_inside() {
    let codes = in_mode(&[NOT_PUBLIC, PRIVATE, EVERYONE, HOST]);
    assert_eq!(codes, ["host-not-admitted", "private-endpoint-without-dns"]);
    let codes = in_mode(&[NOT_PUBLIC, PRIVATE, EVERYONE, NO_HOST]);
    assert_eq!(codes, ["private-endpoint-out-of-reach", "private-endpoint-without-dns"]);
}

#[test]
fn rules_of_reach_name_the_path_that_they_break() {
    use eksdiagram::architecture::{PathKind, Stop};
    let verdicts = judged(&["fixtures/verdicts/modes/template.yaml"], &[PUBLIC, NOT_PRIVATE, OFFICE, HOST]);
    let broken = |code: &str| {
        let of_rule = verdicts.iter().filter(|verdict| verdict.rule.code == code);
        of_rule.flat_map(|verdict| &verdict.breaks).cloned().collect::<Vec<_>>()
    };
    let paths = broken("nodes-without-route");
    assert_eq!(paths.len(), 1);
    assert_eq!((paths[0].kind, &paths[0].start), (PathKind::NodesToApi, &Stop::At("template/ClosedNodes".into())));
    assert_eq!(&*paths[0].cluster, "template/Cluster");
    assert_eq!(broken("public-cidrs-exclude-nodes").len(), 1);
}

#[test]
fn the_worst_comes_first_and_the_unknown_last() {
    let verdicts = judged(&["fixtures/verdicts/modes/template.yaml"], &[PUBLIC, NOT_PRIVATE, OFFICE, HOST]);
    assert!(verdicts.is_sorted_by_key(|verdict| (verdict.is_unknown(), std::cmp::Reverse(verdict.rule.severity))));
}

/// A text with its white space run together, as Markdown reads it.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_rule_is_explained_with_its_meaning_its_remedy_and_its_page() {
    let text = std::fs::read_to_string(root().join("docs/verdicts.md")).expect("docs/verdicts.md is there");
    let sections: Vec<(&str, &str)> =
        text.split("\n### ").skip(1).map(|section| section.split_once('\n').expect("a heading and a text")).collect();
    let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert_eq!(headings, codes, "a section for each rule, in their order");
    for (rule, (_, body)) in RULES.iter().zip(sections) {
        let body = flowing(body);
        let severity = match rule.severity {
            Severity::Error => "Error.",
            Severity::Warning => "Warning.",
            Severity::Note => "Note.",
        };
        assert!(body.starts_with(severity), "{}: its section begins with `{severity}`", rule.code);
        let page = format!("[{}]({})", rule.source.title, rule.source.url);
        for words in [flowing(rule.meaning), flowing(rule.remedy), page] {
            assert!(body.contains(&words), "{}: its section does not say: {words}", rule.code);
        }
    }
}
