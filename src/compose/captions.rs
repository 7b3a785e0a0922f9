//! The picture's title, its subtitle, and the sentence that describes it to people who cannot see it.

use std::collections::BTreeSet;

use super::{ClusterView, Context};
use crate::architecture::{Architecture, Cluster, EndpointMode, Region, Tier, Vpc, ZoneKind};
use crate::diagram::Diagram;
use crate::kinds::Kind;
use crate::lang::{Phrases, count, fill};
use crate::text::clean;

/// What is written over the picture of an architecture: as it is, and not as it was folded.
pub fn add(diagram: &mut Diagram, architecture: &Architecture, view: &str, wish: Option<&str>, context: &Context) {
    diagram.title = wish.map_or_else(|| title(architecture, context), clean);
    diagram.subtitle = format!("{view}: {}", parts(&architecture.regions, context).join(", "));
    if let Some(counted) = context.signs.counted() {
        diagram.subtitle.push_str(&format!(" · {counted}"));
    }
    diagram.description = description(diagram, &architecture.regions, context);
}

fn title(architecture: &Architecture, context: &Context) -> String {
    let p = context.phrases;
    let clusters: Vec<_> = architecture.regions.iter().flat_map(|r| &r.clusters).collect();
    let vpcs: Vec<_> = architecture.regions.iter().flat_map(|r| &r.vpcs).filter(|v| !v.identity.external).collect();
    match (&clusters[..], &vpcs[..]) {
        ([cluster], _) => fill(p.title_cluster, &[&clean(&cluster.identity.name)]),
        ([], [vpc]) => fill(p.title_vpc, &[&clean(vpc.identity.whole_name())]),
        _ => p.title_network.to_string(),
    }
}

fn parts(regions: &[Region], context: &Context) -> Vec<String> {
    let p = context.phrases;
    let vpcs = || regions.iter().flat_map(|r| &r.vpcs);
    let zones = regions.iter().map(availability_zones).sum();
    let mut parts = vec![count(p.count_vpcs, vpcs().count())];
    let clusters = regions.iter().map(|r| r.clusters.len()).sum();
    for (words, n) in [
        (p.count_zones, zones),
        (p.count_subnets, vpcs().map(|v| v.subnets.len()).sum()),
        (p.count_clusters, clusters),
        (p.count_nodes, nodes(regions)),
        (p.count_instances, instances(regions)),
    ] {
        if n > 0 {
            parts.push(count(words, n));
        }
    }
    parts
}

/// Local Zones, Wavelength Zones and Outposts are none.
fn availability_zones(region: &Region) -> usize {
    let zones = region.vpcs.iter().flat_map(|v| &v.zones).filter(|zone| zone.kind() == ZoneKind::Availability);
    zones.collect::<BTreeSet<_>>().len()
}

/// Instances that stand alone and have no part that the picture tells, such as that of a work host.
fn instances(regions: &[Region]) -> usize {
    let vpcs = regions.iter().flat_map(|r| &r.vpcs);
    let things = vpcs.flat_map(|v| v.subnets.iter().flat_map(|s| &s.things).chain(&v.things));
    things.filter(|thing| thing.kind == Kind::Instance).count()
}

/// Worker nodes that the input asks for.
fn nodes(regions: &[Region]) -> usize {
    let groups = regions.iter().flat_map(|r| &r.vpcs).flat_map(|v| &v.groups);
    groups
        .filter(|g| matches!(g.kind, Kind::ManagedNodeGroup | Kind::SelfManagedNodeGroup))
        .filter_map(|g| g.count.as_ref()?.desired.as_ref()?.yes().copied())
        .map(|n| n as usize)
        .sum()
}

/// Most VPCs and clusters that are described one by one. Chosen: a longer text is not listened to.
const DESCRIBED: usize = 6;

/// The title, where nothing else tells it; `VPC lab 10.0.0.0/16: 2 Availability Zones, 2 public subnets`; of each cluster
/// its endpoint; and how many nodes there are.
fn description(diagram: &Diagram, regions: &[Region], context: &Context) -> String {
    let p = context.phrases;
    let vpcs = regions.iter().flat_map(|r| &r.vpcs).map(|vpc| described(vpc, p));
    let clusters = regions.iter().flat_map(|r| &r.clusters).map(|cluster| {
        let (mode, _) = endpoint_words(cluster, p);
        fill(p.title_endpoint, &[&clean(&cluster.identity.name), mode])
    });
    let nodes = nodes(regions);
    let nodes = (nodes > 0).then(|| count(p.count_nodes, nodes));
    let said: Vec<String> =
        shortened(vpcs.collect(), p).into_iter().chain(shortened(clusters.collect(), p)).chain(nodes).collect();
    let is_told = said.iter().any(|part| part.starts_with(&diagram.title));
    if is_told { said.join("; ") } else { format!("{}. {}", diagram.title, said.join("; ")) }
}

