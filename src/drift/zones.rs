//! A zone goes by its name in an account, and by its number in most templates.

use std::collections::BTreeMap;

use crate::architecture::{Architecture, Subnet, Zone};
use crate::inventory::Address;

/// Calls the zones of what was as what is calls them, where subnets of both show which is which.
pub fn translate(was: &mut Architecture, is: &Architecture) {
    let zones: BTreeMap<&Address, &Zone> =
        subnets(is).filter_map(|subnet| Some((&subnet.identity.address, subnet.zone.as_ref()?))).collect();
    let mut votes: BTreeMap<Zone, BTreeMap<Zone, usize>> = BTreeMap::new();
    for subnet in subnets(was) {
        let Some(then) = &subnet.zone else { continue };
        if let Some(now) = zones.get(&subnet.identity.address)
            && std::mem::discriminant(*now) != std::mem::discriminant(then)
        {
            *votes.entry(then.clone()).or_default().entry((*now).clone()).or_default() += 1;
        }
    }
    let winner = |votes: &BTreeMap<Zone, usize>| {
        let most = votes.values().max()?;
        votes.iter().find(|(_, n)| *n == most).map(|(zone, _)| zone.clone())
    };
    let words: BTreeMap<&Zone, Zone> = votes.iter().filter_map(|(zone, votes)| Some((zone, winner(votes)?))).collect();
    for vpc in was.regions.iter_mut().flat_map(|region| &mut region.vpcs) {
        let zones = vpc.subnets.iter_mut().filter_map(|subnet| subnet.zone.as_mut());
        for zone in zones.chain(&mut vpc.zones) {
            if let Some(word) = words.get(zone) {
                *zone = word.clone();
            }
        }
    }
}

fn subnets(architecture: &Architecture) -> impl Iterator<Item = &Subnet> {
    architecture.regions.iter().flat_map(|region| &region.vpcs).flat_map(|vpc| &vpc.subnets)
}
