//! The VPC that eksctl makes for a cluster of IPv6 pods: IPv4 beside IPv6 in every subnet, one NAT gateway
//! for IPv4 and an egress-only internet gateway for IPv6.
//!
//! Its logical ids differ from the IPv4 VPC's. `vpc.nat` has no say here: eksctl refuses it.
//! Source: pkg/cfn/builder/vpc_ipv6.go, vpc.go.

use ipnet::Ipv6Net;

use crate::diag::Origin;
use crate::inventory::{Address, Property};

use super::super::cidr;
use super::super::config::{Config, Openness, Zone};
use super::super::draft::{At, Draft, Fields};
use super::{Network, Plan, Subnet, Tier, ZoneKind};

pub fn expand(config: &Config, draft: &mut Draft) -> Network {
    let plan = Plan::new(config, cidr::cut_dual_stack, draft);
    let section = config.root.section("vpc");
    let origin = section.as_ref().map_or_else(|| config.metadata.clone(), |vpc| vpc.origin());
    let at = At(origin.place);
    let fields = Fields::new()
        .with("CidrBlock", plan.block.clone())
        .with("EnableDnsSupport", at.text(true))
        .with("EnableDnsHostnames", at.text(true));
    let vpc = draft.add_tagged("VPC", "AWS::EC2::VPC", fields, &origin);
    let own_block = section.as_ref().and_then(|vpc| vpc.property("ipv6Cidr"));
    let block = Fields::new()
        .with("VpcId", at.reference(&vpc))
        .with("AmazonProvidedIpv6CidrBlock", at.text(own_block.is_none()))
        .with("Ipv6CidrBlock", own_block.clone())
        .with("Ipv6Pool", section.and_then(|vpc| vpc.property("ipv6Pool")));
    draft.add("IPv6CidrBlock", "AWS::EC2::VPCCidrBlock", block, &origin);
    let network = Network::new(vpc, Some(plan.block.clone()));
    let mut work = Work { plan, origin, own_block, network, draft };
    let tables = work.private_subnets();
    if config.openness == Openness::Open {
        work.public_half(&tables);
    }
    work.network
}

struct Work<'w, 'd> {
    plan: Plan,
    origin: Origin,
    /// `vpc.ipv6Cidr`; else Amazon gives a block when the VPC is made.
    own_block: Option<Property>,
    network: Network,
    draft: &'w mut Draft<'d>,
}

impl Work<'_, '_> {
    fn zones(&self) -> Vec<Zone> {
        self.plan.zones.iter().map(|(_, zone)| zone.clone()).collect()
    }

    /// Every private subnet has a table of its own; they come back in the zones' order.
    fn private_subnets(&mut self) -> Vec<Address> {
        let mut tables = Vec::new();
        for (index, zone) in self.zones().iter().enumerate() {
            let table = self.route_table(&format!("PrivateRouteTable{}", zone.id_part()), &zone.origin);
            self.subnet(index, zone, Tier::Private, &table);
            tables.push(table);
        }
        tables
    }

    fn public_half(&mut self, private_tables: &[Address]) {
        let origin = self.origin.clone();
        let at = At(origin.place);
        let vpc = self.network.vpc.clone();
        let gateway = self.draft.add_tagged("InternetGateway", "AWS::EC2::InternetGateway", Fields::new(), &origin);
        let attachment =
            Fields::new().with("InternetGatewayId", at.reference(&gateway)).with("VpcId", at.reference(&vpc));
        self.draft.add("VPCGatewayAttachment", "AWS::EC2::VPCGatewayAttachment", attachment, &origin);
        let table = self.route_table("PublicRouteTable", &origin);
        self.route("PublicSubnetDefaultRoute", &table, IPV4, ("GatewayId", &gateway));
        self.route("PublicSubnetIPv6DefaultRoute", &table, IPV6, ("GatewayId", &gateway));
        for (index, zone) in self.zones().iter().enumerate() {
            self.subnet(index, zone, Tier::Public, &table);
        }
        let egress = Fields::new().with("VpcId", at.reference(&vpc));
        let egress =
            self.draft.add("EgressOnlyInternetGateway", "AWS::EC2::EgressOnlyInternetGateway", egress, &origin);
        let nat = self.nat_gateway();
        for (zone, table) in self.zones().iter().zip(private_tables) {
            let part = zone.id_part();
            let target = ("EgressOnlyInternetGatewayId", &egress);
            self.route(&format!("PrivateSubnetDefaultIpv6Route{part}"), table, IPV6, target);
            if let Some(nat) = &nat {
                self.route(&format!("PrivateSubnetDefaultRoute{part}"), table, IPV4, ("NatGatewayId", nat));
            }
        }
    }

