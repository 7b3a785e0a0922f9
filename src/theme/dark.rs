//! Light on a dark blue, as AWS's own slides are: fills hardly lighter than the ground, the badges in their colours.
//!
//! Chosen: the hues of the light palette, lightened until a text has a contrast of 4.5 and a drawing of 3 on every
//! ground on which it can stand.

use super::{
    Basics, Drawing, EDGE_DASH, EDGE_STROKE, EdgePaint, FRAME_DASH, FramePaint, GONE_DASH, PLATE_RADIUS, PillPaint,
    Rgb, SignPaint, light, rgb,
};
use crate::look::{EdgeLook, FrameLook, Sign, Tone};

pub const BASICS: Basics = Basics {
    page: rgb(0x0F1B2A),
    legend_border: rgb(0x44546C),
    ring: rgb(0x8A9BB4),
    primary: rgb(0xE9EEF5),
    secondary: rgb(0xA9B7CA),
};

/// Badges keep their colours.
pub const fn frame(look: FrameLook) -> FramePaint {
    FramePaint { badge: glyph(light::frame(look).badge, Drawing::Shape), ..without_badge(look) }
}

const fn without_badge(look: FrameLook) -> FramePaint {
    match look {
        FrameLook::Cloud => FramePaint::solid(0xD5DBE3, 0xE9EEF5),
        FrameLook::Account => FramePaint::solid(0xE0457F, 0xF48FB1),
        FrameLook::Region => FramePaint::dashed(0x00A4A6, 0x3CC8CA),
        FrameLook::ControlPlane => FramePaint { fill: Some(rgb(0x1A2738)), ..FramePaint::solid(0x8A9BB4, 0xC8D3E3) },
        FrameLook::Vpc => FramePaint::solid(0x9D6BFF, 0xC4A8FF),
        FrameLook::ExternalVpc => FramePaint::dashed(0x9D6BFF, 0xC4A8FF),
        FrameLook::Zone => FramePaint::dashed(0x3D9AD9, 0x6DB9F2),
        FrameLook::PublicSubnet => FramePaint::filled(0x1B2E1E, 0x7AA116, 0xA9D04A),
        FrameLook::PrivateSubnet => FramePaint::filled(0x12303A, 0x00A4A6, 0x6CC7E8),
        FrameLook::IsolatedSubnet => FramePaint::filled(0x232F40, 0x5A6C86, 0xB4C2D6),
        FrameLook::UnknownSubnet => FramePaint {
            border: Some(rgb(0x7D8998)),
            dash: Some(FRAME_DASH),
            ..FramePaint::filled(0x1A2533, 0x7D8998, 0xA9B7CA)
        },
        FrameLook::NodeGroup => FramePaint::band(0xED8A3A, 0x54300F, 0xFFB366),
        FrameLook::AutoScalingGroup => FramePaint { opacity: 0, ..FramePaint::band(0xED8A3A, 0x0F1B2A, 0xFFB366) },
        FrameLook::Fargate => FramePaint { dash: None, ..FramePaint::band(0xD9A514, 0x453807, 0xF0CC5A) },
        FrameLook::LoadBalancer => FramePaint::band(0x9D6BFF, 0x32215C, 0xC9B2FF),
        FrameLook::ClusterInterfaces => FramePaint::band(0x9D6BFF, 0x0F1B2A, 0xC9B2FF),
        FrameLook::Database => FramePaint::band(0xD94FE0, 0x451548, 0xF0A0F4),
        FrameLook::ManagedGroup => FramePaint { fill: Some(rgb(0x0F1B2A)), ..FramePaint::dashed(0xED8A3A, 0xFFB366) },
        FrameLook::Services => FramePaint::dashed(0x7D8998, 0xB4C2D6),
        FrameLook::Kubernetes => FramePaint::solid(0x5B8DEF, 0x9CBBF7),
        FrameLook::Instance => FramePaint { fill: Some(rgb(0x0F1B2A)), ..FramePaint::solid(0xED8A3A, 0xFFB366) },
        FrameLook::Process => FramePaint::plate(0x1B3358, 0xE9EEF5),
        FrameLook::AwsProcess => FramePaint::plate(0x0E423D, 0xE9EEF5),
        FrameLook::CustomerProcess => FramePaint::plate(0x4F370A, 0xE9EEF5),
        FrameLook::Card => {
            FramePaint { fill: Some(rgb(0x0F1B2A)), radius: PLATE_RADIUS, ..FramePaint::solid(0x9D6BFF, 0xC4A8FF) }
        }
        FrameLook::Plain => FramePaint { border: None, ..FramePaint::solid(0x0F1B2A, 0xE9EEF5) },
    }
}

