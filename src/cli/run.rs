//! One run: read, model, compose, lay out, check, write.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{
    DetailName, Draw, EndpointName, FormatName, LanguageName, LegendWish, ReportName, StageName, ThemeName, ViewName,
    icons, input, output, templates, there,
};
use crate::architecture::{self, Architecture, EndpointMode};
use crate::compose::{self, ClusterView};
use crate::diag::{Diagnostic, Severity, Sources};
use crate::inventory::Inventory;
use crate::lang::Language;
use crate::layout::{self, check};
use crate::read;
use crate::verdicts;
use crate::write::{self, Format};

pub fn run(arguments: &Draw) -> ExitCode {
    let formats = match formats(arguments) {
        Ok(formats) => formats,
        Err(message) => return usage(&message),
    };
    if arguments.check_layout && !matches!(arguments.messages.diagnostics, ReportName::Text) {
        return usage("--check-layout lists what it finds as text: it goes with --diagnostics text only");
    }
    let mut diagnostics = Vec::new();
    let mut read = input::read(&arguments.inputs.inputs, &mut diagnostics);
    let code = draw(arguments, &formats, &mut read, &mut diagnostics);
    arguments.messages.print(&mut diagnostics, &read.sources);
    code
}

/// Draws and writes everything, or nothing.
fn draw(
    arguments: &Draw,
    formats: &[(Option<PathBuf>, Format)],
    read: &mut input::Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> ExitCode {
    let has_error = |d: &[Diagnostic]| d.iter().any(|d| d.severity == Severity::Error);
    if has_error(diagnostics) {
        return ExitCode::FAILURE;
    }
    // The process ends with the picture: what was made on the way goes back to the system with it, at once and not
    // piece by piece.
    let sources = &mut read.sources;
    let options = input::options(&arguments.inputs, sources, diagnostics);
    let mut folders = templates::Folders::of(&read.paths);
    let read = ManuallyDrop::new(read::read_keeping(sources, &options, Some(&mut folders), diagnostics));
    let inventory = &read.0;
    if has_error(diagnostics) {
        return ExitCode::FAILURE;
    }
    if let Some(StageName::Inventory) = arguments.emit
        && !emit(&crate::emit::inventory(inventory, sources), diagnostics)
    {
        return ExitCode::FAILURE;
    }
    let assumed = arguments.endpoint.map(|mode| match mode {
        EndpointName::Public => EndpointMode::Public,
        EndpointName::Private => EndpointMode::Private,
        EndpointName::Both => EndpointMode::Both,
    });
    let architecture = ManuallyDrop::new(architecture::model_as(inventory, assumed, diagnostics));
    if let Some(StageName::Architecture) = arguments.emit
        && !emit(&crate::emit::architecture(&architecture, inventory, sources), diagnostics)
    {
        return ExitCode::FAILURE;
    }
    if arguments.emit.is_some() && formats.is_empty() && !arguments.check_layout {
        return finished(arguments, diagnostics);
    }
    say_undrawn(inventory, &architecture, diagnostics);
    if has_error(diagnostics) {
        return ExitCode::FAILURE;
    }
    let pages = compose(&architecture, inventory, arguments);
    if pages.is_empty() {
        let message = "there is no cluster in the input, and this view shows nothing else";
        diagnostics.push(Diagnostic::error("no-cluster", message).hint("--view network draws the network itself"));
        return ExitCode::FAILURE;
    }
    let pages = ManuallyDrop::new(lay_out(pages, diagnostics));
    diagnostics.extend(write::missing_glyphs(pages.iter().map(|page| &page.scene)));
    let lawful = !arguments.check_layout || check_layout(&pages, arguments.messages.verbose);
    if let Err(diagnostic) = write_all(arguments, formats, &pages, sources, diagnostics) {
        diagnostics.push(diagnostic);
        return ExitCode::FAILURE;
    }
    if lawful { finished(arguments, diagnostics) } else { ExitCode::FAILURE }
}

/// The pages of the view that is asked for.
fn compose(architecture: &Architecture, inventory: &Inventory, arguments: &Draw) -> Vec<compose::Page> {
    let options = compose_options(arguments);
    let verdicts = match options.view {
        compose::View::Network => Vec::new(),
        _ => verdicts::judge(inventory, architecture),
    };
    let mut pages = compose::compose(architecture, &verdicts, &options);
    if matches!(options.view, compose::View::EndpointModes | compose::View::All) {
        let modes = EndpointMode::ALL.map(|mode| {
            let architecture = architecture::model_as(inventory, Some(mode), &mut Vec::new());
            let verdicts = verdicts::judge(inventory, &architecture);
            (mode, architecture, verdicts)
        });
        pages.extend(compose::compose_modes(&modes, &options));
    }
    pages
}

/// The exit code of a run that went well but for its warnings.
fn finished(arguments: &Draw, diagnostics: &[Diagnostic]) -> ExitCode {
    arguments.messages.exit_code(diagnostics.iter().map(|diagnostic| diagnostic.severity).max())
}

/// Prints a stage's text; false, with an error said, where that is not possible.
fn emit(text: &str, diagnostics: &mut Vec<Diagnostic>) -> bool {
    match output::stdout(text.as_bytes()) {
        Ok(()) => true,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            false
        }
    }
}

