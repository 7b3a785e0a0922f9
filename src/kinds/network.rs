//! What the network itself puts into subnets.

use super::{Drawn, Kind, Shape, WithoutSubnets};
use crate::inventory::{Property, Resource};

pub fn nat_gateway(resource: &Resource) -> Drawn<'_> {
    let mut drawn = Drawn::new(Kind::NatGateway, Shape::Thing, WithoutSubnets::DefaultVpc)
        .in_subnets(resource.property("SubnetId"));
    // A regional NAT gateway stands in the VPC, in no subnet.
    drawn.vpc = resource.property("VpcId");
    let connectivity = resource.property("ConnectivityType").and_then(Property::as_text);
    if connectivity.is_some_and(|kind| kind.eq_ignore_ascii_case("private")) {
        drawn.facts.push("private".into());
    } else if resource.property("AllocationId").is_some() {
        drawn.facts.push("Elastic IP".into());
    }
    drawn
}

pub fn network_interface(resource: &Resource) -> Drawn<'_> {
    Drawn::new(Kind::NetworkInterface, Shape::Thing, WithoutSubnets::Undrawn)
        .in_subnets(resource.property("SubnetId"))
        .with_groups(resource.property("GroupSet"))
        .fact(resource.property("PrivateIpAddress"))
}
