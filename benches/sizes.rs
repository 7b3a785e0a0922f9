//! How long a picture takes, phase by phase, and how much memory, for inputs of 30 to 30,000 resources.
//!
//! `cargo bench --bench sizes` measures all sizes of templates and of the accounts that they would make,
//! `cargo bench --bench sizes -- M L.account` these two. The templates are made here, or read from the folder that
//! `EKSDIAGRAM_BENCH` names (`S.yaml`, `M.yaml` ...). The columns are milliseconds in this process, `whole` is a run of
//! the program from the input's file to an SVG file with nothing folded, and `ratio` is that in units of `parse`, which a
//! machine's speed does not change.

mod sizes {
    pub mod account;
    pub mod template;
}

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use eksdiagram::compose::{self, compose};
use eksdiagram::diag::Sources;
use eksdiagram::layout::lay_out_telling;
use eksdiagram::write::{self, Format};
use eksdiagram::{architecture, read, syntax};
use sizes::account::account;
use sizes::template::{SIZES, Size, template};

const PHASES: [&str; 8] = ["parse", "read", "model", "compose", "place", "route", "label", "write"];

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    print!("{:<11}{:>9}", "size", "kB");
    PHASES.iter().for_each(|phase| print!("{phase:>9}"));
    println!("{:>9}{:>7}{:>9}{:>11}", "whole", "ratio", "peak MB", "resources");
    for form in [Form::Template, Form::Account] {
        measure(form, &wanted, folder.path());
    }
}

/// What describes a network.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Template,
    /// What the AWS CLI says of a live account.
    Account,
}

impl Form {
    fn name(self, size: Size) -> String {
        match self {
            Form::Template => size.name.to_string(),
            Form::Account => format!("{}.account", size.name),
        }
    }
}

/// Prints a line for each of the sizes that are wanted; all are, where none is named.
fn measure(form: Form, wanted: &[String], folder: &Path) {
    let mut before: Option<Duration> = None;
    for size in SIZES.into_iter().filter(|size| wanted.is_empty() || wanted.contains(&form.name(*size))) {
        let file = input(form, size, folder);
        let text = std::fs::read_to_string(&file).expect("the input is text");
        print!("{:<11}{:>9}", form.name(size), text.len() / 1000);
        let (resources, phases) = phases(&text);
        phases.iter().for_each(|time| print!("{:>9.1}", milliseconds(*time)));
        std::io::stdout().flush().expect("standard output");
        let (whole, peak) = (0..runs(size)).map(|_| whole(&file, folder)).min().expect("at least one run");
        print!("{:>9.1}{:>7.2}", milliseconds(whole), whole.as_secs_f64() / phases[0].as_secs_f64());
        println!("{:>9}{resources:>11}", peak.map_or("-".to_string(), |kb| (kb / 1024).to_string()));
        if let Some(before) = before {
            println!("           {:.1}-fold", whole.as_secs_f64() / before.as_secs_f64());
        }
        before = Some(whole);
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Runs of which the fastest counts: many of what takes milliseconds.
fn runs(size: Size) -> usize {
    match size.name {
        "S" | "M" => 10,
        "L" => 3,
        _ => 1,
    }
}

fn input(form: Form, size: Size, folder: &Path) -> PathBuf {
    let (name, text) = match form {
        Form::Template => {
            let name = format!("{}.yaml", size.name);
            if let Some(given) = std::env::var_os("EKSDIAGRAM_BENCH") {
                return PathBuf::from(given).join(name);
            }
            (name, template(size).text)
        }
        Form::Account => (format!("{}.json", size.name), account(size)),
    };
    let file = folder.join(name);
    std::fs::write(&file, text).expect("writable");
    file
}

/// How many resources there are, and the time of each of [`PHASES`].
fn phases(text: &str) -> (usize, [Duration; PHASES.len()]) {
    let mut times = [Duration::ZERO; PHASES.len()];
    let mut sources = Sources::default();
    let file = sources.add("input", text);
    let mut diagnostics = Vec::new();
    let began = Instant::now();
    let nodes = syntax::parse(file, text, &mut diagnostics);
    times[0] = began.elapsed();
    drop(nodes);
    let mut began = Instant::now();
    let mut done = |phase: &str| {
        let at = PHASES.iter().position(|name| *name == phase).expect("a phase of ours");
        times[at] += began.elapsed();
        began = Instant::now();
    };
    let inventory = read::read(&mut sources, &read::Options::default(), None, &mut diagnostics);
    done("read");
    let architecture = architecture::model(&inventory, &mut diagnostics);
    done("model");
    let unfolded = compose::Options { folding: compose::Folding::Never, ..compose::Options::default() };
    let diagram = compose(&architecture, &[], &unfolded).remove(0).diagram;
    done("compose");
    let scene = lay_out_telling(&diagram, &mut done);
    let svg = write::write(&scene, Format::Svg, &sources, &write::Options::default());
    done("write");
    drop(svg);
    // Reading has parsed the text a second time.
    times[1] = times[1].saturating_sub(times[0]);
    (inventory.resources.len(), times)
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
