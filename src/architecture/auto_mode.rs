//! The nodes of EKS Auto Mode, which no resource of the input stands for.

use super::clusters::{Sources, unknown};
use super::groups::Resident;
use super::networks::Networks;
use super::residence::unique;
use super::{Because, Group, names};
use crate::kinds::Kind;

/// Nodes that EKS Auto Mode launches: in the cluster's subnets, unless a node class says otherwise. Without a built-in node
/// pool there is no node class but the customer's own, which no input says.
/// Source: EKS user guide, "Create a node class for EKS Auto Mode", "Enable or disable built-in NodePools".
pub fn nodes(clusters: &Sources, networks: &mut Networks) -> Vec<Resident> {
    let mut residents = Vec::new();
    for (address, source) in &clusters.made {
        if source.is_auto_mode() != Some(true) || source.has_no_node_pool() {
            continue;
        }
        let named = source.subnets.iter().map(|subnet| subnet.address("subnet"));
        let subnets = unique(named.filter(|subnet| networks.subnets.contains_key(subnet)));
        let Some(vpc) = subnets.iter().find_map(|subnet| networks.vpc_of.get(subnet).cloned()) else { continue };
        let mut identity = names::identity(source.resource);
        identity.address = format!("{address}/auto-mode").into();
        identity.name = "Auto Mode nodes".into();
        let resident = Resident {
            address: identity.address.clone(),
            kind: Kind::AutoModeNodes,
            subnets: subnets.clone(),
            vpc: vpc.clone(),
            cluster: Some(address.clone()),
            scheme: None,
            host: None,
            tool: false,
            way_in: None,
            public: false,
        };
        residents.push(resident);
        let because = Because {
            text: "EKS Auto Mode launches nodes in the cluster's subnets as pods need them".into(),
            origin: Some(source.resource.origin.clone()),
        };
        if let Some(vpc) = networks.vpcs.get_mut(&vpc) {
            vpc.groups.push(Group {
                identity,
                kind: Kind::AutoModeNodes,
                member: Kind::AutoModeNodes,
                subnets,
                unknown_subnets: unknown(&source.subnets),
                count: None,
                instance_types: Vec::new(),
                facts: Vec::new(),
                cluster: Some(address.clone()),
                exposures: Vec::new(),
                because: Some(because),
            });
        }
    }
    residents
}
