//! Databases and caches, which find their subnets through a subnet group.

use super::{Drawn, Kind, Lookup, Shape, WithoutSubnets};
use crate::inventory::{Property, Resource};

/// A database instance; `None` for a member of a cluster, which the cluster's icon stands for.
pub fn instance<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Option<Drawn<'a>> {
    if resource.property("DBClusterIdentifier").is_some() {
        return None;
    }
    let mut drawn = relational(resource, lookup, "VPCSecurityGroups").only_in_zone(zone_unless_multi_az(resource));
    drawn.facts.extend(resource.property("DBInstanceClass").and_then(Property::shown));
    if resource.property("MultiAZ").and_then(Property::as_bool) == Some(true) {
        drawn.facts.push("Multi-AZ".into());
    }
    Some(drawn)
}

/// The zone that a resource names, if it does not say, or leave open, that it runs in several.
fn zone_unless_multi_az(resource: &Resource) -> Option<&Property> {
    let one_zone = resource.property("MultiAZ").is_none_or(|multi| multi.as_bool() == Some(false));
    resource.property("AvailabilityZone").filter(|_| one_zone)
}

pub fn cluster<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    relational(resource, lookup, "VpcSecurityGroupIds")
}

fn relational<'a>(resource: &'a Resource, lookup: &Lookup<'a>, security_groups: &str) -> Drawn<'a> {
    let engine = resource.property("Engine").and_then(Property::shown).unwrap_or_default();
    let kind = match engine.as_str() {
        "docdb" => Kind::DocumentDb,
        "neptune" => Kind::Neptune,
        engine if engine.starts_with("aurora") => Kind::Aurora,
        _ => Kind::Rds,
    };
    through_group(resource, lookup, kind, &RDS_GROUP)
        .with_groups(resource.property(security_groups))
        .fact(resource.property("Engine"))
}

/// Where a type names its subnet group, and the type of the group.
struct SubnetGroup {
    property: &'static str,
    type_name: &'static str,
}

const RDS_GROUP: SubnetGroup = SubnetGroup { property: "DBSubnetGroupName", type_name: "AWS::RDS::DBSubnetGroup" };
const CACHE_GROUP: SubnetGroup =
    SubnetGroup { property: "CacheSubnetGroupName", type_name: "AWS::ElastiCache::SubnetGroup" };

/// A resource in the subnets of its subnet group. A group that the input only names stands for its own
/// subnets, as `<group>`.
fn through_group<'a>(resource: &'a Resource, lookup: &Lookup<'a>, kind: Kind, group: &SubnetGroup) -> Drawn<'a> {
    let named = resource.property(group.property);
    let subnets =
        named.and_then(|named| lookup.referred(named, group.type_name)).and_then(|group| group.property("SubnetIds"));
    Drawn::new(kind, Shape::ByItsSubnets, WithoutSubnets::DefaultVpc).in_subnets(subnets.or(named))
}

pub fn document_db<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    let group = SubnetGroup { property: "DBSubnetGroupName", type_name: "AWS::DocDB::DBSubnetGroup" };
    through_group(resource, lookup, Kind::DocumentDb, &group).with_groups(resource.property("VpcSecurityGroupIds"))
}

pub fn neptune<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    let group = SubnetGroup { property: "DBSubnetGroupName", type_name: "AWS::Neptune::DBSubnetGroup" };
    through_group(resource, lookup, Kind::Neptune, &group).with_groups(resource.property("VpcSecurityGroupIds"))
}

pub fn redshift<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    let group = SubnetGroup { property: "ClusterSubnetGroupName", type_name: "AWS::Redshift::ClusterSubnetGroup" };
    through_group(resource, lookup, Kind::Redshift, &group)
        .only_in_zone(zone_unless_multi_az(resource))
        .with_groups(resource.property("VpcSecurityGroupIds"))
        .fact(resource.property("NodeType"))
}

pub fn cache_cluster<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    // Source: ElastiCache API reference, CreateCacheCluster, `AZMode`: one zone by default.
    let one_zone = resource.property("AZMode").is_none_or(|mode| mode.as_text() == Some("single-az"));
    through_group(resource, lookup, Kind::ElastiCache, &CACHE_GROUP)
        .only_in_zone(resource.property("PreferredAvailabilityZone").filter(|_| one_zone))
        .with_groups(resource.property("VpcSecurityGroupIds"))
        .fact(resource.property("Engine"))
        .fact(resource.property("CacheNodeType"))
}

pub fn replication_group<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Drawn<'a> {
    through_group(resource, lookup, Kind::ElastiCache, &CACHE_GROUP)
        .with_groups(resource.property("SecurityGroupIds"))
        .fact(resource.property("Engine"))
        .fact(resource.property("CacheNodeType"))
}

pub fn serverless_cache(resource: &Resource) -> Drawn<'_> {
    Drawn::new(Kind::ElastiCache, Shape::ByItsSubnets, WithoutSubnets::DefaultVpc)
        .in_subnets(resource.property("SubnetIds"))
        .with_groups(resource.property("SecurityGroupIds"))
        .fact(resource.property("Engine"))
}
