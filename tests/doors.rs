//! One network through every door: as one template, in JSON, as nested stacks, as stacks that export and import, as the
//! CDK writes it, as a ClusterConfig. `--emit architecture` has to say the same of each, but for names.

use std::collections::HashMap;
use std::process::{Command, Output, Stdio};

const DOORS: [&[&str]; 6] = [
    &["one-template.yaml"],
    &["one-template.json"],
    &["nested/main.yaml"],
    &["exports/network.yaml", "exports/cluster.yaml"],
    &["cdk/Shop.template.json"],
    &["cluster.yaml"],
];

fn run(inputs: &[&str], arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/doors"))
        .args(inputs)
        .args(arguments)
        .args(["--color", "never"])
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

fn architecture(inputs: &[&str]) -> String {
    let output = run(inputs, &["--emit", "architecture", "--deny", "warnings"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{inputs:?}: {said}");
    String::from_utf8(output.stdout).expect("text")
}

/// Without places, without what is only counted, and with a number for each name: the first of its kind is 1.
fn without_names(architecture: &str) -> String {
    let mut numbers = HashMap::new();
    let lines = architecture.lines().take_while(|line| *line != "not drawn");
    lines
        .map(|line| line.split("  # ").next().unwrap_or_default())
        .map(|line| numbered(line, &mut numbers) + "\n")
        .collect()
}

fn numbered(line: &str, numbers: &mut HashMap<(String, String), usize>) -> String {
    if let Some((before, route)) = line.split_once(" → ").filter(|_| line.trim_start().starts_with("because: ")) {
        // A reason calls a route's target and its table by their names in the template.
        return format!("{before} → {}", route.split(" in ").map(|_| "_").collect::<Vec<_>>().join(" in "));
    }
    let mut text = String::new();
    for (n, part) in line.split('"').enumerate() {
        if n % 2 == 0 {
            text.push_str(part);
            continue;
        }
        let kind = match text.split_whitespace().next_back().unwrap_or_default() {
            "joins" | "of" => "cluster".to_string(),
            word if word.ends_with([',', ':']) => "subnet".to_string(),
            word => word.to_lowercase(),
        };
        let next = numbers.keys().filter(|(other, _)| *other == kind).count() + 1;
        let number = *numbers.entry((kind, part.to_string())).or_insert(next);
        text.push_str(&number.to_string());
    }
    text
}

#[test]
fn every_door_leads_to_the_same_architecture() {
    let [first, others @ ..] = &DOORS;
    let expected = without_names(&architecture(first));
    assert!(
        expected.contains("managed node group 1") && expected.contains("→ nat gateway 2 → internet gateway 1 →"),
        "{expected}"
    );
    for inputs in others {
        let found = without_names(&architecture(inputs));
        let differing = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
        assert_eq!(expected, found, "{inputs:?} first differs in {differing:?}");
    }
}

#[test]
fn numbers_keep_apart_what_names_keep_apart() {
    let text = "VPC \"a\"\n  subnet \"a\"  # x\n  subnet \"b\"\n  in: \"b\", \"a\"\nnot drawn\n  1 X\n";
    assert_eq!(without_names(text), "VPC 1\n  subnet 1\n  subnet 2\n  in: 2, 1\n");
}

#[test]
fn a_nested_template_that_is_given_as_well_is_the_same_network() {
    let alone = architecture(&["nested/main.yaml"]);
    assert_eq!(architecture(&["nested/main.yaml", "nested/network.yaml"]), alone);
    assert_eq!(without_names(&architecture(&["nested/cluster.yaml", "nested/main.yaml"])), without_names(&alone));
}

#[test]
fn an_emitted_stage_needs_no_output_and_a_picture_is_drawn_beside_it_where_one_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let picture = folder.path().join("arch.svg");
    let output = run(&["one-template.yaml"], &["--emit", "inventory", "-o", picture.to_str().expect("characters")]);
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success() && picture.exists());
    assert!(text.starts_with("21 resources in 1 stack\nstack \"one-template\", region eu-west-1\n"), "{text}");
    assert!(
        !text.contains("<svg") && text.contains("one-template/PublicB: AWS::EC2::Subnet  # one-template.yaml:41\n"),
        "{text}"
    );
    assert!(!run(&["gone.yaml"], &["--emit", "inventory"]).status.success());
}

#[test]
fn parameters_come_from_a_file_and_the_command_line_wins() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("writable");
        path.to_str().expect("characters").to_string()
    };
    let list = write("list.json", r#"[{"ParameterKey": "Block", "ParameterValue": "10.9.0.0/16"}]"#);
    let lines = write("lines.txt", "NodeType=c5.large\nWithVpnGateway=yes\n");
    let files = ["--parameters", &list, "--parameters", &lines, "--parameter", "NodeType=r5.large"];
    let output = run(&["one-template.yaml"], &[&["--emit", "inventory"], files.as_slice()].concat());
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.starts_with("22 resources") && text.contains("  CidrBlock: 10.9.32.0/19\n"), "{text}");
    assert!(text.contains("    - r5.large\n"), "{text}");
    let bad = write("bad.txt", "just words");
    let output = run(&["one-template.yaml"], &["--emit", "inventory", "--parameters", &bad]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(1) && said.contains("error[parameter-file]") && said.contains("bad.txt:1:1"),
        "{said}"
    );
}

#[test]
fn what_a_stack_imports_and_nobody_exports_is_drawn_by_the_export_s_name() {
    let alone = architecture(&["exports/cluster.yaml"]);
    assert!(alone.contains("subnet \"<NetworkStack-PrivateSubnets>\" (only named)"), "{alone}");
    assert!(alone.contains("in subnets that <NetworkStack-PrivateSubnets> will say"), "{alone}");
}
