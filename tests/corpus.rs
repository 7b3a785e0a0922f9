//! Many inputs at once: a folder of templates and ClusterConfigs, each drawn by a run of its own.
//!
//! `EKSDIAGRAM_CORPUS=folder cargo test --release --test corpus -- --ignored --nocapture` prints a line a file and the
//! totals. It fails on a panic, on a run without end, and on a file that is neither drawn nor refused with an error.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The longest that a run may take; a hand-written input takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// How a file's run ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Drawn,
    /// The code of its first error.
    Refused(String),
    /// A panic, a signal, an exit without a word.
    Broken(String),
}

struct Report {
    file: String,
    outcome: Outcome,
    errors: usize,
    warnings: usize,
    laws: usize,
    took: Duration,
}

#[test]
#[ignore = "needs a folder of inputs: EKSDIAGRAM_CORPUS"]
fn every_file_of_a_corpus_is_drawn_or_refused() {
    let Some(folder) = std::env::var_os("EKSDIAGRAM_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: EKSDIAGRAM_CORPUS names no folder");
        return;
    };
    let files = inputs(&folder);
    assert!(!files.is_empty(), "{} holds no inputs", folder.display());
    let reports = draw_all(&folder, &files);
    for report in &reports {
        print(report);
    }
    total(&reports);
    let broken: Vec<&str> = reports
        .iter()
        .filter(|report| matches!(report.outcome, Outcome::Broken(_)))
        .map(|report| report.file.as_str())
        .collect();
    assert!(broken.is_empty(), "neither drawn nor refused: {broken:?}");
}

/// The files of a folder and of the folders in it, by their endings.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is readable") {
            let path = entry.expect("an entry").path();
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if path.is_dir() {
                folders.push(path);
            } else if ["yaml", "yml", "json", "template"].contains(&ending) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Draws every file, as many at a time as there are processors.
fn draw_all(folder: &Path, files: &[PathBuf]) -> Vec<Report> {
    let next = AtomicUsize::new(0);
    let reports = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = draw(folder, file);
                    reports.lock().expect("no thread panics with it").push(report);
                }
            });
        }
    });
    let mut reports = reports.into_inner().expect("no thread panics with it");
    reports.sort_by(|a, b| a.file.cmp(&b.file));
    reports
}

fn draw(folder: &Path, file: &Path) -> Report {
    let out = tempfile::tempdir().expect("a temporary folder");
    let messages = std::fs::File::create(out.path().join("messages")).expect("writable");
    let picture = out.path().join("arch.svg");
    let began = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_eksdiagram"))
        .args([file, Path::new("--check-layout"), Path::new("-o"), &picture])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(messages)
        .spawn()
        .expect("the program runs");
    let code = loop {
        match child.try_wait().expect("a child of ours") {
            Some(status) => break status.code(),
            None if began.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let said = String::from_utf8_lossy(&std::fs::read(out.path().join("messages")).expect("written")).into_owned();
    let codes = |severity: &str| -> Vec<String> {
        let begin = format!("{severity}[");
        said.lines().filter_map(|line| Some(line.strip_prefix(&begin)?.split(']').next()?.to_string())).collect()
    };
    let errors = codes("error");
    let outcome = match (code, errors.first()) {
        (Some(0 | 1), None) if picture.exists() => Outcome::Drawn,
        (Some(1), Some(error)) if !picture.exists() => Outcome::Refused(error.clone()),
        (Some(code), _) => Outcome::Broken(format!("exit code {code}")),
        (None, _) => Outcome::Broken("killed".to_string()),
    };
    let laws = said.lines().rev().find_map(|line| line.strip_prefix("laws: ")?.strip_suffix(" broken")?.parse().ok());
    Report {
        file: file.strip_prefix(folder).unwrap_or(file).display().to_string(),
        outcome,
        errors: errors.len(),
        warnings: codes("warning").len(),
        laws: laws.unwrap_or_default(),
        took: began.elapsed(),
    }
}

fn print(report: &Report) {
    let outcome = match &report.outcome {
        Outcome::Drawn => "drawn".to_string(),
        Outcome::Refused(code) => format!("refused: {code}"),
        Outcome::Broken(how) => format!("BROKEN: {how}"),
    };
    let (warnings, laws, took) = (report.warnings, report.laws, report.took.as_secs_f64());
    println!("{outcome:<28} {warnings:>4} warnings {laws:>4} laws {took:>7.2} s  {}", report.file);
}

fn total(reports: &[Report]) {
    let count = |wanted: &dyn Fn(&Report) -> bool| reports.iter().filter(|report| wanted(report)).count();
    let drawn = count(&|report| report.outcome == Outcome::Drawn);
    let broken = count(&|report| matches!(report.outcome, Outcome::Broken(_)));
    println!(
        "{} files: {drawn} drawn ({:.1} %), {} refused ({} with more than one error), {broken} broken; {} drawn with \
         warnings; {} break a law",
        reports.len(),
        100.0 * drawn as f64 / reports.len() as f64,
        reports.len() - drawn - broken,
        count(&|report| matches!(report.outcome, Outcome::Refused(_)) && report.errors > 1),
        count(&|report| report.outcome == Outcome::Drawn && report.warnings > 0),
        count(&|report| report.laws > 0),
    );
}
