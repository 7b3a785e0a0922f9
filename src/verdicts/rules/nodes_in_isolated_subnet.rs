//! Nodes in subnets without a default route, where nothing else serves them.

use super::pages;
use crate::architecture::Subnet;
use crate::diag::Severity;
use crate::verdicts::egress::unsaid;
use crate::verdicts::facts::Facts;
use crate::verdicts::nodes::Nodes;
use crate::verdicts::{Rule, Verdict, listing, services};

pub static RULE: Rule = Rule {
    code: "nodes-in-isolated-subnet",
    severity: Severity::Warning,
    meaning: "A subnet is private by a route to a NAT gateway. One without any default route is isolated: its nodes pull \
              no image from the internet, whatever the subnet is called.",
    source: pages::SUBNETS,
    remedy: "Route the subnet to a NAT gateway, move the nodes, or give the VPC the endpoints that nodes need.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.nodes.iter().filter_map(|nodes| of_nodes(facts, nodes)).collect()
}

fn of_nodes(facts: &Facts<'_>, nodes: &Nodes<'_>) -> Option<Verdict> {
    let isolated: Vec<&Subnet> = nodes.subnets(facts).filter(|subnet| facts.egress.is_isolated(subnet)).collect();
    let about = [&nodes.group.identity.address];
    if isolated.is_empty() {
        let open = nodes.subnets(facts).find(|subnet| subnet.tier.is_unknown());
        let why = open.map(unsaid).or_else(|| nodes.unknown_subnets())?;
        let asked = format!("whether the nodes of {} are in isolated subnets", nodes.name());
        let verdict = Verdict::unknown(&RULE, asked, why).shown("the nodes", &nodes.group.identity.origin);
        return Some(verdict.about(about));
    }
    let needed = services::needed(facts, nodes);
    if services::lacking(facts, nodes.vpc, &isolated, &needed).is_ok_and(|lacking| lacking.is_empty()) {
        return None;
    }
    let names: Vec<&str> = isolated.iter().map(|subnet| subnet.identity.name.as_str()).collect();
    let names = listing::names(&names);
    let message = format!("the nodes of {} are in {names}, from which no default route leads anywhere", nodes.name());
    let verdict = Verdict::fails(&RULE, message).because(isolated.iter().map(|subnet| subnet.because.clone()));
    Some(verdict.about(about.into_iter().chain(isolated.iter().map(|subnet| &subnet.identity.address))))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    #[test]
    fn nodes_in_a_subnet_without_a_default_route_are_told() {
        let rows = |subnet: &str| {
            let nodes = format!(r#"{{"ClusterName": "@Eks", "Subnets": ["{subnet}"]}}"#);
            let eks = cluster(r#", "EndpointPrivateAccess": true"#);
            let inner = ("Inner", "AWS::EC2::Subnet", r#"{"VpcId": "@Vpc"}"#);
            said(&RULE, &[("Eks", "AWS::EKS::Cluster", &eks), inner, ("Nodes", "AWS::EKS::Nodegroup", &nodes)])
        };
        let message = "fails: the nodes of Nodes are in Inner, from which no default route leads anywhere";
        assert_eq!(rows("@Inner"), [message]);
        assert!(rows("@PrivateA").is_empty());
    }
}
