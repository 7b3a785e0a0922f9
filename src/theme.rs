//! Sizes, colours and strokes; each constant with its source.

use crate::geom::Px;
use crate::look::{EdgeLook, FrameLook, Ink, TextSize, Tone};

/// Side of an icon. Chosen: AWS's own size for resource icons.
pub const ICON: Px = 48;
/// Side of a frame's corner badge. Source: draw.io 24.7.17, AWS groups (25), rounded to the rhythm.
pub const BADGE: Px = 24;
/// Radius of a plate's corners.
const PLATE_RADIUS: Px = 8;
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

const fn rgb(hex: u32) -> Rgb {
    Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// The page behind everything.
pub const PAGE: Rgb = rgb(0xFFFFFF);

/// Border of the legend's box.
pub const LEGEND_BORDER: Rgb = rgb(0xC3CAD5);
/// The ring around a thing that the input does not make. Chosen: dark enough to print.
pub const RING: Rgb = rgb(0x7D8998);
/// Dashes of borders, and of edges that are no traffic, as SVG writes them.
pub const FRAME_DASH: &str = "4 3";
pub const EDGE_DASH: &str = "6 4";

/// How a frame is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FramePaint {
    pub border: Option<Rgb>,
    pub dashed: bool,
    pub fill: Option<Rgb>,
    /// Percent of the fill's opacity: bands let the zone's border shine through.
    pub opacity: u8,
    pub title: Rgb,
    /// Colour of the corner badge.
    pub badge: Rgb,
    pub radius: Px,
}

/// Source: draw.io 24.7.17, AWS / Groups, for cloud, account, region, VPC, zone, subnets and Auto Scaling group;
/// the others chosen from the same palette.
pub const fn frame(look: FrameLook) -> FramePaint {
    const fn solid(border: u32, title: u32) -> FramePaint {
        FramePaint {
            border: Some(rgb(border)),
            dashed: false,
            fill: None,
            opacity: 100,
            title: rgb(title),
            badge: rgb(border),
            radius: 0,
        }
    }
    const fn dashed(border: u32, title: u32) -> FramePaint {
        FramePaint { dashed: true, ..solid(border, title) }
    }
    const fn filled(fill: u32, badge: u32, title: u32) -> FramePaint {
        FramePaint { border: None, fill: Some(rgb(fill)), badge: rgb(badge), ..solid(badge, title) }
    }
    const fn band(border: u32, fill: u32, title: u32) -> FramePaint {
        FramePaint { fill: Some(rgb(fill)), opacity: 55, ..dashed(border, title) }
    }
    const fn plate(fill: u32) -> FramePaint {
        FramePaint { radius: PLATE_RADIUS, ..filled(fill, 0x326CE5, 0x1F2937) }
    }
    match look {
        FrameLook::Cloud => solid(0x232F3E, 0x232F3E),
        FrameLook::Account => solid(0xCD2264, 0xCD2264),
        FrameLook::Region => dashed(0x00A4A6, 0x147EBA),
        FrameLook::ControlPlane => FramePaint { fill: Some(rgb(0xF5F6F8)), ..solid(0x5A6C86, 0x3B4A60) },
        FrameLook::Vpc => solid(0x8C4FFF, 0x6D36D9),
        FrameLook::ExternalVpc => dashed(0x8C4FFF, 0x6D36D9),
        FrameLook::Zone => dashed(0x147EBA, 0x147EBA),
        FrameLook::PublicSubnet => filled(0xF2F6E8, 0x7AA116, 0x3F7A12),
        FrameLook::PrivateSubnet => filled(0xE6F6F7, 0x00A4A6, 0x147EBA),
        FrameLook::IsolatedSubnet => filled(0xEDF0F4, 0x5A6C86, 0x44546C),
        FrameLook::UnknownSubnet => {
            FramePaint { border: Some(rgb(0x9AA5B5)), dashed: true, ..filled(0xF7F8FA, 0x7D8998, 0x5A6C86) }
        }
        FrameLook::NodeGroup => band(0xD86613, 0xFFEAD6, 0xB04F08),
        // AWS draws it as a border alone; a profile is no machines, hence the other hue and the whole line.
        FrameLook::AutoScalingGroup => FramePaint { opacity: 0, ..band(0xD86613, 0xFFFFFF, 0xB04F08) },
        FrameLook::Fargate => FramePaint { dashed: false, ..band(0xB98900, 0xFFF6C8, 0x7A5A00) },
        FrameLook::LoadBalancer => band(0x8C4FFF, 0xF1EAFF, 0x6D36D9),
        FrameLook::ClusterInterfaces => band(0x8C4FFF, 0xFFFFFF, 0x6D36D9),
        FrameLook::Database => band(0xC925D1, 0xFBE9FC, 0x9A159F),
        FrameLook::ManagedGroup => FramePaint { fill: Some(rgb(0xFFFFFF)), ..dashed(0xD86613, 0xB04F08) },
        FrameLook::Services => dashed(0x9AA5B5, 0x5A6C86),
        FrameLook::Kubernetes => solid(0x326CE5, 0x2556BD),
        FrameLook::Instance => FramePaint { fill: Some(rgb(0xFFFFFF)), ..solid(0xD86613, 0xB04F08) },
        FrameLook::Process => plate(0xE8F0FC),
        FrameLook::AwsProcess => plate(0xD9F1EC),
        FrameLook::CustomerProcess => plate(0xFFEBC8),
        FrameLook::Card => FramePaint { fill: Some(rgb(0xFFFFFF)), radius: PLATE_RADIUS, ..solid(0x8C4FFF, 0x6D36D9) },
        FrameLook::Plain => FramePaint { border: None, ..solid(0xFFFFFF, 0x232F3E) },
    }
}

