//! What a drawing makes, before any of it is written: files with their bytes. What writes and what only compares
//! (`--check`) see the same.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Figure, drawing, output, there};
use crate::diag::{Diagnostic, Origin, Sources};
use crate::handwork::Report;
use crate::write::{self, Format};

/// A file as it is to be.
pub struct Made {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
    /// What asks for it, where that is not the command line.
    pub asked_by: Option<Origin>,
    /// Of a draw.io file: what was taken over from the one that is there.
    drawn_over: Option<(Format, Report)>,
}

impl Made {
    pub fn new(path: PathBuf, bytes: Vec<u8>) -> Made {
        Made { path, bytes, asked_by: None, drawn_over: None }
    }

    #[must_use]
    pub fn asked_by(self, origin: Origin) -> Made {
        Made { asked_by: Some(origin), ..self }
    }

    pub fn is_there(&self) -> bool {
        is_there(&self.path, &self.bytes).unwrap_or(false)
    }
}

/// The files of a figure's outputs; one output is several files where the pages are several and the format has room for
/// one. Fails where a draw.io file that is there cannot be drawn over, or a format has no room.
pub fn files(
    figure: &Figure,
    outputs: &[(PathBuf, Format)],
    pages: &[write::Page],
    sources: &Sources,
) -> Result<Vec<Made>, Diagnostic> {
    let options = drawing::write_options(figure)?;
    let mut files = Vec::new();
    for (path, format) in outputs {
        for (path, pages) in output::files(path, pages, *format) {
            let (bytes, drawn_over) = match pages {
                [first, ..] if format.is_drawio() => {
                    let fresh = write::file(pages, sources, &options);
                    let (file, report) = there::drawn_over(&path, &fresh, figure)?;
                    let bytes = write::write_file(&file, &first.scene, *format, sources, &options)?;
                    (bytes, Some((*format, report)))
                }
                _ => (write::write_pages(pages, *format, sources, &options)?, None),
            };
            files.push(Made { drawn_over, ..Made::new(path, bytes) });
        }
    }
    Ok(files)
}

/// Writes all of them, or none; what of the files that were there was kept is among the diagnostics.
pub fn write(files: &[Made], diagnostics: &mut Vec<Diagnostic>) -> Result<(), Diagnostic> {
    let prepare = |made: &Made| {
        let content = if made.drawn_over.is_some() { output::Content::Page } else { output::Content::Picture };
        output::prepare(made.path.clone(), &made.bytes, content)
    };
    let prepared: Vec<output::Prepared> = files.iter().map(prepare).collect::<Result<_, _>>()?;
    prepared.into_iter().try_for_each(output::Prepared::put_in_place)?;
    for Made { path, drawn_over, .. } in files {
        diagnostics.extend(drawn_over.iter().flat_map(|(format, report)| there::said(path, *format, report)));
    }
    Ok(())
}

/// An error for each file that is not there as it was made.
pub fn compare(files: &[Made]) -> Vec<Diagnostic> {
    files.iter().filter_map(fault).collect()
}

fn fault(made: &Made) -> Option<Diagnostic> {
    let shown = made.path.display();
    let fault = match is_there(&made.path, &made.bytes) {
        Ok(true) => return None,
        Ok(false) => Diagnostic::error("output-differs", format!("{shown} is not what would be written now"))
            .hint("the same command without --check writes it"),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Diagnostic::error("output-missing", format!("{shown} is not there"))
                .hint("the same command without --check writes it")
        }
        Err(error) => Diagnostic::error("cannot-read", format!("{shown} cannot be read: {error}")),
    };
    Some(Diagnostic { origin: made.asked_by.clone(), ..fault })
}

fn is_there(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    // A file of another length, however long, need not be read.
    Ok(fs::metadata(path)?.len() == bytes.len() as u64 && fs::read(path)? == bytes)
}
