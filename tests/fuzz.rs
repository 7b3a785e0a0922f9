//! The fuzz targets on their seeds, and on what fuzzing found: docs/reliability.md.
//!
//! `EKSDIAGRAM_CORPUS=fuzz/corpus cargo test --test fuzz -- --ignored` writes the seeds for cargo-fuzz.

mod fuzz {
    pub mod seeds;
    #[path = "../../fuzz/src/targets.rs"]
    pub mod targets;
}

use std::panic::catch_unwind;
use std::path::PathBuf;

use fuzz::seeds;
use fuzz::targets::TARGETS;

#[test]
fn every_target_holds_for_all_its_seeds() {
    let mut broken = Vec::new();
    for target in &TARGETS {
        for (name, bytes) in seeds::of(target.name) {
            if catch_unwind(|| (target.run)(&bytes)).is_err() {
                broken.push(format!("{} on {name}", target.name));
            }
        }
    }
    assert!(broken.is_empty(), "what must hold does not; each panic is above: {broken:#?}");
}

#[test]
fn every_target_is_one_of_cargo_fuzz() {
    let manifest = include_str!("../fuzz/Cargo.toml");
    let built: Vec<&str> = manifest.lines().filter_map(|line| line.strip_prefix("path = \"fuzz_targets/")).collect();
    let named: Vec<String> = TARGETS.iter().map(|target| format!("{}.rs\"", target.name)).collect();
    assert_eq!(built, named);
}

#[test]
#[ignore = "writes a folder: EKSDIAGRAM_CORPUS"]
fn seeds_are_written_for_cargo_fuzz() {
    let folder = std::env::var_os("EKSDIAGRAM_CORPUS").map(PathBuf::from).expect("EKSDIAGRAM_CORPUS names a folder");
    seeds::write_all(&folder);
}
