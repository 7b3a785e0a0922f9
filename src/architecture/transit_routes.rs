//! Where a transit gateway sends what has no other way: by the default route of the table that goes with the attachment by
//! which it came.
//!
//! Source: VPC Transit Gateways guide, "Transit gateway route tables": an attachment is associated with one table. Where
//! the input associates none with it, the gateway's own default table is meant, which only a deployment knows.

use std::collections::BTreeMap;

use super::connections::ATTACHMENTS;
use super::networks::Networks;
use super::regions::Part;
use super::targets::{self, Target};
use super::{Because, names};
use crate::inventory::{Address, Property, Resource};

const TABLE: &str = "AWS::EC2::TransitGatewayRouteTable";

/// The way on behind a transit gateway.
#[derive(Clone)]
pub struct Exit {
    /// The attachment by which it leaves, and the subnets in which that has its interfaces.
    pub attachment: Address,
    pub subnets: Vec<Address>,
    pub because: Because,
}

/// By the attachment by which traffic comes.
pub fn exits(part: &Part, networks: &Networks) -> BTreeMap<Address, Exit> {
    let mut by_table: BTreeMap<Address, Exit> = BTreeMap::new();
    for route in part.of_type("AWS::EC2::TransitGatewayRoute") {
        let default = route.property("DestinationCidrBlock").and_then(Property::as_text);
        let is_default = default.is_some_and(|block| matches!(block, "0.0.0.0/0" | "::/0"));
        let (Some(table), Some(attachment)) = (table(part, route), attachment(part, route)) else { continue };
        if is_default {
            by_table.entry(table).or_insert_with(|| exit(part, route, attachment, networks));
        }
    }
    let mut exits = BTreeMap::new();
    for association in part.of_type("AWS::EC2::TransitGatewayRouteTableAssociation") {
        let (Some(table), Some(from)) = (table(part, association), attachment(part, association)) else { continue };
        if let Some(exit) = by_table.get(&table).filter(|exit| exit.attachment != from.address) {
            exits.insert(from.address.clone(), exit.clone());
        }
    }
    exits
}

fn exit(part: &Part, route: &Resource, attachment: &Resource, networks: &Networks) -> Exit {
    let properties: Vec<&Property> = attachment.property("SubnetIds").into_iter().collect();
    let subnets = targets::all(part.lookup, attachment, &properties, "AWS::EC2::Subnet", targets::Extent::Many);
    let known = subnets.iter().map(|subnet| subnet.address("subnet"));
    Exit {
        attachment: attachment.address.clone(),
        subnets: known.filter(|subnet| networks.subnets.contains_key(subnet)).collect(),
        because: Because {
            text: format!("the transit gateway's default route leads to {}", names::name(attachment)),
            origin: Some(names::origin_in(route, route.properties.place)),
        },
    }
}

fn table(part: &Part, of: &Resource) -> Option<Address> {
    let property = of.property("TransitGatewayRouteTableId")?;
    Some(targets::one(part.lookup, of, property, TABLE)?.address("transit-gateway-route-table"))
}

fn attachment<'a>(part: &Part<'a>, of: &'a Resource) -> Option<&'a Resource> {
    let property = of.property("TransitGatewayAttachmentId")?;
    ATTACHMENTS.into_iter().find_map(|type_name| match targets::one(part.lookup, of, property, type_name)? {
        Target::Inside(made) => Some(made),
        Target::Outside(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{Row, drawn, network_and};
    use crate::architecture::{PathKind, Stop};

    /// A spoke whose default route leads to a transit gateway, beside the network with the way out.
    const HUB: [Row; 10] = [
        ("Hub", "AWS::EC2::TransitGateway", "{}"),
        (
            "Exit",
            "AWS::EC2::TransitGatewayVpcAttachment",
            r#"{"VpcId": "@Vpc", "TransitGatewayId": "@Hub", "SubnetIds": ["@PrivateA"]}"#,
        ),
        ("Spoke", "AWS::EC2::VPC", r#"{"CidrBlock": "10.9.0.0/16"}"#),
        ("Work", "AWS::EC2::Subnet", r#"{"VpcId": "@Spoke"}"#),
        ("WorkTable", "AWS::EC2::RouteTable", r#"{"VpcId": "@Spoke"}"#),
        (
            "WorkOut",
            "AWS::EC2::Route",
            r#"{"RouteTableId": "@WorkTable", "DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayId": "@Hub"}"#,
        ),
        (
            "WorkRoutes",
            "AWS::EC2::SubnetRouteTableAssociation",
            r#"{"SubnetId": "@Work", "RouteTableId": "@WorkTable"}"#,
        ),
        ("Join", "AWS::EC2::TransitGatewayVpcAttachment", r#"{"VpcId": "@Spoke", "TransitGatewayId": "@Hub"}"#),
        (
            "Out",
            "AWS::EC2::TransitGatewayRoute",
            r#"{"TransitGatewayRouteTableId": "@Spokes", "DestinationCidrBlock": "0.0.0.0/0", "TransitGatewayAttachmentId": "@Exit"}"#,
        ),
        ("Spokes", "AWS::EC2::TransitGatewayRouteTable", r#"{"TransitGatewayId": "@Hub"}"#),
    ];

    fn way_out(more: &[Row]) -> Vec<Stop> {
        let rows = [&HUB[..], more].concat();
        let paths = drawn(&network_and(&rows)).0.regions.remove(0).paths;
        let from_spoke = |stops: &[Stop]| stops[0] == Stop::At("lab/Work".into());
        let mut ways = paths.into_iter().filter(|path| path.kind == PathKind::Egress && from_spoke(&path.stops));
        ways.next().map(|path| path.stops).unwrap_or_default()
    }

    #[test]
    fn a_default_route_goes_on_behind_the_gateway_to_the_internet() {
        let associated = (
            "Spoke1",
            "AWS::EC2::TransitGatewayRouteTableAssociation",
            r#"{"TransitGatewayRouteTableId": "@Spokes", "TransitGatewayAttachmentId": "@Join"}"#,
        );
        let at = |id: &str| Stop::At(format!("lab/{id}").into());
        assert_eq!(
            way_out(&[associated]),
            [at("Work"), at("Join"), at("Hub"), at("Exit"), at("PrivateA"), at("Nat"), at("Igw"), Stop::Internet]
        );
    }

    #[test]
    fn it_ends_at_the_gateway_where_no_table_is_associated() {
        assert_eq!(way_out(&[]).last(), Some(&Stop::At("lab/Hub".into())));
    }
}
