//! Clusters and what belongs to them. CloudFormation's names are the API's with a capital letter.
//!
//! Source: EKS API reference, Cluster, Nodegroup, FargateProfile; CloudFormation, `AWS::EKS::Cluster` and the like.

use super::table::Field::{As, Capitalised};
use super::table::{PLAIN, Table};

pub const CLUSTER: Table = Table {
    command: "eks describe-cluster",
    keys: &["cluster", "clusters"],
    marks: &["name", "resourcesVpcConfig"],
    id: &["name"],
    noun: "cluster",
    type_name: "AWS::EKS::Cluster",
    fields: &[
        As("name", "Name"),
        As("version", "Version"),
        As("endpoint", "Endpoint"),
        Capitalised("resourcesVpcConfig", "ResourcesVpcConfig"),
        Capitalised("logging", "Logging"),
        Capitalised("encryptionConfig", "EncryptionConfig"),
        Capitalised("kubernetesNetworkConfig", "KubernetesNetworkConfig"),
        Capitalised("computeConfig", "ComputeConfig"),
        Capitalised("outpostConfig", "OutpostConfig"),
        Capitalised("accessConfig", "AccessConfig"),
        As("roleArn", "RoleArn"),
        As("tags", "Tags"),
    ],
    gone: ("status", &["DELETING", "FAILED"]),
    ..PLAIN
};

pub const NODE_GROUP: Table = Table {
    command: "eks describe-nodegroup",
    keys: &["nodegroup", "nodegroups"],
    marks: &["nodegroupName", "clusterName", "subnets"],
    id: &["clusterName", "nodegroupName"],
    noun: "nodegroup",
    type_name: "AWS::EKS::Nodegroup",
    fields: &[
        As("nodegroupName", "NodegroupName"),
        As("clusterName", "ClusterName"),
        As("subnets", "Subnets"),
        Capitalised("scalingConfig", "ScalingConfig"),
        As("instanceTypes", "InstanceTypes"),
        As("capacityType", "CapacityType"),
        As("amiType", "AmiType"),
        As("version", "Version"),
        Capitalised("remoteAccess", "RemoteAccess"),
        Capitalised("launchTemplate", "LaunchTemplate"),
        As("nodeRole", "NodeRole"),
        As("tags", "Tags"),
    ],
    gone: ("status", &["DELETING", "CREATE_FAILED"]),
    more: |item, address, draft| draft.list_members(item, address),
    ..PLAIN
};

pub const FARGATE_PROFILE: Table = Table {
    command: "eks describe-fargate-profile",
    keys: &["fargateProfile", "fargateProfiles"],
    marks: &["fargateProfileName", "clusterName"],
    id: &["clusterName", "fargateProfileName"],
    noun: "fargate",
    type_name: "AWS::EKS::FargateProfile",
    fields: &[
        As("fargateProfileName", "FargateProfileName"),
        As("clusterName", "ClusterName"),
        As("subnets", "Subnets"),
        Capitalised("selectors", "Selectors"),
        As("podExecutionRoleArn", "PodExecutionRoleArn"),
    ],
    gone: ("status", &["DELETING", "CREATE_FAILED"]),
    ..PLAIN
};

pub const ADDON: Table = Table {
    command: "eks describe-addon",
    keys: &["addon", "addons"],
    marks: &["addonName", "clusterName"],
    id: &["clusterName", "addonName"],
    noun: "addon",
    type_name: "AWS::EKS::Addon",
    fields: &[As("addonName", "AddonName"), As("clusterName", "ClusterName"), As("addonVersion", "AddonVersion")],
    ..PLAIN
};

pub const ACCESS_ENTRY: Table = Table {
    command: "eks describe-access-entry",
    keys: &["accessEntry", "accessEntries"],
    marks: &["principalArn", "clusterName"],
    id: &["clusterName", "principalArn"],
    noun: "access",
    type_name: "AWS::EKS::AccessEntry",
    fields: &[As("principalArn", "PrincipalArn"), As("clusterName", "ClusterName"), As("type", "Type")],
    ..PLAIN
};

pub const POD_IDENTITY: Table = Table {
    command: "eks list-pod-identity-associations",
    keys: &["association", "associations"],
    marks: &["associationId", "serviceAccount"],
    id: &["associationId"],
    noun: "identity",
    type_name: "AWS::EKS::PodIdentityAssociation",
    fields: &[
        As("clusterName", "ClusterName"),
        As("namespace", "Namespace"),
        As("serviceAccount", "ServiceAccount"),
        As("roleArn", "RoleArn"),
    ],
    ..PLAIN
};
