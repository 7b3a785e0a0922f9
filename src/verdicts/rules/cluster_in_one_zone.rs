//! Cluster subnets in a single zone.

use super::pages;
use crate::architecture::{Cluster, Zone};
use crate::diag::Severity;
use crate::hashing::HashSet;
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "cluster-in-one-zone",
    severity: Severity::Error,
    meaning: "EKS makes network interfaces in two zones at least, and refuses a cluster whose subnets are all in one.",
    source: pages::NETWORK,
    remedy: "Give the cluster subnets in two or more Availability Zones.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    // A local cluster on an Outpost has its subnets there.
    facts.clusters().filter(|(_, one)| one.outpost.is_none()).filter_map(|(_, one)| of_cluster(facts, one)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Option<Verdict> {
    let name = &cluster.identity.name;
    let mut zones: HashSet<&Zone> = HashSet::default();
    let mut unsaid = Vec::new();
    for subnet in facts.subnets_of(cluster) {
        match &subnet.zone {
            Some(zone) => drop(zones.insert(zone)),
            None => unsaid.push(subnet.identity.name.as_str()),
        }
    }
    if zones.len() >= 2 {
        return None;
    }
    let about = [&cluster.identity.address].into_iter().chain(&cluster.subnets);
    let unknown = |why: String| {
        let asked = format!("whether the subnets of {name} are in two zones");
        Some(Verdict::unknown(&RULE, asked, why).shown("the cluster", &cluster.identity.origin).about(about.clone()))
    };
    if let Some(later) = &cluster.unknown_subnets {
        return unknown(format!("the subnets of {name} are {}", listing::later(later)));
    }
    if !unsaid.is_empty() {
        let is = listing::verb(&unsaid, "the zone of", "the zones of");
        return unknown(format!(
            "{is} {} {} not in the input",
            listing::names(&unsaid),
            listing::verb(&unsaid, "is", "are")
        ));
    }
    if zones.is_empty() {
        return unknown(format!("the subnets of {name} are not in the input"));
    }
    let message = format!("all subnets of {name} are in one zone");
    let subnets = facts.subnets_of(cluster).map(|subnet| subnet.because.clone());
    let verdict = Verdict::fails(&RULE, message).shown("the cluster", &cluster.identity.origin);
    Some(verdict.because(subnets).about(about))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    #[test]
    fn two_subnets_of_one_zone_are_refused() {
        let one = r#"{"Name": "demo", "ResourcesVpcConfig": {"SubnetIds": ["@Public", "@PrivateA"]}}"#;
        assert_eq!(said(&RULE, &[("Eks", "AWS::EKS::Cluster", one)]), ["fails: all subnets of demo are in one zone"]);
        assert!(said(&RULE, &[("Eks", "AWS::EKS::Cluster", &cluster(""))]).is_empty());
    }

    #[test]
    fn a_list_that_is_a_parameter_may_be_in_any_zone() {
        let later = r#"{"Name": "demo", "ResourcesVpcConfig": {"SubnetIds": "<Subnets>"}}"#;
        assert_eq!(said(&RULE, &[("Eks", "AWS::EKS::Cluster", later)]), ["unknown: the subnets of demo are <Subnets>"]);
    }
}
