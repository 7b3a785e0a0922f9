//! Databases and caches, and the groups by which they name their subnets.
//!
//! Source: RDS and ElastiCache API references; CloudFormation, the types of the same names.

use super::item::Item;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};

pub const INSTANCE: Table = Table {
    command: "rds describe-db-instances",
    keys: &["DBInstances"],
    marks: &["DBInstanceIdentifier", "DBInstanceClass"],
    id: &["DBInstanceIdentifier"],
    noun: "database",
    type_name: "AWS::RDS::DBInstance",
    fields: &[
        Same("DBInstanceIdentifier"),
        Same("DBClusterIdentifier"),
        Same("DBInstanceClass"),
        Same("Engine"),
        Same("MultiAZ"),
        Same("AvailabilityZone"),
        As("DBSubnetGroup.DBSubnetGroupName", "DBSubnetGroupName"),
        As("VpcSecurityGroups[].VpcSecurityGroupId", "VPCSecurityGroups"),
    ],
    gone: ("DBInstanceStatus", &["deleting", "failed"]),
    more: |item, address, draft| {
        // An instance tells its subnets itself, if the groups were not asked for.
        let group = item.text("DBSubnetGroup.DBSubnetGroupName").unwrap_or_default();
        if let Some(subnets) =
            item.copy("DBSubnetGroup.Subnets[].SubnetIdentifier").filter(|_| !draft.answers.has(&SUBNET_GROUP, group))
        {
            let fields = [("DBSubnetGroupName", item.property(group)), ("SubnetIds", subnets)];
            draft.part(item, address, "subnet group", "AWS::RDS::DBSubnetGroup", fields);
        }
    },
    ..PLAIN
};

pub const CLUSTER: Table = Table {
    command: "rds describe-db-clusters",
    keys: &["DBClusters"],
    marks: &["DBClusterIdentifier", "Engine"],
    id: &["DBClusterIdentifier"],
    noun: "databases",
    type_name: "AWS::RDS::DBCluster",
    fields: &[
        Same("DBClusterIdentifier"),
        Same("Engine"),
        As("DBSubnetGroup", "DBSubnetGroupName"),
        As("VpcSecurityGroups[].VpcSecurityGroupId", "VpcSecurityGroupIds"),
    ],
    gone: ("Status", &["deleting", "failed"]),
    ..PLAIN
};

pub const SUBNET_GROUP: Table = Table {
    command: "rds describe-db-subnet-groups",
    keys: &["DBSubnetGroups"],
    marks: &["DBSubnetGroupName", "Subnets"],
    id: &["DBSubnetGroupName"],
    noun: "subnets",
    type_name: "AWS::RDS::DBSubnetGroup",
    fields: &[Same("DBSubnetGroupName"), As("Subnets[].SubnetIdentifier", "SubnetIds")],
    ..PLAIN
};

pub const CACHE: Table = Table {
    command: "elasticache describe-cache-clusters",
    keys: &["CacheClusters"],
    marks: &["CacheClusterId", "CacheNodeType"],
    id: &["CacheClusterId"],
    noun: "cache",
    type_name: "AWS::ElastiCache::CacheCluster",
    fields: &[
        As("CacheClusterId", "ClusterName"),
        Same("CacheSubnetGroupName"),
        Same("CacheNodeType"),
        Same("Engine"),
        As("SecurityGroups[].SecurityGroupId", "VpcSecurityGroupIds"),
    ],
    gone: ("CacheClusterStatus", &["deleting", "deleted"]),
    // A member of a replication group is drawn as that.
    is_kept: |item, _| item.text("ReplicationGroupId").is_none(),
    ..PLAIN
};

pub const REPLICATION_GROUP: Table = Table {
    command: "elasticache describe-replication-groups",
    keys: &["ReplicationGroups"],
    marks: &["ReplicationGroupId", "NodeGroups"],
    id: &["ReplicationGroupId"],
    noun: "caches",
    type_name: "AWS::ElastiCache::ReplicationGroup",
    fields: &[Same("ReplicationGroupId"), Same("Engine"), Same("CacheNodeType")],
    gone: ("Status", &["deleting", "deleted", "create-failed"]),
    more: |item, address, draft| {
        // Its subnet group is known by its members only.
        let id = item.text("ReplicationGroupId").unwrap_or_default();
        let members: Vec<Item> = draft.answers.of(&CACHE).filter(|cache| cache.is("ReplicationGroupId", id)).collect();
        let group = members.iter().find_map(|cache| cache.copy("CacheSubnetGroupName"));
        draft.set_if(address, "CacheSubnetGroupName", group);
        let groups = members.iter().find_map(|cache| cache.copy("SecurityGroups[].SecurityGroupId"));
        draft.set_if(address, "SecurityGroupIds", groups);
    },
    ..PLAIN
};

pub const CACHE_SUBNET_GROUP: Table = Table {
    command: "elasticache describe-cache-subnet-groups",
    keys: &["CacheSubnetGroups"],
    marks: &["CacheSubnetGroupName", "Subnets"],
    id: &["CacheSubnetGroupName"],
    noun: "cachesubnets",
    type_name: "AWS::ElastiCache::SubnetGroup",
    fields: &[Same("CacheSubnetGroupName"), As("Subnets[].SubnetIdentifier", "SubnetIds")],
    ..PLAIN
};
