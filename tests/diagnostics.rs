//! What is said about broken inputs, word for word, and that every code of a message is explained.

mod golden;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn every_broken_input_is_answered_as_it_was_accepted() {
    let mut differences = Vec::new();
    for file in files(&root().join("fixtures/bad")) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".stderr") {
            continue;
        }
        let input = format!("fixtures/bad/{name}");
        let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .current_dir(root())
            .args(arguments(&input))
            .args(["--color", "never"])
            .output()
            .expect("the program runs");
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1)), "{input} ends with {code:?}");
        let said = format!("{}exit code {}\n", String::from_utf8_lossy(&output.stderr), code.unwrap_or(-1));
        differences.extend(golden::hold(&format!("{input}.stderr"), said.as_bytes()).err());
    }
    golden::all_hold(differences, "diagnostics", "each changed message, beside its input,");
}

/// A file is an input. Of a folder it is `main.yaml`, and `second.yaml` if there is one; `parameters.json` are
/// parameters. What else is there may be asked for by them.
fn arguments(input: &str) -> Vec<String> {
    if !root().join(input).is_dir() {
        return vec![input.to_string()];
    }
    let mut arguments = vec![format!("{input}/main.yaml")];
    let second = format!("{input}/second.yaml");
    arguments.extend(Some(second).filter(|second| root().join(second).exists()));
    let parameters = format!("{input}/parameters.json");
    if root().join(&parameters).exists() {
        arguments.extend(["--parameters".to_string(), parameters]);
    }
    arguments
}

#[test]
fn every_code_is_explained_and_every_explanation_is_of_a_code() {
    let mut said = BTreeMap::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for path in files(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("a source file is text");
                for code in codes(&text) {
                    said.entry(code).or_insert_with(|| path.clone());
                }
            }
        }
    }
    assert!(said.len() > 20, "the codes are not found any more: {said:?}");
    let text = std::fs::read_to_string(root().join("docs/diagnostics.md")).expect("docs/diagnostics.md is there");
    let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let explained: BTreeSet<&str> = headings.iter().copied().collect();
    for (code, path) in &said {
        assert!(explained.contains(code.as_str()), "{} says `{code}`: explain it in the docs", path.display());
    }
    for code in &explained {
        assert!(said.contains_key(*code), "nothing says `{code}`, which the docs explain");
    }
    assert!(headings.is_sorted() && headings.len() == explained.len(), "sort the sections, one a code: {headings:?}");
}

/// The codes that a source file gives to diagnostics: the literal after the bracket, or, where there is a variable,
/// the slugs in the lines before it.
fn codes(text: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for severity in ["error", "warning", "note"] {
        let call = format!("Diagnostic::{severity}(");
        for (at, _) in text.match_indices(&call) {
            let argument = text[at + call.len()..].trim_start();
            match argument.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                Some(code) => codes.push(code.to_string()),
                None => {
                    let above = text[..at].lines().rev().take(8);
                    let literals = above.flat_map(|line| line.split('"').skip(1).step_by(2));
                    let slugs: Vec<&str> = literals.filter(|literal| is_slug(literal)).collect();
                    assert!(!slugs.is_empty(), "no code is found for `{}`", &argument[..argument.len().min(60)]);
                    codes.extend(slugs.into_iter().map(String::from));
                }
            }
        }
    }
    codes
}

/// `two-words`, or more of them.
fn is_slug(literal: &str) -> bool {
    literal.contains('-')
        && literal.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()))
}
