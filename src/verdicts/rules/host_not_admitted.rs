//! Work hosts that the cluster's security groups keep out.

use super::pages;
use crate::architecture::{Cluster, Group, PathKind, Stop, Subnet, Thing, Vpc};
use crate::diag::{Known, Severity};
use crate::hashing::HashSet;
use crate::inventory::Address;
use crate::kinds::{self, Kind};
use crate::verdicts::admission::{Admission, Caller, SecurityGroup};
use crate::verdicts::facts::{Facts, things};
use crate::verdicts::{BrokenPath, Rule, Verdict, listing};

pub static RULE: Rule = Rule {
    code: "host-not-admitted",
    severity: Severity::Error,
    meaning: "With private access, kubectl inside the VPC talks to the cluster's network interfaces. The security groups \
              of these let in what has the cluster's own group, and whom their rules name: on port 443.",
    source: pages::SECURITY_GROUPS,
    remedy: "Admit the host's security group on port 443 to the cluster's (AWS::EC2::SecurityGroupIngress), or give the \
             host the cluster's own group.",
    judge,
};

const HTTPS: u16 = 443;

/// A host on which people use kubectl.
struct Host<'a> {
    name: &'a str,
    address: &'a Address,
    subnets: Vec<&'a Subnet>,
}

fn judge(facts: &Facts<'_>) -> Vec<Verdict> {
    let private = facts.clusters().filter(|(_, cluster)| cluster.endpoint.private == Known::Yes(true));
    private.flat_map(|(_, cluster)| of_cluster(facts, cluster)).collect()
}

fn of_cluster<'a>(facts: &Facts<'a>, cluster: &'a Cluster) -> Vec<Verdict> {
    let Some(vpc) = facts.vpc_of(cluster) else { return Vec::new() };
    hosts(facts, cluster, vpc).iter().filter_map(|host| of_host(facts, cluster, vpc, host)).collect()
}

/// Hosts with kubectl; where the endpoint is private only, also bastions, by which alone people come near it.
fn hosts<'a>(facts: &Facts<'a>, cluster: &'a Cluster, vpc: &'a Vpc) -> Vec<Host<'a>> {
    let tools: HashSet<Stop> = facts.kubectl(cluster).map(|path| path.start).collect();
    let is_private_only = cluster.endpoint.public == Known::Yes(false);
    let has_tool = |address: &Address| tools.contains(&Stop::At(address.clone()));
    let is_host = |kind, address| has_tool(address) || (is_private_only && kind == Kind::Bastion);
    let of_thing = |(subnet, thing): (Option<&'a Subnet>, &'a Thing)| Host {
        name: &thing.identity.name,
        address: &thing.identity.address,
        subnets: subnet.into_iter().collect(),
    };
    let of_group = |group: &'a Group| Host {
        name: &group.identity.name,
        address: &group.identity.address,
        subnets: group.subnets.iter().filter_map(|subnet| facts.subnet(subnet)).collect(),
    };
    let alone = things(vpc).filter(|(_, thing)| is_host(thing.kind, &thing.identity.address)).map(of_thing);
    let grouped = vpc.groups.iter().filter(|group| is_host(group.member, &group.identity.address)).map(of_group);
    alone.chain(grouped).collect()
}

