//! The ways to the API and from it, as edges: DNS first, then hop by hop.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::answers::{inside_id, outside_id};
use super::managed::gateway_id;
use crate::architecture::{Architecture, Cluster, GatewayKind, Path, PathKind, Region, Stop, interface_group};
use crate::compose::control_plane::{api_servers_id, control_plane_id, endpoint_id, has_endpoint};
use crate::compose::edges::{Told, Web, bundle};
use crate::compose::marks::Broken;
use crate::compose::{Context, pieces};
use crate::diagram::{Diagram, Disc};
use crate::lang::fill;
use crate::look::{EdgeLook, Glyph};
use crate::scene::Arrows;

/// Whether the hops of a way are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Steps {
    #[default]
    Unnumbered,
    Numbered,
}

/// Whether what DNS answers is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    Drawn,
    Left,
}

/// What the legend says of each numbered hop.
pub type Captions = BTreeMap<EdgeLook, BTreeMap<u8, Vec<String>>>;

/// The hops that are numbered so far.
#[derive(Default)]
struct Numbering {
    captions: Captions,
    /// By where a hop leads: ways that come by one thing give it one number.
    numbers: BTreeMap<(EdgeLook, String), u8>,
}

pub const KUBECTL: &str = "kubectl";

/// A hop of a way: to what it leads, and in which words.
struct Hop {
    to: String,
    caption: String,
}

/// What is drawn of the whole region.
pub fn add(
    (architecture, whole): (&Architecture, &Region),
    (steps, answers): (Steps, Answers),
    broken: &[Broken],
    diagram: &mut Diagram,
    context: &Context,
) -> Captions {
    let mut numbering = Numbering::default();
    let mut web = Web::new(diagram, context);
    for region in &architecture.regions {
        let told = Told::of(region);
        // The longest ways first: what a shorter one has in common with them keeps its number.
        let mut paths: Vec<&Path> = region.paths.iter().collect();
        paths.sort_by_key(|path| Reverse(path.stops.len()));
        for path in paths {
            match path.kind {
                PathKind::Administration | PathKind::Application | PathKind::Egress => web.path(path, &told),
                PathKind::ControlPlaneToNodes => from_control_plane(path, &mut web),
                PathKind::Kubectl | PathKind::NodesToApi => {
                    let fails = broken.iter().find(|way| is_of(way, path));
                    to_api(path, region, (steps, answers), fails, &mut web, &mut numbering, context);
                }
            }
        }
    }
    let is_drawn = |way: &&Broken| architecture.regions.iter().flat_map(|r| &r.paths).any(|path| is_of(way, path));
    let mut web = Web::new(diagram, context);
    broken.iter().filter(|way| !is_drawn(way)).for_each(|way| leads_nowhere(way, &mut web, context));
    pieces::join([whole], diagram);
    bundle(&mut diagram.edges);
    numbering.captions
}

/// Whether a path is the one that does not get there.
fn is_of(way: &Broken, path: &Path) -> bool {
    let leads_to_cluster = path.stops.last().is_some_and(|stop| match stop {
        Stop::ApiEndpoint(cluster) | Stop::ApiServers(cluster) => *cluster == way.cluster,
        Stop::Administrator(_) | Stop::Clients | Stop::Internet | Stop::At(_) | Stop::Outside(_) => false,
    });
    let is_same_start = match (path.stops.first(), &way.start) {
        (Some(Stop::Administrator(_)), Stop::Administrator(_)) => true,
        (start, other) => start == Some(other),
    };
    path.kind == way.kind && is_same_start && leads_to_cluster
}

/// A way for which the routes have no hop at all.
fn leads_nowhere(way: &Broken, web: &mut Web, context: &Context) {
    let from = match (&way.start, id(&way.start)) {
        (Stop::Administrator(_), _) => {
            let level = control_plane_id(&way.cluster);
            web.actor_level_with(KUBECTL, Glyph::Kubectl, context.phrases.kubectl, Some(level))
        }
        (_, Some(id)) => id,
        (_, None) => return,
    };
    let edge = web.edge(EdgeLook::Broken, &from, &control_plane_id(&way.cluster), Arrows::Cross, &way.message);
    if let Some(edge) = edge {
        edge.label = Some(way.code.to_string());
    }
}

fn from_control_plane(path: &Path, web: &mut Web) {
    let because = because(path);
    let ids: Vec<String> = path.stops.iter().filter_map(id).collect();
    for pair in ids.windows(2) {
        web.edge(EdgeLook::ControlPlaneToNodes, &pair[0], &pair[1], Arrows::End, &because);
    }
}

