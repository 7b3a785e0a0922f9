//! Where a placement stands: in the subnets that it names, in a VPC that it names without them, or in the
//! account's default VPC.

use std::collections::BTreeSet;

use super::clusters::{Sources, unknown};
use super::networks::Networks;
use super::placements::Placement;
use super::{Because, Tier, Zone, names, zones};
use crate::inventory::{Address, Value};
use crate::kinds::{Kind, Lookup, Shape, WithoutSubnets};

/// Where something is: its subnets, or only its VPC.
pub struct Place {
    pub subnets: Vec<Address>,
    pub vpc: Address,
    /// What will say the subnets that are not known.
    pub unknown: Option<String>,
    /// Why it is in fewer subnets than it names.
    pub because: Option<Because>,
}

/// The place of a placement; `None` for what stands in no VPC.
pub fn residence(lookup: &Lookup, placement: &Placement, clusters: &Sources, networks: &mut Networks) -> Option<Place> {
    let named: Vec<Address> = placement.subnets.iter().map(|subnet| subnet.address("subnet")).collect();
    let mut unknown = unknown(&placement.subnets);
    let mut subnets = unique(named.into_iter().filter(|subnet| networks.subnets.contains_key(subnet)));
    if subnets.is_empty() && placement.drawn.kind == Kind::FargateProfile {
        subnets = private_subnets_of_cluster(placement, clusters, networks);
    }
    if let Some(vpc) = subnets.iter().find_map(|subnet| networks.vpc_of.get(subnet).cloned()) {
        let because = match unknown {
            None => narrow(lookup, placement, networks, &mut subnets),
            Some(_) => None,
        };
        return Some(Place { subnets, vpc, unknown, because });
    }
    if let Some(vpc) = placement.vpcs.first() {
        return Some(Place { subnets, vpc: networks.vpc(vpc), unknown, because: None });
    }
    match placement.drawn.without_subnets {
        WithoutSubnets::Region | WithoutSubnets::Undrawn => None,
        WithoutSubnets::DefaultVpc => {
            let zones = zones_of(lookup, placement, &mut unknown);
            let origin = &placement.resource.origin;
            let in_subnet = !zones.is_empty() || matches!(placement.drawn.kind, Kind::Instance | Kind::Bastion);
            let vpc = networks.default_vpc(origin);
            let zones = if zones.is_empty() && in_subnet { vec![None] } else { zones };
            let subnets = zones.into_iter().map(|zone| networks.default_subnet(zone, origin)).collect();
            Some(Place { subnets, vpc, unknown, because: None })
        }
    }
}

/// Leaves only the subnet in the one zone of a database that has one (its subnet group spans several, as AWS asks for),
/// and says why. Where none or several of the subnets are in that zone, it may be in any.
fn narrow(lookup: &Lookup, placement: &Placement, networks: &Networks, subnets: &mut Vec<Address>) -> Option<Because> {
    let property = placement.drawn.only_zone?;
    let zone = zones::of_property(lookup, placement.resource, property)?;
    let in_zone = |subnet: &&Address| networks.subnets.get(*subnet).is_some_and(|s| s.zone.as_ref() == Some(&zone));
    let mut found = subnets.iter().filter(in_zone);
    let (Some(only), None) = (found.next().cloned(), found.next()) else { return None };
    *subnets = vec![only];
    Some(Because {
        text: format!("in one zone only: placed in {}, not Multi-AZ", property.shown()?),
        origin: Some(names::origin_in(placement.resource, property.place)),
    })
}

/// Where a Fargate profile runs pods if it names no subnets.
/// Source: EKS API reference, CreateFargateProfile, `subnets`.
fn private_subnets_of_cluster(placement: &Placement, clusters: &Sources, networks: &Networks) -> Vec<Address> {
    let cluster = placement.cluster.as_ref().and_then(|cluster| clusters.made.get(cluster));
    let subnets = cluster.map(|cluster| cluster.subnets.as_slice()).unwrap_or_default();
    let is_private = |subnet: &Address| {
        networks.subnets.get(subnet).is_some_and(|subnet| match subnet.tier {
            Tier::Private | Tier::Isolated | Tier::Unknown(_) => true,
            Tier::Public => false,
        })
    };
    unique(subnets.iter().map(|subnet| subnet.address("subnet")).filter(is_private))
}

/// Each once, in the order of addresses.
pub fn unique(addresses: impl Iterator<Item = Address>) -> Vec<Address> {
    addresses.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The zones that a placement names instead of subnets; a list that is known only later is one unknown.
fn zones_of(lookup: &Lookup, placement: &Placement, unknown: &mut Option<String>) -> Vec<Option<Zone>> {
    let zone = |property| zones::of_property(lookup, placement.resource, property);
    let mut zones: Vec<Option<Zone>> = Vec::new();
    for property in &placement.drawn.zones {
        match &property.value {
            Value::List(items) => zones.extend(items.iter().map(zone)),
            _ => match zone(property) {
                Some(Zone::Later { name, .. }) if placement.drawn.shape != Shape::Thing => {
                    unknown.get_or_insert(name);
                    zones.push(None);
                }
                zone => zones.push(zone),
            },
        }
    }
    zones.sort_by(|a, b| match (a, b) {
        (Some(a), Some(b)) => a.cmp(b),
        _ => a.is_none().cmp(&b.is_none()),
    });
    zones.dedup();
    zones
}