fn of_host<'a>(facts: &Facts<'a>, cluster: &'a Cluster, vpc: &'a Vpc, host: &Host<'a>) -> Option<Verdict> {
    let resource = facts.resource(host.address)?;
    let drawn = kinds::drawn(resource, &facts.lookup)?;
    let mut groups = facts.security.named(&facts.lookup, resource, &drawn.security_groups);
    let asked = format!("whether {} admits {} on port {HTTPS}", cluster.identity.name, host.name);
    let unknown = |why: String| {
        Verdict::unknown(&RULE, asked, why)
            .shown("the host", &resource.origin)
            .about([host.address, &cluster.identity.address])
    };
    if let Some(template) = &drawn.launch_outside {
        return Some(unknown(format!("the launch template of {} is {}", host.name, listing::later(template))));
    }
    if resource.type_name == "AWS::Cloud9::EnvironmentEC2" {
        return Some(unknown(format!("{} has a security group that Cloud9 makes", host.name)));
    }
    if groups.is_empty() {
        groups.push(SecurityGroup::DefaultOf(vpc.identity.address.clone()));
    }
    let mut doors = vec![SecurityGroup::OfCluster(cluster.identity.address.clone())];
    let source = facts.source(cluster)?;
    doors.extend(facts.security.named(&facts.lookup, source.resource, &source.security_groups));
    let caller = Caller { groups, subnets: host.subnets.clone(), vpc };
    match facts.security.admits(&doors, &caller, HTTPS) {
        Admission::Yes => None,
        Admission::Unknown(why) => Some(unknown(why)),
        Admission::No => {
            let message = format!(
                "{} does not admit {} on port {HTTPS}: kubectl there does not reach the API",
                cluster.identity.name, host.name
            );
            let path = BrokenPath {
                kind: PathKind::Kubectl,
                start: Stop::At(host.address.clone()),
                cluster: cluster.identity.address.clone(),
            };
            let verdict = Verdict::fails(&RULE, message)
                .shown("the host", &resource.origin)
                .because([cluster.endpoint.because.clone()])
                .about([host.address, &cluster.identity.address]);
            Some(verdict.breaks([path]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::architecture::sketch::Row;
    use crate::verdicts::testing::{cluster, said};

    fn admitted(more: &[Row]) -> Vec<String> {
        let eks = cluster(r#", "EndpointPrivateAccess": true, "SecurityGroupIds": ["@Plane"]"#);
        let mut rows: Vec<Row> = vec![
            ("Eks", "AWS::EKS::Cluster", &eks),
            ("Plane", "AWS::EC2::SecurityGroup", r#"{"VpcId": "@Vpc"}"#),
            ("HostGroup", "AWS::EC2::SecurityGroup", r#"{"VpcId": "@Vpc"}"#),
            (
                "Host",
                "AWS::EC2::Instance",
                r#"{"SubnetId": "@Public", "SecurityGroupIds": ["@HostGroup"], "UserData": "install kubectl"}"#,
            ),
        ];
        rows.extend(more);
        said(&RULE, &rows)
    }

    fn rule(to: &str, from: &str) -> String {
        format!(r#"{{"GroupId": "{to}", "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, {from}}}"#)
    }

    #[test]
    fn a_cluster_s_groups_admit_no_host_by_themselves() {
        let message = "fails: demo does not admit Host on port 443: kubectl there does not reach the API";
        assert_eq!(admitted(&[]), [message]);
    }

    #[test]
    fn a_rule_of_either_group_admits_by_group_or_by_block() {
        const RULE: &str = "AWS::EC2::SecurityGroupIngress";
        for (to, from) in [
            ("@Plane", r#""SourceSecurityGroupId": "@HostGroup""#),
            ("@Eks.ClusterSecurityGroupId", r#""SourceSecurityGroupId": "@HostGroup.GroupId""#),
            ("@Plane.GroupId", r#""CidrIp": "10.0.0.0/16""#),
            ("@Plane.GroupId", r#""CidrIp": "@Vpc.CidrBlock""#),
        ] {
            assert!(admitted(&[("Rule", RULE, &rule(to, from))]).is_empty(), "{to} {from}");
        }
        let other = rule("@Plane", r#""CidrIp": "10.0.2.0/24""#);
        assert_eq!(admitted(&[("Rule", RULE, &other)]).len(), 1);
    }

    #[test]
    fn a_source_that_a_parameter_says_may_be_the_host() {
        let by_parameter = rule("@Plane", r#""CidrIp": "<From>""#);
        let said = admitted(&[("Rule", "AWS::EC2::SecurityGroupIngress", &by_parameter)]);
        assert_eq!(said, ["unknown: a rule admits <From>"]);
    }
}
