//! VPCs, subnets, route tables and the gateways, endpoints and addresses in them.
//!
//! Source: EC2 API reference; CloudFormation user guide, the types of the same names.

use super::draft::Draft;
use super::item::Item;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};
use crate::inventory::{Address, Property};

pub const VPC: Table = Table {
    command: "ec2 describe-vpcs",
    keys: &["Vpcs"],
    marks: &["VpcId", "CidrBlock", "DhcpOptionsId"],
    id: &["VpcId"],
    type_name: "AWS::EC2::VPC",
    fields: &[Same("VpcId"), Same("CidrBlock"), Same("Tags")],
    more: vpc,
    ..PLAIN
};

fn vpc(item: &Item, address: &Address, draft: &mut Draft) {
    let id = item.text("VpcId").unwrap_or_default();
    for (name, value) in draft.answers.asides.attributes_of(id) {
        draft.set(address, name, item.property(value));
    }
    if !draft.main_tables.contains(id) {
        tables_not_asked_for(item, address, draft);
    }
    if item.is("IsDefault", "true") {
        draft.default_vpcs.push(address.clone());
    }
    for (list, key, state) in BLOCKS {
        let standing = item.list(list).filter(|block| block.is(state, "associated"));
        let blocks: Vec<&str> = standing.filter_map(|block| block.text(key)).collect();
        for block in blocks.into_iter().filter(|block| !item.is("CidrBlock", block)) {
            let fields = [("VpcId", item.property(id)), (key, item.property(block))];
            draft.part(item, address, &format!("block {block}"), "AWS::EC2::VPCCidrBlock", fields);
        }
    }
}

/// Where a VPC lists its blocks, what a block is called, and its state.
const BLOCKS: [(&str, &str, &str); 2] = [
    ("CidrBlockAssociationSet", "CidrBlock", "CidrBlockState.State"),
    ("Ipv6CidrBlockAssociationSet", "Ipv6CidrBlock", "Ipv6CidrBlockState.State"),
];

pub const SUBNET: Table = Table {
    command: "ec2 describe-subnets",
    keys: &["Subnets"],
    marks: &["SubnetId", "CidrBlock"],
    id: &["SubnetId"],
    type_name: "AWS::EC2::Subnet",
    fields: &[
        Same("SubnetId"),
        Same("VpcId"),
        Same("CidrBlock"),
        Same("AvailabilityZone"),
        Same("MapPublicIpOnLaunch"),
        Same("OutpostArn"),
        Same("Tags"),
    ],
    more: |item, address, draft| {
        let mut blocks = item.list("Ipv6CidrBlockAssociationSet");
        let block = blocks.find(|block| block.is("Ipv6CidrBlockState.State", "associated"));
        if let Some(block) = block.and_then(|block| block.copy("Ipv6CidrBlock")) {
            draft.set(address, "Ipv6CidrBlock", block);
        }
    },
    ..PLAIN
};

pub const ROUTE_TABLE: Table = Table {
    command: "ec2 describe-route-tables",
    keys: &["RouteTables"],
    marks: &["RouteTableId", "Routes"],
    id: &["RouteTableId"],
    type_name: "AWS::EC2::RouteTable",
    fields: &[Same("VpcId"), Same("Tags")],
    more: route_table,
    ..PLAIN
};

/// The VPC whose main table this is.
pub fn main_of<'n>(table: &Item<'n>) -> Option<&'n str> {
    let is_main = table.list("Associations").any(|association| association.is("Main", "true"));
    table.text("VpcId").filter(|_| is_main)
}

fn route_table(item: &Item, address: &Address, draft: &mut Draft) {
    let id = || item.copy("RouteTableId");
    for route in item.list("Routes") {
        let Some(destination) = DESTINATIONS.iter().find_map(|key| route.text(key)) else { continue };
        if route.is("State", "blackhole") {
            draft.blackhole(&route, destination, address);
            continue;
        }
        let target = TARGETS.iter().find_map(|key| Some((*key, route.text(key)?)));
        let Some((key, target)) = target.filter(|(_, target)| *target != "local") else { continue };
        // Routes to a Gateway Load Balancer's endpoint name it as a gateway.
        let key = if target.starts_with("vpce-") { "VpcEndpointId" } else { key };
        let destinations = DESTINATIONS.iter().filter_map(|key| Some((*key, route.copy(key)?)));
        let fields = destinations.chain([(key, route.property(target))]).chain(id().map(|id| ("RouteTableId", id)));
        draft.part(&route, address, &format!("to {destination}"), "AWS::EC2::Route", fields);
    }
    for association in item.list("Associations") {
        if association.is("Main", "true") {
            draft.set(address, "Main", association.property("true"));
        }
        if let Some(subnet) = association.text("SubnetId") {
            let fields =
                [("SubnetId", association.property(subnet))].into_iter().chain(id().map(|id| ("RouteTableId", id)));
            draft.part(&association, address, &format!("of {subnet}"), "AWS::EC2::SubnetRouteTableAssociation", fields);
        }
    }
    for gateway in item.list("PropagatingVgws").filter_map(|one| one.text("GatewayId")) {
        let fields = [("RouteTableIds", id()), ("VpnGatewayId", Some(item.property(gateway)))];
        let fields = fields.into_iter().filter_map(|(key, value)| Some((key, value?)));
        draft.part(item, address, &format!("from {gateway}"), "AWS::EC2::VPNGatewayRoutePropagation", fields);
    }
}

