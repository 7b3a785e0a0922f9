//! Hosts and nodes that let everyone in by SSH.

use crate::architecture::exposure::SSH;
use crate::architecture::{Because, Exposure, Identity, Subnet, Tier, Vpc};
use crate::diag::{Known, Severity};
use crate::kinds::{self, Kind};
use crate::verdicts::facts::{Facts, things};
use crate::verdicts::{Page, Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "ssh-open",
    severity: Severity::Warning,
    meaning: "A security group lets the whole internet in by SSH, and the host stands where the internet comes to it. \
              Such hosts are tried day and night.",
    source: Page {
        title: "Amazon VPC user guide, Security group rules",
        url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
    },
    remedy: "Admit your own address only, or use Session Manager, which needs no open port.",
    judge,
};

/// What has instances with security groups.
struct Host<'a> {
    identity: &'a Identity,
    exposures: &'a [Exposure],
    subnets: Vec<&'a Subnet>,
}

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    facts.vpcs().flat_map(|(_, vpc)| hosts(facts, vpc)).filter_map(|host| of_host(facts, &host)).collect()
}

fn hosts<'a>(facts: &Facts<'a>, vpc: &'a Vpc) -> Vec<Host<'a>> {
    let is_host = |kind| {
        matches!(
            kind,
            Kind::Instance
                | Kind::Bastion
                | Kind::NatInstance
                | Kind::AutoScalingGroup
                | Kind::ManagedNodeGroup
                | Kind::SelfManagedNodeGroup
        )
    };
    let alone = things(vpc).filter(|(_, thing)| is_host(thing.kind)).map(|(subnet, thing)| Host {
        identity: &thing.identity,
        exposures: &thing.exposures,
        subnets: subnet.into_iter().collect(),
    });
    let groups = vpc.groups.iter().filter(|group| is_host(group.kind)).map(|group| Host {
        identity: &group.identity,
        exposures: &group.exposures,
        subnets: group.subnets.iter().filter_map(|subnet| facts.subnet(subnet)).collect(),
    });
    alone.chain(groups).collect()
}

fn of_host<'a>(facts: &Facts<'a>, host: &Host<'a>) -> Option<Verdict> {
    let address = &host.identity.address;
    let name = &host.identity.name;
    let resource = facts.resource(address)?;
    let drawn = kinds::drawn(resource, &facts.lookup)?;
    let is_inside = host.subnets.iter().all(|subnet| matches!(subnet.tier, Tier::Private | Tier::Isolated));
    let refuses_addresses = drawn.public_address == Some(Known::Yes(false)) && !facts.has_elastic_ip(address);
    if (is_inside && !host.subnets.is_empty()) || refuses_addresses {
        return None;
    }
    let is_surely_outside = host.subnets.iter().any(|subnet| subnet.tier == Tier::Public);
    let ssh = host.exposures.iter().find(|exposure| exposure.port == "SSH 22" || exposure.port == "all ports");
    let unknown = |why: String, because: Because| {
        let asked = format!("whether {name} is open to everyone by SSH");
        Some(Verdict::unknown(&RULE, asked, why).because([because]).about([address]))
    };
    let Some(ssh) = ssh else {
        let groups = facts.security.named(&facts.lookup, resource, &drawn.security_groups);
        let (from, place) = facts.security.open_later(&groups, SSH)?;
        let because = Because { text: format!("SSH is open to {from}"), origin: Some(place) };
        return unknown(format!("SSH is open to {from}"), because);
    };
    if !is_surely_outside {
        let names: Vec<&str> = host.subnets.iter().map(|subnet| subnet.identity.name.as_str()).collect();
        let stands = if names.is_empty() { "its subnets".to_string() } else { listing::names(&names) };
        return unknown(format!("whether the internet leads to {stands} is not in the input"), ssh.because.clone());
    }
    let message = format!("{name} is open to {} by SSH", ssh.from);
    Some(Verdict::fails(&RULE, message).because([ssh.because.clone()]).about([address]))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::verdicts::testing::said;

    fn host(subnet: &str, from: &str) -> Vec<String> {
        let group = format!(
            r#"{{"VpcId": "@Vpc",
                "SecurityGroupIngress": [{{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "{from}"}}]}}"#
        );
        let instance = format!(r#"{{"SubnetId": "{subnet}", "SecurityGroupIds": ["@Group"]}}"#);
        said(&RULE, &[("Group", "AWS::EC2::SecurityGroup", &group), ("Host", "AWS::EC2::Instance", &instance)])
    }

    #[test]
    fn a_host_that_the_internet_reaches_should_not_be_open_to_it() {
        assert_eq!(host("@Public", "0.0.0.0/0"), ["fails: Host is open to 0.0.0.0/0 by SSH"]);
        assert!(host("@PrivateA", "0.0.0.0/0").is_empty());
        assert!(host("@Public", "203.0.113.4/32").is_empty());
        assert_eq!(host("@Public", "<From>"), ["unknown: SSH is open to <From>"]);
    }
}
