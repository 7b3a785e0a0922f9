//! Ctrl-C and the like end the process at once, and leave no temporary file.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use tempfile::NamedTempFile;

/// The temporary files that are there. Who makes one or puts one in its place holds the lock, so that none is missed.
static TEMPORARY: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// As a shell reports a process that Ctrl-C ended: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// Makes a temporary file that an interruption takes away.
pub fn tempfile(make: impl FnOnce() -> io::Result<NamedTempFile>) -> io::Result<NamedTempFile> {
    static WATCHED: Once = Once::new();
    // Without a handler the process ends as well, and leaves its files.
    WATCHED.call_once(|| drop(ctrlc::set_handler(end)));
    let mut files = files();
    let file = make()?;
    files.insert(file.path().to_path_buf());
    Ok(file)
}

pub fn persist(file: NamedTempFile, target: &Path) -> io::Result<()> {
    let mut files = files();
    files.remove(file.path());
    file.persist(target).map(|_| ()).map_err(|error| error.error)
}

fn end() {
    // Held to the end: nothing is made or put in its place any more.
    let files = files();
    for file in files.iter() {
        // One that was taken away already is nothing to report.
        let _ = std::fs::remove_file(file);
    }
    std::process::exit(INTERRUPTED);
}

fn files() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
}
