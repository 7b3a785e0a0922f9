//! Icons and bands: single things, members of groups, and what is written on them.

use super::Context;
use super::fold::Stack;
use super::headings::{STACK, about, because, heading, made_up, name, note, plain, small, stand_for};
use crate::architecture::{Count, Endpoint, EndpointKind, Exposure, Group, Identity, Subnet, Thing, Vpc};
use crate::diag::Known;
use crate::diagram::{About, Block, Flow, Frame, Heading, Icon, Pill, Words};
use crate::kinds::Kind;
use crate::lang::{Phrases, count, fill};
use crate::look::{FrameLook, Glyph, Ink, Tone};
use crate::text::clean;

/// What stands alone in a subnet, gateways first.
pub fn in_subnet(vpc: &Vpc, subnet: &Subnet, context: &Context) -> Vec<Icon> {
    let mut things: Vec<&Thing> = subnet.things.iter().collect();
    things.sort_by_key(|t| place_in_cell(t.kind));
    let mut icons: Vec<Icon> = things.into_iter().map(|t| icon(t, context)).collect();
    let here = |e: &&Endpoint| e.kind != EndpointKind::Gateway && e.subnets.contains(&subnet.identity.address);
    icons.extend(interface_endpoints(subnet, &vpc.endpoints.iter().filter(here).collect::<Vec<_>>(), context));
    icons
}

const fn place_in_cell(kind: Kind) -> u8 {
    match kind {
        Kind::NatGateway | Kind::NatInstance => 0,
        Kind::Bastion => 1,
        Kind::ClusterInterface | Kind::NetworkInterface => 8,
        _ => 4,
    }
}

pub fn icon(thing: &Thing, context: &Context) -> Icon {
    if let Some(stack) = context.folds.stack(&thing.identity.address) {
        return stacked(thing, stack, context);
    }
    let p = context.phrases;
    let facts = thing.facts.join(" · ");
    let mut label = vec![name(&thing.identity.name, Ink::Primary)];
    label.extend(kind_word(thing.kind, p).map(small));
    if !facts.is_empty() {
        label.push(small(&facts));
    }
    label.extend(note(&thing.identity));
    Icon {
        about: about(&thing.identity, &[&facts, because(thing.because.as_ref())]),
        glyph: thing.kind.glyph(),
        external: thing.identity.external,
        label,
        pills: exposures(&thing.exposures, p),
        band: None,
    }
}

