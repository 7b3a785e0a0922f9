//! What connects VPCs: peering, transit gateways, VPNs.
//!
//! Source: EC2 API reference; CloudFormation user guide, the types of the same names.

use super::draft::Draft;
use super::item::Item;
use super::network;
use super::table::Field::{As, Same};
use super::table::{PLAIN, Table};
use crate::inventory::Address;

pub const PEERING: Table = Table {
    command: "ec2 describe-vpc-peering-connections",
    keys: &["VpcPeeringConnections"],
    marks: &["VpcPeeringConnectionId", "AccepterVpcInfo"],
    id: &["VpcPeeringConnectionId"],
    type_name: "AWS::EC2::VPCPeeringConnection",
    fields: &[Same("Tags")],
    gone: ("Status.Code", &["deleted", "deleting", "rejected", "failed", "expired"]),
    more: peering,
    ..PLAIN
};

/// CloudFormation writes it down in the requester's stack; an account may hold only the accepter's VPC.
fn peering(item: &Item, address: &Address, draft: &mut Draft) {
    let is_here =
        |side: &str| item.text(&format!("{side}.VpcId")).is_some_and(|vpc| draft.answers.has(&network::VPC, vpc));
    let sides = ["RequesterVpcInfo", "AccepterVpcInfo"];
    let [near, far] = if is_here(sides[1]) && !is_here(sides[0]) { [sides[1], sides[0]] } else { sides };
    draft.set_if(address, "VpcId", item.copy(&format!("{near}.VpcId")));
    draft.set_if(address, "PeerVpcId", item.copy(&format!("{far}.VpcId")));
    for (key, property) in [("Region", "PeerRegion"), ("OwnerId", "PeerOwnerId")] {
        let (here, there) = (item.text(&format!("{near}.{key}")), item.copy(&format!("{far}.{key}")));
        draft.set_if(address, property, there.filter(|there| there.as_text() != here));
    }
}

pub const TRANSIT_GATEWAY: Table = Table {
    command: "ec2 describe-transit-gateways",
    keys: &["TransitGateways"],
    marks: &["TransitGatewayId", "TransitGatewayArn"],
    id: &["TransitGatewayId"],
    type_name: "AWS::EC2::TransitGateway",
    fields: &[Same("Description"), As("Options.AmazonSideAsn", "AmazonSideAsn"), Same("Tags")],
    gone: ("State", GONE),
    ..PLAIN
};

const GONE: &[&str] = &["deleted", "deleting", "failed", "rejected", "rejecting"];

pub const TRANSIT_GATEWAY_VPC_ATTACHMENT: Table = Table {
    command: "ec2 describe-transit-gateway-vpc-attachments",
    keys: &["TransitGatewayVpcAttachments"],
    marks: &["TransitGatewayAttachmentId", "SubnetIds"],
    id: &["TransitGatewayAttachmentId"],
    type_name: "AWS::EC2::TransitGatewayAttachment",
    fields: &[Same("TransitGatewayId"), Same("VpcId"), Same("SubnetIds"), Same("Tags")],
    gone: ("State", GONE),
    ..PLAIN
};

/// Attachments of all kinds: they alone say which route table goes with each.
pub const TRANSIT_GATEWAY_ATTACHMENT: Table = Table {
    command: "ec2 describe-transit-gateway-attachments",
    keys: &["TransitGatewayAttachments"],
    marks: &["TransitGatewayAttachmentId", "ResourceType"],
    id: &["TransitGatewayAttachmentId"],
    type_name: "AWS::EC2::TransitGatewayAttachment",
    fields: &[Same("TransitGatewayId"), As("ResourceId", "VpcId"), Same("Tags")],
    gone: ("State", GONE),
    is_kept: |item, draft| {
        let id = item.text("TransitGatewayAttachmentId").unwrap_or_default();
        item.is("ResourceType", "vpc") && !draft.answers.has(&TRANSIT_GATEWAY_VPC_ATTACHMENT, id)
    },
    ..PLAIN
};

