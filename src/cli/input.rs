//! Reads the inputs' bytes.

use std::io::Read;
use std::path::Path;

use crate::diag::{Diagnostic, Sources};
use crate::limits::INPUT_BYTES;
use crate::syntax;

/// Reads every input into `sources`; what cannot be read is an error among the diagnostics.
pub fn read(inputs: &[impl AsRef<Path>], diagnostics: &mut Vec<Diagnostic>) -> Sources {
    let mut sources = Sources::default();
    for input in inputs {
        let path = input.as_ref();
        let name = if path.as_os_str() == "-" { "stdin".to_string() } else { path.display().to_string() };
        match bytes(path, &name).and_then(|bytes| syntax::decode(&bytes)) {
            Ok(text) => {
                sources.add(name, text);
            }
            Err(mut diagnostic) => {
                if !diagnostic.message.contains(&name) {
                    diagnostic.message = format!("{name}: {}", diagnostic.message);
                }
                diagnostics.push(diagnostic);
            }
        }
    }
    sources
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
