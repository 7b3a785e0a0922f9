//! Writes outputs: a file is whole or not there, standard output may be closed early.

use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::diag::Diagnostic;

/// A file that is written, but not yet in its place.
pub struct Prepared<'p> {
    path: &'p Path,
    temporary: tempfile::NamedTempFile,
}

/// Writes a file's bytes to a temporary one beside it, so that no reader ever sees half of it. Where several files
/// are to be written, all are prepared before the first is put in its place.
pub fn prepare<'p>(path: &'p Path, bytes: &[u8]) -> Result<Prepared<'p>, Diagnostic> {
    let failed = |error| failed(path, &error);
    if path.is_dir() {
        return Err(Diagnostic::error("output-is-a-folder", format!("{} is a folder", path.display()))
            .hint("name a file in it, such as arch.svg"));
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any other file that a program makes: the user's umask takes away what it should.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.prefix(".eksdiagram").tempfile_in(folder).map_err(failed)?;
    temporary.write_all(bytes).map_err(failed)?;
    temporary.as_file().sync_all().map_err(failed)?;
    Ok(Prepared { path, temporary })
}

impl Prepared<'_> {
    pub fn put_in_place(self) -> Result<(), Diagnostic> {
        self.temporary.persist(self.path).map(|_| ()).map_err(|e| failed(self.path, &e.error))
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("cannot-write", format!("{} cannot be written: {error}", path.display()))
        .hint("is its folder there, and may you write to it?")
}

/// Writes to standard output. A reader that has seen enough is no error.
pub fn stdout(bytes: &[u8]) -> Result<(), Diagnostic> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Diagnostic::error("cannot-write", format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
