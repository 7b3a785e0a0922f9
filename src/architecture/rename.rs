//! An architecture in which things go by other addresses.

use super::{Architecture, Cluster, ConnectionEnd, Region, RouteTarget, Stop, Subnet, Vpc};
use crate::inventory::Address;

/// Writes every address as `to` says.
pub fn rename(architecture: &mut Architecture, to: &impl Fn(&Address) -> Address) {
    architecture.regions.iter_mut().for_each(|one| region(one, to));
}

pub fn region(region: &mut Region, to: &impl Fn(&Address) -> Address) {
    region.vpcs.iter_mut().for_each(|one| vpc(one, to));
    region.clusters.iter_mut().for_each(|one| cluster(one, to));
    for thing in region.transit_gateways.iter_mut().chain(&mut region.services) {
        set(&mut thing.identity.address, to);
    }
    for connection in &mut region.connections {
        set(&mut connection.identity.address, to);
        set(&mut connection.from, to);
        if let ConnectionEnd::Inside(address) = &mut connection.to {
            set(address, to);
        }
    }
    for stop in region.paths.iter_mut().flat_map(|path| &mut path.stops) {
        match stop {
            Stop::At(address) | Stop::ApiEndpoint(address) | Stop::ApiServers(address) => set(address, to),
            Stop::Administrator(_) | Stop::Clients | Stop::Internet | Stop::Outside(_) => {}
        }
    }
}

fn vpc(vpc: &mut Vpc, to: &impl Fn(&Address) -> Address) {
    set(&mut vpc.identity.address, to);
    vpc.subnets.iter_mut().for_each(|one| subnet(one, to));
    vpc.gateways.iter_mut().for_each(|gateway| set(&mut gateway.identity.address, to));
    for endpoint in &mut vpc.endpoints {
        set(&mut endpoint.identity.address, to);
        endpoint.subnets.iter_mut().for_each(|address| set(address, to));
    }
    for group in &mut vpc.groups {
        set(&mut group.identity.address, to);
        group.subnets.iter_mut().chain(&mut group.cluster).for_each(|address| set(address, to));
    }
    vpc.things.iter_mut().for_each(|thing| set(&mut thing.identity.address, to));
}

fn subnet(subnet: &mut Subnet, to: &impl Fn(&Address) -> Address) {
    set(&mut subnet.identity.address, to);
    subnet.route_table.iter_mut().for_each(|address| set(address, to));
    subnet.things.iter_mut().for_each(|thing| set(&mut thing.identity.address, to));
    for route in &mut subnet.default_routes {
        match &mut route.target {
            RouteTarget::InternetGateway(address)
            | RouteTarget::EgressOnlyGateway(address)
            | RouteTarget::NatGateway(address)
            | RouteTarget::NatInstance(address)
            | RouteTarget::NetworkInterface(address)
            | RouteTarget::VpnGateway(address)
            | RouteTarget::TransitGateway(address)
            | RouteTarget::Peering(address)
            | RouteTarget::FirewallEndpoint(address) => set(address, to),
            RouteTarget::Unresolved(_) => {}
        }
    }
}

fn cluster(cluster: &mut Cluster, to: &impl Fn(&Address) -> Address) {
    set(&mut cluster.identity.address, to);
    cluster.vpc.iter_mut().chain(&mut cluster.subnets).for_each(|address| set(address, to));
    for interface in &mut cluster.interfaces {
        set(&mut interface.identity.address, to);
        set(&mut interface.subnet, to);
    }
}

fn set(address: &mut Address, to: &impl Fn(&Address) -> Address) {
    *address = to(address);
}
