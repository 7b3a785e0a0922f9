//! Interface endpoints that nodes would have to know by names of their own.

use super::pages;
use crate::architecture::{Endpoint, Vpc};
use crate::diag::{Known, Severity};
use crate::verdicts::facts::Facts;
use crate::verdicts::services::{self, Enclosed};
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "endpoint-without-private-dns",
    severity: Severity::Error,
    meaning: "Nodes ask AWS by its public names. Only with private DNS these resolve to an interface endpoint; without, \
              nodes in subnets without a way out look for public addresses that they do not reach.",
    source: pages::INTERFACE_ENDPOINT,
    remedy: "Set PrivateDnsEnabled of the endpoint to true.",
    judge,
};

const PRIVATE_DNS: &str = "PrivateDnsEnabled";

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let enclosed = services::enclosed(facts);
    let mut judged: Option<&Vpc> = None;
    for Enclosed { nodes, .. } in &enclosed {
        if judged.is_some_and(|vpc| vpc.identity.address == nodes.vpc.identity.address) {
            continue;
        }
        judged = Some(nodes.vpc);
        let endpoints = nodes.vpc.endpoints.iter().filter(|one| services::is_of_nodes(one) && one.service != "s3");
        verdicts.extend(endpoints.filter_map(|endpoint| of_endpoint(facts, endpoint)));
    }
    verdicts
}

fn of_endpoint(facts: &Facts<'_>, endpoint: &Endpoint) -> Option<Verdict> {
    let address = &endpoint.identity.address;
    let name = &endpoint.identity.name;
    let place = facts.place_of(address, PRIVATE_DNS)?;
    let asked = format!("whether nodes find endpoint {name} for {}", endpoint.service);
    let unknown =
        |why: String| Some(Verdict::unknown(&RULE, asked, why).shown("the endpoint", &place).about([address]));
    if facts.resource(address)?.property(PRIVATE_DNS).is_none() {
        return unknown(format!("{PRIVATE_DNS} of {name} is not set, and CloudFormation does not say its default"));
    }
    match facts.flag(address, PRIVATE_DNS, true) {
        Known::Yes(true) => None,
        Known::Later(later) => unknown(format!("{PRIVATE_DNS} of {name} is {}", listing::later(&later))),
        Known::Yes(false) if facts.has_any("AWS::Route53::HostedZone") => {
            unknown(format!("{PRIVATE_DNS} of {name} is off, and a hosted zone of the input may stand for it"))
        }
        Known::Yes(false) => {
            let message = format!("nodes do not find endpoint {name} for {}: its private DNS is off", endpoint.service);
            Some(Verdict::fails(&RULE, message).shown(format!("{PRIVATE_DNS} is off"), &place).about([address]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    fn with(nodes: &str, dns: &str) -> Vec<String> {
        let endpoint = format!(
            r#"{{"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-west-1.sts", "VpcEndpointType": "Interface"{dns}}}"#
        );
        let nodes = format!(r#"{{"ClusterName": "@Eks", "Subnets": ["{nodes}"]}}"#);
        let rows = [
            ("Eks", "AWS::EKS::Cluster", &*cluster("")),
            ("Inner", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#),
            ("Nodes", "AWS::EKS::Nodegroup", &nodes),
            ("Sts", "AWS::EC2::VPCEndpoint", &endpoint),
        ];
        said(&RULE, &rows)
    }

    #[test]
    fn nodes_that_get_out_need_no_private_dns() {
        assert!(with("@PrivateA", r#", "PrivateDnsEnabled": false"#).is_empty());
    }

    #[test]
    fn nodes_that_do_not_get_out_need_it() {
        let message = "fails: nodes do not find endpoint Sts for sts: its private DNS is off";
        assert_eq!(with("@Inner", r#", "PrivateDnsEnabled": false"#), [message]);
        assert!(with("@Inner", r#", "PrivateDnsEnabled": true"#).is_empty());
        assert!(with("@Inner", "")[0].starts_with("unknown: PrivateDnsEnabled of Sts is not set"));
    }
}
