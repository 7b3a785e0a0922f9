//! Blocks of the public endpoint that do not hold the addresses with which nodes come.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::pages;
use crate::architecture::exposure::is_everyone;
use crate::architecture::{Cluster, RouteTarget, Subnet, Tier};
use crate::diag::{Known, Severity};
use crate::inventory::{Address, Property};
use crate::verdicts::egress::unsaid;
use crate::verdicts::facts::Facts;
use crate::verdicts::nodes::Nodes;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "public-cidrs-exclude-nodes",
    severity: Severity::Error,
    meaning: "Without private access, nodes reach the public endpoint like anyone else: with the address of their NAT \
              gateway, or with their own. PublicAccessCidrs has to hold these addresses.",
    source: pages::CONFIGURE_ENDPOINT,
    remedy: "Turn private access on, or add the NAT gateways' Elastic IPs to PublicAccessCidrs.",
    judge,
};

/// Whether the endpoint's blocks hold an address.
enum Held {
    Yes,
    No(String),
    Unknown(String),
}

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts
        .clusters()
        .filter(|(_, cluster)| is_restricted(cluster))
        .flat_map(|(_, cluster)| of_cluster(facts, cluster))
        .collect()
}

/// Whether nodes may have to come by a public endpoint that is not open to everyone.
fn is_restricted(cluster: &Cluster) -> bool {
    let access = &cluster.endpoint;
    let is_public = access.private != Known::Yes(true) && access.public != Known::Yes(false);
    is_public && !access.public_cidrs.iter().any(|block| is_everyone(block))
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Vec<Verdict> {
    facts.nodes_of(cluster).filter_map(|nodes| of_nodes(facts, cluster, nodes)).collect()
}

fn of_nodes<'a>(facts: &Facts<'a>, cluster: &'a Cluster, nodes: &Nodes<'a>) -> Option<Verdict> {
    let blocks = &cluster.endpoint.public_cidrs;
    let mut outside = Vec::new();
    let mut unknown = nodes.unknown_subnets();
    for subnet in nodes.subnets(facts) {
        for held in held(facts, subnet, blocks) {
            match held {
                Held::Yes => {}
                Held::No(whose) => outside.push(whose),
                Held::Unknown(why) => unknown = unknown.or(Some(why)),
            }
        }
    }
    outside.sort();
    outside.dedup();
    let about = [&nodes.group.identity.address, &cluster.identity.address];
    let places = || {
        let origin = place_of_blocks(facts, cluster).unwrap_or_else(|| cluster.identity.origin.clone());
        (format!("the public endpoint is open to {}", listing::names(blocks)), origin)
    };
    let asked = format!("whether {} may use the public endpoint of {}", nodes.name(), cluster.identity.name);
    let verdict = if !outside.is_empty() && cluster.endpoint.is_known() {
        let message = format!(
            "the public endpoint of {} does not admit the nodes of {}: they come from {}",
            cluster.identity.name,
            nodes.name(),
            listing::names(&outside)
        );
        Verdict::fails(&RULE, message).breaks(nodes.path_to_api())
    } else if !outside.is_empty() {
        Verdict::unknown(&RULE, asked, cluster.endpoint.because.text.clone())
    } else {
        Verdict::unknown(&RULE, asked, unknown?)
    };
    let (text, origin) = places();
    Some(verdict.shown(text, &origin).about(about))
}

fn place_of_blocks(facts: &Facts<'_>, cluster: &Cluster) -> Option<crate::diag::Origin> {
    let network = facts.source(cluster)?.field("ResourcesVpcConfig")?;
    let blocks = crate::architecture::clusters::either(network, "PublicAccessCidrs")?;
    Some(crate::diag::Origin { name: cluster.identity.origin.name.clone(), place: blocks.place })
}

/// What the nodes of a subnet come with, and whether it is held. Of subnets without a way out another rule says it.
fn held(facts: &Facts<'_>, subnet: &Subnet, blocks: &[String]) -> Vec<Held> {
    let name = &subnet.identity.name;
    match subnet.tier {
        Tier::Isolated => Vec::new(),
        Tier::Public => {
            vec![Held::Unknown(format!("the public addresses of nodes in {name} are given when they start"))]
        }
        Tier::Unknown(_) => vec![Held::Unknown(unsaid(subnet))],
        Tier::Private => subnet.default_routes.iter().map(|route| held_target(facts, &route.target, blocks)).collect(),
    }
}

