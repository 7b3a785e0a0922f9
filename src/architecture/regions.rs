//! Which region and account each resource lives in.
//!
//! Most inputs say nothing, or one thing: then all is one region. Only where stacks name different regions or
//! accounts is the run taken apart.

use std::collections::{BTreeMap, BTreeSet};

use super::zones;
use crate::diag::Known;
use crate::hashing::HashMap;
use crate::inventory::{Address, Inventory, Property, Resource, Value};
use crate::kinds::Lookup;

/// The resources of one region, by type, each list in the order of addresses.
pub struct Part<'a> {
    pub name: Known<String>,
    pub account: Option<Known<String>>,
    pub lookup: &'a Lookup<'a>,
    pub resources: Vec<&'a Resource>,
    by_type: HashMap<&'a str, Vec<&'a Resource>>,
}

impl<'a> Part<'a> {
    pub fn of_type(&self, type_name: &str) -> &[&'a Resource] {
        self.by_type.get(type_name).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The stack of an address.
pub fn stack_of(address: &str) -> &str {
    address.rsplit_once('/').map_or(address, |(stack, _)| stack)
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Home {
    region: Option<String>,
    account: Option<String>,
}

/// Cuts the inventory into regions, in the order of their names.
pub fn parts<'a>(lookup: &'a Lookup<'a>) -> Vec<Part<'a>> {
    let mut resources: Vec<&Resource> = lookup.inventory.resources.values().collect();
    resources.sort_by(|a, b| a.address.cmp(&b.address));
    let homes = homes(lookup.inventory, &resources);
    let mut parts: BTreeMap<Home, Vec<&'a Resource>> = BTreeMap::new();
    for resource in resources {
        let home = home_of(&homes, &resource.address).cloned().unwrap_or_default();
        parts.entry(home).or_default().push(resource);
    }
    parts.into_iter().map(|(home, resources)| part(home, resources, lookup)).collect()
}

fn part<'a>(home: Home, resources: Vec<&'a Resource>, lookup: &'a Lookup<'a>) -> Part<'a> {
    let mut by_type: HashMap<&str, Vec<&Resource>> = HashMap::default();
    for resource in &resources {
        by_type.entry(&resource.type_name).or_default().push(resource);
    }
    Part {
        name: home.region.map_or_else(|| Known::Later("AWS::Region".into()), Known::Yes),
        account: home.account.map(Known::Yes),
        lookup,
        resources,
        by_type,
    }
}

/// The home of an address: its stack's, or that of the outermost stack it is nested in.
fn home_of<'h>(homes: &'h HashMap<String, Home>, address: &str) -> Option<&'h Home> {
    homes.get(stack_of(address)).or_else(|| homes.get(address.split('/').next()?))
}

fn homes(inventory: &Inventory, resources: &[&Resource]) -> HashMap<String, Home> {
    let mut homes: HashMap<String, Home> = HashMap::default();
    for resource in resources {
        homes.entry(stack_of(&resource.address).to_string()).or_default();
    }
    for stack in &inventory.stacks {
        let said = |value: &Option<Known<String>>| value.as_ref().and_then(Known::yes).cloned();
        homes.insert(stack.name.clone(), Home { region: said(&stack.region), account: said(&stack.account) });
    }
    infer_from_zones(resources, &mut homes);
    inherit(&mut homes);
    let regions: BTreeSet<String> = homes.values().filter_map(|home| home.region.clone()).collect();
    let accounts: BTreeSet<String> = homes.values().filter_map(|home| home.account.clone()).collect();
    if regions.len() > 1 {
        follow_references(resources, &mut homes);
    }
    for home in homes.values_mut() {
        home.region = home.region.take().or_else(|| regions.first().cloned());
        if accounts.len() == 1 {
            home.account = accounts.first().cloned();
        }
    }
    homes
}

/// A stack that names no region may still name its zones.
fn infer_from_zones(resources: &[&Resource], homes: &mut HashMap<String, Home>) {
    for resource in resources.iter().filter(|resource| resource.type_name == "AWS::EC2::Subnet") {
        let zone = resource.property("AvailabilityZone").and_then(Property::as_text);
        let Some(region) = zone.and_then(zones::region_of) else { continue };
        let home = homes.entry(stack_of(&resource.address).to_string()).or_default();
        if home.region.is_none() {
            home.region = Some(region.to_string());
        }
    }
}

/// A nested stack lives where the outermost stack lives that it is nested in.
fn inherit(homes: &mut HashMap<String, Home>) {
    let outermost: HashMap<String, Home> = homes
        .iter()
        .filter(|(stack, _)| !stack.contains('/'))
        .map(|(stack, home)| (stack.clone(), home.clone()))
        .collect();
    for (stack, home) in homes.iter_mut().filter(|(stack, _)| stack.contains('/')) {
        if let Some(outer) = stack.split('/').next().and_then(|outer| outermost.get(outer)) {
            home.region = home.region.take().or_else(|| outer.region.clone());
            home.account = home.account.take().or_else(|| outer.account.clone());
        }
    }
}

