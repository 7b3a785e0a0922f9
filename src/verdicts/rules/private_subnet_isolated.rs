//! Subnets that are called private and are isolated.

use super::pages;
use crate::architecture::{Subnet, Vpc};
use crate::diag::Severity;
use crate::hashing::HashSet;
use crate::inventory::Address;
use crate::verdicts::egress::unsaid;
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "private-subnet-isolated",
    severity: Severity::Note,
    meaning: "Subnets that are named private, or are tagged for internal load balancers, have no default route at all. \
              That is well for databases; nodes there could pull no image.",
    source: pages::SUBNETS,
    remedy: "Before nodes are put there, route the subnets to a NAT gateway or add VPC endpoints.",
    judge,
};

const INTERNAL: &str = "kubernetes.io/role/internal-elb";

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    // Where nodes stand in them, another rule says it.
    let taken: HashSet<&Address> = facts.nodes.iter().flat_map(|nodes| &nodes.group.subnets).collect();
    facts.vpcs().filter_map(|(_, vpc)| of_vpc(facts, vpc, &taken)).collect()
}

fn of_vpc(facts: &Facts<'_>, vpc: &Vpc, taken: &HashSet<&Address>) -> Option<Verdict> {
    let free = vpc.subnets.iter().filter(|subnet| !taken.contains(&subnet.identity.address));
    let private: Vec<&Subnet> = free.filter(|subnet| is_meant_private(facts, subnet)).collect();
    let isolated: Vec<&Subnet> = private.iter().copied().filter(|subnet| facts.egress.is_isolated(subnet)).collect();
    if isolated.is_empty() {
        let open = private.iter().find(|subnet| subnet.tier.is_unknown())?;
        let asked = format!("whether the private subnets of {} are isolated", vpc.identity.name);
        let verdict = Verdict::unknown(&RULE, asked, unsaid(open)).because([open.because.clone()]);
        return Some(verdict.about([&open.identity.address]));
    }
    let names: Vec<&str> = isolated.iter().map(|subnet| subnet.identity.name.as_str()).collect();
    let message = format!(
        "{} {} called private and {} isolated: no default route leads anywhere",
        listing::names(&names),
        listing::verb(&names, "is", "are"),
        listing::verb(&names, "is", "are")
    );
    let verdict = Verdict::fails(&RULE, message).because(isolated.iter().map(|subnet| subnet.because.clone()));
    Some(verdict.about(isolated.iter().map(|subnet| &subnet.identity.address)))
}

fn is_meant_private(facts: &Facts<'_>, subnet: &Subnet) -> bool {
    let identity = &subnet.identity;
    let is_named = |name: &str| name.to_lowercase().contains("private");
    let is_tagged = || facts.resource(&identity.address).is_some_and(|resource| resource.tag(INTERNAL).is_some());
    is_named(&identity.name) || is_named(&identity.origin.name) || is_tagged()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    #[test]
    fn a_subnet_that_is_called_private_should_have_a_way_out() {
        let alone = r#"{"VpcId": "@Vpc"}"#;
        let message = "fails: PrivateC is called private and is isolated: no default route leads anywhere";
        assert_eq!(said(&RULE, &[("PrivateC", "AWS::EC2::Subnet", alone)]), [message]);
        assert!(said(&RULE, &[("Database", "AWS::EC2::Subnet", alone)]).is_empty());
    }
}
