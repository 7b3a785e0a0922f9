//! ECS services and Batch compute environments.

use super::{Count, Drawn, Kind, Shape, WithoutSubnets};
use crate::inventory::{Property, Resource};

/// A service whose tasks have interfaces of their own (`awsvpc`); others run on instances that are drawn.
pub fn service(resource: &Resource) -> Drawn<'_> {
    let network = resource
        .property("NetworkConfiguration")
        .and_then(|network| ["AwsvpcConfiguration", "AwsVpcConfiguration"].iter().find_map(|key| network.field(key)));
    let mut drawn = Drawn::new(Kind::EcsService, Shape::ByItsSubnets, WithoutSubnets::Undrawn)
        .in_subnets(network.and_then(|network| network.field("Subnets")))
        .with_groups(network.and_then(|network| network.field("SecurityGroups")))
        .fact(resource.property("LaunchType"));
    drawn.count = Some(Count::read(None, resource.property("DesiredCount"), None));
    drawn
}

pub fn compute_environment(resource: &Resource) -> Drawn<'_> {
    let compute = resource.property("ComputeResources");
    let mut drawn = Drawn::new(Kind::Batch, Shape::ByItsSubnets, WithoutSubnets::Undrawn)
        .in_subnets(compute.and_then(|compute| compute.field("Subnets")))
        .with_groups(compute.and_then(|compute| compute.field("SecurityGroupIds")))
        .fact(compute.and_then(|compute| compute.field("Type")));
    let types = compute.and_then(|compute| compute.field("InstanceTypes")).map(Property::items).unwrap_or_default();
    drawn.instance_types = types.iter().filter_map(Property::shown).collect();
    drawn
}
