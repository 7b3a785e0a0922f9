//! What the world does to the program: full disks, closed pipes, files that are no files, signals. A clear error, nothing
//! lost, nothing half-written.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const VPC: &str = "Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.0.0.0/16\n";
const LAB: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/study/myeks.yaml");

fn program(arguments: &[&dyn AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
    command
        .args(arguments.iter().map(AsRef::as_ref))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn run(arguments: &[&dyn AsRef<OsStr>]) -> Output {
    program(arguments).output().expect("the program runs")
}

/// Runs a line of shell in which `$0` is the program.
fn shell(line: &str, arguments: &[&Path]) -> Output {
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).arg(env!("CARGO_BIN_EXE_eksdiagram")).args(arguments).stdin(Stdio::null());
    command.output().expect("a shell")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn assert_ends(output: &Output, code: i32, saying: &str) {
    assert_eq!(output.status.code(), Some(code), "{}", said(output));
    assert!(said(output).contains(saying), "`{saying}` is not said:\n{}", said(output));
}

/// A folder with an input.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let input = folder.path().join("vpc.yaml");
    fs::write(&input, VPC).expect("writable");
    (folder, input)
}

#[track_caller]
fn assert_holds(folder: &TempDir, expected: &[&str]) {
    let entries = fs::read_dir(folder.path()).expect("the folder is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, expected);
}

fn is_whole_svg(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| text.starts_with("<svg") && text.ends_with("</svg>\n"))
}

#[test]
fn a_full_disk_is_an_error_and_leaves_what_was_there() {
    let (folder, input) = folder();
    let output = folder.path().join("arch.svg");
    fs::write(&output, "before").expect("writable");
    // A file may have one block of 512 bytes, and who writes more is told so.
    let run = shell("trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$1\" -o \"$2\"", &[&input, &output]);
    assert_ends(&run, 1, "arch.svg cannot be written");
    assert_eq!(fs::read_to_string(&output).expect("it is there"), "before");
    assert_holds(&folder, &["arch.svg", "vpc.yaml"]);
}

#[test]
fn a_full_device_is_an_error() {
    let full = Path::new("/dev/full");
    assert_ends(&run(&[&LAB, &"--format", &"svg", &"-o", &full]), 1, "/dev/full cannot be written: No space left");
    for line in
        ["\"$0\" \"$1\" > /dev/full", "\"$0\" \"$1\" --emit inventory > /dev/full", "\"$0\" check \"$1\" > /dev/full"]
    {
        assert_ends(&shell(line, &[Path::new(LAB)]), 1, "standard output cannot be written");
    }
    assert!(fs::metadata(full).expect("it is there").file_type().is_char_device());
}

#[test]
fn one_of_several_outputs_that_cannot_be_written_stops_all() {
    let (folder, input) = folder();
    let good = folder.path().join("arch.svg");
    for (bad, saying) in [
        (PathBuf::from("/proc/arch.svg"), "/proc/arch.svg cannot be written"),
        (folder.path().join("gone/arch.png"), "is its folder there"),
        (folder.path().join("vpc.yaml/arch.png"), "cannot be written"),
    ] {
        assert_ends(&run(&[&input, &"-o", &good, &"-o", &bad]), 1, saying);
        assert_holds(&folder, &["vpc.yaml"]);
    }
}

#[test]
fn a_folder_in_the_output_s_place_stays_and_is_an_error() {
    let (folder, input) = folder();
    let output = folder.path().join("arch.svg");
    fs::create_dir(&output).expect("writable");
    assert_ends(&run(&[&input, &"-o", &output]), 1, "arch.svg is a folder");
    symlink(&output, folder.path().join("link.svg")).expect("a link");
    assert_ends(&run(&[&input, &"-o", &folder.path().join("link.svg")]), 1, "link.svg is a folder");
    assert_holds(&folder, &["arch.svg", "link.svg", "vpc.yaml"]);
}

#[test]
fn an_output_that_is_a_link_stays_one_and_what_it_names_is_written() {
    let (folder, input) = folder();
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let real = elsewhere.path().join("real.svg");
    fs::write(&real, "before").expect("writable");
    symlink(&real, folder.path().join("one.svg")).expect("a link");
    symlink("one.svg", folder.path().join("two.svg")).expect("a link");
    symlink(elsewhere.path().join("new.svg"), folder.path().join("three.svg")).expect("a link");
    for (link, written) in [("two.svg", "real.svg"), ("three.svg", "new.svg")] {
        let link = folder.path().join(link);
        assert_ends(&run(&[&input, &"-o", &link]), 0, "");
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert!(is_whole_svg(&elsewhere.path().join(written)), "{written}");
    }
    assert_holds(&elsewhere, &["new.svg", "real.svg"]);
    symlink("b.svg", folder.path().join("a.svg")).expect("a link");
    symlink("a.svg", folder.path().join("b.svg")).expect("a link");
    assert_ends(&run(&[&input, &"-o", &folder.path().join("a.svg")]), 1, "cannot be written");
}

#[test]
fn a_device_or_a_pipe_is_written_to_and_not_replaced() {
    let (folder, input) = folder();
    assert_ends(&run(&[&input, &"--format", &"svg", &"-o", &"/dev/null"]), 0, "");
    assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
    let output = run(&[&input, &"--format", &"svg", &"-o", &"/dev/stdout"]);
    assert_ends(&output, 0, "");
    assert!(output.stdout.ends_with(b"</svg>\n"));
    let pipe = fifo(&folder, "pipe.svg");
    let child = program(&[&input, &"-o", &pipe]).spawn().expect("the program runs");
    let mut read = String::new();
    fs::File::open(&pipe).and_then(|mut pipe| pipe.read_to_string(&mut read)).expect("somebody writes");
    assert_ends(&child.wait_with_output().expect("it ends"), 0, "");
    assert!(read.ends_with("</svg>\n"));
    assert!(fs::metadata(&pipe).expect("it is there").file_type().is_fifo());
}

fn fifo(folder: &TempDir, name: &str) -> PathBuf {
    let path = folder.path().join(name);
    assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
    path
}

/// A pipe gives its bytes once: who opened it again would wait for ever.
#[test]
fn an_input_is_read_once_and_may_be_a_pipe() {
    let (folder, _) = folder();
    let pipe = fifo(&folder, "input.yaml");
    let child = program(&[&pipe, &"--redact"]).spawn().expect("the program runs");
    fs::write(&pipe, VPC).expect("somebody reads");
    let output = child.wait_with_output().expect("it ends");
    assert_ends(&output, 0, "");
    assert!(output.stdout.ends_with(b"</svg>\n"));
}

#[test]
fn an_input_that_breaks_off_while_it_is_read_is_an_error_at_its_end() {
    let (folder, _) = folder();
    let pipe = fifo(&folder, "input.json");
    let child = program(&[&pipe]).spawn().expect("the program runs");
    fs::write(&pipe, "{\"Resources\": {\"Vpc\": {\n\"Type\": ").expect("somebody reads");
    let output = child.wait_with_output().expect("it ends");
    assert_ends(&output, 1, "json-syntax");
    assert!(said(&output).contains("input.json:2:"), "{}", said(&output));
    assert_eq!(output.stdout, b"");
}

#[test]
fn a_device_without_end_is_read_no_further_than_the_limit() {
    assert_ends(&run(&[&"/dev/zero"]), 1, "/dev/zero: the input has");
    let (folder, _) = folder();
    assert_ends(&run(&[&folder.path().join("gone.yaml")]), 1, "gone.yaml cannot be read");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = program(&[&LAB]).spawn().expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_ends(&output, 0, "");
    assert_eq!(said(&output), "");
    for line in ["\"$0\" \"$1\" 2>&1 | head -c 10 > /dev/null", "\"$0\" check \"$1\" 2>&1 | head -c 10 > /dev/null"] {
        assert_ends(&shell(line, &[Path::new(LAB)]), 0, "");
    }
}

#[test]
fn closed_streams_do_not_keep_a_file_from_being_written() {
    let (folder, input) = folder();
    let output = folder.path().join("arch.svg");
    let run = shell("exec \"$0\" \"$1\" -o \"$2\" <&- >&- 2>&-", &[&input, &output]);
    assert_eq!(run.status.code(), Some(0));
    assert!(is_whole_svg(&output));
}

/// Waits until the program is at its outputs: a temporary file is there.
fn wait_for_a_temporary_file(folder: &TempDir, child: &mut Child) -> bool {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        let entries = fs::read_dir(folder.path()).expect("the folder is there").filter_map(Result::ok);
        if entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(".eksdiagram")) {
            return true;
        }
        if child.try_wait().expect("it can be asked").is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

#[test]
fn an_interruption_leaves_what_was_there_and_no_temporary_file() {
    for signal in ["INT", "TERM", "HUP"] {
        let (folder, input) = folder();
        let picture = folder.path().join("arch.svg");
        fs::write(&picture, "before").expect("writable");
        // The picture waits in its temporary file for somebody to read the pipe.
        let pipe = fifo(&folder, "pipe.svg");
        let mut child = program(&[&input, &"-o", &pipe, &"-o", &picture]).spawn().expect("the program runs");
        assert!(wait_for_a_temporary_file(&folder, &mut child), "it never came to its outputs");
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().expect("kill").success());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), output.status.signal()), (Some(130), None), "{signal}: {}", said(&output));
        assert_eq!(fs::read_to_string(&picture).expect("it is there"), "before");
        assert_holds(&folder, &["arch.svg", "pipe.svg", "vpc.yaml"]);
    }
}

