//! Route tables: which subnet uses which, and where their default routes lead.
//!
//! Source: VPC user guide, "Configure route tables"; CloudFormation, `AWS::EC2::Route`.

use std::collections::BTreeMap;

use super::names;
use super::networks::Networks;
use super::regions::Part;
use super::targets::{self, Target, external_address};
use super::{Because, DefaultRoute, RouteTarget};
use crate::diag::Origin;
use crate::hashing::HashMap;
use crate::inventory::{Address, Property, Resource, Value};

/// What a route's target means for the subnets of its table, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leads {
    /// To the internet, and from it.
    Internet,
    /// To a gateway that only its name gives away as an internet gateway.
    PerhapsInternet,
    /// Out of the VPC, but nothing comes in that way.
    Away,
    /// To a gateway of a kind that the input does not say.
    Unsaid,
}

pub struct Exit {
    pub route: DefaultRoute,
    pub leads: Leads,
}

pub struct Table {
    pub name: String,
    pub origin: Origin,
    pub vpc: Option<Address>,
    /// Whether the input makes the table, and so knows all of its routes.
    pub made: bool,
    /// Default routes, the surest first, IPv4 before IPv6.
    pub exits: Vec<Exit>,
    /// The VPN gateway whose routes the table takes over, whatever they are.
    pub propagates: Option<String>,
}

#[derive(Default)]
pub struct Routes {
    pub tables: BTreeMap<Address, Table>,
    /// The table that is associated with a subnet.
    associated: BTreeMap<Address, Address>,
    /// The main table of a VPC, where the input knows it.
    main: HashMap<Address, Address>,
    /// The instance of each network interface that is a resource of its own.
    pub attached: HashMap<Address, Address>,
}

impl Routes {
    pub fn read(part: &Part, networks: &Networks) -> Routes {
        let mut routes = Routes::default();
        for resource in part.of_type("AWS::EC2::RouteTable") {
            let table = table(part, resource);
            if let (Some(vpc), Some(true)) = (&table.vpc, resource.property("Main").and_then(Property::as_bool)) {
                routes.main.insert(vpc.clone(), resource.address.clone());
            }
            routes.tables.insert(resource.address.clone(), table);
        }
        for association in part.of_type("AWS::EC2::SubnetRouteTableAssociation") {
            routes.associate(part, association);
        }
        routes.attached = interfaces_of_instances(part);
        for route in part.of_type("AWS::EC2::Route") {
            routes.add(part, route);
        }
        for propagation in part.of_type("AWS::EC2::VPNGatewayRoutePropagation") {
            routes.propagate(part, propagation);
        }
        for table in routes.tables.values_mut() {
            table.exits.sort_by(|a, b| rank(a).cmp(&rank(b)));
        }
        for (subnet, table) in &routes.associated {
            if let Some(table) = routes.tables.get_mut(table).filter(|table| table.vpc.is_none()) {
                table.vpc = networks.vpc_of.get(subnet).cloned();
            }
        }
        routes
    }

    /// The table that a subnet uses: the one associated with it, else its VPC's main one.
    pub fn of_subnet(&self, subnet: &Address, vpc: Option<&Address>) -> Option<(&Address, &Table)> {
        let address = self.associated.get(subnet).or_else(|| self.main.get(vpc?))?;
        self.tables.get_key_value(address)
    }

    fn associate(&mut self, part: &Part, association: &Resource) {
        let subnet = association
            .property("SubnetId")
            .and_then(|subnet| targets::one(part.lookup, association, subnet, "AWS::EC2::Subnet"));
        let table = association.property("RouteTableId").and_then(|table| self.table(part, association, table));
        if let (Some(subnet), Some(table)) = (subnet, table) {
            self.associated.entry(subnet.address("subnet")).or_insert(table);
        }
    }

    fn add(&mut self, part: &Part, route: &Resource) {
        let Some(address) = route.property("RouteTableId").and_then(|table| self.table(part, route, table)) else {
            return;
        };
        let Some(table) = self.tables.get_mut(&address) else { return };
        table.exits.extend(exit(part, route, &table.name, &self.attached));
    }

    fn propagate(&mut self, part: &Part, propagation: &Resource) {
        let gateway = propagation.property("VpnGatewayId");
        let gateway = gateway.and_then(|id| targets::one(part.lookup, propagation, id, "AWS::EC2::VPNGateway"));
        let tables = propagation.property("RouteTableIds").map(Property::items).unwrap_or_default();
        for table in tables.iter().filter_map(Property::as_reference) {
            if let (Some(table), Some(gateway)) = (self.tables.get_mut(table), &gateway) {
                table.propagates = Some(gateway.shown());
            }
        }
    }