/// The table that goes with each attachment, as CloudFormation has it: a resource.
pub fn associations(attachment: &Item, draft: &mut Draft) {
    let (Some(id), Some(table)) =
        (attachment.text("TransitGatewayAttachmentId"), attachment.text("Association.TransitGatewayRouteTableId"))
    else {
        return;
    };
    let Some(address) = draft.address_of(id) else { return };
    let fields = [
        ("TransitGatewayAttachmentId", attachment.property(id)),
        ("TransitGatewayRouteTableId", attachment.property(table)),
    ];
    let type_name = "AWS::EC2::TransitGatewayRouteTableAssociation";
    draft.part(attachment, &address, &format!("with {table}"), type_name, fields);
}

pub const TRANSIT_GATEWAY_ROUTE_TABLE: Table = Table {
    command: "ec2 describe-transit-gateway-route-tables",
    keys: &["TransitGatewayRouteTables"],
    marks: &["TransitGatewayRouteTableId", "DefaultAssociationRouteTable"],
    id: &["TransitGatewayRouteTableId"],
    type_name: "AWS::EC2::TransitGatewayRouteTable",
    fields: &[Same("TransitGatewayId"), Same("Tags")],
    gone: ("State", GONE),
    more: transit_routes,
    ..PLAIN
};

/// `search-transit-gateway-routes` answers without saying of which table: its file or its call does.
fn transit_routes(item: &Item, address: &Address, draft: &mut Draft) {
    let id = item.text("TransitGatewayRouteTableId").unwrap_or_default();
    for route in draft.answers.asides.routes_of(id) {
        let attachment = route.list("TransitGatewayAttachments").find_map(|one| one.copy("TransitGatewayAttachmentId"));
        let (Some(block), Some(attachment)) = (route.text("DestinationCidrBlock"), attachment) else { continue };
        let fields = [
            ("DestinationCidrBlock", route.property(block)),
            ("TransitGatewayAttachmentId", attachment),
            ("TransitGatewayRouteTableId", route.property(id)),
        ];
        draft.part(&route, address, &format!("to {block}"), "AWS::EC2::TransitGatewayRoute", fields);
    }
}

pub const VPN_GATEWAY: Table = Table {
    command: "ec2 describe-vpn-gateways",
    keys: &["VpnGateways"],
    marks: &["VpnGatewayId", "VpcAttachments"],
    id: &["VpnGatewayId"],
    type_name: "AWS::EC2::VPNGateway",
    fields: &[Same("Type"), Same("AmazonSideAsn"), Same("Tags")],
    gone: ("State", GONE),
    is_kept: |item, _| item.list("VpcAttachments").any(|one| one.is("State", "attached")),
    more: |item, address, draft| network::attach(item, "VpcAttachments", "VpnGatewayId", address, draft),
    ..PLAIN
};

pub const VPN_CONNECTION: Table = Table {
    command: "ec2 describe-vpn-connections",
    keys: &["VpnConnections"],
    marks: &["VpnConnectionId"],
    id: &["VpnConnectionId"],
    type_name: "AWS::EC2::VPNConnection",
    fields: &[Same("CustomerGatewayId"), Same("VpnGatewayId"), Same("TransitGatewayId"), Same("Type"), Same("Tags")],
    gone: ("State", GONE),
    ..PLAIN
};

pub const CUSTOMER_GATEWAY: Table = Table {
    command: "ec2 describe-customer-gateways",
    keys: &["CustomerGateways"],
    marks: &["CustomerGatewayId", "BgpAsn"],
    id: &["CustomerGatewayId"],
    type_name: "AWS::EC2::CustomerGateway",
    fields: &[Same("IpAddress"), Same("BgpAsn"), Same("Type"), Same("Tags")],
    gone: ("State", GONE),
    ..PLAIN
};