    fn nat_gateway(&mut self) -> Option<Address> {
        let subnet = self.network.of(Tier::Public, ZoneKind::Availability).next()?.address.clone();
        let origin = self.origin.clone();
        let at = At(origin.place);
        let elastic_ip = Fields::new().with("Domain", at.text("vpc"));
        let elastic_ip = self.draft.add_tagged("EIP", "AWS::EC2::EIP", elastic_ip, &origin);
        let gateway = Fields::new()
            .with("AllocationId", at.attribute(&elastic_ip, "AllocationId"))
            .with("SubnetId", at.reference(&subnet));
        Some(self.draft.add_tagged("NATGateway", "AWS::EC2::NatGateway", gateway, &origin))
    }

    fn route_table(&mut self, logical_id: &str, origin: &Origin) -> Address {
        let fields = Fields::new().with("VpcId", At(origin.place).reference(&self.network.vpc));
        self.draft.add_tagged(logical_id, "AWS::EC2::RouteTable", fields, origin)
    }

    fn route(&mut self, logical_id: &str, table: &Address, to: Destination, target: (&'static str, &Address)) {
        let at = At(self.origin.place);
        let fields = Fields::new()
            .with("RouteTableId", at.reference(table))
            .with(to.0, at.text(to.1))
            .with(target.0, at.reference(target.1));
        self.draft.add(logical_id, "AWS::EC2::Route", fields, &self.origin);
    }

    fn subnet(&mut self, index: usize, zone: &Zone, tier: Tier, table: &Address) {
        let part = zone.id_part();
        let logical_id = format!("{}Subnet{part}", tier.word());
        let at = At(zone.origin.place);
        let (public_addresses, ipv6_addresses) = match tier {
            Tier::Public => (Some(at.text(true)), None),
            Tier::Private => (None, Some(at.text(true))),
        };
        let name = at.tag("Name", format!("{}/{logical_id}", self.draft.stack_name));
        let fields = Fields::new()
            .with("AvailabilityZone", zone.property())
            .with("CidrBlock", self.plan.subnet_block(index, tier))
            .with("Ipv6CidrBlock", self.ipv6_block(index, tier))
            .with("MapPublicIpOnLaunch", public_addresses)
            .with("AssignIpv6AddressOnCreation", ipv6_addresses)
            .with("VpcId", at.reference(&self.network.vpc))
            .with("Tags", at.list([name, at.tag(tier.role_tag(), 1)]));
        let address = self.draft.add(&logical_id, "AWS::EC2::Subnet", fields, &zone.origin);
        let association =
            Fields::new().with("SubnetId", at.reference(&address)).with("RouteTableId", at.reference(table));
        let association_id = format!("RouteTableAssociation{}{part}", tier.word());
        self.draft.add(&association_id, "AWS::EC2::SubnetRouteTableAssociation", association, &zone.origin);
        self.network.push(Subnet {
            address,
            tier,
            zone_kind: ZoneKind::Availability,
            zone: Some(zone.name.clone()),
            alias: zone.name.yes().cloned().unwrap_or_default(),
            id: None,
            route_table: Some(table.clone()),
        });
    }

    fn ipv6_block(&self, index: usize, tier: Tier) -> Property {
        let at = At(self.own_block.as_ref().map_or(self.origin.place, |block| block.place));
        let own: Option<Ipv6Net> = self.own_block.as_ref().and_then(|block| block.as_text()?.parse().ok());
        match own.and_then(|block| cidr::ipv6_piece(block, self.plan.piece(index, tier))) {
            Some(piece) => at.text(piece),
            None => at.attribute(&self.network.vpc, "Ipv6CidrBlocks"),
        }
    }
}

/// The property of a route's destination, and the destination.
type Destination = (&'static str, &'static str);

const IPV4: Destination = ("DestinationCidrBlock", "0.0.0.0/0");
const IPV6: Destination = ("DestinationIpv6CidrBlock", "::/0");