fn to_api(
    path: &Path,
    region: &Region,
    (steps, answers): (Steps, Answers),
    fails: Option<&Broken>,
    web: &mut Web,
    steps_so_far: &mut Numbering,
    context: &Context,
) {
    let Some((cluster, look)) = cluster_of(path, region).zip(look(path.kind)) else { return };
    let Some((start, stops)) = path.stops.split_first() else { return };
    let from = match (start, id(start)) {
        (Stop::Administrator(_), _) => {
            let level = gateway_id(&cluster.identity.address);
            web.actor_level_with(KUBECTL, Glyph::Kubectl, context.phrases.kubectl, Some(level))
        }
        (Stop::Outside(blocks), _) => web.hybrid_nodes(blocks, Some(control_plane_id(&cluster.identity.address))),
        (_, Some(id)) => id,
        (_, None) => return,
    };
    let mut at = from.clone();
    let mut legs: Vec<(EdgeLook, String, Hop)> = Vec::new();
    // What answers in a network of the customer's own, the input does not say.
    if answers == Answers::Drawn && !matches!(start, Stop::Outside(_)) {
        legs.push((asking(look), from, question(path, cluster, context)));
    }
    for hop in stops.iter().flat_map(|stop| hops_to(stop, region, context)) {
        let to = hop.to.clone();
        legs.push((look, std::mem::replace(&mut at, to), hop));
    }
    // It fails at the cluster's door, and nothing goes on from there.
    let doors = [gateway_id(&cluster.identity.address), interface_group(cluster).identity.address.to_string()];
    if let (Some(way), Some(door)) = (fails, legs.iter().position(|(.., hop)| doors.contains(&hop.to))) {
        legs.truncate(door + 1);
        let (_, begins, hop) = legs.remove(door);
        if let Some(edge) = web.edge(EdgeLook::Broken, &begins, &hop.to, Arrows::Cross, &way.message) {
            edge.label = Some(way.code.to_string());
        }
    }
    let because = because(path);
    let mut number = 0;
    for (drawn, begins, hop) in legs {
        number = steps_so_far.numbers.get(&(look, hop.to.clone())).copied().unwrap_or(number + 1);
        steps_so_far.numbers.insert((look, hop.to.clone()), number);
        if steps == Steps::Numbered {
            let said = steps_so_far.captions.entry(look).or_default().entry(number).or_default();
            if !said.contains(&hop.caption) {
                said.push(hop.caption);
            }
        }
        let is_new =
            !web.diagram.edges.iter().any(|e| e.look == drawn && e.disc == Some(Disc::Step(number)) && e.to == hop.to);
        if let Some(edge) = web.edge(drawn, &begins, &hop.to, Arrows::End, &because) {
            edge.disc = (steps == Steps::Numbered && is_new).then_some(Disc::Step(number));
        }
    }
}

/// Whoever wants the API asks for its address first.
fn question(path: &Path, cluster: &Cluster, context: &Context) -> Hop {
    let p = context.phrases;
    let address = &cluster.identity.address;
    let answer = match path.stops.last() {
        Some(Stop::ApiServers(_)) => p.cluster_interface,
        _ => p.public_address,
    };
    let to = match path.stops.first() {
        Some(Stop::Administrator(_)) => outside_id(address),
        _ => inside_id(address),
    };
    Hop { to, caption: fill(p.step_dns, &[answer]) }
}

/// The look of the question to DNS at the beginning of a way.
const fn asking(look: EdgeLook) -> EdgeLook {
    match look {
        EdgeLook::Kubectl => EdgeLook::KubectlDns,
        _ => EdgeLook::NodesDns,
    }
}

fn because(path: &Path) -> String {
    path.because.iter().map(|because| because.text.as_str()).collect::<Vec<_>>().join("\n")
}

const fn look(kind: PathKind) -> Option<EdgeLook> {
    match kind {
        PathKind::Kubectl => Some(EdgeLook::Kubectl),
        PathKind::NodesToApi => Some(EdgeLook::NodesToApi),
        PathKind::Administration | PathKind::ControlPlaneToNodes | PathKind::Egress | PathKind::Application => None,
    }
}

fn cluster_of<'a>(path: &Path, region: &'a Region) -> Option<&'a Cluster> {
    let address = path.stops.iter().find_map(|stop| match stop {
        Stop::ApiEndpoint(cluster) | Stop::ApiServers(cluster) => Some(cluster),
        _ => None,
    })?;
    region.clusters.iter().find(|cluster| cluster.identity.address == *address)
}

fn id(stop: &Stop) -> Option<String> {
    match stop {
        Stop::At(address) => Some(address.to_string()),
        Stop::ApiEndpoint(cluster) => Some(endpoint_id(cluster)),
        Stop::ApiServers(cluster) => Some(api_servers_id(cluster)),
        Stop::Administrator(_) | Stop::Clients | Stop::Internet | Stop::Outside(_) => None,
    }
}

/// To a public endpoint the way is by a gateway of AWS's own and the load balancer behind it.
fn hops_to(stop: &Stop, region: &Region, context: &Context) -> Vec<Hop> {
    let p = context.phrases;
    let hop = |to: String, caption: &str| Hop { to, caption: caption.to_string() };
    match stop {
        Stop::ApiEndpoint(cluster) => vec![
            hop(gateway_id(cluster), p.step_managed_gateway),
            hop(endpoint_id(cluster), p.network_load_balancer),
            hop(api_servers_id(cluster), p.api_server),
        ],
        Stop::ApiServers(cluster) => vec![hop(api_servers_id(cluster), p.api_server)],
        Stop::At(address) => vec![hop(address.to_string(), &caption(address, region, context))],
        Stop::Administrator(_) | Stop::Clients | Stop::Internet | Stop::Outside(_) => Vec::new(),
    }
}

fn caption(address: &str, region: &Region, context: &Context) -> String {
    let p = context.phrases;
    let gateways = region.vpcs.iter().flat_map(|vpc| &vpc.gateways);
    if let Some(gateway) = gateways.into_iter().find(|gateway| *gateway.identity.address == *address) {
        return match gateway.kind {
            GatewayKind::Internet => p.internet_gateway,
            GatewayKind::EgressOnly => p.egress_only_gateway,
            GatewayKind::Vpn => p.vpn_gateway,
        }
        .to_string();
    }
    match context.names.get(address) {
        Some(name) => name.clone(),
        None => p.cluster_interface.to_string(),
    }
}

/// Whether kubectl comes from outside of the VPC in any path.
pub fn from_outside(region: &Region, cluster: &Cluster) -> bool {
    let kubectl = region.paths.iter().filter(|path| path.kind == PathKind::Kubectl);
    has_endpoint(cluster) && kubectl.into_iter().any(|path| matches!(path.stops.first(), Some(Stop::Administrator(_))))
}
