//! Fetches the templates of nested stacks from the folders of the inputs, and from nowhere else.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, FileId, Sources};
use crate::limits::INPUT_BYTES;
use crate::read::{Loader, base_name};
use crate::syntax;

/// The folders in which a run may read.
pub struct Folders {
    /// Templates and inputs with their paths, as they are shown and as the system resolves them.
    files: Vec<(FileId, PathBuf, PathBuf)>,
    /// The folders of the inputs, links resolved.
    roots: Vec<PathBuf>,
    /// Bytes that may still be read.
    left: usize,
}

impl Folders {
    /// Those of the inputs, which are the first sources.
    pub fn of(inputs: &[PathBuf]) -> Folders {
        let resolved = |path: &Path| path.canonicalize().ok();
        let numbered = inputs.iter().enumerate();
        let files =
            numbered.filter_map(|(n, input)| Some((FileId(n as u16), input.clone(), resolved(input)?))).collect();
        let roots = inputs.iter().filter(|input| input.as_os_str() != "-").filter_map(|input| resolved(folder(input)));
        Folders { files, roots: roots.collect(), left: INPUT_BYTES }
    }

    fn is_allowed(&self, resolved: &Path) -> bool {
        self.roots.iter().any(|root| resolved.starts_with(root))
    }

    fn read(&mut self, shown: &Path, resolved: &Path) -> Result<String, Diagnostic> {
        let mut bytes = Vec::new();
        let file =
            std::fs::File::open(resolved).and_then(|file| file.take(self.left as u64 + 1).read_to_end(&mut bytes));
        if let Err(error) = file {
            let message = format!("the nested template {} cannot be read: {error}", shown.display());
            return Err(Diagnostic::warning("cannot-read", message));
        }
        let Some(left) = self.left.checked_sub(bytes.len()) else {
            let message =
                format!("nested templates have more than {} MB; {} is left out", INPUT_BYTES >> 20, shown.display());
            return Err(Diagnostic::warning("input-too-large", message));
        };
        self.left = left;
        syntax::decode(&bytes).map_err(|mut diagnostic| {
            diagnostic.message = format!("{}: {}", shown.display(), diagnostic.message);
            diagnostic.severity = crate::diag::Severity::Warning;
            diagnostic
        })
    }
}

impl Loader for Folders {
    fn load(&mut self, sources: &mut Sources, parent: FileId, location: &str) -> Result<Option<FileId>, Diagnostic> {
        let Some((_, parent, _)) = self.files.iter().find(|(file, _, _)| *file == parent) else { return Ok(None) };
        // Of a URL only the last part says something about this machine.
        let path = if location.contains("://") { base_name(location) } else { location };
        if path.is_empty() || path.contains('<') {
            return Ok(None);
        }
        let folder = folder(parent).strip_prefix(".").unwrap_or(folder(parent));
        let shown = folder.join(path.trim_start_matches("./"));
        let Ok(resolved) = shown.canonicalize() else { return Ok(None) };
        if !resolved.is_file() {
            return Ok(None);
        }
        if !self.is_allowed(&resolved) {
            let message =
                format!("the nested template {} lies outside the inputs' folders, and is not read", shown.display());
            return Err(Diagnostic::warning("outside-folders", message)
                .hint("if it belongs to the picture, give it as a further input"));
        }
        if let Some((file, _, _)) = self.files.iter().find(|(_, _, other)| *other == resolved) {
            return Ok(Some(*file));
        }
        let text = self.read(&shown, &resolved)?;
        let file = sources.add_beside(shown.display().to_string(), text);
        self.files.push((file, shown, resolved));
        Ok(Some(file))
    }
}

/// The folder that a file stands in.
fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
