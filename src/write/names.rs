//! The names of looks in files: CSS classes in SVG, values in JSON.

use std::borrow::Cow;

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
        FrameLook::Kubernetes => "kubernetes",
        FrameLook::Instance => "instance",
        FrameLook::Process => "process",
        FrameLook::AwsProcess => "aws-process",
        FrameLook::CustomerProcess => "customer-process",
        FrameLook::Card => "card",
        FrameLook::Plain => "plain",
    }
}

pub fn tone(tone: Tone) -> Cow<'static, str> {
    let name = match tone {
        Tone::Neutral => "neutral",
        Tone::Good => "good",
        Tone::Warning => "warning",
        Tone::Danger => "danger",
        Tone::Aws => "aws",
        Tone::Customer => "customer",
        Tone::Sign(sign) => sign.name(),
        Tone::Step(look) => return format!("step-{}", look.name()).into(),
    };
    name.into()
}
