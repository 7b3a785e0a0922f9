//! Nodes whose subnets have no route to the public endpoint.

use super::pages;
use crate::architecture::{Because, Subnet};
use crate::diag::{Known, Severity};
use crate::verdicts::egress::WayOut;
use crate::verdicts::facts::Facts;
use crate::verdicts::nodes::Nodes;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "nodes-without-route",
    severity: Severity::Error,
    meaning: "With public access only, nodes leave the VPC to reach the API server: by an internet gateway, or by a NAT \
              gateway. Nodes without such a route never join the cluster.",
    source: pages::CLUSTER_ENDPOINT,
    remedy: "Turn private access on, or give the subnets' route table a default route to a NAT gateway.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.nodes.iter().filter_map(|nodes| of_nodes(facts, nodes)).collect()
}

fn of_nodes(facts: &Facts<'_>, nodes: &Nodes<'_>) -> Option<Verdict> {
    let cluster = nodes.cluster?;
    let access = &cluster.endpoint;
    if access.private == Known::Yes(true) || access.public == Known::Yes(false) {
        return None;
    }
    let mut shut: Vec<(&Subnet, Because)> = Vec::new();
    let mut unknown = nodes.unknown_subnets();
    for subnet in nodes.subnets(facts) {
        match facts.egress.way_out(subnet) {
            WayOut::Internet => {}
            WayOut::Nowhere(because) => shut.push((subnet, because)),
            WayOut::Unknown(why) => unknown = unknown.or(Some(why)),
        }
    }
    let asked = format!("whether the nodes of {} have a route to the API of {}", nodes.name(), cluster.identity.name);
    let about = [&nodes.group.identity.address];
    if shut.is_empty() {
        return Some(
            Verdict::unknown(&RULE, asked, unknown?).shown("the nodes", &nodes.group.identity.origin).about(about),
        );
    }
    let names: Vec<&str> = shut.iter().map(|(subnet, _)| subnet.identity.name.as_str()).collect();
    let verdict = if access.is_known() {
        let message = format!(
            "the nodes of {} have no route to the API of {}: nothing leads out of {}",
            nodes.name(),
            cluster.identity.name,
            listing::names(&names)
        );
        Verdict::fails(&RULE, message).breaks(nodes.path_to_api())
    } else {
        Verdict::unknown(
            &RULE,
            asked,
            format!("nothing leads out of {}, and {}", listing::names(&names), access.because.text),
        )
    };
    let addresses = shut.iter().map(|(subnet, _)| &subnet.identity.address);
    let verdict = verdict.about(about.into_iter().chain(addresses));
    Some(verdict.because(shut.iter().map(|(_, because)| because.clone())).because([access.because.clone()]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    const INNER: (&str, &str, &str) = (
        "Inner",
        "AWS::EC2::Subnet",
        r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.3.0/24", "AvailabilityZone": "eu-west-1c"}"#,
    );
    const NODES: (&str, &str, &str) =
        ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@Inner"]}"#);

    #[test]
    fn isolated_nodes_reach_a_public_endpoint_by_no_route() {
        let said = said(&RULE, &[INNER, NODES, ("Eks", "AWS::EKS::Cluster", &cluster(""))]);
        assert_eq!(said, ["fails: the nodes of Nodes have no route to the API of demo: nothing leads out of Inner"]);
    }

    #[test]
    fn private_access_needs_no_route_out() {
        let eks = cluster(r#", "EndpointPrivateAccess": true"#);
        assert!(said(&RULE, &[INNER, NODES, ("Eks", "AWS::EKS::Cluster", &eks)]).is_empty());
    }

    #[test]
    fn a_nat_gateway_in_a_subnet_without_a_way_out_leads_nowhere() {
        let rows = [
            ("Eks", "AWS::EKS::Cluster", &*cluster("")),
            INNER,
            NODES,
            ("DeadNat", "AWS::EC2::NatGateway", r#"{"SubnetId": "@Inner"}"#),
            ("Table", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
            (
                "Route",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@Table", "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "@DeadNat"}"#,
            ),
            ("Link", "AWS::EC2::SubnetRouteTableAssociation", r#"{"SubnetId": "@Inner", "RouteTableId": "@Table"}"#),
        ];
        assert_eq!(said(&RULE, &rows).len(), 1);
    }

    #[test]
    fn a_parameter_for_private_access_leaves_it_open() {
        let eks = cluster(r#", "EndpointPrivateAccess": "<Private>""#);
        let said = said(&RULE, &[INNER, NODES, ("Eks", "AWS::EKS::Cluster", &eks)]);
        assert!(said[0].starts_with("unknown: nothing leads out of Inner"), "{said:?}");
    }
}
