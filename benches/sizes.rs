//! How long a picture takes, stage by stage, and how much memory, for inputs of 30 to 30,000 resources.
//!
//! `cargo bench --bench sizes` measures all sizes of templates in YAML and in JSON and of the accounts that they would
//! make, `cargo bench --bench sizes -- M L.account yaml` those. The templates are made here; see `benches/measured/input.rs` for others.
//! The columns of stages are milliseconds in this process. `parsing` is a process that reads the file and parses it, and `whole`
//! the program from the file to an SVG file with nothing folded; all are the best of several runs. What a machine's speed does
//! not change are `/parse`, the whole in units of `parsing`, and `/floor`, in units of `parsing` and `write`: less than that no
//! program takes that parses this input with this parser and writes this picture. `grown` is the whole in units of the size
//! before it.

mod measured;

use std::collections::BTreeMap;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use measured::input::{Input, inputs};
use measured::stages::{self, STAGES};

/// As the program's.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    stages::end_where_asked(&wanted);
    let folder = tempfile::tempdir().expect("a temporary folder");
    print!("{:<11}{:>7}{:>10}", "input", "kB", "resources");
    STAGES.iter().for_each(|stage| print!("{stage:>9}"));
    println!("{:>9}{:>9}{:>8}{:>8}{:>7}{:>9}", "parsing", "whole", "/parse", "/floor", "grown", "peak MB");
    let mut before: Option<(String, Duration)> = None;
    for input in inputs(&wanted, folder.path()) {
        let form = input.name.split_once('.').map_or(String::new(), |(_, form)| form.to_string());
        let (resources, stages) = best_stages(&input);
        let own = std::env::current_exe().expect("this program has a path");
        let parsing = || Command::new(&own).args([stages::UNTIL, "parse"]).arg(&input.file).spawn();
        let drawing = || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
            command.arg("--expand").arg(&input.file).arg("-o").arg(folder.path().join("picture.svg"));
            command.stderr(Stdio::null()).spawn()
        };
        let (parsing, _) = (0..runs(&input)).map(|_| timed(parsing)).min().expect("a run");
        let (whole, peak) = (0..runs(&input)).map(|_| timed(drawing)).min().expect("a run");
        print!("{:<11}{:>7}{resources:>10}", input.name, input.text.len() / 1000);
        stages.iter().for_each(|nanoseconds| print!("{:>9.1}", *nanoseconds as f64 / 1e6));
        let floor = parsing + Duration::from_nanos(stages[STAGES.len() - 1]);
        let units = |of: Duration| whole.as_secs_f64() / of.as_secs_f64();
        print!("{:>9.1}{:>9.1}", parsing.as_secs_f64() * 1e3, whole.as_secs_f64() * 1e3);
        print!("{:>8.2}{:>8.2}", units(parsing), units(floor));
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
    let mut best: BTreeMap<&str, u64> = BTreeMap::new();
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
        for (stage, nanoseconds) in spent {
            best.entry(stage).and_modify(|best| *best = nanoseconds.min(*best)).or_insert(nanoseconds);
        }
    }
    (resources, stages::shares(|stage| best.get(stage).copied().unwrap_or_default()))
}

/// The time of one run of a program, and the most memory that it had, in kB, where the system tells.
fn timed(start: impl Fn() -> std::io::Result<Child>) -> (Duration, Option<u64>) {
    let began = Instant::now();
    let mut child = start().expect("the program runs");
    let mut peak = None;
    while child.try_wait().expect("a child of ours").is_none() {
        peak = peak_of(&child).or(peak);
        std::thread::sleep(Duration::from_micros(200));
    }
    (began.elapsed(), peak)
}

/// Source: proc_pid_status(5): `VmHWM` is the peak of the resident set.
fn peak_of(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
