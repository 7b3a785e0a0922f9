//! File systems as they stand in subnets.

use super::{Drawn, Kind, Lookup, Shape, WithoutSubnets};
use crate::inventory::Resource;

/// A mount target, with its file system's name as its fact.
pub fn mount_target<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    let mut drawn = Drawn::new(Kind::MountTarget, Shape::Thing, WithoutSubnets::Undrawn)
        .in_subnets(resource.property("SubnetId"))
        .with_groups(resource.property("SecurityGroups"));
    if let Some(file_system) = resource.property("FileSystemId") {
        let named = lookup.behind(file_system).map(|made| made.name.clone());
        drawn.facts.extend(named.or_else(|| file_system.shown()));
    }
    drawn
}

pub fn fsx(resource: &Resource) -> Drawn<'_> {
    Drawn::new(Kind::Fsx, Shape::ByItsSubnets, WithoutSubnets::Undrawn)
        .in_subnets(resource.property("SubnetIds"))
        .with_groups(resource.property("SecurityGroupIds"))
        .fact(resource.property("FileSystemType"))
}
