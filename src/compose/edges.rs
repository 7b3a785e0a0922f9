//! Edges: only those that tell the reader something that placement does not. Paths, hop by hop, and the actors
//! outside the cloud at which they begin or end.

use std::collections::{BTreeMap, BTreeSet};

use super::control_plane::{api_servers_id, endpoint_id, etcd_id, has_endpoint};
use super::headings::{made_up, plain};
use super::{Context, pieces};
use crate::architecture::{
    Architecture, Cluster, Connection, ConnectionEnd, ConnectionKind, Path, PathKind, Region, RouteTarget, Stop, Tier,
};
use crate::diagram::{Actor, Block, Diagram, Edge, Icon};
use crate::hashing::HashSet;
use crate::inventory::Address;
use crate::lang::fill;
use crate::look::{EdgeLook, Glyph, Ink, Sign};
use crate::scene::Arrows;

const INTERNET: &str = "internet";
const ADMINISTRATOR: &str = "administrator";
const CLIENTS: &str = "clients";

pub fn add(architecture: &Architecture, diagram: &mut Diagram, context: &Context) {
    let mut web = Web::new(diagram, context);
    for region in &architecture.regions {
        for cluster in &region.clusters {
            web.inside_control_plane(cluster);
        }
        let (served, told) = (Served::of(region), Told::of(region));
        // The control plane's way to the nodes is the other views' to tell.
        for path in region.paths.iter().filter(|path| path.kind != PathKind::ControlPlaneToNodes) {
            match served.subnet(path) {
                Some(subnet) => web.path(
                    &Path { stops: vec![path.stops[0].clone(), Stop::At(subnet.clone())], ..path.clone() },
                    &told,
                ),
                None => web.path(path, &told),
            }
        }
        web.open_gateways(region);
        for connection in &region.connections {
            web.connection(connection, region);
        }
    }
    pieces::join(&architecture.regions, diagram);
    bundle(&mut diagram.edges);
}

/// Edges of one meaning that begin at one thing, or that end at one, become a bundle: the larger of the two. Where lines
/// run together, the reader must be free to follow each to any end; so a way into a thing and a way out of it never do.
pub fn bundle(edges: &mut [Edge]) {
    let beginning = |edge: &Edge| (edge.look, edge.about.sign, edge.from.clone());
    let ending = |edge: &Edge| (edge.look, edge.about.sign, edge.to.clone());
    let mut begin: BTreeMap<(EdgeLook, Option<Sign>, String), usize> = BTreeMap::new();
    let mut end: BTreeMap<(EdgeLook, Option<Sign>, String), usize> = BTreeMap::new();
    for edge in edges.iter() {
        *begin.entry(beginning(edge)).or_default() += 1;
        *end.entry(ending(edge)).or_default() += 1;
    }
    for edge in edges {
        let (out, into) = (begin.get(&beginning(edge)), end.get(&ending(edge)));
        let sign = edge.about.sign.map_or_else(String::new, |sign| format!("{}/", sign.name()));
        edge.bundle = Some(match out > into {
            true => format!("{sign}{}/from/{}", edge.look.name(), edge.from),
            false => format!("{sign}{}/to/{}", edge.look.name(), edge.to),
        });
    }
}

/// A load balancer that serves more things than this leads to their subnets: so many lines say no more than that.
const MOST_SERVED: usize = 24;

/// Which load balancers serve many things, and in which subnet each of these stands.
struct Served<'a> {
    many: BTreeSet<&'a Stop>,
    subnets: BTreeMap<&'a Address, &'a Address>,
}

impl<'a> Served<'a> {
    fn of(region: &'a Region) -> Served<'a> {
        let mut counts: BTreeMap<&Stop, usize> = BTreeMap::new();
        for [balancer, _] in region.paths.iter().filter_map(Self::last_hop) {
            *counts.entry(balancer).or_default() += 1;
        }
        let many: BTreeSet<&Stop> =
            counts.into_iter().filter(|(_, n)| *n > MOST_SERVED).map(|(balancer, _)| balancer).collect();
        let subnets = region.vpcs.iter().flat_map(|vpc| &vpc.subnets).filter(|_| !many.is_empty());
        let things = subnets.flat_map(|s| s.things.iter().map(|t| (&t.identity.address, &s.identity.address)));
        Served { subnets: things.collect(), many }
    }

    /// The load balancer and what it serves, of a path from one to the other.
    fn last_hop(path: &Path) -> Option<&[Stop; 2]> {
        path.stops.as_slice().try_into().ok().filter(|_| path.kind == PathKind::Application)
    }

    /// The subnet to which such a path leads as it is drawn.
    fn subnet(&self, path: &Path) -> Option<&'a Address> {
        match Self::last_hop(path)? {
            [balancer, Stop::At(target)] if self.many.contains(balancer) => self.subnets.get(target).copied(),
            _ => None,
        }
    }
}

