//! PNG: our own SVG, rasterised.
//!
//! The rasteriser knows no fonts but cuts of the bundled one, so the picture is the same on every machine.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::links::Links;
use super::{Options, svg};
use crate::diag::{Diagnostic, Sources};
use crate::limits;
use crate::scene::Scene;

pub fn write(scene: &Scene, options: &Options) -> Result<Vec<u8>, Diagnostic> {
    let (width, height) = pixels(scene, options.scale)?;
    let picture = svg::write(scene, options, &Links::none(&Sources::default()));
    let mut fonts = usvg::fontdb::Database::new();
    for font in svg::complete_fonts(scene) {
        fonts.load_font_data(font.bytes);
    }
    let reading = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&picture, &reading).map_err(|error| failed(&error.to_string()))?;
    let mut pixmap = Pixmap::new(width, height).ok_or_else(|| failed("no memory for its pixels"))?;
    // To the last pixel, of which the page might else cover a part.
    let fitted = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(&tree, fitted, &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| failed(&error.to_string()))
}

/// Width and height of the PNG.
fn pixels(scene: &Scene, scale: f32) -> Result<(u32, u32), Diagnostic> {
    let side = |px: i32| (f64::from(px.max(1)) * f64::from(scale)).round().max(1.0);
    let (width, height) = (side(scene.size.width), side(scene.size.height));
    if width * height <= limits::PNG_PIXELS as f64 {
        return Ok((width as u32, height as u32));
    }
    let largest = f64::from(scale) * (limits::PNG_PIXELS as f64 / (width * height)).sqrt();
    let most = limits::PNG_PIXELS / 1_000_000;
    let message = format!("a PNG of {width} x {height} pixels is too large; at most {most} million are made");
    let scale_hint = format!("`--scale {:.2}` fits", (largest * 100.0).floor() / 100.0);
    Err(Diagnostic::error("picture-too-large", message)
        .hint(scale_hint)
        .hint("write SVG: it is sharp at every size, and has no such limit"))
}

fn failed(why: &str) -> Diagnostic {
    Diagnostic::error("picture-not-rasterised", format!("the picture cannot be made a PNG: {why}"))
        .hint("write SVG, and please report this: the SVG is ours and should be readable")
}
