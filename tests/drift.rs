//! Two states of one network: what differs is listed and drawn, and what does not is no drift.

mod golden;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(root().join("fixtures/drift").join(name)).expect("the fixture is there")
}

/// Runs the program where the fixtures' paths are relative.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(root())
        .args(arguments)
        .args(["--color", "never"])
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The list of what differs, without the places, and the exit code.
fn listed(inputs: &[&str], against: &[&str]) -> (Vec<String>, i32) {
    let against = against.iter().flat_map(|path| ["--against", path]);
    let arguments: Vec<&str> = inputs.iter().copied().chain(against).chain(["--check"]).collect();
    let output = run(&arguments);
    let lines = text(&output.stdout).lines().filter(|line| !line.contains("-->")).map(str::to_string).collect();
    (lines, output.status.code().expect("an exit code"))
}

/// What differs between the fixture before a change and the same with `change` made to its text.
fn of_change(change: impl Fn(String) -> String) -> (Vec<String>, i32) {
    of_pair(&change(fixture("before.yaml")), &fixture("before.yaml"))
}

fn of_pair(after: &str, before: &str) -> (Vec<String>, i32) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [after, before] = [("after.yaml", after), ("before.yaml", before)].map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("writable");
        path.display().to_string()
    });
    listed(&[&after], &[&before])
}

/// The text with a piece replaced that must be in it.
fn with(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "no `{old}`");
    text.replace(old, new)
}

/// A resource of a template, up to the next one.
fn resource<'t>(text: &'t str, id: &str) -> &'t str {
    let start = text.find(&format!("\n  {id}:\n")).expect("the resource is there") + 1;
    let is_end = |at: &usize| text.get(at + 3..).is_some_and(|rest| !rest.starts_with(' '));
    let end = text[start + 3..].match_indices("\n  ").map(|(at, _)| start + 3 + at).find(is_end);
    &text[start..end.map_or(text.len(), |end| end + 1)]
}

fn nothing() -> (Vec<String>, i32) {
    (vec!["no difference".to_string()], 0)
}

#[test]
fn a_change_is_listed_thing_by_thing() {
    let (lines, code) = listed(&["fixtures/drift/after.yaml"], &["fixtures/drift/before.yaml"]);
    assert_eq!(
        lines,
        [
            "~ subnet DataA in VPC shop",
            "    tier: private → isolated",
            "    default route: 0.0.0.0/0 by NatA → none",
            "− NAT gateway NatB in subnet PublicSubnetB",
            "~ subnet AppsB in VPC shop",
            "    default route: 0.0.0.0/0 by NatB → 0.0.0.0/0 by NatA",
            "+ subnet AppsC in VPC shop",
            "~ managed node group batch in VPC shop",
            "    subnets: AppsA → AppsB",
            "~ cluster shop in VPC shop",
            "    endpoint: public → public and private",
            "1 added, 1 removed, 4 changed",
        ]
    );
    assert_eq!(code, 1);
}

#[test]
fn the_other_way_round_what_was_added_is_removed() {
    let (lines, code) = listed(&["fixtures/drift/before.yaml"], &["fixtures/drift/after.yaml"]);
    assert!(lines.contains(&"− subnet AppsC in VPC shop".to_string()), "{lines:?}");
    assert!(lines.contains(&"+ NAT gateway NatB in subnet PublicB".to_string()), "{lines:?}");
    assert_eq!((lines.last().map(String::as_str), code), (Some("1 added, 1 removed, 4 changed"), 1));
}

#[test]
fn another_logical_id_for_the_same_block_is_no_drift() {
    let renamed = of_change(|text| {
        let text = with(&text, "  PublicB:\n", "  Edge:\n");
        with(&with(&text, "!Ref PublicB", "!Ref Edge"), "!Ref AppsA", "!Ref AppsA")
    });
    assert_eq!(renamed, nothing());
}

#[test]
fn another_block_under_the_same_logical_id_is_a_change() {
    let (lines, _) = of_change(|text| with(&text, "10.20.1.0/24", "10.20.2.0/24"));
    assert_eq!(lines, ["~ subnet PublicB in VPC shop", "    CIDR block: 10.20.1.0/24 → 10.20.2.0/24", "1 changed"]);
}

#[test]
fn blocks_and_logical_ids_that_disagree_are_matched_as_the_network_sees_them() {
    let swapped = of_change(|text| {
        let text = with(&text, "10.20.16.0/20", "10.20.X.0/20");
        with(&with(&text, "10.20.32.0/20", "10.20.16.0/20"), "10.20.X.0/20", "10.20.32.0/20")
    });
    assert!(swapped.0.contains(&"~ subnet AppsB in VPC shop".to_string()), "{swapped:?}");
    assert!(!swapped.0.iter().any(|line| line.contains("CIDR block")), "{swapped:?}");
}

