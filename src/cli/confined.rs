//! Documents and project files may come from strangers: what they name, to be read or written, stays in one folder.

use std::path::{Component, Path, PathBuf};

use crate::diag::Diagnostic;

/// The folder that is not left.
pub struct Root {
    shown: PathBuf,
    /// Links resolved.
    resolved: PathBuf,
}

impl Root {
    /// Fails where there is no such folder.
    pub fn new(folder: &Path) -> Result<Root, Diagnostic> {
        let shown = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_path_buf() };
        match shown.canonicalize() {
            Ok(resolved) => Ok(Root { shown, resolved }),
            Err(error) => Err(Diagnostic::error("cannot-read", format!("{} cannot be read: {error}", shown.display()))),
        }
    }

    /// Whether the folder holds `path`, or would hold it if it were made. A link counts as what it leads to.
    pub fn holds(&self, path: &Path) -> bool {
        // What is there is resolved by the system; what is not there yet must not climb.
        let mut there = path;
        let mut rest = Vec::new();
        loop {
            let probe = if there.as_os_str().is_empty() { Path::new(".") } else { there };
            if let Ok(resolved) = probe.canonicalize() {
                return resolved.starts_with(&self.resolved)
                    && rest.iter().all(|part| matches!(part, Component::Normal(_)));
            }
            let (Some(parent), Some(last)) = (there.parent(), there.components().next_back()) else { return false };
            // A link to nothing would be written through.
            if there.is_symlink() {
                return false;
            }
            rest.push(last);
            there = parent;
        }
    }

    /// An error, without a place, where the folder does not hold `path`.
    pub fn check(&self, path: &Path) -> Result<(), Diagnostic> {
        if self.holds(path) {
            return Ok(());
        }
        let message = format!("{} is outside of {}, and is neither read nor written", path.display(), self.name());
        Err(Diagnostic::error("outside-folders", message))
    }

    fn name(&self) -> String {
        match self.shown.as_os_str() == "." {
            true => "the folder that the program runs in".to_string(),
            false => self.shown.display().to_string(),
        }
    }
}

/// The folder that a file stands in, as it is put before what the file names: empty for the current one.
pub fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    folder.components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_what_is_in_it_and_what_could_be_made_in_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir_all(folder.path().join("in/deep")).expect("writable");
        std::fs::write(folder.path().join("out.yaml"), "").expect("writable");
        let root = Root::new(&folder.path().join("in")).expect("it is there");
        let holds = |path: &str| root.holds(&folder.path().join("in").join(path));
        for inside in ["a.svg", "deep/a.svg", "deep/../a.svg", "new/folder/a.svg", "../in/a.svg"] {
            assert!(holds(inside), "{inside}");
        }
        for outside in ["../a.svg", "../out.yaml", "deep/../../a.svg", "new/../../a.svg", "/etc/passwd", ".."] {
            assert!(!holds(outside), "{outside}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_what_it_leads_to() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(path("in/deep")).expect("writable");
        for (to, name) in [(".", "in/away"), ("in/deep", "in/near"), ("gone.svg", "in/gone.svg")] {
            std::os::unix::fs::symlink(path(to), path(name)).expect("a link");
        }
        let root = Root::new(&path("in")).expect("it is there");
        assert!(root.holds(&path("in/near/a.svg")));
        assert!(!root.holds(&path("in/away/a.svg")));
        assert!(!root.holds(&path("in/gone.svg")));
    }

    #[test]
    fn the_folder_of_a_file_is_put_before_what_the_file_names() {
        assert_eq!(folder_of(Path::new("a.md")), Path::new(""));
        assert_eq!(folder_of(Path::new("./a.md")), Path::new(""));
        assert_eq!(folder_of(Path::new("./docs/a.md")), Path::new("docs"));
        assert_eq!(folder_of(Path::new("/x/a.md")), Path::new("/x"));
    }
}