    /// The address of the table that a property means; one that the input only names is added.
    fn table(&mut self, part: &Part, owner: &Resource, property: &Property) -> Option<Address> {
        if let Some(vpc) = looked_up_main(part, property) {
            let address = external_address("main-route-table", &vpc);
            self.tables.entry(address.clone()).or_insert_with(|| Table {
                name: "the VPC's main table".into(),
                origin: names::origin_in(owner, property.place),
                vpc: Some(vpc.clone()),
                made: true,
                exits: Vec::new(),
                propagates: None,
            });
            self.main.insert(vpc, address.clone());
            return Some(address);
        }
        let target = targets::one(part.lookup, owner, property, "AWS::EC2::RouteTable")?;
        let address = target.address("route-table");
        if let Target::Outside(outside) = target {
            self.tables.entry(address.clone()).or_insert(Table {
                name: outside.shown,
                origin: outside.origin,
                vpc: None,
                made: false,
                exits: Vec::new(),
                propagates: None,
            });
        }
        Some(address)
    }
}

fn table(part: &Part, resource: &Resource) -> Table {
    let vpc = resource.property("VpcId").and_then(|vpc| targets::one(part.lookup, resource, vpc, "AWS::EC2::VPC"));
    Table {
        name: names::readable(&resource.name),
        origin: resource.origin.clone(),
        vpc: vpc.map(|vpc| vpc.address("vpc")),
        made: !resource.existing,
        exits: Vec::new(),
        propagates: None,
    }
}

/// The VPC whose main table a custom resource looks up: CloudFormation itself has no name for that table.
fn looked_up_main(part: &Part, property: &Property) -> Option<Address> {
    let Value::Reference { attribute: Some(attribute), .. } = &property.value else { return None };
    if !attribute.to_ascii_lowercase().contains("routetable") {
        return None;
    }
    let custom = part.lookup.behind(property).filter(|resource| {
        resource.type_name.starts_with("Custom::") || resource.type_name == "AWS::CloudFormation::CustomResource"
    })?;
    let Value::Map(properties) = &custom.properties.value else { return None };
    let (_, vpc) = properties.iter().find(|(key, _)| key.eq_ignore_ascii_case("VpcId"))?;
    let target = targets::one(part.lookup, custom, vpc, "AWS::EC2::VPC")?;
    Some(target.address("vpc"))
}

fn interfaces_of_instances(part: &Part) -> HashMap<Address, Address> {
    let mut attached = HashMap::default();
    for instance in part.of_type("AWS::EC2::Instance") {
        let written = instance.property("NetworkInterfaces").map(Property::items).unwrap_or_default();
        let made = written.iter().filter_map(|one| one.field("NetworkInterfaceId")?.as_reference());
        attached.extend(made.map(|interface| (interface.clone(), instance.address.clone())));
    }
    for attachment in part.of_type("AWS::EC2::NetworkInterfaceAttachment") {
        let end = |key| attachment.property(key).and_then(Property::as_reference).cloned();
        if let (Some(interface), Some(instance)) = (end("NetworkInterfaceId"), end("InstanceId")) {
            attached.insert(interface, instance);
        }
    }
    attached
}

/// A route as a way out, if it is a default route. One to an internet gateway whose destination is known only
/// later is taken for one: there is hardly another use.
fn exit(part: &Part, route: &Resource, table: &str, attached: &HashMap<Address, Address>) -> Option<Exit> {
    let destination = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"]
        .iter()
        .find_map(|key| route.property(key))?
        .shown()?;
    let (target, leads, shown) = target(part, route, attached)?;
    let may_be_default = destination.starts_with('<') && leads == Leads::Internet;
    if !is_default(&destination) && !may_be_default {
        return None;
    }
    let because = Because { text: format!("{destination} → {shown} in {table}"), origin: Some(route.origin.clone()) };
    Some(Exit { route: DefaultRoute { destination, target, because }, leads })
}

/// Everything, or one half of it, as some write it to outrank a default route.
fn is_default(destination: &str) -> bool {
    matches!(destination.trim(), "0.0.0.0/0" | "::/0" | "0.0.0.0/1" | "128.0.0.0/1" | "::/1" | "8000::/1")
}