const DESTINATIONS: [&str; 3] = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"];

/// What a route may lead to. Of a NAT instance the API names the instance and its interface.
const TARGETS: [&str; 10] = [
    "GatewayId",
    "NatGatewayId",
    "InstanceId",
    "TransitGatewayId",
    "VpcPeeringConnectionId",
    "EgressOnlyInternetGatewayId",
    "NetworkInterfaceId",
    "CarrierGatewayId",
    "LocalGatewayId",
    "CoreNetworkArn",
];

pub const INTERNET_GATEWAY: Table = Table {
    command: "ec2 describe-internet-gateways",
    keys: &["InternetGateways"],
    marks: &["InternetGatewayId", "Attachments"],
    id: &["InternetGatewayId"],
    type_name: "AWS::EC2::InternetGateway",
    fields: &[Same("Tags")],
    // One that is attached to nothing has no place and no effect.
    is_kept: |item, _| item.list("Attachments").next().is_some(),
    more: |item, address, draft| attach(item, "Attachments", "InternetGatewayId", address, draft),
    ..PLAIN
};

pub const EGRESS_ONLY_GATEWAY: Table = Table {
    command: "ec2 describe-egress-only-internet-gateways",
    keys: &["EgressOnlyInternetGateways"],
    marks: &["EgressOnlyInternetGatewayId"],
    id: &["EgressOnlyInternetGatewayId"],
    type_name: "AWS::EC2::EgressOnlyInternetGateway",
    fields: &[Same("Tags")],
    more: |item, address, draft| {
        let vpc = item.list("Attachments").find_map(|attachment| attachment.copy("VpcId"));
        draft.set_if(address, "VpcId", vpc);
    },
    ..PLAIN
};

/// The attachments of a gateway to VPCs.
pub fn attach(item: &Item, list: &str, key: &'static str, address: &Address, draft: &mut Draft) {
    let standing = item.list(list).filter(|one| !one.is("State", "detached") && !one.is("State", "detaching"));
    for attachment in standing {
        let (Some(vpc), Some(gateway)) = (attachment.text("VpcId"), item.copy(key)) else { continue };
        let fields = [("VpcId", attachment.property(vpc)), (key, gateway)];
        draft.part(&attachment, address, &format!("in {vpc}"), "AWS::EC2::VPCGatewayAttachment", fields);
    }
}

pub const NAT_GATEWAY: Table = Table {
    command: "ec2 describe-nat-gateways",
    keys: &["NatGateways"],
    marks: &["NatGatewayId", "NatGatewayAddresses"],
    id: &["NatGatewayId"],
    type_name: "AWS::EC2::NatGateway",
    fields: &[Same("SubnetId"), Same("VpcId"), Same("ConnectivityType"), Same("Tags")],
    gone: ("State", &["deleted", "deleting", "failed"]),
    more: |item, address, draft| {
        let allocation = item.list("NatGatewayAddresses").find_map(|one| one.copy("AllocationId"));
        draft.set_if(address, "AllocationId", allocation);
    },
    ..PLAIN
};

pub const ENDPOINT: Table = Table {
    command: "ec2 describe-vpc-endpoints",
    keys: &["VpcEndpoints"],
    marks: &["VpcEndpointId", "ServiceName"],
    id: &["VpcEndpointId"],
    type_name: "AWS::EC2::VPCEndpoint",
    fields: &[
        Same("VpcId"),
        Same("VpcEndpointType"),
        Same("ServiceName"),
        Same("RouteTableIds"),
        Same("SubnetIds"),
        Same("PrivateDnsEnabled"),
        As("Groups[].GroupId", "SecurityGroupIds"),
        Same("Tags"),
    ],
    gone: ("State", &["deleted", "deleting", "failed", "rejected", "expired"]),
    ..PLAIN
};

pub const ADDRESS: Table = Table {
    command: "ec2 describe-addresses",
    keys: &["Addresses"],
    marks: &["PublicIp", "AllocationId"],
    id: &["AllocationId"],
    type_name: "AWS::EC2::EIP",
    fields: &[Same("InstanceId"), Same("NetworkInterfaceId"), Same("PublicIp"), Same("Tags")],
    ..PLAIN
};

/// Stands for the route tables of a VPC about which the account was not asked: every VPC has a main table.
/// Source: VPC user guide, "Main route table".
fn tables_not_asked_for(vpc: &Item, address: &Address, draft: &mut Draft) {
    let id = vpc.copy("VpcId");
    let main: Option<Property> = Some(vpc.property("true"));
    let fields = [("VpcId", id), ("Main", main)].into_iter().filter_map(|(key, value)| Some((key, value?)));
    let table = draft.part(vpc, address, "route table", "AWS::EC2::RouteTable", fields);
    draft.only_named(&table, "its route table");
}
