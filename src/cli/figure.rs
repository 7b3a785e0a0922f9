//! A figure that a file asks for, a document or a project file: drawn, and not written yet.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, Parser};

use super::confined::Root;
use super::input::{self, is_stdin};
use super::made::{self, Made};
use super::said::Said;
use super::{Figure, Messages, ThemeName, drawing};
use crate::diag::{Diagnostic, Sources};
use crate::secrets;
use crate::write::Format;

/// Where a figure is written down.
pub struct Where<'a> {
    /// What it names is relative to this folder; empty for the current one.
    pub folder: &'a Path,
    /// What it reads and writes stays in this one.
    pub root: &'a Root,
    /// The first source, and its name: the file in which its overrides stand.
    pub asked_in: Option<(&'a str, &'a str)>,
    /// A template that is written there itself, which the input `-` stands for, and the name of the file.
    pub template: Option<(&'a Path, String)>,
}

/// A picture that is asked for.
pub struct Output {
    /// Relative to the figure's folder.
    pub path: PathBuf,
    pub format: Format,
    /// Instead of the figure's.
    pub theme: Option<ThemeName>,
}

pub struct Drawn {
    pub files: Vec<Made>,
    /// What the first page shows, for people who cannot see it.
    pub description: String,
}

/// What the command line's options say of a figure; where it goes is said elsewhere.
#[derive(Parser)]
#[command(no_binary_name = true, disable_help_flag = true)]
struct Words {
    #[command(flatten)]
    figure: Figure,
}

/// The figure of these words. Fails as the command line would.
pub fn parsed(words: Vec<String>) -> Result<Figure, Diagnostic> {
    let fault = |error: clap::Error| {
        let said = error.to_string();
        let mut lines = said.lines().map(str::trim);
        let message = lines.next().unwrap_or_default().trim_start_matches("error: ").to_string();
        let diagnostic = Diagnostic::error("figure-arguments", message);
        lines.filter_map(|line| line.strip_prefix("tip: ")).fold(diagnostic, Diagnostic::hint)
    };
    Words::try_parse_from(words).map(|words| words.figure).map_err(fault)
}

/// The names of a figure's options.
pub fn options() -> Vec<String> {
    Words::command().get_arguments().filter_map(|option| option.get_long()).map(str::to_string).collect()
}

/// Whether a command line says anything of a figure.
pub fn is_told(matches: &ArgMatches) -> bool {
    let command = Words::command();
    let mut options = command.get_arguments().map(|option| option.get_id().as_str());
    options.any(|option| matches.value_source(option) == Some(ValueSource::CommandLine))
}

/// The error that one cannot be drawn, beside what was said of its inputs.
pub fn not_drawn(outputs: &[Output]) -> Diagnostic {
    let name = outputs.first().map(|output| output.path.display().to_string()).unwrap_or_default();
    Diagnostic::error("figure-not-drawn", format!("{name} is not drawn")).hint("what is wrong with it is said above")
}

/// Draws it; `None`, with an error among the diagnostics, where it cannot be drawn. The sources are what it read.
pub fn draw(
    figure: &Figure,
    place: &Where,
    outputs: &[Output],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Drawn>, Sources) {
    let figure = in_folder(figure.clone(), place.folder);
    let mut files = input::Files::default();
    if let Err(diagnostic) = is_confined(&figure, place, outputs) {
        diagnostics.push(diagnostic);
        return (None, files.sources);
    }
    if let Some((name, text)) = place.asked_in {
        let file = files.sources.add_beside(name, text);
        files.paths.push((file, PathBuf::from(name)));
    }
    for input in &figure.inputs.inputs {
        match &place.template {
            Some((name, text)) if is_stdin(input) => {
                let file = files.sources.add(name.display().to_string(), secrets::without_passwords(text));
                files.paths.push((file, name.to_path_buf()));
            }
            _ => input::read_one(input, &mut files, diagnostics),
        }
    }
    let drawn = drawn(&figure, place.folder, outputs, &mut files, diagnostics);
    (drawn, files.sources)
}

