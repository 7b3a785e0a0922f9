//! Message brokers that stand in subnets.

use super::{Drawn, Kind, Shape, WithoutSubnets};
use crate::inventory::{Property, Resource};

pub fn kafka(resource: &Resource) -> Drawn<'_> {
    let brokers = resource.property("BrokerNodeGroupInfo");
    Drawn::new(Kind::Msk, Shape::ByItsSubnets, WithoutSubnets::Undrawn)
        .in_subnets(brokers.and_then(|brokers| brokers.field("ClientSubnets")))
        .with_groups(brokers.and_then(|brokers| brokers.field("SecurityGroups")))
        .fact(brokers.and_then(|brokers| brokers.field("InstanceType")))
}

pub fn serverless_kafka(resource: &Resource) -> Drawn<'_> {
    let mut drawn = Drawn::new(Kind::Msk, Shape::ByItsSubnets, WithoutSubnets::Undrawn);
    let configurations = resource.property("VpcConfigs").map(Property::items).unwrap_or_default();
    drawn.subnets.extend(configurations.iter().filter_map(|one| one.field("SubnetIds")));
    drawn.security_groups.extend(configurations.iter().filter_map(|one| one.field("SecurityGroups")));
    drawn.facts.push("serverless".into());
    drawn
}

pub fn broker(resource: &Resource) -> Drawn<'_> {
    Drawn::new(Kind::Mq, Shape::ByItsSubnets, WithoutSubnets::DefaultVpc)
        .in_subnets(resource.property("SubnetIds"))
        .with_groups(resource.property("SecurityGroups"))
        .fact(resource.property("EngineType"))
}
