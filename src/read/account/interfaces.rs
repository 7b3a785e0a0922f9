//! Network interfaces. Nearly all are part of something else that is drawn: an instance, a load balancer, a NAT gateway.
//!
//! Source: EC2 API reference, NetworkInterface; EKS user guide, "View Amazon EKS networking requirements".

use super::answers::Answers;
use super::item::Item;
use super::network;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};
use crate::hashing::HashSet;

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
    is_kept: |item, draft| {
        let is_named = item.text("NetworkInterfaceId").is_some_and(|id| draft.parts.contains(id));
        is_of_eks(item) || !is_named && !is_part_of_another(item)
    },
    ..PLAIN
};

/// The interfaces that NAT gateways and endpoints name as their own.
pub fn parts<'n>(answers: &Answers<'n>) -> HashSet<&'n str> {
    let addresses = answers.of(&network::NAT_GATEWAY).flat_map(|gateway| gateway.list("NatGatewayAddresses"));
    let of_gateways = addresses.filter_map(|address| address.text("NetworkInterfaceId"));
    let listed = answers.of(&network::ENDPOINT).flat_map(|endpoint| endpoint.list("NetworkInterfaceIds"));
    of_gateways.chain(listed.filter_map(|id| id.node.as_text())).collect()
}

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
