//! Committed expectations: bytes that the program made once, that a person looked at, and that are held since.

use std::path::Path;

/// Set to `1`, expectations are rewritten instead of compared.
const ACCEPT: &str = "EKSDIAGRAM_ACCEPT";

/// Compares what was made with the committed file, or writes it there; says what differs.
pub fn hold(path: &str, made: &[u8]) -> Result<(), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var(ACCEPT).as_deref() == Ok("1") {
        return std::fs::write(&file, made).map_err(|error| format!("{path}: {error}"));
    }
    match std::fs::read(&file) {
        Ok(committed) if committed == made => Ok(()),
        Ok(committed) => Err(format!("{path}: {}", difference(&committed, made))),
        Err(error) => Err(format!("{path}: {error}")),
    }
}

/// Fails with everything that differs, and with how to accept it.
pub fn all_hold(differences: Vec<String>, test: &str, look_at: &str) {
    assert!(
        differences.is_empty(),
        "{}\n\nTo accept: {ACCEPT}=1 cargo test --test {test}, then look at {look_at} before you commit. \
         Accepting means having looked.",
        differences.join("\n")
    );
}

/// The first line that differs, or for what is no text the sizes.
fn difference(committed: &[u8], made: &[u8]) -> String {
    let (Ok(committed), Ok(made)) = (std::str::from_utf8(committed), std::str::from_utf8(made)) else {
        return format!("differs: {} bytes are committed, {} were made", committed.len(), made.len());
    };
    let (mut old, mut new) = (committed.lines(), made.lines());
    let mut number = 1;
    loop {
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => number += 1,
            (None, None) => return "differs in how its last line ends".to_string(),
            (a, b) => return format!("differs from line {number} on:\n- {}\n+ {}", short(a), short(b)),
        }
    }
}

fn short(line: Option<&str>) -> String {
    line.map_or("(end of file)".to_string(), |line| line.chars().take(160).collect())
}
