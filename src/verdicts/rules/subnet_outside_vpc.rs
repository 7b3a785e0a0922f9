//! Subnets whose block is not in their VPC's.

use super::pages;
use crate::architecture::blocks;
use crate::architecture::{Subnet, Vpc};
use crate::diag::{Known, Severity};
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "subnet-outside-vpc",
    severity: Severity::Error,
    meaning: "A subnet's block is a part of one of its VPC's blocks; AWS refuses any other.",
    source: pages::SUBNET_BLOCKS,
    remedy: "Give the subnet a block within the VPC's, or add one to the VPC (AWS::EC2::VPCCidrBlock).",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.vpcs().flat_map(|(_, vpc)| of_vpc(facts, vpc)).collect()
}

fn of_vpc<'a>(facts: &Facts<'a>, vpc: &'a Vpc) -> Vec<Verdict> {
    let mut unsaid: Vec<&str> = Vec::new();
    let mut verdicts = Vec::new();
    for subnet in vpc.subnets.iter().filter(|subnet| !subnet.identity.external) {
        match &subnet.cidr {
            Some(Known::Yes(block)) if blocks::lies_within(vpc, block) == Some(false) => {
                verdicts.push(outside(facts, vpc, subnet, block));
            }
            // A block that is cut from the VPC's own lies in it.
            Some(Known::Later(name)) if !is_cut(name) && !vpc.identity.external => unsaid.push(&subnet.identity.name),
            Some(Known::Yes(_) | Known::Later(_)) | None => {}
        }
    }
    let is_one_unknown = vpc.cidrs.iter().any(|block| block.starts_with('<') && *block != "<IPAM pool>");
    let has_exact =
        vpc.subnets.iter().any(|subnet| matches!(&subnet.cidr, Some(Known::Yes(block)) if !block.contains('<')));
    let why = if is_one_unknown && has_exact {
        format!("the block of {} is {}", vpc.identity.name, listing::names(&vpc.cidrs))
    } else if unsaid.is_empty() {
        return verdicts;
    } else {
        let what = listing::verb(&unsaid, "the block of", "the blocks of");
        format!("{what} {} {} known only at deployment", listing::names(&unsaid), listing::verb(&unsaid, "is", "are"))
    };
    let asked = format!("whether the subnets of {} lie in its blocks", vpc.identity.name);
    verdicts.push(
        Verdict::unknown(&RULE, asked, why).shown("the VPC", &vpc.identity.origin).about([&vpc.identity.address]),
    );
    verdicts
}

fn outside(facts: &Facts<'_>, vpc: &Vpc, subnet: &Subnet, block: &str) -> Verdict {
    let of = |address| facts.place_of(address, "CidrBlock");
    let place = of(&subnet.identity.address).unwrap_or_else(|| subnet.identity.origin.clone());
    let of_vpc = of(&vpc.identity.address).unwrap_or_else(|| vpc.identity.origin.clone());
    Verdict::fails(&RULE, blocks::said_outside(&subnet.identity.name, block, vpc))
        .shown("the subnet's block", &place)
        .shown("the VPC's block", &of_vpc)
        .about([&subnet.identity.address, &vpc.identity.address])
}

/// Whether a block that is known later is the result of `Fn::Cidr`, as the reader calls it.
fn is_cut(name: &str) -> bool {
    name.contains("Cidr(") || name.contains("Fn::Cidr") || name.contains('[')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    #[test]
    fn a_block_of_another_network_is_refused() {
        let with = |block: &str| {
            let subnet = format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "{block}"}}"#);
            said(&RULE, &[("Other", "AWS::EC2::Subnet", &subnet)])
        };
        assert_eq!(with("10.1.0.0/24"), ["fails: subnet Other has the block 10.1.0.0/24, and VPC Vpc has 10.0.0.0/16"]);
        assert!(with("10.0.9.0/24").is_empty());
        assert_eq!(with("<Block>"), ["unknown: the block of Other is known only at deployment"]);
    }
}
