//! A cluster's control plane as a section: AWS's own VPC, never the customer's, or the customer's Outpost.
//!
//! Source: Amazon EKS user guide, "Amazon EKS architecture": at least two API server instances, three etcd
//! instances over three zones, behind a load balancer.

use super::Context;
use super::headings::{about, heading, made_up, name, note, plain, small};
use crate::architecture::{Cluster, EndpointAccess, EndpointMode};
use crate::diag::Known;
use crate::diagram::{Block, Flow, Frame, Heading, Icon, Pill, Row, Section};
use crate::lang::fill;
use crate::look::{FrameLook, Glyph, Ink, Tone};
use crate::text::clean;

pub fn section(cluster: &Cluster, columns: usize, context: &Context) -> Section {
    let mut blocks =
        vec![Block::Icon(cluster_icon(cluster, context)), etcd(cluster, context), api_servers(cluster, context)];
    if has_endpoint(cluster) {
        blocks.push(Block::Icon(endpoint(cluster, context)));
    }
    let heading = heading_of(cluster, context);
    Section { heading, zones: vec![false; columns], rows: vec![Row::Span(blocks)], border: Vec::new() }
}

/// What is written on the frame of a cluster's control plane.
pub fn heading_of(cluster: &Cluster, context: &Context) -> Heading {
    let p = context.phrases;
    let address = &cluster.identity.address;
    let ink = Ink::Frame(FrameLook::ControlPlane);
    let (place, badge) = match &cluster.outpost {
        Some(outpost) => (fill(p.on_outpost, &[outpost]), Glyph::GroupGeneric),
        None => (p.aws_managed.to_string(), Glyph::GroupManagedVpc),
    };
    let mut title = vec![name(p.control_plane, ink), plain(&place, Ink::Secondary)];
    title.extend(note(&cluster.identity));
    let about = made_up(control_plane_id(address), "control-plane", p.control_plane);
    let mut heading = heading(about, FrameLook::ControlPlane, Some(badge), title);
    heading.pills = pills(cluster, context);
    heading
}

/// The mode of a cluster's endpoint, in words.
pub fn mode_word(cluster: &Cluster, context: &Context) -> &'static str {
    let p = context.phrases;
    match EndpointMode::of(&cluster.endpoint) {
        Some(EndpointMode::Both) => p.endpoint_both,
        Some(EndpointMode::Public) => p.endpoint_public,
        Some(EndpointMode::Private) => p.endpoint_private,
        None => p.endpoint_unknown,
    }
}

fn pills(cluster: &Cluster, context: &Context) -> Vec<Pill> {
    let p = context.phrases;
    let text = mode_word(cluster, context).to_string();
    let mut pills = vec![Pill { tone: Tone::Good, text, tooltip: cluster.endpoint.because.text.clone() }];
    if cluster.auto_mode == Some(true) {
        pills.push(Pill { tone: Tone::Neutral, text: p.auto_mode.to_string(), tooltip: String::new() });
    }
    let egress = cluster.egress_mode.iter().map(|mode| fill(p.egress_mode, &[mode]));
    pills.extend(egress.map(|text| Pill { tone: Tone::Neutral, text: clean(&text), tooltip: String::new() }));
    pills
}

fn cluster_icon(cluster: &Cluster, context: &Context) -> Icon {
    let p = context.phrases;
    let kind = match &cluster.version {
        Some(version) => format!("{} · {version}", p.eks_cluster),
        None => p.eks_cluster.to_string(),
    };
    let addons = cluster.addons.join(", ");
    Icon {
        about: about(&cluster.identity, &[&cluster.endpoint.because.text, &addons]),
        glyph: Glyph::Eks,
        external: cluster.identity.external,
        label: vec![name(&cluster.identity.name, Ink::Primary), small(&kind)],
        pills: Vec::new(),
        band: None,
    }
}

fn part(cluster: &Cluster, part: &str, glyph: Glyph, word: &str) -> Icon {
    Icon {
        about: made_up(format!("{}/{part}", cluster.identity.address), part_type(part), word),
        glyph,
        external: false,
        label: vec![plain(word, Ink::Primary)],
        pills: Vec::new(),
        band: None,
    }
}

fn part_type(part: &str) -> &str {
    part.rsplit('/').next().unwrap_or(part)
}

fn managed_group(cluster: &Cluster, id: &str, title: &str, icons: Vec<Icon>) -> Block {
    let about = made_up(format!("{}/{id}", cluster.identity.address), "managed-group", title);
    let look = FrameLook::ManagedGroup;
    Block::Frame(Frame {
        heading: heading(about, look, None, vec![plain(title, Ink::Frame(look))]),
        flow: Flow::Row,
        blocks: icons.into_iter().map(Block::Icon).collect(),
        band: None,
    })
}

fn etcd(cluster: &Cluster, context: &Context) -> Block {
    let p = context.phrases;
    managed_group(
        cluster,
        "etcd",
        &group_title(p.etcd, cluster, context),
        vec![part(cluster, "etcd/etcd", Glyph::K8sEtcd, p.etcd)],
    )
}

fn api_servers(cluster: &Cluster, context: &Context) -> Block {
    let p = context.phrases;
    let icons = vec![
        part(cluster, "api/api-server", Glyph::K8sApiServer, p.api_server),
        part(cluster, "api/scheduler", Glyph::K8sScheduler, p.scheduler),
        part(cluster, "api/controller-manager", Glyph::K8sControllerManager, p.controllers),
    ];
    managed_group(cluster, "api", &group_title(p.api_servers, cluster, context), icons)
}

/// What holds the instances on an Outpost is not known; in AWS's own VPC it is an Auto Scaling group.
fn group_title(word: &str, cluster: &Cluster, context: &Context) -> String {
    match &cluster.outpost {
        Some(_) => word.to_string(),
        None => format!("{word} ({})", context.phrases.auto_scaling_group),
    }
}

/// The id of its frame.
pub fn control_plane_id(cluster: &str) -> String {
    format!("{cluster}/control-plane")
}

/// The id of the box at which ways through the EKS-owned network interfaces end.
pub fn api_servers_id(cluster: &str) -> String {
    format!("{cluster}/api")
}

pub fn etcd_id(cluster: &str) -> String {
    format!("{cluster}/etcd")
}

/// The id of the icon at which paths to the API end.
pub fn endpoint_id(cluster: &str) -> String {
    format!("{cluster}/endpoint")
}

/// Of a private cluster, the API is met at its network interfaces only.
pub fn has_endpoint(cluster: &Cluster) -> bool {
    cluster.endpoint.public != Known::Yes(false)
}

fn endpoint(cluster: &Cluster, context: &Context) -> Icon {
    let EndpointAccess { public, public_cidrs, because, .. } = &cluster.endpoint;
    let mut label = vec![plain(context.phrases.api_endpoint, Ink::Primary)];
    if public.yes() == Some(&true) {
        label.push(small(&fill(context.phrases.open_to, &[&public_cidrs.join(", ")])));
    }
    Icon {
        about: made_up(endpoint_id(&cluster.identity.address), "endpoint", because.text.clone()),
        glyph: Glyph::ApiEndpoint,
        external: false,
        label,
        pills: Vec::new(),
        band: None,
    }
}
