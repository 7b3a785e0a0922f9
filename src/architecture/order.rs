//! The order of everything: by zone, by address block, by name; never by the order of the input.

use std::cmp::Ordering;
use std::net::IpAddr;

use ipnet::IpNet;

use super::networks::Networks;
use super::zones::natural;
use super::{Group, Identity, Region, Subnet, Thing, Vpc, Zone};
use crate::inventory::Address;
use crate::threads;

/// With no more things in subnets than this a thread, another one is not worth its start.
const FEW: usize = 1024;

pub fn by_name(one: &Identity, other: &Identity) -> Ordering {
    natural(&one.name, &other.name).then_with(|| one.address.cmp(&other.address))
}

fn by_kind(one: &Thing, other: &Thing) -> Ordering {
    one.kind.cmp(&other.kind).then_with(|| by_name(&one.identity, &other.identity))
}

/// Moves the subnets into their VPCs and puts all in order.
pub fn vpcs(networks: Networks) -> Vec<Vpc> {
    let Networks { mut vpcs, subnets, vpc_of } = networks;
    for (address, subnet) in subnets {
        if let Some(vpc) = vpc_of.get(&address).and_then(|vpc| vpcs.get_mut(vpc)) {
            vpc.subnets.push(subnet);
        }
    }
    let mut vpcs: Vec<Vpc> = vpcs.into_values().collect();
    order_vpcs(&mut vpcs);
    vpcs
}

fn order_vpcs(vpcs: &mut [Vpc]) {
    let things = vpcs.iter().flat_map(|vpc| &vpc.subnets).map(|subnet| subnet.things.len()).sum();
    threads::each(vpcs, threads::worth(things, FEW), vpc);
    vpcs.sort_by(|a, b| {
        let made_first = a.identity.external.cmp(&b.identity.external);
        let blocks = a.cidrs.first().map(|cidr| block(cidr)).cmp(&b.cidrs.first().map(|cidr| block(cidr)));
        made_first.then(blocks).then_with(|| by_name(&a.identity, &b.identity))
    });
}

/// Puts a region in order to which something was added.
pub fn again(whole: &mut Region) {
    order_vpcs(&mut whole.vpcs);
    region(whole);
}

fn vpc(vpc: &mut Vpc) {
    vpc.subnets.iter_mut().for_each(|subnet| subnet.things.sort_by(by_kind));
    vpc.subnets.sort_by(by_place);
    vpc.zones = vpc.subnets.iter().filter_map(|subnet| subnet.zone.clone()).collect();
    vpc.zones.sort();
    vpc.zones.dedup();
    vpc.gateways.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| by_name(&a.identity, &b.identity)));
    vpc.endpoints.sort_by(|a, b| {
        a.kind.cmp(&b.kind).then_with(|| a.service.cmp(&b.service)).then_with(|| by_name(&a.identity, &b.identity))
    });
    vpc.things.sort_by(by_kind);
    let rank: crate::hashing::HashMap<Address, usize> =
        vpc.subnets.iter().enumerate().map(|(i, subnet)| (subnet.identity.address.clone(), i)).collect();
    let place = |subnet: &Address| rank.get(subnet).copied().unwrap_or(usize::MAX);
    for group in &mut vpc.groups {
        group.subnets.sort_by_key(place);
    }
    for endpoint in &mut vpc.endpoints {
        endpoint.subnets.sort_by_key(place);
    }
    vpc.groups.sort_by(by_group);
}

fn by_group(one: &Group, other: &Group) -> Ordering {
    one.kind.cmp(&other.kind).then_with(|| by_name(&one.identity, &other.identity))
}

/// By zone, then by address block as numbers, then by name; what has no zone or block comes last.
fn by_place(one: &Subnet, other: &Subnet) -> Ordering {
    let by_zone = |a: &Option<Zone>, b: &Option<Zone>| match (a, b) {
        (Some(a), Some(b)) => a.cmp(b),
        _ => a.is_none().cmp(&b.is_none()),
    };
    let cidr = |subnet: &Subnet| subnet.cidr.as_ref().map(ToString::to_string).unwrap_or_default();
    by_zone(&one.zone, &other.zone)
        .then_with(|| block(&cidr(one)).cmp(&block(&cidr(other))))
        .then_with(|| by_name(&one.identity, &other.identity))
}

/// A key by which blocks are in the order of their addresses, and texts that are no blocks come last.
fn block(cidr: &str) -> (bool, Option<(IpAddr, u8)>, String) {
    let net: Option<IpNet> = cidr.trim().parse().ok();
    (net.is_none(), net.map(|net| (net.addr(), net.prefix_len())), cidr.to_string())
}

/// The order of what stands in no VPC.
pub fn region(region: &mut Region) {
    region.services.sort_by(by_kind);
    region.transit_gateways.sort_by(by_kind);
    region.connections.sort_by(|a, b| a.kind.cmp(&b.kind).then_with(|| by_name(&a.identity, &b.identity)));
    region.paths.sort_by(|a, b| (a.kind, &a.stops).cmp(&(b.kind, &b.stops)));
    region.paths.dedup_by(|a, b| (a.kind, &a.stops) == (b.kind, &b.stops));
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{NETWORK, Row, drawn, region, sketch};

    #[test]
    fn subnets_are_in_the_order_of_their_blocks_as_numbers() {
        let region = region(&[
            ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#),
            ("A", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.10.0/24"}"#),
            ("B", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.9.0/24"}"#),
        ]);
        let ids: Vec<&str> = region.vpcs[0].subnets.iter().map(|subnet| subnet.identity.name.as_str()).collect();
        assert_eq!(ids, ["B", "A"]);
    }

    #[test]
    fn the_order_of_the_input_changes_nothing() {
        let mut rows: Vec<Row> = NETWORK.to_vec();
        rows.extend([
            ("Eks", "AWS::EKS::Cluster", r#"{"ResourcesVpcConfig": {"SubnetIds": ["@PrivateB", "@PrivateA"]}}"#),
            (
                "Nodes",
                "AWS::EKS::Nodegroup",
                r#"{"ClusterName": "@Eks", "Subnets": ["@PrivateB", "@PrivateA", "<Other>"]}"#,
            ),
        ]);
        let shown = |rows: &[Row]| {
            let mut inventory = sketch(rows);
            // Places follow the order of the rows here, which they do not in a file that is drawn.
            for resource in inventory.resources.values_mut() {
                resource.origin.place = Default::default();
                settle(&mut resource.properties);
            }
            drawn(&inventory).0
        };
        let forth = shown(&rows);
        rows.reverse();
        assert_eq!(forth, shown(&rows));
    }

    fn settle(property: &mut crate::inventory::Property) {
        use crate::inventory::Value;
        property.place = Default::default();
        match &mut property.value {
            Value::List(items) => items.iter_mut().for_each(settle),
            Value::Map(map) => map.values_mut().for_each(settle),
            Value::Null
            | Value::Text(_)
            | Value::Reference { .. }
            | Value::Later(_)
            | Value::Mixed(_)
            | Value::Hidden(_) => {}
        }
    }
}
