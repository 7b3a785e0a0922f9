//! Reads the inputs' bytes.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Inputs, folder};
use crate::diag::{Diagnostic, FileId, Role, Severity, Sources};
use crate::limits::{FILES, FOLDER_BYTES, INPUT_BYTES};
use crate::redact::Masks;
use crate::{read, syntax};

/// The inputs as they were read.
#[derive(Default)]
pub struct Files {
    pub sources: Sources,
    /// The inputs among them, and the path of each.
    pub paths: Vec<(FileId, PathBuf)>,
    /// What is masked where that is asked for, and of how many of the sources it is.
    pub masks: Masks,
    pub masked: usize,
}

/// Reads every input, of a folder its JSON files; what cannot be read is among the diagnostics.
pub fn read(inputs: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Files {
    let mut read = Files::default();
    read_all(inputs, &mut read, diagnostics);
    read
}

/// Reads other inputs in the place of those that are there, which stay among the sources.
pub fn read_others(inputs: &[PathBuf], files: &mut Files, diagnostics: &mut Vec<Diagnostic>) {
    files.sources.set_aside();
    files.paths.clear();
    read_all(inputs, files, diagnostics);
}

fn read_all(inputs: &[PathBuf], read: &mut Files, diagnostics: &mut Vec<Diagnostic>) {
    for input in inputs {
        read_one(input, read, diagnostics);
        if read.paths.len() > FILES {
            let message = format!("there are more than {FILES} inputs");
            diagnostics
                .push(Diagnostic::error("input-too-large", message).hint("name those that belong to the picture"));
            break;
        }
    }
}

/// Adds an input to those that were read.
pub fn read_one(input: &Path, read: &mut Files, diagnostics: &mut Vec<Diagnostic>) {
    if input.is_dir() {
        read_folder(input, FOLDER_BYTES, read, diagnostics);
    } else if let Some((name, text)) = text(input, diagnostics) {
        let file = read.sources.add(name, text);
        read.paths.push((file, input.to_path_buf()));
    }
}

/// At most so many bytes. A file that cannot be read is no reason to draw nothing.
fn read_folder(folder: &Path, most: usize, read: &mut Files, diagnostics: &mut Vec<Diagnostic>) {
    let mut left = most;
    for file in folder::files(folder, diagnostics) {
        let said = diagnostics.len();
        let text = text(&file, diagnostics);
        for diagnostic in diagnostics.iter_mut().skip(said) {
            diagnostic.severity = diagnostic.severity.min(Severity::Warning);
        }
        let Some((name, text)) = text else { continue };
        let Some(rest) = left.checked_sub(text.len()) else {
            let message =
                format!("{} holds more than {} MB; {name} and what follows is left out", folder.display(), most >> 20);
            diagnostics.push(Diagnostic::warning("input-too-large", message));
            return;
        };
        left = rest;
        let id = read.sources.add_found(name, text);
        read.paths.push((id, file));
    }
}

/// Reads the files of parameters, in their order, unless they are there.
pub fn read_parameters(inputs: &Inputs, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) {
    if sources.iter().any(|(_, source)| source.role == Role::Parameters) {
        return;
    }
    for file in &inputs.parameter_files {
        if let Some((name, text)) = text(file, diagnostics) {
            sources.add_parameters(name, text);
        }
    }
}

/// What the user said beside the inputs; what is wrong with files of parameters is among the diagnostics.
pub fn options(inputs: &Inputs, sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> read::Options {
    let mut parameters = Vec::new();
    for (file, source) in sources.iter().filter(|(_, source)| source.role == Role::Parameters) {
        match read::parameters(file, &source.text, diagnostics) {
            Ok(mut read) => parameters.append(&mut read),
            Err(error) => diagnostics.push(error),
        }
    }
    parameters.extend(inputs.parameters.iter().map(|(name, value)| read::Given::new(name, value)));
    read::Options { parameters, region: inputs.region.clone(), account: inputs.account.clone() }
}

/// The name and the text of a file.
fn text(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<(String, String)> {
    let name = name(path);
    match bytes(path).and_then(syntax::decode) {
        Ok(text) => Some((name, text)),
        Err(mut diagnostic) => {
            if !diagnostic.message.contains(&name) {
                diagnostic.message = format!("{name}: {}", diagnostic.message);
            }
            diagnostics.push(diagnostic);
            None
        }
    }
}

fn name(path: &Path) -> String {
    if is_stdin(path) { "stdin".to_string() } else { path.display().to_string() }
}

pub fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A file's bytes, or those of standard input.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    let name = name(path);
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that a larger input is told from one that just fits.
    let most = INPUT_BYTES as u64 + 1;
    let read = if is_stdin(path) {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        if path.is_dir() {
            return Err(Diagnostic::error("input-is-a-folder", format!("{name} is a folder")).hint("name a file in it"));
        }
        std::fs::File::open(path).and_then(|file| {
            // A byte more, so that the end is met without more memory.
            let size = file.metadata().map_or(0, |of_file| of_file.len()) + 1;
            bytes.reserve(size.min(most) as usize);
            file.take(most).read_to_end(&mut bytes)
        })
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Diagnostic::error("cannot-read", format!("{name} cannot be read: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_folder_of_more_bytes_the_first_files_are_read_and_the_rest_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let half = format!("[{}]", " ".repeat((1 << 19) - 2));
        for name in ["a.json", "b.json", "c.json", "d.json"] {
            std::fs::write(folder.path().join(name), &half).expect("writable");
        }
        for (most, read_whole, said) in
            [(1 << 20, 2, Some("c.json")), ((1 << 20) - 1, 1, Some("b.json")), (1 << 21, 4, None)]
        {
            let (mut files, mut diagnostics) = (Files::default(), Vec::new());
            read_folder(folder.path(), most, &mut files, &mut diagnostics);
            assert_eq!(files.paths.len(), read_whole, "{most}");
            let messages: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
            match (said, messages.as_slice()) {
                (Some(first), [message]) => {
                    assert!(
                        message.contains(&format!("more than {} MB", most >> 20)) && message.contains(first),
                        "{message}"
                    );
                    assert_eq!((diagnostics[0].code, diagnostics[0].severity), ("input-too-large", Severity::Warning));
                }
                (None, []) => {}
                (_, others) => panic!("{most}: {others:?}"),
            }
        }
    }
}
