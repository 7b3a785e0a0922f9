//! Cluster subnets in Local Zones, Wavelength Zones and on Outposts.

use super::pages;
use crate::architecture::{Cluster, Subnet, Zone, ZoneKind};
use crate::diag::Severity;
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "cluster-subnet-outside-zones",
    severity: Severity::Error,
    meaning: "The subnets of a cluster have to be in Availability Zones. Local Zones, Wavelength Zones and Outposts take \
              nodes, but not EKS's own interfaces.",
    source: pages::NETWORK,
    remedy: "Take the subnet from the cluster's; nodes may stay in it.",
    judge,
};

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    // A local cluster on an Outpost has its subnets there.
    facts.clusters().filter(|(_, one)| one.outpost.is_none()).filter_map(|(_, one)| of_cluster(facts, one)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Option<Verdict> {
    let mut outside: Vec<(&Subnet, &str)> = Vec::new();
    let mut unknown = None;
    for subnet in facts.subnets_of(cluster) {
        let Some(zone) = &subnet.zone else { continue };
        let kind = match zone.kind() {
            ZoneKind::Availability => None,
            ZoneKind::Local => Some("a Local Zone"),
            ZoneKind::Wavelength => Some("a Wavelength Zone"),
            ZoneKind::Outpost => Some("an Outpost"),
        };
        outside.extend(kind.map(|kind| (subnet, kind)));
        if let Zone::Later { name, .. } = zone {
            let why = format!("the zone of {} is {}", subnet.identity.name, listing::later(name));
            unknown = unknown.or(Some((subnet, why)));
        }
    }
    if outside.is_empty() {
        let (subnet, why) = unknown?;
        let asked = format!("whether the subnets of {} are in Availability Zones", cluster.identity.name);
        let verdict = Verdict::unknown(&RULE, asked, why).shown("the subnet", &subnet.identity.origin);
        return Some(verdict.about([&subnet.identity.address, &cluster.identity.address]));
    }
    let where_each: Vec<String> =
        outside.iter().map(|(subnet, kind)| format!("{} in {kind}", subnet.identity.name)).collect();
    let message =
        format!("{} takes subnets in Availability Zones only: {}", cluster.identity.name, listing::names(&where_each));
    let mut verdict = Verdict::fails(&RULE, message).about([&cluster.identity.address]);
    for (subnet, kind) in outside {
        verdict = verdict.shown(format!("in {kind}"), &subnet.identity.origin).about([&subnet.identity.address]);
    }
    Some(verdict)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    fn in_zone(zone: &str) -> Vec<String> {
        let subnet = format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "10.0.8.0/24", "AvailabilityZone": "{zone}"}}"#);
        let eks = r#"{"Name": "demo", "ResourcesVpcConfig": {"SubnetIds": ["@Other", "@PrivateB"]}}"#;
        said(&RULE, &[("Other", "AWS::EC2::Subnet", &subnet), ("Eks", "AWS::EKS::Cluster", eks)])
    }

    #[test]
    fn a_local_zone_takes_no_cluster_subnet() {
        let message = "fails: demo takes subnets in Availability Zones only: Other in a Local Zone";
        assert_eq!(in_zone("us-west-2-lax-1a"), [message]);
        assert!(in_zone("us-west-2a").is_empty());
    }
}
