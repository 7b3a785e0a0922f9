//! The network interfaces that EKS makes in the cluster's subnets for its control plane.
//!
//! Source: EKS user guide, "View Amazon EKS networking requirements": two to four interfaces, in the subnets
//! that were given to the cluster; an input does not say in which.

use super::networks::Networks;
use super::{Because, Cluster, Thing, names};
use crate::kinds::Kind;

/// EKS needs subnets in at least two zones, and makes an interface in each of two: with two subnets, both.
const SURE_SUBNETS: usize = 2;

pub fn add(clusters: &[Cluster], networks: &mut Networks) {
    for cluster in clusters {
        let sure = cluster.subnets.len() <= SURE_SUBNETS && cluster.unknown_subnets.is_none();
        for address in &cluster.subnets {
            let Some(subnet) = networks.subnets.get_mut(address) else { continue };
            let logical = address.rsplit('/').next().unwrap_or(address);
            let identity = names::external(
                format!("{}/eni/{logical}", cluster.identity.address).into(),
                "EKS-owned ENI".into(),
                "AWS::EC2::NetworkInterface",
                cluster.identity.origin.clone(),
            );
            let text = if sure {
                "EKS puts a network interface into each of the cluster's subnets, through which the control plane \
                 and the nodes reach each other"
            } else {
                "EKS puts two to four network interfaces into subnets of the cluster; the input cannot say into which"
            };
            subnet.things.push(Thing {
                identity,
                kind: Kind::ClusterInterface,
                facts: if sure { Vec::new() } else { vec!["candidate".into()] },
                exposures: Vec::new(),
                because: Some(Because { text: text.into(), origin: Some(cluster.identity.origin.clone()) }),
            });
        }
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
    fn of_three_cluster_subnets_each_is_a_candidate() {
        assert_eq!(facts(r#"["@Public", "@PrivateA", "@PrivateB"]"#), [["candidate"], ["candidate"], ["candidate"]]);
    }
}
