//! The gallery in out/: every picture is what the program makes today, to the byte.

mod figures {
    pub mod icons;
}
mod golden;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use toml::{Table, Value};

/// A picture of the gallery: its name in out/, the arguments that make it, and the formats in which it is kept.
struct Figure {
    name: String,
    arguments: Vec<String>,
    endings: Vec<String>,
}

/// What the project file lists.
fn gallery() -> Vec<Figure> {
    let text = std::fs::read_to_string(root().join("eksdiagram.toml")).expect("the project file is there");
    let file: Table = text.parse().expect("TOML");
    let figures: Vec<Figure> = file["figure"].as_array().expect("figures").iter().map(figure).collect();
    assert!(figures.len() >= 30, "the gallery holds {} figures", figures.len());
    figures
}

fn figure(listed: &Value) -> Figure {
    let texts = |key: &str| {
        let list = listed[key].as_array().expect("a list").iter();
        list.map(|text| text.as_str().expect("a text").to_string()).collect::<Vec<_>>()
    };
    let mut arguments = texts("inputs");
    for (key, value) in listed.as_table().expect("a table") {
        match value {
            Value::Boolean(true) => arguments.push(format!("--{key}")),
            Value::String(text) => arguments.push(format!("--{key}={text}")),
            Value::Table(pairs) => {
                let pair =
                    |(name, value): (&String, &Value)| format!("--{key}={name}={}", value.as_str().expect("a text"));
                arguments.extend(pairs.iter().map(pair));
            }
            _ => assert!(["inputs", "outputs"].contains(&key.as_str()), "{key}: {value:?}"),
        }
    }
    let outputs = texts("outputs");
    let (name, _) = outputs[0].strip_prefix("out/").and_then(|file| file.split_once('.')).expect("a picture in out/");
    let ending = |file: &String| file.strip_prefix(&format!("out/{name}.")).expect("files of one name").to_string();
    Figure { name: name.to_string(), arguments, endings: outputs.iter().map(ending).collect() }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Draws into a fresh folder; gives the folder and what the program said.
fn draw(arguments: &[impl AsRef<std::ffi::OsStr>], name: &str, endings: &[String]) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir_all(made(folder.path(), name, "").parent().expect("a folder")).expect("its folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_eksdiagram"));
    command.current_dir(root()).args(arguments).arg("--check-layout");
    for ending in endings {
        command.arg("-o").arg(made(folder.path(), name, ending));
    }
    let output = command.output().expect("the program runs");
    (folder, output)
}

fn made(folder: &Path, name: &str, ending: &str) -> PathBuf {
    folder.join(format!("{name}.{ending}"))
}

#[test]
fn every_figure_is_the_one_that_was_accepted() {
    let mut differences = Vec::new();
    for figure in gallery() {
        let (folder, output) = draw(&figure.arguments, &figure.name, &figure.endings);
        assert!(output.status.code().is_some_and(|code| code < 2), "{}: {}", figure.name, said(&output));
        for ending in &figure.endings {
            let bytes = std::fs::read(made(folder.path(), &figure.name, ending)).expect("the output is there");
            differences.extend(golden::hold(&format!("out/{}.{ending}", figure.name), &bytes).err());
        }
    }
    golden::all_hold(differences, "figures", "each PNG in out/, at full size,");
}

/// What has no room is left out, and the scene says so: a legend would explain a step that is nowhere.
#[test]
fn no_figure_leaves_a_line_a_label_or_a_step_out() {
    for Figure { name, arguments, .. } in gallery() {
        let (folder, output) = draw(&arguments, &name, &["json".to_string()]);
        assert!(output.status.code().is_some_and(|code| code < 2), "{name}: {}", said(&output));
        let scene = std::fs::read(made(folder.path(), &name, "json")).expect("the output is there");
        let scene: serde_json::Value = serde_json::from_slice(&scene).expect("JSON");
        assert_eq!(scene.get("relaxed"), None, "{name}");
    }
}

#[test]
fn every_fixture_of_a_figure_is_in_the_gallery() {
    let drawn: Vec<String> = gallery().into_iter().flat_map(|figure| figure.arguments).collect();
    for entry in std::fs::read_dir(root().join("fixtures/figures")).expect("the inputs of the gallery") {
        let name = entry.expect("a file").file_name().into_string().expect("a name in UTF-8");
        assert!(drawn.contains(&format!("fixtures/figures/{name}")), "eksdiagram.toml has no figure of {name}");
    }
}

#[test]
fn the_sheet_of_icons_is_the_one_that_was_accepted() {
    let sheet = figures::icons::sheet();
    golden::all_hold(golden::hold("out/icons.png", &sheet).err().into_iter().collect(), "figures", "out/icons.png");
}

