//! Black on white, to survive a copying machine: borders are told apart by weight and dash, edges too, and the fills
//! of subnets only help. A dash is short enough to be seen on a sample of the legend.

use super::{
    Basics, Drawing, EdgePaint, FRAME_DASH, FramePaint, GONE_DASH, PLATE_RADIUS, PillPaint, Rgb, SignPaint, rgb,
};
use crate::geom::Px;
use crate::look::{EdgeLook, FrameLook, Sign, Tone};

const BLACK: u32 = 0x000000;
const WHITE: u32 = 0xFFFFFF;
/// Of what only arranges. Chosen: still black on a copy.
const GREY: u32 = 0x555555;

pub const BASICS: Basics = Basics {
    page: rgb(WHITE),
    legend_border: rgb(GREY),
    ring: rgb(GREY),
    primary: rgb(BLACK),
    secondary: rgb(0x333333),
};

/// Chosen: heavy for what is the user's own (cloud, VPC, nodes), fine for the rest.
pub const fn frame(look: FrameLook) -> FramePaint {
    const fn line(width: Px, dash: Option<&'static str>) -> FramePaint {
        FramePaint { width, dash, ..FramePaint::solid(BLACK, BLACK) }
    }
    const fn on(fill: u32, frame: FramePaint) -> FramePaint {
        FramePaint { fill: Some(rgb(fill)), ..frame }
    }
    const fn band(width: Px, dash: Option<&'static str>) -> FramePaint {
        FramePaint { opacity: 0, ..on(WHITE, line(width, dash)) }
    }
    match look {
        FrameLook::Cloud => line(2, None),
        FrameLook::Account => line(1, None),
        FrameLook::Region => line(1, Some("2 3")),
        FrameLook::ControlPlane => on(0xF4F4F4, line(1, None)),
        FrameLook::Vpc => line(2, None),
        FrameLook::ExternalVpc => line(2, Some("6 4")),
        FrameLook::Zone => FramePaint::dashed(GREY, BLACK),
        FrameLook::PublicSubnet => on(WHITE, line(1, None)),
        FrameLook::PrivateSubnet => on(0xF0F0F0, line(1, Some("8 3"))),
        FrameLook::IsolatedSubnet => on(0xE2E2E2, line(1, Some("8 3 2 3"))),
        FrameLook::UnknownSubnet => on(WHITE, line(1, Some("1 3"))),
        FrameLook::NodeGroup => band(2, Some("6 3")),
        FrameLook::AutoScalingGroup => band(2, Some("2 3")),
        FrameLook::Fargate => band(2, None),
        FrameLook::LoadBalancer => band(2, Some("9 3 2 3")),
        FrameLook::ClusterInterfaces => band(1, Some("2 2")),
        FrameLook::Database => band(2, Some("9 3 2 3 2 3")),
        FrameLook::ManagedGroup => on(WHITE, line(1, Some(FRAME_DASH))),
        FrameLook::Services => line(1, Some("1 2")),
        FrameLook::Kubernetes => line(2, None),
        FrameLook::Instance => on(WHITE, line(1, None)),
        FrameLook::Process => FramePaint { radius: PLATE_RADIUS, ..on(0xF0F0F0, line(1, None)) },
        FrameLook::AwsProcess => FramePaint { radius: PLATE_RADIUS, ..on(0xD8D8D8, line(1, None)) },
        FrameLook::CustomerProcess => FramePaint { radius: PLATE_RADIUS, ..on(WHITE, line(1, Some("3 2"))) },
        FrameLook::Card => FramePaint { radius: PLATE_RADIUS, ..on(WHITE, line(1, None)) },
        FrameLook::Plain => FramePaint { border: None, ..line(1, None) },
    }
}

pub const fn edge(look: EdgeLook) -> EdgePaint {
    let (width, dash) = match look {
        EdgeLook::Administration => (2, None),
        EdgeLook::Kubectl => (2, Some("7 3")),
        EdgeLook::NodesToApi => (2, Some("2 2")),
        EdgeLook::ControlPlaneToNodes => (2, Some("8 2 2 2 2 2")),
        // Not a fine line: the border of a public subnet is one.
        EdgeLook::Egress => (2, Some("8 3 2 3")),
        EdgeLook::Application => (3, None),
        EdgeLook::Internal => (1, Some("2 2")),
        EdgeLook::Connection => (1, Some("6 4")),
        EdgeLook::KubectlDns => (1, Some("7 3")),
        EdgeLook::NodesDns => (1, Some("2 2")),
        EdgeLook::Broken => (2, Some("4 4")),
    };
    EdgePaint { color: rgb(BLACK), width, dash }
}

/// Chosen: a heavy line for what is new, heavy dots for what changed, dashes for what is gone.
pub const fn sign(sign: Sign) -> SignPaint {
    let (width, dash) = match sign {
        Sign::Added => (3, None),
        Sign::Removed => (2, Some(GONE_DASH)),
        Sign::Changed => (3, Some("3 2")),
    };
    SignPaint { color: rgb(BLACK), width, dash, ink: rgb(WHITE) }
}

pub const fn pill(tone: Tone) -> PillPaint {
    let (ink, fill) = match tone {
        Tone::Neutral => (BLACK, WHITE),
        Tone::Good => (BLACK, 0xE8E8E8),
        Tone::Warning => (BLACK, 0xC8C8C8),
        Tone::Danger => (WHITE, BLACK),
        Tone::Aws => (BLACK, 0xD8D8D8),
        Tone::Customer => (BLACK, WHITE),
        Tone::Sign(look) => return PillPaint::sign(sign(look)),
        Tone::Step(_) => return PillPaint::step(rgb(BLACK), rgb(WHITE)),
    };
    PillPaint { ink: rgb(ink), border: rgb(BLACK), fill: rgb(fill) }
}

/// A shape of pure black would swallow its white lines on a copy.
pub const fn glyph(drawing: Drawing) -> Rgb {
    match drawing {
        Drawing::Lines => rgb(BLACK),
        Drawing::Shape => rgb(0x404040),
    }
}
