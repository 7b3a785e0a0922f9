//! Notices that an input, or what belongs to it, was saved.
//!
//! Folders are watched and not files: an editor that writes a new file and renames it leaves a watched file behind. What
//! happens in them is a reason to look; whether anything has changed, reading tells.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::studio::Studio;
use crate::diag::Diagnostic;

/// How long nothing has to happen before the inputs are read: an editor writes in several pieces. Chosen.
const QUIET: Duration = Duration::from_millis(25);
/// How long that is waited for, where something goes on happening.
const PATIENCE: Duration = Duration::from_millis(250);

type Events = Receiver<notify::Result<Event>>;

pub struct Eyes {
    watcher: RecommendedWatcher,
    events: Events,
    folders: BTreeSet<PathBuf>,
    /// The endings of the files that were read: what has another one is of no interest.
    endings: BTreeSet<Option<OsString>>,
}

impl Eyes {
    /// Fails where a folder cannot be watched.
    pub fn open(studio: &Studio) -> Result<Eyes, Diagnostic> {
        let (tell, events) = channel();
        let watcher = notify::recommended_watcher(tell).map_err(|error| cannot_watch(&error))?;
        let mut eyes = Eyes { watcher, events, folders: BTreeSet::new(), endings: BTreeSet::new() };
        eyes.turn(studio).map_err(|error| cannot_watch(&error))?;
        Ok(eyes)
    }

    /// Reads the inputs again whenever one was saved.
    pub fn watch(mut self, studio: &Studio) {
        while let Ok(event) = self.events.recv() {
            if !self.matters(&event) {
                continue;
            }
            self.wait_for_quiet();
            studio.read();
            // A folder that cannot be watched any more was there before: the inputs say what is wrong with it.
            let _ = self.turn(studio);
        }
    }

    /// Turns to the folders of all files that were read, and to those that were given.
    fn turn(&mut self, studio: &Studio) -> notify::Result<()> {
        let files = files(studio);
        // Of a folder the JSON files are read.
        let ending = |file: &PathBuf| if file.is_dir() { Some(OsString::from("json")) } else { ending(file) };
        self.endings = files.iter().map(ending).collect();
        let before = self.folders.len();
        for folder in files.iter().flat_map(|file| folders(file)) {
            if !self.folders.contains(&folder) {
                self.watcher.watch(&folder, RecursiveMode::NonRecursive)?;
                self.folders.insert(folder);
            }
        }
        if self.folders.len() > before {
            // What was saved before it was watched.
            studio.read();
        }
        Ok(())
    }

    fn matters(&self, event: &notify::Result<Event>) -> bool {
        // Of an error nothing is known: look.
        let Ok(event) = event else { return true };
        // Reading is an event too, and ours are none.
        !matches!(event.kind, EventKind::Access(_))
            && event.paths.iter().any(|path| self.endings.contains(&ending(path)))
    }

    fn wait_for_quiet(&self) {
        let began = Instant::now();
        while began.elapsed() < PATIENCE && self.events.recv_timeout(QUIET).is_ok() {}
    }
}

/// What was read, and what was to be.
fn files(studio: &Studio) -> Vec<PathBuf> {
    let inputs = studio.inputs();
    let said = studio.said();
    let read = said.sources.iter().map(|(_, source)| PathBuf::from(&source.name));
    read.chain(inputs.inputs.iter().chain(&inputs.parameter_files).cloned()).collect()
}

/// The folders in which a change to a file shows: its own, and where it is a link the one that it leads to. A folder is
/// its own.
fn folders(file: &Path) -> Vec<PathBuf> {
    let is_folder = file.is_dir();
    let own = |path: &Path| if is_folder { Some(path.to_path_buf()) } else { path.parent().map(Path::to_path_buf) };
    let shown = own(file).map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder });
    let resolved = file.canonicalize().ok().and_then(|file| own(&file));
    let folders = shown.into_iter().chain(resolved).filter_map(|folder| folder.canonicalize().ok());
    folders.collect::<BTreeSet<_>>().into_iter().collect()
}

fn ending(path: &Path) -> Option<OsString> {
    path.extension().map(OsString::from)
}

fn cannot_watch(error: &notify::Error) -> Diagnostic {
    Diagnostic::error("cannot-watch", format!("the inputs' folders cannot be watched: {error}"))
        .hint("are they there, and does the system let a program watch one more folder?")
}
