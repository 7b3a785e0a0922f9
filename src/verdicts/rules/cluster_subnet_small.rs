//! Cluster subnets with less room than EKS recommends.

use super::cluster_subnet_full::{LEAST, Rooms, unknown, verdict};
use super::pages;
use crate::architecture::Cluster;
use crate::diag::Severity;
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict};

pub static RULE: Rule = Rule {
    code: "cluster-subnet-small",
    severity: Severity::Warning,
    meaning: "EKS recommends sixteen free addresses in every subnet of a cluster: an update makes new interfaces before \
              it takes the old ones away. AWS reserves five of each block.",
    source: pages::NETWORK,
    remedy: "Give the cluster subnets of /27 or larger.",
    judge,
};

/// Source: EKS user guide, "View Amazon EKS networking requirements": subnet requirements.
const RECOMMENDED: u64 = 16;

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Option<Verdict> {
    let rooms = Rooms::of(facts, cluster);
    let small: Vec<_> = rooms.known.into_iter().filter(|(_, free)| (LEAST..RECOMMENDED).contains(free)).collect();
    if small.is_empty() {
        return rooms.unknown.map(|why| unknown(&RULE, cluster, why));
    }
    Some(verdict(facts, &RULE, &small, RECOMMENDED))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    #[test]
    fn the_smallest_subnet_that_aws_makes_is_small() {
        let with = |block: &str| {
            let subnet = format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "{block}"}}"#);
            let eks = r#"{"Name": "demo", "ResourcesVpcConfig": {"SubnetIds": ["@Small", "@PrivateB"]}}"#;
            said(&RULE, &[("Small", "AWS::EC2::Subnet", &subnet), ("Eks", "AWS::EKS::Cluster", eks)])
        };
        assert_eq!(with("10.0.8.0/28"), ["fails: a subnet of a cluster should have 16 free addresses: Small has 11"]);
        assert!(with("10.0.8.0/27").is_empty());
    }
}
