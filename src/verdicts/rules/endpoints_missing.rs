//! Nodes without a way out that lack the VPC endpoints they cannot be without.

use std::collections::BTreeMap;

use super::pages;
use crate::architecture::Subnet;
use crate::diag::Severity;
use crate::verdicts::facts::Facts;
use crate::verdicts::services::{self, Enclosed};
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "endpoints-missing",
    severity: Severity::Error,
    meaning: "Nodes in subnets without a way out reach AWS by VPC endpoints only: to come up, to pull images, to get \
              their roles. Without one of them they do not become ready.",
    source: pages::PRIVATE_CLUSTERS,
    remedy: "Add the interface endpoints, and a gateway endpoint for S3 to the subnets' route tables; or give the subnets \
             a route to a NAT gateway.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    let all: Vec<Lacking<'_, '_>> = services::enclosed(facts).into_iter().map(|one| lacking(facts, one)).collect();
    // What is missing is missing for all nodes of a VPC alike, as a rule: it is said once.
    let mut alike: BTreeMap<(&str, Lack), Vec<&Enclosed<'_, '_>>> = BTreeMap::new();
    for (enclosed, lacking) in &all {
        if lacking.as_ref().is_ok_and(Vec::is_empty) {
            continue;
        }
        alike.entry((&enclosed.nodes.vpc.identity.address, lacking.clone())).or_default().push(enclosed);
    }
    alike.into_iter().map(|((_, lacking), enclosed)| verdict(lacking, &enclosed)).collect()
}

/// What is lacking, or why that is not known.
type Lack = Result<Vec<&'static str>, String>;
type Lacking<'a, 'f> = (Enclosed<'a, 'f>, Lack);

fn lacking<'a, 'f>(facts: &Facts<'a>, enclosed: Enclosed<'a, 'f>) -> Lacking<'a, 'f> {
    let needed = services::needed(facts, enclosed.nodes);
    let lacking = services::lacking(facts, enclosed.nodes.vpc, &enclosed.subnets, &needed);
    (enclosed, lacking)
}

fn verdict(lacking: Lack, enclosed: &[&Enclosed<'_, '_>]) -> Verdict {
    let groups: Vec<&str> = enclosed.iter().map(|one| one.nodes.name()).collect();
    let mut subnets: Vec<&Subnet> = enclosed.iter().flat_map(|one| one.subnets.iter().copied()).collect();
    subnets.sort_by_key(|subnet| &subnet.identity.address);
    subnets.dedup_by_key(|subnet| &subnet.identity.address);
    let groups = listing::names(&groups);
    let verdict = match lacking {
        Ok(missing) => {
            let endpoints = listing::verb(&missing, "a VPC endpoint", "VPC endpoints");
            let message = format!(
                "nothing leads out for the nodes of {groups}, and they lack {endpoints} for {}",
                missing.join(", ")
            );
            Verdict::fails(&RULE, message)
        }
        Err(why) => {
            Verdict::unknown(&RULE, format!("whether the nodes of {groups} have the VPC endpoints they need"), why)
        }
    };
    let about = enclosed.iter().map(|one| &one.nodes.group.identity.address);
    let about = about.chain(subnets.iter().map(|subnet| &subnet.identity.address));
    verdict.because(subnets.iter().map(|subnet| subnet.because.clone())).about(about)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::architecture::sketch::Row;
    use crate::verdicts::testing::{cluster, said};

    const INNER: Row = ("Inner", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.3.0/24"}"#);
    const NODES: Row = ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@Inner"]}"#);

    fn with(services: &[&str], more: &[Row]) -> Vec<String> {
        let eks = cluster("");
        let endpoints: Vec<(String, String)> = services
            .iter()
            .map(|service| {
                let text = format!(
                    r#"{{"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-west-1.{service}", "VpcEndpointType": "Interface"}}"#
                );
                (format!("To{}", service.replace('.', "")), text)
            })
            .collect();
        let mut rows: Vec<Row> = vec![("Eks", "AWS::EKS::Cluster", &eks), INNER, NODES];
        rows.extend(endpoints.iter().map(|(id, text)| (id.as_str(), "AWS::EC2::VPCEndpoint", text.as_str())));
        rows.extend(more);
        said(&RULE, &rows)
    }

    #[test]
    fn what_is_missing_is_said_once_and_by_name() {
        assert_eq!(
            with(&["ec2", "ecr.api"], &[]),
            ["fails: nothing leads out for the nodes of Nodes, and they lack VPC endpoints for ecr.dkr, s3, sts"]
        );
        assert!(with(&["ec2", "ecr.api", "ecr.dkr", "s3", "sts"], &[]).is_empty());
    }

    #[test]
    fn pod_identity_needs_an_endpoint_of_its_own() {
        let addon = r#"{"ClusterName": "@Eks", "AddonName": "eks-pod-identity-agent"}"#;
        let said = with(&["ec2", "ecr.api", "ecr.dkr", "s3", "sts"], &[("Agent", "AWS::EKS::Addon", addon)]);
        assert_eq!(
            said,
            ["fails: nothing leads out for the nodes of Nodes, and they lack a VPC endpoint for eks-auth"]
        );
    }

    #[test]
    fn a_gateway_endpoint_serves_the_subnets_of_its_route_tables() {
        let gateway =
            r#"{"VpcId": "@Vpc", "ServiceName": "com.amazonaws.eu-west-1.s3", "RouteTableIds": ["@PublicTable"]}"#;
        let said = with(&["ec2", "ecr.api", "ecr.dkr", "sts"], &[("S3", "AWS::EC2::VPCEndpoint", gateway)]);
        assert_eq!(said, ["fails: nothing leads out for the nodes of Nodes, and they lack a VPC endpoint for s3"]);
    }

    #[test]
    fn a_connected_network_may_have_them() {
        let peering = r#"{"VpcId": "@Vpc", "PeerVpcId": "vpc-hub"}"#;
        let said = with(&[], &[("Peering", "AWS::EC2::VPCPeeringConnection", peering)]);
        assert_eq!(said, ["unknown: networks that Vpc is connected with may have the endpoints"]);
    }
}
