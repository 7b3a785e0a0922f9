//! One run: draw, check, write.

use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{Draw, Figure, FormatName, ReportName, StageName, ViewName, drawing, drift, input, made, output, project};
use crate::diag::{Diagnostic, Sources};
use crate::emit;
use crate::layout::check;
use crate::visible;
use crate::write::{self, Format};

pub fn run(arguments: &Draw) -> ExitCode {
    if arguments.figure.inputs.inputs.is_empty() {
        return usage(&format!("name an input; without any, {} in this folder says what is drawn", project::NAME));
    }
    let formats = match formats(arguments) {
        Ok(formats) => formats,
        Err(message) => return usage(&message),
    };
    if arguments.check_layout && !matches!(arguments.messages.diagnostics, ReportName::Text) {
        return usage("--check-layout lists what it finds as text: it goes with --diagnostics text only");
    }
    if !arguments.against.is_empty() && !matches!(arguments.figure.drawing.view, ViewName::Network) {
        return usage("--against draws the network: it goes with --view network only");
    }
    if arguments.check && arguments.outputs.is_empty() && arguments.against.is_empty() {
        return usage("--check compares files: name them, -o arch.svg");
    }
    let mut diagnostics = Vec::new();
    let mut read = input::read(&arguments.figure.inputs.inputs, &mut diagnostics);
    let code = draw(arguments, &formats, &mut read, &mut diagnostics);
    arguments.messages.print(&mut diagnostics, &read.sources);
    code
}

/// Draws and writes everything, or nothing.
fn draw(
    arguments: &Draw,
    formats: &[(Option<PathBuf>, Format)],
    files: &mut input::Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> ExitCode {
    // The process ends with the picture: what was made on the way goes back to the system with it, at once and not
    // piece by piece.
    let Figure { inputs, drawing, .. } = &arguments.figure;
    let Some(understood) = drawing::understand(inputs, drawing.endpoint, files, diagnostics) else {
        return ExitCode::FAILURE;
    };
    let understood = ManuallyDrop::new(understood);
    if let Some(stage) = arguments.emit {
        let text = match stage {
            StageName::Inventory => emit::inventory(&understood.inventory, &files.sources),
            StageName::Architecture => {
                emit::architecture(&understood.architecture, &understood.inventory, &files.sources)
            }
        };
        if let Err(diagnostic) = output::stdout(text.as_bytes()) {
            diagnostics.push(diagnostic);
            return ExitCode::FAILURE;
        }
        if formats.is_empty() && !arguments.check_layout {
            return finished(arguments, diagnostics);
        }
    }
    let mut drift = None;
    if !arguments.against.is_empty() {
        drift = drift::find(arguments, &understood, files, diagnostics);
        match &drift {
            None => return ExitCode::FAILURE,
            Some(drift) if arguments.check && arguments.outputs.is_empty() => {
                return drift::print(drift, &files.sources, arguments, diagnostics);
            }
            Some(_) => {}
        }
    }
    let composed = match &drift {
        Some(drift) if !drift.changes.is_empty() => Some(drawing::compose_drift(drift, drawing)),
        Some(_) | None => drawing::compose(&understood, drawing, diagnostics),
    };
    let Some(composed) = composed else { return ExitCode::FAILURE };
    let composed = ManuallyDrop::new(composed);
    let pages = ManuallyDrop::new(drawing::lay_out(&composed, diagnostics));
    let lawful = !arguments.check_layout || check_layout(&pages, arguments.messages.verbose);
    if let Err(diagnostic) = put(arguments, formats, &pages, &files.sources, diagnostics) {
        diagnostics.push(diagnostic);
        return ExitCode::FAILURE;
    }
    if let Some(drift) = &drift {
        drift::say(drift, &files.sources, &arguments.messages);
    }
    if lawful { finished(arguments, diagnostics) } else { ExitCode::FAILURE }
}

/// The exit code of a run that went well but for its warnings.
fn finished(arguments: &Draw, diagnostics: &[Diagnostic]) -> ExitCode {
    arguments.messages.exit_code(diagnostics.iter().map(|diagnostic| diagnostic.severity).max())
}

/// What is made of the pages: written, all or nothing, or only compared with what is there.
fn put(
    arguments: &Draw,
    formats: &[(Option<PathBuf>, Format)],
    pages: &[write::Page],
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    let to_files = |(path, format): &(Option<PathBuf>, Format)| path.clone().map(|path| (path, *format));
    let outputs: Vec<(PathBuf, Format)> = formats.iter().filter_map(to_files).collect();
    let files = made::files(&arguments.figure, &outputs, pages, sources, diagnostics)?;
    if arguments.check {
        diagnostics.extend(made::compare(&files));
        return Ok(());
    }
    if let [(None, format)] = formats {
        let options = drawing::write_options(&arguments.figure.drawing)?;
        let options = write::Options { diagnostics: diagnostics.clone(), ..options };
        output::stdout(&write::write_pages(first_file(pages, *format, diagnostics), *format, sources, &options)?)?;
    }
    made::write(&files, diagnostics)
}

/// What goes to standard output, which has no room beside it.
fn first_file<'p>(pages: &'p [write::Page], format: Format, diagnostics: &mut Vec<Diagnostic>) -> &'p [write::Page] {
    match pages {
        [first, others @ ..] if !format.holds_pages() && !others.is_empty() => {
            let message = format!("only the first of {} pages fits standard output", pages.len());
            diagnostics.push(
                Diagnostic::warning("pages-left-out", message)
                    .hint("name a file, which the others stand beside: -o arch.svg")
                    .hint("or draw everything on one page: --expand"),
            );
            std::slice::from_ref(first)
        }
        _ => pages,
    }
}

