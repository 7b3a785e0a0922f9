//! Dark on white, in AWS's colours.

use super::{
    Basics, EDGE_DASH, EDGE_STROKE, EdgePaint, FRAME_DASH, FramePaint, GONE_DASH, PLATE_RADIUS, PillPaint, SignPaint,
    rgb,
};
use crate::look::{EdgeLook, FrameLook, Sign, Tone};

pub const BASICS: Basics = Basics {
    page: rgb(0xFFFFFF),
    legend_border: rgb(0xC3CAD5),
    // Chosen: dark enough to print.
    ring: rgb(0x7D8998),
    primary: rgb(0x1F2937),
    secondary: rgb(0x566377),
};

/// Source: draw.io 24.7.17, AWS / Groups, for cloud, account, region, VPC, zone, subnets and Auto Scaling group;
/// the others chosen from the same palette.
pub const fn frame(look: FrameLook) -> FramePaint {
    match look {
        FrameLook::Cloud => FramePaint::solid(0x232F3E, 0x232F3E),
        FrameLook::Account => FramePaint::solid(0xCD2264, 0xCD2264),
        FrameLook::Region => FramePaint::dashed(0x00A4A6, 0x147EBA),
        FrameLook::ControlPlane => FramePaint { fill: Some(rgb(0xF5F6F8)), ..FramePaint::solid(0x5A6C86, 0x3B4A60) },
        FrameLook::Vpc => FramePaint::solid(0x8C4FFF, 0x6D36D9),
        FrameLook::ExternalVpc => FramePaint::dashed(0x8C4FFF, 0x6D36D9),
        FrameLook::Zone => FramePaint::dashed(0x147EBA, 0x147EBA),
        FrameLook::PublicSubnet => FramePaint::filled(0xF2F6E8, 0x7AA116, 0x3F7A12),
        FrameLook::PrivateSubnet => FramePaint::filled(0xE6F6F7, 0x00A4A6, 0x147EBA),
        FrameLook::IsolatedSubnet => FramePaint::filled(0xEDF0F4, 0x5A6C86, 0x44546C),
        FrameLook::UnknownSubnet => FramePaint {
            border: Some(rgb(0x9AA5B5)),
            dash: Some(FRAME_DASH),
            ..FramePaint::filled(0xF7F8FA, 0x7D8998, 0x5A6C86)
        },
        FrameLook::NodeGroup => FramePaint::band(0xD86613, 0xFFEAD6, 0xB04F08),
        // AWS draws it as a border alone; a profile is no machines, hence the other hue and the whole line.
        FrameLook::AutoScalingGroup => FramePaint { opacity: 0, ..FramePaint::band(0xD86613, 0xFFFFFF, 0xB04F08) },
        FrameLook::Fargate => FramePaint { dash: None, ..FramePaint::band(0xB98900, 0xFFF6C8, 0x7A5A00) },
        FrameLook::LoadBalancer => FramePaint::band(0x8C4FFF, 0xF1EAFF, 0x6D36D9),
        FrameLook::ClusterInterfaces => FramePaint::band(0x8C4FFF, 0xFFFFFF, 0x6D36D9),
        FrameLook::Database => FramePaint::band(0xC925D1, 0xFBE9FC, 0x9A159F),
        FrameLook::ManagedGroup => FramePaint { fill: Some(rgb(0xFFFFFF)), ..FramePaint::dashed(0xD86613, 0xB04F08) },
        FrameLook::Services => FramePaint::dashed(0x9AA5B5, 0x5A6C86),
        FrameLook::Kubernetes => FramePaint::solid(0x326CE5, 0x2556BD),
        FrameLook::Instance => FramePaint { fill: Some(rgb(0xFFFFFF)), ..FramePaint::solid(0xD86613, 0xB04F08) },
        FrameLook::Process => FramePaint::plate(0xE8F0FC, 0x1F2937),
        FrameLook::AwsProcess => FramePaint::plate(0xD9F1EC, 0x1F2937),
        FrameLook::CustomerProcess => FramePaint::plate(0xFFEBC8, 0x1F2937),
        FrameLook::Card => {
            FramePaint { fill: Some(rgb(0xFFFFFF)), radius: PLATE_RADIUS, ..FramePaint::solid(0x8C4FFF, 0x6D36D9) }
        }
        FrameLook::Plain => FramePaint { border: None, ..FramePaint::solid(0xFFFFFF, 0x232F3E) },
    }
}

/// Chosen: hues at least 40 degrees apart, each with contrast over 4.5 on white; dash for what is no traffic.
pub const fn edge(look: EdgeLook) -> EdgePaint {
    let (color, dash) = match look {
        EdgeLook::Administration => (0x33415C, None),
        EdgeLook::Kubectl => (0x00856F, None),
        EdgeLook::NodesToApi => (0xC4166C, None),
        EdgeLook::ControlPlaneToNodes => (0xB04F08, None),
        EdgeLook::Egress => (0x2F6FD0, None),
        EdgeLook::Application => (0x6D36D9, None),
        EdgeLook::Internal => (0x7D8998, None),
        EdgeLook::Connection => (0x8C4FFF, Some(EDGE_DASH)),
        EdgeLook::KubectlDns => (0x00856F, Some(EDGE_DASH)),
        EdgeLook::NodesDns => (0xC4166C, Some(EDGE_DASH)),
        EdgeLook::Broken => (0xD6262C, Some(EDGE_DASH)),
    };
    EdgePaint { color: rgb(color), width: EDGE_STROKE, dash }
}

/// Chosen: green, red and amber of one weight; who does not tell them apart reads the sign.
pub const fn sign(sign: Sign) -> SignPaint {
    let (color, dash) = match sign {
        Sign::Added => (0x1A7F37, None),
        Sign::Removed => (0xC2202B, Some(GONE_DASH)),
        Sign::Changed => (0xA85400, None),
    };
    SignPaint { color: rgb(color), width: EDGE_STROKE, dash, ink: rgb(0xFFFFFF) }
}

pub const fn pill(tone: Tone) -> PillPaint {
    let (ink, border, fill) = match tone {
        Tone::Neutral => (0x3B4A60, 0x9AA5B5, 0xF5F6F8),
        Tone::Good => (0x00675B, 0x00856F, 0xE3F4F1),
        Tone::Warning => (0x7A4B00, 0xC98500, 0xFFF5DC),
        Tone::Danger => (0xB3161B, 0xD6262C, 0xFDEAEA),
        Tone::Aws => (0x00675B, 0x0E9E8C, 0xD9F1EC),
        Tone::Customer => (0x7A4B00, 0xE09200, 0xFFEBC8),
        Tone::Sign(look) => return PillPaint::sign(sign(look)),
        Tone::Step(look) => return PillPaint::step(edge(look).color, rgb(0xFFFFFF)),
    };
    PillPaint { ink: rgb(ink), border: rgb(border), fill: rgb(fill) }
}
