//! The network interfaces that EKS makes in the cluster's subnets for its control plane.
//!
//! With private access they are the cluster's API inside the VPC, to which paths lead: one group over their subnets.
//! Without, the control plane alone uses them, and each is a thing in its subnet.
//!
//! Source: EKS user guide, "View Amazon EKS networking requirements": two to four interfaces, in the subnets
//! that were given to the cluster. A template does not say in which; an account has the interfaces themselves, which EKS
//! describes as `Amazon EKS <cluster>`.

use super::networks::Networks;
use super::regions::Part;
use super::residence::unique;
use super::targets;
use super::{Because, Cluster, Group, Identity, Interface, Thing, names};
use crate::diag::Known;
use crate::hashing::HashMap;
use crate::inventory::{Address, Property};
use crate::kinds::{Kind, cluster_of_interface};

/// EKS needs subnets in at least two zones, and makes an interface in each of two: with two subnets, both.
const SURE_SUBNETS: usize = 2;

/// What an interface is said to be that EKS may put elsewhere.
pub const CANDIDATE: &str = "candidate";

/// Gives each cluster the interfaces that are described as its own. `vpc_of` is the VPC of each subnet.
pub fn find(part: &Part, clusters: &mut [Cluster], vpc_of: &HashMap<Address, Address>) {
    for resource in part.of_type("AWS::EC2::NetworkInterface") {
        let Some(name) = cluster_of_interface(resource) else { continue };
        let Some(cluster) = clusters.iter_mut().find(|cluster| cluster.identity.name == name) else { continue };
        let subnet = resource.property("SubnetId");
        let subnet = subnet.and_then(|id| targets::one(part.lookup, resource, id, "AWS::EC2::Subnet"));
        let Some(subnet) = subnet.map(|one| one.address("subnet")).filter(|one| vpc_of.contains_key(one)) else {
            continue;
        };
        let private_address = resource.property("PrivateIpAddress").and_then(Property::shown);
        cluster.interfaces.push(Interface { identity: names::identity(resource), subnet, private_address });
    }
}

pub fn add(clusters: &[Cluster], networks: &mut Networks) {
    for cluster in clusters {
        match door(cluster) {
            Some(_) => add_group(cluster, networks),
            None => add_things(cluster, networks),
        }
    }
}

/// The address of the interfaces of a cluster with private access, if any of its subnets is known.
pub fn door(cluster: &Cluster) -> Option<Address> {
    let is_door = cluster.endpoint.private == Known::Yes(true) && !cluster.subnets.is_empty();
    is_door.then(|| address(cluster))
}

/// The address of a cluster's interfaces as a group.
pub fn address(cluster: &Cluster) -> Address {
    format!("{}/enis", cluster.identity.address).into()
}

fn add_group(cluster: &Cluster, networks: &mut Networks) {
    let Some(vpc) = cluster.vpc.as_ref().and_then(|vpc| networks.vpcs.get_mut(vpc)) else { return };
    vpc.groups.push(group(cluster));
}

/// A cluster's interfaces as a group over the subnets that EKS may put them into.
pub fn group(cluster: &Cluster) -> Group {
    Group {
        identity: identity(cluster, address(cluster)),
        kind: Kind::ClusterInterface,
        member: Kind::ClusterInterface,
        subnets: if cluster.interfaces.is_empty() { cluster.subnets.clone() } else { taken_subnets(cluster) },
        unknown_subnets: cluster.unknown_subnets.clone().filter(|_| cluster.interfaces.is_empty()),
        count: None,
        instance_types: Vec::new(),
        facts: facts(cluster),
        cluster: Some(cluster.identity.address.clone()),
        exposures: Vec::new(),
        because: Some(because(cluster)),
    }
}

/// The subnets in which EKS has put its interfaces.
fn taken_subnets(cluster: &Cluster) -> Vec<Address> {
    unique(cluster.interfaces.iter().map(|interface| interface.subnet.clone()))
}

fn add_things(cluster: &Cluster, networks: &mut Networks) {
    for interface in &cluster.interfaces {
        let Some(subnet) = networks.subnets.get_mut(&interface.subnet) else { continue };
        subnet.things.push(Thing {
            identity: Identity { name: "EKS-owned ENI".into(), ..interface.identity.clone() },
            kind: Kind::ClusterInterface,
            facts: interface.private_address.iter().cloned().collect(),
            exposures: Vec::new(),
            because: Some(because(cluster)),
        });
    }
    if !cluster.interfaces.is_empty() {
        return;
    }
    for address in &cluster.subnets {
        let Some(subnet) = networks.subnets.get_mut(address) else { continue };
        let logical = address.rsplit('/').next().unwrap_or(address);
        subnet.things.push(Thing {
            identity: identity(cluster, format!("{}/eni/{logical}", cluster.identity.address).into()),
            kind: Kind::ClusterInterface,
            facts: facts(cluster),
            exposures: Vec::new(),
            because: Some(because(cluster)),
        });
    }
}

