//! Lambda functions that are attached to a VPC.

use super::{Drawn, Kind, Shape, WithoutSubnets};
use crate::inventory::Resource;

pub fn function(resource: &Resource) -> Drawn<'_> {
    let vpc = resource.property("VpcConfig");
    Drawn::new(Kind::Lambda, Shape::ByItsSubnets, WithoutSubnets::Undrawn)
        .in_subnets(vpc.and_then(|vpc| vpc.field("SubnetIds")))
        .with_groups(vpc.and_then(|vpc| vpc.field("SecurityGroupIds")))
}
