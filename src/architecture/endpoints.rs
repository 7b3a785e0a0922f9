//! VPC endpoints.
//!
//! Source: CloudFormation, `AWS::EC2::VPCEndpoint`; AWS PrivateLink guide, "AWS services that integrate".

use super::networks::Networks;
use super::regions::Part;
use super::targets::{self, Extent};
use super::{Endpoint, EndpointKind, names};
use crate::inventory::{Property, Resource};

pub fn add(part: &Part, networks: &mut Networks) {
    for resource in part.of_type("AWS::EC2::VPCEndpoint") {
        let target =
            resource.property("VpcId").and_then(|vpc| targets::one(part.lookup, resource, vpc, "AWS::EC2::VPC"));
        let Some(target) = target else { continue };
        let vpc = networks.vpc(&target);
        let endpoint = endpoint(part, resource, networks);
        if let Some(vpc) = networks.vpcs.get_mut(&vpc) {
            vpc.endpoints.push(endpoint);
        }
    }
}

fn endpoint(part: &Part, resource: &Resource, networks: &Networks) -> Endpoint {
    let subnets: Vec<&Property> = resource.property("SubnetIds").into_iter().collect();
    let mut subnets: Vec<_> = targets::all(part.lookup, resource, &subnets, "AWS::EC2::Subnet", Extent::Many)
        .iter()
        .map(|subnet| subnet.address("subnet"))
        .filter(|subnet| networks.subnets.contains_key(subnet))
        .collect();
    subnets.dedup();
    let service = resource.property("ServiceName").and_then(Property::shown).unwrap_or_default();
    let kind = match resource.property("VpcEndpointType").and_then(Property::as_text) {
        Some("Interface") => EndpointKind::Interface,
        Some("GatewayLoadBalancer") => EndpointKind::GatewayLoadBalancer,
        // Source: CloudFormation: the default is Gateway.
        _ => EndpointKind::Gateway,
    };
    Endpoint {
        identity: names::identity(resource),
        service: short_service(&service).to_string(),
        kind,
        subnets,
        private_dns: resource.property("PrivateDnsEnabled").and_then(Property::as_bool),
    }
}

/// `ecr.api` of `com.amazonaws.us-east-1.ecr.api`: what follows the region.
fn short_service(service: &str) -> &str {
    let Some((_, rest)) = service.split_once("amazonaws.") else { return service };
    // `com.amazonaws.vpce.us-east-1.vpce-svc-0123` is a service of another account.
    let rest = rest.strip_prefix("vpce.").unwrap_or(rest);
    rest.split_once('.').map_or(service, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::sketch::{drawn, network_and};

    #[test]
    fn services_are_shown_without_the_region() {
        assert_eq!(short_service("com.amazonaws.us-east-1.s3"), "s3");
        assert_eq!(short_service("com.amazonaws.<AWS::Region>.ecr.api"), "ecr.api");
        assert_eq!(short_service("cn.com.amazonaws.cn-north-1.ec2"), "ec2");
        assert_eq!(short_service("com.amazonaws.vpce.us-east-1.vpce-svc-0123"), "vpce-svc-0123");
        assert_eq!(short_service("<Service>"), "<Service>");
    }

    #[test]
    fn an_endpoint_without_a_type_is_a_gateway() {
        let inventory = network_and(&[
            ("S3", "AWS::EC2::VPCEndpoint", r#"{"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-west-1.s3"}"#),
            (
                "Ecr",
                "AWS::EC2::VPCEndpoint",
                r#"{"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-west-1.ecr.api", "VpcEndpointType": "Interface",
                    "SubnetIds": ["@PrivateA", "@PrivateB"], "PrivateDnsEnabled": true}"#,
            ),
        ]);
        let region = drawn(&inventory).0.regions.remove(0);
        let endpoints = &region.vpcs[0].endpoints;
        let kinds: Vec<_> = endpoints.iter().map(|one| (one.service.as_str(), one.kind, one.subnets.len())).collect();
        assert_eq!(kinds, [("s3", EndpointKind::Gateway, 0), ("ecr.api", EndpointKind::Interface, 2)]);
    }
}