/// Of no resource of the input, and drawn as such where it is not certain.
fn identity(cluster: &Cluster, address: Address) -> Identity {
    let origin = cluster.identity.origin.clone();
    let mut identity = names::external(address, "EKS-owned ENI".into(), "AWS::EC2::NetworkInterface", origin);
    identity.external = !is_sure(cluster);
    identity
}

fn is_sure(cluster: &Cluster) -> bool {
    !cluster.interfaces.is_empty() || cluster.subnets.len() <= SURE_SUBNETS && cluster.unknown_subnets.is_none()
}

fn facts(cluster: &Cluster) -> Vec<String> {
    if is_sure(cluster) { Vec::new() } else { vec![CANDIDATE.into()] }
}

fn because(cluster: &Cluster) -> Because {
    if !cluster.interfaces.is_empty() {
        return because_of_interfaces(&cluster.interfaces);
    }
    let text = if is_sure(cluster) {
        "EKS puts a network interface into each of the cluster's subnets, through which the control plane and the nodes \
         reach each other"
    } else {
        "EKS puts two to four network interfaces into subnets of the cluster; the input cannot say into which"
    };
    Because { text: text.into(), origin: Some(cluster.identity.origin.clone()) }
}

fn because_of_interfaces(interfaces: &[Interface]) -> Because {
    let shown = |interface: &Interface| match &interface.private_address {
        Some(address) => format!("{} at {address}", interface.identity.origin.name),
        None => interface.identity.origin.name.to_string(),
    };
    let listed: Vec<String> = interfaces.iter().map(shown).collect();
    Because {
        text: format!("EKS has made these network interfaces: {}", listed.join(", ")),
        origin: interfaces.first().map(|interface| interface.identity.origin.clone()),
    }
}

#[cfg(test)]
mod tests {
    use crate::architecture::sketch::{drawn, network_and};
    use crate::kinds::Kind;

    fn facts(subnets: &str) -> Vec<Vec<String>> {
        let properties = format!(r#"{{"ResourcesVpcConfig": {{"SubnetIds": {subnets}}}}}"#);
        let region = drawn(&network_and(&[("Eks", "AWS::EKS::Cluster", &properties)])).0.regions.remove(0);
        let things = region.vpcs[0].subnets.iter().flat_map(|subnet| &subnet.things);
        things.filter(|thing| thing.kind == Kind::ClusterInterface).map(|thing| thing.facts.clone()).collect()
    }

    #[test]
    fn two_cluster_subnets_have_an_interface_each() {
        assert_eq!(facts(r#"["@PrivateA", "@PrivateB"]"#), [Vec::<String>::new(), Vec::new()]);
    }

    #[test]
    fn with_private_access_they_are_one_group_to_which_paths_lead() {
        let properties =
            r#"{"ResourcesVpcConfig": {"SubnetIds": ["@PrivateA", "@PrivateB"], "EndpointPrivateAccess": true}}"#;
        let region = drawn(&network_and(&[("Eks", "AWS::EKS::Cluster", properties)])).0.regions.remove(0);
        let groups = region.vpcs[0].groups.iter();
        let subnets = groups.filter(|group| group.kind == Kind::ClusterInterface).map(|group| group.subnets.len());
        assert_eq!(subnets.collect::<Vec<_>>(), [2]);
    }

    const ENI: &str = r#"{"SubnetId": "@PrivateB", "Description": "Amazon EKS myeks", "PrivateIpAddress": "10.0.2.7"}"#;

    #[test]
    fn the_interfaces_that_eks_has_made_stand_where_they_are_and_no_candidate_does() {
        for (private, things, groups) in [("false", 1, 0), ("true", 0, 1)] {
            let cluster = format!(
                r#"{{"Name": "myeks", "ResourcesVpcConfig": {{"EndpointPrivateAccess": "{private}",
                    "SubnetIds": ["@Public", "@PrivateA", "@PrivateB"]}}}}"#
            );
            let rows = [("Eks", "AWS::EKS::Cluster", &*cluster), ("Eni", "AWS::EC2::NetworkInterface", ENI)];
            let vpc = drawn(&network_and(&rows)).0.regions.remove(0).vpcs.remove(0);
            let all = vpc.subnets.iter().flat_map(|subnet| subnet.things.iter().map(move |thing| (subnet, thing)));
            let made: Vec<_> = all.filter(|(_, thing)| thing.kind == Kind::ClusterInterface).collect();
            let spanning: Vec<_> = vpc.groups.iter().filter(|group| group.kind == Kind::ClusterInterface).collect();
            assert_eq!((made.len(), spanning.len()), (things, groups), "private access {private}");
            for (subnet, thing) in made {
                assert_eq!((&*subnet.identity.address, &*thing.facts[0]), ("lab/PrivateB", "10.0.2.7"));
                assert!(!thing.identity.external);
            }
            for group in spanning {
                assert_eq!(group.subnets, ["lab/PrivateB".into()]);
                assert!(!group.identity.external && group.facts.is_empty());
            }
        }
    }

    #[test]
    fn of_three_cluster_subnets_each_is_a_candidate() {
        assert_eq!(facts(r#"["@Public", "@PrivateA", "@PrivateB"]"#), [["candidate"], ["candidate"], ["candidate"]]);
    }
}
