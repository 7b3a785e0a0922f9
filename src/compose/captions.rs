//! The picture's title, its subtitle, and the sentence that describes it to people who cannot see it.

use std::collections::BTreeSet;

use super::{ClusterView, Context};
use crate::architecture::{Architecture, Cluster, EndpointMode, Region, ZoneKind};
use crate::diagram::Diagram;
use crate::kinds::Kind;
use crate::lang::{count, fill};
use crate::text::clean;

/// What is written over the picture of an architecture: as it is, and not as it was folded.
pub fn add(diagram: &mut Diagram, architecture: &Architecture, view: &str, wish: Option<&str>, context: &Context) {
    diagram.title = wish.map_or_else(|| title(architecture, context), clean);
    diagram.subtitle = format!("{view}: {}", parts(&architecture.regions, context).join(", "));
    if let Some(counted) = context.signs.counted() {
        diagram.subtitle.push_str(&format!(" · {counted}"));
    }
    diagram.description = description(diagram, architecture);
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

fn description(diagram: &Diagram, architecture: &Architecture) -> String {
    let names = architecture
        .regions
        .iter()
        .flat_map(|r| &r.vpcs)
        .map(|v| clean(&format!("{} {}", v.identity.name, v.cidrs.join(", "))));
    let names: Vec<String> = names.collect();
    format!("{}. {}. {}", diagram.title, diagram.subtitle, names.join("; "))
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
            let (mode, how) = match EndpointMode::of(&cluster.endpoint) {
                Some(EndpointMode::Public) => (p.mode_public, p.endpoint_view_public),
                Some(EndpointMode::Both) => (p.mode_both, p.endpoint_view_both),
                Some(EndpointMode::Private) => (p.mode_private, p.endpoint_view_private),
                None => (p.mode_unknown, p.endpoint_view_unknown),
            };
            (fill(p.title_endpoint, &[&name, mode]), how)
        }
    };
    write(diagram, wish.map_or(title, clean), subtitle);
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
