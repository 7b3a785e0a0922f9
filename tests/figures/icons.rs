//! All icons on one sheet, on a light and on a dark ground, each over its slug: to be looked at as a family.

use std::fmt::Write;
use std::sync::Arc;

use eksdiagram::look::{Glyph, Weight};
use eksdiagram::text;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

const COLUMNS: usize = 12;
/// A cell holds an icon of 48, of 24 beside it, and the slug below.
const CELL: (usize, usize) = (132, 104);
const MARGIN: usize = 24;
/// The grounds, each with the ink of the "general" category on it, which a dark theme has to turn around.
const GROUNDS: [(&str, &str); 2] = [("#FFFFFF", GENERAL), ("#161D26", "#D5DBDB")];
const GENERAL: &str = "#232F3E";

/// The sheet as PNG.
pub fn sheet() -> Vec<u8> {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(text::font_file(Weight::Regular).to_vec());
    let options = usvg::Options { fontdb: Arc::new(fonts), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&svg(), &options).expect("the sheet is an SVG");
    let size = tree.size().to_int_size();
    let mut pixmap = Pixmap::new(size.width(), size.height()).expect("the sheet has an area");
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap.encode_png().expect("a PNG")
}

/// The first glyph of each category, and the category's name.
const CATEGORIES: [(Glyph, &str); 12] = [
    (Glyph::GroupAwsCloud, "Corners of groups"),
    (Glyph::Eks, "Compute and containers"),
    (Glyph::InternetGateway, "Network"),
    (Glyph::S3, "Storage"),
    (Glyph::Rds, "Databases"),
    (Glyph::Redshift, "Analytics"),
    (Glyph::Sqs, "Integration"),
    (Glyph::CloudWatch, "Management"),
    (Glyph::Iam, "Security"),
    (Glyph::SageMaker, "Machine learning"),
    (Glyph::User, "General"),
    (Glyph::K8sApiServer, "Kubernetes"),
];
/// Height of a category's heading.
const HEADING: usize = 28;

/// Each category with its glyphs, as they stand in the family.
fn categories() -> Vec<(&'static str, Vec<Glyph>)> {
    let mut categories: Vec<(&str, Vec<Glyph>)> = Vec::new();
    for glyph in Glyph::ALL {
        if let Some((_, name)) = CATEGORIES.iter().find(|(first, _)| first == glyph) {
            categories.push((name, Vec::new()));
        }
        categories.last_mut().expect("the family begins with a category").1.push(*glyph);
    }
    categories
}

fn svg() -> String {
    let categories = categories();
    let rows: usize = categories.iter().map(|(_, glyphs)| glyphs.len().div_ceil(COLUMNS)).sum();
    let (width, height) = (2 * MARGIN + COLUMNS * CELL.0, 2 * MARGIN + rows * CELL.1 + categories.len() * HEADING);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{}" font-family="{}" font-size="11" text-anchor="middle">"#,
        2 * height,
        text::FAMILY
    );
    for (half, (ground, ink)) in GROUNDS.iter().enumerate() {
        let top = half * height;
        let _ = write!(svg, r#"<rect y="{top}" width="{width}" height="{height}" fill="{ground}"/>"#);
        let mut y = top + MARGIN;
        for (name, glyphs) in &categories {
            let (x, baseline) = (MARGIN + 12, y + 18);
            let _ = write!(
                svg,
                r#"<text x="{x}" y="{baseline}" fill="{ink}" font-size="14" text-anchor="start">{name}</text>"#
            );
            y += HEADING;
            for (index, glyph) in glyphs.iter().enumerate() {
                let (x, y) = (MARGIN + index % COLUMNS * CELL.0, y + index / COLUMNS * CELL.1);
                icon(&mut svg, *glyph, ink, (x + 30, y + 8), 48);
                icon(&mut svg, *glyph, ink, (x + 86, y + 32), 24);
                let (middle, baseline) = (x + CELL.0 / 2, y + 76);
                let _ = write!(svg, r#"<text x="{middle}" y="{baseline}" fill="{ink}">{}</text>"#, glyph.slug());
            }
            y += glyphs.len().div_ceil(COLUMNS) * CELL.1;
        }
    }
    svg.push_str("</svg>");
    svg
}

/// A line drawing takes the ground's ink; a square brings its own ground along.
fn icon(svg: &mut String, glyph: Glyph, ink: &str, (x, y): (usize, usize), side: usize) {
    let placed = format!(r#"<svg x="{x}" y="{y}" width="{side}" height="{side}" "#);
    let drawing = glyph.svg().replacen("<svg ", &placed, 1);
    let is_square = drawing.contains(r#"<rect width="48" height="48""#);
    match is_square {
        true => svg.push_str(&drawing),
        false => svg.push_str(&drawing.replace(GENERAL, ink)),
    }
}