/// What of a region is told without lines, or levels those who come from outside.
pub struct Told<'a> {
    internet_gateways: HashSet<&'a Address>,
    /// Their own default routes are told by their colour and their footer.
    public_subnets: HashSet<&'a Address>,
}

impl<'a> Told<'a> {
    pub fn of(region: &'a Region) -> Told<'a> {
        let gateways = region.vpcs.iter().flat_map(|vpc| &vpc.gateways);
        let subnets = region.vpcs.iter().flat_map(|vpc| &vpc.subnets).filter(|subnet| subnet.tier == Tier::Public);
        Told {
            internet_gateways: gateways.map(|gateway| &gateway.identity.address).collect(),
            public_subnets: subnets.map(|subnet| &subnet.identity.address).collect(),
        }
    }

    fn by_colour(&self, path: &Path) -> bool {
        let Some(Stop::At(first)) = path.stops.first() else { return false };
        path.kind == PathKind::Egress && self.public_subnets.contains(first)
    }
}

/// The edges so far, and the actors that they need.
pub struct Web<'a> {
    /// Where each edge is among the diagram's.
    seen: BTreeMap<(EdgeLook, String, String), usize>,
    /// What is said already of the lines of one look to one end.
    labelled: BTreeSet<(EdgeLook, String, String)>,
    pub diagram: &'a mut Diagram,
    context: &'a Context,
}

