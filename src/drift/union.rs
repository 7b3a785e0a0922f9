//! Both sides as one architecture: what is, and with it what was and is no more, each where it stands or stood.

use std::collections::{BTreeMap, BTreeSet};

use super::entries;
use crate::architecture::{
    Architecture, ConnectionEnd, Group, Identity, Path, Region, Stop, Subnet, Thing, Vpc, order_again,
};
use crate::inventory::Address;
use crate::kinds::Kind;

/// What of the past is kept.
pub struct Past<'p> {
    /// Things that are no more.
    pub gone: &'p BTreeSet<Address>,
    /// Things that stand elsewhere now, and the address of what is drawn where they stood.
    pub moved: &'p BTreeMap<Address, Address>,
}

/// `was` has the addresses of `is`.
pub fn merge(is: &Architecture, was: Architecture, past: &Past) -> Architecture {
    let mut merged = is.clone();
    for region in was.regions {
        match home(&merged.regions, &region, is.regions.len()) {
            Some(n) => join(&mut merged.regions[n], region, past),
            None => {
                let mut new = Region {
                    vpcs: Vec::new(),
                    clusters: Vec::new(),
                    transit_gateways: Vec::new(),
                    connections: Vec::new(),
                    services: Vec::new(),
                    paths: Vec::new(),
                    ..region.clone()
                };
                join(&mut new, region, past);
                if !new.vpcs.is_empty() || !new.clusters.is_empty() || !new.services.is_empty() {
                    merged.regions.push(new);
                }
            }
        }
    }
    merged.regions.iter_mut().for_each(order_again);
    merged
}

/// The region that is what another was: by what is in both, by its name, or because there is only one.
fn home(regions: &[Region], was: &Region, made: usize) -> Option<usize> {
    let things = |region: &Region| -> BTreeSet<Address> {
        let vpcs = region.vpcs.iter().map(|vpc| vpc.identity.address.clone());
        vpcs.chain(region.clusters.iter().map(|cluster| cluster.identity.address.clone())).collect()
    };
    let own = things(was);
    let regions = &regions[..made];
    let by_content = || regions.iter().position(|region| !things(region).is_disjoint(&own));
    let by_name = || regions.iter().position(|region| region.name == was.name);
    let is_unsaid = || match regions {
        [only] => (only.name.yes().is_none() || was.name.yes().is_none()).then_some(0),
        _ => None,
    };
    by_content().or_else(by_name).or_else(is_unsaid)
}

fn join(region: &mut Region, was: Region, past: &Past) {
    let is_gone = |identity: &Identity| past.gone.contains(&identity.address);
    let gone_clusters: BTreeSet<Address> = was
        .clusters
        .iter()
        .map(|cluster| &cluster.identity)
        .filter(|one| is_gone(one))
        .map(|one| one.address.clone())
        .collect();
    for vpc in was.vpcs {
        match region.vpcs.iter_mut().find(|one| one.identity.address == vpc.identity.address) {
            Some(here) => join_vpc(here, vpc, &gone_clusters, past),
            None if is_gone(&vpc.identity) => {
                let mut bare = Vpc {
                    subnets: Vec::new(),
                    gateways: Vec::new(),
                    endpoints: Vec::new(),
                    groups: Vec::new(),
                    things: Vec::new(),
                    ..vpc.clone()
                };
                join_vpc(&mut bare, vpc, &gone_clusters, past);
                region.vpcs.push(bare);
            }
            None => {}
        }
    }
    region.clusters.extend(was.clusters.into_iter().filter(|cluster| is_gone(&cluster.identity)));
    region.transit_gateways.extend(was.transit_gateways.into_iter().filter(|thing| is_gone(&thing.identity)));
    region.services.extend(was.services.into_iter().filter(|thing| is_gone(&thing.identity)));
    let drawn: BTreeSet<Address> = drawn(region);
    for mut connection in was.connections.into_iter().filter(|connection| is_gone(&connection.identity)) {
        // The other end may be nobody's business.
        if let ConnectionEnd::Inside(address) = &connection.to
            && !drawn.contains(address)
        {
            let last = address.rsplit('/').next().unwrap_or(address).to_string();
            connection.to = ConnectionEnd::Outside(last);
        }
        region.connections.push(connection);
    }
}

