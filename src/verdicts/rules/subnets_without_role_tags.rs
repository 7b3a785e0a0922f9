//! Subnets in which a load balancer controller looks for its role tags.

use crate::architecture::{Cluster, Subnet, Tier};
use crate::diag::Severity;
use crate::inventory::Property;
use crate::verdicts::facts::Facts;
use crate::verdicts::{Page, Rule, Verdict};

pub static RULE: Rule = Rule {
    code: "subnets-without-role-tags",
    severity: Severity::Note,
    meaning: "Controllers find the subnets for load balancers by the tags kubernetes.io/role/elb and \
              kubernetes.io/role/internal-elb. Older ones, and EKS Auto Mode, make none without; newer ones then go by \
              the routes.",
    source: Page {
        title: "Amazon EKS user guide, Route TCP and UDP traffic with Network Load Balancers",
        url: "https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html",
    },
    remedy: "Tag public subnets kubernetes.io/role/elb and private ones kubernetes.io/role/internal-elb, each with 1.",
    judge,
};

const ROLES: [(&str, &str); 2] =
    [("kubernetes.io/role/elb", "internet-facing"), ("kubernetes.io/role/internal-elb", "internal")];

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().flat_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Vec<Verdict> {
    let Some(vpc) = facts.vpc_of(cluster) else { return Vec::new() };
    let made: Vec<&Subnet> = vpc.subnets.iter().filter(|subnet| !subnet.identity.external).collect();
    // Subnets that another input makes may have the tags.
    if made.len() < vpc.subnets.len() {
        return Vec::new();
    }
    ROLES.iter().filter_map(|(tag, scheme)| of_role(facts, cluster, &made, tag, scheme)).collect()
}

fn of_role(facts: &Facts<'_>, cluster: &Cluster, made: &[&Subnet], tag: &str, scheme: &str) -> Option<Verdict> {
    let serves = |subnet: &&&Subnet| match subnet.tier {
        Tier::Public => scheme == "internet-facing",
        Tier::Private | Tier::Isolated => scheme == "internal",
        Tier::Unknown(_) => false,
    };
    let meant: Vec<&Subnet> = made.iter().filter(serves).copied().collect();
    let tags = |subnet: &Subnet| facts.resource(&subnet.identity.address).and_then(|one| one.property("Tags"));
    let has_tag =
        |subnet: &&&Subnet| facts.resource(&subnet.identity.address).is_some_and(|one| one.tag(tag).is_some());
    let first = meant.first()?;
    if meant.iter().any(|subnet| has_tag(&subnet)) {
        return None;
    }
    let unsaid = meant.iter().find_map(|subnet| Some((subnet, tags(subnet).filter(|tags| has_unsaid_key(tags))?)));
    let about = meant.iter().map(|subnet| &subnet.identity.address);
    let name = &cluster.identity.name;
    if let Some((subnet, _)) = unsaid {
        let asked = format!("whether {scheme} load balancers of {name} find their subnets");
        let why = format!("the tags of {} are known only at deployment", subnet.identity.name);
        return Some(Verdict::unknown(&RULE, asked, why).shown("the subnet", &subnet.identity.origin).about(about));
    }
    let message = format!("no subnet for {scheme} load balancers of {name} is tagged {tag}");
    Some(Verdict::fails(&RULE, message).shown("one of the subnets", &first.identity.origin).about(about))
}

/// Whether a tag may turn out to be any.
fn has_unsaid_key(tags: &Property) -> bool {
    tags.items().iter().any(|tag| match tag.field("Key") {
        Some(key) => key.shown().is_some_and(|key| key.starts_with('<')),
        None => !tag.is_exact(),
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::architecture::sketch::Row;
    use crate::verdicts::testing::{cluster, said};

    #[test]
    fn one_tagged_subnet_of_a_tier_is_enough() {
        let eks = cluster("");
        let public: Row = (
            "Public",
            "AWS::EC2::Subnet",
            r#"{"VpcId": "@Vpc", "Tags": [{"Key": "kubernetes.io/role/elb", "Value": "1"}]}"#,
        );
        assert_eq!(
            said(&RULE, &[("Eks", "AWS::EKS::Cluster", &eks), public]),
            ["fails: no subnet for internal load balancers of demo is tagged kubernetes.io/role/internal-elb"]
        );
    }
}
