//! The names of looks in files: CSS classes in SVG, values in JSON.

use crate::look::{FrameLook, Tone};

pub const fn frame(look: FrameLook) -> &'static str {
    match look {
        FrameLook::Cloud => "cloud",
        FrameLook::Account => "account",
        FrameLook::Region => "region",
        FrameLook::ControlPlane => "control-plane",
        FrameLook::Vpc => "vpc",
        FrameLook::ExternalVpc => "external-vpc",
        FrameLook::Zone => "zone",
        FrameLook::PublicSubnet => "public-subnet",
        FrameLook::PrivateSubnet => "private-subnet",
        FrameLook::IsolatedSubnet => "isolated-subnet",
        FrameLook::UnknownSubnet => "unknown-subnet",
        FrameLook::NodeGroup => "node-group",
        FrameLook::AutoScalingGroup => "auto-scaling-group",
        FrameLook::Fargate => "fargate",
        FrameLook::LoadBalancer => "load-balancer",
        FrameLook::ClusterInterfaces => "cluster-interfaces",
        FrameLook::Database => "database",
        FrameLook::ManagedGroup => "managed-group",
        FrameLook::Services => "services",
        FrameLook::Plain => "plain",
    }
}

pub const fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Neutral => "neutral",
        Tone::Good => "good",
        Tone::Warning => "warning",
        Tone::Danger => "danger",
    }
}
