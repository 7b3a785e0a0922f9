//! What is hidden, and what hangs on it.

use std::collections::BTreeSet;

use super::select::identities;
use crate::architecture::{Architecture, ConnectionEnd, Region, Stop};
use crate::inventory::Address;
use crate::kinds::Kind;

/// Takes these out, with what stands in them, what they alone are for, and the ways that lead by them; gives how many
/// things are gone.
pub fn hide(mut hidden: BTreeSet<Address>, architecture: &mut Architecture) -> usize {
    let before = identities(architecture).count();
    architecture.regions.iter_mut().for_each(|region| hide_in(region, &mut hidden));
    before - identities(architecture).count()
}

fn hide_in(region: &mut Region, hidden: &mut BTreeSet<Address>) {
    // From the outside in: what is gone takes with it what comes below.
    for vpc in &region.vpcs {
        if hidden.contains(&vpc.identity.address) {
            hidden.extend(vpc.subnets.iter().map(|subnet| subnet.identity.address.clone()));
            hidden.extend(vpc.gateways.iter().map(|gateway| gateway.identity.address.clone()));
            hidden.extend(vpc.groups.iter().map(|group| group.identity.address.clone()));
            hidden.extend(vpc.things.iter().map(|thing| thing.identity.address.clone()));
        }
        for subnet in vpc.subnets.iter().filter(|subnet| hidden.contains(&subnet.identity.address)).collect::<Vec<_>>()
        {
            hidden.extend(subnet.things.iter().map(|thing| thing.identity.address.clone()));
        }
    }
    for cluster in &mut region.clusters {
        if cluster.vpc.as_ref().is_some_and(|vpc| hidden.contains(vpc)) {
            hidden.insert(cluster.identity.address.clone());
        }
        cluster.subnets.retain(|subnet| !hidden.contains(subnet));
    }
    for vpc in &mut region.vpcs {
        for group in &mut vpc.groups {
            let had_subnets = !group.subnets.is_empty();
            group.subnets.retain(|subnet| !hidden.contains(subnet));
            let made_by_cluster = matches!(group.kind, Kind::ClusterInterface | Kind::AutoModeNodes);
            let of_hidden = group.cluster.as_ref().is_some_and(|cluster| hidden.contains(cluster));
            if had_subnets && group.subnets.is_empty() || made_by_cluster && of_hidden {
                hidden.insert(group.identity.address.clone());
            }
        }
        vpc.endpoints.iter_mut().for_each(|endpoint| endpoint.subnets.retain(|subnet| !hidden.contains(subnet)));
    }

    let is_shown = |address: &Address| !hidden.contains(address);
    region.vpcs.retain(|vpc| is_shown(&vpc.identity.address));
    for vpc in &mut region.vpcs {
        vpc.subnets.retain(|subnet| is_shown(&subnet.identity.address));
        vpc.subnets.iter_mut().for_each(|subnet| subnet.things.retain(|thing| is_shown(&thing.identity.address)));
        vpc.gateways.retain(|gateway| is_shown(&gateway.identity.address));
        vpc.endpoints.retain(|endpoint| is_shown(&endpoint.identity.address));
        vpc.groups.retain(|group| is_shown(&group.identity.address));
        vpc.things.retain(|thing| is_shown(&thing.identity.address));
        vpc.zones.retain(|zone| vpc.subnets.iter().any(|subnet| subnet.zone.as_ref() == Some(zone)));
    }
    region.clusters.retain(|cluster| is_shown(&cluster.identity.address));
    region.transit_gateways.retain(|gateway| is_shown(&gateway.identity.address));
    region.services.retain(|service| is_shown(&service.identity.address));
    region.connections.retain(|connection| {
        let leads_out = match &connection.to {
            ConnectionEnd::Inside(address) => is_shown(address),
            ConnectionEnd::Outside(_) => true,
        };
        is_shown(&connection.identity.address) && is_shown(&connection.from) && leads_out
    });
    region.paths.retain(|path| {
        path.stops.iter().all(|stop| match stop {
            Stop::At(address) | Stop::ApiEndpoint(address) | Stop::ApiServers(address) => is_shown(address),
            Stop::Administrator(_) | Stop::Clients | Stop::Internet | Stop::Outside(_) => true,
        })
    });
}
