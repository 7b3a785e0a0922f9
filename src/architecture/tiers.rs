//! The tier of each subnet: from its routes, never from its name.
//!
//! Source: VPC user guide, "Subnets for your VPC" (subnet types) and "Configure route tables".

use std::collections::BTreeMap;

use super::networks::Networks;
use super::regions::Part;
use super::routes::{Exit, Leads, Routes, Table};
use super::{Because, Guess, Subnet, Tier, names};
use crate::diag::Diagnostic;
use crate::inventory::{Address, Property, Resource};

/// Gives every subnet its routes, its tier and the reason.
pub fn decide(part: &Part, routes: &Routes, networks: &mut Networks, diagnostics: &mut Vec<Diagnostic>) {
    let mut unknown: BTreeMap<Address, Vec<Address>> = BTreeMap::new();
    let addresses: Vec<Address> = networks.subnets.keys().cloned().collect();
    for address in addresses {
        let vpc = networks.vpc_of.get(&address).cloned();
        let made = vpc.as_ref().is_some_and(|vpc| networks.makes(vpc));
        let Some(subnet) = networks.subnets.get_mut(&address) else { continue };
        match routes.of_subnet(&address, vpc.as_ref()) {
            Some((key, table)) => {
                subnet.route_table = Some(key.clone());
                subnet.default_routes = table.exits.iter().map(|exit| exit.route.clone()).collect();
                (subnet.tier, subnet.because) = by_table(subnet, table, part.lookup.resource(&address));
            }
            None if made && !subnet.identity.external => (subnet.tier, subnet.because) = by_implicit_main_table(subnet),
            None if subnet.tier != Tier::Unknown(Guess::Nothing) => {}
            None => {
                let (guess, sign) = guess(subnet, part.lookup.resource(&address));
                subnet.tier = Tier::Unknown(guess);
                subnet.because.text = because_unknown("its route table is not in the input", guess, sign);
            }
        }
        if let (Tier::Unknown(_), Some(vpc)) = (subnet.tier, vpc) {
            unknown.entry(vpc).or_default().push(address);
        }
        diagnostics.extend(named_otherwise(subnet));
    }
    for (vpc, subnets) in unknown {
        diagnostics.extend(tier_unknown(networks, &vpc, &subnets));
    }
}

impl Tier {
    pub fn is_unknown(self) -> bool {
        match self {
            Tier::Unknown(_) => true,
            Tier::Public | Tier::Private | Tier::Isolated => false,
        }
    }
}

/// The tier of a subnet whose table has these ways out.
///
/// An internet gateway outranks a NAT gateway: one public route is enough to make the subnet reachable.
pub fn tier(exits: &[Exit]) -> Option<Tier> {
    let Some(surest) = exits.iter().map(|exit| exit.leads).min() else { return Some(Tier::Isolated) };
    match surest {
        Leads::Internet => Some(Tier::Public),
        Leads::PerhapsInternet => Some(Tier::Unknown(Guess::Public)),
        Leads::Away => Some(Tier::Private),
        Leads::Unsaid => None,
    }
}

fn by_table(subnet: &Subnet, table: &Table, resource: Option<&Resource>) -> (Tier, Because) {
    let Some(surest) = table.exits.first() else {
        return without_exit(subnet, table, resource);
    };
    let because = |text: String| Because { text, origin: surest.route.because.origin.clone() };
    let said = &surest.route.because.text;
    match tier(&table.exits) {
        Some(tier @ Tier::Public) => (tier, because(format!("public: {said}"))),
        Some(Tier::Unknown(guess)) => (Tier::Unknown(guess), because(format!("unknown, by its name public: {said}"))),
        Some(tier) => (tier, because(format!("private: {said}"))),
        None => {
            let (guess, sign) = guess(subnet, resource);
            (Tier::Unknown(guess), because(because_unknown(said, guess, sign)))
        }
    }
}

fn without_exit(subnet: &Subnet, table: &Table, resource: Option<&Resource>) -> (Tier, Because) {
    let origin = Some(table.origin.clone());
    if !table.made {
        let (guess, sign) = guess(subnet, resource);
        let text = because_unknown(&format!("the routes of {} are not in the input", table.name), guess, sign);
        return (Tier::Unknown(guess), Because { text, origin });
    }
    let text = match &table.propagates {
        None => format!("isolated: no default route in {}", table.name),
        Some(gateway) => {
            format!("isolated: no default route in {}, unless {gateway} propagates one", table.name)
        }
    };
    (Tier::Isolated, Because { text, origin })
}