/// A stack without a region lives where the stacks live that it refers to, or that refer to it.
fn follow_references(resources: &[&Resource], homes: &mut HashMap<String, Home>) {
    let mut neighbours: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for resource in resources {
        let here = stack_of(&resource.address);
        references(&resource.properties, &mut |to| {
            let there = stack_of(to);
            if here != there {
                neighbours.entry(here.to_string()).or_default().insert(there.to_string());
                neighbours.entry(there.to_string()).or_default().insert(here.to_string());
            }
        });
    }
    for (stack, others) in neighbours {
        let known = others.iter().find_map(|other| homes.get(other)?.region.clone());
        let home = homes.entry(stack).or_default();
        if home.region.is_none() {
            home.region = known;
        }
    }
}

/// Calls `found` for every reference in a property; as deep as the input nests, which has a limit.
fn references(property: &Property, found: &mut impl FnMut(&Address)) {
    match &property.value {
        Value::Reference { to, .. } => found(to),
        Value::List(items) => items.iter().for_each(|item| references(item, found)),
        Value::Map(map) => map.values().for_each(|item| references(item, found)),
        Value::Null | Value::Text(_) | Value::Mixed(_) | Value::Hidden(_) | Value::Later(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{add, drawn, later, region, sketch};
    use crate::diag::Known;

    const VPC: (&str, &str, &str) = ("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#);

    #[test]
    fn a_region_that_nothing_names_is_known_later() {
        assert_eq!(region(&[VPC]).name, later("AWS::Region"));
    }

    #[test]
    fn a_zone_says_the_region_where_no_stack_does() {
        let subnet = ("S", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "AvailabilityZone": "ap-northeast-2a"}"#);
        assert_eq!(region(&[VPC, subnet]).name, Known::Yes("ap-northeast-2".to_string()));
    }

    #[test]
    fn stacks_that_name_different_regions_are_drawn_apart() {
        let mut inventory = sketch(&[VPC]);
        add(&mut inventory, "other", &[VPC]);
        inventory.stacks[0].region = Some(Known::Yes("us-east-1".into()));
        inventory.stacks[1].region = Some(Known::Yes("eu-west-1".into()));
        let names: Vec<String> = drawn(&inventory).0.regions.iter().map(|region| region.name.to_string()).collect();
        assert_eq!(names, ["eu-west-1", "us-east-1"]);
    }

    #[test]
    fn a_stack_without_a_region_joins_the_only_one() {
        let mut inventory = sketch(&[VPC]);
        add(&mut inventory, "other", &[VPC]);
        inventory.stacks[0].region = Some(Known::Yes("us-east-1".into()));
        let (architecture, _) = drawn(&inventory);
        assert_eq!(architecture.regions.len(), 1);
        assert_eq!(architecture.regions[0].vpcs.len(), 2);
    }

    #[test]
    fn a_nested_stack_is_in_the_region_of_the_one_around_it() {
        let mut inventory = sketch(&[VPC]);
        add(&mut inventory, "far", &[VPC]);
        add(&mut inventory, "lab/Net", &[VPC]);
        inventory.stacks[0].region = Some(Known::Yes("us-east-1".into()));
        inventory.stacks[1].region = Some(Known::Yes("eu-west-1".into()));
        let regions = drawn(&inventory).0.regions;
        let counts: Vec<(String, usize)> =
            regions.iter().map(|region| (region.name.to_string(), region.vpcs.len())).collect();
        assert_eq!(counts, [("eu-west-1".to_string(), 1), ("us-east-1".to_string(), 2)]);
    }

    #[test]
    fn among_several_regions_a_stack_joins_the_one_it_refers_to() {
        let mut inventory = sketch(&[VPC]);
        add(&mut inventory, "far", &[VPC]);
        add(&mut inventory, "near", &[("S", "AWS::EC2::Subnet", r#"{"VpcId": "@lab/Vpc"}"#)]);
        inventory.stacks[0].region = Some(Known::Yes("us-east-1".into()));
        inventory.stacks[1].region = Some(Known::Yes("eu-west-1".into()));
        let (architecture, _) = drawn(&inventory);
        let lab = architecture.regions.iter().find(|region| region.name == Known::Yes("us-east-1".into())).unwrap();
        assert_eq!(lab.vpcs[0].subnets.len(), 1);
    }

    #[test]
    fn what_two_accounts_share_stands_in_both_under_two_addresses() {
        let subnet = ("S", "AWS::EC2::Subnet", r#"{"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/24"}"#);
        let mut inventory = sketch(&[subnet]);
        add(&mut inventory, "other", &[subnet]);
        inventory.stacks[0].account = Some(Known::Yes("111122223333".into()));
        inventory.stacks[1].account = Some(Known::Yes("444455556666".into()));
        let vpcs: Vec<(String, usize)> = drawn(&inventory)
            .0
            .regions
            .iter()
            .flat_map(|region| &region.vpcs)
            .map(|vpc| (vpc.identity.address.to_string(), vpc.subnets.len()))
            .collect();
        assert_eq!(vpcs, [("external/vpc/vpc-1".to_string(), 1), ("external/vpc/vpc-1~2".to_string(), 1)]);
    }
}
