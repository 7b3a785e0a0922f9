//! Private access in a VPC that does not resolve the endpoint's name.

use super::pages;
use crate::architecture::Cluster;
use crate::diag::{Known, Severity};
use crate::verdicts::facts::Facts;
use crate::verdicts::{Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "private-endpoint-without-dns",
    severity: Severity::Error,
    meaning: "With private access, a hosted zone that EKS makes resolves the endpoint's name to addresses in the VPC. It \
              works only where the VPC has DNS support and DNS hostnames; the latter are off by default.",
    source: pages::CLUSTER_ENDPOINT,
    remedy: "Set EnableDnsSupport and EnableDnsHostnames of the VPC to true.",
    judge,
};

/// The VPC's attributes and their defaults. Source: CloudFormation, `AWS::EC2::VPC`.
const ATTRIBUTES: [(&str, bool); 2] = [("EnableDnsSupport", true), ("EnableDnsHostnames", false)];

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.clusters().filter_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Option<Verdict> {
    if cluster.endpoint.private == Known::Yes(false) || cluster.outpost.is_some() {
        return None;
    }
    let name = &cluster.identity.name;
    let unknown = |why: String| {
        Verdict::unknown(&RULE, format!("whether the name of {name}'s endpoint resolves in its VPC"), why)
            .because([cluster.endpoint.because.clone()])
            .about([&cluster.identity.address])
    };
    let Some(vpc) = facts.vpc_of(cluster) else {
        return Some(unknown(format!("the VPC of {name} is not in the input")));
    };
    let address = &vpc.identity.address;
    if vpc.identity.external {
        let is_on = vpc.dns_support == Some(true) && vpc.dns_hostnames == Some(true);
        return (!is_on).then(|| unknown(format!("the DNS attributes of {} are not in the input", vpc.identity.name)));
    }
    let settings = ATTRIBUTES.map(|(key, default)| (key, facts.flag(address, key, default)));
    let off = settings.iter().find(|(_, setting)| *setting == Known::Yes(false));
    let Some((key, _)) = off else {
        return settings.into_iter().find_map(|(key, setting)| match setting {
            Known::Yes(_) => None,
            Known::Later(later) => {
                Some(unknown(format!("{key} of {} is {}", vpc.identity.name, listing::later(&later))))
            }
        });
    };
    if let Known::Later(_) = cluster.endpoint.private {
        return Some(unknown(format!("{key} of {} is off, and {}", vpc.identity.name, cluster.endpoint.because.text)));
    }
    let place = facts.place_of(address, key).unwrap_or_else(|| vpc.identity.origin.clone());
    let message = format!("the endpoint of {name} does not resolve in {}: {key} is off", vpc.identity.name);
    let verdict = Verdict::fails(&RULE, message)
        .shown(format!("{key} of {} is off", vpc.identity.name), &place)
        .because([cluster.endpoint.because.clone()])
        .about([address, &cluster.identity.address])
        .breaks(facts.nodes_of(cluster).filter_map(|nodes| nodes.path_to_api()));
    Some(verdict.breaks(facts.kubectl(cluster)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::{cluster, said};

    fn in_vpc(vpc: &str) -> Vec<String> {
        let eks = cluster(r#", "EndpointPrivateAccess": true"#);
        said(&RULE, &[("Vpc", "AWS::EC2::VPC", vpc), ("Eks", "AWS::EKS::Cluster", &eks)])
    }

    #[test]
    fn dns_hostnames_are_off_unless_they_are_turned_on() {
        assert_eq!(
            in_vpc(r#"{"CidrBlock": "10.0.0.0/16"}"#),
            ["fails: the endpoint of demo does not resolve in Vpc: EnableDnsHostnames is off"]
        );
        assert!(in_vpc(r#"{"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": true}"#).is_empty());
    }

    #[test]
    fn a_parameter_may_turn_them_on() {
        let said = in_vpc(r#"{"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": "<Names>"}"#);
        assert_eq!(said, ["unknown: EnableDnsHostnames of Vpc is <Names>"]);
    }
}
