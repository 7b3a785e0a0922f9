//! Cluster subnets without room for EKS's interfaces.

use super::pages;
use crate::architecture::{Cluster, Subnet};
use crate::diag::Severity;
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing, room};

pub static RULE: Rule = Rule {
    code: "cluster-subnet-full",
    severity: Severity::Error,
    meaning: "EKS needs six free addresses in every subnet of a cluster. AWS reserves five of each block.",
    source: pages::NETWORK,
    remedy: "Give the cluster subnets of /27 or larger, or move what fills them.",
    judge,
};

/// Source: EKS user guide, "View Amazon EKS networking requirements": subnet requirements.
pub const LEAST: u64 = 6;

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Option<Verdict> {
    let rooms = Rooms::of(facts, cluster);
    let full: Vec<_> = rooms.known.into_iter().filter(|(_, free)| *free < LEAST).collect();
    if full.is_empty() {
        return rooms.unknown.map(|why| unknown(&RULE, cluster, why));
    }
    Some(verdict(facts, &RULE, &full, LEAST))
}

/// How much room the subnets of a cluster have.
pub struct Rooms<'a> {
    pub known: Vec<(&'a Subnet, u64)>,
    pub unknown: Option<String>,
}

impl<'a> Rooms<'a> {
    pub fn of(facts: &Facts<'a>, cluster: &'a Cluster) -> Rooms<'a> {
        let later = cluster.unknown_subnets.as_deref();
        let unknown =
            later.map(|name| format!("the subnets of {} are {}", cluster.identity.name, listing::later(name)));
        let mut rooms = Rooms { known: Vec::new(), unknown };
        for subnet in facts.subnets_of(cluster) {
            match room::free(facts, subnet) {
                Ok(free) => rooms.known.push((subnet, free)),
                Err(why) => rooms.unknown = rooms.unknown.take().or(Some(why)),
            }
        }
        rooms
    }
}

pub fn unknown(rule: &'static Rule, cluster: &Cluster, why: String) -> Verdict {
    let asked = format!("whether the subnets of {} have room for EKS", cluster.identity.name);
    Verdict::unknown(rule, asked, why).shown("the cluster", &cluster.identity.origin).about([&cluster.identity.address])
}

pub fn verdict(facts: &Facts<'_>, rule: &'static Rule, tight: &[(&Subnet, u64)], wanted: u64) -> Verdict {
    let of_each: Vec<String> =
        tight.iter().map(|(subnet, free)| format!("{} has {free}", subnet.identity.name)).collect();
    let message = format!("a subnet of a cluster should have {wanted} free addresses: {}", listing::names(&of_each));
    let mut verdict = Verdict::fails(rule, message).about(tight.iter().map(|(subnet, _)| &subnet.identity.address));
    for (subnet, free) in tight {
        let place = facts.place_of(&subnet.identity.address, "CidrBlock");
        let place = place.unwrap_or_else(|| subnet.identity.origin.clone());
        verdict = verdict.shown(format!("{free} addresses are free"), &place);
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::architecture::sketch::Row;
    use crate::verdicts::testing::said;

    #[test]
    fn a_small_subnet_fills_up_with_what_stands_in_it() {
        let subnet = r#"{"VpcId": "@Vpc", "CidrBlock": "10.0.8.0/28"}"#;
        let eks = r#"{"Name": "demo", "ResourcesVpcConfig": {"SubnetIds": ["@Small", "@PrivateB"]}}"#;
        let mut rows: Vec<Row> = vec![("Small", "AWS::EC2::Subnet", subnet), ("Eks", "AWS::EKS::Cluster", eks)];
        assert!(said(&RULE, &rows).is_empty());
        let host = r#"{"SubnetId": "@Small"}"#;
        rows.extend(["A", "B", "C", "D", "E", "F"].map(|id| (id, "AWS::EC2::Instance", host)));
        let message = "fails: a subnet of a cluster should have 6 free addresses: Small has 5";
        assert_eq!(said(&RULE, &rows), [message]);
    }
}
