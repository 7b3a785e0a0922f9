//! The program run in a folder: what it left and said.

// Each test uses some of it.
#![allow(dead_code)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What a run left: its exit code, standard output, standard error.
pub struct Run {
    pub code: Option<i32>,
    pub out: Vec<u8>,
    pub err: String,
}

impl Run {
    /// In a folder, with these bytes on standard input.
    pub fn fed(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
            .current_dir(folder)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        // A program that reads no input may be gone already.
        let _ = child.stdin.take().expect("a pipe").write_all(stdin);
        let output = child.wait_with_output().expect("the program ends");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        Run { code: output.status.code(), out: output.stdout, err }
    }

    /// Fails unless the run ended so, and said so.
    #[track_caller]
    pub fn ends(&self, code: i32, saying: &[&str]) {
        let said = self.err.chars().take(4000).collect::<String>();
        assert_eq!(self.code, Some(code), "{said}");
        for words in saying {
            assert!(self.err.contains(words), "`{words}` is not said:\n{said}");
        }
    }

    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.out).expect("text")
    }
}

pub fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    Run::fed(folder, arguments, b"")
}

pub fn empty_folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// A folder that is empty but for these files.
pub fn folder<Bytes: AsRef<[u8]>>(files: &[(&str, Bytes)]) -> TempDir {
    let folder = empty_folder();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }
    folder
}

pub fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