fn drawn(region: &Region) -> BTreeSet<Address> {
    let vpcs = region.vpcs.iter().map(|vpc| &vpc.identity);
    let gateways = region.vpcs.iter().flat_map(|vpc| &vpc.gateways).map(|gateway| &gateway.identity);
    let transit = region.transit_gateways.iter().map(|thing| &thing.identity);
    vpcs.chain(gateways).chain(transit).map(|identity| identity.address.clone()).collect()
}

fn join_vpc(vpc: &mut Vpc, was: Vpc, gone_clusters: &BTreeSet<Address>, past: &Past) {
    let is_gone = |identity: &Identity| past.gone.contains(&identity.address);
    let of_gone_cluster =
        |identity: &Identity| gone_clusters.iter().any(|cluster| identity.address.starts_with(&format!("{cluster}/")));
    for subnet in was.subnets {
        let things: Vec<Thing> =
            subnet.things.iter().filter_map(|thing| remains(thing, &is_gone, &of_gone_cluster, past)).collect();
        match vpc.subnets.iter_mut().find(|one| one.identity.address == subnet.identity.address) {
            Some(here) => here.things.extend(things),
            None if is_gone(&subnet.identity) => vpc.subnets.push(Subnet { things, ..subnet }),
            None => {}
        }
    }
    vpc.gateways.extend(was.gateways.into_iter().filter(|gateway| is_gone(&gateway.identity)));
    vpc.endpoints.extend(was.endpoints.into_iter().filter(|endpoint| is_gone(&endpoint.identity)));
    for group in was.groups {
        if is_gone(&group.identity)
            || entries::follows(group.kind) && group.cluster.as_ref().is_some_and(|one| gone_clusters.contains(one))
        {
            vpc.groups.push(group);
        } else if let Some(shadow) = past.moved.get(&group.identity.address) {
            let is = vpc.groups.iter().find(|one| one.identity.address == group.identity.address);
            let stays = is.map(|one| one.subnets.clone()).unwrap_or_default();
            vpc.groups.extend(shadow_of(group, shadow, &stays));
        }
    }
    let things = was.things.iter().filter_map(|thing| remains(thing, &is_gone, &of_gone_cluster, past));
    vpc.things.extend(things.collect::<Vec<_>>());
}

/// What a thing leaves in the place where it stood.
fn remains(
    thing: &Thing,
    is_gone: &impl Fn(&Identity) -> bool,
    of_gone_cluster: &impl Fn(&Identity) -> bool,
    past: &Past,
) -> Option<Thing> {
    if is_gone(&thing.identity) || thing.kind == Kind::ClusterInterface && of_gone_cluster(&thing.identity) {
        return Some(thing.clone());
    }
    let shadow = past.moved.get(&thing.identity.address)?;
    Some(Thing { identity: Identity { address: shadow.clone(), ..thing.identity.clone() }, ..thing.clone() })
}

/// The part of a group that it has left; how many of its instances stood there is not told again.
fn shadow_of(was: Group, shadow: &Address, stays: &[Address]) -> Option<Group> {
    let left: Vec<Address> = was.subnets.iter().filter(|subnet| !stays.contains(subnet)).cloned().collect();
    (!left.is_empty()).then(|| Group {
        identity: Identity { address: shadow.clone(), ..was.identity.clone() },
        subnets: left,
        count: None,
        exposures: Vec::new(),
        ..was
    })
}

/// Ways that were and are no more, of those that pass what became another; `from` is what is drawn where a stop was.
pub fn add_paths(
    merged: &mut Architecture,
    was: &Architecture,
    passes: impl Fn(&Path) -> bool,
    from: impl Fn(&Address) -> Address,
) -> Vec<Path> {
    let known: BTreeSet<(_, Vec<Stop>)> =
        merged.regions.iter().flat_map(|region| &region.paths).map(|path| (path.kind, path.stops.clone())).collect();
    let mut added = Vec::new();
    for region in &was.regions {
        let Some(n) = home(&merged.regions, region, merged.regions.len()) else { continue };
        let lost = region.paths.iter().filter(|path| !known.contains(&(path.kind, path.stops.clone())));
        let lost = lost.filter(|path| passes(path)).map(|path| {
            let stood = |stop: &Stop| match stop {
                Stop::At(address) => Stop::At(from(address)),
                other => other.clone(),
            };
            Path { stops: path.stops.iter().map(stood).collect(), ..path.clone() }
        });
        let lost: Vec<Path> = lost.collect();
        merged.regions[n].paths.extend(lost.clone());
        added.extend(lost);
    }
    merged.regions.iter_mut().for_each(order_again);
    added
}
