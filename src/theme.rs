//! Sizes, colours and strokes; each constant with its source. Sizes are the same in every palette, and so is what has
//! a fill: layout and the order of painting hang on these alone.

mod dark;
mod light;
mod print;
#[cfg(test)]
mod tests;

use crate::geom::Px;
use crate::look::{EdgeLook, FrameLook, Ink, Sign, TextSize, Tone};

/// Side of an icon. Chosen: AWS's own size for resource icons.
pub const ICON: Px = 48;
/// Side of a frame's corner badge. Source: draw.io 24.7.17, AWS groups (25), rounded to the rhythm.
pub const BADGE: Px = 24;
/// The rhythm: gaps and paddings are multiples of it.
pub const UNIT: Px = 8;

/// Font size in px.
pub const fn font_size(size: TextSize) -> Px {
    match size {
        TextSize::Title => 20,
        TextSize::Body => 13,
        TextSize::Small => 12,
    }
}

/// Distance of baselines in px.
pub const fn line_height(size: TextSize) -> Px {
    match size {
        TextSize::Title => 28,
        TextSize::Body => 18,
        TextSize::Small => 16,
    }
}

/// Stroke width of an edge.
pub const EDGE_STROKE: Px = 2;
/// Radius of an edge's bends.
pub const BEND_RADIUS: Px = 6;
/// Length and width of an arrow head.
pub const ARROW: Px = 9;
/// Width of the dot where lines of a bundle join, or where one begins at a box. Chosen: no wider than an arrow head.
pub const JOINT: Px = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

impl Rgb {
    /// Of `#8C4FFF`.
    pub fn of(hex: &str) -> Option<Rgb> {
        u32::from_str_radix(hex.strip_prefix('#')?, 16).ok().map(rgb)
    }
}

const fn rgb(hex: u32) -> Rgb {
    Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Radius of a plate's corners.
const PLATE_RADIUS: Px = 8;
/// Dashes of borders, and of edges that are no traffic, as SVG writes them.
pub const FRAME_DASH: &str = "4 3";
pub const EDGE_DASH: &str = "6 4";
/// The dash of what is no more. Chosen: told from both others at a glance.
const GONE_DASH: &str = "3 3";

/// How a frame is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FramePaint {
    pub border: Option<Rgb>,
    pub width: Px,
    pub dash: Option<&'static str>,
    pub fill: Option<Rgb>,
    /// Percent of the fill's opacity: bands let the zone's border shine through.
    pub opacity: u8,
    pub title: Rgb,
    /// Colour of the corner badge.
    pub badge: Rgb,
    pub radius: Px,
}

impl FramePaint {
    const fn solid(border: u32, title: u32) -> FramePaint {
        FramePaint {
            border: Some(rgb(border)),
            width: 1,
            dash: None,
            fill: None,
            opacity: 100,
            title: rgb(title),
            badge: rgb(border),
            radius: 0,
        }
    }

    const fn dashed(border: u32, title: u32) -> FramePaint {
        FramePaint { dash: Some(FRAME_DASH), ..FramePaint::solid(border, title) }
    }

    const fn filled(fill: u32, badge: u32, title: u32) -> FramePaint {
        FramePaint { border: None, fill: Some(rgb(fill)), badge: rgb(badge), ..FramePaint::solid(badge, title) }
    }

    const fn plate(fill: u32, title: u32) -> FramePaint {
        FramePaint { radius: PLATE_RADIUS, ..FramePaint::filled(fill, 0x326CE5, title) }
    }

    const fn band(border: u32, fill: u32, title: u32) -> FramePaint {
        FramePaint { fill: Some(rgb(fill)), opacity: 55, ..FramePaint::dashed(border, title) }
    }
}

/// How an edge is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgePaint {
    pub color: Rgb,
    pub width: Px,
    pub dash: Option<&'static str>,
}

/// The outline of a thing, and the line of an edge, that became another: over what its look is painted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignPaint {
    pub color: Rgb,
    pub width: Px,
    /// `None` leaves edges their own.
    pub dash: Option<&'static str>,
    /// The colour of the sign itself, on a plate of the other one.
    pub ink: Rgb,
}

/// A pill's border and text, and its fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PillPaint {
    pub ink: Rgb,
    pub border: Rgb,
    pub fill: Rgb,
}

impl PillPaint {
    const fn sign(sign: SignPaint) -> PillPaint {
        PillPaint { ink: sign.ink, border: sign.color, fill: sign.color }
    }

    /// A disc in an edge's colour.
    const fn step(color: Rgb, ink: Rgb) -> PillPaint {
        PillPaint { ink, border: color, fill: color }
    }
}

/// What is painted for no look of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basics {
    /// The page behind everything.
    pub page: Rgb,
    /// Border of the legend's box.
    pub legend_border: Rgb,
    /// The ring around a thing that the input does not make.
    pub ring: Rgb,
    /// Names.
    pub primary: Rgb,
    /// Second lines.
    pub secondary: Rgb,
}

/// How a drawing uses its category's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// Lines in that colour, on the ground.
    Lines,
    /// White lines on a shape of that colour.
    Shape,
}

/// Colours and strokes for every look. A new one is a variant here and a file beside `light.rs`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Palette {
    #[default]
    Light,
    Dark,
    /// Black on white: what colours tell elsewhere, dashes and weights tell here.
    Print,
}

impl Palette {
    pub const ALL: [Palette; 3] = [Palette::Light, Palette::Dark, Palette::Print];

    pub const fn basics(self) -> Basics {
        match self {
            Palette::Light => light::BASICS,
            Palette::Dark => dark::BASICS,
            Palette::Print => print::BASICS,
        }
    }

    pub const fn frame(self, look: FrameLook) -> FramePaint {
        match self {
            Palette::Light => light::frame(look),
            Palette::Dark => dark::frame(look),
            Palette::Print => print::frame(look),
        }
    }

    pub const fn edge(self, look: EdgeLook) -> EdgePaint {
        match self {
            Palette::Light => light::edge(look),
            Palette::Dark => dark::edge(look),
            Palette::Print => print::edge(look),
        }
    }

    pub const fn pill(self, tone: Tone) -> PillPaint {
        match self {
            Palette::Light => light::pill(tone),
            Palette::Dark => dark::pill(tone),
            Palette::Print => print::pill(tone),
        }
    }

    pub const fn sign(self, sign: Sign) -> SignPaint {
        match self {
            Palette::Light => light::sign(sign),
            Palette::Dark => dark::sign(sign),
            Palette::Print => print::sign(sign),
        }
    }

    /// The colour of a drawing whose category has this one.
    pub const fn glyph(self, category: Rgb, drawing: Drawing) -> Rgb {
        match self {
            Palette::Light => category,
            Palette::Dark => dark::glyph(category, drawing),
            Palette::Print => print::glyph(drawing),
        }
    }

    pub const fn ink(self, ink: Ink) -> Rgb {
        match ink {
            Ink::Primary => self.basics().primary,
            Ink::Secondary => self.basics().secondary,
            Ink::Frame(look) => self.frame(look).title,
            Ink::Edge(look) => self.edge(look).color,
            Ink::Tone(tone) => self.pill(tone).ink,
            Ink::Sign(sign) => self.sign(sign).color,
        }
    }

    /// The colour of what lies in a frame: its fill, or else the page.
    pub fn ground(self, look: FrameLook) -> Rgb {
        self.frame(look).fill.unwrap_or(self.basics().page)
    }
}

/// Whether a frame covers what is behind it, in every palette.
pub const fn is_filled(look: FrameLook) -> bool {
    light::frame(look).fill.is_some()
}
