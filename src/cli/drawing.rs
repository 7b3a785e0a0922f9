//! From inputs to pages, in three steps: understand, compose, lay out. Prints nothing and writes nothing, so that all
//! that draws, draws alike.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{DetailName, Drawing, EndpointName, Inputs, LanguageName, LegendWish, ThemeName, ViewName};
use super::{icons, input, redaction, templates};
use crate::architecture::{self, Architecture, EndpointMode};
use crate::compose::{self, ClusterView};
use crate::diag::{Diagnostic, Severity};
use crate::drift::Drift;
use crate::inventory::Inventory;
use crate::lang::Language;
use crate::layout;
use crate::limits::THINGS;
use crate::presentation;
use crate::read::{self, Documents};
use crate::verdicts;
use crate::write;

/// What the inputs say.
pub struct Understood {
    pub inventory: Inventory,
    pub architecture: Architecture,
    /// The inventory shares texts with them.
    _documents: Documents,
}

/// Reads and models; `None`, with an error among the diagnostics, where an input cannot be read.
pub fn understand(
    inputs: &Inputs,
    endpoint: Option<EndpointName>,
    files: &mut input::Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Understood> {
    if has_error(diagnostics) {
        return None;
    }
    input::read_parameters(inputs, &mut files.sources, diagnostics);
    let mut folders = templates::Folders::of(&files.paths);
    if inputs.redact {
        redaction::redact(inputs, files, &mut folders, diagnostics);
    }
    let mut options = input::options(inputs, &files.sources, diagnostics);
    redaction::redact_given(&mut options, &files.masks);
    let (inventory, documents) = read::read_keeping(&mut files.sources, &options, Some(&mut folders), diagnostics);
    if has_error(diagnostics) {
        return None;
    }
    let assumed = endpoint.map(|mode| match mode {
        EndpointName::Public => EndpointMode::Public,
        EndpointName::Private => EndpointMode::Private,
        EndpointName::Both => EndpointMode::Both,
    });
    let architecture = architecture::model_as(&inventory, assumed, diagnostics);
    Some(Understood { inventory, architecture, _documents: documents })
}

/// The pages of the view that is asked for: one at least; `None`, with an error said, where there would be none.
pub fn compose(
    understood: &Understood,
    drawing: &Drawing,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Vec<compose::Page>> {
    let Understood { inventory, architecture, .. } = understood;
    say_undrawn(understood, diagnostics);
    if has_error(diagnostics) {
        return None;
    }
    let mut options = compose_options(drawing);
    let verdicts = match options.view {
        compose::View::Network => Vec::new(),
        _ => verdicts::judge(inventory, architecture),
    };
    let mut shown = Cow::Borrowed(architecture);
    if !drawing.overrides.is_empty() {
        options.hidden = presentation::apply(&drawing.overrides, shown.to_mut(), diagnostics);
    }
    let mut pages = compose::compose(&shown, &verdicts, &options);
    if matches!(options.view, compose::View::EndpointModes | compose::View::All) {
        let modes = EndpointMode::ALL.map(|mode| {
            let mut architecture = architecture::model_as(inventory, Some(mode), &mut Vec::new());
            let verdicts = verdicts::judge(inventory, &architecture);
            presentation::apply(&drawing.overrides, &mut architecture, &mut Vec::new());
            (mode, architecture, verdicts)
        });
        pages.extend(compose::compose_modes(&modes, &options));
    }
    if pages.is_empty() {
        let message = "there is no cluster in the input, and this view shows nothing else";
        diagnostics.push(Diagnostic::error("no-cluster", message).hint("--view network draws the network itself"));
        return None;
    }
    if let Some(largest) = pages.iter().map(|page| page.diagram.size()).max().filter(|size| *size > THINGS) {
        let message = format!("a page would have {largest} boxes, icons and lines; at most {THINGS} are placed");
        diagnostics.push(
            Diagnostic::error("too-many-things", message)
                .hint("`--collapse 2` folds what is alike, and `--expand` folds nothing")
                .hint("or give fewer inputs: a picture of a part can be read"),
        );
        return None;
    }
    Some(pages)
}

/// The pages of two states as one.
pub fn compose_drift(drift: &Drift, drawing: &Drawing) -> Vec<compose::Page> {
    compose::compose_drift(drift, &compose_options(drawing))
}

/// The pages with everything in its place; what could not be drawn is among the diagnostics.
pub fn lay_out(pages: &[compose::Page], diagnostics: &mut Vec<Diagnostic>) -> Vec<write::Page> {
    let lay_out = |page: &compose::Page| {
        for line in &page.left_out {
            let message = format!("a line is not drawn because what it joins is not: {line}");
            diagnostics.push(Diagnostic::warning("line-not-drawn", message));
        }
        write::Page { scene: layout::lay_out(&page.diagram), name: page.name.clone() }
    };
    let pages: Vec<write::Page> = pages.iter().map(lay_out).collect();
    diagnostics.extend(write::missing_glyphs(pages.iter().map(|page| &page.scene)));
    pages
}

/// How the pages are to be written. Fails where the icons that the user brought cannot be read.
pub fn write_options(drawing: &Drawing) -> Result<write::Options, Diagnostic> {
    let theme = drawing.theme.into();
    let link_base = drawing.link_base.clone();
    let mut options = write::Options { scale: drawing.scale, theme, link_base, ..write::Options::default() };
    if let Some(folder) = &drawing.icons {
        icons::read(folder, &mut options.icons)?;
    }
    Ok(options)
}

impl From<ThemeName> for write::Theme {
    fn from(name: ThemeName) -> write::Theme {
        match name {
            ThemeName::Light => write::Theme::Light,
            ThemeName::Dark => write::Theme::Dark,
            ThemeName::Auto => write::Theme::Auto,
            ThemeName::Print => write::Theme::Print,
        }
    }
}

fn compose_options(drawing: &Drawing) -> compose::Options {
    compose::Options {
        view: match drawing.view {
            ViewName::Network => compose::View::Network,
            ViewName::Endpoint => compose::View::Clusters(ClusterView::Endpoint),
            ViewName::ControlPlane => compose::View::Clusters(ClusterView::ControlPlane),
            ViewName::DataPlane => compose::View::Clusters(ClusterView::DataPlane),
            ViewName::Kubernetes => compose::View::Clusters(ClusterView::Kubernetes),
            ViewName::EndpointModes => compose::View::EndpointModes,
            ViewName::All => compose::View::All,
        },
        language: match drawing.lang {
            LanguageName::En => Language::English,
            LanguageName::Ko => Language::Korean,
        },
        title: drawing.title.clone(),
        legend: match drawing.legend {
            LegendWish::Auto => compose::Legend::Auto,
            LegendWish::On => compose::Legend::On,
            LegendWish::Off => compose::Legend::Off,
        },
        folding: match (drawing.expand, drawing.collapse) {
            (true, _) => compose::Folding::Never,
            (false, Some(n)) => compose::Folding::From(n),
            (false, None) => compose::Folding::Auto,
        },
        detail: match drawing.detail {
            DetailName::Low => compose::Detail::Low,
            DetailName::Normal => compose::Detail::Normal,
            DetailName::High => compose::Detail::High,
        },
        actors: drawing.overrides.actors.clone(),
        hidden: 0,
        steps: if drawing.steps { compose::Steps::Numbered } else { compose::Steps::Unnumbered },
    }
}

/// An error where nothing of the input is drawn, else a note of what is not.
fn say_undrawn(understood: &Understood, diagnostics: &mut Vec<Diagnostic>) {
    let undrawn = &understood.architecture.undrawn;
    if let Some(nothing) = nothing_to_draw(understood) {
        diagnostics.push(nothing);
    } else if !undrawn.is_empty() {
        let total: usize = undrawn.values().sum();
        let message = format!("{total} resources are read but not drawn: {}", listed(undrawn));
        diagnostics.push(Diagnostic::note("not-drawn", message));
    }
}

/// The error that an architecture is empty.
pub fn nothing_to_draw(understood: &Understood) -> Option<Diagnostic> {
    let Understood { inventory, architecture, .. } = understood;
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

pub fn has_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
