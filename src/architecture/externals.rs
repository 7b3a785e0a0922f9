//! In which VPC the subnets stand that the input only names.
//!
//! A resource's subnets share one VPC, so subnets that are named together belong together; whatever names a VPC
//! beside them (a security group, a subnet that is in the input) decides for all. Union-find over the names:
//! near linear in the number of mentions.

use std::collections::BTreeMap;

use super::clusters::{Source, Sources};
use super::networks::Networks;
use super::placements::{Placement, vpcs_of_groups};
use super::regions::{Part, stack_of};
use super::targets::{self, Extent, Outside, Target};
use crate::hashing::HashMap;
use crate::inventory::{Address, Resource};

/// Subnets that one resource names, and the VPCs that it names with them.
pub struct Claim<'a> {
    pub owner: &'a Resource,
    pub subnets: Vec<Target<'a>>,
    pub vpcs: Vec<Target<'a>>,
    pub cluster: Option<Address>,
}

/// Every claim of the region.
pub fn claims<'a>(part: &Part<'a>, placements: &[Placement<'a>], clusters: &Sources<'a>) -> Vec<Claim<'a>> {
    let of_placement = |placement: &Placement<'a>| Claim {
        owner: placement.resource,
        subnets: placement.subnets.clone(),
        vpcs: placement.vpcs.clone(),
        cluster: placement.cluster.clone(),
    };
    let of_cluster = |source: &Source<'a>| Claim {
        owner: source.resource,
        subnets: source.subnets.clone(),
        vpcs: vpcs_of_groups(part.lookup, source.resource, &source.security_groups),
        cluster: Some(source.resource.address.clone()),
    };
    let mut claims: Vec<Claim> = placements.iter().map(of_placement).collect();
    claims.extend(clusters.made.values().map(of_cluster));
    for (type_name, key) in NAMES_SUBNETS {
        claims.extend(part.of_type(type_name).iter().filter_map(|owner| claim(part, owner, key)));
    }
    claims.sort_by(|a, b| a.owner.address.cmp(&b.owner.address));
    claims
}

/// Types that name subnets and are not drawn in them.
const NAMES_SUBNETS: [(&str, &str); 4] = [
    ("AWS::EC2::VPCEndpoint", "SubnetIds"),
    ("AWS::EC2::SubnetRouteTableAssociation", "SubnetId"),
    ("AWS::EC2::TransitGatewayAttachment", "SubnetIds"),
    ("AWS::EC2::TransitGatewayVpcAttachment", "SubnetIds"),
];

fn claim<'a>(part: &Part<'a>, owner: &'a Resource, key: &str) -> Option<Claim<'a>> {
    let subnets = targets::all(part.lookup, owner, &[owner.property(key)?], "AWS::EC2::Subnet", Extent::Many);
    // An association names no VPC, but its route table does.
    let table = owner.property("RouteTableId").and_then(|table| part.lookup.behind(table)).unwrap_or(owner);
    let vpc = table.property("VpcId").and_then(|vpc| targets::one(part.lookup, table, vpc, "AWS::EC2::VPC"));
    Some(Claim { owner, subnets, vpcs: vpc.into_iter().collect(), cluster: None })
}

/// Adds every subnet that is only named, in its VPC.
pub fn settle(part: &Part, claims: &[Claim], networks: &mut Networks) {
    let mut kin = Kin::default();
    let mut outside: BTreeMap<String, (&Outside, &Resource)> = BTreeMap::new();
    for claim in claims {
        let mut names: Vec<String> = claim.cluster.iter().map(|cluster| format!("cluster {cluster}")).collect();
        for subnet in &claim.subnets {
            let Target::Outside(named) = subnet else { continue };
            outside.entry(named.shown.clone()).or_insert((named, claim.owner));
            names.push(format!("subnet {}", named.shown));
        }
        kin.join(&names);
    }
    let mentioned = mentioned_vpcs(part);
    let homes = homes(claims, &mut kin, networks);
    for (shown, (named, owner)) in outside {
        let vpc = match homes.get(&kin.head(&format!("subnet {shown}"))) {
            Some(Home::OfSibling(vpc)) => vpc.clone(),
            Some(Home::Named(vpc)) => networks.vpc(vpc),
            None => home_by_stack(owner, &mentioned, networks),
        };
        networks.add_external_subnet(named, vpc);
    }
    if networks.vpcs.is_empty() {
        for vpc in mentioned.into_values().flatten() {
            networks.vpc(&Target::Outside(vpc));
        }
    }
}

/// A VPC for a family of names.
#[derive(Clone)]
enum Home<'c, 'a> {
    /// That of a sibling which is in the input: the surest sign.
    OfSibling(Address),
    /// That of a security group.
    Named(&'c Target<'a>),
}

