//! Whom a security group admits.
//!
//! Source: VPC user guide, "Security group rules"; EKS user guide, "View Amazon EKS security group requirements for
//! clusters".

use ipnet::Ipv4Net;

use super::listing;
use crate::architecture::exposure::{is_everyone, tcp_ports};
use crate::architecture::targets::{self, Extent, Target};
use crate::architecture::{Subnet, Vpc};
use crate::diag::Origin;
use crate::hashing::HashMap;
use crate::inventory::{Address, Property, Resource, Value};
use crate::kinds::Lookup;

/// A security group, in whichever way it is meant.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SecurityGroup {
    Made(Address),
    /// The group that EKS makes with a cluster.
    OfCluster(Address),
    /// The group that every VPC has.
    DefaultOf(Address),
    /// A literal id, a parameter, an import; as it is shown.
    Named(String),
}

#[derive(Clone, Debug)]
struct Ingress<'a> {
    /// Both ends inclusive; `None` where they are not known.
    ports: Option<(u16, u16)>,
    from: Source<'a>,
}

#[derive(Clone, Debug)]
enum Source<'a> {
    Block(&'a Property),
    Group(SecurityGroup),
    /// A prefix list, or nothing that is understood.
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    Yes,
    No,
    Unknown(String),
}

/// Who asks to be let in: by their security groups, and from their subnets.
pub struct Caller<'a> {
    pub groups: Vec<SecurityGroup>,
    pub subnets: Vec<&'a Subnet>,
    pub vpc: &'a Vpc,
}

pub struct SecurityGroups<'a> {
    rules: HashMap<SecurityGroup, Vec<Ingress<'a>>>,
    /// Those that the input makes, and so knows all rules of.
    made: HashMap<&'a Address, &'a Resource>,
}

impl<'a> SecurityGroups<'a> {
    pub fn read(lookup: &Lookup<'a>) -> SecurityGroups<'a> {
        let mut groups = SecurityGroups { rules: HashMap::default(), made: HashMap::default() };
        for resource in lookup.inventory.resources.values() {
            match resource.type_name.as_str() {
                "AWS::EC2::SecurityGroup" => groups.add_group(lookup, resource),
                "AWS::EC2::SecurityGroupIngress" => groups.add_rule(lookup, resource),
                _ => {}
            }
        }
        groups
    }

    fn add_group(&mut self, lookup: &Lookup<'a>, resource: &'a Resource) {
        if !resource.existing {
            self.made.insert(&resource.address, resource);
        }
        let written = resource.property("SecurityGroupIngress").map(Property::items).unwrap_or_default();
        let own = SecurityGroup::Made(resource.address.clone());
        let rules = written.iter().map(|rule| ingress(lookup, resource, rule));
        self.rules.entry(own).or_default().extend(rules.flatten());
    }

    fn add_rule(&mut self, lookup: &Lookup<'a>, resource: &'a Resource) {
        let to = ["GroupId", "GroupName"].iter().find_map(|key| resource.property(key));
        for group in to.map(|to| meant(lookup, resource, to)).unwrap_or_default() {
            self.rules.entry(group).or_default().extend(ingress(lookup, resource, &resource.properties));
        }
    }

    /// The groups that properties of `owner` name.
    pub fn named(&self, lookup: &Lookup<'a>, owner: &'a Resource, properties: &[&'a Property]) -> Vec<SecurityGroup> {
        properties.iter().flat_map(|property| meant(lookup, owner, property)).collect()
    }

    /// Whether a caller gets to this TCP port of what has the groups `to`.
    pub fn admits(&self, to: &[SecurityGroup], caller: &Caller, port: u16) -> Admission {
        let mut unknown = None;
        for group in to {
            match self.group_admits(group, caller, port) {
                Admission::Yes => return Admission::Yes,
                Admission::Unknown(why) => unknown = unknown.or(Some(why)),
                Admission::No => {}
            }
        }
        unknown.map_or(Admission::No, Admission::Unknown)
    }

    fn group_admits(&self, to: &SecurityGroup, caller: &Caller, port: u16) -> Admission {
        // EKS's group and a VPC's default one let in what has them.
        if matches!(to, SecurityGroup::OfCluster(_) | SecurityGroup::DefaultOf(_)) && caller.groups.contains(to) {
            return Admission::Yes;
        }
        let mut unknown = match to {
            SecurityGroup::Named(shown) => Some(format!("the rules of security group {shown} are not in the input")),
            SecurityGroup::Made(address) if !self.made.contains_key(address) => {
                Some(format!("the rules of security group {} are not in the input", id(address)))
            }
            SecurityGroup::Made(_) | SecurityGroup::OfCluster(_) | SecurityGroup::DefaultOf(_) => None,
        };
        for rule in self.rules.get(to).into_iter().flatten() {
            if rule.ports.is_some_and(|(first, last)| !(first..=last).contains(&port)) {
                continue;
            }
            let admission = match (admits(&rule.from, caller), rule.ports) {
                (Admission::Yes, None) => Admission::Unknown("the ports of a rule are not known".into()),
                (admission, _) => admission,
            };
            match admission {
                Admission::Yes => return Admission::Yes,
                Admission::Unknown(why) => unknown = unknown.or(Some(why)),
                Admission::No => {}
            }
        }
        unknown.map_or(Admission::No, Admission::Unknown)
    }

    /// Blocks that are known only later, from which groups open a port; each with its place.
    pub fn open_later(&self, groups: &[SecurityGroup], port: u16) -> Option<(String, Origin)> {
        let rules = groups.iter().filter_map(|group| Some((group, self.rules.get(group)?)));
        rules.flat_map(|(group, rules)| rules.iter().map(move |rule| (group, rule))).find_map(|(group, rule)| {
            let opens = rule.ports.is_none_or(|(first, last)| (first..=last).contains(&port));
            match (&rule.from, group) {
                (Source::Block(block), SecurityGroup::Made(address)) if opens => match &block.value {
                    Value::Later(name) => {
                        let name_of_group = self.made.get(address)?.origin.name.clone();
                        Some((listing::later(name), Origin { name: name_of_group, place: block.place }))
                    }
                    _ => None,
                },
                _ => None,
            }
        })
    }
}

/// The groups that a property means, lists taken apart.
fn meant<'a>(lookup: &Lookup<'a>, owner: &Resource, property: &'a Property) -> Vec<SecurityGroup> {
    if let Value::List(items) = &property.value {
        return items.iter().flat_map(|item| meant(lookup, owner, item)).collect();
    }
    if let Value::Reference { to, attribute: Some(attribute) } = &property.value {
        match attribute.as_str() {
            "ClusterSecurityGroupId" => return vec![SecurityGroup::OfCluster(to.clone())],
            "DefaultSecurityGroup" => return vec![SecurityGroup::DefaultOf(to.clone())],
            _ => {}
        }
    }
    let targets = targets::all(lookup, owner, &[property], "AWS::EC2::SecurityGroup", Extent::Many);
    let group = |target: &Target| match target {
        Target::Inside(resource) => SecurityGroup::Made(resource.address.clone()),
        Target::Outside(outside) => SecurityGroup::Named(outside.shown.clone()),
    };
    targets.iter().map(group).collect()
}

/// The sources of a rule by TCP.
fn ingress<'a>(lookup: &Lookup<'a>, owner: &'a Resource, rule: &'a Property) -> Vec<Ingress<'a>> {
    let protocol = rule.field("IpProtocol").and_then(Property::as_text).unwrap_or_default();
    let is_of_another_protocol = matches!(protocol, "udp" | "17" | "icmp" | "1" | "icmpv6" | "58");
    let ports = tcp_ports(rule);
    if is_of_another_protocol {
        return Vec::new();
    }
    let blocks = ["CidrIp", "CidrIpv6"].iter().filter_map(|key| rule.field(key)).map(Source::Block);
    let groups = ["SourceSecurityGroupId", "SourceSecurityGroupName"].iter().filter_map(|key| rule.field(key));
    let groups = groups.flat_map(|group| meant(lookup, owner, group)).map(Source::Group);
    let lists = rule.field("SourcePrefixListId").and_then(Property::shown).map(Source::Other);
    let mut sources: Vec<Source> = blocks.chain(groups).chain(lists).collect();
    if sources.is_empty() {
        sources.push(Source::Other("a rule's source".into()));
    }
    sources.into_iter().map(|from| Ingress { ports, from }).collect()
}

