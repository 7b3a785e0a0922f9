//! Reads the inputs' bytes.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::Inputs;
use crate::diag::{Diagnostic, Sources};
use crate::limits::INPUT_BYTES;
use crate::{read, syntax};

/// Reads every input into `sources`; what cannot be read is an error among the diagnostics.
pub fn read(inputs: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Sources {
    let mut sources = Sources::default();
    for input in inputs {
        if let Some((name, text)) = text(input, diagnostics) {
            sources.add(name, text);
        }
    }
    sources
}

/// What the user said beside the inputs.
pub fn options(inputs: &Inputs, sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> read::Options {
    let mut parameters = parameters(&inputs.parameter_files, sources, diagnostics);
    parameters.extend(inputs.parameters.iter().map(|(name, value)| read::Given::new(name, value)));
    read::Options { parameters, region: inputs.region.clone(), account: inputs.account.clone() }
}

/// The parameters of files, in their order; what is wrong with them is among the diagnostics.
fn parameters(files: &[PathBuf], sources: &mut Sources, diagnostics: &mut Vec<Diagnostic>) -> Vec<read::Given> {
    let mut parameters = Vec::new();
    for file in files {
        let Some((name, text)) = text(file, diagnostics) else { continue };
        let file = sources.add_beside(name, text);
        match read::parameters(file, &sources.source(file).text, diagnostics) {
            Ok(mut read) => parameters.append(&mut read),
            Err(error) => diagnostics.push(error),
        }
    }
    parameters
}

/// The name and the text of a file.
fn text(path: &Path, diagnostics: &mut Vec<Diagnostic>) -> Option<(String, String)> {
    let name = if path.as_os_str() == "-" { "stdin".to_string() } else { path.display().to_string() };
    match bytes(path, &name).and_then(|bytes| syntax::decode(&bytes)) {
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

fn bytes(path: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that a larger input is told from one that just fits.
    let most = INPUT_BYTES as u64 + 1;
    let read = if name == "stdin" {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        if path.is_dir() {
            return Err(Diagnostic::error("input-is-a-folder", format!("{name} is a folder"))
                .hint("name the template or ClusterConfig in it"));
        }
        std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    match read {
        Ok(_) => Ok(bytes),
        Err(error) => Err(Diagnostic::error("cannot-read", format!("{name} cannot be read: {error}"))),
    }
}
