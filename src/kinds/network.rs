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

/// `None` for one of EKS: it is drawn as its cluster's.
pub fn network_interface(resource: &Resource) -> Option<Drawn<'_>> {
    if cluster_of_interface(resource).is_some() {
        return None;
    }
    let drawn = Drawn::new(Kind::NetworkInterface, Shape::Thing, WithoutSubnets::Undrawn)
        .in_subnets(resource.property("SubnetId"))
        .with_groups(resource.property("GroupSet"))
        .fact(resource.property("PrivateIpAddress"));
    Some(drawn)
}

/// The name of the cluster for whose control plane EKS made an interface.
/// Source: EKS user guide, "View Amazon EKS networking requirements": the description is `Amazon EKS <cluster>`.
pub fn cluster_of_interface(resource: &Resource) -> Option<&str> {
    resource.property("Description").and_then(Property::as_text)?.strip_prefix("Amazon EKS ")
}