#[test]
fn two_runs_at_once_on_one_output_leave_the_whole_picture_of_one() {
    let (folder, input) = folder();
    let output = folder.path().join("arch.svg");
    let inputs: [&dyn AsRef<OsStr>; 2] = [&input, &LAB];
    let alone = inputs.map(|input| run(&[input]).stdout);
    for _ in 0..5 {
        let both = inputs.map(|input| program(&[input, &"-o", &output]).spawn().expect("the program runs"));
        for child in both {
            assert_ends(&child.wait_with_output().expect("it ends"), 0, "");
        }
        assert!(alone.contains(&fs::read(&output).expect("it is there")));
    }
    assert_holds(&folder, &["arch.svg", "vpc.yaml"]);
}

/// No home, no programs, no fonts, another language: nothing of it is asked for.
#[test]
fn nothing_of_the_machine_changes_a_picture() {
    let (folder, _) = folder();
    for ending in ["svg", "png", "drawio"] {
        let usual = folder.path().join(format!("usual.{ending}"));
        let bare = folder.path().join(format!("bare.{ending}"));
        assert_ends(&run(&[&LAB, &"-o", &usual]), 0, "");
        let mut command = program(&[&LAB, &"-o", &bare]);
        command.env_clear().env("LANG", "C").env("LC_ALL", "C").current_dir("/");
        assert_ends(&command.output().expect("it runs"), 0, "");
        assert!(fs::read(&usual).expect("drawn") == fs::read(&bare).expect("drawn"), "{ending}");
        let mut command = program(&[&LAB, &"-o", &bare]);
        command.env("HOME", "/proc/nowhere").env("XDG_CACHE_HOME", "/proc/nowhere").env("TMPDIR", "/proc/nowhere");
        assert_ends(&command.output().expect("it runs"), 0, "");
        assert!(fs::read(&usual).expect("drawn") == fs::read(&bare).expect("drawn"), "{ending}");
    }
}

