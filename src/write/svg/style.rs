//! The style sheet: a class for each look that the scene uses, and the fonts.

use std::collections::BTreeSet;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::font::Subset;
use super::symbols;
use crate::geom::Px;
use crate::look::{EdgeLook, FrameLook, Glyph, Ink, Sign, TextSize, Tone, Weight};
use crate::scene::{Kind, Run, Scene, Swatch};
use crate::text::FAMILY;
use crate::theme::{self, Palette};
use crate::write::{Options, names};

/// The width of a stroke of which nothing is said. Source: SVG 2, `stroke-width`.
const FINE: Px = 1;

/// The looks that a scene uses.
#[derive(Default)]
struct Used {
    frames: BTreeSet<FrameLook>,
    edges: BTreeSet<EdgeLook>,
    tones: BTreeSet<Tone>,
    inks: BTreeSet<Ink>,
    plates: BTreeSet<FrameLook>,
    signs: BTreeSet<Sign>,
}

impl Used {
    fn by(scene: &Scene) -> Used {
        let mut used = Used::default();
        for item in &scene.items {
            used.signs.extend(item.sign);
            match &item.kind {
                Kind::Frame(frame) | Kind::Band(frame) => drop(used.frames.insert(frame.look)),
                Kind::Pill(tone) => drop(used.tones.insert(*tone)),
                Kind::Edge(edge) => drop(used.edges.insert(edge.look)),
                Kind::Swatch(Swatch::Edge(look) | Swatch::Dot(look)) => drop(used.edges.insert(*look)),
                Kind::Swatch(Swatch::Pill(tone)) => drop(used.tones.insert(*tone)),
                Kind::Swatch(Swatch::Step(look)) => drop(used.tones.insert(Tone::Step(*look))),
                Kind::Swatch(Swatch::Frame(look)) => drop(used.frames.insert(*look)),
                Kind::Text(text) => {
                    used.inks.extend(text.lines.iter().flat_map(|line| &line.runs).map(|run| run.ink));
                    used.plates.extend(text.plate);
                }
                Kind::Icon(_) | Kind::Legend | Kind::Swatch(Swatch::Pale(_)) => {}
            }
        }
        used
    }

    /// Those of any scene.
    fn any() -> Used {
        let frames: BTreeSet<FrameLook> = FrameLook::ALL.iter().copied().collect();
        let edges: BTreeSet<EdgeLook> = EdgeLook::ALL.iter().copied().collect();
        let tones: BTreeSet<Tone> = Tone::all().collect();
        let signs: BTreeSet<Sign> = Sign::ALL.into_iter().collect();
        let inks = [Ink::Primary, Ink::Secondary]
            .into_iter()
            .chain(signs.iter().copied().map(Ink::Sign))
            .chain(frames.iter().copied().map(Ink::Frame))
            .chain(edges.iter().copied().map(Ink::Edge))
            .chain(tones.iter().copied().map(Ink::Tone))
            .collect();
        Used { plates: frames.clone(), frames, edges, signs, tones, inks }
    }
}

/// All that a palette decides of any picture that is part of a page.
pub fn palette(palette: Palette) -> String {
    let mut css = String::from("\n");
    let used = Used::any();
    paints(&mut css, &used, palette);
    plates(&mut css, &used, palette);
    for glyph in Glyph::ALL {
        let _ = writeln!(css, ".{}{{color:{}}}", symbols::name(*glyph), symbols::color(*glyph, palette));
    }
    if palette == Palette::Print {
        colourless(&mut css);
    }
    css
}

/// The fonts of a page.
pub fn faces(fonts: &[Subset]) -> String {
    let mut css = String::from("\n");
    fonts.iter().for_each(|font| face(&mut css, font));
    css
}

pub fn sheet(scene: &Scene, fonts: &[Subset], options: &Options) -> String {
    let used = Used::by(scene);
    let mut css = String::from("\n");
    for font in fonts {
        face(&mut css, font);
    }
    css.push_str(&sizes());
    paints(&mut css, &used, options.theme.palette());
    if options.theme.palette() == Palette::Print {
        colourless(&mut css);
    }
    if let Some(palette) = options.theme.at_night() {
        css.push_str("@media screen and (prefers-color-scheme:dark){\n");
        paints(&mut css, &used, palette);
        over_attributes(&mut css, scene, &used, options, palette);
        css.push_str("}\n");
    }
    css
}

/// Everything that a palette decides.
fn paints(css: &mut String, used: &Used, palette: Palette) {
    ground(css, palette);
    for look in &used.frames {
        frame(css, *look, palette);
    }
    for look in &used.edges {
        edge(css, *look, palette);
    }
    for one in &used.signs {
        sign(css, *one, palette);
    }
    for tone in &used.tones {
        let paint = palette.pill(*tone);
        rule(css, &format!(".tone-{}", names::tone(*tone)), &format!("fill:{};stroke:{}", paint.fill, paint.border));
    }
    for ink in &used.inks {
        rule(css, &format!(".{}", ink_class(*ink)), &format!("fill:{}", palette.ink(*ink)));
    }
}

/// What is an attribute in the picture, and so holds where no style sheet is read: the plates and the drawings.
fn over_attributes(css: &mut String, scene: &Scene, used: &Used, options: &Options, palette: Palette) {
    plates(css, used, palette);
    for glyph in symbols::used(scene) {
        let [day, night] = [options.theme.palette(), palette].map(|palette| symbols::color(glyph, palette));
        if day != night {
            // A drawing is used in a tree of its own, which knows nothing of the picture's class.
            let _ = writeln!(css, "#{}{{color:{night}}}", symbols::name(glyph));
        }
    }
}

