//! The laws on random diagrams: no law is broken, whatever is asked of the layout.
//!
//! A scene is made from a number, its seed. `EKSDIAGRAM_SEED=n cargo test --test laws` looks at that one alone, takes
//! away the edges without which it breaks the same laws, and writes what is left as a picture.

mod laws {
    mod dice;
    pub mod generator;
    mod names;
    mod order;
    mod web;
}

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use eksdiagram::diag::Sources;
use eksdiagram::diagram::Diagram;
use eksdiagram::layout::{check, lay_out};
use eksdiagram::write::{self, Format};
use laws::generator;

/// Law 10, that a diagram has one picture, is held by laying every so many out twice, and by laws/order.rs.
const TWICE: u64 = 16;

#[test]
fn boxes_of_random_diagrams_obey_all_laws() {
    judge(0..400, |seed| Diagram { edges: Vec::new(), ..generator::diagram(seed) });
}

/// Few, and none of them large: routing unoptimised takes seconds where there is no room. The ten thousand are the test.
#[test]
fn random_diagrams_obey_all_laws() {
    judge(1..40, generator::diagram);
}

#[test]
#[ignore = "takes minutes unoptimised: cargo test --release --test laws -- --ignored --nocapture"]
fn ten_thousand_random_diagrams_obey_all_laws() {
    judge(0..10_000, generator::diagram);
}

/// A scene that takes longer is named at once, for whoever waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// What one scene is found to be.
struct Finding {
    seed: u64,
    /// Each with its law's number, or what else went wrong.
    broken: Vec<(String, String)>,
    relaxed: Vec<String>,
    took: Duration,
}

fn judge(seeds: Range<u64>, make: fn(u64) -> Diagram) {
    if let Some(seed) = std::env::var("EKSDIAGRAM_SEED").ok().and_then(|seed| seed.parse().ok()) {
        return judge_one(seed, make);
    }
    let findings = find_all(seeds, make);
    let broken: usize = findings.iter().map(|finding| finding.broken.len()).sum();
    println!("{} scenes, 11 laws, {broken} violations", findings.len());
    let kinds = |of: fn(&Finding) -> Vec<(String, String)>| {
        let mut kinds: BTreeMap<String, Vec<(u64, String)>> = BTreeMap::new();
        for finding in &findings {
            for (kind, example) in of(finding) {
                kinds.entry(kind).or_default().push((finding.seed, example));
            }
        }
        kinds
    };
    let print = |title: &str, kinds: BTreeMap<String, Vec<(u64, String)>>| {
        for (kind, found) in kinds {
            let scenes: BTreeSet<u64> = found.iter().map(|(seed, _)| *seed).collect();
            let first: Vec<u64> = scenes.iter().copied().take(5).collect();
            println!("{title}{kind}: {} in {} scenes, first in {first:?}: {}", found.len(), scenes.len(), found[0].1);
        }
    };
    print("", kinds(|finding| finding.broken.clone()));
    print("relaxed: ", kinds(|finding| finding.relaxed.iter().map(|r| (why(r), r.clone())).collect()));
    if let Some(slowest) = findings.iter().max_by_key(|finding| finding.took) {
        println!("slowest: seed {} in {:?}", slowest.seed, slowest.took);
    }
    assert_eq!(broken, 0, "broken laws: see above; EKSDIAGRAM_SEED=n looks at one scene");
}

/// The reason of a relaxation, without the edge that it befell.
fn why(relaxed: &str) -> String {
    relaxed.rsplit_once(": ").map_or(relaxed, |(_, why)| why).to_string()
}

/// Judges as many scenes at a time as there are processors; the findings are in the order of their seeds.
fn find_all(seeds: Range<u64>, make: fn(u64) -> Diagram) -> Vec<Finding> {
    let next = AtomicU64::new(seeds.start);
    let findings = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        break;
                    }
                    let finding = find(seed, &make(seed));
                    if finding.took > PATIENCE {
                        println!("slow: seed {seed} in {:?}", finding.took);
                    }
                    findings.lock().expect("no thread panics with it").push(finding);
                }
            });
        }
    });
    let mut findings = findings.into_inner().expect("no thread panics with it");
    findings.sort_by_key(|finding| finding.seed);
    findings
}

fn find(seed: u64, diagram: &Diagram) -> Finding {
    let began = Instant::now();
    let laid_out = catch_unwind(|| lay_out(diagram));
    let took = began.elapsed();
    let (broken, relaxed) = match laid_out {
        Err(_) => (vec![("panic".to_string(), format!("seed {seed} makes the layout panic"))], Vec::new()),
        Ok(scene) => {
            let mut broken: Vec<(String, String)> =
                check::check(&scene).iter().map(|violation| (kind(violation), violation.to_string())).collect();
            if seed.is_multiple_of(TWICE) && lay_out(diagram) != scene {
                broken.push(("law 10".to_string(), "the same diagram has two pictures".to_string()));
            }
            (broken, scene.relaxed)
        }
    };
    Finding { seed, broken, relaxed, took }
}

/// A violation's law and name, without what broke it: `law 4 ThroughText`.
fn kind(violation: &check::Violation) -> String {
    let (sentence, value) = (violation.to_string(), format!("{violation:?}"));
    let law = sentence.split(':').next().unwrap_or_default();
    let name: String = value.chars().take_while(|c| c.is_alphanumeric()).collect();
    format!("{law} {name}")
}

/// Takes away every edge without which one of the same kinds of law stays broken, and writes the picture of the rest.
fn judge_one(seed: u64, make: fn(u64) -> Diagram) {
    let mut diagram = make(seed);
    let kinds = |finding: &Finding| finding.broken.iter().map(|(kind, _)| kind.clone()).collect::<BTreeSet<_>>();
    let wanted = kinds(&find(seed, &diagram));
    let mut at = 0;
    while !wanted.is_empty() && at < diagram.edges.len() {
        let edge = diagram.edges.remove(at);
        if kinds(&find(seed, &diagram)).is_disjoint(&wanted) {
            diagram.edges.insert(at, edge);
            at += 1;
        }
    }
    let finding = find(seed, &diagram);
    let options = write::Options { scale: 1.0, ..write::Options::default() };
    if let Ok(scene) = catch_unwind(|| lay_out(&diagram)) {
        for format in [Format::Svg, Format::Png] {
            let ending = format!("{format:?}").to_lowercase();
            let path = format!("{}/seed-{seed}.{ending}", env!("CARGO_TARGET_TMPDIR"));
            let bytes = write::write(&scene, format, &Sources::default(), &options);
            std::fs::write(&path, bytes.expect("there is room for it")).expect("writable");
            println!("seed {seed} with {} edges: {path}", diagram.edges.len());
        }
    }
    for relaxed in &finding.relaxed {
        println!("relaxed: {relaxed}");
    }
    assert!(finding.broken.is_empty(), "{:#?}", finding.broken);
}
