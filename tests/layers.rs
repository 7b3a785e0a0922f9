//! Imports run one way: the table in docs/architecture.md says which module may import which, and this test holds
//! the code to it. The document is the rule; there is no second list here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What a module may import, in the order of the document: a module stands below those that import it.
struct Layers {
    order: Vec<String>,
    allowed: BTreeMap<String, Vec<String>>,
}

impl Layers {
    fn read() -> Layers {
        let path = root().join("docs/architecture.md");
        let text = std::fs::read_to_string(&path).expect("docs/architecture.md is there");
        let rows = text
            .lines()
            .skip_while(|line| !line.starts_with("| module | may import |"))
            .skip(2)
            .take_while(|line| line.starts_with('|'));
        let mut layers = Layers { order: Vec::new(), allowed: BTreeMap::new() };
        for row in rows {
            let mut cells = row.trim_matches('|').split('|').map(quoted);
            let (Some(modules), Some(imports)) = (cells.next(), cells.next()) else { panic!("odd row: {row}") };
            for module in modules {
                layers.allowed.insert(module.clone(), imports.clone());
                layers.order.push(module);
            }
        }
        layers
    }

    fn height(&self, module: &str) -> Option<usize> {
        self.order.iter().position(|other| other == module)
    }
}

/// The words between backquotes.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(String::from).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file of the library, with its path below src/.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file is text");
                let inside = path.strip_prefix(root().join("src")).expect("it is below src").to_path_buf();
                files.push((inside, text));
            }
        }
    }
    files.sort();
    files
}

/// The top-level module that a file belongs to.
fn module_of(file: &Path) -> String {
    let first = file.components().next().expect("a file has a name").as_os_str();
    Path::new(first).file_stem().expect("a file has a name").to_string_lossy().into_owned()
}

/// The top-level modules that a line of code names: `crate::geom::Px`, `use crate::{diag, geom::Px}`.
fn imported(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or_default();
    let mut modules = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => modules.extend(heads(list)),
            None => modules.push(identifier(rest)),
        }
    }
    modules.retain(|module| !module.is_empty());
    modules
}

/// The first names of a list in braces: of `diag, geom::{Px, Rect}}` these are `diag` and `geom`.
fn heads(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut heads = vec![String::new()];
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.push(String::new()),
            _ if depth == 0 => heads.last_mut().expect("there is one").push(c),
            _ => {}
        }
        if depth < 0 {
            break;
        }
    }
    heads.iter().map(|head| identifier(head.trim())).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Runs a `use` of several lines together, so that each is read as one line; keeps the number of its first line.
fn statements(text: &str) -> Vec<(usize, String)> {
    let mut statements: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        match statements.last_mut() {
            Some((_, statement)) if open => statement.push_str(line),
            _ => statements.push((number + 1, line.to_string())),
        }
        let begins = line.starts_with("use ") || line.starts_with("pub use ");
        open = (open || begins) && !line.ends_with(';');
    }
    statements
}

#[test]
fn every_import_is_one_that_the_architecture_allows() {
    let layers = Layers::read();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let module = module_of(&file);
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(allowed) = layers.allowed.get(&module) else {
            panic!("src/{}: docs/architecture.md does not say what `{module}` may import", file.display());
        };
        for (line, statement) in statements(&text) {
            for to in imported(&statement) {
                if to != module && !allowed.contains(&to) {
                    wrong.push(format!("src/{}:{line}: `{module}` may not import `{to}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "imports against docs/architecture.md:\n{}", wrong.join("\n"));
}

#[test]
fn an_allowed_import_runs_down() {
    let layers = Layers::read();
    for (module, imports) in &layers.allowed {
        for import in imports {
            let (Some(from), Some(to)) = (layers.height(module), layers.height(import)) else {
                panic!("docs/architecture.md lets `{module}` import `{import}`, of which it says nothing");
            };
            assert!(to < from, "docs/architecture.md lets `{module}` import `{import}`, which stands above it");
        }
    }
}

#[test]
fn the_architecture_names_every_module_of_the_library_and_no_other() {
    let layers = Layers::read();
    let text = std::fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs is there");
    let mut declared: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mut named: Vec<&str> = layers.order.iter().map(String::as_str).collect();
    declared.sort_unstable();
    named.sort_unstable();
    assert_eq!(named, declared);
}

#[test]
fn layout_knows_no_aws_and_writers_know_no_layout() {
    let layers = Layers::read();
    for aws in ["inventory", "kinds", "read", "architecture", "compose", "lang"] {
        assert!(!layers.allowed["layout"].iter().any(|module| module == aws), "layout may import {aws}");
        assert!(!layers.allowed["write"].iter().any(|module| module == aws), "write may import {aws}");
    }
    assert!(!layers.allowed["write"].iter().any(|module| module == "layout"));
}

#[test]
fn a_path_up_to_the_crate_is_written_from_the_crate() {
    for (file, text) in sources() {
        // A file `a.rs` or `a/mod.rs` is one module deep, `a/b.rs` two; an inline `mod tests` adds one.
        let depth = file.with_extension("").components().filter(|part| part.as_os_str() != "mod").count();
        let climb = "super::".repeat(depth + 1);
        for (line, statement) in statements(&text) {
            assert!(!statement.contains(&climb), "src/{}:{line}: write `crate::` instead", file.display());
        }
    }
}

#[test]
fn the_reader_of_imports_sees_lists_and_nested_lists() {
    assert_eq!(imported("use crate::{diag::{Origin, Place}, geom};"), ["diag", "geom"]);
    assert_eq!(imported("    let x = crate::text::width(y); // crate::look"), ["text"]);
    assert_eq!(imported("pub(crate) use super::x;"), Vec::<String>::new());
    assert_eq!(
        statements("use crate::{\n    a,\n    b,\n};\nfn f() {}\n"),
        [(1, "use crate::{a,b,};".into()), (5, "fn f() {}".into())]
    );
}