/// The home of each family of names, by its head: of the first claim that knows one.
fn homes<'c, 'a>(claims: &'c [Claim<'a>], kin: &mut Kin, networks: &Networks) -> HashMap<usize, Home<'c, 'a>> {
    let mut homes: HashMap<usize, Home<'c, 'a>> = HashMap::default();
    for claim in claims {
        let named = claim.subnets.iter().find_map(|subnet| match subnet {
            Target::Outside(named) => Some(format!("subnet {}", named.shown)),
            Target::Inside(_) => None,
        });
        let member = claim.cluster.as_ref().map(|cluster| format!("cluster {cluster}")).or(named);
        let Some(head) = member.map(|member| kin.head(&member)) else { continue };
        let sibling = claim.subnets.iter().find_map(|subnet| networks.vpc_of.get(&subnet.address("subnet")));
        match (homes.get(&head), sibling, claim.vpcs.first()) {
            (None | Some(Home::Named(_)), Some(vpc), _) => homes.insert(head, Home::OfSibling(vpc.clone())),
            (None, None, Some(vpc)) => homes.insert(head, Home::Named(vpc)),
            (None, None, None) | (Some(_), _, _) => None,
        };
    }
    homes
}

/// The VPCs that each stack names without making them.
fn mentioned_vpcs(part: &Part) -> BTreeMap<String, Vec<Outside>> {
    let mut mentioned: BTreeMap<String, Vec<Outside>> = BTreeMap::new();
    for resource in &part.resources {
        let vpc = resource.property("VpcId").and_then(|vpc| targets::one(part.lookup, resource, vpc, "AWS::EC2::VPC"));
        if let Some(Target::Outside(vpc)) = vpc {
            let vpcs = mentioned.entry(stack_of(&resource.address).to_string()).or_default();
            if vpcs.iter().all(|known| known.shown != vpc.shown) {
                vpcs.push(vpc);
            }
        }
    }
    mentioned
}

/// The only VPC that the stack names, else one of its own that nothing names.
fn home_by_stack(owner: &Resource, mentioned: &BTreeMap<String, Vec<Outside>>, networks: &mut Networks) -> Address {
    let stack = stack_of(&owner.address);
    match mentioned.get(stack).map(Vec::as_slice) {
        Some([only]) => networks.vpc(&Target::Outside(only.clone())),
        _ => networks.unnamed_vpc(stack, &owner.origin),
    }
}

/// Families of names (Tarjan's union-find, with path halving).
#[derive(Default)]
struct Kin {
    index: HashMap<String, usize>,
    parent: Vec<usize>,
}

impl Kin {
    fn node(&mut self, name: &str) -> usize {
        if let Some(node) = self.index.get(name) {
            return *node;
        }
        let node = self.parent.len();
        self.index.insert(name.to_string(), node);
        self.parent.push(node);
        node
    }

    fn head(&mut self, name: &str) -> usize {
        let mut node = self.node(name);
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }

    fn join(&mut self, names: &[String]) {
        let Some(first) = names.first() else { return };
        let head = self.head(first);
        for name in names {
            let other = self.head(name);
            self.parent[other] = head;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{Row, region};

    const GROUP: Row = ("Sg", "AWS::EC2::SecurityGroup", r#"{"VpcId": "<VpcId>"}"#);

    #[test]
    fn subnets_of_a_parameter_stand_in_the_vpc_of_the_security_group() {
        let region = region(&[
            GROUP,
            ("Unrelated", "AWS::EC2::SecurityGroup", r#"{"VpcId": "vpc-1"}"#),
            (
                "Eks",
                "AWS::EKS::Cluster",
                r#"{"ResourcesVpcConfig": {"SubnetIds": "<Subnets>", "SecurityGroupIds": ["@Sg"]}}"#,
            ),
        ]);
        assert_eq!(region.vpcs.len(), 1);
        assert_eq!(region.vpcs[0].identity.name, "<VpcId>");
        assert_eq!(region.vpcs[0].subnets[0].identity.name, "<Subnets>");
        assert_eq!(region.clusters[0].unknown_subnets.as_deref(), Some("Subnets"));
    }

    #[test]
    fn nodes_stand_in_the_vpc_of_their_cluster() {
        let region = region(&[
            GROUP,
            (
                "Eks",
                "AWS::EKS::Cluster",
                r#"{"ResourcesVpcConfig": {"SubnetIds": ["<A>"], "SecurityGroupIds": ["@Sg"]}}"#,
            ),
            ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["<B>"]}"#),
        ]);
        assert_eq!(region.vpcs.len(), 1);
        assert_eq!(region.vpcs[0].subnets.len(), 2);
    }

    #[test]
    fn the_only_vpc_that_a_stack_names_holds_its_subnets() {
        let region = region(&[GROUP, ("Host", "AWS::EC2::Instance", r#"{"SubnetId": "<Subnet>"}"#)]);
        assert_eq!(region.vpcs[0].identity.name, "<VpcId>");
        assert_eq!(region.vpcs[0].subnets[0].things.len(), 1);
    }

    #[test]
    fn a_vpc_that_only_security_groups_name_is_drawn_where_there_is_no_other() {
        let region = region(&[GROUP]);
        assert_eq!(region.vpcs[0].identity.name, "<VpcId>");
    }

    #[test]
    fn subnets_without_any_vpc_share_one_that_is_not_in_the_input() {
        let region = region(&[
            ("One", "AWS::EC2::Instance", r#"{"SubnetId": "<A>"}"#),
            ("Two", "AWS::EC2::Instance", r#"{"SubnetId": "subnet-1"}"#),
        ]);
        assert_eq!(region.vpcs.len(), 1);
        assert_eq!(region.vpcs[0].identity.name, "VPC (not in the input)");
        assert_eq!(region.vpcs[0].subnets.len(), 2);
    }
}