fn admits(from: &Source, caller: &Caller) -> Admission {
    match from {
        Source::Block(block) => block_holds(block, caller),
        Source::Group(group) if caller.groups.contains(group) => Admission::Yes,
        Source::Group(SecurityGroup::Named(shown)) => {
            Admission::Unknown(format!("whether security group {shown} is the caller's is not in the input"))
        }
        Source::Group(_) => {
            let named = caller.groups.iter().find_map(|group| match group {
                SecurityGroup::Named(shown) => Some(shown),
                SecurityGroup::Made(_) | SecurityGroup::OfCluster(_) | SecurityGroup::DefaultOf(_) => None,
            });
            named.map_or(Admission::No, |shown| {
                Admission::Unknown(format!("which security group {shown} is, is not in the input"))
            })
        }
        Source::Other(shown) => Admission::Unknown(format!("what {shown} holds is not in the input")),
    }
}

/// Whether a block of a rule holds every address of the caller's subnets.
fn block_holds(block: &Property, caller: &Caller) -> Admission {
    let is_home = |address: &Address| {
        *address == caller.vpc.identity.address || caller.subnets.iter().all(|one| one.identity.address == *address)
    };
    if block.as_reference().is_some_and(is_home) {
        return Admission::Yes;
    }
    let shown = block.shown().unwrap_or_default();
    if is_everyone(&shown) {
        return Admission::Yes;
    }
    if caller.vpc.cidrs.contains(&shown) {
        return Admission::Yes;
    }
    let Ok(block) = shown.trim().parse::<Ipv4Net>() else {
        let is_ipv6 = shown.contains(':') && !shown.contains('<');
        return if is_ipv6 { Admission::No } else { Admission::Unknown(format!("a rule admits {shown}")) };
    };
    let networks: Option<Vec<Ipv4Net>> = caller.vpc.cidrs.iter().map(|cidr| cidr.trim().parse().ok()).collect();
    if networks.is_some_and(|networks| !networks.is_empty() && networks.iter().all(|network| block.contains(network))) {
        return Admission::Yes;
    }
    let homes: Option<Vec<Ipv4Net>> = caller.subnets.iter().map(|one| one.cidr.as_ref()?.yes()?.parse().ok()).collect();
    match homes {
        Some(homes) if homes.is_empty() => Admission::Unknown("the caller's addresses are not in the input".into()),
        Some(homes) if homes.iter().all(|home| block.contains(home)) => Admission::Yes,
        // A block of a few of the subnet's addresses may be meant for the caller's own.
        Some(homes) if homes.iter().any(|home| home.contains(&block)) => {
            Admission::Unknown(format!("a rule admits {block}, a part of the caller's subnet"))
        }
        Some(_) => Admission::No,
        None => Admission::Unknown("the block of the caller's subnet is not in the input".into()),
    }
}

fn id(address: &Address) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}
