//! Beyond a limit the program says which it is, how much there may be, and what to do; and it says so soon.
//!
//! Limits that a single stage keeps have their tests beside it: nesting, values and aliases in src/syntax/tests.rs,
//! evaluated texts and values in src/read/cloudformation/tests.rs, the number of nested stacks in src/read/nested/tests.rs,
//! their bytes in src/cli/templates.rs, a folder's in src/cli/input.rs, draw.io files in src/mxfile/tests.rs, pixels in
//! tests/writers.rs, those of `watch` in tests/watch.rs.

mod run;

use std::fmt::Write;

use eksdiagram::limits;
use run::{Run, empty_folder, folder};
use tempfile::TempDir;

fn run(folder: &TempDir, arguments: &[&str]) -> Run {
    run::run_in(folder.path(), arguments)
}

#[track_caller]
fn assert_refused(run: &Run, saying: &[&str]) {
    run.ends(1, saying);
    assert!(run.out.is_empty());
}

#[test]
fn an_input_of_more_bytes_is_refused() {
    let folder = empty_folder();
    let file = std::fs::File::create(folder.path().join("huge.yaml")).expect("writable");
    file.set_len(limits::INPUT_BYTES as u64 + 1).expect("a file with a hole");
    assert_refused(&run(&folder, &["huge.yaml"]), &["input-too-large", "huge.yaml", "at most 64 MiB"]);
}

#[test]
fn more_inputs_than_places_can_number_are_refused() {
    let folder = folder(&[("a", "{}")]);
    let inputs = vec!["a"; limits::FILES + 1];
    assert_refused(&run(&folder, &inputs), &["input-too-large", "more than 50000 inputs"]);
}

#[test]
fn a_folder_of_more_files_is_refused() {
    let inputs = empty_folder();
    let files = inputs.path().join("files");
    std::fs::create_dir(&files).expect("writable");
    std::fs::write(files.join("0.json"), "{}").expect("writable");
    for n in 1..=limits::FOLDER_FILES {
        std::fs::hard_link(files.join("0.json"), files.join(format!("{n}.json"))).expect("a link");
    }
    assert_refused(&run(&inputs, &["files"]), &["input-too-large", "more than 10000 JSON files"]);
}

#[test]
fn more_values_one_behind_the_other_are_refused() {
    let folder = folder(&[("many.json", &"{}".repeat(limits::STREAM + 1))]);
    assert_refused(&run(&folder, &["many.json"]), &["json-syntax"]);
}

#[test]
fn a_page_of_more_things_is_refused_and_folded_it_is_drawn() {
    let mut text = String::from("Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n");
    text.push_str("  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}\n");
    for n in 0..=limits::THINGS {
        writeln!(text, "  I{n}: {{Type: AWS::EC2::Instance, Properties: {{SubnetId: !Ref Subnet}}}}").expect("memory");
    }
    let folder = folder(&[("many.yaml", &text)]);
    let refused = run(&folder, &["many.yaml", "--expand"]);
    assert_refused(&refused, &["too-many-things", "at most 200000", "--collapse 2"]);
    let drawn = run(&folder, &["many.yaml"]);
    assert!(drawn.code == Some(0) && drawn.out.ends_with(b"</svg>\n"));
}

#[test]
fn stacks_that_are_nested_deeper_are_left_out() {
    let vpc = "Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}";
    let template = |level: usize| {
        let next =
            format!("Next: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {}.yaml}}}}", level + 1);
        (format!("{level}.yaml"), format!("Resources:\n  {vpc}\n  {next}\n"))
    };
    let files: Vec<(String, String)> = (0..=limits::NESTING + 2).map(template).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let output = run(&folder(&files), &["0.yaml", "--emit", "inventory"]);
    output.ends(0, &["too-many-stacks", "more than 10 levels deep"]);
    assert_eq!(output.out().matches("/Vpc: AWS::EC2::VPC").count(), 1 + limits::NESTING, "{}", output.out());
}

#[test]
fn an_icon_of_more_bytes_is_refused() {
    let template = "Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Host: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet}}
";
    let icon = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let larger = format!("{icon}{}", " ".repeat(limits::ICON_BYTES as usize));
    let [with, refused] = [icon, &larger].map(|host| {
        let folder = folder(&[
            ("vpc.yaml", template),
            ("Arch_Amazon-EFS_48.svg", icon),
            ("Res_Amazon-EC2_Instance_48.svg", host),
        ]);
        run(&folder, &["vpc.yaml", "--icons", "."])
    });
    assert!(with.out().contains("<image "));
    assert_refused(&refused, &["input-too-large", "Res_Amazon-EC2_Instance_48.svg is larger than 1 MiB"]);
}

#[test]
fn a_document_that_asks_for_more_figures_is_refused() {
    // None of them has a picture, which is an error too, but one that is soon said.
    let document = "<!-- eksdiagram: vpc.yaml -->\n\nWords.\n\n".repeat(limits::DOCUMENT_FIGURES + 5);
    let folder = folder(&[("doc.md", &document)]);
    assert_refused(&run(&folder, &["embed", "doc.md"]), &["input-too-large", "doc.md asks for more than 1000 figures"]);
    assert_eq!(std::fs::read_to_string(folder.path().join("doc.md")).expect("it is there"), document);
}

/// A small file that becomes a gigabyte.
#[test]
fn a_draw_io_file_that_inflates_without_end_is_refused_and_stays() {
    let bomb = inflating(1 << 30);
    let folder = folder(&[
        ("vpc.yaml", "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}"),
        ("arch.drawio", &format!("<mxfile><diagram id=\"a\" name=\"a\">{bomb}</diagram></mxfile>")),
    ]);
    assert_refused(
        &run(&folder, &["vpc.yaml", "-o", "arch.drawio"]),
        &["cannot-draw-over", "inflates to more than 64 MB", "--fresh"],
    );
    assert!(std::fs::read_to_string(folder.path().join("arch.drawio")).expect("it stays").contains(&bomb));
}

/// As draw.io packs a page, so many spaces.
fn inflating(bytes: usize) -> String {
    use base64::Engine;
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let piece = vec![b' '; 1 << 20];
    for _ in 0..bytes >> 20 {
        std::io::Write::write_all(&mut packer, &piece).expect("memory");
    }
    base64::prelude::BASE64_STANDARD.encode(packer.finish().expect("memory"))
}
