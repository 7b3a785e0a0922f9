//! Icons as symbols: each drawing once, however often it is used.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::look::Glyph;
use crate::scene::{Kind, Scene, Swatch};
use crate::theme::{self, Drawing, Palette, Rgb};
use crate::write::Options;
use crate::xml::Xml;

/// The glyphs that the scene shows, in the family's order.
pub fn used(scene: &Scene) -> BTreeSet<Glyph> {
    scene
        .items
        .iter()
        .filter_map(|item| match &item.kind {
            Kind::Icon(icon) => Some(icon.glyph),
            Kind::Frame(frame) | Kind::Band(frame) => frame.badge,
            Kind::Swatch(Swatch::Pale(glyph)) => Some(*glyph),
            Kind::Text(_) | Kind::Pill(_) | Kind::Edge(_) | Kind::Legend | Kind::Swatch(_) => None,
        })
        .collect()
}

/// The symbol's id. The same in every picture, with the same drawing behind it: two pictures in one page agree.
pub fn name(glyph: Glyph) -> String {
    format!("eksdiagram-icon-{}", glyph.slug())
}

/// Defines the symbol `id`. With a class where a page's palettes are to reach it.
pub fn define(xml: &mut Xml, glyph: Glyph, id: &str, classed: bool, options: &Options) {
    let view_box = format!("0 0 {size} {size}", size = theme::ICON);
    let class = if classed { name(glyph) } else { String::new() };
    let symbol = xml.tag("symbol").attr("id", id).attr_if("class", &class).attr("viewBox", view_box);
    match options.icons.brought(glyph) {
        // As an image: verbatim, with its ids and styles to itself, and unable to run or fetch anything.
        Some(svg) => {
            symbol.open();
            xml.tag("image")
                .attr("width", theme::ICON)
                .attr("height", theme::ICON)
                .attr("href", format!("data:image/svg+xml;base64,{}", STANDARD.encode(svg)))
                .empty();
        }
        None => {
            symbol.attr("color", color(glyph, options.theme.palette())).open_inline();
            xml.markup(parts(glyph.svg()).1);
        }
    }
    xml.close();
}

/// The drawing's colour in a palette.
pub fn color(glyph: Glyph, palette: Palette) -> Rgb {
    let (category, body) = parts(glyph.svg());
    let drawing = if body.contains(WHITE) { Drawing::Shape } else { Drawing::Lines };
    palette.glyph(Rgb::of(category).unwrap_or(palette.basics().primary), drawing)
}

/// What is drawn on a shape of the category's colour. Source: assets/icons/README.md.
const WHITE: &str = "#fff";

/// The category's colour and what is drawn, of one of the project's own files: `<svg ... color="#8C4FFF">body</svg>`.
fn parts(svg: &'static str) -> (&'static str, &'static str) {
    let (root, rest) = svg.split_once('>').unwrap_or((svg, ""));
    let color =
        root.split_once(" color=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("#232F3E", |(color, _)| color);
    let body = rest.rsplit_once("</svg>").map_or(rest, |(body, _)| body);
    (color, body.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_has_a_category_colour_and_a_body() {
        for glyph in Glyph::ALL {
            assert!(glyph.svg().contains(" color=\"#"), "{}", glyph.slug());
            assert!(parts(glyph.svg()).1.starts_with('<'), "{}", glyph.slug());
        }
    }

    /// A drawing is put into every picture, beside all others.
    #[test]
    fn no_drawing_has_ids_styles_or_links() {
        for glyph in Glyph::ALL {
            let body = parts(glyph.svg()).1;
            for word in [" id=", "<style", "href", "url(", "class="] {
                assert!(!body.contains(word), "{} has {word}", glyph.slug());
            }
        }
    }
}
