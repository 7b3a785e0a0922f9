//! Network interfaces. Nearly all are part of something else that is drawn: an instance, a load balancer, a NAT gateway.
//!
//! Source: EC2 API reference, NetworkInterface; EKS user guide, "View Amazon EKS networking requirements".

use super::item::Item;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};

pub const NETWORK_INTERFACE: Table = Table {
    command: "ec2 describe-network-interfaces",
    keys: &["NetworkInterfaces"],
    marks: &["NetworkInterfaceId", "MacAddress"],
    id: &["NetworkInterfaceId"],
    type_name: "AWS::EC2::NetworkInterface",
    fields: &[
        Same("SubnetId"),
        Same("Description"),
        Same("PrivateIpAddress"),
        As("Groups[].GroupId", "GroupSet"),
        As("TagSet", "Tags"),
    ],
    is_kept: |item, _| is_of_eks(item) || !is_part_of_another(item),
    ..PLAIN
};

fn is_of_eks(item: &Item) -> bool {
    item.text("Description").is_some_and(|text| text.starts_with("Amazon EKS "))
}

/// How services describe the interfaces that they make for what they run.
const DESCRIPTIONS: [&str; 12] = [
    "AWS Lambda VPC ENI",
    "arn:aws",
    "aws-K8S-",
    "aws-k8s-",
    "DMSNetworkInterface",
    "EFS mount target",
    "ElastiCache",
    "ELB ",
    "Interface for NAT Gateway",
    "Network Interface for Transit Gateway",
    "RDSNetworkInterface",
    "VPC Endpoint Interface",
];

fn is_part_of_another(item: &Item) -> bool {
    let is_described = |text: &str| DESCRIPTIONS.iter().any(|start| text.starts_with(start));
    item.text("Attachment.InstanceId").is_some()
        || item.is("RequesterManaged", "true")
        || item.text("InterfaceType").is_some_and(|kind| kind != "interface")
        || item.text("Description").is_some_and(is_described)
}
