//! The bundled font, cut down to the characters that a picture uses.
//!
//! The subset has no layout tables: no kerning, no ligatures, no contextual forms. So a line is as wide in a
//! viewer as [`crate::text`] measured it, and the rasteriser is given the same bytes.

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::NameId;
use skera::{Plan, SubsetFlags};

use crate::look::Weight;
use crate::scene::{Kind, Scene};
use crate::text;

/// A TrueType file that holds what one weight of a picture uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subset {
    pub weight: Weight,
    pub bytes: Vec<u8>,
}

/// What the SVG carries: for each weight the characters that the scene sets in it. A font that cannot be cut is
/// left out: the viewer then takes an installed one.
pub fn embedded(scene: &Scene) -> Vec<Subset> {
    cut_each(&characters(scene))
}

/// Both weights with all characters of a text.
pub fn covering(text: &str) -> Vec<Subset> {
    let characters: IntSet<u32> = text.chars().map(u32::from).collect();
    cut_each(&[Weight::Regular, Weight::Bold].map(|weight| (weight, characters.clone())))
}

/// What the rasteriser is given: both weights with all characters of the scene. It shapes a whole line with each
/// of the line's fonts before it takes their parts, and takes none of a font that lacks a character of the line.
pub fn complete(scene: &Scene) -> Vec<Subset> {
    let [(_, mut all), (_, bold)] = characters(scene);
    all.union(&bold);
    cut_each(&[Weight::Regular, Weight::Bold].map(|weight| (weight, all.clone())))
}

/// The characters that the scene sets in each weight.
fn characters(scene: &Scene) -> [(Weight, IntSet<u32>); 2] {
    let (mut regular, mut bold) = (IntSet::empty(), IntSet::empty());
    for item in &scene.items {
        let Kind::Text(text) = &item.kind else { continue };
        for run in text.lines.iter().flat_map(|line| &line.runs) {
            let used = match run.weight {
                Weight::Regular => &mut regular,
                Weight::Bold => &mut bold,
            };
            used.extend(run.text.chars().map(u32::from));
        }
    }
    [(Weight::Regular, regular), (Weight::Bold, bold)]
}

fn cut_each(wanted: &[(Weight, IntSet<u32>)]) -> Vec<Subset> {
    wanted
        .iter()
        .filter(|(_, characters)| !characters.is_empty())
        .filter_map(|(weight, characters)| cut(*weight, characters).map(|bytes| Subset { weight: *weight, bytes }))
        .collect()
}

fn cut(weight: Weight, characters: &IntSet<u32>) -> Option<Vec<u8>> {
    let font = FontRef::new(text::font_file(weight)).ok()?;
    // Family, style, full and PostScript name: what a font database asks for.
    let names: IntSet<NameId> = [1, 2, 4, 6].map(NameId::new).into_iter().collect();
    let english: IntSet<u16> = [0x409].into_iter().collect();
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING
        | SubsetFlags::SUBSET_FLAGS_NO_LAYOUT_CLOSURE
        | SubsetFlags::SUBSET_FLAGS_NO_BIDI_CLOSURE;
    let plan = Plan::new(
        &IntSet::empty(),
        characters,
        &font,
        flags,
        &layout_tables(),
        &IntSet::empty(),
        &IntSet::empty(),
        &names,
        &english,
    );
    skera::subset_font(&font, &plan).ok()
}

fn layout_tables() -> IntSet<read_fonts::types::Tag> {
    [b"GSUB", b"GPOS", b"GDEF", b"BASE", b"DSIG", b"vhea", b"vmtx", b"VORG", b"kern", b"gasp"]
        .into_iter()
        .map(read_fonts::types::Tag::new)
        .collect()
}