fn plates(css: &mut String, used: &Used, palette: Palette) {
    for look in &used.plates {
        rule(css, &format!(".{}", plate_class(*look)), &format!("fill:{}", palette.ground(*look)));
    }
}

/// The user's own icons have colours of their own.
fn colourless(css: &mut String) {
    rule(css, "image", "filter:grayscale(1)");
}

pub fn plate_class(ground: FrameLook) -> String {
    format!("plate-{}", names::frame(ground))
}

/// The classes of a run: its size, its weight where bold, its ink.
pub fn run_class(run: &Run) -> String {
    let bold = match run.weight {
        Weight::Regular => "",
        Weight::Bold => " bold",
    };
    format!("{}{bold} {}", size_class(run.size), ink_class(run.ink))
}

const fn size_class(size: TextSize) -> &'static str {
    match size {
        TextSize::Title => "title",
        TextSize::Body => "body",
        TextSize::Small => "small",
    }
}

fn ink_class(ink: Ink) -> String {
    match ink {
        Ink::Primary => "ink".to_string(),
        Ink::Secondary => "ink-secondary".to_string(),
        Ink::Frame(look) => format!("ink-{}", names::frame(look)),
        Ink::Edge(look) => format!("ink-{}", look.name()),
        Ink::Tone(tone) => format!("ink-{}", names::tone(tone)),
        Ink::Sign(sign) => format!("ink-line-{}", sign.name()),
    }
}

fn rule(css: &mut String, selector: &str, declarations: &str) {
    let _ = writeln!(css, ".eksdiagram {selector}{{{declarations}}}");
}

fn face(css: &mut String, font: &Subset) {
    let weight = match font.weight {
        Weight::Regular => 400,
        Weight::Bold => 700,
    };
    let data = STANDARD.encode(&font.bytes);
    let _ = writeln!(
        css,
        "@font-face{{font-family:{FAMILY};font-weight:{weight};src:url(data:font/ttf;base64,{data}) format('truetype')}}"
    );
}

/// What depends neither on the scene's looks nor on a palette.
pub fn sizes() -> String {
    let mut css = String::new();
    // Readers that know no embedded fonts take an installed one: Arial, or what stands for it, is hardly ever wider than ours.
    let _ = writeln!(css, ".eksdiagram{{font-family:{FAMILY},Arial,'Noto Sans KR',sans-serif;font-kerning:none}}");
    // Browsers; other readers go by the root's `xml:space`.
    rule(&mut css, "text", "white-space:pre");
    for size in [TextSize::Title, TextSize::Body, TextSize::Small] {
        rule(&mut css, &format!(".{}", size_class(size)), &format!("font-size:{}px", theme::font_size(size)));
    }
    rule(&mut css, ".bold", "font-weight:700");
    rule(&mut css, ".middle", "text-anchor:middle");
    rule(&mut css, ".end", "text-anchor:end");
    css
}

/// What does not depend on the scene's looks.
fn ground(css: &mut String, palette: Palette) {
    let basics = palette.basics();
    rule(css, ".page", &format!("fill:{}", basics.page));
    rule(css, ".legend", &format!("fill:{};stroke:{}", basics.page, basics.legend_border));
    rule(css, ".dashed", &format!("stroke-dasharray:{}", theme::FRAME_DASH));
    rule(css, ".ring", &format!("fill:none;stroke:{};stroke-dasharray:{}", basics.ring, theme::FRAME_DASH));
    rule(css, ".pale", "opacity:.5");
    rule(css, ".line", &format!("fill:none;stroke-width:{}", theme::EDGE_STROKE));
}

fn frame(css: &mut String, look: FrameLook, palette: Palette) {
    let paint = palette.frame(look);
    let mut declarations = match paint.fill {
        Some(fill) => format!("fill:{fill}"),
        None => "fill:none".to_string(),
    };
    if paint.opacity < 100 {
        let _ = write!(declarations, ";fill-opacity:.{:02}", paint.opacity);
    }
    if let Some(border) = paint.border {
        let _ = write!(declarations, ";stroke:{border}");
    }
    if paint.width != FINE {
        let _ = write!(declarations, ";stroke-width:{}", paint.width);
    }
    if let Some(dash) = paint.dash {
        let _ = write!(declarations, ";stroke-dasharray:{dash}");
    }
    rule(css, &format!(".frame-{}", names::frame(look)), &declarations);
}

fn edge(css: &mut String, look: EdgeLook, palette: Palette) {
    let paint = palette.edge(look);
    let name = look.name();
    let mut declarations = format!("stroke:{}", paint.color);
    if paint.width != theme::EDGE_STROKE {
        let _ = write!(declarations, ";stroke-width:{}", paint.width);
    }
    if let Some(dash) = paint.dash {
        let _ = write!(declarations, ";stroke-dasharray:{dash}");
    }
    rule(css, &format!(".line.edge-{name}"), &declarations);
    rule(css, &format!(".mark.edge-{name}"), &format!("fill:{}", paint.color));
}

/// Over the rules of looks, whose weight it has.
fn sign(css: &mut String, sign: Sign, palette: Palette) {
    let paint = palette.sign(sign);
    let dash = paint.dash.map_or_else(String::new, |dash| format!(";stroke-dasharray:{dash}"));
    let solid = if paint.dash.is_none() { ";stroke-dasharray:none" } else { "" };
    let stroke = format!("stroke:{};stroke-width:{}{dash}", paint.color, paint.width);
    rule(css, &format!("rect.is-{}", sign.name()), &format!("{stroke}{solid}"));
    rule(css, &format!(".line.is-{}", sign.name()), &stroke);
    rule(css, &format!(".mark.is-{}", sign.name()), &format!("fill:{}", paint.color));
}
