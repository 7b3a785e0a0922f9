//! Writes outputs: a file is whole or not there, standard output may be closed early.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::interruption;
use crate::diag::Diagnostic;
use crate::write::{Format, Page};

/// The files of an output, each with its pages: one file where the format holds several pages, else the first page in
/// the file that was named, and the others beside it: `arch.svg`, `arch-02-prod.svg`.
pub fn files<'p>(path: &Path, pages: &'p [Page], format: Format) -> Vec<(PathBuf, &'p [Page])> {
    if format.holds_pages() {
        return vec![(path.to_path_buf(), pages)];
    }
    let digits = pages.len().to_string().len();
    let file = |(n, page): (usize, &'p Page)| match n {
        0 => (path.to_path_buf(), std::slice::from_ref(page)),
        n => {
            let mut name = path.file_stem().unwrap_or_default().to_os_string();
            name.push(format!("-{:0digits$}-{}", n + 1, file_name(&page.name)));
            if let Some(ending) = path.extension() {
                name.push(".");
                name.push(ending);
            }
            (path.with_file_name(name), std::slice::from_ref(page))
        }
    };
    pages.iter().enumerate().map(file).collect()
}

/// Longest part of a file's name that a page's name makes. Stops: names that a file system has no room for.
const FILE_NAME: usize = 40;

/// A page's name in letters, digits and hyphens, which mean nothing to any shell or file system.
fn file_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { ' ' }).collect();
    let joined = plain.split_whitespace().collect::<Vec<_>>().join("-");
    let cut: String = joined.chars().take(FILE_NAME).collect();
    match cut.trim_matches('-') {
        "" => "page".to_string(),
        name => name.to_string(),
    }
}

/// A file that is written, but not yet in its place.
pub struct Prepared {
    /// As the user named it.
    path: PathBuf,
    waiting: Waiting,
}

enum Waiting {
    /// The bytes stand in a file beside the one that it becomes.
    File { target: PathBuf, temporary: tempfile::NamedTempFile },
    /// A device or a pipe has nothing that could be half new: it is written to as it is.
    Stream(Vec<u8>),
}

/// What a file is worth, which says who may read it, and whether it has to outlive a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Made again by the same command.
    Picture,
    /// A page that a person may have drawn on.
    Page,
    /// What an account said, for its owner only.
    Account,
}

/// Writes a file's bytes to a temporary one beside it, so that no reader ever sees half of it. Where several files
/// are to be written, all are prepared before the first is put in its place.
pub fn prepare(path: PathBuf, bytes: &[u8], content: Content) -> Result<Prepared, Diagnostic> {
    let failed = |error| failed(&path, &error);
    if path.is_dir() {
        return Err(Diagnostic::error("output-is-a-folder", format!("{} is a folder", path.display()))
            .hint("name a file in it, such as arch.svg"));
    }
    if std::fs::metadata(&path).is_ok_and(|there| !there.is_file()) {
        return Ok(Prepared { path, waiting: Waiting::Stream(bytes.to_vec()) });
    }
    let target = target(&path).map_err(failed)?;
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = match content {
            // As any other file that a program makes: the user's umask takes away what it should.
            Content::Picture | Content::Page => 0o666,
            Content::Account => 0o600,
        };
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let mut temporary = interruption::tempfile(|| builder.prefix(".eksdiagram").tempfile_in(folder)).map_err(failed)?;
    temporary.write_all(bytes).map_err(failed)?;
    match content {
        Content::Picture => {}
        Content::Page | Content::Account => temporary.as_file().sync_all().map_err(failed)?,
    }
    Ok(Prepared { path, waiting: Waiting::File { target, temporary } })
}

impl Prepared {
    pub fn put_in_place(self) -> Result<(), Diagnostic> {
        let put = match self.waiting {
            Waiting::File { target, temporary } => interruption::persist(temporary, &target),
            Waiting::Stream(bytes) => std::fs::OpenOptions::new()
                .write(true)
                .open(&self.path)
                .and_then(|mut stream| stream.write_all(&bytes).and_then(|()| stream.flush())),
        };
        put.map_err(|error| failed(&self.path, &error))
    }
}

/// The file that a path leads to: a link stays, and what it names is written, whether or not it is there.
fn target(path: &Path) -> std::io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..LINKS {
        match std::fs::read_link(&path) {
            // A link's text is a path from the folder that it stands in.
            Ok(named) => path = path.parent().unwrap_or(Path::new("")).join(named),
            Err(_) => return Ok(path),
        }
    }
    Err(std::io::Error::other("its links lead to each other"))
}

/// Links that are followed one to the next. Source: Linux, `path_resolution(7)`.
const LINKS: usize = 40;

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
