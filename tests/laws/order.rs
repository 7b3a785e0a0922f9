//! Law 10: the same input gives the same bytes, in any order of its resources and of its files.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::dice::Dice;

/// How often each input is shuffled.
const SHUFFLES: u64 = 8;

#[test]
fn resources_in_any_order_give_the_same_picture() {
    for name in ["myeks.yaml", "quickstart.yaml"] {
        let text = std::fs::read_to_string(study(name)).expect("a fixture");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join(name);
        let picture = |text: &str| {
            std::fs::write(&file, text).expect("writable");
            draw(&[&file])
        };
        let wanted = picture(&text);
        for seed in 0..SHUFFLES {
            let shuffled = shuffled(&text, seed);
            assert_ne!(shuffled, text);
            assert!(picture(&shuffled) == wanted, "{name}, seed {seed}: another order of resources, another picture");
        }
    }
}

#[test]
fn files_in_any_order_give_the_same_picture() {
    let (template, cluster) = (study("myeks.yaml"), study("cluster.yaml"));
    assert!(draw(&[&template, &cluster]) == draw(&[&cluster, &template]));
}

fn study(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/study").join(name)
}

fn draw(files: &[&PathBuf]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .args(files)
        .args(["--format", "svg"])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The template with its resources, each from its name to the next one's, in another order.
fn shuffled(text: &str, seed: u64) -> String {
    let (before, rest) = text.split_once("\nResources:\n").expect("a template");
    let is_name = |line: &str| line.starts_with("  ") && line[2..].starts_with(|c: char| c.is_alphanumeric());
    let mut resources: Vec<String> = Vec::new();
    let mut after = String::new();
    for line in rest.split_inclusive('\n') {
        let is_next_section = line.starts_with(|c: char| c.is_alphanumeric());
        if is_next_section || !after.is_empty() {
            after.push_str(line);
        } else if is_name(line) {
            resources.push(line.to_string());
        } else if let Some(resource) = resources.last_mut() {
            resource.push_str(line);
        }
    }
    let mut dice = Dice::new(seed);
    for last in (1..resources.len()).rev() {
        resources.swap(last, dice.up_to(last));
    }
    format!("{before}\nResources:\n{}{after}", resources.concat())
}
