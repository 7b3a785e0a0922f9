//! What a test needs beside Rust and its script tests/NAME/setup.sh fetches. Where that is not possible the test says so and
//! passes, but never where `CI` is `true`.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// Whether that of tests/NAME is there, or could be fetched. A binary of tests has one such script.
pub fn is_there(name: &str, what: &str) -> bool {
    static SETUP: OnceLock<Result<(), String>> = OnceLock::new();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name).join("setup.sh");
    let outcome = SETUP.get_or_init(|| match Command::new("sh").arg(script).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_string()),
        Err(error) => Err(error.to_string()),
    });
    if let Err(why) = outcome {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{what} cannot be had: {why}");
        eprintln!("skipped: {what} cannot be had: {}", why.lines().next_back().unwrap_or_default());
    }
    outcome.is_ok()
}