#[test]
fn a_port_that_is_opened_to_everyone_is_a_change() {
    let (lines, _) = of_change(|text| with(&text, "Default: 198.51.100.0/24", "Default: 0.0.0.0/0"));
    assert!(lines.contains(&"    open to the internet: none → SSH 22 from 0.0.0.0/0".to_string()), "{lines:?}");
}

#[test]
fn sizes_types_and_versions_are_said_before_and_after() {
    let (lines, _) = of_change(|text| {
        let text = with(&text, "InstanceType: t3.micro", "InstanceType: t3.large");
        with(&with(&text, "\"1.33\"", "\"1.34\""), "MaxSize: 6", "MaxSize: 9")
    });
    for fact in
        ["    instance type: t3.micro → t3.large", "    Kubernetes version: 1.33 → 1.34", "    most instances: 6 → 9"]
    {
        assert!(lines.contains(&fact.to_string()), "{fact}: {lines:?}");
    }
}

#[test]
fn what_only_a_deployment_knows_is_no_difference() {
    let later = |text: String| {
        let text = with(&text, "Parameters:\n", "Parameters:\n  Block:\n    Type: String\n  Apps:\n    Type: String\n");
        with(
            &with(&text, "CidrBlock: 10.20.0.0/16", "CidrBlock: !Ref Block"),
            "CidrBlock: 10.20.32.0/20",
            "CidrBlock: !Ref Apps",
        )
    };
    assert_eq!(of_change(later), nothing());
}

#[test]
fn the_order_of_the_resources_changes_nothing() {
    let shuffled = |text: String| {
        let ids = ["Vpc", "PublicA", "NatA", "Cluster", "Host"];
        let moved: String = ids.iter().map(|id| resource(&text, id).to_string()).collect();
        let rest = ids.iter().fold(text.clone(), |rest, id| rest.replace(resource(&text, id), ""));
        format!("{}\n{moved}", rest.trim_end())
    };
    let (after, before) = (fixture("after.yaml"), fixture("before.yaml"));
    assert_ne!(shuffled(after.clone()), after);
    assert_eq!(of_pair(&shuffled(after.clone()), &shuffled(before.clone())), of_pair(&after, &before));
}

#[test]
fn without_a_difference_the_picture_is_that_of_the_input() {
    let own = run(&["fixtures/drift/after.yaml", "--format", "svg"]);
    let same = run(&["fixtures/drift/after.yaml", "--format", "svg", "--against", "fixtures/drift/after.yaml"]);
    assert!(own.stdout == same.stdout && same.status.success());
    assert_eq!(text(&same.stderr), "no difference\n");
}

#[test]
fn the_lab_s_account_is_what_its_template_and_cluster_config_make() {
    // eksctl opens SSH to IPv6 as well, which somebody has closed in the account; without its security groups, nobody knows.
    let (lines, _) = listed(&LAB, &["fixtures/account/lab"]);
    let door = "    open to the internet: SSH 22 from 0.0.0.0/0 → SSH 22 from 0.0.0.0/0, SSH 22 from ::/0";
    assert_eq!(lines, ["~ managed node group myeks-nodegroup in VPC myeks-VPC", door, "1 changed"]);
    let others: Vec<String> = lab_but(&["ec2-describe-security-groups"]);
    assert_eq!(listed(&LAB, &others.iter().map(String::as_str).collect::<Vec<_>>()), nothing());
}

#[test]
fn what_an_account_was_not_asked_for_is_not_missing() {
    let asked_of_less =
        lab_but(&["ec2-describe-nat-gateways", "ec2-describe-security-groups", "ec2-describe-instances"]);
    assert_eq!(listed(&LAB, &asked_of_less.iter().map(String::as_str).collect::<Vec<_>>()), nothing());
}

const LAB: [&str; 2] = ["fixtures/study/myeks.yaml", "fixtures/study/cluster.yaml"];

/// The files of the lab's account, without some.
fn lab_but(without: &[&str]) -> Vec<String> {
    let entries = std::fs::read_dir(root().join("fixtures/account/lab")).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names.retain(|name| !without.iter().any(|other| name.starts_with(other)));
    names.into_iter().map(|name| format!("fixtures/account/lab/{name}")).collect()
}

