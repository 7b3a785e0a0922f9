//! What of an architecture the endpoint view is about: a cluster's VPC, in it the nodes, the interfaces of the control
//! plane, the hosts on which kubectl runs, and what their ways lead through.

use std::collections::BTreeSet;

use crate::architecture::{
    Architecture, CUSTOMER_ROUTED, Cluster, Gateway, Group, Path, PathKind, Region, Stop, Subnet, Thing, Vpc,
    interface_group,
};
use crate::inventory::Address;
use crate::kinds::Kind;

/// The parts of an architecture that have to do with a cluster, with paths of these kinds only.
pub fn on(cluster: &Cluster, region: &Region, kinds: &[PathKind]) -> Architecture {
    let seen = Seen::of(cluster, region, kinds);
    let vpcs = region.vpcs.iter().filter(|vpc| cluster.vpc.as_ref() == Some(&vpc.identity.address));
    let region = Region {
        name: region.name.clone(),
        account: region.account.clone(),
        vpcs: vpcs.map(|vpc| seen.vpc(vpc)).collect(),
        clusters: vec![cluster.clone()],
        transit_gateways: Vec::new(),
        connections: Vec::new(),
        services: Vec::new(),
        paths: seen.paths,
    };
    Architecture { regions: vec![region], ..Architecture::default() }
}

struct Seen<'a> {
    cluster: &'a Cluster,
    paths: Vec<Path>,
    stops: BTreeSet<Address>,
}

impl<'a> Seen<'a> {
    fn of(cluster: &'a Cluster, region: &Region, kinds: &[PathKind]) -> Seen<'a> {
        let address = &cluster.identity.address;
        let leads_to_cluster = |path: &Path| {
            path.stops.iter().any(|stop| match stop {
                Stop::ApiEndpoint(of) | Stop::ApiServers(of) => of == address,
                Stop::Administrator(_) | Stop::Clients | Stop::Internet | Stop::At(_) | Stop::Outside(_) => false,
            })
        };
        let of_kinds = || region.paths.iter().filter(|path| kinds.contains(&path.kind));
        let mut paths: Vec<Path> = of_kinds().filter(|path| leads_to_cluster(path)).cloned().collect();
        let here: BTreeSet<Address> = paths.iter().flat_map(stops).collect();
        let served = served(cluster, region);
        let is_routed = cluster.egress_mode.as_deref() == Some(CUSTOMER_ROUTED);
        // How people come to a host from which they work, and what applications are reached by.
        let comes_here = |path: &&Path| match path.kind {
            PathKind::Administration => path.stops.last().is_some_and(|stop| is_in(stop, &here)),
            PathKind::Application => path.stops.last().is_some_and(|stop| is_in(stop, &served)),
            // Where the control plane takes the routes of its subnets.
            PathKind::Egress => {
                let starts_here = |stop: &Stop| matches!(stop, Stop::At(at) if cluster.subnets.contains(at));
                is_routed && path.stops.first().is_some_and(starts_here)
            }
            PathKind::Kubectl | PathKind::NodesToApi | PathKind::ControlPlaneToNodes => false,
        };
        let more: Vec<Path> = of_kinds().filter(comes_here).cloned().collect();
        paths.extend(more);
        let stops = paths.iter().flat_map(stops).collect();
        Seen { cluster, paths, stops }
    }

    fn vpc(&self, vpc: &Vpc) -> Vpc {
        let mut groups: Vec<Group> = vpc.groups.iter().filter(|group| self.shows_group(group)).cloned().collect();
        if !groups.iter().any(|group| group.kind == Kind::ClusterInterface) && !self.cluster.subnets.is_empty() {
            groups.push(interface_group(self.cluster));
        }
        let shows = |thing: &&Thing| self.stops.contains(&thing.identity.address);
        let subnets: Vec<Subnet> = vpc
            .subnets
            .iter()
            .map(|subnet| Subnet { things: subnet.things.iter().filter(shows).cloned().collect(), ..subnet.clone() })
            .filter(|subnet| {
                let address = &subnet.identity.address;
                !subnet.things.is_empty() || groups.iter().any(|group| group.subnets.contains(address))
            })
            .collect();
        let leads = |gateway: &&Gateway| self.stops.contains(&gateway.identity.address);
        let zones = vpc.zones.iter().filter(|zone| subnets.iter().any(|subnet| subnet.zone.as_ref() == Some(*zone)));
        Vpc {
            zones: zones.cloned().collect(),
            gateways: vpc.gateways.iter().filter(leads).cloned().collect(),
            endpoints: Vec::new(),
            things: vpc.things.iter().filter(shows).cloned().collect(),
            groups,
            subnets,
            ..vpc.clone()
        }
    }

    fn shows_group(&self, group: &Group) -> bool {
        let of_cluster = group.cluster.as_ref() == Some(&self.cluster.identity.address);
        of_cluster && (group.kind.is_nodes() || group.kind == Kind::ClusterInterface)
            || self.stops.contains(&group.identity.address)
    }
}

/// The cluster's nodes, and the load balancers that lead to them.
fn served(cluster: &Cluster, region: &Region) -> BTreeSet<Address> {
    let groups = region.vpcs.iter().flat_map(|vpc| &vpc.groups);
    let of_cluster = |group: &&Group| group.cluster.as_ref() == Some(&cluster.identity.address);
    let nodes: BTreeSet<Address> = groups
        .filter(of_cluster)
        .filter(|group| group.kind.is_nodes())
        .map(|group| group.identity.address.clone())
        .collect();
    let balancers = region.paths.iter().filter_map(|path| match (path.kind, path.stops.as_slice()) {
        (PathKind::Application, [Stop::At(balancer), Stop::At(target)]) if nodes.contains(target) => Some(balancer),
        _ => None,
    });
    let balancers: Vec<Address> = balancers.cloned().collect();
    nodes.into_iter().chain(balancers).collect()
}

fn stops(path: &Path) -> impl Iterator<Item = Address> + '_ {
    path.stops.iter().filter_map(|stop| match stop {
        Stop::At(address) => Some(address.clone()),
        _ => None,
    })
}

fn is_in(stop: &Stop, addresses: &BTreeSet<Address>) -> bool {
    matches!(stop, Stop::At(address) if addresses.contains(address))
}
