//! The network interfaces that EKS makes in the cluster's subnets for its control plane.
//!
//! With private access they are the cluster's API inside the VPC, to which paths lead: one group over their subnets.
//! Without, the control plane alone uses them, and each is a thing in its subnet.
//!
//! Source: EKS user guide, "View Amazon EKS networking requirements": two to four interfaces, in the subnets
//! that were given to the cluster; an input does not say in which.

use super::networks::Networks;
use super::{Because, Cluster, Group, Identity, Thing, names};
use crate::diag::Known;
use crate::inventory::Address;
use crate::kinds::Kind;

/// EKS needs subnets in at least two zones, and makes an interface in each of two: with two subnets, both.
const SURE_SUBNETS: usize = 2;

/// What an interface is said to be that EKS may put elsewhere.
pub const CANDIDATE: &str = "candidate";

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
        subnets: cluster.subnets.clone(),
        unknown_subnets: cluster.unknown_subnets.clone(),
        count: None,
        instance_types: Vec::new(),
        facts: facts(cluster),
        cluster: Some(cluster.identity.address.clone()),
        exposures: Vec::new(),
        because: Some(because(cluster)),
    }
}

fn add_things(cluster: &Cluster, networks: &mut Networks) {
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
    cluster.subnets.len() <= SURE_SUBNETS && cluster.unknown_subnets.is_none()
}

fn facts(cluster: &Cluster) -> Vec<String> {
    if is_sure(cluster) { Vec::new() } else { vec![CANDIDATE.into()] }
}

fn because(cluster: &Cluster) -> Because {
    let text = if is_sure(cluster) {
        "EKS puts a network interface into each of the cluster's subnets, through which the control plane and the nodes \
         reach each other"
    } else {
        "EKS puts two to four network interfaces into subnets of the cluster; the input cannot say into which"
    };
    Because { text: text.into(), origin: Some(cluster.identity.origin.clone()) }
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

    #[test]
    fn of_three_cluster_subnets_each_is_a_candidate() {
        assert_eq!(facts(r#"["@Public", "@PrivateA", "@PrivateB"]"#), [["candidate"], ["candidate"], ["candidate"]]);
    }
}
