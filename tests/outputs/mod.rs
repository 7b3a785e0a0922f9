//! All that the program writes and says of some inputs, as text: what a reader of each format finds in it.
//!
//! Shared by tests of what no output may hold, or all have to.

// Each test uses some of it.
#![allow(dead_code)]

use std::path::Path;
use std::process::{Command, Stdio};

use eksdiagram::mxfile;

pub struct Output {
    /// The arguments, and which stream or file.
    pub made_by: String,
    pub text: String,
}

pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn run(arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .current_dir(root())
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
}

const VIEWS: [&str; 6] = ["network", "endpoint", "control-plane", "data-plane", "kubernetes", "endpoint-modes"];
const FILES: [&str; 6] = ["a.svg", "a.png", "a.drawio", "b.drawio.svg", "b.drawio.png", "a.json"];
const FORMS: [&str; 3] = ["text", "json", "sarif"];

/// Every format of every view, every stage, every form of messages, of verdicts and of what differs from another state.
pub fn everything(inputs: &[&str], arguments: &[&str]) -> Vec<Output> {
    let mut outputs = Vec::new();
    let mut add = |what: &[&str], run: Run| {
        for (stream, text) in [("standard output", run.out), ("standard error", run.err)] {
            outputs.push(Output { made_by: format!("{}: {stream}", what.join(" ")), text });
        }
    };
    for form in FORMS {
        for what in [
            &["--emit", "inventory", "-v", "--diagnostics", form][..],
            &["--emit", "architecture", "--diagnostics", form],
        ] {
            add(what, run(&[inputs, arguments, what].concat()));
        }
        let what = ["check", "-v", "--format", form];
        add(&what, run(&[&what[..], inputs, arguments].concat()));
    }
    for format in [&[][..], &["--format", "json"]] {
        let what = [&["--against", "fixtures/drift/before.yaml", "--check"], format].concat();
        add(&what, run(&[inputs, arguments, &what].concat()));
    }
    for view in VIEWS {
        outputs.extend(drawn(inputs, &[arguments, &["--view", view, "--detail", "high", "--expand"]].concat()));
    }
    outputs.extend(drawn(
        inputs,
        &[arguments, &["--check-layout", "-v", "--link-base", "https://host.test/x", "--theme", "auto"]].concat(),
    ));
    outputs
}

/// All files of a drawing, and what was said of it; nothing where the view has nothing to show.
pub fn drawn(inputs: &[&str], arguments: &[&str]) -> Vec<Output> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let paths = FILES.map(|file| folder.path().join(file).display().to_string());
    let files: Vec<&str> = paths.iter().flat_map(|path| ["-o", path]).collect();
    let run = run(&[inputs, arguments, &files].concat());
    let said = Output { made_by: format!("{}: standard error", arguments.join(" ")), text: run.err };
    let mut outputs = vec![said];
    for entry in std::fs::read_dir(folder.path()).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if name.contains(".drawio") {
            // What is packed in it, too.
            text.push_str(&mxfile::read(&bytes).expect("a file of draw.io's").text());
        }
        outputs.push(Output { made_by: format!("{}: {name}", arguments.join(" ")), text });
    }
    outputs
}