fn described(vpc: &Vpc, p: &Phrases) -> String {
    let name = fill(p.title_vpc, &[&format!("{} {}", vpc.identity.name, vpc.cidrs.join(", "))]);
    let zones = vpc.zones.iter().filter(|zone| zone.kind() == ZoneKind::Availability).count();
    let of_tier = |is_it: fn(Tier) -> bool| vpc.subnets.iter().filter(|subnet| is_it(subnet.tier)).count();
    let counts = [
        (p.count_zones, zones),
        (p.count_public, of_tier(|tier| tier == Tier::Public)),
        (p.count_private, of_tier(|tier| tier == Tier::Private)),
        (p.count_isolated, of_tier(|tier| tier == Tier::Isolated)),
        (p.count_unknown, of_tier(|tier| matches!(tier, Tier::Unknown(_)))),
    ];
    let counts: Vec<String> = counts.into_iter().filter(|(_, n)| *n > 0).map(|(words, n)| count(words, n)).collect();
    match counts.is_empty() {
        true => clean(&name),
        false => clean(&fill(p.title_page, &[&name, &counts.join(", ")])),
    }
}

fn shortened(mut list: Vec<String>, p: &Phrases) -> Vec<String> {
    if let Some(more) = list.len().checked_sub(DESCRIBED).filter(|more| *more > 0) {
        list.truncate(DESCRIBED);
        let last = list.pop().unwrap_or_default();
        list.push(fill(p.and_more, &[&last, &more.to_string()]));
    }
    list
}

/// What is written over a view of one cluster.
pub fn add_of_cluster(
    diagram: &mut Diagram,
    view: ClusterView,
    cluster: &Cluster,
    wish: Option<&str>,
    context: &Context,
) {
    let p = context.phrases;
    let name = clean(&cluster.identity.name);
    let (title, subtitle) = match view {
        ClusterView::ControlPlane => (fill(p.title_view, &[&name, p.view_control_plane]), p.control_plane_view),
        ClusterView::DataPlane => (fill(p.title_view, &[&name, p.view_data_plane]), p.data_plane_view),
        ClusterView::Kubernetes => (fill(p.title_view, &[&name, p.view_kubernetes]), p.kubernetes_view),
        ClusterView::Endpoint => {
            let (mode, how) = endpoint_words(cluster, p);
            (fill(p.title_endpoint, &[&name, mode]), how)
        }
    };
    write(diagram, wish.map_or(title, clean), subtitle);
}

/// A picture from which something was taken says so.
pub fn add_hidden(diagram: &mut Diagram, hidden: usize, context: &Context) {
    if hidden > 0 {
        let said = count(context.phrases.count_hidden, hidden);
        for text in [&mut diagram.subtitle, &mut diagram.description] {
            *text = format!("{text}; {said}");
        }
    }
}

/// The mode of a cluster's endpoint, and how the API is reached in it.
fn endpoint_words(cluster: &Cluster, p: &Phrases) -> (&'static str, &'static str) {
    match EndpointMode::of(&cluster.endpoint) {
        Some(EndpointMode::Public) => (p.mode_public, p.endpoint_view_public),
        Some(EndpointMode::Both) => (p.mode_both, p.endpoint_view_both),
        Some(EndpointMode::Private) => (p.mode_private, p.endpoint_view_private),
        None => (p.mode_unknown, p.endpoint_view_unknown),
    }
}

/// What is written over the modes of a cluster's endpoint.
pub fn add_modes(diagram: &mut Diagram, cluster: &Cluster, wish: Option<&str>, context: &Context) {
    let p = context.phrases;
    let title = fill(p.title_view, &[&clean(&cluster.identity.name), p.view_modes]);
    write(diagram, wish.map_or(title, clean), p.modes_view);
}

fn write(diagram: &mut Diagram, title: String, subtitle: &str) {
    diagram.description = format!("{title}. {subtitle}");
    diagram.title = title;
    diagram.subtitle = subtitle.to_string();
}