impl<'a> Web<'a> {
    pub fn new(diagram: &'a mut Diagram, context: &'a Context) -> Web<'a> {
        Web { seen: BTreeMap::new(), labelled: BTreeSet::new(), diagram, context }
    }

    /// `None` where there is one already.
    pub fn edge(&mut self, look: EdgeLook, from: &str, to: &str, arrows: Arrows, tooltip: &str) -> Option<&mut Edge> {
        let key = (look, from.to_string(), to.to_string());
        if from == to || self.seen.contains_key(&key) {
            return None;
        }
        self.seen.insert(key, self.diagram.edges.len());
        self.diagram.edges.push(between(look, from, to, arrows, tooltip));
        self.diagram.edges.last_mut()
    }

    /// Says what became of an edge of which this is the first, or another way: what one way has and another had, was and is.
    fn sign(&mut self, look: EdgeLook, from: &str, to: &str, sign: Option<Sign>, is_first: bool) {
        let at = self.seen.get(&(look, from.to_string(), to.to_string()));
        let Some(edge) = at.and_then(|at| self.diagram.edges.get_mut(*at)) else { return };
        if is_first || edge.about.sign != sign {
            edge.about.sign = sign.filter(|_| is_first);
        }
    }

    fn inside_control_plane(&mut self, cluster: &Cluster) {
        let address = &cluster.identity.address;
        let (endpoint, api, etcd) = (endpoint_id(address), api_servers_id(address), etcd_id(address));
        let sign = self.context.signs.of_line(address);
        if has_endpoint(cluster) {
            self.edge(EdgeLook::Internal, &endpoint, &api, Arrows::End, "");
            self.sign(EdgeLook::Internal, &endpoint, &api, sign, true);
        }
        self.edge(EdgeLook::Internal, &api, &etcd, Arrows::End, "");
        self.sign(EdgeLook::Internal, &api, &etcd, sign, true);
    }

    pub fn path(&mut self, path: &Path, told: &Told) {
        if told.by_colour(path) {
            return;
        }
        let look = look(path.kind);
        let sign = self.context.signs.of_path(path);
        let because = path.because.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n");
        let level = path.stops.iter().find_map(|stop| match stop {
            Stop::At(address) if told.internet_gateways.contains(address) => Some(address.to_string()),
            Stop::ApiEndpoint(cluster) => Some(endpoint_id(cluster)),
            _ => None,
        });
        if let Some(Stop::Outside(blocks)) = path.stops.first() {
            self.hybrid_nodes(blocks, level.clone());
        }
        for pair in path.stops.windows(2) {
            let [from, to] = pair else { continue };
            let (Some(from), Some(to)) = (self.stop(from, level.as_deref()), self.stop(to, level.as_deref())) else {
                continue;
            };
            let label = self.label(path.kind, &from, &to, path).filter(|label| !self.is_labelled(look, &to, label));
            let edge = self.edge(look, &from, &to, Arrows::End, &because);
            let is_first = edge.is_some();
            if let Some(edge) = edge {
                edge.label.clone_from(&label);
                self.labelled.extend(label.map(|label| (look, to.clone(), label)));
            }
            self.sign(look, &from, &to, sign, is_first);
        }
    }

    fn label(&self, kind: PathKind, from: &str, to: &str, path: &Path) -> Option<String> {
        let to_api_servers =
            matches!(path.stops.last(), Some(Stop::ApiServers(cluster)) if *to == api_servers_id(cluster));
        match kind {
            PathKind::Administration if from == ADMINISTRATOR => Some(match path.stops.first() {
                Some(Stop::Administrator(Some(block))) => fill(self.context.phrases.ssh_from, &[block]),
                _ => self.context.phrases.ssh.to_string(),
            }),
            // The interfaces are not drawn where their subnets are not known.
            PathKind::NodesToApi | PathKind::Kubectl if to_api_servers && path.stops.len() < 3 => {
                Some(self.context.phrases.via_interfaces.to_string())
            }
            PathKind::NodesToApi | PathKind::Kubectl if to_api_servers || to.ends_with("/endpoint") => {
                Some(self.context.phrases.https.to_string())
            }
            _ => None,
        }
    }

    /// Edges of one look that end together run together, and need saying once what they carry.
    fn is_labelled(&self, look: EdgeLook, to: &str, label: &str) -> bool {
        self.labelled.contains(&(look, to.to_string(), label.to_string()))
    }

    /// The id of what is drawn for a stop; adds the actor where it is one.
    fn stop(&mut self, stop: &Stop, level: Option<&str>) -> Option<String> {
        let p = self.context.phrases;
        Some(match stop {
            Stop::Internet => self.actor(INTERNET, Glyph::Internet, p.internet, level),
            Stop::Administrator(_) => {
                self.actor(INTERNET, Glyph::Internet, p.internet, level);
                self.actor(ADMINISTRATOR, Glyph::User, p.administrator, level)
            }
            Stop::Clients => {
                self.actor(INTERNET, Glyph::Internet, p.internet, level);
                self.actor(CLIENTS, Glyph::Users, p.clients, level)
            }
            Stop::At(address) => address.to_string(),
            Stop::ApiEndpoint(cluster) => endpoint_id(cluster),
            Stop::ApiServers(cluster) => api_servers_id(cluster),
            Stop::Outside(name) => {
                Some(hybrid_nodes_id(name)).filter(|id| self.diagram.left.iter().any(|a| is_actor(a, id)))?
            }
        })
    }

    /// Nodes in a network of the customer's own.
    pub fn hybrid_nodes(&mut self, blocks: &str, level_with: Option<String>) -> String {
        let id = hybrid_nodes_id(blocks);
        if !self.diagram.left.iter().any(|a| is_actor(a, &id)) {
            let mut icon = outside_icon(&id, Glyph::CorporateDataCenter, self.context.phrases.hybrid_nodes);
            icon.label.push(super::headings::small(blocks));
            self.diagram.left.push(Actor { block: Block::Icon(icon), level_with });
        }
        id
    }

    fn actor(&mut self, id: &str, glyph: Glyph, word: &str, level: Option<&str>) -> String {
        // Who comes by the internet stands where it does.
        let internet = self.diagram.right.iter().find(|a| is_actor(a, INTERNET));
        let level_with = internet.map_or(level.map(str::to_string), |a| a.level_with.clone());
        self.actor_level_with(id, glyph, word, level_with)
    }

    pub fn actor_level_with(&mut self, id: &str, glyph: Glyph, word: &str, level_with: Option<String>) -> String {
        if !self.diagram.right.iter().any(|a| is_actor(a, id)) {
            self.diagram.right.push(Actor { block: Block::Icon(outside_icon(id, glyph, word)), level_with });
        }
        id.to_string()
    }

    /// A VPC with an internet gateway is open to the internet, even if no path of ours shows it.
    fn open_gateways(&mut self, region: &Region) {
        use crate::architecture::GatewayKind::{EgressOnly, Internet, Vpn};
        for gateway in region.vpcs.iter().flat_map(|v| &v.gateways) {
            let address = gateway.identity.address.to_string();
            let arrows = match gateway.kind {
                Internet => Arrows::Both,
                EgressOnly => Arrows::End,
                Vpn => continue,
            };
            let is_end = |e: &Edge| e.from == address && e.to == INTERNET || e.to == address && e.from == INTERNET;
            if !self.diagram.edges.iter().any(is_end) {
                let internet = self.actor(INTERNET, Glyph::Internet, self.context.phrases.internet, Some(&address));
                self.edge(EdgeLook::Egress, &address, &internet, arrows, "");
                let sign = self.context.signs.of_line(&gateway.identity.address);
                self.sign(EdgeLook::Egress, &address, &internet, sign, true);
            }
        }
    }

    fn connection(&mut self, connection: &Connection, region: &Region) {
        let id = connection.identity.address.to_string();
        let tooltip = connection.identity.name.clone();
        let (from, outside) = match connection.kind {
            ConnectionKind::Peering | ConnectionKind::TransitGatewayAttachment => (id.clone(), Glyph::GroupVpc),
            ConnectionKind::Vpn => (connection.from.to_string(), Glyph::CorporateDataCenter),
        };
        let to = match &connection.to {
            ConnectionEnd::Inside(vpc) if region.vpcs.iter().any(|v| v.identity.address == *vpc) => accepter_id(&id),
            ConnectionEnd::Inside(address) => address.to_string(),
            ConnectionEnd::Outside(name) => {
                let actor = format!("outside/{name}");
                if !self.diagram.left.iter().any(|a| is_actor(a, &actor)) {
                    let block = Block::Icon(outside_icon(&actor, outside, name));
                    self.diagram.left.push(Actor { block, level_with: Some(from.clone()) });
                }
                actor
            }
        };
        // A default route over it says as much, and where it leads.
        let is_told = [(&from, &to), (&to, &from)]
            .into_iter()
            .any(|(from, to)| self.seen.contains_key(&(EdgeLook::Egress, from.clone(), to.clone())));
        if !is_told {
            let vpn =
                (connection.kind == ConnectionKind::Vpn).then(|| self.context.phrases.site_to_site_vpn.to_string());
            if let Some(edge) = self.edge(EdgeLook::Connection, &from, &to, Arrows::Both, &tooltip) {
                edge.label = vpn;
                let sign = self.context.signs.of_line(&connection.identity.address);
                self.sign(EdgeLook::Connection, &from, &to, sign, true);
            }
        }
    }
}