pub const fn edge(look: EdgeLook) -> EdgePaint {
    let (color, dash) = match look {
        EdgeLook::Administration => (0xD0D9E6, None),
        EdgeLook::Kubectl => (0x2FC4A8, None),
        EdgeLook::NodesToApi => (0xFF6FB0, None),
        EdgeLook::ControlPlaneToNodes => (0xFF9F4A, None),
        EdgeLook::Egress => (0x6BA8FF, None),
        EdgeLook::Application => (0xC4A5FF, None),
        EdgeLook::Internal => (0x9AA8BC, None),
        EdgeLook::Connection => (0xB08CFF, Some(EDGE_DASH)),
        EdgeLook::KubectlDns => (0x2FC4A8, Some(EDGE_DASH)),
        EdgeLook::NodesDns => (0xFF6FB0, Some(EDGE_DASH)),
        EdgeLook::Broken => (0xFF6B6F, Some(EDGE_DASH)),
    };
    EdgePaint { color: rgb(color), width: EDGE_STROKE, dash }
}

/// Chosen: green, red and amber of one weight; who does not tell them apart reads the sign.
pub const fn sign(sign: Sign) -> SignPaint {
    let (color, dash) = match sign {
        Sign::Added => (0x4AC26B, None),
        Sign::Removed => (0xFF7B72, Some(GONE_DASH)),
        Sign::Changed => (0xF0A93B, None),
    };
    SignPaint { color: rgb(color), width: EDGE_STROKE, dash, ink: rgb(0x0F1B2A) }
}

pub const fn pill(tone: Tone) -> PillPaint {
    let (ink, border, fill) = match tone {
        Tone::Neutral => (0xC8D3E3, 0x7D8998, 0x1F2C3D),
        Tone::Good => (0x7FE3CF, 0x2FB59B, 0x0E3733),
        Tone::Warning => (0xFFD27A, 0xD99A1C, 0x3D2E0B),
        Tone::Danger => (0xFFA3A3, 0xE5484D, 0x451A1E),
        Tone::Aws => (0x7FE3CF, 0x2FB59B, 0x0E423D),
        Tone::Customer => (0xFFD27A, 0xE09200, 0x4F370A),
        Tone::Sign(look) => return PillPaint::sign(sign(look)),
        Tone::Step(look) => return PillPaint::step(edge(look).color, rgb(0x0F1B2A)),
    };
    PillPaint { ink: rgb(ink), border: rgb(border), fill: rgb(fill) }
}

/// The category "general" is nearly the ground; its lines turn around, its shapes become grey. Lines of network,
/// security and management are too thin for their colours.
pub const fn glyph(category: Rgb, drawing: Drawing) -> Rgb {
    const GENERAL: u8 = 0x48;
    let Rgb(red, green, blue) = category;
    let is_general = red < GENERAL && green < GENERAL && blue < GENERAL;
    match (drawing, category) {
        (Drawing::Lines, _) if is_general => rgb(0xD5DBE3),
        (Drawing::Shape, _) if is_general => rgb(0x5A6A80),
        (Drawing::Lines, Rgb(0x8C, 0x4F, 0xFF)) => rgb(0xA880FF),
        (Drawing::Lines, Rgb(0xDD, 0x34, 0x4C)) => rgb(0xF0627A),
        (Drawing::Lines, Rgb(0xE7, 0x15, 0x7B)) => rgb(0xFF5AA5),
        _ => category,
    }
}
