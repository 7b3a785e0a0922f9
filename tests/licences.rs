//! Every crate that is linked in, and everything that is bundled, has a licence that allows it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences under which a binary may be handed on without more than their text.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo knows of the crates of Cargo.lock, those for tests among them.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked"])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

/// Whether an SPDX expression can be met from the allowed licences. `AND` binds closer than `OR`; the slash of older
/// crates means `OR`. With brackets, every part between `AND`s has to be met, which may refuse too much, never too little.
fn is_met(expression: &str) -> bool {
    if expression.contains(['(', ')']) {
        return expression.split(" AND ").all(|part| is_met(&part.replace(['(', ')'], "")));
    }
    let options = expression.replace('/', " OR ");
    options.split(" OR ").any(|option| option.split(" AND ").all(|licence| ALLOWED.contains(&licence.trim())))
}

#[test]
fn every_crate_may_be_linked() {
    let mut refused = BTreeMap::new();
    let packages = packages();
    assert!(packages.len() > 50, "{}", packages.len());
    for package in &packages {
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_met(licence) {
            refused.insert(package["name"].to_string(), licence.to_string());
        }
    }
    assert!(refused.is_empty(), "licences that tests/licences.rs does not allow: {refused:#?}");
}

#[test]
fn every_crate_comes_from_the_registry() {
    for package in packages() {
        let source = package["source"].as_str();
        let ours = package["name"] == "eksdiagram";
        assert!(
            ours || source.is_some_and(|source| source.starts_with("registry+")),
            "{}: {source:?}",
            package["name"]
        );
    }
}

#[test]
fn every_folder_of_assets_says_where_it_comes_from() {
    for file in ["assets/fonts/OFL.txt", "assets/icons/README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        let text = std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(text.len() > 500, "{file}");
    }
}

#[test]
fn an_expression_is_met_by_one_option_or_by_all_parts() {
    assert!(is_met("MIT OR GPL-3.0"));
    assert!(is_met("MIT/Apache-2.0"));
    assert!(is_met("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(is_met("Apache-2.0 WITH LLVM-exception OR GPL-2.0"));
    assert!(!is_met("MIT AND GPL-3.0"));
    assert!(!is_met("(MIT OR Apache-2.0) AND OFL-1.1"));
    assert!(!is_met("none"));
}
