//! What connects VPCs with each other and with the world: peering, transit gateways, VPNs.

use std::collections::BTreeMap;

use super::networks::Networks;
use super::regions::Part;
use super::targets::{self, Target, external_address};
use super::{Connection, ConnectionEnd, ConnectionKind, Identity, Thing, names};
use crate::inventory::{Address, Property, Resource};
use crate::kinds::Kind;

/// A VPC's attachment to a transit gateway, by its older and its newer type.
pub const ATTACHMENTS: [&str; 2] = ["AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"];

/// Those that the input makes, and those that it only names: a gateway shared by another account, mostly.
pub fn transit_gateways(part: &Part) -> Vec<Thing> {
    let made = part.of_type("AWS::EC2::TransitGateway").iter().map(|resource| names::identity(resource));
    let users = ATTACHMENTS.into_iter().chain(["AWS::EC2::VPNConnection"]).flat_map(|kind| part.of_type(kind));
    let named = users.filter_map(|user| match transit_gateway(part, user)? {
        Target::Inside(_) => None,
        Target::Outside(gateway) => Some(names::external(
            external_address("transit-gateway", &gateway.shown),
            gateway.shown,
            "AWS::EC2::TransitGateway",
            gateway.origin,
        )),
    });
    let gateways: BTreeMap<Address, Identity> = made.chain(named).map(|one| (one.address.clone(), one)).collect();
    gateways
        .into_values()
        .map(|identity| Thing {
            identity,
            kind: Kind::TransitGateway,
            facts: Vec::new(),
            exposures: Vec::new(),
            because: None,
        })
        .collect()
}

fn transit_gateway<'a>(part: &Part<'a>, user: &'a Resource) -> Option<Target<'a>> {
    targets::one(part.lookup, user, user.property("TransitGatewayId")?, "AWS::EC2::TransitGateway")
}

pub fn connections(part: &Part, networks: &mut Networks) -> Vec<Connection> {
    let mut connections = Vec::new();
    for resource in part.of_type("AWS::EC2::VPCPeeringConnection") {
        connections.extend(peering(part, resource, networks));
    }
    for type_name in ATTACHMENTS {
        for resource in part.of_type(type_name) {
            connections.extend(attachment(part, resource, networks));
        }
    }
    for resource in part.of_type("AWS::EC2::VPNConnection") {
        connections.extend(vpn(part, resource));
    }
    connections
}

fn peering(part: &Part, resource: &Resource, networks: &mut Networks) -> Option<Connection> {
    let vpc = |key| targets::one(part.lookup, resource, resource.property(key)?, "AWS::EC2::VPC");
    let (from, to) = (vpc("VpcId")?, vpc("PeerVpcId")?);
    let from = networks.vpc(&from);
    let elsewhere: Vec<String> =
        ["PeerRegion", "PeerOwnerId"].iter().filter_map(|key| resource.property(key)?.shown()).collect();
    let to = match &to {
        Target::Outside(outside) if !elsewhere.is_empty() && !networks.vpcs.contains_key(&to.address("vpc")) => {
            ConnectionEnd::Outside(format!("{} ({})", outside.shown, elsewhere.join(", ")))
        }
        Target::Outside(_) => ConnectionEnd::Inside(networks.vpc(&to)),
        Target::Inside(made) => ConnectionEnd::Inside(made.address.clone()),
    };
    Some(Connection { identity: names::identity(resource), kind: ConnectionKind::Peering, from, to })
}

fn attachment(part: &Part, resource: &Resource, networks: &mut Networks) -> Option<Connection> {
    let vpc = targets::one(part.lookup, resource, resource.property("VpcId")?, "AWS::EC2::VPC")?;
    let to = ConnectionEnd::Inside(transit_gateway(part, resource)?.address("transit-gateway"));
    let from = networks.vpc(&vpc);
    Some(Connection { identity: names::identity(resource), kind: ConnectionKind::TransitGatewayAttachment, from, to })
}