/// The colour of what lies in a frame: its fill, or else the page.
pub fn ground(look: FrameLook) -> Rgb {
    frame(look).fill.unwrap_or(PAGE)
}

/// How an edge is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgePaint {
    pub color: Rgb,
    pub dashed: bool,
}

/// Chosen: hues at least 40 degrees apart, each with contrast over 4.5 on white; dash for what is no traffic.
pub const fn edge(look: EdgeLook) -> EdgePaint {
    let (color, dashed) = match look {
        EdgeLook::Administration => (0x33415C, false),
        EdgeLook::Kubectl => (0x00856F, false),
        EdgeLook::NodesToApi => (0xC4166C, false),
        EdgeLook::ControlPlaneToNodes => (0xB04F08, false),
        EdgeLook::Egress => (0x2F6FD0, false),
        EdgeLook::Application => (0x6D36D9, false),
        EdgeLook::Internal => (0x7D8998, false),
        EdgeLook::Connection => (0x8C4FFF, true),
        EdgeLook::KubectlDns => (0x00856F, true),
        EdgeLook::NodesDns => (0xC4166C, true),
        EdgeLook::Broken => (0xD6262C, true),
    };
    EdgePaint { color: rgb(color), dashed }
}

/// A pill's border and text, and its fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PillPaint {
    pub ink: Rgb,
    pub border: Rgb,
    pub fill: Rgb,
}

pub const fn pill(tone: Tone) -> PillPaint {
    let (ink, border, fill) = match tone {
        Tone::Step(look) => {
            let color = edge(look).color;
            return PillPaint { ink: rgb(0xFFFFFF), border: color, fill: color };
        }
        Tone::Aws => (0x00675B, 0x0E9E8C, 0xD9F1EC),
        Tone::Customer => (0x7A4B00, 0xE09200, 0xFFEBC8),
        Tone::Neutral => (0x3B4A60, 0x9AA5B5, 0xF5F6F8),
        Tone::Good => (0x00675B, 0x00856F, 0xE3F4F1),
        Tone::Warning => (0x7A4B00, 0xC98500, 0xFFF5DC),
        Tone::Danger => (0xB3161B, 0xD6262C, 0xFDEAEA),
    };
    PillPaint { ink: rgb(ink), border: rgb(border), fill: rgb(fill) }
}

pub const fn ink(ink: Ink) -> Rgb {
    match ink {
        Ink::Primary => rgb(0x1F2937),
        Ink::Secondary => rgb(0x566377),
        Ink::Frame(look) => frame(look).title,
        Ink::Edge(look) => edge(look).color,
        Ink::Tone(tone) => pill(tone).ink,
    }
}
