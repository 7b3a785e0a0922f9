//! The project file, and `--check`: what is made without inputs, and what is said of it.

mod run;

use std::fs;

use run::{Run, folder};
use tempfile::TempDir;

const LAB: &str = "Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, Tags: [{Key: Name, Value: lab}]}}
  Igw: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}}
  HostA: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet, InstanceType: t3.micro}}
  HostB: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet, InstanceType: t3.micro}}
";

fn run_in(folder: &TempDir, arguments: &[&str]) -> Run {
    run::run_in(folder.path(), arguments)
}

/// A folder with the lab's template and this project file.
fn project(file: &str) -> TempDir {
    folder(&[("lab.yaml", LAB), ("eksdiagram.toml", file)])
}

fn read(folder: &TempDir, name: &str) -> String {
    run::read(folder.path(), name)
}

fn is_there(folder: &TempDir, name: &str) -> bool {
    folder.path().join(name).exists()
}

/// The picture of the lab with these keys.
fn drawn_with(keys: &str) -> String {
    let folder = project(&format!("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"a.svg\"]\n{keys}\n"));
    let run = run_in(&folder, &[]);
    run.ends(0, &[]);
    assert_eq!(run.err, "", "{keys}");
    read(&folder, "a.svg")
}

#[test]
fn without_inputs_all_figures_of_the_file_are_made_and_checked() {
    let folder = project(
        "[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"out/a.svg\", \"out/a.drawio\"]\nlang = \"ko\"\n\
         [[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"b.png\"]\nscale = 1\n",
    );
    run_in(&folder, &["--check"]).ends(1, &["out/a.svg is not there", "b.png is not there", "eksdiagram.toml:5:1"]);
    assert!(!is_there(&folder, "out"), "--check writes nothing");
    run_in(&folder, &[]).ends(0, &[]);
    run_in(&folder, &["--check"]).ends(0, &[]);
    assert!(read(&folder, "out/a.svg").contains("lang=\"ko\""));

    fs::write(folder.path().join("lab.yaml"), LAB.replace("10.0.1.0", "10.0.2.0")).expect("writable");
    let stale = run_in(&folder, &["--check"]);
    stale.ends(1, &["out/a.svg is not what", "out/a.drawio is not what", "b.png is not what"]);
    run_in(&folder, &[]).ends(0, &[]);
    run_in(&folder, &["--check"]).ends(0, &[]);
}

#[test]
fn an_output_can_be_checked_without_a_project_file() {
    let folder = project("");
    let arguments = ["lab.yaml", "-o", "a.svg", "-o", "a.drawio"];
    let check = [&arguments[..], &["--check"]].concat();
    run_in(&folder, &check).ends(1, &["error[output-missing]: a.svg is not there"]);
    run_in(&folder, &arguments).ends(0, &[]);
    run_in(&folder, &check).ends(0, &[]);
    fs::write(folder.path().join("a.svg"), "<svg/>").expect("writable");
    let run = run_in(&folder, &check);
    run.ends(1, &["error[output-differs]: a.svg is not what would be written now"]);
    assert!(!run.err.contains("a.drawio"), "{}", run.err);
    assert_eq!(read(&folder, "a.svg"), "<svg/>");
    run_in(&folder, &["lab.yaml", "--check"]).ends(2, &["name them"]);
}

#[test]
fn what_was_done_to_a_drawio_file_by_hand_is_not_stale() {
    let folder = project("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"a.drawio\"]\n");
    run_in(&folder, &[]).ends(0, &[]);
    let page = read(&folder, "a.drawio");
    let moved = page.replace("&lt;b&gt;HostA&lt;/b&gt;", "&lt;b&gt;my host&lt;/b&gt;");
    assert_ne!(moved, page, "there is a name to be edited");
    fs::write(folder.path().join("a.drawio"), &moved).expect("writable");
    run_in(&folder, &[]).ends(0, &[]);
    run_in(&folder, &["--check"]).ends(0, &[]);
    assert!(read(&folder, "a.drawio").contains("my host"));
}

