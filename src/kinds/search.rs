//! Search domains, in a VPC only where they say so.

use super::{Drawn, Kind, Shape, WithoutSubnets};
use crate::inventory::Resource;

pub fn domain(resource: &Resource) -> Drawn<'_> {
    let options = resource.property("VPCOptions");
    Drawn::new(Kind::OpenSearch, Shape::ByItsSubnets, WithoutSubnets::Region)
        .in_subnets(options.and_then(|options| options.field("SubnetIds")))
        .with_groups(options.and_then(|options| options.field("SecurityGroupIds")))
}
