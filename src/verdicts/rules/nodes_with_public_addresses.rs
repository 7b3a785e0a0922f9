//! Nodes that the internet can address.

use crate::architecture::{Because, Subnet, Tier};
use crate::diag::Severity;
use crate::verdicts::egress::unsaid;
use crate::verdicts::facts::Facts;
use crate::verdicts::nodes::{Nodes, PublicAddresses};
use crate::verdicts::{Page, Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "nodes-with-public-addresses",
    severity: Severity::Warning,
    meaning: "Nodes in public subnets have addresses in the internet: one wrong rule of a security group lies between it \
              and them. It saves a NAT gateway, which is why labs do it.",
    source: Page {
        title: "Amazon EKS best practices guide, VPC and Subnet Considerations",
        url: "https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html",
    },
    remedy: "Put the nodes into private subnets behind a NAT gateway (eksctl: `privateNetworking: true`).",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.nodes.iter().filter(|nodes| nodes.are_instances()).filter_map(|nodes| of_nodes(facts, nodes)).collect()
}

fn of_nodes(facts: &Facts<'_>, nodes: &Nodes<'_>) -> Option<Verdict> {
    let mut open: Vec<(&Subnet, Because)> = Vec::new();
    let mut unknown = nodes.unknown_subnets();
    for subnet in nodes.subnets(facts) {
        match (subnet.tier, nodes.public_addresses(facts, subnet)) {
            (Tier::Private | Tier::Isolated, _) | (_, PublicAddresses::Withheld(_)) => {}
            (Tier::Public, PublicAddresses::Given(because)) => open.push((subnet, because)),
            (Tier::Public, PublicAddresses::Unknown(why)) => unknown = unknown.or(Some(why)),
            (Tier::Unknown(_), PublicAddresses::Given(_) | PublicAddresses::Unknown(_)) => {
                unknown = unknown.or(Some(unsaid(subnet)));
            }
        }
    }
    let about = [&nodes.group.identity.address];
    if open.is_empty() {
        let asked = format!("whether the internet can address the nodes of {}", nodes.name());
        let verdict = Verdict::unknown(&RULE, asked, unknown?).shown("the nodes", &nodes.group.identity.origin);
        return Some(verdict.about(about));
    }
    let names: Vec<&str> = open.iter().map(|(subnet, _)| subnet.identity.name.as_str()).collect();
    let are = listing::verb(&names, "a public subnet", "public subnets");
    let message = format!("the nodes of {} have public addresses in {are}, {}", nodes.name(), listing::names(&names));
    let addresses = open.iter().map(|(subnet, _)| &subnet.identity.address);
    let verdict = Verdict::fails(&RULE, message).about(about.into_iter().chain(addresses));
    let verdict = verdict.shown("the nodes", &nodes.group.identity.origin);
    let facts = open.into_iter().take(1).flat_map(|(subnet, because)| [because, subnet.because.clone()]);
    Some(verdict.because(facts))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    fn nodes(subnet: &str) -> Vec<String> {
        let nodes = format!(r#"{{"ClusterName": "@Eks", "Subnets": ["{subnet}"]}}"#);
        said(&RULE, &[("Eks", "AWS::EKS::Cluster", &cluster("")), ("Nodes", "AWS::EKS::Nodegroup", &nodes)])
    }

    #[test]
    fn nodes_in_a_public_subnet_that_gives_addresses_are_told() {
        assert_eq!(nodes("@Public"), ["fails: the nodes of Nodes have public addresses in a public subnet, Public"]);
        assert!(nodes("@PrivateA").is_empty());
    }
}
