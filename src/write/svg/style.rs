//! The style sheet: a class for each look that the scene uses, and the fonts.

use std::collections::BTreeSet;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::font::Subset;
use crate::look::{EdgeLook, FrameLook, Ink, TextSize, Tone, Weight};
use crate::scene::{Kind, Run, Scene, Swatch};
use crate::text::FAMILY;
use crate::theme;
use crate::write::names;

/// The looks that a scene uses.
#[derive(Default)]
struct Used {
    frames: BTreeSet<FrameLook>,
    edges: BTreeSet<EdgeLook>,
    tones: BTreeSet<Tone>,
    inks: BTreeSet<Ink>,
}

impl Used {
    fn by(scene: &Scene) -> Used {
        let mut used = Used::default();
        for item in &scene.items {
            match &item.kind {
                Kind::Frame(frame) | Kind::Band(frame) => drop(used.frames.insert(frame.look)),
                Kind::Pill(tone) => drop(used.tones.insert(*tone)),
                Kind::Edge(edge) => drop(used.edges.insert(edge.look)),
                Kind::Swatch(Swatch::Edge(look) | Swatch::Dot(look)) => drop(used.edges.insert(*look)),
                Kind::Swatch(Swatch::Pill(tone)) => drop(used.tones.insert(*tone)),
                Kind::Swatch(Swatch::Step(look)) => drop(used.tones.insert(Tone::Step(*look))),
                Kind::Swatch(Swatch::Frame(look)) => drop(used.frames.insert(*look)),
                Kind::Text(text) => used.inks.extend(text.lines.iter().flat_map(|line| &line.runs).map(|run| run.ink)),
                Kind::Icon(_) | Kind::Legend | Kind::Swatch(Swatch::Pale(_)) => {}
            }
        }
        used
    }
}

pub fn sheet(scene: &Scene, fonts: &[Subset]) -> String {
    let used = Used::by(scene);
    let mut css = String::from("\n");
    for font in fonts {
        face(&mut css, font);
    }
    ground(&mut css);
    for look in used.frames {
        frame(&mut css, look);
    }
    for look in used.edges {
        edge(&mut css, look);
    }
    for tone in used.tones {
        let paint = theme::pill(tone);
        rule(
            &mut css,
            &format!(".tone-{}", names::tone(tone)),
            &format!("fill:{};stroke:{}", paint.fill, paint.border),
        );
    }
    for ink in used.inks {
        rule(&mut css, &format!(".{}", ink_class(ink)), &format!("fill:{}", theme::ink(ink)));
    }
    css
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

/// What does not depend on the scene's looks.
fn ground(css: &mut String) {
    let _ = writeln!(css, ".eksdiagram{{font-family:{FAMILY},'Noto Sans KR',sans-serif;font-kerning:none}}");
    // Browsers; other readers go by the root's `xml:space`.
    rule(css, "text", "white-space:pre");
    for size in [TextSize::Title, TextSize::Body, TextSize::Small] {
        rule(css, &format!(".{}", size_class(size)), &format!("font-size:{}px", theme::font_size(size)));
    }
    rule(css, ".bold", "font-weight:700");
    rule(css, ".middle", "text-anchor:middle");
    rule(css, ".end", "text-anchor:end");
    rule(css, ".page", &format!("fill:{}", theme::PAGE));
    rule(css, ".legend", &format!("fill:{};stroke:{}", theme::PAGE, theme::LEGEND_BORDER));
    rule(css, ".dashed", &format!("stroke-dasharray:{}", theme::FRAME_DASH));
    rule(css, ".ring", &format!("fill:none;stroke:{};stroke-dasharray:{}", theme::RING, theme::FRAME_DASH));
    rule(css, ".pale", "opacity:.5");
    rule(css, ".line", &format!("fill:none;stroke-width:{}", theme::EDGE_STROKE));
}

fn frame(css: &mut String, look: FrameLook) {
    let paint = theme::frame(look);
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
    if paint.dashed {
        let _ = write!(declarations, ";stroke-dasharray:{}", theme::FRAME_DASH);
    }
    rule(css, &format!(".frame-{}", names::frame(look)), &declarations);
}

fn edge(css: &mut String, look: EdgeLook) {
    let paint = theme::edge(look);
    let name = look.name();
    let dash = if paint.dashed { format!(";stroke-dasharray:{}", theme::EDGE_DASH) } else { String::new() };
    rule(css, &format!(".line.edge-{name}"), &format!("stroke:{}{dash}", paint.color));
    rule(css, &format!(".mark.edge-{name}"), &format!("fill:{}", paint.color));
}
