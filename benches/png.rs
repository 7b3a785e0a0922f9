//! How long a PNG takes, against the rasteriser's own program on the SVG of the same picture.
//!
//! `cargo bench --bench png` takes inputs' names as `benches/sizes.rs` does, S and M by default, and needs `resvg` of the same
//! version, by `cargo install resvg --version 0.49.0 --locked`. The figures are milliseconds, the best of several runs; ours
//! reads the template and lays it out as well.

mod measured;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use measured::input::inputs;

/// Pixels of the PNG for each of the page: the program's own default.
const SCALE: &str = "2";
const RUNS: usize = 9;
const FONTS: [&str; 2] = ["assets/fonts/Pretendard-Regular.ttf", "assets/fonts/Pretendard-Bold.ttf"];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = if arguments.is_empty() { vec!["S.yaml".to_string(), "M.yaml".to_string()] } else { arguments };
    if Command::new("resvg").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: there is no resvg: cargo install resvg --version 0.49.0 --locked");
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    println!("{:<11}{:>11}{:>9}{:>8}", "input", "eksdiagram", "resvg", "ratio");
    for input in inputs(&wanted, folder.path()) {
        let [svg, ours, theirs] = ["a.svg", "a.png", "b.png"].map(|name| folder.path().join(name));
        let draw = |output: &Path| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
            command.arg("--expand").arg(&input.file).arg("--quiet").arg("-o").arg(output);
            command
        };
        best(|| draw(&svg), 1);
        let rasterise = || {
            let mut command = Command::new("resvg");
            command.args(["--zoom", SCALE, "--skip-system-fonts"]);
            let fonts = FONTS.iter().flat_map(|font| ["--use-font-file", font]);
            command.args(fonts).arg(&svg).arg(&theirs);
            command
        };
        let (ours, theirs) = (best(|| draw(&ours), RUNS), best(rasterise, RUNS));
        println!("{:<11}{ours:>11.0}{theirs:>9.0}{:>8.2}", input.name, ours / theirs);
    }
    ExitCode::SUCCESS
}

/// The least milliseconds that a command takes.
fn best(command: impl Fn() -> Command, runs: usize) -> f64 {
    let time = |_| {
        let began = Instant::now();
        let status = command().stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program runs");
        assert!(status.success(), "{:?}", command());
        began.elapsed().as_secs_f64() * 1e3
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}
