//! Subnets of one VPC that share addresses.

use ipnet::Ipv4Net;

use super::pages;
use crate::architecture::{Subnet, Vpc};
use crate::diag::{Known, Severity};
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "subnets-overlap",
    severity: Severity::Error,
    meaning: "The blocks of a VPC's subnets must not overlap; AWS refuses the second of two that do.",
    source: pages::SUBNET_BLOCKS,
    remedy: "Give each subnet a block of its own.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.vpcs().flat_map(|(_, vpc)| of_vpc(facts, vpc)).collect()
}

fn of_vpc<'a>(facts: &Facts<'a>, vpc: &'a Vpc) -> Vec<Verdict> {
    // One that the input only names may be one that it makes.
    let made = vpc.subnets.iter().filter(|subnet| !subnet.identity.external);
    let mut blocks: Vec<(Ipv4Net, &Subnet)> = made.clone().filter_map(|subnet| Some((net(subnet)?, subnet))).collect();
    blocks.sort_by_key(|(net, _)| (net.network(), net.prefix_len()));
    let mut verdicts = Vec::new();
    let mut widest: Option<(Ipv4Net, &Subnet)> = None;
    for (net, subnet) in blocks {
        match widest {
            Some((wide, other)) if wide.contains(&net) => verdicts.push(overlap(facts, other, subnet)),
            Some(_) | None => widest = Some((net, subnet)),
        }
    }
    // Two that a parameter each says are as many as can overlap.
    let later: Vec<&str> = made
        .filter(|subnet| matches!(&subnet.cidr, Some(Known::Later(name)) if !name.contains(['[', '('])))
        .map(|subnet| subnet.identity.name.as_str())
        .collect();
    if !later.is_empty() && vpc.subnets.len() > 1 {
        let asked = format!("whether the subnets of {} overlap", vpc.identity.name);
        let what = listing::verb(&later, "the block of", "the blocks of");
        let why = format!(
            "{what} {} {} known only at deployment",
            listing::names(&later),
            listing::verb(&later, "is", "are")
        );
        let verdict = Verdict::unknown(&RULE, asked, why).shown("the VPC", &vpc.identity.origin);
        verdicts.push(verdict.about([&vpc.identity.address]));
    }
    verdicts
}

fn net(subnet: &Subnet) -> Option<Ipv4Net> {
    subnet.cidr.as_ref()?.yes()?.trim().parse().ok()
}

fn overlap(facts: &Facts<'_>, one: &Subnet, other: &Subnet) -> Verdict {
    let place = |subnet: &Subnet| {
        facts.place_of(&subnet.identity.address, "CidrBlock").unwrap_or_else(|| subnet.identity.origin.clone())
    };
    let shown = |subnet: &Subnet| subnet.cidr.as_ref().map(Known::to_string).unwrap_or_default();
    let (first, second) = (&one.identity.name, &other.identity.name);
    let message = format!("subnets {first} ({}) and {second} ({}) overlap", shown(one), shown(other));
    Verdict::fails(&RULE, message)
        .shown(format!("the block of {second}"), &place(other))
        .shown(format!("the block of {first}"), &place(one))
        .about([&one.identity.address, &other.identity.address])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    fn with(block: &str) -> Vec<String> {
        let subnet = format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "{block}"}}"#);
        said(&RULE, &[("Other", "AWS::EC2::Subnet", &subnet)])
    }

    #[test]
    fn a_block_within_another_overlaps_it() {
        assert_eq!(with("10.0.1.128/25"), ["fails: subnets PrivateA (10.0.1.0/24) and Other (10.0.1.128/25) overlap"]);
        assert_eq!(with("10.0.2.0/24").len(), 1);
        assert!(with("10.0.3.0/24").is_empty());
    }

    #[test]
    fn a_wide_block_overlaps_each_that_it_holds() {
        assert_eq!(with("10.0.0.0/22").len(), 3);
    }
}