fn lay_out(pages: Vec<compose::Page>, diagnostics: &mut Vec<Diagnostic>) -> Vec<write::Page> {
    let lay_out = |page: compose::Page| {
        for line in page.left_out {
            let message = format!("a line is not drawn because what it joins is not: {line}");
            diagnostics.push(Diagnostic::warning("line-not-drawn", message));
        }
        let diagram = ManuallyDrop::new(page.diagram);
        write::Page { scene: layout::lay_out(&diagram), name: page.name }
    };
    pages.into_iter().map(lay_out).collect()
}

/// Writes all outputs, or none of them.
fn write_all(
    arguments: &Draw,
    formats: &[(Option<PathBuf>, Format)],
    pages: &[write::Page],
    sources: &Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Diagnostic> {
    let theme = match arguments.theme {
        ThemeName::Light => write::Theme::Light,
        ThemeName::Dark => write::Theme::Dark,
        ThemeName::Auto => write::Theme::Auto,
        ThemeName::Print => write::Theme::Print,
    };
    let link_base = arguments.link_base.clone();
    let mut options = write::Options { scale: arguments.scale, theme, link_base, ..write::Options::default() };
    if let Some(folder) = &arguments.icons {
        icons::read(folder, &mut options.icons)?;
    }
    let (mut files, mut reports) = (Vec::new(), Vec::new());
    for (path, format) in formats {
        let Some(path) = path else {
            output::stdout(&write::write_pages(first_file(pages, *format, diagnostics), *format, sources, &options)?)?;
            continue;
        };
        for (path, pages) in output::files(path, pages, *format) {
            let bytes = match pages {
                [first, ..] if format.is_drawio() => {
                    let fresh = write::file(pages, sources, &options);
                    let (file, report) = there::drawn_over(&path, &fresh, arguments)?;
                    reports.push((path.clone(), *format, report));
                    write::write_file(&file, &first.scene, *format, sources, &options)?
                }
                _ => write::write_pages(pages, *format, sources, &options)?,
            };
            files.push(output::prepare(path, &bytes, output::Access::Usual)?);
        }
    }
    files.into_iter().try_for_each(output::Prepared::put_in_place)?;
    diagnostics.extend(reports.iter().flat_map(|(path, format, report)| there::said(path, *format, report)));
    Ok(())
}

/// What goes to standard output, which has no room beside it.
fn first_file<'p>(pages: &'p [write::Page], format: Format, diagnostics: &mut Vec<Diagnostic>) -> &'p [write::Page] {
    match pages {
        [first, others @ ..] if !format.is_drawio() && !others.is_empty() => {
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

fn compose_options(arguments: &Draw) -> compose::Options {
    compose::Options {
        view: match arguments.view {
            ViewName::Network => compose::View::Network,
            ViewName::Endpoint => compose::View::Clusters(ClusterView::Endpoint),
            ViewName::ControlPlane => compose::View::Clusters(ClusterView::ControlPlane),
            ViewName::DataPlane => compose::View::Clusters(ClusterView::DataPlane),
            ViewName::Kubernetes => compose::View::Clusters(ClusterView::Kubernetes),
            ViewName::EndpointModes => compose::View::EndpointModes,
            ViewName::All => compose::View::All,
        },
        language: match arguments.lang {
            LanguageName::En => Language::English,
            LanguageName::Ko => Language::Korean,
        },
        title: arguments.title.clone(),
        legend: match arguments.legend {
            LegendWish::Auto => compose::Legend::Auto,
            LegendWish::On => compose::Legend::On,
            LegendWish::Off => compose::Legend::Off,
        },
        folding: match (arguments.expand, arguments.collapse) {
            (true, _) => compose::Folding::Never,
            (false, Some(n)) => compose::Folding::From(n),
            (false, None) => compose::Folding::Auto,
        },
        detail: match arguments.detail {
            DetailName::Low => compose::Detail::Low,
            DetailName::Normal => compose::Detail::Normal,
            DetailName::High => compose::Detail::High,
        },
        steps: if arguments.steps { compose::Steps::Numbered } else { compose::Steps::Unnumbered },
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
    });
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
            format!("{}: no format has this ending; use .svg, .png, .drawio, .drawio.svg, .drawio.png or .json, or say --format", path.display())
        })
    };
    arguments.outputs.iter().map(format).collect()
}