/// Each output with its format. Without any, SVG goes to standard output, but not to a terminal.
fn formats(arguments: &Draw) -> Result<Vec<(Option<PathBuf>, Format)>, String> {
    let asked = arguments.format.map(|format| match format {
        FormatName::Svg => Format::Svg,
        FormatName::Png => Format::Png,
        FormatName::Drawio => Format::Drawio,
        FormatName::DrawioSvg => Format::DrawioSvg,
        FormatName::DrawioPng => Format::DrawioPng,
        FormatName::Json => Format::Json,
        FormatName::Html => Format::Html,
    });
    if arguments.check && arguments.outputs.is_empty() {
        return match arguments.format {
            None | Some(FormatName::Json) => Ok(Vec::new()),
            Some(_) => Err("--check lists what differs as text, or with --format json".to_string()),
        };
    }
    if arguments.outputs.is_empty() {
        if arguments.emit.is_some() {
            return Ok(Vec::new());
        }
        if std::io::IsTerminal::is_terminal(&std::io::stdout()) {
            return Err("name an output: -o arch.svg".to_string());
        }
        return Ok(vec![(None, asked.unwrap_or(Format::Svg))]);
    }
    let format = |path: &PathBuf| {
        Format::from_path(path).or(asked).map(|format| (Some(path.clone()), format)).ok_or_else(|| {
            format!("{}: no format has this ending; use .svg, .png, .drawio, .drawio.svg, .drawio.png, .html or .json, or say --format", path.display())
        })
    };
    arguments.outputs.iter().map(format).collect()
}

pub fn usage(message: &str) -> ExitCode {
    anstream::eprintln!("error: {message}\n\nFor more information, try '--help'.");
    ExitCode::from(2)
}

/// Prints what the scenes break, and whether they break nothing; how good they are as well, where that is asked for.
fn check_layout(pages: &[write::Page], verbose: bool) -> bool {
    let mut broken = 0;
    for write::Page { name, scene } in pages {
        let place = if pages.len() > 1 { format!("{}: ", visible::line(name)) } else { String::new() };
        let violations = check::check(scene);
        for violation in &violations {
            anstream::eprintln!("{place}{}", visible::line(&violation.to_string()));
        }
        for relaxed in &scene.relaxed {
            anstream::eprintln!("{place}relaxed: {}", visible::line(relaxed));
        }
        if verbose {
            anstream::eprintln!("{place}checked: {} items, {} laws", scene.items.len(), check::LAWS);
            anstream::eprintln!("{place}measured: {}", check::metrics(scene));
        }
        broken += violations.len();
    }
    anstream::eprintln!("laws: {broken} broken");
    broken == 0
}
