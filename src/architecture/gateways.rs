//! Internet, egress-only and VPN gateways, each in the VPC that it is attached to.
//!
//! Source: VPC user guide, "Enable internet access for a VPC using an internet gateway".

use std::collections::BTreeSet;

use super::networks::Networks;
use super::regions::Part;
use super::routes::Routes;
use super::targets::{self, Target};
use super::{Gateway, GatewayKind, RouteTarget, names};
use crate::diag::Diagnostic;
use crate::hashing::{HashMap, HashSet};
use crate::inventory::{Address, Property, Resource};

pub fn attach(part: &Part, routes: &Routes, networks: &mut Networks, diagnostics: &mut Vec<Diagnostic>) {
    let mut attached: HashSet<Address> = HashSet::default();
    for attachment in part.of_type("AWS::EC2::VPCGatewayAttachment") {
        by_attachment(part, attachment, networks, &mut attached);
    }
    for gateway in part.of_type("AWS::EC2::EgressOnlyInternetGateway") {
        let Some(vpc) = named_vpc(part, gateway, networks) else { continue };
        add(networks, &vpc, gateway_of(gateway, GatewayKind::EgressOnly), &mut attached);
    }
    by_routes(part, routes, networks, &mut attached, diagnostics);
}

fn named_vpc(part: &Part, owner: &Resource, networks: &mut Networks) -> Option<Address> {
    let target = targets::one(part.lookup, owner, owner.property("VpcId")?, "AWS::EC2::VPC")?;
    Some(networks.vpc(&target))
}

/// Where an attachment names the gateway, its type, and what it is.
const ATTACHED: [(&str, &str, GatewayKind); 2] = [
    ("InternetGatewayId", "AWS::EC2::InternetGateway", GatewayKind::Internet),
    ("VpnGatewayId", "AWS::EC2::VPNGateway", GatewayKind::Vpn),
];

fn by_attachment(part: &Part, attachment: &Resource, networks: &mut Networks, attached: &mut HashSet<Address>) {
    for (key, type_name, kind) in ATTACHED {
        let Some(property) = attachment.property(key) else { continue };
        let Some(target) = targets::one(part.lookup, attachment, property, type_name) else { continue };
        let Some(vpc) = named_vpc(part, attachment, networks) else { continue };
        let gateway = match &target {
            Target::Inside(resource) => gateway_of(resource, kind),
            Target::Outside(_) => named_gateway(&target, attachment, property, kind),
        };
        add(networks, &vpc, gateway, attached);
    }
}

/// Gateways without an attachment in the input. A route to one can only be in the VPC that it is attached to.
fn by_routes(
    part: &Part,
    routes: &Routes,
    networks: &mut Networks,
    attached: &mut HashSet<Address>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut routed: HashMap<&Address, BTreeSet<&Address>> = HashMap::default();
    let mut named: Vec<(&Address, &Address)> = Vec::new();
    for table in routes.tables.values() {
        for exit in &table.exits {
            let (RouteTarget::InternetGateway(gateway) | RouteTarget::VpnGateway(gateway), Some(vpc)) =
                (&exit.route.target, &table.vpc)
            else {
                continue;
            };
            routed.entry(gateway).or_default().insert(vpc);
            if part.lookup.resource(gateway).is_none() {
                named.push((gateway, vpc));
            }
        }
    }
    for (address, vpc) in named {
        let shown = address.splitn(3, '/').last().unwrap_or(address).to_string();
        let Some(origin) = networks.vpcs.get(vpc).map(|vpc| vpc.identity.origin.clone()) else { continue };
        let kind = if shown.starts_with("vgw-") { GatewayKind::Vpn } else { GatewayKind::Internet };
        let identity = names::external(address.clone(), shown, type_name(kind), origin);
        add(networks, vpc, Gateway { identity, kind }, attached);
    }
    for (_, type_name, kind) in ATTACHED {
        for resource in part.of_type(type_name).iter().filter(|resource| !resource.existing) {
            if attached.contains(&resource.address) {
                continue;
            }
            let vpcs = routed.get(&resource.address).cloned().unwrap_or_default();
            match (vpcs.len(), vpcs.first()) {
                (1, Some(vpc)) => add(networks, vpc, gateway_of(resource, kind), attached),
                _ => diagnostics.push(unattached(resource)),
            }
        }
    }
}

fn unattached(resource: &Resource) -> Diagnostic {
    Diagnostic::warning("gateway-unattached", format!("{} is attached to no VPC, and is not drawn", resource.name))
        .at(resource.origin.clone())
        .hint("attach it with an AWS::EC2::VPCGatewayAttachment, or pass the input that does")
}

fn gateway_of(resource: &Resource, kind: GatewayKind) -> Gateway {
    Gateway { identity: names::identity(resource), kind }
}

fn named_gateway(target: &Target, owner: &Resource, property: &Property, kind: GatewayKind) -> Gateway {
    let noun = match kind {
        GatewayKind::Internet => "internet-gateway",
        GatewayKind::Vpn => "vpn-gateway",
        GatewayKind::EgressOnly => "egress-only-gateway",
    };
    let origin = names::origin_in(owner, property.place);
    Gateway { identity: names::external(target.address(noun), target.shown(), type_name(kind), origin), kind }
}

fn type_name(kind: GatewayKind) -> &'static str {
    match kind {
        GatewayKind::Internet => "AWS::EC2::InternetGateway",
        GatewayKind::Vpn => "AWS::EC2::VPNGateway",
        GatewayKind::EgressOnly => "AWS::EC2::EgressOnlyInternetGateway",
    }
}

/// A gateway is attached to one VPC at most; the first attachment counts.
fn add(networks: &mut Networks, vpc: &Address, gateway: Gateway, attached: &mut HashSet<Address>) {
    if let Some(vpc) = networks.vpcs.get_mut(vpc)
        && attached.insert(gateway.identity.address.clone())
    {
        vpc.gateways.push(gateway);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{Row, drawn, region, sketch};

    const VPC: Row = ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#);
    const IGW: Row = ("Igw", "AWS::EC2::InternetGateway", "{}");

    #[test]
    fn a_gateway_stands_in_the_vpc_of_its_attachment() {
        let region = region(&[
            VPC,
            IGW,
            ("Join", "AWS::EC2::VPCGatewayAttachment", r#"{"VpcId": "@Vpc", "InternetGatewayId": "@Igw"}"#),
        ]);
        assert_eq!(region.vpcs[0].gateways[0].kind, GatewayKind::Internet);
    }

    #[test]
    fn a_gateway_without_an_attachment_stands_where_a_route_leads_to_it() {
        let region = region(&[
            VPC,
            IGW,
            ("Table", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
            (
                "Route",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@Table", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Igw"}"#,
            ),
        ]);
        assert_eq!(&*region.vpcs[0].gateways[0].identity.address, "lab/Igw");
    }

    #[test]
    fn a_gateway_that_nothing_attaches_is_not_drawn() {
        let (architecture, diagnostics) = drawn(&sketch(&[VPC, IGW]));
        assert!(architecture.regions[0].vpcs[0].gateways.is_empty());
        assert_eq!(diagnostics[0].code, "gateway-unattached");
    }

    #[test]
    fn an_egress_only_gateway_names_its_vpc_itself() {
        let region = region(&[VPC, ("Out", "AWS::EC2::EgressOnlyInternetGateway", r#"{"VpcId": "@Vpc"}"#)]);
        assert_eq!(region.vpcs[0].gateways[0].kind, GatewayKind::EgressOnly);
    }
}