fn usage(message: &str) -> ExitCode {
    anstream::eprintln!("error: {message}\n\nFor more information, try '--help'.");
    ExitCode::from(2)
}

/// An error where nothing of the input is drawn, else a note of what is not.
fn say_undrawn(inventory: &Inventory, architecture: &Architecture, diagnostics: &mut Vec<Diagnostic>) {
    let undrawn = &architecture.undrawn;
    if let Some(nothing) = nothing_to_draw(inventory, architecture) {
        diagnostics.push(nothing);
    } else if !undrawn.is_empty() {
        let total: usize = undrawn.values().sum();
        let message = format!("{total} resources are read but not drawn: {}", listed(undrawn));
        diagnostics.push(Diagnostic::note("not-drawn", message));
    }
}

/// The error that an architecture is empty.
pub fn nothing_to_draw(inventory: &Inventory, architecture: &Architecture) -> Option<Diagnostic> {
    if architecture.regions.iter().any(|r| !r.vpcs.is_empty() || !r.clusters.is_empty() || !r.services.is_empty()) {
        return None;
    }
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for resource in inventory.resources.values() {
        *found.entry(resource.type_name.clone()).or_default() += 1;
    }
    let found = if found.is_empty() { "there is no resource".to_string() } else { listed(&found) };
    let message = format!("nothing in the input belongs into a network picture: {found}");
    Some(Diagnostic::error("nothing-to-draw", message).hint("docs/drawn.md lists what is drawn"))
}

fn listed(counts: &BTreeMap<String, usize>) -> String {
    let list: Vec<String> = counts.iter().map(|(type_name, n)| format!("{n} {type_name}")).collect();
    list.join(", ")
}

/// Prints what the scenes break, and whether they break nothing; how good they are as well, where that is asked for.
fn check_layout(pages: &[write::Page], verbose: bool) -> bool {
    let mut broken = 0;
    for write::Page { name, scene } in pages {
        let place = if pages.len() > 1 { format!("{name}: ") } else { String::new() };
        let violations = check::check(scene);
        for violation in &violations {
            anstream::eprintln!("{place}{violation}");
        }
        for relaxed in &scene.relaxed {
            anstream::eprintln!("{place}relaxed: {relaxed}");
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
