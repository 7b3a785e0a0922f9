//! JSON in a parser that did not write it: Python's.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::{project, readers_are_here};

/// What Python reads in a text, or what it says against it.
fn by_python(json: &[u8]) -> Result<Value, String> {
    let mut python = Command::new("python3")
        .args(["-m", "json.tool", "--compact"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python runs");
    python.stdin.take().expect("a pipe").write_all(json).expect("Python reads");
    let output = python.wait_with_output().expect("Python ends");
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(serde_json::from_slice(&output.stdout).expect("Python writes JSON"))
}

#[test]
fn python_reads_every_json_as_what_it_is_with_hostile_names_too() {
    if !readers_are_here() {
        return;
    }
    let hostile = "fixtures/hostile/template.yaml";
    for (arguments, is_error) in [
        (&[hostile, "--expand", "--format", "json"][..], false),
        (&[hostile, "--view", "network", "--against", "fixtures/drift/before.yaml", "--format", "json"], false),
        (&[hostile, "--against", "fixtures/drift/before.yaml", "--check", "--format", "json"], false),
        (&["check", hostile, "--verbose", "--format", "json"], false),
        (&["check", hostile, "--verbose", "--format", "sarif"], false),
        (&[hostile, "--verbose", "--diagnostics", "json"], true),
        (&[hostile, "--verbose", "--diagnostics", "sarif"], true),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .current_dir(project())
            .args(arguments)
            .output()
            .expect("the program runs");
        let json = if is_error { output.stderr } else { output.stdout };
        let ours: Value = serde_json::from_slice(&json).unwrap_or_else(|error| panic!("{arguments:?}: {error}"));
        assert_eq!(by_python(&json), Ok(ours), "{arguments:?}");
    }
    assert!(by_python(b"[1, 2,]").is_err());
}