fn rank(exit: &Exit) -> (Leads, bool, &str, &RouteTarget) {
    let destination = exit.route.destination.as_str();
    (exit.leads, destination.contains(':'), destination, &exit.route.target)
}

/// How a property of a route names its target.
type Named = (&'static str, &'static str, fn(Address) -> RouteTarget);

/// Property, the type that it names, and what the target is.
/// Source: CloudFormation, `AWS::EC2::Route`.
const TARGETS: [Named; 7] = [
    ("NatGatewayId", "AWS::EC2::NatGateway", RouteTarget::NatGateway),
    ("InstanceId", "AWS::EC2::Instance", RouteTarget::NatInstance),
    ("NetworkInterfaceId", "AWS::EC2::NetworkInterface", RouteTarget::NetworkInterface),
    ("TransitGatewayId", "AWS::EC2::TransitGateway", RouteTarget::TransitGateway),
    ("VpcPeeringConnectionId", "AWS::EC2::VPCPeeringConnection", RouteTarget::Peering),
    ("EgressOnlyInternetGatewayId", "AWS::EC2::EgressOnlyInternetGateway", RouteTarget::EgressOnlyGateway),
    ("VpcEndpointId", "AWS::EC2::VPCEndpoint", RouteTarget::FirewallEndpoint),
];

/// A route's target, what it means, and how it is called in a sentence.
fn target(part: &Part, route: &Resource, attached: &HashMap<Address, Address>) -> Option<(RouteTarget, Leads, String)> {
    if let Some(gateway) = route.property("GatewayId") {
        return through_gateway(part, route, gateway);
    }
    for (key, type_name, make) in TARGETS {
        let Some(property) = route.property(key) else { continue };
        return Some(match part.lookup.behind(property) {
            Some(made) if made.type_name == type_name => {
                let target = match attached.get(&made.address) {
                    Some(instance) => RouteTarget::NatInstance(instance.clone()),
                    None => make(made.address.clone()),
                };
                (target, Leads::Away, names::readable(&made.name))
            }
            Some(made) if made.type_name == "AWS::EC2::Instance" => {
                (RouteTarget::NatInstance(made.address.clone()), Leads::Away, names::readable(&made.name))
            }
            Some(made) if made.type_name == "AWS::NetworkFirewall::Firewall" => {
                (RouteTarget::FirewallEndpoint(made.address.clone()), Leads::Away, names::readable(&made.name))
            }
            Some(_) | None => {
                let shown = property.shown()?;
                (RouteTarget::Unresolved(shown.clone()), Leads::Away, shown)
            }
        });
    }
    // In a Wavelength Zone, a carrier gateway is what an internet gateway is elsewhere.
    if let Some(shown) = route.property("CarrierGatewayId").and_then(Property::shown) {
        return Some((RouteTarget::Unresolved(shown.clone()), Leads::Internet, shown));
    }
    let shown = ["LocalGatewayId", "CoreNetworkArn"].iter().find_map(|key| route.property(key))?.shown()?;
    Some((RouteTarget::Unresolved(shown.clone()), Leads::Away, shown))
}

/// `GatewayId` takes internet gateways, VPN gateways and `local`.
fn through_gateway(part: &Part, route: &Resource, gateway: &Property) -> Option<(RouteTarget, Leads, String)> {
    let target = targets::one(part.lookup, route, gateway, "AWS::EC2::InternetGateway")?;
    if let Target::Inside(made) = &target {
        return Some((
            RouteTarget::InternetGateway(made.address.clone()),
            Leads::Internet,
            names::readable(&made.name),
        ));
    }
    if let Some(made) = part.lookup.behind(gateway).filter(|made| made.type_name == "AWS::EC2::VPNGateway") {
        return Some((RouteTarget::VpnGateway(made.address.clone()), Leads::Away, names::readable(&made.name)));
    }
    let shown = target.shown();
    let unresolved = RouteTarget::Unresolved(shown.clone());
    Some(if shown == "local" {
        return None;
    } else if shown.starts_with("igw-") {
        (RouteTarget::InternetGateway(target.address("internet-gateway")), Leads::Internet, shown)
    } else if shown.starts_with("vgw-") {
        (RouteTarget::VpnGateway(target.address("vpn-gateway")), Leads::Away, shown)
    } else if names::has_word(&shown, &["internet", "igw"]) {
        (unresolved, Leads::PerhapsInternet, shown)
    } else {
        (unresolved, Leads::Unsaid, shown)
    })
}
