//! Scene → bytes, one file a format.
//!
//! A writer never measures and never moves: all it does is to say the scene in its format's words. SVG is the
//! master picture; PNG is rasterised from it, HTML is a page around it; draw.io and JSON read the scene themselves.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Diagnostic, Sources};
use crate::look::Glyph;
use crate::mxfile::{self, File};
use crate::scene::{Kind, Scene};
use crate::text;
use crate::theme::Palette;

mod drawio;
pub mod html;
mod json;
mod lines;
mod links;
mod names;
mod png;
mod svg;
mod things;

use links::Links;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Svg,
    Png,
    Drawio,
    /// An SVG that draw.io opens as the pages that it carries.
    DrawioSvg,
    /// A PNG likewise.
    DrawioPng,
    Json,
    /// A page with the pictures and what is known of their things, for a browser.
    Html,
}

impl Format {
    /// The format that a file's ending asks for.
    pub fn from_path(path: &Path) -> Option<Format> {
        let ending = |path: &Path| path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let before = path.file_stem().and_then(|stem| ending(Path::new(stem)));
        let is_drawio = |ending: &str| matches!(ending, "drawio" | "dio");
        match ending(path)?.as_str() {
            "svg" if before.as_deref().is_some_and(is_drawio) => Some(Format::DrawioSvg),
            "png" if before.as_deref().is_some_and(is_drawio) => Some(Format::DrawioPng),
            "svg" => Some(Format::Svg),
            "png" => Some(Format::Png),
            ending if is_drawio(ending) => Some(Format::Drawio),
            "json" => Some(Format::Json),
            "html" => Some(Format::Html),
            _ => None,
        }
    }

    /// Whether it is draw.io's, to be drawn on by hand.
    pub const fn is_drawio(self) -> bool {
        match self {
            Format::Drawio | Format::DrawioSvg | Format::DrawioPng => true,
            Format::Svg | Format::Png | Format::Json | Format::Html => false,
        }
    }

    /// Whether one file has room for several scenes.
    pub const fn holds_pages(self) -> bool {
        matches!(self, Format::Html) || self.is_drawio()
    }
}

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Light,
    Dark,
    /// Light or dark as the reader's screen is: of an SVG or a page. Every other format is light.
    Auto,
    Print,
}

impl Theme {
    const fn palette(self) -> Palette {
        match self {
            Theme::Light | Theme::Auto => Palette::Light,
            Theme::Dark => Palette::Dark,
            Theme::Print => Palette::Print,
        }
    }

    /// What takes the palette's place on a dark screen.
    const fn at_night(self) -> Option<Palette> {
        match self {
            Theme::Auto => Some(Palette::Dark),
            Theme::Light | Theme::Dark | Theme::Print => None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Options {
    /// Pixels of a PNG for each pixel of the page.
    pub scale: f32,
    pub theme: Theme,
    pub icons: Icons,
    /// The address of the folder in which the inputs are found on the web, for a link to the line that a thing comes from.
    pub link_base: Option<String>,
    /// What was said of the inputs: a page shows it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            scale: 2.0,
            theme: Theme::default(),
            icons: Icons::default(),
            link_base: None,
            diagnostics: Vec::new(),
        }
    }
}

/// The drawings of the glyphs: the project's own, but for those that the user brought.
#[derive(Clone, Debug, Default)]
pub struct Icons {
    brought: BTreeMap<Glyph, String>,
}

impl Icons {
    /// Draws `glyph` as this SVG file instead, verbatim.
    pub fn replace(&mut self, glyph: Glyph, svg: String) {
        self.brought.insert(glyph, svg);
    }

    pub fn brought(&self, glyph: Glyph) -> Option<&str> {
        self.brought.get(&glyph).map(String::as_str)
    }
}

/// The scene in a format. Fails only where the format has no room for it.
pub fn write(scene: &Scene, format: Format, sources: &Sources, options: &Options) -> Result<Vec<u8>, Diagnostic> {
    let links = Links::of(sources, options);
    match format {
        Format::Svg => Ok(svg::write(scene, options, &links).into_bytes()),
        Format::Png => png::write(scene, options),
        Format::Drawio | Format::DrawioSvg | Format::DrawioPng => {
            let file = drawio::file(&[(&scene.title, scene)], options.theme.palette(), &links).signed();
            write_file(&file, scene, format, sources, options)
        }
        Format::Json => Ok(json::write(scene, sources).into_bytes()),
        Format::Html => Ok(page(&[(&scene.title, scene)], sources, options)),
    }
}

fn page(pages: &[(&str, &Scene)], sources: &Sources, options: &Options) -> Vec<u8> {
    let messages = &options.diagnostics;
    html::write(html::Contents { pages, sources, messages, message_sources: sources }, options).into_bytes()
}

/// A scene by its name.
#[derive(Clone, Debug)]
pub struct Page {
    pub name: String,
    pub scene: Scene,
}

/// The pages as one file; of a format that holds only one, the first.
pub fn write_pages(
    pages: &[Page],
    format: Format,
    sources: &Sources,
    options: &Options,
) -> Result<Vec<u8>, Diagnostic> {
    match pages {
        [] => Ok(Vec::new()),
        [first, ..] if format.is_drawio() => {
            write_file(&file(pages, sources, options).signed(), &first.scene, format, sources, options)
        }
        pages if format.holds_pages() => Ok(page(&named(pages), sources, options)),
        [first, ..] => write(&first.scene, format, sources, options),
    }
}

/// The pages as draw.io's, without the mark of ours ([`File::signed`]).
pub fn file(pages: &[Page], sources: &Sources, options: &Options) -> File {
    drawio::file(&named(pages), options.theme.palette(), &Links::of(sources, options))
}

fn named(pages: &[Page]) -> Vec<(&str, &Scene)> {
    pages.iter().map(|page| (page.name.as_str(), &page.scene)).collect()
}

/// A file of draw.io's in one of its formats; in a picture, with `first` to be seen.
pub fn write_file(
    file: &File,
    first: &Scene,
    format: Format,
    sources: &Sources,
    options: &Options,
) -> Result<Vec<u8>, Diagnostic> {
    let text = file.text();
    match format {
        Format::DrawioSvg => {
            Ok(svg::write_with_model(first, options, &Links::of(sources, options), &text).into_bytes())
        }
        Format::DrawioPng => Ok(mxfile::with_model(&png::write(first, options)?, &text)),
        Format::Drawio | Format::Svg | Format::Png | Format::Json | Format::Html => Ok(text.into_bytes()),
    }
}

/// A warning that names the characters of the scenes for which the bundled font has no glyph.
pub fn missing_glyphs<'s>(scenes: impl IntoIterator<Item = &'s Scene>) -> Option<Diagnostic> {
    let mut missing = Vec::new();
    for item in scenes.into_iter().flat_map(|scene| &scene.items) {
        let Kind::Text(text) = &item.kind else { continue };
        for run in text.lines.iter().flat_map(|line| &line.runs) {
            missing.extend(text::missing(&run.text));
        }
    }
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return None;
    }
    let named: Vec<String> = missing.iter().take(12).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let more =
        if missing.len() > named.len() { format!(" and {} more", missing.len() - named.len()) } else { String::new() };
    Some(
        Diagnostic::warning("missing-glyphs", format!("the bundled font cannot draw {}{more}", named.join(", ")))
            .hint("the SVG and the draw.io page show them where the viewer has a font for them; a PNG leaves them out"),
    )
}