#[test]
fn a_thing_is_renamed_noted_and_grouped() {
    let renamed = drawn_with("rename = { HostA = \"Jump host\" }");
    assert!(renamed.contains(">Jump host<") && !renamed.contains(">HostA<"));
    for of in ["HostA", "Subnet", "lab", "Igw"] {
        let noted = drawn_with(&format!("note = {{ {of} = \"moves in May\" }}"));
        assert_eq!(noted.matches("moves in May<").count(), 1, "{of}");
    }
    let grouped = drawn_with("group = { \"Jump hosts\" = [\"HostA\", \"HostB\"] }");
    assert!(grouped.contains(">2 × Jump hosts<") && !grouped.contains(">HostA<"));
    assert!(
        drawn_with("group = { \"Jump hosts\" = [\"HostA\", \"HostB\"] }\nexpand = true").contains(">2 × Jump hosts<")
    );
}

#[test]
fn a_picture_from_which_something_is_hidden_says_so() {
    let hidden = drawn_with("hide = [\"Subnet\"]");
    assert!(!hidden.contains(">HostA<") && !hidden.contains("10.0.1.0/24"));
    assert_eq!(hidden.matches("3 things hidden").count(), 2, "in the subtitle, and in the description");
    assert!(!drawn_with("").contains("hidden<"));
}

#[test]
fn who_stands_outside_is_called_as_the_file_says() {
    let named = drawn_with("actors = { internet = \"The world\" }");
    assert!(named.contains(">The world<") && !named.contains("\">Internet<"));
}

#[test]
fn a_name_that_nothing_has_is_a_warning_at_its_place() {
    let folder = project("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"a.svg\"]\nhide = [\n  \"HsotA\",\n]\n");
    run_in(&folder, &[]).ends(0, &["warning[unknown-name]", "eksdiagram.toml:5:3", "did you mean `HostA`?"]);
    run_in(&folder, &["--deny", "warnings"]).ends(1, &[]);
}

#[test]
fn what_is_wrong_with_the_file_is_said_with_its_place_and_nothing_is_made() {
    for (keys, saying) in [
        ("lagn = \"ko\"", "there is no key `lagn`"),
        ("lagn = \"ko\"", "did you mean `lang`?"),
        ("lang = \"kr\"", "invalid value 'kr' for '--lang <LANGUAGE>'"),
        ("steps = \"yes\"", "unexpected value 'yes' for '--steps'"),
        ("lang = true", "a value is required for '--lang <LANGUAGE>'"),
        ("collapse = 1", "expected a number from 2 on"),
        ("expand = true\ncollapse = 3", "cannot be used with"),
        ("check-layout = true", "there is no key `check-layout`"),
        ("hide = \"x\"", "expected here is a list"),
        ("rename = { HostA = 1 }", "expected here is a text in quotes"),
        ("actors = { intrenet = \"x\" }", "did you mean `internet`?"),
        ("hide = [", "error[toml-syntax]"),
        ("[[figures]]", "did you mean `figure`?"),
        ("[[figure]]\ninputs = [\"lab.yaml\"]", "a figure has no `outputs`"),
        ("[[figure]]\noutputs = [\"b.svg\"]", "a figure has no `inputs`"),
        ("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"b.gif\"]", "b.gif: no format ends so"),
        ("[[figure]]\ninputs = [\"../lab.yaml\"]\noutputs = [\"b.svg\"]", "error[outside-folders]"),
        ("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"../b.svg\"]", "error[outside-folders]"),
        ("[[figure]]\ninputs = [\"gone.yaml\"]\noutputs = [\"b.svg\"]", "b.svg is not drawn"),
        ("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"a.svg\"]\nlang = \"ko\"", "a.svg is asked for twice"),
    ] {
        let folder = project(&format!("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"a.svg\"]\n{keys}\n"));
        run_in(&folder, &[]).ends(1, &[saying, "--> eksdiagram.toml:"]);
        assert!(!is_there(&folder, "a.svg"), "{keys}");
    }
}

#[test]
fn options_of_a_figure_need_an_input_and_so_does_a_run_without_a_file() {
    let folder = project("[[figure]]\ninputs = [\"lab.yaml\"]\noutputs = [\"a.svg\"]\n");
    for arguments in [&["--lang", "ko"][..], &["-o", "b.svg"], &["--region", "eu-west-1"], &["check"]] {
        run_in(&folder, arguments).ends(2, &[]);
    }
    assert!(!is_there(&folder, "a.svg"));
    fs::remove_file(folder.path().join("eksdiagram.toml")).expect("writable");
    run_in(&folder, &[]).ends(2, &["eksdiagram.toml"]);
}
