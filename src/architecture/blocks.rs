//! Blocks of subnets that do not lie in their VPC.

use ipnet::Ipv4Net;

use super::Vpc;
use super::networks::Networks;
use super::regions::Part;
use crate::diag::{Diagnostic, Origin};
use crate::inventory::Resource;

/// Says which subnets lie outside the blocks of a VPC that the input makes, where all of these are known.
pub fn check(part: &Part, networks: &Networks, diagnostics: &mut Vec<Diagnostic>) {
    for subnet in part.of_type("AWS::EC2::Subnet").iter().filter(|subnet| !subnet.existing) {
        diagnostics.extend(outside(part, networks, subnet));
    }
}

/// Whether a subnet's block lies in one of its VPC's; `None` where these are not all known.
pub fn lies_within(vpc: &Vpc, block: &str) -> Option<bool> {
    let net: Ipv4Net = block.trim().parse().ok()?;
    if vpc.identity.external || vpc.cidrs.is_empty() {
        return None;
    }
    let blocks: Option<Vec<Ipv4Net>> = vpc.cidrs.iter().map(|block| block.trim().parse().ok()).collect();
    Some(blocks?.iter().any(|block| block.contains(&net)))
}

pub fn said_outside(subnet: &str, block: &str, vpc: &Vpc) -> String {
    format!(
        "subnet {subnet} has the block {}, and VPC {} has {}",
        block.trim(),
        vpc.identity.name,
        vpc.cidrs.join(", ")
    )
}

fn outside(part: &Part, networks: &Networks, subnet: &Resource) -> Option<Diagnostic> {
    let block = subnet.property("CidrBlock")?;
    let vpc = networks.vpcs.get(networks.vpc_of.get(&subnet.address)?)?;
    if lies_within(vpc, block.as_text()?)? {
        return None;
    }
    let message = said_outside(&subnet.name, block.as_text()?, vpc);
    let made = part.of_type("AWS::EC2::VPC").iter().find(|made| made.address == vpc.identity.address);
    let of_vpc = made.and_then(|made| Some(Origin::new(&*made.origin.name, made.property("CidrBlock")?.place)));
    let hint = "give the subnet a block within the VPC's, or add one to the VPC (AWS::EC2::VPCCidrBlock)";
    let diagnostic = Diagnostic::warning("subnet-outside-vpc", message)
        .at(Origin::new(&*subnet.origin.name, block.place))
        .hint(hint);
    Some(match of_vpc {
        Some(origin) => diagnostic.related("the VPC's block", origin),
        None => diagnostic,
    })
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{Row, sketch};

    /// The codes said of a VPC of 10.0.0.0/16 with a subnet of this block, and what else there is.
    fn codes(block: &str, others: &[Row]) -> Vec<&'static str> {
        let subnet = format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "{block}"}}"#);
        let mut rows: Vec<Row> =
            vec![("Vpc", "AWS::EC2::VPC", r#"{"CidrBlock": "10.0.0.0/16"}"#), ("Subnet", "AWS::EC2::Subnet", &subnet)];
        rows.extend(others);
        let mut diagnostics = Vec::new();
        crate::architecture::model(&sketch(&rows), &mut diagnostics);
        diagnostics.iter().map(|diagnostic| diagnostic.code).filter(|code| *code == "subnet-outside-vpc").collect()
    }

    #[test]
    fn a_subnet_lies_in_a_block_of_its_vpc_or_is_told() {
        assert!(codes("10.0.1.0/24", &[]).is_empty());
        assert_eq!(codes("10.1.1.0/24", &[]), ["subnet-outside-vpc"]);
        assert_eq!(codes("10.0.0.0/8", &[]), ["subnet-outside-vpc"]);
    }

    #[test]
    fn a_second_block_counts_and_one_that_is_not_known_may_be_any() {
        let second = |block| [("Second", "AWS::EC2::VPCCidrBlock", block)];
        assert!(codes("10.1.1.0/24", &second(r#"{"VpcId": "@Vpc", "CidrBlock": "10.1.0.0/16"}"#)).is_empty());
        assert!(codes("10.1.1.0/24", &second(r#"{"VpcId": "@Vpc", "CidrBlock": "<Pods>"}"#)).is_empty());
        assert!(codes("<Block>", &[]).is_empty());
    }
}
