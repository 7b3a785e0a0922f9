//! Nodes in public subnets that get no public addresses.

use crate::architecture::{Because, Subnet, Tier};
use crate::diag::{Known, Severity};
use crate::verdicts::facts::Facts;
use crate::verdicts::nodes::{Nodes, PublicAddresses};
use crate::verdicts::{Page, Rule, Verdict, listing, services};

pub static RULE: Rule = Rule {
    code: "nodes-without-public-addresses",
    severity: Severity::Error,
    meaning: "An internet gateway translates public addresses only: nodes in a public subnet that have none cannot leave \
              the VPC, neither to a public API endpoint nor for images. EKS refuses managed node groups there.",
    source: Page {
        title: "Amazon EKS user guide, Simplify node lifecycle with managed node groups",
        url: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html",
    },
    remedy: "Set MapPublicIpOnLaunch on the subnets, or put the nodes into private subnets behind a NAT gateway.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.nodes.iter().filter(|nodes| nodes.are_instances()).filter_map(|nodes| of_nodes(facts, nodes)).collect()
}

fn of_nodes(facts: &Facts<'_>, nodes: &Nodes<'_>) -> Option<Verdict> {
    let mut without: Vec<(&Subnet, Because)> = Vec::new();
    let mut unknown = None;
    for subnet in nodes.subnets(facts).filter(|subnet| subnet.tier == Tier::Public) {
        match nodes.public_addresses(facts, subnet) {
            PublicAddresses::Given(_) => {}
            PublicAddresses::Withheld(because) => without.push((subnet, because)),
            PublicAddresses::Unknown(why) => unknown = unknown.or(Some(why)),
        }
    }
    let about = [&nodes.group.identity.address];
    if without.is_empty() {
        let asked = format!("whether the nodes of {} get public addresses in public subnets", nodes.name());
        let verdict = Verdict::unknown(&RULE, asked, unknown?);
        return Some(verdict.shown("the nodes", &nodes.group.identity.origin).about(about));
    }
    if stay_inside(facts, nodes, &without) {
        return None;
    }
    let names: Vec<&str> = without.iter().map(|(subnet, _)| subnet.identity.name.as_str()).collect();
    let names = listing::names(&names);
    let message =
        format!("the nodes of {} get no public addresses in {names}, and have no other way out", nodes.name());
    let addresses = without.iter().map(|(subnet, _)| &subnet.identity.address);
    let verdict = Verdict::fails(&RULE, message).about(about.into_iter().chain(addresses));
    let is_public_only = nodes.cluster.is_some_and(|cluster| cluster.endpoint.private == Known::Yes(false));
    let verdict = verdict.breaks(nodes.path_to_api().filter(|_| is_public_only));
    Some(verdict.because(without.into_iter().map(|(_, because)| because)))
}

/// Whether the nodes need no way out: the API comes to them, and so do the services.
fn stay_inside(facts: &Facts<'_>, nodes: &Nodes<'_>, without: &[(&Subnet, Because)]) -> bool {
    let subnets: Vec<&Subnet> = without.iter().map(|(subnet, _)| *subnet).collect();
    let lacking = services::lacking(facts, nodes.vpc, &subnets, &services::needed(facts, nodes));
    let has_private_access = nodes.cluster.is_some_and(|cluster| cluster.endpoint.private == Known::Yes(true));
    has_private_access && lacking.is_ok_and(|lacking| lacking.is_empty())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    fn in_subnet(maps: &str) -> Vec<String> {
        let subnet = format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "10.0.9.0/24"{maps}}}"#);
        let rows = [
            ("Eks", "AWS::EKS::Cluster", &*cluster("")),
            ("Open", "AWS::EC2::Subnet", &subnet),
            (
                "Link",
                "AWS::EC2::SubnetRouteTableAssociation",
                r#"{"SubnetId": "@Open", "RouteTableId": "@PublicTable"}"#,
            ),
            ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@Open"]}"#),
        ];
        said(&RULE, &rows)
    }

    #[test]
    fn a_subnet_gives_no_public_addresses_unless_it_is_told_to() {
        let message = "fails: the nodes of Nodes get no public addresses in Open, and have no other way out";
        assert_eq!(in_subnet(""), [message]);
        assert!(in_subnet(r#", "MapPublicIpOnLaunch": true"#).is_empty());
        assert_eq!(in_subnet(r#", "MapPublicIpOnLaunch": "<Map>""#), ["unknown: MapPublicIpOnLaunch of Open is <Map>"]);
    }
}
