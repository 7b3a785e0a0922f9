//! What connects VPCs with each other and with the world: peering, transit gateways, VPNs.

use super::networks::Networks;
use super::regions::Part;
use super::targets::{self, Target};
use super::{Connection, ConnectionEnd, ConnectionKind, Thing, names};
use crate::inventory::{Property, Resource};
use crate::kinds::Kind;

pub fn transit_gateways(part: &Part) -> Vec<Thing> {
    let gateways = part.of_type("AWS::EC2::TransitGateway").iter();
    gateways
        .map(|resource| Thing {
            identity: names::identity(resource),
            kind: Kind::TransitGateway,
            facts: Vec::new(),
            exposures: Vec::new(),
            because: None,
        })
        .collect()
}

pub fn connections(part: &Part, networks: &mut Networks) -> Vec<Connection> {
    let mut connections = Vec::new();
    for resource in part.of_type("AWS::EC2::VPCPeeringConnection") {
        connections.extend(peering(part, resource, networks));
    }
    for type_name in ["AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"] {
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
    let address = to.address("vpc");
    let to = match &to {
        Target::Inside(_) => ConnectionEnd::Inside(address),
        Target::Outside(_) if networks.vpcs.contains_key(&address) => ConnectionEnd::Inside(address),
        Target::Outside(outside) => {
            let region = resource.property("PeerRegion").and_then(Property::shown);
            let region = region.map(|region| format!(" ({region})")).unwrap_or_default();
            ConnectionEnd::Outside(format!("{}{region}", outside.shown))
        }
    };
    Some(Connection { identity: names::identity(resource), kind: ConnectionKind::Peering, from, to })
}

fn attachment(part: &Part, resource: &Resource, networks: &mut Networks) -> Option<Connection> {
    let vpc = targets::one(part.lookup, resource, resource.property("VpcId")?, "AWS::EC2::VPC")?;
    let gateway = resource.property("TransitGatewayId")?;
    let to = end(&targets::one(part.lookup, resource, gateway, "AWS::EC2::TransitGateway")?);
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

fn end(target: &Target) -> ConnectionEnd {
    match target {
        Target::Inside(resource) => ConnectionEnd::Inside(resource.address.clone()),
        Target::Outside(outside) => ConnectionEnd::Outside(outside.shown.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{drawn, network_and};

    fn connection(rows: &[(&str, &str, &str)]) -> Connection {
        drawn(&network_and(rows)).0.regions.remove(0).connections.remove(0)
    }

    #[test]
    fn a_peer_that_is_only_named_is_outside() {
        let peering = connection(&[(
            "Peering",
            "AWS::EC2::VPCPeeringConnection",
            r#"{"VpcId": "@Vpc", "PeerVpcId": "vpc-9", "PeerRegion": "eu-central-1"}"#,
        )]);
        assert_eq!(peering.to, ConnectionEnd::Outside("vpc-9 (eu-central-1)".into()));
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
