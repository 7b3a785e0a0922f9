//! Which subnets stand in which row: tiers from the outside in, and several rows of a tier where a zone has
//! several subnets of it.

use crate::architecture::{Guess, Subnet, Tier, Zone};

/// Subnets of one row, each with its column; at most one a column.
pub type RowOfSubnets<'a> = Vec<(usize, &'a Subnet)>;

/// The rows of a VPC from top to bottom. `zones` are the matrix's first columns; subnets without a zone stand side by
/// side in the columns behind them, at most [`WITHOUT_ZONE`] of a tier in one row.
pub fn rows<'a>(subnets: &'a [Subnet], zones: &[Zone]) -> Vec<RowOfSubnets<'a>> {
    let mut ranks: Vec<u8> = subnets.iter().map(|s| rank(s.tier)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut rows = Vec::new();
    for rank_ in ranks {
        let mut without = 0;
        let of_tier: Vec<(usize, &Subnet)> = subnets
            .iter()
            .filter(|s| rank(s.tier) == rank_)
            .map(|subnet| {
                let zone = subnet.zone.as_ref().and_then(|zone| zones.iter().position(|z| z == zone));
                let column = zone.unwrap_or_else(|| {
                    without += 1;
                    zones.len() + (without - 1) % WITHOUT_ZONE
                });
                (column, subnet)
            })
            .collect();
        rows.extend(pack(of_tier));
    }
    rows
}

/// Most subnets without a zone side by side. Chosen: as many columns as most VPCs have zones.
const WITHOUT_ZONE: usize = 3;

/// How many columns a VPC needs behind those of its zones.
pub fn columns_without_zone(subnets: &[Subnet]) -> usize {
    let of_rank = |r: u8| subnets.iter().filter(|s| s.zone.is_none() && rank(s.tier) == r).count();
    (0..=5).map(of_rank).max().unwrap_or(0).min(WITHOUT_ZONE)
}

/// From the outside in; what is only guessed stands with what it seems to be.
const fn rank(tier: Tier) -> u8 {
    match tier {
        Tier::Public => 0,
        Tier::Unknown(Guess::Public) => 1,
        Tier::Private => 2,
        Tier::Unknown(Guess::Private) => 3,
        Tier::Unknown(Guess::Nothing) => 4,
        Tier::Isolated => 5,
    }
}

/// Subnets of like names stand in one row (`PrivateSubnet1A`, `PrivateSubnet2A`); rows that leave different
/// columns free become one.
fn pack(subnets: Vec<(usize, &Subnet)>) -> Vec<RowOfSubnets<'_>> {
    let mut families: Vec<(String, Vec<RowOfSubnets>)> = Vec::new();
    for place in subnets {
        let stem = stem(place.1);
        let known = families.iter().position(|(s, _)| *s == stem);
        let at = known.unwrap_or_else(|| {
            families.push((stem, Vec::new()));
            families.len() - 1
        });
        let family = &mut families[at].1;
        match family.iter_mut().find(|row| row.iter().all(|(c, _)| *c != place.0)) {
            Some(row) => row.push(place),
            None => family.push(vec![place]),
        }
    }
    let mut rows: Vec<RowOfSubnets> = Vec::new();
    for row in families.into_iter().flat_map(|(_, rows)| rows) {
        let fits = |other: &&mut RowOfSubnets| other.iter().all(|(c, _)| row.iter().all(|(d, _)| c != d));
        match rows.iter_mut().find(fits) {
            Some(other) => other.extend(row),
            None => rows.push(row),
        }
    }
    for row in &mut rows {
        row.sort_by_key(|(c, _)| *c);
    }
    rows
}

/// A subnet's name without what tells its zone: digits, and the zone's own name.
pub fn stem(subnet: &Subnet) -> String {
    let mut name = subnet.identity.name.to_lowercase();
    if let Some(Zone::Named(zone)) = &subnet.zone {
        name = name.replace(&zone.to_lowercase(), "");
    }
    name.retain(|c| !c.is_ascii_digit());
    name
}