fn drawn(
    figure: &Figure,
    folder: &Path,
    outputs: &[Output],
    files: &mut input::Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Drawn> {
    let understood = drawing::understand(&figure.inputs, figure.drawing.endpoint, files, diagnostics)?;
    let pages = drawing::lay_out(&drawing::compose(&understood, &figure.drawing, diagnostics)?, diagnostics);
    let sources = named_from(&files.sources, folder);
    let mut made = Vec::new();
    for output in outputs {
        let mut figure = figure.clone();
        figure.drawing.theme = output.theme.unwrap_or(figure.drawing.theme);
        match made::files(&figure, &[(joined(folder, &output.path), output.format)], &pages, &sources, diagnostics) {
            Ok(mut files) => made.append(&mut files),
            Err(diagnostic) => {
                diagnostics.push(diagnostic);
                return None;
            }
        }
    }
    let description = pages.first().map(|page| page.scene.description.clone()).unwrap_or_default();
    Some(Drawn { files: made, description })
}

/// The figure as it is from the folder that the program runs in.
fn in_folder(mut figure: Figure, folder: &Path) -> Figure {
    let files = figure.inputs.inputs.iter_mut().filter(|input| !is_stdin(input));
    for path in files.chain(&mut figure.inputs.parameter_files).chain(&mut figure.drawing.icons) {
        *path = folder.join(&*path);
    }
    figure
}

fn is_confined(figure: &Figure, place: &Where, outputs: &[Output]) -> Result<(), Diagnostic> {
    let stdin = figure.inputs.inputs.iter().filter(|input| is_stdin(input)).count();
    if stdin > usize::from(place.template.is_some()) {
        let message = "- is the template that a block holds, and there is none";
        return Err(Diagnostic::error("figure-arguments", message).hint("name a file"));
    }
    let files = figure.inputs.inputs.iter().filter(|input| !is_stdin(input));
    for path in files.chain(&figure.inputs.parameter_files).chain(&figure.drawing.icons) {
        place.root.check(path)?;
    }
    outputs.iter().try_for_each(|output| place.root.check(&joined(place.folder, &output.path)))
}

/// A file's path without detours, so that one file has one.
fn joined(folder: &Path, path: &Path) -> PathBuf {
    let mut joined = PathBuf::new();
    for part in folder.join(path).components() {
        match part {
            Component::ParentDir if matches!(joined.components().next_back(), Some(Component::Normal(_))) => {
                joined.pop();
            }
            Component::CurDir => {}
            part => joined.push(part),
        }
    }
    joined
}

/// The sources as the file that asks for the figure names them: a picture is the same wherever the program runs.
fn named_from(sources: &Sources, folder: &Path) -> Sources {
    sources.renamed(|name| match Path::new(name).strip_prefix(folder) {
        Ok(short) => short.display().to_string(),
        Err(_) => name.to_string(),
    })
}

/// Writes the files of several figures, or compares them; all or nothing. What is there already is not written again:
/// whoever watches files would take that for a change. Says what there is to say.
pub fn put(mut files: Vec<Made>, check: bool, mut said: Said, messages: &Messages) -> ExitCode {
    said.diagnostics.extend(twice(&files));
    if !drawing::has_error(&said.diagnostics) {
        if check {
            said.diagnostics.extend(made::compare(&files));
        } else {
            files.retain(|made| !made.is_there());
            let written = with_folders(&files).and_then(|()| made::write(&files, &mut said.diagnostics));
            said.diagnostics.extend(written.err());
        }
    }
    let worst = said.diagnostics.iter().map(|diagnostic| diagnostic.severity).max();
    messages.print(&mut said.diagnostics, &said.sources);
    messages.exit_code(worst)
}

/// Makes the folders that the files go to.
fn with_folders(files: &[Made]) -> Result<(), Diagnostic> {
    files.iter().filter_map(|made| made.path.parent()).try_for_each(|folder| {
        std::fs::create_dir_all(folder)
            .map_err(|error| Diagnostic::error("cannot-write", format!("{} cannot be made: {error}", folder.display())))
    })
}

/// An error for each file that is made in two ways.
fn twice(files: &[Made]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<&Path, &Made> = BTreeMap::new();
    let mut faults = Vec::new();
    for made in files {
        let first = *seen.entry(&made.path).or_insert(made);
        if first.bytes != made.bytes {
            let message = format!("{} is asked for twice, and not alike", made.path.display());
            let fault = Diagnostic { origin: made.asked_by.clone(), ..Diagnostic::error("output-twice", message) };
            faults.push(match &first.asked_by {
                Some(origin) => fault.related("asked for here as well", origin.clone()),
                None => fault,
            });
        }
    }
    faults
}