#[test]
fn a_name_with_its_stack_s_in_it_is_the_same_in_another_stack() {
    // To the reader, a stack is called as its file: here after, and before.
    let text = with(&fixture("before.yaml"), "Value: shop", "Value: !Sub \"net-${AWS::StackName}\"");
    assert_eq!(of_pair(&text, &text), nothing());
    let (lines, _) = of_pair(&with(&text, "\"net-$", "\"web-$"), &text);
    assert_eq!(lines.last().map(String::as_str), Some("no difference"), "only a deployment knows the whole name");
}

#[test]
fn what_was_done_to_an_account_by_hand_is_drift_and_what_is_not_the_template_s_is_not() {
    let (lines, code) = listed(&["fixtures/drift/after.yaml"], &["fixtures/drift/account.json"]);
    assert_eq!(
        lines,
        [
            "~ subnet DataA in VPC shop",
            "    tier: private → isolated",
            "    default route: 0.0.0.0/0 by NatA → none",
            "− subnet debug in VPC shop",
            "~ cluster shop in VPC shop",
            "    endpoint: public → public and private",
            "1 removed, 2 changed",
        ]
    );
    assert_eq!(code, 1);
}

#[test]
fn the_list_is_json_where_that_is_asked_for() {
    let output =
        run(&["fixtures/drift/after.yaml", "--against", "fixtures/drift/before.yaml", "--check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let list: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let of = |name: &str| list.as_array().expect("a list").iter().find(|one| one["name"] == name).expect("listed");
    assert_eq!(of("AppsC")["sign"], "added");
    assert!(of("AppsC").get("was").is_none());
    assert_eq!(of("NatB")["was"]["file"], "fixtures/drift/before.yaml");
    let endpoint = serde_json::json!({"fact": "endpoint", "was": "public", "is": "public and private"});
    assert_eq!(of("shop")["facts"], serde_json::json!([endpoint]));
}

#[test]
fn the_picture_of_a_change_is_held_and_says_all_of_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let files = ["drift.svg", "drift.png", "drift.drawio", "drift.json"];
    let paths = files.map(path);
    let mut arguments = vec!["fixtures/drift/after.yaml", "--against", "fixtures/drift/before.yaml", "--check-layout"];
    arguments.extend(paths.iter().flat_map(|path| ["-o", path.as_str()]));
    let output = run(&arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut broken = Vec::new();
    for (file, path) in files.iter().zip(&paths) {
        let bytes = std::fs::read(Path::new(path)).expect("written");
        broken.extend(golden::hold(&format!("out/{file}"), &bytes).err());
    }
    golden::all_hold(broken, "drift", "out/drift.png");
}

#[test]
fn what_is_removed_stands_where_it_stood_and_what_moved_at_both_places() {
    let output = run(&["fixtures/drift/after.yaml", "--against", "fixtures/drift/before.yaml", "--format", "json"]);
    let scene: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let items = scene["items"].as_array().expect("items");
    let named = |id: &str| items.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    assert_eq!(named("before/NatB")["sign"], "removed");
    assert_eq!(named("before/NatB")["parent"], "after/PublicSubnetB");
    assert_eq!(named("after/Batch")["sign"], "changed");
    assert_eq!(named("after~/Batch")["sign"], "removed");
    assert_eq!(named("after~/Batch/in/after/AppsA")["parent"], "after/AppsA");
    assert!(named("after/NatA").get("sign").is_none());
}

#[test]
fn every_theme_and_language_tells_signs_apart() {
    for theme in ["light", "dark", "auto", "print"] {
        for language in ["en", "ko"] {
            let arguments = [
                "fixtures/drift/after.yaml",
                "--against",
                "fixtures/drift/before.yaml",
                "--theme",
                theme,
                "--lang",
                language,
            ];
            let output = run(&[&arguments[..], &["--format", "svg"]].concat());
            let svg = text(&output.stdout);
            for sign in ["added", "removed", "changed"] {
                assert!(svg.contains(&format!("rect.is-{sign}{{stroke:")), "{theme} {language} {sign}");
            }
            for mark in [">+<", ">−<", ">~"] {
                assert!(svg.contains(mark), "{theme} {language} {mark}");
            }
        }
    }
}

#[test]
fn flags_that_do_not_go_together_are_refused() {
    let pair = ["fixtures/drift/after.yaml", "--against", "fixtures/drift/before.yaml"];
    for more in [&["--view", "endpoint"][..], &["--check", "--format", "png"]] {
        assert_eq!(run(&[&pair[..], more].concat()).status.code(), Some(2), "{more:?}");
    }
    assert_eq!(run(&["fixtures/drift/after.yaml", "--check"]).status.code(), Some(2));
}
