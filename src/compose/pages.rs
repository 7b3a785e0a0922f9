//! Which parts of an architecture have a page of their own.

use std::collections::BTreeSet;

use super::Folding;
use crate::architecture::{Architecture, Connection, ConnectionEnd, ConnectionKind, Region, Stop, Vpc};
use crate::inventory::Address;
use crate::text::clean;

/// From how many VPCs on each has a page of its own, behind an overview.
/// Chosen: six VPCs of three zones each are the most that is still read as one picture.
const FROM: usize = 7;

pub fn are_wanted(architecture: &Architecture, folding: Folding) -> bool {
    let vpcs: usize = architecture.regions.iter().map(|region| region.vpcs.len()).sum();
    folding != Folding::Never && vpcs >= FROM
}

/// Each VPC's name, and what of the architecture is on its page.
pub fn of_vpcs(architecture: &Architecture) -> impl Iterator<Item = (String, Architecture)> {
    let part = |region, vpc| Architecture { regions: vec![part(region, vpc)], ..Architecture::default() };
    let pairs = architecture.regions.iter().flat_map(|region| region.vpcs.iter().map(move |vpc| (region, vpc)));
    pairs.map(move |(region, vpc)| (clean(&vpc.identity.name), part(region, vpc)))
}

/// The region as one of its VPCs sees it. Services of the region are on the overview.
fn part(region: &Region, vpc: &Vpc) -> Region {
    let here = &vpc.identity.address;
    let clusters = region.clusters.iter().filter(|c| c.vpc.as_ref() == Some(here)).cloned().collect();
    let attached: Vec<Connection> = region.connections.iter().filter_map(|c| seen_from(vpc, c, region)).collect();
    let leads_here = |address: &Address| attached.iter().any(|c| c.to == ConnectionEnd::Inside(address.clone()));
    let transit_gateways: Vec<_> =
        region.transit_gateways.iter().filter(|t| leads_here(&t.identity.address)).cloned().collect();
    let of_transit = |c: &&Connection| {
        c.kind == ConnectionKind::Vpn && transit_gateways.iter().any(|t| t.identity.address == c.from)
    };
    let connections = attached.iter().chain(region.connections.iter().filter(of_transit)).cloned().collect();
    let own = addresses(vpc);
    let begins_here = |stop: &Stop| match stop {
        Stop::At(address) => Some(own.contains(address)),
        _ => None,
    };
    let paths = region.paths.iter().filter(|path| path.stops.iter().find_map(begins_here) == Some(true));
    Region {
        name: region.name.clone(),
        account: region.account.clone(),
        vpcs: vec![vpc.clone()],
        clusters,
        transit_gateways,
        connections,
        services: Vec::new(),
        paths: paths.cloned().collect(),
    }
}

/// A connection as it is on the page of one of its ends: another VPC is outside.
fn seen_from(vpc: &Vpc, connection: &Connection, region: &Region) -> Option<Connection> {
    let here = &vpc.identity.address;
    let outside = |other: &Address| {
        let vpc = region.vpcs.iter().find(|vpc| vpc.identity.address == *other)?;
        Some(ConnectionEnd::Outside(vpc.identity.name.clone()))
    };
    let mut seen = connection.clone();
    let is_gateway = vpc.gateways.iter().any(|gateway| gateway.identity.address == connection.from);
    if connection.from == *here || is_gateway {
        if let ConnectionEnd::Inside(other) = &connection.to {
            seen.to = outside(other).unwrap_or(seen.to);
        }
        return Some(seen);
    }
    if connection.to != ConnectionEnd::Inside(here.clone()) {
        return None;
    }
    seen.to = outside(&connection.from)?;
    seen.from = here.clone();
    Some(seen)
}

/// Of everything that can be a stop in a VPC.
fn addresses(vpc: &Vpc) -> BTreeSet<Address> {
    let subnets = vpc.subnets.iter().map(|subnet| &subnet.identity);
    let things = vpc.subnets.iter().flat_map(|subnet| &subnet.things).chain(&vpc.things).map(|thing| &thing.identity);
    let groups = vpc.groups.iter().map(|group| &group.identity);
    let gateways = vpc.gateways.iter().map(|gateway| &gateway.identity);
    let identities = subnets.chain(things).chain(groups).chain(gateways);
    identities.map(|identity| identity.address.clone()).collect()
}
