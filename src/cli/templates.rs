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
    /// Those of the inputs.
    pub fn of(inputs: &[(FileId, PathBuf)]) -> Folders {
        let resolved = |path: &Path| path.canonicalize().ok();
        let files = inputs.iter().filter_map(|(file, input)| Some((*file, input.clone(), resolved(input)?))).collect();
        let roots = inputs
            .iter()
            .map(|(_, input)| input)
            .filter(|input| input.as_os_str() != "-")
            .filter_map(|input| resolved(folder(input)));
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
        syntax::decode(bytes).map_err(|mut diagnostic| {
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

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "Resources: {}\n";

    /// A folder `in` with an input `main.yaml`, beside a folder `out`; each with these files.
    fn folders(inside: &[&str], outside: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, files) in [("in", [&["main.yaml"], inside].concat()), ("out", outside.to_vec())] {
            for file in files {
                let path = folder.path().join(name).join(file);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
                std::fs::write(path, TEMPLATE).expect("writable");
            }
            std::fs::create_dir_all(folder.path().join(name)).expect("writable");
        }
        folder
    }

    /// What loading a location from `in/main.yaml` ends with: the file's number, nothing, or a code.
    fn load(folder: &tempfile::TempDir, location: &str) -> Result<Option<FileId>, &'static str> {
        let input = folder.path().join("in/main.yaml");
        let mut sources = Sources::default();
        let main = sources.add(input.display().to_string(), TEMPLATE);
        Folders::of(&[(main, input)]).load(&mut sources, main, location).map_err(|diagnostic| diagnostic.code)
    }

    #[test]
    fn a_template_is_found_by_its_path_and_beside_by_the_end_of_its_url() {
        let folder = folders(&["net.yaml", "deep/net.yaml"], &[]);
        for location in [
            "net.yaml",
            "./net.yaml",
            "deep/net.yaml",
            "deep/../net.yaml",
            "https://bucket.s3.amazonaws.com/a/b/net.yaml?versionId=1",
            "https://<Bucket>.s3.<AWS::Region>.amazonaws.com/net.yaml",
            "s3://bucket/net.yaml",
        ] {
            assert_eq!(load(&folder, location), Ok(Some(FileId(1))), "{location}");
        }
        assert_eq!(load(&folder, "main.yaml"), Ok(Some(FileId(0))), "an input is itself");
        for location in
            ["", "gone.yaml", "deep", "https://x/", "https://net.yaml", "https://x/<File>", "<Url>", "nul\0.yaml"]
        {
            assert_eq!(load(&folder, location), Ok(None), "{location}");
        }
    }

    #[test]
    fn nothing_is_read_outside_the_inputs_folders() {
        let folder = folders(&[], &["net.yaml"]);
        let absolute = folder.path().join("out/net.yaml").display().to_string();
        for location in ["../out/net.yaml", "./../out/../out/net.yaml", "/etc/passwd", &absolute] {
            assert_eq!(load(&folder, location), Err("outside-folders"), "{location}");
        }
        assert_eq!(load(&folder, "file:///etc/passwd"), Ok(None), "of a URL only the end counts");
    }

    #[test]
    fn another_input_s_folder_may_be_read_as_well() {
        let folder = folders(&[], &["net.yaml", "app.yaml"]);
        let inputs = ["in/main.yaml", "out/app.yaml"].map(|name| folder.path().join(name));
        let mut sources = Sources::default();
        let inputs = inputs.map(|input| (sources.add(input.display().to_string(), TEMPLATE), input));
        let loaded = Folders::of(&inputs).load(&mut sources, FileId(0), "../out/net.yaml");
        assert_eq!(loaded, Ok(Some(FileId(2))));
        assert!(!sources.source(FileId(2)).is_input());
    }

    #[test]
    fn nested_templates_of_more_bytes_together_are_left_out() {
        let folder = folders(&["a.yaml", "b.yaml", "c.yaml"], &[]);
        let input = folder.path().join("in/main.yaml");
        let mut sources = Sources::default();
        let main = sources.add(input.display().to_string(), TEMPLATE);
        let mut folders = Folders { left: 2 * TEMPLATE.len(), ..Folders::of(&[(main, input)]) };
        let mut load = |name| folders.load(&mut sources, main, name).map_err(|diagnostic| diagnostic.code);
        assert_eq!([load("a.yaml"), load("b.yaml")], [Ok(Some(FileId(1))), Ok(Some(FileId(2)))]);
        assert_eq!(load("c.yaml"), Err("input-too-large"));
        assert_eq!(load("a.yaml"), Ok(Some(FileId(1))), "it is there already");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_inputs_folders_is_not_followed() {
        let folder = folders(&["real.yaml"], &["net.yaml"]);
        let link = |to: &str, name: &str| {
            std::os::unix::fs::symlink(folder.path().join(to), folder.path().join("in").join(name)).expect("a link");
        };
        link("out/net.yaml", "net.yaml");
        link("out", "folder");
        link("in/real.yaml", "inner.yaml");
        assert_eq!(load(&folder, "net.yaml"), Err("outside-folders"));
        assert_eq!(load(&folder, "folder/net.yaml"), Err("outside-folders"));
        assert_eq!(load(&folder, "inner.yaml"), Ok(Some(FileId(1))));
    }
}
