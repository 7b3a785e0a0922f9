//! Which subnets stand in which row: tiers from the outside in, and several rows of a tier where a zone has
//! several subnets of it.

use crate::architecture::{Guess, Subnet, Tier, Zone};
use crate::inventory::Address;

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

/// Subnets of like names stand in one row (`PrivateSubnet1A`, `PrivateSubnet2A`), and where names do not tell, those of
/// one route table; rows that leave different columns free become one.
fn pack(subnets: Vec<(usize, &Subnet)>) -> Vec<RowOfSubnets<'_>> {
    let mut families: Vec<(String, Vec<RowOfSubnets>)> = Vec::new();
    for place in subnets {
        let stem = stem(place.1);
        let known = families.iter().position(|(s, _)| *s == stem);
        let at = known.unwrap_or_else(|| {
            families.push((stem, Vec::new()));
            families.len() - 1
        });
        add(vec![place], &mut families[at].1);
    }
    let mut rows: Vec<RowOfSubnets> = Vec::new();
    for row in families.into_iter().flat_map(|(_, rows)| rows) {
        add(row, &mut rows);
    }
    for row in &mut rows {
        row.sort_by_key(|(c, _)| *c);
    }
    rows
}

/// Joins a row to one that leaves its columns free, best to one that has its route table; else appends it.
fn add<'a>(row: RowOfSubnets<'a>, rows: &mut Vec<RowOfSubnets<'a>>) {
    let shares_table = |other: &RowOfSubnets| {
        let has = |table: &Address| other.iter().any(|(_, s)| s.route_table.as_ref() == Some(table));
        row.iter().filter_map(|(_, s)| s.route_table.as_ref()).any(has)
    };
    let is_free = |other: &RowOfSubnets| other.iter().all(|(c, _)| row.iter().all(|(d, _)| c != d));
    let free = (0..rows.len()).filter(|i| is_free(&rows[*i]));
    match free.min_by_key(|i| !shares_table(&rows[*i])) {
        Some(best) => rows[best].extend(row),
        None => rows.push(row),
    }
}

/// A subnet's name without what tells its zone: numbers, single letters, and the zone's own name.
pub fn stem(subnet: &Subnet) -> String {
    let mut of_zone: Vec<String> = match &subnet.zone {
        Some(Zone::Named(zone)) => words(zone),
        _ => Vec::new(),
    };
    // `APNORTHEAST2A`, as eksctl writes it.
    of_zone.push(of_zone.concat());
    let mut words = words(&subnet.identity.name);
    words.retain(|word| !of_zone.contains(word));
    words.concat()
}

/// The words of a name that have more than one letter, in lower case: split at all but letters, and where a capital
/// follows a small letter.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphabetic() || c.is_uppercase() && before.is_lowercase() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphabetic(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| word.chars().nth(1).is_some());
    words
}
