//! A VPC that is there: what the ClusterConfig says of it, and nothing else.
//!
//! No route tables: eksctl does not look at them, so what a subnet is stays unknown from routes. The key
//! under which it stands (`public`, `private`) is said by `MapPublicIpOnLaunch`, the model's last resort.

use crate::diag::{Known, Origin};
use crate::inventory::Address;

use super::super::config::{id_part, is_region};
use super::super::draft::{At, Draft, Fields, Making};
use super::super::section::Section;
use super::{Network, Subnet, Tier, ZoneKind};

const TIERS: [Tier; 2] = [Tier::Public, Tier::Private];

/// The maps that hold subnets, each with the kind of its zones.
const MAPS: [(&str, ZoneKind); 2] = [("subnets", ZoneKind::Availability), ("localZoneSubnets", ZoneKind::Local)];

pub fn names_subnets(vpc: &Section) -> bool {
    MAPS.iter().filter_map(|(key, _)| vpc.section(key)).any(|subnets| {
        TIERS.iter().filter_map(|tier| subnets.section(tier.key())).any(|tier| tier.entries().next().is_some())
    })
}

pub fn expand(vpc: &Section, draft: &mut Draft) -> Network {
    let origin = vpc.origin();
    let block = vpc.property("cidr");
    let fields = Fields::new()
        .with("VpcId", vpc.property("id"))
        .with("CidrBlock", block.clone())
        .with("Ipv6CidrBlock", vpc.property("ipv6Cidr"));
    let name = vpc.text("id").unwrap_or("VPC");
    let address = draft.put("VPC", name, "AWS::EC2::VPC", fields, &origin, Making::Existing);
    let mut network = Network::new(address, block);
    for (key, zone_kind) in MAPS {
        let Some(subnets) = vpc.section(key) else { continue };
        for tier in TIERS {
            let Some(entries) = subnets.section(tier.key()) else { continue };
            for (alias, entry) in entries.entries() {
                let subnet = subnet(alias, &entry, tier, zone_kind, &network.vpc, draft);
                network.push(subnet);
            }
        }
    }
    network
}

fn subnet(alias: &str, entry: &Section, tier: Tier, zone_kind: ZoneKind, vpc: &Address, draft: &mut Draft) -> Subnet {
    let origin: Origin = entry.origin();
    let at = At(origin.place);
    let zone = entry.property("az").or_else(|| is_zone(alias).then(|| at.text(alias)));
    let public_addresses = match tier {
        Tier::Public => Some(at.text(true)),
        Tier::Private => None,
    };
    let fields = Fields::new()
        .with("SubnetId", entry.property("id"))
        .with("CidrBlock", entry.property("cidr"))
        .with("AvailabilityZone", zone.clone())
        .with("VpcId", at.reference(vpc))
        .with("MapPublicIpOnLaunch", public_addresses)
        .with("OutpostArn", entry.property("outpostARN"));
    let path = format!("Subnet{}{}", tier.word(), id_part(alias));
    let address = draft.put(&path, alias, "AWS::EC2::Subnet", fields, &origin, Making::Existing);
    Subnet {
        address,
        tier,
        zone_kind,
        zone: zone.and_then(|zone| zone.as_text().map(|name| Known::Yes(name.to_string()))),
        alias: alias.to_string(),
        id: entry.text("id").map(str::to_string),
        route_table: None,
    }
}

/// Subnets may go by their zone: `us-west-2a`, `us-west-2-lax-1a`.
fn is_zone(alias: &str) -> bool {
    alias.strip_suffix(|c: char| c.is_ascii_lowercase()).is_some_and(is_region)
}
