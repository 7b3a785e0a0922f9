//! Which instances people work on, and which pass other instances' traffic on: told by what they are.

use super::exposure::Exposed;
use super::placements::{self, Placement};
use super::{Because, names};
use crate::diag::Origin;
use crate::inventory::Property;

/// Tools of someone who works on a cluster, as they stand in user data, and how a sentence says so.
const TOOLS: [(&str, &str); 3] =
    [("kubectl", "installs kubectl"), ("eksctl", "installs eksctl"), ("aws eks ", "runs aws eks")];

/// Words in names that say "people come in here".
const BASTION_WORDS: [&str; 6] = ["bastion", "bastions", "jump", "jumpbox", "jumphost", "bastionhost"];

/// What surrounds an instance, as far as it tells what the instance is for.
pub struct Surroundings {
    /// It stands in a public subnet and has, or may have, a public address.
    pub public: bool,
    /// Its VPC has subnets that are not public.
    pub has_inner_subnets: bool,
}

/// The tool by which an instance works on clusters, if it does.
pub fn tool(placement: &Placement) -> Option<&'static str> {
    if placements::node_sign(placement).is_some() {
        return None;
    }
    if placement.resource.type_name == "AWS::Cloud9::EnvironmentEC2" {
        return Some("is a Cloud9 environment");
    }
    let user_data = placement.user_data();
    TOOLS.iter().find(|(tool, _)| user_data.contains(tool)).map(|(_, said)| *said)
}

/// Why people work on the instance, or come in through it; `None` for any other instance.
///
/// A tool in its user data or a telling name is enough. Being called a host, or being the one instance that
/// lets only people in, is enough where SSH is open and the subnet public.
pub fn host(placement: &Placement, exposed: &Exposed, surroundings: &Surroundings) -> Option<Because> {
    let called = |words: &[&str]| {
        names::has_word(&placements::name(placement), words) || names::has_word(&placement.resource.name, words)
    };
    let ssh = exposed.ssh.as_ref().map(|ssh| ssh.text.as_str());
    let mut signs: Vec<String> = Vec::new();
    let mut origin = placement.resource.origin.clone();
    let what = if let Some(tool) = tool(placement) {
        match placement.drawn.user_data {
            Some(user_data) => {
                origin = Origin { name: origin.name, place: user_data.place };
                signs.push(format!("{tool} in its user data"));
            }
            None => signs.push(tool.to_string()),
        }
        "work host"
    } else if called(&BASTION_WORDS) {
        signs.push("by its name".into());
        "bastion"
    } else if ssh.is_some() && surroundings.public && called(&["host"]) {
        signs.push("called a host".into());
        "bastion"
    } else if ssh.is_some() && surroundings.public && surroundings.has_inner_subnets && exposed.only_administration {
        signs.push("in a public subnet before private ones".into());
        "bastion"
    } else {
        return None;
    };
    signs.extend(ssh.map(str::to_string));
    Some(Because { text: format!("{what}: {}", signs.join(", ")), origin: Some(origin) })
}

/// Why the instance is a NAT instance: a default route leads to it, or it is called one and masquerades.
/// Source: VPC user guide, "NAT instances".
pub fn nat_instance(placement: &Placement, route: Option<&Because>) -> Option<Because> {
    if let Some(route) = route {
        return Some(Because { text: format!("NAT instance: {}", route.text), origin: route.origin.clone() });
    }
    let checks = placement.resource.property("SourceDestCheck").and_then(Property::as_bool);
    let reason = if placement.user_data().to_ascii_lowercase().contains("masquerade") {
        "it masquerades in its user data"
    } else if checks == Some(false) {
        "its source/destination check is off"
    } else {
        return None;
    };
    if !names::has_word(&placements::name(placement), &["nat"]) {
        return None;
    }
    Some(Because { text: format!("NAT instance: {reason}"), origin: Some(placement.resource.origin.clone()) })
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{Row, drawn, network_and};
    use crate::architecture::{Region, Thing};
    use crate::kinds::Kind;

    const SSH: &str =
        r#"{"SecurityGroupIngress": [{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"}]}"#;
    const WEB: &str = r#"{"SecurityGroupIngress": [
        {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIp": "0.0.0.0/0"},
        {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"}]}"#;

    fn instance(group: &str, row: Row) -> Thing {
        let mut region: Region =
            drawn(&network_and(&[("Sg", "AWS::EC2::SecurityGroup", group), row])).0.regions.remove(0);
        let subnets = region.vpcs.remove(0).subnets;
        let mut things = subnets.into_iter().flat_map(|subnet| subnet.things);
        things.find(|thing| thing.identity.type_name == "AWS::EC2::Instance").expect("the instance")
    }

    #[test]
    fn a_host_with_kubectl_in_its_user_data_is_a_work_host() {
        let thing = instance(
            SSH,
            (
                "Box",
                "AWS::EC2::Instance",
                r#"{"SubnetId": "@Public", "SecurityGroupIds": ["@Sg"], "UserData": "curl -LO kubectl"}"#,
            ),
        );
        assert_eq!(thing.kind, Kind::Bastion);
        assert_eq!(
            thing.because.map(|because| because.text).as_deref(),
            Some("work host: installs kubectl in its user data, SSH open to 0.0.0.0/0")
        );
    }

    #[test]
    fn a_bastion_is_told_by_its_name_even_without_open_ports() {
        let thing = instance("{}", ("JumpBox", "AWS::EC2::Instance", r#"{"SubnetId": "@PrivateA"}"#));
        assert_eq!(thing.kind, Kind::Bastion);
    }

    #[test]
    fn an_instance_that_lets_only_people_in_before_private_subnets_is_a_bastion() {
        let properties = r#"{"SubnetId": "@Public", "SecurityGroupIds": ["@Sg"]}"#;
        assert_eq!(instance(SSH, ("Box", "AWS::EC2::Instance", properties)).kind, Kind::Bastion);
        assert_eq!(instance(WEB, ("Box", "AWS::EC2::Instance", properties)).kind, Kind::Instance);
    }

    #[test]
    fn an_instance_that_a_default_route_leads_to_is_a_nat_instance() {
        let mut inventory = network_and(&[
            ("Box", "AWS::EC2::Instance", r#"{"SubnetId": "@Public", "SourceDestCheck": false}"#),
            ("Inner", "AWS::EC2::RouteTable", r#"{"VpcId": "@Vpc"}"#),
        ]);
        crate::architecture::sketch::add(
            &mut inventory,
            "lab",
            &[(
                "Out",
                "AWS::EC2::Route",
                r#"{"RouteTableId": "@Inner", "DestinationCidrBlock": "0.0.0.0/0", "InstanceId": "@Box"}"#,
            )],
        );
        let region = drawn(&inventory).0.regions.remove(0);
        let subnets = &region.vpcs[0].subnets;
        let thing =
            subnets.iter().flat_map(|subnet| &subnet.things).find(|t| &*t.identity.address == "lab/Box").unwrap();
        assert_eq!(thing.kind, Kind::NatInstance);
        assert_eq!(thing.because.as_ref().map(|b| b.text.as_str()), Some("NAT instance: 0.0.0.0/0 → Box in Inner"));
    }
}
