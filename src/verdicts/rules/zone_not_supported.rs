//! Zones in which EKS puts no control plane interfaces.

use super::pages;
use crate::architecture::{Cluster, Region, Subnet, Zone};
use crate::diag::{Known, Severity};
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "zone-not-supported",
    severity: Severity::Error,
    meaning: "Three Availability Zones take no cluster subnets: use1-az3, usw1-az2 and cac1-az3. These are zone ids: which \
              name a zone has differs from account to account, so that names alone are not judged.",
    source: pages::NETWORK,
    remedy: "Give the cluster a subnet in another zone of the region.",
    judge,
};

/// A region, and its zone that EKS does not take. Source: EKS user guide, "View Amazon EKS networking requirements".
const NOT_TAKEN: [(&str, &str); 3] =
    [("us-east-1", "use1-az3"), ("us-west-1", "usw1-az2"), ("ca-central-1", "cac1-az3")];

const ZONE_ID: &str = "AvailabilityZoneId";

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(region, cluster)| of_cluster(facts, region, cluster)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, region: &Region, cluster: &'a Cluster) -> Option<Verdict> {
    let may_have_one = match &region.name {
        Known::Yes(name) => NOT_TAKEN.iter().any(|(region, _)| region == name),
        Known::Later(_) => true,
    };
    let subnets: Vec<&Subnet> = facts.subnets_of(cluster).collect();
    let not_taken = subnets.iter().find_map(|subnet| match &subnet.zone {
        Some(Zone::Named(zone)) => NOT_TAKEN.iter().find(|(_, id)| id == zone).map(|(_, id)| (*subnet, *id)),
        _ => None,
    });
    if let Some((subnet, zone)) = not_taken {
        let message = format!("{} is in {zone}, where EKS takes no subnets of a cluster", subnet.identity.name);
        let place = facts.place_of(&subnet.identity.address, ZONE_ID).unwrap_or_else(|| subnet.identity.origin.clone());
        let verdict = Verdict::fails(&RULE, message).shown("the zone", &place);
        return Some(verdict.about([&subnet.identity.address, &cluster.identity.address]));
    }
    let unsaid = subnets.iter().filter(|_| may_have_one).find_map(|subnet| {
        let zone = facts.resource(&subnet.identity.address)?.property(ZONE_ID).filter(|zone| !zone.is_exact())?;
        Some((*subnet, zone.shown()?))
    });
    let (subnet, zone) = unsaid?;
    let asked = format!("whether EKS takes the zones of {}", cluster.identity.name);
    let why = format!("the zone id of {} is {}", subnet.identity.name, listing::later(&zone));
    let place = facts.place_of(&subnet.identity.address, ZONE_ID).unwrap_or_else(|| subnet.identity.origin.clone());
    let verdict = Verdict::unknown(&RULE, asked, why).shown("the zone", &place);
    Some(verdict.about([&subnet.identity.address, &cluster.identity.address]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    fn in_zone(zone: &str) -> Vec<String> {
        let subnet = format!(r#"{{"VpcId": "@Vpc", "CidrBlock": "10.0.8.0/24", {zone}}}"#);
        let eks = r#"{"Name": "demo", "ResourcesVpcConfig": {"SubnetIds": ["@Other", "@PrivateB"]}}"#;
        said(&RULE, &[("Other", "AWS::EC2::Subnet", &subnet), ("Eks", "AWS::EKS::Cluster", eks)])
    }

    #[test]
    fn zones_are_judged_by_their_ids_only() {
        let message = "fails: Other is in use1-az3, where EKS takes no subnets of a cluster";
        assert_eq!(in_zone(r#""AvailabilityZoneId": "use1-az3""#), [message]);
        assert!(in_zone(r#""AvailabilityZoneId": "use1-az4""#).is_empty());
        assert!(in_zone(r#""AvailabilityZone": "<Zone>""#).is_empty());
    }
}
