//! What is in none of its account's stacks.

use super::*;
use crate::diagram::Pill;
use crate::lang::Language;
use crate::look::Tone;

/// A network of which these are in no stack.
fn without_stack(logical_ids: &[&str], language: Language) -> Diagram {
    let mut inventory = sketch(&[
        VPC,
        subnet("A", A),
        subnet("B", B),
        ("Gateway", "AWS::EC2::InternetGateway", "{}"),
        ("Attachment", "AWS::EC2::VPCGatewayAttachment", r#"{"VpcId": "@Vpc", "InternetGatewayId": "@Gateway"}"#),
        ("Box", "AWS::EC2::Instance", r#"{"SubnetId": "@A"}"#),
        (
            "Fleet",
            "AWS::AutoScaling::AutoScalingGroup",
            r#"{"VPCZoneIdentifier": ["@A", "@B"], "DesiredCapacity": "2"}"#,
        ),
    ]);
    for resource in inventory.resources.values_mut() {
        resource.in_no_stack = logical_ids.iter().any(|id| resource.address.ends_with(&format!("/{id}")));
    }
    compose(&drawn(&inventory).0, &Options { language, ..Options::default() }).remove(0).diagram
}

/// The things that have a plate with these words.
fn with_plate(diagram: &Diagram, words: &str) -> Vec<String> {
    let section = sections(diagram)[0];
    let cells = || rows(section).into_iter().flat_map(|row| &row.cells);
    let headings = [&section.heading].into_iter().chain(cells().map(|cell| &cell.heading));
    let bands = rows(section).into_iter().flat_map(|row| &row.bands).map(|band| &band.heading);
    let icons = icons(section).into_iter().chain(section.border.iter().map(|border| &border.icon));
    let all = headings.chain(bands).map(|heading| (&heading.about, &heading.pills));
    let has = |pills: &Vec<Pill>| pills.iter().any(|pill| pill.text == words && pill.tone == Tone::Neutral);
    let found = all.chain(icons.map(|icon| (&icon.about, &icon.pills))).filter(|(_, pills)| has(pills));
    found.map(|(about, _)| about.id.rsplit('/').next().unwrap_or_default().to_string()).collect()
}

#[test]
fn what_is_in_no_stack_has_a_plate_and_of_a_group_only_its_band() {
    let all = ["Vpc", "A", "Gateway", "Box", "Fleet"];
    let mut found = with_plate(&without_stack(&all, Language::English), "no stack");
    found.sort();
    assert_eq!(found, ["A", "Box", "Fleet", "Gateway", "Vpc"]);
    assert_eq!(with_plate(&without_stack(&["Box"], Language::Korean), "스택 없음"), ["Box"]);
}

#[test]
fn the_legend_explains_the_plate_where_there_is_one() {
    let says = |ids: &[&str]| {
        let legend = without_stack(ids, Language::English).legend;
        legend.iter().any(|(_, words)| words == "in no CloudFormation stack")
    };
    assert!(says(&["Box"]) && !says(&[]));
}
