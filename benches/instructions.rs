//! How many instructions each stage takes, and whether the whole is still within its bounds: a change that makes a stage
//! slower shows here on any machine, however busy.
//!
//! `cargo bench --bench instructions` counts with valgrind and fails where a picture of size S or M takes more than it may,
//! in units of parsing its input, or of that and writing the picture. Without valgrind it says so and counts nothing; where
//! `CI=true`, that is a failure. Other inputs, `-- L`, are counted and held to no bound.
//!
//! Each stage is what a run takes more that ends after it than one that ends before it.

mod measured;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use measured::input::{Input, inputs};
use measured::stages::{self, START, UNTIL};

/// What the whole may take at most, in units of parsing and in units of the floor, by input. What was
/// measured and a tenth more: to be lowered with that.
const BOUNDS: [(&str, f64, f64); 6] = [
    ("S.yaml", 7.8, 3.3),
    ("M.yaml", 8.5, 5.4),
    ("S.json", 14.7, 3.8),
    ("M.json", 19.3, 8.2),
    ("S.account", 16.0, 4.4),
    ("M.account", 13.0, 7.0),
];

/// What is counted apart. The phases of a layout may come several times, and are counted as one.
const STAGES: [&str; 6] = ["parse", "read", "model", "compose", "layout", "write"];

/// As the program's.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    stages::end_where_asked(&arguments);
    if Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: no instructions are counted, for there is no valgrind");
        return if std::env::var("CI").is_ok_and(|ci| ci == "true") { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let wanted = if arguments.is_empty() { vec!["S".to_string(), "M".to_string()] } else { arguments };
    print!("{:<11}", "thousands");
    STAGES.iter().for_each(|stage| print!("{stage:>9}"));
    println!("{:>10}{:>8}{:>8}", "whole", "/parse", "/floor");
    let inputs = inputs(&wanted, folder.path());
    match inputs.iter().filter(|input| !is_within_bounds(input, folder.path())).count() {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Counts and prints; whether the whole takes no more than it may.
fn is_within_bounds(input: &Input, folder: &Path) -> bool {
    let file = input.file.to_str().expect("a path of ours");
    let own = std::env::current_exe().expect("this program has a path");
    let until = |stage: &str| count(&own, &[UNTIL, stage, file], folder);
    let start = until(START);
    let ends = STAGES.map(until);
    let picture = folder.join("picture.svg");
    let drawn = ["--expand", file, "--quiet", "-o", picture.to_str().expect("a path of ours")];
    let whole = count(Path::new(env!("CARGO_BIN_EXE_eksdiagram")), &drawn, folder);
    let [parsed, .., laid_out, written] = ends;
    let floor = parsed + written.saturating_sub(laid_out);
    let (to_parse, to_floor) = (whole as f64 / parsed as f64, whole as f64 / floor as f64);
    print!("{:<11}", input.name);
    let begins = [start].into_iter().chain(ends);
    ends.iter().zip(begins).for_each(|(end, begin)| print!("{:>9}", end.saturating_sub(begin) / 1000));
    println!("{:>10}{to_parse:>8.2}{to_floor:>8.2}", whole / 1000);
    let bounds = BOUNDS.iter().find(|(name, ..)| *name == input.name);
    let broken = bounds.filter(|(_, parse, floor)| to_parse > *parse || to_floor > *floor);
    if let Some((_, parse, floor)) = broken {
        println!("           more than the bounds in benches/instructions.rs: {parse} and {floor}");
    }
    broken.is_none()
}

/// The instructions of a program's run, all threads together. Source: Valgrind's manual, "Callgrind: a call-graph generating
/// cache and branch prediction profiler".
fn count(program: &Path, arguments: &[&str], folder: &Path) -> u64 {
    let profile = folder.join("callgrind.out");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", &format!("--callgrind-out-file={}", profile.display())])
        .arg(program)
        .args(arguments)
        .output()
        .expect("valgrind runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stderr);
    let counted = said.lines().find_map(|line| line.split_once("Collected : ")).expect("a count");
    counted.1.trim().parse().expect("a number")
}
