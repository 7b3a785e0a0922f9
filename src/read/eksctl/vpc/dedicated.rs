//! The IPv4 VPC that eksctl makes: a public and a private subnet a zone, and NAT as asked.
//!
//! Source: pkg/cfn/builder/vpc_ipv4.go.

use crate::diag::{Diagnostic, Origin};
use crate::inventory::Address;

use super::super::cidr;
use super::super::config::{Config, Openness, Zone};
use super::super::draft::{At, Draft, Fields};
use super::{Network, Plan, Subnet, Tier, ZoneKind};

/// `vpc.nat.gateway`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nat {
    /// One NAT gateway, in the first public subnet.
    Single,
    /// One in every zone.
    HighlyAvailable,
    Disable,
}

pub fn expand(config: &Config, draft: &mut Draft) -> Network {
    let plan = Plan::new(config, cidr::cut, draft);
    let vpc_section = config.root.section("vpc");
    let origin = vpc_section.as_ref().map_or_else(|| config.metadata.clone(), |vpc| vpc.origin());
    let at = At(origin.place);
    let fields = Fields::new()
        .with("CidrBlock", plan.block.clone())
        .with("EnableDnsSupport", at.text(true))
        .with("EnableDnsHostnames", at.text(true));
    let vpc = draft.add_tagged("VPC", "AWS::EC2::VPC", fields, &origin);
    let network = Network::new(vpc, Some(plan.block.clone()));
    let mut work = Work { config, plan, origin, network, draft };
    match config.openness {
        Openness::FullyPrivate => work.private_half(Nat::Disable),
        Openness::Open => {
            work.public_half();
            let nat = work.nat_mode();
            work.private_half(nat);
        }
    }
    if vpc_section.and_then(|vpc| vpc.flag("autoAllocateIPv6")) == Some(true) {
        work.allocate_ipv6();
    }
    work.network
}

struct Work<'w, 'd> {
    config: &'w Config<'w>,
    plan: Plan,
    /// Of what `vpc`, or where it is silent the cluster itself, causes.
    origin: Origin,
    network: Network,
    draft: &'w mut Draft<'d>,
}

impl Work<'_, '_> {
    fn at(&self) -> At {
        At(self.origin.place)
    }

    fn zones(&self) -> Vec<(usize, ZoneKind, Zone)> {
        let zones = self.plan.zones.iter().enumerate();
        zones.map(|(index, (kind, zone))| (index, *kind, zone.clone())).collect()
    }

    fn public_half(&mut self) {
        let origin = self.origin.clone();
        let at = self.at();
        let vpc = self.network.vpc.clone();
        let gateway = self.draft.add_tagged("InternetGateway", "AWS::EC2::InternetGateway", Fields::new(), &origin);
        let attachment =
            Fields::new().with("InternetGatewayId", at.reference(&gateway)).with("VpcId", at.reference(&vpc));
        self.draft.add("VPCGatewayAttachment", "AWS::EC2::VPCGatewayAttachment", attachment, &origin);
        let table = self.route_table("PublicRouteTable", &origin);
        let route = Fields::new()
            .with("RouteTableId", at.reference(&table))
            .with("DestinationCidrBlock", at.text("0.0.0.0/0"))
            .with("GatewayId", at.reference(&gateway));
        self.draft.add("PublicSubnetRoute", "AWS::EC2::Route", route, &origin);
        for (index, kind, zone) in self.zones() {
            self.subnet(index, kind, &zone, Tier::Public, &table);
        }
    }

    fn private_half(&mut self, nat: Nat) {
        let single = match nat {
            Nat::Single => self.public_subnet(0).map(|subnet| self.nat_gateway("", &subnet)),
            Nat::HighlyAvailable | Nat::Disable => None,
        };
        for (index, kind, zone) in self.zones() {
            let part = zone.id_part();
            let table = self.route_table(&format!("PrivateRouteTable{part}"), &zone.origin);
            let gateway = match nat {
                Nat::Single => single.clone(),
                Nat::HighlyAvailable if kind == ZoneKind::Availability => {
                    self.public_subnet(index).map(|subnet| self.nat_gateway(&part, &subnet))
                }
                // eksctl makes NAT gateways in Availability Zones only.
                Nat::HighlyAvailable | Nat::Disable => None,
            };
            if let Some(gateway) = gateway {
                let at = self.at();
                let route = Fields::new()
                    .with("RouteTableId", at.reference(&table))
                    .with("DestinationCidrBlock", at.text("0.0.0.0/0"))
                    .with("NatGatewayId", at.reference(&gateway));
                self.draft.add(&format!("NATPrivateSubnetRoute{part}"), "AWS::EC2::Route", route, &self.origin);
            }
            self.subnet(index, kind, &zone, Tier::Private, &table);
        }
    }

    /// The public subnet of the `index`-th zone; public subnets are made first, in the zones' order.
    fn public_subnet(&self, index: usize) -> Option<Address> {
        let subnet = self.network.subnets().get(index).filter(|subnet| subnet.tier == Tier::Public);
        subnet.map(|subnet| subnet.address.clone())
    }