/// The icon of a peering connection on the border of the VPC that accepts it.
pub fn accepter_id(peering: &str) -> String {
    format!("{peering}/accepter")
}

fn hybrid_nodes_id(blocks: &str) -> String {
    format!("hybrid-nodes/{blocks}")
}

/// An edge that says no more than its look.
pub fn between(look: EdgeLook, from: &str, to: &str, arrows: Arrows, tooltip: &str) -> Edge {
    Edge {
        about: made_up(format!("{}/{from}/{to}", look.name()), look.name(), tooltip),
        look,
        from: from.to_string(),
        to: to.to_string(),
        arrows,
        label: None,
        disc: None,
        bundle: None,
    }
}

fn is_actor(actor: &Actor, id: &str) -> bool {
    actor.block.about().is_some_and(|about| about.id == id)
}

fn outside_icon(id: &str, glyph: Glyph, word: &str) -> Icon {
    Icon {
        about: made_up(id, id.split('/').next().unwrap_or(id), word),
        glyph,
        external: false,
        label: vec![plain(word, Ink::Primary)],
        pills: Vec::new(),
        band: None,
    }
}

const fn look(kind: PathKind) -> EdgeLook {
    match kind {
        PathKind::Administration => EdgeLook::Administration,
        PathKind::Kubectl => EdgeLook::Kubectl,
        PathKind::NodesToApi => EdgeLook::NodesToApi,
        PathKind::ControlPlaneToNodes => EdgeLook::ControlPlaneToNodes,
        PathKind::Egress => EdgeLook::Egress,
        PathKind::Application => EdgeLook::Application,
    }
}

/// What a route leads to, in a word.
pub fn target_name(target: &RouteTarget, context: &Context) -> String {
    let p = context.phrases;
    let named = |address: &str| match context.names.get(address) {
        Some(name) => name.clone(),
        None => address.rsplit('/').next().unwrap_or(address).to_string(),
    };
    match target {
        RouteTarget::InternetGateway(_) => p.internet_gateway.to_lowercase(),
        RouteTarget::EgressOnlyGateway(_) => p.egress_only_gateway.to_lowercase(),
        RouteTarget::VpnGateway(_) => p.vpn_gateway.to_string(),
        RouteTarget::TransitGateway(_) => p.transit_gateway.to_lowercase(),
        RouteTarget::Peering(_) => p.peering.to_string(),
        RouteTarget::NatGateway(a)
        | RouteTarget::NatInstance(a)
        | RouteTarget::NetworkInterface(a)
        | RouteTarget::FirewallEndpoint(a) => named(a),
        RouteTarget::Unresolved(name) => name.clone(),
    }
}