/// A VPC's own main table starts with its local route only, and CloudFormation has no name by which a template
/// could add another. Source: VPC user guide, "Main route table".
fn by_implicit_main_table(subnet: &Subnet) -> (Tier, Because) {
    let text = "isolated: no route table is associated; the VPC's main table has no default route in this input";
    (Tier::Isolated, Because { text: text.into(), origin: Some(subnet.identity.origin.clone()) })
}

fn because_unknown(reason: &str, guess: Guess, sign: &str) -> String {
    match guess {
        Guess::Public => format!("unknown: {reason}; public by {sign}"),
        Guess::Private => format!("unknown: {reason}; private by {sign}"),
        Guess::Nothing => format!("unknown: {reason}"),
    }
}

/// What a subnet seems to be where its routes are not known, and by which sign: the surest of lesser signs.
fn guess(subnet: &Subnet, resource: Option<&Resource>) -> (Guess, &'static str) {
    let tagged = |key: &str| resource.and_then(|resource| resource.tag(key)).map(is_on).unwrap_or_default();
    let named = named_tier(subnet);
    if subnet.maps_public_addresses == Some(true) {
        (Guess::Public, "MapPublicIpOnLaunch")
    } else if tagged("kubernetes.io/role/elb") {
        (Guess::Public, "its tag kubernetes.io/role/elb")
    } else if tagged("kubernetes.io/role/internal-elb") {
        (Guess::Private, "its tag kubernetes.io/role/internal-elb")
    } else if let Some(guess) = named {
        (guess, "its name")
    } else if subnet.maps_public_addresses == Some(false) {
        (Guess::Private, "MapPublicIpOnLaunch")
    } else {
        (Guess::Nothing, "")
    }
}

/// The load balancer controller takes `1` and an empty value for yes.
/// Source: EKS user guide, "Network load balancing", subnet tags.
fn is_on(tag: &Property) -> bool {
    tag.as_text().is_none_or(|value| value != "0")
}

/// What a subnet seems to be by its name: a guess, so part of a word will do (`VpcprivateSubnet1`).
fn named_tier(subnet: &Subnet) -> Option<Guess> {
    let name = format!("{} {}", subnet.identity.name, subnet.identity.origin.name).to_lowercase();
    one_of(|word| name.contains(word))
}

/// What a subnet's name says of it in whole words. What follows a dot is a domain, as kOps names subnets, and
/// says nothing of them.
fn said_tier(subnet: &Subnet) -> Option<Guess> {
    let name = subnet.identity.name.split('.').next().unwrap_or_default();
    one_of(|word| names::has_word(name, &[word]) || names::has_word(&subnet.identity.origin.name, &[word]))
}

/// The tier of which a name has the word, if it has that of one only.
fn one_of(has: impl Fn(&str) -> bool) -> Option<Guess> {
    match (has("public"), has("private") || has("isolated")) {
        (true, false) => Some(Guess::Public),
        (false, true) => Some(Guess::Private),
        (true, true) | (false, false) => None,
    }
}

/// A subnet whose name and routes say the contrary: the picture follows the routes, and so does the traffic.
fn named_otherwise(subnet: &Subnet) -> Option<Diagnostic> {
    let (says, is) = match (said_tier(subnet)?, subnet.tier) {
        (Guess::Private, Tier::Public) => ("private", "public"),
        (Guess::Public, Tier::Private) => ("public", "private"),
        (Guess::Public, Tier::Isolated) => ("public", "isolated"),
        (Guess::Public | Guess::Private | Guess::Nothing, _) => return None,
    };
    let name = &subnet.identity.name;
    let mut diagnostic =
        Diagnostic::warning("named-otherwise", format!("subnet {name} is named {says}, but its routes make it {is}"))
            .at(subnet.identity.origin.clone())
            .hint("the picture follows the routes; rename the subnet, or associate the route table that was meant");
    if let Some(origin) = &subnet.because.origin {
        diagnostic = diagnostic.related(subnet.because.text.clone(), origin.clone());
    }
    Some(diagnostic)
}

/// How many names a message lists before it counts.
const LISTED: usize = 4;