fn held_target(facts: &Facts<'_>, target: &RouteTarget, blocks: &[String]) -> Held {
    match target {
        RouteTarget::NatGateway(nat) => held_nat(facts, nat, blocks),
        // IPv6 traffic keeps its own address.
        RouteTarget::EgressOnlyGateway(_) => Held::Yes,
        RouteTarget::InternetGateway(hop)
        | RouteTarget::NatInstance(hop)
        | RouteTarget::NetworkInterface(hop)
        | RouteTarget::VpnGateway(hop)
        | RouteTarget::TransitGateway(hop)
        | RouteTarget::Peering(hop)
        | RouteTarget::FirewallEndpoint(hop) => Held::Unknown(format!(
            "with which address traffic leaves by {} is not in the input",
            facts.egress.name_of(hop)
        )),
        RouteTarget::Unresolved(shown) => {
            Held::Unknown(format!("with which address traffic leaves by {shown} is not in the input"))
        }
    }
}

fn held_nat(facts: &Facts<'_>, nat: &Address, blocks: &[String]) -> Held {
    let name = facts.egress.name_of(nat);
    let elastic = facts.resource(nat).and_then(|nat| nat.property("AllocationId")?.as_reference().cloned());
    let Some(elastic) = elastic.and_then(|elastic| facts.resource(&elastic)) else {
        return Held::Unknown(format!("the Elastic IP of {name} is not in the input"));
    };
    // `!Sub "${Eip}/32"`: the block is that very address.
    let logical = elastic.address.rsplit('/').next().unwrap_or(&elastic.address);
    let own = [format!("<{logical}>/32"), format!("<{logical}.PublicIp>/32")];
    if blocks.iter().any(|block| own.contains(block)) {
        return Held::Yes;
    }
    let address: Option<Ipv4Addr> =
        elastic.property("Address").and_then(Property::as_text).and_then(|text| text.parse().ok());
    let Some(address) = address else {
        return Held::Unknown(format!("the Elastic IP of {name}, {logical}, is known only after deployment"));
    };
    let mut unsaid = None;
    for block in blocks {
        match block.trim().parse::<Ipv4Net>() {
            Ok(net) if net.contains(&address) => return Held::Yes,
            Err(_) if block.contains('<') => unsaid = Some(block),
            Ok(_) | Err(_) => {}
        }
    }
    match unsaid {
        Some(block) => Held::Unknown(format!("whether {block} holds {address} is not in the input")),
        None => Held::No(format!("{address} ({name})")),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    const NODES: (&str, &str, &str) =
        ("Nodes", "AWS::EKS::Nodegroup", r#"{"ClusterName": "@Eks", "Subnets": ["@PrivateA", "@PrivateB"]}"#);

    fn with(blocks: &str, elastic: &str) -> Vec<String> {
        let eks = cluster(&format!(r#", "PublicAccessCidrs": [{blocks}]"#));
        said(&RULE, &[("Eks", "AWS::EKS::Cluster", &eks), NODES, ("Eip", "AWS::EC2::EIP", elastic)])
    }

    #[test]
    fn a_known_elastic_ip_is_held_or_not() {
        let elastic = r#"{"Address": "203.0.113.7"}"#;
        assert!(with(r#""203.0.113.0/24""#, elastic).is_empty());
        assert_eq!(
            with(r#""198.51.100.0/24""#, elastic),
            ["fails: the public endpoint of demo does not admit the nodes of Nodes: they come from 203.0.113.7 (Nat)"]
        );
    }

    #[test]
    fn an_elastic_ip_that_the_template_makes_is_not_known_yet() {
        let said = with(r#""198.51.100.0/24""#, "{}");
        assert_eq!(said, ["unknown: the Elastic IP of Nat, Eip, is known only after deployment"]);
    }

    #[test]
    fn a_block_may_be_the_elastic_ip_itself() {
        assert!(with(r#""198.51.100.0/24", "<Eip>/32""#, "{}").is_empty());
    }

    #[test]
    fn everyone_holds_everything() {
        assert!(with(r#""0.0.0.0/0""#, "{}").is_empty());
    }
}