/// A VPN leads from a VPN gateway or a transit gateway to a customer's gateway.
fn vpn(part: &Part, resource: &Resource) -> Option<Connection> {
    let gateways = [
        ("VpnGatewayId", "AWS::EC2::VPNGateway", "vpn-gateway"),
        ("TransitGatewayId", "AWS::EC2::TransitGateway", "transit-gateway"),
    ];
    let from = gateways.iter().find_map(|(key, type_name, noun)| {
        let target = targets::one(part.lookup, resource, resource.property(key)?, type_name)?;
        Some(target.address(noun))
    })?;
    let customer = resource.property("CustomerGatewayId")?;
    let to = match targets::one(part.lookup, resource, customer, "AWS::EC2::CustomerGateway")? {
        Target::Inside(made) => {
            let address = made.property("IpAddress").and_then(Property::shown);
            let address = address.map(|address| format!(" ({address})")).unwrap_or_default();
            ConnectionEnd::Outside(format!("{}{address}", names::name(made)))
        }
        Target::Outside(outside) => ConnectionEnd::Outside(outside.shown),
    };
    Some(Connection { identity: names::identity(resource), kind: ConnectionKind::Vpn, from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{drawn, network_and};

    fn connection(rows: &[(&str, &str, &str)]) -> Connection {
        drawn(&network_and(rows)).0.regions.remove(0).connections.remove(0)
    }

    #[test]
    fn a_peer_that_is_only_named_is_outside_if_its_region_or_account_is_another() {
        let to = |more: &str| {
            let properties = format!(r#"{{"VpcId": "@Vpc", "PeerVpcId": "vpc-9"{more}}}"#);
            connection(&[("Peering", "AWS::EC2::VPCPeeringConnection", &properties)]).to
        };
        assert_eq!(
            to(r#", "PeerRegion": "eu-central-1", "PeerOwnerId": "111122223333""#),
            ConnectionEnd::Outside("vpc-9 (eu-central-1, 111122223333)".into())
        );
        assert_eq!(to(""), ConnectionEnd::Inside("external/vpc/vpc-9".into()));
    }

    #[test]
    fn a_transit_gateway_that_is_only_named_is_drawn_once_as_external() {
        let join = r#"{"VpcId": "@Vpc", "TransitGatewayId": "tgw-1"}"#;
        let rows =
            [("A", "AWS::EC2::TransitGatewayAttachment", join), ("B", "AWS::EC2::TransitGatewayAttachment", join)];
        let gateways = drawn(&network_and(&rows)).0.regions.remove(0).transit_gateways;
        assert_eq!(gateways.len(), 1);
        assert!(gateways[0].identity.external);
        assert_eq!(&*gateways[0].identity.address, "external/transit-gateway/tgw-1");
    }

    #[test]
    fn a_vpn_leads_from_its_gateway_to_the_customer_s() {
        let vpn = connection(&[
            ("Vgw", "AWS::EC2::VPNGateway", "{}"),
            ("Join", "AWS::EC2::VPCGatewayAttachment", r#"{"VpcId": "@Vpc", "VpnGatewayId": "@Vgw"}"#),
            ("Office", "AWS::EC2::CustomerGateway", r#"{"IpAddress": "203.0.113.7"}"#),
            ("Vpn", "AWS::EC2::VPNConnection", r#"{"VpnGatewayId": "@Vgw", "CustomerGatewayId": "@Office"}"#),
        ]);
        assert_eq!(&*vpn.from, "lab/Vgw");
        assert_eq!(vpn.to, ConnectionEnd::Outside("Office (203.0.113.7)".into()));
    }

    #[test]
    fn an_attachment_joins_a_vpc_to_a_transit_gateway() {
        let attachment = connection(&[
            ("Tgw", "AWS::EC2::TransitGateway", "{}"),
            (
                "Join",
                "AWS::EC2::TransitGatewayAttachment",
                r#"{"VpcId": "@Vpc", "TransitGatewayId": "@Tgw", "SubnetIds": ["@PrivateA"]}"#,
            ),
        ]);
        assert_eq!((&*attachment.from, attachment.to), ("lab/Vpc", ConnectionEnd::Inside("lab/Tgw".into())));
    }
}