fn tier_unknown(networks: &Networks, vpc: &Address, subnets: &[Address]) -> Option<Diagnostic> {
    let mut subnets: Vec<&Subnet> = subnets.iter().filter_map(|subnet| networks.subnets.get(subnet)).collect();
    subnets.sort_by(|a, b| super::order::by_name(&a.identity, &b.identity));
    let listed: Vec<&str> = subnets.iter().take(LISTED).map(|subnet| subnet.identity.name.as_str()).collect();
    let more = match subnets.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let vpc = &networks.vpcs.get(vpc)?.identity.name;
    let message = format!("whether {}{more} in {vpc} are public is not in the input", listed.join(", "));
    let message = if subnets.len() == 1 { message.replace(" are public", " is public") } else { message };
    Some(
        Diagnostic::note("tier-unknown", message)
            .at(subnets.first()?.identity.origin.clone())
            .hint("pass the input that makes the subnets and their route tables as well"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{NETWORK, Row, add, drawn, network_and, sketch};
    use crate::architecture::{Architecture, RouteTarget};

    const VPC: Row = ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#);

    fn subnet<'a>(architecture: &'a Architecture, id: &str) -> &'a Subnet {
        let subnets = architecture.regions.iter().flat_map(|region| &region.vpcs).flat_map(|vpc| &vpc.subnets);
        subnets.into_iter().find(|subnet| *subnet.identity.address == *format!("lab/{id}")).expect("the subnet")
    }

    #[test]
    fn a_subnet_is_public_by_its_route_not_its_name() {
        let mut inventory = sketch(&[
            VPC,
            ("PrivateSubnet1", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#),
            ("Igw", "AWS::EC2::InternetGateway", "{}"),
            ("Table", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
        ]);
        add(
            &mut inventory,
            "lab",
            &[
                (
                    "Route",
                    "AWS::EC2::Route",
                    r#"{"RouteTableId": "@Table", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Igw"}"#,
                ),
                (
                    "Link",
                    "AWS::EC2::SubnetRouteTableAssociation",
                    r#"{"SubnetId": "@PrivateSubnet1", "RouteTableId": "@Table"}"#,
                ),
            ],
        );
        let (architecture, diagnostics) = drawn(&inventory);
        let subnet = subnet(&architecture, "PrivateSubnet1");
        assert_eq!(subnet.tier, Tier::Public);
        assert_eq!(subnet.because.text, "public: 0.0.0.0/0 → Igw in Table");
        assert_eq!(subnet.because.origin.as_ref().map(|origin| &*origin.name), Some("Route"));
        assert_eq!(diagnostics[0].code, "named-otherwise");
    }

    #[test]
    fn a_domain_that_is_called_public_says_nothing_of_a_subnet() {
        let tag = r#"{"VpcId": "@Vpc", "Tags": [{"Key": "Name", "Value": "utility-1a.public.example.com"}]}"#;
        let (_, diagnostics) = drawn(&sketch(&[VPC, ("S", "AWS::EC2::Subnet", tag)]));
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }

    #[test]
    fn a_subnet_behind_a_nat_gateway_is_private() {
        let (architecture, _) = drawn(&sketch(NETWORK));
        let subnet = subnet(&architecture, "PrivateA");
        assert_eq!(subnet.tier, Tier::Private);
        assert_eq!(subnet.because.text, "private: 0.0.0.0/0 → Nat in PrivateTable");
        assert_eq!(subnet.default_routes[0].target, RouteTarget::NatGateway("lab/Nat".into()));
    }

    #[test]
    fn a_subnet_whose_table_has_no_default_route_is_isolated() {
        let inventory = network_and(&[
            ("Inner", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#),
            ("InnerTable", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
            (
                "OnPremises",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@InnerTable", "DestinationCidrBlock": "172.16.0.0/12", "TransitGatewayId": "tgw-1"}"#,
            ),
            (
                "InnerLink",
                "AWS::EC2::SubnetRouteTableAssociation",
                r#"{"SubnetId": "@Inner", "RouteTableId": "@InnerTable"}"#,
            ),
        ]);
        let (architecture, _) = drawn(&inventory);
        let subnet = subnet(&architecture, "Inner");
        assert_eq!(subnet.tier, Tier::Isolated);
        assert_eq!(subnet.because.text, "isolated: no default route in InnerTable");
        assert_eq!(subnet.because.origin.as_ref().map(|origin| &*origin.name), Some("InnerTable"));
    }

    #[test]
    fn without_an_association_the_main_table_of_a_new_vpc_isolates() {
        let inventory = sketch(&[VPC, ("Public", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#)]);
        let (architecture, diagnostics) = drawn(&inventory);
        assert_eq!(subnet(&architecture, "Public").tier, Tier::Isolated);
        assert_eq!(diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["named-otherwise"]);
    }

    #[test]
    fn without_an_association_the_tier_in_an_existing_vpc_is_unknown() {
        let row = ("S", "AWS::EC2::Subnet", r#"{"VpcId": "<VpcId>", "MapPublicIpOnLaunch": true}"#);
        let (architecture, diagnostics) = drawn(&sketch(&[row]));
        let subnet = subnet(&architecture, "S");
        assert_eq!(subnet.tier, Tier::Unknown(Guess::Public));
        assert_eq!(subnet.because.text, "unknown: its route table is not in the input; public by MapPublicIpOnLaunch");
        assert_eq!(diagnostics[0].code, "tier-unknown");
        assert_eq!(diagnostics[0].message, "whether S in <VpcId> is public is not in the input");
    }

    #[test]
    fn a_subnet_that_the_input_only_names_may_have_a_route_table_elsewhere() {
        let (architecture, _) = drawn(&network_and(&[
            ("Eks", "AWS::EKS::Cluster", r#"{"ResourcesVpcConfig": {"SubnetIds": ["@PrivateA", "@PrivateB"]}}"#),
            ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@PrivateA", "<Other>"]}"#),
        ]));
        let subnets = architecture.regions.iter().flat_map(|region| &region.vpcs).flat_map(|vpc| &vpc.subnets);
        let tiers: Vec<Tier> = subnets.filter(|one| one.identity.external).map(|one| one.tier).collect();
        assert_eq!(tiers, [Tier::Unknown(Guess::Nothing)]);
    }

    #[test]
    fn role_tags_outrank_names_where_routes_are_unknown() {
        let row = (
            "PublicSubnet",
            "AWS::EC2::Subnet",
            r#"{"VpcId": "<VpcId>", "Tags": [{"Key": "kubernetes.io/role/internal-elb", "Value": "1"}]}"#,
        );
        let (architecture, _) = drawn(&sketch(&[row]));
        assert_eq!(subnet(&architecture, "PublicSubnet").tier, Tier::Unknown(Guess::Private));
    }

    #[test]
    fn a_custom_resource_may_look_the_main_table_up() {
        let (architecture, _) = drawn(&sketch(&[
            VPC,
            ("S", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#),
            ("Igw", "AWS::EC2::InternetGateway", "{}"),
            ("Find", "Custom::RouteTable", r#"{"VPCID": "@Vpc"}"#),
            (
                "Route",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@Find.RouteTableID", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "@Igw"}"#,
            ),
        ]));
        assert_eq!(subnet(&architecture, "S").tier, Tier::Public);
    }

    #[test]
    fn an_internet_gateway_outranks_a_nat_gateway() {
        let exits = |leads: &[Leads]| -> Vec<Exit> {
            leads
                .iter()
                .map(|leads| Exit {
                    leads: *leads,
                    route: crate::architecture::DefaultRoute {
                        destination: "0.0.0.0/0".into(),
                        target: RouteTarget::Unresolved("x".into()),
                        because: Because { text: String::new(), origin: None },
                    },
                })
                .collect()
        };
        assert_eq!(tier(&exits(&[Leads::Away, Leads::Internet])), Some(Tier::Public));
        assert_eq!(tier(&exits(&[Leads::Away, Leads::Unsaid])), Some(Tier::Private));
        assert_eq!(tier(&exits(&[])), Some(Tier::Isolated));
    }

    #[test]
    fn a_gateway_that_only_its_name_tells_leaves_the_tier_unknown() {
        let inventory = sketch(&[
            ("S", "AWS::EC2::Subnet", r#"{"VpcId": "<VpcId>"}"#),
            ("Table", "AWS::EC2::RouteTable", r#"{"VpcId": "<VpcId>"}"#),
            ("Link", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@S", "RouteTableId": "@Table"}"#),
            (
                "Route",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@Table", "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "<InternetGateway>"}"#,
            ),
        ]);
        let (architecture, _) = drawn(&inventory);
        assert_eq!(subnet(&architecture, "S").tier, Tier::Unknown(Guess::Public));
    }
}
