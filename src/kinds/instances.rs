//! EC2 instances, alone and in Auto Scaling groups.

use super::{Count, Drawn, Kind, Launch, Lookup, Shape, WithoutSubnets};
use crate::inventory::{Property, Resource};

pub fn instance<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    let launch =
        resource.property("LaunchTemplate").map(|one| Launch::of_specification(one, lookup)).unwrap_or_default();
    let interfaces = Interfaces::of(resource, lookup);
    let mut drawn = Drawn::new(Kind::Instance, Shape::Thing, WithoutSubnets::DefaultVpc);
    drawn.subnets.extend(resource.property("SubnetId").or_else(|| interfaces.first("SubnetId")));
    drawn.zones.extend(resource.property("AvailabilityZone"));
    drawn.security_groups.extend(resource.property("SecurityGroupIds"));
    drawn.security_groups.extend(resource.property("SecurityGroups"));
    drawn.security_groups.extend(interfaces.all("GroupSet"));
    if drawn.security_groups.is_empty() {
        drawn.security_groups = launch.security_groups;
    }
    drawn.public_address = interfaces.first("AssociatePublicIpAddress").and_then(super::flag).or(launch.public_address);
    drawn.launch_outside = launch.outside;
    drawn.user_data = resource.property("UserData").or(launch.user_data);
    match resource.property("InstanceType").and_then(Property::shown) {
        Some(instance_type) => drawn.facts.push(instance_type),
        None => drawn.facts.extend(launch.instance_types),
    }
    drawn.fact(resource.property("PrivateIpAddress").or_else(|| interfaces.first("PrivateIpAddress")))
}

/// The interfaces of an instance: described in place, or resources of their own.
struct Interfaces<'a>(Vec<&'a Property>);

impl<'a> Interfaces<'a> {
    fn of(resource: &'a Resource, lookup: &Lookup<'a>) -> Interfaces<'a> {
        let written = resource.property("NetworkInterfaces").map(Property::items).unwrap_or_default();
        let behind = written.iter().filter_map(|one| lookup.behind(one.field("NetworkInterfaceId")?));
        Interfaces(written.iter().chain(behind.map(|resource| &resource.properties)).collect())
    }

    fn all(&self, key: &'static str) -> impl Iterator<Item = &'a Property> {
        self.0.iter().filter_map(move |interface| interface.field(key))
    }

    fn first(&self, key: &'static str) -> Option<&'a Property> {
        self.all(key).next()
    }
}

pub fn auto_scaling_group<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    let launch = Launch::of_auto_scaling_group(resource, lookup);
    let mut drawn = Drawn::new(Kind::AutoScalingGroup, Shape::Group, WithoutSubnets::DefaultVpc)
        .in_subnets(resource.property("VPCZoneIdentifier"));
    drawn.zones.extend(resource.property("AvailabilityZones"));
    drawn.count = Some(Count::read(
        resource.property("MinSize"),
        resource.property("DesiredCapacity"),
        resource.property("MaxSize"),
    ));
    drawn.security_groups = launch.security_groups;
    drawn.instance_types = launch.instance_types;
    drawn.user_data = launch.user_data;
    drawn.public_address = launch.public_address;
    drawn.launch_outside = launch.outside;
    if launch.spot {
        drawn.facts.push("spot".into());
    }
    drawn
}

/// A development environment in the browser, on an instance of its own.
pub fn cloud9(resource: &Resource) -> Drawn<'_> {
    Drawn::new(Kind::Bastion, Shape::Thing, WithoutSubnets::DefaultVpc)
        .in_subnets(resource.property("SubnetId"))
        .fact(resource.property("InstanceType"))
}
