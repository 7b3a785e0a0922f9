//! How often each stage asks for memory, and for how much in all, for inputs of 30 to 30,000 resources.
//!
//! `cargo bench --bench allocations -- L`, with the inputs' names as in `benches/sizes.rs`. Counting takes time, so that the
//! times are measured there and not here.

mod measured;

use std::alloc::System;
use std::collections::BTreeMap;

use measured::input::inputs;
use measured::stages::{self, STAGES};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static COUNTED: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    print!("{:<22}", "input");
    STAGES.iter().for_each(|stage| print!("{stage:>10}"));
    println!("{:>11}", "all");
    for input in inputs(&wanted, folder.path()) {
        let mut spent: BTreeMap<&str, [u64; 2]> = BTreeMap::new();
        let mut region = Region::new(COUNTED);
        let mut done = |stage: &'static str| {
            let change = region.change();
            let spent = spent.entry(stage).or_default();
            spent[0] += (change.allocations + change.reallocations) as u64;
            spent[1] += change.bytes_allocated as u64;
            region.reset();
        };
        stages::parse(&input.text, &mut done);
        done("between");
        stages::run(&input.text, &mut done);
        for (place, what, unit) in [(0, "times", 1), (1, "kB", 1000)] {
            let shares = stages::shares(|stage| spent.get(stage).map_or(0, |spent| spent[place]));
            print!("{:<16}{what:<6}", input.name);
            shares.iter().for_each(|share| print!("{:>10}", share / unit));
            println!("{:>11}", shares.iter().sum::<u64>() / unit);
        }
    }
}
