//! Interface endpoints whose security groups keep the nodes out.

use super::pages;
use crate::architecture::Endpoint;
use crate::diag::{Known, Severity};
use crate::inventory::Property;
use crate::verdicts::admission::{Admission, Caller, SecurityGroup};
use crate::verdicts::egress::WayOut;
use crate::verdicts::facts::Facts;
use crate::verdicts::nodes::Nodes;
use crate::verdicts::services;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "endpoint-closed-to-nodes",
    severity: Severity::Error,
    meaning: "An interface endpoint is a network interface with security groups, which have to let the nodes in on port \
              443. With private DNS, nodes use it even where a NAT gateway would lead to the service.",
    source: pages::INTERFACE_ENDPOINT,
    remedy: "Admit the nodes' security group, or the VPC's block, on port 443 to the endpoint's security group.",
    judge,
};

const HTTPS: u16 = 443;

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    for (_, vpc) in facts.vpcs() {
        let endpoints: Vec<&Endpoint> = vpc.endpoints.iter().filter(|one| services::is_of_nodes(one)).collect();
        if endpoints.is_empty() {
            continue;
        }
        let nodes: Vec<&Nodes<'_>> = facts.nodes_in(&vpc.identity.address).collect();
        verdicts.extend(endpoints.into_iter().flat_map(|endpoint| of_endpoint(facts, endpoint, &nodes)));
    }
    verdicts
}

/// What fails for some nodes, else what is unknown of some.
fn of_endpoint<'a>(facts: &Facts<'a>, endpoint: &'a Endpoint, all: &[&Nodes<'a>]) -> Option<Verdict> {
    let doors = doors(facts, endpoint)?;
    let mut shut = Vec::new();
    let mut unknown = None;
    for nodes in all.iter().filter(|nodes| use_it(facts, endpoint, nodes)) {
        let groups = match nodes.security_groups(facts) {
            Known::Yes(groups) => groups,
            Known::Later(why) => {
                unknown = unknown.or(Some(format!("the security groups of {} are those of {why}", nodes.name())));
                continue;
            }
        };
        let caller = Caller { groups, subnets: nodes.subnets(facts).collect(), vpc: nodes.vpc };
        match facts.security.admits(&doors, &caller, HTTPS) {
            Admission::Yes => {}
            Admission::No => shut.push(*nodes),
            Admission::Unknown(why) => unknown = unknown.or(Some(why)),
        }
    }
    let name = &endpoint.identity.name;
    let verdict = if shut.is_empty() {
        let asked = format!("whether endpoint {name} for {} admits the nodes on port {HTTPS}", endpoint.service);
        Verdict::unknown(&RULE, asked, unknown?)
    } else {
        let names: Vec<&str> = shut.iter().map(|nodes| nodes.name()).collect();
        let names = listing::names(&names);
        let message =
            format!("endpoint {name} for {} does not admit the nodes of {names} on port {HTTPS}", endpoint.service);
        Verdict::fails(&RULE, message)
    };
    let about = [&endpoint.identity.address].into_iter().chain(shut.iter().map(|nodes| &nodes.group.identity.address));
    Some(verdict.shown("the endpoint", &endpoint.identity.origin).about(about))
}

/// An endpoint without security groups has the VPC's default one. Source: EC2 API reference, CreateVpcEndpoint.
fn doors<'a>(facts: &Facts<'a>, endpoint: &Endpoint) -> Option<Vec<SecurityGroup>> {
    let resource = facts.resource(&endpoint.identity.address)?;
    let named: Vec<&Property> = resource.property("SecurityGroupIds").into_iter().collect();
    let named = facts.security.named(&facts.lookup, resource, &named);
    if !named.is_empty() {
        return Some(named);
    }
    let vpc = resource.property("VpcId")?;
    Some(vec![match vpc.as_reference() {
        Some(address) => SecurityGroup::DefaultOf(address.clone()),
        None => SecurityGroup::Named(format!("the default one of {}", vpc.shown()?)),
    }])
}

/// Nodes use an endpoint whose name they resolve, or that is their only way.
fn use_it<'a>(facts: &Facts<'a>, endpoint: &Endpoint, nodes: &Nodes<'a>) -> bool {
    let is_shut_in = || nodes.subnets(facts).any(|subnet| matches!(facts.egress.way_out(subnet), WayOut::Nowhere(_)));
    endpoint.private_dns == Some(true) || is_shut_in()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    fn with(group: &str, endpoint: &str) -> Vec<String> {
        let endpoint = format!(
            r#"{{"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-west-1.ecr.api", "VpcEndpointType": "Interface",
                "PrivateDnsEnabled": true{endpoint}}}"#
        );
        let rows = [
            ("Eks", "AWS::EKS::Cluster", &*cluster("")),
            ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@PrivateA"]}"#),
            ("Door", "AWS::EC2::SecurityGroup", group),
            ("Ecr", "AWS::EC2::VPCEndpoint", &endpoint),
        ];
        said(&RULE, &rows)
    }

    const GROUPS: &str = r#", "SecurityGroupIds": ["@Door"]"#;
    const SHUT: &str = "fails: endpoint Ecr for ecr.api does not admit the nodes of Nodes on port 443";

    #[test]
    fn the_default_security_group_admits_no_nodes() {
        assert_eq!(with("{}", ""), [SHUT]);
    }

    #[test]
    fn nodes_are_admitted_by_the_vpc_s_block_or_by_the_cluster_s_group() {
        for from in [r#""CidrIp": "10.0.0.0/16""#, r#""SourceSecurityGroupId": "@Eks.ClusterSecurityGroupId""#] {
            let rule = |port| {
                format!(
                    r#"{{"SecurityGroupIngress": [{{"IpProtocol": "tcp", "FromPort": {port}, "ToPort": {port}, {from}}}]}}"#
                )
            };
            assert!(with(&rule(443), GROUPS).is_empty(), "{from}");
            assert_eq!(with(&rule(80), GROUPS), [SHUT], "{from}");
        }
    }
}
