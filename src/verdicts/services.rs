//! What nodes without a way out need VPC endpoints for, and which of these there are.
//!
//! Source: EKS user guide, "Deploy private clusters with limited internet access"; eksctl's
//! pkg/apis/eksctl.io/v1alpha5/endpoint_service.go, for what no such cluster of it is without.

use std::collections::BTreeSet;

use super::egress::WayOut;
use super::facts::Facts;
use super::nodes::Nodes;
use crate::architecture::{Cluster, Endpoint, EndpointKind, Subnet, Vpc};
use crate::inventory::Property;
use crate::kinds::Kind;

/// Of nodes that are instances: to come up, to pull images and to have their roles.
pub const OF_INSTANCES: [&str; 5] = ["ec2", "ecr.api", "ecr.dkr", "s3", "sts"];

/// Of Fargate, which makes the network interfaces itself.
const OF_FARGATE: [&str; 4] = ["ecr.api", "ecr.dkr", "s3", "sts"];

const POD_IDENTITY: &str = "eks-auth";

/// For what runs on nodes as a rule, and is not seen in a template.
pub const BY_USE: [(&str, &str); 2] =
    [("elasticloadbalancing", "the load balancer controller"), ("logs", "agents that send logs")];

/// Nodes of a group in subnets that the input shows to have no way out of their VPC.
pub struct Enclosed<'a, 'f> {
    pub nodes: &'f Nodes<'a>,
    pub subnets: Vec<&'a Subnet>,
}

/// All nodes that stand in subnets without a way out.
pub fn enclosed<'a, 'f>(facts: &'f Facts<'a>) -> Vec<Enclosed<'a, 'f>> {
    let of = |nodes: &'f Nodes<'a>| {
        let subnets: Vec<&Subnet> =
            nodes.subnets(facts).filter(|subnet| matches!(facts.egress.way_out(subnet), WayOut::Nowhere(_))).collect();
        (!subnets.is_empty()).then_some(Enclosed { nodes, subnets })
    };
    facts.nodes.iter().filter_map(of).collect()
}

/// What the nodes of a group cannot be without.
pub fn needed(facts: &Facts, nodes: &Nodes) -> Vec<&'static str> {
    let mut needed: Vec<&str> = match nodes.group.kind {
        Kind::FargateProfile => OF_FARGATE.to_vec(),
        _ => OF_INSTANCES.to_vec(),
    };
    if nodes.cluster.is_some_and(|cluster| has_pod_identity(facts, cluster)) {
        needed.push(POD_IDENTITY);
    }
    needed
}

/// Source: EKS user guide, "Learn how EKS Pod Identity grants pods access to AWS services".
fn has_pod_identity(facts: &Facts, cluster: &Cluster) -> bool {
    cluster.addons.iter().any(|addon| addon == "eks-pod-identity-agent") || facts.has_pod_identities(cluster)
}

/// Of `services`, those for which a subnet has no VPC endpoint; an error is what keeps that from being known.
pub fn lacking<'s>(
    facts: &Facts,
    vpc: &Vpc,
    subnets: &[&Subnet],
    services: &[&'s str],
) -> Result<Vec<&'s str>, String> {
    let served = |service: &str| {
        let mut endpoints = vpc.endpoints.iter().filter(|endpoint| is_for(endpoint, service));
        endpoints.any(|endpoint| subnets.iter().all(|subnet| serves(facts, endpoint, subnet)))
    };
    let missing: Vec<&str> = services.iter().copied().filter(|service| !served(service)).collect();
    if missing.is_empty() {
        return Ok(missing);
    }
    if vpc.identity.external {
        return Err(format!("which VPC endpoints {} has is not in the input", vpc.identity.name));
    }
    if let Some(unsaid) = vpc.endpoints.iter().find(|endpoint| endpoint.service.starts_with('<')) {
        return Err(format!("the service of endpoint {} is {}", unsaid.identity.name, unsaid.service));
    }
    if facts.is_connected(vpc) {
        return Err(format!("networks that {} is connected with may have the endpoints", vpc.identity.name));
    }
    Ok(missing)
}

/// A FIPS endpoint is one for the same service.
fn is_for(endpoint: &Endpoint, service: &str) -> bool {
    endpoint.service.strip_suffix("-fips").unwrap_or(&endpoint.service) == service
}

/// A gateway endpoint serves subnets by their route tables, an interface endpoint a whole VPC.
fn serves(facts: &Facts, endpoint: &Endpoint, subnet: &Subnet) -> bool {
    match endpoint.kind {
        EndpointKind::Interface | EndpointKind::GatewayLoadBalancer => true,
        EndpointKind::Gateway => {
            let resource = facts.resource(&endpoint.identity.address);
            let tables = resource.and_then(|resource| resource.property("RouteTableIds"));
            let tables: Vec<_> = tables.map(Property::items).unwrap_or_default().iter().collect();
            // A table that is named otherwise than by reference may be the subnet's.
            tables
                .iter()
                .any(|table| table.as_reference().is_none_or(|table| Some(table) == subnet.route_table.as_ref()))
        }
    }
}

/// Whether nodes ask this service by its public name.
pub fn is_of_nodes(endpoint: &Endpoint) -> bool {
    let needed: BTreeSet<&str> = OF_INSTANCES.into_iter().chain([POD_IDENTITY]).collect();
    let service = endpoint.service.strip_suffix("-fips").unwrap_or(&endpoint.service);
    endpoint.kind == EndpointKind::Interface && needed.contains(service)
}