    fn nat_gateway(&mut self, part: &str, subnet: &Address) -> Address {
        let nat = self.config.root.section("vpc").and_then(|vpc| vpc.part("nat"));
        let origin = nat.map_or_else(|| self.origin.clone(), |nat| nat.origin());
        let at = At(origin.place);
        let address = Fields::new().with("Domain", at.text("vpc"));
        let elastic_ip = self.draft.add_tagged(&format!("NATIP{part}"), "AWS::EC2::EIP", address, &origin);
        let gateway = Fields::new()
            .with("AllocationId", at.attribute(&elastic_ip, "AllocationId"))
            .with("SubnetId", at.reference(subnet));
        self.draft.add_tagged(&format!("NATGateway{part}"), "AWS::EC2::NatGateway", gateway, &origin)
    }

    fn route_table(&mut self, logical_id: &str, origin: &Origin) -> Address {
        let fields = Fields::new().with("VpcId", At(origin.place).reference(&self.network.vpc));
        self.draft.add_tagged(logical_id, "AWS::EC2::RouteTable", fields, origin)
    }

    fn subnet(&mut self, index: usize, zone_kind: ZoneKind, zone: &Zone, tier: Tier, table: &Address) {
        let part = format!("{}{}", tier.word(), zone.id_part());
        let logical_id = format!("Subnet{part}");
        let at = At(zone.origin.place);
        let public_addresses = match tier {
            Tier::Public => Some(at.text(true)),
            Tier::Private => None,
        };
        let name = at.tag("Name", format!("{}/{logical_id}", self.draft.stack_name));
        let fields = Fields::new()
            .with("AvailabilityZone", zone.property())
            .with("CidrBlock", self.plan.subnet_block(index, tier))
            .with("VpcId", at.reference(&self.network.vpc))
            .with("MapPublicIpOnLaunch", public_addresses)
            .with("OutpostArn", self.config.outpost.clone())
            .with("Tags", at.list([name, at.tag(tier.role_tag(), 1)]));
        let address = self.draft.add(&logical_id, "AWS::EC2::Subnet", fields, &zone.origin);
        let association =
            Fields::new().with("SubnetId", at.reference(&address)).with("RouteTableId", at.reference(table));
        let association_id = format!("RouteTableAssociation{part}");
        self.draft.add(&association_id, "AWS::EC2::SubnetRouteTableAssociation", association, &zone.origin);
        self.network.push(Subnet {
            address,
            tier,
            zone_kind,
            zone: Some(zone.name.clone()),
            alias: zone.name.yes().cloned().unwrap_or_default(),
            id: None,
            route_table: Some(table.clone()),
        });
    }

    fn nat_mode(&mut self) -> Nat {
        let nat = self.config.root.section("vpc").and_then(|vpc| vpc.section("nat"));
        let Some(part) = nat.and_then(|nat| nat.part("gateway")) else { return Nat::Single };
        match part.node.as_text() {
            None | Some("Single") => Nat::Single,
            Some("HighlyAvailable") => Nat::HighlyAvailable,
            Some("Disable") => Nat::Disable,
            Some(other) => {
                self.draft.diagnostics.push(
                    Diagnostic::warning("unknown-value", format!("`{other}` is no NAT gateway mode"))
                        .at(part.origin())
                        .hint("one of `Single`, `HighlyAvailable`, `Disable`; drawn as `Single`"),
                );
                Nat::Single
            }
        }
    }

    /// `vpc.autoAllocateIPv6`: an Amazon block for the VPC, a /64 of it for every subnet.
    fn allocate_ipv6(&mut self) {
        let vpc = self.config.root.section("vpc").and_then(|vpc| vpc.part("autoAllocateIPv6"));
        let origin = vpc.map_or_else(|| self.origin.clone(), |part| part.origin());
        let at = At(origin.place);
        let block = Fields::new()
            .with("VpcId", at.reference(&self.network.vpc))
            .with("AmazonProvidedIpv6CidrBlock", at.text(true));
        self.draft.add("AutoAllocatedCIDRv6", "AWS::EC2::VPCCidrBlock", block, &origin);
        let address_of = |logical_id: &str| Address::from(format!("{}/{logical_id}", self.draft.stack));
        if self.config.openness == Openness::Open {
            let route = Fields::new()
                .with("RouteTableId", at.reference(&address_of("PublicRouteTable")))
                .with("DestinationIpv6CidrBlock", at.text("::/0"))
                .with("GatewayId", at.reference(&address_of("InternetGateway")));
            self.draft.add("PublicSubnetIPv6DefaultRoute", "AWS::EC2::Route", route, &origin);
        }
        for subnet in self.network.subnets() {
            let fields = Fields::new()
                .with("SubnetId", at.reference(&subnet.address))
                .with("Ipv6CidrBlock", at.attribute(&self.network.vpc, "Ipv6CidrBlocks"));
            let logical_id = subnet.address.rsplit('/').next().unwrap_or_default().replacen("Subnet", "", 1);
            self.draft.add(&format!("{logical_id}CIDRv6"), "AWS::EC2::SubnetCidrBlock", fields, &origin);
        }
    }
}
