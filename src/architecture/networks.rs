//! VPCs and subnets: those that the input makes, and those that it only names.

use std::collections::BTreeMap;

use super::regions::Part;
use super::targets::{self, Outside, Target, external_address};
use super::{Because, Gateway, GatewayKind, Guess, Identity, Subnet, Tier, Vpc, Zone, names, zones};
use crate::diag::{Known, Origin};
use crate::hashing::HashMap;
use crate::inventory::{Address, Property, Resource};

/// VPCs and subnets by address, while the model fills them.
#[derive(Default)]
pub struct Networks {
    pub vpcs: BTreeMap<Address, Vpc>,
    pub subnets: BTreeMap<Address, Subnet>,
    /// The VPC of each subnet.
    pub vpc_of: HashMap<Address, Address>,
}

impl Networks {
    /// The VPCs and subnets of the region's resources.
    pub fn made(part: &Part) -> Networks {
        let mut networks = Networks::default();
        for resource in part.of_type("AWS::EC2::VPC") {
            networks.vpcs.insert(resource.address.clone(), vpc(resource));
        }
        for block in part.of_type("AWS::EC2::VPCCidrBlock") {
            networks.add_block(part, block);
        }
        for resource in part.of_type("AWS::EC2::Subnet") {
            let vpc = match resource
                .property("VpcId")
                .and_then(|id| targets::one(part.lookup, resource, id, "AWS::EC2::VPC"))
            {
                Some(vpc) => networks.vpc(&vpc),
                None => networks.default_vpc(&resource.origin),
            };
            networks.vpc_of.insert(resource.address.clone(), vpc);
            networks.subnets.insert(resource.address.clone(), subnet(part, resource));
        }
        networks
    }

    fn add_block(&mut self, part: &Part, block: &Resource) {
        let Some(target) = block.property("VpcId").and_then(|id| targets::one(part.lookup, block, id, "AWS::EC2::VPC"))
        else {
            return;
        };
        let address = self.vpc(&target);
        let Some(vpc) = self.vpcs.get_mut(&address) else { return };
        vpc.cidrs.extend(block.property("CidrBlock").and_then(Property::shown));
        if block.property("AmazonProvidedIpv6CidrBlock").and_then(Property::as_bool) == Some(true) {
            vpc.ipv6 = Some("IPv6".into());
        } else if let Some(ipv6) = block.property("Ipv6CidrBlock").and_then(Property::shown) {
            vpc.ipv6 = Some(ipv6);
        } else if block.property("Ipv6Pool").or_else(|| block.property("Ipv6IpamPoolId")).is_some() {
            vpc.ipv6 = Some("IPv6".into());
        }
    }

    /// The address of a VPC, which is made external if the input only names it.
    pub fn vpc(&mut self, target: &Target) -> Address {
        let address = target.address("vpc");
        if let (Target::Outside(outside), false) = (target, self.vpcs.contains_key(&address)) {
            self.add_external_vpc(address.clone(), outside.shown.clone(), outside.origin.clone());
        }
        address
    }

    /// The VPC of subnets about which a stack says nothing else.
    pub fn unnamed_vpc(&mut self, stack: &str, origin: &Origin) -> Address {
        let address = external_address("vpc", stack);
        if !self.vpcs.contains_key(&address) {
            self.add_external_vpc(address.clone(), "VPC (not in the input)".into(), origin.clone());
        }
        address
    }

    /// The account's default VPC, with the internet gateway that every default VPC has.
    /// Source: VPC user guide, "Default VPCs".
    pub fn default_vpc(&mut self, origin: &Origin) -> Address {
        let address = external_address("vpc", "default");
        if !self.vpcs.contains_key(&address) {
            self.add_external_vpc(address.clone(), "default VPC".into(), origin.clone());
            let identity = names::external(
                external_address("internet-gateway", "default"),
                "Internet gateway".into(),
                "AWS::EC2::InternetGateway",
                origin.clone(),
            );
            if let Some(vpc) = self.vpcs.get_mut(&address) {
                vpc.gateways.push(Gateway { identity, kind: GatewayKind::Internet });
            }
        }
        address
    }

    /// The default VPC's subnet in a zone.
    pub fn default_subnet(&mut self, zone: Option<Zone>, origin: &Origin) -> Address {
        let vpc = self.default_vpc(origin);
        let key = match &zone {
            None => String::new(),
            Some(Zone::Nth(n)) => n.to_string(),
            Some(Zone::Named(name) | Zone::Outpost(name)) => name.clone(),
            Some(Zone::Later { name, stack }) => format!("{stack}.{name}"),
        };
        let address = external_address("default-subnet", &key);
        if !self.subnets.contains_key(&address) {
            let identity =
                names::external(address.clone(), "default subnet".into(), "AWS::EC2::Subnet", origin.clone());
            let because = "public: a default subnet's route table leads to the internet gateway of the default VPC";
            let mut subnet = bare_subnet(identity, because);
            subnet.tier = Tier::Public;
            subnet.zone = zone;
            subnet.maps_public_addresses = Some(true);
            self.add_subnet(subnet, vpc);
        }
        address
    }

