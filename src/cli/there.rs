//! What a draw.io file that is already there becomes: it is drawn over, never thrown away.

use std::io::Read;
use std::path::Path;

use super::Figure;
use crate::diag::Diagnostic;
use crate::handwork::{self, Gone, Refusal, Report};
use crate::limits;
use crate::mxfile::{self, File};
use crate::write::Format;

/// `fresh` as it is to be written to `path`, with what a person did to the file that is there.
pub fn drawn_over(path: &Path, fresh: &File, figure: &Figure) -> Result<(File, Report), Diagnostic> {
    let bytes = if figure.fresh { None } else { read(path)? };
    let Some(bytes) = bytes else { return Ok((fresh.clone().signed(), Report::default())) };
    let gone = if figure.keep_removed { Gone::Greyed } else { Gone::Removed };
    let there = mxfile::read(&bytes).map_err(Refusal::Damaged);
    let drawn = there.and_then(|there| handwork::draw_over(&there, fresh, gone)).map_err(|why| refused(path, &why))?;
    Ok((drawn.file, drawn.report))
}

/// The bytes of the file that is there, if there is one with anything in it.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Diagnostic> {
    let failed = |error: &std::io::Error| {
        let message = format!("{} is there, and cannot be read: {error}", path.display());
        Diagnostic::error("cannot-draw-over", message)
            .hint("--fresh writes it anew, without what was done to it by hand")
    };
    match std::fs::metadata(path) {
        // What is no file is told when it is written.
        Ok(there) if !there.is_file() || there.len() == 0 => Ok(None),
        Ok(_) => head(path).map(Some).map_err(|error| failed(&error)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(&error)),
    }
}

/// The code of the note that says what was taken over.
pub const REPORT: &str = "drawn-over";

/// What a file that was there was taken for: a report, and what of it a picture does not show.
pub fn said(path: &Path, format: Format, report: &Report) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let path = path.display();
    if !report.is_empty() {
        said.push(Diagnostic::note(REPORT, format!("{path} was there: {report}")));
    }
    let is_picture = match format {
        Format::DrawioSvg | Format::DrawioPng => true,
        Format::Drawio | Format::Svg | Format::Png | Format::Json => false,
    };
    if is_picture && report.has_handwork() {
        let message = format!("the picture in {path} does not show what was done by hand; the pages in it have it");
        said.push(
            Diagnostic::warning("picture-without-handwork", message).hint("open it in draw.io and save it there"),
        );
    }
    said
}

/// No more of a file than shows that it is too large.
fn head(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(limits::DRAWIO_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn refused(path: &Path, why: &Refusal) -> Diagnostic {
    let path = path.display();
    match why {
        Refusal::NotOurs => {
            let message = format!("{path} is there, and was not written by eksdiagram");
            Diagnostic::error("not-ours", message)
                .hint("write to another file, or over this one with --fresh, which loses what is in it")
        }
        Refusal::Damaged(fault) => {
            let message = format!("{path} is there, and cannot be drawn over: {fault}");
            Diagnostic::error("cannot-draw-over", message)
                .hint("mend it, or take an older version of it")
                .hint("--fresh writes it anew, without what was done to it by hand")
        }
    }
}
