//! How long a picture takes, stage by stage, and how much memory, for inputs of 30 to 30,000 resources.
//!
//! `cargo bench --bench sizes` measures all sizes of templates in YAML and in JSON and of the accounts that they would
//! make, `cargo bench --bench sizes -- M L.account yaml` those. The templates are made here; see `benches/measured/input.rs` for others.
//! The columns of stages are milliseconds in this process, the best of several runs. `whole` is the best of as many runs
//! of the program from the input's file to an SVG file with nothing folded. What a machine's speed does not change are
//! `/parse`, that in units of `parse`, and `/floor`, in units of `parse` and `write`: less than these no program takes that
//! parses this input with this parser and writes this picture. `grown` is how many times the size before it the whole takes.

mod measured;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use measured::input::{Input, inputs};
use measured::stages::{self, STAGES};

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    print!("{:<11}{:>7}{:>10}", "input", "kB", "resources");
    STAGES.iter().for_each(|stage| print!("{stage:>9}"));
    println!("{:>9}{:>8}{:>8}{:>7}{:>9}", "whole", "/parse", "/floor", "grown", "peak MB");
    let mut before: Option<(String, Duration)> = None;
    for input in inputs(&wanted, folder.path()) {
        let form = input.name.split_once('.').map_or(String::new(), |(_, form)| form.to_string());
        let (resources, stages) = best_stages(&input);
        let (whole, peak) = (0..runs(&input)).map(|_| whole(&input.file, folder.path())).min().expect("a run");
        print!("{:<11}{:>7}{resources:>10}", input.name, input.text.len() / 1000);
        stages.iter().for_each(|nanoseconds| print!("{:>9.1}", *nanoseconds as f64 / 1e6));
        let [parse, .., write] = stages;
        let units = |floor: u64| whole.as_nanos() as f64 / floor as f64;
        print!("{:>9.1}{:>8.2}{:>8.2}", whole.as_secs_f64() * 1e3, units(parse), units(parse + write));
        let grown =
            before.filter(|(other, _)| *other == form).map(|(_, less)| whole.as_secs_f64() / less.as_secs_f64());
        print!("{:>7}", grown.map_or(String::new(), |grown| format!("{grown:.1}")));
        println!("{:>9}", peak.map_or("-".to_string(), |kb| (kb / 1024).to_string()));
        before = Some((form, whole));
    }
}

/// Runs of which the fastest counts: many of what takes milliseconds.
fn runs(input: &Input) -> usize {
    match input.text.len() {
        0..1_000_000 => 20,
        1_000_000..10_000_000 => 5,
        _ => 3,
    }
}

/// How many resources there are, and for each of [`STAGES`] the least nanoseconds that it took.
fn best_stages(input: &Input) -> (usize, [u64; STAGES.len()]) {
    let mut best = [u64::MAX; STAGES.len()];
    let mut resources = 0;
    for _ in 0..runs(input) {
        let mut spent: BTreeMap<&str, u64> = BTreeMap::new();
        let mut began = Instant::now();
        let mut done = |stage: &'static str| {
            *spent.entry(stage).or_default() += began.elapsed().as_nanos() as u64;
            began = Instant::now();
        };
        stages::parse(&input.text, &mut done);
        done("between");
        resources = stages::run(&input.text, &mut done);
        let shares = stages::shares(|stage| spent.get(stage).copied().unwrap_or_default());
        best.iter_mut().zip(shares).for_each(|(best, share)| *best = share.min(*best));
    }
    (resources, best)
}

/// The time of one run of the program, and the most memory that it had, in kB, where the system tells.
fn whole(file: &Path, folder: &Path) -> (Duration, Option<u64>) {
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .arg("--expand")
        .arg(file)
        .arg("-o")
        .arg(folder.join("picture.svg"))
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut peak = None;
    while child.try_wait().expect("a child of ours").is_none() {
        peak = peak_of(&child).or(peak);
        std::thread::sleep(Duration::from_micros(500));
    }
    (began.elapsed(), peak)
}

/// Source: proc_pid_status(5): `VmHWM` is the peak of the resident set.
fn peak_of(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
