//! How long it takes from a save to the frame that shows it, for the study's lab in a real browser.
//!
//! `cargo bench --bench watch`. The browser is that of the tests (tests/watch/setup.sh).

// The tests do more with it.
#[allow(dead_code)]
#[path = "../tests/watch/program.rs"]
mod program;
#[path = "../tests/setup/mod.rs"]
mod setup;

use program::Watched;

fn main() {
    if !setup::is_there("watch", "a browser") {
        return;
    }
    let watched = Watched::lab(&[]);
    let arguments = [watched.address.as_ref(), watched.folder.path().as_os_str(), "latency".as_ref()];
    let report = program::told("served.mjs", &arguments);
    let mut times: Vec<u64> =
        report["said"].as_array().expect("times").iter().filter_map(serde_json::Value::as_u64).collect();
    times.sort_unstable();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!("{} saves: median {} ms, nine of ten within {} ms, worst {} ms", times.len(), at(50), at(90), at(100));
}