    fn add_external_vpc(&mut self, address: Address, name: String, origin: Origin) {
        let identity = names::external(address.clone(), name, "AWS::EC2::VPC", origin);
        self.vpcs.insert(address, bare_vpc(identity));
    }

    /// A subnet that the input only names.
    pub fn add_external_subnet(&mut self, outside: &Outside, vpc: Address) {
        let address = external_address("subnet", &outside.shown);
        let identity = names::external(address, outside.shown.clone(), "AWS::EC2::Subnet", outside.origin.clone());
        self.add_subnet(bare_subnet(identity, "its route table is not in the input"), vpc);
    }

    fn add_subnet(&mut self, subnet: Subnet, vpc: Address) {
        self.vpc_of.insert(subnet.identity.address.clone(), vpc);
        self.subnets.insert(subnet.identity.address.clone(), subnet);
    }

    /// Whether the input makes the VPC, and so all of its routes.
    pub fn makes(&self, vpc: &Address) -> bool {
        self.vpcs.get(vpc).is_some_and(|vpc| !vpc.identity.external)
    }
}

fn vpc(resource: &Resource) -> Vpc {
    let mut vpc = bare_vpc(names::identity(resource));
    let block = resource.property("CidrBlock").and_then(Property::shown);
    let from_pool = resource.property("Ipv4IpamPoolId").map(|_| "<IPAM pool>".to_string());
    vpc.cidrs.extend(block.or(from_pool));
    vpc.dns_support = resource.property("EnableDnsSupport").and_then(Property::as_bool);
    vpc.dns_hostnames = resource.property("EnableDnsHostnames").and_then(Property::as_bool);
    vpc
}

fn bare_vpc(identity: Identity) -> Vpc {
    Vpc {
        identity,
        cidrs: Vec::new(),
        ipv6: None,
        dns_support: None,
        dns_hostnames: None,
        zones: Vec::new(),
        subnets: Vec::new(),
        gateways: Vec::new(),
        endpoints: Vec::new(),
        groups: Vec::new(),
        things: Vec::new(),
    }
}

fn subnet(part: &Part, resource: &Resource) -> Subnet {
    let mut subnet = bare_subnet(names::identity(resource), "its route table is not in the input");
    subnet.cidr = resource.property("CidrBlock").and_then(Property::known);
    subnet.ipv6 = resource.property("Ipv6CidrBlock").and_then(|block| match block.known()? {
        Known::Yes(block) => Some(block),
        Known::Later(_) => Some("IPv6".into()),
    });
    subnet.zone = zones::of_subnet(part.lookup, resource);
    subnet.maps_public_addresses = resource.property("MapPublicIpOnLaunch").and_then(Property::as_bool);
    subnet
}

fn bare_subnet(identity: Identity, because: &str) -> Subnet {
    let because = Because { text: because.into(), origin: Some(identity.origin.clone()) };
    Subnet {
        identity,
        cidr: None,
        ipv6: None,
        zone: None,
        tier: Tier::Unknown(Guess::Nothing),
        because,
        route_table: None,
        default_routes: Vec::new(),
        maps_public_addresses: None,
        things: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::region;
    use crate::architecture::{Tier, Zone};

    #[test]
    fn a_vpc_has_all_its_blocks_the_primary_one_first() {
        let region = region(&[
            ("Block", "AWS::EC2::VPCCidrBlock", r#"{"VpcId": "@Vpc", "CidrBlock": "100.64.0.0/16"}"#),
            ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#),
            ("Six", "AWS::EC2::VPCCidrBlock", r#"{"VpcId": "@Vpc", "AmazonProvidedIpv6CidrBlock": true}"#),
        ]);
        assert_eq!(region.vpcs[0].cidrs, ["10.0.0.0/16", "100.64.0.0/16"]);
        assert_eq!(region.vpcs[0].ipv6.as_deref(), Some("IPv6"));
    }

    #[test]
    fn a_vpc_that_a_parameter_names_is_external_and_one() {
        let region = region(&[
            ("A", "AWS::EC2::Subnet", r#"{"VpcId": "<VpcId>", "CidrBlock": "10.0.0.0/24"}"#),
            ("B", "AWS::EC2::Subnet", r#"{"VpcId": "<VpcId>", "CidrBlock": "10.0.1.0/24"}"#),
        ]);
        assert_eq!(region.vpcs.len(), 1);
        assert_eq!(region.vpcs[0].identity.name, "<VpcId>");
        assert!(region.vpcs[0].identity.external);
        assert_eq!(region.vpcs[0].subnets.len(), 2);
    }

    #[test]
    fn an_instance_without_a_subnet_stands_in_the_default_vpc() {
        let region = region(&[("Host", "AWS::EC2::Instance", r#"{"AvailabilityZone": "eu-west-1b"}"#)]);
        let subnet = &region.vpcs[0].subnets[0];
        assert_eq!(region.vpcs[0].identity.name, "default VPC");
        assert_eq!((subnet.tier, subnet.zone.clone()), (Tier::Public, Some(Zone::Named("eu-west-1b".into()))));
        assert_eq!(subnet.things.len(), 1);
    }
}