/// What a thing is, where its icon and name do not say it.
const fn kind_word(kind: Kind, p: &'static Phrases) -> Option<&'static str> {
    match kind {
        Kind::Bastion => Some(p.bastion),
        Kind::NatGateway => Some(p.nat_gateway),
        Kind::NatInstance => Some(p.nat_instance),
        Kind::TransitGateway => Some(p.transit_gateway),
        _ => None,
    }
}

/// One pill a port, with all the blocks to which it is open.
fn exposures(exposures: &[Exposure], p: &Phrases) -> Vec<Pill> {
    let mut pills: Vec<(&str, Vec<&str>, Vec<String>)> = Vec::new();
    for exposure in exposures {
        let at = pills.iter().position(|(port, ..)| *port == exposure.port);
        let at = at.unwrap_or_else(|| {
            pills.push((&exposure.port, Vec::new(), Vec::new()));
            pills.len() - 1
        });
        if !pills[at].1.contains(&exposure.from.as_str()) {
            pills[at].1.push(&exposure.from);
            pills[at].1.sort_unstable();
        }
        pills[at].2.push(clean(&exposure.because.text));
    }
    let pill = |(port, from, because): (&str, Vec<&str>, Vec<String>)| Pill {
        tone: Tone::Danger,
        text: clean(&fill(p.exposed, &[port, &from.join(", ")])),
        tooltip: because.join("\n"),
    };
    pills.into_iter().map(pill).collect()
}

/// Many of one kind as one icon with their number, and what all of them have in common; hovering lists them.
fn stacked(thing: &Thing, stack: &Stack, context: &Context) -> Icon {
    let p = context.phrases;
    let (glyph, title) = match (&thing.identity.grouped, thing.kind) {
        (Some(name), kind) => (kind.glyph(), format!("{} × {name}", stack.count)),
        (None, Kind::Instance) => (Glyph::Instances, count(p.count_instances, stack.count)),
        (None, kind) => (kind.glyph(), format!("{} × {}", stack.count, thing_kind(thing, p))),
    };
    let mut label = vec![name(&title, Ink::Primary)];
    label.extend((!thing.facts.is_empty()).then(|| small(&thing.facts.join(" · "))));
    let mut about = about(&thing.identity, &[]);
    stand_for(&mut about, stack, &title);
    Icon { about, glyph, external: thing.identity.external, label, pills: exposures(&thing.exposures, p), band: None }
}

/// `NAT gateway`, and of what has no word of ours its type: `S3 Bucket`.
pub fn thing_kind(thing: &Thing, p: &'static Phrases) -> String {
    let type_name = || thing.identity.type_name.split("::").skip(1).collect::<Vec<_>>().join(" ");
    kind_word(thing.kind, p).map_or_else(type_name, str::to_string)
}

/// One endpoint as itself, several as one icon with the services under it.
fn interface_endpoints(subnet: &Subnet, endpoints: &[&Endpoint], context: &Context) -> Option<Icon> {
    let p = context.phrases;
    let first = endpoints.first()?;
    let services: Vec<String> = endpoints.iter().map(|e| clean(&e.service)).collect();
    let id = format!("{}/endpoints", subnet.identity.address);
    let mut about = made_up(id, "AWS::EC2::VPCEndpoint", services.join("\n"));
    about.origin = Some(first.identity.origin.clone());
    if endpoints.iter().all(|endpoint| endpoint.identity.in_no_stack) {
        about.facts.push((STACK, "none".to_string()));
    }
    let title = match endpoints.len() {
        1 => p.interface_endpoint.to_string(),
        n => fill(p.interface_endpoints, &[&n.to_string()]),
    };
    Some(Icon {
        about,
        glyph: Glyph::EndpointInterface,
        external: false,
        label: vec![name(&title, Ink::Primary), small(&services.join(", "))],
        pills: Vec::new(),
        band: None,
    })
}

pub fn border_icon(identity: &Identity, glyph: Glyph, word: &str) -> Icon {
    let mut label = vec![plain(word, Ink::Primary)];
    let logical = identity.address.rsplit('/').next().unwrap_or_default();
    if identity.name != logical {
        label.push(small(&identity.name));
    }
    label.extend(note(identity));
    Icon { about: about(identity, &[]), glyph, external: identity.external, label, pills: Vec::new(), band: None }
}

/// The heading of a group's band; `piece` counts the bands of one group from 1.
pub fn band_heading(group: &Group, piece: usize, context: &Context) -> Heading {
    let (look, badge) = band_look(group.kind);
    let ink = Ink::Frame(look);
    let mut about = group_about(group, because(group.because.as_ref()), context);
    if piece > 1 {
        about.id = format!("{}#{piece}", about.id);
        about.facts.retain(|(fact, _)| *fact != STACK);
    }
    let (title, detail) = group_title(group, context);
    let mut title = vec![name(&title, ink), plain(&detail, ink)];
    title.extend(note(&group.identity).filter(|_| piece == 1));
    let mut heading = heading(about, look, Some(badge), title);
    if piece == 1 {
        heading.pills = exposures(&group.exposures, context.phrases);
    }
    heading
}

pub const fn band_look(kind: Kind) -> (FrameLook, Glyph) {
    match kind {
        Kind::ManagedNodeGroup | Kind::SelfManagedNodeGroup | Kind::AutoModeNodes => {
            (FrameLook::NodeGroup, Glyph::GroupNodeGroup)
        }
        Kind::FargateProfile => (FrameLook::Fargate, Glyph::GroupFargate),
        Kind::ApplicationLoadBalancer
        | Kind::NetworkLoadBalancer
        | Kind::GatewayLoadBalancer
        | Kind::ClassicLoadBalancer => (FrameLook::LoadBalancer, Glyph::GroupLoadBalancer),
        Kind::ClusterInterface => (FrameLook::ClusterInterfaces, Glyph::GroupInterfaces),
        Kind::Rds
        | Kind::Aurora
        | Kind::DynamoDb
        | Kind::ElastiCache
        | Kind::DocumentDb
        | Kind::Neptune
        | Kind::Redshift
        | Kind::OpenSearch
        | Kind::Msk
        | Kind::Mq => (FrameLook::Database, Glyph::GroupDatabase),
        _ => (FrameLook::AutoScalingGroup, Glyph::GroupAutoScaling),
    }
}

/// A group's name and what is said of it: `nodes` and `managed node group, 2 × t3.medium`. Of a stack, what all have in
/// common: `3 × managed node group` and `6 × t3.medium`.
fn group_title(group: &Group, context: &Context) -> (String, String) {
    let kind = group_kind(group, context.phrases).to_string();
    if group.kind == Kind::ClusterInterface {
        let doubt = if group.identity.external { context.phrases.cluster_interfaces_candidates } else { "" };
        return (kind, doubt.to_string());
    }
    let (title, before) = match context.folds.stack(&group.identity.address) {
        Some(stack) => (format!("{} × {}", stack.count, group.identity.grouped.as_ref().unwrap_or(&kind)), None),
        None => (group.identity.name.clone(), Some(kind).filter(|kind| *kind != group.identity.name)),
    };
    let parts = before.into_iter().chain([sized(group, context.phrases)]).chain(group.facts.iter().cloned());
    (title, parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}

fn group_about(group: &Group, line: &str, context: &Context) -> About {
    let (title, detail) = group_title(group, context);
    let mut about = about(&group.identity, &[&detail, line]);
    if let Some(stack) = context.folds.stack(&group.identity.address) {
        stand_for(&mut about, stack, &title);
    }
    about
}

pub fn group_kind<'a>(group: &'a Group, p: &'static Phrases) -> &'a str {
    match group.kind {
        Kind::ManagedNodeGroup => p.managed_node_group,
        Kind::SelfManagedNodeGroup => p.self_managed_node_group,
        Kind::AutoModeNodes => p.auto_mode_nodes,
        Kind::FargateProfile => p.fargate_profile,
        Kind::AutoScalingGroup => p.auto_scaling_group,
        Kind::ApplicationLoadBalancer => p.application_load_balancer,
        Kind::NetworkLoadBalancer => p.network_load_balancer,
        Kind::GatewayLoadBalancer => p.gateway_load_balancer,
        Kind::ClassicLoadBalancer => p.classic_load_balancer,
        Kind::ClusterInterface => p.cluster_interfaces,
        _ => group.identity.type_name.rsplit("::").nth(1).unwrap_or_default(),
    }
}

/// `2 × t3.medium`, and where no type is known `2 instances`.
fn sized(group: &Group, p: &Phrases) -> String {
    let types = group.instance_types.join(", ");
    let (one, many) = match group.kind {
        Kind::EcsService => (p.task, p.tasks),
        _ => (p.instance, p.instances),
    };
    match (group.count.as_ref().map(shown_count), types.is_empty()) {
        (Some(count), false) => format!("{count} × {types}"),
        (Some(count), true) => fill(p.so_many, &[&count, if count == "1" { one } else { many }]),
        (None, _) => types,
    }
}

/// `2`, `1–4` where only the bounds are known, `<NodeCount>`.
fn shown_count(count: &Count) -> String {
    match (&count.desired, &count.least, &count.most) {
        (Some(n), ..) => n.to_string(),
        (None, Some(least), Some(most)) if least != most => format!("{least}–{most}"),
        (None, Some(n), _) | (None, None, Some(n)) => n.to_string(),
        (None, None, None) => "?".to_string(),
    }
}

/// The icon of a group in one of its subnets.
pub fn member(group: &Group, subnet: &Subnet, band: &str, context: &Context) -> Icon {
    let p = context.phrases;
    let (own, place) = (&group.identity.address, &subnet.identity.address);
    // Another stack may have a subnet of the same name.
    let place = match (own.rsplit_once('/'), place.rsplit_once('/')) {
        (Some((stack, _)), Some((theirs, name))) if stack == theirs => name,
        _ => place,
    };
    let id = format!("{own}/in/{place}");
    let nodes = matches!(group.kind, Kind::ManagedNodeGroup | Kind::SelfManagedNodeGroup | Kind::AutoModeNodes);
    let mut glyph = group.member.glyph();
    let mut label = Vec::new();
    if let Some(count) = &group.count {
        let (one, many) = match group.member {
            _ if nodes => (p.worker_node, p.worker_nodes),
            Kind::Bastion => (p.bastion, p.bastions),
            Kind::EcsService => (p.task, p.tasks),
            _ => (p.instance, p.instances),
        };
        let share = share(count, group.subnets.len());
        if share.most != Some(1) && group.member != Kind::Bastion {
            glyph = if nodes { Glyph::WorkerNodes } else { Glyph::Instances };
        }
        label.push(plain(&share.words(one, many, p), Ink::Primary));
        label.extend(types(group));
    }
    let mut about = group_about(group, "", context);
    about.id = id;
    about.facts.retain(|(fact, _)| *fact != STACK);
    Icon { about, glyph, external: group.identity.external, label, pills: Vec::new(), band: Some(band.to_string()) }
}

fn types(group: &Group) -> Option<Words> {
    (!group.instance_types.is_empty()).then(|| small(&group.instance_types.join(", ")))
}

/// How many instances of a group one of its subnets holds.
struct Share {
    least: u32,
    /// `None` where it is not known.
    most: Option<u32>,
}

/// An Auto Scaling group keeps its zones balanced: each has the floor or the ceiling of its share.
///
/// Source: EC2 Auto Scaling user guide, "Distribute instances across Availability Zones".
fn share(count: &Count, subnets: usize) -> Share {
    let subnets = (subnets as u32).max(1);
    match count.desired.as_ref().or(count.least.as_ref()).and_then(Known::yes) {
        Some(n) => Share { least: n / subnets, most: Some(n.div_ceil(subnets)) },
        None => Share { least: 0, most: None },
    }
}

impl Share {
    fn words(&self, one: &str, many: &str, p: &Phrases) -> String {
        let so_many = |n: String, word: &str| fill(p.so_many, &[&n, word]);
        match (self.least, self.most) {
            (_, None) => many.to_string(),
            (1, Some(1)) => one.to_string(),
            (0, Some(0)) => so_many("0".to_string(), many),
            (0, Some(1)) => so_many("0–1".to_string(), one),
            (least, Some(most)) if least == most => so_many(least.to_string(), many),
            (least, Some(most)) => so_many(format!("{least}–{most}"), many),
        }
    }
}

/// A group none of whose subnets is drawn.
pub fn loose_group(group: &Group, context: &Context) -> Icon {
    let (title, detail) = group_title(group, context);
    let mut label = vec![name(&title, Ink::Primary), small(&detail)];
    label.extend(group.unknown_subnets.as_ref().map(|s| small(&format!("<{s}>"))));
    label.extend(note(&group.identity));
    Icon {
        about: group_about(group, context.phrases.without_subnet, context),
        glyph: group.kind.glyph(),
        external: group.identity.external,
        label,
        pills: exposures(&group.exposures, context.phrases),
        band: None,
    }
}

/// What stands in the region, outside the VPCs.
pub fn services(services: &[Thing], region: &str, context: &Context) -> Option<Frame> {
    if services.is_empty() {
        return None;
    }
    let about = made_up(format!("{region}/services"), "services", context.phrases.regional_services);
    let title = vec![plain(context.phrases.regional_services, Ink::Frame(FrameLook::Services))];
    let blocks = services.iter().map(|s| Block::Icon(icon(s, context))).collect();
    Some(Frame { heading: heading(about, FrameLook::Services, None, title), flow: Flow::Row, blocks, band: None })
}
