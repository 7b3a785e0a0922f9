//! The files of a folder that is an input: its JSON files, not those of folders in it, in the order of their names.

use std::path::{Path, PathBuf};

use crate::diag::Diagnostic;
use crate::limits::FOLDER_FILES;

/// What lies in the folder, follows no link out of it, and is a file; why there is none is among the diagnostics.
pub fn files(folder: &Path, diagnostics: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
    let shown = folder.display();
    let entries = match folder.canonicalize().and_then(|root| Ok((root, std::fs::read_dir(folder)?))) {
        Ok((root, entries)) => entries
            .map_while(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| is_json(path))
            .map(move |path| (inside(&path, &root), path)),
        Err(error) => {
            diagnostics.push(Diagnostic::error("cannot-read", format!("{shown} cannot be read: {error}")));
            return Vec::new();
        }
    };
    let mut files = Vec::new();
    for (place, path) in entries {
        match place {
            Place::File => files.push(path),
            Place::Outside => diagnostics.push(outside(&path)),
            Place::NoFile => {}
        }
        if files.len() > FOLDER_FILES {
            diagnostics.push(too_many(folder));
            return Vec::new();
        }
    }
    if files.is_empty() {
        diagnostics.push(
            Diagnostic::error("input-is-a-folder", format!("{shown} is a folder without JSON files")).hint(
                "of a folder the `*.json` files are read, as the AWS CLI prints them; name other files one by one",
            ),
        );
    }
    files.sort();
    files
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

enum Place {
    File,
    Outside,
    /// A folder, a pipe, a link to nothing.
    NoFile,
}

fn inside(path: &Path, root: &Path) -> Place {
    match path.canonicalize() {
        Ok(resolved) if !resolved.is_file() => Place::NoFile,
        Ok(resolved) if resolved.starts_with(root) => Place::File,
        Ok(_) => Place::Outside,
        Err(_) => Place::NoFile,
    }
}

fn outside(path: &Path) -> Diagnostic {
    let message = format!("{} is a link out of its folder, and is not read", path.display());
    Diagnostic::warning("outside-folders", message).hint("if it belongs to the picture, give it as a further input")
}

fn too_many(folder: &Path) -> Diagnostic {
    let message = format!("{} holds more than {FOLDER_FILES} JSON files", folder.display());
    Diagnostic::error("input-too-large", message).hint("name the files that belong to the picture")
}