#[test]
fn no_crate_looks_for_the_machine_s_fonts() {
    let lock = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).expect("it is there");
    assert!(lock.contains("name = \"fontdb\""));
    for finder in ["fontconfig-parser", "fontconfig", "font-kit"] {
        assert!(!lock.contains(&format!("name = \"{finder}\"")), "{finder} finds the fonts of the machine");
    }
}

#[test]
fn paths_and_names_that_are_no_utf_8_are_read_written_and_shown() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let named = |bytes: &[u8]| folder.path().join(OsStr::from_bytes(bytes));
    let (input, output) = (named(b"v\xFFpc.yaml"), named(b"arch\xFE.svg"));
    fs::write(&input, VPC).expect("writable");
    assert_ends(&run(&[&input, &"-o", &output]), 0, "");
    assert!(is_whole_svg(&output));
    fs::write(&input, "Resources: [").expect("writable");
    for form in ["text", "json", "sarif"] {
        let run = run(&[&input, &"--diagnostics", &form]);
        assert_ends(&run, 1, "pc.yaml");
        std::str::from_utf8(&run.stderr).expect("what is said is text");
    }
    assert_ends(&run(&[&named(b"gone\xFF.yaml")]), 1, "cannot be read");
}

/// What is told a program by its input may be more than it reads.
#[test]
fn an_input_that_nobody_reads_to_its_end_does_not_hang() {
    let mut child = program(&[&"-"]).stdin(Stdio::piped()).spawn().expect("the program runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let lines = "a: 1\n".repeat(1 << 20);
    while stdin.write_all(lines.as_bytes()).is_ok() {}
    drop(stdin);
    assert_ends(&child.wait_with_output().expect("it ends"), 1, "input-too-large");
}