/// `relaxed` is of pictures that no gallery shows.
#[test]
fn the_fields_of_the_json_are_those_that_the_docs_explain() {
    let docs = std::fs::read_to_string(root().join("docs/scene-json.md")).expect("the docs");
    let cells = docs.lines().filter(|line| line.starts_with("| `")).filter_map(|line| line.split('|').nth(1));
    let explained: BTreeSet<String> =
        cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_string).collect();
    let mut used = BTreeSet::from(["relaxed".to_string()]);
    let files = std::fs::read_dir(root().join("out")).expect("the gallery").map(|entry| entry.expect("a file").path());
    for file in files.filter(|file| file.extension().is_some_and(|ending| ending == "json")) {
        let text = std::fs::read(file).expect("a picture");
        let page: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        let items = page["items"].as_array().expect("items");
        for fields in std::iter::once(&page).chain(items) {
            used.extend(fields.as_object().expect("a map").keys().cloned());
        }
    }
    assert_eq!(used, explained);
}

#[test]
fn no_figure_breaks_a_law_of_layout() {
    for figure in gallery() {
        let (_folder, output) = draw(&figure.arguments, &figure.name, &figure.endings);
        assert!(said(&output).contains("laws: 0 broken"), "{}:\n{}", figure.name, said(&output));
        assert_eq!(output.status.code(), Some(0), "{}", figure.name);
    }
}

#[test]
fn no_figure_is_drawn_under_protest() {
    for figure in gallery() {
        let (_folder, output) = draw(&figure.arguments, &figure.name, &figure.endings);
        assert!(!said(&output).contains("warning"), "{}:\n{}", figure.name, said(&output));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let figure = &gallery()[0];
    let (first, _) = draw(&figure.arguments, &figure.name, &figure.endings);
    let (second, _) = draw(&figure.arguments, &figure.name, &figure.endings);
    for ending in &figure.endings {
        let [a, b] = [&first, &second].map(|folder| std::fs::read(made(folder.path(), &figure.name, ending)));
        assert!(a.expect("drawn") == b.expect("drawn"), "two runs differ in {ending}");
    }
}

/// A JSON page names lines of the input, so it may differ; the pictures may not.
#[test]
fn the_order_of_resources_does_not_change_the_picture() {
    for figure in gallery() {
        let shuffled = tempfile::tempdir().expect("a temporary folder");
        let turned = |argument: &String| match argument.ends_with(".yaml") {
            true => reversed(argument, shuffled.path()),
            false => PathBuf::from(argument),
        };
        let arguments: Vec<PathBuf> = figure.arguments.iter().map(turned).collect();
        let (as_written, _) = draw(&figure.arguments, &figure.name, &figure.endings);
        let (turned, output) = draw(&arguments, &figure.name, &figure.endings);
        for ending in figure.endings.iter().filter(|ending| *ending != "json") {
            let [a, b] = [&as_written, &turned].map(|folder| std::fs::read(made(folder.path(), &figure.name, ending)));
            let (a, b) = (a.expect("drawn"), b.unwrap_or_else(|error| panic!("{error}: {}", said(&output))));
            assert!(a == b, "{}.{ending} depends on the order of resources", figure.name);
        }
    }
}

/// The same input with its `Resources` in reverse order, under the same name in another folder.
fn reversed(input: &str, folder: &Path) -> PathBuf {
    let text = std::fs::read_to_string(root().join(input)).expect("the fixture is there");
    let path = folder.join(Path::new(input).file_name().expect("the fixture has a name"));
    let turned = match text.split_once("\nResources:\n") {
        None => text,
        Some((head, rest)) => {
            // A section ends where a line begins in the first column.
            let end = rest
                .match_indices('\n')
                .map(|(at, _)| at + 1)
                .find(|&at| rest[at..].starts_with(|c: char| c.is_ascii_alphabetic()));
            let (body, tail) = rest.split_at(end.unwrap_or(rest.len()));
            let mut resources = blocks(body);
            assert!(resources.len() > 5, "{input} has resources to reverse");
            resources.reverse();
            format!("{head}\nResources:\n{}{tail}", resources.concat())
        }
    };
    std::fs::write(&path, turned).expect("the temporary folder is writable");
    path
}

/// A section's entries: a line indented by two begins one.
fn blocks(body: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in body.split_inclusive('\n') {
        let begins = line.strip_prefix("  ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        match blocks.last_mut() {
            Some(block) if !begins => block.push_str(line),
            _ => blocks.push(line.to_string()),
        }
    }
    blocks
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
