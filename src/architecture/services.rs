//! What stands beside the VPCs, and what is not drawn at all.

use std::collections::BTreeMap;

use super::regions::Part;
use super::{Thing, names};
use crate::hashing::HashSet;
use crate::inventory::{Address, Property, Resource};
use crate::kinds::{Kind, Lookup, WithoutSubnets, drawn, regional};

/// Services of the region, and those that would be in a VPC if they named subnets.
pub fn services<'a>(part: &Part<'a>, placed: &HashSet<Address>) -> Vec<Thing> {
    part.resources
        .iter()
        .copied()
        .filter(|resource| !placed.contains(&resource.address))
        .filter_map(|resource| Some(thing(resource, kind(resource, part.lookup)?)))
        .collect()
}

/// The nested stacks of a template that makes nothing else of a network: what it makes is in them.
pub fn nested_stacks(part: &Part) -> Vec<Thing> {
    let stacks = NESTED_STACKS.iter().flat_map(|type_name| part.of_type(type_name));
    stacks.filter(|stack| !is_read(part, stack)).map(|stack| nested_stack(stack)).collect()
}

const NESTED_STACKS: [&str; 2] = ["AWS::CloudFormation::Stack", "AWS::Serverless::Application"];

/// Whether what a nested stack makes is in the input: then its stack is called after the resource's address.
fn is_read(part: &Part, resource: &Resource) -> bool {
    let is_nested = NESTED_STACKS.contains(&resource.type_name.as_str());
    is_nested && part.lookup.inventory.stacks.iter().any(|stack| *stack.name == *resource.address)
}

/// A nested stack, with its template's file name as its fact.
fn nested_stack(stack: &Resource) -> Thing {
    let location = stack.property("TemplateURL").or_else(|| stack.property("Location")).and_then(Property::shown);
    let file = location.and_then(|location| location.rsplit('/').next().map(str::to_string));
    let mut thing = thing(stack, Kind::NestedStack);
    thing.facts.extend(file.filter(|file| !file.is_empty()));
    thing
}

fn kind<'a>(resource: &'a Resource, lookup: &Lookup<'a>) -> Option<Kind> {
    regional(&resource.type_name).or_else(|| {
        let drawn = drawn(resource, lookup)?;
        (drawn.without_subnets == WithoutSubnets::Region).then_some(drawn.kind)
    })
}

fn thing(resource: &Resource, kind: Kind) -> Thing {
    let facts = match kind {
        Kind::HostedZone => private_zone(resource).map(str::to_string).into_iter().collect(),
        _ => Vec::new(),
    };
    Thing { identity: names::identity(resource), kind, facts, exposures: Vec::new(), because: None }
}

/// A hosted zone that names VPCs answers only there. Source: Route 53 guide, "Working with private hosted zones".
fn private_zone(resource: &Resource) -> Option<&'static str> {
    let vpcs = resource.property("VPCs").or_else(|| resource.property("Vpc"))?;
    (!vpcs.items().is_empty() || vpcs.as_text().is_some()).then_some("private")
}

/// Types that the picture tells by what it draws: tiers, containment, facts, paths.
const TOLD: [&str; 34] = [
    "AWS::AutoScaling::LaunchConfiguration",
    "AWS::DocDB::DBInstance",
    "AWS::DocDB::DBSubnetGroup",
    "AWS::EC2::CustomerGateway",
    "AWS::EC2::EIP",
    "AWS::EC2::EIPAssociation",
    "AWS::EC2::LaunchTemplate",
    "AWS::EC2::NetworkInterface",
    "AWS::EC2::NetworkInterfaceAttachment",
    "AWS::EC2::Route",
    "AWS::EC2::RouteTable",
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::SubnetCidrBlock",
    "AWS::EC2::SubnetRouteTableAssociation",
    "AWS::EC2::TransitGatewayAttachment",
    "AWS::EC2::TransitGatewayVpcAttachment",
    "AWS::EC2::VPCCidrBlock",
    "AWS::EC2::VPCEndpoint",
    "AWS::EC2::VPCGatewayAttachment",
    "AWS::EC2::VPCPeeringConnection",
    "AWS::EC2::VPNConnection",
    "AWS::EC2::VPNGatewayRoutePropagation",
    "AWS::EKS::Addon",
    "AWS::ElastiCache::SubnetGroup",
    "AWS::ElasticLoadBalancingV2::Listener",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::Neptune::DBInstance",
    "AWS::Neptune::DBSubnetGroup",
    "AWS::RDS::DBSubnetGroup",
    "AWS::Redshift::ClusterSubnetGroup",
    "AWS::EC2::VPC",
    "AWS::EC2::Subnet",
];

/// Counts, by type, what is in the input and not in the picture.
pub fn undrawn(part: &Part, shown: &HashSet<Address>, counts: &mut BTreeMap<String, usize>) {
    for resource in &part.resources {
        let told = TOLD.contains(&resource.type_name.as_str()) || is_member(resource) || is_read(part, resource);
        if !told && !resource.existing && !shown.contains(&resource.address) {
            *counts.entry(resource.type_name.clone()).or_default() += 1;
        }
    }
}

/// A database instance that its cluster's icon stands for.
fn is_member(resource: &Resource) -> bool {
    resource.type_name == "AWS::RDS::DBInstance" && resource.property("DBClusterIdentifier").is_some()
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{drawn, region, sketch};
    use crate::kinds::Kind;

    #[test]
    fn a_bucket_stands_in_the_region() {
        let region = region(&[("Bucket", "AWS::S3::Bucket", r#"{"BucketName": "logs"}"#)]);
        assert_eq!((region.services[0].kind, region.services[0].identity.name.as_str()), (Kind::S3, "logs"));
    }

    #[test]
    fn a_search_domain_without_subnets_stands_in_the_region() {
        let region = region(&[("Search", "AWS::OpenSearchService::Domain", "{}")]);
        assert_eq!(region.services[0].kind, Kind::OpenSearch);
    }

    #[test]
    fn a_template_of_templates_shows_its_nested_stacks() {
        let nested = ("Net", "AWS::CloudFormation::Stack", r#"{"TemplateURL": "https://s3/x/vpc.yaml"}"#);
        let service = region(&[nested]).services.remove(0);
        assert_eq!((service.kind, service.facts), (Kind::NestedStack, vec!["vpc.yaml".to_string()]));
        assert!(region(&[nested, ("Vpc", "AWS::EC2::VPC", "{}")]).services.is_empty());
    }

    #[test]
    fn a_type_that_is_unknown_is_counted_and_no_error() {
        let (architecture, diagnostics) = drawn(&sketch(&[
            ("A", "AWS::IAM::Role", "{}"),
            ("B", "AWS::IAM::Role", "{}"),
            ("C", "Acme::Made::Up", "{}"),
            ("D", "AWS::Lambda::Function", "{}"),
            ("E", "AWS::EC2::RouteTable", "{}"),
        ]));
        let counts: Vec<(&str, usize)> = architecture.undrawn.iter().map(|(t, n)| (t.as_str(), *n)).collect();
        assert_eq!(counts, [("AWS::IAM::Role", 2), ("AWS::Lambda::Function", 1), ("Acme::Made::Up", 1)]);
        assert!(diagnostics.is_empty());
    }
}
